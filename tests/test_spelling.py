"""The nearest known spelling."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.spelling import did_you_mean, likest, nearest, repair

KNOWN = ["batch", "blue-green", "canary", "champion", "data", "rollback", "shadow"]


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("rolback", "rollback"),
        ("rollbakc", "rollback"),
        ("rollbackk", "rollback"),
        ("roolbakc", "rollback"),
        ("canry", "canary"),
        ("bacth", "batch"),
        ("blue-gren", "blue-green"),
        ("champoin", "champion"),
        ("canary", "canary"),
    ],
)
def test_a_slip_is_repaired(slip: str, meant: str) -> None:
    assert repair(slip, KNOWN) == meant


@pytest.mark.parametrize(
    "word",
    [
        "dat",  # too short to be sure
        "dxtx",  # two slips in a short word
        "rlbck",  # three slips
        "shadow2",  # a version, not a slip
        "kubernetes",
        "canäry",
        "",
    ],
)
def test_what_is_no_slip_is_left_alone(word: str) -> None:
    assert repair(word, KNOWN) is None


def test_of_two_spellings_as_near_the_first_known_one_is_meant() -> None:
    assert repair("bats", ["bath", "bate"]) == "bath"
    assert repair("bats", ["bate", "bath"]) == "bate"


@given(st.sampled_from([word for word in KNOWN if len(word) > 6]), st.data())
def test_any_one_letter_dropped_from_a_long_word_is_put_back(word: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(word) - 1))
    assert repair(word[:place] + word[place + 1 :], KNOWN) == word


@given(st.text(max_size=20))
def test_whatever_is_repaired_becomes_a_known_word(word: str) -> None:
    assert repair(word, KNOWN) in {None, *KNOWN}


@pytest.mark.parametrize(
    ("name", "known", "near"),
    [
        ("gradal", ["gradual", "instant"], "gradual"),
        ("Data Size", ["latency", "data_size"], "data_size"),
        ("zzz", ["gradual", "instant"], None),
        ("gradual", [], None),
        ("", ["gradual"], None),
    ],
)
def test_the_nearest_name_is_found_when_there_is_one(name: str, known: list[str], near: str | None) -> None:
    assert nearest(name, known) == near


@pytest.mark.parametrize(
    ("name", "known", "said"),
    [
        ("latncy", {"latency", "labels"}, "did you mean latency?"),
        ("x", {"latency", "labels"}, "known: labels, latency"),
        ("x", set(), "there is none yet"),
        ("zzz", {f"n{number:02}" for number in range(21)}, "known: " + ", ".join(f"n{n:02}" for n in range(20)) + " …"),
    ],
)
def test_a_misspelt_name_gets_a_hint(name: str, known: set[str], said: str) -> None:
    assert did_you_mean(name, known) == said


def test_the_most_slips_can_be_lowered() -> None:
    assert repair("stremign", ["streaming"]) == "streaming"
    assert repair("stremign", ["streaming"], most=1) is None
    assert repair("streeming", ["streaming"], most=1) == "streaming"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("c", ["canary", "champion"]),
        ("CAN", ["canary"]),
        ("gre", ["blue-green"]),
        ("oll", []),
        ("rolbac", ["rollback"]),
        ("cha", ["champion"]),
        ("xyz", []),
    ],
)
def test_names_are_found_by_their_beginning_then_by_that_of_a_word_then_by_likeness(
    typed: str, found: list[str]
) -> None:
    assert likest(typed, KNOWN, most=5) == found


def test_no_more_names_are_found_than_wanted_and_none_by_likeness_where_it_does_not_count() -> None:
    assert likest("c", KNOWN, most=1) == ["canary"]
    assert likest("rolbac", KNOWN, most=5, fuzzy=False) == []


@given(typed=st.text(max_size=20), known=st.lists(st.text(max_size=20), max_size=5))
def test_any_text_can_be_looked_for(typed: str, known: list[str]) -> None:
    assert set(likest(typed, known, most=3)) <= set(known)
