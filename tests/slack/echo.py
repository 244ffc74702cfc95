"""A trivial Bolt app that echoes, run in all four ways that Bolt has: threads or asyncio, Socket Mode or HTTP."""

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.adapter.starlette import SlackRequestHandler
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk import WebClient
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tests.slack.fake import FakeSlack
from tests.slack.message import Json

BUTTONS: list[Json] = [
    {"type": "section", "text": {"type": "mrkdwn", "text": "Which?"}},
    {
        "type": "actions",
        "elements": [
            {"type": "button", "action_id": "left", "value": "l", "text": {"type": "plain_text", "text": "Left"}},
            {"type": "button", "action_id": "right", "value": "r", "text": {"type": "plain_text", "text": "Right"}},
        ],
    },
]


def echo(slack: FakeSlack) -> App:
    """Return an app that echoes each mention into its thread and each press into the message."""
    app = App(client=WebClient(slack.app.bot_token, base_url=slack.api), signing_secret=slack.app.signing_secret)

    @app.event("app_mention")
    def mentioned(event: Json, say: Any) -> None:
        say(text=event["text"], thread_ts=event.get("thread_ts", event["ts"]))

    @app.event("message")
    def heard() -> None:
        """Acknowledge what is not for the app."""

    @app.command("/tutor")
    def commanded(ack: Any, command: Json) -> None:
        ack(f"you typed {command['text']}")

    return app


def async_echo(slack: FakeSlack) -> AsyncApp:
    """Return the same as an asyncio app."""
    client = AsyncWebClient(slack.app.bot_token, base_url=slack.api)
    app = AsyncApp(client=client, signing_secret=slack.app.signing_secret)

    @app.event("app_mention")
    async def mentioned(event: Json, say: Any) -> None:
        await say(text=event["text"], thread_ts=event.get("thread_ts", event["ts"]))

    @app.event("message")
    async def heard() -> None:
        """Acknowledge what is not for the app."""

    @app.command("/tutor")
    async def commanded(ack: Any, command: Json) -> None:
        await ack(f"you typed {command['text']}")

    return app


@contextmanager
def by_socket(slack: FakeSlack, app: App | None = None) -> Iterator[App]:
    """Run *app* (echo, unless another is given) in Socket Mode."""
    app = app or echo(slack)
    handler = SocketModeHandler(app, slack.app.app_token, web_client=app.client, ping_interval=0.2)
    handler.connect()
    try:
        slack.connected()
        yield app
        slack.quiet()
    finally:
        handler.client.auto_reconnect_enabled = False
        slack.hang_up()  # wakes the client, which would otherwise read on for three seconds
        handler.close()


@contextmanager
def by_async_socket(slack: FakeSlack) -> Iterator[None]:
    """Run the asyncio echo in Socket Mode, in a thread."""
    done = asyncio.Event()

    async def serve() -> None:
        app = async_echo(slack)
        handler = AsyncSocketModeHandler(app, slack.app.app_token, web_client=app.client, ping_interval=1)
        await handler.connect_async()
        await done.wait()
        await handler.close_async()

    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=lambda: loop.run_until_complete(serve()))
    thread.start()
    try:
        slack.connected()
        yield
        slack.quiet()
    finally:
        loop.call_soon_threadsafe(done.set)
        thread.join()
        loop.close()


@contextmanager
def by_http(slack: FakeSlack, app: App | None = None) -> Iterator[str]:
    """Run *app* (echo, unless another is given) over HTTP; gives its request URL."""
    handler = SlackRequestHandler(app or echo(slack))

    async def events(request: Request) -> Response:
        return await handler.handle(request)

    with _served(slack, events) as url:
        yield url


@contextmanager
def by_async_http(slack: FakeSlack) -> Iterator[str]:
    """Run the asyncio echo over HTTP."""
    held: list[AsyncSlackRequestHandler] = []

    async def events(request: Request) -> Response:
        if not held:
            held.append(AsyncSlackRequestHandler(async_echo(slack)))
        return await held[0].handle(request)

    with _served(slack, events) as url:
        yield url


@contextmanager
def _served(slack: FakeSlack, events: Callable[[Request], Any]) -> Iterator[str]:
    web = Starlette(routes=[Route("/slack/events", events, methods=["POST"])])
    server = uvicorn.Server(uvicorn.Config(web, host="127.0.0.1", port=0, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            time.sleep(0.01)
        url = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}/slack/events"
        slack.over_http(url)
        yield url
        slack.quiet()
    finally:
        server.should_exit = True
        thread.join()
