"""Numbers in figures and in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.spoken import in_words
from tutor.numbers import cut, pieces, read_number
from tutor.text import clean


def _read(said: str) -> float | None:
    """Return the one number that all of *said* is, or None."""
    tokens = cut(said)
    read = read_number(tokens, 0)
    if not read or read[1] or read[0].end != len(tokens.spans):
        return None
    return read[0].low if read[0].low == read[0].high else None


@given(st.integers(0, 10**15 - 1), st.sampled_from([" ", "-"]), st.sampled_from([" ", " and "]), st.booleans())
def test_any_number_in_words_is_read_back(number: int, hyphen: str, joint: str, shout: bool) -> None:
    said = in_words(number, hyphen=hyphen, joint=joint)
    assert _read(said.upper() if shout else said) == float(number)


@given(st.integers(0, 10**15), st.sampled_from(["", ",", "_", " "]))
def test_any_number_in_figures_is_read_back(number: int, separator: str) -> None:
    assert _read(f"{number:,}".replace(",", separator)) == float(number)


@given(st.integers(10**6, 10**15))
def test_points_between_thousands_are_read_from_a_million_on(number: int) -> None:
    assert _read(f"{number:,}".replace(",", ".")) == float(number)


@given(st.decimals(0, 999, places=2), st.sampled_from(["k", "K", " thousand", "M", " million", "bn", " billion", "B"]))
def test_a_magnitude_multiplies_a_number_with_decimals(number: object, magnitude: str) -> None:
    factor = {"k": 1e3, "t": 1e3, "m": 1e6, "b": 1e9}[magnitude.strip()[0].lower()]
    assert _read(f"{number}{magnitude}") == pytest.approx(float(str(number)) * factor)


@given(st.integers(1, 999), st.sampled_from(["thousand", "million", "billion"]))
def test_a_group_in_words_takes_a_magnitude(number: int, magnitude: str) -> None:
    assert _read(f"{in_words(number)} {magnitude}") == _read(f"{number} {magnitude}")


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("half a million", 5e5),
        ("one and a half", 1.5),
        ("two and a half thousand", 2500),
        ("a million and a half", 1.5e6),
        ("a dozen", 12),
        ("half a dozen", 6),
        ("three dozen", 36),
        ("a hundred and fifty thousand", 150_000),
        ("hundred", 100),
        ("a couple of thousand", 2000),
        ("3 hundred thousand", 300_000),
        ("1e6", 1e6),
    ],
)
def test_other_ways_to_say_a_number(said: str, number: float) -> None:
    assert _read(said) == number


@pytest.mark.parametrize(
    "said",
    [
        "five five",
        "12,5000",
        "1,00",
        "1.2.3",
        "14:30",
        "2026-04-13",
        "3/4",
        "9" * 41,
        "a",
        "a day",
        "thousand",
        "second",
    ],
)
def test_what_is_no_number_is_none(said: str) -> None:
    assert _read(said) is None


def test_after_between_an_and_joins_two_numbers() -> None:
    tokens = cut("one hundred and two hundred")
    assert read_number(tokens, 0, between=True) == read_number(cut("one hundred"), 0)


@given(st.text(max_size=80).map(clean))
def test_tokens_stand_where_they_say(text: str) -> None:
    tokens = cut(text)
    assert [text[start:end] for start, end in tokens.spans] == list(tokens.written)
    assert "".join(tokens.written).replace(" ", "") == text.replace(" ", "")


def test_pieces_are_the_tokens_in_lower_case() -> None:
    assert pieces("50M rows/day") == list(cut("50M rows/day").said[:5])
