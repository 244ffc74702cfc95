"""Questions with gold -> metrics: how often the tutor is right, and whether its confidence tells."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import nan
from typing import Any, Literal

from tutor.errors import BatchError
from tutor.row import Row
from tutor.tutor import Tutor

METRICS = (
    "entry@1",
    "entry@3",
    "topic@1",
    "coverage",
    "answered",
    "wrong",
    "decline-recall",
    "decline-precision",
    "auroc",
    "calibration-error",
)
_BINS = 10


@dataclass(frozen=True)
class Gold:
    """A question and what a fair judge accepts: entries, topics, and whether the pack answers it at all.

    A question that it answers in part is counted as answered, but neither way in what is measured inside or outside.
    """

    id: str
    question: str
    entries: frozenset[str]
    topics: frozenset[str]
    scope: Literal["in", "out", "partial"]
    labels: Mapping[str, str]


@dataclass(frozen=True)
class Judged:
    """A question with gold, and the row the tutor gave for it."""

    gold: Gold
    row: Row
    topic: str | None

    @property
    def inside(self) -> bool:
        """Whether the pack answers the question."""
        return self.gold.scope == "in"

    def hit(self, most: int) -> bool:
        """Say whether a gold entry is among the *most* likely candidates."""
        return any(candidate.entry in self.gold.entries for candidate in self.row.candidates[:most])

    @property
    def shown(self) -> bool:
        """Whether the learner is shown an answer."""
        return self.row.status in ("answered", "conditional")

    @property
    def right(self) -> bool:
        """Whether the answer shown, or one of its branches, is gold."""
        said = {self.row.entry, *(way.entry for way in self.row.branches)}
        return self.inside and not said.isdisjoint(self.gold.entries)

    @property
    def confidence(self) -> float:
        """The confidence of the first candidate."""
        return self.row.candidates[0].confidence if self.row.candidates else 0.0


def read_gold(columns: Mapping[str, Any], number: int) -> Gold:
    """Return the gold question in the *columns* of row *number*; a BatchError when it is none."""
    question, scope = columns.get("question"), columns.get("scope")
    entries, topics = columns.get("gold", []), columns.get("topics", [])
    lists = all(isinstance(part, list) and all(isinstance(name, str) for name in part) for part in (entries, topics))
    if not isinstance(question, str) or scope not in ("in", "out", "partial") or not lists:
        raise BatchError(
            f"row {number}: wants question, gold: [entries], topics: [topics] and scope: in, out or partial"
        )
    labels = {name: value for name, value in columns.items() if isinstance(value, str) and name != "question"}
    return Gold(str(columns.get("id", number)), question, frozenset(entries), frozenset(topics), scope, labels)


def judge(tutor: Tutor, golds: Iterable[Gold]) -> list[Judged]:
    """Return every question with the row the tutor gives for it."""
    judged = []
    for gold in golds:
        row = tutor.answer_row(gold.question, row_id=gold.id)
        first = row.candidates[0].entry if row.candidates else None
        judged.append(Judged(gold, row, tutor.pack.entries[first].topic if first else None))
    return judged


def metrics(judged: Sequence[Judged]) -> dict[str, float]:
    """Return the metrics, each from 0 to 1, in the order of METRICS; not-a-number where nothing could be counted.

    wrong: of all answers shown, those that hold no gold entry. coverage: in-scope questions that are answered, or
    offered as a choice that holds a gold entry. decline-recall and -precision: of the questions outside, those
    declined; of those declined, the ones outside. auroc: the chance that a question inside has more confidence than
    one outside.
    """
    inside = [one for one in judged if one.inside]
    outside = [one for one in judged if one.gold.scope == "out"]
    shown = [one for one in judged if one.shown]
    declined = [one for one in judged if one.row.status == "declined"]
    values = (
        _share(inside, [one.hit(1) for one in inside]),
        _share(inside, [one.hit(3) for one in inside]),
        _share(inside, [one.topic in one.gold.topics for one in inside]),
        _share(inside, [one.shown or (one.row.status == "choose" and one.hit(4)) for one in inside]),
        _share(inside, [one.shown for one in inside]),
        _share(shown, [not one.right and one.gold.scope != "partial" for one in shown]),
        _share(outside, [one.row.status == "declined" for one in outside]),
        _share(declined, [one.gold.scope == "out" for one in declined]),
        auroc([one.confidence for one in inside], [one.confidence for one in outside]),
        calibration_error([(one.confidence, one.inside and one.hit(1)) for one in judged]),
    )
    return dict(zip(METRICS, values, strict=True))


def by_label(judged: Sequence[Judged], label: str) -> dict[str, dict[str, float]]:
    """Return the metrics of each group of questions that share a value of *label*."""
    groups: defaultdict[str, list[Judged]] = defaultdict(list)
    for one in judged:
        named = sorted(one.gold.topics) if label == "topic" else [one.gold.labels.get(label, "")]
        for name in named or [""]:
            groups[name].append(one)
    return {name: metrics(group) for name, group in sorted(groups.items())}


def auroc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """Return the chance that a *positive* score exceeds a *negative* one, ties counting half (Mann and Whitney 1947).

    >>> auroc([0.9, 0.5], [0.5, 0.1])
    0.875
    """
    wins = sum((high > low) + (high == low) / 2 for high in positive for low in negative)
    return wins / (len(positive) * len(negative)) if positive and negative else nan


def calibration_error(said: Sequence[tuple[float, bool]]) -> float:
    """Return the expected calibration error of (confidence, right) pairs over ten bins (Naeini et al. 2015).

    >>> round(calibration_error([(0.75, True), (0.75, False)]), 2)
    0.25
    """
    bins: defaultdict[int, list[tuple[float, bool]]] = defaultdict(list)
    for confidence, right in said:
        bins[min(_BINS - 1, int(confidence * _BINS))].append((confidence, right))
    off = sum(abs(sum(confidence - right for confidence, right in group)) for group in bins.values())
    return off / len(said) if said else nan


def _share(of: Sequence[object], counted: Sequence[bool]) -> float:
    return sum(counted) / len(of) if of else nan
