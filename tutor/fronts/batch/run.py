"""One batch: every record answered, one row each, in order; what is done is kept, so that a batch can go on."""

import contextlib
import json
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field, replace
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from tutor import __version__
from tutor.errors import BatchError
from tutor.fronts.batch.columns import must_be_known
from tutor.fronts.batch.completing import Completing, read_answers, read_assumed
from tutor.fronts.batch.content import Content, content_of, must_be_unchanged
from tutor.fronts.batch.formats import Format, format_written
from tutor.fronts.batch.jobs import Alone, Crew, Workers
from tutor.fronts.batch.journal import GO_ON, Bound, Journal, journal, may_begin
from tutor.fronts.batch.layout import Kind, Layout, columns_seen
from tutor.fronts.batch.progress import Progress
from tutor.fronts.batch.readers import Reading, format_of, read_records
from tutor.fronts.batch.record import Record
from tutor.fronts.batch.shards import MOST_RECORDS, Part, Recipe, Shard, seldom_collecting, shards
from tutor.fronts.batch.sources import at_rest
from tutor.fronts.batch.stopping import Stopped
from tutor.fronts.batch.targets import opened, special
from tutor.fronts.batch.temporary import kept_for
from tutor.tutor import Tutor

Told = Callable[[str], None]


@dataclass(frozen=True)
class Wishes:
    """How a batch is to be read, completed, written and run, as the command has it.

    It runs in so many processes (*jobs*); with *resume* it goes on where it was stopped, with *fresh* it begins anew.
    """

    reading: Reading = field(default_factory=Reading)
    to: str | None = None
    answers: Path | None = None
    assumed: tuple[str, ...] = ()
    jobs: int = 1
    resume: bool = False
    fresh: bool = False


def run(
    load: Callable[[], Tutor],
    source: Path,
    target: str,
    wishes: Wishes | None = None,
    told: Told = lambda _: None,
    progress: Progress | None = None,
) -> Counter[str]:
    """Answer the questions in *source* into *target*; return how many rows have which status.

    The tutor is loaded once the source is known to be there. *told* hears of an encoding that was guessed, *progress*
    of every part that is done. What ends the batch says what of it is kept.
    """
    how, watched = wishes or Wishes(), progress or Progress()
    form, _ = format_of(source, how.reading)
    read_records(source, how.reading)
    to, packing = format_written(target, how.to or ("jsonl" if target == "-" or special(target) else None))
    _may_write(source, target)
    lasting = _lasting(source, target, how)
    tutor, counted = load(), Counter[str]()
    must_be_known(how.reading.columns, tutor.pack.slots)
    with _told_of(target), at_rest(source) as kept:
        content, reading = content_of(kept, form, str(source)), replace(how.reading, form=form.name)
        seen = _layout(read_records(kept, reading, called=str(source)), tutor, source=form, target=to)
        recipe = Recipe(_completing(tutor, how), to.name, Layout(seen, raw=reading.raw, title=source.name))
        bound = _bound(tutor, content, reading, recipe) if lasting else None
        records = read_records(kept, reading, told, called=str(source))
        with (
            _journal(target, bound, how) as journal,
            _crew(tutor, recipe, how.jobs, content) as crew,
            watched.watching(content.rows),
            opened(target, packing, journal.folder if journal else None) as stream,
        ):
            assert to.writer
            parts = _counting(_parts(shards(records), crew, journal, watched), counted)
            to.writer.join((part.content for part in parts), recipe.layout, stream)
            must_be_unchanged(kept, content, str(source))
    return counted


def _may_write(source: Path, target: str) -> None:
    if Path(target).is_dir():
        raise BatchError(f"{target}: cannot be written: Is a directory")
    if source.exists() and Path(target).exists() and source.samefile(target):
        raise BatchError(f"{target}: is the file the questions come from; name another")


def _lasting(source: Path, target: str, how: Wishes) -> bool:
    """Return whether a batch can go on once it was stopped; a BatchError where that is wanted in vain.

    Another one is where a batch into *target* was stopped, and *how* does not say what to do about it.
    """
    once, gone = not source.is_file(), target == "-" or special(target)
    if not (once or gone):
        may_begin(target, resume=how.resume, fresh=how.fresh)
    elif how.resume:
        what = ("standard input" if str(source) == "-" else source) if once else "standard output"
        why = "can be read only once" if once else "is gone once it is written"
        raise BatchError(f"{what} {why}, so there is nothing to resume; name a file instead")
    return not (once or gone)


@contextlib.contextmanager
def _told_of(target: str) -> Iterator[None]:
    """Tell what goes wrong beside *target*, in its journal, as of the target itself."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise BatchError(f"{target}: cannot be written: {error.strerror}") from None


def _completing(tutor: Tutor, how: Wishes) -> Completing:
    answers = read_answers(tutor.pack, how.answers, Reading()) if how.answers else {}
    return Completing(answers, read_assumed(tutor.pack, how.assumed))


def _layout(records: Iterator[Record], tutor: Tutor, *, source: Format, target: Format) -> dict[str, Kind]:
    """Return the columns that pass through, of as many *records* as tell."""
    if not target.tabular:
        return {}
    first_tells = source.tabular and not (source.typed and target.typed)
    return columns_seen(islice(records, 1) if first_tells else records, tutor.pack.slots)


def _bound(tutor: Tutor, content: Content, reading: Reading, recipe: Recipe) -> Bound:
    """Return what the rows hang on, by the names that people have for it."""
    options = [asdict(reading), asdict(recipe.completing), asdict(recipe.layout)]
    return {
        "file of questions": content.digest,
        "pack": f"{tutor.pack.stamp} {tutor.weights.key}",
        "format": recipe.form,
        "set of options": blake2b(json.dumps(options).encode(), digest_size=16).hexdigest(),
        "version of the tutor": __version__,
    }


@contextlib.contextmanager
def _journal(target: str, bound: Bound | None, how: Wishes) -> Iterator[Journal | None]:
    """Open the journal of a batch that is *bound* to something; what ends the batch says what is kept."""
    if bound is None:
        yield None
        return
    with journal(target, bound, resume=how.resume, fresh=how.fresh) as kept:
        try:
            yield kept
        except Stopped as stopped:
            stopped.kept = _kept(kept)
            raise
        except BatchError as error:
            if not kept.rows:
                raise
            raise BatchError(f"{error}; {_kept(kept)}") from None


def _kept(journal: Journal) -> str:
    return f"{journal.rows:,} rows are kept in {journal.folder}; {GO_ON}" if journal.rows else "nothing is kept yet"


@contextlib.contextmanager
def _crew(tutor: Tutor, recipe: Recipe, jobs: int, content: Content) -> Iterator[Crew]:
    """Yield who answers: this process or several, no more than there are shards, where that is known."""
    count = jobs if content.rows is None else min(jobs, content.rows // MOST_RECORDS + 1)
    if count == 1:
        with seldom_collecting():
            yield Alone(tutor, recipe)
        return
    with contextlib.ExitStack() as stack:
        with kept_for("what was learned"):
            weights = Path(stack.enter_context(TemporaryDirectory())) / "weights"
            tutor.save(weights)
        with Workers(tutor, weights, recipe, count) as workers:
            yield workers


def _parts(waiting: Iterator[Shard], crew: Crew, journal: Journal | None, progress: Progress) -> Iterator[Part]:
    """Yield the part of each shard, in order, and keep it; the *crew* works ahead."""
    ahead: deque[int] = deque()
    ready: dict[int, Part] = {}
    while True:
        for shard in islice(waiting, crew.room - len(ahead)):
            ahead.append(shard.number)
            kept = journal.part(shard.number) if journal else None
            if kept:
                ready[shard.number] = kept
                progress.add(kept.counted, kept=True)
            else:
                crew.take(shard)
        if not ahead:
            return
        while ahead[0] not in ready:
            part = crew.part()
            if journal:
                journal.keep(part)
            ready[part.number] = part
            progress.add(part.counted)
        yield ready.pop(ahead.popleft())


def _counting(parts: Iterable[Part], counted: Counter[str]) -> Iterator[Part]:
    for part in parts:
        counted += part.counted
        yield part
