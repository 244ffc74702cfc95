"""A row: one question of a batch and what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from tutor.reply import Candidate, Cited, Way, Weighed

Status = Literal["answered", "conditional", "choose", "declined", "error"]

FIELDS = (
    "id", "question", "status", "reply", "entry", "kind", "topic", "title", "answer", "because", "branches", "needs",
    "citations", "confidence", "candidates", "choice", "choice_confidence", "verdicts", "error", "pack",
)  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """One question of a batch as it is put: its text and id, values of slots, and the columns that pass through.

    *options* are those of a multiple-choice item, where they do not stand in the question itself.
    """

    question: str
    id: str | None = None
    known: Mapping[str, str] = field(default_factory=dict)
    passed: Mapping[str, Any] = field(default_factory=dict)
    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class Row:
    """One question and what became of it.

    *needs* names the slots that are still open in a conditional answer, whose *branches* say how it turns out.
    *candidates* are the five nearest entries, best first, whatever the status. *choice* holds the indexes of the
    options that are picked, none where what is known does not decide, *verdicts* what each option is and why; where
    there are no options, it is None. *passed* holds the other columns.
    """

    question: str
    status: Status
    pack: str
    id: str | None = None
    reply: str | None = None
    entry: str | None = None
    kind: str | None = None
    topic: str | None = None
    title: str | None = None
    answer: str | None = None
    because: Mapping[str, str] = field(default_factory=dict)
    branches: tuple[Way, ...] = ()
    needs: tuple[str, ...] = ()
    citations: tuple[Cited, ...] = ()
    confidence: float = 0.0
    candidates: tuple[Candidate, ...] = ()
    choice: tuple[int, ...] | None = None
    choice_confidence: float | None = None
    verdicts: tuple[Weighed, ...] = ()
    error: str | None = None
    passed: Mapping[str, Any] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the row as JSON can hold it: the columns that pass through, then the fields of a row."""
        said: dict[str, Any] = {name: getattr(self, name) for name in FIELDS}
        said["because"] = dict(self.because)
        said["needs"] = list(self.needs)
        said["verdicts"] = [vars(weighed).copy() for weighed in self.verdicts]
        said["choice"] = None if self.choice is None else list(self.choice)
        said["branches"] = [{**vars(way), "when": dict(way.when)} for way in self.branches]
        said["citations"] = [vars(cited).copy() for cited in self.citations]
        said["candidates"] = [vars(candidate).copy() for candidate in self.candidates]
        return {**{name: value for name, value in self.passed.items() if name not in FIELDS}, **said}
