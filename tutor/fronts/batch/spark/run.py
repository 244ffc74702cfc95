"""A batch on Spark: files answered shard by shard into a run of its own, which the target is switched to at the end."""

import contextlib
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from tutor import __version__
from tutor.errors import BatchError
from tutor.fronts.batch.columns import must_be_known
from tutor.fronts.batch.completing import Completing, read_answers, read_assumed
from tutor.fronts.batch.journal import GO_ON
from tutor.fronts.batch.progress import Progress
from tutor.fronts.batch.readers import Reading
from tutor.fronts.batch.spark.places import Found, Place
from tutor.fronts.batch.spark.session import clear_errors, session
from tutor.fronts.batch.spark.shipping import ship
from tutor.fronts.batch.spark.tables import FORMATS, SUFFIXES, questions_of, write
from tutor.fronts.batch.spark.worker import ROW, STATUS, answered_frames
from tutor.fronts.batch.stopping import Stopped
from tutor.row import Status
from tutor.spelling import did_you_mean
from tutor.tutor import Tutor

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

RUNS, CURRENT, HEADER, ROWS = "_runs", "current.json", "run.json", "rows"
_LINES, _TABLE, _COUNTED = "lines", "table", "_counted.json"
_KEPT = 2  #: runs that stay: the one that the target is switched to, and the one before
_AT_ONCE = 4  #: files of a shard for each task that runs at a time

Told = Callable[[str], None]


@dataclass(frozen=True)
class Wishes:
    """How a batch on Spark is to run: where, from and to which format, what completes rows, and whether it goes on."""

    master: str = "local[*]"
    form: str | None = None
    to: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    raw: bool = False
    answers: Path | None = None
    assumed: tuple[str, ...] = ()
    resume: bool = False
    fresh: bool = False


@dataclass(frozen=True)
class _Run:
    """A run under way: where it lies, its shards, each of some files, and what its rows hang on."""

    place: Place
    shards: Sequence[Sequence[str]]
    form: str
    to: str
    bound: Mapping[str, str]

    def shard(self, number: int) -> Place:
        """Return where the rows of the shard *number* go."""
        return self.place / _LINES / f"{number:06}"


def run(
    load: Callable[[], Tutor], source: str, target: str, wishes: Wishes, told: Told, progress: Progress | None = None
) -> Counter[str]:
    """Answer the files in the folder *source* into the folder *target*; return how many rows have which status.

    The rows lie in the folder that `current.json` in *target* names; a run that fails leaves that as it was. *told*
    hears of every shard. What ends the run says what of it is kept.
    """
    watched = progress or Progress()
    with session(wishes.master) as spark:
        files = _files(Place(spark, source), source)
        form, to = _formats(files, source, wishes)
        tutor = load()
        must_be_known(wishes.columns, tutor.pack.slots)
        completing = _completing(tutor, wishes)
        bound = _bound(tutor, files, form, to, wishes, completing)
        under_way = _opened(Place(spark, target), files, form, to, bound, wishes, spark)
        weights = ship(spark, tutor, code=not wishes.master.startswith("local"))
        guarded = form == "csv" and not wishes.raw
        answering = partial(
            answered_frames, weights=weights, completing=completing, columns=dict(wishes.columns), guarded=guarded
        )
        with _keeping(under_way), watched.watching(None):
            counted = _answered(spark, under_way, answering, told, watched)
            _finish(spark, under_way, Place(spark, target), raw=wishes.raw, counted=counted)
    return counted


def _files(place: Place, source: str) -> list[Found]:
    if not place.exists():
        raise BatchError(f"{source}: there is no such file or folder")
    files = list(place.files())
    if not files:
        raise BatchError(f"{source}: holds no files")
    return files


def _formats(files: Sequence[Found], source: str, wishes: Wishes) -> tuple[str, str]:
    """Return the formats to read and to write; a BatchError where they are several or none."""
    suffixes = sorted({_suffix(found.path) for found in files})
    form = wishes.form or SUFFIXES.get(suffixes[0])
    if not wishes.form and len({SUFFIXES.get(suffix) for suffix in suffixes}) > 1:
        raise BatchError(
            f"{source}: holds files of several kinds ({', '.join(suffixes)}); --from says which one to read"
        )
    if form is None:
        raise BatchError(
            f"{source}: Spark does not read {suffixes[0] or 'files without a suffix'} here; known: {_KNOWN}"
        )
    for named in (form, wishes.to or form):
        if named not in FORMATS:
            raise BatchError(f"Spark does not read or write {named} here; {did_you_mean(named, FORMATS)}")
    return form, wishes.to or form


_KNOWN = ", ".join(FORMATS)


def _suffix(path: str) -> str:
    """Return the suffix that tells the kind of a file, packed or not."""
    named = Path(path)
    return Path(named.stem).suffix.lower() if named.suffix.lower() in (".gz", ".zst", ".bz2") else named.suffix.lower()


def _completing(tutor: Tutor, wishes: Wishes) -> Completing:
    answers = read_answers(tutor.pack, wishes.answers, Reading()) if wishes.answers else {}
    return Completing(answers, read_assumed(tutor.pack, wishes.assumed))


def _bound(
    tutor: Tutor, files: Sequence[Found], form: str, to: str, wishes: Wishes, completing: Completing
) -> dict[str, str]:
    """Return what the rows hang on, by the names that people have for it."""
    options = {"columns": dict(wishes.columns), "raw": wishes.raw, **asdict(completing)}
    return {
        "set of files": _digest([asdict(found) for found in files]),
        "pack": f"{tutor.pack.stamp} {tutor.weights.key}",
        "format": f"{form} {to}",
        "set of options": _digest(options),
        "version of the tutor": __version__,
    }


def _digest(said: Any) -> str:
    return blake2b(json.dumps(said).encode(), digest_size=16).hexdigest()


def _opened(
    target: Place,
    files: Sequence[Found],
    form: str,
    to: str,
    bound: Mapping[str, str],
    wishes: Wishes,
    spark: "SparkSession",
) -> _Run:
    """Return the run to go on with, or a new one; a BatchError where a stopped one is neither resumed nor forgotten."""
    if target.is_file():
        raise BatchError(f"{target.path}: is a file; Spark writes into a folder")
    stopped = _stopped(target)
    if stopped and wishes.fresh:
        stopped.delete()
    elif stopped and not wishes.resume:
        raise BatchError(f"{stopped.path}: a batch into {target.path} was stopped before; {GO_ON}")
    elif stopped:
        header = (stopped / HEADER).read() or {}
        other = next((name for name in bound if header["bound"].get(name) != bound[name]), None)
        if other:
            raise BatchError(f"{stopped.path}: was begun with another {other}; begin anew with --fresh")
        return _Run(stopped, header["shards"], form, to, bound)
    size = _AT_ONCE * spark.sparkContext.defaultParallelism
    paths = [found.path for found in files]
    shards = [paths[start : start + size] for start in range(0, len(paths), size)]
    place = target / RUNS / f"{datetime.now(UTC):%Y%m%d-%H%M%S-%f}"
    (place / HEADER).write({"bound": dict(bound), "shards": shards})
    return _Run(place, shards, form, to, bound)


def _stopped(target: Place) -> Place | None:
    """Return the newest run that never came to its end."""
    current = (target / CURRENT).read() or {}
    newest = (target / RUNS).names()[-1:]
    place = target / RUNS / newest[0] if newest else None
    return place if place and newest[0] > current.get("run", "") and (place / HEADER).read() else None


@contextlib.contextmanager
def _keeping(under_way: _Run) -> Iterator[None]:
    """Say what of a run is kept where something ends it."""
    kept = f"what is done is kept in {under_way.place.path}; {GO_ON}"
    try:
        yield
    except Stopped as stopped:
        stopped.kept = kept
        raise
    except BatchError as error:
        raise BatchError(f"{error}; {kept}") from None


def _answered(spark: "SparkSession", under_way: _Run, answering: Any, told: Told, progress: Progress) -> Counter[str]:
    """Answer all shards that are not done yet, and count the rows of all."""
    counted = Counter[str]()
    for number, files in enumerate(under_way.shards):
        place = under_way.shard(number)
        before = (place / _COUNTED).read()
        found = Counter(before if before is not None else _answer(spark, files, under_way.form, answering, place))
        progress.add(found, kept=before is not None)
        counted += found
        told(f"shard {number + 1} of {len(under_way.shards)}: {counted.total():,} rows")
    return counted


def _answer(spark: "SparkSession", files: Sequence[str], form: str, answering: Any, place: Place) -> dict[str, int]:
    """Answer a shard into *place*, which says at the end how many rows have which status."""
    from pyspark.sql import Observation
    from pyspark.sql import functions as sql

    seen = Observation()
    with clear_errors():
        rows = questions_of(spark, files, form).mapInPandas(answering, f"{ROW} string, {STATUS} string")
        counts = [sql.count_if(sql.col(STATUS) == status).alias(status) for status in get_args(Status)]
        rows.observe(seen, *counts).select(ROW).write.mode("overwrite").text(place.path)
        counted = {status: count for status, count in seen.get.items() if count}
    (place / _COUNTED).write(counted)
    return counted


def _finish(spark: "SparkSession", under_way: _Run, target: Place, *, raw: bool, counted: Counter[str]) -> None:
    """Put the rows of all shards into one folder, switch the target to it, and let go of older runs."""
    rows, lines = under_way.place / ROWS, under_way.place / _LINES
    with clear_errors():
        written = [under_way.shard(number) for number in range(len(under_way.shards))]
        if under_way.to != "jsonl":
            written = [under_way.place / _TABLE]
            write(spark, f"{lines.path}/*", written[0].path, under_way.to, raw=raw)
        rows.begin()
        for number, place in enumerate(written):
            for found in place.files():
                Place(spark, found.path).move(rows / f"{number:06}-{_renamed(found.path, under_way.to)}")
    run_id = under_way.place.path.rpartition("/")[2]
    where = {"run": run_id, "rows": f"{RUNS}/{run_id}/{ROWS}", "format": under_way.to}
    (target / CURRENT).write({**where, "pack": under_way.bound["pack"].rpartition(" ")[0], "counted": dict(counted)})
    for done in (lines, under_way.place / _TABLE):
        done.delete()
    for old in (target / RUNS).names()[:-_KEPT]:
        (target / RUNS / old).delete()


def _renamed(path: str, form: str) -> str:
    """Return the name of a file that Spark wrote as text, with the suffix of what it holds."""
    name = path.rpartition("/")[2]
    return f"{name.removesuffix('.txt')}.{form}" if name.endswith(".txt") else name
