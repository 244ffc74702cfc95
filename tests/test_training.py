"""Training: the same pack gives the same weights, bit by bit, and small packs can be learned too."""

import hashlib
import os
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.conftest import TEA
from tutor.features import features
from tutor.model import Examples
from tutor.scoring import SIGNALS, confidence, score
from tutor.subject import Pack
from tutor.terms import Lexicon
from tutor.text import clean, words
from tutor.training import train
from tutor.weights import Weights


@pytest.fixture(scope="module")
def weights(tea_pack: Pack) -> Weights:
    return train(tea_pack)


def sum_of(weights: Weights) -> str:
    sha = hashlib.sha256()
    for part in (weights.idf, weights.coefficients, weights.intercepts):
        sha.update(part.tobytes())
    named = (list(weights.vocabulary), weights.groups, weights.entries, weights.group_of, weights.words)
    sha.update(repr((named, sorted(weights.confidence.items()))).encode())
    return sha.hexdigest()


def test_two_trainings_give_the_same_bits(tea_pack: Pack, weights: Weights) -> None:
    assert sum_of(train(tea_pack)) == sum_of(weights)


@pytest.mark.parametrize("seed", ["1", "2"])
def test_another_process_learns_the_same_bits(weights: Weights, seed: str) -> None:
    code = (
        "from pathlib import Path; import sys; from tests.test_training import sum_of; "
        "from tutor.pack import load_pack; from tutor.training import train; "
        "print(sum_of(train(load_pack(Path(sys.argv[1])))))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, str(TEA)],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parent.parent,
        env={**os.environ, "PYTHONHASHSEED": seed},
    )
    assert ran.stdout.strip() == sum_of(weights)


def test_the_steps_are_told(tea_pack: Pack) -> None:
    told: list[str] = []
    train(tea_pack, told.append)
    assert told == ["calibrating", "learning the examples"]


def test_every_topic_decision_talk_and_zone_is_a_group_and_every_entry_a_class(weights: Weights) -> None:
    assert weights.groups == (
        "decision which-tea",
        "outside far",
        "outside near",
        "talk greeting",
        "topic hours",
        "topic leaves",
    )
    assert weights.entries == ("tip.breakfast-pot", "trap.caffeine-at-night", "fact.green-tea", "pair.green-vs-black")
    assert weights.group_of == (4, 4, 5, 5)
    assert all(type(name) is str for name in (*weights.groups, *weights.entries, *weights.vocabulary, *weights.words))


def test_there_is_a_row_for_every_feature_and_a_column_for_every_class(weights: Weights) -> None:
    assert weights.coefficients.shape == (len(weights.vocabulary), 10)
    assert (weights.idf.shape, weights.intercepts.shape) == ((len(weights.vocabulary),), (10,))
    assert {part.dtype for part in (weights.idf, weights.coefficients, weights.intercepts)} == {np.dtype(np.float32)}
    assert sorted(weights.vocabulary.values()) == list(range(len(weights.vocabulary)))
    assert weights.coefficients.flags.c_contiguous


def test_words_are_known_by_frequency_and_then_by_alphabet(tea_pack: Pack, weights: Weights) -> None:
    said = [question for examples in tea_pack.examples.values() for _, question in examples.by_style()]
    said += [text for e in tea_pack.entries.values() for text in (e.title, f"{e.title} {e.answer} {e.why}")]
    said += [question for questions in tea_pack.openings.values() for question in questions]
    said += [question for talk in tea_pack.talk.values() for question in talk.examples]
    said += [question for zone in tea_pack.outside.values() for questions in zone.values() for question in questions]
    counted = Counter(word for text in said for word in words(clean(text)))
    assert list(weights.words) == sorted(sorted(counted), key=counted.__getitem__, reverse=True)
    assert weights.words[:3] == ("tea", "a", "the")


def test_rare_pairs_are_not_learned(weights: Weights) -> None:
    assert {"sencha", "espresso", "hello", "oxidised"} <= set(weights.words)
    assert "stem peru" in weights.vocabulary
    assert "pair capit of" not in weights.vocabulary  # said once
    assert "pair green tea" in weights.vocabulary
    assert {name.partition(" ")[0] for name in weights.vocabulary} == {"stem", "pair", "letters", "name"}


def test_confidence_is_calibrated_on_every_signal(weights: Weights) -> None:
    assert set(weights.confidence) == {*SIGNALS, "bias"}
    assert all(type(value) is float for value in weights.confidence.values())
    assert weights.confidence["outside"] > 0  # the further from what is outside, the surer


def test_the_examples_are_learned(tea_pack: Pack, weights: Weights) -> None:
    lexicon = Lexicon.of(tea_pack.terms)
    for entry, examples in tea_pack.examples.items():
        for _, question in examples.by_style():
            assert score(features(clean(question), lexicon), weights).best == entry, question


def test_a_changed_example_changes_the_weights(tea_pack: Pack, weights: Weights) -> None:
    examples = {**tea_pack.examples, "fact.green-tea": Examples(short=("Is gyokuro brewed cool?",))}
    changed = train(replace(tea_pack, examples=examples))
    assert "gyokuro" in changed.words
    assert sum_of(changed) != sum_of(weights)


@pytest.mark.parametrize("entries", [["fact.green-tea"], ["fact.green-tea", "pair.green-vs-black"]])
def test_the_smallest_packs_can_be_learned(tea_pack: Pack, entries: list[str]) -> None:
    small = replace(
        tea_pack,
        entries={name: tea_pack.entries[name] for name in entries},
        examples={},
        openings={},
        outside={},
        talk={},
        terms=(),
    )
    weights = train(small)
    assert weights.groups == ("topic leaves",)
    assert weights.entries == tuple(entries)
    assert weights.confidence == dict.fromkeys((*SIGNALS, "bias"), 0.0)
    scores = score(features("how hot is green tea", Lexicon.of(())), weights)
    assert scores.best == "fact.green-tea"
    assert confidence(scores) == 0.5


def test_two_topics_are_told_apart(tea_pack: Pack) -> None:
    lean = replace(tea_pack, openings={}, outside={}, talk={})
    weights = train(lean)
    assert weights.groups == ("topic hours", "topic leaves")
    scores = score(features("sencha", Lexicon.of(lean.terms)), weights)
    assert scores.best == "fact.green-tea"
    assert scores.groups[1] > scores.groups[0]
    assert float(np.exp(scores.groups).sum()) == pytest.approx(1)
