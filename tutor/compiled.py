"""A pack as one JSON text that is read back exactly, and at once: plain constructors, nothing is checked again."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any, TypeVar

from tutor.model import (
    KINDS,
    About,
    Band,
    Bars,
    Choice,
    Citation,
    Decision,
    Distractor,
    Domain,
    Entry,
    Exam,
    Examples,
    Floors,
    Implied,
    Measure,
    Reference,
    Rule,
    Slot,
    Source,
    Talk,
    Term,
    Value,
)
from tutor.subject import Pack

_T = TypeVar("_T")
_Raw = dict[str, Any]


def pack_to_json(pack: Pack) -> str:
    """Return *pack* as JSON, for pack_from_json."""
    return json.dumps(asdict(pack))


def pack_from_json(text: str) -> Pack:
    """Return the pack that pack_to_json wrote; a ValueError when *text* is nothing of the kind."""
    try:
        return _pack(json.loads(text))
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError(f"not a compiled pack: {error!r}") from error


def _pack(raw: _Raw) -> Pack:
    return Pack(
        about=_about(raw["about"]),
        sources=_each(raw["sources"], lambda source: Source(**source)),
        topics=raw["topics"],
        entries=_each(raw["entries"], _entry),
        terms=tuple(map(_term, raw["terms"])),
        slots=_each(raw["slots"], _slot),
        decisions=_each(raw["decisions"], _decision),
        talk=_each(raw["talk"], _talk),
        examples=_each(raw["examples"], lambda examples: Examples(**_each(examples, tuple))),
        openings=_each(raw["openings"], tuple),
        outside=_each(raw["outside"], lambda subjects: _each(subjects, tuple)),
        replies=_each(raw["replies"], lambda values: _each(values, tuple)),
        moves=_each(raw["moves"], tuple),
        unasked=tuple(raw["unasked"]),
        choices=tuple(map(_choice, raw["choices"])),
        digest=raw["digest"],
    )


def _each(raw: Mapping[str, Any], read: Callable[[Any], _T]) -> dict[str, _T]:
    return {name: read(value) for name, value in raw.items()}


def _about(raw: _Raw) -> About:
    exam = _exam(raw["exam"]) if raw["exam"] else None
    return About(**{**raw, "bars": Bars(**raw["bars"]), "floors": Floors(**raw["floors"]), "exam": exam})


def _exam(raw: _Raw) -> Exam:
    domains = _each(raw["domains"], lambda domain: Domain(**{**domain, "topics": tuple(domain["topics"])}))
    return Exam(**{**raw, "domains": domains})


def _entry(raw: _Raw) -> Entry:
    raw["citations"] = tuple(map(_citation, raw["citations"]))
    raw["references"] = tuple(Reference(**page) for page in raw["references"])
    raw["distractor"] = Distractor(**raw["distractor"]) if raw["distractor"] else None
    raw["also_wrong"] = tuple(Distractor(**one) for one in raw["also_wrong"])
    raw["see_also"], raw["agrees_with"] = tuple(raw["see_also"]), tuple(raw["agrees_with"])
    if "sides" in raw:
        raw["sides"], raw["signs"] = tuple(raw["sides"]), _each(raw["signs"], tuple)
    return KINDS[raw["id"].partition(".")[0]](**raw)


def _citation(raw: _Raw) -> Citation:
    return Citation(source=raw["source"], lines=tuple(raw["lines"]))


def _term(raw: _Raw) -> Term:
    return Term(**{**raw, "aliases": tuple(raw["aliases"]), "formerly": tuple(raw["formerly"])})


def _slot(raw: _Raw) -> Slot:
    made = {"values": _each(raw["values"], _value), "measures": tuple(map(_measure, raw["measures"]))}
    return Slot(**{**raw, **made, "cues": tuple(raw["cues"])})


def _value(raw: _Raw) -> Value:
    return Value(label=raw["label"], phrases=tuple(raw["phrases"]), replies=tuple(raw["replies"]))


def _measure(raw: _Raw) -> Measure:
    return Measure(unit=raw["unit"], values=_each(raw["values"], lambda band: Band(**band)), near=tuple(raw["near"]))


def _decision(raw: _Raw) -> Decision:
    made = {name: tuple(map(_rule, raw[name])) for name in ("rules", "partial")}
    implies = tuple(Implied(**implied) for implied in raw["implies"])
    return Decision(**{**raw, **made, "slots": tuple(raw["slots"]), "implies": implies})


def _rule(raw: _Raw) -> Rule:
    return Rule(**{**raw, "when": _each(raw["when"], tuple)})


def _choice(raw: _Raw) -> Choice:
    return Choice(**{**raw, "right": tuple(raw["right"]), "wrong": tuple(raw["wrong"])})


def _talk(raw: _Raw) -> Talk:
    return Talk(reply=raw["reply"], examples=tuple(raw["examples"]))
