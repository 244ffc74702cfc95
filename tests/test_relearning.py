"""What examples are worth to a score: nothing without them is nothing, and losing them costs what they taught."""

from collections.abc import Iterable

import numpy as np
import pytest

from tests.conftest import changed
from tutor.features import features
from tutor.relearning import Change, Relearning
from tutor.scoring import Scorer, Scores
from tutor.subject import Pack
from tutor.terms import Lexicon
from tutor.text import clean
from tutor.training import train
from tutor.weights import Weights

BITTER = "fact.green-tea"
SYMPTOM = "My green tea is always bitter no matter the brand."


@pytest.fixture(scope="module")
def weights(tea_pack: Pack) -> Weights:
    return train(tea_pack)


@pytest.fixture(scope="module")
def relearning(tea_pack: Pack, weights: Weights) -> Relearning:
    return Relearning(tea_pack, weights)


def scored(text: str, weights: Weights, pack: Pack) -> Scores:
    return Scorer(weights).score(features(clean(text), Lexicon.of(pack.terms)))


def worth(change: Change, scores: Scores) -> float:
    return sum(value * float(change.features[at]) for at, value in scores.weighed) + change.once


def test_an_entry_that_loses_nothing_scores_as_before(relearning: Relearning) -> None:
    for change in relearning.without(BITTER, ["no example of it"]):
        assert not np.any(change.features)
        assert change.once == 0


def test_an_entry_that_loses_a_style_scores_lower_for_what_it_taught(
    relearning: Relearning, tea_pack: Pack, weights: Weights
) -> None:
    own, topic = relearning.without(BITTER, tea_pack.examples[BITTER].symptom)
    scores = scored(SYMPTOM, weights, tea_pack)
    assert worth(own, scores) < -0.3
    assert worth(topic, scores) < 0
    assert abs(worth(own, scored("assam before bed", weights, tea_pack))) < 0.3


def without(pack: Pack, entry: str, style: str) -> Pack:
    examples = changed(pack.examples[entry], **{style: ()})
    return changed(pack, examples={**pack.examples, entry: examples})


@pytest.mark.parametrize("style", ["short", "scenario", "symptom", "keywords", "belief"])
def test_the_change_is_about_that_of_learning_the_whole_pack_anew(
    relearning: Relearning, tea_pack: Pack, weights: Weights, style: str
) -> None:
    """About: training also mixes anew, forgets words, and loses counter-examples; ranks and signs have to agree."""
    asked = getattr(tea_pack.examples[BITTER], style)
    own, topic = relearning.without(BITTER, asked)
    less = train(without(tea_pack, BITTER, style))
    number = weights.classes.entries.index(BITTER)
    drops = []
    for text in asked:
        before, after = scored(text, weights, tea_pack), scored(text, less, tea_pack)
        drops.append((worth(own, before) + worth(topic, before), after.entries[number] - before.entries[number]))
    assert mean(first for first, _ in drops) < 0
    assert mean(second for _, second in drops) < 0


def mean(numbers: Iterable[float]) -> float:
    return float(np.mean(list(numbers)))
