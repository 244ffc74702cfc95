"""What the tutor says, as data; each reply can tell itself as complete plain text."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any, ClassVar, Literal

from tutor.part import Part, text_of
from tutor.text import LONGEST

Focus = Literal["all", "sources", "against"]
Reason = Literal["unknown-words", "out-of-scope", "empty", "too-long"]


@dataclass(frozen=True)
class Cited:
    """A citation as it is shown: source id, its title, its lines, its address where it has one, and its file."""

    source: str
    title: str
    lines: str
    url: str | None = None
    file: str | None = None


@dataclass(frozen=True)
class Page:
    """An official page."""

    title: str
    url: str


@dataclass(frozen=True)
class Candidate:
    """An entry that may be meant, with its title and confidence from 0 to 1."""

    entry: str
    title: str
    confidence: float


@dataclass(frozen=True)
class Way:
    """How the answer turns out under values of slots that are still open; *told* says them in words."""

    when: Mapping[str, str]
    entry: str
    answer: str
    title: str
    told: str = ""
    verdict: str | None = None


@dataclass(frozen=True)
class Flip:
    """A smallest change of what is known that would change the answer; *told* says it in words.

    *also* holds the other values that have to change with *value*, where none alone changes anything.
    """

    slot: str
    value: str
    entry: str
    title: str
    told: str = ""
    verdict: str | None = None
    also: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Pointer:
    """Words of the question, from character *start* to *end* of it, that spoke for the answer or for what tempts."""

    start: int
    end: int
    words: str
    to: Literal["answer", "distractor"]


@dataclass(frozen=True)
class Option:
    """A value that can be chosen."""

    value: str
    label: str


@dataclass(frozen=True)
class Weighed:
    """An option of a multiple-choice item: what it is, why, and the entry that says so; none where it stays open."""

    option: str
    verdict: Literal["right", "tempting", "wrong", "open"]
    because: str
    entry: str | None = None

    @property
    def told(self) -> str:
        """The option, what it is and why, as people read it."""
        return f"{self.option} – {_VERDICTS[self.verdict]}. {self.because}"


@dataclass(frozen=True)
class _Reply(ABC):
    reply: ClassVar[str]

    @property
    @abstractmethod
    def parts(self) -> Iterable[Part]:
        """What the reply says, part by part."""

    @property
    def text(self) -> str:
        """The whole reply in plain text."""
        return text_of(self.parts)

    def to_dict(self) -> dict[str, Any]:
        """Return the reply as JSON can hold it."""
        said = {part.name: _plain(getattr(self, part.name)) for part in fields(self)}
        return {"reply": self.reply, "text": self.text, **said}


@dataclass(frozen=True)
class Answer(_Reply):
    """An entry as the answer: what to say in the exam, why, what tempts, what holds in practice, and on what it rests.

    *because* holds what decided, *said* the learner's own words for it, *indifferent* the slots that cannot change the
    answer. *branches* are there only while a needed slot is unknown, *flips* only when none is. *options* are those of
    a multiple-choice item, weighed, with how sure that is as the *confidence*. *note* is said first,
    *against* says why something else is not the answer. *open_question* repeats, once, the question that this answer
    interrupted. *focus* says what the text is about; the fields are complete whatever it is.
    """

    reply: ClassVar[str] = "answer"

    entry: str
    kind: str
    topic: str
    title: str
    answer: str
    why: str
    decides: str | None
    distractor: str | None
    because: Mapping[str, str]
    reason: str | None
    branches: tuple[Way, ...]
    flips: tuple[Flip, ...]
    practice: str | None
    citations: tuple[Cited, ...]
    references: tuple[Page, ...]
    confidence: float
    alternatives: tuple[Candidate, ...]
    see_also: tuple[str, ...]
    verdict: str | None = None
    said: Mapping[str, str] = field(default_factory=dict)
    indifferent: tuple[str, ...] = ()
    pointers: tuple[Pointer, ...] = ()
    note: str | None = None
    against: str | None = None
    open_question: str | None = None
    focus: Focus = "all"
    options: tuple[Weighed, ...] = ()

    @property
    def parts(self) -> Iterable[Part]:
        """What the answer says, part by part; what its *focus* is about."""
        match self.focus:
            case "all":
                return self._whole()
            case "sources":
                return (Part("rests", f"“{self.title}” rests on:"), *self._rests_on(apart=False))
            case "against":
                return self._not_that()

    def _not_that(self) -> Iterator[Part]:
        """Yield why something else is not the answer: the distractor, the fact that rules it out, and the citation."""
        yield Part("against", str(self.against))
        if self.distractor and self.distractor not in str(self.against):
            yield Part("distractor", self.distractor, _TEMPTING)
        if self.decides:
            yield Part("decides", self.decides, "What decides")
        yield Part("answer", self.answer, "The answer stays")
        if not self.decides:
            yield Part("why", self.why, "Why")
        yield from self._rests_on()

    def _whole(self) -> Iterator[Part]:
        if self.note:
            yield Part("note", self.note)
        yield from _weighed(self.options)
        led = self.verdict and not self.title.startswith(self.verdict)
        yield Part("title", f"{self.verdict}: {self.title}" if led else self.title)
        yield Part("answer", self.answer)
        yield from (part for part in self._reasons() if part.text)
        yield from self._ways()
        yield from self._rests_on()
        yield from _still(self.open_question)

    def _rests_on(self, *, apart: bool = True) -> Iterator[Part]:
        cited = [
            Part("source", f"{cited.title}, {_lines(cited.lines)}", "Source", url=cited.url, file=cited.file)
            for cited in self.citations
        ]
        pages = [Part("page", page.title, "Page", url=page.url) for page in self.references]
        for number, part in enumerate([*cited, *pages]):
            yield replace(part, apart=apart and not number)

    def _reasons(self) -> Iterator[Part]:
        counted = {slot: words for slot, words in self.said.items() if slot not in self.indifferent}
        yield Part("said", "; ".join(f"{named(slot)} “{words}”" for slot, words in counted.items()), "You said")
        yield Part("because", self.reason or "", "Because")
        yield Part("decides", self.decides or "", "What decides")
        yield Part("why", self.why, "Why")
        yield Part("distractor", self.distractor or "", _TEMPTING)
        yield Part("practice", self.practice or "", "In practice")
        yield Part("pointing", self._pointing("answer"), "Your words that point here")
        yield Part("tempting", self._pointing("distractor"), "Your words that tempt")

    def _pointing(self, to: str) -> str:
        return ", ".join(dict.fromkeys(f"“{pointer.words}”" for pointer in self.pointers if pointer.to == to))

    def _ways(self) -> Iterator[Part]:
        if self.branches:
            ways = tuple(f"{way.told}: {_titled(way)}" for way in self.branches)
            yield Part("branches", name="It depends", items=ways)
        if self.flips:
            flips = tuple(f"{flip.told}: {_titled(flip)}" for flip in self.flips)
            yield Part("flips", name="It would change with", items=flips)
        if self.indifferent:
            yield Part("indifferent", ", ".join(map(named, self.indifferent)), "Does not matter here")


@dataclass(frozen=True)
class Ask(_Reply):
    """A clarifying question: what is asked, what can be replied, what the reply will decide, how many may follow."""

    reply: ClassVar[str] = "ask"

    decision: str
    slot: str
    question: str
    options: tuple[Option, ...]
    why: str
    at_most: int
    known: Mapping[str, str]
    between: tuple[str, ...] = ()
    note: str | None = None

    @property
    def parts(self) -> Iterator[Part]:
        """What the question says, part by part."""
        if self.note:
            yield Part("note", self.note)
        yield Part("question", self.question)
        yield Part("options", items=tuple(option.label for option in self.options), apart=False)
        more = f" At most {self.at_most} questions." if self.at_most > 1 else ""
        yield Part("stakes", self.why + more, apart=False)
        if len(self.between) > 1:
            yield Part("between", f"Still possible: {'; '.join(self.between)}.", apart=False)


@dataclass(frozen=True)
class Choose(_Reply):
    """A few close candidates, to choose from by number or title.

    *open_question* repeats, once, the question that this interrupted.
    """

    reply: ClassVar[str] = "choose"

    options: tuple[Candidate, ...]
    question: str = "Which of these do you mean?"
    open_question: str | None = None

    @property
    def parts(self) -> Iterator[Part]:
        """What the choice says, part by part."""
        yield Part("question", self.question)
        yield Part("options", items=tuple(option.title for option in self.options), apart=False)
        yield from _still(self.open_question)


@dataclass(frozen=True)
class Decline(_Reply):
    """No answer, why not, and what comes nearest; *open_question* repeats, once, the question that this interrupted."""

    reply: ClassVar[str] = "decline"

    nearest: tuple[Candidate, ...]
    reason: Reason
    open_question: str | None = None

    @property
    def parts(self) -> Iterator[Part]:
        """What is said instead of an answer, part by part."""
        yield Part("declined", _DECLINED[self.reason])
        if self.nearest:
            titles = tuple(candidate.title for candidate in self.nearest)
            yield Part("nearest", name="Nearest to it", items=titles, apart=False)
        yield from _still(self.open_question)


@dataclass(frozen=True)
class Chat(_Reply):
    """Small talk, or word about the dialogue itself."""

    reply: ClassVar[str] = "chat"

    said: str

    @property
    def parts(self) -> Iterator[Part]:
        """What is said, as one part."""
        yield Part("chat", self.said)


Reply = Answer | Ask | Choose | Decline | Chat

_TEMPTING = "Tempting, but wrong"

_DECLINED: dict[Reason, str] = {
    "unknown-words": "I do not know enough of these words to answer.",
    "out-of-scope": "My sources do not answer this, so I do not either.",
    "empty": "There is no question in this. Ask in your own words.",
    "too-long": f"This is longer than the {LONGEST} characters I read. Send the part that asks.",
}


_VERDICTS = {"right": "right", "tempting": "tempting, but wrong", "wrong": "wrong", "open": "open"}


def _weighed(options: tuple[Weighed, ...]) -> Iterator[Part]:
    if options:
        labelled = [(chr(ord("A") + number), option) for number, option in enumerate(options)]
        right = ", ".join(label for label, option in labelled if option.verdict == "right")
        told = tuple(f"{label}. {option.told}" for label, option in labelled)
        yield Part("verdicts", right or "not decided", "Right", told)


def _still(question: str | None) -> Iterator[Part]:
    if question:
        yield Part("open", question, "Still open")


def named(slot: str) -> str:
    """Return the name of a slot as people read it.

    >>> named("data_size")
    'data size'
    """
    return slot.replace("_", " ").replace("-", " ")


def _lines(cited: str) -> str:
    return f"line {cited}" if cited.isdigit() else f"lines {cited}"


def _titled(way: Way | Flip) -> str:
    return f"{way.verdict} ({way.title})" if way.verdict and not way.title.startswith(way.verdict) else way.title


def _plain(value: Any) -> Any:
    match value:
        case tuple():
            return [_plain(part) for part in value]
        case Mapping():
            return dict(value)
        case None | str() | int() | float():
            return value
        case _:
            return asdict(value)
