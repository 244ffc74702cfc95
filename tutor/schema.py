"""What pydantic makes of a noun: data checked against its bounds, and its JSON Schema."""

import inspect
import re
from collections.abc import Iterator
from typing import Any, TypeVar

from pydantic import TypeAdapter

from tutor.model import KINDS, Noun, written

_N = TypeVar("_N", bound=Noun)
_ADAPTERS: dict[type[Noun], TypeAdapter[Any]] = {}


def validate(noun: type[_N], data: Any) -> _N:
    """Return the *noun* that *data* holds; pydantic's ValidationError says everything that keeps it from being one."""
    made: _N = _adapter(noun).validate_python(data)
    return made


def json_schema(noun: type[Noun]) -> dict[str, Any]:
    """Return the JSON Schema of *noun*."""
    return _adapter(noun).json_schema()


def editor_schema(noun: type[Noun]) -> dict[str, Any]:
    """Return the JSON Schema of *noun* for editors that complete and check.

    Every field has what is said of it behind #: in the source. An entry's id begins with its kind, and no entry has a
    topic, which its file says. A key that is not of its form is marked.
    """
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **json_schema(noun)}
    nouns = {noun.__name__: noun, **{known.__name__: known for known in _below(Noun)}}
    for name, part in [(noun.__name__, schema), *schema.get("$defs", {}).items()]:
        said = _said_of(nouns[name])
        for key, field in part["properties"].items():
            field["description"] = said[key]
            field.setdefault("title", key.replace("_", " ").title())
            for keyed in _keyed(field):
                keyed.setdefault("additionalProperties", False)
        if name in _KINDS:
            del part["properties"]["topic"]
            part["properties"]["id"]["pattern"] = part["properties"]["id"]["pattern"].replace(_ANY, _KINDS[name])
    return schema


_ANY = "(" + "|".join(KINDS) + ")"
_KINDS = {noun.__name__: kind for kind, noun in KINDS.items()}
_SAID = re.compile(r"^(?: {4}#: (?P<above>.*)\n)? {4}(?P<name>\w+): [^#\n]*?(?:  #: (?P<beside>.*))?$", re.MULTILINE)


def _below(noun: type[Noun]) -> Iterator[type[Noun]]:
    for one in noun.__subclasses__():
        yield from (one, *_below(one))


def _said_of(noun: type[Noun]) -> dict[str, str]:
    """Return what the source of *noun* says of each field, as authors write its key."""
    lines: dict[str, str] = {}
    for one in reversed(noun.__mro__[:-1]):
        for match in _SAID.finditer(inspect.getsource(one)):
            if said := match["above"] or match["beside"]:
                lines[written(match["name"])] = f"{said[:1].upper()}{said[1:]}."
    return lines


def _keyed(schema: Any) -> Iterator[dict[str, Any]]:
    """Yield every part of *schema* whose keys have a form."""
    if isinstance(schema, dict):
        if "patternProperties" in schema:
            yield schema
        for part in schema.values():
            yield from _keyed(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from _keyed(part)


def _adapter(noun: type[Noun]) -> TypeAdapter[Any]:
    """Return pydantic's view of *noun*, which takes milliseconds to make and is made once."""
    return _ADAPTERS.get(noun) or _ADAPTERS.setdefault(noun, TypeAdapter(noun))
