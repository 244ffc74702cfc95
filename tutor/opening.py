"""A question of its own: answered, asked about, offered as a choice, talked about, or declined."""

from collections.abc import Container
from dataclasses import dataclass, replace
from functools import cached_property
from operator import itemgetter

from tutor import answers
from tutor.asking import go_on, unread
from tutor.decision import Filled, ends_in, settled
from tutor.dialogue import Dialogue, Mind, Turn, kept_words
from tutor.forms import forms
from tutor.model import Decision
from tutor.once import Once
from tutor.replies import asks
from tutor.reply import Answer, Candidate, Chat, Choose, Decline, Reason
from tutor.router import Route
from tutor.slots import Reading, reading
from tutor.subject import Pack
from tutor.text import words

_CHOOSES = frozenset(("which", "should"))
_NEW = 12  #: words from which a text beside an open question may be a scenario of its own
_OWN = frozenset("a another different new".split())  #: with these a scenario of its own begins


@dataclass(frozen=True)
class Question:
    """A clean text, where it leads, the slots that it settles, and by which of its words.

    It is read for slots when that is asked for first, which few routes do. *known* gives values besides what the text
    says. *beside* says that it stands beside an open question, and may be a reply that could not be read.
    """

    mind: Mind
    text: str
    route: Route
    candidates: tuple[Candidate, ...]
    beside: bool
    known: Filled

    @cached_property
    def reading(self) -> Reading:
        """What its words settle by themselves."""
        return reading(self.text, self.mind.pack.slots, knows=self.mind.router.knows)

    @cached_property
    def filled(self) -> Filled:
        """The slots that it settles, slot -> value."""
        return {**self.reading.filled, **self.known}

    @cached_property
    def words(self) -> Filled:
        """The words that settle them or lie between their values, slot -> words."""
        spoken = {slot: by for slot, by in self.reading.words.items() if slot not in self.known}
        return kept_words({**self.reading.borderline, **spoken})


def question(mind: Mind, dialogue: Dialogue, text: str, known: Filled) -> Turn:
    """Take a clean *text* as a question of its own; *known* gives values of slots besides what the text says."""
    route = mind.route(text)
    aside = bool(dialogue.pending) and not asks(text)
    said = Question(mind, text, route, answers.candidates(mind.pack, route), aside, known)
    turn = _routed(mind, dialogue, said)
    return Turn(turn.reply, turn.dialogue, said.candidates)


def _routed(mind: Mind, dialogue: Dialogue, said: Question) -> Turn:
    pack, route = mind.pack, said.route
    talk = max(route.talk.items(), key=itemgetter(1), default=("", 0.0))
    if talk[1] > max(route.inside, route.outside, 0.5) and route.known >= pack.about.bars.known:
        return Turn(Chat(pack.talk[talk[0]].reply), dialogue)
    defines = (
        dialogue.pending
        and said.filled == {}
        and "define" in (shown := forms(words(said.text)))
        and "choose" not in shown
    )
    decision = None if defines else open_decision(pack, route) or _stated(pack, said)
    likely = not said.beside or len(words(said.text)) >= _NEW
    if decision and (likely or route.decisions[decision] >= pack.about.bars.clear):
        turn = _decide(mind, dialogue, decision, said)
        again = said.beside and turn.dialogue.pending == dialogue.pending
        return unread(mind, dialogue) if again else turn
    return _from_route(mind, dialogue, said)


def _decide(mind: Mind, dialogue: Dialogue, decision: str, said: Question) -> Turn:
    """Begin *decision* with what the text says, and with what was said before and still holds."""
    slots = mind.pack.decisions[decision].slots
    heard = _overheard(mind, decision, said)
    filled, spoken = {**heard, **said.filled}, {**kept_words(dict.fromkeys(heard, said.text)), **said.words}
    held = _held(dialogue, decision, said)
    kept = {slot: value for slot, value in held.items() if slot in slots and slot not in filled}
    opened = Dialogue(
        decision=decision,
        filled={**kept, **_among(filled, slots)},
        words={**_among(dialogue.words, kept), **_among(spoken, slots)},
        confidence=round(max(said.route.decisions[decision], said.route.entries[0][1]), 4),
        pack=mind.pack.stamp,
    )
    return go_on(mind, opened, f"I keep what you said: {answers.told(mind.pack, kept)}." if kept else None)


def _overheard(mind: Mind, decision: str, said: Question) -> Filled:
    """Return the slots of *decision* that the words most likely mean, though no phrase says so, slot -> value."""
    return {
        slot: value
        for slot in mind.pack.decisions[decision].slots
        if slot not in said.filled and slot not in said.words
        if (meant := mind.meanings.meant(said.text, slot, mind.pack.slots[slot].values, kind="question"))
        and (value := meant.value)
    }


def _among(said: Filled, slots: Container[str]) -> dict[str, str]:
    return {slot: value for slot, value in said.items() if slot in slots}


def _held(dialogue: Dialogue, decision: str, said: Question) -> Filled:
    """Return the values that still hold: none for the same decision again, or for a scenario of its own."""
    cut = words(said.text)
    alone = dialogue.decision in (None, decision) or len(cut) >= _NEW or not _OWN.isdisjoint(cut)
    return {} if alone else dialogue.values


def _from_route(mind: Mind, dialogue: Dialogue, said: Question) -> Turn:
    pack, bars, route = mind.pack, mind.pack.about.bars, said.route
    candidates = said.candidates
    best = candidates[0]
    if route.verdict == "answer" and not (said.beside and best.confidence < bars.clear):
        decided = best.entry in _outcomes(pack)
        found = answers.answer(
            pack,
            best.entry,
            confidence=best.confidence,
            alternatives=candidates[1:],
            filled=said.filled if decided else {},
            words=said.words if decided else {},
        )
        return beside(mind, dialogue, found, said)
    if said.beside:
        return unread(mind, dialogue)
    question, dialogue = _reminder(mind, dialogue)
    if route.verdict == "choose":
        options = candidates[: route.offered]
        offered = tuple(option.entry for option in options)
        return Turn(Choose(options, open_question=question), replace(dialogue, offered=offered))
    reason: Reason = "unknown-words" if route.known < bars.known else "out-of-scope"
    nearest = [candidate for candidate in candidates[:3] if candidate.confidence >= bars.near]
    return Turn(Decline(tuple(nearest), reason, question), dialogue)


def _reminder(mind: Mind, dialogue: Dialogue) -> tuple[str | None, Dialogue]:
    """Return the open question, where it has not come back yet, and the dialogue after it has."""
    if not dialogue.pending or dialogue.reminded:
        return None, dialogue
    return mind.pack.slots[dialogue.pending].question, replace(dialogue, reminded=True)


def beside(mind: Mind, dialogue: Dialogue, reply: Answer, said: Question | None = None) -> Turn:
    """Answer beside an open question, which comes back once; where none is open, what was said can be corrected."""
    if dialogue.pending:
        asked, reminded = _reminder(mind, dialogue)
        return Turn(replace(reply, open_question=asked), reminded)
    decision = _about(mind.pack)[reply.entry]
    values = _among(said.filled, decision.slots) if said and decision else {}
    answered = Dialogue(
        decision=decision.id if decision else None,
        filled=values,
        words=_among(said.words, values) if said and values else {},
        entry=reply.entry,
        confidence=reply.confidence,
        pack=mind.pack.stamp,
    )
    return Turn(reply, answered)


def _table_of(pack: Pack, entry: str) -> Decision | None:
    """Return the first decision that can end in *entry*, is framed by it, or has it as its overview."""
    tables = pack.decisions.values()
    found = next((table for table in tables if ends_in(table, entry)), None)
    framed = (table for table in tables if entry in {table.overview, *(rule.outcome for rule in table.partial)})
    return found or next(framed, None)


def _tables(pack: Pack) -> dict[str, Decision | None]:
    return {entry: _table_of(pack, entry) for entry in pack.entries}


def _ends(pack: Pack) -> frozenset[str]:
    return frozenset(rule.outcome for table in pack.decisions.values() for rule in table.rules)


_about = Once(_tables, most=100)
_outcomes = Once(_ends, most=100)  #: the entries that a decision can end in


def open_decision(pack: Pack, route: Route) -> str | None:
    """Return the decision that the question leaves open, or None where it asks for an entry.

    The share of the decision counts, by itself and beside that of the likeliest topic; a clear entry is answered
    without asking.
    """
    share, bars = max(route.decisions.values(), default=0.0), pack.about.bars
    if share < bars.decide or share < max(bars.ask * (share + route.inside), route.outside):
        return None
    name, _ = max(route.decisions.items(), key=itemgetter(1), default=("", 0.0))
    clear = share < route.inside and route.entries[0][1] >= bars.clear
    return name if name in pack.decisions and not clear else None


def stated_decision(pack: Pack, route: Route, filled: Filled, text: str) -> str | None:
    """Return the decision that *text* both asks for and settles with what it states, where no entry clearly answers."""
    entry, _ = route.entries[0]
    if not _may_state(pack, route, text):
        return None
    for decision in pack.decisions.values():
        known = {slot: value for slot, value in filled.items() if slot in decision.slots}
        topics = {pack.entries[rule.outcome].topic for rule in decision.rules}
        if known and pack.entries[entry].topic in topics and settled(decision, pack.slots, known):
            return decision.id
    return None


def _may_state(pack: Pack, route: Route, text: str) -> bool:
    clear = route.entries[0][1] >= pack.about.bars.clear
    return not (clear or route.outside > route.inside or _CHOOSES.isdisjoint(words(text)))


def _stated(pack: Pack, said: Question) -> str | None:
    """Return the decision that a question both asks for and settles; it is read only where it may."""
    may = _may_state(pack, said.route, said.text)
    return stated_decision(pack, said.route, said.filled, said.text) if may else None
