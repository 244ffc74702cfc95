"""Names of the field, found however they are spelt."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.model import Term
from tutor.subject import Pack
from tutor.terms import LONGEST, Found, Lexicon
from tutor.text import words


@pytest.fixture(scope="module")
def lexicon(tea_pack: Pack) -> Lexicon:
    return Lexicon.of(tea_pack.terms)


@pytest.mark.parametrize(
    ("said", "terms"),
    [
        ("Is green tea better than black tea?", ["green tea", "black tea"]),
        ("sencha or Assam", ["green tea", "black tea"]),
        ("what was called red tea", ["black tea"]),
        ("steepTime, steep_time, steep time, steeptime", ["steepTime"] * 4),
        ("brewing-time", ["steepTime"]),
        ("matcha leaf", ["green tea"]),
        ("matcha", []),
        ("green and black tea", ["black tea"]),
        ("greentea", ["green tea"]),
        ("coffee", []),
        ("", []),
    ],
)
def test_names_are_found_in_any_spelling(lexicon: Lexicon, said: str, terms: list[str]) -> None:
    assert [found.term for found in lexicon.find(words(said))] == terms


def test_a_found_name_tells_which_words_it_covers(lexicon: Lexicon) -> None:
    said = words("How hot for black tea?")
    assert list(lexicon.find(said)) == [Found("water temperature", 0, 2), Found("black tea", 3, 5)]


def test_the_longest_name_wins() -> None:
    lexicon = Lexicon.of([Term(name="tea", kind="leaf"), Term(name="tea pot", kind="ware")])
    assert [found.term for found in lexicon.find(words("tea pot of tea"))] == ["tea pot", "tea"]


def test_a_name_goes_before_the_alias_of_another_within_its_own_term() -> None:
    lexicon = Lexicon.of([Term(name="green tea", kind="leaf", aliases=("green tea",), formerly=("GreenTea",))])
    assert list(lexicon.find(("green", "tea"))) == [Found("green tea", 0, 2)]


def test_a_name_of_signs_alone_is_never_found() -> None:
    assert list(Lexicon.of([Term(name="???", kind="sign")]).find(("tea",))) == []


def test_a_name_of_the_greatest_length_is_found() -> None:
    name = " ".join("abcdefghijklmnop"[:LONGEST])
    assert [found.term for found in Lexicon.of([Term(name=name, kind="long")]).find(words(f"the {name} z"))] == [name]


@given(st.lists(st.sampled_from("green black tea red how hot steep time pot sencha".split()), max_size=30))
def test_found_names_stand_in_order_and_never_overlap(said: list[str]) -> None:
    terms = [Term(name="green tea", kind="leaf"), Term(name="tea pot", kind="ware"), Term(name="tea", kind="leaf")]
    found = list(Lexicon.of(terms).find(said))
    assert all(one.end <= two.start for one, two in pairwise(found))
    assert sum(name.term in ("tea", "tea pot", "green tea") for name in found) == len(found)
    assert said.count("tea") == len(found)


def test_a_text_of_the_greatest_length_is_searched_whole(lexicon: Lexicon) -> None:
    assert len(list(lexicon.find(words("sencha " * 2800)))) == 2800
