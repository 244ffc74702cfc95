"""What can go wrong in a way a person can put right.

TutorError               one clear line, never a traceback
├── PackError            a pack cannot be used; carries every fault found
├── SlotError            a slot or value that the pack does not have
├── EntryError           an entry id that the pack does not have
├── DialogueError        a saved dialogue that cannot be read
├── SettingsError        a setting or value that there is not, or settings that cannot be read or written
├── BatchError           a file of questions that cannot be read or written
├── StudyError           a quiz or mock exam that cannot be made, or a saved one that cannot be read
├── StoreError           a store that cannot be opened, read or written
└── SlackError           Slack cannot be reached, or does not take what it is given
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, NamedTuple

Rule = Literal[
    "unreadable", "too-large", "not-utf8", "not-yaml", "empty-file", "too-deep", "tag", "anchor", "odd-key",
    "double-key", "odd-value", "missing-file", "misplaced-file", "wrong-file-name",
    "unknown-key", "missing-key", "wrong-type", "wrong-form", "wrong-kind", "wrong-value", "too-few", "too-many",
    "double-id", "unknown-id",
    "gap", "overlap", "contradiction", "unreachable", "dead-partial", "idle-slot", "incomplete-priors",
    "too-many-questions", "too-many-combinations", "empty-band", "overlapping-measure", "unused-slot",
    "too-few-examples", "too-alike", "shared-example", "shared-alias", "weak-sign", "unsound-exercise",
    "missing-lines", "unsupported", "unsaid-practice", "unchecked-page", "copied",
]  # fmt: skip

RULES: dict[Rule, str] = {
    "unreadable": "A file or folder cannot be read, or holds no pack.",
    "too-large": "A file is too large, or a folder has too many files.",
    "not-utf8": "A file is not UTF-8.",
    "not-yaml": "A file is not YAML.",
    "empty-file": "A file holds nothing.",
    "too-deep": "Parts are nested too deeply.",
    "tag": "A tag, where packs are plain data.",
    "anchor": "An anchor or alias, where packs are written out in full.",
    "odd-key": "A key that YAML does not read as text.",
    "double-key": "A key stands twice in one place.",
    "odd-value": "A value that YAML cannot read.",
    "missing-file": "A file that every pack has is missing.",
    "misplaced-file": "A file stands where no pack file belongs.",
    "wrong-file-name": "A file is not called as what it holds.",
    "unknown-key": "A key that does not belong here.",
    "missing-key": "A key is missing.",
    "wrong-type": "A text, number, list or keys are wanted, and something else stands there.",
    "wrong-form": "A name, id, address or range of lines is not of its form, or a text is too short or too long.",
    "wrong-kind": "The id of an entry does not begin with its kind.",
    "wrong-value": "A number is out of its bounds, or a word is none of those that may stand here.",
    "too-few": "A list or table holds too few.",
    "too-many": "A list holds too many.",
    "double-id": "An id or name stands twice.",
    "unknown-id": "An id, slot or value is named that does not exist.",
    "gap": "A decision has a case without a rule.",
    "overlap": "Two rules of a decision hold for one case, and agree.",
    "contradiction": "Two rules of a decision, or two implied values, contradict each other.",
    "unreachable": "A rule decides no case.",
    "dead-partial": "A partial rule can never frame an answer.",
    "idle-slot": "A slot of a decision never matters.",
    "incomplete-priors": "The priors of a slot leave out a value.",
    "too-many-questions": "A decision asks more than three questions, or clearly more than the best tree.",
    "too-many-combinations": "A decision has more combinations of values than can be tried.",
    "empty-band": "The amounts of a value begin above their end.",
    "overlapping-measure": "One amount means two values of a slot.",
    "unused-slot": "No decision uses a slot.",
    "too-few-examples": "An entry or decision has too few sample questions.",
    "too-alike": "Two examples of one entry are too alike.",
    "shared-example": "One example belongs to two.",
    "shared-alias": "One spelling belongs to two terms.",
    "weak-sign": "A sign of a pair names a side, stands with two of them, or is missing for one.",
    "unsound-exercise": "An exercise made of the pack tells its answer, has none, or does not say why.",
    "missing-lines": "Lines are cited that the source does not have.",
    "unsupported": "A name or figure does not stand in the cited lines or the fact check.",
    "unsaid-practice": "The fact check finds fault with the source, and the entry does not say what holds.",
    "unchecked-page": "A page is named that nobody checked.",
    "copied": "Words stand so in a source.",
}


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong in a pack: where it stands, what is wrong, what to write instead.

    Lines and columns count from 1, columns in characters. *rule* says to machines what kind of fault it is.

    >>> print(Fault("slots.yaml", 3, "slots.speed", "has no values", "list at least two", column=5))
    slots.yaml:3:5: slots.speed: has no values; list at least two
    """

    file: str
    line: int | None
    place: str
    problem: str
    instead: str = ""
    column: int | None = None
    rule: Rule | Literal[""] = ""

    def __str__(self) -> str:
        where = ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)
        return f"{where}: {self.said}"

    @property
    def said(self) -> str:
        """All but file, line and column."""
        said = f"{self.place}: {self.problem}" if self.place else self.problem
        return said + (f"; {self.instead}" if self.instead else "")


class Spot(NamedTuple):
    """Where something stands: a file, its line and its column, where they are known."""

    file: str
    line: int | None = None
    column: int | None = None

    def fault(self, rule: Rule, problem: str, instead: str = "", *, place: str = "") -> Fault:
        """Return the fault that stands here.

        >>> print(Spot("slots.yaml", 3, 5).fault("too-few", "has no values", "list at least two", place="slots.speed"))
        slots.yaml:3:5: slots.speed: has no values; list at least two
        """
        return Fault(self.file, self.line, place, problem, instead, self.column, rule)


def in_order(faults: Iterable[Fault]) -> list[Fault]:
    """Return *faults* in the order of files, lines and columns."""
    return sorted(faults, key=lambda fault: (fault.file, fault.line or 0, fault.column or 0))


class TutorError(Exception):
    """Something a person can put right; its text says what and how."""


class PackError(TutorError):
    """A pack that cannot be used, with every fault found in it."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))


class SlotError(TutorError):
    """A slot or value that the pack does not have."""


class EntryError(TutorError):
    """An entry id that the pack does not have."""


class DialogueError(TutorError):
    """A saved dialogue that cannot be read."""


class BatchError(TutorError):
    """A file of questions that cannot be read or written."""


class SettingsError(TutorError):
    """A setting or value that there is not, or settings that cannot be read or written."""


class StudyError(TutorError):
    """A quiz or mock exam that cannot be made, or a saved one that cannot be read."""


class StoreError(TutorError):
    """A store that cannot be opened, read or written; what was begun is not saved."""


class SlackError(TutorError):
    """Slack cannot be reached, or does not take what it is given."""
