"""What Slack tells an app, as JSON: events, interactions, commands."""

import time
import uuid
from typing import Any

from tests.slack.app import App
from tests.slack.message import Channel, Json, Message, View

_KINDS = {"channel": "channel", "group": "group", "im": "im"}
_MESSAGES = {"channel": "message.channels", "group": "message.groups", "im": "message.im"}


def subscription(channel: Channel) -> str:
    """Return the subscription by which an app hears messages in *channel*."""
    return _MESSAGES[channel.kind]


def event_callback(app: App, event: Json) -> Json:
    """Return *event* in the frame of the Events API, with an event_id of its own."""
    return {
        "token": "unused", "team_id": app.team, "api_app_id": app.id, "event": event, "type": "event_callback",
        "event_id": f"Ev{uuid.uuid4().hex[:12].upper()}", "event_time": int(time.time()),
        "authorizations": [
            {
                "enterprise_id": None, "team_id": app.team, "user_id": app.user, "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": False, "event_context": f"4-{uuid.uuid4().hex}",
    }  # fmt: skip


def said(app: App, message: Message) -> Json:
    """Return the event of a new *message*."""
    event = message.to_json() | _place(message)
    event |= {"team": app.team} if message.bot != app.bot else {"team": app.team, "app_id": app.id}
    return event if message.bot else event | {"client_msg_id": str(uuid.uuid4()), "blocks": rich(message.text)}


def mentioned(app: App, message: Message) -> Json:
    """Return the event of a mention of the bot in *message*."""
    event = said(app, message) | {"type": "app_mention"}
    event.pop("channel_type")
    return event


def changed(app: App, message: Message, before: Json) -> Json:
    """Return the event of an edited or deleted *message*, which was *before*."""
    event = {"type": "message", "hidden": True, "ts": message.ts, "previous_message": before} | _place(message)
    if message.deleted:
        return event | {"subtype": "message_deleted", "deleted_ts": message.ts}
    return event | {"subtype": "message_changed", "message": message.to_json()}


def home_opened(user: str, channel: Channel, view: View | None) -> Json:
    """Return the event of somebody opening the Home tab."""
    event: Json = {"type": "app_home_opened", "user": user, "channel": channel.id, "tab": "home", "event_ts": _now()}
    return event | ({"view": view_json(view)} if view else {})


def rich(text: str) -> list[Json]:
    """Return the blocks that Slack makes of what a person types."""
    words = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return [{"type": "rich_text", "block_id": "typed", "elements": [words]}] if text else []


def block_actions(app: App, user: Json, action: Json, trigger: str, **where: Any) -> Json:
    """Return the interaction of somebody who pressed or chose *action*; *where* says on what."""
    acted = action | {"action_ts": _now()}
    return _interaction(app, "block_actions", user) | {"trigger_id": trigger, "actions": [acted], **where}


def on_message(app: App, message: Message, url: str) -> Json:
    """Return the part of an interaction that says on which *message*."""
    container: Json = {
        "type": "message", "message_ts": message.ts, "channel_id": message.channel.id,
        "is_ephemeral": bool(message.only_for),
    }  # fmt: skip
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    where: Json = {"container": container, "channel": place_json(message.channel), "response_url": url}
    shown = message.to_json() | {"app_id": app.id, "team": app.team}
    return where | {"state": {"values": {}}} | ({} if message.only_for else {"message": shown})


def on_view(view: View, values: Json) -> Json:
    """Return the part of an interaction that says on which *view*."""
    return {"container": {"type": "view", "view_id": view.id}, "view": view_json(view, values)}


def view_json(view: View, values: Json | None = None) -> Json:
    """Return *view* as Slack hands it out, with what is filled in."""
    blank: Json = {"private_metadata": "", "callback_id": "", "external_id": "", "title": None, "submit": None}
    return blank | view.content | {
        "id": view.id, "hash": view.hash, "state": {"values": values or {}}, "previous_view_id": view.previous,
    }  # fmt: skip


def view_submission(app: App, user: Json, view: View, values: Json, trigger: str) -> Json:
    """Return the interaction of somebody who submits a modal."""
    told = {"trigger_id": trigger, "view": view_json(view, values), "response_urls": []}
    return _interaction(app, "view_submission", user) | told


def view_closed(app: App, user: Json, view: View) -> Json:
    """Return the interaction of somebody who closes a modal."""
    return _interaction(app, "view_closed", user) | {"view": view_json(view), "is_cleared": False}


def message_action(app: App, user: Json, callback: str, message: Message, *, trigger: str, url: str) -> Json:
    """Return the interaction of somebody who uses the message shortcut *callback*."""
    return _interaction(app, "message_action", user) | {
        "callback_id": callback, "trigger_id": trigger, "response_url": url, "action_ts": _now(),
        "message_ts": message.ts, "message": message.to_json(), "channel": place_json(message.channel),
    }  # fmt: skip


def slash_command(app: App, user: Json, said: tuple[str, str], channel: Channel, *, trigger: str, url: str) -> Json:
    """Return the slash command *said*: the command and the text after it. All its fields are strings."""
    command, text = said
    return {
        "token": "unused", "team_id": app.team, "team_domain": "study-group", "channel_id": channel.id,
        "channel_name": place_json(channel)["name"], "user_id": user["id"], "user_name": user["username"],
        "command": command, "text": text, "api_app_id": app.id, "is_enterprise_install": "false",
        "response_url": url, "trigger_id": trigger,
    }  # fmt: skip


def place_json(channel: Channel) -> Json:
    """Return a channel as interactions name it."""
    return {"id": channel.id, "name": "directmessage" if channel.kind == "im" else channel.name}


def _interaction(app: App, kind: str, user: Json) -> Json:
    return {
        "type": kind, "token": "unused", "api_app_id": app.id, "team": {"id": app.team, "domain": "study-group"},
        "user": user | {"team_id": app.team}, "enterprise": None, "is_enterprise_install": False,
    }  # fmt: skip


def _place(message: Message) -> Json:
    return {"channel": message.channel.id, "channel_type": _KINDS[message.channel.kind], "event_ts": message.ts}


def _now() -> str:
    return f"{time.time():.6f}"
