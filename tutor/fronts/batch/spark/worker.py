"""What Spark's Python processes run: questions as JSON come in, rows as JSON go out, by one tutor a process."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from tutor.fronts.batch.answering import answer_records
from tutor.fronts.batch.columns import arranged
from tutor.fronts.batch.completing import Completing
from tutor.fronts.batch.formats.delimited import unguarded
from tutor.fronts.batch.formats.json_lines import json_record, row_line, told_by
from tutor.fronts.batch.record import Record, broken
from tutor.fronts.batch.shards import seldom_collecting
from tutor.row import Row
from tutor.tutor import Tutor

if TYPE_CHECKING:
    import pandas as pd

ASKED, ROW, STATUS = "_asked", "_row", "_status"  #: columns: what is asked, and the row it gets, both as JSON

FAULT = "_corrupt_record"  #: Spark's own name for what is wrong with a row of a table
NO_TEXT = "\0\0"  #: begins a line that is not UTF-8, with marks for what is no character
_NUMBER = 0  #: rows have no numbers in Spark


@cache
def _tutor(name: str) -> Tutor:
    from pyspark import SparkFiles

    return Tutor.restore(SparkFiles.get(name))


def answered_frames(
    frames: "Iterator[pd.DataFrame]",
    weights: str,
    completing: Completing,
    columns: Mapping[str, str],
    *,
    guarded: bool = False,
) -> "Iterator[pd.DataFrame]":
    """Yield *frames* with the rows to what they ask in the place of it, answered by the *weights* of that name.

    The *columns* of a question are called as `arranged` has it; *guarded* texts lose the apostrophe before formulas.
    Other columns of a frame stay as they are.
    """
    tutor = _tutor(weights)
    with seldom_collecting():
        for frame in frames:
            records = [arranged(_record(line, guarded=guarded), columns) for line in frame[ASKED]]
            rows = list(answer_records(tutor, records, completing))
            told = {ROW: list(map(_line, rows)), STATUS: [row.status for row in rows]}
            yield frame.drop(columns=ASKED).assign(**told)


def _record(line: str, *, guarded: bool) -> Record:
    if line.startswith(NO_TEXT):
        return broken(_NUMBER, "not UTF-8", told_by(line.removeprefix(NO_TEXT)))
    read = json_record(_NUMBER, f"{line}\n")  # as a file has it, so that faults are told alike
    if FAULT not in read.columns:
        return read
    columns = {name: value for name, value in read.columns.items() if name != FAULT}
    if read.columns[FAULT] is not None:
        return broken(
            _NUMBER, "other columns than the first line has", {name: value or None for name, value in columns.items()}
        )
    return Record(_NUMBER, {name: unguarded(value) for name, value in columns.items()} if guarded else columns)


def _line(row: Row) -> str:
    told = replace(row, error=row.error.removeprefix(f"row {_NUMBER}: ")) if row.error else row
    line = row_line(told).rstrip("\n")
    return line if line.isascii() else line.encode("utf-8", errors="replace").decode()
