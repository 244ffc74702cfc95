"""How many questions a decision takes, and that no tree takes fewer than the best."""

from itertools import product

import pytest
from hypothesis import given, settings

from tests.tables import Case, Table, implying, outcome_of, possible_cases, rule, table, weighed, weighed_tables
from tutor.decision import Question, tree
from tutor.model import Decision, Slot
from tutor.optimum import Questions, asked, optimal
from tutor.subject import Pack


def test_both_counts_of_a_small_table_are_exact(tea_pack: Pack) -> None:
    decision = tea_pack.decisions["which-tea"]
    assert asked(decision, tea_pack.slots) == optimal(decision, tea_pack.slots) == Questions(1, 1.5, 2)


def test_a_decision_with_one_outcome_takes_no_question() -> None:
    whole = table({"a": "0 1"}, rule("x"))
    assert asked(*whole) == optimal(*whole) == Questions(0, 0, 0)


def test_the_mean_is_weighed_by_priors() -> None:
    whole = table({"a": "0 1", "b": "0 1"}, rule("x", a="0"), rule("y", a="1", b="0"), rule("z", a="1", b="1"))
    assert optimal(*weighed(whole, a="3 1")).mean == pytest.approx(1.25)
    assert asked(*weighed(whole, a="3 1")).mean == pytest.approx(1.25)


def test_cases_that_are_implied_away_do_not_count() -> None:
    whole = table({"a": "0 1", "b": "0 1"}, rule("x", a="0"), rule("y", a="1", b="0"), rule("z", a="1", b="1"))
    assert optimal(*implying(whole, ({"a": "1"}, {"b": "0"}))) == Questions(1, 1, 1)


def test_asking_by_gain_may_take_more_questions_than_the_best_tree() -> None:
    cells = zip(product("01", repeat=3), "zxzxyyzx", strict=True)
    greedy = table(dict.fromkeys("abc", "0 1"), *(rule(z, a=a, b=b, c=c) for (a, b, c), z in cells))
    assert (asked(*greedy), optimal(*greedy)) == (Questions(2, 2.5, 3), Questions(2, 2.25, 3))


@settings(deadline=None, max_examples=60)
@given(weighed_tables())
def test_the_best_tree_is_no_worse_than_ours_and_ours_no_worse_than_its_longest_way(drawn: Table) -> None:
    ours, best = asked(*drawn), optimal(*drawn)
    assert best.mean <= ours.mean + 1e-9
    assert ours.least - 1e-9 <= ours.mean <= ours.most + 1e-9
    assert best.least - 1e-9 <= best.mean <= best.most + 1e-9
    assert ours.most <= len(drawn[0].slots)


@settings(deadline=None, max_examples=40)
@given(weighed_tables())
def test_ours_is_what_asking_case_by_case_takes(drawn: Table) -> None:
    decision, slots = drawn
    counts = [(_weight(decision, case), _questions(decision, slots, case)) for case in possible_cases(*drawn, {})]
    ours, total = asked(*drawn), sum(weight for weight, _ in counts)
    assert ours.mean == pytest.approx(sum(weight * count for weight, count in counts) / total)
    assert (ours.least, ours.most) == (min(count for _, count in counts), max(count for _, count in counts))


@settings(deadline=None, max_examples=25)
@given(weighed_tables())
def test_the_best_tree_is_the_best_of_all_trees(drawn: Table) -> None:
    decision, slots = drawn
    every = possible_cases(decision, slots, {})
    total = sum(_weight(decision, case) for case in every)
    assert optimal(decision, slots).mean == pytest.approx(_least(decision, every) / total)


def test_every_bundled_decision_takes_at_most_three_questions_and_on_average_hardly_more_than_the_best_tree(
    pack: Pack,
) -> None:
    for decision in pack.decisions.values():
        ours, best = asked(decision, pack.slots), optimal(decision, pack.slots)
        assert ours.most <= 3, decision.id
        assert ours.mean <= 1.05 * best.mean, decision.id


def _questions(decision: Decision, slots: dict[str, Slot], case: Case) -> int:
    node, count = tree(decision, slots, {}), 0
    while isinstance(node, Question):
        node, count = node.ways[case[node.slot]], count + 1
    return count


def _weight(decision: Decision, case: Case) -> float:
    weight = 1.0
    for name, shares in decision.priors.items():
        weight *= shares[case[name]]
    return weight


def _least(decision: Decision, every: list[Case]) -> float:
    """Return the least sum of questions over all trees, trying each slot first."""
    if len({outcome_of(decision, case) for case in every}) < 2:
        return 0.0
    found = []
    for name in decision.slots:
        parts = {value: [case for case in every if case[name] == value] for value in {case[name] for case in every}}
        if len(parts) > 1:
            found.append(sum(_least(decision, part) for part in parts.values()))
    return sum(_weight(decision, case) for case in every) + min(found)
