"""One linear model a class against its nearest neighbours, by the members that training mixes."""

import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

_ROWS = 4_000_000  #: texts times classes that one member may learn from; beyond that each class sees its nearest only
_FEWEST = 2_000  #: texts that every class may learn from
_LEAST = 0.01  #: weights below this share of a class's greatest are left out


@dataclass(frozen=True)
class Linear:
    """A linear model: a row of coefficients and an intercept for each class."""

    coefficients: "csr_matrix"
    intercepts: NDArray[np.float64]

    def scores(self, table: "csr_matrix") -> NDArray[np.float64]:
        """Return the score of every text in *table* (rows) for every class (columns)."""
        return np.asarray((table @ self.coefficients.T).toarray() + self.intercepts)


def _logistic() -> Any:
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(C=20.0, solver="liblinear", dual=True, max_iter=5, random_state=0)


def _margin() -> Any:
    from sklearn.svm import LinearSVC

    return LinearSVC(C=0.5, dual=True, random_state=0)


MEMBERS: Mapping[str, Callable[[], Any]] = {"logistic": _logistic, "margin": _margin}


def fit(table: "csr_matrix", labels: Sequence[str | None], classes: Sequence[str]) -> dict[str, Linear]:
    """Return the models by which each member tells each of *classes* from all other texts of *table*.

    A label of None, or one that is no class, only serves as a counter-example. Every class is learned by itself with a
    fixed seed, so neither the order nor the number of threads matters.
    """
    from scipy.sparse import csr_matrix, vstack

    named = np.array([label or "" for label in labels])
    rows: dict[str, list[csr_matrix]] = {member: [] for member in MEMBERS}
    intercepts: dict[str, list[float]] = {member: [] for member in MEMBERS}
    for name in classes:
        own = named == name
        texts = _nearest(table, own, max(_FEWEST, _ROWS // len(classes)))
        some, columns = _narrowed(table, texts)
        for member in MEMBERS:
            found, intercept = _against_the_rest(some, own[texts], member)
            rows[member].append(_spread(found, columns, table.shape[1]))
            intercepts[member].append(intercept)
    return {member: Linear(vstack(rows[member], format="csr"), np.array(intercepts[member])) for member in MEMBERS}


def _against_the_rest(table: "csr_matrix", own: NDArray[np.bool_], member: str) -> tuple[NDArray[np.float32], float]:
    from sklearn.exceptions import ConvergenceWarning

    if not own.any() or own.all():
        return np.zeros(table.shape[1], dtype=np.float32), 1.0 if own.any() else -1.0
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # stopping early is part of the recipe: it regularises
        model = MEMBERS[member]().fit(table, own)
    found = model.coef_[0].astype(np.float32)
    found[np.abs(found) < _LEAST * np.abs(found).max()] = 0
    return found, float(model.intercept_[0])


def _narrowed(table: "csr_matrix", texts: NDArray[np.int64]) -> tuple["csr_matrix", NDArray[np.int64]]:
    """Return the rows *texts* of *table* with the columns that say something in them, and which columns these are."""
    from scipy.sparse import csr_matrix

    if len(texts) == table.shape[0]:
        return table, np.arange(table.shape[1])
    some = table[texts]
    columns, places = np.unique(some.indices, return_inverse=True)
    narrow = csr_matrix((some.data, places.astype(np.int32), some.indptr), shape=(len(texts), len(columns)))
    return narrow, columns.astype(np.int64)


def _spread(found: NDArray[np.float32], columns: NDArray[np.int64], width: int) -> "csr_matrix":
    """Return coefficients *found* for *columns* as a row of the whole *width*."""
    from scipy.sparse import csr_matrix

    kept = np.flatnonzero(found)
    return csr_matrix((found[kept], columns[kept], [0, len(kept)]), shape=(1, width))


def _nearest(table: "csr_matrix", own: NDArray[np.bool_], most: int) -> NDArray[np.int64]:
    """Return the class's own texts and the *most* others that are most like their mean."""
    if not own.any() or len(own) - own.sum() <= most:
        return np.arange(len(own))
    likeness = np.asarray(table @ np.asarray(table[own].mean(axis=0)).ravel())
    likeness[own] = np.inf
    return np.sort(np.argsort(-likeness, kind="stable")[: most + int(own.sum())])
