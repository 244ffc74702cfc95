"""What the tutor says, as data; each reply can tell itself as complete plain text."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, ClassVar, Literal

from tutor.text import LONGEST

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


@dataclass(frozen=True)
class Flip:
    """A small change of what is known that would change the answer; *told* says it in words."""

    slot: str
    value: str
    entry: str
    title: str
    told: str = ""


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
        said = {field.name: _plain(getattr(self, field.name)) for field in fields(self)}
        return {"reply": self.reply, "text": self.text, **said}

    @abstractmethod
    def _lines(self) -> Iterator[str]:
        """Yield the lines of the plain text."""


@dataclass(frozen=True)
class Answer(_Reply):
    """An entry as the answer: what to say in the exam, why, what tempts, what holds in practice, and on what it rests.

    *because* holds what decided. *branches* are there only while a needed slot is unknown, *flips* only when none is.
    *open_question* repeats, once, the question that this answer interrupted.
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
    open_question: str | None = None

    def _lines(self) -> Iterator[str]:
        yield self.title
        yield ""
        yield self.answer
        for name, said in self._parts():
            if said:
                yield ""
                yield f"{name}: {said}"
        yield from self._ways()
        yield ""
        for cited in self.citations:
            yield f"Source: {cited.title}, {'line' if cited.lines.isdigit() else 'lines'} {cited.lines}"
        for page in self.references:
            yield f"Page: {page.title} <{page.url}>"
        if self.open_question:
            yield ""
            yield f"Still open: {self.open_question}"

    def _parts(self) -> Iterator[tuple[str, str | None]]:
        yield "Because", self.reason
        yield "What decides", self.decides
        yield "Why", self.why
        yield "Tempting, but wrong", self.distractor
        yield "In practice", self.practice

    def _ways(self) -> Iterator[str]:
        if self.branches:
            yield ""
            yield "It depends:"
            for way in self.branches:
                yield f"- {way.told}: {way.title}"
        if self.flips:
            yield ""
            yield "It would change:"
            for flip in self.flips:
                yield f"- {flip.told}: {flip.title}"


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
    note: str | None = None

    def _lines(self) -> Iterator[str]:
        if self.note:
            yield self.note
            yield ""
        yield self.question
        for number, option in enumerate(self.options, start=1):
            yield f"  {number}. {option.label}"
        yield self.why + (f" At most {self.at_most} questions." if self.at_most > 1 else "")


@dataclass(frozen=True)
class Choose(_Reply):
    """A few close candidates, to choose from by number or title."""

    reply: ClassVar[str] = "choose"

    options: tuple[Candidate, ...]

    def _lines(self) -> Iterator[str]:
        yield "Which of these do you mean?"
        for number, option in enumerate(self.options, start=1):
            yield f"  {number}. {option.title}"


@dataclass(frozen=True)
class Decline(_Reply):
    """No answer, why not, and what comes nearest."""

    reply: ClassVar[str] = "decline"

    nearest: tuple[Candidate, ...]
    reason: Reason

    def _lines(self) -> Iterator[str]:
        yield _DECLINED[self.reason]
        if self.nearest:
            yield "Nearest to it:"
        for candidate in self.nearest:
            yield f"  - {candidate.title}"


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
