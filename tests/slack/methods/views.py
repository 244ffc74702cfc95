"""Modals and Home tabs, as the app opens and changes them."""

import time

from tests.slack.blocks import wrong_in_view
from tests.slack.events import view_json
from tests.slack.message import Json, View
from tests.slack.methods.chat import decoded
from tests.slack.methods.method import Refused, method
from tests.slack.workspace import Workspace

_TRIGGER_LASTS = 3.0  #: seconds
_DEEPEST = 3  #: modals on top of each other


@method("views.open", "trigger_id", "view")
def opened(workspace: Workspace, arguments: Json) -> Json:
    user = _triggered(workspace, str(arguments["trigger_id"]))
    workspace.modals[user] = []
    return _shown(workspace, View(workspace.fresh("V"), user, view_of(arguments["view"], "modal"), workspace.fresh("")))


@method("views.push", "trigger_id", "view")
def pushed(workspace: Workspace, arguments: Json) -> Json:
    user = _triggered(workspace, str(arguments["trigger_id"]))
    stack = workspace.modals.get(user, [])
    if not 0 < len(stack) < _DEEPEST:
        raise Refused("push_limit_reached", f"{len(stack)} modals")
    view = View(workspace.fresh("V"), user, view_of(arguments["view"], "modal"), workspace.fresh(""), stack[-1].id)
    return _shown(workspace, view)


@method("views.update", "view")
def updated(workspace: Workspace, arguments: Json) -> Json:
    stacks = [one for stack in workspace.modals.values() for one in stack]
    wanted = arguments.get("view_id")
    held = next((one for one in [*stacks, *workspace.homes.values()] if one.id == wanted), None)
    if held is None:
        raise Refused("not_found", str(wanted))
    _unchanged(held, arguments)
    held.content, held.hash = view_of(arguments["view"], held.content["type"]), workspace.fresh("")
    return _shown(workspace, held)


@method("views.publish", "user_id", "view")
def published(workspace: Workspace, arguments: Json) -> Json:
    user = arguments["user_id"]
    if user not in workspace.users:
        raise Refused("user_not_found", user)
    if not workspace.app.home:
        raise Refused("not_enabled", "the Home tab is off in the manifest")
    content = view_of(arguments["view"], "home")
    held = workspace.homes.get(user)
    if held:
        _unchanged(held, arguments)
    identity = held.id if held else workspace.fresh("V")
    return _shown(workspace, View(identity, user, content, workspace.fresh("")))


def view_of(given: object, kind: str) -> Json:
    """Return a view that the app hands over; refuse one that Slack would not take, or of another *kind*."""
    view = decoded(given, "invalid_arguments")
    if wrong := wrong_in_view(view):
        raise Refused("invalid_arguments", "; ".join(wrong), response_metadata={"messages": wrong})
    if view["type"] != kind:
        raise Refused("invalid_arguments", f"a {kind} is needed, not a {view['type']}")
    return dict(view)


def _shown(workspace: Workspace, view: View) -> Json:
    return {"view": view_json(workspace.show(view))}


def _unchanged(held: View, arguments: Json) -> None:
    if arguments.get("hash") not in (None, held.hash):
        raise Refused("hash_conflict")


def _triggered(workspace: Workspace, trigger: str) -> str:
    """Use up *trigger* and return whose it is."""
    if trigger not in workspace.triggers:
        raise Refused("invalid_trigger_id", trigger)
    user, at = workspace.triggers.pop(trigger)
    if time.monotonic() - at > _TRIGGER_LASTS:
        raise Refused("expired_trigger_id", f"{time.monotonic() - at:.1f} s old")
    return user
