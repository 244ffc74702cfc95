"""What a terminal shows: pyte's screen, with the second screen, the lines above, and sizes as terminals have them."""

import copy
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from pyte.graphics import BG_256, FG_256
from pyte.modes import DECTCEM
from pyte.screens import Char, Screen

PRIVATE = 5  #: by so many bits pyte shifts the numbers of private modes
ALTERNATE = 1049
_DIM, _BLINK, _NORMAL, _STEADY = 2, 5, 22, 25  # as SGR numbers them
_MOST_ABOVE = 10_000  #: lines; more are forgotten


class TerminalScreen(Screen):
    """A screen that also keeps the lines that went out at its top, and the first screen while the second is shown."""

    def __init__(self, columns: int, lines: int) -> None:
        self.above: list[str] = []  #: what scrolling up would show, the oldest first
        self.answers = ""  #: what the terminal wants to tell the program
        self._first: Any = None
        super().__init__(columns, lines)

    @property
    def rows(self) -> list[str]:
        """The lines on the screen, without the spaces at their ends."""
        return [row.rstrip() for row in self.display]

    def on(self, mode: int) -> bool:
        """Say whether the private *mode*, such as 2004 for bracketed paste, is on."""
        return mode << PRIVATE in self.mode

    @property
    def cursor_shown(self) -> bool:
        """Whether the cursor can be seen."""
        return DECTCEM in self.mode

    def at(self, row: int, column: int) -> Char:
        """Return the character in a cell, with its attributes; both count from 0."""
        return self.buffer[row][column]

    def set_mode(self, *modes: int, **kwargs: Any) -> None:
        if kwargs.get("private") and ALTERNATE in modes and self._first is None:
            self._first = copy.deepcopy(self.buffer), self.cursor.x, self.cursor.y
            self.erase_in_display(2)
        super().set_mode(*modes, **kwargs)

    def reset_mode(self, *modes: int, **kwargs: Any) -> None:
        if kwargs.get("private") and ALTERNATE in modes and self._first is not None:
            self.buffer, self.cursor.x, self.cursor.y = self._first
            self._first = None
        super().reset_mode(*modes, **kwargs)

    def select_graphic_rendition(self, *attrs: int) -> None:
        """Take attributes of text; pyte knows no dim text, so a cell that is dim has `blink` set instead."""
        super().select_graphic_rendition(*_dim_as_blink(attrs))

    def index(self) -> None:
        if self.cursor.y == self.lines - 1 and self.margins is None:
            self._keep(1)
        super().index()

    def resize(self, lines: int | None = None, columns: int | None = None) -> None:
        """Take another size; what no longer fits goes out at the top, once the empty lines below are used up."""
        lines = lines or self.lines
        before, gone = self.cursor.y, max(0, self.cursor.y - lines + 1)
        if gone:
            self._keep(gone)
            self.cursor.y = 0
            self.delete_lines(gone)
        for row in range(lines, self.lines):
            self.buffer.pop(row, None)
        self.lines = min(lines, self.lines)
        super().resize(lines, columns)
        self.cursor.y, self.cursor.x = before - gone, min(self.cursor.x, self.columns - 1)

    def write_process_input(self, data: str) -> None:
        self.answers += data

    def _keep(self, count: int) -> None:
        if self._first is None:
            self.above = [*self.above, *self.rows[:count]][-_MOST_ABOVE:]


def _dim_as_blink(attrs: Sequence[int]) -> Iterator[int]:
    rest = iter(attrs)
    for attr in rest:
        yield {_DIM: _BLINK}.get(attr, attr)
        if attr == _NORMAL:
            yield _STEADY
        elif attr in (FG_256, BG_256):
            kind = next(rest, 5)
            yield from (kind, *islice(rest, 3 if kind == 2 else 1))  # red, green and blue, or a number
