"""What a number counts."""

import pytest

from tutor.numbers import cut, read_number
from tutor.units import Measured, measured


def _measured(said: str, place: int = 0) -> Measured:
    tokens = cut(said)
    read = read_number(tokens, place)
    assert read is not None
    return measured(tokens, place, read[0])


@pytest.mark.parametrize(
    ("said", "unit", "factor"),
    [
        ("5 rows", "rows", 1),
        ("5 GB", "bytes", 1e9),
        ("5-minute", "seconds", 60),
        ("5 per cent", "percent", 1),
        ("5 rps", "per-second", 1),
        ("5 calls per minute", "per-second", 1 / 60),
        ("5/s", "per-second", 1),
        ("5 million rows a day", "rows", 1),
        ("5 GB a day", "bytes", 1e9),
        ("5 GB/s", None, 1),
        ("5 times a minute", None, 1),
        ("5 tokens per second", None, 1),
        ("5", None, 1),
        ("5M", "rows", 1),
        ("5m", None, 1),
        ("5k", "rows", 1),
        ("5k stores", None, 1),
        ("5k new rows", "rows", 1),
        ("5M stores", "rows", 1),
        ("5M dollars", None, 1),
        ("5.5 rows", None, 1),
    ],
)
def test_a_unit_a_rate_or_a_magnitude_says_what_is_counted(said: str, unit: str | None, factor: float) -> None:
    found = _measured(said)
    assert found.unit == unit
    if unit:
        assert found.factor == pytest.approx(factor)


@pytest.mark.parametrize("said", ["$ 5M", "version 5 rows", "since 2024 users", "the 80 s", "thanks 5M"])
def test_what_stands_before_a_number_can_make_a_name_of_it(said: str) -> None:
    assert _measured(said, 1).unit is None


def test_a_plus_belongs_to_the_number() -> None:
    assert _measured("5+ rows") == Measured("rows", 1.0, 3, plus=True)
