"""Evidence for options -> which are picked, and how sure one may be: what was learned of items, at work."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from tutor.claims import Counts, Kind, Told
from tutor.scoring import softmax
from tutor.wording import Bag

SIGNALS = ("lead", "over the rest", "share", "several", "wrong sought", "entry")
ENOUGH = 20  #: items from which a pack's own are learned from
_FAR = 6.0  #: scores further apart than this tell no more

Rows = Sequence[Sequence[float]]  #: the evidence of each option, in the order of evidence.SIGNS


@dataclass(frozen=True)
class Chooser:
    """What was learned of items: how *telling* a token is, *beliefs* and *claims* about entries, what evidence counts.

    *stems* are those of the items that made claims, in their order.
    *holds* are the weights of evidence where a stem seeks what holds, *fails* where it seeks what does not; each is
    divided by its *scales*. *sharpness* makes shares of the router's scores, *sure* a confidence of the signals.
    *lesson* is the hash of all that was taught.
    """

    lesson: str
    telling: Mapping[str, float]
    beliefs: Mapping[str, Bag]
    claims: Mapping[Kind, Told]
    stems: Sequence[Counts]
    scales: Sequence[float]
    holds: Sequence[float]
    fails: Sequence[float]
    sharpness: float
    sure: Mapping[str, float]

    def scores(self, rows: Rows, *, wrong: bool) -> list[float]:
        """Return a score for each option; what its evidence has in common with that of the others counts nothing."""
        return weigh(rows, self.scales, self.fails if wrong else self.holds)

    def confidence(self, told: Sequence[float]) -> float:
        """Return how likely a pick is right after its signals."""
        return round(likelihood(told, self.sure), 4)

    def to_json(self) -> str:
        """Return what was learned as JSON, for `chooser_from`."""
        return json.dumps(asdict(self), ensure_ascii=False)


def chooser_from(text: str) -> Chooser | None:
    """Return the chooser that was saved as *text*; None where there is none, or one of another form."""
    try:
        return Chooser(**json.loads(text)) if text else None
    except (TypeError, ValueError):
        return None


def likelihood(told: Sequence[float], fitted: Mapping[str, float]) -> float:
    """Return how likely a pick is right after what is *told*, in the order of SIGNALS."""
    total = fitted["bias"] + math.fsum(fitted[name] * value for name, value in zip(SIGNALS, told, strict=True))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def weigh(rows: Rows, scales: Sequence[float], weights: Sequence[float]) -> list[float]:
    """Return the sum of each row, less the mean of all, over *scales* and times *weights*."""
    means = [math.fsum(column) / len(rows) for column in zip(*rows, strict=True)]
    factors = [weight / scale for weight, scale in zip(weights, scales, strict=True)]
    return [
        math.fsum((value - mean) * factor for value, mean, factor in zip(row, means, factors, strict=True))
        for row in rows
    ]


def picked(scores: Sequence[float], wanted: int | None) -> tuple[int, ...]:
    """Return which options are picked: the *wanted* best, or, for None, all that are likelier than by chance.

    >>> picked([0.1, 2.0, 1.5], 1), picked([0.1, 2.0, 1.5], 2), picked([0.1, 2.0, 1.9], None)
    ((1,), (1, 2), (1, 2))
    """
    order = sorted(range(len(scores)), key=lambda number: (-scores[number], number))
    shares = softmax(scores)
    even = 1 / max(1, len(scores))
    count = wanted or max(1, sum(share > even for share in shares))
    return tuple(sorted(order[:count]))


def signals(scores: Sequence[float], choice: Sequence[int], *, wrong: bool, entry: float) -> list[float]:
    """Return what tells how sure a *choice* is, in the order of SIGNALS.

    *entry* is the share of the likeliest entry.
    """
    inside = [scores[number] for number in choice]
    outside = [score for number, score in enumerate(scores) if number not in choice] or [min(inside) - _FAR]
    shares = softmax(scores)
    return [
        min(_FAR, min(inside) - max(outside)),
        min(_FAR, min(inside) - math.fsum(outside) / len(outside)),
        math.fsum(shares[number] for number in choice),
        float(len(choice) > 1),
        float(wrong),
        entry,
    ]
