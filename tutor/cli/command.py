"""The command line as a whole: the group of commands, what they share, and how faults are told."""

import errno
import io
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tutor import __version__
from tutor.errors import PackError, TutorError

if TYPE_CHECKING:
    from tutor.reply import Reply
    from tutor.tutor import Tutor


_INTERRUPTED = 130  #: the exit code that shells know after Ctrl-C


class Commands(click.Group):
    """Commands whose faults become one clear line and exit code 1; options alone are those of the shell."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        _open_what_is_closed()
        return super().main(*args, **kwargs)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        shell = self.commands["chat"]
        if args and any(args[0].partition("=")[0] in option.opts for option in shell.params):
            args = [str(shell.name), *args]
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        _forgive_bytes()
        try:
            return super().invoke(ctx)
        except (KeyboardInterrupt, click.Abort) as stopped:  # the second where somebody was asked
            click.echo("\nStopped.", err=True)  # the line on which a terminal shows ^C is not ended
            sys.exit(_INTERRUPTED if isinstance(stopped, KeyboardInterrupt) else 1)
        except PackError as error:
            first, *others = error.faults
            more = f" (and {len(others)} more faults; tutor check names them all)" if others else ""
            raise one_line(f"{first}{more}") from None
        except TutorError as error:
            raise one_line(str(error)) from None
        except OSError as error:
            if error.errno == errno.EPIPE:
                raise
            raise one_line(f"{error.filename or 'standard output'}: {error.strerror}") from None


pack_option = click.option(
    "--pack",
    "folder",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Answer from another pack than the bundled one.",
)

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.group(cls=Commands, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="tutor")
@click.pass_context
def main(ctx: click.Context) -> None:
    """Answer scenario questions with citations, asking what is needed first.

    Without a command it opens the shell, with the options of tutor chat.

    \b
    Example:
      tutor ask "Which rollout do we need?" --set rollback=instant --set exposure=everyone
    """
    if ctx.invoked_subcommand is None:
        ctx.invoke(main.commands["chat"])


def _open_what_is_closed() -> None:
    """Let a closed standard input be empty and closed standard errors be lost; without an output there is no use."""
    if sys.stdin is None:
        sys.stdin = os.fdopen(os.open(os.devnull, os.O_RDONLY), encoding="utf-8")
    if sys.stderr is None:
        sys.stderr = os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8")
    if sys.stdout is None:
        click.echo("Error: standard output is closed", err=True)
        sys.exit(1)


def _forgive_bytes() -> None:
    """Let bytes and characters that the terminal's encoding does not have become question marks, not tracebacks."""
    for stream in (sys.stdin, sys.stdout):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def one_line(said: str) -> click.ClickException:
    return click.ClickException(" ".join(said.splitlines()))


def load(folder: Path | None) -> "Tutor":
    from tutor.tutor import Tutor

    return Tutor.load(folder, told=progress)


def progress(step: str) -> None:
    click.echo(f"{step} …", err=True)


def note(said: str) -> None:
    """Say beside the output what a person should know."""
    click.echo(said, err=True)


def width() -> int | None:
    import shutil

    return min(shutil.get_terminal_size().columns, 100) if sys.stdout.isatty() else None


def print_reply(reply: "Reply", *, as_json: bool) -> None:
    from tutor.render.plain import plain

    click.echo(json.dumps(reply.to_dict(), ensure_ascii=False, indent=2) if as_json else plain(reply, width=width()))


@contextmanager
def every_fault() -> Iterator[None]:
    """Let each fault of simulated learners become a line of its own, and then the exit code 1."""
    from tutor.learner import LearnerError

    try:
        yield
    except LearnerError as error:
        for fault in error.faults:
            click.echo(f"Error: {' '.join(str(fault).split())}", err=True)
        sys.exit(1)
