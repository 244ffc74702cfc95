"""Decision tables: what holds, what is still missing, which question is worth most; and proofs over a table."""

import math
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, product

from tutor.model import Decision, Rule, Slot

Filled = Mapping[str, str]  #: slot -> value


@dataclass(frozen=True)
class Branch:
    """One way in which a decision can still end: the values that lead there, and the rule."""

    when: Filled
    rule: Rule


@dataclass(frozen=True)
class Flip:
    """The change of one slot that leads to another outcome."""

    slot: str
    value: str
    outcome: str


def holds(rule: Rule, case: Filled) -> bool:
    """Say whether *rule* holds in a *case* that gives every slot the rule names."""
    return all(case[slot] in values for slot, values in rule.when.items())


def cases(decision: Decision, slots: Mapping[str, Slot], filled: Filled) -> Iterator[dict[str, str]]:
    """Yield every combination of values that *filled* leaves possible."""
    choices = [(filled[name],) if name in filled else tuple(slots[name].values) for name in decision.slots]
    for combination in product(*choices):
        yield dict(zip(decision.slots, combination, strict=True))


def rule_of(decision: Decision, case: Filled) -> Rule | None:
    """Return the rule that holds in a complete *case*."""
    return next((rule for rule in decision.rules if holds(rule, case)), None)


def ends_in(decision: Decision, entry: str) -> bool:
    """Say whether a rule of *decision* ends in *entry*."""
    return any(rule.outcome == entry for rule in decision.rules)


def possible(decision: Decision, slots: Mapping[str, Slot], filled: Filled) -> Counter[str]:
    """Count for every outcome still possible the cases that lead to it."""
    rules = (rule_of(decision, case) for case in cases(decision, slots, filled))
    return Counter(rule.outcome for rule in rules if rule)


def settled(decision: Decision, slots: Mapping[str, Slot], filled: Filled) -> Rule | None:
    """Return the rule that decides, once *filled* leaves a single outcome; None while more are possible."""
    if len(possible(decision, slots, filled)) != 1:
        return None
    return rule_of(decision, next(cases(decision, slots, filled)))


def open_slots(decision: Decision, slots: Mapping[str, Slot], filled: Filled) -> list[str]:
    """Return the slots whose value is unknown and can still change the outcome, the most telling first.

    Told by the expected information gain over the cases still possible, each as likely as another; ties keep the
    order of the decision.
    """
    asked = [name for name in decision.slots if name not in filled and _matters(decision, slots, filled, name)]
    return sorted(asked, key=lambda name: -round(gain(decision, slots, filled, name), 9))


def gain(decision: Decision, slots: Mapping[str, Slot], filled: Filled, name: str) -> float:
    """Return the expected drop in entropy, in bits, from learning the slot *name* (Quinlan 1986)."""
    values = slots[name].values
    after = sum(_entropy(possible(decision, slots, {**filled, name: value})) for value in values) / len(values)
    return _entropy(possible(decision, slots, filled)) - after


def branches(decision: Decision, slots: Mapping[str, Slot], filled: Filled) -> list[Branch]:
    """Return every way the decision can still end, as the leaves of the questions that would be asked."""
    rule = settled(decision, slots, filled)
    if rule:
        return [Branch({}, rule)]
    asked = open_slots(decision, slots, filled)
    if not asked:
        return []
    return [
        Branch({asked[0]: value, **branch.when}, branch.rule)
        for value in slots[asked[0]].values
        for branch in branches(decision, slots, {**filled, asked[0]: value})
    ]


def at_most(decision: Decision, slots: Mapping[str, Slot], filled: Filled) -> int:
    """Return the greatest number of questions that can still follow."""
    return max((len(branch.when) for branch in branches(decision, slots, filled)), default=0)


def flips(decision: Decision, slots: Mapping[str, Slot], filled: Filled) -> list[Flip]:
    """Return every change of one filled slot that leads to one other outcome."""
    here = settled(decision, slots, filled)
    found = []
    for name in decision.slots:
        for value in slots[name].values if here and name in filled else ():
            rule = settled(decision, slots, {**filled, name: value})
            if rule and here and rule.outcome != here.outcome:
                found.append(Flip(name, value, rule.outcome))
    return found


@dataclass(frozen=True)
class Change:
    """Values to change, and the rule that then decides."""

    values: Filled
    rule: Rule


def smallest_flips(decision: Decision, slots: Mapping[str, Slot], filled: Filled) -> list[Change]:
    """Return the smallest changes of filled slots that lead to another outcome or verdict."""
    here = settled(decision, slots, filled)
    found = []
    for name in decision.slots:
        for value in slots[name].values if here and name in filled else ():
            rule = settled(decision, slots, {**filled, name: value})
            if rule and here and (rule.outcome, rule.verdict) != (here.outcome, here.verdict):
                found.append(Change({name: value}, rule))
    return found


def irrelevant(decision: Decision, slots: Mapping[str, Slot], filled: Filled) -> list[str]:
    """Return the slots that cannot change the outcome, whatever their value, while all else stays as it is known."""
    return [
        name
        for name in decision.slots
        if not _matters(decision, slots, {slot: value for slot, value in filled.items() if slot != name}, name)
    ]


def gaps(decision: Decision, slots: Mapping[str, Slot]) -> Iterator[dict[str, str]]:
    """Yield every case in which no rule holds."""
    return (case for case in cases(decision, slots, {}) if rule_of(decision, case) is None)


def overlaps(decision: Decision, slots: Mapping[str, Slot]) -> Iterator[tuple[int, int, dict[str, str]]]:
    """Yield for every two rules that hold at once their numbers, from 1, and one such case."""
    seen = set()
    for case in cases(decision, slots, {}):
        held = [number for number, rule in enumerate(decision.rules, start=1) if holds(rule, case)]
        for first, second in combinations(held, 2):
            if (first, second) not in seen:
                seen.add((first, second))
                yield first, second, case


def unreachable(decision: Decision, slots: Mapping[str, Slot]) -> list[int]:
    """Return the numbers, from 1, of the rules that decide no case: shadowed by an earlier one, or impossible."""
    deciding = {id(rule_of(decision, case)) for case in cases(decision, slots, {})}
    return [number for number, rule in enumerate(decision.rules, start=1) if id(rule) not in deciding]


def _matters(decision: Decision, slots: Mapping[str, Slot], filled: Filled, name: str) -> bool:
    others = cases(decision, slots, {**filled, name: next(iter(slots[name].values))})
    return any(len({_outcome(decision, {**case, name: value}) for value in slots[name].values}) > 1 for case in others)


def _outcome(decision: Decision, case: Filled) -> str | None:
    rule = rule_of(decision, case)
    return rule.outcome if rule else None


def _entropy(counts: Counter[str]) -> float:
    total = sum(counts.values())
    return -sum(count / total * math.log2(count / total) for count in counts.values()) if total else 0.0
