"""Opening a mock exam: a new one, or the one that waits; on the whole screen, line by line, or from a pipe."""

import errno
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tutor.errors import StoreError, StudyError
from tutor.folder import bundled
from tutor.fronts.study.log import ME, OwnLog
from tutor.fronts.study.sitting import InStore, Keep, Sitting, Unkept, read_exam
from tutor.render.exam_screen import clock
from tutor.render.theme import plain_asked
from tutor.study.mock_exam import MockExam, begun, exam_to_dict, paused

if TYPE_CHECKING:
    from tutor.store.studied import Studied
    from tutor.store.values import SavedExam
    from tutor.subject import Pack

_GONE = (errno.EIO, errno.EBADF, errno.ENXIO)  #: what a terminal that went away answers
Say = Callable[[str], None]
Ask = Callable[[str, bool], bool]  #: a question to be answered by yes or no, and what Enter alone says


@dataclass(frozen=True)
class Wanted:
    """What is wanted of an exam: the folder of a pack, how many questions, a seed, plain text, *new* in any case."""

    folder: Path | None = None
    questions: int | None = None
    seed: int = 0
    plain: bool = False
    new: bool = False
    theme: str = "auto"


def open_exam(wanted: Wanted, log: OwnLog, *, now: Callable[[], datetime], say: Say, note: Say, ask: Ask) -> Sitting:
    """Let somebody sit an exam, and return how it stands when they are done or paused it.

    *say* prints a text, *note* what goes beside it, *ask* puts a question to be answered by yes or no. A StudyError
    where there is no exam to sit, or it cannot be kept any more.
    """
    from tutor.pack import load_pack

    pack = load_pack(wanted.folder or bundled())
    exam, keep = _exam(wanted, log, pack, now, note=note, ask=ask)
    sitting = Sitting(pack, exam, keep, now)
    _sit(sitting, wanted, say)
    if not sitting.kept and not sitting.exam.over:
        raise StudyError("the exam was left before it was handed in, and nothing of it is kept")
    return sitting


def last_exam(folder: Path | None, log: OwnLog) -> tuple["Pack", MockExam]:
    """Return the exam that was handed in last, with its pack; a StudyError where there is none."""
    from tutor.pack import load_pack

    pack = load_pack(folder or bundled())
    exams = log.store.studied.finished_exams(ME, pack.about.name) if log.begun else []
    if not exams:
        raise StudyError("no exam was handed in yet; tutor exam begins one")
    return pack, _read(exams[-1], "tutor exam begins another one")


def in_terminal() -> bool:
    """Say whether somebody sits at a terminal."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty()


def _exam(
    wanted: Wanted, log: OwnLog, pack: "Pack", now: Callable[[], datetime], *, note: Say, ask: Ask
) -> tuple[MockExam, Keep]:
    """Return the exam that waits, or a new one, and where it is kept."""
    try:
        studied = log.store.studied
    except StoreError as error:
        note(f"This exam is not kept and cannot be paused: {error}")
        return _new(wanted, pack, now()), Unkept()
    if waits := studied.unfinished_exam(ME, pack.about.name):
        if not wanted.new and (exam := _gone_on_with(waits, note=note, ask=ask)):
            return exam, InStore(studied, waits)
        studied.drop_exam(waits)
    return _begun(studied, wanted, pack, now())


def _gone_on_with(waits: "SavedExam", *, note: Say, ask: Ask) -> MockExam | None:
    """Return the exam that *waits*; None where it is to be dropped. A StudyError where it is neither."""
    exam = _read(waits, "tutor exam --new drops it")
    if not in_terminal():
        note(f"{_told(exam)} It goes on; tutor exam --new drops it and begins another one.")
        return exam
    if ask(f"{_told(exam)} Go on with it?", True):
        return exam
    if not ask("Drop it for good and begin a new one?", False):
        raise StudyError("the exam that waits is left as it is")
    return None


def _read(saved: "SavedExam", instead: str) -> MockExam:
    """Return the exam that is *saved*; a StudyError says what can be done *instead* where it cannot be read."""
    try:
        return read_exam(saved)
    except StudyError as error:
        raise StudyError(f"{error}; {instead}") from None


def _begun(studied: "Studied", wanted: Wanted, pack: "Pack", at: datetime) -> tuple[MockExam, Keep]:
    exam = _new(wanted, pack, at)
    saved = studied.begin_exam(ME, pack.about.name, exam_to_dict(exam), at=at.timestamp())
    if saved is None:
        raise StudyError("another terminal has just begun an exam; tutor exam goes on with it")
    return exam, InStore(studied, saved)


def _new(wanted: Wanted, pack: "Pack", at: datetime) -> MockExam:
    from tutor.study.making import exercises
    from tutor.study.paper import paper

    if pack.about.exam is None:
        raise StudyError(
            f"{pack.about.title} prepares for no exam: its pack.yaml has no exam; tutor quiz asks questions"
        )
    made = paper(pack, exercises(pack), wanted.seed, wanted.questions)
    if not made.exercises:
        raise StudyError("the pack gives no questions for an exam")
    return paused(begun(made.exercises, made.domains, made.minutes, at, seed=made.seed), at)


def _told(exam: MockExam) -> str:
    done = len(exam.exercises) - len(exam.left_open)
    return (
        f"An exam waits: {done} of {len(exam.exercises)} questions answered, {clock(exam.seconds - exam.spent)} left."
    )


def _sit(sitting: Sitting, wanted: Wanted, say: Say) -> None:
    if in_terminal() and not (wanted.plain or plain_asked(os.environ)):
        _on_screen(sitting, wanted.theme)
        return
    from tutor.fronts.study.lines import sit

    sit(sitting, _lines(), say, _width())


def _on_screen(sitting: Sitting, theme: str) -> None:
    """Let the exam be sat on the whole screen; where a signal or the terminal ends it, it is paused and all ends."""
    from tutor.fronts.study.screen import Screen

    screen = Screen(sitting, theme)
    try:
        screen.run()
    except OSError as ended:
        if ended.errno not in _GONE:
            raise
        screen.ending = screen.ending or signal.SIGHUP
    if screen.ending:
        sitting.pause()
        with suppress(OSError):
            sys.stdout.flush()
        os._exit(128 + screen.ending)  # the terminal may take nothing more


def _lines() -> Iterator[str]:
    """Yield the lines that are typed or piped in; Ctrl-C ends them."""
    if not (sys.stdin and sys.stdin.isatty()):
        yield from sys.stdin or ()
        return
    while True:
        try:
            yield input("you> ")
        except (EOFError, KeyboardInterrupt):
            return


def _width() -> int | None:
    import shutil

    return min(shutil.get_terminal_size().columns, 100) if sys.stdout.isatty() else None
