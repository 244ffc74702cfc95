"""Texts to rows without strings: what `features` and the scorer make of them."""

from array import array

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.small_weights import small_weights
from tutor import cutting as cutting_module
from tutor.cutting import Cutter
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


@settings(deadline=None)
@given(TEXTS.map(clean))
def test_the_rows_of_a_text_are_those_of_its_features(text: str) -> None:
    cut, read = features(text, LEXICON, mend), CUTTER.read(text)
    for block, packed in zip(WEIGHTS, read.rows, strict=True):
        rows = [SCORER.row(block, part) for part in cut[block]]
        assert array("i", packed).tolist() == [row for row in rows if row >= 0]
    alone = SCORER.score(cut)
    assert list(read.stems) == cut["stem"]
    assert read.strange == any(SCORER.row("stem", stem) < 0 for stem in cut["stem"])
    assert (read.known, read.mass, read.names, read.length) == (alone.known, alone.mass, alone.names, alone.length)


def test_a_word_is_mended_first() -> None:
    assert CUTTER.read("green tee").rows == CUTTER.read("green tea").rows


def test_what_was_met_is_forgotten_when_there_is_too_much_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cutting_module, "_MOST_KEPT", 3)
    cutter = Cutter(SCORER, LEXICON, mend)
    texts = ["green tea", "a new pot", "seven cups of green tea in a pot", "green tea"]
    assert [cutter.read(text) for text in texts] == [CUTTER.read(text) for text in texts]
