"""How a quiz stands, as it is kept between two presses: what was chosen, when, and how sure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from tutor.study.certainty import Certainty
from tutor.study.exercise import Exercise
from tutor.study.quiz import Quiz, answer


@dataclass(frozen=True)
class Given:
    """An answer: the *place* of the choice, None where none was made; *at* is in seconds since the epoch."""

    place: int | None
    certainty: Certainty
    hints: int
    at: float


@dataclass(frozen=True)
class Standing:
    """The answers *given* so far, how many *hints* of the open exercise were shown, and whether it was *stopped*."""

    given: tuple[Given, ...] = ()
    hints: int = 0
    stopped: bool = False

    def to_dict(self) -> dict[str, Any]:
        """Return this as JSON can hold it."""
        given = [[one.place, one.certainty, one.hints, one.at] for one in self.given]
        return {"given": given, "hints": self.hints, "stopped": self.stopped}

    @classmethod
    def from_dict(cls, saved: Mapping[str, Any]) -> "Standing":
        """Return what *to_dict* saved."""
        return cls(tuple(Given(*one) for one in saved["given"]), saved["hints"], saved["stopped"])

    def after(self, place: int | None, certainty: Certainty, at: float) -> "Standing":
        """Return this after one more answer."""
        return replace(self, given=(*self.given, Given(place, certainty, self.hints, at)), hints=0)


def played(exercises: Sequence[Exercise], standing: Standing) -> Quiz:
    """Return the quiz of *exercises* after what was given; a ValueError where that does not go with them."""
    quiz = Quiz(tuple(exercises))
    for one in standing.given:
        at = datetime.fromtimestamp(one.at, UTC)
        quiz, _ = answer(replace(quiz, hints=one.hints), one.place, one.certainty, at)
    return replace(quiz, hints=standing.hints)
