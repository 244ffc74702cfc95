"""The command about what is kept of a person: forget."""

import sys

import click

from tutor.cli.command import main


@main.command()
@click.option("--yes", is_flag=True, help="Do not ask first.")
@click.option("--cache", "learned_too", is_flag=True, help="Also remove what was learned from packs.")
def forget(yes: bool, learned_too: bool) -> None:
    """Remove all that the tutor keeps about you: what you typed in the shell, what you answered in quizzes and mock
    exams, and your settings.

    What it learned from packs says nothing about you and stays, unless you add --cache. Files that you saved yourself
    stay. Exit code: 0 nothing is left, 1 something is, or you said no, 2 usage.

    \b
    Example:
      tutor forget --yes
    """
    from tutor.kept import LEARNED, PLACES, remove, traces

    found = traces((*PLACES, *(LEARNED if learned_too else ())))
    if not found:
        click.echo("Nothing is kept about you.")
        return
    for trace in found:
        click.echo(f"{trace.what}: {click.format_filename(trace.path)}")
    if not yes:
        _ask()
    left = remove(found)
    for trace in left:
        click.echo(f"Error: {click.format_filename(trace.path)}: {trace.why}", err=True)
    click.echo(f"Removed {len(found) - len(left)} of {len(found)}." if left else "Removed.")
    sys.exit(bool(left))


def _ask() -> None:
    if sys.stdin is None or not sys.stdin.isatty():
        raise click.UsageError("there is no terminal to ask in; say --yes to remove them")
    click.confirm("Remove them for good?", abort=True)
