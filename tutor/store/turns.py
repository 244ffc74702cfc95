"""What a turn leaves in the store: what it adds to the counts, and its question where that was declined."""

from tutor.dialogue import Dialogue, Turn
from tutor.reply import Answer, Ask, Chat, Choose, Decline
from tutor.store.values import Count, Missed
from tutor.subject import Pack

_NEAREST = 3  #: entries that are kept beside a question without an answer


def count_of(pack: Pack, before: Dialogue | None, turn: Turn) -> Count:
    """Return what *turn*, which follows the dialogue *before*, adds to the counts.

    A question is one of the learner's own, and its answer may come some turns later; one that is opened again after its
    answer counts again. Replies to what the tutor asks and words such as "why" are none. Asking the same again does
    not count as asking.
    """
    before, after, reply = before or Dialogue(), turn.dialogue, turn.reply
    repeated = isinstance(reply, Ask) and before.pending == after.pending
    offered = isinstance(reply, Choose) and before.offered != after.offered
    opens = offered or (isinstance(reply, Ask) and before.pending is None)
    closes = _closes(before, turn)
    routed = bool(turn.candidates) and not isinstance(reply, Chat)
    question = opens or (routed and not repeated and not closes)
    return Count(
        topic=_topic(pack, before, turn),
        reply=reply.reply,
        question=question,
        answered=isinstance(reply, Answer) and (question or closes),
        asked=offered or (isinstance(reply, Ask) and not repeated),
    )


def missed_by(text: str, turn: Turn, *, at: float) -> Missed | None:
    """Return the question *text* as one without an answer, when *turn* declines it; None otherwise.

    What was no question, or too long to be read, is none.
    """
    reply = turn.reply
    if not isinstance(reply, Decline) or reply.reason in ("empty", "too-long") or not text:
        return None
    return Missed(text, "declined", tuple(candidate.entry for candidate in turn.candidates[:_NEAREST]), None, at)


def _closes(before: Dialogue, turn: Turn) -> bool:
    """Say whether *turn* answers what was open before: the question of a decision, or a choice."""
    if not isinstance(turn.reply, Answer):
        return False
    picked = turn.reply.entry in before.offered and not turn.candidates
    return picked or (before.pending is not None and turn.dialogue.pending is None)


def _topic(pack: Pack, before: Dialogue, turn: Turn) -> str | None:
    """Return the topic that a turn counts for: that of the question, all the way to its answer."""
    entry: str | None = None
    match turn.reply:
        case Answer() if _closes(before, turn) and before.offered:
            entry = before.offered[0]
        case Answer() if _closes(before, turn):
            entry = _overview(pack, before.decision)
        case Answer(entry=entry):
            pass
        case Ask(decision=decision):
            entry = _overview(pack, decision)
        case Choose(options=options):
            entry = options[0].entry
        case Decline(nearest=nearest) if nearest:
            entry = nearest[0].entry
    return pack.entries[entry].topic if entry in pack.entries else None


def _overview(pack: Pack, decision: str | None) -> str | None:
    return pack.decisions[decision].overview if decision in pack.decisions else None
