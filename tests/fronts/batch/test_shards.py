"""Shards are cut by the records alone."""

import gc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.fronts.batch import shards as module
from tutor.fronts.batch.record import Record
from tutor.fronts.batch.shards import seldom_collecting, shards


@given(st.lists(st.integers(0, 60), max_size=40))
def test_every_record_is_in_one_shard_in_order_and_no_shard_is_too_large(sizes: list[int]) -> None:
    records = [Record(number, {"question": "x" * size}) for number, size in enumerate(sizes)]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(module, "MOST_RECORDS", 7)
        patched.setattr(module, "MOST_TEXT", 100)
        found = list(shards(iter(records)))
    assert [record for shard in found for record in shard.records] == records
    assert [shard.number for shard in found] == list(range(len(found)))
    for shard in found:
        assert 1 <= len(shard.records) <= 7
        assert sum(len(record.columns["question"]) for record in shard.records[:-1]) <= 100


def test_shards_come_before_all_records_are_read() -> None:
    def records() -> object:
        yield from (Record(number) for number in range(2_000))
        raise AssertionError("read too far")

    assert len(next(shards(records())).records) == 2_000  # type: ignore[arg-type]


def test_garbage_is_collected_as_before_afterwards() -> None:
    before = gc.get_threshold()
    with seldom_collecting():
        assert gc.get_threshold()[0] > before[0]
        assert gc.isenabled()
    assert gc.get_threshold() == before
    assert gc.get_freeze_count() == 0
