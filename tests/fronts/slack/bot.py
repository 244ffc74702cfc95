"""The whole bot in this process, in either mode, against the fake Slack."""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from threading import Event, Thread
from typing import Literal

from tests.slack.fake import FakeSlack
from tests.slack.http_events import HttpEvents
from tutor import Tutor
from tutor.fronts.slack.running import Doors, Secrets, run
from tutor.fronts.slack.serving import Address
from tutor.fronts.slack.settings import Settings
from tutor.store import Store

Mode = Literal["socket", "http"]


@dataclass(frozen=True)
class Bot:
    """A running bot: where it listens, and the event that stops it."""

    address: Address
    stop: Event
    thread: Thread

    @property
    def url(self) -> str:
        """The address of its pages."""
        return f"http://{self.address}"

    def end(self) -> None:
        """Let it finish and end."""
        self.stop.set()
        self.thread.join(30)
        assert not self.thread.is_alive()


def free_address() -> Address:
    """Return an address of this machine on which nothing listens."""
    with socket.create_server(("127.0.0.1", 0)) as held:
        return Address("127.0.0.1", held.getsockname()[1])


def secrets_of(slack: FakeSlack) -> Secrets:
    """Return the secrets that the fake hands out."""
    return Secrets(slack.app.bot_token, slack.app.app_token, slack.app.signing_secret, slack.api)


@contextmanager
def running(
    slack: FakeSlack, tutor: Tutor, store: Store, mode: Mode = "http", settings: Settings | None = None
) -> Iterator[Bot]:
    """Run the bot until it is left, with health and metrics on one address."""
    address = _known(slack) or free_address()
    doors = Doors(health=address, metrics=address)
    doors = replace(doors, http=address) if mode == "http" else doors
    stop = Event()
    chosen = settings or Settings(poll=0.05)
    thread = Thread(target=run, args=(tutor, store, secrets_of(slack), chosen, doors, stop), name="bot", daemon=True)
    bot = Bot(address, stop, thread)
    thread.start()
    try:
        if mode == "http":
            until(lambda: _reachable(address), "somebody listens")
            if not _known(slack):
                slack.over_http(f"{bot.url}/slack/events")
        else:
            slack.connected()
        yield bot
        if not stop.is_set():
            settled(slack)
    finally:
        bot.end()


def settled(slack: FakeSlack) -> None:
    """Wait until everything has been brought to the bot, what it says itself included."""
    Event().wait(0.1)
    slack.quiet()


def until(holds: Callable[[], object], what: str, seconds: float = 20.0) -> None:
    """Wait until *what* *holds*; fail after so many seconds."""
    for _ in range(int(seconds / 0.02)):
        if holds():
            return
        Event().wait(0.02)
    raise AssertionError(f"waited in vain until {what}")


def _known(slack: FakeSlack) -> Address | None:
    """Return where the fake posts to already."""
    way = slack.courier.transport
    return Address.read(way.url.split("/")[2]) if isinstance(way, HttpEvents) else None


def _reachable(address: Address) -> bool:
    try:
        socket.create_connection((address.host, address.port), 0.1).close()
    except OSError:
        return False
    return True
