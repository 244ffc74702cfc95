"""How many questions a decision takes: as we ask them, and in the best tree there is."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from tutor.decision import Question, tree
from tutor.model import Decision, Rule, Slot
from tutor.table import Bits, Table, table

_DIGITS = 9  #: to which the costs of two trees must agree to count as equal


@dataclass(frozen=True)
class Questions:
    """The least, the mean and the greatest number of questions over the cases of a decision, weighed by priors."""

    least: int
    mean: float
    most: int


def asked(decision: Decision, slots: Mapping[str, Slot]) -> Questions:
    """Return how many questions our order of asking takes."""
    whole = table(decision, slots)
    total, least, most = _along(whole, tree(decision, slots, {}), whole.left({}))
    return Questions(least, total / (whole.weight(whole.left({})) or 1), most)


def optimal(decision: Decision, slots: Mapping[str, Slot]) -> Questions:
    """Return how many questions the decision tree takes that has the least mean, and of such the least depth.

    Found exactly, by dynamic programming over the sets of cases that questions can leave (Garey 1972).
    """
    whole = table(decision, slots)
    total, most, least = _best(whole)
    return Questions(least, total / (whole.weight(whole.left({})) or 1), most)


def _along(whole: Table, node: Question | Rule | None, left: Bits) -> tuple[float, int, int]:
    """Return the questions from *node* on: summed over the cases *left* by weight, the fewest, and the most."""
    if not isinstance(node, Question):
        return 0.0, 0, 0
    parts = whole.split(left, node.slot)
    under = [_along(whole, way, parts[value]) for value, way in node.ways.items()]
    total = whole.weight(left) + sum(part for part, _, _ in under)
    return total, 1 + min(least for _, least, _ in under), 1 + max(most for _, _, most in under)


def _best(whole: Table) -> tuple[float, int, int]:
    """Return the sum over all cases by weight, the most and the fewest questions of the best tree."""

    @cache
    def best(left: Bits) -> tuple[float, int, int]:
        if len(whole.ends_in(left)) < 2:
            return 0.0, 0, 0
        trees = map(after, filter(None, (split(left, name) for name in whole.values)))
        return min(trees, key=lambda tree: (round(tree[0], _DIGITS), *tree[1:]))

    def split(left: Bits, name: str) -> tuple[Bits, ...]:
        parts = tuple(whole.split(left, name).values())
        return parts if len(parts) > 1 else ()

    def after(parts: tuple[Bits, ...]) -> tuple[float, int, int]:
        under = [best(part) for part in parts]
        total = sum(map(whole.weight, parts)) + sum(part for part, _, _ in under)
        return total, 1 + max(most for _, most, _ in under), 1 + min(least for _, _, least in under)

    return best(whole.left({}))
