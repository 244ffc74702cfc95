"""Many texts at once -> their scores: the same bits as one by one, in a fraction of the time."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse._sparsetools import csr_matmat

from tutor.cutting import Cuts
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
    cuts: Cuts
    entries: "NDArray[np.float64]"
    groups: "NDArray[np.float64]"

    def scores(self, number: int) -> Scores:
        """Return the scores of one text, but for *weighed*."""
        entries, groups, cuts = self.entries[number].tolist(), self.groups[number].tolist(), self.cuts
        told = (column[number].item() for column in (cuts.known, cuts.mass, cuts.names, cuts.length))
        return Scores(self.scorer.weights.classes, entries, groups, [], *told)


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

    def score(self, cuts: Cuts) -> Many:
        """Return the scores of many texts."""
        totals = self._totals(cuts) + self._intercepts
        count = len(self._scorer.weights.classes.entries)
        return Many(self._scorer, cuts, totals[:, :count], totals[:, count:])

    def _totals(self, cuts: Cuts) -> "NDArray[np.float64]":
        """Return the sums of all classes, without the intercepts."""
        texts, rows, values = self._weighed(cuts)
        count = len(cuts.length)
        starts = np.searchsorted(texts, np.arange(count + 1)).astype(np.int32)
        return _product(csr_array((values, rows.astype(np.int32), starts), (count, len(self._idf))), self._table)

    def _weighed(self, cuts: Cuts) -> "tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]":
        """Return the text, the row and the value of each known feature, as `weigh` has them, times the row's scale."""
        count, width = len(cuts.length), len(self._idf)
        each, occurs = np.unique(cuts.places * width + cuts.rows, return_counts=True)
        places, rows = np.divmod(each, width)
        values = self._damping(occurs) * self._idf[rows]
        squares = np.bincount(places, weights=values * values, minlength=count * _BLOCKS)  # one by one, as `weigh` adds
        row, rarest = self._scorer.rows[WORDS].__getitem__, self._scorer.rarest
        for number, stems in cuts.strange.items():
            at = number * _BLOCKS + list(WEIGHTS).index(WORDS)
            squares[at] = strangers(stems, row, rarest, squares[at])
        length = np.sqrt(squares)
        factor = np.tile(self._block_weights, count) / np.where(length == 0, 1.0, length)
        return places // _BLOCKS, rows, values * factor[places] * self._scales[rows]

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
