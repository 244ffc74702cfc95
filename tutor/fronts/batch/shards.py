"""Shards: some thousand records that are answered together, and the part of the output that each becomes."""

import contextlib
import gc
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tutor.fronts.batch.answering import answer_records
from tutor.fronts.batch.completing import Completing
from tutor.fronts.batch.formats import FORMATS
from tutor.fronts.batch.layout import Layout
from tutor.fronts.batch.record import Record, size
from tutor.row import Row
from tutor.tutor import Tutor

MOST_RECORDS = 2_000
_SELDOM = 100_000  #: objects made until Python looks for garbage
MOST_TEXT = 4_000_000  #: characters of a shard, of a few records more than fit at most


@dataclass(frozen=True)
class Shard:
    """Records that are answered together, and their number among all shards, from 0."""

    number: int
    records: Sequence[Record]


@dataclass(frozen=True)
class Part:
    """What a shard became: its rows as its format has them, and how many have which status."""

    number: int
    counted: Counter[str]
    content: bytes


@dataclass(frozen=True)
class Recipe:
    """How shards become parts, as plain data: what completes rows, the format by name, and the layout."""

    completing: Completing
    form: str
    layout: Layout


def shards(records: Iterable[Record]) -> Iterator[Shard]:
    """Yield *records* in shards; where they are cut hangs on the records alone."""
    some: list[Record] = []
    number = held = 0
    for record in records:
        some.append(record)
        held += size(record.columns)
        if len(some) == MOST_RECORDS or held > MOST_TEXT:
            yield Shard(number, some)
            some, held, number = [], 0, number + 1
    if some:
        yield Shard(number, some)


def answered(tutor: Tutor, shard: Shard, recipe: Recipe) -> Part:
    """Return the part that *shard* becomes."""
    return part_of(shard.number, list(answer_records(tutor, shard.records, recipe.completing)), recipe)


def part_of(number: int, rows: Sequence[Row], recipe: Recipe) -> Part:
    """Return the part of the shard *number*, whose *rows* these are."""
    writer = FORMATS[recipe.form].writer
    assert writer
    return Part(number, Counter([row.status for row in rows]), writer.part(rows, recipe.layout))


@contextlib.contextmanager
def seldom_collecting() -> Iterator[None]:
    """Let Python look for garbage seldom: rows make none, and to look costs a tenth of the time."""
    before = gc.get_threshold()
    gc.collect()
    gc.freeze()
    gc.set_threshold(_SELDOM, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
