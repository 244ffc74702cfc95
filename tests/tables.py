"""Decision tables for tests: a few written out, random ones, and their cases counted one by one."""

from dataclasses import replace
from itertools import product

from hypothesis import strategies as st

from tutor.model import Decision, Implied, Rule, Slot, Value
from tutor.schema import validate
from tutor.table import Filled

Case = dict[str, str]
Table = tuple[Decision, dict[str, Slot]]


def slot(*values: str) -> Slot:
    return Slot(question="Which?", why="It decides.", values={value: Value(label=value) for value in values})


def rule(outcome: str, verdict: str | None = None, **when: str) -> Rule:
    return validate(
        Rule,
        {
            "when": {name: values.split() for name, values in when.items()},
            "outcome": f"fact.{outcome}",
            "because": "So it is.",
            "verdict": verdict,
        },
    )


def table(slots: dict[str, str], *rules: Rule) -> Table:
    decision = Decision(id="d", title="D", slots=tuple(slots), overview="fact.over", rules=rules)
    return decision, {name: slot(*values.split()) for name, values in slots.items()}


def weighed(drawn: Table, **priors: str) -> Table:
    """Return the table with priors, such as a="1 3" for the values of a in their order."""
    decision, slots = drawn
    told = {
        name: dict(zip(slots[name].values, map(float, said.split()), strict=False)) for name, said in priors.items()
    }
    return replace(decision, priors=told), slots


def implying(drawn: Table, *implied: tuple[dict[str, str], dict[str, str]]) -> Table:
    """Return the table with implied values, each as (when, then)."""
    decision, slots = drawn
    return replace(decision, implies=tuple(Implied(when=when, then=then) for when, then in implied)), slots


@st.composite
def whole_tables(draw: st.DrawFn) -> Table:
    """Cut the space of all cases into boxes, as an author would: each box becomes a rule."""
    slots = {
        name: " ".join(f"{name}{index}" for index in range(draw(st.integers(2, 4))))
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
def weighed_tables(draw: st.DrawFn) -> Table:
    """Whole tables, some with priors, some in which a value of one slot implies one of another."""
    decision, slots = draw(whole_tables())
    for name in draw(st.sets(st.sampled_from(decision.slots))):
        shares = draw(st.lists(st.integers(1, 9), min_size=len(slots[name].values), max_size=len(slots[name].values)))
        decision, slots = weighed((decision, slots), **{name: " ".join(map(str, shares))})
    if len(decision.slots) > 1 and draw(st.booleans()):
        first, second = draw(st.permutations(decision.slots))[:2]
        when, then = draw(st.sampled_from(list(slots[first].values))), draw(st.sampled_from(list(slots[second].values)))
        decision, slots = implying((decision, slots), ({first: when}, {second: then}))
    return decision, slots


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


def possible_cases(decision: Decision, slots: dict[str, Slot], filled: Filled) -> list[Case]:
    """Return the completions that no implied value rules out."""
    return [
        case
        for case in completions(decision, slots, filled)
        if all(
            implied.then.items() <= case.items() for implied in decision.implies if implied.when.items() <= case.items()
        )
    ]


def outcome_of(decision: Decision, case: Case) -> str:
    (held,) = [r for r in decision.rules if all(case[name] in values for name, values in r.when.items())]
    return held.outcome


def outcomes(decision: Decision, slots: dict[str, Slot], filled: Filled) -> set[str]:
    return {outcome_of(decision, case) for case in completions(decision, slots, filled)}
