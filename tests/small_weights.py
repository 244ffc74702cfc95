"""Weights written out by hand, for tests that need to know every number."""

import json
from array import array
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from tutor.features import WEIGHTS, Features
from tutor.scoring import Weighed, weigh
from tutor.weights import Classes, Weights, hashed, packed, read_weights, table_parts

CLASSES = Classes(("fact.a", "fact.b", "fact.c"), ("outside far", "topic a", "topic b"), (1, 1, 2))
CALIBRATION = {"bars": {"answer": 0.5, "choose": 0.1}, "sharpness": {"entries": 1.0, "groups": 1.0}}


def columns(rows: Sequence[Sequence[int]], scales: Sequence[float], intercepts: Sequence[float]) -> dict[str, Any]:
    """Return the arrays of a table from dense *rows*; zeros are left out."""
    kept = [[(column, value) for column, value in enumerate(row) if value] for row in rows]
    starts = [0]
    for row in kept:
        starts.append(starts[-1] + len(row))
    return {
        "starts": array("I", starts),
        "columns": array("H", [column for row in kept for column, _ in row]),
        "values": array("b", [value for row in kept for _, value in row]),
        "scales": array("f", scales),
        "intercepts": array("d", intercepts),
    }


def small_raw(
    idf: Mapping[str, float],
    rows: Mapping[str, Sequence[int]] | None = None,
    *,
    scales: Mapping[str, float] | None = None,
    intercepts: Sequence[float] | None = None,
    classes: Classes = CLASSES,
    calibration: Mapping[str, Mapping[str, float]] = CALIBRATION,
    words: Sequence[str] = (),
    key: str = "key",
    lesson: str = "lesson",
    extra: str = "",
    names_of: Mapping[str, str] | None = None,
) -> bytes:
    """Return a file of weights that knows the features of *idf*, with their *rows* of the merged table."""
    names = sorted(idf, key=hashed)
    count = len(classes.entries) + len(classes.groups)
    table = columns(
        [(rows or {}).get(name, ()) for name in names],
        [(scales or {}).get(name, 1.0) for name in names],
        intercepts or [0.0] * count,
    )
    about = {
        "key": key,
        "lesson": lesson,
        "entries": classes.entries,
        "groups": classes.groups,
        "group_of": classes.group_of,
    }
    parts = {
        "hashes": ("Q", array("Q", map(hashed, names)).tobytes()),
        "idf": ("f", array("f", [idf[name] for name in names]).tobytes()),
        **dict(table_parts("merged", table)),
        **dict(table_parts("logistic", table)),
        "words": ("B", "\n".join(words).encode()),
        "names": ("B", json.dumps(dict(names_of or {})).encode()),
        "extra": ("B", extra.encode()),
        "meanings": ("B", b""),
    }
    return packed({**about, "calibration": calibration}, parts)


def small_weights(idf: Mapping[str, float], rows: Mapping[str, Sequence[int]] | None = None, **more: Any) -> Weights:
    """Return the weights that such a file holds."""
    weights = read_weights(small_raw(idf, rows, **more))
    assert weights is not None
    return weights


def weighed_by(weights: Weights, cut: Features) -> Weighed:
    """Return what a text's features weigh under *weights*."""
    rows = {block: partial(_row, weights, block) for block in WEIGHTS}
    return weigh(cut, weights.idf, rows, max(weights.idf, default=1.0))


def _row(weights: Weights, block: str, part: str) -> int:
    return weights.row(f"{block} {part}")
