"""csv and tsv: a line of names, then a line for each row; cells that a spreadsheet would run are marked as text."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any, BinaryIO, TextIO

from tutor.errors import BatchError
from tutor.fronts.batch.formats.json_lines import encoded
from tutor.fronts.batch.layout import Layout, Writer
from tutor.fronts.batch.record import LONGEST, MOST_COLUMNS, Record, broken
from tutor.fronts.batch.sources import Source, text_of, unreadable
from tutor.row import Row

_DELIMITERS = ",;\t|"
_LONGEST_RECORD = 4 * LONGEST  #: characters of a row with all its lines
_RUN = frozenset("=+-@\t\r\n＝＋－＠")  #: how cells begin that some spreadsheet runs
_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?([eE][+-]?\d+)?")
_GUARD = "'"


def read(source: Source) -> Iterator[Record]:
    """Yield the rows of *source*; empty lines are left out. The first line settles what stands between cells."""
    csv.field_size_limit(LONGEST)
    with text_of(source) as text:
        lines = _Lines(text)
        names = _first_line(source, lines)
        rows = csv.reader(lines, delimiter=_delimiter(names, source.needs))
        header = _header(source, names)
        number = 1
        while True:
            lines.left = _LONGEST_RECORD
            try:
                row = next(rows)
            except StopIteration:
                return
            except csv.Error as error:
                yield broken(number, str(error), header)
            else:
                if not row:
                    continue
                yield _record(number, header, row, text.encoding, raw=source.raw)
            number += 1


class _Lines:
    """The lines of a text, of which one row may hold so many characters as are *left*."""

    def __init__(self, text: TextIO) -> None:
        self._text, self.left = text, _LONGEST_RECORD

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._text.readline(_LONGEST_RECORD + 2)
        if not line:
            raise StopIteration
        self.left -= len(line)
        if self.left < 0:
            self._skip(line)
            raise csv.Error(f"longer than {_LONGEST_RECORD} characters")
        return line

    def _skip(self, line: str) -> None:
        while line and not line.endswith(("\n", "\r")):
            line = self._text.readline(_LONGEST_RECORD)


def _first_line(source: Source, lines: _Lines) -> str:
    """Return the first line, of several where a name holds line ends."""
    said = ""
    try:
        for line in lines:
            said += line
            if said.count('"') % 2 == 0:
                break
    except csv.Error as error:
        raise BatchError(f"{source.called}: the first line: {error}") from None
    if unreadable(said):
        raise BatchError(f"{source.called}: the first line is not UTF-8; save the file as UTF-8")
    return said


def _delimiter(names: str, needs: str) -> str:
    """Return what stands between the *names*: what makes the needed one a name of its own, or else a comma."""
    found = (mark for mark in _DELIMITERS if needs in _cells(names, mark))
    return next(found, ",")


def _cells(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader(io.StringIO(line, newline=""), delimiter=delimiter), [])
    except csv.Error:
        return []


def _header(source: Source, names: str) -> list[str]:
    try:
        header = next(csv.reader(io.StringIO(names, newline=""), delimiter=_delimiter(names, source.needs)), [])
    except csv.Error as error:
        raise BatchError(f"{source.called}: the first line: {error}") from None
    header = header if source.raw else list(map(unguarded, header))
    return usable_header(source, header)


def usable_header(source: Source, header: list[str]) -> list[str]:
    """Return the names in *header*; a BatchError when they are too many or the needed one is not among them."""
    if len(header) > MOST_COLUMNS:
        raise BatchError(f"{source.called}: {len(header)} columns; at most {MOST_COLUMNS} are read")
    if source.needs not in header:
        raise BatchError(f"{source.called}: the first line has no column called {source.needs}")
    return header


def _record(number: int, header: list[str], row: list[str], encoding: str, *, raw: bool) -> Record:
    if any(map(unreadable, row)):
        return broken(number, f"not {encoding.upper()}", header)
    if len(row) != len(header):
        return broken(number, f"{len(row)} columns, the first line has {len(header)}", header)
    return Record(number, dict(zip(header, row if raw else map(unguarded, row), strict=True)))


def guarded(text: str) -> str:
    """Return *text* with an apostrophe before it where a spreadsheet might run it, which `unguarded` takes away.

    >>> guarded("=1+1"), guarded("'=1+1"), guarded("-3.5"), guarded("'tis")
    ("'=1+1", "''=1+1", '-3.5', "'tis")
    """
    if not text or (text[0] not in _RUN and text[0] != _GUARD):
        return text
    return _GUARD + text if _would_run(text.lstrip(_GUARD)) else text


def unguarded(text: str) -> str:
    """Return *text* as it was before `guarded`.

    >>> unguarded("'=1+1"), unguarded("'tis")
    ('=1+1', "'tis")
    """
    return text[1:] if text[:1] == _GUARD and _would_run(text.lstrip(_GUARD)) else text


def _would_run(text: str) -> bool:
    return text[:1] in _RUN and not _NUMBER.fullmatch(text) if text else False


def _part(rows: Sequence[Row], layout: Layout, *, delimiter: str) -> bytes:
    return _lines(([said.get(name) for name in layout.columns] for said in map(Row.to_dict, rows)), layout, delimiter)


def _join(parts: Iterable[bytes], layout: Layout, stream: BinaryIO, *, delimiter: str) -> None:
    stream.write(_lines([list(layout.columns)], layout, delimiter))
    for part in parts:
        stream.write(part)


def _lines(rows: Iterable[Sequence[Any]], layout: Layout, delimiter: str) -> bytes:
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=delimiter).writerows(cells(row, raw=layout.raw) for row in rows)
    return written.getvalue().encode("utf-8", errors="replace")


def cells(row: Sequence[Any], *, raw: bool) -> list[Any]:
    """Return the cells of a *row*: lists and objects as JSON; unless *raw*, texts that would run are guarded."""
    return [_cell(value, raw=raw) for value in row]


def _cell(value: Any, *, raw: bool) -> Any:
    if isinstance(value, str):
        return value if raw else guarded(value)
    if isinstance(value, list | dict):
        return encoded(value)
    return "" if value is None else value


CSV = Writer(partial(_part, delimiter=","), partial(_join, delimiter=","))
TSV = Writer(partial(_part, delimiter="\t"), partial(_join, delimiter="\t"))
