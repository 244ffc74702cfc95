"""Settings: read as they were written, faults told in one line each, and the file never half written."""

import os
import re
import stat
import tempfile
import tomllib
from dataclasses import asdict, fields, replace
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.conftest import HERE
from tests.together import begun, must_end_well
from tutor.errors import SettingsError
from tutor.fronts.shell.settings import LARGEST, Settings, keep, load_settings, value_of
from tutor.render.theme import THEMES

_NAMES = [field.name for field in fields(Settings)]
_KEEPING = """
import sys
from pathlib import Path
from tutor.fronts.shell.settings import keep
print("ready", flush=True)
input()
for number in range(100):
    keep(Path(sys.argv[1]), sys.argv[2], number % 2 == 0)
"""
VALUES = st.one_of(
    st.tuples(st.just("theme"), st.sampled_from(sorted(THEMES))),
    st.tuples(st.sampled_from([name for name in _NAMES if name != "theme"]), st.booleans()),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "config" / "settings.toml"


def written(path: Path, text: str | bytes) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def loaded(path: Path) -> tuple[Settings, list[str]]:
    """Return the settings, and what is told of them without the name of the file."""
    told: list[str] = []
    found = load_settings(path, tell=told.append)
    return found, [said.removeprefix(f"{path}: ") for said in told]


def test_without_a_file_the_defaults_count_and_none_is_made(path: Path) -> None:
    assert loaded(path) == (Settings(), [])
    assert not path.parent.exists()


def test_the_defaults_are_these() -> None:
    assert asdict(Settings()) == {
        "theme": "auto",
        "history": True,
        "suggestions": True,
        "completion": True,
        "paging": True,
        "mouse": True,
    }


def test_the_page_for_learners_shows_every_setting_with_its_default() -> None:
    page = (HERE.parent / "docs" / "learners.md").read_text(encoding="utf-8")
    assert [tomllib.loads(shown) for shown in re.findall(r"^```toml\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)] == [
        asdict(Settings())
    ]


def test_what_is_set_is_there_the_next_time(path: Path) -> None:
    keep(path, "theme", "dark")
    keep(path, "paging", False)
    assert path.read_text() == 'theme = "dark"\npaging = false\n'
    assert loaded(path) == (Settings(theme="dark", paging=False), [])


@given(st.lists(VALUES, max_size=8))
def test_the_last_value_of_each_setting_counts(pairs: list[tuple[str, str | bool]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "settings.toml"
        for name, value in pairs:
            keep(path, name, value)
        expected = replace(Settings(), **dict(pairs))  # type: ignore[arg-type]
        assert loaded(path) == (expected, [])


def test_what_a_person_wrote_around_a_setting_stays(path: Path) -> None:
    text = '# mine\n  theme="light" # at home\nfont = "big"\n\n[window]\ntheme = "other"\n'
    keep(written(path, text), "theme", "dark")
    keep(path, "mouse", False)
    assert path.read_text() == ('# mine\ntheme = "dark"\nfont = "big"\n\nmouse = false\n[window]\ntheme = "other"\n')


@pytest.mark.parametrize(
    "text", ['"theme" = "dark"\n', "note = '''\ntheme = 1\n'''\ntheme = \"dark\"\n", "theme.x = 1\n"]
)
def test_a_setting_that_stands_in_an_odd_way_is_left_to_the_person(path: Path, text: str) -> None:
    with pytest.raises(SettingsError, match="theme stands there in a way that only you can change"):
        keep(written(path, text), "theme", "light")
    assert path.read_text() == text


# faults


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('them = "dark"', "there is no setting them; did you mean theme?"),
        ('theme = "drak"', "there is no theme drak; did you mean dark?"),
        ("theme = 3", "there is no theme 3; known: auto, dark, light, mono"),
        ('paging = "yes"', "paging cannot be yes; write true or false"),
        ("paging = 1", "paging cannot be 1; write true or false"),
        ("mouse = []", "mouse cannot be []; write true or false"),
        ('mouse = "\\u001b[2J"', "mouse cannot be \\x1b[2J; write true or false"),
        ("[theme]", "there is no theme {}; known: auto, dark, light, mono"),
        (
            f'"{"x" * 100}" = 1',
            f"there is no setting {'x' * 39}…; known: completion, history, mouse, paging, suggestions, theme",
        ),
        ("theme =", "is not TOML: Invalid value (at end of document); the defaults count"),
        (b"\xff", "is not UTF-8; the defaults count"),
        (b"x" * (LARGEST + 1), f"is larger than {LARGEST} bytes; the defaults count"),
        (b"a = " + b"[" * 60_000, "is not TOML: "),
    ],
)
def test_a_fault_is_one_line_and_the_default_counts(path: Path, text: str | bytes, told: str) -> None:
    found, (said,) = loaded(written(path, text))
    assert found == Settings()
    assert said.startswith(told) if told.endswith(" ") else said == told


def test_every_fault_is_told_and_what_is_sound_counts(path: Path) -> None:
    found, told = loaded(written(path, 'theme = "mono"\npage = 1\nmouse = "no"\nhistory = false\n'))
    assert found == Settings(theme="mono", history=False)
    assert told == ["there is no setting page; did you mean paging?", "mouse cannot be no; write true or false"]


def test_a_byte_order_mark_is_no_fault(path: Path) -> None:
    assert loaded(written(path, b'\xef\xbb\xbftheme = "mono"\r\n')) == (Settings(theme="mono"), [])


@given(st.binary(max_size=80) | st.text(max_size=80).map(lambda said: said.encode("utf-8", "replace")))
@example(b"theme.a.b = 1")
@example(b"history = 1979-05-27")
@example(b"history = nan")
def test_no_file_stops_the_shell(raw: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        found, told = loaded(written(Path(folder) / "settings.toml", raw))
        assert found.theme in THEMES
        assert all(said.isprintable() for said in told)


@pytest.mark.parametrize(
    ("make", "why"), [(Path.mkdir, "Is a directory"), (os.mkfifo, "is no plain file")], ids=["folder", "pipe"]
)
def test_what_is_no_file_is_one_line_and_is_not_replaced(path: Path, make: object, why: str) -> None:
    path.parent.mkdir()
    assert callable(make)
    make(path)
    assert loaded(path) == (Settings(), [f"{why}; the defaults count"])
    with pytest.raises(SettingsError) as error:
        keep(path, "mouse", False)
    assert str(error.value) == f"{path}: {why}"


def test_a_damaged_file_is_not_written_over(path: Path) -> None:
    with pytest.raises(SettingsError, match="is not TOML"):
        keep(written(path, "theme = \n# my notes\n"), "theme", "dark")
    assert path.read_text() == "theme = \n# my notes\n"


def test_a_folder_that_cannot_be_made_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "config").write_bytes(b"")
    with pytest.raises(SettingsError) as error:
        keep(tmp_path / "config" / "settings.toml", "mouse", False)
    assert str(error.value) == f"{tmp_path}/config/settings.toml: Not a directory"


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("colour", "dark", "there is no setting colour; known: completion, history, mouse, paging, suggestions, theme"),
        ("theme", "drak", "there is no theme drak; did you mean dark?"),
        ("theme", True, "there is no theme True; known: auto, dark, light, mono"),
        ("mouse", "on", "mouse cannot be on; write true or false"),
    ],
)
def test_what_cannot_be_set_is_not_kept(path: Path, name: str, value: str | bool, told: str) -> None:
    with pytest.raises(SettingsError) as error:
        keep(path, name, value)
    assert (str(error.value), path.exists()) == (told, False)


@pytest.mark.parametrize(
    ("name", "said", "value"),
    [
        ("mouse", "on", True),
        ("mouse", "Off", False),
        ("paging", "true", True),
        ("paging", "no", False),
        ("theme", "mono", "mono"),
    ],
)
def test_a_value_may_be_said_in_words(name: str, said: str, value: str | bool) -> None:
    assert value_of(name, said) == value


@pytest.mark.parametrize(
    ("name", "said", "told"),
    [
        ("mouse", "maybe", "mouse cannot be maybe; write on or off"),
        ("theme", "on", "there is no theme on; did you mean mono?"),
        ("mose", "on", "there is no setting mose; did you mean mouse?"),
    ],
)
def test_words_that_are_no_value_are_told(name: str, said: str, told: str) -> None:
    with pytest.raises(SettingsError) as error:
        value_of(name, said)
    assert str(error.value) == told


# the file


def test_only_the_person_can_read_it(path: Path) -> None:
    before = os.umask(0)
    try:
        keep(path, "mouse", False)
    finally:
        os.umask(before)
    assert [stat.S_IMODE(found.stat().st_mode) for found in (path.parent, path)] == [0o700, 0o600]


def test_a_link_stays_a_link(path: Path, tmp_path: Path) -> None:
    mine = written(tmp_path / "dotfiles" / "tutor.toml", "# mine\n")
    path.parent.mkdir()
    path.symlink_to(mine)
    keep(path, "mouse", False)
    assert path.is_symlink()
    assert mine.read_text() == "# mine\nmouse = false\n"


def test_two_shells_that_set_at_once_never_leave_half_a_file(path: Path) -> None:
    written(path, "# " + "x" * 20_000 + "\n")
    started = begun(*((_KEEPING, str(path), name) for name in ("mouse", "paging")))
    while any(one.poll() is None for one in started):
        said = path.read_text()
        assert said.startswith("# xxx")
        assert set(tomllib.loads(said)) <= {"mouse", "paging"}
    must_end_well(started)
    assert [file.name for file in path.parent.iterdir()] == [path.name]
