"""The simulated learners of the bundled pack: enough of every kind, and true to the decision tables."""

from collections import Counter

import pytest

from tests.conftest import HERE
from tutor.decision import branches, settled
from tutor.fronts.batch.simulate import load_learners
from tutor.learner import KINDS, Learner, must_fit
from tutor.subject import Pack


@pytest.fixture(scope="module")
def learners(pack: Pack) -> dict[str, Learner]:
    roll = load_learners([HERE / "learners"])
    must_fit(roll, pack)
    return dict(roll.learners)


def test_there_are_enough_over_all_decisions_and_of_every_kind(pack: Pack, learners: dict[str, Learner]) -> None:
    decisions = Counter(learner.decision for learner in learners.values() if learner.decision)
    assert decisions.total() >= 150
    assert set(decisions) == set(pack.decisions)
    assert min(decisions.values()) >= 10
    assert set(KINDS) == {learner.kind for learner in learners.values()}


def test_every_value_of_every_slot_is_somebodys_truth(pack: Pack, learners: dict[str, Learner]) -> None:
    told = {(slot, value) for learner in learners.values() for slot, value in learner.facts.items()}
    assert told >= {(name, value) for name, slot in pack.slots.items() for value in slot.values}


def test_each_ends_where_its_facts_lead(pack: Pack, learners: dict[str, Learner]) -> None:
    for name, learner in learners.items():
        decision = pack.decisions.get(learner.decision or "")
        if not decision:
            continue
        rule = settled(decision, pack.slots, learner.facts)
        ways = {branch.rule.outcome for branch in branches(decision, pack.slots, learner.facts)}
        assert bool(rule) != learner.conditional, name
        assert (rule.outcome in learner.ends) if rule else ways <= set(learner.ends), name
