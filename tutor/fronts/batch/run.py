"""One batch: every record answered, one row each, in order."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import takewhile
from pathlib import Path
from string import ascii_uppercase
from typing import Any

from tutor.errors import BatchError
from tutor.fronts.batch.readers import Record, read_records
from tutor.fronts.batch.writers import writing
from tutor.item import MOST
from tutor.row import Row
from tutor.tutor import Tutor


def run(load: Callable[[], Tutor], source: Path, target: str) -> Counter[str]:
    """Answer the questions in *source* into *target*; return how many rows have which status.

    The tutor is loaded once the source is known to be there.
    """
    records = read_records(source)
    if source.exists() and Path(target).exists() and source.samefile(target):
        raise BatchError(f"{target}: is the file the questions come from; name another")
    tutor = load()
    counted: Counter[str] = Counter()
    with writing(target) as write:
        for record in records:
            row = answer_record(tutor, record)
            counted[row.status] += 1
            write(row)
    return counted


def answer_record(tutor: Tutor, record: Record) -> Row:
    """Return the row for one record; a fault in it becomes the row's error."""
    columns = dict(record.columns)
    question, row_id = columns.pop("question", None), columns.pop("id", None)
    named = None if row_id is None else str(row_id)
    fault = record.fault or (None if isinstance(question, str) else f"row {record.number}: no question")
    options, told = _options(columns)
    known = {name: columns.pop(name) for name in list(columns) if name in tutor.pack.slots}
    known = {name: value for name, value in known.items() if value not in (None, "")}
    if not fault and not all(isinstance(value, str) for value in known.values()):
        fault = f"row {record.number}: the value of a slot is not text"
    fault = fault or (told and f"row {record.number}: {told}")
    if fault or not isinstance(question, str):
        said = question if isinstance(question, str) else ""
        return Row(question=said, status="error", pack=tutor.pack.stamp, id=named, error=fault, passed=columns)
    row = tutor.answer_row(question, row_id=named, known=known, passed=columns, options=options)
    return replace(row, error=f"row {record.number}: {row.error}") if row.error else row


def _options(columns: Mapping[str, Any]) -> tuple[tuple[str, ...], str | None]:
    """Return the options in the column options, or in columns A, B, C …, and what is wrong with them."""
    listed = columns.get("options")
    found = listed if listed not in (None, "") else [columns[label] for label in _labels(columns)]
    if not isinstance(found, list) or not all(isinstance(option, str) and option.strip() for option in found):
        return (), "options is not a list of texts"
    return ((), f"more than {MOST} options") if len(found) > MOST else (tuple(found), None)


def _labels(columns: Mapping[str, Any]) -> Iterator[str]:
    """Yield the column names A, B, C … up to the first that is not there, or empty."""
    return takewhile(lambda label: columns.get(label) not in (None, ""), ascii_uppercase[:MOST])
