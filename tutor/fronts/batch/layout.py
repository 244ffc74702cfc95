"""A layout: which columns pass through to the answers, of what kind they are, and how the answers are laid out."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, BinaryIO, Literal

from tutor.fronts.batch.record import Record
from tutor.row import FIELDS, Row

Kind = Literal["text", "int", "float", "bool", "texts", "json"]

OPTIONS = "options"  #: the column of a multiple-choice question: a list of texts or nothing

_LARGEST = 2**63  #: of whole numbers that fit into a column of numbers


@dataclass(frozen=True)
class Layout:
    """How rows are laid out: the columns that *passed* through, in order, each with its kind; plain data.

    With *raw*, cells that a spreadsheet would run are written as they are. *title* heads what people read.
    """

    passed: Mapping[str, Kind] = field(default_factory=dict)
    raw: bool = False
    title: str = "Answers"

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of a row, those that pass through first."""
        return (*self.passed, *FIELDS)


@dataclass(frozen=True)
class Writer:
    """How a format is written: rows become *part*s, in any process; *join* puts parts together, in order, in one.

    A part does not depend on how rows are cut into parts, but for its own rows.
    """

    part: Callable[[Sequence[Row], Layout], bytes]
    join: Callable[[Iterable[bytes], Layout, BinaryIO], None]


def passing(columns: Iterable[str], slots: Collection[str]) -> list[str]:
    """Return which *columns* of a record pass through: not slots, not fields of a row."""
    return [name for name in columns if name not in slots and name not in FIELDS]


def columns_seen(records: Iterable[Record], slots: Collection[str]) -> dict[str, Kind]:
    """Return the columns of *records* that pass through, in order of first appearance, each with the kind of all."""
    kinds: dict[str, Kind | None] = {}
    for record in records:
        for name in passing(record.columns, slots):
            kinds[name] = _both(kinds.get(name), _kind(record.columns[name]))
    return {name: "texts" if name == OPTIONS else kind or "text" for name, kind in kinds.items()}


def _kind(value: Any) -> Kind | None:
    match value:
        case None:
            return None
        case bool():
            return "bool"
        case str():
            return "text"
        case int():
            return "int" if -_LARGEST <= value < _LARGEST else "json"
        case float():
            return "float"
        case list() if all(isinstance(part, str) for part in value):
            return "texts"
        case _:
            return "json"


def _both(one: Kind | None, other: Kind | None) -> Kind | None:
    if one is None or other is None or one == other:
        return one or other
    return "float" if {one, other} == {"int", "float"} else "json"
