"""Where people talk: opening, naming, and reading what was said."""

from collections.abc import Sequence

from tests.slack.message import Channel, Json, Message
from tests.slack.methods.method import Refused, channel_of, method, number, require_in, true
from tests.slack.workspace import Workspace

_MOST = 1000  #: messages a page


@method("conversations.open", scope="im:write")
def open_direct(workspace: Workspace, arguments: Json) -> Json:
    users = str(arguments.get("users", "")).split(",")
    if len(users) != 1 or users[0] not in workspace.users:
        raise Refused("user_not_found", ",".join(users))
    return {"channel": {"id": workspace.direct(users[0]).id}}


@method("conversations.info", "channel")
def info(workspace: Workspace, arguments: Json) -> Json:
    channel = channel_of(workspace, arguments["channel"], joined=False)
    require_in(workspace, channel, "read")
    return {"channel": _told(workspace, channel)}


@method("conversations.list")
def listed(workspace: Workspace, arguments: Json) -> Json:
    kinds = {"public_channel": "channel", "private_channel": "group", "im": "im"}
    wanted = {kinds[kind] for kind in str(arguments.get("types", "public_channel")).split(",")}
    held = [one for one in workspace.channels.values() if one.kind in wanted]
    for channel in held:
        require_in(workspace, channel, "read")
    return {"channels": [_told(workspace, one) for one in held], "response_metadata": {"next_cursor": ""}}


@method("conversations.members", "channel")
def members(workspace: Workspace, arguments: Json) -> Json:
    channel = channel_of(workspace, arguments["channel"])
    require_in(workspace, channel, "read")
    return {"members": sorted(channel.members), "response_metadata": {"next_cursor": ""}}


@method("conversations.replies", "channel", "ts")
def replies(workspace: Workspace, arguments: Json) -> Json:
    channel = channel_of(workspace, arguments["channel"])
    require_in(workspace, channel, "history")
    asked = workspace.found(channel.id, str(arguments["ts"]))
    if asked is None:
        raise Refused("thread_not_found", str(arguments["ts"]))
    return _page([one for one in workspace.thread(asked) if not one.only_for], arguments)


@method("conversations.history", "channel")
def history(workspace: Workspace, arguments: Json) -> Json:
    channel = channel_of(workspace, arguments["channel"])
    require_in(workspace, channel, "history")
    held = [one for one in workspace.messages[channel.id].values() if not (one.deleted or one.only_for)]
    return _page([one for one in reversed(held) if one.thread == one.ts], arguments)


def _page(held: Sequence[Message], arguments: Json) -> Json:
    """Return one page of the messages *held*, within oldest and latest."""
    oldest, latest = str(arguments.get("oldest") or "0"), str(arguments.get("latest") or "9")
    exact = true(arguments, "inclusive")
    within = [one for one in held if oldest < one.ts < latest or (exact and one.ts in (oldest, latest))]
    start, most = number(arguments, "cursor", 0), min(_MOST, number(arguments, "limit", 100))
    more = start + most < len(within)
    return {
        "messages": [one.to_json(metadata=true(arguments, "include_all_metadata")) for one in within[start:][:most]],
        "has_more": more, "response_metadata": {"next_cursor": str(start + most) if more else ""},
    }  # fmt: skip


def _told(workspace: Workspace, channel: Channel) -> Json:
    return {
        "id": channel.id, "name": channel.name, "is_channel": channel.kind == "channel",
        "is_group": channel.kind == "group", "is_im": channel.kind == "im", "is_private": channel.kind != "channel",
        "is_member": workspace.app.user in channel.members,
    }  # fmt: skip
