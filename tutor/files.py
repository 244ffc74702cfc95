"""Which file of a pack holds what: frozen data, no logic."""

from dataclasses import dataclass, field
from typing import Annotated, Literal

from tutor.bounds import Bounds
from tutor.model import (
    About,
    Choice,
    Decision,
    Entry,
    EntryId,
    Examples,
    Line,
    Name,
    Noun,
    Question,
    Slot,
    Source,
    Talk,
    Term,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic(Noun):
    """The entries about one concept (knowledge/topics/<topic>.yaml)."""

    topic: Name  #: what the file is called
    title: Line  #: what the topic is called
    entries: Annotated[tuple[Entry, ...], Bounds(least=1)]  #: traps, pairs, tips and facts


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources(Noun):
    """The documents that entries cite (knowledge/sources.yaml)."""

    sources: Annotated[dict[Name, Source], Bounds(least=1)]  #: the documents that entries cite, by name


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms(Noun):
    """Names of the field and their spellings (knowledge/terms.yaml)."""

    terms: tuple[Term, ...]  #: names of the field with their other spellings


@dataclass(frozen=True, slots=True, kw_only=True)
class Slots(Noun):
    """What the tutor can ask back (knowledge/slots.yaml)."""

    slots: dict[Name, Slot]  #: what the tutor can ask back, by name


@dataclass(frozen=True, slots=True, kw_only=True)
class Intents(Noun):
    """Questions that people ask about the entries of a topic (intents/<topic>.yaml)."""

    topic: Name  #: what the file is called: a topic
    intents: dict[EntryId, Examples]  #: questions that people ask, by the id of the entry that answers them


@dataclass(frozen=True, slots=True, kw_only=True)
class Openings(Noun):
    """How people open a choice that a decision settles (intents/decisions.yaml)."""

    decisions: dict[Name, tuple[Question, ...]]  #: questions that open a choice, by the id of the decision


@dataclass(frozen=True, slots=True, kw_only=True)
class Replies(Noun):
    """How people reply to the question of a slot, by value; `unclear` settles none (intents/replies.yaml)."""

    #: replies in free words, by slot and value
    replies: dict[Name, dict[Name, tuple[Question, ...]]]
    #: replies that fit the question of any slot: not knowing, not caring, and what is beside the point
    moves: dict[Literal["unsure", "any", "beside"], tuple[Question, ...]] = field(default_factory=dict)
    #: those of the replies, word for word, from which no exercise is made
    unasked: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices(Noun):
    """Multiple-choice items from which it is learned how options relate to entries (intents/choices.yaml)."""

    choices: Annotated[tuple[Choice, ...], Bounds(least=1)]  #: items, each with its right and its wrong options


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallTalk(Noun):
    """Small talk and what is replied (intents/talk.yaml)."""

    talk: dict[Name, Talk]  #: small talk by a name of your own


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside(Noun):
    """What the pack must not answer, by subject (intents/outside.yaml)."""

    #: near or far; below it questions that the pack must not answer, by subject
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
    "intents/choices.yaml": Choices,
}
FOLDERS: dict[str, type[Noun]] = {"knowledge/topics": Topic, "knowledge/decisions": Decision, "intents": Intents}
