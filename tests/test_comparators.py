"""Comparators before and after an amount."""

import pytest

from tutor.comparators import after, before
from tutor.numbers import cut


@pytest.mark.parametrize(
    ("said", "start", "side"),
    [
        ("at most 5", 0, "most"),
        ("at most about 5", 0, "most"),
        ("no more than 5", 0, "most"),
        ("it can't wait more than 5", 1, "most"),
        ("we do not have more than 5", 2, "most"),
        ("without exceeding 5", 0, "most"),
        ("not under 5", 0, "least"),
        ("in excess of 5", 0, "least"),
        ("no labels and over 5", 3, "least"),  # the "no" is bound to the labels
        ("does not fit above 5", 3, "least"),  # and the "not" to the fitting
        ("5", 0, None),
        ("most 5", 1, None),
    ],
)
def test_a_comparator_opens_one_side_and_a_not_turns_it_round(said: str, start: int, side: str | None) -> None:
    tokens = cut(said)
    assert before(tokens, len(tokens.spans) - 1, 0) == (start, side)


def test_a_comparator_before_the_floor_belongs_to_another_amount() -> None:
    assert before(cut("under 5"), 1, 1) == (1, None)


@pytest.mark.parametrize(
    ("said", "end", "side"),
    [("or more", 2, "least"), ("max", 1, "most"), ("at most 5", 0, None), ("or", 0, None), ("", 0, None)],
)
def test_a_comparator_after_an_amount_is_not_that_of_the_next(said: str, end: int, side: str | None) -> None:
    assert after(cut(said), 0) == (end, side)
