"""The telling words of a text."""

import pytest

from tutor.model import Term
from tutor.terms import Lexicon
from tutor.wording import Reader, Wording

TELLING = {"tea": 0.5, "green": 0.8, "black": 0.8, "boil": 0.6, "#green tea": 1.2}


@pytest.fixture
def reader() -> Reader:
    return Reader(Lexicon.of([Term(name="green tea", kind="leaf")]), TELLING)


def test_words_count_by_how_telling_they_are_and_names_beside_them(reader: Reader) -> None:
    assert reader.read("Green tea is for the guests").bag == {"green": 0.8, "tea": 0.5, "#green tea": 1.2}


def test_a_word_that_comes_twice_counts_less_than_twice(reader: Reader) -> None:
    once, twice = reader.read("boil").bag["boil"], reader.read("boil, boil").bag["boil"]
    assert once < twice < 2 * once


@pytest.mark.parametrize(
    "padding",
    [
        "In this particular case, {}",
        "{} as described in the scenario above",
        "{}, generally speaking, of course",
        "Basically {} in order to meet the stated requirements",
    ],
)
def test_words_that_tell_no_option_from_another_change_nothing(reader: Reader, padding: str) -> None:
    plain, padded = reader.read("green tea, no black"), reader.read(padding.format("green tea, no black"))
    assert padded.content == plain.content == "green tea black"
    assert (padded.bag, padded.numbers, padded.way, padded.absolutes) == (
        plain.bag,
        plain.numbers,
        plain.way,
        plain.absolutes,
    )
    assert [place.at for place in padded.places["black"]] == [place.at for place in plain.places["black"]]


def test_what_is_denied_is_known(reader: Reader) -> None:
    wording = reader.read("green, but not black")
    assert [place.denied for place in wording.places["green"]] == [False]
    assert [place.denied for place in wording.places["black"]] == [True]


@pytest.mark.parametrize(
    ("text", "way"),
    [("Raise the heat", 1), ("Use fewer leaves", -1), ("Do not reduce it", 1), ("Raise this, lower that", 0), ("", 0)],
)
def test_a_text_speaks_of_more_or_of_less(reader: Reader, text: str, way: int) -> None:
    assert reader.read(text).way == way


def test_numbers_stand_by_themselves(reader: Reader) -> None:
    assert reader.read("80 degrees, 2.5 cups, not F1").numbers == {"80", "2.5"}


def test_absolute_words_are_counted(reader: Reader) -> None:
    assert reader.read("It must always boil").absolutes == 2


def test_nothing_has_a_length_to_divide_by() -> None:
    assert Wording({}, {}).length == 1.0
