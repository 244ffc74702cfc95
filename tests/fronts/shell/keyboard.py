"""A shell at a keyboard: keys go in through a pipe, and what the shell writes is caught."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Thread
from typing import Any

from prompt_toolkit.data_structures import Size
from prompt_toolkit.history import History
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.output import DummyOutput

from tests.conftest import TEA
from tutor import Tutor
from tutor.fronts.shell.loading import Load, Loading
from tutor.fronts.shell.prompt import Shell
from tutor.fronts.shell.session import Session
from tutor.transcript import Exchange

ENTER, ESCAPE, UP, DOWN, TAB, RIGHT = "\r", "\x1b", "\x1b[A", "\x1b[B", "\t", "\x1b[C"
F1, F2, ALT_ENTER, SHIFT_ENTER = "\x1bOP", "\x1bOQ", "\x1b\r", "\x1b[27;2;13~"
CTRL_C, CTRL_D, CTRL_E, CTRL_L, CTRL_N, CTRL_P, CTRL_R = "\x03", "\x04", "\x05", "\x0c", "\x0e", "\x10", "\x12"
_PATIENCE = 20.0  #: seconds until a key that does nothing is given up


class Screen(DummyOutput):
    """Keeps all that is written, in the order of writing."""

    def __init__(self, rows: int, columns: int) -> None:
        self.text, self._size = "", Size(rows, columns)

    def write(self, data: str) -> None:
        self.text += data

    def write_raw(self, data: str) -> None:
        self.text += data

    def get_size(self) -> Size:
        return self._size


@dataclass(frozen=True)
class Open:
    """A talk that goes on: the shell and what it has written so far."""

    shell: Shell
    screen: Screen


Key = str | Callable[[Open], bool]  #: keys to press, or what to wait for before the next ones
_ENDED: Key = "the shell has ended"


@dataclass(frozen=True)
class Talk:
    """A talk that has ended: the shell, what it wrote, and whether every key did what was waited for."""

    shell: Shell
    screen: Screen
    missed: list[Key]

    @property
    def shown(self) -> str:
        """What was written, line by line."""
        return self.screen.text.replace("\r\n", "\n")

    @property
    def turns(self) -> list[Exchange]:
        """What was said and replied."""
        return [turn for transcript in self.shell.session.transcripts for turn in transcript.turns]

    @property
    def said(self) -> list[str]:
        """What was said."""
        return [turn.say for turn in self.turns]


def talk(
    made: Tutor | Load,
    *keys: Key,
    rows: int = 400,
    columns: int = 100,
    history: History | None = None,
    ends: bool = False,
    **fields: Any,
) -> Talk:
    """Open a shell, press *keys*, and end the input, unless it *ends* by itself; the session has these *fields*."""
    keys = (*keys, _never) if ends else keys
    screen, missed = Screen(rows, columns), list[Key]()
    with create_pipe_input() as pipe:
        load = (lambda _: made) if isinstance(made, Tutor) else made
        session = Session(Loading(load), fields.pop("folder", TEA), **fields)
        shell = Shell(session, history=history, input=pipe, output=screen)
        pressing = Thread(target=_press, args=(Open(shell, screen), pipe, keys, missed))
        pressing.start()
        try:
            with session.interrupts.heard():
                shell.run()
        finally:
            missed.append(_ENDED)
            pressing.join()
    assert missed == [_ENDED, _never] if ends else [_ENDED]
    return Talk(shell, screen, missed)


def pasted(text: str) -> str:
    """Return the keys by which a terminal pastes *text*."""
    return f"\x1b[200~{text}\x1b[201~"


def line_is(text: str) -> Key:
    """Wait until the line is *text*."""
    return lambda at: at.shell.line.text == text


def written(text: str) -> Key:
    """Wait until *text* was written, in one piece."""
    return lambda at: text in at.screen.text


def asking(at: Open) -> bool:
    """Wait until a line can be typed."""
    return at.shell.is_asking


def loaded(at: Open) -> bool:
    """Wait until the tutor is there."""
    return at.shell.session.pack is not None


def menu(at: Open) -> bool:
    """Wait until completions are offered."""
    state = at.shell.line.complete_state
    return bool(state and state.completions)


def offered(text: str) -> Key:
    """Wait until the completion *text* is offered."""

    def seen(at: Open) -> bool:
        state = at.shell.line.complete_state
        return bool(state and text in [one.text for one in state.completions])

    return seen


def selected(at: Open) -> bool:
    """Wait until one of the completions is selected."""
    state = at.shell.line.complete_state
    return bool(state and state.current_completion)


def after(turns: int) -> Key:
    """Wait until so many turns are over and the next line is open."""
    return lambda at: sum(len(one.turns) for one in at.shell.session.transcripts) == turns and at.shell.is_asking


def _never(_: Open) -> bool:
    return False


def _press(at: Open, pipe: PipeInput, keys: tuple[Key, ...], missed: list[Key]) -> None:
    for key in keys:
        if isinstance(key, str):
            pipe.send_text(key)
        elif not _came(key, at, missed):
            missed.append(key)
            break
    pipe.close()


def _came(key: Callable[[Open], bool], at: Open, missed: list[Key]) -> bool:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until and not missed:
        if key(at):
            return True
        time.sleep(0.005)
    return False
