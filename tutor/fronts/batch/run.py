"""One batch: every record answered, one row each, in order."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from tutor.errors import BatchError, SlotError
from tutor.fronts.batch.completing import Completing, completed, read_answers, read_assumed, still_open
from tutor.fronts.batch.formats import Format
from tutor.fronts.batch.layout import Kind, Layout, columns_seen
from tutor.fronts.batch.readers import Reading, format_of, read_records
from tutor.fronts.batch.record import Record
from tutor.fronts.batch.sources import at_rest
from tutor.fronts.batch.writers import target_format, write_rows
from tutor.row import Asked, Row
from tutor.tutor import Tutor

Told = Callable[[str], None]


@dataclass(frozen=True)
class Wishes:
    """How a batch is to be read, completed and written, as the command has it."""

    reading: Reading = field(default_factory=Reading)
    to: str | None = None
    answers: Path | None = None
    assumed: tuple[str, ...] = ()


def run(
    load: Callable[[], Tutor], source: Path, target: str, wishes: Wishes | None = None, told: Told = lambda _: None
) -> Counter[str]:
    """Answer the questions in *source* into *target*; return how many rows have which status.

    The tutor is loaded once the source is known to be there. *told* hears of an encoding that was guessed.
    """
    how = wishes or Wishes()
    form, _ = format_of(source, how.reading)
    read_records(source, how.reading)
    if source.exists() and Path(target).exists() and source.samefile(target):
        raise BatchError(f"{target}: is the file the questions come from; name another")
    to, _ = target_format(target, how.to)
    tutor = load()
    completing = _completing(tutor, how)
    counted: Counter[str] = Counter()
    with at_rest(source) as kept:
        reading = replace(how.reading, form=form.name)
        seen = _layout(read_records(kept, reading, called=str(source)), tutor, source=form, target=to)
        layout = Layout(seen, raw=reading.raw, title=source.name)
        records = read_records(kept, reading, told, called=str(source))
        write_rows(target, _answered(tutor, records, completing, counted), layout, how.to)
    return counted


def _completing(tutor: Tutor, how: Wishes) -> Completing:
    answers = read_answers(tutor.pack, how.answers, Reading()) if how.answers else {}
    return Completing(answers, read_assumed(tutor.pack, how.assumed))


def _layout(records: Iterator[Record], tutor: Tutor, *, source: Format, target: Format) -> dict[str, Kind]:
    """Return the columns that pass through, of as many *records* as tell."""
    if not target.tabular:
        return {}
    first_tells = source.tabular and not (source.typed and target.typed)
    return columns_seen(islice(records, 1) if first_tells else records, tutor.pack.slots)


def _answered(tutor: Tutor, records: Iterator[Record], completing: Completing, counted: Counter[str]) -> Iterator[Row]:
    for record in records:
        row = answer_record(tutor, record, completing)
        counted[row.status] += 1
        yield row


def answer_record(tutor: Tutor, record: Record, completing: Completing | None = None) -> Row:
    """Return the row for one record; a fault in it becomes the row's error."""
    asked = _asked(tutor, record)
    if isinstance(asked, Row):
        return asked
    row = _row(tutor, asked, completing or Completing())
    return replace(row, error=f"row {record.number}: {row.error}") if row.error else row


def _asked(tutor: Tutor, record: Record) -> Asked | Row:
    """Return what *record* asks, or the row that says why it asks nothing."""
    columns = dict(record.columns)
    question, row_id = columns.pop("question", None), columns.pop("id", None)
    named = None if row_id is None else str(row_id)
    fault = record.fault or (None if isinstance(question, str) else f"row {record.number}: no question")
    known = {name: columns.pop(name) for name in list(columns) if name in tutor.pack.slots}
    known = {name: value for name, value in known.items() if value not in (None, "")}
    if not fault and not all(isinstance(value, str) for value in known.values()):
        fault = f"row {record.number}: the value of a slot is not text"
    if fault or not isinstance(question, str):
        said = question if isinstance(question, str) else ""
        return Row(question=said, status="error", pack=tutor.pack.stamp, id=named, error=fault, passed=columns)
    return Asked(question, named, known, columns)


def _row(tutor: Tutor, asked: Asked, completing: Completing) -> Row:
    try:
        asked = completed(tutor.pack, asked, completing)
    except SlotError as error:
        return Row(asked.question, "error", tutor.pack.stamp, id=asked.id, error=str(error), passed=asked.passed)
    row = _put(tutor, asked)
    again = still_open(tutor.pack, asked, row, completing)
    return _put(tutor, again) if again else row


def _put(tutor: Tutor, asked: Asked) -> Row:
    return tutor.answer_row(asked.question, row_id=asked.id, known=asked.known, passed=asked.passed)
