"""The dialogue: what was said and settled so far, and the one step from a learner's words to a reply. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from tutor import answers
from tutor.decision import Filled, ends_in, open_slots, settled
from tutor.errors import DialogueError, SlotError
from tutor.model import Decision
from tutor.moves import Move, read_move, read_number
from tutor.replies import asks, corrected, corrects, replied
from tutor.reply import Answer, Ask, Candidate, Chat, Choose, Decline, Reason, Reply
from tutor.router import Route, Router
from tutor.slots import read_slots, value_named
from tutor.spelling import did_you_mean
from tutor.subject import Pack
from tutor.text import LONGEST, clean, fold, words

_UNREAD = "I could not read that as a reply. Say “don't know” for the answer to every case, or “start over”."
_CHOOSES = frozenset(("which", "should"))
_ANY = "*"  #: the mark of a slot that does not matter to the learner
_VERSION = 1
_NEW = 12  #: words from which a text beside an open question may be a scenario of its own
_LISTS = ("unsure", "asked", "offered")
_FIELDS = ("decision", "pending", "filled", "unsure", "asked", "offered", "entry", "reminded", "confidence")


@dataclass(frozen=True)
class Dialogue:
    """What is known between two turns: the decision under way, the slot asked for, values, what was offered or said."""

    decision: str | None = None
    pending: str | None = None
    filled: Filled = field(default_factory=dict)
    unsure: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()
    entry: str | None = None
    reminded: bool = False
    confidence: float = 1.0

    def to_dict(self) -> dict[str, Any]:
        """Return the dialogue as JSON can hold it."""
        said = {name: getattr(self, name) for name in _FIELDS}
        lists = {name: list(said[name]) for name in _LISTS}
        return {"version": _VERSION, **said, **lists, "filled": dict(self.filled)}

    @classmethod
    def from_dict(cls, saved: Mapping[str, Any]) -> "Dialogue":
        """Return the dialogue that *to_dict* saved; a DialogueError when it is something else."""
        if not isinstance(saved, Mapping) or saved.get("version") != _VERSION or set(saved) != {"version", *_FIELDS}:
            raise DialogueError("this is not a saved dialogue of this version; start a new one")
        if not all(_fits(name, saved[name]) for name in _FIELDS):
            raise DialogueError("the saved dialogue is damaged; start a new one")
        lists = {name: tuple(saved[name]) for name in _LISTS}
        values: dict[str, Any] = {name: saved[name] for name in _FIELDS}
        return cls(**{**values, **lists, "filled": dict(saved["filled"])})


def _fits(name: str, value: Any) -> bool:
    if name in _LISTS:
        return isinstance(value, list) and all(isinstance(part, str) for part in value)
    if name == "filled":
        return isinstance(value, dict) and all(isinstance(part, str) for pair in value.items() for part in pair)
    if name == "confidence":
        return isinstance(value, float) and 0 <= value <= 1
    return isinstance(value, bool) if name == "reminded" else value is None or isinstance(value, str)


@dataclass(frozen=True)
class Turn:
    """A reply, the dialogue as it stands after it, and the entries nearest to the words, where they were routed."""

    reply: Reply
    dialogue: Dialogue
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True)
class Mind:
    """What a step needs: the pack and the router trained on it."""

    pack: Pack
    router: Router


def step(mind: Mind, dialogue: Dialogue, raw: str, known: Filled | None = None) -> Turn:
    """Return the reply to *raw* and the dialogue after it; *known* gives values of slots besides what the text says.

    A DialogueError when *dialogue* names what the pack does not have: it was saved under another pack.
    """
    if not _belongs(mind.pack, dialogue):
        raise DialogueError("the saved dialogue belongs to another pack or version of it; start a new one")
    known = known_values(mind.pack, known or {})
    if len(raw) > LONGEST:
        return Turn(Decline((), "too-long"), dialogue)
    text = clean(raw)
    if not words(text):
        return Turn(Decline((), "empty"), dialogue)
    return (
        _move(mind, dialogue, text)
        or _reply_to_offer(mind, dialogue, text)
        or _reply_to_question(mind, dialogue, text)
        or _question(mind, dialogue, text, known)
    )


def _belongs(pack: Pack, dialogue: Dialogue) -> bool:
    decision = pack.decisions.get(dialogue.decision or "")
    values = {name: {_ANY, *pack.slots[name].values} for name in decision.slots} if decision else {}
    return (
        (dialogue.decision is None or decision is not None)
        and {*dialogue.unsure, *dialogue.asked, dialogue.pending or ""} <= {"", *values}
        and all(name in values and value in values[name] for name, value in dialogue.filled.items())
        and {*dialogue.offered, dialogue.entry or ""} <= {"", *pack.entries}
    )


def known_values(pack: Pack, known: Filled) -> dict[str, str]:
    """Return *known* with ids for labels; a SlotError names the nearest slot or value for one that does not exist."""
    found = {}
    for name, said in known.items():
        if name not in pack.slots:
            raise SlotError(f"there is no slot {name}; {did_you_mean(name, pack.slots)}")
        value = value_named(said, pack.slots[name])
        if value is None:
            raise SlotError(f"slot {name} has no value {said}; {did_you_mean(said, pack.slots[name].values)}")
        found[name] = value
    return found


def _move(mind: Mind, dialogue: Dialogue, text: str) -> Turn | None:
    move = read_move(text)
    if move == "over":
        return Turn(Chat("Forgotten. Ask me anything new."), Dialogue())
    if move == "none" and dialogue.pending and value_named(text, mind.pack.slots[dialogue.pending]):
        return None  # none of the users, none of the labels: a value after all
    if move and dialogue.pending and dialogue.decision:
        return _move_in_question(mind, dialogue, move)
    if move == "back" and dialogue.decision and dialogue.asked:
        return _ask_again(mind, dialogue, dialogue.asked)
    if move in ("more", "sources", "why") and dialogue.entry:
        return Turn(answers.answer(mind.pack, dialogue.entry, filled=_values(dialogue)), dialogue)
    if move == "none" and dialogue.offered:
        return Turn(Decline((), "out-of-scope"), replace(dialogue, offered=()))
    if move and (dialogue.decision or dialogue.entry or move in ("back", "why", "more", "sources")):
        return Turn(Chat("There is nothing open that this could answer. Ask a question first."), dialogue)
    return None


def _move_in_question(mind: Mind, dialogue: Dialogue, move: Move) -> Turn | None:
    pending = dialogue.pending or ""
    match move:
        case "unsure":
            return _conclude(mind, replace(dialogue, unsure=(*dialogue.unsure, pending), pending=None))
        case "any":
            return _go_on(mind, replace(dialogue, filled={**dialogue.filled, pending: _ANY}, pending=None))
        case "none":
            return Turn(
                Decline(answers.named(mind.pack, [_decision(mind, dialogue).overview]), "out-of-scope"), Dialogue()
            )
        case "back":
            return _back(mind, dialogue)
        case "why":
            return Turn(
                replace(_ask(mind, dialogue, pending), note=f"I ask because: {mind.pack.slots[pending].why}"), dialogue
            )
        case _:
            return Turn(_ask(mind, dialogue, pending), dialogue)


def _back(mind: Mind, dialogue: Dialogue) -> Turn:
    before = dialogue.asked[:-1]
    if not before:
        return Turn(Chat("Back at the beginning. Ask me anything new."), Dialogue())
    return _ask_again(mind, dialogue, before)


def _ask_again(mind: Mind, dialogue: Dialogue, asked: tuple[str, ...]) -> Turn:
    """Ask for the last of *asked* once more; what was said of it no longer counts."""
    filled = {slot: value for slot, value in dialogue.filled.items() if slot != asked[-1]}
    unsure = tuple(slot for slot in dialogue.unsure if slot != asked[-1])
    again = replace(dialogue, asked=asked, filled=filled, unsure=unsure, pending=asked[-1], reminded=False)
    return Turn(_ask(mind, again, asked[-1]), again)


def _reply_to_offer(mind: Mind, dialogue: Dialogue, text: str) -> Turn | None:
    number = read_number(text, len(dialogue.offered))
    titled = [entry for entry in dialogue.offered if fold(mind.pack.entries[entry].title) == fold(text)]
    if not dialogue.offered or not (number or titled):
        return None
    entry = dialogue.offered[number - 1] if number else titled[0]
    return _beside(mind, replace(dialogue, offered=()), answers.answer(mind.pack, entry), {})


def _reply_to_question(mind: Mind, dialogue: Dialogue, text: str) -> Turn | None:
    """Take *text* as a reply to the open question, or as a correction of a slot of the decision under way."""
    if not dialogue.decision:
        return None
    said = _said(mind, dialogue, text)
    if not said:
        return None
    unsure = tuple(name for name in dialogue.unsure if name not in said)
    asked = tuple(name for name in dialogue.asked if name not in (dialogue.pending, *said))
    filled = {**dialogue.filled, **said}
    return _go_on(mind, replace(dialogue, filled=filled, unsure=unsure, asked=(*asked, *said), pending=None))


def _said(mind: Mind, dialogue: Dialogue, text: str) -> dict[str, str]:
    """Return the slots that *text* settles: as a reply to what is open, or else as a correction."""
    slots = {name: mind.pack.slots[name] for name in _decision(mind, dialogue).slots}
    if dialogue.pending:
        return replied(text, slots, dialogue.pending, dialogue.filled, mind.router.knows)
    return corrected(text, slots, mind.router.knows) if corrects(text) else {}


def _question(mind: Mind, dialogue: Dialogue, text: str, known: Filled) -> Turn:
    """Take *text* as a question of its own: answer, ask, offer a choice, talk, or decline."""
    route = mind.router.route(text)
    turn = _routed(mind, dialogue, text, known, route)
    return replace(turn, candidates=answers.candidates(mind.pack, route))


def _routed(mind: Mind, dialogue: Dialogue, text: str, known: Filled, route: Route) -> Turn:
    pack = mind.pack
    talk = max(route.talk.items(), key=lambda said: said[1], default=("", 0.0))
    if talk[1] > max(route.inside, route.outside, 0.5) and route.known >= pack.about.bars.known:
        return Turn(Chat(pack.talk[talk[0]].reply), dialogue)
    filled = {**read_slots(text, pack.slots), **known}
    beside = bool(dialogue.pending) and not asks(text) and len(words(text)) < _NEW
    decision = open_decision(pack, route) or stated_decision(pack, route, filled, text)
    if decision and (not beside or route.decisions[decision] >= pack.about.bars.clear):
        return _decide(mind, decision, filled, route)
    return _from_route(mind, dialogue, route, filled, beside=beside)


def _decide(mind: Mind, decision: str, filled: Filled, route: Route) -> Turn:
    needed = {name: value for name, value in filled.items() if name in mind.pack.decisions[decision].slots}
    sure = max(route.decisions[decision], route.entries[0][1])
    return _go_on(mind, Dialogue(decision=decision, filled=needed, confidence=round(sure, 4)))


def _from_route(mind: Mind, dialogue: Dialogue, route: Route, filled: Filled, *, beside: bool) -> Turn:
    pack, bars = mind.pack, mind.pack.about.bars
    candidates = answers.candidates(pack, route)
    best = candidates[0]
    if route.verdict == "answer" and not (beside and best.confidence < bars.clear):
        reply = answers.answer(pack, best.entry, confidence=best.confidence, alternatives=candidates[1:], filled=filled)
        return _beside(mind, dialogue, reply, filled)
    if beside:
        return Turn(replace(_ask(mind, dialogue, dialogue.pending or ""), note=_UNREAD), dialogue)
    if route.verdict == "choose":
        options = candidates[: route.offered]
        return Turn(Choose(options), replace(dialogue, offered=tuple(option.entry for option in options)))
    reason: Reason = "unknown-words" if route.known < bars.known else "out-of-scope"
    nearest = [candidate for candidate in candidates[:3] if candidate.confidence >= bars.near]
    return Turn(Decline(tuple(nearest), reason), dialogue)


def _beside(mind: Mind, dialogue: Dialogue, reply: Answer, filled: Filled) -> Turn:
    """Answer beside an open question, which comes back once; where none is open, what was said can be corrected."""
    if dialogue.pending and not dialogue.reminded:
        question = mind.pack.slots[dialogue.pending].question
        return Turn(replace(reply, open_question=question), replace(dialogue, reminded=True))
    if dialogue.pending:
        return Turn(reply, replace(dialogue, entry=reply.entry))
    decision = next((table for table in mind.pack.decisions.values() if ends_in(table, reply.entry)), None)
    values = {slot: value for slot, value in filled.items() if decision and slot in decision.slots}
    if not values:
        return Turn(reply, Dialogue(entry=reply.entry))
    return Turn(reply, Dialogue(entry=reply.entry, decision=decision.id if decision else None, filled=values))


def open_decision(pack: Pack, route: Route) -> str | None:
    """Return the decision that the question leaves open, or None where it asks for an entry.

    The share of the decision counts, by itself and beside that of the likeliest topic; a clear entry is answered
    without asking.
    """
    name, share = max(route.decisions.items(), key=lambda said: said[1], default=("", 0.0))
    bars = pack.about.bars
    if (
        name not in pack.decisions
        or share < bars.decide
        or share < max(bars.ask * (share + route.inside), route.outside)
    ):
        return None
    return name if share >= route.inside or route.entries[0][1] < bars.clear else None


def stated_decision(pack: Pack, route: Route, filled: Filled, text: str) -> str | None:
    """Return the decision that *text* both asks for and settles with what it states, where no entry clearly answers."""
    entry, confidence = route.entries[0]
    if confidence >= pack.about.bars.clear or route.outside > route.inside or _CHOOSES.isdisjoint(words(text)):
        return None
    for decision in pack.decisions.values():
        known = {slot: value for slot, value in filled.items() if slot in decision.slots}
        topics = {pack.entries[rule.outcome].topic for rule in decision.rules}
        if known and pack.entries[entry].topic in topics and settled(decision, pack.slots, known):
            return decision.id
    return None


def _decision(mind: Mind, dialogue: Dialogue) -> Decision:
    return mind.pack.decisions[dialogue.decision or ""]


def _values(dialogue: Dialogue) -> dict[str, str]:
    return {slot: value for slot, value in dialogue.filled.items() if value != _ANY}


def _go_on(mind: Mind, dialogue: Dialogue) -> Turn:
    """Ask the next question of the decision under way, or conclude it."""
    decision, values = _decision(mind, dialogue), _values(dialogue)
    if settled(decision, mind.pack.slots, values) or dialogue.unsure:
        return _conclude(mind, dialogue)
    waiting = _waiting(mind, dialogue)
    if not waiting:
        return _conclude(mind, dialogue)
    asked = (*dialogue.asked, waiting[0])
    asking = replace(dialogue, pending=waiting[0], asked=asked, offered=(), reminded=False)
    return Turn(_ask(mind, asking, waiting[0]), asking)


def _waiting(mind: Mind, dialogue: Dialogue) -> list[str]:
    """Return the slots still worth asking for; those that do not matter to the learner are not."""
    still_open = open_slots(_decision(mind, dialogue), mind.pack.slots, _values(dialogue))
    return [slot for slot in still_open if slot not in dialogue.filled]


def _ask(mind: Mind, dialogue: Dialogue, slot: str) -> Ask:
    ask = answers.ask(mind.pack, _decision(mind, dialogue), slot, _values(dialogue))
    return replace(ask, at_most=min(ask.at_most, len(_waiting(mind, dialogue))))


def _conclude(mind: Mind, dialogue: Dialogue) -> Turn:
    reply = answers.conclusion(mind.pack, _decision(mind, dialogue), _values(dialogue), confidence=dialogue.confidence)
    return Turn(reply, replace(dialogue, pending=None, entry=reply.entry))
