"""Many texts at once: the same bits as one by one."""

import sys

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.test_scoring import CUTS, EMPTY, WEIGHTS, bits, score, small_tables
from tutor.bulk import Bulk
from tutor.cutting import ROW, Cut
from tutor.features import WEIGHTS as BLOCKS
from tutor.features import Features
from tutor.scoring import Scorer
from tutor.weights import Weights


def cut_of(scorer: Scorer, cut: Features) -> Cut:
    """Return what the weights can know of a text cut into features."""
    rows = [[scorer.row(block, part) for part in cut[block]] for block in BLOCKS]
    packed = [b"".join(row.to_bytes(ROW, sys.byteorder) for row in found if row >= 0) for found in rows]
    alone = scorer.score(cut)
    return Cut(cut["stem"], tuple(packed), -1 in rows[0], alone.known, alone.mass, alone.names, alone.length)


@settings(deadline=None, max_examples=200)
@given(weights=small_tables(), cuts=st.lists(CUTS, min_size=1, max_size=4))
def test_many_texts_at_once_get_the_bits_that_each_gets_alone(weights: Weights, cuts: list[Features]) -> None:
    scorer = Scorer(weights)
    many = Bulk(scorer).score([cut_of(scorer, cut) for cut in cuts])
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
    together = Bulk(scorer).score([cut_of(scorer, often)]).scores(0)
    assert bits(together.entries) == bits(score(often).entries)
