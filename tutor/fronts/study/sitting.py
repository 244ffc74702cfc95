"""A sitting: somebody takes a mock exam, and whatever changes is kept before the next key is heard."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from tutor.errors import StudyError
from tutor.store.values import SavedExam
from tutor.study.mock_exam import MockExam, Step, exam_from_dict, exam_to_dict, looked, paused, resumed
from tutor.study.review import Review, reviewed
from tutor.subject import Pack

ASLEEP = 60.0  #: seconds without a tick after which the program was asleep, as with the lid closed: they do not count
_OFTEN = 10.0  #: seconds after which the clock is kept though nothing else changed
_ELSEWHERE = "this exam goes on in another terminal, or was handed in there; nothing more is changed here"


class Keep(Protocol):
    """Where an exam is kept while somebody sits it."""

    def save(self, exam: MockExam, at: datetime) -> None:
        """Keep *exam* as it stands."""

    def hand_in(self, exam: MockExam, answers: list[Review], at: datetime) -> None:
        """Keep *exam* for good, and the *answers* in the log."""


class Unkept:
    """Keeps nothing, where there is no store."""

    def save(self, exam: MockExam, at: datetime) -> None:
        """Do nothing."""

    def hand_in(self, exam: MockExam, answers: list[Review], at: datetime) -> None:
        """Do nothing."""


class Saving(Protocol):
    """The part of a store that a sitting needs."""

    def save_exam(self, exam: SavedExam, state: dict[str, object], *, at: float) -> SavedExam | None: ...

    def hand_in(
        self, exam: SavedExam, state: dict[str, object], answers: list[Review], *, at: float
    ) -> SavedExam | None: ...


class InStore:
    """Keeps an exam in a store; a StudyError where another terminal has saved it since."""

    def __init__(self, store: Saving, saved: SavedExam) -> None:
        self._store, self._saved = store, saved

    def save(self, exam: MockExam, at: datetime) -> None:
        """Keep *exam* as it stands."""
        self._took(self._store.save_exam(self._saved, exam_to_dict(exam), at=at.timestamp()))

    def hand_in(self, exam: MockExam, answers: list[Review], at: datetime) -> None:
        """Keep *exam* for good, and the *answers* in the log, both or nothing."""
        self._took(self._store.hand_in(self._saved, exam_to_dict(exam), answers, at=at.timestamp()))

    def _took(self, saved: SavedExam | None) -> None:
        if saved is None:
            raise StudyError(_ELSEWHERE)
        self._saved = saved


@dataclass
class Sitting:
    """A mock exam of *pack* under way, at the moment that *now* tells."""

    pack: Pack
    exam: MockExam
    keep: Keep
    now: Callable[[], datetime]
    _saved: float = 0.0

    @property
    def kept(self) -> bool:
        """Whether anything of it is kept."""
        return not isinstance(self.keep, Unkept)

    @property
    def left(self) -> float:
        """The seconds that are left."""
        return self.exam.left(self.now())

    def begin(self) -> None:
        """Let the clock run."""
        self.do(resumed)

    def pause(self) -> None:
        """Let the clock stand still."""
        self.do(paused)

    def do(self, step: Step) -> None:
        """Take a *step* and keep what comes of it; nothing happens once the exam is handed in."""
        if self.exam.over:
            return
        at = self.now()
        self._keep(step(self.exam, at=at), at)

    def tick(self) -> None:
        """Notice that time goes on: the exam ends when it is over, and time asleep does not count."""
        at = self.now()
        if self.exam.at and (at - self.exam.at).total_seconds() > ASLEEP:
            self.do(resumed)
            return
        after = looked(self.exam, at)
        if after.over or after.spent - self._saved >= _OFTEN:
            self._keep(after, at)
        else:
            self.exam = after

    def _keep(self, after: MockExam, at: datetime) -> None:
        if after.over and not self.exam.over:
            self.keep.hand_in(after, self._answers(after), at)
        else:
            self.keep.save(after, at)
        self.exam, self._saved = after, after.spent

    def _answers(self, exam: MockExam) -> list[Review]:
        """Return the answers that the log is to hold: those that were given, about entries that there are still."""
        given = (one for one in exam.answers() if one.chosen is not None and one.entry in self.pack.entries)
        return [reviewed(self.pack, one) for one in given]


def read_exam(saved: SavedExam) -> MockExam:
    """Return the exam that is saved; a StudyError when it cannot be read."""
    return exam_from_dict(saved.state)
