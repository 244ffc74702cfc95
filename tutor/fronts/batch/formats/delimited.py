"""csv and tsv: a line of names, then a line for each row; cells that a spreadsheet would run are marked as text."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, BinaryIO

from tutor.errors import BatchError
from tutor.fronts.batch.formats.json_lines import encoded
from tutor.fronts.batch.header import usable_header
from tutor.fronts.batch.layout import Layout, Writer
from tutor.fronts.batch.lines import Lines
from tutor.fronts.batch.record import LONGEST, Record, broken
from tutor.fronts.batch.sources import UNREADABLE, Source, text_of, unreadable
from tutor.row import Row

_DELIMITERS = ",;\t|"
_LONGEST_TOLD = 10_000  #: characters of a broken row that are looked at
_RUN = frozenset("=+-@\t\r\n＝＋－＠")  #: how cells begin that some spreadsheet runs
_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?([eE][+-]?\d+)?")
_GUARD = "'"


def read(source: Source) -> Iterator[Record]:
    """Yield the rows of *source*; empty lines are left out. The first line settles what stands between cells."""
    csv.field_size_limit(LONGEST)
    with text_of(source) as text:
        lines = Lines(text)
        names = _first_line(source, lines)
        table = _Table(_header(source, names), _delimiter(names, source.needs), text.encoding, source.raw)
        rows = csv.reader(lines, delimiter=table.delimiter, strict=True)
        number = 1
        while True:
            lines.begin()
            try:
                row = next(rows)
            except StopIteration:
                return
            except csv.Error as error:
                first = lines.first
                problem = _problem(error, again=lines.read_again())
                yield broken(number, problem, _told(table, first))
            else:
                if not row:
                    continue
                yield _record(number, table, row)
            number += 1


@dataclass(frozen=True)
class _Table:
    """How the rows of a table are read: the names of its columns, what stands between cells, and the encoding."""

    header: list[str]
    delimiter: str
    encoding: str
    raw: bool


_PROBLEMS = {
    "field larger": f"a cell is longer than {LONGEST} characters",
    "unexpected end": "a quote is opened and never closed",
    "expected after": "text follows a closing quote",
}  #: by what the library says


def _problem(error: csv.Error, *, again: bool) -> str:
    """Return what is wrong with a row; *again*: its other lines are read once more, as rows of their own."""
    said = str(error)
    told = next((problem for sign, problem in _PROBLEMS.items() if sign in said), said)
    if not again or told == _PROBLEMS["unexpected end"]:
        return told
    return f"a quote is opened and not closed in its line, and further down {told}"


def _told(table: _Table, line: str) -> dict[str, Any]:
    """Return what can be told of a broken row by its first *line*: cells by name, those after them empty."""
    some = line[:_LONGEST_TOLD]
    row = [cell.rstrip("\r\n") for cell in _cells(some, table.delimiter)]
    return _named(table, row[:-1] if len(some) < len(line) else row)


def _named(table: _Table, row: list[str]) -> dict[str, Any]:
    """Return the cells of a *row*, however many there are, by name: what is no character is marked, none is None."""
    cells = [cell.replace(UNREADABLE, "\ufffd") for cell in row]
    cells = cells if table.raw else list(map(unguarded, cells))
    return {**dict.fromkeys(table.header), **dict(zip(table.header, cells, strict=False))}


def _first_line(source: Source, lines: Lines) -> str:
    """Return the first line, of several where a name holds line ends."""
    said: list[str] = []
    opened = False
    try:
        for line in lines:
            said.append(line)
            opened ^= line.count('"') % 2 == 1 and not (len(said) == 1 and _is_closed(line, source.needs))
            if not opened:
                break
    except csv.Error as error:
        raise BatchError(f"{source.called}: the first line cannot be read: {error}") from None
    if any(map(unreadable, said)):
        raise BatchError(f"{source.called}: the first line is not UTF-8; save the file as UTF-8")
    if opened:
        raise BatchError(f"{source.called}: the first line cannot be read: a quote is opened and never closed")
    return "".join(said)


def _is_closed(line: str, needs: str) -> bool:
    """Return whether *line* names the needed column and leaves no quote open, however many quotes it holds."""
    try:
        return needs in next(csv.reader([line], delimiter=_delimiter(line, needs), strict=True), [])
    except csv.Error:
        return False


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
        lines = csv.reader(io.StringIO(names, newline=""), delimiter=_delimiter(names, source.needs), strict=True)
        header = next(lines, [])
    except csv.Error as error:
        raise BatchError(f"{source.called}: the first line cannot be read: {_problem(error, again=False)}") from None
    return usable_header(source, header if source.raw else list(map(unguarded, header)))


def _record(number: int, table: _Table, row: list[str]) -> Record:
    if any(map(unreadable, row)):
        return broken(number, f"not {table.encoding.upper()}", _named(table, row))
    if len(row) != len(table.header):
        said = f"{len(row)} columns, the first line has {len(table.header)}"
        return broken(number, said, _named(table, row))
    return Record(number, dict(zip(table.header, row if table.raw else map(unguarded, row), strict=True)))


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
