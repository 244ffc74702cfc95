"""The formulas that measure answers and their confidence: pure functions of numbers."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import nan

BINS = 10  #: equal parts of the confidence from 0 to 1

Said = Sequence[tuple[float, bool]]  #: confidence, and whether what was said with it is right


@dataclass(frozen=True)
class Bin:
    """What was said with a confidence from *low* to *high*: how often, how surely on average, and the share right.

    Not-a-number where nothing was said.
    """

    low: float
    high: float
    count: int
    confidence: float
    right: float


@dataclass(frozen=True)
class Point:
    """What comes of answering only when at least this sure: the share answered, and the share wrong of those."""

    confidence: float
    answered: float
    wrong: float


def share(counted: Collection[bool]) -> float:
    """Return the share of those *counted* that hold, not-a-number where there are none.

    >>> share([True, True, False, True])
    0.75
    """
    return sum(counted) / len(counted) if counted else nan


def auroc(positive: Iterable[float], negative: Iterable[float]) -> float:
    """Return the chance that a *positive* score exceeds a *negative* one, ties counting half (Mann and Whitney 1947).

    >>> auroc([0.9, 0.5], [0.5, 0.1])
    0.875
    """
    high, low = list(positive), sorted(negative)
    wins = sum(bisect_left(low, score) + bisect_right(low, score) for score in high) / 2
    return wins / (len(high) * len(low)) if high and low else nan


def bins(said: Said) -> tuple[Bin, ...]:
    """Return the ten bins of a reliability diagram (DeGroot and Fienberg 1983); a bin holds its lower bound.

    >>> bins([(0.75, True), (0.71, False)])[7]
    Bin(low=0.7, high=0.8, count=2, confidence=0.73, right=0.5)
    """
    within: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for confidence, right in said:
        within[_bin(confidence)].append((confidence, right))
    return tuple(_summed(number, held) for number, held in enumerate(within))


def calibration_error(said: Said) -> float:
    """Return the expected calibration error over ten bins, from 0 to 1 (Naeini et al. 2015).

    >>> round(calibration_error([(0.75, True), (0.75, False)]), 2)
    0.25
    """
    off = sum(one.count * abs(one.confidence - one.right) for one in bins(said) if one.count)
    return off / len(said) if said else nan


def histogram(confidences: Iterable[float]) -> tuple[int, ...]:
    """Return how many of the *confidences* fall into each of ten bins.

    >>> histogram([0.05, 0.95, 1.0])
    (1, 0, 0, 0, 0, 0, 0, 0, 0, 2)
    """
    counts = [0] * BINS
    for confidence in confidences:
        counts[_bin(confidence)] += 1
    return tuple(counts)


def risk_coverage(said: Said) -> tuple[Point, ...]:
    """Return the risk-coverage curve (El-Yaniv and Wiener 2010): a point for each confidence, the surest first.

    >>> risk_coverage([(0.9, True), (0.4, False)])
    (Point(confidence=0.9, answered=0.5, wrong=0.0), Point(confidence=0.4, answered=1.0, wrong=0.5))
    """
    points, answered, wrong = [], 0, 0
    for confidence, tied in groupby(sorted(said, reverse=True), key=lambda one: one[0]):
        judged = [right for _, right in tied]
        answered += len(judged)
        wrong += judged.count(False)
        points.append(Point(confidence, answered / len(said), wrong / answered))
    return tuple(points)


def _bin(confidence: float) -> int:
    return min(BINS - 1, int(confidence * BINS))


def _summed(number: int, held: Said) -> Bin:
    low, high, count = number / BINS, (number + 1) / BINS, len(held)
    if not held:
        return Bin(low, high, 0, nan, nan)
    return Bin(low, high, count, sum(sure for sure, _ in held) / count, sum(right for _, right in held) / count)
