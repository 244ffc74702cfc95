"""What the rival is measured by and learns from; the encoder itself is no part of the tests."""

from math import isnan
from pathlib import Path

import numpy as np
import pytest

from benchmarks.encoder import learn, load_learned
from benchmarks.questions import METRICS, Ranked, scored
from benchmarks.robust import hear, shifts, summary
from benchmarks.tables import number
from tutor import Tutor
from tutor.evaluation import Gold

GOLD = Gold("1", "?", frozenset({"fact.a"}), frozenset({"t"}), "in", {})
NEAR = Gold("2", "?", frozenset(), frozenset(), "out", {"zone": "near"})
PART = Gold("3", "?", frozenset({"fact.a"}), frozenset({"t"}), "partial", {})


def test_scores_are_those_counted_by_hand() -> None:
    ranked = [Ranked(("fact.b", "fact.a"), 0.9), Ranked(("fact.b",), 0.1), Ranked(("fact.b",), 0.0)]
    values = scored([GOLD, NEAR, PART], ranked, {"fact.a": "t", "fact.b": "t"})
    assert [values[name] for name in METRICS[:4]] == [0.0, 1.0, 1.0, 1.0]
    assert isnan(values["AUROC in/far"])
    assert number(values["AUROC in/far"]) is None


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_what_was_learned_is_kept(tmp_path: Path) -> None:
    vectors = np.eye(3, dtype=np.float32).repeat(4, axis=0)
    learned = learn(vectors, ["a"] * 4 + ["b"] * 4 + ["c"] * 4)
    learned.save(tmp_path / "learned.npz")
    kept = load_learned(tmp_path / "learned.npz")
    assert kept.log_shares(vectors).argmax(axis=1).tolist() == [0] * 4 + [1] * 4 + [2] * 4
    assert np.allclose(np.exp(kept.log_shares(vectors)).sum(axis=1), 1)


def test_a_change_that_loses_the_answer_is_a_loss(tea: Tutor) -> None:
    golds = [
        Gold("1", "How hot must the water be for green tea?", frozenset({"fact.green-tea"}), frozenset(), "in", {})
    ]
    before = [hear(tea, golds[0].question)]
    kept = summary("same", list(shifts(tea, golds, before, "same", lambda text, _: text, 1)))
    lost = summary("lost", list(shifts(tea, golds, before, "lost", lambda *_: "black tea before bed", 1)))
    assert (kept["in"], kept["loss"]) == (0, None)
    assert (lost["in"], lost["loss"], lost["answer"], lost["slots"]) == (1, 1.0, 1, 1)
