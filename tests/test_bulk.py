"""Many texts at once: the same bits as one by one."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.test_scoring import CUTS, EMPTY, WEIGHTS, bits, score, small_tables
from tutor.bulk import Bulk
from tutor.features import Features
from tutor.scoring import Scorer
from tutor.weights import Weights


@settings(deadline=None, max_examples=200)
@given(weights=small_tables(), cuts=st.lists(CUTS, max_size=4))
def test_many_texts_at_once_get_the_bits_that_each_gets_alone(weights: Weights, cuts: list[Features]) -> None:
    scorer = Scorer(weights)
    alone = [Scorer(weights).score(cut) for cut in cuts]
    together = Bulk(scorer).score(cuts)
    assert [bits([*one.entries, *one.groups]) for one in together] == [
        bits([*one.entries, *one.groups]) for one in alone
    ]
    assert [list(one.order) for one in together] == [list(one.order) for one in alone]
    assert [(one.known, one.mass, one.names, one.length) for one in together] == [
        (one.known, one.mass, one.names, one.length) for one in alone
    ]


def test_a_feature_that_occurs_a_hundred_times_counts_alike_alone_and_among_many() -> None:
    often: Features = {**EMPTY, "stem": ["tea"] * 100 + ["new"] * 70 + ["pot"]}
    [together] = Bulk(Scorer(WEIGHTS)).score([often])
    assert bits(together.entries) == bits(score(often).entries)
