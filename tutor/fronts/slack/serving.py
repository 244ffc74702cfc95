"""The HTTP side: Slack's requests, health and metrics, on addresses that the operator names."""

import logging
import re
import socket
from collections.abc import Callable
from dataclasses import dataclass
from threading import Thread
from typing import TYPE_CHECKING

from tutor.errors import SlackError
from tutor.fronts.slack.manifest import PATH
from tutor.fronts.slack.receiving import MalformedError, heard
from tutor.fronts.slack.replays import Replays
from tutor.fronts.slack.settings import Settings

if TYPE_CHECKING:
    from slack_bolt import App, BoltRequest
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route

_LOG = logging.getLogger("tutor.slack")
LARGEST = 1024 * 1024  #: bytes of one request
_STAMP = re.compile(r"[0-9]{1,12}")  #: when Slack signed a request; Bolt would stumble over anything else
_GRACE = 10  #: seconds that a request may take to end when the server stops


@dataclass(frozen=True)
class Address:
    """A *host* and a *port* to listen on."""

    host: str
    port: int

    @classmethod
    def read(cls, said: str) -> "Address":
        """Return the address in HOST:PORT; a port alone means this machine only. A SlackError says what to write.

        >>> Address.read("3000")
        Address(host='127.0.0.1', port=3000)
        """
        host, _, port = said.rpartition(":")
        if not port.isascii() or not port.isdecimal() or int(port) > 65535:
            raise SlackError(f"{said} is no address; write HOST:PORT, for example 127.0.0.1:3000")
        return cls(host.strip("[]") or "127.0.0.1", int(port))

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


class Server:
    """An HTTP server in a thread of its own. Made means that it listens; `close` ends it after what it has begun."""

    def __init__(self, site: "Starlette", address: Address) -> None:
        from uvicorn import Config, Server

        self._socket = _listening(address)
        config = Config(
            site,
            log_config=None,
            access_log=False,
            server_header=False,
            lifespan="off",
            timeout_graceful_shutdown=_GRACE,
        )
        self._server = Server(config)
        self._thread = Thread(target=self._server.run, args=([self._socket],), name=f"http-{address}", daemon=True)
        self._thread.start()
        _LOG.info("listening", extra={"facts": {"address": f"{address.host}:{self.port}"}})

    @property
    def port(self) -> int:
        """The port it listens on."""
        return int(self._socket.getsockname()[1])

    def close(self) -> None:
        """Take no more requests, end those that were begun, and stop."""
        self._server.should_exit = True
        self._thread.join(_GRACE + 5)


def _listening(address: Address) -> socket.socket:
    family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
    try:
        return socket.create_server((address.host, address.port), family=family, backlog=512)
    except OSError as error:
        raise SlackError(f"cannot listen on {address}: {error.strerror or error}") from None


def site(
    *,
    app: "App | None" = None,
    ready: Callable[[], str | None],
    page: Callable[[], tuple[bytes, str]] | None = None,
    health: bool = True,
) -> "Starlette":
    """Return what is served: Slack's requests for *app*, health, and the *page* of metrics.

    *ready* returns None, or what is not ready.
    """
    from starlette.applications import Starlette

    routes = [*(_health(ready) if health else ()), *(_events(app) if app else ()), *(_metrics(page) if page else ())]
    return Starlette(routes=routes)


def _health(ready: Callable[[], str | None]) -> "list[Route]":
    from starlette.concurrency import run_in_threadpool
    from starlette.responses import PlainTextResponse
    from starlette.routing import Route

    async def healthz(_: "Request") -> "Response":
        return PlainTextResponse("alive\n")

    async def readyz(_: "Request") -> "Response":
        missing = await run_in_threadpool(ready)
        return PlainTextResponse(
            f"not ready: {missing}\n" if missing else "ready\n", status_code=503 if missing else 200
        )

    return [Route("/healthz", healthz), Route("/readyz", readyz)]


def _metrics(page: Callable[[], tuple[bytes, str]]) -> "list[Route]":
    from starlette.concurrency import run_in_threadpool
    from starlette.responses import Response
    from starlette.routing import Route

    async def metrics(_: "Request") -> "Response":
        said, kind = await run_in_threadpool(page)
        return Response(said, headers={"content-type": kind})

    return [Route("/metrics", metrics)]


def _events(app: "App") -> "list[Route]":
    from slack_bolt.adapter.starlette.handler import to_bolt_request, to_starlette_response
    from starlette.concurrency import run_in_threadpool
    from starlette.responses import PlainTextResponse
    from starlette.routing import Route

    seen = Replays()

    async def events(request: "Request") -> "Response":
        signature = request.headers.get("x-slack-signature", "")
        if signature in seen or not _STAMP.fullmatch(request.headers.get("x-slack-request-timestamp", "")):
            return PlainTextResponse("not signed by Slack, or seen before\n", status_code=401)
        body = await _body(request)
        if body is None:
            _LOG.warning("too large", extra={"facts": {"path": PATH}})
            return PlainTextResponse("too large\n", status_code=413)
        try:
            asked = to_bolt_request(request, body)
            _must_be_whole(asked)
        except (ValueError, TypeError, AttributeError, RecursionError, MalformedError) as error:
            _LOG.warning("malformed", extra={"facts": {"path": PATH, "reason": type(error).__name__}})
            return PlainTextResponse("malformed\n", status_code=400)
        answer = await run_in_threadpool(app.dispatch, asked)
        if answer.status == 200:
            seen.add(signature)
        return to_starlette_response(answer)

    return [Route(PATH, events, methods=["POST"])]


async def _body(request: "Request") -> bytes | None:
    """Return the body of *request*; None where it is larger than any that Slack sends."""
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > LARGEST:
            return None
    return bytes(body)


def _must_be_whole(asked: "BoltRequest") -> None:
    """Raise a MalformedError where a request is not what Slack sends, whoever signed it."""
    body = asked.body
    if not isinstance(body, dict) or not body:
        raise MalformedError("no body")
    if body.get("type") == "event_callback" and not isinstance(body.get("event"), dict):
        raise MalformedError("no event")
    heard(body, "", Settings(), lambda _: True, now=0.0)
