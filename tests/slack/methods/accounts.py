"""Who is who: auth, bots, users, connections."""

from tests.slack.message import Json
from tests.slack.methods.method import Refused, method
from tests.slack.workspace import User, Workspace


@method("api.test")
def api_test(workspace: Workspace, arguments: Json) -> Json:
    return {"args": arguments}


@method("auth.test")
def auth_test(workspace: Workspace, arguments: Json) -> Json:
    app = workspace.app
    return {
        "url": "https://study-group.slack.com/", "team": "Study group", "user": app.name, "team_id": app.team,
        "user_id": app.user, "bot_id": app.bot, "is_enterprise_install": False,
    }  # fmt: skip


@method("apps.connections.open", app_token=True)
def connections_open(workspace: Workspace, arguments: Json) -> Json:
    return {"url": workspace.connect()}


@method("bots.info", scope="users:read")
def bots_info(workspace: Workspace, arguments: Json) -> Json:
    app = workspace.app
    if arguments.get("bot") != app.bot:
        raise Refused("bot_not_found", str(arguments.get("bot")))
    return {"bot": {"id": app.bot, "deleted": False, "name": app.name, "app_id": app.id, "user_id": app.user}}


@method("users.info", "user", scope="users:read")
def users_info(workspace: Workspace, arguments: Json) -> Json:
    user = workspace.users.get(arguments["user"])
    if user is None:
        raise Refused("user_not_found", arguments["user"])
    return {"user": _told(workspace, user)}


@method("users.list", scope="users:read")
def users_list(workspace: Workspace, arguments: Json) -> Json:
    return {"members": [_told(workspace, user) for user in list(workspace.users.values())]}


def _told(workspace: Workspace, user: User) -> Json:
    return {
        "id": user.id, "team_id": workspace.app.team, "name": user.name, "tz": "Europe/Berlin", "tz_offset": 3600,
        "profile": {"real_name": user.name.title(), "display_name": user.name},
        "is_bot": user.id == workspace.app.user, "deleted": False,
    }  # fmt: skip
