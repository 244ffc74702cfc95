"""Which entry, decision or small talk a text is about, with calibrated confidence."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from tutor.confidence import sureness
from tutor.features import features
from tutor.scoring import Scorer, Scores, softmax
from tutor.spelling import repair
from tutor.terms import Lexicon
from tutor.text import stem
from tutor.weights import Weights

Verdict = Literal["answer", "choose", "decline"]

MOST_OFFERED = 4  #: entries in one choice


@dataclass(frozen=True)
class Route:
    """Where a text leads: entries best first with their confidence, and how likely it is anything else.

    *verdict* says what the fitted bars allow: the first entry as the answer, a choice among the first *offered*, or
    neither. *decisions* and *talk* map ids to probabilities, small talk that its own model denies to 0. *inside* is
    the probability of the likeliest topic, *outside* that of no topic at all, *answerable* that any entry answers the
    text; *known* is the share of known words.
    """

    entries: tuple[tuple[str, float], ...]
    verdict: Verdict
    offered: int
    decisions: Mapping[str, float]
    talk: Mapping[str, float]
    inside: float
    outside: float
    answerable: float
    known: float


class Router:
    """The trained weights at work. Costly to make, safe to share between threads."""

    def __init__(self, weights: Weights, elsewhere: Callable[[str], bool] = lambda _: False) -> None:
        """Route by *weights*; a word that is known *elsewhere* is no slip of another."""
        self.weights = weights
        self._elsewhere = elsewhere
        self.scorer = Scorer(weights)
        self.lexicon = Lexicon(json.loads(weights.text("names")))
        self._kinds = weights.classes.kinds
        self._numbers = {name: number for number, name in enumerate(weights.classes.entries)}
        self._repaired = lru_cache(maxsize=20_000)(self._repair)

    def scores(self, text: str) -> Scores:
        """Return what the weights make of a clean *text*."""
        return self.scorer.score(features(text, self.lexicon, self._repaired))

    def route(self, text: str, *, most: int = 5) -> Route:
        """Return where a clean *text* leads, with the *most* likely entries."""
        scores, fitted = self.scores(text), self.weights.calibration
        shares = softmax(scores.groups, fitted["sharpness"]["groups"])
        answerable, ranked = sureness(scores, fitted)
        verdict: Verdict
        verdict, offered = (
            ("decline", 0)
            if self._is_outside(scores)
            else _verdict([sure for _, sure in ranked[:MOST_OFFERED]], fitted["bars"])
        )
        return Route(
            entries=tuple((self.weights.classes.entries[number], round(sure, 4)) for number, sure in ranked[:most]),
            verdict=verdict,
            offered=offered,
            decisions=self._of_kind("decision", shares),
            talk=self._of_kind(
                "talk", [share * (score > 0) for share, score in zip(shares, scores.groups, strict=True)]
            ),
            inside=max((shares[number] for _, number in self._kinds.get("topic", ())), default=0.0),
            outside=sum(shares[number] for _, number in self._kinds.get("outside", ())),
            answerable=answerable,
            known=scores.known,
        )

    def _is_outside(self, scores: Scores) -> bool:
        """Whether a model of what is outside claims the text and no topic's model does."""
        claims = {kind: any(scores.groups[number] > 0 for _, number in named) for kind, named in self._kinds.items()}
        return claims.get("outside", False) and not claims.get("topic", False)

    def _of_kind(self, kind: str, shares: list[float]) -> dict[str, float]:
        return {name: shares[number] for name, number in self._kinds.get(kind, ())}

    def number(self, entry: str) -> int:
        """Return the number of the class of *entry*."""
        return self._numbers[entry]

    def find(self, entry: str) -> int | None:
        """Return the number of the class of *entry*; None where nothing was learned of it."""
        return self._numbers.get(entry)

    def knows(self, word: str) -> bool:
        """Say whether *word*, in some form of it, was learned: then it is no slip of another."""
        return self.scorer.row("stem", stem(word)) >= 0

    def repaired(self, word: str) -> str:
        """Return *word*, or the learned word that it is most likely a slip of."""
        return self._repaired(word)

    def _repair(self, word: str) -> str:
        known = self.knows(word) or self._elsewhere(word)
        return word if known else repair(word, self.weights.words) or word


def _verdict(sure: list[float], bars: Mapping[str, float]) -> tuple[Verdict, int]:
    """Return what may be done with candidates this *sure*: one above the bar answers, two to four are a choice."""
    if sure[0] >= bars["answer"]:
        return "answer", 1
    close = sum(1 for one in sure if one >= bars["choose"])
    return ("choose", min(max(close, 2), len(sure))) if close and len(sure) > 1 else ("decline", 0)
