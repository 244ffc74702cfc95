"""Certainty: how sure a learner is of a choice, and what it earns, as certainty-based marking has it."""

from typing import Literal, get_args

Certainty = Literal["sure", "unsure", "guess"]
CERTAINTIES: tuple[Certainty, ...] = get_args(Certainty)

#: points of a right and of a wrong choice; who is right four times in five does best to say "sure", from two in three
#: on "unsure" pays (Moodle, certainty-based marking; Gardner-Medwin)
_MARKS: dict[Certainty, tuple[int, int]] = {"sure": (3, -6), "unsure": (2, -2), "guess": (1, 0)}


def mark(right: bool, certainty: Certainty) -> int:
    """Return the points of a choice: 3, 2 or 1 where it is right, and -6, -2 or 0 where it is not.

    >>> mark(True, "sure"), mark(False, "sure"), mark(False, "guess")
    (3, -6, 0)
    """
    return _MARKS[certainty][0 if right else 1]
