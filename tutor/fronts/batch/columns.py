"""Columns: which column of a file is meant by which name, and the options of a question gathered from several."""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from string import ascii_uppercase
from typing import Any

from tutor.errors import BatchError
from tutor.fronts.batch.layout import OPTIONS
from tutor.fronts.batch.record import Record
from tutor.spelling import did_you_mean

_NAMES = ("question", "id", OPTIONS, "correct", "weights", "feedback", "category")  #: that columns can have, but slots


def read_mapping(said: Iterable[str]) -> dict[str, str]:
    """Return NAME=COLUMN pairs as name -> column; a BatchError for what is none, or names one twice.

    >>> read_mapping(["question=stem", "id=No"])
    {'question': 'stem', 'id': 'No'}
    """
    mapping: dict[str, str] = {}
    for pair in said:
        name, sign, column = pair.partition("=")
        if not (name and sign and column):
            raise BatchError(f"{pair}: write NAME=COLUMN, for example question=stem")
        if name in mapping or column in mapping.values():
            raise BatchError(f"{pair}: {name if name in mapping else column} is named twice")
        mapping[name] = column
    return mapping


def must_be_known(mapping: Mapping[str, str], slots: Collection[str]) -> None:
    """Raise a BatchError where *mapping* gives a column a name that means nothing to the tutor."""
    known = [*_NAMES, *slots]
    name = next((name for name in mapping if name not in known and name not in [*ascii_uppercase]), None)
    if name is not None:
        said = f"--column {name}={mapping[name]}: there is no name {name}"
        raise BatchError(f"{said}; {did_you_mean(name, known)}")


def arranged(record: Record, mapping: Mapping[str, str]) -> Record:
    """Return *record* with its columns called as the tutor calls them, and its options in one list."""
    columns = _renamed(record.columns, mapping) if mapping else record.columns
    if "A" in columns and "B" in columns and not columns.get(OPTIONS):
        columns = _gathered(columns)
    if OPTIONS not in columns:
        return replace(record, columns=columns) if mapping else record
    options = None if record.fault else read_options(columns[OPTIONS])
    fault = record.fault
    if options is None and not fault and columns[OPTIONS] not in (None, "", []):
        fault = f"row {record.number}: options are not a list of texts"
    if options and not all(text.strip() for text in options):
        fault = fault or f"row {record.number}: an option is empty"
    return replace(record, columns={**columns, OPTIONS: options}, fault=fault)


def _renamed(columns: Mapping[str, Any], mapping: Mapping[str, str]) -> dict[str, Any]:
    """Return *columns* under their new names; one that had such a name already gives way."""
    new = {column: name for name, column in mapping.items() if column in columns}
    taken = set(new.values())
    return {new.get(name, name): value for name, value in columns.items() if name in new or name not in taken}


def _gathered(columns: Mapping[str, Any]) -> dict[str, Any]:
    """Return *columns* with those called A, B, C … as one list, without the empty ones at its end."""
    letters = []
    for letter in ascii_uppercase:
        if letter not in columns:
            break
        letters.append(letter)
    options = [_text(columns[letter]) for letter in letters]
    while options and not options[-1]:
        options.pop()
    kept = {name: value for name, value in columns.items() if name not in letters and name != OPTIONS}
    return {**kept, OPTIONS: options or None}


def _text(value: Any) -> str:
    return "" if value is None else value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def read_options(value: Any) -> list[str] | None:
    """Return options as a list of texts: from a list, an object by letter, either of them as JSON, or one a line.

    >>> read_options('["Black", "Green"]'), read_options({"A": "Black", "B": "Green"}), read_options("Black\\nGreen")
    (['Black', 'Green'], ['Black', 'Green'], ['Black', 'Green'])
    """
    if isinstance(value, str):
        value = _read_text(value)
    if isinstance(value, dict):
        value = list(value.values())
    if not isinstance(value, list) or not value:
        return None
    texts = [part if isinstance(part, str) else _number(part) for part in value]
    return [text for text in texts if text is not None] if None not in texts else None


def _number(value: Any) -> str | None:
    return json.dumps(value) if isinstance(value, int | float) else None


def _read_text(text: str) -> Any:
    if text.lstrip()[:1] in ("[", "{"):
        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            return None
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines if len(lines) > 1 else None
