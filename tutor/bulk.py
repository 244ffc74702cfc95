"""Many texts at once -> their scores: the same bits as one by one, in a fraction of the time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse._sparsetools import csr_matmat

from tutor.cutting import ROW, Cut
from tutor.features import WEIGHTS, WORDS
from tutor.scoring import Scorer, Scores, damped, strangers

if TYPE_CHECKING:
    from numpy.typing import NDArray

_MOST_COUNTED = 64  #: times a feature occurs in a text, up to which its damping is kept ready
_BLOCKS = len(WEIGHTS)


@dataclass(frozen=True)
class Many:
    """The scores of many texts, a row a text, as `Scores` has them of one."""

    scorer: Scorer
    cuts: Sequence[Cut]
    entries: "NDArray[np.float64]"
    groups: "NDArray[np.float64]"

    def scores(self, number: int) -> Scores:
        """Return the scores of one text, but for *weighed*."""
        one, classes = self.cuts[number], self.scorer.weights.classes
        entries, groups = self.entries[number].tolist(), self.groups[number].tolist()
        return Scores(classes, entries, groups, [], one.known, one.mass, one.names, one.length)


class Bulk:
    """The table of weights laid out for many texts at once. Safe to share between threads."""

    def __init__(self, scorer: Scorer) -> None:
        """Score as *scorer* does."""
        weights, table = scorer.weights, scorer.weights.merged
        shape = (len(table.scales), len(table.intercepts))
        values, starts = np.asarray(table.values, dtype=np.float64), np.asarray(table.starts, dtype=np.int32)
        self._table = csr_array((values, np.asarray(table.columns, dtype=np.int32), starts), shape=shape)
        self._scales = np.asarray(table.scales, dtype=np.float32)
        self._intercepts = np.asarray(table.intercepts, dtype=np.float64)
        self._idf = np.asarray(weights.idf, dtype=np.float32)
        self._damped = np.array([0.0, *map(damped, range(1, _MOST_COUNTED))])
        self._block_weights = np.array(list(WEIGHTS.values()))
        self._scorer = scorer

    def score(self, cuts: Sequence[Cut]) -> Many:
        """Return the scores of many texts."""
        totals = self._totals(cuts) + self._intercepts
        count = len(self._scorer.weights.classes.entries)
        return Many(self._scorer, cuts, totals[:, :count], totals[:, count:])

    def _totals(self, cuts: Sequence[Cut]) -> "NDArray[np.float64]":
        """Return the sums of all classes, without the intercepts."""
        texts, rows, values = self._weighed(cuts)
        starts = np.searchsorted(texts, np.arange(len(cuts) + 1)).astype(np.int32)
        return _product(csr_array((values, rows.astype(np.int32), starts), (len(cuts), len(self._idf))), self._table)

    def _weighed(self, cuts: Sequence[Cut]) -> "tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]":
        """Return the text, the row and the value of each known feature, as `weigh` has them, times the row's scale."""
        packed = [rows for one in cuts for rows in one.rows]
        lengths = np.array([len(rows) for rows in packed]) // ROW
        rows = np.frombuffer(b"".join(packed), dtype=np.int32)
        blocks, width = np.repeat(np.arange(len(packed)), lengths), len(self._idf)
        each, occurs = np.unique(blocks * width + rows, return_counts=True)
        blocks, rows = np.divmod(each, width)
        values = self._damping(occurs) * self._idf[rows]
        squares = np.bincount(blocks, weights=values * values, minlength=len(packed))  # one by one, as `weigh` adds up
        words = list(WEIGHTS).index(WORDS)
        for number, one in enumerate(cuts):
            if one.strange:
                at = number * _BLOCKS + words
                squares[at] = strangers(
                    one.stems, self._scorer.rows[WORDS].__getitem__, self._scorer.rarest, squares[at]
                )
        length = np.sqrt(squares)
        factor = np.tile(self._block_weights, len(cuts)) / np.where(length == 0, 1.0, length)
        return blocks // _BLOCKS, rows, values * factor[blocks] * self._scales[rows]

    def _damping(self, occurs: "NDArray[np.int64]") -> "NDArray[np.float64]":
        if occurs.max(initial=0) < _MOST_COUNTED:
            return self._damped[occurs]
        return np.array([damped(count) for count in occurs.tolist()])


def _product(one: csr_array, other: csr_array) -> "NDArray[np.float64]":
    """Return one @ other as a dense table.

    The public product first counts how many numbers it will hold, which takes as long as the product itself; here all
    of them have room.
    """
    count, width = one.shape[0], other.shape[1]
    room = count * width
    starts, columns, values = np.empty(count + 1, np.int32), np.empty(room, np.int32), np.empty(room)
    ours, theirs = (one.indptr, one.indices, one.data), (other.indptr, other.indices, other.data)
    csr_matmat(count, width, *ours, *theirs, starts, columns, values)
    table: NDArray[np.float64] = csr_array((values, columns, starts), (count, width)).toarray()
    return table
