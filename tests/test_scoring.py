"""Scores: TF-IDF weights and log probabilities, computed with numpy only."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.features import Features, features
from tutor.scoring import SIGNALS, Scores, confidence, score, signals, weigh
from tutor.terms import Lexicon
from tutor.weights import Weights

EMPTY: Features = {"stem": [], "pair": [], "letters": [], "name": []}
TEA: Features = {**EMPTY, "stem": ["<", "tea", "tea", "pot", ">"], "pair": ["tea pot"]}
WEIGHTS = Weights(
    vocabulary={"stem tea": 0, "stem pot": 1, "pair tea pot": 2},
    idf=np.array([1.0, 2.0, 3.0], dtype=np.float32),
    coefficients=np.array(
        [[1, 0, 0, 2, 0, 0], [0, 1, 0, 0, 2, 0], [0, 0, 1, 0, 0, 2]],
        dtype=np.float32,
    ),
    intercepts=np.zeros(6, dtype=np.float32),
    groups=("outside far", "topic a", "topic b"),
    entries=("fact.a", "fact.b", "fact.c"),
    group_of=(1, 1, 2),
    confidence={**dict.fromkeys(SIGNALS, 0.0), "bias": 0.0},
    words=("pot", "tea"),
)


def test_counts_are_damped_weighed_and_brought_to_length_one_in_each_block() -> None:
    rows, values = weigh(TEA, WEIGHTS.vocabulary, WEIGHTS.idf)
    tea, pot = 1 + math.log(2), 2.0
    length = math.hypot(tea, pot)
    assert rows.tolist() == [0, 1, 2]
    assert values.tolist() == pytest.approx([tea / length, pot / length, 0.7])
    assert values.dtype == np.float32


def test_unknown_features_weigh_nothing() -> None:
    rows, values = weigh({**EMPTY, "stem": ["coffee"], "letters": ["cof"]}, WEIGHTS.vocabulary, WEIGHTS.idf)
    assert (rows.tolist(), values.tolist()) == ([], [])
    assert rows.dtype == np.int64


def test_the_order_of_the_words_in_a_block_does_not_matter() -> None:
    one, other = {**EMPTY, "stem": ["tea", "pot"]}, {**EMPTY, "stem": ["pot", "tea"]}
    assert [part.tolist() for part in weigh(one, WEIGHTS.vocabulary, WEIGHTS.idf)] == [
        part.tolist() for part in weigh(other, WEIGHTS.vocabulary, WEIGHTS.idf)
    ]


def test_an_entry_is_as_likely_as_its_group_and_its_share_within() -> None:
    scores = score(TEA, WEIGHTS)
    groups, entries = np.exp(scores.groups), np.exp(scores.entries)
    assert groups.sum() == pytest.approx(1)
    assert entries[:2].sum() == pytest.approx(groups[1])
    assert entries[2] == pytest.approx(groups[2])
    assert scores.best == "fact.c"  # alone in its group
    assert scores.known == 1.0
    assert scores.length == 2


@pytest.mark.parametrize(
    ("stems", "known", "length"),
    [
        (["<", ">"], 0.0, 0),
        (["<", "tea", ">"], 1.0, 1),
        (["<", "tea", "coffee", "tea", ">"], 0.5, 2),
        (["<", "coffee", ">"], 0.0, 1),
        ([], 0.0, 0),
    ],
)
def test_the_share_of_known_words_counts_each_word_once(stems: list[str], known: float, length: int) -> None:
    scores = score({**EMPTY, "stem": stems}, WEIGHTS)
    assert (scores.known, scores.length) == (known, length)


def test_a_text_without_known_words_leaves_every_class_at_its_intercept() -> None:
    scores = score(EMPTY, WEIGHTS)
    assert np.exp(scores.groups).tolist() == pytest.approx([1 / 3] * 3)
    assert np.exp(scores.entries).tolist() == pytest.approx([1 / 6, 1 / 6, 1 / 3])


def test_the_signals_say_how_sure_the_best_entry_is() -> None:
    log = np.log
    scores = Scores(WEIGHTS, log([0.2, 0.5, 0.3]), log([0.4, 0.1, 0.3]), known=0.5, length=10)
    assert dict(zip(SIGNALS, signals(scores), strict=True)) == pytest.approx(
        {
            "entry": 0.4,
            "lead": math.log(0.4 / 0.3),
            "group": 0.5,
            "group lead": math.log(0.5 / 0.3),
            "outside": math.log(0.5 / 0.2),
            "known": 0.5,
            "length": 0.2,
        }
    )


def test_signals_are_bounded_and_stand_in_for_what_is_absent() -> None:
    lone = Weights(**{**vars(WEIGHTS), "groups": ("topic a",), "entries": ("fact.a",), "group_of": (0,)})
    scores = Scores(lone, np.zeros(1), np.zeros(1), known=1.0, length=1_000)
    assert signals(scores) == [1.0, 5.0, 1.0, 5.0, 8.0, 1.0, 1.0]


@pytest.mark.parametrize(("bias", "sure"), [(0.0, 0.5), (math.log(3), 0.75), (-math.log(3), 0.25), (1e3, 1.0)])
def test_confidence_is_the_logistic_of_the_weighed_signals(bias: float, sure: float) -> None:
    weights = Weights(**{**vars(WEIGHTS), "confidence": {**WEIGHTS.confidence, "bias": bias}})
    assert confidence(score(TEA, weights)) == pytest.approx(sure)


def test_a_signal_counts_by_its_weight() -> None:
    weights = Weights(**{**vars(WEIGHTS), "confidence": {**WEIGHTS.confidence, "known": 2.0, "bias": -1.0}})
    assert confidence(score(TEA, weights)) == pytest.approx(1 / (1 + math.exp(-1)))


@settings(deadline=None, max_examples=50)
@given(text=st.text(st.characters(codec="utf-8"), max_size=80))
def test_scores_of_any_text_are_probabilities(text: str) -> None:
    scores = score(features(text, Lexicon.of(())), WEIGHTS)
    assert float(np.exp(scores.groups).sum()) == pytest.approx(1)
    assert np.isfinite(scores.entries).all()
    assert 0 <= scores.known <= 1
    assert len(signals(scores)) == len(SIGNALS)
