"""Making prepared calls of Slack's API: once each, at Slack's pace, and looked for where one is in doubt."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.client import HTTPException
from threading import Lock
from typing import TYPE_CHECKING, Any

from tutor.fronts.slack.call import Call

if TYPE_CHECKING:
    from slack_sdk import WebClient
    from slack_sdk.web import SlackResponse

    from tutor.store import Message

EVENT_TYPE = "tutor_reply"  #: of the metadata by which a message is recognised
_PAGE = 200  #: messages looked through at once
_SOON, _LATER = 1.0, 60.0  #: seconds to wait after a fault at Slack's: at first, and at most
_PASSING = frozenset(
    "internal_error fatal_error service_unavailable request_timeout team_added_to_org ratelimited rate_limited "
    "invalid_auth not_authed account_inactive token_revoked token_expired org_login_required ekm_access_denied".split()
)  #: errors that waiting, or the admin, can mend


@dataclass(frozen=True)
class Sent:
    """A call that was made; *ts* is how Slack calls the message, where it is one that can be found again."""

    ts: str | None


@dataclass(frozen=True)
class Later:
    """A call to be made again after *seconds*; *unsure* that it may have been made all the same."""

    seconds: float
    reason: str
    unsure: bool


@dataclass(frozen=True)
class Refused:
    """A call that Slack will never take."""

    reason: str


Outcome = Sent | Later | Refused


class Posting:
    """Makes calls through the client of a team. Safe to share between threads.

    A channel that Slack asked to leave alone for a while is left alone by all of them; other channels go on.
    """

    def __init__(self, client: "Callable[[str], WebClient]", clock: Callable[[], float] = time.time) -> None:
        self._client, self._clock = client, clock
        self._until: dict[str, float] = {}
        self._lock = Lock()

    def post(self, team: str, message: "Message") -> Outcome:
        """Make the call that *message* is, or say when to try again; one that may have been made is looked for."""
        call = Call.from_dict(message.body)
        place = f"{team}/{call.arguments.get('channel') or call.url or call.method}"
        wait = self._wait(place)
        if wait > 0:
            return Later(wait, "ratelimited", unsure=message.unsure)
        try:
            return self._made(self._client(team), call, message)
        except _LimitedError as limited:
            self._hold(place, limited.seconds)
            return Later(limited.seconds, "ratelimited", unsure=message.unsure)
        except (OSError, HTTPException) as error:
            return Later(_backoff(message.attempt), type(error).__name__, unsure=True)

    def _made(self, client: "WebClient", call: Call, message: "Message") -> Outcome:
        if message.unsure and call.method == "chat.postMessage" and (ts := _found(client, call, message.id)):
            return Sent(ts)
        outcome = _made(client, call, message)
        if isinstance(outcome, Refused) and call.otherwise:
            return _made(client, call.otherwise, message)
        return outcome

    def _wait(self, place: str) -> float:
        with self._lock:
            return self._until.get(place, 0.0) - self._clock()

    def _hold(self, place: str, seconds: float) -> None:
        with self._lock:
            now = self._clock()
            self._until = {held: until for held, until in self._until.items() if until > now}
            self._until[place] = now + seconds


class _LimitedError(Exception):
    """Slack wants to be left alone for some *seconds*."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        super().__init__(f"{seconds:g} s")


def _made(client: "WebClient", call: Call, message: "Message") -> Outcome:
    if call.method == "respond":
        return _responded(client, call, message)
    arguments = dict(call.arguments)
    if call.method == "chat.postMessage":
        arguments["metadata"] = {"event_type": EVENT_TYPE, "event_payload": {"id": message.id}}
    answer = _asked(client, call.method, arguments)
    if answer.get("ok"):
        return Sent(answer.get("ts"))
    reason = str(answer.get("error", "unknown"))
    return Later(_backoff(message.attempt), reason, unsure=True) if reason in _PASSING else Refused(reason)


def _responded(client: "WebClient", call: Call, message: "Message") -> Outcome:
    from slack_sdk.webhook import WebhookClient

    hook = WebhookClient(call.url or "", timeout=client.timeout, ssl=client.ssl, proxy=client.proxy, retry_handlers=[])
    answer = hook.send_dict(dict(call.arguments))
    if answer.status_code == 429:
        raise _LimitedError(_retry_after(answer.headers))
    if answer.status_code >= 500:
        return Later(_backoff(message.attempt), f"status {answer.status_code}", unsure=True)
    return Sent(None) if answer.status_code == 200 else Refused(f"status {answer.status_code}")


def _found(client: "WebClient", call: Call, name: str) -> str | None:
    """Return the ts of the message called *name*, if it was posted."""
    place = {"channel": _channel(client, call.arguments["channel"]), "oldest": call.after, "inclusive": True}
    thread = call.arguments.get("thread_ts")
    method = "conversations.replies" if thread else "conversations.history"
    asked = {**place, **({"ts": thread} if thread else {}), "include_all_metadata": True, "limit": _PAGE}
    while True:
        answer = _asked(client, method, asked)
        for posted in answer.get("messages") or ():
            metadata = posted.get("metadata") or {}
            if metadata.get("event_type") == EVENT_TYPE and metadata.get("event_payload", {}).get("id") == name:
                return str(posted["ts"])
        cursor = (answer.get("response_metadata") or {}).get("next_cursor")
        if not cursor:
            return None
        asked["cursor"] = cursor


def _channel(client: "WebClient", place: str) -> str:
    """Return the channel that a *place* names: of direct messages, where it is a person."""
    if not place.startswith(("U", "W")):
        return place
    answer = _asked(client, "conversations.open", {"users": place})
    return str((answer.get("channel") or {}).get("id", place))


def _asked(client: "WebClient", method: str, arguments: Mapping[str, Any]) -> "SlackResponse | dict[str, Any]":
    """Return Slack's answer, good or bad; a limit and a fault at Slack's are raised."""
    from slack_sdk.errors import SlackApiError

    said = dict(arguments)
    try:
        if method.startswith("conversations."):
            return client.api_call(method, params=said)
        return client.api_call(method, json=said)
    except SlackApiError as error:
        return {"ok": False, "error": _refusal(error.response)}


def _refusal(answer: "SlackResponse") -> str:
    """Return Slack's name for why it refuses; raise where it wants to be left alone, or where it did not answer."""
    if answer.status_code == 429:
        raise _LimitedError(_retry_after(answer.headers)) from None
    said = str(answer.data.get("error")) if isinstance(answer.data, dict) else ""
    if answer.status_code >= 500 or not said.isidentifier():  # a page of something between Slack and here
        raise ConnectionError(f"status {answer.status_code}") from None
    return said


def _retry_after(headers: Mapping[str, Any]) -> float:
    """Return the seconds that Slack asks to wait, 1 where it does not say."""
    said = next((value for name, value in headers.items() if name.lower() == "retry-after"), "1")
    try:
        return max(0.0, float(said[0] if isinstance(said, list) else said))
    except ValueError:
        return 1.0


def _backoff(attempt: int) -> float:
    return min(_LATER, _SOON * 2.0 ** min(attempt, 10))
