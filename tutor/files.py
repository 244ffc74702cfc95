"""Which file of a pack holds what: frozen data, no logic."""

from dataclasses import dataclass
from typing import Annotated, Literal

from tutor.bounds import Bounds
from tutor.model import About, Decision, Entry, EntryId, Examples, Line, Name, Noun, Question, Slot, Source, Talk, Term


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic(Noun):
    """The entries about one concept (knowledge/topics/<topic>.yaml)."""

    topic: Name
    title: Line
    entries: Annotated[tuple[Entry, ...], Bounds(least=1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources(Noun):
    """knowledge/sources.yaml"""

    sources: Annotated[dict[Name, Source], Bounds(least=1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms(Noun):
    """knowledge/terms.yaml"""

    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Slots(Noun):
    """knowledge/slots.yaml"""

    slots: dict[Name, Slot]


@dataclass(frozen=True, slots=True, kw_only=True)
class Intents(Noun):
    """intents/<topic>.yaml"""

    topic: Name
    intents: dict[EntryId, Examples]


@dataclass(frozen=True, slots=True, kw_only=True)
class Openings(Noun):
    """intents/decisions.yaml: how people open a choice that a decision settles."""

    decisions: dict[Name, tuple[Question, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Replies(Noun):
    """intents/replies.yaml: how people reply to the question of a slot, by value; `unclear` settles none."""

    replies: dict[Name, dict[Name, tuple[Question, ...]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallTalk(Noun):
    """intents/talk.yaml"""

    talk: dict[Name, Talk]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside(Noun):
    """intents/outside.yaml: what the pack must not answer, by subject."""

    outside: dict[Literal["near", "far"], dict[Name, tuple[Question, ...]]]


SINGLE: dict[str, type[Noun]] = {
    "knowledge/pack.yaml": About,
    "knowledge/sources.yaml": Sources,
    "knowledge/terms.yaml": Terms,
    "knowledge/slots.yaml": Slots,
    "intents/talk.yaml": SmallTalk,
    "intents/outside.yaml": Outside,
    "intents/decisions.yaml": Openings,
    "intents/replies.yaml": Replies,
}
FOLDERS: dict[str, type[Noun]] = {"knowledge/topics": Topic, "knowledge/decisions": Decision, "intents": Intents}
