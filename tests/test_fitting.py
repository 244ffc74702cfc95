"""Fitting: one linear model a class, the same bits in any order, from the nearest counter-examples."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_matrix

from tutor import fitting
from tutor.fitting import MEMBERS, Linear, fit

LABELS = ["a", "a", "b", "b", "c", "c", None, "other"]
TABLE = csr_matrix(
    [
        [1.0, 0.2, 0.0, 0.0, 0.1],
        [0.9, 0.0, 0.0, 0.3, 0.0],
        [0.0, 1.0, 0.1, 0.0, 0.2],
        [0.2, 0.8, 0.0, 0.1, 0.0],
        [0.0, 0.0, 1.0, 0.3, 0.0],
        [0.1, 0.1, 0.9, 0.0, 0.0],
        [0.0, 0.1, 0.0, 1.0, 0.4],
        [0.1, 0.0, 0.1, 0.9, 0.5],
    ]
)
both = pytest.mark.parametrize("member", MEMBERS)


def bits(model: Linear) -> list[tuple[bytes, bytes]]:
    """Return the bytes of each class's coefficients and intercept."""
    rows = model.coefficients.toarray()
    return [(row.tobytes(), number.tobytes()) for row, number in zip(rows, model.intercepts, strict=True)]


def test_there_are_two_members() -> None:
    assert list(MEMBERS) == ["logistic", "margin"]


@both
def test_every_class_is_learned(member: str) -> None:
    scores = fit(TABLE, LABELS, ["a", "b", "c"])[member].scores(TABLE)
    assert scores.shape == (8, 3)
    assert scores[:6].argmax(axis=1).tolist() == [0, 0, 1, 1, 2, 2]
    assert (scores[6:] < 0).all()


@both
@settings(deadline=None, max_examples=20)
@given(seed=st.integers(0, 2**32 - 1), classes=st.integers(2, 6))
def test_classes_with_a_word_of_their_own_are_told_apart(member: str, seed: int, classes: int) -> None:
    random = np.random.default_rng(seed)
    own = np.repeat(np.arange(classes), 4)
    dense = random.random((len(own), classes + 5)) * (random.random((len(own), classes + 5)) < 0.3) * 0.3
    dense[np.arange(len(own)), own] = 1
    names = [f"class {number}" for number in range(classes)]
    model = fit(csr_matrix(dense), [names[number] for number in own], names)[member]
    assert model.scores(csr_matrix(dense)).argmax(axis=1).tolist() == own.tolist()


@both
def test_scores_are_the_coefficients_times_the_text_and_the_intercept(member: str) -> None:
    model = fit(TABLE, LABELS, ["a", "b"])[member]
    by_hand = TABLE.toarray() @ model.coefficients.toarray().T + model.intercepts
    assert model.scores(TABLE) == pytest.approx(by_hand)
    assert model.coefficients.dtype == np.float32
    assert model.coefficients.shape == (2, 5)


@both
@pytest.mark.parametrize("classes", [["a", "b", "c"], ["c", "a", "b"], ["b"], ["c", "c"]])
def test_neither_the_order_of_the_classes_nor_their_company_changes_a_bit(member: str, classes: list[str]) -> None:
    alone = {name: bits(fit(TABLE, LABELS, [name])[member])[0] for name in classes}
    assert bits(fit(TABLE, LABELS, classes)[member]) == [alone[name] for name in classes]


@both
def test_fitting_again_changes_no_bit(member: str) -> None:
    before = bits(fit(TABLE, LABELS, ["a", "b", "c"])[member])
    np.random.default_rng().random(3)
    np.random.seed(12)
    assert bits(fit(TABLE, LABELS, ["a", "b", "c"])[member]) == before


@both
def test_what_has_no_label_or_another_is_a_counter_example_all_the_same(member: str) -> None:
    others: list[str | None] = [*LABELS[:6], "x", None]
    assert bits(fit(TABLE, others, ["a"])[member]) == bits(fit(TABLE, LABELS, ["a"])[member])
    fewer = fit(TABLE[:6], LABELS[:6], ["a"])[member]
    assert bits(fewer) != bits(fit(TABLE, LABELS, ["a"])[member])


@both
@pytest.mark.parametrize(("labels", "score"), [(["b"] * 8, -1.0), ([None] * 8, -1.0), (["a"] * 8, 1.0)])
def test_a_class_without_texts_is_always_unlikely_and_one_with_all_always_likely(
    member: str, labels: Sequence[str | None], score: float
) -> None:
    assert fit(TABLE, labels, ["a"])[member].scores(TABLE).tolist() == [[score]] * 8


@both
def test_weights_far_below_the_greatest_are_left_out(member: str) -> None:
    faint = csr_matrix([[1.0, 0.001], [1.0, 0.0], [0.0, 0.001], [0.0, 0.0]])
    model = fit(faint, ["a", "a", "b", "b"], ["a", "b"])[member]
    assert model.coefficients.toarray()[:, 1].tolist() == [0.0, 0.0]
    table = fit(TABLE, LABELS, ["a", "b", "c"])[member].coefficients
    for row in table:
        assert np.abs(row.data[row.data != 0]).min() >= 0.01 * np.abs(row.data).max()


NEAR = csr_matrix(
    [
        [1.0, 0.0, 0.0],
        [0.9, 0.1, 0.0],
        [0.5, 0.9, 0.0],  # near: shares a word with the class
        [0.0, 0.0, 1.0],  # far
        [0.4, 0.9, 0.0],  # near
        [0.0, 0.1, 1.0],  # less far, by a word that the class has now and then
    ]
)
OWN = ["a", "a", "b", "b", "b", "b"]


def limited(monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    """Let every class see *most* counter-examples only."""
    monkeypatch.setattr(fitting, "_FEWEST", most)
    monkeypatch.setattr(fitting, "_ROWS", 0)


@both
@pytest.mark.parametrize(("most", "kept"), [(1, [0, 1, 2]), (2, [0, 1, 2, 4]), (3, [0, 1, 2, 4, 5]), (4, range(6))])
def test_only_the_nearest_counter_examples_are_used_where_there_are_too_many(
    monkeypatch: pytest.MonkeyPatch, member: str, most: int, kept: Sequence[int]
) -> None:
    rows = list(kept)
    expected = bits(fit(NEAR[rows], [OWN[row] for row in rows], ["a"])[member])
    limited(monkeypatch, most)
    assert bits(fit(NEAR, OWN, ["a"])[member]) == expected


@both
def test_equally_near_counter_examples_are_taken_in_their_order(monkeypatch: pytest.MonkeyPatch, member: str) -> None:
    table = csr_matrix([[1.0, 0.0, 0.0], [0.5, 1.0, 0.0], [0.5, 0.0, 1.0], [0.5, 0.0, 0.0]])
    expected = bits(fit(table[[0, 1]], ["a", "b"], ["a"])[member])
    limited(monkeypatch, 1)
    assert bits(fit(table, ["a", "b", "b", "b"], ["a"])[member]) == expected


@both
def test_the_more_classes_the_fewer_counter_examples(monkeypatch: pytest.MonkeyPatch, member: str) -> None:
    expected = bits(fit(NEAR[[0, 1, 2, 4]], [OWN[row] for row in (0, 1, 2, 4)], ["a"])[member])[0]
    monkeypatch.setattr(fitting, "_FEWEST", 1)
    monkeypatch.setattr(fitting, "_ROWS", 6)
    assert bits(fit(NEAR, OWN, ["a", "b", "c"])[member])[0] == expected
