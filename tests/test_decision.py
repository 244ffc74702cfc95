"""What a table decides agrees with counting its cases one by one."""

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.decision import (
    at_most,
    branches,
    cases,
    flips,
    gain,
    holds,
    open_slots,
    possible,
    rule_of,
    settled,
)
from tutor.model import Decision, Rule, Slot, Value
from tutor.proof import gaps, overlaps, unreachable
from tutor.schema import validate
from tutor.subject import Pack
from tutor.table import Filled

Case = dict[str, str]
Table = tuple[Decision, dict[str, Slot]]


def slot(*values: str) -> Slot:
    return Slot(question="Which?", why="It decides.", values={value: Value(label=value) for value in values})


def rule(outcome: str, **when: str) -> Rule:
    return validate(
        Rule,
        {
            "when": {name: values.split() for name, values in when.items()},
            "outcome": f"fact.{outcome}",
            "because": "So it is.",
        },
    )


def table(slots: dict[str, str], *rules: Rule) -> Table:
    decision = Decision(id="d", title="D", slots=tuple(slots), overview="fact.over", rules=rules)
    return decision, {name: slot(*values.split()) for name, values in slots.items()}


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


def test_flips_are_the_single_changes_that_lead_elsewhere() -> None:
    found = flips(*ROLLOUT, {"speed": "fast", "crowd": "all"})
    assert [(flip.slot, flip.value, flip.outcome) for flip in found] == [
        ("speed", "slow", "fact.grow"),
        ("crowd", "none", "fact.hide"),
    ]
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


@st.composite
def whole_tables(draw: st.DrawFn) -> Table:
    """Cut the space of all cases into boxes, as an author would: each box becomes a rule."""
    slots = {
        name: " ".join(f"{name}{index}" for index in range(draw(st.integers(2, 3))))
        for name in "abcd"[: draw(st.integers(1, 4))]
    }
    boxes = [{name: values.split() for name, values in slots.items()}]
    for _ in range(draw(st.integers(0, 6))):
        box = boxes.pop(draw(st.integers(0, len(boxes) - 1)))
        wide = [name for name, values in box.items() if len(values) > 1]
        if not wide:
            boxes.append(box)
            continue
        name = draw(st.sampled_from(wide))
        cut = draw(st.integers(1, len(box[name]) - 1))
        boxes += [{**box, name: box[name][:cut]}, {**box, name: box[name][cut:]}]
    rules = [
        rule(
            draw(st.sampled_from(["x", "y", "z"])),
            **{name: " ".join(v) for name, v in box.items() if len(v) < len(slots[name].split())},
        )
        for box in draw(st.permutations(boxes))
    ]
    return table(slots, *rules)


@st.composite
def any_tables(draw: st.DrawFn) -> Table:
    slots = {name: f"{name}0 {name}1 {name}2" for name in "ab"}
    cell = st.lists(st.sampled_from("012"), unique=True, max_size=3)
    rules = [
        rule(
            f"r{number}",
            **{name: " ".join(name + v for v in draw(cell)) for name in draw(st.sets(st.sampled_from("ab")))},
        )
        for number in range(draw(st.integers(1, 5)))
    ]
    return table(slots, *rules)


@st.composite
def states(draw: st.DrawFn) -> tuple[Decision, dict[str, Slot], Case]:
    decision, slots = draw(whole_tables())
    known = draw(st.sets(st.sampled_from(decision.slots)))
    return decision, slots, {name: draw(st.sampled_from(list(slots[name].values))) for name in sorted(known)}


def completions(decision: Decision, slots: dict[str, Slot], filled: Filled) -> list[Case]:
    every = product(*(slots[name].values for name in decision.slots))
    whole = [dict(zip(decision.slots, values, strict=True)) for values in every]
    return [case for case in whole if filled.items() <= case.items()]


def outcome_of(decision: Decision, case: Case) -> str:
    (held,) = [r for r in decision.rules if all(case[name] in values for name, values in r.when.items())]
    return held.outcome


def outcomes(decision: Decision, slots: dict[str, Slot], filled: Filled) -> set[str]:
    return {outcome_of(decision, case) for case in completions(decision, slots, filled)}


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
    assert [(flip.slot, flip.value, flip.outcome) for flip in flips(decision, slots, filled)] == expected


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
