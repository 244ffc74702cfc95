"""Which value of a slot a reply in free words means, where no phrase says so."""

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Literal

from tutor.router import Router
from tutor.scoring import Scores
from tutor.weights import Weights

Kind = Literal["reply", "question"]  #: of a text: said to the question of a slot, or a question that may say it already

SIGNALS = ("best", "lead", "known", "mass", "length")
_FAR = 4.0  #: scores further apart than this tell no more


class Meanings:
    """What was learned of replies, at work. Read when first used; safe to share between threads."""

    def __init__(self, weights: Weights | None) -> None:
        self._weights = weights

    @cached_property
    def _router(self) -> Router | None:
        return Router(self._weights) if self._weights else None

    def meant(self, text: str, slot: str, values: Iterable[str], *, kind: Kind = "reply") -> str | None:
        """Return which of *values* of *slot* a clean *text* of this *kind* means; None when that is not sure enough."""
        router = self._router
        numbers = {router.number(f"{slot} {value}"): value for value in values} if router else {}
        if not router or not numbers:
            return None
        scores, fitted = router.scores(text), router.weights.calibration
        best = max(numbers, key=lambda number: scores.entries[number])
        sure = likelihood(signals(scores, list(numbers)), fitted[kind])
        return numbers[best] if sure >= fitted["bars"][kind] else None


def signals(scores: Scores, numbers: Sequence[int]) -> list[float]:
    """Return what tells how sure the best of the classes *numbers* is, in the order of SIGNALS."""
    ranked = sorted((scores.entries[number] for number in numbers), reverse=True)
    lead = ranked[0] - ranked[1] if len(ranked) > 1 else _FAR
    return [ranked[0], min(_FAR, lead), scores.known, scores.mass, min(1.0, math.log1p(scores.length) / 4)]


def likelihood(told: Sequence[float], fitted: Mapping[str, float]) -> float:
    """Return how likely the best class is right after what is *told*."""
    total = fitted["bias"] + math.fsum(fitted[name] * value for name, value in zip(SIGNALS, told, strict=True))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
