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


def fit(table: "csr_matrix", labels: Sequence[str | None], classes: Sequence[str], member: str) -> Linear:
    """Return the model by which *member* tells each of *classes* from all other texts of *table*.

    A label of None, or one that is no class, only serves as a counter-example. Every class is learned by itself with a
    fixed seed, so neither the order nor the number of threads matters.
    """
    from scipy.sparse import csr_matrix, vstack

    named = np.array([label or "" for label in labels])
    rows, intercepts = [], []
    for name in classes:
        coefficients, intercept = _against_the_rest(table, named == name, len(classes), member)
        rows.append(csr_matrix(coefficients))
        intercepts.append(intercept)
    return Linear(vstack(rows, format="csr"), np.array(intercepts))


def _against_the_rest(
    table: "csr_matrix", own: NDArray[np.bool_], classes: int, member: str
) -> tuple[NDArray[np.float32], float]:
    from sklearn.exceptions import ConvergenceWarning

    if not own.any() or own.all():
        return np.zeros(table.shape[1], dtype=np.float32), 1.0 if own.any() else -1.0
    rows = _nearest(table, own, max(_FEWEST, _ROWS // classes))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # stopping early is part of the recipe: it regularises
        model = MEMBERS[member]().fit(table[rows], own[rows])
    coefficients = model.coef_[0].astype(np.float32)
    coefficients[np.abs(coefficients) < _LEAST * np.abs(coefficients).max()] = 0
    return coefficients, float(model.intercept_[0])


def _nearest(table: "csr_matrix", own: NDArray[np.bool_], most: int) -> NDArray[np.int64]:
    """Return the class's own texts and the *most* others that are most like their mean."""
    if len(own) - own.sum() <= most:
        return np.arange(len(own))
    likeness = np.asarray(table @ np.asarray(table[own].mean(axis=0)).ravel())
    likeness[own] = np.inf
    return np.sort(np.argsort(-likeness, kind="stable")[: most + int(own.sum())])
