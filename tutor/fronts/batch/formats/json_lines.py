"""jsonl: one JSON object a line, in UTF-8."""

import json
import math
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import is_dataclass
from json.encoder import encode_basestring
from operator import attrgetter
from typing import Any, BinaryIO, TextIO

from tutor.fronts.batch.layout import Layout, Writer
from tutor.fronts.batch.record import DEEPEST, LONGEST, Record, broken, deeper, told_of
from tutor.fronts.batch.sources import UNREADABLE, Source, text_of, unreadable
from tutor.once import Once
from tutor.reply import Way
from tutor.row import FIELDS, Row

encoded = json.JSONEncoder(ensure_ascii=False).encode  #: made once: making it costs as much as a short row
_MARK = "\ufeff"  #: of byte order, which is none within a file
_TOO_DEEP = f"lists and objects nested deeper than {DEEPEST}"
_MOST_KEPT = 10_000  #: texts that are kept encoded
_BREAKS = {ord(char): f"\\u{ord(char):04x}" for char in "\x85\u2028\u2029"}  #: ends of a line to some who read lines


def read(source: Source) -> Iterator[Record]:
    """Yield the objects in *source*; empty lines are left out."""
    with text_of(source, legacy=False) as text:
        number = 0
        for line in bounded_lines(text, LONGEST):
            if line.strip():
                number += 1
                yield json_record(number, line, text.encoding)


def bounded_lines(text: TextIO, most: int, *, ends: tuple[str, ...] = ("\n",)) -> Iterator[str]:
    """Yield the lines of *text*, which end with one of *ends*; one that is too long has more than *most* characters."""
    line: list[str] = []
    held = 0
    while piece := text.readline(most + 2):
        if held <= most:
            line.append(piece)
        held += len(piece)
        if piece.endswith(ends):
            yield "".join(line)
            line, held = [], 0
    if line:
        yield "".join(line)


def json_record(number: int, line: str, encoding: str = "utf-8") -> Record:
    """Return the record that a *line* of JSON holds, or why it cannot be used."""
    if len(line) > LONGEST:
        return broken(number, f"longer than {LONGEST} characters")
    if unreadable(line):
        return broken(number, f"not {encoding.upper()}", told_by(line.replace(UNREADABLE, "\ufffd")))
    try:
        columns = json.loads(line) if line.startswith(_MARK) else _decoded(line)  # which says what a mark is
    except (ValueError, RecursionError) as error:
        return broken(number, _problem(error))
    if not isinstance(columns, dict):
        return broken(number, "not an object with a question")
    if deeper(columns, DEEPEST):
        return broken(number, _TOO_DEEP, told_of(columns))
    return Record(number, columns)


def _problem(error: ValueError | RecursionError) -> str:
    """Return what keeps a line from being read, in words of ours where it is not about JSON itself."""
    match error:
        case RecursionError():
            return _TOO_DEEP
        case json.JSONDecodeError() | _NoNumberError():
            return f"not JSON: {error}"
        case _:
            return f"a number has more than {sys.get_int_max_str_digits()} digits"


def told_by(line: str) -> dict[str, Any]:
    """Return what can be told of a *line* that is broken: the columns of an object, where it is one after all."""
    try:
        columns = _decoded(line)
    except (ValueError, RecursionError):
        return {}
    return told_of(columns) if isinstance(columns, dict) else {}


class _NoNumberError(ValueError):
    """What Python takes for a number and JSON does not."""


def _finite(number: str) -> float:
    value = float(number)
    if not math.isfinite(value):
        raise _NoNumberError(f"{number} is not a number that JSON has")
    return value


_decoded = json.JSONDecoder(parse_float=_finite, parse_constant=_finite).decode  #: made once, as `encoded` is


def json_line(said: dict[str, Any]) -> str:
    """Return a row as one line of JSON, which nobody takes for two."""
    return _unbroken(encoded(said)) + "\n"


def row_line(row: Row) -> str:
    """Return what `json_line` makes of a row, in a fraction of the time: what entries say is encoded once for all."""
    passed = [f"{_text(name)}: {_value(value)}" for name, value in row.passed.items() if name not in FIELDS]
    fields = [head + encode(row) for head, encode in _ENCODERS]
    return "{" + ", ".join(passed + fields) + "}\n"


def _unbroken(said: str) -> str:
    return said if said.isascii() else said.translate(_BREAKS)


def _value(value: Any) -> str:
    return _unbroken(encoded(_plain(value)))


def _plain(value: Any) -> Any:
    """Return what a field of a row holds as JSON can hold it."""
    match value:
        case Mapping():
            return {name: _plain(part) for name, part in value.items()}
        case tuple() | list():
            return [_plain(part) for part in value]
        case _ if is_dataclass(value):
            return _plain(vars(value))
        case _:
            return value


class _Encoded(dict[str | None, str]):
    """What was encoded once, for texts that recur in many rows."""

    def __missing__(self, said: str | None) -> str:
        if len(self) >= _MOST_KEPT:
            self.clear()
        found = self[said] = _value(said)
        return found


_kept = _Encoded()
_text = _kept.__getitem__
_cited = Once(_value, most=_MOST_KEPT)


class _Heads(dict[tuple[str, str], str]):
    """How candidates begin, by entry and title."""

    def __missing__(self, one: tuple[str, str]) -> str:
        if len(self) >= _MOST_KEPT:
            self.clear()
        found = self[one] = f'{{"entry": {_text(one[0])}, "title": {_text(one[1])}, "confidence": '
        return found


_heads = _Heads()


def _candidates(row: Row) -> str:
    every = [f"{_heads[one.entry, one.title]}{one.confidence!r}}}" for one in row.candidates]
    return "[" + ", ".join(every) + "]"


def _way(way: Way) -> str:
    when = ", ".join([f"{_text(slot)}: {_text(value)}" for slot, value in way.when.items()])
    others = [f'"{name}": {_text(said)}' for name, said in vars(way).items() if name != "when"]
    return ", ".join([f'{{"when": {{{when}}}', *others]) + "}"


def _said(name: str) -> Callable[[Row], str]:
    field = attrgetter(name)

    def encode(row: Row) -> str:
        said = field(row)
        return "null" if said is None else _unbroken(encode_basestring(said))

    return encode


def _recurring(name: str) -> Callable[[Row], str]:
    field = attrgetter(name)
    return lambda row: _text(field(row))


def _any(name: str) -> Callable[[Row], str]:
    field = attrgetter(name)

    def encode(row: Row) -> str:
        value = field(row)
        return _EMPTY[type(value)] if not value and type(value) in _EMPTY else _value(value)

    return encode


_EMPTY = {type(None): "null", dict: "{}", tuple: "[]"}  #: what is not there
_RECURRING = ("status", "reply", "entry", "kind", "topic", "title", "answer", "pack")
_SPECIAL: dict[str, Callable[[Row], str]] = {
    "citations": lambda row: _cited(row.citations),
    "confidence": lambda row: repr(row.confidence),
    "candidates": _candidates,
    "branches": lambda row: "[" + ", ".join(map(_way, row.branches)) + "]",
    **{name: _said(name) for name in ("id", "question", "error")},
    **{name: _recurring(name) for name in _RECURRING},
}
_ENCODERS = [(f'"{name}": ', _SPECIAL.get(name) or _any(name)) for name in FIELDS]


def part(rows: Sequence[Row], layout: Layout) -> bytes:  # noqa: ARG001 - every format is asked alike
    """Return *rows* as lines."""
    return b"".join([row_line(row).encode("utf-8", errors="replace") for row in rows])


def join(parts: Iterable[bytes], layout: Layout, stream: BinaryIO) -> None:  # noqa: ARG001
    """Write the lines of *parts*."""
    for part in parts:
        stream.write(part)


WRITER = Writer(part, join)
