"""Putting the tutor into a Bolt app: one call."""

import logging
import math
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from tutor.fronts.slack.exercises import Exercises
from tutor.fronts.slack.heard import Heard
from tutor.fronts.slack.listening import listen
from tutor.fronts.slack.posting import Posting
from tutor.fronts.slack.receiving import MalformedError, heard
from tutor.fronts.slack.settings import Settings
from tutor.fronts.slack.watching import Unwatched, Watch
from tutor.fronts.slack.working import Workers
from tutor.store import Store
from tutor.subject import Pack
from tutor.tutor import Tutor

if TYPE_CHECKING:
    from slack_bolt import App
    from slack_bolt.async_app import AsyncApp
    from slack_sdk import WebClient

_LOG = logging.getLogger("tutor.slack")


def register(
    app: "App | AsyncApp",
    *,
    tutor: Tutor,
    store: Store,
    settings: Settings | None = None,
    client: "Callable[[str], WebClient] | None" = None,
    watch: Watch | None = None,
    pack: Pack | None = None,
) -> Workers:
    """Let *app*, sync or async, answer with *tutor*, and keep what must survive a restart in *store*.

    Work begins at once, in threads of its own; `close` of what is returned finishes and ends it. *client* gives the
    client for a team where the app is installed in several; by default it is that of the app. *pack* is the pack of
    *tutor* as `load_pack` gives it; without it, quizzes know fewer questions.
    """
    settings, watch = settings or Settings(), watch or Unwatched()
    posting = Posting(client or _client_of(app, settings))
    workers = Workers(tutor, store, posting, settings, watch, Exercises(tutor, pack))
    listen(app, Taking(store, settings, watch, workers.wake), settings)
    workers.start()
    return workers


class Taking:
    """Writes down what is for the tutor, and says how the request is answered."""

    def __init__(self, store: Store, settings: Settings, watch: Watch, wake: Callable[[], None]) -> None:
        self._store, self._settings, self._watch, self._wake = store, settings, watch, wake

    def __call__(self, body: Mapping[str, Any], tutor: str) -> int | None:
        """Return the status for a request with *body*: 200 once it is written down, 400 for one that is not whole.

        None passes it on to the other listeners of the app.
        """
        try:
            one = heard(body, tutor, self._settings, self._store.knows, now=time.time())
        except MalformedError as error:
            _LOG.warning("malformed", extra={"facts": {"type": str(body.get("type"))[:40], "reason": str(error)}})
            return 400
        if one is None:
            return None if self._settings.passes_on else 200
        self._accept(one)
        return 200

    def _accept(self, one: Heard) -> None:
        new = self._store.accept(one.event, one.thread, one.to_dict(), at=one.at, person=one.user)
        self._watch.accepted(one.kind, again=not new)
        if new:
            self._wake()


def _client_of(app: "App | AsyncApp", settings: Settings) -> "Callable[[str], WebClient]":
    """Return a client like that of *app*, which asks once and leaves it to the store to ask again."""
    from slack_sdk import WebClient

    like = app.client
    client = WebClient(
        token=like.token,
        base_url=like.base_url,
        timeout=math.ceil(settings.lease / 2),
        ssl=like.ssl,
        proxy=like.proxy,
        headers=like.headers,
        retry_handlers=[],
    )
    return lambda _: client
