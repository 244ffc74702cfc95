"""jsonl: one JSON object a line, in UTF-8."""

import json
import math
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, BinaryIO, TextIO

from tutor.fronts.batch.layout import Layout, Writer
from tutor.fronts.batch.record import DEEPEST, LONGEST, Record, broken, deeper
from tutor.fronts.batch.sources import Source, text_of, unreadable
from tutor.row import Row

encoded = json.JSONEncoder(ensure_ascii=False).encode  #: made once: making it costs as much as a short row
_BREAKS = {ord(char): f"\\u{ord(char):04x}" for char in "\x85\u2028\u2029"}  #: ends of a line to some who read lines


def read(source: Source) -> Iterator[Record]:
    """Yield the objects in *source*; empty lines are left out."""
    with text_of(source, legacy=False) as text:
        number = 0
        for line in bounded_lines(text, LONGEST):
            if line.strip():
                number += 1
                yield _record(number, line, text.encoding)


def bounded_lines(text: TextIO, most: int) -> Iterator[str]:
    """Yield the lines of *text*, which end with a line feed; one that is too long has more than *most* characters."""
    line: list[str] = []
    held = 0
    while piece := text.readline(most + 2):
        if held <= most:
            line.append(piece)
        held += len(piece)
        if piece.endswith("\n"):
            yield "".join(line)
            line, held = [], 0
    if line:
        yield "".join(line)


def _record(number: int, line: str, encoding: str) -> Record:
    if len(line) > LONGEST:
        return broken(number, f"longer than {LONGEST} characters")
    if unreadable(line):
        return broken(number, f"not {encoding.upper()}")
    try:
        columns = json.loads(line, parse_float=_finite, parse_constant=_finite)
    except (ValueError, RecursionError) as error:
        return broken(number, f"not JSON: {error}")
    if not isinstance(columns, dict):
        return broken(number, "not an object with a question")
    if deeper(columns, DEEPEST):
        return broken(number, f"lists and objects nested deeper than {DEEPEST}")
    return Record(number, columns)


def _finite(number: str) -> float:
    value = float(number)
    if not math.isfinite(value):
        raise ValueError(f"{number} is not a number that JSON has")
    return value


def json_line(said: dict[str, Any]) -> str:
    """Return a row as one line of JSON, which nobody takes for two."""
    return encoded(said).translate(_BREAKS) + "\n"


def part(rows: Sequence[Row], layout: Layout) -> bytes:  # noqa: ARG001 - every format is asked alike
    """Return *rows* as lines."""
    return "".join(json_line(row.to_dict()) for row in rows).encode("utf-8", errors="replace")


def join(parts: Iterable[bytes], layout: Layout, stream: BinaryIO) -> None:  # noqa: ARG001
    """Write the lines of *parts*."""
    for part in parts:
        stream.write(part)


WRITER = Writer(part, join)
