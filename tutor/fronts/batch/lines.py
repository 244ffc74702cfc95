"""The lines of a table as text: those of one row at a time, so that a quote never closed does not swallow the rest."""

import csv
from collections import deque
from collections.abc import Iterator
from typing import TextIO

from tutor.fronts.batch.record import LONGEST

LONGEST_ROW = 4 * LONGEST  #: characters of a row with all its lines
_MOST_AGAIN = 16 * LONGEST_ROW  #: characters that are read once more, all in all


class Lines:
    """The lines of a text, in order; those of a row that turns out to be broken can be read again, but for its first.

    One row may hold LONGEST_ROW characters; more of them are a csv.Error.
    """

    def __init__(self, text: TextIO) -> None:
        self._text = text
        self._waiting: deque[str] = deque()
        self._taken: list[str] = []
        self._left, self._again = LONGEST_ROW, _MOST_AGAIN

    def begin(self) -> None:
        """Begin with another row."""
        self._taken, self._left = [], LONGEST_ROW

    @property
    def first(self) -> str:
        """The first line of the row."""
        return self._taken[0] if self._taken else ""

    def read_again(self) -> bool:
        """Give the lines of the row out again, all but its first; say whether there are any and it is not too much."""
        held = sum(map(len, self._taken[1:]))
        if not held or held > self._again:
            return False
        self._again -= held
        self._waiting.extendleft(reversed(self._taken[1:]))
        return True

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._waiting.popleft() if self._waiting else self._text.readline(LONGEST_ROW + 2)
        if not line:
            raise StopIteration
        self._taken.append(line)
        self._left -= len(line)
        if self._left < 0:
            self._skip(line)
            raise csv.Error(f"longer than {LONGEST_ROW} characters")
        return line

    def _skip(self, line: str) -> None:
        while line and not line.endswith(("\n", "\r")):
            line = self._text.readline(LONGEST_ROW)
