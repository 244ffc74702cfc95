"""What pydantic finds wrong in a pack file, in words that an author can act on."""

from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from tutor.errors import Fault
from tutor.marked import Marked
from tutor.model import KINDS, Noun
from tutor.schema import json_schema
from tutor.spelling import did_you_mean


def findings(marked: Marked, noun: type[Noun], error: ValidationError) -> list[Fault]:
    """Return a fault for everything that keeps the file *marked* from being a *noun*."""
    return [_fault(marked, detail, noun) for detail in _causes(error.errors(include_url=False))]


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
    place = tuple(step for index, step in enumerate(detail["loc"]) if index != 2 or detail["loc"][0] != "entries")
    key = str(place[-1]) if place else ""
    shown = ".".join(str(step) for step in place)
    match detail["type"]:
        case "unexpected_keyword_argument":
            problem, instead = "unknown key", did_you_mean(key, _keys(noun, detail["loc"]))
        case "missing":
            problem, instead = "is missing", f"add {key}:"
        case "string_type" if not isinstance(detail["input"], (list, dict, type(None))):
            problem, instead = f"{detail['input']} is not read as text", "put it in quotes"
        case "string_type":
            problem, instead = "is not a text", "write words"
        case "tuple_type":
            problem, instead = "is not a list", "write [one, another]"
        case "dict_type" | "dataclass_type":
            problem, instead = "has no keys", "write names, colons and values"
        case "too_short":
            problem, instead = f"holds {detail['ctx']['actual_length']}", f"at least {detail['ctx']['min_length']}"
        case "too_long":
            problem, instead = f"holds {detail['ctx']['actual_length']}", f"at most {detail['ctx']['max_length']}"
        case "string_too_long" | "string_too_short":
            problem, instead = detail["msg"].replace("String should", "it should"), ""
        case "string_pattern_mismatch":
            problem, instead = f"{detail['input']!r} does not fit", f"the form is {detail['ctx']['pattern']}"
        case _:
            problem, instead = detail["msg"][:1].lower() + detail["msg"][1:], ""
    return Fault(marked.file, marked.line(place), shown, problem, instead)


def _keys(noun: type[Noun], place: tuple[str | int, ...]) -> set[str]:
    """Return the keys that may stand at *place*: exact at the top and in an entry, those of all parts elsewhere."""
    at = noun if len(place) == 1 else KINDS.get(str(place[2])) if place[0] == "entries" and len(place) == 4 else None
    if at:
        return {field.name for field in fields(at)} - ({"topic"} if at in KINDS.values() else set())
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
