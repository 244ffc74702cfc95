"""What a report on a measured pack shows: confusions, calibration, abstention, groups and the worst misses, as data."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from tutor.evaluation import Judged, grouped, metrics
from tutor.measures import Bin, Point, bins, histogram, risk_coverage, share

Blame = Callable[[str], Mapping[str, float]]  #: question -> word -> its weight for (or, below 0, against) the first

OUTSIDE = "outside"  #: the row of a confusion that holds answers to questions out of scope
_SMALL = 5  #: groups of fewer questions are put together
_MOST = 25  #: misses of a kind
_STEPS = 200  #: points of a curve
_LABELS = ("style", "source")


@dataclass(frozen=True)
class Group:
    """Questions that share a label: how many, and their metrics."""

    name: str
    count: int
    metrics: Mapping[str, float]


@dataclass(frozen=True)
class Confused:
    """The questions of a gold topic: how many, and how often another topic came first."""

    topic: str
    count: int
    taken_for: Mapping[str, int]


@dataclass(frozen=True)
class Miss:
    """A question that went wrong, what was wanted and what came; *blame* weighs the words for the first candidate."""

    id: str
    question: str
    scope: str
    gold: tuple[str, ...]
    first: str | None
    confidence: float
    status: str
    shown: str | None
    blame: Mapping[str, float]


@dataclass(frozen=True)
class Misses:
    """The worst of *count* misses of one kind."""

    count: int
    worst: tuple[Miss, ...]


@dataclass(frozen=True)
class Report:
    """All that a report shows. *now* is where the tutor stands beside its *curve*."""

    pack: str
    file: str
    counts: Mapping[str, int]
    metrics: Mapping[str, float]
    confused: tuple[Confused, ...]
    bins: tuple[Bin, ...]
    curve: tuple[Point, ...]
    now: Point
    confidences: Mapping[str, tuple[int, ...]]
    groups: Mapping[str, tuple[Group, ...]]
    wrong: Misses
    declined: Misses


def report(
    judged: Sequence[Judged], *, pack: str, file: str, by: str | None = None, blame: Blame = lambda _: {}
) -> Report:
    """Return the report on the *judged* questions of *file*, grouped by style, source and *by* where rows have them."""
    counted = [one for one in judged if one.inside or one.outside]
    said = [one.said for one in counted]
    parts = _parts(judged)
    labels = dict.fromkeys((*_LABELS, by) if by else _LABELS)
    return Report(
        pack=pack,
        file=file,
        counts={name: len(part) for name, part in parts.items()},
        metrics=metrics(judged),
        confused=_confused(counted),
        bins=bins(said),
        curve=_thinned(risk_coverage(said), _STEPS),
        now=_now(counted),
        confidences={name: histogram(one.confidence for one in part) for name, part in parts.items()},
        groups={label: groups for label in labels if (groups := _groups(judged, label))},
        wrong=_misses([one for one in counted if one.shown and not one.right], blame, surest_first=True),
        declined=_misses([one for one in counted if one.inside and one.declined], blame, surest_first=False),
    )


def by_tenths(curve: Iterable[Point]) -> dict[int, Point]:
    """Return for each tenth of the questions, from 1 to 10, the last point of the *curve* that answers no more."""
    return {ceil(round(point.answered * 10, 9)): point for point in curve}


def _parts(judged: Iterable[Judged]) -> dict[str, list[Judged]]:
    parts: dict[str, list[Judged]] = {"inside": [], "near": [], "far": [], "outside": [], "in part": []}
    for one in judged:
        parts[_part(one)].append(one)
    return {name: part for name, part in parts.items() if part or name == "inside"}


def _part(one: Judged) -> str:
    if one.outside:
        zone = one.gold.labels.get("zone", "")
        return zone if zone in ("near", "far") else "outside"
    return "inside" if one.inside else "in part"


def _confused(counted: Iterable[Judged]) -> tuple[Confused, ...]:
    by_topic = grouped([one for one in counted if one.inside], "topic")
    inside = [_taken(topic, ones, [one for one in ones if _astray(one)]) for topic, ones in by_topic.items()]
    outside = [one for one in counted if one.outside]
    rows = sorted(inside, key=lambda row: -sum(row.taken_for.values()))
    rows.append(_taken(OUTSIDE, outside, [one for one in outside if one.shown]))
    return tuple(row for row in rows if row.taken_for)


def _astray(one: Judged) -> bool:
    return one.topic not in one.gold.topics


def _taken(topic: str, ones: Sequence[Judged], astray: Iterable[Judged]) -> Confused:
    return Confused(topic, len(ones), Counter(one.topic or "none" for one in astray))


def _thinned(curve: Iterable[Point], steps: int) -> tuple[Point, ...]:
    return tuple({ceil(round(point.answered * steps, 9)): point for point in curve}.values())


def _now(counted: Sequence[Judged]) -> Point:
    shown = [one for one in counted if one.shown]
    least = min((one.confidence for one in shown), default=1.0)
    return Point(least, share([one.shown for one in counted]), share([not one.right for one in shown]))


def _groups(judged: Sequence[Judged], label: str) -> tuple[Group, ...]:
    groups = {name: ones for name, ones in grouped(judged, label).items() if name}
    small = [name for name, ones in groups.items() if len(ones) < _SMALL]
    if len(small) > 1:
        together = {id(one): one for name in small for one in groups.pop(name)}
        groups[f"{len(small)} others, of fewer than {_SMALL}"] = list(together.values())
    return tuple(Group(name, len(ones), metrics(ones)) for name, ones in groups.items())


def _misses(missed: Sequence[Judged], blame: Blame, *, surest_first: bool) -> Misses:
    worst = sorted(missed, key=lambda one: one.confidence, reverse=surest_first)
    return Misses(len(missed), tuple(_miss(one, blame) for one in worst[:_MOST]))


def _miss(one: Judged, blame: Blame) -> Miss:
    return Miss(
        id=one.gold.id,
        question=one.gold.question,
        scope=one.gold.scope,
        gold=tuple(sorted(one.gold.entries)) if one.inside else (),
        first=one.row.candidates[0].entry if one.row.candidates else None,
        confidence=one.confidence,
        status=one.row.status,
        shown=one.row.entry,
        blame=blame(one.gold.question),
    )
