"""A part of what is said: one paragraph, list or line with its role, for each surface to show in its own way."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

Role = Literal[
    "note", "title", "answer", "said", "because", "decides", "why", "distractor", "practice", "pointing", "tempting",
    "branches", "flips", "indifferent", "rests", "source", "page", "against", "open", "question", "options", "stakes",
    "between", "declined", "nearest", "chat", "told", "fault", "listing", "verdicts", "right", "wrong",
]  # fmt: skip

_MARKS: dict[Role, str] = {"options": "  {number}. ", "nearest": "  - ", "verdicts": "  "}


@dataclass(frozen=True)
class Part:
    """One part: its *name* is said before its *text*, its *items* after it, one a line.

    *apart* is whether an empty line stands before it, *url* the address that it leads to, *file* the file it stands in.
    """

    role: Role
    text: str = ""
    name: str | None = None
    items: tuple[str, ...] = ()
    url: str | None = None
    apart: bool = True
    file: str | None = None

    def lines(self) -> Iterator[str]:
        """Yield the lines of plain text.

        >>> list(Part("flips", name="It would change with", items=("hour: tea",)).lines())
        ['It would change with:', '- hour: tea']
        """
        if head := ": ".join(filter(None, (self.name, self.text))) + ("" if self.text or not self.name else ":"):
            yield f"{head} <{self.url}>" if self.url and self.role == "page" else head
        mark = _MARKS.get(self.role, "- ")
        for number, item in enumerate(self.items, start=1):
            yield f"{mark.format(number=number)}{item}"


def text_of(parts: Iterable[Part]) -> str:
    """Return *parts* as plain text.

    >>> text_of([Part("title", "Tea"), Part("why", "It helps.", "Why")]).splitlines()
    ['Tea', '', 'Why: It helps.']
    """
    said: list[str] = []
    for part in parts:
        said += ["", *part.lines()] if part.apart and said else part.lines()
    return "\n".join(said)
