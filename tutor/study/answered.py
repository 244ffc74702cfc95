"""An answered exercise, as it is kept, marked and remembered."""

from dataclasses import dataclass
from datetime import datetime

from tutor.study.certainty import Certainty
from tutor.study.exercise import Exercise


@dataclass(frozen=True, slots=True)
class Answered:
    """What a learner chose in the *exercise* of that name: *chosen* is the choice's text, None where none was made.

    *confused* is the entry that speaks for the wrong choice, where it is another than the one asked for. *hints* is
    how many were shown before; *at* is in UTC. *beside* are the other entries that the wrong choices speak for.
    """

    exercise: str
    entry: str
    topic: str
    chosen: str | None
    right: bool
    certainty: Certainty
    confused: str | None
    hints: int
    at: datetime
    beside: tuple[str, ...] = ()


def answered(exercise: Exercise, place: int | None, certainty: Certainty, hints: int, at: datetime) -> Answered:
    """Return what it means that the choice at *place* of *exercise* was chosen; None for a question left open."""
    choice = None if place is None else exercise.choices[place]
    right = choice is not None and choice.right
    confused = choice.entry if choice and not right and choice.entry != exercise.entry else None
    text = choice.text if choice else None
    beside = tuple(sorted({other.entry for other in exercise.choices if not other.right} - {exercise.entry}))
    return Answered(exercise.name, exercise.entry, exercise.topic, text, right, certainty, confused, hints, at, beside)
