"""A multiple-choice item as a question of its own: which options are right, and why not the others."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from tutor import answers
from tutor.decision import Filled
from tutor.dialogue import Dialogue, Mind, Turn
from tutor.opening import beside, question
from tutor.reply import Answer
from tutor.text import clean, words

if TYPE_CHECKING:
    from tutor.item import Item
    from tutor.options import Pick

_SECOND = re.compile(r"[Bb2](?<!\w.)\**[.):\]]")  #: label of an option; this or a bullet stands in every item
_BULLET = re.compile(r"[ \t>]*(?:[-*•–◦][ \t]|\[)")  #: begins a line
_UNDECIDED = "What I know does not decide between these options. This is what I know of the question."


def item_in(raw: str, options: Sequence[str] = ()) -> "Item | None":
    """Return the item that *raw* is with its *options*, or that stands in it; None where it is none.

    More than a dozen options are no item.
    """
    if len(options) < 2 and not (_SECOND.search(raw) or any(map(_BULLET.match, raw.split("\n")))):
        return None
    from tutor.item import MOST, Item, read_item, unlabelled  # a plain question need not wait for it

    if len(options) < 2:
        return read_item(raw)
    return Item(raw, unlabelled(options)) if len(options) <= MOST and words(clean(raw)) else None


def judge(mind: Mind, dialogue: Dialogue, item: "Item", known: Filled) -> Turn:
    """Answer *item*: by the entry that decides it, with a verdict on each option, or else as its stem alone."""
    stem = clean(item.stem)
    options = mind.options()
    found = options.pick(item) if options else None
    if not found or not found.choice:
        return _undecided(question(mind, dialogue, stem, known), found)
    reply = replace(answers.answer(mind.pack, found.entry, confidence=found.confidence), options=found.options)
    turn = beside(mind, dialogue, reply)
    return replace(turn, candidates=answers.candidates(mind.pack, mind.route(stem)))


def _undecided(turn: Turn, found: "Pick | None") -> Turn:
    if not found or not isinstance(turn.reply, Answer):
        return turn
    return replace(turn, reply=replace(turn.reply, note=_UNDECIDED, options=found.options))
