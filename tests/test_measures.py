"""Formulas against values worked out by hand, and what holds whatever the numbers."""

from math import isnan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.measures import BINS, Point, auroc, bins, calibration_error, histogram, risk_coverage, share

SCORES = st.lists(st.floats(0, 1), min_size=1)
SAID = st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1)


def test_nothing_counted_is_not_a_number() -> None:
    assert all(map(isnan, (share([]), auroc([], [0.5]), auroc([0.5], []), calibration_error([]))))
    assert risk_coverage([]) == ()
    assert histogram([]) == (0,) * BINS


def test_auroc_counts_pairs_and_ties_by_half() -> None:
    assert auroc([0.9, 0.6, 0.3], [0.6, 0.2]) == (2 + 1.5 + 1) / 6


def test_the_calibration_error_weighs_each_bin_by_what_it_holds() -> None:
    said = [(0.95, True), (0.95, True), (0.95, False), (0.15, False)]
    assert calibration_error(said) == pytest.approx(0.75 * (0.95 - 2 / 3) + 0.25 * 0.15)


def test_a_bin_holds_its_lower_bound_and_the_last_one_full_confidence() -> None:
    assert [one.count for one in bins([(0.0, True), (0.1, True), (1.0, True)])] == [1, 1, 0, 0, 0, 0, 0, 0, 0, 1]


def test_questions_of_one_confidence_are_answered_together_or_not_at_all() -> None:
    assert risk_coverage([(0.5, False), (0.8, True), (0.5, True), (0.1, False)]) == (
        Point(0.8, 0.25, 0.0),
        Point(0.5, 0.75, 1 / 3),
        Point(0.1, 1.0, 0.5),
    )


@given(SCORES, SCORES)
def test_auroc_is_fair_to_both_sides(high: list[float], low: list[float]) -> None:
    assert auroc(high, low) + auroc(low, high) == pytest.approx(1.0)


@given(SCORES, SCORES)
def test_auroc_is_the_share_of_pairs_in_order(high: list[float], low: list[float]) -> None:
    wins = sum((one > other) + (one == other) / 2 for one in high for other in low)
    assert auroc(high, low) == pytest.approx(wins / len(high) / len(low))


@given(SAID)
def test_the_calibration_error_is_a_share(said: list[tuple[float, bool]]) -> None:
    assert -1e-9 <= calibration_error(said) <= 1 + 1e-9


@given(SAID)
def test_bins_and_histogram_lose_nobody(said: list[tuple[float, bool]]) -> None:
    counts = histogram([confidence for confidence, _ in said])
    assert tuple(one.count for one in bins(said)) == counts
    assert sum(counts) == len(said)


@given(SAID)
def test_a_risk_coverage_curve_ends_with_all_answered_and_the_share_wrong(said: list[tuple[float, bool]]) -> None:
    curve = risk_coverage(said)
    assert [point.answered for point in curve] == sorted(point.answered for point in curve)
    assert (curve[-1].answered, curve[-1].wrong) == (1.0, share([not right for _, right in said]))
