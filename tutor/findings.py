"""What pydantic finds wrong in a pack file, in words that an author can act on."""

import re
from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from tutor.errors import Fault, Rule
from tutor.marked import Marked, Place
from tutor.model import KINDS, Noun
from tutor.schema import json_schema
from tutor.spelling import did_you_mean, nearest

LONGEST_SHOWN = 100  #: characters of a wrong value that a fault shows


def findings(marked: Marked, noun: type[Noun], error: ValidationError) -> list[Fault]:
    """Return a fault for everything that keeps the file *marked* from being a *noun*."""
    return [_fault(marked, detail, noun) for detail in _causes(error.errors(include_url=False))]


def places(error: ValidationError) -> list[Place]:
    """Return the places of everything that is wrong, as keys and indexes from the top of the file."""
    return [_place(detail) for detail in _causes(error.errors(include_url=False))]


def _place(detail: ErrorDetails) -> Place:
    """Return the place of *detail* without the names that only pydantic gives: the kind of an entry, what is a key."""
    place = detail["loc"][:-1] if detail["loc"][-1:] == ("[key]",) else detail["loc"]
    return tuple(step for index, step in enumerate(place) if index != 2 or place[0] != "entries")


def _causes(details: list[ErrorDetails]) -> Iterator[ErrorDetails]:
    """Yield the *details* that say what is wrong, without those that only count what was left out for it."""
    for detail in details:
        place = detail["loc"]
        follows = detail["type"] == "too_short" and any(
            len(other["loc"]) > len(place) and other["loc"][: len(place)] == place for other in details
        )
        if not follows:
            yield detail


def _fault(marked: Marked, detail: ErrorDetails, noun: type[Noun]) -> Fault:
    place = _place(detail)
    rule, problem, instead = _told(detail, str(place[-1]) if place else "", noun)
    at_key = rule in ("unknown-key", "missing-key") or detail["loc"][-1:] == ("[key]",)
    at = (*place, "id") if rule == "wrong-kind" else place
    shown = ".".join(str(step) for step in place)
    return marked.spot(at, key=at_key).fault(rule, problem, instead, place=shown)


def _told(detail: ErrorDetails, key: str, noun: type[Noun]) -> tuple[Rule, str, str]:
    """Return rule, problem, and what to write instead."""
    said, bounds = detail["input"], detail.get("ctx", {})
    match detail["type"]:
        case "unexpected_keyword_argument":
            return "unknown-key", "unknown key", did_you_mean(_cut(key), _keys(noun, detail["loc"]))
        case "missing":
            return "missing-key", "is missing", f"add {key}:"
        case "string_type" if not isinstance(said, (list, dict, type(None))):
            return "wrong-type", f"{_cut(said)} is not read as text", "put it in quotes"
        case "string_type":
            return "wrong-type", "is not a text", "write words"
        case "tuple_type":
            return "wrong-type", "is not a list", "write [one, another]"
        case "dict_type" | "dataclass_type":
            return "wrong-type", "has no keys", "write names, colons and values"
        case "int_type" | "int_parsing" | "int_from_float":
            return "wrong-type", f"{_cut(said)} is not a whole number", "write digits, without quotes"
        case "float_type" | "float_parsing":
            return "wrong-type", f"{_cut(said)} is not a number", "write digits, without quotes"
        case "too_short":
            return "too-few", f"holds {bounds['actual_length']}", f"at least {bounds['min_length']}"
        case "too_long":
            return "too-many", f"holds {bounds['actual_length']}", f"at most {bounds['max_length']}"
        case "string_too_long":
            return "wrong-form", f"has {len(said.strip())} characters", f"at most {bounds['max_length']}"
        case "string_too_short":
            return "wrong-form", f"has {len(said.strip())} characters", f"at least {bounds['min_length']}"
        case "string_pattern_mismatch":
            return "wrong-form", f"{_cut(said)!r} does not fit", _formed(_cut(said), bounds["pattern"])
        case "less_than_equal":
            return "wrong-value", f"{_cut(said)} is too great", f"at most {bounds['le']:g}"
        case "greater_than_equal":
            return "wrong-value", f"{_cut(said)} is too little", f"at least {bounds['ge']:g}"
        case "literal_error":
            known = re.findall(r"'([^']+)'", bounds["expected"])
            return "wrong-value", f"{_cut(said)!r} is not known here", did_you_mean(_cut(said), known)
        case "kind":
            return "wrong-kind", detail["msg"], _kinded(said)
        case _:
            return "wrong-value", detail["msg"][:1].lower() + detail["msg"][1:], "look the field up in the guide"


def _cut(said: object) -> str:
    text = str(said)
    return text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + "…"


def _formed(said: str, pattern: str) -> str:
    """Return what *said* may have been meant to be, when that has the form *pattern*, and else the form."""
    plain = re.sub(r"[^a-z0-9.]+", "-", said.lower()).strip("-")
    kind, _, rest = plain.partition(".")
    tries = [
        plain,
        f"{nearest(kind, KINDS)}.{rest}",
        re.sub("^http:", "https:", said),
        *re.findall(r"\d+(?:-\d+)?", re.sub(r"\s*[-–]\s*", "-", said)),
    ]
    meant = next((one for one in tries if one != said and re.search(pattern, one)), None)
    return f"did you mean {meant}?" if meant else f"the form is {pattern}"


def _kinded(said: object) -> str:
    name = said.get("id") if isinstance(said, dict) else None
    if not isinstance(name, str):
        return "add id: fact.<words-joined-by-hyphens>"
    kind, _, rest = name.rpartition(".")
    return f"did you mean {nearest(_cut(kind), KINDS) or 'fact'}.{_cut(rest)}?"


def _keys(noun: type[Noun], place: tuple[str | int, ...]) -> set[str]:
    """Return the keys that may stand at *place*: exact at the top and in an entry, those of all parts elsewhere."""
    at = noun if len(place) == 1 else KINDS.get(str(place[2])) if place[0] == "entries" and len(place) == 4 else None
    if at:
        return {field.name for field in fields(at)} - ({"topic"} if at in KINDS.values() else set())
    return _KEYS.get(noun) or _KEYS.setdefault(noun, _all_keys(noun))


_KEYS: dict[type[Noun], set[str]] = {}


def _all_keys(noun: type[Noun]) -> set[str]:
    known: set[str] = set()
    waiting: list[Any] = [json_schema(noun)]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            known |= set(part.get("properties", ()))
            waiting += part.values()
        elif isinstance(part, list):
            waiting += part
    return known
