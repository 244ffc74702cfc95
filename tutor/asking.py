"""A decision under way: what is asked next, what was said of it, and what it comes to."""

from collections.abc import Iterable
from dataclasses import replace

from tutor import answers
from tutor.decision import open_slots, settled
from tutor.dialogue import ANY, MOST_UNREAD, Dialogue, Mind, Turn
from tutor.model import Decision
from tutor.reply import Answer, Ask, Chat


def decision_of(mind: Mind, dialogue: Dialogue) -> Decision:
    """Return the decision that is under way."""
    return mind.pack.decisions[dialogue.decision or ""]


def go_on(mind: Mind, dialogue: Dialogue, note: str | None = None) -> Turn:
    """Ask the next question of the decision under way, or conclude it; *note* is said first."""
    if settled(decision_of(mind, dialogue), mind.pack.slots, dialogue.values) or dialogue.unsure:
        return conclude(mind, dialogue, note)
    waiting = _waiting(mind, dialogue)
    if not waiting:
        return conclude(mind, dialogue, note)
    asking = replace(
        dialogue, pending=waiting[0], asked=(*dialogue.asked, waiting[0]), offered=(), reminded=False, unread=0
    )
    return Turn(ask(mind, asking, waiting[0], note or answers.border(mind.pack, waiting[0], asking.words)), asking)


def ask(mind: Mind, dialogue: Dialogue, slot: str, note: str | None = None) -> Ask:
    """Return the question for *slot*, with how many may still follow; *note* is said first."""
    asked = answers.ask(mind.pack, decision_of(mind, dialogue), slot, dialogue.values)
    return replace(asked, at_most=min(asked.at_most, len(_waiting(mind, dialogue))), note=note)


_UNREAD = "I could not read that as a reply. Say “don't know” for the answer to every case, or “start over”."
_STILL_UNREAD = "I could not read that either, so here is the answer for every case."


def unread(mind: Mind, dialogue: Dialogue) -> Turn:
    """Ask the open question once more, since the reply could not be read; in the end answer for every case."""
    if dialogue.unread >= MOST_UNREAD:
        return unsure(mind, dialogue, _STILL_UNREAD)
    return ask_again(mind, replace(dialogue, unread=dialogue.unread + 1), _UNREAD)


def ask_again(mind: Mind, dialogue: Dialogue, note: str | None) -> Turn:
    """Ask the open question once more."""
    return Turn(ask(mind, dialogue, dialogue.pending or "", note), dialogue)


def back(mind: Mind, dialogue: Dialogue) -> Turn:
    """Go back one question: to the one before the open one, or, where none is open, to the last that was asked.

    What was said of it no longer counts; all else that was said does. Questions that no longer matter are left out.
    """
    asked = dialogue.asked[:-1] if dialogue.pending else dialogue.asked
    while asked:
        again = replace(
            _without(dialogue, {asked[-1]}), asked=asked, pending=asked[-1], reminded=False, unread=0, entry=None
        )
        if asked[-1] in _waiting(mind, again):
            return Turn(ask(mind, again, asked[-1]), again)
        asked = asked[:-1]
    return Turn(Chat("Back at the beginning. Ask me anything new."), Dialogue())


def _without(dialogue: Dialogue, slots: Iterable[str]) -> Dialogue:
    """Return *dialogue* without what was said of *slots*."""
    return replace(
        dialogue,
        filled={slot: value for slot, value in dialogue.filled.items() if slot not in slots},
        words={slot: said for slot, said in dialogue.words.items() if slot not in slots},
        unsure=tuple(slot for slot in dialogue.unsure if slot not in slots),
    )


def unsure(mind: Mind, dialogue: Dialogue, note: str | None = None) -> Turn:
    """Take it that the learner does not know the open slot: conclude with an answer for every case."""
    pending = dialogue.pending or ""
    return conclude(mind, replace(dialogue, unsure=(*dialogue.unsure, pending), pending=None), note)


def indifferent(mind: Mind, dialogue: Dialogue) -> Turn:
    """Take it that the open slot does not matter to the learner."""
    filled = {**dialogue.filled, dialogue.pending or "": ANY}
    return go_on(mind, replace(dialogue, filled=filled, pending=None))


def conclude(mind: Mind, dialogue: Dialogue, note: str | None = None) -> Turn:
    """Say what the decision comes to, or, where a slot is unknown, what it comes to in every case."""
    reply = conclusion(mind, dialogue)
    return Turn(replace(reply, note=note), replace(dialogue, pending=None, entry=reply.entry))


def conclusion(mind: Mind, dialogue: Dialogue) -> Answer:
    """Return the answer that the decision under way comes to."""
    decision = decision_of(mind, dialogue)
    return answers.conclusion(
        mind.pack, decision, dialogue.values, words=dialogue.words, confidence=dialogue.confidence
    )


def _waiting(mind: Mind, dialogue: Dialogue) -> list[str]:
    """Return the slots still worth asking for; those that do not matter to the learner are not."""
    still_open = open_slots(decision_of(mind, dialogue), mind.pack.slots, dialogue.values)
    return [slot for slot in still_open if slot not in dialogue.filled]
