"""The README's picture of the shell is what the shell shows today."""

from tests.terminal.home import ROOT, Home
from tests.terminal.record import PICTURE, recorded


def test_the_picture_is_what_the_shell_shows_today(bundled_home: Home) -> None:
    assert recorded(bundled_home) == PICTURE.read_text(encoding="utf-8"), "draw it anew: make picture"


def test_the_readme_shows_the_picture() -> None:
    assert f"]({PICTURE.relative_to(ROOT).as_posix()})" in (ROOT / "README.md").read_text(encoding="utf-8")
