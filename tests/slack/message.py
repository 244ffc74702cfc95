"""What people see: messages in channels, modals and Home tabs; the words in them and what can be pressed."""

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]

_PING = re.compile(r"<(?:!(?:channel|here|everyone|subteam\^[^>]*)|@[UW][A-Z0-9]+)(?:\|[^>]*)?>")


@dataclass
class Channel:
    """A place to talk: a channel, a private one ("group") or a direct message ("im")."""

    id: str
    name: str
    kind: str = "channel"
    members: set[str] = field(default_factory=set)


@dataclass
class Message:
    """A message as it stands now; *only_for* names the one person who sees an ephemeral one."""

    ts: str
    channel: Channel
    user: str
    text: str
    blocks: list[Json] = field(default_factory=list)
    thread_ts: str | None = None
    bot: str | None = None
    subtype: str | None = None
    metadata: Json | None = None
    only_for: str | None = None
    edited: int = 0
    deleted: bool = False
    reactions: list[tuple[str, str]] = field(default_factory=list)
    at: float = field(default_factory=time.monotonic)

    @property
    def thread(self) -> str:
        """The timestamp of the message that opens the thread: its own where it is in none."""
        return self.thread_ts or self.ts

    def elements(self) -> Iterator[tuple[Json, Json]]:
        """Yield what can be pressed or chosen, each with the block it stands in."""
        return interactive(self.blocks)

    def labels(self) -> list[str]:
        """Return the words on the buttons."""
        return [element["text"]["text"] for _, element in self.elements() if element["type"] == "button"]

    def shown(self) -> str:
        """Return all the words of the blocks, in order; of the text where there are no blocks."""
        return "\n".join(words(self.blocks)) if self.blocks else self.text

    def pings(self) -> list[str]:
        """Return what in the text or the blocks would ping somebody."""
        return _PING.findall("\n".join([self.text, *words(self.blocks, raw=True)]))

    def to_json(self, *, metadata: bool = False) -> Json:
        """Return the message as Slack hands it out; *metadata* comes with it only when asked for."""
        made: Json = {"type": "message", "ts": self.ts, "user": self.user, "text": self.text}
        optional = {
            "thread_ts": self.thread_ts, "bot_id": self.bot, "subtype": self.subtype, "blocks": self.blocks,
            "metadata": self.metadata if metadata else None,
        }  # fmt: skip
        made |= {name: value for name, value in optional.items() if value}
        if self.edited:
            made["edited"] = {"user": self.user, "ts": self.ts}
        return made


@dataclass
class View:
    """A modal, or the Home tab of a person."""

    id: str
    user: str
    content: Json
    hash: str
    previous: str | None = None
    errors: dict[str, str] = field(default_factory=dict)

    def shown(self) -> str:
        """Return all the words of the view, in order."""
        return "\n".join(words([self.content]))

    def elements(self) -> Iterator[tuple[Json, Json]]:
        """Yield what can be pressed or chosen, each with the block it stands in."""
        return interactive(self.content["blocks"])


def number_blocks(blocks: list[Json], fresh: Callable[[str], str]) -> None:
    """Give a block_id to each block that has none, as Slack does."""
    for block in blocks:
        block.setdefault("block_id", fresh("b"))


def elements_of(block: Json) -> list[Json]:
    """Return what stands in *block* beside its text."""
    held = [*block.get("elements", []), block.get("accessory"), block.get("element")]
    return [one for one in held if isinstance(one, dict)]


def interactive(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Yield each element of *blocks* that can be pressed, chosen or filled in, with its block; votes as buttons."""
    for block in blocks:
        for element in elements_of(block):
            if element.get("type") == "feedback_buttons":
                for side in ("positive_button", "negative_button"):
                    yield block, {"type": "button", "action_id": element["action_id"], **element[side]}
            elif "action_id" in element:
                yield block, element


def words(held: Any, *, raw: bool = False) -> Iterator[str]:
    """Yield the texts in blocks, in order; of *raw* ones only those in which a mention pings."""
    if isinstance(held, list):
        for one in held:
            yield from words(one, raw=raw)
    elif isinstance(held, dict):
        if isinstance(held.get("text"), str) and not (raw and held.get("type") == "plain_text"):
            yield held["text"]
        for name, one in held.items():
            if name not in ("value", "metadata", "private_metadata"):
                yield from words(one, raw=raw)
