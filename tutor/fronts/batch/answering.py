"""Records -> rows: each record put as a question; a bug that one of them meets costs no other its row."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

from tutor.errors import SlotError
from tutor.fronts.batch.completing import Completing, completed, still_open
from tutor.fronts.batch.layout import OPTIONS
from tutor.fronts.batch.record import Record, id_text
from tutor.item import MOST
from tutor.row import Asked, Row
from tutor.subject import Pack
from tutor.tutor import Tutor

_UNLIKE = ("id", "passed")  #: what may differ between questions that have the same answer
_ALIKE = tuple(field.name for field in fields(Asked) if field.name not in _UNLIKE)
_LONGEST = 200  #: characters of what a bug says that are shown


def answer_record(tutor: Tutor, record: Record, completing: Completing | None = None) -> Row:
    """Return the row for one record; a fault in it becomes the row's error."""
    return next(answer_records(tutor, [record], completing))


def answer_records(tutor: Tutor, records: Sequence[Record], completing: Completing | None = None) -> Iterator[Row]:
    """Yield a row for each of *records*, in order; equal questions are answered once, and faults are rows in error."""
    how = completing or Completing()
    put = [_put(tutor.pack, record, how) for record in records]
    keys = [_key(asked) if isinstance(asked, Asked) else None for asked in put]
    first: dict[Any, Asked] = {}
    for key, asked in zip(keys, put, strict=True):
        if isinstance(asked, Asked):
            first.setdefault(key, asked)
    answered = dict(zip(first, _answered(tutor, list(first.values()), how), strict=True))
    for record, key, asked in zip(records, keys, put, strict=True):
        row = asked if isinstance(asked, Row) else _own(answered[key], asked, first[key])
        yield replace(row, error=f"row {record.number}: {row.error}") if row.error else row


def _own(row: Row, asked: Asked, answered: Asked) -> Row:
    """Return the *row* of what was *answered* as that of the same question *asked* elsewhere."""
    return row if asked is answered else replace(row, id=asked.id, passed=asked.passed)


def failed(pack: Pack, record: Record, error: str) -> Row:
    """Return the row of a *record* that could not be answered."""
    asked = _asked(pack, record)
    return asked if isinstance(asked, Row) else _in_error(pack, asked, f"row {record.number}: {error}")


def _put(pack: Pack, record: Record, completing: Completing) -> Asked | Row:
    asked = _asked(pack, record)
    if isinstance(asked, Row):
        return asked
    try:
        return completed(pack, asked, completing)
    except SlotError as error:
        return _in_error(pack, asked, str(error))
    except Exception as error:
        return _in_error(pack, asked, _bug(error))


def _asked(pack: Pack, record: Record) -> Asked | Row:
    """Return what *record* asks, or the row that says why it asks nothing."""
    columns = dict(record.columns)
    question, row_id = columns.pop("question", None), columns.pop("id", None)
    named = id_text(row_id)
    fault = record.fault.removeprefix(f"row {record.number}: ") if record.fault else None
    fault = fault or (None if isinstance(question, str) else "no question")
    known = {name: columns.pop(name) for name in list(columns) if name in pack.slots}
    known = {name: value for name, value in known.items() if value not in (None, "")}
    if not fault and not all(isinstance(value, str) for value in known.values()):
        fault = "the value of a slot is not text"
    options = tuple(columns.get(OPTIONS) or ())
    fault = fault or (f"more than {MOST} options" if len(options) > MOST else None)
    if fault or not isinstance(question, str):
        said = question if isinstance(question, str) else ""
        return _in_error(pack, Asked(said, named, passed=columns), fault or "")
    return Asked(question, named, known, columns, options)


def _in_error(pack: Pack, asked: Asked, error: str) -> Row:
    return Row(asked.question, "error", pack.stamp, id=asked.id, error=error, passed=asked.passed)


def _key(asked: Asked) -> tuple[Any, ...]:
    """Return what the answer to a question hangs on."""
    values = (getattr(asked, name) for name in _ALIKE)
    return tuple([tuple(sorted(value.items())) if isinstance(value, Mapping) else value for value in values])


def _answered(tutor: Tutor, asked: Sequence[Asked], how: Completing) -> list[Row]:
    """Return a row for each question; one that raises what nobody foresaw is found by halving."""
    try:
        rows = list(tutor.answer_all(asked))
        found = [still_open(tutor.pack, one, row, how) for one, row in zip(asked, rows, strict=True)]
        again = tutor.answer_all([more for more in found if more])
        return [next(again) if more else row for more, row in zip(found, rows, strict=True)]
    except Exception as error:
        if len(asked) == 1:
            return [_in_error(tutor.pack, asked[0], _bug(error))]
    half = len(asked) // 2
    return _answered(tutor, asked[:half], how) + _answered(tutor, asked[half:], how)


def _bug(error: Exception) -> str:
    """Return what nobody foresaw, so that somebody can look into it."""
    return f"{type(error).__name__}: {error}"[:_LONGEST]
