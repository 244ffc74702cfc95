"""What the app says: post, update, delete, whispers, reactions."""

import json
import re
from typing import Any

from tests.slack.blocks import wrong_in_blocks
from tests.slack.message import Channel, Json, Message
from tests.slack.methods.method import Refused, channel_of, method
from tests.slack.workspace import Workspace

_LONGEST_TEXT = 40_000  #: characters
_LARGEST_METADATA = 16_000  #: bytes
_EVENT_TYPE = re.compile(r"[a-z0-9_.]{1,80}\Z")


@method("chat.postMessage", "channel", scope="chat:write")
def post_message(workspace: Workspace, arguments: Json) -> Json:
    place = str(arguments["channel"])
    channel = workspace.direct(place) if place in workspace.users else channel_of(workspace, place)
    message = _message(workspace, channel, arguments)
    message.metadata = metadata_of(arguments)
    workspace.post(message)
    return {"channel": channel.id, "ts": message.ts, "message": message.to_json()}


@method("chat.postEphemeral", "channel", "user", scope="chat:write")
def post_ephemeral(workspace: Workspace, arguments: Json) -> Json:
    channel = channel_of(workspace, arguments["channel"])
    if arguments["user"] not in channel.members:
        raise Refused("user_not_in_channel", arguments["user"])
    message = _message(workspace, channel, arguments)
    message.only_for = arguments["user"]
    workspace.post(message)
    return {"message_ts": message.ts}


@method("chat.update", "channel", "ts", scope="chat:write")
def update(workspace: Workspace, arguments: Json) -> Json:
    message = _own(workspace, arguments, "cant_update_message")
    changes: Json = {"edited": message.edited + 1}
    if "text" in arguments:
        changes["text"] = arguments["text"]
    if "blocks" in arguments:
        changes["blocks"] = blocks_of(workspace, arguments)
    if "metadata" in arguments:
        changes["metadata"] = metadata_of(arguments)
    if len(changes) == 1:
        raise Refused("no_text")
    workspace.touch(message, **changes)
    return {"channel": message.channel.id, "ts": message.ts, "text": message.text, "message": message.to_json()}


@method("chat.delete", "channel", "ts", scope="chat:write")
def delete(workspace: Workspace, arguments: Json) -> Json:
    message = _own(workspace, arguments, "cant_delete_message")
    workspace.touch(message, deleted=True)
    return {"channel": message.channel.id, "ts": message.ts}


@method("chat.getPermalink", "channel", "message_ts")
def permalink(workspace: Workspace, arguments: Json) -> Json:
    message = _standing(workspace, arguments["channel"], arguments["message_ts"])
    place = f"{message.channel.id}/p{message.ts.replace('.', '')}"
    return {"channel": message.channel.id, "permalink": f"https://study-group.slack.com/archives/{place}"}


@method("reactions.add", "channel", "timestamp", "name", scope="reactions:write")
def add_reaction(workspace: Workspace, arguments: Json) -> Json:
    message = _standing(workspace, arguments["channel"], arguments["timestamp"])
    reaction = (workspace.app.user, arguments["name"])
    if reaction in message.reactions:
        raise Refused("already_reacted", arguments["name"])
    message.reactions.append(reaction)
    return {}


@method("reactions.remove", "channel", "timestamp", "name", scope="reactions:write")
def remove_reaction(workspace: Workspace, arguments: Json) -> Json:
    message = _standing(workspace, arguments["channel"], arguments["timestamp"])
    reaction = (workspace.app.user, arguments["name"])
    if reaction not in message.reactions:
        raise Refused("no_reaction", arguments["name"])
    message.reactions.remove(reaction)
    return {}


def _message(workspace: Workspace, channel: Channel, arguments: Json) -> Message:
    """Return the message that the *arguments* make, not yet posted."""
    text, blocks = arguments.get("text") or "", blocks_of(workspace, arguments)
    if not (text or blocks):
        raise Refused("no_text")
    if not text:
        workspace.wrong("missing_text_in_message", "blocks without a text for notifications and screen readers")
    if len(text) > _LONGEST_TEXT:
        raise Refused("msg_too_long", f"{len(text)} characters")
    return Message(
        workspace.timestamp(), channel, workspace.app.user, text, blocks, _thread(workspace, channel, arguments),
        workspace.app.bot,
    )  # fmt: skip


def _thread(workspace: Workspace, channel: Channel, arguments: Json) -> str | None:
    if not (ts := arguments.get("thread_ts")):
        return None
    parent = workspace.messages[channel.id].get(str(ts))
    if parent is None:
        raise Refused("thread_not_found", str(ts))
    if parent.thread_ts not in (None, parent.ts):
        workspace.wrong("reply_as_thread", "thread_ts names a reply, not the message that opens the thread")
    return parent.thread


def blocks_of(workspace: Workspace, arguments: Json) -> list[Json]:
    """Return the blocks among the *arguments*; refuse such as Slack would not take."""
    blocks = decoded(arguments.get("blocks"), "invalid_blocks_format") or []
    if wrong := wrong_in_blocks(blocks):
        raise Refused("invalid_blocks", "; ".join(wrong), errors=wrong, response_metadata={"messages": wrong})
    return list(blocks)


def metadata_of(arguments: Json) -> Json | None:
    """Return the metadata among the *arguments*; refuse such as Slack would not take."""
    metadata = decoded(arguments.get("metadata"), "invalid_metadata_format")
    if not metadata:
        return None
    kind, payload = metadata.get("event_type"), metadata.get("event_payload")
    if not (isinstance(kind, str) and _EVENT_TYPE.match(kind) and isinstance(payload, dict)):
        raise Refused("invalid_metadata_format", json.dumps(metadata)[:200])
    if len(json.dumps(payload)) > _LARGEST_METADATA:
        raise Refused("metadata_too_large")
    return dict(metadata)


def decoded(held: Any, error: str) -> Any:
    """Return an argument that may be JSON or text of JSON."""
    try:
        return json.loads(held) if isinstance(held, str) else held
    except ValueError:
        raise Refused(error, str(held)[:200]) from None


def _standing(workspace: Workspace, channel: str, ts: str) -> Message:
    message = workspace.found(channel_of(workspace, channel).id, str(ts))
    if message is None or message.only_for:
        raise Refused("message_not_found", str(ts))
    return message


def _own(workspace: Workspace, arguments: Json, error: str) -> Message:
    message = _standing(workspace, arguments["channel"], arguments["ts"])
    if message.bot != workspace.app.bot:
        raise Refused(error, message.ts)
    return message
