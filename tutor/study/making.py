"""Making: all exercises of a pack, always the same and in the same order."""

from tutor.study.exercise import Exercise
from tutor.study.tips import from_tips
from tutor.subject import Pack


def exercises(pack: Pack) -> tuple[Exercise, ...]:
    """Return the exercises that *pack* gives, no two alike."""
    made = {exercise.id: exercise for exercise in from_tips(pack)}
    return tuple(made.values())
