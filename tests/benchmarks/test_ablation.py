"""Variants leave out what they say, and afterwards everything is as before."""

import pytest

from benchmarks.ablation import VARIANTS, Fitted, fit, learn, rows_of
from benchmarks.questions import METRICS
from tutor import training
from tutor.evaluation import Gold
from tutor.features import WEIGHTS
from tutor.subject import Pack
from tutor.training import train

GOLD = Gold("1", "How hot must the water be for green tea?", frozenset({"fact.green-tea"}), frozenset(), "in", {})


@pytest.fixture(scope="module")
def fitted(tea_pack: Pack) -> Fitted:
    return fit(tea_pack)


def test_all_of_it_is_what_the_tutor_learns(tea_pack: Pack, fitted: Fitted) -> None:
    assert learn(VARIANTS["all"], tea_pack, fitted) == train(tea_pack)


@pytest.mark.parametrize("name", [name for name in VARIANTS if name != "all"])
def test_every_variant_gives_a_row_and_leaves_no_trace(name: str, tea_pack: Pack, fitted: Fitted) -> None:
    before, calibrated = dict(WEIGHTS), training._calibrated
    rows = list(rows_of(name, tea_pack, fitted, {"tea": [GOLD]}))
    assert [list(row) for row in rows] == [["variant", "file", *METRICS]]
    assert before == WEIGHTS
    assert training._calibrated is calibrated


def test_a_member_alone_is_the_only_one_that_counts(fitted: Fitted) -> None:
    mix = VARIANTS["margin alone"].mix(fitted.mix)
    assert (mix.entries["logistic"], mix.groups["logistic"]) == (0.0, 0.0)
    assert mix.entries["margin"] == 2 * fitted.mix.entries["margin"]


def test_packs_lose_what_the_variant_says(tea_pack: Pack) -> None:
    assert VARIANTS["without terms"].pack(tea_pack).terms == ()
    assert VARIANTS["without what is outside"].pack(tea_pack).outside == {}
    halved = VARIANTS["half the examples"].pack(tea_pack)
    for entry, examples in tea_pack.examples.items():
        assert halved.examples[entry].short == examples.short[::2]
