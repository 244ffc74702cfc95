"""Which entry, decision or small talk a text is about, with calibrated confidence."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Literal

from tutor.confidence import Likely, sureness
from tutor.features import features
from tutor.scoring import Scorer, Scores, softmax
from tutor.spelling import repair
from tutor.terms import Lexicon
from tutor.text import stem
from tutor.weights import Weights

if TYPE_CHECKING:
    from tutor.bulk import Bulk, Many
    from tutor.cutting import Cutter

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
        self._kinds, self._of = weights.classes.kinds, weights.classes.numbers
        self._decisions, self._talk = ([name for name, _ in self._kinds.get(kind, ())] for kind in ("decision", "talk"))
        self._numbers = {name: number for number, name in enumerate(weights.classes.entries)}
        self._repaired = lru_cache(maxsize=20_000)(self._repair)
        self.knows = lru_cache(maxsize=20_000)(self._knows)  #: whether a word, in some form of it, was learned

    def scores(self, text: str) -> Scores:
        """Return what the weights make of a clean *text*."""
        return self.scorer.score(features(text, self.lexicon, self._repaired))

    def route(self, text: str, *, most: int = 5) -> Route:
        """Return where a clean *text* leads, with the *most* likely entries."""
        return self._route(self.scores(text), most)

    def route_all(self, texts: Sequence[str], *, most: int = 5) -> list[Route]:
        """Return where each of many clean *texts* leads, as `route` does, in less time."""
        if not texts:
            return []
        from tutor.odds import odds

        many = self.score_all(texts)
        told = odds(many, self.weights.calibration, most=max(most, MOST_OFFERED))
        return [self._told(likely, known, most) for likely, known in zip(told, many.cuts.known.tolist(), strict=True)]

    def score_all(self, texts: Sequence[str]) -> "Many":
        """Return what the weights make of each of many clean *texts*."""
        cutter, bulk = self._bulk
        return bulk.score(cutter.read(texts))

    @cached_property
    def _bulk(self) -> "tuple[Cutter, Bulk]":
        from tutor.bulk import Bulk  # 0.3 s for scipy
        from tutor.cutting import Cutter

        return Cutter(self.scorer, self.lexicon, self._repaired), Bulk(self.scorer)

    def _route(self, scores: Scores, most: int) -> Route:
        fitted, groups = self.weights.calibration, scores.groups
        shares = softmax(groups, fitted["sharpness"]["groups"])
        answerable, ranked = sureness(scores, fitted)
        likely = Likely(
            ranked,
            answerable,
            decisions=[shares[number] for _, number in self._kinds.get("decision", ())],
            talk=[shares[number] * (groups[number] > 0) for _, number in self._kinds.get("talk", ())],
            inside=max([shares[number] for number in self._of.get("topic", ())], default=0.0),
            outside=[shares[number] for number in self._of.get("outside", ())],
            strange=self._claims(scores, "outside") and not self._claims(scores, "topic"),
        )
        return self._told(likely, scores.known, most)

    def _claims(self, scores: Scores, kind: str) -> bool:
        return any(scores.groups[number] > 0 for number in self._of.get(kind, ()))

    def _told(self, likely: Likely, known: float, most: int) -> Route:
        verdict, offered = self._verdict(likely)
        names = self.weights.classes.entries
        return Route(
            tuple([(names[number], round(sure, 4)) for number, sure in likely.ranked[:most]]),
            verdict,
            offered,
            decisions=dict(zip(self._decisions, likely.decisions, strict=True)),
            talk=dict(zip(self._talk, likely.talk, strict=True)),
            inside=likely.inside,
            outside=sum(likely.outside),
            answerable=likely.answerable,
            known=known,
        )

    def _verdict(self, likely: Likely) -> tuple[Verdict, int]:
        if likely.strange:
            return "decline", 0
        return _verdict([sure for _, sure in likely.ranked[:MOST_OFFERED]], self.weights.calibration["bars"])

    def number(self, entry: str) -> int:
        """Return the number of the class of *entry*."""
        return self._numbers[entry]

    def find(self, entry: str) -> int | None:
        """Return the number of the class of *entry*; None where nothing was learned of it."""
        return self._numbers.get(entry)

    def _knows(self, word: str) -> bool:
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
