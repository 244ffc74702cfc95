"""The fewest questions: how many the best decision tree asks one learner."""

from collections.abc import Collection, Mapping
from functools import cache

from tutor.decision import open_slots
from tutor.model import Decision, Slot
from tutor.table import Bits, Filled, states, table

_MOST = 20_000  #: states of a table up to which its best tree is looked for
_DIGITS = 9  #: to which the costs of two trees must agree to count as equal


def fewest(
    decision: Decision, slots: Mapping[str, Slot], filled: Filled, facts: Filled, free: Collection[str] = ()
) -> int:
    """Return how many questions the best tree asks one for whom *facts* hold, where *filled* is known already.

    The best is the one with the fewest questions on average, by the priors; of several, the shortest for these facts.
    A slot outside *facts* ends the questions with a conditional answer, unless the learner is *free* in it: then the
    others are still asked for. Larger tables are asked in the order of `open_slots`.
    """
    whole = table(decision, slots)
    large = states(decision, slots) > _MOST

    @cache
    def total(left: Bits) -> float:
        """The questions of the best tree, summed over the cases *left* by weight."""
        if len(whole.ends_in(left)) < 2:
            return 0.0
        parted = [name for name in whole.values if len(whole.split(left, name)) > 1]
        return min((total_with(left, name) for name in parted), default=0.0)

    def total_with(left: Bits, name: str) -> float:
        return round(whole.weight(left) + sum(map(total, whole.split(left, name).values())), _DIGITS)

    def path(known: Filled, gone: frozenset[str]) -> int:
        names = [name for name in open_slots(decision, slots, known) if name not in gone]
        if large or not names:
            return after(known, gone, names[0]) if names else 0
        left = whole.left(known)
        return min((total_with(left, name), after(known, gone, name)) for name in names)[1]

    def after(known: Filled, gone: frozenset[str], name: str) -> int:
        if name in facts:
            return 1 + path({**known, name: facts[name]}, gone)
        return 1 + path(known, gone | {name}) if name in free else 1

    return path(filled, frozenset())
