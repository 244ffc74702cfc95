"""Scenes of answers that are longer than the screen: page by page, to the end at once, or no further."""

from collections.abc import Iterator

import pytest

from tests.terminal.conftest import PROMPTED, READY
from tests.terminal.expected import shows
from tests.terminal.home import Home
from tests.terminal.terminal import Terminal

MORE = "Space or Enter: more"
LAST = "https://example.org/black"


@pytest.fixture
def page(home: Home) -> Iterator[Terminal]:
    """A shell of ten lines that shows the first page of a long answer."""
    with home.open("chat", "--pack", "tea", rows=10) as terminal:
        terminal.until(READY)
        terminal.ask("green or black?")
        terminal.until(MORE)
        yield terminal
        assert b"Traceback" not in terminal.output


def test_a_long_answer_stops_at_each_page(page: Terminal) -> None:
    shows(page, "page-first")
    page.press("space")
    shows(page, "page-second")
    page.press("enter")
    page.until(PROMPTED)
    assert LAST in page.text


def test_what_was_shown_page_by_page_reads_as_one_text(page: Terminal) -> None:
    page.press("space")
    page.settle()
    page.press("space")
    page.until(PROMPTED)
    assert MORE not in page.text
    said = page.text[page.text.index("Green or black") :]
    assert said.startswith(
        "Green or black\nGreen is brewed cooler, black with boiling water. [1]\n\nWhat decides: Black leaves are "
    )


def test_end_shows_all_that_is_left(page: Terminal) -> None:
    page.press("end")
    page.until(PROMPTED)
    assert LAST in page.text


@pytest.mark.parametrize("key", ["ctrl-c", "ctrl-d", "esc"])
def test_who_has_seen_enough_is_back_at_the_prompt(page: Terminal, key: str) -> None:
    page.press(key)
    page.until(PROMPTED)
    assert LAST not in page.text
    page.ask("how hot is sencha")
    page.until(MORE)
    page.type("q")
    page.until(PROMPTED)


def test_a_resize_on_a_page_does_not_lose_the_rest(page: Terminal) -> None:
    page.resize(80, 24)
    page.settle()
    page.press("space")
    page.until(PROMPTED)
    assert LAST in page.text
