"""How a turn is told in Slack: which messages, where, and which of them can be voted on."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from tutor.dialogue import Dialogue, Turn
from tutor.fronts.slack.answered import Told
from tutor.fronts.slack.call import Call
from tutor.fronts.slack.heard import Heard
from tutor.fronts.slack.settings import Settings
from tutor.render.carried import Carried
from tutor.render.slack import Message, messages, note
from tutor.render.slack_views import share
from tutor.reply import Answer

_INVITE = "I cannot write in that channel. Invite me there, for example with /invite, and ask again."


def tell(
    heard: Heard, turn: Turn, question: str, named: Callable[[int], str], settings: Settings, *, private: bool
) -> list[Told]:
    """Return how *turn* is told where *heard* came from: in its thread, or only to its user with *private*.

    *named* gives the id of the message with a number, counted from 0.
    """
    reply, hidden = turn.reply, heard.only_me or private
    carried = Carried(heard.thread, carried_dialogue(turn))
    made = messages(reply, carried, named, whole=settings.whole)
    if hidden and isinstance(reply, Answer):
        made[-1] = replace(made[-1], blocks=(*made[-1].blocks, share(carried.packed())))
    told = [Told(call(heard, message, private=private)) for message in made]
    if isinstance(reply, Answer):
        told[-1] = replace(told[-1], entry=reply.entry, topic=reply.topic, question=question)
    return told


def carried_dialogue(turn: Turn) -> Dialogue:
    """Return the dialogue that the buttons under *turn* carry: one that is about its answer."""
    reply, dialogue = turn.reply, turn.dialogue
    if isinstance(reply, Answer) and dialogue.entry != reply.entry:
        return Dialogue(entry=reply.entry, confidence=reply.confidence, pack=dialogue.pack)
    return dialogue


def call(heard: Heard, message: Message, *, private: bool = False) -> Call:
    """Return the call that sends *message* to where *heard* came from."""
    if heard.only_me and heard.reply_url:
        return _respond(heard, message)
    if private and not heard.channel.startswith("D"):
        return only_to(heard, message)
    refused = _respond(heard, note(_INVITE)) if heard.kind == "shortcut" and heard.reply_url else None
    said = {**_place(heard), **_said(message), "unfurl_links": False, "unfurl_media": False}
    return Call("chat.postMessage", said, after=f"{heard.at:.6f}", otherwise=refused)


def only_to(heard: Heard, message: Message) -> Call:
    """Return the call that shows *message* only to the user of *heard*."""
    respond = _respond(heard, message) if heard.reply_url else None
    if heard.only_me and respond:
        return respond
    said = {**_place(heard), "user": heard.user, **_said(message)}
    return Call("chat.postEphemeral", said, otherwise=respond)


def directly(heard: Heard, message: Message) -> Call:
    """Return the call that sends *message* to the user of *heard* as a direct message."""
    said = {"channel": heard.user, **_said(message), "unfurl_links": False, "unfurl_media": False}
    return Call("chat.postMessage", said, after=f"{heard.at:.6f}")


def update(heard: Heard, message: Message) -> Call:
    """Return the call that puts *message* in the place of the one whose button was pressed."""
    if heard.only_me and heard.reply_url:
        return _respond(heard, message, instead=True)
    return Call("chat.update", {"channel": heard.channel, "ts": heard.message, **_said(message)})


def everybody(heard: Heard, message: Message) -> Call:
    """Return the call that shows *message* to the whole channel, even where the tutor is no member."""
    said = {**_said(message), "response_type": "in_channel", "replace_original": False}
    inside = Call("respond", said, url=heard.reply_url) if heard.reply_url else None
    return replace(call(replace(heard, only_me=False), message), otherwise=inside)


def _respond(heard: Heard, message: Message, *, instead: bool = False) -> Call:
    thread = {"thread_ts": heard.post_in} if heard.post_in and not instead else {}
    said = {**thread, **_said(message), "response_type": "ephemeral", "replace_original": instead}
    return Call("respond", said, url=heard.reply_url)


def _said(message: Message) -> dict[str, Any]:
    return {"text": message.text, "blocks": list(message.blocks)}


def _place(heard: Heard) -> dict[str, str]:
    return {"channel": heard.channel, **({"thread_ts": heard.post_in} if heard.post_in else {})}


def from_number(named: Callable[[int], str], first: int) -> Callable[[int], str]:
    """Return *named* for messages that come after the *first* ones."""
    return lambda number: named(first + number)
