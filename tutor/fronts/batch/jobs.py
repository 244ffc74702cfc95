"""Jobs: processes that answer shards; one that is killed costs no row but, where a row kills it, that row."""

import signal
import traceback
from collections import Counter, deque
from dataclasses import dataclass
from multiprocessing import connection, get_context
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Protocol

from tutor.errors import BatchError, TutorError
from tutor.fronts.batch.answering import answer_record, failed
from tutor.fronts.batch.record import Record
from tutor.fronts.batch.shards import Part, Recipe, Shard, answered, part_of, seldom_collecting
from tutor.row import Row
from tutor.tutor import Tutor

_MOST_KILLS = 2  #: processes that one shard, and then one row of it, may cost
_MOST_STARTS = 3  #: processes one after another that may end before they are ready
_PATIENCE = 5.0  #: seconds in which an ended process is gone


class Crew(Protocol):
    """Who answers shards: takes up to *room* of them at a time, and hands back their parts in any order."""

    room: int

    def take(self, shard: Shard) -> None:
        """Begin with *shard*, now or later."""

    def part(self) -> Part:
        """Wait for a part that is done."""


class Alone:
    """Answers shards in this process."""

    room = 1

    def __init__(self, tutor: Tutor, recipe: Recipe) -> None:
        self._tutor, self._recipe = tutor, recipe
        self._taken: deque[Shard] = deque()

    def take(self, shard: Shard) -> None:
        """Keep *shard* until its part is wanted."""
        self._taken.append(shard)

    def part(self) -> Part:
        """Answer the shard that was taken first."""
        return answered(self._tutor, self._taken.popleft(), self._recipe)


class _Ended(Exception):  # noqa: N818 - no error of ours: somebody killed it
    """A process is gone; its text says how."""


@dataclass(eq=False)
class _Worker:
    """A process that answers, the way to it, whether it is ready, and what it has in hand."""

    process: SpawnProcess
    pipe: connection.Connection
    ready: bool = False
    shard: Shard | None = None

    def tell(self, task: Shard | Record) -> None:
        """Hand over *task*; where the process is gone, `said` tells."""
        try:
            self.pipe.send(task)
        except OSError:
            self.process.join(_PATIENCE)

    def said(self) -> object:
        """Wait for what it says next: that it is ready, a part or a row."""
        try:
            said: object = self.pipe.recv()
        except (EOFError, OSError):
            self.process.join(_PATIENCE)
            raise _Ended(_how(self.process.exitcode)) from None
        if isinstance(said, Exception):
            raise said
        self.ready, self.shard = True, None
        return said

    def end(self) -> None:
        """End the process, whatever it is at."""
        self.process.kill()
        self.process.join(_PATIENCE)
        self.pipe.close()


class Workers:
    """Answers shards in several processes. A context manager: at its end they are ended."""

    def __init__(self, tutor: Tutor, weights: Path, recipe: Recipe, count: int) -> None:
        """Let *count* processes answer as *tutor* does, whose weights the file *weights* holds."""
        self.room = 2 * count
        self._tutor, self._weights, self._recipe, self._count = tutor, weights, recipe, count
        self._waiting: deque[Shard] = deque()
        self._kills: Counter[int] = Counter()
        self._workers: list[_Worker] = []
        self._starts = 0

    def __enter__(self) -> "Workers":
        self._workers = [self._started() for _ in range(self._count)]
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.end()

    def take(self, shard: Shard) -> None:
        """Give *shard* to a process as soon as one is idle."""
        self._waiting.append(shard)
        self._give()

    def part(self) -> Part:
        """Wait for a part that is done."""
        while True:
            if doomed := next((shard for shard in self._waiting if self._kills[shard.number] >= _MOST_KILLS), None):
                self._waiting.remove(doomed)
                return self._row_by_row(doomed)
            speaking = connection.wait([worker.pipe for worker in self._workers])
            said = self._hear(next(worker for worker in self._workers if worker.pipe in speaking))
            self._give()
            if isinstance(said, Part):
                return said

    def _hear(self, worker: _Worker) -> object:
        shard = worker.shard
        try:
            said = worker.said()
        except _Ended as ended:
            if shard:
                self._kills[shard.number] += 1
                self._waiting.appendleft(shard)
            self._workers[self._workers.index(worker)] = self._instead_of(worker, ended)
            return None
        self._starts = 0
        return said

    def _give(self) -> None:
        for worker in self._workers:
            if worker.ready and not worker.shard and self._waiting:
                worker.shard = self._waiting.popleft()
                worker.tell(worker.shard)

    def _row_by_row(self, shard: Shard) -> Part:
        """Answer a *shard* that ended several processes in one of its own: only rows that end it are in error."""
        worker = self._ready()
        try:
            rows = []
            for record in shard.records:
                worker, row = self._row(worker, record)
                rows.append(row)
        finally:
            worker.end()
        return part_of(shard.number, rows, self._recipe)

    def _row(self, worker: _Worker, record: Record) -> tuple[_Worker, Row]:
        """Return the row of *record*, and the process that is there after it."""
        how = ""
        for _ in range(_MOST_KILLS):
            worker.tell(record)
            try:
                row = worker.said()
            except _Ended as ended:
                worker.end()
                worker, how = self._ready(), str(ended)
            else:
                assert isinstance(row, Row)
                return worker, row
        return worker, failed(self._tutor.pack, record, f"ended the process that answered it: {how}")

    def _ready(self) -> _Worker:
        """Return a new process that is ready."""
        worker = self._started()
        while not worker.ready:
            try:
                worker.said()
            except _Ended as ended:
                worker = self._instead_of(worker, ended)
        return worker

    def _instead_of(self, worker: _Worker, ended: _Ended) -> _Worker:
        """Return a new process in the place of one that is gone; a BatchError when they do not even begin."""
        worker.end()
        self._starts = 0 if worker.ready else self._starts + 1
        if self._starts >= _MOST_STARTS:
            raise BatchError(f"the processes of --jobs end before they begin: {ended}")
        return self._started()

    def _started(self) -> _Worker:
        context = get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_work, args=(theirs, self._weights, self._recipe), daemon=True)
        process.start()
        theirs.close()
        return _Worker(process, ours)


def _how(exit_code: int | None) -> str:
    """Return how a process ended.

    >>> _how(-9), _how(3)
    ('SIGKILL', 'exit code 3')
    """
    return signal.Signals(-exit_code).name if exit_code and exit_code < 0 else f"exit code {exit_code}"


def _work(pipe: connection.Connection, weights: Path, recipe: Recipe) -> None:
    """Answer what comes through *pipe* until nobody is at its other end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the terminal tells all processes; the first one decides
    try:
        try:
            tutor = Tutor.restore(weights)
        except TutorError as error:
            pipe.send(BatchError(str(error)))
            return
        with seldom_collecting():
            pipe.send("ready")
            while True:
                pipe.send(_done(tutor, pipe.recv(), recipe))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return


def _done(tutor: Tutor, task: Shard | Record, recipe: Recipe) -> Part | Row | Exception:
    try:
        if isinstance(task, Record):
            return answer_record(tutor, task, recipe.completing)
        return answered(tutor, task, recipe)
    except TutorError as error:
        return BatchError(str(error))
    except Exception:  # a bug; whoever reads the traceback needs the place in this process
        return RuntimeError(traceback.format_exc())
