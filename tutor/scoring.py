"""Features -> scores of entries and groups; the same bits with numpy as without it."""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from tutor.features import WEIGHTS, WORDS, Features, names_in
from tutor.weights import Classes, Table, Weights

Weighed = list[tuple[int, float]]  #: the rows of a text's features, and what each counts


@dataclass(frozen=True)
class Scores:
    """What the weights make of one text.

    *entries* and *groups* are the scores of all classes, *weighed* the features that were known. *known* is the share
    of the text's different words that training saw, *mass* the same with telling words counting more; *names* counts
    the names of the field, *length* the different words.
    """

    classes: Classes
    entries: Sequence[float]
    groups: Sequence[float]
    weighed: Weighed
    known: float
    mass: float
    names: int
    length: int
    ranked: Sequence[int] | None = field(default=None, compare=False)

    @cached_property
    def order(self) -> Sequence[int]:
        """The entries by number, best first; those *ranked* already are not sorted again."""
        return self.ranked or sorted(range(len(self.entries)), key=self.entries.__getitem__, reverse=True)

    @property
    def best(self) -> str:
        """The likeliest entry."""
        return self.classes.entries[self.order[0]]


class _Rows(dict[str, int]):
    """The rows of the features of one block that were met, -1 for those that were not learned."""

    def __init__(self, block: str, weights: Weights) -> None:
        super().__init__()
        self._block, self._weights = block, weights

    def __missing__(self, part: str) -> int:
        if len(self) >= _MOST_KEPT:
            self.clear()
        found = self[part] = self._weights.row(f"{self._block} {part}")
        return found


class Scorer:
    """Scores texts by weights, keeping the rows of features it has met. Safe to share between threads."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self.rows = {block: _Rows(block, weights) for block in WEIGHTS}
        self._met = 0
        self._fast: _Fast | None = None
        self.rarest = max(weights.idf, default=1.0)

    def score(self, cut: Features) -> Scores:
        """Return the scores of a text cut into features."""
        weighed = self._weighed(cut)
        return self.scores(cut, weighed, self._added(weighed))

    def _weighed(self, cut: Features) -> Weighed:
        rows = {block: kept.__getitem__ for block, kept in self.rows.items()}
        return weigh(cut, self.weights.idf, rows, self.rarest)

    def scores(
        self, cut: Features, weighed: Weighed, totals: Sequence[float], order: Sequence[int] | None = None
    ) -> Scores:
        """Return the *totals* of all classes for a text cut into features, with the *order* of its entries if known."""
        count = len(self.weights.classes.entries)
        stems = set(cut["stem"]) - {"<", ">"}
        rows = self.rows[WORDS]
        known = [self.weights.idf[row] for stem in stems if (row := rows[stem]) >= 0]
        unknown = (len(stems) - len(known)) * self.rarest
        total = math.fsum(known) + unknown
        return Scores(
            classes=self.weights.classes,
            entries=totals[:count],
            groups=totals[count:],
            weighed=weighed,
            known=len(known) / len(stems) if stems else 0.0,
            mass=math.fsum(known) / total if total else 0.0,
            names=names_in(cut),
            length=len(stems),
            ranked=order,
        )

    def row(self, block: str, part: str) -> int:
        """Return the row of a feature of *block*, or -1 when it was not learned."""
        return self.rows[block][part]

    def _added(self, weighed: Weighed) -> list[float]:
        """Add up with numpy once so many texts came that importing it pays."""
        if self._fast is None and self._met < _FEW:
            self._met += 1
            return add_up(weighed, self.weights.merged)
        if self._fast is None:
            self._fast = _Fast(self.weights.merged)
        return self._fast.add_up(weighed)


_MOST_KEPT = 100_000  #: rows of features of one block that are kept in memory
_FEW = 8  #: texts scored without numpy, whose import takes as long as scoring some hundred of them


def weigh(cut: Features, idf: Sequence[float], rows: Mapping[str, Callable[[str], int]], rarest: float) -> Weighed:
    """Return the rows and values of a text's features: sublinear TF-IDF, each block of length 1 times its weight.

    *rows* tells, for each block, the row of a feature, -1 for one that was not learned. Unknown words take their part
    of the length of their block, as if they were as telling as *rarest*.
    """
    weighed: Weighed = []
    for block, weight in WEIGHTS.items():
        row = rows[block]
        counted = Counter(map(row, cut[block]))
        strange = counted.pop(-1, 0)
        found = sorted(counted.items())
        values = [idf[at] if count == 1 else damped(count) * idf[at] for at, count in found]
        square = 0.0
        for value in values:  # one by one: the same bits as for many texts at once
            square += value * value
        if block == WORDS and strange:
            square = strangers(cut[block], row, rarest, square)
        factor = weight / (math.sqrt(square) or 1.0)
        weighed += [(at, value * factor) for (at, _), value in zip(found, values, strict=True)]
    return weighed


def strangers(parts: Iterable[str], row: Callable[[str], int], rarest: float, square: float) -> float:
    """Return *square* with the squared length that the unknown of *parts* add to it."""
    for count in sorted(Counter(part for part in parts if row(part) < 0).values()):
        square += (damped(count) * rarest) ** 2
    return square


@lru_cache(maxsize=1_000)
def damped(count: int) -> float:
    """Return what a feature that occurs *count* times counts.

    >>> damped(1)
    1.0
    """
    return 1 + math.log(count)


def add_up(weighed: Weighed, table: Table) -> list[float]:
    """Return the score of every class, in plain Python."""
    totals = [0.0] * len(table.intercepts)
    starts, columns, values, scales = table.starts, table.columns, table.values, table.scales
    for row, value in weighed:
        factor, first, last = value * scales[row], starts[row], starts[row + 1]
        for column, part in zip(columns[first:last], values[first:last], strict=True):
            totals[column] += factor * part
    return [total + intercept for total, intercept in zip(totals, table.intercepts, strict=True)]


class _Fast:
    """The same sums in the same order by numpy: a weighed count adds up one by one, so that every bit agrees."""

    def __init__(self, table: Table) -> None:
        import numpy as np

        self._np = np
        self._starts = np.asarray(table.starts, dtype=np.uint32).astype(np.int64)
        self._columns = np.asarray(table.columns, dtype=np.uint16)
        self._values = np.asarray(table.values, dtype=np.int8)
        self._scales = np.asarray(table.scales, dtype=np.float32)
        self._intercepts = np.asarray(table.intercepts, dtype=np.float64)

    def add_up(self, weighed: Weighed) -> list[float]:
        np = self._np
        if not weighed:
            return list((self._intercepts + 0.0).tolist())  # as a sum that starts at 0.0: never -0.0
        each = np.array(weighed)
        rows = each[:, 0].astype(np.int64)
        factors = each[:, 1] * self._scales[rows]
        first, counts = self._starts[rows], self._starts[rows + 1] - self._starts[rows]
        at = np.repeat(first - (np.cumsum(counts) - counts), counts) + np.arange(counts.sum())
        parts = np.repeat(factors, counts) * self._values[at]
        totals = np.bincount(self._columns[at], weights=parts, minlength=len(self._intercepts))
        return list((totals + self._intercepts).tolist())


def softmax(scores: Iterable[float], sharpness: float = 1.0) -> list[float]:
    """Return the probabilities that *scores* give: each exp(sharpness * score) over their sum.

    >>> softmax([0.0, 0.0])
    [0.5, 0.5]
    """
    powers = _powers(list(scores), sharpness)
    total = math.fsum(powers)
    return [power / total for power in powers]


def share(scores: Sequence[float], number: int, sharpness: float) -> float:
    """Return the probability of one *number* that `softmax` gives.

    >>> share([0.0, 0.0], 1, 3.0)
    0.5
    """
    powers = _powers(scores, sharpness)
    return powers[number] / math.fsum(powers)


def _powers(scores: Sequence[float], sharpness: float) -> list[float]:
    top, exp = max(scores, default=0.0), math.exp
    return [exp(sharpness * (score - top)) for score in scores]
