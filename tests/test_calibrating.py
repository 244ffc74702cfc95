"""Calibrating: probabilities come true, and the bars keep what a pack promises."""

import math
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.calibrating import Held, Promises, _weights, calibrate, conformal, least_sure, uncalibrated
from tutor.confidence import SIGNALS, sureness
from tutor.scoring import Scores
from tutor.weights import Classes

CLASSES = Classes(
    ("fact.a", "fact.b", "fact.c"), ("decision d", "outside far", "talk hello", "topic a", "topic b"), (3, 3, 4)
)
SCORES = Scores(CLASSES, [0.5, 0.2, -0.4], [-1.0, -0.5, -0.8, 0.7, 0.1], [], known=0.75, mass=0.6, names=1, length=5)
INSIDE = Held(SCORES, group=3, entry=0)
OUTSIDE = Held(SCORES, group=1, entry=None)
LEFT_OUT = Held(SCORES, group=None, entry=None, left_out=True)
DECISION = Held(SCORES, group=0, entry=None)
TALK = Held(SCORES, group=2, entry=None)
PROMISES = Promises(wrong=0.06, coverage=0.92, outside=0.5)


@pytest.mark.parametrize(
    ("sure", "right", "weight", "wrong", "bar"),
    [
        ([0.9, 0.8, 0.2], "++-", [1, 1, 1], 0.1, 0.8),
        ([0.9, 0.8, 0.2], "++-", [1, 1, 1], 0.34, 0.2),
        ([0.2, 0.8, 0.9], "-++", [1, 1, 1], 0.1, 0.8),  # in any order
        ([0.9, 0.8, 0.7, 0.6], "+-++", [1, 1, 1, 1], 0.25, 0.6),  # one wrong in four, though one in two before
        ([0.9, 0.8, 0.7, 0.6], "+-++", [1, 1, 1, 1], 0.24, 0.9),
        ([0.9, 0.8], "-+", [1, 1], 0.4, 1.0),  # nothing is sure enough
        ([0.9, 0.8], "--", [1, 1], 1.0, 0.8),
        ([0.9, 0.8], "++", [1, 1], 0.0, 0.8),
        ([0.9, 0.8, 0.7], "+-+", [9, 1, 0.1], 0.1, 0.7),
        ([0.9, 0.8, 0.7], "+-+", [1, 9, 1], 0.1, 0.9),
        ([0.9, 0.8, 0.7], "-++", [0, 1, 1], 0.0, 0.7),  # what weighs nothing is not expected
        ([0.9, 0.5, 0.5], "++-", [1, 1, 1], 0.2, 0.9),  # a bar at 0.5 would let the wrong one in too
        ([0.5, 0.5], "+-", [1, 1], 0.0, 1.0),
        ([], "", [], 0.1, 1.0),
    ],
)
def test_the_lowest_bar_that_keeps_the_promise(
    sure: list[float], right: str, weight: list[float], wrong: float, bar: float
) -> None:
    marks = np.array([mark == "+" for mark in right], dtype=bool)
    assert least_sure(np.array(sure), marks, np.array(weight, dtype=float), wrong) == bar


@settings(deadline=None, max_examples=300)
@given(
    said=st.lists(
        st.tuples(st.sampled_from([0.0, 0.1, 0.5, 0.8, 0.99]) | st.floats(0, 0.999), st.booleans(), st.integers(0, 4)),
        min_size=1,
        max_size=30,
    ),
    wrong=st.sampled_from([0.0, 0.06, 0.1, 0.25, 0.5, 1.0]),
)
def test_outright_answers_are_wrong_as_rarely_as_promised_and_no_lower_bar_would_do(
    said: list[tuple[float, bool, int]], wrong: float
) -> None:
    sure, right, weight = (np.array(part) for part in zip(*said, strict=True))

    def risk(bar: float) -> float:
        answered = sure >= bar
        total = weight[answered].sum()
        return float(weight[answered & ~right].sum() / total) if total else 0.0

    found = least_sure(sure, right, weight.astype(float), wrong)
    assert risk(found) <= wrong
    assert all(risk(lower) > wrong for lower in sure if lower < found)


@pytest.mark.parametrize(
    ("sure", "coverage", "bar"),
    [
        ([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9], 0.8, 0.2),
        ([0.9, 0.1, 0.5, 0.3, 0.7, 0.2, 0.6, 0.4, 0.8], 0.9, 0.1),
        ([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9], 0.91, 0.1),  # nine are too few to pass one by
        ([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9], 1.0, 0.1),
        ([0.1, 0.2, 0.3], 0.0, 0.3),
        ([0.3], 0.5, 0.3),
        ([0.3], 0.51, 0.3),
        ([], 0.9, 0.0),
        ([], 0.0, 0.0),
    ],
)
def test_the_bar_of_a_choice_by_hand(sure: list[float], coverage: float, bar: float) -> None:
    assert conformal(sure, coverage) == bar


@given(sure=st.lists(st.floats(0, 1), min_size=1, max_size=60), coverage=st.floats(0, 1))
def test_the_right_entry_reaches_the_bar_as_often_as_promised(sure: list[float], coverage: float) -> None:
    bar = conformal(sure, coverage)
    assert sum(one >= bar for one in sure) >= coverage * len(sure) - 1e-6
    assert bar == 0.0 or bar in sure


@pytest.mark.parametrize("coverage", [0.5, 0.8, 0.92])
@pytest.mark.parametrize("count", [25, 100])
def test_the_right_entry_of_new_questions_reaches_the_bar_as_often_as_promised(coverage: float, count: int) -> None:
    kept = []
    for seed in range(400):
        random = np.random.default_rng(seed)
        bar = conformal(random.beta(5, 2, size=count).tolist(), coverage)
        kept.append((random.beta(5, 2, size=200) >= bar).mean())
    error = 3 * float(np.std(kept)) / math.sqrt(len(kept))
    assert coverage - error <= np.mean(kept) <= coverage + 1 / (count + 1) + error


@pytest.mark.parametrize(
    ("asked", "outside", "shares"),
    [
        ([INSIDE] * 6 + [LEFT_OUT] * 3 + [OUTSIDE], 0.5, (0.5, 0.125, 0.375)),
        ([INSIDE] * 6 + [LEFT_OUT] * 3 + [OUTSIDE], 0.2, (0.8, 0.05, 0.15)),
        ([INSIDE, OUTSIDE], 0.5, (0.5, 0.0, 0.5)),
        ([INSIDE] * 9 + [OUTSIDE], 0.9, (0.1, 0.0, 0.9)),
        ([INSIDE, LEFT_OUT, LEFT_OUT], 0.3, (0.7, 0.3, 0.0)),
        ([INSIDE, LEFT_OUT, OUTSIDE], 0.0, (1.0, 0.0, 0.0)),
        ([INSIDE, LEFT_OUT, OUTSIDE], 1.0, (0.0, 0.25, 0.75)),
    ],
)
def test_questions_count_by_what_a_pack_expects_to_be_asked(
    asked: list[Held], outside: float, shares: tuple[float, float, float]
) -> None:
    weight = _weights(asked, np.array([one.entry is not None for one in asked]), outside)
    kinds = [[one is kind for one in asked] for kind in (INSIDE, LEFT_OUT, OUTSIDE)]
    assert [weight[chosen].sum() / len(asked) for chosen in kinds] == pytest.approx(shares)
    for chosen in kinds:
        assert len(set(weight[chosen].tolist())) <= 1


@pytest.mark.parametrize(
    "held",
    [[], [INSIDE], [INSIDE] * 9, [OUTSIDE] * 3, [LEFT_OUT], [DECISION, TALK], [INSIDE, DECISION, TALK]],
)
def test_where_nothing_tells_inside_from_outside_nothing_is_calibrated(held: list[Held]) -> None:
    even = dict.fromkeys((*SIGNALS, "bias"), 0.0)
    assert calibrate(held, PROMISES) == uncalibrated()
    assert uncalibrated() == {
        "inside": even,
        "right": even,
        "sharpness": {"entries": 1.0, "groups": 1.0},
        "bars": {"answer": 1.0, "choose": 0.1},
    }


@pytest.mark.parametrize(
    ("entry", "count", "right"),
    [(0, 1, 2 / 3), (0, 18, 19 / 20), (1, 1, 1 / 3), (1, 18, 1 / 20)],
)
def test_where_all_or_none_are_right_the_rule_of_succession_says_how_sure_that_makes(
    entry: int, count: int, right: float
) -> None:
    fitted = calibrate([replace(INSIDE, entry=entry)] * count + [OUTSIDE] * count, PROMISES)
    assert _logistic(fitted["right"]["bias"]) == pytest.approx(right, abs=1e-3)
    assert sureness(SCORES, fitted)[0] == pytest.approx(0.5)  # all questions are alike


def _logistic(told: float) -> float:
    return 1 / (1 + math.exp(-told))


@cache
def drawn(seed: int, count: int = 3_000) -> tuple[Held, ...]:
    """Draw questions of which more known words mean more likely inside, and a longer lead more likely right."""
    random = np.random.default_rng(seed)
    held = []
    for known, lead in zip(random.random(count), random.exponential(0.4, count), strict=True):
        best = int(random.integers(3))
        entries = [0.0, 0.0, 0.0]
        entries[best] = float(lead)
        scores = replace(SCORES, entries=entries, known=float(known), mass=float(known))
        if random.random() > _logistic(6 * (known - 0.5)):
            held.append(Held(scores, group=1, entry=None))
        else:
            hit = random.random() < _logistic(4 * lead - 1)
            entry = best if hit else (best + 1 + int(random.integers(2))) % 3
            held.append(Held(scores, group=CLASSES.group_of[entry], entry=entry))
    return tuple(held)


def share_inside(held: Sequence[Held]) -> float:
    return sum(one.entry is not None for one in held) / len(held)


def binned(sure: Sequence[float], true: Sequence[bool]) -> list[tuple[float, float, float]]:
    """Return for each fifth of the questions what was said, what came true, and the error of sampling."""
    order = np.argsort(sure)
    bins = np.array_split(order, 5)
    said, came = np.array(sure), np.array(true, dtype=float)
    return [(said[part].mean(), came[part].mean(), 0.5 / math.sqrt(len(part))) for part in bins]


@pytest.mark.parametrize("seed", [1, 2])
def test_confidence_comes_true_on_new_questions(seed: int) -> None:
    held = drawn(seed)
    fitted = calibrate(held, replace(PROMISES, outside=1 - share_inside(held)))
    sure = [(one, *sureness(one.scores, fitted)) for one in drawn(seed + 100)]
    answerable = binned([inside for _, inside, _ in sure], [one.entry is not None for one, _, _ in sure])
    first = binned([ranked[0][1] for *_, ranked in sure], [one.entry == ranked[0][0] for one, _, ranked in sure])
    for said, came, error in (*answerable, *first):
        assert said == pytest.approx(came, abs=3 * error)


@pytest.mark.parametrize("outside", [0.1, 0.5, 0.9])
def test_the_more_is_expected_from_outside_the_less_is_answerable(outside: float) -> None:
    held = drawn(1)
    fitted = calibrate(held, replace(PROMISES, outside=outside))
    inside = share_inside(held)
    weight = [(1 - outside) / inside if one.entry is not None else outside / (1 - inside) for one in held]
    said = np.average([sureness(one.scores, fitted)[0] for one in held], weights=weight)
    assert said == pytest.approx(1 - outside, abs=0.01)


@pytest.mark.parametrize("promises", [Promises(0.06, 0.92, 0.5), Promises(0.2, 0.8, 0.2), Promises(0.0, 1.0, 0.9)])
def test_the_promises_are_kept_on_the_questions_they_were_fitted_on(promises: Promises) -> None:
    held = drawn(3)
    fitted = calibrate(held, promises)
    inside = share_inside(held)
    answered = wrong = covered = 0.0
    for one in held:
        _, ranked = sureness(one.scores, fitted)
        number, sure = ranked[0]
        weight = promises.outside / (1 - inside) if one.entry is None else (1 - promises.outside) / inside
        if sure >= fitted["bars"]["answer"]:
            answered += weight
            wrong += weight * (number != one.entry)
        covered += one.entry is not None and dict(ranked)[one.entry] >= fitted["bars"]["choose"]
    assert wrong <= promises.wrong * answered + 1e-9
    assert covered / (inside * len(held)) >= promises.coverage
    assert answered or promises.wrong == 0


@pytest.mark.parametrize("outside", [0.0, 1.0])
@pytest.mark.parametrize("coverage", [0.0, 1.0])
@pytest.mark.parametrize("wrong", [0.0, 1.0])
def test_any_promise_that_a_pack_may_make_can_be_fitted(outside: float, coverage: float, wrong: float) -> None:
    fitted = calibrate(drawn(4, 200), Promises(wrong, coverage, outside))
    assert all(math.isfinite(number) for part in fitted.values() for number in part.values())
    assert all(0 <= bar <= 1 for bar in fitted["bars"].values())


def test_every_signal_has_a_weight_and_every_number_is_plain() -> None:
    fitted = calibrate(drawn(1), PROMISES)
    assert {name: set(part) for name, part in fitted.items()} == {
        "inside": {*SIGNALS, "bias"},
        "right": {*SIGNALS, "bias"},
        "sharpness": {"entries", "groups"},
        "bars": {"answer", "choose"},
    }
    assert {type(number) for part in fitted.values() for number in part.values()} == {float}
    assert fitted["inside"]["known"] > 0
    assert fitted["right"]["lead"] > 0


@pytest.mark.parametrize(("lead", "sharpness"), [(0.01, 10.0), (0.3, 10.0), (0.0, 0.5)])
def test_scores_that_are_always_right_are_as_sharp_as_can_be(lead: float, sharpness: float) -> None:
    held = [replace(INSIDE, scores=replace(SCORES, entries=[lead, 0.0, 0.0])), OUTSIDE]
    assert calibrate(held, PROMISES)["sharpness"]["entries"] == sharpness


@pytest.mark.parametrize("sharp", [0.5, 2.0, 6.0])
def test_the_sharpness_is_that_by_which_the_right_entries_were_drawn(sharp: float) -> None:
    random = np.random.default_rng(5)
    held = [OUTSIDE]
    for entries in random.normal(size=(3_000, 3)):
        powers = np.exp(sharp * entries)
        entry = int(random.choice(3, p=powers / powers.sum()))
        held.append(Held(replace(SCORES, entries=entries.tolist()), group=CLASSES.group_of[entry], entry=entry))
    assert calibrate(held, PROMISES)["sharpness"]["entries"] == sharp


def test_openings_and_small_talk_only_count_for_the_sharpness_of_groups() -> None:
    clear = [replace(TALK, scores=replace(SCORES, groups=[0.0, 0.0, 0.9, 0.0, 0.0])), DECISION, TALK]
    held = drawn(4, 200)
    without, with_them = calibrate(held, PROMISES), calibrate([*held, *clear * 100], PROMISES)
    assert {**with_them, "sharpness": without["sharpness"]} == without
    assert with_them["sharpness"]["entries"] == without["sharpness"]["entries"]
    assert with_them["sharpness"]["groups"] != without["sharpness"]["groups"]
