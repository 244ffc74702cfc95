"""Exercises made by hand, so that what is asked in a test stands there in full, and a moment from which time runs."""

from datetime import UTC, datetime, timedelta

from tutor.reply import Cited
from tutor.study.exercise import Choice, Exercise
from tutor.study.mock_exam import MockExam, begun

NINE = datetime(2026, 11, 2, 9, tzinfo=UTC)


def after(seconds: float) -> datetime:
    """Return the moment so many seconds after nine."""
    return NINE + timedelta(seconds=seconds)


def leaves(number: int = 1) -> Exercise:
    """Return an exercise about leaves, whose second choice is right; *number* tells one from another."""
    return Exercise(
        "tip",
        "fact.green-tea",
        "leaves",
        f"How hot should water number {number} be for green tea?",
        (
            Choice("Boiling", False, "It scalds the leaf.", "fact.green-tea"),
            Choice("80 degrees", True, "Hotter water makes it bitter.", "fact.green-tea"),
            Choice("As for black tea", False, "Black leaves are oxidised.", "pair.green-vs-black"),
        ),
        "Hotter water makes it bitter.",
        (Cited("kettle-book", "The Kettle Book", "1-2"),),
    )


def hours(number: int = 1) -> Exercise:
    """Return an exercise about the hours, whose first choice is right; *number* tells one from another."""
    return Exercise(
        "trap",
        "trap.caffeine-at-night",
        "hours",
        f"Is this right? Drinking black tea as nightcap number {number}",
        (
            Choice("No", True, "Caffeine works for hours.", "trap.caffeine-at-night"),
            Choice("Yes", False, "It only seems so.", "trap.caffeine-at-night"),
        ),
        "Caffeine works for hours.",
        (Cited("kettle-book", "The Kettle Book", "5-6"),),
    )


def exam(*, minutes: float = 10) -> MockExam:
    """Return an exam of three questions that begins at nine."""
    return begun((leaves(1), hours(1), leaves(2)), ("leaves", "hours", "leaves"), minutes, NINE, seed=7)
