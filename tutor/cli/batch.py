"""The command that answers files of questions: batch."""

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tutor.cli.command import load, main, pack_option

if TYPE_CHECKING:
    from collections.abc import Callable

    from tutor.fronts.batch.progress import Progress
    from tutor.tutor import Tutor

_WORTH_TELLING = 2.0  #: seconds from which it matters how fast it was
_FAILING = ("error", "declined", "choose", "conditional")


@main.command()
@click.argument("source", metavar="IN")
@click.argument("second", metavar="[OUT]", required=False)
@click.option(
    "-o",
    "--output",
    "target",
    metavar="OUT",
    help="Where to write: csv, tsv, jsonl, parquet, xlsx, md, gift or html by its suffix, or - for standard output.",
)
@click.option("--from", "form", metavar="FORMAT", help="What IN is, whatever its suffix.")
@click.option("--to", metavar="FORMAT", help="What OUT is, whatever its suffix.")
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="NAME=COLUMN",
    help="Take question, id, options, A, B … or a slot from another column; may be repeated.",
)
@click.option("--encoding", metavar="NAME", help="How IN is encoded, where that cannot be found out.")
@click.option("--raw", is_flag=True, help="Read and write csv and tsv without the apostrophe before formulas.")
@click.option(
    "--answers",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Values of slots by id, in any format that is read, which complete conditional rows.",
)
@click.option(
    "--assume",
    "assumed",
    multiple=True,
    metavar="SLOT=VALUE",
    help="For every row that leaves the slot open; may be repeated.",
)
@click.option(
    "--jobs", type=click.IntRange(1, 256), default=1, metavar="N", show_default=True, help="Answer in N processes."
)
@click.option("--resume", is_flag=True, help="Go on where a batch into OUT was stopped.")
@click.option("--fresh", is_flag=True, help="Begin anew, and forget what a stopped batch into OUT has done.")
@click.option("--quiet", is_flag=True, help="Say nothing but errors.")
@click.option(
    "--fail-on",
    "failing",
    multiple=True,
    type=click.Choice(_FAILING),
    help="Exit with 1 when a row has this status; may be repeated.",
)
@click.option(
    "--engine", type=click.Choice(("local", "spark")), default="local", show_default=True, help="What runs the batch."
)
@click.option("--master", metavar="URL", help="Where Spark runs; local[*] unless said otherwise.")
@pack_option
def batch(
    source: str,
    second: str | None,
    target: str | None,
    form: str | None,
    to: str | None,
    columns: tuple[str, ...],
    encoding: str | None,
    raw: bool,
    answers: Path | None,
    assumed: tuple[str, ...],
    jobs: int,
    resume: bool,
    fresh: bool,
    quiet: bool,
    failing: tuple[str, ...],
    engine: str,
    master: str | None,
    folder: Path | None,
) -> None:
    """Answer a file of questions, one row each, in order.

    IN is csv, tsv, jsonl, parquet, xlsx, md, txt or gift by its suffix, packed as .gz or .zst where you like, or - for
    standard input (jsonl without --from). A column question is needed; id, options and any slot are used; other columns
    pass through.

    \b
    Example:
      tutor batch questions.csv -o answers.jsonl
      tutor batch questions.csv -o answers.html --column id=id --assume exposure=few
    """
    from tutor.fronts.batch.stopping import Stopped, stoppable

    out, on_spark = _only(second, target), engine == "spark"
    if resume and fresh:
        raise click.UsageError("--resume goes on and --fresh begins anew; take one of them")
    if not on_spark and master:
        raise click.UsageError("--master goes with --engine spark")
    if on_spark and (jobs > 1 or encoding):
        raise click.UsageError(f"--{'jobs' if jobs > 1 else 'encoding'} does not go with --engine spark")
    progress, tell = _progress(out, quiet=quiet), _silent if quiet else _tell
    completing = {"answers": answers, "assumed": assumed, "resume": resume, "fresh": fresh, "to": to}
    try:
        with stoppable():
            if on_spark:
                wishes = {"master": master or "local[*]", "form": form, "columns": columns, "raw": raw, **completing}
                counted = _on_spark(lambda: load(folder), source, out, wishes, tell, progress)
            else:
                reading = {"form": form, "encoding": encoding, "columns": columns, "raw": raw}
                counted = _here(
                    lambda: load(folder), source, out, reading, {"jobs": jobs, **completing}, tell, progress
                )
    except Stopped as stopped:
        click.echo(f"Stopped: {stopped.kept or 'nothing is kept'}", err=True)
        sys.exit(stopped.exit_code)
    tell(_summary(counted, progress))
    _fail(counted, failing)


def _here(
    load: "Callable[[], Tutor]",
    source: str,
    target: str,
    reading: dict[str, Any],
    wishes: dict[str, Any],
    tell: "Callable[[str], None]",
    progress: "Progress",
) -> Counter[str]:
    from tutor.fronts.batch.columns import read_mapping
    from tutor.fronts.batch.readers import Reading
    from tutor.fronts.batch.run import Wishes, run

    how = Reading(**{**reading, "columns": read_mapping(reading["columns"])})
    return run(load, Path(source), target, Wishes(how, **wishes), tell, progress)


def _on_spark(
    load: "Callable[[], Tutor]",
    source: str,
    target: str,
    wishes: dict[str, Any],
    tell: "Callable[[str], None]",
    progress: "Progress",
) -> Counter[str]:
    from tutor.fronts.batch import spark
    from tutor.fronts.batch.columns import read_mapping

    how = spark.Wishes(**{**wishes, "columns": read_mapping(wishes["columns"])})
    return spark.run(load, source, target, how, tell, progress)


def _only(*said: str | None) -> str:
    """Return where to write, which is said once, as an argument or by -o."""
    named = [one for one in said if one]
    if len(named) != 1:
        raise click.UsageError("say where to write, once: tutor batch IN -o OUT")
    return named[0]


def _progress(target: str, *, quiet: bool) -> "Progress":
    """Return who shows how far it is: nobody where the rows themselves run over the terminal."""
    from tutor.fronts.batch.progress import Bar, Lines, Progress

    if quiet or (target == "-" and sys.stdout.isatty()):
        return Progress()
    return Bar() if sys.stderr.isatty() else Lines(_tell)


def _summary(counted: Counter[str], progress: "Progress") -> str:
    from tutor.fronts.batch.progress import statuses

    rows = "1 row" if counted.total() == 1 else f"{counted.total()} rows"
    told = f"{rows}: {statuses(counted)}" if counted else rows
    return f"{told}; {progress.told}" if progress.seconds >= _WORTH_TELLING else told


def _fail(counted: Counter[str], failing: tuple[str, ...]) -> None:
    found = [f"{counted[status]} {status}" for status in dict.fromkeys(failing) if counted[status]]
    if found:
        raise click.ClickException(f"rows that must not be (--fail-on): {', '.join(found)}")


def _tell(said: str) -> None:
    click.echo(said, err=True)


def _silent(_: str) -> None:
    """Say nothing."""
