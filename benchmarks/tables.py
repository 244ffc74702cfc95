"""Results as Markdown tables and JSON numbers."""

from collections.abc import Mapping, Sequence
from math import isnan
from typing import Any


def table(rows: Sequence[Mapping[str, Any]], *, digits: Mapping[str, int] | None = None) -> str:
    """Return *rows*, which share their keys, as a Markdown table; *digits* after the point are 3 unless named.

    >>> print(table([{"router": "a", "right": 0.5}]))
    | router | right |
    | ------ | ----- |
    | a      | 0.500 |
    """
    names = list(rows[0])
    cells = [names, *([_cell(row[name], (digits or {}).get(name, 3)) for name in names] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    cells.insert(1, ["-" * width for width in widths])
    lines = [" | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in cells]
    return "\n".join(f"| {line} |" for line in lines)


def number(value: float) -> float | None:
    """Return *value* as JSON has it: rounded, and None where it is not a number."""
    return None if isnan(value) else round(value, 4)


def _cell(value: Any, digits: int) -> str:
    match value:
        case float():
            return f"{value:.{digits}f}"
        case None:
            return "-"
        case _:
            return str(value)
