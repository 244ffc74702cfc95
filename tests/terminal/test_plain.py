"""Scenes without colours: complete text and not one escape code, for screen readers, tee and simple terminals."""

import pytest

from tests.terminal.expected import shows
from tests.terminal.home import Home
from tests.terminal.terminal import Terminal
from tests.terminal.test_asking import WHICH

WAYS: list[tuple[list[str], dict[str, str]]] = [
    (["--plain"], {}),
    ([], {"TUTOR_PLAIN": "1"}),
    ([], {"NO_COLOR": "1"}),
    ([], {"TERM": "dumb"}),
]


def say(terminal: Terminal, line: str) -> None:
    """Type a line and wait for what it comes to, up to the next empty prompt."""
    before, screen = len(terminal.output), terminal.screen
    terminal.say(line)
    terminal.wait(lambda: terminal.output.find(b"\nyou> ", before) > 0, "another prompt")
    terminal.wait(lambda: (screen.rows[screen.cursor.y], screen.cursor.x) == ("you>", 5), "an empty prompt")


def talk(terminal: Terminal) -> None:
    """Ask, be asked and be answered, with a line dropped before."""
    terminal.until("you>")
    terminal.type("half")
    terminal.until("half")
    terminal.settle(0.2)  # readline hears no interrupt while it is still at a key
    terminal.press("ctrl-c")
    terminal.wait(lambda: terminal.output.count(b"you> ") == 2, "a new prompt")
    say(terminal, WHICH)
    say(terminal, "2")


@pytest.mark.parametrize(("words", "also"), WAYS)
def test_plain_output_is_complete_text_without_one_escape_code(
    home: Home, words: list[str], also: dict[str, str]
) -> None:
    with home.open("chat", "--pack", "tea", *words, rows=40, also=also) as terminal:
        talk(terminal)
        shows(terminal, "plain")
        terminal.press("ctrl-d")
        assert terminal.ended() == 0
        assert b"\x1b" not in terminal.output
        assert not set(terminal.output) & (set(range(32)) - set(b"\r\n\a"))
        assert b"Traceback" not in terminal.output
        assert terminal.line_settings == terminal.settings
