"""The journal: parts that are there whole or not at all, for one batch and no other."""

import contextlib
import multiprocessing
import os
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.errors import BatchError
from tutor.fronts.batch.journal import Journal, journal, journal_of, may_begin
from tutor.fronts.batch.shards import Part

BOUND = {"file of questions": "abc", "pack": "tea 1"}
ONE = Part(0, Counter(answered=2, error=1), b"one\ntwo\n\x00three")


@pytest.fixture
def target(tmp_path: Path) -> str:
    return str(tmp_path / "out.jsonl")


def stopped(target: str, *parts: Part) -> None:
    """Keep *parts* in the journal of a batch that then ends."""
    with contextlib.suppress(KeyboardInterrupt), journal(target, BOUND, resume=False, fresh=False) as kept:
        for part in parts:
            kept.keep(part)
        raise KeyboardInterrupt


def test_what_a_stopped_batch_kept_is_there_for_the_next_and_gone_at_the_end(target: str) -> None:
    stopped(target, ONE)
    assert journal_of(target).is_dir()
    with journal(target, BOUND, resume=True, fresh=False) as kept:
        assert kept.part(0) == ONE
        assert kept.part(1) is None
        assert kept.rows == 3
    assert not journal_of(target).exists()


def test_a_batch_that_ends_before_anything_is_kept_leaves_no_journal(target: str) -> None:
    stopped(target)
    assert not journal_of(target).exists()


def test_a_stopped_batch_is_neither_gone_on_with_nor_forgotten_by_accident(target: str) -> None:
    stopped(target, ONE)
    with pytest.raises(BatchError) as error:
        may_begin(target, resume=False, fresh=False)
    assert str(error.value) == (
        f"{target}.journal: a batch into {target} was stopped before; go on with --resume, or begin anew with --fresh"
    )
    with journal(target, BOUND, resume=False, fresh=True) as kept:
        assert kept.part(0) is None
        assert kept.rows == 0


@pytest.mark.parametrize(
    ("bound", "other"),
    [
        ({**BOUND, "pack": "tea 2"}, "pack"),
        ({**BOUND, "file of questions": "abd"}, "file of questions"),
        ({"file of questions": "", "pack": ""}, "file of questions"),
        ({**BOUND, "format": "csv"}, "format"),
    ],
)
def test_another_batch_is_refused_and_the_journal_stays(target: str, bound: dict[str, str], other: str) -> None:
    stopped(target, ONE)
    with pytest.raises(BatchError) as error, journal(target, bound, resume=True, fresh=False):
        pytest.fail("was opened")
    assert str(error.value) == f"{target}.journal: was begun with another {other}; begin anew with --fresh"
    with journal(target, BOUND, resume=True, fresh=False) as kept:
        assert kept.part(0) == ONE


@pytest.mark.parametrize("name", ["header.json", "00000000.part", "00000001.draft", ".out.jsonl.x7"])
def test_what_a_crash_left_half_written_does_not_count(target: str, name: str) -> None:
    folder = journal_of(target)
    folder.mkdir()
    (folder / name).write_bytes(b'{"half')
    with journal(target, BOUND, resume=True, fresh=False) as kept:
        assert [kept.part(number) for number in (0, 1)] == [None, None]
        assert kept.rows == 0
        assert sorted(path.name for path in folder.iterdir()) == ["header.json", "lock"]


@given(st.data())
def test_a_part_whose_bytes_changed_is_none(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    folder = tmp_path_factory.mktemp("journal")
    kept = Journal(folder)
    kept.keep(ONE)
    path = folder / "00000000.part"
    content = bytearray(path.read_bytes())
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] ^= data.draw(st.integers(1, 255))
    path.write_bytes(content)
    assert kept.part(0) is None
    assert Journal(folder).rows >= 0


def test_a_part_is_there_again_when_it_is_kept_once_more(tmp_path: Path) -> None:
    kept = Journal(tmp_path)
    kept.keep(ONE)
    (tmp_path / "00000000.part").write_bytes(b"")
    assert kept.part(0) is None
    kept.keep(ONE)
    assert kept.part(0) == ONE
    assert sorted(path.name for path in tmp_path.iterdir()) == ["00000000.part"]


def _hold(target: str, held: "multiprocessing.synchronize.Event", go: "multiprocessing.synchronize.Event") -> None:
    with journal(target, BOUND, resume=True, fresh=False):
        held.set()
        go.wait(60)
        os._exit(9)  # as if it was killed: nothing is tidied up


def test_two_batches_do_not_write_one_target_at_once_but_a_dead_one_holds_nothing(target: str) -> None:
    context = multiprocessing.get_context("spawn")
    held, go = context.Event(), context.Event()
    other = context.Process(target=_hold, args=(target, held, go))
    other.start()
    assert held.wait(60)
    with pytest.raises(BatchError) as error, journal(target, BOUND, resume=True, fresh=False):
        pytest.fail("was opened")
    with pytest.raises(BatchError) as unasked:
        may_begin(target, resume=False, fresh=False)
    go.set()
    other.join(60)
    assert [str(one.value) for one in (error, unasked)] == [f"{target}: another batch is writing it"] * 2
    with journal(target, BOUND, resume=True, fresh=False) as kept:
        assert kept.rows == 0
