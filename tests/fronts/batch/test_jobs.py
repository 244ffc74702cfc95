"""Several processes answer; what kills them costs nothing but the row that does."""

import json
import os
import signal
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tutor import Tutor
from tutor.errors import BatchError
from tutor.fronts.batch.completing import Completing
from tutor.fronts.batch.jobs import Alone, Workers
from tutor.fronts.batch.layout import Layout
from tutor.fronts.batch.record import Record
from tutor.fronts.batch.shards import Part, Recipe, Shard

SENCHA = "What temperature does sencha need?"


@dataclass(frozen=True)
class Deadly(dict[str, Any]):
    """Answers by id that end the process which looks for "deadly", or, once for each file, for a file's name."""

    exit_code: int | None = None

    def get(self, row_id: str, _: object = None) -> None:
        if row_id == "deadly" or (row_id.startswith("/") and _first(row_id)):
            if self.exit_code is None:
                os.kill(os.getpid(), signal.SIGKILL)
            os._exit(self.exit_code or 0)


def _first(path: str) -> bool:
    try:
        Path(path).touch(exist_ok=False)
    except FileExistsError:
        return False
    return True


def recipe(answers: Any = None, form: str = "jsonl") -> Recipe:
    return Recipe(Completing({} if answers is None else answers), form, Layout())


def shard(number: int, *ids: object) -> Shard:
    return Shard(number, [Record(at, {"question": SENCHA, "id": one}) for at, one in enumerate(ids, start=1)])


@pytest.fixture
def weights(tea: Tutor, tmp_path: Path) -> Path:
    tea.save(tmp_path / "weights")
    return tmp_path / "weights"


def parts(workers: Workers, *shards: Shard) -> dict[int, Part]:
    for one in shards:
        workers.take(one)
    return {part.number: part for part in (workers.part() for _ in shards)}


def rows(part: Part) -> Iterator[tuple[str, str, str | None]]:
    for line in part.content.splitlines():
        row = json.loads(line)
        yield row["id"], row["status"], row["error"]


def test_processes_make_the_parts_that_one_makes(tea: Tutor, weights: Path) -> None:
    shards = [shard(number, *range(number, number + 5)) for number in range(6)]
    with Workers(tea, weights, recipe(), 2) as workers:
        made = parts(workers, *shards)
    alone = Alone(tea, recipe())
    for one in shards:
        alone.take(one)
    assert [made[number] for number in range(6)] == [alone.part() for _ in shards]
    assert made[0].counted == Counter(answered=5)


def test_a_process_that_is_killed_costs_no_row(tea: Tutor, weights: Path, tmp_path: Path) -> None:
    once = str(tmp_path / "once")
    with Workers(tea, weights, recipe(Deadly()), 2) as workers:
        made = parts(workers, shard(0, 1), shard(1, 2, once, 3), shard(2, 4))
    assert list(rows(made[1])) == [("2", "answered", None), (once, "answered", None), ("3", "answered", None)]
    assert (list(rows(made[0])), list(rows(made[2]))) == ([("1", "answered", None)], [("4", "answered", None)])


@pytest.mark.parametrize(("exit_code", "how"), [(None, "SIGKILL"), (3, "exit code 3")])
def test_a_row_that_ends_every_process_is_in_error_and_no_other_is(
    tea: Tutor, weights: Path, exit_code: int | None, how: str
) -> None:
    with Workers(tea, weights, recipe(Deadly(exit_code)), 2) as workers:
        made = parts(workers, shard(0, 1, "deadly", 2), shard(1, 3), shard(2, "deadly"))
    error = f"ended the process that answered it: {how}"
    assert list(rows(made[0])) == [
        ("1", "answered", None),
        ("deadly", "error", f"row 2: {error}"),
        ("2", "answered", None),
    ]
    assert list(rows(made[1])) == [("3", "answered", None)]
    assert list(rows(made[2])) == [("deadly", "error", f"row 1: {error}")]


def test_processes_that_cannot_begin_are_one_clear_error(tea: Tutor, tmp_path: Path) -> None:
    with (
        pytest.raises(BatchError, match="nowhere: holds no weights of a tutor"),
        Workers(tea, tmp_path / "nowhere", recipe(), 2) as workers,
    ):
        parts(workers, shard(0, 1))


@dataclass(frozen=True)
class Doomed(dict[str, Any]):
    """Ends every process that it comes to."""

    def __reduce__(self) -> Any:
        return (_end_elsewhere, (os.getpid(),))


def _end_elsewhere(here: int) -> Doomed:
    if os.getpid() != here:
        os._exit(5)
    return Doomed()


def test_processes_that_end_before_they_begin_are_not_started_for_ever(tea: Tutor, weights: Path) -> None:
    with (
        pytest.raises(BatchError, match="the processes of --jobs end before they begin: exit code 5"),
        Workers(tea, weights, recipe(Doomed()), 2) as workers,
    ):
        parts(workers, shard(0, 1))


def test_what_goes_wrong_for_all_rows_is_told_once(tea: Tutor, weights: Path) -> None:
    with (
        pytest.raises(RuntimeError, match="KeyError: 'no-format'"),
        Workers(tea, weights, recipe(None, "no-format"), 1) as workers,
    ):
        parts(workers, shard(0, 1))


def test_no_process_is_left_behind(tea: Tutor, weights: Path) -> None:
    with Workers(tea, weights, recipe(), 2) as workers:
        workers.take(shard(0, *range(1000)))
        ids = [worker.process.pid for worker in workers._workers]
        assert None not in ids
    for pid in ids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid or 0, 0)
