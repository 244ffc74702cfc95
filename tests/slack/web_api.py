"""The Web API over HTTP: tokens, arguments, troubles and the pace, then the method itself."""

import asyncio
import json
import time
import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from tests.slack.message import Json
from tests.slack.methods import METHODS
from tests.slack.methods.method import Method, Refused, require
from tests.slack.troubles import Limited, Pace, Refuse, Reset, Silent, Slow, Status, Trouble, Troubles
from tests.slack.workspace import Workspace


@dataclass(frozen=True)
class Call:
    """A call as it came: *at* is on the monotonic clock, *came* what was answered (an error of Slack, or "ok")."""

    method: str
    arguments: Json
    at: float
    came: str


class WebApi:
    """Answers calls of methods, and keeps a list of them."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.troubles, self.pace = Troubles(), Pace()
        self.calls: list[Call] = []

    def called(self, method: str) -> list[Call]:
        """Return the calls of *method* so far, in order."""
        return [one for one in self.calls if one.method == method]

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Answer one call; what fails in the fake itself is noted, so that a test fails by it."""
        name, at = request.match_info["method"], time.monotonic()
        arguments: Json = {}
        try:
            arguments = await _arguments(request)
            answer, came = await self._answer(request, name, arguments)
        except Refused as refused:
            self.workspace.wrong(refused.error, f"{name}: {refused.detail}")
            told = {"ok": False, "error": refused.error, **refused.more}
            answer, came = web.json_response(told), refused.error
        except Exception:  # the fake must never hide its own bugs
            self.workspace.wrong("the fake failed", traceback.format_exc())
            answer, came = web.Response(status=500), "the fake failed"
        self._note(Call(name, arguments, at, came))
        return answer

    def _note(self, call: Call) -> None:
        with self.workspace.changed:
            self.calls.append(call)
            self.workspace.changed.notify_all()

    async def _answer(self, request: web.Request, name: str, arguments: Json) -> tuple[web.Response, str]:
        method = METHODS.get(name)
        if method is None:
            raise Refused("unknown_method", name, req_method=name)
        self._admit(request, method, arguments)
        if answer := await self._troubled(request, name, arguments, after=False):
            return answer
        if name == "chat.postMessage" and (seconds := self.pace.waits(str(arguments["channel"]), time.monotonic())):
            return _limited(seconds), "ratelimited"
        done = method.act(self.workspace, arguments)
        return await self._troubled(request, name, arguments, after=True) or (_ok(self.workspace, done), "ok")

    async def _troubled(
        self, request: web.Request, name: str, arguments: Json, *, after: bool
    ) -> tuple[web.Response, str] | None:
        """Return the answer of a call that meets trouble and what to call it; None where it meets none, or is late."""
        trouble = self.troubles.meets(name, arguments, after=after)
        answer = await _met(trouble, request) if trouble else None
        return (answer, f"{type(trouble).__name__}{' after' if after else ''}") if answer is not None else None

    def _admit(self, request: web.Request, method: Method, arguments: Json) -> None:
        """Check token, scope and arguments."""
        app = self.workspace.app
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        token = token if scheme == "Bearer" else arguments.pop("token", "")
        if not token:
            raise Refused("not_authed")
        if token not in (app.bot_token, app.app_token):
            raise Refused("invalid_auth")
        if (token == app.app_token) != method.app_token:
            raise Refused("not_allowed_token_type")
        if method.scope:
            require(self.workspace, method.scope)
        if missing := [name for name in method.needs if arguments.get(name) in (None, "")]:
            raise Refused("invalid_arguments", f"missing required field: {', '.join(missing)}")


async def _arguments(request: web.Request) -> Json:
    """Return the arguments of a call: in the query, a form, or JSON."""
    given: Mapping[str, Any] = dict(request.query)
    if request.content_type == "application/json":
        try:
            body = json.loads(await request.text() or "{}")
        except ValueError:
            raise Refused("invalid_json") from None
        if not isinstance(body, dict):
            raise Refused("json_not_object")
        return {**given, **body}
    return {**given, **{name: str(value) for name, value in (await request.post()).items()}}


def _ok(workspace: Workspace, done: Json) -> web.Response:
    scopes = ",".join(sorted(workspace.app.scopes))
    return web.json_response({"ok": True, **done}, headers={"X-OAuth-Scopes": scopes})


def _limited(seconds: int) -> web.Response:
    told = {"ok": False, "error": "ratelimited"}
    return web.json_response(told, status=429, headers={"Retry-After": str(seconds)})


async def _met(trouble: Trouble, request: web.Request) -> web.Response | None:
    """Return the answer of a call that meets *trouble*; None where it is only late."""
    match trouble:
        case Refuse(error):
            return web.json_response({"ok": False, "error": error})
        case Status(status):
            return web.Response(status=status, text="<html>Server Error</html>", content_type="text/html")
        case Limited(seconds):
            return _limited(seconds)
        case Slow(seconds):
            await asyncio.sleep(seconds)
            return None
        case Silent(seconds):
            await asyncio.sleep(seconds)
            return _broken(request)
        case Reset():
            return _broken(request)


def _broken(request: web.Request) -> web.Response:
    if request.transport:
        request.transport.abort()
    return web.Response()
