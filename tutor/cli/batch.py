"""The command that answers files of questions: batch."""

import signal
import sys
from pathlib import Path

import click

from tutor.cli.command import load, main, pack_option


@main.command()
@click.argument("source", metavar="IN", type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", "target", required=True, metavar="OUT", help="Where to write: .jsonl, .csv, or - for jsonl."
)
@pack_option
def batch(source: Path, target: str, folder: Path | None) -> None:
    """Answer a file of questions, one row each, in order.

    IN is a .jsonl or .csv file with a question column. A column id and any slot as a column are used; other columns
    pass through.

    \b
    Example:
      tutor batch questions.csv -o answers.jsonl
    """
    from tutor.fronts.batch.run import run

    before = signal.signal(signal.SIGTERM, _end)
    try:
        counted = run(lambda: load(folder), source, target)
    finally:
        signal.signal(signal.SIGTERM, before)
    told = ", ".join(f"{count} {status}" for status, count in sorted(counted.items()))
    click.echo(f"{counted.total()} rows: {told}" if counted else "0 rows", err=True)


def _end(*_: object) -> None:
    """End on a kill as on Ctrl-C, so that no half-written file is left behind."""
    sys.exit(128 + signal.SIGTERM)
