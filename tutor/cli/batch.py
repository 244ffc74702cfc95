"""The command that answers files of questions: batch."""

import signal
import sys
from pathlib import Path

import click

from tutor.cli.command import load, main, pack_option


@main.command()
@click.argument("source", metavar="IN", type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "-o",
    "--output",
    "target",
    required=True,
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
@pack_option
def batch(
    source: Path,
    target: str,
    form: str | None,
    to: str | None,
    columns: tuple[str, ...],
    encoding: str | None,
    raw: bool,
    answers: Path | None,
    assumed: tuple[str, ...],
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
    from tutor.fronts.batch.columns import read_mapping
    from tutor.fronts.batch.readers import Reading
    from tutor.fronts.batch.run import Wishes, run

    reading = Reading(form, encoding, read_mapping(columns), raw)
    before = signal.signal(signal.SIGTERM, _end)
    try:
        counted = run(lambda: load(folder), source, target, Wishes(reading, to, answers, assumed), _tell)
    finally:
        signal.signal(signal.SIGTERM, before)
    told = ", ".join(f"{count} {status}" for status, count in sorted(counted.items()))
    click.echo(f"{counted.total()} rows: {told}" if counted else "0 rows", err=True)


def _tell(said: str) -> None:
    click.echo(said, err=True)


def _end(*_: object) -> None:
    """End on a kill as on Ctrl-C, so that no half-written file is left behind."""
    sys.exit(128 + signal.SIGTERM)
