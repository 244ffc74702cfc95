"""Asking by a decision table: what holds, what is still missing, which question is worth most, what would change it.

What a decision comes to is the outcome and the verdict of a rule together. Each question counts the cases that are
still possible, so a value that follows from what is known is known, and a case that is implied away does not count.
Tables are made once and the order of questions is kept for every set of cases, so that asking again costs a look-up.
"""

import math
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, product

from tutor.model import Decision, Rule, Slot
from tutor.table import Bits, Table, bits, end, table
from tutor.table import Filled as Filled

_KEPT = 200_000  #: sets of cases whose questions are kept
_DIGITS = 9  #: to which gains and costs must agree to count as equal


@dataclass(frozen=True)
class Branch:
    """One way in which a decision can still end: the values that lead there, and the rule."""

    when: Filled
    rule: Rule


@dataclass(frozen=True)
class Question:
    """A question about *slot* and, for each value that can still be, the question or the rule that follows."""

    slot: str
    ways: Mapping[str, "Question | Rule"]


@dataclass(frozen=True)
class Change:
    """Values to change, and the rule that then decides."""

    values: Filled
    rule: Rule


def holds(rule: Rule, case: Filled) -> bool:
    """Say whether *rule* holds in a *case* that gives every slot the rule names."""
    return all(case[slot] in values for slot, values in rule.when.items())


def cases(decision: Decision, slots: Mapping[str, Slot], filled: Filled) -> Iterator[dict[str, str]]:
    """Yield every combination of values that *filled* and what it implies leave possible."""
    whole = table(decision, slots)
    return map(whole.case, bits(whole.left(filled)))


def rule_of(decision: Decision, case: Filled) -> Rule | None:
    """Return the rule that holds in a complete *case*."""
    return next((rule for rule in decision.rules if holds(rule, case)), None)


def ends_in(decision: Decision, entry: str) -> bool:
    """Say whether a rule of *decision* ends in *entry*."""
    return any(rule.outcome == entry for rule in decision.rules)


def possible(decision: Decision, slots: Mapping[str, Slot], filled: Filled) -> Counter[str]:
    """Count for every outcome still possible the cases that lead to it."""
    whole = table(decision, slots)
    left, counts = whole.left(filled), Counter[str]()
    for (outcome, _), decided in whole.ends.items():
        counts[outcome] += (left & decided).bit_count()
    return +counts


def implied(decision: Decision, slots: Mapping[str, Slot], filled: Filled) -> dict[str, str]:
    """Return the values of slots that nobody gave but that follow from what is *filled*."""
    whole = table(decision, slots)
    parts = {name: whole.split(whole.left(filled), name) for name in decision.slots if name not in filled}
    return {name: next(iter(values)) for name, values in parts.items() if len(values) == 1}


def settled(decision: Decision, slots: Mapping[str, Slot], filled: Filled) -> Rule | None:
    """Return a rule that decides, once *filled* leaves one outcome and verdict; None while more are possible."""
    whole = table(decision, slots)
    return _settled(whole, whole.left(filled))


def open_slots(decision: Decision, slots: Mapping[str, Slot], filled: Filled) -> list[str]:
    """Return the slots whose value is unknown and can still change the outcome, the most telling first.

    Told by the expected information gain over the cases still possible, weighed by their priors. Of slots that tell
    most alike, that one comes first after which fewer questions are expected; other ties keep the order of the
    decision.
    """
    whole = table(decision, slots)
    left = whole.left(filled)
    return [name for name in _order(whole, left) if name not in filled] if _settled(whole, left) is None else []


def gain(decision: Decision, slots: Mapping[str, Slot], filled: Filled, name: str) -> float:
    """Return the expected drop in entropy, in bits, from learning the slot *name* (Quinlan 1986)."""
    whole = table(decision, slots)
    return _gain(whole, whole.left(filled), name)


def tree(decision: Decision, slots: Mapping[str, Slot], filled: Filled) -> Question | Rule | None:
    """Return the questions that would be asked, down to the rules they end in; None where no rule is left."""
    whole = table(decision, slots)
    return _tree(whole, whole.left(filled))


def branches(decision: Decision, slots: Mapping[str, Slot], filled: Filled) -> list[Branch]:
    """Return every way the decision can still end, as the leaves of the questions that would be asked."""
    return list(_leaves(tree(decision, slots, filled)))


def at_most(decision: Decision, slots: Mapping[str, Slot], filled: Filled) -> int:
    """Return the greatest number of questions that can still follow."""
    whole = table(decision, slots)
    return _depth(whole, whole.left(filled))


def smallest_flips(decision: Decision, slots: Mapping[str, Slot], filled: Filled) -> list[Change]:
    """Return the smallest changes that settle on another outcome or verdict: all that change the fewest slots.

    A change gives a filled slot another value, or a value to one that was left open because nothing hung on it. All
    changes of one slot are tried, then all of two, and so on; there is none while *filled* settles nothing.
    """
    sizes = range(1, len(decision.slots) + 1)
    return next((found for size in sizes if (found := list(_changes(decision, slots, filled, size)))), [])


def irrelevant(decision: Decision, slots: Mapping[str, Slot], filled: Filled) -> list[str]:
    """Return the slots that cannot change the outcome, whatever their value, while all else stays as it is known.

    A slot that has but one value left, because all else implies it, is not among them: what implies it may matter.
    """
    whole = table(decision, slots)
    free = {name: whole.left({slot: filled[slot] for slot in filled if slot != name}) for name in decision.slots}
    return [
        name for name, left in free.items() if len(whole.split(left, name)) > 1 and name not in _telling(whole, left)
    ]


def _settled(whole: Table, left: Bits) -> Rule | None:
    return whole.rule(left) if len(whole.ends_in(left)) == 1 else None


@lru_cache(maxsize=_KEPT)
def _order(whole: Table, left: Bits) -> tuple[str, ...]:
    """Return the slots worth asking when *left* are the cases, in the order of asking."""
    gains = {name: round(_gain(whole, left, name), _DIGITS) for name in _telling(whole, left)}
    ranked = sorted(gains, key=lambda name: -gains[name])
    alike = [name for name in ranked if gains[name] == gains[ranked[0]]]
    if len(alike) > 1:
        alike.sort(
            key=lambda name: round(sum(_cost(whole, part) for part in whole.split(left, name).values()), _DIGITS)
        )
    return (*alike, *ranked[len(alike) :])


@lru_cache(maxsize=_KEPT)
def _telling(whole: Table, left: Bits) -> tuple[str, ...]:
    """Return the slots that can change what *left* comes to.

    Where cases are implied away, also those that tell of others; and all that are open, should none tell alone.
    """
    unknown = [name for name in whole.values if len(whole.split(left, name)) > 1]
    if whole.decision.implies:
        found = [name for name in unknown if whole.tells(left, name) or _gain(whole, left, name) > 10**-_DIGITS]
        return tuple(found or (unknown if len(whole.ends_in(left)) > 1 else ()))
    return tuple(name for name in unknown if whole.tells(left, name))


def _gain(whole: Table, left: Bits, name: str) -> float:
    parts = whole.split(left, name).values()
    after = sum(whole.weight(part) * _entropy(whole, part) for part in parts)
    return _entropy(whole, left) - (after / whole.weight(left) if left else 0.0)


def _entropy(whole: Table, left: Bits) -> float:
    weights = [whole.weight(left & decided) for decided in whole.ends.values() if left & decided]
    total = sum(weights)
    return -sum(weight / total * math.log2(weight / total) for weight in weights) if total else 0.0


@lru_cache(maxsize=_KEPT)
def _cost(whole: Table, left: Bits) -> float:
    """Return the questions that the cases *left* will take, summed over the cases by their weight."""
    order = _order(whole, left) if len(whole.ends_in(left)) > 1 else ()
    return whole.weight(left) + sum(_cost(whole, part) for part in whole.split(left, order[0]).values()) if order else 0


@lru_cache(maxsize=_KEPT)
def _depth(whole: Table, left: Bits) -> int:
    order = _order(whole, left) if len(whole.ends_in(left)) > 1 else ()
    return 1 + max(_depth(whole, part) for part in whole.split(left, order[0]).values()) if order else 0


@lru_cache(maxsize=_KEPT)
def _tree(whole: Table, left: Bits) -> Question | Rule | None:
    order = _order(whole, left) if len(whole.ends_in(left)) > 1 else ()
    if not order:
        return whole.rule(left)
    ways = {value: _tree(whole, part) for value, part in whole.split(left, order[0]).items()}
    return Question(order[0], {value: way for value, way in ways.items() if way})


def _leaves(node: Question | Rule | None) -> Iterator[Branch]:
    match node:
        case Question():
            for value, way in node.ways.items():
                for branch in _leaves(way):
                    yield Branch({node.slot: value, **branch.when}, branch.rule)
        case Rule():
            yield Branch({}, node)


def _changes(decision: Decision, slots: Mapping[str, Slot], filled: Filled, size: int) -> Iterator[Change]:
    """Yield every change of *size* slots to values that are possible together and settle on something else."""
    whole = table(decision, slots)
    here = _settled(whole, whole.left(filled))
    for names in combinations(decision.slots, size) if here else ():
        for values in product(*(whole.values[name] for name in names)):
            change = dict(zip(names, values, strict=True))
            if all(filled.get(name) != value for name, value in change.items()):
                rule = _settled(whole, whole.where({**filled, **change}) & whole.possible)
                if rule and here and end(rule) != end(here):
                    yield Change(change, rule)
