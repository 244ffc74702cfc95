"""One step of a dialogue: from a learner's words to a reply. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from tutor import answers, followups
from tutor.asking import ask_again, back, decision_of, go_on, indifferent, unsure
from tutor.decision import Filled, irrelevant
from tutor.dialogue import ANY, Dialogue, Mind, Turn, kept_words, must_belong
from tutor.errors import SlotError
from tutor.judging import item_in, judge
from tutor.meaning import Meant
from tutor.model import Slot
from tutor.moves import Move, begun_move, opened_move, read_move, read_number
from tutor.opening import beside, question
from tutor.replies import Said, asks, corrected, corrects, last_sentence, replied, stated, taken_back
from tutor.reply import Chat, Choose, Decline
from tutor.slots import reading, value_named
from tutor.spelling import did_you_mean
from tutor.subject import Pack
from tutor.text import LONGEST, clean, fold, words

_PICK = "Then look at any of these, by number, or say “none of these”."
_CORRECTION = 30  #: words up to which a text that only states something may correct a value after the answer
_TOLD = 8  #: words from which a text with a number says more than the number
_LETTERS = 3  #: that a text must have to be more than a number
_MORE = 4  #: words beside what was read that say more
_TALK = 0.5  #: share from which small talk is no correction


def step(mind: Mind, dialogue: Dialogue, raw: str, known: Filled | None = None, options: Sequence[str] = ()) -> Turn:
    """Return the reply to *raw* and the dialogue after it; *known* gives values of slots besides what the text says.

    Where *raw* has no words, *known* settles or corrects slots of the decision under way.
    *options* are those of a multiple-choice item, where they do not stand in the text itself.

    A DialogueError when *dialogue* names what the pack does not have, a SlotError when *known* does.
    """
    must_belong(mind.pack, dialogue)
    known = known_values(mind.pack, known or {})
    if len(raw) + sum(map(len, options)) > LONGEST:
        return Turn(Decline((), "too-long"), dialogue)
    text = clean(raw)
    if not words(text):
        return _given(mind, dialogue, known) or Turn(Decline((), "empty"), dialogue)
    item = item_in(raw, options)
    turn = judge(mind, dialogue, item, known) if item else _heard_as(mind, dialogue, text, known)
    if isinstance(turn.reply, Choose) or not turn.dialogue.offered:
        return turn
    return replace(turn, dialogue=replace(turn.dialogue, offered=()))  # an offer holds for one turn


def _heard_as(mind: Mind, dialogue: Dialogue, text: str, known: Filled) -> Turn:
    return (
        _move(mind, dialogue, text)
        or _offered(mind, dialogue, text)
        or _replied(mind, dialogue, text)
        or followups.why_not(mind, dialogue, text)
        or _thought_again(mind, dialogue, text)
        or question(mind, dialogue, text, known)
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


def _given(mind: Mind, dialogue: Dialogue, known: Filled) -> Turn | None:
    """Take the values *known*, given without a word, as said of the decision under way; None where none is theirs."""
    slots = decision_of(mind, dialogue).slots if dialogue.decision else ()
    if not known or not set(known) <= set(slots):
        return None
    return settle(
        mind, dialogue, Said(known, {slot: mind.pack.slots[slot].values[known[slot]].label for slot in known})
    )


def _move(mind: Mind, dialogue: Dialogue, text: str) -> Turn | None:
    move = read_move(text)
    if not move:
        return None
    if move == "over":
        return Turn(Chat("Forgotten. Ask me anything new."), Dialogue())
    if dialogue.pending:
        return _move_in_question(mind, dialogue, move, text)
    return _move_after_answer(mind, dialogue, move)


def _move_in_question(mind: Mind, dialogue: Dialogue, move: Move, text: str) -> Turn | None:
    slot = mind.pack.slots[dialogue.pending or ""]
    match move:
        case "none" if value_named(text, slot):
            return None  # none of the users, none of the labels: a value after all
        case "unsure":
            return unsure(mind, dialogue)
        case "any":
            return indifferent(mind, dialogue)
        case "none":
            overview = answers.named(mind.pack, [decision_of(mind, dialogue).overview])
            return Turn(Decline(overview, "out-of-scope"), Dialogue())
        case "back":
            return back(mind, dialogue)
        case "why":
            return ask_again(mind, dialogue, f"I ask because: {slot.why}")
        case "example":
            return ask_again(mind, dialogue, _examples(slot))
        case _:
            return ask_again(mind, dialogue, None)


def _examples(slot: Slot) -> str:
    """Return an example of each value of a slot, in words that mean it."""
    spoken = {value.label: next(iter((*value.phrases, *value.replies)), value.label) for value in slot.values.values()}
    return "For example: " + "; ".join(f"“{phrase}” means “{label}”" for label, phrase in spoken.items()) + "."


def _move_after_answer(mind: Mind, dialogue: Dialogue, move: Move) -> Turn | None:
    match move:
        case "back" if dialogue.decision and dialogue.asked:
            return back(mind, dialogue)
        case "why" if dialogue.entry:
            return Turn(followups.again(mind, dialogue), dialogue)
        case "sources" if dialogue.entry:
            return followups.sources(mind, dialogue)
        case "more" if dialogue.entry:
            return followups.more(mind, dialogue)
        case "example" if dialogue.entry:
            return followups.example(mind, dialogue)
        case "none" if dialogue.offered:
            return Turn(Decline((), "out-of-scope"), replace(dialogue, offered=()))
        case "unsure" | "any" if dialogue.offered:
            return Turn(Choose(answers.named(mind.pack, dialogue.offered), _PICK), dialogue)
        case "unsure" | "any" | "none" if not dialogue.decision and not dialogue.entry:
            return None
        case _:
            return Turn(Chat("There is nothing open that this could answer. Ask a question first."), dialogue)


def _offered(mind: Mind, dialogue: Dialogue, text: str) -> Turn | None:
    """Take *text* as the choice of an entry that was offered, by number or title."""
    if not dialogue.offered:
        return None
    number = read_number(text, len(dialogue.offered))
    titled = [entry for entry in dialogue.offered if fold(mind.pack.entries[entry].title) == fold(text)]
    if not (number or titled):
        return None
    entry = dialogue.offered[number - 1] if number else titled[0]
    return beside(mind, replace(dialogue, offered=()), answers.answer(mind.pack, entry))


def _replied(mind: Mind, dialogue: Dialogue, text: str) -> Turn | None:
    """Take *text* as a reply to the open question, or as a correction of a slot of the decision under way."""
    if not dialogue.decision:
        return None
    parts = taken_back(text) if dialogue.pending else None
    first = _reply(mind, dialogue, parts[0]) if parts else None
    if not parts or not first or not first.dialogue.decision:
        return _reply(mind, dialogue, text)
    slots = {name: mind.pack.slots[name] for name in decision_of(mind, dialogue).slots}
    then = corrected(parts[1], slots, mind.router.knows)
    then = then if then.filled else _reconsidered(mind, first.dialogue, parts[1])
    return settle(mind, first.dialogue, then) if then.filled else first


def _reply(mind: Mind, dialogue: Dialogue, text: str) -> Turn | None:
    said, pending = _said(mind, dialogue, text), dialogue.pending
    if not pending or pending in said.filled:
        return settle(mind, dialogue, said) if said.filled else None
    begun = None if asks(text) or said.filled or pending in said.borderline else opened_move(text)
    heard = None if asks(text) or begun else _heard(mind, pending, said, text)
    if heard and heard.value:
        return settle(mind, dialogue, said | Said({pending: heard.value}, {pending: text}))
    if pending in said.borderline:
        between = replace(_with(dialogue, said), pending=pending) if said.filled else dialogue
        between = replace(between, words={**between.words, **kept_words(said.borderline)})
        return unsure(mind, between, answers.border(mind.pack, pending, between.words))
    if said.filled:
        return settle(mind, dialogue, said)
    match begun or (heard.move if heard else None if asks(text) else begun_move(text)):
        case "unsure":
            return unsure(mind, dialogue)
        case "any":
            return indifferent(mind, dialogue)
        case _:
            return _denied(mind, dialogue, said.denied.get(pending, frozenset()))


def _denied(mind: Mind, dialogue: Dialogue, values: frozenset[str]) -> Turn | None:
    """Ask the open question once more, after the learner only said which *values* it is not."""
    slot = mind.pack.slots[dialogue.pending or ""]
    labels = [value.label for name, value in slot.values.items() if name in values]
    if not labels:
        return None
    return ask_again(mind, dialogue, f"So not “{'” and not “'.join(labels)}”. Which of the others?")


def _heard(mind: Mind, slot: str, said: Said, text: str) -> Meant | None:
    """Return what *text* most likely means beside *slot*, though no phrase says so, but nothing that it denies.

    Where the text says something already, an amount near the border or a value of another slot, nothing is guessed
    unless it says more.
    """
    if sum(map(str.isalpha, text)) < _LETTERS:
        return None
    told = [*said.borderline.values(), *said.words.values()]
    if told and len(words(text)) < sum(len(words(part)) for part in told) + _MORE:
        return None
    values = [value for value in mind.pack.slots[slot].values if value not in said.denied.get(slot, ())]
    return mind.meanings.meant(text, slot, values)


def settle(mind: Mind, dialogue: Dialogue, said: Said) -> Turn:
    """Go on with what was *said* of slots of the decision under way, and say what it changed."""
    after = _with(dialogue, said)
    return go_on(mind, after, _changed(mind, dialogue, after))


def _with(dialogue: Dialogue, said: Said) -> Dialogue:
    """Return *dialogue* with what was *said*: the newest word counts, and nothing is pending."""
    asked = tuple(name for name in dialogue.asked if name not in (dialogue.pending, *said.filled))
    return replace(
        dialogue,
        filled={**dialogue.filled, **said.filled},
        words={**dialogue.words, **kept_words(said.words)},
        unsure=tuple(name for name in dialogue.unsure if name not in said.filled),
        asked=(*asked, *said.filled),
        pending=None,
    )


def _said(mind: Mind, dialogue: Dialogue, text: str) -> Said:
    """Return the slots that *text* settles: as a reply to what is open, or else as a correction."""
    slots = {name: mind.pack.slots[name] for name in decision_of(mind, dialogue).slots}
    if dialogue.pending:
        return replied(text, slots, dialogue.pending, dialogue.filled, mind.router.knows)
    again = dialogue.asked[-1] if dialogue.asked else None
    number = read_number(text, len(slots[again].values)) if again in slots else None
    if again and number:
        value = list(slots[again].values)[number - 1]
        return Said({again: value}, {again: slots[again].values[value].label})
    said = Said()
    if corrects(text):
        said = corrected(text, slots, mind.router.knows)
        said = said if said.filled else corrected(last_sentence(text), slots, mind.router.knows)
    if said.filled or (not corrects(text) and _own(mind, text)):
        return said
    return stated(text, slots)


def _thought_again(mind: Mind, dialogue: Dialogue, text: str) -> Turn | None:
    """Take *text*, said after the answer to a decision, as a correction that no phrase tells."""
    if not dialogue.decision or not dialogue.asked or dialogue.pending or text.endswith("?"):
        return None
    said = Said() if not corrects(text) and _own(mind, text) else _reconsidered(mind, dialogue, text)
    return settle(mind, dialogue, said) if said.filled else None


def _reconsidered(mind: Mind, dialogue: Dialogue, text: str) -> Said:
    """Return the value that *text*, said after the answer, most likely means to change: of one slot, and none denied.

    A bare number, a move and an amount that was not read as a value mean none.
    """
    slots = {name: mind.pack.slots[name] for name in decision_of(mind, dialogue).slots}
    if begun_move(text) or (any(map(str.isdigit, text)) and len(words(text)) < _TOLD):
        return Said()
    for name, slot in slots.items():
        denied = reading(text, {name: slot}, asked=name).denied.get(name, ())
        values = [value for value in slot.values if value not in denied]
        meant = mind.meanings.meant(text, name, values, likely=corrects(text))
        if meant and meant.value and meant.value != dialogue.filled.get(name):
            return Said({name: meant.value}, {name: text})
    return Said()


def _own(mind: Mind, text: str) -> bool:
    """Whether *text* is a question of its own, and not a value that is corrected after the answer."""
    if asks(text) or len(words(text)) > _CORRECTION:
        return True
    route = mind.route(text)
    talk = max(route.talk.values(), default=0.0)
    return talk > _TALK or (route.verdict == "answer" and route.entries[0][1] >= mind.pack.about.bars.clear)


def _changed(mind: Mind, before: Dialogue, after: Dialogue) -> str | None:
    """Return what a correction changed, what it keeps, and what no longer counts; None when nothing was corrected."""
    changed = {slot: value for slot, value in before.values.items() if after.filled.get(slot, value) != value}
    if not changed:
        return None
    pack, decision = mind.pack, decision_of(mind, after)
    idle = irrelevant(decision, pack.slots, after.values)
    others = {slot: value for slot, value in before.values.items() if slot not in changed and value != ANY}
    kept = {slot: value for slot, value in others.items() if slot not in idle}
    told = [f"Changed: {answers.told(pack, {slot: after.filled[slot] for slot in changed})}."]
    if kept:
        told.append(f"Still counts: {answers.told(pack, kept)}.")
    if len(kept) < len(others):
        gone = {slot: value for slot, value in others.items() if slot in idle}
        told.append(f"No longer counts: {answers.told(pack, gone)}.")
    return " ".join(told)
