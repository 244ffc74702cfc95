"""What is kept about a person: written for nobody else, found by one list, and gone when it is to be forgotten."""

import os
import pty
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tutor import kept
from tutor.cli import main
from tutor.fronts.shell.history import History
from tutor.fronts.shell.settings import keep
from tutor.kept import HISTORY, LEARNED, PLACES, SETTINGS, Place, folder_of, make_private, remove, traces, write_private

Forget = Callable[..., Result]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home in which nothing is kept yet."""
    for kind in ("STATE", "CONFIG", "DATA", "CACHE"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(tmp_path / kind.lower()))
    return tmp_path


@pytest.fixture
def forget(home: Path) -> Forget:
    def invoke(*words: str) -> Result:
        result = CliRunner().invoke(main, ["forget", *words])
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    return invoke


def used(home: Path) -> None:
    """Let a person have typed a line, set a theme, and a pack be learned."""
    History(HISTORY.path).append_string("secret")
    keep(SETTINGS.path, "theme", "dark")
    folder_of("cache").mkdir(parents=True)
    (folder_of("cache") / "0123.weights").write_bytes(b"learned")


def files(home: Path) -> list[str]:
    return sorted(path.relative_to(home).as_posix() for path in home.rglob("*") if not path.is_dir())


# places


def test_each_place_is_where_the_platform_has_it(home: Path) -> None:
    assert HISTORY.path == home / "state" / "scenario-tutor" / "history.jsonl"
    assert SETTINGS.path == home / "config" / "scenario-tutor" / "settings.toml"
    assert [folder_of(kind).parent.name for kind in ("data", "cache")] == ["data", "cache"]


def test_what_the_shell_keeps_is_on_the_list(home: Path) -> None:
    used(home)
    assert [(trace.what, trace.path) for trace in traces()] == [
        ("history", HISTORY.path),
        ("settings", SETTINGS.path),
    ]


def test_drafts_and_journals_belong_to_their_file_and_nothing_else_does(home: Path) -> None:
    memory = Place("memory", "data", "study.db")
    folder_of("data").mkdir(parents=True)
    for name in ("study.db", "study.db-wal", "study.db.x1y2", "study", "other.db", "a-study.db"):
        (folder_of("data") / name).write_bytes(b"")
    assert [trace.path.name for trace in traces([memory])] == ["study.db", "study.db-wal", "study.db.x1y2"]


def test_a_file_of_two_places_is_found_once(home: Path) -> None:
    used(home)
    assert len(traces([HISTORY, HISTORY])) == 1


# writing


def test_what_is_written_is_whole_and_for_its_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    make_private(folder)
    write_private(folder / "file", b"one")
    write_private(folder / "file", b"two")
    assert (folder / "file").read_bytes() == b"two"
    assert [stat.S_IMODE(path.stat().st_mode) for path in (folder, folder / "file")] == [0o700, 0o600]
    assert [path.name for path in folder.iterdir()] == ["file"]


def test_a_folder_that_others_can_look_into_is_closed(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    make_private(tmp_path)
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o700


def test_what_cannot_be_written_leaves_no_draft(tmp_path: Path) -> None:
    (tmp_path / "file").mkdir()
    with pytest.raises(IsADirectoryError):
        write_private(tmp_path / "file", b"one")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


# forgetting


def test_forget_removes_history_and_settings_and_their_folders_and_says_so(forget: Forget, home: Path) -> None:
    used(home)
    done = forget("--yes")
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout == f"history: {HISTORY.path}\nsettings: {SETTINGS.path}\nRemoved.\n"
    assert files(home) == ["cache/scenario-tutor/0123.weights"]
    assert not HISTORY.path.parent.exists()
    assert not SETTINGS.path.parent.exists()


def test_forget_removes_what_was_learned_only_if_asked_to(forget: Forget, home: Path) -> None:
    used(home)
    (folder_of("cache") / ".draft-x1y2").write_bytes(b"")
    (folder_of("cache") / "notes.txt").write_bytes(b"mine")
    done = forget("--yes", "--cache")
    assert done.exit_code == 0
    assert f"learned: {folder_of('cache') / '0123.weights'}\n" in done.stdout
    assert files(home) == ["cache/scenario-tutor/notes.txt"]


@pytest.mark.parametrize("words", [(), ("--yes",), ("--cache",)])
def test_where_nothing_is_kept_forget_says_so_and_makes_nothing(
    forget: Forget, home: Path, words: tuple[str, ...]
) -> None:
    done = forget(*words)
    assert (done.exit_code, done.stdout, done.stderr) == (0, "Nothing is kept about you.\n", "")
    assert list(home.iterdir()) == []


def test_forget_twice_finds_nothing_the_second_time(forget: Forget, home: Path) -> None:
    used(home)
    forget("--yes")
    assert forget("--yes").stdout == "Nothing is kept about you.\n"


def test_without_a_terminal_forget_wants_a_yes_and_removes_nothing(forget: Forget, home: Path) -> None:
    used(home)
    before = files(home)
    done = forget()
    assert done.exit_code == 2
    assert done.stderr.splitlines()[-1] == "Error: there is no terminal to ask in; say --yes to remove them"
    assert files(home) == before


@pytest.mark.parametrize(
    ("answer", "code", "left"), [("y", 0, False), ("n", 1, True), ("", 1, True), ("\x04", 1, True)]
)
def test_in_a_terminal_forget_asks_first(home: Path, answer: str, code: int, left: bool) -> None:
    used(home)
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "tutor", "forget"],
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as asking:
        os.write(ours, f"{answer}\n".encode())
        said = asking.communicate()[0]
    os.close(ours)
    os.close(theirs)
    assert f"history: {HISTORY.path}\n" in said
    assert "Remove them for good? [y/N]: " in said
    assert "Traceback" not in said
    assert (asking.returncode, HISTORY.path.exists(), SETTINGS.path.exists()) == (code, left, left)


def test_other_files_in_the_folders_stay(forget: Forget, home: Path) -> None:
    used(home)
    (HISTORY.path.parent / "notes.txt").write_bytes(b"mine")
    assert forget("--yes").exit_code == 0
    assert files(home) == ["cache/scenario-tutor/0123.weights", "state/scenario-tutor/notes.txt"]


def test_a_link_is_removed_and_what_it_leads_to_stays(forget: Forget, home: Path) -> None:
    mine = home / "mine.toml"
    mine.write_bytes(b"# mine")
    make_private(SETTINGS.path.parent)
    SETTINGS.path.symlink_to(mine)
    assert forget("--yes").exit_code == 0
    assert files(home) == ["mine.toml"]


def test_a_link_that_leads_nowhere_is_removed(forget: Forget, home: Path) -> None:
    make_private(SETTINGS.path.parent)
    SETTINGS.path.symlink_to(home / "nowhere")
    assert forget("--yes").exit_code == 0
    assert files(home) == []


def test_a_folder_that_is_a_link_is_left_alone_and_told(forget: Forget, home: Path) -> None:
    used(home)
    elsewhere = home / "elsewhere"
    SETTINGS.path.parent.rename(elsewhere)
    SETTINGS.path.parent.symlink_to(elsewhere)
    done = forget("--yes")
    assert (done.exit_code, done.stdout.splitlines()[-1]) == (1, "Removed 1 of 2.")
    assert done.stderr == f"Error: {SETTINGS.path}: its folder is a link; remove it where it leads to\n"
    assert files(home) == ["cache/scenario-tutor/0123.weights", "elsewhere/settings.toml"]


def test_what_cannot_be_removed_is_one_line_and_the_rest_is_removed(forget: Forget, home: Path) -> None:
    used(home)
    HISTORY.path.unlink()
    HISTORY.path.mkdir()
    done = forget("--yes")
    assert (done.exit_code, done.stdout.splitlines()[-1]) == (1, "Removed 1 of 2.")
    assert done.stderr == f"Error: {HISTORY.path}: Is a directory\n"
    assert not SETTINGS.path.exists()


def test_a_folder_that_is_a_file_is_no_place(forget: Forget, home: Path) -> None:
    (home / "state").mkdir()
    HISTORY.path.parent.write_bytes(b"mine")
    assert forget("--yes").stdout == "Nothing is kept about you.\n"


def test_a_name_that_the_terminal_cannot_show_is_no_fault(home: Path, forget: Forget) -> None:
    make_private(HISTORY.path.parent)
    Path(f"{HISTORY.path}.\udcff").write_bytes(b"")
    done = forget("--yes")
    assert (done.exit_code, done.stdout.splitlines()[-1]) == (0, "Removed.")


def test_what_another_removed_meanwhile_is_no_fault(home: Path) -> None:
    used(home)
    found = traces()
    HISTORY.path.unlink()
    assert remove(found) == []


def test_nothing_learned_is_on_the_list_of_what_is_about_the_person() -> None:
    assert not set(PLACES) & set(LEARNED)
    assert all(place.kind != "cache" for place in PLACES)


def test_every_place_that_the_module_names_is_on_a_list() -> None:
    named = {place for place in vars(kept).values() if isinstance(place, Place)}
    assert named == set(PLACES)


def test_forget_asks_for_nothing_heavy(tmp_path: Path) -> None:
    code = "import sys; from tutor.cli import main; main(['forget'], standalone_mode=False); print(*sys.modules)"
    homes = {f"XDG_{kind}_HOME": str(tmp_path / kind.lower()) for kind in ("STATE", "CONFIG", "DATA")}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env={**os.environ, **homes})
    assert done.stdout.startswith("Nothing is kept about you.\n")
    assert not {"prompt_toolkit", "numpy", "pydantic", "yaml"} & set(done.stdout.split())
