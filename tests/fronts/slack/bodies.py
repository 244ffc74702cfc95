"""What Slack sends, as small as it can be, for tests of what is heard in it."""

from typing import Any

Json = dict[str, Any]

TUTOR = "U0TUTOR"


def message(text: str = "Which tea?", **fields: Any) -> Json:
    """Return the event of a message, by default in the channel C1."""
    event = {
        "type": "message",
        "channel": "C1",
        "channel_type": "channel",
        "user": "U1",
        "ts": "100.000001",
        "text": text,
    }
    event |= fields
    return {
        "type": "event_callback",
        "team_id": "T1",
        "event_id": "Ev1",
        "event": {k: v for k, v in event.items() if v},
    }


def mention(text: str = f"<@{TUTOR}> Which tea?", **fields: Any) -> Json:
    """Return the event of a mention of the tutor."""
    body = message(text, **fields)
    return body | {"event_id": "Ev2", "event": body["event"] | {"type": "app_mention"}}


def press(action: str = "tutor_pick_1", value: str = '{"thread": "T1/C1/U1"}', **fields: Any) -> Json:
    """Return a press of a button under a message of a thread."""
    return {
        "type": "block_actions",
        "team": {"id": "T1"},
        "user": {"id": "U1", "team_id": "T1"},
        "channel": {"id": "C1"},
        "container": {"type": "message", "message_ts": "101.0", "channel_id": "C1", "thread_ts": "100.0"},
        "message": {"ts": "101.0", "thread_ts": "100.0", "text": "When?", "blocks": [{"type": "section"}]},
        "response_url": "https://hooks.example.org/1",
        "trigger_id": "7.8",
        "actions": [{"action_id": action, "action_ts": "102.5", "value": value}],
    } | fields


def whispered(**fields: Any) -> Json:
    """Return a press of a button that only one user sees."""
    body = press(**fields)
    body["container"] = {"type": "message", "message_ts": "101.0", "channel_id": "C1", "is_ephemeral": True}
    del body["message"]
    return body


def command(text: str = "Which tea?") -> Json:
    """Return a slash command."""
    return {
        "command": "/tutor",
        "text": text,
        "team_id": "T1",
        "channel_id": "C1",
        "user_id": "U1",
        "trigger_id": "7.8",
        "response_url": "https://hooks.example.org/2",
    }


def shortcut(**fields: Any) -> Json:
    """Return the use of the message shortcut."""
    return {
        "type": "message_action",
        "callback_id": "tutor_ask",
        "team": {"id": "T1"},
        "user": {"id": "U1"},
        "channel": {"id": "C1"},
        "message": {"ts": "100.0", "text": "Which tea?"},
        "action_ts": "102.5",
        "trigger_id": "7.8",
        "response_url": "https://hooks.example.org/3",
    } | fields


def reason(text: str | None = "too short") -> Json:
    """Return the form with a reason, sent."""
    return {
        "type": "view_submission",
        "team": {"id": "T1"},
        "user": {"id": "U1"},
        "view": {
            "id": "V1",
            "callback_id": "tutor_reason",
            "private_metadata": "m.0",
            "state": {"values": {"reason": {"reason": {"type": "plain_text_input", "value": text}}}},
        },
    }


def home(tab: str = "home") -> Json:
    """Return the event of an opened home."""
    event = {"type": "app_home_opened", "user": "U1", "channel": "D1", "tab": tab}
    return {"type": "event_callback", "team_id": "T1", "event_id": "Ev3", "event": event}
