"""Features -> scores of groups and entries, with numpy only: used alike to train, to calibrate and to answer."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tutor.features import WEIGHTS, Features
from tutor.weights import Weights

SIGNALS = ("entry", "lead", "group", "group lead", "outside", "known", "length")


@dataclass(frozen=True)
class Scores:
    """What the weights make of one text: log probabilities of all groups and entries, and how much of it they know."""

    weights: Weights
    groups: NDArray[np.float64]
    entries: NDArray[np.float64]
    known: float
    length: int

    @property
    def best(self) -> str:
        """The likeliest entry."""
        return self.weights.entries[int(self.entries.argmax())]


def weigh(
    cut: Features, vocabulary: Mapping[str, int], idf: NDArray[np.float32]
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Return the rows and values of a text's features: sublinear TF-IDF, each block of length 1 times its weight."""
    rows: list[NDArray[np.int64]] = []
    values: list[NDArray[np.float32]] = []
    for block, weight in WEIGHTS.items():
        counted = Counter(cut[block])
        known = {
            vocabulary[name]: count for part, count in counted.items() if (name := f"{block} {part}") in vocabulary
        }
        found = np.fromiter(sorted(known), dtype=np.int64, count=len(known))
        value = (1 + np.log([known[row] for row in found])) * idf[found] if known else np.zeros(0)
        length = float(np.sqrt((value**2).sum())) or 1.0
        rows.append(found)
        values.append((value * (weight / length)).astype(np.float32))
    return np.concatenate(rows), np.concatenate(values)


def score(cut: Features, weights: Weights) -> Scores:
    """Return the scores of a text cut into features."""
    rows, values = weigh(cut, weights.vocabulary, weights.idf)
    raw = values.astype(np.float64) @ weights.coefficients[rows] + weights.intercepts
    groups = _log_softmax(raw[: len(weights.groups)])
    entries, group_of = raw[len(weights.groups) :].copy(), np.asarray(weights.group_of)
    for number in np.unique(group_of):
        within = group_of == number
        entries[within] = _log_softmax(entries[within]) + groups[number]
    stems = set(cut["stem"]) - {"<", ">"}
    known = sum(1 for stem in stems if f"stem {stem}" in weights.vocabulary) / len(stems) if stems else 0.0
    return Scores(weights, groups, entries, known, len(stems))


def signals(scores: Scores) -> list[float]:
    """Return what tells how sure the best entry is, in the order of SIGNALS."""
    entries, groups = np.sort(scores.entries)[::-1], np.sort(scores.groups)[::-1]
    outside = [p for name, p in zip(scores.weights.groups, scores.groups, strict=True) if name.startswith("outside ")]
    own = scores.groups[scores.weights.group_of[int(scores.entries.argmax())]]
    return [
        float(np.exp(entries[0])),
        float(min(5.0, entries[0] - entries[1])) if len(entries) > 1 else 5.0,
        float(np.exp(own)),
        float(min(5.0, groups[0] - groups[1])) if len(groups) > 1 else 5.0,
        float(np.clip(own - np.logaddexp.reduce(outside), -8, 8)) if outside else 8.0,
        scores.known,
        float(min(1.0, scores.length / 50)),
    ]


def confidence(scores: Scores) -> float:
    """Return the calibrated probability that the best entry is the right one."""
    weights = scores.weights.confidence
    total = sum(weights[name] * value for name, value in zip(SIGNALS, signals(scores), strict=True)) + weights["bias"]
    return float(1 / (1 + np.exp(-total)))


def _log_softmax(raw: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(raw - np.logaddexp.reduce(raw))
