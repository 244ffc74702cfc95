"""A quiz: one exercise after the other, with hints before the answer and feedback at once. State in, state out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from tutor.study.answered import Answered, answered
from tutor.study.certainty import Certainty
from tutor.study.exercise import Exercise


@dataclass(frozen=True, slots=True)
class Quiz:
    """Where a quiz stands: its exercises, the answers so far, and how many hints of the open one were shown."""

    exercises: tuple[Exercise, ...]
    answers: tuple[Answered, ...] = ()
    hints: int = 0

    @property
    def open(self) -> Exercise | None:
        """The exercise that waits for an answer; None at the end."""
        return self.exercises[len(self.answers)] if len(self.answers) < len(self.exercises) else None


def hinted(quiz: Quiz, hints: Sequence[str]) -> tuple[Quiz, str | None]:
    """Return the quiz after one more of the *hints* to its open exercise, and that hint; None after the last."""
    if quiz.hints >= len(hints):
        return quiz, None
    return replace(quiz, hints=quiz.hints + 1), hints[quiz.hints]


def answer(quiz: Quiz, place: int | None, certainty: Certainty, at: datetime) -> tuple[Quiz, Answered]:
    """Return the quiz after the choice at *place* of its open exercise, and what was answered; None skips it.

    A ValueError where the quiz is over or there is no such choice.
    """
    if (exercise := quiz.open) is None:
        raise ValueError("the quiz is over")
    if place is not None and not 0 <= place < len(exercise.choices):
        raise ValueError(f"there is no choice {place + 1}")
    given = answered(exercise, place, certainty, quiz.hints, at)
    return replace(quiz, answers=(*quiz.answers, given), hints=0), given
