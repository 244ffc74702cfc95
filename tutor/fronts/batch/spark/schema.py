"""The schema of rows in Spark's words, taken from Row itself."""

import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from tutor.row import FIELDS, Row

_PLAIN = {str: "string", float: "double", int: "int", bool: "boolean"}


@cache
def row_schema() -> str:
    """Return the fields of a row, each with its type, as Spark reads a schema.

    >>> row_schema()[:40]
    '`id` string, `question` string, `status`'
    """
    hints = get_type_hints(Row)
    return ", ".join(f"`{name}` {_type(hints[name])}" for name in FIELDS)


def _type(hint: Any) -> str:
    """Return the type of what *hint* describes; what may be None is so everywhere in Spark."""
    origin, of = get_origin(hint), [part for part in get_args(hint) if part is not type(None)]
    match origin:
        case None if is_dataclass(hint):
            hints = get_type_hints(hint)
            inner = ", ".join(f"`{part.name}`: {_type(hints[part.name])}" for part in fields(hint))
            return f"struct<{inner}>"
        case None:
            return _PLAIN[hint]
        case _ if origin is Literal:
            return "string"
        case _ if origin in (Union, types.UnionType):
            return _type(of[0])
        case _ if issubclass(origin, Mapping):
            return f"map<{_type(of[0])}, {_type(of[1])}>"
        case _:
            return f"array<{_type(of[0])}>"
