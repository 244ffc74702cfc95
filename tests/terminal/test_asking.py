"""Scenes of a learner who asks and is asked: every way to choose, to go back and to correct, to the character."""

import pytest

from tests.terminal.conftest import READY
from tests.terminal.expected import shows
from tests.terminal.home import Home
from tests.terminal.terminal import Terminal

WHICH = "Which tea should I brew?"


@pytest.fixture
def asked(shell: Terminal) -> Terminal:
    """The shell with its first question open."""
    shell.ask(WHICH)
    shell.until("hour ?")
    return shell


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (120, 40)])
def test_the_first_screen_says_how_to_begin_and_is_otherwise_empty(home: Home, columns: int, rows: int) -> None:
    with home.open("chat", "--pack", "tea", columns=columns, rows=rows) as terminal:
        terminal.until(READY)
        shows(terminal, f"first-{columns}x{rows}")


def test_arrows_mark_an_option_and_enter_takes_it(asked: Terminal) -> None:
    shows(asked, "asked")
    asked.press("down", "down")
    shows(asked, "marked")
    asked.press("up", "enter")
    asked.until("A whole pot")
    asked.press("up", "up", "up")
    shows(asked, "marked-next")
    asked.press("enter")
    shows(asked, "answered-by-arrows")


def test_a_whole_dialogue_fits_a_large_screen(home: Home) -> None:
    with home.open("chat", "--pack", "tea", columns=120, rows=40) as terminal:
        terminal.until(READY)
        terminal.ask(WHICH)
        terminal.until("doesn't matter")
        terminal.press("down", "enter")
        terminal.until("A whole pot")
        terminal.ask("2")
        shows(terminal, "dialogue-120x40")


@pytest.mark.parametrize(
    ("scene", "replies"),
    [
        ("label", ["in the morning", "A whole pot"]),
        ("number", ["1", "2"]),
        ("words", ["we drink it before noon", "it is for everybody"]),
        ("both", ["at breakfast, for everybody"]),
    ],
)
def test_an_option_is_taken_by_its_label_its_number_or_free_words(
    asked: Terminal, scene: str, replies: list[str]
) -> None:
    for reply in replies:
        asked.ask(reply)
        asked.until(f"you> {reply}")
        asked.until_gone("hour ?")
    shows(asked, f"answered-by-{scene}")


def test_a_click_takes_an_option(asked: Terminal) -> None:
    row, column = asked.find("2. Before sleep")
    asked.click(row, column + 5)
    shows(asked, "answered-by-click")


def test_a_click_anywhere_in_the_row_will_do_and_the_line_that_was_begun_stays(asked: Terminal) -> None:
    asked.type("half a")
    asked.until("half a")
    row, _ = asked.find("2. Before sleep")
    asked.click(row, 60)
    asked.wait(lambda: "hour = Before sleep" in asked.rows[-1], "the toolbar of the next line")
    asked.type(" line")
    shows(asked, "clicked-with-half-a-line")


@pytest.mark.parametrize("text", ["When will it be drunk?", "hour ?"])
def test_a_click_elsewhere_takes_no_option(asked: Terminal, text: str) -> None:
    asked.click(*asked.find(text))
    asked.settle()
    shows(asked, "asked")


def test_who_does_not_know_gets_the_answer_for_every_case(asked: Terminal) -> None:
    asked.ask("1")
    asked.until("A whole pot")
    asked.press("down", "down", "down")
    shows(asked, "marked-do-not-know")
    asked.press("enter")
    shows(asked, "every-case")


def test_why_explains_the_question_and_the_list_stays(asked: Terminal) -> None:
    asked.ask("why?")
    shows(asked, "why")
    asked.ask("/why")
    shows(asked, "why-again")
    asked.ask("2")
    asked.until("Strong tea before sleep")


def test_esc_goes_back_one_question(asked: Terminal) -> None:
    asked.ask("1")
    asked.until("A whole pot")
    asked.press("esc")
    shows(asked, "back")
    asked.press("esc")
    shows(asked, "back-at-the-first")


def test_what_was_understood_wrongly_is_corrected_by_set(asked: Terminal) -> None:
    asked.ask("1")
    asked.until("A whole pot")
    asked.ask("/set hour=night")
    shows(asked, "set")
    asked.ask("/set")
    shows(asked, "set-alone")


def test_f2_begins_a_correction_and_completes_it(asked: Terminal) -> None:
    asked.ask("1")
    asked.until("A whole pot")
    asked.press("f2")
    shows(asked, "correction")
    asked.type("hour=")
    shows(asked, "correction-values")
    asked.press("down", "down", "enter")
    shows(asked, "correction-taken")
    asked.press("enter")
    shows(asked, "corrected")


def test_a_click_on_the_toolbar_begins_the_correction_of_that_slot(asked: Terminal) -> None:
    asked.ask("1")
    asked.until("guests ?")
    row, column = asked.find("In the morning")
    assert row == 23
    asked.click(row, column)
    shows(asked, "correction-by-click")


def test_a_correction_in_words_after_the_answer_is_heard(asked: Terminal) -> None:
    asked.ask("at breakfast, just me")
    asked.until("Green tea wants cooler water")
    asked.ask("actually a whole pot")
    shows(asked, "corrected-in-words")


def test_entries_that_may_be_meant_are_a_list_too(shell: Terminal) -> None:
    shell.ask("kettle")
    shows(shell, "offered")
    shell.press("down", "down", "enter")
    shows(shell, "offered-taken")
