"""The app manifest: what Slack must know about the app, to be pasted where an app is created."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tutor.fronts.slack.receiving import SHORTCUT
from tutor.fronts.slack.settings import Settings
from tutor.yaml_text import scalar

SCOPES = (
    "app_mentions:read",   # hears when it is mentioned
    "channels:history",    # follows threads in public channels, and looks there for what it may have posted
    "chat:write",          # answers
    "commands",            # the slash command and the shortcut
    "groups:history",      # the same in private channels
    "im:history",          # direct messages
    "im:read",
    "im:write",
    "mpim:history",        # and those of several people
)  # fmt: skip
EVENTS = ("app_home_opened", "app_mention", "message.channels", "message.groups", "message.im", "message.mpim")
PATH = "/slack/events"  #: where Slack sends everything, over HTTP


def manifest(*, about: str, settings: Settings | None = None, url: str | None = None) -> dict[str, Any]:
    """Return the manifest of an app that answers *about* something: for Socket Mode, or for HTTP at a public *url*."""
    command = (settings or Settings()).command
    address = None if url is None else url.rstrip("/") + PATH
    return {
        "display_information": {
            "name": "Tutor",
            "description": "Answers scenario questions with citations, and asks back first"[:140],
            "background_color": "#1f3a5f",
        },
        "features": _features(command, about, address),
        "oauth_config": {"scopes": {"bot": list(SCOPES)}},
        "settings": {
            "event_subscriptions": {**_at(address, "request_url"), "bot_events": list(EVENTS)},
            "interactivity": {"is_enabled": True, **_at(address, "request_url")},
            "org_deploy_enabled": False,
            "socket_mode_enabled": address is None,
            "token_rotation_enabled": False,
        },
    }


def _features(command: str, about: str, address: str | None) -> dict[str, Any]:
    return {
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True, "messages_tab_read_only_enabled": False},
        "bot_user": {"display_name": "tutor", "always_online": True},
        "shortcuts": [
            {
                "name": "Ask the tutor about this",
                "type": "message",
                "callback_id": SHORTCUT,
                "description": "Answers the message in its thread",
            }
        ],
        "slash_commands": [
            {
                "command": command,
                **_at(address, "url"),
                "description": f"Ask about: {about}"[:100],
                "usage_hint": "your question",
                "should_escape": False,
            }
        ],
    }


def _at(address: str | None, name: str) -> dict[str, str]:
    return {name: address} if address else {}


def as_yaml(said: Mapping[str, Any]) -> str:
    """Return *said* as YAML.

    >>> print(as_yaml({"a": {"b": True, "c": ["x", {"d": "1"}]}}))
    a:
      b: true
      c:
        - x
        - d: "1"
    """
    return "\n".join(_lines(said))


def _lines(said: Any) -> Iterator[str]:
    if isinstance(said, Mapping):
        for name, value in said.items():
            yield from _entry(f"{name}:", value)
    else:
        for value in said:
            first, *rest = list(_lines(value)) if isinstance(value, Mapping) else [_plain(value)]
            yield f"- {first}"
            yield from (f"  {line}" for line in rest)


def _entry(head: str, value: Any) -> Iterator[str]:
    if isinstance(value, Mapping) or (isinstance(value, Sequence) and not isinstance(value, str)):
        yield head
        yield from (f"  {line}" for line in _lines(value))
    else:
        yield f"{head} {_plain(value)}"


def _plain(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else scalar(str(value))
