"""Confidence: every signal by hand, and probabilities that are ranked and never leave 0 to 1."""

import math
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.confidence import SIGNALS, signals, sureness
from tutor.scoring import Scores
from tutor.weights import Classes

CLASSES = Classes(
    ("fact.a", "fact.b", "fact.c"),
    ("decision d", "outside far", "outside near", "talk hello", "topic a", "topic b"),
    (4, 4, 5),
)
SCORES = Scores(
    classes=CLASSES,
    entries=[0.5, 0.2, -0.4],
    groups=[-1.0, -2.0, -0.5, -0.8, 0.7, 0.1],
    weighed=[],
    known=0.75,
    mass=0.6,
    names=2,
    length=11,
)
EVEN = dict.fromkeys((*SIGNALS, "bias"), 0.0)
FITTED = {"inside": EVEN, "right": EVEN, "sharpness": {"entries": 1.0, "groups": 1.0}}


def told(scores: Scores) -> dict[str, float]:
    return dict(zip(SIGNALS, signals(scores), strict=True))


def biased(inside: float, right: float, sharpness: float = 1.0) -> dict[str, dict[str, float]]:
    """Return fitted numbers by which the two probabilities are those given."""
    return {
        "inside": {**EVEN, "bias": math.log(inside / (1 - inside))},
        "right": {**EVEN, "bias": math.log(right / (1 - right))},
        "sharpness": {"entries": sharpness, "groups": 1.0},
    }


def test_the_signals_tell_how_sure_the_best_entry_is() -> None:
    entries = [math.exp(3 * score) for score in (0.5, 0.2, -0.4)]
    groups = [math.exp(3 * score) for score in (-1.0, -2.0, -0.5, -0.8, 0.7, 0.1)]
    shares = [power / sum(entries) for power in entries]
    assert told(SCORES) == pytest.approx(
        {
            "best": 0.5,
            "lead": 0.3,
            "topic lead": 0.9,
            "share": shares[0],
            "group": 0.7,
            "outside": 1.2,
            "decision": 1.7,
            "talk": 1.5,
            "topic share": groups[4] / sum(groups),
            "known": 0.75,
            "mass": 0.6,
            "names": 0.5,
            "length": math.log(12) / 5,
            "spread": -sum(share * math.log(share) for share in shares),
        }
    )


def test_the_group_is_that_of_the_best_entry_and_the_lead_that_of_the_best_topic() -> None:
    scores = replace(SCORES, entries=[0.0, 0.1, 0.3])
    found = told(scores)
    assert found["group"] == 0.1
    assert found["topic lead"] == pytest.approx(0.2)
    assert found["outside"] == pytest.approx(1.2)  # the best topic is still the first


def test_what_is_absent_is_as_far_as_anything_can_be() -> None:
    lone = Scores(Classes(("fact.a",), ("topic a",), (0,)), [0.3], [0.1], [], 0.0, 0.0, 0, 0)
    assert signals(lone) == pytest.approx([0.3, 4.0, 4.0, 1.0, 0.1, 4.0, 4.0, 4.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0])


@pytest.mark.parametrize(
    ("fields", "signal", "value"),
    [
        ({"entries": [9.0, 0.0, 0.0]}, "lead", 4.0),
        ({"entries": [9.0, 8.5, 0.0]}, "topic lead", 4.0),
        ({"groups": [0.0, 9.0, 0.0, 0.0, 0.0, 0.0]}, "outside", -4.0),
        ({"groups": [9.0, 0.0, 0.0, 0.0, 0.0, 0.0]}, "decision", -4.0),
        ({"groups": [0.0, 0.0, 0.0, 9.0, 0.0, 0.0]}, "talk", -4.0),
        ({"groups": [0.0, 0.0, 0.0, 0.0, 0.0, 9.0]}, "talk", 4.0),
        ({"names": 3}, "names", 0.75),
        ({"names": 40}, "names", 1.0),
        ({"length": 0}, "length", 0.0),
        ({"length": 10**6}, "length", 1.0),
        ({"entries": [0.0, 0.0, 0.0]}, "spread", math.log(3)),
        ({"entries": [900.0, 0.0, 0.0]}, "spread", 0.0),
    ],
)
def test_signals_are_bounded(fields: dict[str, object], signal: str, value: float) -> None:
    assert told(replace(SCORES, **fields))[signal] == pytest.approx(value)  # type: ignore[arg-type]


def test_the_first_is_as_sure_as_the_text_is_answerable_and_the_first_then_right() -> None:
    inside, ranked = sureness(SCORES, biased(0.8, 0.75))
    second, third = math.exp(0.2), math.exp(-0.4)
    assert inside == pytest.approx(0.8)
    assert [number for number, _ in ranked] == [0, 1, 2]
    assert [sure for _, sure in ranked] == pytest.approx(
        [0.6, 0.2 * second / (second + third), 0.2 * third / (second + third)]
    )


def test_sharper_shares_give_the_second_more_of_what_is_left() -> None:
    second, third = math.exp(5 * 0.2), math.exp(5 * -0.4)
    _, ranked = sureness(SCORES, biased(0.8, 0.75, sharpness=5.0))
    assert [sure for _, sure in ranked] == pytest.approx(
        [0.6, 0.2 * second / (second + third), 0.2 * third / (second + third)]
    )


def test_the_first_is_lifted_to_the_second_where_it_would_be_less_sure() -> None:
    _, ranked = sureness(SCORES, biased(0.9, 0.1))
    second = 0.9 * 0.9 * math.exp(0.2) / (math.exp(0.2) + math.exp(-0.4))
    assert [sure for _, sure in ranked][:2] == pytest.approx([second, second])


def test_a_lone_entry_is_first() -> None:
    lone = Scores(Classes(("fact.a",), ("topic a",), (0,)), [0.3], [0.1], [], 1.0, 1.0, 0, 1)
    inside, [(number, sure)] = sureness(lone, biased(0.8, 0.75))
    assert number == 0
    assert [inside, sure] == pytest.approx([0.8, 0.6])


@pytest.mark.parametrize("signal", SIGNALS)
def test_each_signal_counts_by_its_weight(signal: str) -> None:
    fitted = {**FITTED, "inside": {**EVEN, signal: 2.0, "bias": -1.0}}
    inside, _ = sureness(SCORES, fitted)
    assert inside == pytest.approx(1 / (1 + math.exp(1 - 2 * told(SCORES)[signal])))


SCORE = st.floats(-1e3, 1e3) | st.just(0.0)
WEIGHT = st.dictionaries(st.sampled_from((*SIGNALS, "bias")), st.floats(-1e3, 1e3)).map(lambda some: {**EVEN, **some})


@settings(deadline=None, max_examples=300)
@given(
    entries=st.lists(SCORE, min_size=3, max_size=3),
    groups=st.lists(SCORE, min_size=6, max_size=6),
    inside=WEIGHT,
    right=WEIGHT,
    sharpness=st.floats(0.5, 10),
)
def test_confidence_is_ranked_and_within_0_and_1(
    entries: list[float],
    groups: list[float],
    inside: dict[str, float],
    right: dict[str, float],
    sharpness: float,
) -> None:
    fitted = {"inside": inside, "right": right, "sharpness": {"entries": sharpness}}
    answerable, ranked = sureness(replace(SCORES, entries=entries, groups=groups), fitted)
    sure = [confidence for _, confidence in ranked]
    assert 0 < answerable < 1
    assert all(0 <= confidence <= answerable for confidence in sure)
    assert sure == sorted(sure, reverse=True)
    assert sorted(number for number, _ in ranked) == [0, 1, 2]
    assert [entries[number] for number, _ in ranked] == sorted(entries, reverse=True)
