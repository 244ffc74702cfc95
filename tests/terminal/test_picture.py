"""Pictures of screens: the text, its colours, and what those hear who cannot see it."""

import re
from xml.etree.ElementTree import fromstring

import pytest
from pyte import Stream

from tests.terminal.picture import svg
from tests.terminal.screen import TerminalScreen

SVG = "{http://www.w3.org/2000/svg}"


def drawn(written: str, columns: int = 12, lines: int = 2) -> str:
    screen = TerminalScreen(columns, lines)
    Stream(screen).feed(written)
    return svg(screen, title="tea", name="A cup of <tea>")


def texts(picture: str) -> list[tuple[str, str]]:
    """Return each run of text in the window with its style."""
    styles = dict(re.findall(r"\.(terminal-r\d+) \{ (.*?) \}", picture))
    found = fromstring(picture).iter(f"{SVG}text")  # noqa: S314 - we drew it ourselves
    return [
        ((text.text or "").replace("\xa0", " "), styles[str(text.get("class"))])
        for text in found
        if text.get("class") in styles
    ]


def test_the_same_screen_gives_the_same_bytes() -> None:
    assert drawn("a\x1b[31mb") == drawn("a\x1b[31mb")


@pytest.mark.parametrize(
    ("written", "style"),
    [
        ("\x1b[31mtea", "fill: #ff7b72"),
        ("\x1b[33mtea", "fill: #e3b341"),
        ("\x1b[93mtea", "fill: #f2cc60"),
        ("\x1b[1;36mtea", "fill: #56d4dd;font-weight: bold"),
        ("\x1b[38;2;1;2;3mtea", "fill: #010203"),
        ("\x1b[38;5;21mtea", "fill: #0000ff"),
        ("\x1b[2mtea", "fill: #898f95"),
        ("\x1b[2;31mtea", "fill: #9e504d"),
        ("\x1b[2m-\x1b[22;1mtea", "fill: #dce3ea;font-weight: bold"),
        ("\x1b[38;2;2;2;2;1mtea", "fill: #020202;font-weight: bold"),
        ("\x1b[7mtea", "fill: #0d1117"),
        ("\x1b[4mtea", "fill: #dce3ea;text-decoration: underline;"),
    ],
)
def test_text_keeps_its_colour_and_weight(written: str, style: str) -> None:
    assert ("tea", style) in texts(drawn(f"{written}\x1b[m!"))


def test_the_cursor_is_a_block_unless_it_is_hidden() -> None:
    assert '<rect fill="#dce3ea"' in drawn("tea")
    assert '<rect fill="#dce3ea"' not in drawn("tea\x1b[?25l")


def test_who_cannot_see_the_picture_gets_its_name_and_all_that_is_written() -> None:
    root = fromstring(drawn("{tea}\r\n<&>"))  # noqa: S314 - we drew it ourselves
    assert [root.findtext(f"{SVG}{tag}") for tag in ("title", "desc")] == ["A cup of <tea>", "{tea}\n<&>"]


def test_nothing_is_fetched_to_show_the_picture() -> None:
    picture = drawn("tea").replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert "://" not in picture
