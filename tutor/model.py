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
Lines = Annotated[
    str, Bounds(r"^[1-9]\d*(-[1-9]\d*)?$"), Before(_number_is_a_line, also={"type": "integer", "minimum": 1})
]
Url = Annotated[str, Bounds(r"^https://[^\s<>\"]+$", most=300)]
Share = Annotated[float, Bounds(least=0, most=1)]
Weight = Annotated[float, Bounds(least=0.001, most=1000)]
Unit = Literal["rows", "bytes", "seconds", "percent", "per-second"]
Style = Literal["short", "scenario", "symptom", "keywords", "belief"]
STYLES: tuple[Style, ...] = get_args(Style)


def written(name: str) -> str:
    """Return how authors write the key of a field: without the stroke after a word that Python keeps for itself."""
    return name.rstrip("_")


@dataclass(frozen=True, slots=True, kw_only=True)
class Noun:
    """Base of all that stands in a pack file: frozen, and strict about keys it does not know."""

    __pydantic_config__: ClassVar = {"extra": "forbid", "alias_generator": written}


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation(Noun):
    """The lines of a source that an entry rests on."""

    source: Name  #: its name in knowledge/sources.yaml
    lines: Annotated[tuple[Lines, ...], Bounds(least=1)]  #: single lines or ranges, such as [3, 5-7]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference(Noun):
    """An official page."""

    title: Line  #: what the page is called
    url: Url  #: its address, which begins with https://


@dataclass(frozen=True, slots=True, kw_only=True)
class Distractor(Noun):
    """The tempting wrong option and why it is wrong."""

    option: Line  #: what tempts
    wrong_because: Prose  #: why it is wrong


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry(Noun):
    """What entries of every kind have."""

    kind: ClassVar[str]

    id: EntryId  #: kind (trap, pair, tip or fact), a dot, words joined by hyphens
    title: Annotated[str, Bounds(strip=True, least=3, most=80)]  #: what a learner chooses from
    answer: Prose  #: the exam's answer, one or two sentences
    why: Prose  #: the reason
    citations: Annotated[tuple[Citation, ...], Bounds(least=1)]  #: the lines of sources that hold every statement
    references: Annotated[tuple[Reference, ...], Bounds(least=1)]  #: official pages, for reading on
    distractor: Distractor | None = None  #: the tempting wrong option
    #: the answer as one choice of an exercise, where its first sentences leave out what matters
    as_choice: Annotated[str, Bounds(strip=True, least=1, most=190)] | None = None
    also_wrong: tuple[Distractor, ...] = ()  #: more wrong options on the same matter, worded as the answer is
    practice: Prose | None = None  #: what holds today where the source is imprecise, outdated or wrong
    see_also: tuple[EntryId, ...] = ()  #: ids of related entries
    #: ids of entries whose answer may be right where this one's is, so that neither stands as wrong beside the other
    agrees_with: tuple[EntryId, ...] = ()
    #: raised when the entry says something else than before, so that whoever learned it is asked anew
    revision: Annotated[int, Bounds(least=1, most=1000)] = 1
    topic: Name = ""  #: the file says it


@dataclass(frozen=True, slots=True, kw_only=True)
class Trap(_Entry):
    """A tempting mistake, why it tempts, and what is right."""

    kind: ClassVar[str] = "trap"
    mistake: Prose  #: what one does wrong
    tempts: Prose  #: why one does it all the same


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair(_Entry):
    """Two or three things that get confused, and the one fact that decides."""

    kind: ClassVar[str] = "pair"
    sides: Annotated[tuple[Line, ...], Bounds(least=2, most=3)]  #: the two or three things that get confused
    decides: Prose  #: the one fact that tells them apart
    #: for each side, sentences that hold for it and for none of the others, without naming it
    signs: dict[Line, Annotated[tuple[Line, ...], Bounds(least=1)]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tip(_Entry):
    """A scenario, its answer, and the distractor to avoid."""

    kind: ClassVar[str] = "tip"
    scenario: Prose  #: the situation, in one or two sentences
    distractor: Distractor  #: the tempting wrong option


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

    title: Line  #: what the document is called
    file: Line  #: its text among the evidence
    dated: Line | None = None  #: of which day it is, in quotes
    url: Url | None = None  #: where it is published
    about: Prose  #: one sentence on what it holds


@dataclass(frozen=True, slots=True, kw_only=True)
class Term(Noun):
    """A name of the field, other spellings of it, and what it used to be called."""

    name: Line  #: how the field calls it
    kind: Name  #: a word of your own, such as api or concept
    aliases: tuple[Line, ...] = ()  #: other spellings that mean it
    formerly: tuple[Line, ...] = ()  #: what it used to be called


@dataclass(frozen=True, slots=True, kw_only=True)
class Value(Noun):
    """One value of a slot: how it is shown, the phrases that mean it anywhere, and short replies that could mean much.

    A reply counts where the slot's question is answered, and near one of the slot's cues.
    """

    label: Line  #: how it is shown to the learner
    phrases: tuple[Line, ...] = ()  #: mean the value wherever they stand in a question
    replies: tuple[Line, ...] = ()  #: short words that mean the value in reply to a question, or close to a cue


@dataclass(frozen=True, slots=True, kw_only=True)
class Band(Noun):
    """The amounts that mean a value: all *from* one amount *up_to* another; an end that is left out is open."""

    from_: float | None = None  #: the least amount that means the value
    up_to: float | None = None  #: the greatest amount that means the value

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

    unit: Unit  #: what is counted or measured
    #: for each value the amounts that mean it; what lies between stays open
    values: Annotated[dict[Name, Band], Bounds(least=1)]
    near: tuple[Line, ...] = ()  #: words one of which must stand close to the amount


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot(Noun):
    """One thing that a clarifying question can establish."""

    question: Line  #: what the learner is asked
    why: Line  #: what the reply will decide; shown below the question
    values: Annotated[dict[Name, Value], Bounds(least=2)]  #: two or more values by their ids
    cues: tuple[Line, ...] = ()  #: words in the same part of a sentence near which replies count, too
    measures: tuple[Measure, ...] = ()  #: how an amount decides, a band for each value


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(Noun):
    """One line of a decision table: under these values, this outcome.

    *verdict* says in a few words what to take, for entries that weigh several things. Rules with the same outcome and
    verdict come to the same.
    """

    #: slot: value, or slot: [value, value]; a slot that is left out may have any value
    when: dict[Name, Annotated[tuple[Name, ...], Before(_one_is_a_list, also={"type": "string"})]]
    outcome: EntryId  #: id of the entry that answers
    because: Line  #: why, as a sentence after “Because:”
    verdict: Line | None = None  #: what to take, in a few words


@dataclass(frozen=True, slots=True, kw_only=True)
class Implied(Noun):
    """What follows from known values without asking: under *when*, the values *then*."""

    when: dict[Name, Name]  #: slot: value, of what is known
    then: dict[Name, Name]  #: slot: value, of what follows


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision(Noun):
    """A table with unique hits: each combination of its slots' values has exactly one outcome.

    While a slot stays unknown, the first of the *partial* rules that what is known satisfies names the entry that
    frames the conditional answer; where none does, *overview* names it. *priors* say how likely each value of a slot
    is, in any proportion; values of a slot without them are equally likely. *implies* rules out cases that cannot be.
    """

    id: Name  #: what the file is called
    title: Line  #: what is chosen
    slots: Annotated[tuple[Name, ...], Bounds(least=1)]  #: what the decision hangs on
    overview: EntryId  #: id of the entry that answers while values are missing
    rules: Annotated[tuple[Rule, ...], Bounds(least=1)]  #: exactly one holds for every combination of values
    #: entries that answer better once some values are known; the first that holds is taken
    partial: tuple[Rule, ...] = ()
    #: how likely each value of a slot is, in any proportion
    priors: dict[Name, dict[Name, Weight]] = field(default_factory=dict)
    implies: tuple[Implied, ...] = ()  #: what follows from known values without asking


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk(Noun):
    """Small talk: what it sounds like and what is replied."""

    reply: Prose  #: what the tutor replies
    examples: Annotated[tuple[Question, ...], Bounds(least=1)]  #: what people say


@dataclass(frozen=True, slots=True, kw_only=True)
class Examples(Noun):
    """Questions that people ask about one entry, by style."""

    short: tuple[Question, ...] = ()  #: plain questions in one line
    scenario: tuple[Question, ...] = ()  #: stories as in an exam, two or three sentences, then the question
    symptom: tuple[Question, ...] = ()  #: what somebody sees going wrong, often without a question
    keywords: tuple[Question, ...] = ()  #: what one types into a search box
    belief: tuple[Question, ...] = ()  #: somebody who believes the wrong thing, or seeks assent

    def by_style(self) -> Iterator[tuple[str, str]]:
        """Yield (style, question) pairs in the order of the file."""
        for style in STYLES:
            for question in getattr(self, style):
                yield style, question


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice(Noun):
    """A multiple-choice item to learn by: which options are right, which are wrong, and the entry that says so."""

    entry: EntryId  #: id of the entry that decides
    question: Question  #: the stem, without the options
    right: Annotated[tuple[Prose, ...], Bounds(least=1)]  #: the options that answer it
    wrong: Annotated[tuple[Prose, ...], Bounds(least=1)]  #: the others


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars(Noun):
    """What a pack promises and expects, from which training fits how sure an answer must be; all from 0 to 1."""

    wrong: Share = 0.06  #: share of outright answers that may be wrong
    misread: Share = 0.1  #: share of replies in free words, no phrase among them, that may be misread
    overheard: Share = 0.06  #: share of values taken from questions, no phrase among them, that may be wrong
    coverage: Share = 0.92  #: chance that the right entry is answered or offered
    outside: Share = 0.5  #: share of questions expected to have no answer
    clear: Share = 0.9  #: confidence from which an open choice is answered without asking
    ask: Share = 0.2  #: share of a decision, beside its topics, from which it is asked about
    decide: Share = 0.2  #: least share of a decision that is asked about
    pick: Share = 0.2  #: confidence from which options of a multiple-choice item are picked
    near: Share = 0.05  #: confidence from which a declined question is told what is nearest
    known: Share = 0.5  #: share of known words below which the words are to blame


@dataclass(frozen=True, slots=True, kw_only=True)
class Floors(Noun):
    """How many sample questions a pack must have before it ships."""

    entry: Annotated[int, Bounds(least=1)] = 20  #: examples of each entry
    style: Annotated[int, Bounds(least=0)] = 2  #: examples of each style
    decision: Annotated[int, Bounds(least=1)] = 8  #: openings of each decision


@dataclass(frozen=True, slots=True, kw_only=True)
class Domain(Noun):
    """A part of the exam that counts for itself."""

    title: Line  #: how the exam calls it
    weight: Weight  #: how much of the exam it is, in any proportion
    topics: Annotated[tuple[Name, ...], Bounds(least=1)]  #: topics of the pack that belong to it


@dataclass(frozen=True, slots=True, kw_only=True)
class Exam(Noun):
    """The exam that a pack prepares for."""

    questions: Annotated[int, Bounds(least=1, most=500)]  #: how many it asks
    minutes: Annotated[int, Bounds(least=1, most=1440)]  #: how long it lasts
    pass_mark: Share | None = None  #: share of right answers that passes
    domains: Annotated[dict[Name, Domain], Bounds(least=1)]  #: its parts by their ids


@dataclass(frozen=True, slots=True, kw_only=True)
class About(Noun):
    """Who a pack is (knowledge/pack.yaml)."""

    name: Name  #: stands in every row of a batch; lower-case words joined by hyphens
    version: Line  #: stands in every row of a batch; in quotes
    title: Line  #: greets in the shell
    about: Prose  #: one sentence for people
    sample: Line  #: the question that shows what the tutor does
    bars: Bars = Bars()  #: what the pack promises and expects
    floors: Floors = Floors()  #: how many examples tutor check asks for
    exam: Exam | None = None  #: the exam that it prepares for, where there is one
