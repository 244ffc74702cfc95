"""A decision table taken apart once: its cases as the bits of a number, and what each of them comes to."""

from collections.abc import Iterator, Mapping
from functools import reduce
from math import prod
from operator import and_, or_

from tutor.model import Decision, Rule, Slot

MOST = 100_000  #: states of a table, each slot known or unknown, up to which it is proved and asked from
_MOST_KEPT = 1_000

Filled = Mapping[str, str]  #: slot -> value
End = tuple[str, str | None]  #: what a decision comes to: the outcome and the verdict
Bits = int  #: a set of cases: bit number n stands for case number n


def states(decision: Decision, slots: Mapping[str, Slot]) -> int:
    """Return in how many ways the slots of *decision* can be known or unknown."""
    return prod(len(slots[name].values) + 1 for name in decision.slots if name in slots)


def end(rule: Rule) -> End:
    """Return what *rule* comes to."""
    return rule.outcome, rule.verdict


def bits(cases: Bits) -> Iterator[Bits]:
    """Yield each of the *cases*, the first one first.

    >>> list(bits(0b1010))
    [2, 8]
    """
    while cases:
        yield cases & -cases
        cases &= cases - 1


class Table:
    """The cases of a decision as sets of bits, so that whole sets are cut, joined and counted at once.

    *possible* holds the cases that no implied value rules out, *by_value* the cases of each value of each slot,
    *held* the cases in which each rule holds and *decided* those that it decides, being the first that does.
    """

    def __init__(self, decision: Decision, slots: Mapping[str, Slot]) -> None:
        self.decision, self.slots = decision, slots
        self.values = {name: tuple(slots[name].values) for name in decision.slots}
        self.all: Bits = (1 << prod(map(len, self.values.values()))) - 1
        self.by_value = _by_value(self.values, self.all)
        self.possible = self.all & ~reduce(or_, map(self.ruled_out, range(len(decision.implies))), 0)
        self.held = tuple(map(self._holding, decision.rules))
        self.decided = tuple(_first(self.held))
        self.ends: dict[End, Bits] = {}
        for rule, cases in zip(decision.rules, self.decided, strict=True):
            self.ends[end(rule)] = self.ends.get(end(rule), 0) | cases
        self._weights = self._weighed() if decision.priors else None
        self._kept: dict[Bits, float] = {}

    def left(self, filled: Filled) -> Bits:
        """Return the cases that *filled* leaves possible.

        Where it contradicts what the pack implies, what is said stands and the implied values are let go.
        """
        cases = self.where(filled)
        return cases & self.possible or cases

    def where(self, filled: Filled) -> Bits:
        """Return all cases with these values, possible or not; none where a slot has no such value."""
        known = (values.get(filled[name], 0) for name, values in self.by_value.items() if name in filled)
        return reduce(and_, known, self.all)

    def split(self, cases: Bits, name: str) -> dict[str, Bits]:
        """Return the *cases* by the values of a slot, without the values that are in none."""
        return {value: part for value, every in self.by_value[name].items() if (part := cases & every)}

    def ends_in(self, cases: Bits) -> list[End]:
        """Return what *cases* come to, in the order of the rules."""
        return [one for one, decided in self.ends.items() if cases & decided]

    def rule(self, cases: Bits) -> Rule | None:
        """Return the rule that decides the first of *cases* that any rule decides."""
        first = next(bits(cases & reduce(or_, self.decided, 0)), 0)
        return next((rule for rule, own in zip(self.decision.rules, self.decided, strict=True) if own & first), None)

    def case(self, one: Bits) -> dict[str, str]:
        """Return the values of *one* case."""
        return {name: value for name in self.values for value in self.split(one, name)}

    def weight(self, cases: Bits) -> float:
        """Return how likely *cases* are, by the priors of their values, in any proportion."""
        if self._weights is None:
            return cases.bit_count()
        if cases not in self._kept:
            self._kept[cases] = sum(self._weights[one.bit_length() - 1] for one in bits(cases))
        return self._kept[cases]

    def tells(self, cases: Bits, name: str) -> bool:
        """Say whether two of *cases* that differ in the slot *name* alone come to different things."""
        parts = self.split(cases, name)
        for one in self.ends_in(cases):
            shapes = [(part & self.ends[one], part, self._shift(name, value)) for value, part in parts.items()]
            hits = [hit >> shift for hit, _, shift in shapes]
            others = [(part & ~hit & self._any) >> shift for hit, part, shift in shapes]
            if reduce(or_, hits) & reduce(or_, others):
                return True
        return False

    @property
    def _any(self) -> Bits:
        return reduce(or_, self.decided, 0)

    def _shift(self, name: str, value: str) -> int:
        """Return how far the cases with this value lie behind those with the slot's first."""
        names = list(self.values)
        step = prod(len(self.values[other]) for other in names[names.index(name) + 1 :])
        return step * self.values[name].index(value)

    def _holding(self, rule: Rule) -> Bits:
        taken = (reduce(or_, (self.by_value[name][value] for value in rule.when[name]), 0) for name in rule.when)
        return reduce(and_, taken, self.all)

    def ruled_out(self, number: int) -> Bits:
        """Return the cases that the implied values at *number*, from 0, rule out."""
        implied = self.decision.implies[number]
        return self.where(implied.when) & ~self.where(implied.then)

    def _weighed(self) -> list[float]:
        weights = [1.0]
        for name, values in self.values.items():
            told = [self.decision.priors.get(name, {}).get(value, 1.0) for value in values]
            weights = [weight * share / sum(told) for weight in weights for share in told]
        return weights


def _by_value(values: Mapping[str, tuple[str, ...]], every: Bits) -> dict[str, dict[str, Bits]]:
    """Return the cases of each value: blocks of bits that recur, the last slot changing fastest."""
    found: dict[str, dict[str, Bits]] = {}
    step = 1
    for name in reversed(list(values)):
        period, block = step * len(values[name]), (1 << step) - 1
        recurring = block * (every // ((1 << period) - 1))
        found[name] = {value: recurring << step * index for index, value in enumerate(values[name])}
        step = period
    return {name: found[name] for name in values}


def _first(held: tuple[Bits, ...]) -> Iterator[Bits]:
    taken = 0
    for cases in held:
        yield cases & ~taken
        taken |= cases


_KEPT: dict[tuple[int, int], Table] = {}  #: tables made once, by the identities of the decision and the slots


def table(decision: Decision, slots: Mapping[str, Slot]) -> Table:
    """Return *decision* taken apart, made once for as long as decision and slots are the same objects."""
    key = id(decision), id(slots)
    kept = _KEPT.get(key)
    if kept is None or kept.decision is not decision or kept.slots is not slots:
        if len(_KEPT) >= _MOST_KEPT:
            _KEPT.clear()
        kept = _KEPT[key] = Table(decision, slots)
    return kept
