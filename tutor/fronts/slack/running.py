"""Running as a process of its own: Socket Mode or HTTP, health, metrics, and an orderly end."""

import logging
import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from threading import Event
from typing import TYPE_CHECKING, Any

from tutor.errors import SlackError
from tutor.fronts.slack.metrics import Metrics
from tutor.fronts.slack.readiness import missing
from tutor.fronts.slack.registering import register
from tutor.fronts.slack.serving import Address, Server, site
from tutor.fronts.slack.settings import Settings
from tutor.store import Store
from tutor.subject import Pack
from tutor.tutor import Tutor

if TYPE_CHECKING:
    from slack_bolt import App
    from slack_bolt.adapter.socket_mode import SocketModeHandler

_LOG = logging.getLogger("tutor.slack")
_TIMEOUT = 10  #: seconds that Slack may take to say who the tutor is, and where to connect
_CONCURRENT = 10  #: events that one connection takes at once
_PING = 2.0  #: seconds between two pings; a connection that leaves four without an answer is made anew
SLACK = "https://slack.com/api/"


@dataclass(frozen=True)
class Secrets:
    """What Slack gave for the app, and where Slack is; none of it is ever shown."""

    bot_token: str
    app_token: str | None = None
    signing_secret: str | None = None
    api_url: str = SLACK

    def __repr__(self) -> str:
        return "Secrets(***)"


@dataclass(frozen=True)
class Doors:
    """Where to listen: *http* for Slack's requests (None: Socket Mode), *health* and *metrics* beside it."""

    http: Address | None = None
    health: Address | None = None
    metrics: Address | None = None


def run(
    tutor: Tutor,
    store: Store,
    secrets: Secrets,
    settings: Settings,
    doors: Doors,
    stop: Event,
    pack: Pack | None = None,
) -> None:
    """Answer until *stop* is set; then finish what was begun. A SlackError when Slack cannot be reached or refuses.

    *pack* is as `register` has it.
    """
    watch = Metrics(store)
    app = _app(secrets)
    with ExitStack() as opened:
        workers = register(app, tutor=tutor, store=store, settings=settings, watch=watch, pack=pack)
        opened.callback(_finished, workers.close)
        _open(app, secrets, doors, watch, store, opened)
        _LOG.info("running", extra={"facts": {"mode": "http" if doors.http else "socket", "pack": tutor.pack.stamp}})
        stop.wait()
        _LOG.info("stopping")
    _LOG.info("stopped")


def _finished(close: Callable[[], bool]) -> None:
    if not close():
        _LOG.warning("not all that was begun could be finished in time; it is done at the next start")


def _open(app: "App", secrets: Secrets, doors: Doors, watch: Metrics, store: Store, opened: ExitStack) -> None:
    """Open the doors, those of Slack last; each is closed when *opened* ends."""
    socket_mode = None if doors.http else _socket_mode(app, secrets)
    ready = partial(missing, store, socket_mode.client.is_connected if socket_mode else lambda: True)
    for address, parts in _sites(doors, app, watch.page).items():
        opened.callback(Server(site(ready=ready, **parts), address).close)
    if socket_mode:
        opened.callback(_disconnect, socket_mode)
        _connect(socket_mode)


def _sites(doors: Doors, app: "App", page: Callable[[], tuple[bytes, str]]) -> dict[Address, dict[str, Any]]:
    """Return what is served at each address; one address may serve several."""
    served: dict[Address, dict[str, Any]] = {}
    if doors.http:
        served[doors.http] = {"app": app, "health": True}
    if doors.health:
        served.setdefault(doors.health, {})["health"] = True
    if doors.metrics:
        served.setdefault(doors.metrics, {"health": False})["page"] = page
    return served


def _app(secrets: Secrets) -> "App":
    from slack_bolt import App
    from slack_bolt.error import BoltError
    from slack_sdk import WebClient

    client = WebClient(token=secrets.bot_token, base_url=secrets.api_url, timeout=_TIMEOUT)
    try:
        with _reaching():
            return App(client=client, signing_secret=secrets.signing_secret)
    except BoltError as error:
        raise SlackError(f"Slack refuses SLACK_BOT_TOKEN: {error}") from None


def _socket_mode(app: "App", secrets: Secrets) -> "SocketModeHandler":
    from slack_bolt.adapter.socket_mode import SocketModeHandler
    from slack_sdk import WebClient

    client = WebClient(token=secrets.bot_token, base_url=secrets.api_url, timeout=_TIMEOUT)
    return SocketModeHandler(app, secrets.app_token, web_client=client, concurrency=_CONCURRENT, ping_interval=_PING)


def _connect(socket_mode: "SocketModeHandler") -> None:
    from slack_sdk.errors import SlackApiError

    try:
        with _reaching():
            socket_mode.connect()
    except SlackApiError as error:
        raise SlackError(f"Slack refuses SLACK_APP_TOKEN: {error.response.get('error')}") from None


def _disconnect(socket_mode: "SocketModeHandler") -> None:
    """Take nothing more, acknowledge what was taken, and then hang up."""
    client = socket_mode.client
    client.closed = True
    client.message_processor.shutdown()
    client.message_workers.shutdown()
    socket_mode.close()


@contextmanager
def _reaching() -> Iterator[None]:
    """Tell in one line that Slack cannot be reached."""
    try:
        yield
    except OSError as error:
        raise SlackError(f"Slack cannot be reached: {error}") from None


@contextmanager
def until_told() -> Iterator[Event]:
    """Give an event that is set when the process is told to end, by SIGTERM or SIGINT."""
    stop = Event()
    before = {name: signal.signal(name, lambda *_: stop.set()) for name in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield stop
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)
