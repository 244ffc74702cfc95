"""How Slack brings things to an app: each until it is acknowledged, events again after a while."""

import asyncio
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, Protocol

from tests.slack.message import Json
from tests.slack.workspace import PATIENCE, Workspace

Kind = Literal["events_api", "interactive", "slash_commands"]
ACKNOWLEDGED_WITHIN = 3.0  #: seconds that Slack waits


@dataclass(frozen=True)
class Failed:
    """An attempt that was not acknowledged, and why, in Slack's words."""

    reason: str
    give_up: bool = False


@dataclass
class Delivery:
    """Something on its way to the app; *then* hears what the app answered with its acknowledgement."""

    kind: Kind
    payload: Json
    then: Callable[[Json], None] | None = None
    attempts: list[float] = field(default_factory=list)  #: when, on the monotonic clock
    failures: list[str] = field(default_factory=list)
    answer: Json | None = None
    lost: bool = False
    _over: threading.Event = field(default_factory=threading.Event)

    def acknowledged(self, seconds: float = PATIENCE) -> Json:
        """Wait until the app has acknowledged, and return what it said with it."""
        assert self._over.wait(seconds), f"not acknowledged within {seconds} s: {self.payload}"
        assert self.answer is not None, f"never acknowledged, {self.failures}: {self.payload}"
        return self.answer

    def end(self, answer: Json | None) -> None:
        """Note what came of it; a second acknowledgement changes nothing."""
        if self.answer is None:
            self.answer, self.lost = answer, answer is None
            if self.then and answer is not None:
                self.then(answer)
        self._over.set()


class Transport(Protocol):
    """A way to an app: Socket Mode or HTTP."""

    async def attempt(self, delivery: Delivery, number: int, reason: str) -> Json | Failed:
        """Bring *delivery* once; *number* counts repeats from 0, *reason* is what the last attempt failed by."""
        ...


class Courier:
    """Brings deliveries to the app, on the loop of the fake; events again, *pauses* seconds after each failure."""

    def __init__(self, workspace: Workspace, loop: asyncio.AbstractEventLoop, transport: Transport) -> None:
        self.workspace, self.loop, self.transport = workspace, loop, transport
        self.pauses: tuple[float, ...] = (0.0, 60.0, 300.0)
        self.deliveries: list[Delivery] = []
        self.under_way = 0  #: deliveries that are neither acknowledged nor given up
        self._running: set[asyncio.Task[None]] = set()

    def send(self, delivery: Delivery) -> Delivery:
        """Set out with *delivery*, from any thread, and return it at once."""
        self.deliveries.append(delivery)
        return self.send_again(delivery)

    def send_again(self, delivery: Delivery) -> Delivery:
        """Bring *delivery* once more, acknowledged or not, as Slack does when an acknowledgement gets lost."""
        with self.workspace.changed:
            self.under_way += 1
        self.loop.call_soon_threadsafe(self._set_out, delivery)
        return delivery

    def of(self, ts: str) -> list[Delivery]:
        """Return the events about what was said at *ts*, in order."""
        events = [one for one in self.deliveries if one.kind == "events_api"]
        return [one for one in events if one.payload["event"].get("ts") == ts]

    def _set_out(self, delivery: Delivery) -> None:
        task = self.loop.create_task(self._bring(delivery))
        self._running.add(task)
        task.add_done_callback(self._arrived)

    def _arrived(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        with self.workspace.changed:
            self.under_way -= 1
            self.workspace.changed.notify_all()
        if not task.cancelled() and (error := task.exception()):
            self.workspace.wrong("the fake failed", repr(error))

    async def _bring(self, delivery: Delivery) -> None:
        pauses = self.pauses if delivery.kind == "events_api" and not self._own(delivery) else ()
        reason = ""
        for number, pause in enumerate((0.0, *pauses)):
            await asyncio.sleep(pause)
            delivery.attempts.append(time.monotonic())
            came = await self.transport.attempt(delivery, number + (delivery.answer is not None), reason)
            if not isinstance(came, Failed):
                delivery.end(came)
                return
            delivery.failures.append(reason := came.reason)
            if came.give_up:
                break
        self._give_up(delivery)

    def _own(self, delivery: Delivery) -> bool:
        """Return whether this is only the echo of what the app said itself, which it may miss."""
        event = delivery.payload.get("event", {})
        return self.workspace.app.bot in (event.get("bot_id"), event.get("previous_message", {}).get("bot_id"))

    def _give_up(self, delivery: Delivery) -> None:
        if delivery.answer is None and not self._own(delivery):
            self.workspace.wrong("operation_timeout", f"{delivery.kind}, {delivery.failures}: {delivery.payload}")
        delivery.end(None)

    async def stop(self) -> None:
        """Give up all that is under way, without a word."""
        for task in list(self._running):
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)
