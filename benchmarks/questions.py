"""Files of questions with gold -> questions, and how well a ranking with confidence answers them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import nan
from pathlib import Path

from tutor.evaluation import Gold, read_gold
from tutor.fronts.batch.readers import whole
from tutor.measures import auroc

METRICS = ("entry@1", "entry@3", "topic@1", "AUROC in/near", "AUROC in/far")


@dataclass(frozen=True)
class Ranked:
    """What a router makes of one question: the likeliest entries, best first, and how sure it is of the first."""

    entries: tuple[str, ...]
    confidence: float


def read_golds(path: Path) -> list[Gold]:
    """Return the questions in the .jsonl file *path*; a BatchError at the first that is broken."""
    return [read_gold(columns, number) for number, columns in whole(path)]


def scored(golds: Sequence[Gold], ranked: Sequence[Ranked], topic_of: Mapping[str, str]) -> dict[str, float]:
    """Return METRICS, each from 0 to 1; questions that the pack answers in part count in none of them."""
    pairs = list(zip(golds, ranked, strict=True))
    inside = [(gold, said) for gold, said in pairs if gold.scope == "in"]
    sure = [said.confidence for _, said in inside]
    values = (
        share(not gold.entries.isdisjoint(said.entries[:1]) for gold, said in inside),
        share(not gold.entries.isdisjoint(said.entries[:3]) for gold, said in inside),
        share(any(topic_of[entry] in gold.topics for entry in said.entries[:1]) for gold, said in inside),
        *(auroc(sure, [said.confidence for gold, said in pairs if _out(gold, zone)]) for zone in ("near", "far")),
    )
    return dict(zip(METRICS, values, strict=True))


def share(counted: Iterable[bool]) -> float:
    """Return the share of what is true, not-a-number of nothing.

    >>> share([True, False])
    0.5
    """
    seen = list(counted)
    return sum(seen) / len(seen) if seen else nan


def _out(gold: Gold, zone: str) -> bool:
    return gold.scope == "out" and gold.labels.get("zone") == zone
