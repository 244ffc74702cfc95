"""The fewest questions: how many an optimal decision tree asks one learner."""

from collections.abc import Collection, Mapping
from math import prod

from tutor.decision import Filled, open_slots, settled
from tutor.model import Decision, Slot

_STATES = 20_000  #: combinations of known values up to which the optimal tree is computed


def least_questions(
    decision: Decision, slots: Mapping[str, Slot], filled: Filled, facts: Filled, free: Collection[str] = ()
) -> int:
    """Return how many questions an optimal tree asks one for whom *facts* hold, where *filled* is known already.

    Optimal is a tree with the fewest questions on average, all values being equally likely; of several, the one best
    for these facts. A slot outside *facts* ends the questions with a conditional answer, unless the learner is *free*
    in it: then the others are still asked for. Tables too large for it are asked in the order of `open_slots`.
    """
    small = prod(len(slots[name].values) + 1 for name in decision.slots) <= _STATES
    means: dict[frozenset[tuple[str, str]], float] = {}

    def mean(known: Filled) -> float:
        key = frozenset(known.items())
        if key not in means:
            means[key] = min((mean_with(known, name) for name in waiting(known)), default=0.0)
        return means[key]

    def mean_with(known: Filled, name: str) -> float:
        values = slots[name].values
        return round(1 + sum(mean({**known, name: value}) for value in values) / len(values), 9)

    def waiting(known: Filled, gone: frozenset[str] = frozenset()) -> list[str]:
        if settled(decision, slots, known):
            return []
        return [name for name in open_slots(decision, slots, known) if name not in gone]

    def path(known: Filled, gone: frozenset[str]) -> int:
        names = waiting(known, gone)
        if not small:
            return after(known, gone, names[0]) if names else 0
        return min(((mean_with(known, name), after(known, gone, name)) for name in names), default=(0.0, 0))[1]

    def after(known: Filled, gone: frozenset[str], name: str) -> int:
        if name in facts:
            return 1 + path({**known, name: facts[name]}, gone)
        return 1 + path(known, gone | {name}) if name in free else 1

    return path(filled, frozenset())
