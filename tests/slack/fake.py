"""A Slack of our own on 127.0.0.1: Web API, Socket Mode, signed HTTP events; and a workspace to act and look in.

python -m tests.slack.fake --port 0 starts one, says how an app reaches it, takes lines such as "ada: @tutor hello", and
prints what the app says.
"""

import argparse
import asyncio
import sys
import threading
from collections.abc import Coroutine
from functools import partial
from types import TracebackType
from typing import Any, Self, TypeVar

from aiohttp import web

from tests.slack import events
from tests.slack.app import App
from tests.slack.courier import Courier, Delivery
from tests.slack.http_events import HttpEvents
from tests.slack.message import Json, Message
from tests.slack.people import Person
from tests.slack.response_urls import ResponseUrls
from tests.slack.socket_mode import SocketMode
from tests.slack.web_api import WebApi
from tests.slack.workspace import PATIENCE, Workspace

_T = TypeVar("_T")


class FakeSlack:
    """A running fake; it serves from a thread of its own until it is left."""

    def __init__(self, app: App | None = None, *, port: int = 0) -> None:
        self.app = app or App()
        self.workspace = Workspace(self.app)
        self.web, self.socket = WebApi(self.workspace), SocketMode(self.workspace)
        self.urls = ResponseUrls(self.workspace)
        self.loop = asyncio.new_event_loop()
        self.courier = Courier(self.workspace, self.loop, self.socket)
        self._thread = threading.Thread(target=self._serve, name="fake Slack", daemon=True)
        self._port, self._sites, self._ways = port, list[web.TCPSite](), list[HttpEvents]()

    def __enter__(self) -> Self:
        self._thread.start()
        self.run(self._open())
        self.address = f"http://127.0.0.1:{self._port}"
        self.api = f"{self.address}/api/"
        self.urls.address = self.address
        self.workspace.announce = self.announce
        self.workspace.connect = lambda: f"ws://127.0.0.1:{self._port}/link/?ticket={self.socket.ticket()}"
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.run(self._close())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join()
        self.loop.close()

    def run(self, work: Coroutine[Any, Any, _T]) -> _T:
        """Do *work* on the loop of the fake and return what comes of it."""
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(PATIENCE)

    def person(self, name: str) -> Person:
        """Return who is called *name*."""
        return Person(self.workspace.user(name), self.workspace, self.courier, self.urls)

    def bot_says(self, text: str, channel: str = "study", thread: Message | None = None) -> Message:
        """Let the bot of somebody else say *text*."""
        place = thread.channel if thread else self.workspace.channel(channel)
        return self.workspace.post(
            Message(
                self.workspace.timestamp(), place, "U0OTHER", text, thread_ts=thread.thread if thread else None,
                bot="B0OTHER", subtype="bot_message",
            )
        )  # fmt: skip

    def over_http(self, url: str, *, skew: float = 0.0) -> HttpEvents:
        """From now on post everything to *url*, signed, instead of using Socket Mode."""
        self.courier.transport = way = HttpEvents(self.workspace, url, skew=skew)
        self._ways.append(way)
        return way

    def environment(self) -> dict[str, str]:
        """Return the variables by which a bot process finds this Slack and its tokens."""
        return {
            "SLACK_BOT_TOKEN": self.app.bot_token, "SLACK_APP_TOKEN": self.app.app_token,
            "SLACK_SIGNING_SECRET": self.app.signing_secret, "SLACK_API_URL": self.api,
        }  # fmt: skip

    def connected(self, count: int = 1) -> None:
        """Wait until the app has *count* WebSockets open."""
        self.workspace.wait(lambda: len(self.socket.connections) >= count, what=f"{count} connections")

    def answered(self, message: Message, count: int = 1, *, seconds: float = PATIENCE) -> list[Message]:
        """Wait until the app has said *count* things in the thread of *message*, and return all it said there."""
        said = self.workspace.answers
        return list(
            self.workspace.wait(lambda: len(held := said(message)) >= count and held, seconds, what="an answer")
        )

    def quiet(self) -> None:
        """Wait until everything has been brought to the app."""
        self.workspace.wait(lambda: not self.courier.under_way, what="acknowledgements")

    def hang_up(self) -> None:
        """Break every WebSocket."""
        self.loop.call_soon_threadsafe(self.socket.drop)

    def refresh(self) -> None:
        """Ask every WebSocket to come back as a new one, as Slack does now and then."""
        self.run(self.socket.refresh())

    def vanish(self) -> None:
        """Be gone: nothing listens any more, and every connection breaks."""
        self.run(self._vanish())

    def come_back(self) -> None:
        """Listen again, at the same address."""
        self.run(self._listen())

    def announce(self, message: Message, before: Json | None) -> None:
        """Tell the app what happened to a message, as far as it listens."""
        app, channel = self.app, message.channel
        if app.user not in channel.members:
            return
        told = [events.changed(app, message, before)] if before else [events.said(app, message)]
        told = told if app.hears(events.subscription(channel)) else []
        mention = f"<@{app.user}>" in message.text and channel.kind != "im" and message.bot != app.bot
        if mention and not before and app.hears("app_mention"):
            told.insert(len(self.courier.deliveries) % 2, events.mentioned(app, message))  # either may come first
        for event in told:
            self.courier.send(Delivery("events_api", events.event_callback(app, event)))

    def _serve(self) -> None:
        asyncio.set_event_loop(self.loop)
        self.loop.run_forever()

    async def _open(self) -> None:
        served = web.Application()
        served.router.add_route("*", "/api/{method}", self.web.handle)
        served.router.add_get("/link/", self.socket.handle)
        served.router.add_post("/actions/{team}/{key}", self.urls.handle)
        self._runner = web.AppRunner(served, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await self._listen()

    async def _listen(self) -> None:
        site = web.TCPSite(self._runner, "127.0.0.1", self._port)
        await site.start()
        self._sites = [site]
        self._port = self._runner.addresses[0][1]

    async def _vanish(self) -> None:
        for site in self._sites:
            await site.stop()
        self.socket.drop()
        if self._runner.server:
            await self._runner.server.shutdown(0.1)

    async def _close(self) -> None:
        await self.courier.stop()
        for way in self._ways:
            await way.stop()
        self.socket.drop()
        await self._runner.cleanup()


def main() -> None:
    """Serve until the input ends; each line is said by somebody, each thing the app says is printed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--port", type=int, default=0, help="where to listen on 127.0.0.1; 0 takes a free one")
    with FakeSlack(port=parser.parse_args().port) as slack:
        for name, value in slack.environment().items():
            _say(f"export {name}={value}")
        slack.workspace.announce = partial(_overheard, slack)
        for line in sys.stdin:
            name, _, text = line.strip().partition(": ")
            if text:
                slack.person(name).says(text)


def _overheard(slack: FakeSlack, message: Message, before: Json | None) -> None:
    slack.announce(message, before)
    if message.bot:
        _say(f"{message.shown()}\n{message.labels() or ''}")


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
