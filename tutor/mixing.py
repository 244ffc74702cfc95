"""Members -> one table: how much each member and the topic count, learned on questions held out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from tutor.fitting import Linear

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Scored = NDArray[np.float64]  #: a row a text, a column a class

_SHARES = (0.25, 0.5, 0.75, 1.0)  #: of the first member
_TOPICS = (0.0, 0.35, 0.7, 1.0)
FAINT = 0.03  #: weights smaller than this share of their class's greatest are left out; nobody can tell the difference


@dataclass(frozen=True)
class Stage:
    """What each member makes of some texts: scores of entries and of groups."""

    entries: Mapping[str, Scored]
    groups: Mapping[str, Scored]


@dataclass(frozen=True)
class Mix:
    """How members become one score: what a member counts for entries and for groups, and what an entry's topic adds."""

    entries: Mapping[str, float]
    groups: Mapping[str, float]
    topic: float

    def scores(self, stage: Stage, group_of: Sequence[int]) -> tuple[Scored, Scored]:
        """Return the mixed scores of entries and groups."""
        groups = sum_of(stage.groups, self.groups)
        return sum_of(stage.entries, self.entries) + self.topic * groups[:, list(group_of)], groups


def sum_of(parts: Mapping[str, Scored], counts: Mapping[str, float]) -> Scored:
    """Return the sum of *parts*, each times what it counts."""
    return np.asarray(sum(counts[name] * part for name, part in parts.items()))


def choose_mix(stage: Stage, right: Sequence[int], group_of: Sequence[int]) -> Mix:
    """Return the mix that puts the right entry first most often; ties go to the first of the evenest.

    *right* numbers the right entry of every text. Members are brought to one scale before they are mixed.
    """
    if not len(right):
        return _mix(stage, 0.5, _TOPICS[1])
    tried = sorted(product(_SHARES, _TOPICS), key=lambda pair: (abs(pair[0] - 0.5), pair[1]))
    hits = []
    for share, topic in tried:
        entries, _ = _mix(stage, share, topic).scores(stage, group_of)
        hits.append(int((entries.argmax(axis=1) == np.asarray(right)).sum()))
    return _mix(stage, *tried[int(np.argmax(hits))])


def _mix(stage: Stage, share: float, topic: float) -> Mix:
    return Mix(_counts(stage.entries, share), _counts(stage.groups, share), topic)


def _counts(parts: Mapping[str, Scored], share: float) -> dict[str, float]:
    (first, one), (second, other) = parts.items()
    return {first: share / (_spread(one) or 1.0), second: (1 - share) / (_spread(other) or 1.0)}


def _spread(scored: Scored) -> float:
    return float(scored.std()) if scored.size else 0.0


def merge(parts: Mapping[str, Linear], counts: Mapping[str, float]) -> Linear:
    """Return one linear model that scores as the sum of *parts* does, each times what it counts."""
    coefficients = sum(part.coefficients * counts[name] for name, part in parts.items())
    intercepts = sum(part.intercepts * counts[name] for name, part in parts.items())
    return Linear(coefficients.tocsr(), np.asarray(intercepts))


def join(entries: Linear, groups: Linear, topic: float, group_of: Sequence[int]) -> Linear:
    """Return a model of all classes, entries first, an entry's score taking in *topic* times that of its group."""
    from scipy.sparse import vstack

    owners = list(group_of)
    lifted = entries.coefficients + groups.coefficients[owners] * topic
    return Linear(
        vstack([lifted, groups.coefficients], format="csr"),
        np.concatenate([entries.intercepts + topic * groups.intercepts[owners], groups.intercepts]),
    )


def quantised(model: Linear, rows: NDArray[np.int64]) -> dict[str, NDArray[np.generic]]:
    """Return the arrays of a `Table`: a row for each of the features *rows*, its values in 8 bits by its own scale."""
    table = _clear(model.coefficients).T.tocsr()[rows]
    table.sort_indices()
    owner = np.repeat(np.arange(len(rows)), np.diff(table.indptr))
    greatest = np.zeros(len(rows))
    np.maximum.at(greatest, owner, np.abs(table.data))
    scales = (greatest / 127).astype(np.float32)
    values = np.rint(table.data / np.where(scales[owner] > 0, scales[owner], 1)).clip(-127, 127).astype(np.int8)
    kept = values != 0
    starts = np.concatenate([[0], np.cumsum(np.bincount(owner[kept], minlength=len(rows)))])
    return {
        "starts": starts.astype(np.uint32),
        "columns": table.indices[kept].astype(np.uint16),
        "values": values[kept],
        "scales": scales,
        "intercepts": model.intercepts.astype(np.float64),
    }


def _clear(coefficients: "csr_matrix") -> "csr_matrix":
    """Return the weights of each class (a row) without the faint ones."""
    clear = coefficients.tocsr().copy()
    greatest = np.asarray(abs(clear).max(axis=1).todense()).ravel()
    faint = np.abs(clear.data) < FAINT * np.repeat(greatest, np.diff(clear.indptr))
    clear.data[faint] = 0
    clear.eliminate_zeros()
    return clear
