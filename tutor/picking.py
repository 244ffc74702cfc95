"""A value picked rather than said: what a pressed button does to the decision under way. Pure."""

from dataclasses import replace

from tutor.asking import indifferent, unsure
from tutor.dialogue import ANY, Dialogue, Mind, Turn, must_belong
from tutor.errors import SlotError
from tutor.replies import Said
from tutor.spelling import did_you_mean
from tutor.step import settle


def pick(mind: Mind, dialogue: Dialogue, slot: str, value: str | None) -> Turn:
    """Return the reply to *value* for *slot*, and the dialogue after it; ANY: it does not matter, None: not known.

    The slot may be the open one, or one that was settled before; then this corrects it. A SlotError when the decision
    under way has no such slot or the slot no such value, a DialogueError when *dialogue* does not go with the pack.
    """
    must_belong(mind.pack, dialogue)
    decision = mind.pack.decisions.get(dialogue.decision or "")
    if not decision or slot not in decision.slots:
        raise SlotError(f"slot {slot} is not part of what is being decided; ask the question again")
    if value is None or value == ANY:
        reopened = _reopened(dialogue, slot)
        return unsure(mind, reopened) if value is None else indifferent(mind, reopened)
    values = mind.pack.slots[slot].values
    if value not in values:
        raise SlotError(f"slot {slot} has no value {value}; {did_you_mean(value, values)}")
    return settle(mind, replace(dialogue, offered=()), Said({slot: value}, {slot: values[value].label}))


def _reopened(dialogue: Dialogue, slot: str) -> Dialogue:
    """Return *dialogue* with nothing said of *slot*, which is the open one now."""
    return replace(
        dialogue,
        pending=slot,
        filled={name: value for name, value in dialogue.filled.items() if name != slot},
        words={name: said for name, said in dialogue.words.items() if name != slot},
        unsure=tuple(name for name in dialogue.unsure if name != slot),
        asked=(*(name for name in dialogue.asked if name not in (slot, dialogue.pending)), slot),
        offered=(),
        unread=0,
    )
