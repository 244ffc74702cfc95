"""Texts to rows without strings: what `features` and the scorer make of them."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.small_weights import small_weights
from tutor import cutting as cutting_module
from tutor.cutting import Cuts, Cutter
from tutor.features import WEIGHTS, features
from tutor.scoring import Scorer
from tutor.terms import Lexicon
from tutor.text import clean

NAMES = {"greentea": "green tea", "pot": "pot"}
KNOWN = (
    "stem <", "stem green", "stem tea", "stem pot", "stem cup", "pair < green", "pair green tea", "pair tea pot",
    "skip green pot", "skip < >", "skip < tea", "letters  tea", "letters tea ", "letters  pot", "letters gree",
    "name green tea", "name green tea & pot", "name ? define", "name pot ? define",
)  # fmt: skip
SCORER = Scorer(small_weights({name: float(number) for number, name in enumerate(KNOWN, start=1)}))
LEXICON = Lexicon(NAMES)
TEXTS = st.lists(
    st.sampled_from("what is green tea Tea, pot pots cups greenTea new ? x 7 and".split()), max_size=12
).map(" ".join) | st.text(max_size=30)  # fmt: skip


def mend(word: str) -> str:
    return {"tee": "tea"}.get(word, word)


CUTTER = Cutter(SCORER, LEXICON, mend)
ARRAYS = [field.name for field in fields(Cuts) if field.name != "strange"]


@settings(deadline=None)
@given(st.lists(TEXTS.map(clean), max_size=4))
def test_the_rows_of_texts_are_those_of_their_features(texts: list[str]) -> None:
    cuts = CUTTER.read(texts)
    for number, text in enumerate(texts):
        cut, alone = features(text, LEXICON, mend), SCORER.score(features(text, LEXICON, mend))
        for block, name in enumerate(WEIGHTS):
            rows = [SCORER.row(name, part) for part in cut[name]]
            found = cuts.rows[cuts.places == number * len(WEIGHTS) + block]
            assert sorted(found.tolist()) == sorted(row for row in rows if row >= 0)
        is_strange = any(SCORER.row("stem", stem) < 0 for stem in cut["stem"])
        assert cuts.strange.get(number) == (cut["stem"] if is_strange else None)
        told = [column[number].item() for column in (cuts.known, cuts.mass, cuts.names, cuts.length)]
        assert told == [alone.known, alone.mass, alone.names, alone.length]


def same(one: Cuts, other: Cuts) -> bool:
    return all(np.array_equal(getattr(one, name), getattr(other, name)) for name in ARRAYS) and (
        one.strange == other.strange
    )


def test_a_word_is_mended_first() -> None:
    assert same(CUTTER.read(["green tee"]), CUTTER.read(["green tea"]))


def test_what_was_met_is_forgotten_when_there_is_too_much_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cutting_module, "_MOST_KEPT", 3)
    cutter = Cutter(SCORER, LEXICON, mend)
    texts = ["green tea", "a new pot", "seven cups of green tea in a pot", "green tea"]
    assert all(same(cutter.read([text]), CUTTER.read([text])) for text in texts)


def test_threads_that_meet_the_same_words_at_once_find_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cutting_module, "_MOST_KEPT", 3)
    cutter = Cutter(SCORER, LEXICON, mend)
    texts = ["a new pot of green tea", "seven cups of green tea in a pot"]
    with ThreadPoolExecutor(4) as threads:
        read = list(threads.map(cutter.read, [texts] * 40))
    assert all(same(cuts, CUTTER.read(texts)) for cuts in read)
