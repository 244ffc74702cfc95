"""The terminal that scenes run in is itself right, shown with programs of a line or two."""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.terminal import expected
from tests.terminal.expected import screen_text, shows
from tests.terminal.terminal import KEYS, Terminal

Start = Callable[..., Terminal]
RAW = (
    "import sys, tty; tty.setraw(0); r = sys.stdin.buffer.raw.read; "
    "w = lambda said: (sys.stdout.write(said), sys.stdout.flush()); "
)


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts a line of Python, or a command, in a terminal that is closed after the test."""
    with ExitStack() as stack:

        def started(*command: str, columns: int = 40, rows: int = 6) -> Terminal:
            program = [sys.executable, "-c", *command] if len(command) == 1 else command
            return stack.enter_context(
                Terminal(program, env=dict(os.environ), folder=tmp_path, columns=columns, rows=rows)
            )

        yield started


def test_what_is_typed_is_echoed_and_comes_back(start: Start) -> None:
    terminal = start("cat", "-")
    terminal.say("tea")
    terminal.wait(lambda: terminal.rows[:2] == ["tea", "tea"], "the echo and the line")
    assert bytes(terminal.output) == b"tea\r\ntea\r\n"
    terminal.press("ctrl-d")
    assert terminal.ended() == 0


def test_the_program_has_the_terminal_for_its_own(start: Start) -> None:
    terminal = start("import os; print(open('/dev/tty').isatty(), *os.get_terminal_size())")
    assert terminal.ended() == 0
    assert terminal.rows[0] == "True 40 6"


def test_ctrl_c_interrupts_what_runs(start: Start) -> None:
    terminal = start("import time; print('on'); time.sleep(600)")
    terminal.until("on")
    terminal.press("ctrl-c")
    assert terminal.ended() in (1, -signal.SIGINT)


@pytest.mark.parametrize("code", [0, 3])
def test_the_exit_code_is_that_of_the_program(start: Start, code: int) -> None:
    assert start(f"raise SystemExit({code})").ended() == code


@pytest.mark.parametrize("key", KEYS)
def test_every_key_arrives(start: Start, key: str) -> None:
    sent = KEYS[key]
    terminal = start(f"{RAW} w('on'); w(' ' + r({len(sent)}).hex())")
    terminal.until("on")
    terminal.press(key)
    terminal.until(f"on {sent.encode().hex()}")


def test_the_terminal_answers_where_its_cursor_is(start: Start) -> None:
    terminal = start(f"{RAW} w('ab\\r\\ncde\\x1b[6n'); w(' ' + ascii(r(6)))")
    terminal.until(r"cde b'\x1b[2;4R'")


def test_a_paste_is_marked_only_where_the_program_asked_for_it(start: Start) -> None:
    terminal = start(f"{RAW} w('\\x1b[?2004hon '); w(ascii(r(15))); w('\\x1b[?2004l off '); w(ascii(r(3)))")
    terminal.until("on")
    terminal.paste("a\nb")
    terminal.until("off")
    assert r"on b'\x1b[200~a\rb\x1b[201~' off" in "".join(terminal.rows)
    terminal.paste("a\nb")
    terminal.until(r"b'a\rb'")


def test_a_click_is_told_in_the_form_that_the_program_asked_for(start: Start) -> None:
    terminal = start(f"{RAW} w('\\x1b[?1000h\\x1b[?1006hon '); w(ascii(r(20)))")
    terminal.until("on")
    terminal.click(2, 9)
    terminal.until("0;10;3m")
    assert terminal.rows[0].startswith(r"on b'\x1b[<0;10;3M\x1b[<0;10;3m'")


def test_a_program_that_does_not_listen_to_the_mouse_cannot_be_clicked(start: Start) -> None:
    terminal = start("cat", "-")
    with pytest.raises(AssertionError, match="does not listen"):
        terminal.click(0, 0)


def test_a_resize_reaches_the_program_and_keeps_what_is_on_the_screen(start: Start) -> None:
    size = "import os, signal; signal.signal(signal.SIGWINCH, lambda *_: print(*os.get_terminal_size()))"
    terminal = start(f"{size}; print('on ', end='', flush=True); signal.pause()")
    terminal.until("on")
    terminal.resize(60, 3)
    terminal.until("60 3")
    assert terminal.rows[0] == "on 60 3"
    assert len(terminal.rows) == 3


@pytest.mark.parametrize("key", ["columns", "rows"])
def test_a_terminal_that_goes_away_hangs_up_on_the_program(start: Start, key: str) -> None:
    terminal = start("import time; print('on'); time.sleep(600)", **{key: 50})
    terminal.until("on")
    terminal.close()
    assert terminal.ended_alone() == -signal.SIGHUP


def test_a_long_paste_blocks_neither_side(start: Start) -> None:
    echo = "import sys\nfor line in iter(lambda: r(512), b''):\n w(line.decode()); n = line.count(b'.')\n if n: break"
    terminal = start(f"{RAW}\n{echo}")
    terminal.settle(0.3)
    terminal.paste("x" * 100_000 + ".")
    terminal.ended()
    assert bytes(terminal.output) == b"x" * 100_000 + b"."


def test_lines_that_go_out_at_the_top_can_still_be_read(start: Start) -> None:
    terminal = start("for i in range(9): print('line', i)")
    assert terminal.ended() == 0
    assert terminal.rows == ["line 4", "line 5", "line 6", "line 7", "line 8", ""]
    assert terminal.text.splitlines() == [f"line {i}" for i in range(9)]


def test_a_lower_terminal_loses_its_empty_lines_first_and_then_those_at_the_top(start: Start) -> None:
    terminal = start("for i in range(4): print('line', i)")
    assert terminal.ended() == 0
    terminal.resize(40, 5)
    assert terminal.rows == ["line 0", "line 1", "line 2", "line 3", ""]
    terminal.resize(40, 3)
    assert terminal.rows == ["line 2", "line 3", ""]
    assert terminal.screen.cursor.y == 2
    assert terminal.text.splitlines() == [f"line {i}" for i in range(4)]


def test_the_second_screen_gives_the_first_one_back(start: Start) -> None:
    terminal = start(f"{RAW} w('first\\x1b[?1049h\\x1b[Hsecond'); r(1); w('\\x1b[?1049l'); w('!')")
    terminal.until("second")
    assert terminal.rows[0] == "second"
    terminal.press("enter")
    assert terminal.ended() == 0
    assert terminal.rows[0] == "first!"


def test_a_cell_tells_its_colour_and_weight(start: Start) -> None:
    terminal = start("print('a\\x1b[1;31mb\\x1b[0mc')")
    assert terminal.ended() == 0
    row, column = terminal.find("abc")
    cells = [terminal.screen.at(row, column + n) for n in range(3)]
    assert [(cell.data, cell.fg, cell.bold) for cell in cells] == [
        ("a", "default", False),
        ("b", "red", True),
        ("c", "default", False),
    ]


def test_the_settings_of_the_line_are_those_that_the_program_leaves(start: Start) -> None:
    sane, spoilt = start("pass"), start("import tty; tty.setraw(0)")
    assert sane.ended() == spoilt.ended() == 0
    assert sane.line_settings == sane.settings
    assert spoilt.line_settings != spoilt.settings


def test_waiting_for_what_never_comes_fails_and_shows_what_there_is(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.terminal.terminal.PATIENCE", 0.5)
    terminal = start("cat", "-")
    terminal.type("tea")
    with pytest.raises(AssertionError, match="waited in vain for “coffee” on the screen; there is\ntea"):
        terminal.until("coffee")


def test_a_screen_is_compared_to_the_character(start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(expected, "FOLDER", tmp_path / "screens")
    monkeypatch.setattr(expected, "WRITING", True)
    terminal = start("cat", "-", columns=30, rows=3)
    terminal.type("tea")
    terminal.until("tea")
    shows(terminal, "tea")
    assert (tmp_path / "screens" / "tea.txt").read_text("utf-8") == "tea\n\n\n--- 30x3, cursor 1:4 ---------\n"
    monkeypatch.setattr(expected, "WRITING", False)
    shows(terminal, "tea")
    terminal.type("!")
    terminal.until("!")
    monkeypatch.setattr("tests.terminal.terminal.SILENCE", 0.2)
    with pytest.raises(AssertionError, match=r"-tea\n\+tea!"):
        shows(terminal, "tea")


def test_a_hidden_cursor_is_told(start: Start) -> None:
    terminal = start("print('\\x1b[?25l')", columns=30, rows=1)
    assert terminal.ended() == 0
    assert screen_text(terminal).splitlines()[-1] == "--- 30x1, no cursor ----------"
