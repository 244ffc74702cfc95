"""How sure a route may be: signals of its scores, and the fitted numbers that make probabilities of them."""

import math
from collections.abc import Mapping, Sequence

from tutor.scoring import Scores, share, softmax

SIGNALS = (
    "best", "lead", "topic lead", "share", "group", "outside", "decision", "talk", "topic share", "known", "mass",
    "names", "length", "spread",
)  # fmt: skip
_FAR = 4.0  #: scores further apart than this tell no more
_TOP = 30  #: entries that are looked at; what comes after them has no chance


def signals(scores: Scores) -> list[float]:
    """Return what tells how sure the best entry is, in the order of SIGNALS."""
    classes, order = scores.classes, scores.order
    entries, groups = scores.entries, scores.groups
    best, own = entries[order[0]], classes.group_of[order[0]]
    shares, topic = softmax([entries[number] for number in order[:_TOP]], 3.0), share(groups, own, 3.0)
    group_of = classes.group_of
    other = next((entries[number] for number in order if group_of[number] != own), best - _FAR)
    of_kind = {kind: max([groups[number] for number in numbers]) for kind, numbers in classes.numbers.items()}
    top = of_kind["topic"]
    return [
        best,
        _within(best - (entries[order[1]] if len(order) > 1 else best - _FAR)),
        _within(best - other),
        shares[0],
        groups[own],
        _within(top - of_kind.get("outside", top - _FAR)),
        _within(top - of_kind.get("decision", top - _FAR)),
        _within(top - of_kind.get("talk", top - _FAR)),
        topic,
        scores.known,
        scores.mass,
        min(scores.names, 4) / 4,
        min(1.0, math.log1p(scores.length) / 5),
        -math.fsum([part * math.log(part) for part in shares if part > 0]),
    ]


def _within(difference: float) -> float:
    return max(-_FAR, min(_FAR, difference))


def sureness(scores: Scores, fitted: Mapping[str, Mapping[str, float]]) -> tuple[float, list[tuple[int, float]]]:
    """Return how likely the text has an answer at all, and the entries by number with their confidence, best first.

    The first is as sure as the text is answerable and the first then right; the others share what is left of it.
    """
    told = signals(scores)
    inside = _logistic(told, fitted["inside"])
    right = _logistic(told, fitted["right"])
    order = scores.order[:_TOP]
    shares = softmax((scores.entries[number] for number in order), fitted["sharpness"]["entries"])
    rest = math.fsum(shares[1:]) or 1.0
    others = [
        (number, inside * (1 - right) * (share / rest)) for number, share in zip(order[1:], shares[1:], strict=True)
    ]
    first = max(inside * right, others[0][1] if others else 0.0)
    return inside, [(order[0], first), *others]


def _logistic(told: Sequence[float], fitted: Mapping[str, float]) -> float:
    total = fitted["bias"] + math.fsum(fitted[name] * value for name, value in zip(SIGNALS, told, strict=True))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
