"""What a pressed button does: answers a question in place, corrects an older one, opens, votes, shares. Pure."""

from dataclasses import replace
from typing import cast

from tutor.dialogue import ANY, Dialogue, Turn
from tutor.errors import DialogueError, TutorError
from tutor.fronts.slack.answered import Answered, Choice, Forget, Vote, as_told
from tutor.fronts.slack.answering import Asked, answered, at_home, respond
from tutor.fronts.slack.call import Call
from tutor.fronts.slack.heard import Heard
from tutor.fronts.slack.settings import Settings
from tutor.fronts.slack.speaking import carried_dialogue, everybody, from_number, only_to, update
from tutor.render.carried import Carried, unpacked
from tutor.render.slack import MOST_BLOCKS, Group, Message, messages, note, opened, opened_text
from tutor.render.slack_views import FORGET, PRIVATE, chosen, reason_form, shared, unfolded
from tutor.reply import Answer
from tutor.tutor import Tutor

_LABELS = {None: "Don't know", ANY: "Doesn't matter"}
_FORGOTTEN = "All about you is deleted: dialogues in threads where you spoke, answers in quizzes, votes and settings."


def pressed(tutor: Tutor, asked: Asked, settings: Settings) -> Answered:
    """Return what comes of a pressed button; what cannot be done any more is told to who pressed it."""
    heard = asked.heard
    match heard.action:
        case str(action) if action == PRIVATE:
            choices = {"private": heard.value == "yes"}
            return Answered(noted=Choice(choices), told=as_told([at_home(tutor, heard, choices, settings)]))
        case str(action) if action == FORGET:
            return Answered(noted=Forget(), told=as_told([at_home(tutor, heard, {}, settings, _FORGOTTEN)]))
    try:
        return _carrying(tutor, asked, unpacked(heard.value), settings)
    except TutorError as error:
        return Answered(told=as_told([only_to(heard, note(f"{error}."))]))


def _carrying(tutor: Tutor, asked: Asked, carried: Carried, settings: Settings) -> Answered:
    heard = asked.heard
    match heard.action.removeprefix("tutor_").split("_"):
        case ["pick", *_] if carried.entry:
            return _entry(tutor, asked, carried, settings)
        case ["read", _] if carried.entry:
            return _shown(tutor, asked, carried.entry, [], settings)
        case ["pick", *_] if carried.slot:
            return _value(tutor, asked, carried, settings)
        case ["open", group]:
            return Answered(told=as_told([_opened(tutor, heard, carried, cast("Group", group))]))
        case ["vote", "yes"]:
            thanks = only_to(heard, note("Thank you. Only those who look after the tutor see this."))
            return Answered(noted=Vote(carried.message or "", helpful=True), told=as_told([thanks]))
        case ["vote", "no"]:
            return Answered(noted=Vote(carried.message or "", helpful=False), told=as_told([_form(heard, carried)]))
        case ["share"]:
            return Answered(told=as_told(_shared(tutor, asked, carried, settings)))
        case _:
            raise DialogueError("this button is of another version; ask again")


def _value(tutor: Tutor, asked: Asked, carried: Carried, settings: Settings) -> Answered:
    """Take a value as the answer to the question of the button, or as a correction of what was said to it before.

    One that is tried changes the answer that it stands under, whatever was said since.
    """
    tried, going = "_flip_" in asked.heard.action, asked.kept.dialogue
    goes_on = going.decision == carried.dialogue.decision and not tried
    shown = [] if tried else [_chosen(tutor, asked, carried)]
    if _is_done(asked) or (goes_on and _holds(going, carried)):
        return Answered(told=as_told(shown))
    turn = tutor.pick(carried.slot or "", carried.value, going if goes_on else carried.dialogue)
    return _after(tutor, asked, turn, shown, settings)


def _holds(dialogue: Dialogue, carried: Carried) -> bool:
    """Whether what a button says holds already."""
    if dialogue.pending == carried.slot:
        return False
    if carried.value is None:
        return carried.slot in dialogue.unsure
    return dialogue.filled.get(carried.slot or "") == carried.value


def _entry(tutor: Tutor, asked: Asked, carried: Carried, settings: Settings) -> Answered:
    """Give the entry that was offered."""
    entry = tutor.show(carried.entry or "")
    offered = [dict(block) for block in (asked.heard.shown or {}).get("blocks", [])]
    is_question = any(str(block.get("block_id", "")).startswith("question") for block in offered) or not offered
    shown = [update(asked.heard, _picked("Which of these do you mean?", entry.title, asked))] if is_question else []
    return _shown(tutor, asked, entry.entry, shown, settings)


def _shown(tutor: Tutor, asked: Asked, entry: str, shown: list[Call], settings: Settings) -> Answered:
    """Answer with an *entry*, after what is *shown* in place of the pressed button."""
    if _is_done(asked):
        return Answered(told=as_told(shown))
    turn = respond(tutor, "1", replace(asked.kept.dialogue, offered=(tutor.show(entry).entry,)))
    return _after(tutor, asked, turn, shown, settings)


def _after(tutor: Tutor, asked: Asked, turn: Turn, shown: list[Call], settings: Settings) -> Answered:
    later = replace(asked, named=from_number(asked.named, len(shown)))
    done = answered(tutor, later, turn, settings, question="", pressed=_press(asked.heard))
    return replace(done, told=(*as_told(shown), *done.told))


def _is_done(asked: Asked) -> bool:
    """Whether the very same button was pressed last: once is enough."""
    return bool(asked.kept.pressed) and asked.kept.pressed == _press(asked.heard)


def _press(heard: Heard) -> str:
    return f"{heard.message}/{heard.action}"


def _chosen(tutor: Tutor, asked: Asked, carried: Carried) -> Call:
    slot = tutor.pack.slots.get(carried.slot or "")
    value = slot.values.get(carried.value or "") if slot else None
    label = value.label if value else _LABELS.get(carried.value, carried.value or "")
    return update(asked.heard, _picked(slot.question if slot else "", label, asked))


def _picked(question: str, label: str, asked: Asked) -> Message:
    heard = asked.heard
    by = None if heard.only_me or heard.channel.startswith("D") else heard.user
    return chosen(question, label, by, (heard.shown or {}).get("blocks", []))


def _opened(tutor: Tutor, heard: Heard, carried: Carried, group: Group) -> Call:
    """Show what an answer held back: in its place, or, where Slack does not say what stands there, below it."""
    reply = tutor.respond("why", carried.dialogue).reply
    if not isinstance(reply, Answer):
        raise DialogueError("this answer cannot be shown any more; ask again")
    more = opened(reply, group, replace(carried, message=None))
    shown = heard.shown or {}
    blocks = unfolded(shown.get("blocks", ()), heard.action, more)
    if not shown or len(blocks) > MOST_BLOCKS:
        return only_to(heard, Message(opened_text(reply, group), more))
    return update(heard, Message(shown["text"], blocks))


def _form(heard: Heard, carried: Carried) -> Call:
    """Ask why; where the form cannot be opened in time, say that the vote counts all the same."""
    view = reason_form(carried.message or "")
    noted = only_to(heard, note("Noted, in private. Press “Not helpful” again to say why."))
    return Call("views.open", {"trigger_id": heard.trigger, "view": view}, otherwise=noted)


def _shared(tutor: Tutor, asked: Asked, carried: Carried, settings: Settings) -> list[Call]:
    """Show the answer to the channel: as a message of its own, or through the command where the tutor is no member."""
    heard = asked.heard
    turn = tutor.respond("why", carried.dialogue)
    carrying = Carried("", carried_dialogue(turn))
    first, *rest = messages(turn.reply, carrying, whole=settings.whole)
    asking = replace(first, blocks=(shared(asked.kept.question, heard.user), *first.blocks))
    return [everybody(heard, message) for message in (asking, *rest)]
