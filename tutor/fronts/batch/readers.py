"""Files of questions -> records, one for each row, broken ones included."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from tutor.errors import BatchError
from tutor.fronts.batch.columns import arranged
from tutor.fronts.batch.formats import Format, format_read
from tutor.fronts.batch.header import hint
from tutor.fronts.batch.record import Record
from tutor.fronts.batch.sources import Source, at_rest, faults_of, known_encoding


@dataclass(frozen=True)
class Reading:
    """How a file is read: in which format and encoding, None to find out, and what its *columns* are called, by name.

    With *raw*, an apostrophe before a formula is no mark of ours. *needs* names the column that rows must have. Whoever
    is told what is missing can name other *columns*, unless they are *fixed*.
    """

    form: str | None = None
    encoding: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    raw: bool = False
    needs: str = "question"
    fixed: bool = False


def format_of(path: Path | str, reading: Reading | None = None) -> tuple[Format, str]:
    """Return the format that *path* is read in, and how it is packed; standard input is jsonl unless said otherwise."""
    named = reading.form if reading else None
    return format_read(str(path), named or ("jsonl" if str(path) == "-" else None))


def read_records(
    path: Path,
    reading: Reading | None = None,
    told: Callable[[str], None] = lambda _: None,
    *,
    called: str | None = None,
) -> Iterator[Record]:
    """Yield the rows of the file *path*, "-" for standard input, in order; a BatchError when it cannot be read at all.

    *told* hears of an encoding that was guessed. What goes wrong is told of the file as it is *called*.
    """
    how = reading or Reading()
    form, packing = format_of(path, how)
    if path.is_dir():
        raise BatchError(f"{path}: is a folder, not a file of questions")
    if str(path) != "-" and not path.exists():
        raise BatchError(f"{path}: there is no such file")
    encoding = known_encoding(how.encoding) if how.encoding else None
    needs, role = how.columns.get(how.needs, how.needs), None if how.fixed else how.needs
    source = Source(path, called or str(path), packing, encoding, needs, role, how.raw, told)
    return _readable(form, source, how)


def _readable(form: Format, source: Source, how: Reading) -> Iterator[Record]:
    assert form.read
    try:
        with at_rest(source.path) as kept:
            records = form.read(replace(source, path=kept))
            for record in records if form.tabular else _telling(records, source):
                yield arranged(record, how.columns)
    except faults_of(source) as error:
        said = getattr(error, "strerror", None) or str(error) or type(error).__name__
        raise BatchError(f"{source.called}: cannot be read: {said}") from None


def _telling(records: Iterator[Record], source: Source) -> Iterator[Record]:
    """Yield *records*, and tell at their end where none has the needed column and another one may be meant."""
    missing: str | None = None
    there = False
    for record in records:
        there = there or source.needs in record.columns
        missing = missing or (None if there else hint(source, record.columns))
        yield record
    if missing and not there:
        source.told(f"{source.called}: no row has a {source.needs}; say {missing}")


def whole(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield number and columns of every row; a BatchError at the first that is broken."""
    for record in read_records(path, Reading(fixed=True)):
        if record.fault:
            raise BatchError(f"{path}: {record.fault}")
        yield record.number, record.columns
