"""Which value of a slot a reply in free words means, where no phrase says so."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from tutor.router import Router
from tutor.scoring import Scores, softmax
from tutor.weights import Weights

Kind = Literal["reply", "question"]  #: of a text: said to the question of a slot, or a question that may say it already

MOVES = ("any", "unsure")  #: that are learned, besides values
ENOUGH = 20  #: example replies from which a pack is understood beyond its phrases
NOTHING = "nothing"  #: the class of what settles nothing
SIGNALS = ("best", "lead", "over nothing", "share", "known", "mass", "length")
_LIKELY = 0.5  #: likelihood from which a text that is likely to mean something means it
_FAR = 4.0  #: scores further apart than this tell no more


@dataclass(frozen=True)
class Meant:
    """What a reply means: a value of the slot it was asked for, or a move that fits any question."""

    value: str | None = None
    move: str | None = None

    def label(self, slot: str) -> str:
        """Return the class by which it is learned beside *slot*."""
        return f"{slot} {self.value}" if self.value else f"move {self.move}"


class Meanings:
    """What was learned of replies, at work. Read when first used; safe to share between threads."""

    def __init__(self, weights: Weights | None, knows: Callable[[str], bool] = lambda _: False) -> None:
        """Understand replies by *weights*; a word that somebody else *knows* is no slip of another."""
        self._weights = weights
        self._knows = knows
        self._ahead: Mapping[str, Scores] = {}

    def looking_ahead(self, texts: Sequence[str]) -> "Meanings":
        """Return the same, with the scores of many clean *texts* found together, which takes less time."""
        router = self._router
        if not router or not texts:
            return self
        many, ahead = router.score_all(texts), copy(self)
        ahead._ahead = {text: many.scores(number) for number, text in enumerate(texts)}
        return ahead

    @cached_property
    def _router(self) -> Router | None:
        return Router(self._weights, self._knows) if self._weights else None

    def meant(
        self, text: str, slot: str, values: Iterable[str], *, kind: Kind = "reply", likely: bool = False
    ) -> Meant | None:
        """Return what a clean *text* of this *kind* means beside *slot* with its *values*; None when that is not sure.

        A reply may mean a value or a move, a question only a value. Of a text that is *likely* to mean one of them, it
        is enough that it means it rather than not.
        """
        router = self._router
        if not router:
            return None
        told = [Meant(value=value) for value in values] + [Meant(move=move) for move in MOVES if kind == "reply"]
        numbers = {number: meant for meant in told if (number := router.find(meant.label(slot))) is not None}
        scores, fitted = self._ahead.get(text) or router.scores(text), router.weights.calibration
        best = max(numbers, key=lambda number: scores.entries[number], default=None)
        if best is None:
            return None
        bar = min(fitted["bars"][kind], _LIKELY) if likely else fitted["bars"][kind]
        sure = likelihood(signals(scores, list(numbers), router.find(NOTHING)), fitted[kind])
        return numbers[best] if sure >= bar else None


def signals(scores: Scores, numbers: Sequence[int], nothing: int | None) -> list[float]:
    """Return what tells how sure the best of the classes *numbers* is, in the order of SIGNALS.

    *nothing* is the class of what settles nothing, where there is one.
    """
    ranked = sorted((scores.entries[number] for number in numbers), reverse=True)
    lead = ranked[0] - ranked[1] if len(ranked) > 1 else _FAR
    over = ranked[0] - (scores.entries[nothing] if nothing is not None else -_FAR)
    length = min(1.0, math.log1p(scores.length) / 4)
    return [ranked[0], min(_FAR, lead), min(_FAR, over), softmax(ranked, 2.0)[0], scores.known, scores.mass, length]


def likelihood(told: Sequence[float], fitted: Mapping[str, float]) -> float:
    """Return how likely the best class is right after what is *told*."""
    total = fitted["bias"] + math.fsum(fitted[name] * value for name, value in zip(SIGNALS, told, strict=True))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
