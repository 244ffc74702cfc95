"""A program in a terminal of its own: a true process on a pseudo-terminal, keys in, a screen out."""

import contextlib
import os
import select
import signal
import subprocess
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from pyte import ByteStream

from tests.terminal.screen import TerminalScreen

PATIENCE = 60.0  #: seconds until a program that does not do what is waited for has failed
SILENCE = 10.0  #: seconds without a byte after which nothing more is expected
QUIET = 0.05  #: seconds without a byte after which a screen that is as expected is believed to stay so
KEYS = {
    "enter": "\r", "esc": "\x1b", "alt-enter": "\x1b\r", "tab": "\t", "back-tab": "\x1b[Z", "backspace": "\x7f",
    "up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C", "left": "\x1b[D", "home": "\x1b[H", "end": "\x1b[F",
    "delete": "\x1b[3~", "page-up": "\x1b[5~", "page-down": "\x1b[6~", "f1": "\x1bOP", "f2": "\x1bOQ", "f3": "\x1bOR",
    "space": " ", **{f"ctrl-{letter}": chr(ord(letter) - 96) for letter in "abcdefghklnoprstuvwxyz"},
}  # fmt: skip
BRACKETED, MOUSE, SGR_MOUSE = 2004, 1000, 1006
_READY = b"\x1b[?2004h"
_OWN = ["sh", "-c", 'exec "$@" <>"$0" >&0 2>&0']  # opening it, the leader of a session gets it as its own terminal
_PIECE = 1024  #: bytes given to the program at a time, less than a terminal's queue holds


class Terminal:
    """One program and the terminal it runs in; leaving the `with` block ends both."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        env: Mapping[str, str],
        folder: Path | None = None,
        columns: int = 80,
        rows: int = 24,
    ) -> None:
        self.output = bytearray()  #: every byte that the program wrote
        self.screen = TerminalScreen(columns, rows)
        self._stream = ByteStream(self.screen)
        self._waiting = b""
        self._ours, self._its = os.openpty()
        os.set_blocking(self._ours, False)
        termios.tcsetwinsize(self._ours, (rows, columns))
        self.settings = self.line_settings  #: how the line was set before the program started
        name = os.ttyname(self._its)
        self._process = subprocess.Popen([*_OWN, name, *command], env=env, cwd=folder, start_new_session=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self.close()

    @property
    def line_settings(self) -> list[Any]:
        """The settings of the line, as stty shows them."""
        return termios.tcgetattr(self._its)

    # what a person does

    def press(self, *keys: str) -> None:
        """Press keys by their names in `KEYS`."""
        for key in keys:
            self._send(KEYS[key])

    def type(self, text: str) -> None:
        """Type *text* letter by letter."""
        self._send(text)

    def say(self, text: str) -> None:
        """Type *text* and press Enter."""
        self._send(f"{text}\r")

    def ask(self, text: str) -> None:
        """Type *text*, press Enter and wait until the program, which marks pastes, is ready for the next line."""
        before = self.output.count(_READY)
        self._send(f"{text}\r")
        self.wait(lambda: self.output.count(_READY) > before, "the next prompt")

    def paste(self, text: str) -> None:
        """Paste *text* as terminals do: its ends marked if the program asked for that, newlines as Enter."""
        text = text.replace("\n", "\r")
        self._send(f"\x1b[200~{text}\x1b[201~" if self.screen.on(BRACKETED) else text)

    def click(self, row: int, column: int) -> None:
        """Press and release the left button on a cell, which counts from 0; the program must have asked for that."""
        assert self.screen.on(MOUSE), "the program does not listen to the mouse"
        assert self.screen.on(SGR_MOUSE), "the program wants the mouse in another way than SGR"
        self._send("".join(f"\x1b[<0;{column + 1};{row + 1}{end}" for end in "Mm"))

    def resize(self, columns: int, rows: int) -> None:
        """Give the terminal another size; the system sends SIGWINCH."""
        self._read(0)
        self.screen.resize(rows, columns)
        termios.tcsetwinsize(self._ours, (rows, columns))

    def kill(self) -> None:
        """Kill the program, as a crash or the system does: it gets no chance to do anything more."""
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def close(self) -> None:
        """Take the terminal away; the system sends SIGHUP."""
        for end in (self._its, self._ours):
            with contextlib.suppress(OSError):
                os.close(end)
        self._its = self._ours = -1

    # what a person sees

    @property
    def rows(self) -> list[str]:
        """The lines on the screen, without the spaces at their ends."""
        return self.screen.rows

    @property
    def text(self) -> str:
        """All that can be read: what scrolled out above, and what is on the screen."""
        return "\n".join([*self.screen.above, *self.screen.rows]).rstrip()

    def find(self, text: str) -> tuple[int, int]:
        """Return row and column of the last place where *text* stands on the screen."""
        row = max(number for number, line in enumerate(self.rows) if text in line)
        return row, self.rows[row].rindex(text)

    # waiting

    def until(self, text: str) -> None:
        """Wait until *text* is on the screen."""
        self.wait(lambda: any(text in row for row in self.rows), f"“{text}” on the screen")

    def until_gone(self, text: str) -> None:
        """Wait until *text* is not on the screen."""
        self.wait(lambda: all(text not in row for row in self.rows), f"“{text}” gone from the screen")

    def wait(self, seen: Callable[[], bool], what: str) -> None:
        """Read on until *seen* holds; it has failed when *what* does not come in a very long time."""
        end = time.monotonic() + PATIENCE
        self._read(0)
        while not seen():
            over = time.monotonic() > end or self._process.poll() is not None
            if not self._read(0.1) and over and not seen():
                raise AssertionError(f"waited in vain for {what}; there is\n{self.text}")

    def comes_to(self, seen: Callable[[], bool]) -> bool:
        """Read on until *seen* holds and goes on holding; False once the program has long been silent without it."""
        end = time.monotonic() + PATIENCE
        self._read(0)
        while self._read(QUIET if (now := seen()) else SILENCE):
            assert time.monotonic() < end, "the program never stops writing"
        return now

    def settle(self, quiet: float = QUIET) -> None:
        """Read on until the program has written nothing for *quiet* seconds."""
        end = time.monotonic() + PATIENCE
        while self._read(quiet):
            assert time.monotonic() < end, "the program never stops writing"

    def ended(self) -> int:
        """Wait until the program ends; return its exit code, or less than 0 the signal that ended it."""
        self.wait(lambda: self._process.poll() is not None, "the end of the program")
        self.settle()
        return self._process.wait()

    def ended_alone(self) -> int:
        """Wait for the end of a program whose terminal was taken away; return as `ended`."""
        return self._process.wait(timeout=PATIENCE)

    # bytes

    def _send(self, text: str) -> None:
        self._waiting += text.encode()
        self._write()

    def _write(self) -> None:
        """Write what waits, and read what comes meanwhile, so that neither side blocks the other."""
        end = time.monotonic() + PATIENCE
        while self._waiting:
            assert time.monotonic() < end, "the program does not read what is typed"
            readable, writable, _ = select.select([self._ours], [self._ours], [], 0.1)
            if readable:
                self._take()
            if writable:
                self._waiting = self._waiting[os.write(self._ours, self._waiting[:_PIECE]) :]

    def _read(self, timeout: float) -> bool:
        """Read, and answer, what the program writes within *timeout* seconds; return whether it wrote anything."""
        if readable := select.select([self._ours], [], [], timeout)[0]:
            self._take()
            self._write()
        return bool(readable)

    def _take(self) -> None:
        came = os.read(self._ours, 65536)
        self.output += came
        self._stream.feed(came)
        answers, self.screen.answers = self.screen.answers, ""
        self._waiting += answers.encode()
