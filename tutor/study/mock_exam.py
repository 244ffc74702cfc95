"""A mock exam: which question is open, what was answered, flagged and left, and how much time is gone. Time is given.

Every step takes the exam and the moment, and returns the exam after it. The clock runs while somebody sits it: a
paused exam, and one whose program was killed, stands still until it is resumed.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Protocol

from tutor.errors import StudyError
from tutor.study.answered import Answered, answered
from tutor.study.certainty import CERTAINTIES, Certainty
from tutor.study.exercise import Exercise
from tutor.study.written import exercise_from_dict, exercise_to_dict, text

_VERSION = 1
_LONGEST = 7 * 86_400.0  #: seconds that an exam may last
UNSAID: Certainty = "unsure"  #: what counts where somebody answers and does not say how sure


class Step(Protocol):
    """A step that somebody takes in an exam, at a moment."""

    def __call__(self, exam: "MockExam", /, *, at: datetime) -> "MockExam":
        """Return the exam after it."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on the answer sheet for one question: the place of the choice, how sure, and when it was chosen."""

    place: int | None = None
    certainty: Certainty | None = None
    flagged: bool = False
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class MockExam:
    """Where a mock exam stands.

    *domains* name the domain of each exercise. *spent* are the seconds gone until *at*, from which on the clock runs;
    it stands still while that is None. *place* is the open question, from 0. *over* is when it was handed in.
    """

    exercises: tuple[Exercise, ...]
    domains: tuple[str, ...]
    seconds: float
    sheets: tuple[Sheet, ...]
    seed: int = 0
    place: int = 0
    spent: float = 0.0
    at: datetime | None = None
    over: datetime | None = None

    @property
    def open(self) -> Exercise:
        """The exercise that is looked at."""
        return self.exercises[self.place]

    @property
    def sheet(self) -> Sheet:
        """What stands on the sheet for it."""
        return self.sheets[self.place]

    @property
    def left_open(self) -> tuple[int, ...]:
        """The places of the questions without an answer."""
        return tuple(place for place, sheet in enumerate(self.sheets) if sheet.place is None)

    @property
    def flagged(self) -> tuple[int, ...]:
        """The places of the questions that are flagged."""
        return tuple(place for place, sheet in enumerate(self.sheets) if sheet.flagged)

    def left(self, at: datetime) -> float:
        """Return how many seconds are left at the moment *at*; never less than 0."""
        return max(0.0, self.seconds - _spent(self, at))

    def answers(self) -> tuple[Answered, ...]:
        """Return what was answered, in the order of the questions; those left open say so."""
        return tuple(
            answered(exercise, sheet.place, sheet.certainty or UNSAID, 0, sheet.at or self.over or _NEVER)
            for exercise, sheet in zip(self.exercises, self.sheets, strict=True)
        )


def begun(
    exercises: tuple[Exercise, ...], domains: tuple[str, ...], minutes: float, at: datetime, *, seed: int = 0
) -> MockExam:
    """Return an exam with these *exercises*, each of the domain in the same place, whose clock runs from *at* on."""
    if not exercises or len(domains) != len(exercises):
        raise ValueError("an exam needs questions, and a domain for each")
    return MockExam(exercises, domains, minutes * 60, (Sheet(),) * len(exercises), seed=seed, at=at)


def choose(exam: MockExam, place: int | None, at: datetime) -> MockExam:
    """Return the exam with the choice at *place* of the open question on its sheet; None takes an answer back.

    How sure one was of another choice is taken back with it. A ValueError where there is no such choice.
    """
    if place is not None and not 0 <= place < len(exam.open.choices):
        raise ValueError(f"there is no choice {place + 1}")
    sure = exam.sheet.certainty if place == exam.sheet.place else None
    return _changed(exam, at, lambda sheet: replace(sheet, place=place, certainty=sure, at=at))


def be_sure(exam: MockExam, certainty: Certainty, at: datetime) -> MockExam:
    """Return the exam with how sure one is of the open question; without an answer it changes nothing."""
    if exam.sheet.place is None:
        return looked(exam, at)
    return _changed(exam, at, lambda sheet: replace(sheet, certainty=certainty))


def flag(exam: MockExam, at: datetime) -> MockExam:
    """Return the exam with the open question flagged, or its flag taken away."""
    return _changed(exam, at, lambda sheet: replace(sheet, flagged=not sheet.flagged))


def go(exam: MockExam, place: int, at: datetime) -> MockExam:
    """Return the exam with the question at *place* open, or the nearest where there is none."""
    exam = looked(exam, at)
    return exam if exam.over else replace(exam, place=min(max(place, 0), len(exam.exercises) - 1))


def looked(exam: MockExam, at: datetime) -> MockExam:
    """Return the exam as it stands at the moment *at*: handed in, where its time is over."""
    if exam.over or exam.at is None:
        return exam
    exam = replace(exam, spent=_spent(exam, at), at=at)
    return exam if exam.spent < exam.seconds else replace(exam, spent=exam.seconds, at=None, over=at)


def paused(exam: MockExam, at: datetime) -> MockExam:
    """Return the exam with its clock standing still."""
    return replace(looked(exam, at), at=None)


def resumed(exam: MockExam, at: datetime) -> MockExam:
    """Return the exam with its clock running from *at* on; the time since it was last looked at does not count."""
    return exam if exam.over else replace(exam, at=at)


def handed_in(exam: MockExam, at: datetime) -> MockExam:
    """Return the exam as it is handed in; nothing changes it any more."""
    exam = looked(exam, at)
    return exam if exam.over else replace(exam, at=None, over=at)


def exam_to_dict(exam: MockExam) -> dict[str, Any]:
    """Return *exam* as JSON can hold it, with its exercises."""
    return {
        "version": _VERSION,
        "exercises": [exercise_to_dict(exercise) for exercise in exam.exercises],
        "domains": list(exam.domains),
        "seconds": exam.seconds,
        "sheets": [[sheet.place, sheet.certainty, sheet.flagged, _told(sheet.at)] for sheet in exam.sheets],
        "seed": exam.seed,
        "place": exam.place,
        "spent": exam.spent,
        "at": _told(exam.at),
        "over": _told(exam.over),
    }


def exam_from_dict(saved: Mapping[str, Any]) -> MockExam:
    """Return the exam that `exam_to_dict` wrote; a StudyError when it cannot be read."""
    if saved.get("version", _VERSION) != _VERSION:
        raise StudyError("the saved exam is of another version of the tutor")
    try:
        exam = MockExam(
            tuple(exercise_from_dict(exercise) for exercise in saved["exercises"]),
            tuple(text(domain) for domain in saved["domains"]),
            float(saved["seconds"]),
            tuple(_sheet(*sheet) for sheet in saved["sheets"]),
            int(saved["seed"]),
            int(saved["place"]),
            float(saved["spent"]),
            _moment(saved["at"]),
            _moment(saved["over"]),
        )
    except (KeyError, TypeError, ValueError, StudyError):
        raise StudyError(_UNREADABLE) from None
    if not _fits(exam):
        raise StudyError(_UNREADABLE)
    return exam


_NEVER = datetime.fromtimestamp(0, UTC)
_UNREADABLE = "the saved exam cannot be read"


def _spent(exam: MockExam, at: datetime) -> float:
    """Return the seconds gone; a clock that was set back takes none away."""
    return exam.spent + (max(0.0, (at - exam.at).total_seconds()) if exam.at else 0.0)


def _changed(exam: MockExam, at: datetime, change: Callable[[Sheet], Sheet]) -> MockExam:
    exam = looked(exam, at)
    if exam.over:
        return exam
    sheets = (*exam.sheets[: exam.place], change(exam.sheet), *exam.sheets[exam.place + 1 :])
    return replace(exam, sheets=sheets)


def _fits(exam: MockExam) -> bool:
    count = len(exam.exercises)
    return (
        len(exam.domains) == len(exam.sheets) == count
        and 0 <= exam.place < count
        and 0 <= exam.spent <= exam.seconds <= _LONGEST
        and exam.seconds > 0
        and all(
            sheet.place is None or 0 <= sheet.place < len(exercise.choices)
            for exercise, sheet in zip(exam.exercises, exam.sheets, strict=True)
        )
    )


def _sheet(place: Any, certainty: Any, flagged: Any, at: Any) -> Sheet:
    if certainty is not None and certainty not in CERTAINTIES:
        raise ValueError
    return Sheet(None if place is None else int(place), certainty, bool(flagged), _moment(at))


def _told(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()


def _moment(said: Any) -> datetime | None:
    moment = None if said is None else datetime.fromisoformat(said)
    if moment and moment.tzinfo is None:
        raise ValueError
    return moment
