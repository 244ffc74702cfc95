"""Mixing: members become one table that scores as they do together, and the member that is right counts more."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from tutor.fitting import Linear
from tutor.mixing import FAINT, Mix, Scored, Stage, choose_mix, join, merge, quantised, sum_of
from tutor.scoring import add_up
from tutor.weights import Table

GROUP_OF = (0, 0, 1)
SEEDS = st.integers(0, 2**32 - 1).map(np.random.default_rng)
RIGHT = [0, 1, 2, 0, 1, 2]
TRUE: Scored = np.eye(3)[RIGHT]
FALSE: Scored = -TRUE
FLAT: Scored = np.zeros((6, 3))
NOTHING: Scored = np.zeros((6, 2))


def linear(random: np.random.Generator, classes: int, features: int = 7) -> Linear:
    dense = random.normal(size=(classes, features)) * (random.random((classes, features)) < 0.6)
    return Linear(csr_matrix(dense.astype(np.float32)), random.normal(size=classes))


def texts(random: np.random.Generator, features: int = 7) -> csr_matrix:
    return csr_matrix(random.random((5, features)) * (random.random((5, features)) < 0.5))


def stage(one: Scored, other: Scored, groups: Scored = NOTHING) -> Stage:
    return Stage({"logistic": one, "margin": other}, {"logistic": groups, "margin": groups})


@settings(deadline=None, max_examples=30)
@given(random=SEEDS, share=st.floats(0, 2), other=st.floats(0, 2))
def test_a_merged_model_scores_as_its_parts_together(random: np.random.Generator, share: float, other: float) -> None:
    parts, table = {"logistic": linear(random, 3), "margin": linear(random, 3)}, texts(random)
    counts = {"logistic": share, "margin": other}
    mixed = sum_of({name: part.scores(table) for name, part in parts.items()}, counts)
    assert merge(parts, counts).scores(table) == pytest.approx(mixed, abs=1e-5)


@settings(deadline=None, max_examples=30)
@given(random=SEEDS, topic=st.floats(0, 2))
def test_a_joined_model_scores_as_the_mix_does(random: np.random.Generator, topic: float) -> None:
    entries = {"logistic": linear(random, 3), "margin": linear(random, 3)}
    groups = {"logistic": linear(random, 2), "margin": linear(random, 2)}
    mix = Mix({"logistic": 0.5, "margin": 2.0}, {"logistic": 1.5, "margin": 0.25}, topic)
    table = texts(random)
    said = Stage(
        {name: part.scores(table) for name, part in entries.items()},
        {name: part.scores(table) for name, part in groups.items()},
    )
    joined = join(merge(entries, mix.entries), merge(groups, mix.groups), topic, GROUP_OF)
    assert joined.scores(table) == pytest.approx(np.hstack(mix.scores(said, GROUP_OF)), abs=1e-4)


def test_an_entry_takes_in_what_its_topic_scores() -> None:
    mix = Mix({"logistic": 1.0, "margin": 10.0}, {"logistic": 2.0, "margin": 0.0}, 0.5)
    said = Stage(
        {"logistic": np.array([[1.0, 2.0, 3.0]]), "margin": np.array([[0.1, 0.2, 0.3]])},
        {"logistic": np.array([[10.0, 20.0]]), "margin": np.array([[99.0, 99.0]])},
    )
    entries, groups = mix.scores(said, GROUP_OF)
    assert entries == pytest.approx(np.array([[2 + 10, 4 + 10, 6 + 20]]))
    assert groups.tolist() == [[20.0, 40.0]]


def as_table(arrays: dict[str, NDArray[np.generic]]) -> Table:
    return Table(**{name: array.tolist() for name, array in arrays.items()})


@settings(deadline=None, max_examples=60)
@given(random=SEEDS, scale=st.sampled_from([1e-6, 1.0, 1e4]))
def test_a_quantised_table_scores_within_half_a_step_of_each_feature(random: np.random.Generator, scale: float) -> None:
    model = linear(random, 4)
    model = Linear(model.coefficients * np.float32(scale), model.intercepts)
    order = random.permutation(7)
    table = as_table(quantised(model, order))
    weighed = [(row, float(random.random())) for row in range(7)]
    dense = model.coefficients.toarray()[:, order]
    exact = dense @ [value for _, value in weighed] + model.intercepts
    step = np.abs(dense).max(axis=0) / 127
    error = sum(value * step[row] / 2 for row, value in weighed)
    faint = FAINT * np.abs(dense).max() * sum(value for _, value in weighed)  # left out
    assert np.abs(np.array(add_up(weighed, table)) - exact).max() <= (error + faint) * 1.001 + 1e-9


def test_a_quantised_table_written_out() -> None:
    model = Linear(csr_matrix([[127.0, 0.0, 0.0], [-63.4, 0.2, 0.0], [0.4, -0.1, 0.0]]), np.array([1.0, -0.5, 0.0]))
    arrays = quantised(model, np.array([1, 0, 2]))
    assert arrays["starts"].tolist() == [0, 1, 3, 3]
    assert arrays["columns"].tolist() == [2, 0, 1]
    assert arrays["values"].tolist() == [-127, 127, -63]  # 0.4 of 127 rounds to nothing, 0.2 beside 63.4 is faint
    assert arrays["scales"].tolist() == pytest.approx([0.1 / 127, 1.0, 0.0])
    assert arrays["intercepts"].tolist() == [1.0, -0.5, 0.0]
    assert {name: array.dtype.name for name, array in arrays.items()} == {
        "starts": "uint32",
        "columns": "uint16",
        "values": "int8",
        "scales": "float32",
        "intercepts": "float64",
    }


def test_a_model_without_weights_is_a_table_without_values() -> None:
    arrays = quantised(Linear(csr_matrix((2, 3), dtype=np.float32), np.zeros(2)), np.arange(3))
    assert arrays["starts"].tolist() == [0, 0, 0, 0]
    assert add_up([(0, 1.0), (2, 1.0)], as_table(arrays)) == [0.0, 0.0]


@pytest.mark.parametrize(
    ("one", "other", "logistic", "margin"),
    [
        (TRUE, FALSE, 0.75, 0.25),  # the evenest of the shares that are right
        (FALSE, TRUE, 0.25, 0.75),
        (TRUE, TRUE, 0.5, 0.5),
        (FALSE, FALSE, 0.5, 0.5),
        (TRUE, np.eye(3)[[1, 2, 0, 1, 2, 0]], 0.75, 0.25),
    ],
)
def test_the_member_that_is_right_counts_more(one: Scored, other: Scored, logistic: float, margin: float) -> None:
    mix = choose_mix(stage(one, other), RIGHT, GROUP_OF)
    assert {name: count * TRUE.std() for name, count in mix.entries.items()} == pytest.approx(
        {"logistic": logistic, "margin": margin}
    )
    assert mix.topic == 0.0


@pytest.mark.parametrize("factor", [1e-3, 1.0, 1e3])
def test_members_are_brought_to_one_scale_before_they_are_mixed(factor: float) -> None:
    mix, scaled = (choose_mix(stage(TRUE * by, FALSE), RIGHT, GROUP_OF) for by in (1.0, factor))
    assert scaled.entries == pytest.approx({**mix.entries, "logistic": mix.entries["logistic"] / factor})


@pytest.mark.parametrize(
    ("entries", "groups", "topic"),
    [
        (np.array([[0.0, 1.0, 1.0], [1.0, 0.0, 1.0]]), np.array([[0.0, 1.0], [0.0, 1.0]]), 0.35),
        (np.array([[0.0, 1.0, 1.0], [1.0, 0.0, 1.0]]), np.array([[0.0, 0.0], [0.0, 0.0]]), 0.0),
        (np.array([[0.0, 0.0, 1.0], [0.0, 0.0, 1.0]]), np.array([[9.0, 0.0], [9.0, 0.0]]), 0.0),
    ],
)
def test_a_topic_adds_to_its_entries_where_that_helps(entries: Scored, groups: Scored, topic: float) -> None:
    assert choose_mix(stage(entries, entries, groups), [2, 2], GROUP_OF).topic == topic


@pytest.mark.parametrize("right", [[], np.array([], dtype=np.int64)])
def test_without_questions_members_count_evenly(right: Sequence[int]) -> None:
    none = np.zeros((0, 3))
    assert choose_mix(stage(none, none, none), right, GROUP_OF) == Mix(
        {"logistic": 0.5, "margin": 0.5}, {"logistic": 0.5, "margin": 0.5}, 0.35
    )


def test_a_member_that_says_the_same_of_all_is_left_at_its_scale() -> None:
    mix = choose_mix(stage(TRUE, FLAT), RIGHT, GROUP_OF)
    assert mix.entries["margin"] == 0.5


@settings(deadline=None, max_examples=30)
@given(random=SEEDS)
def test_no_even_mix_would_have_been_right_more_often(random: np.random.Generator) -> None:
    said = stage(random.normal(size=(6, 3)), random.normal(size=(6, 3)), random.normal(size=(6, 2)))
    chosen, _ = choose_mix(said, RIGHT, GROUP_OF).scores(said, GROUP_OF)
    counts = {name: 0.5 / part.std() for name, part in said.entries.items()}
    even = sum_of(said.entries, counts)
    assert (chosen.argmax(axis=1) == RIGHT).sum() >= (even.argmax(axis=1) == RIGHT).sum()
