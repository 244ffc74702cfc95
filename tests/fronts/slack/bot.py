"""The whole bot in this process, in either mode, against the fake Slack."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from threading import Event, Thread
from typing import Literal

from tests.slack.fake import FakeSlack
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
    slack: FakeSlack, tutor: Tutor, store: Store, mode: Mode = "socket", settings: Settings | None = None
) -> Iterator[Bot]:
    """Run the bot until it is left, with health and metrics on one address."""
    address = free_address()
    doors = Doors(health=address, metrics=address)
    doors = replace(doors, http=address) if mode == "http" else doors
    stop = Event()
    chosen = settings or Settings(poll=0.05)
    thread = Thread(target=run, args=(tutor, store, secrets_of(slack), chosen, doors, stop), name="bot", daemon=True)
    bot = Bot(address, stop, thread)
    thread.start()
    try:
        if mode == "http":
            slack.over_http(f"{bot.url}/slack/events")
            _reachable(address)
        else:
            slack.connected()
        yield bot
    finally:
        bot.end()


def _reachable(address: Address) -> None:
    """Wait until somebody listens."""
    for _ in range(500):
        try:
            socket.create_connection((address.host, address.port), 0.1).close()
        except OSError:
            Event().wait(0.02)
        else:
            return
    raise AssertionError("nothing listens")
