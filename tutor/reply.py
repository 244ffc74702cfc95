"""What the tutor says, as data; each reply can tell itself as complete plain text."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any, ClassVar, Literal

from tutor.text import LONGEST

Focus = Literal["all", "sources", "against"]
Reason = Literal["unknown-words", "out-of-scope", "empty", "too-long"]


@dataclass(frozen=True)
class Cited:
    """A citation as it is shown: source id, its title, its lines, and its address where it has one."""

    source: str
    title: str
    lines: str
    url: str | None = None


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
class _Reply(ABC):
    reply: ClassVar[str]

    @property
    def text(self) -> str:
        """The whole reply in plain text."""
        return "\n".join(self._lines())

    def to_dict(self) -> dict[str, Any]:
        """Return the reply as JSON can hold it."""
        said = {part.name: _plain(getattr(self, part.name)) for part in fields(self)}
        return {"reply": self.reply, "text": self.text, **said}

    @abstractmethod
    def _lines(self) -> Iterator[str]:
        """Yield the lines of the plain text."""


@dataclass(frozen=True)
class Answer(_Reply):
    """An entry as the answer: what to say in the exam, why, what tempts, what holds in practice, and on what it rests.

    *because* holds what decided, *said* the learner's own words for it, *indifferent* the slots that cannot change the
    answer. *branches* are there only while a needed slot is unknown, *flips* only when none is. *note* is said first,
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

    def _lines(self) -> Iterator[str]:
        match self.focus:
            case "all":
                yield from self._whole()
            case "sources":
                yield f"“{self.title}” rests on:"
                yield from self._rests_on()
            case "against":
                yield from self._not_that()

    def _not_that(self) -> Iterator[str]:
        """Yield why something else is not the answer: the distractor, the fact that rules it out, and the citation."""
        yield str(self.against)
        for name, said in (
            (
                "Tempting, but wrong",
                None if self.distractor and self.distractor in str(self.against) else self.distractor,
            ),
            ("What decides", self.decides),
            ("The answer stays", self.answer),
            ("Why", None if self.decides else self.why),
        ):
            if said:
                yield ""
                yield f"{name}: {said}"
        yield ""
        yield from self._rests_on()

    def _whole(self) -> Iterator[str]:
        if self.note:
            yield self.note
            yield ""
        yield (
            f"{self.verdict}: {self.title}" if self.verdict and not self.title.startswith(self.verdict) else self.title
        )
        yield ""
        yield self.answer
        for name, said in self._parts():
            if said:
                yield ""
                yield f"{name}: {said}"
        yield from self._ways()
        yield ""
        yield from self._rests_on()
        yield from _still(self.open_question)

    def _rests_on(self) -> Iterator[str]:
        for cited in self.citations:
            yield f"Source: {cited.title}, {'line' if cited.lines.isdigit() else 'lines'} {cited.lines}"
        for page in self.references:
            yield f"Page: {page.title} <{page.url}>"

    def _parts(self) -> Iterator[tuple[str, str | None]]:
        counted = {slot: words for slot, words in self.said.items() if slot not in self.indifferent}
        yield "You said", "; ".join(f"{named(slot)} “{words}”" for slot, words in counted.items())
        yield "Because", self.reason
        yield "What decides", self.decides
        yield "Why", self.why
        yield "Tempting, but wrong", self.distractor
        yield "In practice", self.practice
        yield "Your words that point here", self._pointing("answer")
        yield "Your words that tempt", self._pointing("distractor")

    def _pointing(self, to: str) -> str:
        return ", ".join(dict.fromkeys(f"“{pointer.words}”" for pointer in self.pointers if pointer.to == to))

    def _ways(self) -> Iterator[str]:
        if self.branches:
            yield ""
            yield "It depends:"
            for way in self.branches:
                yield f"- {way.told}: {_titled(way)}"
        if self.flips:
            yield ""
            yield "It would change with:"
            for flip in self.flips:
                yield f"- {flip.told}: {_titled(flip)}"
        if self.indifferent:
            yield ""
            yield f"Does not matter here: {', '.join(map(named, self.indifferent))}"


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

    def _lines(self) -> Iterator[str]:
        if self.note:
            yield self.note
            yield ""
        yield self.question
        for number, option in enumerate(self.options, start=1):
            yield f"  {number}. {option.label}"
        yield self.why + (f" At most {self.at_most} questions." if self.at_most > 1 else "")
        if len(self.between) > 1:
            yield f"Still possible: {'; '.join(self.between)}."


@dataclass(frozen=True)
class Choose(_Reply):
    """A few close candidates, to choose from by number or title.

    *open_question* repeats, once, the question that this interrupted.
    """

    reply: ClassVar[str] = "choose"

    options: tuple[Candidate, ...]
    question: str = "Which of these do you mean?"
    open_question: str | None = None

    def _lines(self) -> Iterator[str]:
        yield self.question
        for number, option in enumerate(self.options, start=1):
            yield f"  {number}. {option.title}"
        yield from _still(self.open_question)


@dataclass(frozen=True)
class Decline(_Reply):
    """No answer, why not, and what comes nearest; *open_question* repeats, once, the question that this interrupted."""

    reply: ClassVar[str] = "decline"

    nearest: tuple[Candidate, ...]
    reason: Reason
    open_question: str | None = None

    def _lines(self) -> Iterator[str]:
        yield _DECLINED[self.reason]
        if self.nearest:
            yield "Nearest to it:"
        for candidate in self.nearest:
            yield f"  - {candidate.title}"
        yield from _still(self.open_question)


@dataclass(frozen=True)
class Chat(_Reply):
    """Small talk, or word about the dialogue itself."""

    reply: ClassVar[str] = "chat"

    said: str

    def _lines(self) -> Iterator[str]:
        yield self.said


Reply = Answer | Ask | Choose | Decline | Chat

_DECLINED: dict[Reason, str] = {
    "unknown-words": "I do not know enough of these words to answer.",
    "out-of-scope": "My sources do not answer this, so I do not either.",
    "empty": "There is no question in this. Ask in your own words.",
    "too-long": f"This is longer than the {LONGEST} characters I read. Send the part that asks.",
}


def _still(question: str | None) -> Iterator[str]:
    if question:
        yield ""
        yield f"Still open: {question}"


def named(slot: str) -> str:
    """Return the name of a slot as people read it.

    >>> named("data_size")
    'data size'
    """
    return slot.replace("_", " ").replace("-", " ")


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
