"""A batch of any size: how fast, how large, how well it bears to be killed. `python -m benchmarks.batch FILE…`.

Every question is one of ours, of at most twelve words, with one of them changed for a word of another question, by a
seed: so nearly all of them are different, as in an archive, and the words that recur are as frequent as in one.
"""

import argparse
import filecmp
import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.cluster import cluster, wait_for
from benchmarks.processes import Cost, cost_of
from benchmarks.speed import SHORT
from benchmarks.tables import table

_TUTOR = (sys.executable, "-m", "tutor", "batch")
_FORMATS = ("jsonl", "csv", "parquet", "xlsx", "md", "gift", "html")
_SEED = 7

Row = tuple[str, str, str]  #: what, how much, beside what


def main() -> None:
    """Measure and print."""
    asked = _arguments()
    with tempfile.TemporaryDirectory(prefix="tutor-batch-", dir=asked.folder) as made:
        desk = _Desk(Path(made), asked.files)
        parts: dict[str, Callable[[], Iterator[Row]]] = {
            "local": lambda: local(desk, asked.rows),
            "formats": lambda: formats(desk, asked.rows // 20),
            "alike": lambda: alike(desk, asked.rows // 20),
            "kills": lambda: kills(desk, asked.rows // 20, asked.kills),
            "spark": lambda: spark(desk, asked.rows // 5),
            "cluster": lambda: on_cluster(desk, asked.rows // 10),
        }
        rows = [row for name, part in parts.items() if name in asked.only for row in part()]
    print(table([dict(zip(("what", "measured", "beside"), row, strict=True)) for row in rows]))


def _arguments() -> Any:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.batch", description=__doc__)
    parts = ("local", "formats", "alike", "kills", "spark", "cluster")
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="questions, .jsonl")
    parser.add_argument("--rows", type=int, default=1_000_000, help="of the local batch; the others take a part of it")
    parser.add_argument("--kills", type=int, default=30, help="how often a batch is killed")
    parser.add_argument("--only", nargs="+", choices=parts, default=parts, metavar="PART", help=", ".join(parts))
    parser.add_argument("--folder", type=Path, help="where the files lie meanwhile; ten million bytes a thousand rows")
    return parser.parse_args()


class _Desk:
    """A folder to work in, and questions to put there."""

    def __init__(self, folder: Path, files: Sequence[Path]) -> None:
        self.folder = folder
        questions = [json.loads(line)["question"] for path in files for line in path.read_text("utf-8").splitlines()]
        self._questions = [question for question in questions if len(question.split()) <= SHORT]
        self._words = sorted({word for question in self._questions for word in question.split()})

    def questions(self, name: str, rows: int, *, times: int = 1) -> Path:
        """Write *rows* questions, each *times* in a row, and return the file."""
        path, draw = self.folder / name, random.Random(_SEED)
        path.parent.mkdir(exist_ok=True)
        with path.open("w", encoding="utf-8") as file:
            for number in range(rows):
                if number % times == 0:
                    question = self._varied(draw)
                file.write(f"{json.dumps({'id': number, 'question': question})}\n")
        return path

    def _varied(self, draw: random.Random) -> str:
        words = draw.choice(self._questions).split()
        words[draw.randrange(len(words))] = draw.choice(self._words)
        return " ".join(words)

    def clear(self, *paths: Path) -> None:
        """Take away what is no longer needed."""
        for path in paths:
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)


def batch(source: Path, target: Path, *more: str) -> Cost:
    """Return what it costs to answer *source* into *target*."""
    return cost_of([*_TUTOR, str(source), "-o", str(target), "--quiet", *more])


def local(desk: _Desk, rows: int) -> Iterator[Row]:
    """One process and two over the largest file, and one over a tenth of it: does memory grow?"""
    source, out = desk.questions("q.jsonl", rows), desk.folder / "out.jsonl"
    start = batch(desk.questions("few.jsonl", 1), desk.folder / "few-out.jsonl")
    tenth = batch(desk.questions("tenth.jsonl", rows // 10), desk.folder / "tenth-out.jsonl")
    one = batch(source, out)
    two = batch(source, desk.folder / "two.jsonl", "--jobs", "2")
    same = filecmp.cmp(out, desk.folder / "two.jsonl", shallow=False)
    different = len({json.loads(line)["question"] for line in source.open(encoding="utf-8")})
    yield "questions", f"{rows:,}", f"{different / rows:.1%} different, {source.stat().st_size / 2**20:.0f} MiB"
    yield "one process", _rate(rows, one.beyond(start).cpu), "rows a second of processor time beyond the start"
    yield "one process, by the clock", _rate(rows, one.wall), f"start {start.wall:.1f} s"
    yield "memory of one process", f"{one.memory:.0f} MiB", f"{tenth.memory:.0f} MiB for a tenth of the rows"
    yield "two processes, by the clock", _rate(rows, two.wall), f"{one.wall / two.wall:.2f} x one process"
    yield "memory of all, of the largest", f"{two.memory:.0f}, {two.largest:.0f} MiB", f"the same bytes: {same}"
    desk.clear(source, out, desk.folder / "two.jsonl", desk.folder / "tenth-out.jsonl")


def formats(desk: _Desk, rows: int) -> Iterator[Row]:
    """Each format that is written, one process and two, beside jsonl."""
    source = desk.questions("q.jsonl", rows)
    start = batch(desk.questions("few.jsonl", 1), desk.folder / "few-out.jsonl")
    plain = 0.0
    for name in _FORMATS:
        out = desk.folder / f"out.{name}"
        one, two = batch(source, out).beyond(start), batch(source, out, "--jobs", "2").beyond(start)
        plain = plain or one.cpu
        beside = f"{one.cpu / plain:.2f} x the time of jsonl; two processes {one.wall / two.wall:.2f} x one"
        yield f"to {name}, {rows:,} rows", _rate(rows, one.cpu), beside
        desk.clear(out)


def alike(desk: _Desk, rows: int) -> Iterator[Row]:
    """What it brings that equal questions are answered once in a shard."""
    start = batch(desk.questions("few.jsonl", 1), desk.folder / "few-out.jsonl")
    plain = 0.0
    for times in (1, 2, 10):
        taken = batch(desk.questions("q.jsonl", rows, times=times), desk.folder / "out.jsonl").beyond(start)
        plain = plain or taken.cpu
        yield f"each question {times} times", _rate(rows, taken.cpu), f"{plain / taken.cpu:.1f} x as fast"


def kills(desk: _Desk, rows: int, count: int) -> Iterator[Row]:
    """Kill a batch at random moments, let it go on each time, and compare the bytes."""
    source, whole, out = desk.questions("q.jsonl", rows), desk.folder / "whole.jsonl", desk.folder / "out.jsonl"
    took, draw = batch(source, whole).wall, random.Random(_SEED)
    killed = batches = same = 0
    while killed < count:
        for_sure = killed % 5 == 4
        killed += _killed(source, out, draw.uniform(0, took / 4), jobs=1 + killed % 2)
        if for_sure or out.exists():
            batch(source, out, "--resume")
            batches, same = batches + 1, same + filecmp.cmp(whole, out, shallow=False)
            desk.clear(out)
    yield f"killed {killed} times, {batches} batches of {rows:,} rows", f"{same} of {batches}", "have the same bytes"


def _killed(source: Path, target: Path, after: float, *, jobs: int) -> bool:
    """Kill a batch *after* so many seconds, hard; say whether it was still running."""
    command = [*_TUTOR, str(source), "-o", str(target), "--quiet", "--resume", "--jobs", str(jobs)]
    with subprocess.Popen(command) as process:
        time.sleep(after)
        running = process.poll() is None
        process.kill()
    return running


def spark(desk: _Desk, rows: int) -> Iterator[Row]:
    """Spark on two cores beside two processes without it, in processor time beyond the start."""
    source, out = desk.questions("in/q.jsonl", rows), desk.folder / "out.jsonl"
    few = desk.questions("few/q.jsonl", 1)
    engine = ("--engine", "spark", "--master", "local[2]")
    ours = batch(source, out, "--jobs", "2").beyond(batch(few, desk.folder / "few-out.jsonl", "--jobs", "2"))
    began = batch(few.parent, desk.folder / "spark-few", *engine)
    theirs = batch(source.parent, desk.folder / "spark-out", *engine)
    beyond = theirs.beyond(began)
    yield f"Spark on two cores, {rows:,} rows", _rate(rows, beyond.wall), f"two processes {_rate(rows, ours.wall)}"
    yield "its processor time", f"{beyond.cpu:.0f} s", f"{beyond.cpu / ours.cpu:.2f} x two processes ({ours.cpu:.0f} s)"
    yield "its start", f"{began.wall:.0f} s", f"{began.cpu:.0f} s of processor time"
    same = _rows(out.read_text("utf-8")) == _rows("".join(_of_run(desk.folder / "spark-out")))
    yield "the same rows", str(same), ""
    desk.clear(out, desk.folder / "spark-out")


def on_cluster(desk: _Desk, rows: int) -> Iterator[Row]:
    """A master and two workers, one of whose executors is killed on the way."""
    desk.clear(desk.folder / "in")
    for number in range(4):
        desk.questions(f"in/{number}.jsonl", rows // 4)
    out = desk.folder / "cluster-out"
    with cluster(desk.folder / "work") as two:
        command = [*_TUTOR, str(desk.folder / "in"), str(out), "--engine", "spark", "--master", two.address, "--quiet"]
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
            wait_for(out, "part-*", process)
            two.kill_an_executor()
            process.communicate()
    found = Counter(_rows("".join(_of_run(out))))
    wanted = Counter(row for path in sorted((desk.folder / "in").iterdir()) for row in _asked(path))
    kept = Counter(
        {(row["id"], row["question"]): count for row, count in ((json.loads(k), n) for k, n in found.items())}
    )
    yield f"an executor killed, {rows:,} rows", str(sum(found.values())), f"every row once: {kept == wanted}"
    desk.clear(out)


def _asked(path: Path) -> Iterator[tuple[str, str]]:
    for line in path.open(encoding="utf-8"):
        said = json.loads(line)
        yield str(said["id"]), said["question"]


def _of_run(folder: Path) -> Iterator[str]:
    told = json.loads((folder / "current.json").read_text("utf-8"))
    for path in sorted((folder / told["rows"]).glob("*.jsonl")):
        yield path.read_text("utf-8")


def _rows(lines: str) -> list[str]:
    return sorted(lines.split("\n")[:-1])


def _rate(rows: int, seconds: float) -> str:
    return f"{rows / seconds:,.0f} a second"


if __name__ == "__main__":
    main()
