"""What is learned is kept: taken from the cache when whole, learned again when not, done without when it cannot be."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from tests.conftest import TEA
from tutor import Dialogue, Tutor
from tutor.learned import _LEARNERS, learned
from tutor.subject import Pack
from tutor.training import train

LEARNING = ["calibrating", "learning the examples"]
NOT_WRITTEN = "the cache folder cannot be written, so this will be learned again next time"
QUESTIONS = ["How hot must the water be for green tea?", "Which tea should I brew?", "leaves and water", "qwertz"]


@pytest.fixture(scope="session")
def kept_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache folder in which the tea pack was learned."""
    cache = tmp_path_factory.mktemp("kept")
    learned(TEA, cache, lambda _: None)
    return cache


@pytest.fixture
def cache(kept_once: Path, tmp_path: Path) -> Path:
    """A copy of that cache folder that a test may spoil."""
    return Path(shutil.copytree(kept_once, tmp_path / "cache"))


def loaded(cache: Path, folder: Path = TEA) -> tuple[Tutor, list[str]]:
    told: list[str] = []
    return Tutor.load(folder, cache=cache, told=told.append), told


def only(cache: Path) -> Path:
    [kept] = cache.iterdir()
    return kept


def replies(tutor: Tutor) -> list[object]:
    return [tutor.respond(question) for question in QUESTIONS]


def test_the_first_load_learns_and_the_second_does_not(tea: Tutor, tmp_path: Path) -> None:
    first, told = loaded(tmp_path / "new" / "cache")
    assert told == LEARNING
    second, told = loaded(tmp_path / "new" / "cache")
    assert told == []
    assert replies(first) == replies(second) == replies(tea)


def test_the_second_load_gives_what_was_learned_bit_by_bit(tea_pack: Pack, cache: Path) -> None:
    pack, weights = learned(TEA, cache, lambda _: None)
    fresh = train(tea_pack)
    for name in ("idf", "coefficients", "intercepts"):
        assert getattr(weights, name).tobytes() == getattr(fresh, name).tobytes()
    assert (weights.vocabulary, weights.confidence, weights.words) == (fresh.vocabulary, fresh.confidence, fresh.words)
    assert pack.examples == {}


def _delete(path: Path) -> None:
    path.unlink()


def _halve(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _flip(path: Path) -> None:
    raw = bytearray(path.read_bytes())
    raw[-9] ^= 1
    path.write_bytes(bytes(raw))


def _list(path: Path) -> None:
    path.write_bytes(b"[]")


def _object(path: Path) -> None:
    path.write_bytes(b"{}")


def _noise(path: Path) -> None:
    path.write_bytes(b"\xff\xfe\x00" * 50)


@pytest.mark.parametrize(
    ("file", "damage"),
    [
        ("coefficients.npy", _delete),
        ("coefficients.npy", _halve),
        ("coefficients.npy", _flip),
        ("idf.npy", _flip),
        ("intercepts.npy", _empty),
        ("words.json", _delete),
        ("words.json", _halve),
        ("words.json", _flip),
        ("words.json", _object),
        ("pack.json", _delete),
        ("pack.json", _flip),
        ("pack.json", _noise),
        ("sums.json", _delete),
        ("sums.json", _halve),
        ("sums.json", _list),
        ("sums.json", _object),
        ("sums.json", _noise),
    ],
)
def test_a_damaged_cache_is_learned_anew_and_healed(
    tea: Tutor, cache: Path, file: str, damage: Callable[[Path], None]
) -> None:
    damage(only(cache) / file)
    again, told = loaded(cache)
    assert told == LEARNING
    assert replies(again) == replies(tea)
    assert loaded(cache)[1] == []


def test_a_half_written_cache_is_learned_anew(tea: Tutor, cache: Path) -> None:
    kept = only(cache)
    shutil.copytree(kept, cache / ".draft-of-a-process-that-died")
    for name in ("sums.json", "pack.json", "words.json"):
        (kept / name).unlink()
    again, told = loaded(cache)
    assert told == LEARNING
    assert replies(again) == replies(tea)
    assert loaded(cache)[1] == []


def test_a_cache_that_cannot_be_written_is_done_without(tea: Tutor, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    for _ in range(2):
        tutor, told = loaded(tmp_path / "file" / "cache")
        assert told == [*LEARNING, NOT_WRITTEN]
        assert replies(tutor) == replies(tea)
    assert (tmp_path / "file").read_text() == "in the way"


def test_a_file_where_the_weights_should_lie_is_done_without(tea: Tutor, cache: Path) -> None:
    kept = only(cache)
    shutil.rmtree(kept)
    kept.write_text("in the way")
    tutor, told = loaded(cache)
    assert told == [*LEARNING, NOT_WRITTEN]
    assert replies(tutor) == replies(tea)
    assert [path.name for path in cache.iterdir()] == [kept.name]


def test_weights_just_learned_answer_as_those_from_the_cache_in_every_field(tea: Tutor, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    fresh, _ = loaded(tmp_path / "file" / "cache")
    turns = [(fresh.respond(question), tea.respond(question)) for question in QUESTIONS]
    for one, other in turns:
        assert repr(one) == repr(other)  # types too: no numpy text where the cache gives plain text


@pytest.mark.parametrize("file", ["knowledge/pack.yaml", "knowledge/terms.yaml", "intents/leaves.yaml"])
def test_one_changed_byte_of_the_pack_is_learned_again(cache: Path, tea_copy: Path, file: str) -> None:
    assert loaded(cache, tea_copy)[1] == []  # the same files elsewhere are the same pack
    path = tea_copy / file
    path.write_bytes(path.read_bytes() + b"\n")
    assert loaded(cache, tea_copy)[1] == LEARNING
    assert loaded(cache, tea_copy)[1] == []
    assert loaded(cache)[1] == []
    assert len(list(cache.iterdir())) == 2


def test_a_file_that_is_no_part_of_the_pack_changes_nothing(cache: Path, tea_copy: Path) -> None:
    (tea_copy / "README.md").write_text("About tea.")
    assert loaded(cache, tea_copy)[1] == []


LOAD = """
import json, sys
from pathlib import Path
from tutor import Tutor
tutor = Tutor.load(Path(sys.argv[1]), cache=sys.argv[2])
print(json.dumps([row.to_dict() for row in tutor.answer_batch(json.loads(sys.argv[3]))]))
"""


@pytest.mark.parametrize("damaged", [False, True])
def test_two_processes_may_learn_at_once(tea: Tutor, cache: Path, damaged: bool) -> None:
    kept = only(cache)
    if damaged:
        _halve(kept / "words.json")
    else:
        shutil.rmtree(kept)
    command = [sys.executable, "-c", LOAD, str(TEA), str(cache), json.dumps(QUESTIONS)]
    processes = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    said = [process.communicate()[0] for process in processes]
    assert [process.returncode for process in processes] == [0, 0]
    expected = [row.to_dict() for row in tea.answer_batch(QUESTIONS)]
    assert [json.loads(one) for one in said] == [expected, expected]
    assert [path.name for path in cache.iterdir()] == [kept.name]
    assert loaded(cache)[1] == []


def test_what_is_kept_is_plain_arrays_and_json_and_no_code(cache: Path) -> None:
    kept = only(cache)
    assert sorted(path.name for path in kept.iterdir()) == [
        "coefficients.npy",
        "idf.npy",
        "intercepts.npy",
        "pack.json",
        "sums.json",
        "words.json",
    ]
    for path in kept.glob("*.npy"):
        assert np.load(path, allow_pickle=False).dtype == np.float32
    for path in kept.glob("*.json"):
        assert isinstance(json.loads(path.read_text(encoding="utf-8")), dict)


def test_the_examples_are_not_kept(cache: Path) -> None:
    text = (only(cache) / "pack.json").read_text(encoding="utf-8")
    assert "Green tea wants cooler water" in text
    assert "What temperature does sencha need?" not in text


def test_a_dialogue_goes_on_with_a_tutor_loaded_anew(tea: Tutor, cache: Path) -> None:
    saved = json.dumps(tea.respond("Which tea should I brew?").dialogue.to_dict())
    turn = loaded(cache)[0].respond("night", Dialogue.from_dict(json.loads(saved)))
    assert turn.reply.to_dict()["entry"] == "trap.caffeine-at-night"


def test_the_hash_of_the_code_that_learns_leaves_no_module_out() -> None:
    code = (
        "import sys, tutor.compiled, tutor.pack, tutor.training; "
        "print(*(name for name in sys.modules if name.startswith('tutor.')))"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    used = {name.removeprefix("tutor.") for name in said.split()}
    assert used - set(_LEARNERS) == {
        "errors",
        "findings",
        "marked",
        "spelling",
    }  # these read and complain, but do not learn
    assert set(_LEARNERS) <= used
