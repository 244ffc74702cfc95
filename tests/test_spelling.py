"""The nearest known spelling."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.spelling import did_you_mean, nearest, repair

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
