"""Evidence -> a choice and how sure it is."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.choosing import SIGNALS, Chooser, chooser_from, picked, signals, weigh

CHOOSER = Chooser(
    "lesson", {"tea": 0.5}, {"fact.x": {"tea": 1.5}}, {"truth": {"fact.x": [({"tea": 1}, -1)]}}, [{"tea": 1}],
    [1.0, 2.0], [1.0, 0.0], [-1.0, 2.0], 1.5,
    {**dict.fromkeys(SIGNALS, 0.0), "lead": 1.0, "bias": 0.0},
)  # fmt: skip
ROWS = [[1.0, 0.0], [3.0, 4.0]]
scores = st.lists(st.floats(-5, 5), min_size=2, max_size=8, unique=True)


def test_what_evidence_has_in_common_counts_nothing() -> None:
    assert weigh(ROWS, [1.0, 2.0], [1.0, 1.0]) == [-2.0, 2.0]
    assert weigh([[7.0, 7.0], [7.0, 7.0]], [1.0, 1.0], [1.0, 1.0]) == [0.0, 0.0]


def test_what_fails_is_weighed_by_weights_of_its_own() -> None:
    assert CHOOSER.scores(ROWS, wrong=False) == [-1.0, 1.0]
    assert CHOOSER.scores(ROWS, wrong=True) == [-1.0, 1.0]
    assert CHOOSER.scores([[0.0, 0.0], [2.0, 0.0]], wrong=True) == [1.0, -1.0]


@pytest.mark.parametrize(
    ("wanted", "choice"), [(1, (2,)), (2, (0, 2)), (3, (0, 1, 2)), (None, (0, 2))]
)  # fmt: skip
def test_as_many_are_picked_as_are_wanted(wanted: int | None, choice: tuple[int, ...]) -> None:
    assert picked([2.0, -3.0, 2.1], wanted) == choice


@given(scores, st.integers(1, 3))
def test_a_choice_follows_its_option_wherever_that_stands(found: list[float], wanted: int) -> None:
    count = min(wanted, len(found) - 1)
    forwards = {found[number] for number in picked(found, count)}
    backwards = found[::-1]
    assert {backwards[number] for number in picked(backwards, count)} == forwards


def test_the_lead_is_that_of_the_last_picked_over_the_first_that_is_not() -> None:
    told = dict(zip(SIGNALS, signals([3.0, 1.0, 2.5], (0, 2), wrong=True, entry=0.75), strict=True))
    assert (told["lead"], told["over the rest"], told["several"]) == (1.5, 1.5, 1.0)
    assert (told["wrong sought"], told["entry"]) == (1.0, 0.75)
    assert 0.8 < told["share"] < 1


def test_a_greater_lead_is_surer() -> None:
    near, far = ([lead, *[0.0] * (len(SIGNALS) - 1)] for lead in (0.0, 2.0))
    assert (CHOOSER.confidence(near), CHOOSER.confidence(far)) == (0.5, 0.8808)


def test_what_was_learned_comes_back_as_it_was_saved() -> None:
    again = chooser_from(CHOOSER.to_json())
    assert again
    assert again.to_json() == CHOOSER.to_json()
    assert again.scores(ROWS, wrong=False) == CHOOSER.scores(ROWS, wrong=False)
    assert json.loads(CHOOSER.to_json())["lesson"] == "lesson"


@pytest.mark.parametrize("text", ["", "[]", "{}", "no JSON", '{"lesson": "x", "more": 1}'])
def test_what_is_saved_in_another_form_is_nothing(text: str) -> None:
    assert chooser_from(text) is None
