"""What a pack is made of, as its files hold it: frozen data, no logic."""

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Discriminator, Field, StringConstraints, Tag, field_validator

Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+([_-][a-z0-9]+)*$", max_length=60)]
EntryId = Annotated[str, StringConstraints(pattern=r"^(trap|pair|tip|fact)\.[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Prose = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1200)]
Question = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
Lines = Annotated[str, StringConstraints(pattern=r"^[1-9]\d*(-[1-9]\d*)?$")]
Url = Annotated[str, StringConstraints(pattern=r"^https://[^\s<>\"]+$", max_length=300)]
Style = Literal["short", "scenario", "symptom", "keywords", "belief"]


class Noun(BaseModel):
    """Base of all that stands in a pack file: frozen, and strict about keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Citation(Noun):
    """The lines of a source that an entry rests on."""

    source: Name
    lines: tuple[Lines, ...] = Field(min_length=1)

    @field_validator("lines", mode="before")
    @classmethod
    def _numbers_are_lines(cls, lines: Any) -> Any:
        return [str(line) if type(line) is int else line for line in lines] if isinstance(lines, list) else lines


class Reference(Noun):
    """An official page."""

    title: Line
    url: Url


class Distractor(Noun):
    """The tempting wrong option and why it is wrong."""

    option: Line
    wrong_because: Prose


class _Entry(Noun):
    kind: ClassVar[str]

    id: EntryId
    title: Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=80)]
    answer: Prose
    why: Prose
    citations: tuple[Citation, ...] = Field(min_length=1)
    references: tuple[Reference, ...] = Field(min_length=1)
    distractor: Distractor | None = None
    practice: Prose | None = None
    see_also: tuple[EntryId, ...] = ()
    topic: Name = ""


class Trap(_Entry):
    """A tempting mistake, why it tempts, and what is right."""

    kind: ClassVar[str] = "trap"
    mistake: Prose
    tempts: Prose


class Pair(_Entry):
    """Two or three things that get confused, and the one fact that decides."""

    kind: ClassVar[str] = "pair"
    sides: tuple[Line, ...] = Field(min_length=2, max_length=3)
    decides: Prose


class Tip(_Entry):
    """A scenario, its answer, and the distractor to avoid."""

    kind: ClassVar[str] = "tip"
    scenario: Prose
    distractor: Distractor


class Fact(_Entry):
    """One thing to know."""

    kind: ClassVar[str] = "fact"


def _kind(raw: Any) -> str | None:
    name = raw.get("id") if isinstance(raw, dict) else getattr(raw, "id", None)
    return name.partition(".")[0] if isinstance(name, str) else None


Entry = Annotated[
    Annotated[Trap, Tag("trap")]
    | Annotated[Pair, Tag("pair")]
    | Annotated[Tip, Tag("tip")]
    | Annotated[Fact, Tag("fact")],
    Discriminator(
        _kind,
        custom_error_type="entry_kind",
        custom_error_message="an entry needs an id that starts with trap., pair., tip. or fact.",
    ),
]


class Topic(Noun):
    """The entries about one concept (knowledge/topics/<topic>.yaml)."""

    topic: Name
    title: Line
    entries: tuple[Entry, ...] = Field(min_length=1)


class Source(Noun):
    """A document that entries cite."""

    title: Line
    file: Line
    dated: Line | None = None
    url: Url | None = None
    about: Prose


class Term(Noun):
    """A name of the field, other spellings of it, and what it used to be called."""

    name: Line
    kind: Name
    aliases: tuple[Line, ...] = ()
    formerly: tuple[Line, ...] = ()


class Value(Noun):
    """One value of a slot: how it is shown, the phrases that mean it anywhere, and short replies that could mean much.

    A reply counts where the slot's question is answered, and near one of the slot's cues.
    """

    label: Line
    phrases: tuple[Line, ...] = ()
    replies: tuple[Line, ...] = ()


class Measure(Noun):
    """How an amount that a learner states settles a slot.

    Amounts at or below *up_to* mean the first value, at or above *from* the second; between them the slot stays open.
    Units: rows, bytes, seconds, percent. *near* names words one of which must stand close by.
    """

    unit: Literal["rows", "bytes", "seconds", "percent"]
    up_to: float
    small: Name
    from_: float = Field(alias="from")
    large: Name
    near: tuple[Line, ...] = ()


class Slot(Noun):
    """One thing that a clarifying question can establish."""

    question: Line
    why: Line
    values: dict[Name, Value] = Field(min_length=2)
    cues: tuple[Line, ...] = ()
    measures: tuple[Measure, ...] = ()


class Rule(Noun):
    """One line of a decision table: under these values, this outcome."""

    when: dict[Name, tuple[Name, ...]]
    outcome: EntryId
    because: Line

    @field_validator("when", mode="before")
    @classmethod
    def _one_value_is_a_list(cls, when: Any) -> Any:
        if not isinstance(when, dict):
            return when
        return {slot: [value] if isinstance(value, str) else value for slot, value in when.items()}


class Decision(Noun):
    """A table with unique hits: each combination of its slots' values has exactly one outcome.

    While a slot stays unknown, the first of the *partial* rules that what is known satisfies names the entry that
    frames the conditional answer; where none does, *overview* names it.
    """

    id: Name
    title: Line
    slots: tuple[Name, ...] = Field(min_length=1)
    overview: EntryId
    rules: tuple[Rule, ...] = Field(min_length=1)
    partial: tuple[Rule, ...] = ()


class Talk(Noun):
    """Small talk: what it sounds like and what is replied."""

    reply: Prose
    examples: tuple[Question, ...] = Field(min_length=1)


class Examples(Noun):
    """Questions that people ask about one entry, by style."""

    short: tuple[Question, ...] = ()
    scenario: tuple[Question, ...] = ()
    symptom: tuple[Question, ...] = ()
    keywords: tuple[Question, ...] = ()
    belief: tuple[Question, ...] = ()

    def by_style(self) -> Iterator[tuple[str, str]]:
        """Yield (style, question) pairs in the order of the file."""
        for style in type(self).model_fields:
            for question in getattr(self, style):
                yield style, question


class Bars(Noun):
    """What a pack promises and expects, from which training fits how sure an answer must be; all from 0 to 1."""

    wrong: float = Field(default=0.06, ge=0, le=1)  # share of outright answers that may be wrong
    coverage: float = Field(default=0.92, ge=0, le=1)  # chance that the right entry is answered or offered
    outside: float = Field(default=0.5, ge=0, le=1)  # share of questions expected to have no answer
    clear: float = Field(default=0.9, ge=0, le=1)  # confidence from which an open choice is answered without asking
    ask: float = Field(default=0.2, ge=0, le=1)  # share of a decision, beside its topics, from which it is asked about
    decide: float = Field(default=0.2, ge=0, le=1)  # least share of a decision that is asked about
    near: float = Field(default=0.01, ge=0, le=1)  # confidence from which a declined question is told what is nearest
    known: float = Field(default=0.5, ge=0, le=1)  # share of known words below which the words are to blame


class Floors(Noun):
    """How many sample questions a pack must have before it ships."""

    entry: int = Field(default=20, ge=1)
    style: int = Field(default=2, ge=0)
    decision: int = Field(default=8, ge=1)


class About(Noun):
    """Who a pack is (knowledge/pack.yaml)."""

    name: Name
    version: Line
    title: Line
    about: Prose
    sample: Line
    bars: Bars = Bars()
    floors: Floors = Floors()


class Sources(Noun):
    """knowledge/sources.yaml"""

    sources: dict[Name, Source] = Field(min_length=1)


class Terms(Noun):
    """knowledge/terms.yaml"""

    terms: tuple[Term, ...]


class Slots(Noun):
    """knowledge/slots.yaml"""

    slots: dict[Name, Slot]


class Intents(Noun):
    """intents/<topic>.yaml"""

    topic: Name
    intents: dict[EntryId, Examples]


class Openings(Noun):
    """intents/decisions.yaml: how people open a choice that a decision settles."""

    decisions: dict[Name, tuple[Question, ...]]


class SmallTalk(Noun):
    """intents/talk.yaml"""

    talk: dict[Name, Talk]


class Outside(Noun):
    """intents/outside.yaml: what the pack must not answer, by subject."""

    outside: dict[Literal["near", "far"], dict[Name, tuple[Question, ...]]]
