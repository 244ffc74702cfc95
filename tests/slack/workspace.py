"""The state of the fake workspace: who is there, what was said, what is shown to whom, and what the app did wrong."""

import itertools
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.slack.app import App
from tests.slack.message import Channel, Json, Message, View, number_blocks

PATIENCE = 90.0  #: seconds that a test waits for something before it fails


@dataclass(frozen=True)
class User:
    """Somebody in the workspace."""

    id: str
    name: str


@dataclass(frozen=True)
class Mistake:
    """Something that the app did wrong, by the name Slack gives it."""

    name: str
    detail: str


class Workspace:
    """All that the fake knows; every change goes through it, under one lock, and wakes those who wait."""

    def __init__(self, app: App) -> None:
        self.app = app
        self.changed = threading.Condition(threading.RLock())
        self.users = {app.user: User(app.user, app.name)}
        self.channels: dict[str, Channel] = {}
        self.messages: dict[str, dict[str, Message]] = {}
        self.threads: dict[tuple[str, str], list[Message]] = {}
        self.homes: dict[str, View] = {}
        self.modals: dict[str, list[View]] = {}
        self.triggers: dict[str, tuple[str, float]] = {}
        self.mistakes: list[Mistake] = []
        self.announce: Callable[[Message, Json | None], None] = lambda _message, _before: None
        self.connect: Callable[[], str] = str
        self._count = itertools.count(1)
        self._last_ts = 0

    def fresh(self, letter: str) -> str:
        """Return an id nobody has: *letter* and a number."""
        return f"{letter}{next(self._count):08d}"

    def timestamp(self) -> str:
        """Return a timestamp later than any before."""
        with self.changed:
            self._last_ts = max(self._last_ts + 1, time.time_ns() // 1000)
            return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    def user(self, name: str) -> User:
        """Return who is called *name*; somebody new joins."""
        with self.changed:
            found = next((one for one in self.users.values() if one.name == name), None)
            made = found or User(self.fresh("U"), name)
            self.users[made.id] = made
            return made

    def channel(self, name: str, kind: str = "channel", *, bot: bool = True) -> Channel:
        """Return the channel called *name*; a new one is opened, with the bot in it unless told otherwise."""
        with self.changed:
            found = next((one for one in self.channels.values() if one.name == name), None)
            return found or self._opened(name, kind, {self.app.user} if bot else set())

    def direct(self, user: str) -> Channel:
        """Return the direct messages between the bot and *user*, named by id."""
        with self.changed:
            found = self.channels.get(f"D{user}")
            return found or self._opened(user, "im", {user, self.app.user}, f"D{user}")

    def _opened(self, name: str, kind: str, members: set[str], of: str | None = None) -> Channel:
        made = Channel(of or self.fresh("G" if kind == "group" else "C"), name, kind, members)
        self.channels[made.id], self.messages[made.id] = made, {}
        return made

    def post(self, message: Message) -> Message:
        """Keep a *message* and tell the app of it, as far as the app listens there."""
        with self.changed:
            number_blocks(message.blocks, self.fresh)
            self.messages[message.channel.id][message.ts] = message
            self.threads.setdefault((message.channel.id, message.thread), []).append(message)
            self.changed.notify_all()
        if not message.only_for:
            self.announce(message, None)
        return message

    def touch(self, message: Message, **changes: Any) -> None:
        """Change a *message* in place and tell the app of it."""
        before = message.to_json()
        with self.changed:
            for name, value in changes.items():
                setattr(message, name, value)
            number_blocks(message.blocks, self.fresh)
            self.changed.notify_all()
        if not message.only_for:
            self.announce(message, before)

    def found(self, channel: str, ts: str) -> Message | None:
        """Return the message that stands at *ts* in *channel*, unless it was deleted."""
        held = self.messages.get(channel, {}).get(ts)
        return held if held and not held.deleted else None

    def thread(self, message: Message) -> list[Message]:
        """Return what stands in the thread of *message*, in order, itself and ephemeral ones included."""
        held = self.threads.get((message.channel.id, message.thread), [])
        return [one for one in held if not one.deleted]

    def answers(self, message: Message) -> list[Message]:
        """Return what the app said in the thread of *message*."""
        return [one for one in self.thread(message) if one.bot == self.app.bot]

    def wrong(self, name: str, detail: str) -> None:
        """Note a mistake of the app."""
        with self.changed:
            self.mistakes.append(Mistake(name, detail))
            self.changed.notify_all()

    def excuse(self, *names: str) -> list[Mistake]:
        """Take the mistakes called *names* back and return them: a test expected them."""
        with self.changed:
            taken = [one for one in self.mistakes if one.name in names]
            self.mistakes[:] = [one for one in self.mistakes if one.name not in names]
            return taken

    def wait(self, until: Callable[[], Any], seconds: float = PATIENCE, *, what: str = "") -> Any:
        """Return what *until* gives once it is true; fail after *seconds* and tell what stands there."""
        limit = time.monotonic() + seconds
        with self.changed:
            while not (given := until()):
                assert time.monotonic() < limit, f"waited {seconds} s in vain{what and ' for '}{what}; {self.told()}"
                self.changed.wait(0.05)  # not every change tells of itself
            return given

    def told(self) -> str:
        """Return the last messages and all mistakes, for whoever reads a failed test."""
        said = [one for held in self.messages.values() for one in held.values()]
        last = [f"{one.user}: {one.text[:200]!r}" for one in sorted(said, key=lambda one: one.at)[-8:]]
        return f"last said: {last}; mistakes: {self.mistakes}"

    def show(self, view: View) -> View:
        """Put *view* before a person: the Home tab, or a modal on top of the others."""
        with self.changed:
            number_blocks(view.content["blocks"], self.fresh)
            if view.content["type"] == "home":
                self.homes[view.user] = view
            else:
                stack = self.modals.setdefault(view.user, [])
                stack[:] = [*(one for one in stack if one.id != view.id), view]
            self.changed.notify_all()
        return view

    def close(self, view: View, *, everything: bool = False) -> None:
        """Take a modal away, or all of them."""
        with self.changed:
            stack = self.modals[view.user]
            stack[:] = [] if everything else [one for one in stack if one.id != view.id]
            self.changed.notify_all()

    def trigger(self, user: str) -> str:
        """Return a trigger with which the app may open one modal for *user* within three seconds."""
        made = f"{self.fresh('')}.trigger"
        self.triggers[made] = (user, time.monotonic())
        return made
