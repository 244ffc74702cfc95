"""Opening the shell: plain or with all that the terminal can do, from a terminal or from a pipe."""

import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tutor.folder import bundled
from tutor.fronts.shell.loading import Loading
from tutor.fronts.shell.session import Session

if TYPE_CHECKING:
    from tutor.tutor import Tutor

_PLAIN = ("TUTOR_PLAIN", "ACCESSIBLE", "NO_COLOR")  #: what asks for plain text in the environment
_DUMB = ("dumb", "unknown")
Say = Callable[[str], None]


@dataclass(frozen=True)
class Wanted:
    """What is wanted of the shell: the folder of a pack, a new file for the transcript, plain text, a kept history."""

    folder: Path | None = None
    record: Path | None = None
    plain: bool = False
    history: bool = True


def open_shell(wanted: Wanted, *, say: Say, note: Say) -> None:
    """Open the shell and stay in it; *say* prints a text, *note* what takes long."""
    if wanted.record:
        from tutor.transcript import may_record

        may_record(wanted.record)
    session = Session(Loading(_load(wanted.folder)), wanted.folder or bundled(), told=note, record=wanted.record)
    if _piped():
        _answer_pipe(session, say)
    elif wanted.plain or plain_asked(os.environ) or not sys.stdout.isatty():
        _talk_plainly(session, say)
    else:
        _talk(session, wanted)


def plain_asked(environ: Mapping[str, str]) -> bool:
    """Say whether the environment asks for plain text, or has a terminal that can nothing else.

    >>> plain_asked({"TUTOR_PLAIN": "1"}), plain_asked({"TUTOR_PLAIN": "0", "TERM": "xterm"})
    (True, False)
    """
    asked = any(environ.get(name, "") not in ("", "0") for name in _PLAIN) or environ.get("NO_COLOR")
    return bool(asked) or environ.get("TERM", "").casefold() in _DUMB


def _load(folder: Path | None) -> "Callable[[Say], Tutor]":
    def load(told: Say) -> "Tutor":
        from tutor.tutor import Tutor

        return Tutor.load(folder, told=told)

    return load


def _piped() -> bool:
    return sys.stdin is None or not sys.stdin.isatty()


def _answer_pipe(session: Session, say: Say) -> None:
    from tutor.fronts.shell.lines import converse, piped, plain_parts

    pack = session.ready().pack
    if not converse(session, piped(sys.stdin or ()), say, width=_width()):
        say(f"> {pack.about.sample}\n")
        say(plain_parts(session.say(pack.about.sample).parts, _width()))


def _talk_plainly(session: Session, say: Say) -> None:
    from tutor.fronts.shell.lines import converse, typed

    say(f"{session.ready().pack.about.title}. Ask a question; /help says what else there is, Ctrl-D leaves.\n")
    converse(session, typed(input), say, width=_width())
    say("")


def _talk(session: Session, wanted: Wanted) -> None:
    from tutor.fronts.shell.prompt import Shell

    Shell(session).run()


def _width() -> int | None:
    import shutil

    return min(shutil.get_terminal_size().columns, 100) if sys.stdout.isatty() else None
