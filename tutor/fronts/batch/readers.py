"""Question files -> records, one for each row, broken ones included."""

import csv
import json
import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tutor.errors import BatchError
from tutor.spelling import did_you_mean

LONGEST_LINE = 1_000_000  #: characters
DEEPEST = 50  #: lists and objects inside one another in a JSON row


@dataclass(frozen=True)
class Record:
    """One input row: its number from 1 and its columns, empty ones where something is wrong with it."""

    number: int
    columns: dict[str, Any] = field(default_factory=dict)
    fault: str | None = None


def read_records(path: Path) -> Iterator[Record]:
    """Yield the rows of a csv or jsonl file, in order; a BatchError when it cannot be read at all."""
    read = _READERS.get(path.suffix.lower())
    if read is None:
        raise BatchError(
            f"{path}: cannot read {path.suffix or 'a file without a suffix'}; {did_you_mean(path.suffix, _READERS)}"
        )
    if path.is_dir():
        raise BatchError(f"{path}: is a folder, not a file of questions")
    if not path.exists():
        raise BatchError(f"{path}: there is no such file")
    return _readable(path, read)


def _readable(path: Path, read: Callable[[Path], Iterator[Record]]) -> Iterator[Record]:
    try:
        yield from read(path)
    except OSError as error:
        raise BatchError(f"{path}: cannot be read: {error.strerror}") from None


def whole(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield number and columns of every row; a BatchError at the first that is broken."""
    for record in read_records(path):
        if record.fault:
            raise BatchError(f"{path}: {record.fault}")
        yield record.number, record.columns


def _jsonl(path: Path) -> Iterator[Record]:
    with path.open(encoding="utf-8", errors="surrogateescape", newline="\n") as lines:
        number = 0
        for line in _unmarked(lines):
            if line.strip():
                number += 1
                yield _json_record(number, line)


def _unmarked(lines: Iterable[str]) -> Iterator[str]:
    """Yield *lines* without the byte order mark that some programs put first.

    Not the codec utf-8-sig, which loses a mark that is cut off.
    """
    for number, line in enumerate(lines):
        yield line.removeprefix("\ufeff") if number == 0 else line


def _json_record(number: int, line: str) -> Record:
    if len(line) > LONGEST_LINE:
        return Record(number, fault=f"row {number}: longer than {LONGEST_LINE} characters")
    if _not_utf8(line):
        return Record(number, fault=f"row {number}: not UTF-8")
    try:
        columns = json.loads(line, parse_float=_finite, parse_constant=_finite)
    except (ValueError, RecursionError) as error:
        return Record(number, fault=f"row {number}: not JSON: {error}")
    if not isinstance(columns, dict):
        return Record(number, fault=f"row {number}: not an object with a question")
    if _deep(columns, DEEPEST):
        return Record(number, fault=f"row {number}: lists and objects nested deeper than {DEEPEST}")
    return Record(number, columns)


def _finite(number: str) -> float:
    value = float(number)
    if not math.isfinite(value):
        raise ValueError(f"{number} is not a number that JSON has")
    return value


def _deep(value: Any, left: int) -> bool:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return bool(inner) and (left == 0 or any(_deep(part, left - 1) for part in inner))


def _csv(path: Path) -> Iterator[Record]:
    csv.field_size_limit(LONGEST_LINE)
    with path.open(encoding="utf-8", errors="surrogateescape", newline="") as lines:
        rows = csv.reader(_unmarked(lines))
        header = _csv_header(path, rows)
        number = 0
        while True:
            number += 1
            try:
                row = next(rows)
            except StopIteration:
                return
            except csv.Error as error:
                yield Record(number, dict.fromkeys(header), fault=f"row {number}: {error}")
                continue
            if row:
                yield _csv_record(number, header, row)
            else:
                number -= 1


def _csv_header(path: Path, rows: Iterator[list[str]]) -> list[str]:
    try:
        header = next(rows, [])
    except csv.Error as error:
        raise BatchError(f"{path}: the first line: {error}") from None
    if any(map(_not_utf8, header)):
        raise BatchError(f"{path}: the first line is not UTF-8; save the file as UTF-8")
    if "question" not in header:
        raise BatchError(f"{path}: the first line has no column called question")
    return header


def _csv_record(number: int, header: list[str], row: list[str]) -> Record:
    if any(map(_not_utf8, row)):
        return Record(number, dict.fromkeys(header), fault=f"row {number}: not UTF-8")
    if len(row) != len(header):
        problem = f"row {number}: {len(row)} columns, the first line has {len(header)}"
        return Record(number, dict.fromkeys(header), fault=problem)
    return Record(number, dict(zip(header, row, strict=True)))


def _not_utf8(text: str) -> bool:
    return any("\udc80" <= char <= "\udcff" for char in text) if not text.isascii() else False


_READERS: dict[str, Callable[[Path], Iterator[Record]]] = {".csv": _csv, ".jsonl": _jsonl}
