"""What is learned is kept: taken from the cache when whole, learned again when not, done without when it cannot be."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import TEA
from tests.small_weights import small_raw
from tutor import Dialogue, Tutor
from tutor.folder import digest, read_files
from tutor.learned import _HEARERS, _LEARNERS, _READERS, FIRST, key_of, learned
from tutor.subject import Pack
from tutor.training import Label, train
from tutor.weights import load_weights

STEPS = ["calibrating", "learning the examples"]
LEARNING = [FIRST, *STEPS]
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


def key(folder: Path = TEA) -> str:
    return key_of(digest(read_files(folder)))


def again(kept: Path) -> list[str]:
    """Return what is told when the file *kept* is there and no good."""
    return [f"{kept} is damaged or foreign, so the pack is learned again", *STEPS]


def replies(tutor: Tutor) -> list[object]:
    return [tutor.respond(question) for question in QUESTIONS]


def test_the_first_load_learns_and_the_second_does_not(tea: Tutor, tmp_path: Path) -> None:
    first, told = loaded(tmp_path / "new" / "cache")
    assert told == LEARNING
    second, told = loaded(tmp_path / "new" / "cache")
    assert told == []
    assert replies(first) == replies(second) == replies(tea)


def test_what_is_kept_is_one_file_named_by_its_key(cache: Path) -> None:
    assert only(cache).name == f"{key()}.weights"


def test_the_second_load_gives_what_was_learned_byte_by_byte(tea_pack: Pack, cache: Path) -> None:
    pack, weights = learned(TEA, cache, lambda _: None)
    lean = tea_pack.without_examples()
    assert pack == lean
    taught = train(tea_pack, label=Label(key(), weights.lesson, weights.text("extra")))
    assert weights == taught.moved_to(key(), choices=weights.choices.encode())
    assert weights.choices
    assert weights.raw[:] == only(cache).read_bytes()


def test_the_examples_are_not_kept(cache: Path) -> None:
    raw = only(cache).read_bytes()
    pack, weights = learned(TEA, cache, lambda _: None)
    assert (pack.examples, pack.openings, pack.outside) == ({}, {}, {})
    assert {name: said.examples for name, said in pack.talk.items()} == {"greeting": ("hello",)}
    assert b"Green tea wants cooler water" in raw
    for question in (b"What temperature does sencha need?", b"good day", b"Help me choose a tea", b"tell me a joke"):
        assert question not in raw
    assert "sencha" in weights.words


def test_what_was_just_learned_comes_without_examples_too(tmp_path: Path) -> None:
    pack, _ = learned(TEA, tmp_path / "new", lambda _: None)
    assert pack == learned(TEA, tmp_path / "new", lambda _: None)[0]


def _halve(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _cut_one_byte(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _flip(at: float) -> Callable[[Path], None]:
    def flip(path: Path) -> None:
        raw = bytearray(path.read_bytes())
        raw[int(at * (len(raw) - 1))] ^= 1
        path.write_bytes(bytes(raw))

    return flip


def _noise(path: Path) -> None:
    path.write_bytes(b"\xff\xfe\x00" * 50)


def _zeros(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:16] + bytes(path.stat().st_size - 16))


def _other_version(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"tutor weights 2", b"tutor weights 1", 1))


def _other_key(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(key().encode(), b"0" * 32, 1))


def _foreign(path: Path) -> None:
    path.write_bytes(small_raw({"stem coffee": 1.0}, key="of another pack"))


def _without_a_pack(path: Path) -> None:
    path.write_bytes(small_raw({"stem tea": 1.0}, key=key()))


def _with_another_kind_of_pack(path: Path) -> None:
    path.write_bytes(small_raw({"stem tea": 1.0}, key=key(), extra='{"name": "tea"}'))


@pytest.mark.parametrize(
    "damage",
    [
        _halve,
        _cut_one_byte,
        _empty,
        *map(_flip, (0.0, 0.0005, 0.01, 0.3, 0.5, 0.8, 1.0)),
        _noise,
        _zeros,
        _other_version,
        _other_key,
        _foreign,
        _without_a_pack,
        _with_another_kind_of_pack,
    ],
)
def test_a_damaged_or_foreign_file_is_told_of_learned_again_and_healed(
    tea: Tutor, cache: Path, damage: Callable[[Path], None]
) -> None:
    kept = only(cache)
    whole = kept.read_bytes()
    damage(kept)
    assert kept.read_bytes() != whole
    tutor, told = loaded(cache)
    assert told == again(kept)
    assert replies(tutor) == replies(tea)
    assert kept.read_bytes() == whole
    assert loaded(cache)[1] == []


def test_a_file_that_was_deleted_is_learned_again(tea: Tutor, cache: Path) -> None:
    only(cache).unlink()
    tutor, told = loaded(cache)
    assert told == LEARNING
    assert replies(tutor) == replies(tea)
    assert loaded(cache)[1] == []


def test_a_draft_of_a_process_that_died_is_not_taken_for_weights(cache: Path) -> None:
    kept = only(cache)
    kept.rename(cache / ".draft-abc")
    assert loaded(cache)[1] == LEARNING


@pytest.mark.parametrize("place", ["file/cache", "x" * 300])
def test_a_cache_that_cannot_be_written_is_done_without(tea: Tutor, tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_text("in the way")
    for _ in range(2):
        tutor, told = loaded(tmp_path / place)
        assert told == [*LEARNING, NOT_WRITTEN]
        assert replies(tutor) == replies(tea)
    assert (tmp_path / "file").read_text() == "in the way"


READ_ONLY = """
import sys
from tutor import Tutor
told = []
tutor = Tutor.load(sys.argv[1], cache=sys.argv[2], told=told.append)
print(*told, tutor.answer_batch(["How hot must the water be for green tea?"])[0].status, sep=chr(10))
"""


def _bound_by_rights() -> list[str]:
    """Return the command before a command that makes root, too, heed the rights of files."""
    if sys.platform == "win32":
        pytest.skip("folders have no such rights")
    if os.geteuid() != 0:
        return []
    if not shutil.which("setpriv"):
        pytest.skip("root may write everywhere")
    return ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]


@pytest.mark.parametrize(
    ("mode", "kept", "told"),
    [
        (0o555, False, [*LEARNING, NOT_WRITTEN]),
        (0o555, True, []),  # what lies there can be used
        (0o000, True, [*LEARNING, NOT_WRITTEN]),
    ],
)
def test_a_read_only_cache_is_done_without(cache: Path, mode: int, kept: bool, told: list[str]) -> None:
    if not kept:
        only(cache).unlink()
    command = [*_bound_by_rights(), sys.executable, "-c", READ_ONLY, str(TEA), str(cache)]
    cache.chmod(mode)
    try:
        ran = subprocess.run(command, capture_output=True, text=True, check=True)
    finally:
        cache.chmod(0o755)
    assert ran.stdout.splitlines() == [*told, "answered"]
    assert len(list(cache.iterdir())) == kept


def test_a_folder_where_the_weights_should_lie_is_told_of_and_left_alone(tea: Tutor, cache: Path) -> None:
    kept = only(cache)
    kept.unlink()
    kept.mkdir()
    tutor, told = loaded(cache)
    assert told == [*again(kept), NOT_WRITTEN]
    assert replies(tutor) == replies(tea)
    assert list(cache.rglob("*")) == [kept]


def _aged(cache: Path, count: int) -> list[Path]:
    """Put *count* files of other weights into *cache*, the first the oldest, all older than what is learned now."""
    files = [cache / f"{number}.weights" for number in range(count)]
    for number, path in enumerate(files):
        path.write_text("old")
        os.utime(path, (1_000_000 + number, 1_000_000 + number))
    return files


@pytest.mark.parametrize(("others", "left"), [(3, 3), (5, 5), (6, 5), (20, 5)])
def test_old_weights_are_deleted_but_for_the_newest_few(tmp_path: Path, others: int, left: int) -> None:
    files = _aged(tmp_path, others)
    (tmp_path / "notes.txt").write_text("not ours")
    assert loaded(tmp_path)[1] == LEARNING
    assert set(tmp_path.iterdir()) == {*files[others - left :], tmp_path / "notes.txt", tmp_path / f"{key()}.weights"}
    assert loaded(tmp_path)[1] == []


def test_weights_that_are_in_use_outlive_those_that_are_not(cache: Path, tea_copy: Path) -> None:
    used = only(cache)
    os.utime(used, (1, 1))
    _aged(cache, 5)
    assert loaded(cache)[1] == []
    (tea_copy / "knowledge" / "pack.yaml").write_text((tea_copy / "knowledge" / "pack.yaml").read_text() + "\n# more\n")
    loaded(cache, tea_copy)
    assert used.exists()
    assert not (cache / "0.weights").exists()


def test_nothing_is_deleted_when_nothing_is_learned(cache: Path) -> None:
    files = _aged(cache, 20)
    assert loaded(cache)[1] == []
    assert all(path.exists() for path in files)


def test_weights_that_vanish_while_old_ones_are_deleted_do_no_harm(tmp_path: Path) -> None:
    files = _aged(tmp_path, 8)
    (tmp_path / "gone.weights").symlink_to(tmp_path / "deleted-by-another-process")
    assert loaded(tmp_path)[1] == LEARNING
    assert set(tmp_path.iterdir()) == {*files[3:], tmp_path / f"{key()}.weights"}


def test_weights_shipped_beside_the_pack_are_used(tea: Tutor, cache: Path, tea_copy: Path, tmp_path: Path) -> None:
    only(cache).rename(tea_copy / "learned.weights")
    tutor, told = loaded(tmp_path / "nowhere", tea_copy)
    assert told == []
    assert not (tmp_path / "nowhere").exists()
    assert replies(tutor) == replies(tea)


def test_shipped_weights_come_before_the_cache(cache: Path, tea_copy: Path) -> None:
    shutil.copy(only(cache), tea_copy / "learned.weights")
    only(cache).write_bytes(b"never looked at")
    assert loaded(cache, tea_copy)[1] == []
    assert only(cache).read_bytes() == b"never looked at"


@pytest.mark.parametrize("damage", [_halve, _flip(0.5), _empty, _foreign, _other_key, _other_version])
def test_shipped_weights_that_do_not_fit_are_ignored(
    tea: Tutor, cache: Path, tea_copy: Path, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    shipped = Path(shutil.copy(only(cache), tea_copy / "learned.weights"))
    damage(shipped)
    before = shipped.read_bytes()
    assert loaded(cache, tea_copy)[1] == []  # the cache has them
    tutor, told = loaded(tmp_path / "new", tea_copy)
    assert told == LEARNING
    assert replies(tutor) == replies(tea)
    assert shipped.read_bytes() == before


def test_shipped_weights_of_a_pack_that_was_changed_since_are_ignored(
    cache: Path, spoil: Callable[[str, str, str], Path], tmp_path: Path
) -> None:
    folder = spoil("knowledge/terms.yaml", "sencha", "gyokuro")
    only(cache).rename(folder / "learned.weights")
    tutor, told = loaded(tmp_path / "new", folder)
    assert told == LEARNING
    assert "gyokuro" in tutor.pack.terms[0].aliases


def test_the_key_changes_with_the_content() -> None:
    assert key_of("a") == key_of("a")
    assert key_of("a") != key_of("b")
    assert len(key_of("a")) == 32


def test_what_was_learned_is_that_of_the_key(cache: Path) -> None:
    assert load_weights(only(cache), key=key()) is not None
    assert load_weights(only(cache), key=key_of("another pack")) is None


def test_weights_just_learned_answer_as_those_from_the_cache_in_every_field(tea: Tutor, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    fresh, _ = loaded(tmp_path / "file" / "cache")
    turns = [(fresh.respond(question), tea.respond(question)) for question in QUESTIONS]
    for one, other in turns:
        assert repr(one) == repr(other)  # types too: no numpy text where the cache gives plain text


@pytest.mark.parametrize("file", ["knowledge/pack.yaml", "knowledge/terms.yaml", "intents/leaves.yaml"])
def test_one_changed_byte_of_the_pack_makes_a_new_file_of_weights(cache: Path, tea_copy: Path, file: str) -> None:
    assert loaded(cache, tea_copy)[1] == []  # the same files elsewhere are the same pack
    path = tea_copy / file
    path.write_bytes(path.read_bytes() + b"\n")
    assert loaded(cache, tea_copy)[1] == []  # nothing new is taught
    assert loaded(cache, tea_copy)[1] == []
    assert loaded(cache)[1] == []  # the files of both packs stay
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
        _halve(kept)
    else:
        kept.unlink()
    command = [sys.executable, "-c", LOAD, str(TEA), str(cache), json.dumps(QUESTIONS)]
    processes = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    said = [process.communicate()[0] for process in processes]
    assert [process.returncode for process in processes] == [0, 0]
    expected = [row.to_dict() for row in tea.answer_batch(QUESTIONS)]
    assert [json.loads(one) for one in said] == [expected, expected]
    assert [path.name for path in cache.iterdir()] == [kept.name]
    assert loaded(cache)[1] == []


def test_a_dialogue_goes_on_with_a_tutor_loaded_anew(tea: Tutor, cache: Path) -> None:
    saved = json.dumps(tea.respond("Which tea should I brew?").dialogue.to_dict())
    turn = loaded(cache)[0].respond("night", Dialogue.from_dict(json.loads(saved)))
    assert turn.reply.to_dict()["entry"] == "trap.caffeine-at-night"


def test_the_hash_of_the_code_that_learns_leaves_no_module_out() -> None:
    code = (
        "import sys, tutor.training, tutor.meaning_training, tutor.pack, tutor.compiled; "
        "print(*(name for name in sys.modules if name.startswith('tutor.')))"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    used = {name.removeprefix("tutor.") for name in said.split()}
    assert used - {*_LEARNERS, *_HEARERS, *_READERS} == {
        "draft",
        "errors",
        "findings",
        "marked",
        "places",
        "resolving",
        "router",
        "spelling",
        "table",
    }  # these read, write, complain, count cases and route, but do not learn
    assert {*_LEARNERS, *_HEARERS, *_READERS} <= used


def _changed(folder: Path, name: str, before: str, after: str) -> Path:
    """Return a copy of the tea pack with one text replaced in the file *name*."""
    copy = Path(shutil.copytree(TEA, folder))
    text = (copy / name).read_text(encoding="utf-8")
    assert before in text
    (copy / name).write_text(text.replace(before, after, 1), encoding="utf-8")
    return copy


@pytest.mark.parametrize("shipped", [False, True])
def test_an_edited_slot_costs_no_learning(cache: Path, tmp_path: Path, shipped: bool) -> None:
    changed = _changed(tmp_path / "changed", "knowledge/slots.yaml", "label: In the morning", "label: At dawn")
    before = loaded(cache)[0]
    if shipped:
        only(cache).rename(changed / "learned.weights")
    tutor, told = loaded(cache, changed)
    assert told == []
    assert tutor.pack.digest != before.pack.digest
    assert tutor.pack.slots["hour"].values["morning"].label == "At dawn"
    assert tutor.respond(QUESTIONS[0]).candidates == before.respond(QUESTIONS[0]).candidates
    assert loaded(cache, changed)[0].pack == tutor.pack
    assert (cache / f"{key(changed)}.weights").exists()


def test_an_edited_example_is_learned(cache: Path, tmp_path: Path) -> None:
    changed = _changed(tmp_path / "changed", "intents/hours.yaml", "Why can I not sleep", "Why can nobody sleep")
    assert loaded(cache, changed)[1] == LEARNING
