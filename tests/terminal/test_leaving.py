"""Scenes of interrupting, resizing and leaving: the terminal is as it was before, and nobody sees a traceback."""

import signal
from collections.abc import Callable

import pytest

from tests.terminal.conftest import PROMPTED, READY
from tests.terminal.expected import shows
from tests.terminal.home import Home
from tests.terminal.terminal import Terminal
from tests.terminal.test_asking import WHICH

MODES = {"bracketed paste": 2004, "second screen": 1049, **{f"mouse {n}": n for n in (1000, 1002, 1003, 1006, 1015)}}


def sane(terminal: Terminal) -> None:
    """Assert that the terminal of a program that has ended is as it was before."""
    assert [name for name, mode in MODES.items() if terminal.screen.on(mode)] == []
    assert terminal.screen.cursor_shown
    assert terminal.screen.cursor.attrs == terminal.screen.default_char
    assert terminal.screen.margins is None
    assert terminal.screen.cursor.x == 0
    assert terminal.line_settings == terminal.settings
    assert b"Traceback" not in terminal.output


def on_an_empty_line(_: Terminal) -> None:
    pass


def half_a_line(terminal: Terminal) -> None:
    terminal.type("half a li")
    terminal.until("half a li")


def two_lines(terminal: Terminal) -> None:
    terminal.paste("one\ntwo")
    terminal.until("two")


def an_open_question(terminal: Terminal) -> None:
    terminal.ask(WHICH)
    terminal.until("doesn't matter")
    terminal.press("down")
    terminal.until("› 1.")


def the_menu(terminal: Terminal) -> None:
    terminal.type("/he")
    terminal.until("say what there is")


def a_search(terminal: Terminal) -> None:
    terminal.press("ctrl-r")
    terminal.until("search")


STATES = [on_an_empty_line, half_a_line, two_lines, an_open_question, the_menu, a_search]


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_ctrl_c_drops_what_is_typed_and_ctrl_d_leaves_a_sane_terminal(
    shell: Terminal, state: Callable[[Terminal], None]
) -> None:
    state(shell)
    shell.press("ctrl-c")
    shell.settle()
    shows(shell, f"interrupted-{state.__name__.replace('_', '-')}")
    shell.press("ctrl-c", "ctrl-d")
    assert shell.ended() == 0
    sane(shell)


def test_ctrl_c_while_the_pack_is_learned_ends_the_waiting_and_not_the_shell(home: Home) -> None:
    (home.folder / "tea" / "learned.weights").unlink()
    with home.open("chat", "--pack", "tea") as terminal:
        terminal.until("you>")
        terminal.say(WHICH)
        terminal.until("learning it takes")
        terminal.press("ctrl-c")
        terminal.until("Stopped.")
        terminal.until(PROMPTED)
        terminal.ask(WHICH)
        terminal.until("doesn't matter")
        terminal.press("ctrl-d")
        assert terminal.ended() == 0
        sane(terminal)


def test_ctrl_d_while_the_pack_is_learned_leaves_at_once(home: Home) -> None:
    (home.folder / "tea" / "learned.weights").unlink()
    with home.open("chat", "--pack", "tea") as terminal:
        terminal.until("you can type already")
        terminal.press("ctrl-d")
        assert terminal.ended() == 0
        sane(terminal)


@pytest.mark.parametrize("word", ["/quit", "quit", "exit", ":q"])
def test_a_word_leaves_the_shell_with_a_sane_terminal(shell: Terminal, word: str) -> None:
    shell.say(word)
    assert shell.ended() == 0
    sane(shell)


def test_a_screen_that_was_left_shows_the_whole_dialogue_and_no_toolbar(shell: Terminal) -> None:
    an_open_question(shell)
    shell.press("ctrl-d")
    assert shell.ended() == 0
    sane(shell)
    shows(shell, "left")


def test_resizing_keeps_the_open_question(shell: Terminal) -> None:
    an_open_question(shell)
    shell.resize(60, 16)
    shows(shell, "resized-smaller")
    shell.resize(120, 40)
    shows(shell, "resized-larger")
    shell.press("enter")
    shows(shell, "resized-answered")


def test_resizing_to_almost_nothing_and_back_breaks_nothing(shell: Terminal) -> None:
    half_a_line(shell)
    for columns, rows in ((10, 3), (1, 1), (200, 60), (80, 24)):
        shell.resize(columns, rows)
        shell.settle()
    shell.press("ctrl-c")
    an_open_question(shell)
    for columns, rows in ((5, 2), (80, 24)):
        shell.resize(columns, rows)
        shell.settle()
    shell.press("enter")
    shell.until("A whole pot")
    shell.press("ctrl-d")
    assert shell.ended() == 0
    sane(shell)


@pytest.mark.parametrize("state", [on_an_empty_line, an_open_question], ids=lambda state: state.__name__)
def test_a_terminal_that_goes_away_ends_the_shell_without_a_word(
    shell: Terminal, state: Callable[[Terminal], None]
) -> None:
    state(shell)
    shell.close()
    assert shell.ended_alone() == 128 + signal.SIGHUP
    assert b"Traceback" not in shell.output


def test_a_low_terminal_shows_the_whole_list_and_scrolls_what_is_longer(home: Home) -> None:
    with home.open("chat", "--pack", "tea", rows=10) as terminal:
        terminal.until(READY)
        an_open_question(terminal)
        shows(terminal, "low-asked")
        terminal.ask("dont know")
        shows(terminal, "low-answered")
