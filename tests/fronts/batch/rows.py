"""Rows, hostile cells and round trips that the tests of formats share."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from tutor.fronts.batch.formats import format_written
from tutor.fronts.batch.layout import Kind, Layout
from tutor.fronts.batch.readers import Reading, read_records
from tutor.fronts.batch.record import Record
from tutor.fronts.batch.targets import opened
from tutor.reply import Candidate, Cited, Way
from tutor.row import Row

FORMULAS = [
    "=1+1",
    '=HYPERLINK("http://x","y")',
    "+A1",
    "-A1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "'=1",
    "''=1",
    "-5",
    "=",
    "＝1",
]
HOSTILE = [*FORMULAS, "", " ", "\0", "a\0b", 'say "hi"', "a,b;c\td", "a\nb", "a\r\nb", "\ufeffa", "é\u2028", "x" * 40]
CELLS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20) | st.sampled_from(HOSTILE)


def row(question: str = "Which tea?", **fields: Any) -> Row:
    return Row(**{"question": question, "status": "answered", "pack": "tea 1 abc", **fields})


def full_row() -> Row:
    return row(
        id="7",
        status="conditional",
        reply="answer",
        entry="pair.green-vs-black",
        kind="pair",
        topic="tea",
        title="Green or black",
        answer="It depends on the hour.",
        because={"guests": "one"},
        branches=(
            Way(
                {"hour": "morning"}, "fact.green-tea", "Brew it at 80 degrees.", "Green tea", "hour “Morning”", "Green"
            ),
        ),
        needs=("hour",),
        citations=(Cited("book", "The <book>", "3-4", "https://example.org/book"),),
        confidence=0.75,
        candidates=(Candidate("fact.green-tea", "Green tea", 0.5),),
        passed={"team": "blue", "n": 7},
    )


def write(path: Path, *rows: Row, passed: Mapping[str, Kind] | None = None, raw: bool = False) -> Path:
    seen: dict[str, Kind] = {name: "text" for one in rows for name in one.passed}
    write_rows(str(path), iter(rows), Layout(passed or seen, raw=raw, title="questions.csv"))
    return path


def write_rows(target: str, rows: Iterable[Row], layout: Layout) -> None:
    """Write *rows* into the file *target*, in parts as a batch does; they are taken as they are needed."""
    form, packing = format_written(target, None)
    writer = form.writer
    assert writer
    waiting = iter(rows)
    parts: Iterator[bytes] = (writer.part(some, layout) for some in iter(lambda: list(islice(waiting, 1_000)), []))
    with opened(target, packing) as stream:
        writer.join(parts, layout, stream)


def read(path: Path, **how: Any) -> list[Record]:
    return list(read_records(path, Reading(**how)))
