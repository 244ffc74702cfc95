"""Scenes of typing: completion, history, pastes, several lines, and what is kept for the next time."""

import json
import stat
from pathlib import Path

import pytest

from tests.terminal.conftest import READY
from tests.terminal.expected import shows
from tests.terminal.home import Home
from tests.terminal.terminal import Terminal

STEM = """\
Guests sit at the breakfast table and want strong tea. How do you serve them all at once?
A. Green tea at 80 degrees
B. A pot of black tea
C. Single cups of green tea
D. An infusion without caffeine
E. Cold water"""


def history_of(home: Home) -> Path:
    return home.folder / "state" / "scenario-tutor" / "history.jsonl"


def kept(home: Home) -> list[str]:
    return [json.loads(line) for line in history_of(home).read_text(encoding="utf-8").splitlines()]


def test_commands_are_completed_while_they_are_typed(shell: Terminal) -> None:
    shell.type("/")
    shows(shell, "menu-of-commands")
    shell.type("he")
    shows(shell, "menu-help")
    shell.press("tab", "enter", "enter")
    shell.until("Commands:")


def test_names_of_the_field_are_completed_and_marked(shell: Terminal) -> None:
    shell.type("how hot is senc")
    shows(shell, "menu-term")
    shell.press("tab", "enter")
    shows(shell, "term-completed")
    row, column = shell.find("sencha")
    assert shell.screen.at(row, column) != shell.screen.at(row, column - 2)._replace(data="s")
    shell.press("enter")
    shows(shell, "term-answered")


def test_a_menu_that_nobody_asked_for_does_not_take_enter(shell: Terminal) -> None:
    shell.type("green te")
    shell.until("green tea")
    shell.press("enter")
    shell.until("Green tea wants cooler water")
    assert "you> green te" in shell.rows


def test_a_line_comes_back_in_the_next_shell_by_up_and_by_search(home: Home) -> None:
    with home.open("chat", "--pack", "tea") as first:
        first.until(READY)
        first.ask("how hot is sencha")
        first.until("Page:")
        first.ask("a pot or cups?")
        first.until("Pots")
        first.press("ctrl-d")
        assert first.ended() == 0
    with home.open("chat", "--pack", "tea") as second:
        second.until(READY)
        second.press("up")
        shows(second, "history-up")
        second.press("up")
        second.until("you> how hot is sencha")
        second.press("ctrl-c", "up")
        second.until("you> a pot or cups?")
        second.press("ctrl-c")
        second.press("ctrl-r")
        second.type("sen")
        shows(second, "history-search")
        second.press("enter")
        second.until("you> how hot is sencha")
        second.press("ctrl-c")
        second.until_gone("you> how hot")
        second.type("how")
        shows(second, "history-suggestion")
        second.press("right", "enter")
        second.until("Page:")
    assert kept(home) == ["how hot is sencha", "a pot or cups?", "how hot is sencha"]


def test_what_is_kept_is_private(home: Home) -> None:
    with home.open("chat", "--pack", "tea") as terminal:
        terminal.until(READY)
        terminal.ask("how hot is sencha")
        terminal.until("Page:")
    file = history_of(home)
    assert [stat.S_IMODE(path.stat().st_mode) for path in (file, file.parent)] == [0o600, 0o700]


def test_two_shells_at_once_share_their_lines(home: Home) -> None:
    with home.open("chat", "--pack", "tea") as one, home.open("chat", "--pack", "tea") as other:
        for terminal in (one, other):
            terminal.until(READY)
        for terminal, line in ((one, "kettle"), (other, "sencha"), (one, "assam"), (other, "pot")):
            terminal.ask(line)
        one.ask("/why")
        one.press("ctrl-p", "ctrl-p")
        one.until("you> pot")
    assert kept(home) == ["kettle", "sencha", "assam", "pot", "/why"]


def test_without_history_nothing_is_kept(home: Home) -> None:
    with home.open("chat", "--pack", "tea", "--no-history") as terminal:
        terminal.until(READY)
        terminal.ask("how hot is sencha")
        terminal.until("Page:")
        terminal.press("up")
        terminal.until("you> how hot is sencha")
        terminal.press("ctrl-c", "ctrl-d")
        assert terminal.ended() == 0
    assert not history_of(home).exists()


def test_forget_removes_what_was_kept(home: Home) -> None:
    with home.open("chat", "--pack", "tea") as terminal:
        terminal.until(READY)
        terminal.ask("how hot is sencha")
        terminal.until("Page:")
        terminal.ask("/theme mono")
        terminal.until("mono")
    with home.open("forget") as terminal:
        terminal.until("y/N")
        terminal.say("y")
        assert terminal.ended() == 0
        assert terminal.rows[terminal.screen.cursor.y - 1] == "Removed."
    assert [path for top in ("state", "config") for path in (home.folder / top).rglob("*") if path.is_file()] == []


def test_a_pasted_stem_with_its_options_is_one_question(shell: Terminal) -> None:
    shell.paste(STEM)
    shows(shell, "pasted-stem")
    shell.press("enter")
    shows(shell, "pasted-stem-answered")
    shell.press("up")
    shell.until("E. Cold water")


def test_alt_enter_begins_a_line(shell: Terminal) -> None:
    shell.type("green or")
    shell.press("alt-enter")
    shell.type("black?")
    shows(shell, "two-lines")
    shell.press("enter")
    shows(shell, "two-lines-answered")


def test_a_paste_of_ten_thousand_characters_is_taken_whole_and_answered(shell: Terminal, home: Home) -> None:
    words = "how hot is sencha " * 556
    shell.paste(words[:9_999] + "!")
    shell.until("!")
    shell.ask("")
    shows(shell, "long-paste-answered")
    assert kept(home) == [words[:9_999] + "!"]


@pytest.mark.parametrize("pasted", ["\x1b[31mred\x07\x00", "tea\t\u200b\u202eaet", "日本茶 🍵 e\u0301"])
def test_a_paste_of_strange_characters_breaks_nothing(shell: Terminal, pasted: str) -> None:
    shell.paste(pasted)
    shell.ask("")
    shell.ask("/topics")
    shell.until("Hours of the day")
    shell.press("ctrl-d")
    assert shell.ended() == 0
