"""A simulated learner talks to the tutor: what is said, how many questions it takes, and whether it ends well."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tutor.dialogue import Dialogue, Turn
from tutor.errors import TutorError
from tutor.fewest import fewest
from tutor.learner import KINDS, WITHOUT_ENTRY, Learner
from tutor.measures import share
from tutor.moves import read_move
from tutor.reply import Answer, Ask, Choose
from tutor.slots import read_slots
from tutor.subject import Pack
from tutor.text import clean

Respond = Callable[[str, Dialogue | None], Turn]

MOST_TURNS = 12
SPARE = 1  #: questions above the least that a dialogue may take
UNSURE = "not sure"
MEASURES: Mapping[str, str] = {
    "success": "dialogues that end where they should, without a repeat, a dead end, or more than one spare question",
    "questions": "questions and choices a dialogue, on average",
    "optimum": "the same for an optimal decision tree, from what the first line settles",
    "repeats": "questions for a slot that was given, or said to be unknown, before",
    "dead-ends": "dialogues that end in an error, without an answer, or never",
}


@dataclass(frozen=True)
class Exchange:
    """What the learner said, and the turn that came of it, or the *error*."""

    said: str
    turn: Turn | None
    error: str | None = None

    @property
    def reply(self) -> str:
        """The kind of the reply, or "error"."""
        return self.turn.reply.reply if self.turn else "error"

    @property
    def about(self) -> str:
        """The slot asked for, the entries offered, the entry of the answer, or what else was said."""
        reply = self.turn.reply if self.turn else None
        match reply:
            case None:
                return self.error or ""
            case Ask():
                return reply.slot
            case Choose():
                return ", ".join(option.entry for option in reply.options)
            case Answer():
                return reply.entry + (" (conditional)" if reply.branches else "")
            case _:
                return " ".join(reply.text.split())

    def to_dict(self) -> dict[str, str]:
        """Return the exchange as JSON can hold it."""
        return {"said": self.said, "reply": self.reply, "about": self.about}


@dataclass(frozen=True)
class Simulated:
    """One dialogue of a simulated learner: its exchanges, questions, the *optimum* of these, and what went wrong."""

    id: str
    learner: Learner
    exchanges: tuple[Exchange, ...]
    questions: int
    optimum: int
    repeats: tuple[str, ...]
    dead_end: str | None
    missed: str | None

    @property
    def lost(self) -> tuple[str, ...]:
        """Every reason why the dialogue did not succeed; none when it did."""
        reasons = [self.dead_end, self.missed, *(f"asked for {slot} again" for slot in self.repeats)]
        if self.questions > self.optimum + SPARE:
            reasons.append(f"{self.questions} questions, {self.optimum} would do")
        return tuple(reason for reason in reasons if reason)

    @property
    def success(self) -> bool:
        """Whether nothing went wrong."""
        return not self.lost

    @property
    def end(self) -> Turn | None:
        """The last turn."""
        return self.exchanges[-1].turn

    def to_dict(self) -> dict[str, Any]:
        """Return the dialogue as JSON can hold it."""
        said = [exchange.to_dict() for exchange in self.exchanges]
        counts = {"questions": self.questions, "optimum": self.optimum}
        about = {"id": self.id, "kind": self.learner.kind, "decision": self.learner.decision}
        return {**about, "lost": list(self.lost), **counts, "exchanges": said}


def simulate(name: str, learner: Learner, respond: Respond, pack: Pack) -> Simulated:
    """Return how the dialogue of *learner* with *respond* goes; *pack* has its decisions and slots."""
    return _Talk(learner, respond, pack).whole(name)


def simulate_all(learners: Mapping[str, Learner], respond: Respond, pack: Pack) -> list[Simulated]:
    """Return how the dialogue of each of *learners* goes, in their order."""
    return [simulate(name, learner, respond, pack) for name, learner in learners.items()]


def measures(done: Sequence[Simulated]) -> dict[str, float]:
    """Return the MEASURES of some dialogues; not-a-number where there is none."""
    return {
        "success": share([one.success for one in done]),
        "questions": _mean([one.questions for one in done]),
        "optimum": _mean([one.optimum for one in done]),
        "repeats": float(sum(len(one.repeats) for one in done)),
        "dead-ends": float(sum(one.dead_end is not None for one in done)),
    }


def by_kind(done: Iterable[Simulated]) -> dict[str, list[Simulated]]:
    """Return the dialogues by the kind of their learner, in the order of KINDS."""
    done = list(done)
    groups = {kind: [one for one in done if one.learner.kind == kind] for kind in KINDS}
    return {kind: group for kind, group in groups.items() if group}


def by_decision(done: Iterable[Simulated]) -> dict[str, list[Simulated]]:
    """Return the dialogues by decision, those that belong to none under ""."""
    groups: dict[str, list[Simulated]] = {}
    for one in sorted(done, key=lambda one: one.learner.decision or ""):
        groups.setdefault(one.learner.decision or "", []).append(one)
    return groups


def why_missed(learner: Learner, entry: str | None, branches: Collection[str]) -> str | None:
    """Return why an answer with *entry*, and *branches* of these entries, is not what *learner* should end with."""
    if learner.conditional:
        if not branches:
            return f"ended in {entry} without branches"
        return None if {entry, *branches} & {*learner.ends} else f"ended in {entry} or {' or '.join(sorted(branches))}"
    return None if entry in learner.ends else f"ended in {entry}, not in {' or '.join(learner.ends)}"


def _mean(counts: Sequence[int]) -> float:
    return sum(counts) / len(counts) if counts else share([])


@dataclass(frozen=True)
class _Line:
    """What a learner says: a line of its own, a reply for a *slot*, *final* when it has no other left, or a choice."""

    text: str
    slot: str | None = None
    final: bool = False
    chosen: bool = False

    @property
    def own(self) -> bool:
        return self.slot is None and not self.chosen


@dataclass
class _Talk:
    """The state of one dialogue."""

    learner: Learner
    respond: Respond
    pack: Pack
    exchanges: list[Exchange] = field(default_factory=list)
    questions: int = 0
    optimum: int = 0
    repeats: list[str] = field(default_factory=list)
    dead_end: str | None = None
    asked: set[str] = field(default_factory=set)
    given: set[str] = field(default_factory=set)
    told: Counter[str] = field(default_factory=Counter)
    then: int = 0

    def whole(self, name: str) -> Simulated:
        line: _Line | None = _Line(self.learner.says)
        while line and not self.dead_end:
            line = self._exchanged(line)
        missed_it = None if self.dead_end else self._judged()
        return Simulated(
            name,
            self.learner,
            tuple(self.exchanges),
            self.questions,
            self.optimum,
            tuple(self.repeats),
            self.dead_end,
            missed_it,
        )

    def _exchanged(self, line: _Line) -> _Line | None:
        """Say *line*, take in what comes of it, and return what is to be said next, or None at the end."""
        if len(self.exchanges) == MOST_TURNS:
            self.dead_end = f"no end within {MOST_TURNS} turns"
            return None
        before = self.exchanges[-1].turn if self.exchanges else None
        try:
            turn = self.respond(line.text, before.dialogue if before else None)
        except TutorError as error:
            self.exchanges.append(Exchange(line.text, None, str(error)))
            self.dead_end = f"error: {error}"
            return None
        self.exchanges.append(Exchange(line.text, turn))
        self._note(line, before, turn)
        return self._next(turn)

    def _note(self, line: _Line, before: Turn | None, turn: Turn) -> None:
        fresh = line.own and (before is None or (bool(turn.candidates) and isinstance(turn.reply, Ask)))
        if fresh:
            self.asked, self.given = set(), set()
            self.optimum += self._least(line, turn, first=before is None)
        if line.slot and line.final:
            self.given.add(line.slot)
        self.questions += isinstance(turn.reply, Choose)
        if isinstance(turn.reply, Ask):
            self._note_question(turn.reply.slot, line, None if fresh else before)
        elif turn.reply.reply in WITHOUT_ENTRY and (line.chosen or (line.final and line.slot in self.learner.facts)):
            self.dead_end = f"{turn.reply.reply} in reply to “{line.text}”"
        elif line.slot and line.final and line.slot == turn.dialogue.pending:
            self.repeats.append(line.slot)

    def _note_question(self, slot: str, line: _Line, before: Turn | None) -> None:
        held = {*before.dialogue.filled, *before.dialogue.unsure} if before else set()
        asked_for = (slot == line.slot and not line.final) or read_move(clean(line.text)) in ("back", "over")
        repeated = not asked_for and slot in self.given | held
        if asked_for:
            self.given.discard(slot)
        if repeated:
            self.repeats.append(slot)
        self.questions += repeated or slot not in self.asked
        self.asked.add(slot)

    def _least(self, line: _Line, turn: Turn, *, first: bool) -> int:
        name = self.learner.decision if first else turn.dialogue.decision
        if name is None:
            return 0
        decision = self.pack.decisions[name]
        known = dict(read_slots(clean(line.text), {slot: self.pack.slots[slot] for slot in decision.slots}))
        if turn.dialogue.decision == name:
            known |= turn.dialogue.values
        free = {slot for slot, said in self.learner.replies.items() if read_move(clean(said[-1])) == "any"}
        return fewest(decision, self.pack.slots, known, self.learner.facts, free - self.learner.facts.keys())

    def _next(self, turn: Turn) -> _Line | None:
        if isinstance(turn.reply, Choose):
            fitting = (number for number, one in enumerate(turn.reply.options, 1) if one.entry in self.learner.ends)
            return _Line(str(next(fitting, 1)), chosen=True)
        slot = turn.reply.slot if isinstance(turn.reply, Ask) else turn.dialogue.pending
        if slot:
            return self._reply(slot)
        self.then += 1
        return _Line(self.learner.then[self.then - 1]) if self.then <= len(self.learner.then) else None

    def _reply(self, slot: str) -> _Line:
        lines, said = self.learner.replies.get(slot, (UNSURE,)), self.told[slot]
        self.told[slot] += 1
        return _Line(lines[min(said, len(lines) - 1)], slot, final=said >= len(lines) - 1)

    def _judged(self) -> str | None:
        turn = self.exchanges[-1].turn
        assert turn is not None
        if isinstance(turn.reply, Answer):
            return why_missed(self.learner, turn.reply.entry, [way.entry for way in turn.reply.branches])
        if turn.reply.reply in self.learner.ends:
            return None
        self.dead_end = f"no answer at the end, but {turn.reply.reply}"
        return None
