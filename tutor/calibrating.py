"""Questions held out -> the fitted numbers of `confidence`, and the bars that keep what a pack promises."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor

import numpy as np
from numpy.typing import NDArray

from tutor.confidence import SIGNALS, signals, sureness
from tutor.scoring import Scores

_STRENGTH = 1.0  #: inverse regularisation
_SAME = 1e-9  #: spread below which a signal is taken for constant
_SHARPNESS = (0.5, 0.75, 1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)
_LEFT_OUT = 0.25  #: share of topics left out among the questions without an answer, where a pack has both

Calibration = dict[str, dict[str, float]]


@dataclass(frozen=True)
class Held:
    """A question held out: its scores, its group, and its entry; None where nothing answers it.

    *left_out* says that it has no answer only because its topic was left out.
    """

    scores: Scores
    group: int | None
    entry: int | None
    left_out: bool = False


@dataclass(frozen=True)
class Promises:
    """What a pack promises: how many outright answers may be *wrong*, how often the right entry is shown (*coverage*),
    and what share of questions it expects to have no answer (*outside*)."""

    wrong: float
    coverage: float
    outside: float


def uncalibrated() -> Calibration:
    """Return the calibration of a pack too small to learn one: nothing is sure enough to be answered outright."""
    even = dict.fromkeys((*SIGNALS, "bias"), 0.0)
    return {
        "inside": even,
        "right": even,
        "sharpness": {"entries": 1.0, "groups": 1.0},
        "bars": {"answer": 1.0, "choose": 0.1},
    }


def calibrate(held: Sequence[Held], promises: Promises) -> Calibration:
    """Return what `confidence` needs, learned from questions held out."""
    asked = [one for one in held if one.entry is not None or one.left_out or _is_outside(one)]
    inside = np.array([one.entry is not None for one in asked], dtype=bool)
    if inside.all() or not inside.any():
        return uncalibrated()
    told = np.array([signals(one.scores) for one in asked])
    weight = _weights(asked, inside, promises.outside)
    right = np.array([one.entry is not None and one.scores.order[0] == one.entry for one in asked])
    fitted: Calibration = {
        "inside": logistic(told, inside, weight, SIGNALS),
        "right": logistic(told[inside], right[inside], np.ones(int(inside.sum())), SIGNALS),
        "sharpness": _sharpness(held),
        "bars": {},
    }
    sure = [sureness(one.scores, fitted)[1] for one in asked]
    first = np.array([ranked[0][1] for ranked in sure])
    gold = [dict(ranked).get(one.entry, 0.0) for one, ranked in zip(asked, sure, strict=True) if one.entry is not None]
    fitted["bars"] = {
        "answer": least_sure(first, right, weight, promises.wrong),
        "choose": conformal(gold, promises.coverage),
    }
    return fitted


def _is_outside(one: Held) -> bool:
    return one.group is not None and one.scores.classes.groups[one.group].startswith("outside ")


def _weights(asked: Sequence[Held], inside: NDArray[np.bool_], outside: float) -> NDArray[np.float64]:
    """Return what each question counts, so that the shares of what is asked are those the pack expects."""
    left = np.array([one.left_out for one in asked])
    subjects = ~inside & ~left
    share = {"left": outside * (_LEFT_OUT if subjects.any() else 1.0) if left.any() else 0.0}
    share["subjects"] = outside - share["left"] if subjects.any() else 0.0
    weight = np.zeros(len(asked))
    for chosen, part in ((inside, 1 - outside), (left, share["left"]), (subjects, share["subjects"])):
        if chosen.any():
            weight[chosen] = part / chosen.sum()
    return np.asarray(weight * len(asked) / weight.sum())


def logistic(
    told: NDArray[np.float64], true: NDArray[np.bool_], weight: NDArray[np.float64], names: Sequence[str]
) -> dict[str, float]:
    """Return a weight for each signal by its name, and "bias": how likely is *true* after what is *told*?

    Every question counts a little for the other side as well, the more so the fewer there are, so that few questions
    make nothing certain (Platt 1999).
    """
    from sklearn.linear_model import LogisticRegression

    middle, spread = told.mean(axis=0), told.std(axis=0)
    spread[spread < _SAME] = np.inf  # a signal that never changes tells nothing
    scaled, sure = (told - middle) / spread, np.where(true, _sure_of(true), _sure_of(~true))
    model = LogisticRegression(C=_STRENGTH, max_iter=1000).fit(
        np.vstack([scaled, scaled]),
        np.concatenate([true, ~true]),
        sample_weight=np.concatenate([weight * sure, weight * (1 - sure)]),
    )
    weights = model.coef_[0] / spread
    bias = float(model.intercept_[0] - (weights * middle).sum())
    return {**{name: float(value) for name, value in zip(names, weights, strict=True)}, "bias": bias}


def _sure_of(seen: NDArray[np.bool_]) -> float:
    """Return how sure one may be of what was *seen* so often: Laplace's rule of succession."""
    return float((seen.sum() + 1) / (seen.sum() + 2))


def _sharpness(held: Sequence[Held]) -> dict[str, float]:
    entries = [(one.scores.entries, one.entry) for one in held if one.entry is not None]
    groups = [(one.scores.groups, one.group) for one in held if one.group is not None]
    return {"entries": _sharpest(entries), "groups": _sharpest(groups)}


def _sharpest(said: Sequence[tuple[Sequence[float], int | None]]) -> float:
    """Return the sharpness under which the right classes are likeliest together."""
    if not said:
        return 1.0
    scores, right = np.array([row for row, _ in said]), np.array([number for _, number in said])
    likely = []
    for sharpness in _SHARPNESS:
        powers = sharpness * (scores - scores.max(axis=1, keepdims=True))
        likely.append((powers[np.arange(len(right)), right] - np.log(np.exp(powers).sum(axis=1))).sum())
    return _SHARPNESS[int(np.argmax(likely))]


def least_sure(sure: NDArray[np.float64], right: NDArray[np.bool_], weight: NDArray[np.float64], wrong: float) -> float:
    """Return the lowest confidence from which at most the share *wrong* of the answers is wrong.

    >>> least_sure(np.array([0.9, 0.8, 0.2]), np.array([True, True, False]), np.ones(3), 0.1)
    0.8
    """
    order = np.argsort(-sure, kind="stable")
    last = np.append(np.diff(sure[order]) != 0, True)  # a bar lets in all that are equally sure
    risk = _shares(np.cumsum((~right * weight)[order]), np.cumsum(weight[order]))
    kept = np.flatnonzero(last & (risk <= wrong))
    return float(sure[order][kept[-1]]) if len(kept) else 1.0


def _shares(some: NDArray[np.float64], of: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.divide(some, of, out=np.zeros_like(some), where=of > 0)


def conformal(sure_of_gold: Sequence[float], coverage: float) -> float:
    """Return the bar that the right entry's confidence reaches with at least the chance *coverage* (Vovk et al. 2005).

    Split conformal prediction: holds for questions exchangeable with those held out, unless they are too few for the
    promise; then the bar is the lowest confidence seen.

    >>> conformal([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9], 0.8)
    0.2
    """
    ranked = sorted(sure_of_gold)
    passed = floor((len(ranked) + 1) * (1 - coverage) + 1e-9)
    return ranked[min(max(passed, 1), len(ranked)) - 1] if ranked else 0.0
