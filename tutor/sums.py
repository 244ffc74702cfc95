"""Sums of many rows at once: each the number nearest to the exact sum, as `math.fsum` has it, in less time."""

import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_ROUNDING = 2.0**-53  #: the largest error of one addition, relative to its result


def row_sums(table: "Floats") -> "Floats":
    """Return what `math.fsum` makes of each row of *table*.

    What each addition rounds off is known exactly (Knuth, The Art of Computer Programming 2, 4.2.2) and added up as
    well; where its own error might count, which is next to never, `math.fsum` decides.

    >>> row_sums(np.array([[1.0, 1e100, 1.0, -1e100], [0.1, 0.2, 0.3, 0.4]])).tolist()
    [2.0, 1.0]
    """
    total, lost = np.zeros(len(table)), np.zeros(len(table))
    for column in np.ascontiguousarray(table.T):
        before, total = total, total + column
        added = total - before
        lost += (before - (total - added)) + (column - added)
    sums: Floats = total + lost
    for row in np.flatnonzero(~_sure(table, sums, (total - sums) + lost)).tolist():
        sums[row] = math.fsum(table[row].tolist())
    return sums


def _sure(table: "Floats", sums: "Floats", rest: "Floats") -> "NDArray[np.bool_]":
    """Return which *sums* no other number can be nearer to the exact ones, when *rest* is what was rounded off last."""
    error = 2 * (table.shape[1] * _ROUNDING) ** 2 * np.abs(table).sum(axis=1)
    gap = np.minimum(np.nextafter(sums, np.inf) - sums, sums - np.nextafter(sums, -np.inf))
    sure: NDArray[np.bool_] = np.abs(rest) + error < gap / 2
    return sure
