"""The app as it is installed in the fake workspace: its tokens, and what its manifest lets it do and hear."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_SCOPE_OF_EVENT = {
    "app_mention": "app_mentions:read",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
    "message.mpim": "mpim:history",
    "app_home_opened": None,
}
_SCOPES = (
    "app_mentions:read chat:write commands channels:history groups:history im:history im:read im:write mpim:history "
    "reactions:write users:read"
)


@dataclass(frozen=True)
class App:
    """An installed app; *scopes*, *events*, *commands* and *shortcuts* are what its manifest names."""

    id: str = "A0TUTOR"
    user: str = "U0TUTOR"
    bot: str = "B0TUTOR"
    name: str = "tutor"
    team: str = "T0STUDY"
    bot_token: str = "xoxb-0000000000-fake-bot-token"
    app_token: str = "xapp-1-A0TUTOR-0000000000-fake-app-token"
    signing_secret: str = "0123456789abcdef-fake-signing-secret"
    scopes: frozenset[str] = frozenset(_SCOPES.split())
    events: frozenset[str] = frozenset(_SCOPE_OF_EVENT)
    commands: frozenset[str] = frozenset({"/tutor"})
    shortcuts: frozenset[str] | None = None  #: callback ids of message shortcuts; None lets any through
    home: bool = True

    def hears(self, event: str) -> bool:
        """Return whether the app subscribes to *event*, such as message.im, and has the scope for it."""
        needed = _SCOPE_OF_EVENT[event]
        return event in self.events and (needed is None or needed in self.scopes)


def installed(manifest: Mapping[str, Any]) -> App:
    """Return the app that Slack would make of a *manifest*; a part that is missing is an error of the manifest."""
    features, settings = manifest["features"], manifest["settings"]
    assert settings["interactivity"]["is_enabled"], "without interactivity no button works"
    return App(
        name=features["bot_user"]["display_name"],
        scopes=frozenset(manifest["oauth_config"]["scopes"]["bot"]),
        events=frozenset(settings["event_subscriptions"]["bot_events"]),
        commands=frozenset(command["command"] for command in features.get("slash_commands", [])),
        shortcuts=frozenset(one["callback_id"] for one in features.get("shortcuts", []) if one["type"] == "message"),
        home=features.get("app_home", {}).get("home_tab_enabled", False),
    )
