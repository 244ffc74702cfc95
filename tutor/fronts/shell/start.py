"""Opening the shell: plain or with all that the terminal can do, from a terminal or from a pipe."""

import errno
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from tutor.folder import bundled
from tutor.fronts.shell.loading import Load, Loading, Stopped
from tutor.fronts.shell.quizzing import Study
from tutor.fronts.shell.session import Session
from tutor.fronts.shell.watch import Watch
from tutor.render.theme import plain_asked

if TYPE_CHECKING:
    from tutor.study.log import Log
    from tutor.study.wish import Wish
    from tutor.tutor import Tutor

_GONE = (errno.EIO, errno.EBADF, errno.ENXIO)  #: what a terminal that went away answers
Say = Callable[[str], None]


@dataclass(frozen=True)
class Wanted:
    """What is wanted of the shell: the folder of a pack, a new file for the transcript, plain text, a kept history.

    With a *quiz* it begins with that, and ends with it. *log* is where answers are kept.
    """

    folder: Path | None = None
    record: Path | None = None
    plain: bool = False
    history: bool = True
    quiz: "Wish | None" = None
    log: "Log | None" = None


def open_shell(wanted: Wanted, *, say: Say, note: Say) -> None:
    """Open the shell and stay in it; *say* prints a text, *note* what takes long."""
    if wanted.record:
        from tutor.transcript import may_record

        may_record(wanted.record)
    folder = wanted.folder or bundled()
    watch = Watch(folder)
    session = Session(Loading(_load(wanted.folder, watch)), folder, told=note, record=wanted.record, wished=wanted.quiz)
    if wanted.log:
        session.study = Study(wanted.log)
    if _piped():
        _answer_pipe(session, say)
        return
    session.watch = watch
    _set(session)
    plain = wanted.plain or plain_asked(os.environ) or not sys.stdout.isatty()
    if plain:
        session.ready()  # Ctrl-C still ends it
    with _at_a_terminal(session, say):
        _talk_plainly(session, say) if plain else _talk(session, wanted)


def _load(folder: Path | None, watch: Watch) -> Load:
    def load(told: Say) -> "Tutor":
        from tutor.tutor import Tutor

        watch.look()
        return Tutor.load(folder, told=told)

    return load


def _piped() -> bool:
    return sys.stdin is None or not sys.stdin.isatty()


def _answer_pipe(session: Session, say: Say) -> None:
    from tutor.fronts.shell.lines import converse, piped, plain_parts

    pack = session.ready().pack
    if session.wished:
        say(plain_parts(session.greeted("").parts, _width()) + "\n")
    if not converse(session, piped(sys.stdin or ()), say, width=_width()) and not session.wished:
        say(f"> {pack.about.sample}\n")
        say(plain_parts(session.say(pack.about.sample).parts, _width()))


def _set(session: Session) -> None:
    """Give *session* the person's settings."""
    from tutor.fronts.shell.settings import load_settings
    from tutor.kept import SETTINGS

    session.settings_file = SETTINGS.path
    session.settings = load_settings(SETTINGS.path, tell=session.faults.append)


def _talk_plainly(session: Session, say: Say) -> None:
    from tutor.fronts.shell.lines import converse, plain_parts, typed

    hello = f"{session.ready().pack.about.title}. Ask a question; /help says what else there is, Ctrl-D leaves."
    say(plain_parts(session.greeted(hello).parts, _width()) + "\n")
    converse(session, typed(input, session.interrupts, lambda: say("")), say, width=_width())
    say("")


def _talk(session: Session, wanted: Wanted) -> None:
    from tutor.fronts.shell.history import History
    from tutor.fronts.shell.prompt import Shell
    from tutor.kept import HISTORY

    with _unechoed():
        Shell(session, history=History(HISTORY.path, tell=session.faults.append) if wanted.history else None).run()


@contextmanager
def _unechoed() -> Iterator[None]:
    """Let the terminal not show what is typed before the next line is open: there it will stand, and nowhere else."""
    try:
        import termios
    except ImportError:  # Windows
        yield
        return
    before = termios.tcgetattr(sys.stdin)
    silent = [*before[:3], before[3] & ~termios.ECHO, *before[4:]]
    termios.tcsetattr(sys.stdin, termios.TCSANOW, silent)
    try:
        yield
    finally:
        with suppress(termios.error):  # it went away
            termios.tcsetattr(sys.stdin, termios.TCSANOW, before)


def _width() -> int | None:
    import shutil

    return min(shutil.get_terminal_size().columns, 100) if sys.stdout.isatty() else None


@contextmanager
def _at_a_terminal(session: Session, say: Say) -> Iterator[None]:
    """Leave quietly where a signal asks for it or the terminal goes away, even while a tutor is being loaded.

    So does Ctrl-C where the shell waits before its first line.
    """
    interrupts, code = session.interrupts, 0
    try:
        with interrupts.heard():
            yield
    except OSError as ended:
        if ended.errno not in _GONE:
            raise
        code = 128 + signal.SIGHUP
    except Stopped:
        code = 128 + signal.SIGINT
        if interrupts.ending is None:
            say("Stopped.")
    except SystemExit:
        pass
    if interrupts.ending:
        code = 128 + interrupts.ending
    if code or session.is_loading:
        _end(code)


def _end(code: int) -> NoReturn:
    """End at once with *code*, whatever the terminal still takes: a thread that loads has no orderly end."""
    with suppress(OSError):
        sys.stdout.flush()
    os._exit(code)
