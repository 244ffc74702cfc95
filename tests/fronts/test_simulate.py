"""Files of learners at the command line: what is printed, what fails, and what is told before anything is learned."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import HERE, TEA
from tutor.cli import main
from tutor.fronts.batch.simulate import load_learners
from tutor.learner import LearnerError
from tutor.simulation import MEASURES

FILE = str(HERE / "tea-learners.yaml")
QUESTIONS = '{"question": "How hot for sencha?", "scope": "in", "gold": ["fact.green-tea"], "topics": ["leaves"]}\n'
LOST = """\
learners:
  lost:
    decision: which-tea
    kind: plain
    says: Which tea should I brew?
    facts: {hour: night}
    replies: {hour: [purple elephants, late]}
    ends: fact.green-tea
"""


def evaluated(*words: str, pack: str = str(TEA)) -> Result:
    return CliRunner().invoke(main, ["eval", *words, "--pack", pack])


def ablated(*words: str) -> Result:
    return CliRunner().invoke(main, ["check", str(TEA), "--ablate", *words])


def named(folder: Path, name: str, text: str) -> str:
    (folder / name).write_text(text, encoding="utf-8")
    return str(folder / name)


def test_eval_prints_a_line_for_all_for_each_kind_and_for_each_decision() -> None:
    result = evaluated("--dialogues", FILE)
    assert result.exit_code == 0
    header, everyone, *groups = result.stdout.splitlines()
    assert header.split() == ["dialogues", *MEASURES]
    assert everyone.split() == ["all", "14", "1.000", "1.214", "1.000", "0", "0"]
    assert [" ".join(line.split()[:2]) for line in groups[-2:]] == ["decision –", "decision which-tea"]
    assert "kind indifferent" in result.stdout


def test_a_lost_dialogue_is_shown_turn_by_turn(tmp_path: Path) -> None:
    result = evaluated("--dialogues", named(tmp_path, "lost.yaml", LOST))
    assert result.exit_code == 0
    assert result.stdout.partition("\n\n")[2] == (
        "lost: lost (plain): ended in trap.caffeine-at-night, not in fact.green-tea\n"
        "  > Which tea should I brew?\n"
        "    ask hour\n"
        "  > purple elephants\n"
        "    ask hour\n"
        "  > late\n"
        "    answer trap.caffeine-at-night\n"
    )


def test_as_json_there_are_groups_and_lost_dialogues(tmp_path: Path) -> None:
    said = json.loads(evaluated("--dialogues", named(tmp_path, "lost.yaml", LOST), "--json").stdout)
    assert list(said["groups"]) == ["all", "kind plain", "decision which-tea"]
    assert said["groups"]["all"] == {
        "dialogues": 1, "success": 0.0, "questions": 1.0, "optimum": 1.0, "repeats": 0.0, "dead-ends": 0.0,
    }  # fmt: skip
    (lost,) = said["lost"]
    assert (lost["id"], lost["kind"], lost["decision"]) == ("lost", "plain", "which-tea")
    assert lost["exchanges"][0] == {"said": "Which tea should I brew?", "reply": "ask", "about": "hour"}


def test_files_and_folders_are_read_together(tmp_path: Path) -> None:
    named(tmp_path, "notes.txt", "no learners")
    (tmp_path / "more").mkdir()
    named(tmp_path / "more", "lost.yml", LOST)
    assert len(load_learners([tmp_path, tmp_path / "more" / "lost.yml", Path(FILE)]).learners) == 15


@pytest.mark.parametrize(
    ("bound", "exit_code", "said"),
    [
        (("--fail-under", "success=1"), 0, ""),
        (("--fail-over", "repeats=0", "--fail-over", "dead-ends=0"), 0, ""),
        (("--fail-over", "questions=0.5"), 1, "Error: questions is over 0.5\n"),
        (("--fail-under", "succes=1"), 2, "there is no metric succes; did you mean success?"),
        (("--fail-under", "entry@1=1"), 2, "there is no metric entry@1; known: dead-ends, optimum"),
        (("--by", "style"), 2, "--by and --report go with a FILE of questions"),
        (("questions.jsonl",), 2, "name a FILE of questions, or --dialogues and a file of learners"),
    ],
)
def test_a_bound_that_is_missed_is_an_error(bound: tuple[str, ...], exit_code: int, said: str) -> None:
    result = evaluated("--dialogues", FILE, *bound)
    assert (result.exit_code, said in result.stderr) == (exit_code, True)


def test_eval_wants_questions_or_learners() -> None:
    assert evaluated().exit_code == 2


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("none.yaml", None, "none.yaml: cannot be read: No such file or directory; name a file of learners"),
        ("empty.yaml", "", "empty.yaml:1:1: the file is empty"),
        (
            "bad.yaml",
            LOST.replace("plain", "shy"),
            "bad.yaml:4:11: learners.lost.kind: 'shy' is not known here; known: beside",
        ),
    ],
)
def test_a_file_that_cannot_be_used_is_told_in_a_line_before_anything_is_learned(
    tmp_path: Path, name: str, text: str | None, said: str
) -> None:
    path = tmp_path / name if text is None else Path(named(tmp_path, name, text))
    result = evaluated("--dialogues", str(path), pack="no-such-pack")
    assert (result.exit_code, result.stdout, len(result.stderr.splitlines())) == (1, "", 1)
    assert said in result.stderr


def test_every_fault_has_a_line_of_its_own(tmp_path: Path) -> None:
    wrong = LOST.replace("which-tea", "witch-tea").replace("fact.green-tea", "fact.green-te")
    path = named(tmp_path, "wrong.yaml", wrong)
    assert evaluated("--dialogues", path).stderr.splitlines() == [
        f"Error: {path}:3:15: lost decision: witch-tea does not exist; did you mean which-tea? "
        "Where there is none, write null.",
        f"Error: {path}:8:11: lost ends: fact.green-te does not exist; did you mean fact.green-tea?",
    ]


def test_a_folder_without_learners_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(LearnerError, match="holds no file of learners"):
        load_learners([tmp_path])


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=120) | st.text(max_size=120).map(str.encode))
def test_any_file_ends_in_lines_and_never_in_a_traceback(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / "any.yaml").write_bytes(raw)
    result = evaluated("--dialogues", str(tmp_path / "any.yaml"))
    assert isinstance(result.exception, SystemExit)
    assert result.exit_code == 1
    assert all(line.startswith("Error: ") for line in result.stderr.splitlines())


def test_check_ablate_names_what_no_test_would_miss(tmp_path: Path) -> None:
    result = ablated("--questions", named(tmp_path, "q.jsonl", QUESTIONS), "--dialogues", FILE)
    assert result.exit_code == 0
    told, missed = result.stdout.split("nobody would miss:\n")
    assert told == (
        "1 questions with gold entries, 14 dialogues that end well\n"
        "rules: 4, 0 of them missed by no test\n"
        "entries: 4, 0 of them missed by no test\n"
        "examples: 20, 20 of them missed by no test\n"
    )
    assert missed.splitlines()[0] == "  examples of trap.caffeine-at-night: short, scenario, symptom, keywords, belief"
    assert len(missed.splitlines()) == 4
    assert "examples: 0 of 20 groups …" in result.stderr


def test_as_json_the_ablation_counts_and_names(tmp_path: Path) -> None:
    said = json.loads(ablated("--questions", named(tmp_path, "q.jsonl", QUESTIONS), "--json").stdout)
    assert (said["questions"], said["dialogues"]) == (1, 0)
    assert said["rules"]["count"] == len(said["rules"]["unmissed"]) == 4


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--ablate"], "--ablate needs --questions or --dialogues, and these need --ablate"),
        (["--dialogues", FILE], "--ablate needs --questions or --dialogues, and these need --ablate"),
        (["--ablate", "--dialogues", FILE, "--evidence", "here"], "--ablate goes without --evidence and --sarif"),
    ],
)
def test_options_of_check_that_do_not_go_together_are_told(words: list[str], said: str) -> None:
    result = CliRunner().invoke(main, ["check", str(TEA), *words])
    assert (result.exit_code, said in " ".join(result.stderr.split())) == (2, True)


def test_ablation_reads_its_tests_before_the_pack(tmp_path: Path) -> None:
    wrong = named(tmp_path, "q.jsonl", "not json\n")
    result = CliRunner().invoke(main, ["check", "no-such-pack", "--ablate", "--questions", wrong])
    assert (result.exit_code, len(result.stderr.splitlines())) == (1, 1)
    assert "row 1: not JSON" in result.stderr


def test_a_broken_pack_is_told_as_always(tmp_path: Path) -> None:
    broken = Path(shutil.copytree(TEA, tmp_path / "tea"))
    (broken / "knowledge" / "pack.yaml").unlink()
    result = CliRunner().invoke(main, ["check", str(broken), "--ablate", "--dialogues", FILE])
    assert result.exit_code == 1
    assert "knowledge/pack.yaml: is missing" in result.stderr
