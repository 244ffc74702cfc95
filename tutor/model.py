"""What a pack is made of: frozen data with its bounds, no logic."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from math import inf
from typing import Annotated, Any, ClassVar, Literal, get_args

from tutor.bounds import Before, Bounds, OneOf


def _number_is_a_line(raw: Any) -> Any:
    return str(raw) if type(raw) is int else raw


def _one_is_a_list(raw: Any) -> Any:
    return [raw] if isinstance(raw, str) else raw


Name = Annotated[str, Bounds(r"^[a-z0-9]+([_-][a-z0-9]+)*$", most=60)]
EntryId = Annotated[str, Bounds(r"^(trap|pair|tip|fact)\.[a-z0-9]+(-[a-z0-9]+)*$", most=80)]
Line = Annotated[str, Bounds(strip=True, least=1, most=200)]
Prose = Annotated[str, Bounds(strip=True, least=1, most=1200)]
Question = Annotated[str, Bounds(strip=True, least=1, most=2000)]
Lines = Annotated[str, Bounds(r"^[1-9]\d*(-[1-9]\d*)?$"), Before(_number_is_a_line)]
Url = Annotated[str, Bounds(r"^https://[^\s<>\"]+$", most=300)]
Share = Annotated[float, Bounds(least=0, most=1)]
Weight = Annotated[float, Bounds(least=0.001, most=1000)]
Unit = Literal["rows", "bytes", "seconds", "percent", "per-second"]
Style = Literal["short", "scenario", "symptom", "keywords", "belief"]
STYLES: tuple[Style, ...] = get_args(Style)


def _written(name: str) -> str:
    """Return how authors write the key of a field: without the stroke after a word that Python keeps for itself."""
    return name.rstrip("_")


@dataclass(frozen=True, slots=True, kw_only=True)
class Noun:
    """Base of all that stands in a pack file: frozen, and strict about keys it does not know."""

    __pydantic_config__: ClassVar = {"extra": "forbid", "alias_generator": _written}


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation(Noun):
    """The lines of a source that an entry rests on."""

    source: Name
    lines: Annotated[tuple[Lines, ...], Bounds(least=1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference(Noun):
    """An official page."""

    title: Line
    url: Url


@dataclass(frozen=True, slots=True, kw_only=True)
class Distractor(Noun):
    """The tempting wrong option and why it is wrong."""

    option: Line
    wrong_because: Prose


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry(Noun):
    """What entries of every kind have."""

    kind: ClassVar[str]

    id: EntryId
    title: Annotated[str, Bounds(strip=True, least=3, most=80)]
    answer: Prose
    why: Prose
    citations: Annotated[tuple[Citation, ...], Bounds(least=1)]
    references: Annotated[tuple[Reference, ...], Bounds(least=1)]
    distractor: Distractor | None = None
    practice: Prose | None = None
    see_also: tuple[EntryId, ...] = ()
    topic: Name = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trap(_Entry):
    """A tempting mistake, why it tempts, and what is right."""

    kind: ClassVar[str] = "trap"
    mistake: Prose
    tempts: Prose


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair(_Entry):
    """Two or three things that get confused, and the one fact that decides."""

    kind: ClassVar[str] = "pair"
    sides: Annotated[tuple[Line, ...], Bounds(least=2, most=3)]
    decides: Prose


@dataclass(frozen=True, slots=True, kw_only=True)
class Tip(_Entry):
    """A scenario, its answer, and the distractor to avoid."""

    kind: ClassVar[str] = "tip"
    scenario: Prose
    distractor: Distractor


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact(_Entry):
    """One thing to know."""

    kind: ClassVar[str] = "fact"


def _kind(raw: Any) -> str | None:
    name = raw.get("id") if isinstance(raw, dict) else getattr(raw, "id", None)
    return name.partition(".")[0] if isinstance(name, str) else None


KINDS: dict[str, type[Trap | Pair | Tip | Fact]] = {"trap": Trap, "pair": Pair, "tip": Tip, "fact": Fact}
Entry = Annotated[
    Trap | Pair | Tip | Fact,
    OneOf(KINDS, _kind, "an entry needs an id that starts with trap., pair., tip. or fact."),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source(Noun):
    """A document that entries cite."""

    title: Line
    file: Line
    dated: Line | None = None
    url: Url | None = None
    about: Prose


@dataclass(frozen=True, slots=True, kw_only=True)
class Term(Noun):
    """A name of the field, other spellings of it, and what it used to be called."""

    name: Line
    kind: Name
    aliases: tuple[Line, ...] = ()
    formerly: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Value(Noun):
    """One value of a slot: how it is shown, the phrases that mean it anywhere, and short replies that could mean much.

    A reply counts where the slot's question is answered, and near one of the slot's cues.
    """

    label: Line
    phrases: tuple[Line, ...] = ()
    replies: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Band(Noun):
    """The amounts that mean a value: all *from* one amount *up_to* another; an end that is left out is open."""

    from_: float | None = None
    up_to: float | None = None

    @property
    def least(self) -> float:
        """The least amount in the band."""
        return -inf if self.from_ is None else self.from_

    @property
    def most(self) -> float:
        """The greatest amount in the band."""
        return inf if self.up_to is None else self.up_to


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure(Noun):
    """How amounts of one unit decide a slot: a band for each value.

    What lies between two bands, or spans more than one, is borderline: the slot stays open and is asked about. Units:
    rows, bytes, seconds, percent, per-second. *near* names words one of which must stand close by.
    """

    unit: Unit
    values: Annotated[dict[Name, Band], Bounds(least=1)]
    near: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot(Noun):
    """One thing that a clarifying question can establish."""

    question: Line
    why: Line
    values: Annotated[dict[Name, Value], Bounds(least=2)]
    cues: tuple[Line, ...] = ()
    measures: tuple[Measure, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(Noun):
    """One line of a decision table: under these values, this outcome.

    *verdict* says in a few words what to take, for entries that weigh several things. Rules with the same outcome and
    verdict come to the same.
    """

    when: dict[Name, Annotated[tuple[Name, ...], Before(_one_is_a_list)]]
    outcome: EntryId
    because: Line
    verdict: Line | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Implied(Noun):
    """What follows from known values without asking: under *when*, the values *then*."""

    when: dict[Name, Name]
    then: dict[Name, Name]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision(Noun):
    """A table with unique hits: each combination of its slots' values has exactly one outcome.

    While a slot stays unknown, the first of the *partial* rules that what is known satisfies names the entry that
    frames the conditional answer; where none does, *overview* names it. *priors* say how likely each value of a slot
    is, in any proportion; values of a slot without them are equally likely. *implies* rules out cases that cannot be.
    """

    id: Name
    title: Line
    slots: Annotated[tuple[Name, ...], Bounds(least=1)]
    overview: EntryId
    rules: Annotated[tuple[Rule, ...], Bounds(least=1)]
    partial: tuple[Rule, ...] = ()
    priors: dict[Name, dict[Name, Weight]] = field(default_factory=dict)
    implies: tuple[Implied, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk(Noun):
    """Small talk: what it sounds like and what is replied."""

    reply: Prose
    examples: Annotated[tuple[Question, ...], Bounds(least=1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Examples(Noun):
    """Questions that people ask about one entry, by style."""

    short: tuple[Question, ...] = ()
    scenario: tuple[Question, ...] = ()
    symptom: tuple[Question, ...] = ()
    keywords: tuple[Question, ...] = ()
    belief: tuple[Question, ...] = ()

    def by_style(self) -> Iterator[tuple[str, str]]:
        """Yield (style, question) pairs in the order of the file."""
        for style in STYLES:
            for question in getattr(self, style):
                yield style, question


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars(Noun):
    """What a pack promises and expects, from which training fits how sure an answer must be; all from 0 to 1."""

    wrong: Share = 0.06  # share of outright answers that may be wrong
    misread: Share = 0.1  # share of replies in free words, no phrase among them, that may be misread
    coverage: Share = 0.92  # chance that the right entry is answered or offered
    outside: Share = 0.5  # share of questions expected to have no answer
    clear: Share = 0.9  # confidence from which an open choice is answered without asking
    ask: Share = 0.2  # share of a decision, beside its topics, from which it is asked about
    decide: Share = 0.2  # least share of a decision that is asked about
    near: Share = 0.05  # confidence from which a declined question is told what is nearest
    known: Share = 0.5  # share of known words below which the words are to blame


@dataclass(frozen=True, slots=True, kw_only=True)
class Floors(Noun):
    """How many sample questions a pack must have before it ships."""

    entry: Annotated[int, Bounds(least=1)] = 20
    style: Annotated[int, Bounds(least=0)] = 2
    decision: Annotated[int, Bounds(least=1)] = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class About(Noun):
    """Who a pack is (knowledge/pack.yaml)."""

    name: Name
    version: Line
    title: Line
    about: Prose
    sample: Line
    bars: Bars = Bars()
    floors: Floors = Floors()
