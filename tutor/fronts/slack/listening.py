"""Where a Bolt app hands over: each request for the tutor is written down, and only then acknowledged."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any

from tutor.fronts.slack.receiving import REASON, SHORTCUT
from tutor.fronts.slack.settings import Settings

if TYPE_CHECKING:
    from slack_bolt import App, BoltContext, BoltResponse
    from slack_bolt.async_app import AsyncApp

Take = Callable[[Mapping[str, Any], str], int | None]
"""Takes the body of a request and the id of the tutor's own user; returns the status to answer, or None to pass on."""


def listen(app: "App | AsyncApp", take: Take, settings: Settings) -> None:
    """Let *app* hand every request that may be for the tutor to *take*.

    A fault in *take* becomes status 500, so that Slack sends the request again.
    """
    middleware = _async_middleware(take) if _is_async(app) else _middleware(take)
    for event in ("app_mention", "message", "app_home_opened"):
        app.event(event, middleware=[middleware])(_never(app))
    app.action(re.compile("^tutor_"), middleware=[middleware])(_never(app))
    app.command(settings.command, middleware=[middleware])(_never(app))
    app.shortcut(SHORTCUT, middleware=[middleware])(_never(app))
    app.view(REASON, middleware=[middleware])(_never(app))


def _is_async(app: "App | AsyncApp") -> bool:
    return hasattr(app, "async_dispatch")


def _middleware(take: Take) -> "Callable[..., BoltResponse | None]":
    def accept(body: dict[str, Any], context: "BoltContext") -> "BoltResponse | None":
        return _response(take(body, context.bot_user_id or ""))

    return accept


def _async_middleware(take: Take) -> "Callable[..., Awaitable[BoltResponse | None]]":
    async def accept(body: dict[str, Any], context: "BoltContext") -> "BoltResponse | None":
        return _response(await asyncio.to_thread(take, body, context.bot_user_id or ""))

    return accept


def _response(status: int | None) -> "BoltResponse | None":
    from slack_bolt import BoltResponse

    return None if status is None else BoltResponse(status=status, body="")


def _never(app: "App | AsyncApp") -> Callable[[], Any]:
    """Return the listener that Bolt asks for beside the middleware, which never lets it come to that."""

    def never() -> None:
        raise AssertionError("the middleware answers")

    async def never_async() -> None:
        raise AssertionError("the middleware answers")

    return never_async if _is_async(app) else never
