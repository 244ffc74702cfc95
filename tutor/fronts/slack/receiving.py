"""Which of Slack's requests are for the tutor, and what they say. Pure."""

import json
from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import Any

from tutor.fronts.slack.addressing import addressed, spoken
from tutor.fronts.slack.heard import Heard
from tutor.fronts.slack.settings import Settings
from tutor.render.quizzed import QUIZ

Json = Mapping[str, Any]
SHORTCUT, REASON = "tutor_ask", "tutor_reason"
_SUBTYPES = (None, "file_share", "thread_broadcast")  #: of messages that a person wrote


class MalformedError(Exception):
    """A request that lacks what Slack always sends."""


def heard(body: Json, tutor: str, settings: Settings, known: Callable[[str], bool], *, now: float) -> Heard | None:
    """Return what *body* asks of the tutor, whose own user is *tutor*; None when it is nothing for it.

    *known* says whether a thread is one that the tutor is in; *now* is the time of what Slack gives no time of. A
    MalformedError when the request is not whole.
    """
    try:
        match body.get("type"):
            case "event_callback":
                return _event(body, tutor, settings, known, now)
            case "block_actions":
                return _pressed(body)
            case "message_action":
                return _shortcut(body)
            case "view_submission":
                return _reason(body, now)
            case None if body.get("command"):
                return _command(body, now)
            case _:
                return None
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, RecursionError) as error:
        raise MalformedError(f"not whole: {type(error).__name__}") from None


def _event(body: Json, tutor: str, settings: Settings, known: Callable[[str], bool], now: float) -> Heard | None:
    event = body["event"]
    match event["type"]:
        case "app_home_opened" if event.get("tab", "home") == "home":
            return _home(body, event["user"], now)
        case "message" | "app_mention":
            return _said(body["team_id"], event, tutor, settings, known)
        case _:
            return None


def _home(body: Json, user: str, now: float) -> Heard:
    team = body["team_id"]
    return Heard("home", _once("home", body["event_id"]), f"{team}/home/{user}", team, "", user, now)


def _said(team: str, event: Json, tutor: str, settings: Settings, known: Callable[[str], bool]) -> Heard | None:
    if event.get("subtype") not in _SUBTYPES or "edited" in event or event.get("bot_id") or event.get("hidden"):
        return None
    channel, ts, within, text = event["channel"], event["ts"], event.get("thread_ts"), event.get("text") or ""
    direct, to = _is_direct(event), addressed(text, tutor)
    flow = f"{team}/{channel}"
    thread = flow if direct and not within else f"{flow}/{within or ts}"
    if event["user"] == tutor or not (direct or to == "tutor" or _followed(channel, thread, settings, known)):
        return None
    if to == "somebody else" and not direct:
        return None
    return Heard(
        "said",
        _once("message", flow, ts),
        thread,
        team,
        channel,
        event["user"],
        float(ts),
        text=spoken(text),
        post_in=within if direct else within or ts,
        flow=flow if direct and within else None,
        addressed=direct or to == "tutor",
    )


def _is_direct(event: Json) -> bool:
    return bool(event.get("channel_type") == "im" or event["channel"].startswith("D"))


def _followed(channel: str, thread: str, settings: Settings, known: Callable[[str], bool]) -> bool:
    match settings.mentions:
        case "mention":
            return False
        case "thread":
            return known(thread)
        case "channels":
            return channel in settings.channels or known(thread)


def _command(body: Json, now: float) -> Heard:
    team, channel, user = body["team_id"], body["channel_id"], body["user_id"]
    return Heard(
        "command",
        _once("command", body["trigger_id"]),
        f"{team}/{channel}/{user}",
        team,
        channel,
        user,
        now,
        text=spoken(body.get("text") or ""),
        reply_url=_address(body["response_url"]),
        only_me=True,
        trigger=body["trigger_id"],
    )


def _shortcut(body: Json) -> Heard | None:
    if body["callback_id"] != SHORTCUT:
        return None
    team, channel, message = _team(body), body["channel"]["id"], body["message"]
    within = message.get("thread_ts") or message["ts"]
    return Heard(
        "shortcut",
        _once("shortcut", body["trigger_id"]),
        f"{team}/{channel}/{within}",
        team,
        channel,
        body["user"]["id"],
        float(body["action_ts"]),
        text=spoken(message.get("text") or ""),
        post_in=within,
        reply_url=_address(body.get("response_url")),
    )


def _pressed(body: Json) -> Heard | None:
    action = body["actions"][0]
    if not action["action_id"].startswith("tutor_"):
        return None
    team, user, container = _team(body), body["user"]["id"], body.get("container") or {}
    channel = (body.get("channel") or {}).get("id") or container.get("channel_id") or ""
    message, hidden, shown = container.get("message_ts"), bool(container.get("is_ephemeral")), body.get("message") or {}
    within = container.get("thread_ts") or shown.get("thread_ts")
    return Heard(
        "pressed",
        _once("press", team, channel, message, action["action_id"], action["action_ts"]),
        _thread(action, team, user, lambda: _carried(action) if hidden else _place(team, channel, within, message)),
        team,
        channel,
        user,
        float(action["action_ts"]),
        post_in=within if hidden or channel.startswith("D") else within or message,
        reply_url=_address(body.get("response_url")),
        only_me=hidden,
        action=action["action_id"],
        value=action.get("value") or "",
        message=message,
        shown={"text": shown.get("text", ""), "blocks": shown["blocks"]}
        if shown.get("blocks") and not hidden
        else None,
        trigger=body.get("trigger_id"),
    )


def _thread(action: Json, team: str, user: str, place: Callable[[], str | None]) -> str:
    """Return what a press belongs to: votes, settings and each quiz are the user's own, all else a dialogue."""
    if action["action_id"].startswith("tutor_vote"):
        return f"{team}/vote/{user}"
    if action["action_id"].startswith(QUIZ):
        return f"{team}/quiz/{user}/{_carried(action, 'quiz')}"
    return place() or f"{team}/home/{user}"


def _place(team: str, channel: str, within: str | None, message: str | None) -> str | None:
    flow = f"{team}/{channel}"
    if not message or within:
        return f"{flow}/{within}" if message else None
    return flow if channel.startswith("D") else f"{flow}/{message}"


def _carried(action: Json, name: str = "thread") -> str:
    """Return what a button carries: the thread, where Slack does not say in which it stands; the quiz."""
    carried = json.loads(action["value"])
    return str(carried[name])


def _reason(body: Json, now: float) -> Heard | None:
    view = body["view"]
    if view["callback_id"] != REASON:
        return None
    team, user = _team(body), body["user"]["id"]
    said = [field for block in view["state"]["values"].values() for field in block.values()]
    text = next((field.get("value") for field in said if field.get("value")), "") or ""
    thread = f"{team}/vote/{user}"
    return Heard(
        "reason",
        _once("reason", view["id"]),
        thread,
        team,
        "",
        user,
        now,
        text=text[:3000],
        value=view["private_metadata"],
    )


def _address(url: str | None) -> str | None:
    """Return where to answer to one user; a ValueError for what is no address."""
    if url and not url.startswith(("https://", "http://127.0.0.1:")):
        raise ValueError("no address")
    return url


def _once(kind: str, *names: str | None) -> str:
    """Return the id under which an event is known when it comes again; it says nothing of who and where."""
    return f"{kind}-{sha256('/'.join(map(str, names)).encode()).hexdigest()[:32]}"


def _team(body: Json) -> str:
    return str((body.get("team") or {}).get("id") or body["user"]["team_id"])
