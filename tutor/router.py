"""Which entry, decision or small talk a text is about, with calibrated confidence; numpy only."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from tutor.features import features
from tutor.model import Term
from tutor.scoring import Scores, confidence, score
from tutor.spelling import repair
from tutor.terms import Lexicon
from tutor.text import stem
from tutor.weights import Weights


@dataclass(frozen=True)
class Route:
    """Where a text leads: entries best first with their confidence, and how likely it is anything else.

    *decisions* and *talk* map ids to probabilities; *inside* is the probability of the likeliest topic, *outside* that
    of no topic at all; *known* is the share of known words.
    """

    entries: tuple[tuple[str, float], ...]
    decisions: Mapping[str, float]
    talk: Mapping[str, float]
    inside: float
    outside: float
    known: float


class Router:
    """The trained weights at work. Costly to make, safe to share between threads."""

    def __init__(self, weights: Weights, terms: tuple[Term, ...]) -> None:
        self._weights = weights
        self._lexicon = Lexicon(terms)
        self._repaired = lru_cache(maxsize=20_000)(self._repair)

    def route(self, text: str, *, most: int = 5) -> Route:
        """Return where a clean *text* leads, with the *most* likely entries."""
        scores = score(features(text, self._lexicon, self._repaired), self._weights)
        groups = dict(zip(self._weights.groups, np.exp(scores.groups).tolist(), strict=True))
        return Route(
            entries=self._best(scores, most),
            decisions=_of_kind("decision ", groups),
            talk=_of_kind("talk ", groups),
            inside=max(_of_kind("topic ", groups).values(), default=0.0),
            outside=sum(_of_kind("outside ", groups).values()),
            known=scores.known,
        )

    def _best(self, scores: Scores, most: int) -> tuple[tuple[str, float], ...]:
        order = np.argsort(-scores.entries, kind="stable")[:most]
        sure, first = confidence(scores), scores.entries[order[0]]
        return tuple(
            (self._weights.entries[index], round(sure * float(np.exp(scores.entries[index] - first)), 4))
            for index in order
        )

    def knows(self, word: str) -> bool:
        """Say whether *word*, in some form of it, was learned: then it is no slip of another."""
        return f"stem {stem(word)}" in self._weights.vocabulary

    def _repair(self, word: str) -> str:
        return word if self.knows(word) else repair(word, self._weights.words) or word


def _of_kind(kind: str, groups: Mapping[str, float]) -> dict[str, float]:
    return {name.removeprefix(kind): share for name, share in groups.items() if name.startswith(kind)}
