"""How sure the routes of many texts may be: what `confidence` makes of one text's scores, bit for bit, of many at once.

Numpy does only what is exact whatever the machine; logarithms, powers and sums are those of `math`.
"""

import math
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from tutor.bulk import Many
from tutor.confidence import FAR, SHARPNESS, SIGNALS, TOP, Likely
from tutor.sums import row_sums

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

Fitted = Mapping[str, Mapping[str, float]]
_FARTHEST = 30.0  #: as in `logistic`


def odds(many: Many, fitted: Fitted, *, most: int) -> Iterator[Likely]:
    """Yield what is likely of each of many texts by the *fitted* numbers, with the *most* likely entries."""
    order = _order(many.entries)
    entries = np.take_along_axis(many.entries, order, axis=1)
    told = _signals(many, order, entries)
    inside, right = (_logistic(told, fitted[name]) for name in ("inside", "right"))
    shares = _shares(entries[:, :TOP], fitted["sharpness"]["entries"])
    sure = _sureness(shares, inside, right)[:, :most].tolist()
    ranked = [list(zip(*pair, strict=True)) for pair in zip(order[:, :most].tolist(), sure, strict=True)]
    return map(Likely, ranked, inside.tolist(), *_of_groups(many, fitted["sharpness"]["groups"]))


def _of_groups(many: Many, sharpness: float) -> Iterator[list[Any]]:
    """Yield what `Likely` says of the groups, field by field, an item a text."""
    shares = _shares(many.groups, sharpness)
    decisions, talk, topics, outside = (_columns(many, kind) for kind in ("decision", "talk", "topic", "outside"))
    yield shares[:, decisions].tolist()
    yield (shares[:, talk] * (many.groups[:, talk] > 0)).tolist()
    yield shares[:, topics].max(axis=1, initial=0.0).tolist()
    yield shares[:, outside].tolist()
    claimed, own = ((many.groups[:, columns] > 0).any(axis=1) for columns in (outside, topics))
    strange: list[bool] = np.greater(claimed, own).tolist()
    yield strange


def _columns(many: Many, kind: str) -> list[int]:
    return list(many.scorer.weights.classes.numbers.get(kind, ()))


def _order(entries: "Floats") -> "NDArray[np.int64]":
    """Return the entries of each text by number, best first, and of equals the lower number first."""
    order = np.argsort(-entries, axis=1)
    ranked = np.take_along_axis(entries, order, axis=1)
    return order if (ranked[:, 1:] < ranked[:, :-1]).all() else np.argsort(-entries, axis=1, kind="stable")


def _exp(exponents: "Floats") -> "Floats":
    powers: Floats = np.fromiter(map(math.exp, exponents.ravel().tolist()), np.float64, exponents.size)
    return powers.reshape(exponents.shape)


def _shares(scores: "Floats", sharpness: float) -> "Floats":
    """Return the probabilities that `softmax` makes of *scores*, a row a text."""
    powers = _exp(sharpness * (scores - scores.max(axis=1, keepdims=True)))
    shares: Floats = powers / row_sums(powers)[:, None]
    return shares


def _sureness(shares: "Floats", inside: "Floats", right: "Floats") -> "Floats":
    rest = row_sums(shares[:, 1:])
    others = (inside * (1 - right))[:, None] * (shares[:, 1:] / np.where(rest == 0, 1.0, rest)[:, None])
    first = inside * right
    return np.column_stack([np.maximum(first, others[:, 0]) if others.shape[1] else first, others])


def _signals(many: Many, order: "NDArray[np.int64]", entries: "Floats") -> "Floats":
    """Return what tells how sure the best entry of each text is, in the order of SIGNALS, a row a text."""
    classes, texts = many.scorer.weights.classes, np.arange(len(order))
    group_of = np.array(classes.group_of)[order]
    best, own = entries[:, 0], group_of[:, 0]
    elsewhere = group_of != own[:, None]
    second = entries[:, 1] if entries.shape[1] > 1 else best - FAR
    other = np.where(elsewhere.any(axis=1), entries[texts, elsewhere.argmax(axis=1)], best - FAR)
    of_kind = {kind: many.groups[:, list(numbers)].max(axis=1) for kind, numbers in classes.numbers.items()}
    top = of_kind["topic"]
    shares = _shares(entries[:, :TOP], SHARPNESS)
    columns = [
        best,
        _within(best - second),
        _within(best - other),
        shares[:, 0],
        many.groups[texts, own],
        *(_within(top - of_kind.get(kind, top - FAR)) for kind in ("outside", "decision", "talk")),
        _shares(many.groups, SHARPNESS)[texts, own],
        many.cuts.known,
        many.cuts.mass,
        np.minimum(many.cuts.names, 4) / 4,
        [min(1.0, math.log1p(length) / 5) for length in many.cuts.length.tolist()],
        _spread(shares),
    ]
    return np.column_stack(columns)


def _within(differences: "Floats") -> "Floats":
    return np.clip(differences, -FAR, FAR)


def _spread(shares: "Floats") -> "Floats":
    some = np.where(shares > 0, shares, 1.0)  # the logarithm of 1 adds nothing
    logs = np.fromiter(map(math.log, some.ravel().tolist()), np.float64, some.size)
    return -row_sums(some * logs.reshape(some.shape))


def _logistic(told: "Floats", fitted: Mapping[str, float]) -> "Floats":
    totals = fitted["bias"] + row_sums(told * np.array([fitted[name] for name in SIGNALS]))
    return 1 / (1 + _exp(-np.clip(totals, -_FARTHEST, _FARTHEST)))
