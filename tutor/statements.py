"""What entries state, as wordings by role: the answer, all that holds, what tempts, and why that is wrong."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from tutor.model import Entry, Pair, Trap
from tutor.subject import Pack
from tutor.wording import Bag, Reader, Wording

Role = Literal["answer", "whole", "wrong", "amends"]
ROLES: tuple[Role, ...] = get_args(Role)

Texts = Mapping[Role, str]


def texts(pack: Pack) -> dict[str, Texts]:
    """Return for each entry what it states in each role; what decisions say of an outcome belongs to its entry."""
    said = {name: _texts(entry) for name, entry in pack.entries.items()}
    for decision in pack.decisions.values():
        for rule in (*decision.rules, *decision.partial):
            if rule.verdict:
                own = said[rule.outcome]
                own["answer"] += f" {rule.verdict}."
                own["whole"] += f" {rule.verdict}. {rule.because}"
    return {name: said[name] for name in pack.entries}


def _texts(entry: Entry) -> dict[Role, str]:
    holds = f"{entry.title}. {entry.answer} {entry.why}"
    more = [entry.decides if isinstance(entry, Pair) else None, entry.practice]
    wrong, amends = tempting(entry)
    return {"answer": entry.answer, "whole": " ".join([holds, *filter(None, more)]), "wrong": wrong, "amends": amends}


def tempting(entry: Entry) -> tuple[str, str]:
    """Return what tempts beside *entry*, and why it tempts or is wrong; two empty texts where it names nothing."""
    if isinstance(entry, Trap):
        return entry.mistake, entry.tempts
    return (entry.distractor.option, entry.distractor.wrong_because) if entry.distractor else ("", "")


@dataclass(frozen=True)
class Statements:
    """The wordings of all entries, by role, in the order of *entries*, as *reader* reads them.

    *index* finds the entries that hold a token, and how much of the length of their wording it is.
    """

    reader: Reader
    entries: Sequence[str]
    wordings: Mapping[Role, Sequence[Wording]]
    index: Mapping[Role, Mapping[str, Sequence[tuple[int, float]]]]

    @classmethod
    def of(cls, pack: Pack, entries: Sequence[str], reader: Reader) -> "Statements":
        """Return what the *entries* of *pack* state."""
        said = texts(pack)
        wordings = {role: tuple(reader.read(said[name][role]) for name in entries) for role in ROLES}
        return cls(reader, entries, wordings, {role: _index(found) for role, found in wordings.items()})

    def likeness(self, role: Role, bag: Bag) -> list[float]:
        """Return how like *bag* is to what each entry states in *role*: the cosine, from 0 to 1."""
        found = [0.0] * len(self.entries)
        length = math.sqrt(math.fsum(count * count for count in bag.values())) or 1.0
        index = self.index[role]
        for token, count in bag.items():
            for entry, value in index.get(token, ()):
                found[entry] += count * value / length
        return found


def _index(wordings: Iterable[Wording]) -> dict[str, list[tuple[int, float]]]:
    index: dict[str, list[tuple[int, float]]] = {}
    for entry, wording in enumerate(wordings):
        for token, count in wording.bag.items():
            index.setdefault(token, []).append((entry, count / wording.length))
    return index
