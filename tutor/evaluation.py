"""Questions with gold -> metrics: how often the tutor is right, and whether its confidence tells."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import nan
from typing import Any, Literal

from tutor.errors import BatchError
from tutor.measures import auroc, calibration_error, share
from tutor.row import Row
from tutor.spelling import did_you_mean
from tutor.tutor import Tutor


@dataclass(frozen=True)
class Metric:
    """What a metric from 0 to 1 means, and its value when nothing is left to wish."""

    meaning: str
    best: Literal[0, 1] = 1


_SURE = 0.8  #: confidence of a choice from which it should be right

METRICS = {
    "entry@1": Metric("inside: the first candidate is a gold entry"),
    "entry@3": Metric("inside: a gold entry is among the first three candidates"),
    "topic@1": Metric("inside: the first candidate is of a gold topic"),
    "coverage": Metric("inside: answered, or offered as a choice that holds a gold entry"),
    "answered": Metric("inside: answered outright"),
    "wrong": Metric("of all answers shown, inside or outside: without a gold entry", best=0),
    "decline-recall": Metric("of the questions outside: declined"),
    "decline-precision": Metric("of the questions declined: outside"),
    "auroc": Metric("the chance that a question inside has more confidence than one outside"),
    "auroc-near": Metric("the same against questions of neighbouring fields only"),
    "auroc-far": Metric("the same against questions of far fields only"),
    "calibration-error": Metric("how far confidence and the share right lie apart, on average", best=0),
    "choice": Metric("with options: exactly the right ones are picked"),
    "choice-not-longest": Metric("the same where one option is right and it is not the longest"),
    "choice-sure": Metric("the same where the choice is made with a confidence of 0.8 or more"),
}


@dataclass(frozen=True)
class Gold:
    """A question and what a fair judge accepts: entries, topics, and whether the pack answers it at all.

    A question that it answers in part counts nowhere, except for which of its *options* are *correct*.
    """

    id: str
    question: str
    entries: frozenset[str]
    topics: frozenset[str]
    scope: Literal["in", "out", "partial"]
    labels: Mapping[str, str]
    options: tuple[str, ...] = ()
    correct: frozenset[int] = frozenset()

    @property
    def longest_is_wrong(self) -> bool:
        """Whether one option is right, and it is not the longest, which is what a guesser picks."""
        longest = max(range(len(self.options)), key=lambda index: len(self.options[index]), default=0)
        return len(self.correct) == 1 and longest not in self.correct


@dataclass(frozen=True)
class Judged:
    """A question with gold, the row the tutor gave for it, and the topic of its first candidate."""

    gold: Gold
    row: Row
    topic: str | None

    @property
    def inside(self) -> bool:
        """Whether the pack answers the question."""
        return self.gold.scope == "in"

    @property
    def outside(self) -> bool:
        """Whether the pack does not answer the question."""
        return self.gold.scope == "out"

    def hit(self, most: int) -> bool:
        """Say whether a gold entry is among the *most* likely candidates."""
        return any(candidate.entry in self.gold.entries for candidate in self.row.candidates[:most])

    @property
    def shown(self) -> bool:
        """Whether the learner is shown an answer."""
        return self.row.status in ("answered", "conditional")

    @property
    def declined(self) -> bool:
        """Whether the learner is told that there is no answer."""
        return self.row.status == "declined"

    @property
    def covered(self) -> bool:
        """Whether an answer is shown, or a choice that holds a gold entry."""
        return self.shown or (self.row.status == "choose" and self.hit(4))

    @property
    def right(self) -> bool:
        """Whether the answer shown, or one of its branches, is gold."""
        said = {self.row.entry, *(way.entry for way in self.row.branches)}
        return self.inside and not said.isdisjoint(self.gold.entries)

    @property
    def said(self) -> tuple[float, bool]:
        """The confidence of the first candidate, and whether that is gold."""
        return self.confidence, self.inside and self.hit(1)

    @property
    def confidence(self) -> float:
        """The confidence of the first candidate."""
        return self.row.candidates[0].confidence if self.row.candidates else 0.0

    @property
    def picked(self) -> bool:
        """Whether exactly the right options are picked."""
        return frozenset(self.row.choice or ()) == self.gold.correct


def read_gold(columns: Mapping[str, Any], number: int) -> Gold:
    """Return the gold question in the *columns* of row *number*; a BatchError when it is none."""
    question, scope = columns.get("question"), columns.get("scope")
    entries, topics = columns.get("gold", []), columns.get("topics", [])
    if not isinstance(question, str) or scope not in ("in", "out", "partial") or not _names(entries, topics):
        raise BatchError(
            f"row {number}: wants question, gold: [entries], topics: [topics] and scope: in, out or partial"
        )
    labels = {name: str(value) for name, value in columns.items() if isinstance(value, str | int | float)}
    del labels["question"]
    options, correct = _read_options(columns, number)
    row_id = str(columns.get("id", number))
    return Gold(row_id, question, frozenset(entries), frozenset(topics), scope, labels, options, correct)


def _names(*lists: Any) -> bool:
    return all(isinstance(part, list) and all(isinstance(name, str) for name in part) for part in lists)


def _read_options(columns: Mapping[str, Any], number: int) -> tuple[tuple[str, ...], frozenset[int]]:
    options, correct = columns.get("options") or [], columns.get("correct") or []
    numbered = isinstance(correct, list) and all(type(index) is int for index in correct)
    if not _names(options) or not numbered or not set(correct) <= set(range(len(options))):
        raise BatchError(f"row {number}: wants options: [texts] and correct: [indexes of the right ones, from 0]")
    return tuple(options), frozenset(correct)


def judge(tutor: Tutor, golds: Iterable[Gold]) -> list[Judged]:
    """Return every question with the row the tutor gives for it."""
    judged = []
    for gold in golds:
        row = tutor.answer_row(gold.question, row_id=gold.id, options=gold.options)
        first = row.candidates[0].entry if row.candidates else None
        judged.append(Judged(gold, row, tutor.pack.entries[first].topic if first else None))
    return judged


def metrics(judged: Sequence[Judged]) -> dict[str, float]:
    """Return the metrics, each from 0 to 1, in the order of METRICS; not-a-number where nothing could be counted."""
    inside = [one for one in judged if one.inside]
    outside = [one for one in judged if one.outside]
    return {
        **_found(inside),
        **_answered(inside, outside),
        **_declined(inside, outside),
        **_told_apart(inside, outside),
        "calibration-error": calibration_error([one.said for one in inside + outside]),
        **_picked([one for one in judged if one.gold.correct]),
    }


def known_label(golds: Iterable[Gold], label: str) -> None:
    """Raise a BatchError that names the nearest label when no question has *label*."""
    known = {"topic"}.union(*(gold.labels for gold in golds))
    if label not in known:
        raise BatchError(f"no row has a {label}; {did_you_mean(label, known - {'id'})}")


def grouped(judged: Iterable[Judged], label: str) -> dict[str, list[Judged]]:
    """Return the questions by value of *label*, sorted; without one, by ""; by topic: under each of their topics."""
    groups: defaultdict[str, list[Judged]] = defaultdict(list)
    for one in judged:
        named = sorted(one.gold.topics) if label == "topic" else [one.gold.labels.get(label, "")]
        for name in named or [""]:
            groups[name].append(one)
    return dict(sorted(groups.items()))


def by_label(judged: Iterable[Judged], label: str) -> dict[str, dict[str, float]]:
    """Return the metrics of each group of questions that share a value of *label*."""
    return {name: metrics(group) for name, group in grouped(judged, label).items()}


def _found(inside: Sequence[Judged]) -> dict[str, float]:
    return {
        "entry@1": share([one.hit(1) for one in inside]),
        "entry@3": share([one.hit(3) for one in inside]),
        "topic@1": share([one.topic in one.gold.topics for one in inside]),
    }


def _answered(inside: Sequence[Judged], outside: Sequence[Judged]) -> dict[str, float]:
    return {
        "coverage": share([one.covered for one in inside]),
        "answered": share([one.shown for one in inside]),
        "wrong": share([not one.right for one in (*inside, *outside) if one.shown]),
    }


def _declined(inside: Sequence[Judged], outside: Sequence[Judged]) -> dict[str, float]:
    return {
        "decline-recall": share([one.declined for one in outside]),
        "decline-precision": share([one.outside for one in (*inside, *outside) if one.declined]),
    }


def _told_apart(inside: Sequence[Judged], outside: Sequence[Judged]) -> dict[str, float]:
    sure = [one.confidence for one in inside]
    by_zone = {zone: [one for one in outside if one.gold.labels.get("zone") == zone] for zone in ("near", "far")}
    return {
        "auroc": auroc(sure, [one.confidence for one in outside]),
        "auroc-near": auroc(sure, [one.confidence for one in by_zone["near"]]),
        "auroc-far": auroc(sure, [one.confidence for one in by_zone["far"]]),
    }


def _picked(optional: Sequence[Judged]) -> dict[str, float]:
    """Measure the picks, once the tutor makes any; from then on a question without a pick counts as wrong."""
    if all(one.row.choice is None for one in optional):
        return {"choice": nan, "choice-not-longest": nan, "choice-sure": nan}
    return {
        "choice": share([one.picked for one in optional]),
        "choice-not-longest": share([one.picked for one in optional if one.gold.longest_is_wrong]),
        "choice-sure": share([one.picked for one in optional if (one.row.choice_confidence or 0.0) >= _SURE]),
    }
