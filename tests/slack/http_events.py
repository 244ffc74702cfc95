"""Slack's end of HTTP mode: signed POSTs of events, interactions and commands, with repeats."""

import hashlib
import hmac
import http.client
import json
import time
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

import aiohttp

from tests.slack.app import App
from tests.slack.courier import ACKNOWLEDGED_WITHIN, Delivery, Failed, Kind
from tests.slack.message import Json
from tests.slack.workspace import Workspace

_JSON, _FORM = "application/json", "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Answer:
    """What the app answered to a POST."""

    status: int
    body: str


def body_of(kind: Kind, payload: Json) -> bytes:
    """Return the body of a POST: JSON of an event, a form of the others."""
    if kind == "events_api":
        return json.dumps(payload).encode()
    return urlencode({"payload": json.dumps(payload)} if kind == "interactive" else payload).encode()


def signed(app: App, body: bytes, *, kind: Kind = "events_api", at: float | None = None) -> dict[str, str]:
    """Return the headers of a POST of *body*, signed as of *at* (seconds since 1970; now, unless said)."""
    stamp = str(int(time.time() if at is None else at))
    base = b"v0:" + stamp.encode() + b":" + body
    signature = "v0=" + hmac.new(app.signing_secret.encode(), base, hashlib.sha256).hexdigest()
    return {
        "Content-Type": _JSON if kind == "events_api" else _FORM,
        "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
        "X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": signature,
    }  # fmt: skip


def post(url: str, body: bytes, headers: dict[str, str], *, seconds: float = 10.0) -> Answer:
    """POST *body* as it is, with whatever *headers*, and return the answer: what a stranger may try."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=seconds)
    try:
        connection.request("POST", parts.path, body, headers)
        answer = connection.getresponse()
        return Answer(answer.status, answer.read().decode(errors="replace"))
    finally:
        connection.close()


class HttpEvents:
    """Posts to the request URL of the app; *skew* is what Slack's clock is ahead by, in seconds."""

    def __init__(self, workspace: Workspace, url: str, *, skew: float = 0.0) -> None:
        self.workspace, self.url, self.skew = workspace, url, skew
        self.acknowledged_within = ACKNOWLEDGED_WITHIN
        self._session: aiohttp.ClientSession | None = None

    async def attempt(self, delivery: Delivery, number: int, reason: str) -> Json | Failed:
        """Post *delivery* and wait for 200."""
        body = body_of(delivery.kind, delivery.payload)
        headers = signed(self.workspace.app, body, kind=delivery.kind, at=time.time() + self.skew)
        if number:
            headers |= {"X-Slack-Retry-Num": str(number), "X-Slack-Retry-Reason": reason or "http_timeout"}
        try:
            return await self._post(body, headers)
        except TimeoutError:
            return Failed("http_timeout")
        except aiohttp.ClientError:
            return Failed("connection_failed")

    async def _post(self, body: bytes, headers: dict[str, str]) -> Json | Failed:
        self._session = self._session or aiohttp.ClientSession()
        limit = aiohttp.ClientTimeout(total=self.acknowledged_within)
        async with self._session.post(self.url, data=body, headers=headers, timeout=limit) as answer:
            text = await answer.text()
            if answer.status != 200:
                return Failed("http_error", give_up=answer.headers.get("X-Slack-No-Retry") == "1")
            if answer.content_type == _JSON:
                return dict(json.loads(text))
            return {"text": text} if text else {}

    async def stop(self) -> None:
        """Close the connections."""
        if self._session:
            await self._session.close()
