"""Long answers page by page."""

import pytest
from prompt_toolkit.formatted_text import fragment_list_to_text
from prompt_toolkit.formatted_text.base import StyleAndTextTuples

from tests.fronts.shell.keyboard import CTRL_C, CTRL_D, ENTER, ESCAPE, loaded, talk, written
from tutor import Tutor
from tutor.fronts.shell.paging import paged, rows_of, turn_pages
from tutor.fronts.shell.settings import Settings

LONG = "/help"
FIRST, LAST = "- /help [COMMAND]", "Ctrl-D: leaves, on an empty line"
MORE = "Space or Enter: more"


def test_pages_leave_a_row_free_and_lose_nothing() -> None:
    said: StyleAndTextTuples = [("", f"line {number}\n") for number in range(10)]
    pages = list(paged(said, columns=80, rows=4))
    assert [fragment_list_to_text(page).count("\n") for page in pages] == [3, 3, 3, 2]
    assert "".join(map(fragment_list_to_text, pages)) == fragment_list_to_text(said) + "\n"


def test_a_line_that_is_wider_than_the_screen_takes_several_rows() -> None:
    assert [rows_of([("", "x" * width)], 10) for width in (0, 1, 10, 11, 20, 21)] == [1, 1, 1, 2, 2, 3]
    assert len(list(paged([("", "x" * 35 + "\n"), ("", "y\n")], columns=10, rows=5))) == 2


@pytest.mark.parametrize(
    ("wishes", "shown"), [(["more", "more"], 3), (["all"], 3), (["none"], 1), (["more", "none"], 2), ([], 1)]
)
def test_pages_are_turned_as_one_wishes(wishes: list[str], shown: int) -> None:
    said: list[object] = []
    pages = [[("", str(number))] for number in range(3 if wishes else 1)]
    turn_pages(pages, said.append, lambda: wishes.pop(0))  # type: ignore[arg-type]
    assert len(said) == shown


@pytest.mark.parametrize("key", [" ", ENTER, "f"])
def test_a_key_shows_the_next_page(tea: Tutor, key: str) -> None:
    done = talk(tea, loaded, LONG, ENTER, written(MORE), key, written(LAST), rows=24)
    assert FIRST in done.shown


@pytest.mark.parametrize("key", ["q", ESCAPE, CTRL_C, CTRL_D])
def test_a_key_leaves_the_rest_out_and_the_shell_goes_on(tea: Tutor, key: str) -> None:
    done = talk(tea, loaded, LONG, ENTER, written(MORE), key, lambda at: at.shell.is_asking, "hello", ENTER, rows=16)
    assert FIRST in done.shown
    assert LAST not in done.shown
    assert done.said == ["hello"]


def test_end_shows_all_that_is_left(tea: Tutor) -> None:
    done = talk(tea, loaded, LONG, ENTER, written(MORE), "G", written(LAST), rows=10)
    assert done.shown.count(MORE) == 1


def test_the_end_of_input_within_a_page_ends_the_shell(tea: Tutor) -> None:
    assert FIRST in talk(tea, loaded, LONG, ENTER, written(MORE), rows=16).shown


def test_what_fits_is_not_paged(tea: Tutor) -> None:
    assert MORE not in talk(tea, "hello", ENTER, rows=16).shown


def test_paging_can_be_turned_off(tea: Tutor) -> None:
    done = talk(tea, loaded, LONG, ENTER, written(LAST), rows=16, settings=Settings(paging=False))
    assert MORE not in done.shown
