"""Amounts without number and unit."""

import pytest

from tutor.numbers import cut
from tutor.vague import vague


def _vague(said: str, place: int) -> tuple[str | None, float, float, int, int] | None:
    found = vague(cut(said), place)
    return (found.unit, found.low, found.high, found.start, found.end) if found else None


@pytest.mark.parametrize(
    ("said", "place", "read"),
    [
        ("within seconds", 1, ("seconds", 0, 59, 0, 2)),
        ("it takes hours", 2, ("seconds", 7200, 82800, 2, 3)),
        ("a matter of minutes", 3, ("seconds", 120, 3540, 3, 4)),
        ("within the hour", 2, ("seconds", 0, 3600, 0, 3)),
        ("sub-second", 0, ("seconds", 0, 1, 0, 3)),
        ("sub 50 ms", 0, ("seconds", 0, 0.05, 0, 3)),
        ("half of the users", 0, ("percent", 50, 50, 0, 4)),
        ("half our users", 0, ("percent", 50, 50, 0, 3)),
        ("a quarter of an hour", 0, ("seconds", 900, 900, 0, 5)),
        ("one in ten users", 0, ("percent", 10, 10, 0, 4)),
    ],
)
def test_an_amount_in_other_words_is_read(said: str, place: int, read: tuple[object, ...]) -> None:
    assert _vague(said, place) == read


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("seconds", 0),
        ("measured in seconds", 2),
        ("a duration in hours", 3),
        ("in seconds per metre", 1),
        ("sub-folder", 0),
        ("half the time", 0),
        ("half a page", 0),
        ("each quarter the rate", 1),
        ("one in ten", 0),
        ("five in two rows", 0),
        ("one in zero rows", 0),
        ("one in 10 minutes", 0),
    ],
)
def test_words_that_only_look_so_are_left_alone(said: str, place: int) -> None:
    assert _vague(said, place) is None
