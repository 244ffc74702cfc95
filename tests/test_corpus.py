"""The corpus: counted features of all texts, weighed as a single text is when a question comes."""

import math
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.small_weights import small_weights, weighed_by
from tutor.corpus import Corpus, Vocabulary
from tutor.features import Features, features
from tutor.model import Term
from tutor.scoring import Scorer
from tutor.terms import Lexicon
from tutor.text import clean
from tutor.weights import Weights

LEXICON = Lexicon.of((Term(name="green tea", kind="leaf", aliases=("sencha",)), Term(name="pot", kind="ware")))
TEXTS = ("green tea", "green tea pot", "tea tea tea", "what is sencha", "")


def cut_of(texts: Sequence[str]) -> list[Features]:
    return [features(clean(text), LEXICON) for text in texts]


def learned(texts: Sequence[str], rows: Sequence[int]) -> tuple[Corpus, Vocabulary]:
    corpus = Corpus(cut_of(texts))
    return corpus, corpus.learn(np.array(rows, dtype=np.int64))


def idf(corpus: Corpus, vocabulary: Vocabulary) -> dict[str, float]:
    names = [corpus.names[column] for column in vocabulary.columns]
    return dict(zip(names, vocabulary.idf.tolist(), strict=True))


def weights_of(corpus: Corpus, vocabulary: Vocabulary) -> Weights:
    return small_weights(idf(corpus, vocabulary))


def test_every_feature_of_every_text_has_one_name_in_the_order_of_blocks_and_letters() -> None:
    assert Corpus(cut_of(["hot tea", "tea"])).names == [
        "stem <", "stem >", "stem hot", "stem tea",
        "pair < hot", "pair < tea", "pair hot tea", "pair tea >",
        "skip < >", "skip < tea", "skip hot >",
        "letters  hot", "letters  tea", "letters hot ", "letters tea ",
    ]  # fmt: skip


def test_telling_features_are_those_of_few_texts() -> None:
    found = idf(*learned(TEXTS, range(5)))
    assert found["stem tea"] == pytest.approx(1 + math.log(6 / 4))
    assert found["stem pot"] == pytest.approx(1 + math.log(6 / 2))
    assert found["stem <"] == 1.0
    assert found["name green tea"] == pytest.approx(1 + math.log(6 / 4))


def test_a_feature_counts_once_in_each_text_however_often_it_stands_there() -> None:
    assert idf(*learned(["tea tea tea", "pot"], [0, 1]))["stem tea"] == pytest.approx(1 + math.log(3 / 2))


@pytest.mark.parametrize(
    ("name", "learns"),
    [
        ("stem what", True),  # words and names count from their first text
        ("name ? define", True),
        ("name pot", True),
        ("pair green tea", True),  # said in two texts
        ("pair tea tea", False),  # twice in one text
        ("pair tea pot", False),
        ("skip green pot", False),
        ("skip < tea", True),
        ("letters  gre", True),
        ("letters  sen", False),
    ],
)
def test_rare_pairs_skips_and_letters_are_not_learned(name: str, learns: bool) -> None:
    corpus, vocabulary = learned(TEXTS, range(5))
    assert name in corpus.names
    assert (name in idf(corpus, vocabulary)) == learns


def test_only_the_chosen_texts_teach() -> None:
    corpus, vocabulary = learned(TEXTS, [0, 2])
    found = idf(corpus, vocabulary)
    assert "stem pot" in corpus.names
    assert "stem pot" not in found
    assert found["stem green"] == pytest.approx(1 + math.log(3 / 2))
    assert "pair green tea" not in found
    assert corpus.table(vocabulary).shape == (5, len(found))


SAID = st.lists(st.sampled_from("tea green pot sencha what is the hot brewing brewed a 80".split()), max_size=8).map(
    " ".join
)


@settings(deadline=None, max_examples=80)
@given(texts=st.lists(SAID | st.text(max_size=30), min_size=1, max_size=8), data=st.data())
def test_a_row_of_the_table_is_what_a_text_weighs_when_it_is_asked(texts: list[str], data: st.DataObject) -> None:
    rows = data.draw(st.lists(st.integers(0, len(texts) - 1), unique=True, min_size=1))
    corpus, vocabulary = learned(texts, sorted(rows))
    weights = weights_of(corpus, vocabulary)
    where = [weights.row(corpus.names[column]) for column in vocabulary.columns]
    dense = corpus.table(vocabulary).toarray()
    for cut, row in zip(cut_of(texts), dense, strict=True):
        asked = dict(weighed_by(weights, cut))
        assert [asked.get(at, 0.0) for at in where] == pytest.approx(row.tolist(), abs=1e-6)


@settings(deadline=None, max_examples=80)
@given(texts=st.lists(SAID | st.text(max_size=30), min_size=1, max_size=8), data=st.data())
def test_what_is_known_is_what_the_scorer_knows(texts: list[str], data: st.DataObject) -> None:
    rows = data.draw(st.lists(st.integers(0, len(texts) - 1), unique=True))
    corpus, vocabulary = learned(texts, sorted(rows))
    known, mass = corpus.known(vocabulary)
    scorer = Scorer(weights_of(corpus, vocabulary))
    asked = [scorer.score(cut) for cut in cut_of(texts)]
    assert known.tolist() == pytest.approx([scores.known for scores in asked], abs=1e-6)
    assert mass.tolist() == pytest.approx([scores.mass for scores in asked], abs=1e-6)
    assert [corpus.length(text) for text in range(len(texts))] == [scores.length for scores in asked]


@pytest.mark.parametrize(
    ("rows", "known", "mass"),
    [
        ([0, 1, 2, 3, 4], [1, 1, 1, 1, 0], [1, 1, 1, 1, 0]),
        ([2], [1 / 2, 1 / 3, 1, 0, 0], [1 / 2, 1 / 3, 1, 0, 0]),
        ([], [0, 0, 0, 0, 0], [0, 0, 0, 0, 0]),
    ],
)
def test_the_share_of_known_words(rows: list[int], known: list[float], mass: list[float]) -> None:
    corpus, vocabulary = learned(TEXTS, rows)
    assert [part.tolist() for part in corpus.known(vocabulary)] == [pytest.approx(known), pytest.approx(mass)]


def test_telling_words_count_more_in_the_mass() -> None:
    corpus, vocabulary = learned(["tea", "tea pot", "tea cup"], [0, 1])
    known, mass = corpus.known(vocabulary)
    tea, rarest = 1.0, 1 + math.log(3 / 2)
    assert known.tolist() == [1, 1, 0.5]
    assert mass.tolist() == pytest.approx([1, 1, tea / (tea + rarest)])


@pytest.mark.parametrize(("text", "length"), [(0, 2), (1, 3), (2, 1), (3, 3), (4, 0)])
def test_the_length_counts_different_words(text: int, length: int) -> None:
    assert Corpus(cut_of(TEXTS)).length(text) == length
