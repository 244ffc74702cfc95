"""A record: one row of a file of questions as it was read."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

LONGEST = 1_000_000  #: characters of one row
DEEPEST = 50  #: lists and objects inside one another in a cell
MOST_COLUMNS = 1_000
_NESTING = (dict, list)
_LITTLE = 1_000  #: characters of a cell in a row that is too long


@dataclass(frozen=True)
class Record:
    """One input row: its number from 1 and its columns, as far as they can be told where something is wrong with it."""

    number: int
    columns: dict[str, Any] = field(default_factory=dict)
    fault: str | None = None


def broken(number: int, problem: str, columns: Mapping[str, Any] | None = None) -> Record:
    """Return the record *number* with what is wrong with it, and what can be told of its *columns*."""
    return Record(number, dict(columns or {}), fault=f"row {number}: {problem}")


def told_of(columns: Mapping[str, Any]) -> dict[str, Any]:
    """Return what can be told of *columns* that are too much as a whole: those that hold little, the others as None."""
    return {name: value if _is_little(value) else None for name, value in columns.items()}


def _is_little(value: Any) -> bool:
    return not isinstance(value, dict | list) and size(value) <= _LITTLE


def id_text(row_id: Any) -> str | None:
    """Return the id of a row as text: what JSON has for it where it is none.

    >>> id_text(7), id_text(True), id_text(["a", None]), id_text("x"), id_text(None)
    ('7', 'true', '["a", null]', 'x', None)
    """
    if row_id is None or isinstance(row_id, str):
        return row_id
    return json.dumps(row_id, ensure_ascii=False) if isinstance(row_id, bool | list | dict) else str(row_id)


def record(number: int, columns: dict[str, Any]) -> Record:
    """Return the record of *columns* that hold what JSON can hold, or why it cannot be used."""
    if deeper(columns, DEEPEST):
        return broken(number, f"lists and objects nested deeper than {DEEPEST}", told_of(columns))
    if size(columns) > LONGEST:
        return broken(number, f"longer than {LONGEST} characters", told_of(columns))
    return Record(number, columns)


def deeper(value: Any, left: int) -> bool:
    """Return whether lists and objects in *value* are nested deeper than *left*.

    >>> deeper([[1]], 1), deeper([1], 1)
    (True, False)
    """
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return bool(inner) and (left == 0 or any(deeper(part, left - 1) for part in inner if isinstance(part, _NESTING)))


def size(value: Any) -> int:
    """Return how many characters the texts in *value* hold together."""
    if isinstance(value, str):
        return len(value)
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return sum(map(size, inner))


def plain(value: Any) -> Any:
    """Return a cell as JSON can hold it: dates and decimals as text, not-a-number as nothing, bytes as hexadecimal.

    >>> plain([1.5, float("nan"), b"a"])
    [1.5, None, '61']
    """
    match value:
        case None | str() | bool() | int():
            return value
        case float():
            return value if math.isfinite(value) else None
        case list() | tuple():
            return [plain(part) for part in value]
        case dict():
            return {str(name): plain(part) for name, part in value.items()}
        case bytes():
            return value.hex()
        case _:
            return value.isoformat() if hasattr(value, "isoformat") else str(value)
