"""One method of the Web API: what it needs, and how it refuses."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.slack.message import Channel, Json
from tests.slack.workspace import Workspace

Act = Callable[[Workspace, Json], Json]
_FAMILY = {"channel": "channels", "group": "groups", "im": "im"}


class Refused(Exception):  # noqa: N818 - it is an answer, no error
    """An answer that is not ok, with Slack's name for why and what else the answer holds."""

    def __init__(self, error: str, detail: str = "", **more: object) -> None:
        super().__init__(error)
        self.error, self.detail, self.more = error, detail, more


@dataclass(frozen=True)
class Method:
    """What a method does, the arguments and the scope it needs, and whether it takes the app's token."""

    act: Act
    needs: tuple[str, ...]
    scope: str | None
    app_token: bool


METHODS: dict[str, Method] = {}


def method(name: str, *needs: str, scope: str | None = None, app_token: bool = False) -> Callable[[Act], Act]:
    """Let the function below answer the method *name*."""

    def known(act: Act) -> Act:
        METHODS[name] = Method(act, needs, scope, app_token)
        return act

    return known


def require(workspace: Workspace, scope: str) -> None:
    """Refuse where the app does not have *scope*."""
    if scope not in workspace.app.scopes:
        provided = ",".join(sorted(workspace.app.scopes))
        raise Refused("missing_scope", scope, needed=scope, provided=provided)


def require_in(workspace: Workspace, channel: Channel, right: str) -> None:
    """Refuse where the app may not *right*, history or read, in such a *channel*."""
    require(workspace, f"{_FAMILY[channel.kind]}:{right}")


def channel_of(workspace: Workspace, given: str, *, joined: bool = True) -> Channel:
    """Return the channel *given* by id or #name; refuse if there is none, or the bot is not in it."""
    channel = workspace.channels.get(given)
    if channel is None and given.startswith("#"):
        channel = next((one for one in workspace.channels.values() if one.name == given[1:]), None)
    if channel is None:
        raise Refused("channel_not_found", given)
    if joined and workspace.app.user not in channel.members:
        raise Refused("not_in_channel", given)
    return channel


def number(arguments: Json, name: str, default: int) -> int:
    """Return an argument that is a whole number, however it was sent."""
    try:
        return int(arguments.get(name, default))
    except (TypeError, ValueError):
        raise Refused("invalid_arguments", f"{name} must be a number") from None


def true(arguments: Json, name: str) -> bool:
    """Return whether an argument is true, however it was sent."""
    return str(arguments.get(name, "")).lower() in ("true", "1")
