"""What a table decides agrees with counting its cases one by one."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings

from tests.tables import (
    Case,
    Table,
    any_tables,
    completions,
    implying,
    outcome_of,
    outcomes,
    possible_cases,
    rule,
    states,
    table,
    weighed,
    weighed_tables,
    whole_tables,
)
from tutor.decision import (
    Question,
    at_most,
    branches,
    cases,
    gain,
    holds,
    implied,
    irrelevant,
    open_slots,
    possible,
    rule_of,
    settled,
    smallest_flips,
    tree,
)
from tutor.model import Decision, Rule, Slot
from tutor.proof import gaps, overlaps, unreachable
from tutor.subject import Pack

ROLLOUT = table(
    {"speed": "fast slow", "crowd": "all few none"},
    rule("swap", speed="fast", crowd="all few"),
    rule("grow", speed="slow", crowd="all few"),
    rule("hide", crowd="none"),
)
EITHER = table(
    {"a": "0 1", "b": "0 1"},
    rule("same", a="0", b="0"),
    rule("same", a="1", b="1"),
    rule("other", a="0", b="1"),
    rule("other", a="1", b="0"),
)


# ── examples, written out ──


@pytest.mark.parametrize(
    ("filled", "outcome", "asked", "most"),
    [
        ({}, None, ["crowd", "speed"], 2),
        ({"speed": "fast"}, None, ["crowd"], 1),
        ({"crowd": "all"}, None, ["speed"], 1),
        ({"crowd": "none"}, "fact.hide", [], 0),
        ({"speed": "slow", "crowd": "few"}, "fact.grow", [], 0),
        ({"stranger": "x", "crowd": "none"}, "fact.hide", [], 0),
    ],
)
def test_it_asks_the_most_telling_slot_and_stops_once_one_outcome_is_left(
    filled: Case, outcome: str | None, asked: list[str], most: int
) -> None:
    found = settled(*ROLLOUT, filled)
    assert (found.outcome if found else None) == outcome
    assert open_slots(*ROLLOUT, filled) == asked
    assert at_most(*ROLLOUT, filled) == most


def test_the_gain_of_a_slot_is_in_bits() -> None:
    decision, slots = table({"a": "0 1", "b": "0 1"}, rule("x", a="0"), rule("y", a="1"))
    assert gain(decision, slots, {}, "a") == pytest.approx(1.0)
    assert gain(decision, slots, {}, "b") == pytest.approx(0.0)


def test_slots_that_tell_only_together_are_still_asked() -> None:
    decision, slots = EITHER
    assert gain(decision, slots, {}, "a") == pytest.approx(0.0)
    assert open_slots(decision, slots, {}) == ["a", "b"]
    assert [(dict(way.when), way.rule.outcome) for way in branches(decision, slots, {})] == [
        ({"a": "0", "b": "0"}, "fact.same"),
        ({"a": "0", "b": "1"}, "fact.other"),
        ({"a": "1", "b": "0"}, "fact.other"),
        ({"a": "1", "b": "1"}, "fact.same"),
    ]
    assert at_most(decision, slots, {}) == 2


def test_equally_telling_slots_keep_the_order_of_the_decision() -> None:
    for names in ("a b", "b a"):
        first, second = names.split()
        decision, slots = table(
            {first: "0 1", second: "0 1"}, rule("x", a="0", b="0"), rule("y", a="0", b="1"), rule("z", a="1")
        )
        assert set(open_slots(decision, slots, {})) == {"a", "b"}
    assert open_slots(*EITHER, {}) == ["a", "b"]
    turned = table({"b": "0 1", "a": "0 1"}, *EITHER[0].rules)
    assert open_slots(*turned, {}) == ["b", "a"]


def test_branches_are_the_leaves_of_the_questions_asked() -> None:
    assert [(dict(way.when), way.rule.outcome) for way in branches(*ROLLOUT, {})] == [
        ({"crowd": "all", "speed": "fast"}, "fact.swap"),
        ({"crowd": "all", "speed": "slow"}, "fact.grow"),
        ({"crowd": "few", "speed": "fast"}, "fact.swap"),
        ({"crowd": "few", "speed": "slow"}, "fact.grow"),
        ({"crowd": "none"}, "fact.hide"),
    ]


def flips(
    decision: Decision, slots: Mapping[str, Slot], filled: Mapping[str, str]
) -> list[tuple[str, str, str, str | None]]:
    """Return slot, value, outcome and verdict of the smallest flips that change one filled slot."""
    return [
        (name, value, change.rule.outcome, change.rule.verdict)
        for change in smallest_flips(decision, slots, filled)
        for name, value in change.values.items()
        if len(change.values) == 1 and name in filled
    ]


def test_flips_are_the_single_changes_that_lead_elsewhere() -> None:
    found = flips(*ROLLOUT, {"speed": "fast", "crowd": "all"})
    assert [flip[:3] for flip in found] == [("speed", "slow", "fact.grow"), ("crowd", "none", "fact.hide")]
    assert flips(*ROLLOUT, {"speed": "fast"}) == []


def test_a_decision_of_the_tiny_pack_reads_its_own_slots(tea_pack: Pack) -> None:
    decision = tea_pack.decisions["which-tea"]
    assert open_slots(decision, tea_pack.slots, {}) == ["hour", "guests"]
    assert open_slots(decision, tea_pack.slots, {"hour": "night"}) == []
    assert dict(possible(decision, tea_pack.slots, {"hour": "morning"})) == {
        "fact.green-tea": 1,
        "tip.breakfast-pot": 1,
    }


# ── proofs over a table ──


def test_a_whole_table_has_no_gap_no_overlap_and_no_idle_rule() -> None:
    for whole in (ROLLOUT, EITHER):
        assert (list(gaps(*whole)), list(overlaps(*whole)), unreachable(*whole)) == ([], [], [])


def test_a_gap_is_told_by_every_case_without_a_rule() -> None:
    decision, slots = ROLLOUT
    open_table = replace(decision, rules=decision.rules[:2])
    assert list(gaps(open_table, slots)) == [
        {"speed": "fast", "crowd": "none"},
        {"speed": "slow", "crowd": "none"},
    ]


def test_an_overlap_is_told_by_the_two_rules_and_one_case() -> None:
    decision, slots = table(
        {"a": "0 1", "b": "0 1"}, rule("x", a="0"), rule("y", b="0"), rule("z", a="1", b="1"), rule("z", b="1")
    )
    assert list(overlaps(decision, slots)) == [
        (1, 2, {"a": "0", "b": "0"}),
        (1, 4, {"a": "0", "b": "1"}),
        (3, 4, {"a": "1", "b": "1"}),
    ]


def test_every_two_of_three_rules_that_hold_at_once_are_told() -> None:
    decision, slots = table({"a": "0 1"}, rule("x", a="0"), rule("y"), rule("z", a="0"))
    assert [pair[:2] for pair in overlaps(decision, slots)] == [(1, 2), (1, 3), (2, 3)]


@pytest.mark.parametrize(
    ("rules", "idle"),
    [
        ([rule("x", a="0 1"), rule("y", a="0")], [2]),
        ([rule("x", a="0"), rule("y", a="1"), rule("z", a="")], [3]),
        ([rule("x", a="0"), rule("y", a="1"), rule("z")], [3]),
        ([rule("x", a="0"), rule("z")], []),
    ],
)
def test_a_rule_that_decides_no_case_is_told(rules: list[Rule], idle: list[int]) -> None:
    assert unreachable(*table({"a": "0 1"}, *rules)) == idle


# ── random tables, counted one by one ──


def most_questions(decision: Decision, slots: dict[str, Slot], filled: Case) -> int:
    if len(outcomes(decision, slots, filled)) == 1:
        return 0
    asked = open_slots(decision, slots, filled)[0]
    return 1 + max(most_questions(decision, slots, {**filled, asked: value}) for value in slots[asked].values)


@settings(deadline=None, max_examples=60)
@given(whole_tables())
def test_tables_cut_into_boxes_are_proved_whole(drawn: Table) -> None:
    decision, slots = drawn
    assert (list(gaps(decision, slots)), list(overlaps(decision, slots)), unreachable(decision, slots)) == ([], [], [])


@settings(deadline=None, max_examples=60)
@given(any_tables())
def test_gaps_overlaps_and_idle_rules_are_those_that_counting_finds(drawn: Table) -> None:
    decision, slots = drawn
    held = [
        (case, [n for n, r in enumerate(decision.rules, start=1) if all(case[s] in v for s, v in r.when.items())])
        for case in completions(decision, slots, {})
    ]
    assert list(gaps(decision, slots)) == [case for case, numbers in held if not numbers]
    told = list(overlaps(decision, slots))
    pairs = {(a, b) for _, numbers in held for a in numbers for b in numbers if a < b}
    assert sorted((first, second) for first, second, _ in told) == sorted(pairs)
    for first, second, case in told:
        assert holds(decision.rules[first - 1], case)
        assert holds(decision.rules[second - 1], case)
    deciding = {numbers[0] for _, numbers in held if numbers}
    assert unreachable(decision, slots) == [n for n in range(1, len(decision.rules) + 1) if n not in deciding]


@settings(deadline=None, max_examples=60)
@given(states())
def test_the_cases_and_outcomes_left_are_those_that_counting_finds(
    drawn: tuple[Decision, dict[str, Slot], Case],
) -> None:
    decision, slots, filled = drawn
    left = completions(decision, slots, filled)
    assert list(cases(decision, slots, filled)) == left
    for case in left:
        found = rule_of(decision, case)
        assert found is not None
        assert found.outcome == outcome_of(decision, case)
    counted = [outcome_of(decision, case) for case in left]
    assert possible(decision, slots, filled) == {name: counted.count(name) for name in set(counted)}
    rule_found = settled(decision, slots, filled)
    assert (rule_found.outcome if rule_found else None) == (counted[0] if len(set(counted)) == 1 else None)


@settings(deadline=None, max_examples=60)
@given(states())
def test_a_slot_is_open_when_and_only_when_it_can_change_the_outcome(
    drawn: tuple[Decision, dict[str, Slot], Case],
) -> None:
    decision, slots, filled = drawn
    left = completions(decision, slots, filled)
    can_change = {
        name
        for name in decision.slots
        if name not in filled
        and any(len({outcome_of(decision, {**case, name: value}) for value in slots[name].values}) > 1 for case in left)
    }
    asked = open_slots(decision, slots, filled)
    assert set(asked) == can_change
    assert len(asked) == len(set(asked))
    gains = [round(gain(decision, slots, filled, name), 9) for name in asked]
    assert gains == sorted(gains, reverse=True)
    assert bool(asked) == (settled(decision, slots, filled) is None)


@settings(deadline=None, max_examples=60)
@given(states())
def test_branches_cover_every_case_once_and_end_where_their_cases_end(
    drawn: tuple[Decision, dict[str, Slot], Case],
) -> None:
    decision, slots, filled = drawn
    ways = branches(decision, slots, filled)
    reached = [case for way in ways for case in completions(decision, slots, {**filled, **way.when})]
    assert sorted(map(repr, reached)) == sorted(map(repr, completions(decision, slots, filled)))
    for way in ways:
        assert outcomes(decision, slots, {**filled, **way.when}) == {way.rule.outcome}
        assert not set(way.when) & set(filled)


@settings(deadline=None, max_examples=60)
@given(states())
def test_at_most_is_the_longest_way_of_asking_and_never_more_than_the_open_slots(
    drawn: tuple[Decision, dict[str, Slot], Case],
) -> None:
    decision, slots, filled = drawn
    most = at_most(decision, slots, filled)
    assert most == most_questions(decision, slots, filled)
    assert most <= len(open_slots(decision, slots, filled))


@settings(deadline=None, max_examples=60)
@given(states())
def test_flips_are_all_the_single_changes_that_settle_on_another_outcome(
    drawn: tuple[Decision, dict[str, Slot], Case],
) -> None:
    decision, slots, filled = drawn
    here = outcomes(decision, slots, filled)
    expected = []
    for name in decision.slots:
        for value in slots[name].values if name in filled and len(here) == 1 else ():
            there = outcomes(decision, slots, {**filled, name: value})
            if len(there) == 1 and there != here:
                expected.append((name, value, *there))
    assert [flip[:3] for flip in flips(decision, slots, filled)] == expected


@settings(deadline=None, max_examples=60)
@given(states())
def test_the_order_of_the_rules_of_a_whole_table_changes_nothing(
    drawn: tuple[Decision, dict[str, Slot], Case],
) -> None:
    decision, slots, filled = drawn
    turned = replace(decision, rules=decision.rules[::-1])
    assert open_slots(turned, slots, filled) == open_slots(decision, slots, filled)
    assert [(way.when, way.rule.outcome) for way in branches(turned, slots, filled)] == [
        (way.when, way.rule.outcome) for way in branches(decision, slots, filled)
    ]


# ── verdicts ──

SAME_ENTRY = table({"who": "us them"}, rule("page", "Ours", who="us"), rule("page", "Theirs", who="them"))


def test_rules_with_one_outcome_and_two_verdicts_come_to_different_things() -> None:
    assert settled(*SAME_ENTRY, {}) is None
    assert open_slots(*SAME_ENTRY, {}) == ["who"]
    assert [branch.rule.verdict for branch in branches(*SAME_ENTRY, {})] == ["Ours", "Theirs"]
    (flip,) = flips(*SAME_ENTRY, {"who": "us"})
    assert flip == ("who", "them", "fact.page", "Theirs")


@pytest.mark.parametrize("name", ["serving-interface", "model-selection"])
def test_bundled_decisions_between_two_verdicts_of_one_entry_ask_one_question(pack: Pack, name: str) -> None:
    assert at_most(pack.decisions[name], pack.slots, {}) == 1


# ── priors and implied values ──


def test_priors_weigh_the_gain_of_a_slot() -> None:
    whole = table({"a": "0 1", "b": "0 1"}, rule("x", a="0", b="0"), rule("y", a="1", b="0"), rule("z", b="1"))
    assert open_slots(*whole, {}) == ["b", "a"]
    decision, slots = weighed(whole, b="99 1")
    assert open_slots(decision, slots, {}) == ["a", "b"]
    assert gain(decision, slots, {}, "a") == pytest.approx(0.99)


def test_only_the_proportions_of_priors_count() -> None:
    whole = table({"a": "0 1"}, rule("x", a="0"), rule("y", a="1"))
    assert gain(*weighed(whole, a="2 6"), {}, "a") == pytest.approx(gain(*weighed(whole, a="0.25 0.75"), {}, "a"))


def test_of_equally_telling_slots_that_is_asked_after_which_fewer_questions_follow() -> None:
    cells = zip(product("01", repeat=3), "xxxyxzzy", strict=True)
    rules = [rule(outcome, a=a, b=b, c=c) for (a, b, c), outcome in cells]
    decision, slots = table({"a": "0 1", "b": "0 1", "c": "0 1"}, *rules)
    assert len({round(gain(decision, slots, {}, name), 9) for name in "abc"}) == 1
    assert open_slots(decision, slots, {}) == ["b", "c", "a"]


WET = implying(
    table(
        {"rain": "yes no", "ground": "wet dry"},
        rule("stay", rain="yes"),
        rule("boots", rain="no", ground="wet"),
        rule("shoes", rain="no", ground="dry"),
    ),
    ({"rain": "yes"}, {"ground": "wet"}),
)


def test_what_follows_from_what_is_known_counts_as_known() -> None:
    assert implied(*WET, {"ground": "dry"}) == {"rain": "no"}
    assert implied(*WET, {}) == {}
    assert open_slots(*WET, {"ground": "dry"}) == []
    found = settled(*WET, {"ground": "dry"})
    assert found is not None
    assert found.outcome == "fact.shoes"


def test_cases_that_are_implied_away_do_not_count() -> None:
    assert list(cases(*WET, {"rain": "yes"})) == [{"rain": "yes", "ground": "wet"}]
    assert possible(*WET, {}) == {"fact.stay": 1, "fact.boots": 1, "fact.shoes": 1}


def test_what_is_said_stands_where_it_contradicts_what_is_implied() -> None:
    found = settled(*WET, {"rain": "yes", "ground": "dry"})
    assert found is not None
    assert found.outcome == "fact.stay"


def test_a_change_into_what_cannot_be_is_no_flip() -> None:
    assert [flip[2] for flip in flips(*WET, {"rain": "no", "ground": "dry"})] == ["fact.boots"]


def test_slots_of_which_one_implies_the_other_are_still_asked_once() -> None:
    twins = implying(
        table({"a": "0 1", "b": "0 1"}, rule("x", a="0"), rule("y", a="1")),
        ({"a": "0"}, {"b": "0"}),
        ({"a": "1"}, {"b": "1"}),
    )
    assert open_slots(*twins, {}) == ["a", "b"]
    assert at_most(*twins, {}) == 1


# ── what would change it ──


def test_the_smallest_flips_change_as_few_slots_as_can_be() -> None:
    decision, slots = table(
        {"a": "0 1", "b": "0 1", "c": "0 1"},
        rule("both", a="1", b="1"),
        rule("not", a="0"),
        rule("not", a="1", b="0"),
    )
    assert [change.values for change in smallest_flips(decision, slots, {"a": "0", "b": "0"})] == [{"a": "1", "b": "1"}]
    assert [change.values for change in smallest_flips(decision, slots, {"a": "0", "b": "1"})] == [{"a": "1"}]
    assert smallest_flips(decision, slots, {"b": "1"}) == []


def test_a_slot_that_was_left_open_is_set_where_a_change_makes_it_matter() -> None:
    found = smallest_flips(*ROLLOUT, {"crowd": "none"})
    assert [(dict(change.values), change.rule.outcome) for change in found] == [
        ({"speed": "fast", "crowd": "all"}, "fact.swap"),
        ({"speed": "fast", "crowd": "few"}, "fact.swap"),
        ({"speed": "slow", "crowd": "all"}, "fact.grow"),
        ({"speed": "slow", "crowd": "few"}, "fact.grow"),
    ]


@pytest.mark.parametrize(
    ("filled", "idle"),
    [
        ({}, []),
        ({"crowd": "none"}, ["speed"]),
        ({"crowd": "none", "speed": "fast"}, ["speed"]),
        ({"crowd": "all", "speed": "fast"}, []),
    ],
)
def test_what_cannot_change_the_outcome_is_irrelevant(filled: Case, idle: list[str]) -> None:
    assert irrelevant(*ROLLOUT, filled) == idle


def test_the_tree_is_the_questions_in_their_order(tea_pack: Pack) -> None:
    found = tree(tea_pack.decisions["which-tea"], tea_pack.slots, {})
    assert isinstance(found, Question)
    assert (found.slot, list(found.ways)) == ("hour", ["morning", "night"])
    assert isinstance(found.ways["morning"], Question)
    assert found.ways["night"] is tea_pack.decisions["which-tea"].rules[2]


@settings(deadline=None, max_examples=60)
@given(states())
def test_the_smallest_flips_are_all_minimal_changes_that_counting_finds(
    drawn: tuple[Decision, dict[str, Slot], Case],
) -> None:
    decision, slots, filled = drawn
    here, found = outcomes(decision, slots, filled), smallest_flips(decision, slots, filled)
    by_size: dict[int, list[Case]] = {}
    for state in product(*([None, *slots[name].values] for name in decision.slots)) if len(here) == 1 else ():
        change = {
            name: value
            for name, value in zip(decision.slots, state, strict=True)
            if value is not None and filled.get(name) != value
        }
        there = outcomes(decision, slots, {**filled, **change})
        if len(there) == 1 and there != here and change not in by_size.setdefault(len(change), []):
            by_size[len(change)].append(change)
    least = by_size[min(by_size)] if by_size else []
    assert sorted(map(repr, (dict(change.values) for change in found))) == sorted(map(repr, least))
    for flip in found:
        assert outcomes(decision, slots, {**filled, **flip.values}) == {flip.rule.outcome}


@settings(deadline=None, max_examples=60)
@given(weighed_tables())
def test_the_questions_end_in_the_right_outcome_with_priors_and_implied_values_too(drawn: Table) -> None:
    decision, slots = drawn
    every = possible_cases(decision, slots, {})
    assert list(cases(decision, slots, {})) == every
    for case in every:
        node = tree(decision, slots, {})
        while isinstance(node, Question):
            node = node.ways[case[node.slot]]
        assert node is not None
        assert node.outcome == outcome_of(decision, case)


@settings(deadline=None, max_examples=60)
@given(weighed_tables())
def test_a_value_is_implied_when_all_cases_left_have_it(drawn: Table) -> None:
    decision, slots = drawn
    for name in decision.slots:
        for value in slots[name].values:
            left = possible_cases(decision, slots, {name: value})
            every = {slot: {case[slot] for case in left} for slot in decision.slots if slot != name}
            if left:
                follows = {slot: values.pop() for slot, values in every.items() if len(values) == 1}
                assert implied(decision, slots, {name: value}) == follows
