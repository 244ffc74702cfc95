"""The response_url of an interaction: an app may answer through it five times within half an hour."""

import json
import secrets
import time
from dataclasses import dataclass

from aiohttp import web

from tests.slack.message import Channel, Json, Message
from tests.slack.methods.chat import blocks_of
from tests.slack.methods.method import Refused
from tests.slack.workspace import Workspace

_USES, _LASTS = 5, 1800.0
_KNOWN = {"text", "blocks", "response_type", "replace_original", "delete_original", "thread_ts", "metadata"}
_KNOWN |= {"unfurl_links", "unfurl_media", "attachments"}


@dataclass
class _Way:
    user: str
    channel: Channel
    on: Message | None
    until: float
    left: int = _USES


class ResponseUrls:
    """Makes response_urls and serves them."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace, self.address = workspace, ""
        self._ways: dict[str, _Way] = {}

    def make(self, user: str, channel: Channel, on: Message | None = None) -> str:
        """Return a new response_url for what *user* did in *channel*, perhaps on a message."""
        key = secrets.token_hex(12)
        self._ways[key] = _Way(user, channel, on, time.monotonic() + _LASTS)
        return f"{self.address}/actions/{self.workspace.app.team}/{key}"

    async def handle(self, request: web.Request) -> web.Response:
        """Take what the app says through a response_url."""
        way = self._ways.get(request.match_info["key"])
        try:
            self._take(way, json.loads(await request.text()))
        except ValueError:
            return self._refuse("invalid_payload")
        except Refused as refused:
            return self._refuse(refused.error, refused.detail)
        return web.Response(text="ok")

    def _refuse(self, error: str, detail: str = "") -> web.Response:
        self.workspace.wrong(error, f"response_url: {detail}")
        return web.Response(status=404 if error in ("expired_url", "used_url") else 400, text=error)

    def _take(self, way: _Way | None, said: Json) -> None:
        if way is None or time.monotonic() > way.until:
            raise Refused("expired_url")
        if not way.left:
            raise Refused("used_url", f"more than {_USES} times")
        if unknown := set(said) - _KNOWN:
            raise Refused("invalid_payload", ", ".join(sorted(unknown)))
        if way.on and not set(said) & {"replace_original", "delete_original", "response_type"}:
            self.workspace.wrong("unclear_response", "say replace_original, delete_original or response_type")
        way.left -= 1
        self.answer(way.user, way.channel, said, on=way.on)

    def answer(self, user: str, channel: Channel, said: Json, *, on: Message | None = None) -> None:
        """Show what the app answers to what *user* did: to that person alone, unless it says in_channel."""
        if said.get("delete_original") and on:
            self.workspace.touch(on, deleted=True)
            return
        text, blocks = said.get("text") or "", blocks_of(self.workspace, said)
        if not (text or blocks):
            raise Refused("no_text")
        if said.get("replace_original") and on:
            self.workspace.touch(on, text=text, blocks=blocks, edited=on.edited + 1)
            return
        alone = user if said.get("response_type", "ephemeral") == "ephemeral" else None
        self.workspace.post(
            Message(
                self.workspace.timestamp(), channel, self.workspace.app.user, text, blocks, said.get("thread_ts"),
                self.workspace.app.bot, only_for=alone,
            )
        )  # fmt: skip
