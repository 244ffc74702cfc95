"""Slack's end of Socket Mode: connections, envelopes and their acknowledgements, refresh."""

import asyncio
import json
import random
import secrets
import uuid
from contextlib import suppress
from dataclasses import dataclass, field

from aiohttp import WSMsgType, web

from tests.slack.courier import ACKNOWLEDGED_WITHIN, Delivery, Failed
from tests.slack.message import Json
from tests.slack.workspace import Workspace

_MOST = 10  #: connections of one app


@dataclass(eq=False)
class Connection:
    """One WebSocket of the app; one that is *leaving* gets nothing new."""

    request: web.Request
    socket: web.WebSocketResponse
    leaving: bool = False
    waiting: dict[str, asyncio.Future[Json]] = field(default_factory=dict)


class SocketMode:
    """Hands each envelope to one of the connections of the app, by chance."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.acknowledged_within = ACKNOWLEDGED_WITHIN
        self.most = _MOST
        self.deaf = False  #: acknowledgements get lost on their way
        self.connections: list[Connection] = []
        self._tickets: set[str] = set()
        self._sent: set[str] = set()
        self._draw = random.Random(7)

    def ticket(self) -> str:
        """Return a ticket that lets one connection in."""
        made = secrets.token_hex(8)
        self._tickets.add(made)
        return made

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Serve one connection until it ends."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            self.workspace.wrong("invalid_ticket", "a WebSocket was opened with no fresh ticket")
            return web.Response(status=403)
        self._tickets.remove(ticket)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        connection = Connection(request, socket)
        await self._join(connection)
        try:
            await self._listen(connection)
        finally:
            self._leave(connection)
        return socket

    async def _join(self, connection: Connection) -> None:
        if len(self.connections) >= self.most:
            await connection.socket.send_json({"type": "disconnect", "reason": "too_many_websockets"})
            await connection.socket.close()
            return
        self.connections.append(connection)
        await connection.socket.send_json(
            {
                "type": "hello", "num_connections": len(self.connections),
                "debug_info": {"host": "applink-fake", "build_number": 1, "approximate_connection_time": 18060},
                "connection_info": {"app_id": self.workspace.app.id},
            }
        )  # fmt: skip
        self._tell()

    async def _listen(self, connection: Connection) -> None:
        with suppress(ConnectionError):  # the pong to a client that has just gone
            async for message in connection.socket:
                if message.type == WSMsgType.TEXT:
                    self._acknowledge(connection, message.data)

    def _leave(self, connection: Connection) -> None:
        if connection in self.connections:
            self.connections.remove(connection)
        for waiting in connection.waiting.values():
            if not waiting.done():
                waiting.set_exception(ConnectionResetError())
        self._tell()

    def _tell(self) -> None:
        with self.workspace.changed:
            self.workspace.changed.notify_all()

    def _acknowledge(self, connection: Connection, data: str) -> None:
        try:
            said = json.loads(data)
            envelope = said["envelope_id"]
        except (ValueError, KeyError, TypeError):
            self.workspace.wrong("invalid_acknowledgement", data[:200])
            return
        if self.deaf:
            return
        waiting = connection.waiting.pop(envelope, None)
        if waiting and not waiting.done():
            waiting.set_result(said.get("payload") or {})
        elif envelope not in self._sent:
            self.workspace.wrong("unknown_envelope", envelope)

    async def attempt(self, delivery: Delivery, number: int, reason: str) -> Json | Failed:
        """Send *delivery* to one connection and wait for the acknowledgement."""
        ready = [one for one in self.connections if not one.leaving and not one.socket.closed]
        if not ready:
            return Failed("no_connection")
        return await self._send(self._draw.choice(ready), delivery, number, reason)

    async def _send(self, connection: Connection, delivery: Delivery, number: int, reason: str) -> Json | Failed:
        envelope = str(uuid.uuid4())
        told: Json = {"envelope_id": envelope, "type": delivery.kind, "payload": delivery.payload}
        told["accepts_response_payload"] = delivery.kind != "events_api"
        if delivery.kind == "events_api":
            told |= {"retry_attempt": number, "retry_reason": reason}
        self._sent.add(envelope)
        waiting = connection.waiting[envelope] = asyncio.get_running_loop().create_future()
        try:
            await connection.socket.send_str(json.dumps(told))
            return await asyncio.wait_for(waiting, self.acknowledged_within)
        except TimeoutError:
            return Failed("timeout")
        except ConnectionError:
            return Failed("connection_failed")
        finally:
            connection.waiting.pop(envelope, None)

    async def warn(self) -> None:
        """Tell every connection that it will have to go in about ten seconds."""
        await self._say("warning")

    async def refresh(self) -> None:
        """Ask every connection to come back as a new one, then end it, as Slack does every few hours."""
        old = list(self.connections)
        for connection in old:
            connection.leaving = True
        await self._say("refresh_requested")
        await asyncio.sleep(0.2)
        for connection in old:
            await connection.socket.close()

    def drop(self) -> None:
        """End every connection without a word."""
        for connection in list(self.connections):
            if connection.request.transport:
                connection.request.transport.abort()

    async def _say(self, reason: str) -> None:
        for connection in list(self.connections):
            told = {"type": "disconnect", "reason": reason, "debug_info": {"host": "applink-fake"}}
            await connection.socket.send_json(told)
