"""Many texts at once: the same bits as one by one."""

from collections.abc import Sequence

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.test_scoring import CUTS, EMPTY, WEIGHTS, bits, score, small_tables
from tutor.bulk import Bulk
from tutor.cutting import Cuts
from tutor.features import WEIGHTS as BLOCKS
from tutor.features import Features
from tutor.scoring import Scorer
from tutor.weights import Weights


def cuts_of(scorer: Scorer, cuts: Sequence[Features]) -> Cuts:
    """Return what the weights can know of texts cut into features."""
    placed = [
        (number * len(BLOCKS) + at, row)
        for number, cut in enumerate(cuts)
        for at, block in enumerate(BLOCKS)
        for row in (scorer.row(block, part) for part in cut[block])
        if row >= 0
    ]
    places, rows = np.array(placed, dtype=np.int64).reshape(-1, 2).T
    strange = {
        number: cut["stem"]
        for number, cut in enumerate(cuts)
        if any(scorer.row("stem", stem) < 0 for stem in cut["stem"])
    }
    alone = list(map(scorer.score, cuts))
    told = [np.array([getattr(one, name) for one in alone]) for name in ("known", "mass", "length", "names")]
    return Cuts(places, rows, strange, *told)


@settings(deadline=None, max_examples=200)
@given(weights=small_tables(), cuts=st.lists(CUTS, min_size=1, max_size=4))
def test_many_texts_at_once_get_the_bits_that_each_gets_alone(weights: Weights, cuts: list[Features]) -> None:
    scorer = Scorer(weights)
    many = Bulk(scorer).score(cuts_of(scorer, cuts))
    for number, cut in enumerate(cuts):
        together, alone = many.scores(number), Scorer(weights).score(cut)
        assert bits([*together.entries, *together.groups]) == bits([*alone.entries, *alone.groups])
        assert together.order == alone.order
        assert (together.known, together.mass, together.names, together.length) == (
            alone.known,
            alone.mass,
            alone.names,
            alone.length,
        )


def test_a_feature_that_occurs_a_hundred_times_counts_alike_alone_and_among_many() -> None:
    often: Features = {**EMPTY, "stem": ["tea"] * 100 + ["new"] * 70 + ["pot"]}
    scorer = Scorer(WEIGHTS)
    together = Bulk(scorer).score(cuts_of(scorer, [often])).scores(0)
    assert bits(together.entries) == bits(score(often).entries)
