"""The history: whatever was typed comes back, from every shell, and nothing that happens to the file stops a shell."""

import asyncio
import fcntl
import os
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from prompt_toolkit import PromptSession
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from tests.together import begun, must_end_well
from tutor.fronts.shell.history import LARGEST, MOST, History, append, read_lines, trim, written
from tutor.text import LONGEST

ANY = st.text(st.characters(codec=None), max_size=60)  # lone surrogates, too
_APPENDING = """
import sys
from pathlib import Path
from tutor.fronts.shell.history import History
history = History(Path(sys.argv[1]), tell=lambda said: print(said, flush=True))
print("ready", flush=True)
input()
for number in range(int(sys.argv[3])):
    history.append_string(f"{sys.argv[2]} {number} " + "x" * (number % 97) + "\\n茶")
"""
_TRIMMING = """
import sys
from pathlib import Path
from tutor.fronts.shell.history import trim
print("ready", flush=True)
input()
for _ in range(60):
    trim(Path(sys.argv[1]))
"""
_CRAMPED = """
import resource, sys
from pathlib import Path
from tutor.fronts.shell.history import History
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
history = History(Path(sys.argv[1]), tell=print)
for said in ("one", "two", "three"):
    history.append_string(said)
print(history.get_strings())
"""
_READING = """
import os, tempfile
from pathlib import Path
from tutor.fronts.shell.history import History, written
if os.geteuid() == 0:  # the superuser may write everything
    os.setuid(65534)
with tempfile.TemporaryDirectory() as folder:
    path = Path(folder) / "history.jsonl"
    path.write_bytes(written("one"))
    path.chmod(0o400)
    history = History(path, tell=lambda said: print(said.removeprefix(f"{path}: ")))
    history.append_string("two")
    print(history.get_strings())
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "history.jsonl"


def kept(path: Path, *lines: str) -> History:
    """Return a history, with *lines* typed into it."""
    history = History(path, tell=refuse)
    for line in lines:
        history.append_string(line)
    return history


def refuse(said: str) -> None:
    raise AssertionError(f"nothing was to be told, but: {said}")


def loaded(history: History) -> list[str]:
    """Return what a prompt loads when it begins, the newest first."""

    async def all_of() -> list[str]:
        return [line async for line in history.load()]

    return asyncio.run(all_of())


def typed(history: History, *keys: str) -> list[str]:
    """Return what a prompt takes for a line, for each of *keys* pressed up to Enter."""
    with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):
        session: PromptSession[str] = PromptSession(history=history)
        said = []
        for pressed in keys:
            pipe.send_text(pressed)
            said.append(session.prompt())
        return said


# what is kept


def test_what_was_typed_is_there_the_next_time_the_newest_first(path: Path) -> None:
    kept(path, "one", "two")
    assert loaded(History(path)) == ["two", "one"]
    assert path.read_text(encoding="utf-8") == '"one"\n"two"\n'


@given(st.lists(ANY, max_size=6))
@example(["a\nb", "\x00", "\ud83d\ude00", "😀", "\udcff", "\u2028", '"', "\\", "\x7f\x9b", "a", "a", " a"])
def test_any_text_comes_back_as_it_was_typed_unless_it_is_blank(lines: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "history.jsonl"
        kept(path, *lines)
        expected = [line for line in lines if line.strip()]
        once = [line for line, before in zip(expected, [None, *expected], strict=False) if line != before]
        assert loaded(History(path)) == once[::-1]


@given(st.lists(ANY))
def test_what_is_written_is_read_again(lines: list[str]) -> None:
    assert list(read_lines(b"".join(map(written, lines)))) == lines


@given(st.binary())
@example(b"[" * 10_000)
@example(b'"a" "b"\n1\nnull\n["a"]\n"\xff"\n"\\ud83d"\n')
def test_no_bytes_stop_the_reading(raw: bytes) -> None:
    assert all(isinstance(line, str) for line in read_lines(raw))


def test_a_line_that_is_longer_than_the_tutor_reads_stays_in_this_shell(path: Path) -> None:
    history = kept(path, "one", "x" * LONGEST, "x" * (LONGEST + 1), "two")
    assert history.get_strings() == ["one", "x" * LONGEST, "x" * (LONGEST + 1), "two"]
    assert loaded(history) == history.get_strings()[::-1]
    assert loaded(History(path)) == ["two", "x" * LONGEST, "one"]


def test_a_line_repeated_at_once_is_shown_once(path: Path) -> None:
    assert loaded(kept(path, "one", "one", "two", "one")) == ["one", "two", "one"]


def test_a_prompt_finds_what_was_typed_and_keeps_what_is_typed(path: Path) -> None:
    kept(path, "one")
    up, enter = "\x1b[A", "\r"
    assert typed(History(path), up + enter, f"two{enter}", up + up + enter) == ["one", "two", "one"]
    assert loaded(History(path)) == ["one", "two", "one"]


# several shells


def test_a_shell_sees_the_lines_of_another_when_its_next_prompt_begins(path: Path) -> None:
    here, there = kept(path, "mine"), kept(path)
    there.append_string("theirs")
    assert typed(here, "\x1b[A\r") == ["theirs"]
    assert here.get_strings() == ["mine", "theirs"]


def test_lines_of_two_shells_stand_in_the_order_in_which_they_were_typed(path: Path) -> None:
    here, there = History(path), History(path)
    for number in range(3):
        here.append_string(f"here {number}")
        there.append_string(f"there {number}")
    expected = ["there 2", "here 2", "there 1", "here 1", "there 0", "here 0"]
    assert loaded(here) == loaded(there) == loaded(History(path)) == expected


def test_two_shells_that_write_a_thousand_lines_at_once_lose_and_tear_none(path: Path) -> None:
    must_end_well(begun((_APPENDING, str(path), "a", "1000"), (_APPENDING, str(path), "b", "1000")))
    raw = path.read_bytes()
    lines = list(read_lines(raw))
    assert len(list(filter(None, raw.split(b"\n")))) == len(lines) == 2000
    for name in "ab":
        expected = [f"{name} {number} " + "x" * (number % 97) + "\n茶" for number in range(1000)]
        assert [line for line in lines if line.startswith(f"{name} ")] == expected


def test_two_shells_lose_no_line_while_a_third_trims_the_file_again_and_again(path: Path) -> None:
    kept(path, "first")
    must_end_well(
        begun((_APPENDING, str(path), "a", "500"), (_APPENDING, str(path), "b", "500"), (_TRIMMING, str(path)))
    )
    lines = list(read_lines(path.read_bytes()))
    assert len(lines) == 1001
    assert {tuple(line.split()[:2]) for line in lines[1:]} == {(name, str(n)) for name in "ab" for n in range(500)}
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_a_shell_that_was_stopped_while_it_trimmed_does_not_stop_another(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"".join(written(str(number)) for number in range(6_500)))
    with path.open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        history = kept(path, "new")
    assert loaded(history)[0] == "new"
    assert list(read_lines(path.read_bytes()))[-1] == "new"


# size


def test_of_too_many_lines_the_newest_are_left(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"".join(written(str(number)) for number in range(6_000)))
    history = History(path, tell=refuse)
    assert len(loaded(history)) == 6_000
    other = kept(path, "new")
    assert len(list(read_lines(path.read_bytes()))) == MOST
    assert loaded(history) == loaded(other) == loaded(History(path)) == ["new", *map(str, range(5_999, 1_000, -1))]


def test_of_too_many_bytes_the_newest_lines_are_left(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"".join(written(f"{number} " + "x" * 15_000) for number in range(300)))
    history = kept(path, "new")
    assert path.stat().st_size <= LARGEST * 3 // 4
    assert loaded(history)[0] == "new"
    assert [line.split()[0] for line in loaded(history)[1:]] == [str(number) for number in range(299, 195, -1)]


def test_of_a_huge_file_only_the_end_is_read(path: Path) -> None:
    path.parent.mkdir()
    with path.open("wb") as file:
        file.write(written("old"))
        file.seek(2**34)  # sixteen gigabytes of nothing, which take no room
        file.write(b"\n" + written("new"))
    assert loaded(kept(path, "newest")) == ["newest", "new"]
    assert path.read_bytes() == written("new") + written("newest")


def test_a_line_that_the_size_cuts_is_left_out(path: Path) -> None:
    path.parent.mkdir()
    line = 'say "a" ' * 2_000
    path.write_bytes(b"".join(written(line) for _ in range(150)))
    assert set(loaded(History(path))) == {line}


def test_trimming_leaves_a_short_history_as_it_is(path: Path) -> None:
    kept(path, "one", "two")
    trim(path)
    assert loaded(History(path)) == ["two", "one"]


# whose file it is


def modes(path: Path) -> tuple[int, int]:
    return stat.S_IMODE(path.parent.stat().st_mode), stat.S_IMODE(path.stat().st_mode)


def test_only_the_person_can_read_it(path: Path) -> None:
    before = os.umask(0)
    try:
        history = kept(path, "one")
        trim(path)
        history.append_string("two")
    finally:
        os.umask(before)
    assert modes(path) == (0o700, 0o600)


def test_a_file_that_others_can_read_is_made_private(path: Path) -> None:
    kept(path, "one")
    path.chmod(0o644)
    path.parent.chmod(0o755)
    assert loaded(History(path)) == ["one"]
    assert modes(path) == (0o700, 0o600)


# what can go wrong


def told_once(path: Path, *lines: str) -> tuple[list[str], list[str]]:
    """Return what is told, and what is in the history, of a shell in which *lines* are typed."""
    told: list[str] = []
    history = History(path, tell=told.append)
    loaded(history)
    for line in lines:
        history.append_string(line)
        loaded(history)
    return told, history.get_strings()


def test_a_file_that_is_something_else_is_left_alone_and_the_history_stays_in_memory(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"Dear diary,\nsecret\n")
    told, lines = told_once(path, "one", "two")
    assert told == [f"{path}: is no history of the tutor; what you type is not kept for the next time"]
    assert lines == ["one", "two"]
    assert path.read_bytes() == b"Dear diary,\nsecret\n"


def test_a_link_is_not_followed(path: Path, tmp_path: Path) -> None:
    path.parent.mkdir()
    other = tmp_path / "other"
    other.write_bytes(b"")
    path.symlink_to(other)
    told, lines = told_once(path, "one")
    assert told == [f"{path}: is a link; what you type is not kept for the next time"]
    assert (lines, other.read_bytes()) == (["one"], b"")


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (Path.mkdir, "Is a directory"),
        (os.mkfifo, "is no plain file"),
        (lambda path: (path.parent.rmdir(), path.parent.write_bytes(b"")), "File exists"),
    ],
    ids=["folder", "pipe", "no folder"],
)
def test_what_is_no_file_is_one_line_and_the_history_stays_in_memory(path: Path, make: object, why: str) -> None:
    path.parent.mkdir()
    assert callable(make)
    make(path)
    told, lines = told_once(path, "one", "two")
    assert told == [f"{path}: {why}; what you type is not kept for the next time"]
    assert lines == ["one", "two"]


def test_a_file_that_may_only_be_read_is_read() -> None:
    done = subprocess.run([sys.executable, "-c", _READING], capture_output=True, text=True)
    assert (done.stderr, done.returncode) == ("", 0)
    assert done.stdout == "Permission denied; what you type is not kept for the next time\n['one', 'two']\n"


def test_damaged_lines_are_passed_over(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b'"one"\nhalf of\n\n{"two": 2}\n"\xff"\n"three"\n')
    assert loaded(kept(path, "four")) == ["four", "three", "one"]


@pytest.mark.parametrize("torn", [b'"one"\n"half of', b'"half of', b"\x00\x00\x00"])
def test_a_torn_line_at_the_end_costs_no_other_line(path: Path, torn: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(torn)
    kept(path, "two")
    assert loaded(kept(path, "three"))[:2] == ["three", "two"]


@pytest.mark.parametrize("room", [0, 3, 7, 9])
def test_a_full_disk_is_one_line_and_the_history_goes_on_in_memory(path: Path, room: int) -> None:
    path.parent.mkdir()
    done = subprocess.run([sys.executable, "-c", _CRAMPED, str(path), str(room)], capture_output=True, text=True)
    told, lines = done.stdout.splitlines()
    assert (done.returncode, done.stderr) == (0, "")
    assert told.startswith(f"{path}: ")
    assert told.endswith("; what you type is not kept for the next time")
    assert lines == "['one', 'two', 'three']"
    assert loaded(kept(path, "four"))[0] == "four"


def test_a_history_that_was_removed_is_forgotten_by_a_running_shell_and_begun_anew(path: Path) -> None:
    history = kept(path, "one")
    path.unlink()
    path.parent.rmdir()
    assert loaded(history) == []
    history.append_string("two")
    assert loaded(History(path)) == ["two"]


def test_a_history_that_was_replaced_is_read_anew(path: Path) -> None:
    history = kept(path, "one")
    path.write_bytes(written("other") + written("another"))
    assert loaded(history) == ["another", "other"]


@settings(deadline=None, max_examples=30)
@given(st.lists(st.tuples(st.integers(0, 1), st.sampled_from(["type", "trim", "load"])), max_size=12))
def test_whatever_two_shells_do_both_see_every_line_in_the_same_order(deeds: list[tuple[int, str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "history.jsonl"
        shells = History(path, tell=refuse), History(path, tell=refuse)
        said: list[str] = []
        append(path, written("first"))
        for number, (shell, deed) in enumerate(deeds):
            if deed == "type":
                said.append(f"{shell} {number}")
                shells[shell].append_string(said[-1])
            elif deed == "trim":
                trim(path)
            else:
                loaded(shells[shell])
        assert loaded(shells[0]) == loaded(shells[1]) == ["first", *said][::-1]
