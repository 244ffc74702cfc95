"""The public names, and what it costs to have them."""

import json
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

import tutor as package
from tests.conftest import TEA
from tutor import Tutor


def modules_after(code: str, *arguments: str) -> set[str]:
    """Run *code* in a fresh Python and return the top-level modules it has imported."""
    code += "\nimport sys; print(*{name.partition('.')[0] for name in sys.modules})"
    ran = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True)
    return set(ran.stdout.splitlines()[-1].split())


def test_the_public_names_are_these() -> None:
    assert package.__all__ == [
        "Answer",
        "Ask",
        "BatchError",
        "Candidate",
        "Chat",
        "Choose",
        "Cited",
        "Decline",
        "Dialogue",
        "DialogueError",
        "EntryError",
        "Explanation",
        "Fault",
        "Flip",
        "Option",
        "PackError",
        "Page",
        "Reply",
        "Row",
        "SlotError",
        "Turn",
        "Tutor",
        "TutorError",
        "Way",
        "Weighed",
        "__version__",
    ]
    assert package.__all__ == sorted(package.__all__)


@pytest.mark.parametrize("name", package.__all__)
def test_a_public_name_is_there(name: str) -> None:
    found = getattr(package, name)
    assert name == "__version__" or name == "Reply" or found.__name__ == name


def test_every_public_class_says_what_it_is() -> None:
    for name in package.__all__:
        if name not in ("__version__", "Reply"):
            assert getattr(package, name).__doc__


def test_a_name_that_is_not_public_is_refused() -> None:
    with pytest.raises(AttributeError, match="module 'tutor' has no attribute 'Teacher'"):
        package.__getattr__("Teacher")


def test_the_version_is_that_of_the_distribution() -> None:
    assert package.__version__ == version("scenario-tutor")


def test_importing_the_package_imports_nothing_heavy() -> None:
    heavy = {"numpy", "sklearn", "scipy", "pydantic", "yaml", "rapidfuzz", "click", "prompt_toolkit", "Stemmer"}
    assert modules_after("import tutor; tutor.__version__").isdisjoint(heavy)


def test_loading_and_answering_with_learned_weights_never_imports_what_learns(tmp_path: Path) -> None:
    Tutor.load(TEA, cache=tmp_path)
    code = (
        "import sys; from tutor import Tutor; tutor = Tutor.load(sys.argv[1], cache=sys.argv[2]); "
        "turn = tutor.respond('Which tea should I brew?'); assert turn.reply.reply == 'ask'; "
        "assert tutor.respond('nigth', turn.dialogue).reply.text; "
        "assert tutor.answer_batch(['How hot must the watre be for green tea?'])[0].status == 'answered'"
    )
    imported = modules_after(code, str(TEA), str(tmp_path))
    assert imported.isdisjoint({"numpy", "sklearn", "scipy", "joblib", "click", "prompt_toolkit", "pydantic", "yaml"})


def test_what_a_question_needs_imports_nothing_that_reads_packs() -> None:
    code = (
        "import tutor.model, tutor.subject, tutor.dialogue, tutor.answers, tutor.reply, tutor.compiled, tutor.learned"
    )
    assert modules_after(code).isdisjoint({"pydantic", "pydantic_core", "annotated_types", "yaml", "sklearn", "scipy"})


def test_the_same_questions_get_the_same_replies_in_another_process(tea: Tutor, tmp_path: Path) -> None:
    questions = ["Which tea should I brew?", "leaves and water", "green or black", "qwertz", "stps for a pott"]
    code = (
        "import json, sys; from tutor import Tutor; tutor = Tutor.load(sys.argv[1], cache=sys.argv[2]); "
        "print(json.dumps([row.to_dict() for row in tutor.answer_batch(json.loads(sys.argv[3]))]))"
    )
    here = json.dumps([row.to_dict() for row in tea.answer_batch(questions)])
    for seed in ("1", "2"):
        command = [sys.executable, "-c", code, str(TEA), str(tmp_path), json.dumps(questions)]
        ran = subprocess.run(command, capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": seed})
        assert ran.stdout.strip() == here
