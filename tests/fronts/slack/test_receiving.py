"""Which requests are for the tutor, which dialogue each belongs to, and under which id a repeat is known."""

import json
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fronts.slack.bodies import TUTOR, Json, command, home, mention, message, press, reason, shortcut, whispered
from tutor.fronts.slack.heard import Heard
from tutor.fronts.slack.receiving import MalformedError, heard
from tutor.fronts.slack.settings import Settings

MENTION, THREAD = Settings(mentions="mention"), Settings()
CHANNELS = Settings(mentions="channels", channels=frozenset({"C1"}))


def hear(body: Json, settings: Settings = THREAD, known: Callable[[str], bool] = lambda _: False) -> Heard | None:
    return heard(body, TUTOR, settings, known, now=50.0)


def heard_in(body: Json, settings: Settings = THREAD, known: Callable[[str], bool] = lambda _: False) -> Heard:
    found = hear(body, settings, known)
    assert found
    return found


IN_THREAD = {"thread_ts": "99.0"}
TO_BOB = {"text": "<@U2> which tea?"}
TO_TUTOR = {"text": f"<@{TUTOR}> which tea?"}
DIRECT = {"channel": "D1", "channel_type": "im"}


@pytest.mark.parametrize(
    ("fields", "known", "settings", "answered"),
    [
        (TO_TUTOR, False, MENTION, True),
        ({}, False, THREAD, False),
        (IN_THREAD, False, THREAD, False),
        (IN_THREAD, True, THREAD, True),
        (IN_THREAD, True, MENTION, False),
        (IN_THREAD | TO_TUTOR, False, MENTION, True),
        (IN_THREAD | TO_BOB, True, THREAD, False),
        (TO_BOB, False, CHANNELS, False),
        ({}, False, CHANNELS, True),
        ({"channel": "C2"}, False, CHANNELS, False),
        ({"channel": "C2"} | IN_THREAD, True, CHANNELS, True),
        (DIRECT, False, MENTION, True),
        (DIRECT | TO_BOB, False, MENTION, True),
        ({"channel": "G1", "channel_type": "group"} | TO_TUTOR, False, THREAD, True),
        ({"channel": "G1", "channel_type": "mpim"}, False, THREAD, False),
    ],
)
def test_the_policy_says_which_messages_are_answered(
    fields: dict[str, Any], known: bool, settings: Settings, answered: bool
) -> None:
    assert bool(hear(message(**fields), settings, lambda _: known)) is answered


@pytest.mark.parametrize(
    "fields",
    [
        {"bot_id": "B1"},
        {"subtype": "bot_message", "bot_id": "B1"},
        {"subtype": "message_changed"},
        {"subtype": "message_deleted", "hidden": True},
        {"subtype": "channel_join"},
        {"edited": {"user": "U1", "ts": "1.0"}},
        {"user": TUTOR},
    ],
)
@pytest.mark.parametrize("make", [message, mention])
def test_bots_edits_deletes_and_the_tutor_itself_are_not_heard(
    make: Callable[..., Json], fields: dict[str, Any]
) -> None:
    assert hear(make(f"<@{TUTOR}> which tea?", **fields)) is None


@pytest.mark.parametrize("subtype", ["file_share", "thread_broadcast"])
def test_words_beside_a_file_and_words_shown_to_the_channel_as_well_are_heard(subtype: str) -> None:
    assert heard_in(message(f"<@{TUTOR}> which tea?", subtype=subtype)).text == "which tea?"


def test_a_mention_and_the_message_that_it_stands_in_are_one_event() -> None:
    as_message, as_mention = heard_in(message(f"<@{TUTOR}> Which tea?")), heard_in(mention())
    assert as_message == as_mention
    assert heard_in(mention(ts="100.000002")).event != as_mention.event
    assert heard_in(mention(channel="C2")).event != as_mention.event


@pytest.mark.parametrize(
    ("body", "thread", "post_in", "flow"),
    [
        (mention(), "T1/C1/100.000001", "100.000001", None),
        (mention(thread_ts="99.0"), "T1/C1/99.0", "99.0", None),
        (message(**DIRECT), "T1/D1", None, None),
        (message(**DIRECT, thread_ts="99.0"), "T1/D1/99.0", "99.0", "T1/D1"),
        (command(), "T1/C1/U1", None, None),
        (shortcut(), "T1/C1/100.0", "100.0", None),
        (shortcut(message={"ts": "100.0", "thread_ts": "99.0", "text": "?"}), "T1/C1/99.0", "99.0", None),
        (press(), "T1/C1/100.0", "100.0", None),
        (press("tutor_vote_yes"), "T1/vote/U1", "100.0", None),
        (press("tutor_quiz_hint", '{"quiz": "a1"}'), "T1/quiz/U1/a1", "100.0", None),
        (whispered(action="tutor_quiz_hint", value='{"quiz": "a1"}'), "T1/quiz/U1/a1", None, None),
        (whispered(), "T1/C1/U1", None, None),
        (press("tutor_private", container={"type": "view"}, message=None, channel=None), "T1/home/U1", None, None),
        (press(container={"message_ts": "101.0"}, message={}), "T1/C1/101.0", "101.0", None),
        (press(channel={"id": "D1"}, container={"message_ts": "101.0"}, message={}), "T1/D1", None, None),
        (press(channel={"id": "D1"}), "T1/D1/100.0", "100.0", None),
        (reason(), "T1/vote/U1", None, None),
        (home(), "T1/home/U1", None, None),
    ],
)
def test_each_belongs_to_a_dialogue_and_is_answered_where_it_came_from(
    body: Json, thread: str, post_in: str | None, flow: str | None
) -> None:
    found = heard_in(body)
    assert (found.thread, found.post_in, found.flow) == (thread, post_in, flow)
    assert (found.team, found.user) == ("T1", "U1")


@pytest.mark.parametrize(
    ("body", "at"), [(mention(), 100.000001), (press(), 102.5), (shortcut(), 102.5), (command(), 50.0), (home(), 50.0)]
)
def test_the_time_is_that_of_slack_where_slack_tells_it(body: Json, at: float) -> None:
    assert heard_in(body).at == at


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"type": "url_verification"},
        home("messages"),
        press("other_button"),
        shortcut(callback_id="other"),
        reason() | {"view": {"callback_id": "other"}},
        {"type": "event_callback", "event": {"type": "reaction_added"}},
        {"type": "view_closed"},
    ],
)
def test_what_is_for_somebody_else_is_left_alone(body: Json) -> None:
    assert hear(body) is None


def test_only_a_whispered_press_is_answered_to_one_user_alone() -> None:
    assert (heard_in(whispered()).only_me, heard_in(press()).only_me) == (True, False)
    assert heard_in(whispered()).shown is None
    assert heard_in(press()).shown == {"text": "When?", "blocks": [{"type": "section"}]}


@pytest.mark.parametrize(("text", "told"), [("too short", "too short"), (None, ""), ("x" * 9000, "x" * 3000)])
def test_a_reason_comes_with_the_message_it_is_about(text: str | None, told: str) -> None:
    found = heard_in(reason(text))
    assert (found.text, found.value) == (told, "m.0")


@pytest.mark.parametrize("body", [mention(), press(), whispered(), command(), shortcut(), reason(), home()])
def test_what_is_heard_survives_a_restart(body: Json) -> None:
    found = heard_in(body)
    assert Heard.from_dict(json.loads(json.dumps(found.to_dict()))) == found


def test_the_id_of_an_event_says_nothing_of_who_and_where() -> None:
    for body in (mention(), press(), command(), shortcut(), reason(), home()):
        assert not any(name in heard_in(body).event for name in ("U1", "C1", "T1", "100"))


def holed(body: Any) -> st.SearchStrategy[Any]:
    """Draw *body* with something in it missing or of another kind."""
    odd: st.SearchStrategy[Any] = st.sampled_from([None, 7, "x", [], {}, "7.x"])
    if isinstance(body, dict) and body:
        return st.sampled_from(sorted(body)).flatmap(
            lambda name: st.one_of(odd, holed(body[name])).map(lambda value: {**body, name: value})
        )
    if isinstance(body, list) and body:
        return holed(body[0]).map(lambda value: [value, *body[1:]])
    return odd


WHOLE = [mention(), message(**DIRECT), press(), whispered(), command(), shortcut(), reason(), home()]


@given(st.sampled_from(WHOLE).flatmap(holed))
def test_a_request_that_is_not_whole_is_heard_left_alone_or_refused_and_nothing_else(body: Any) -> None:
    if isinstance(body, dict):
        with suppress(MalformedError):
            assert hear(body) is None or isinstance(hear(body), Heard)


@pytest.mark.parametrize(
    "body",
    [
        {"type": "event_callback"},
        {"type": "event_callback", "event": {"type": "message"}, "team_id": "T1"},
        mention(ts="soon"),
        {"type": "block_actions", "actions": []},
        {"type": "message_action"},
        {"type": "view_submission", "view": {}},
        {"command": "/tutor"},
        command() | {"response_url": "file:///etc/passwd"},
        press(response_url="http://example.org"),
        press(response_url=7),
        press("tutor_quiz_hint", "{}"),
        press("tutor_quiz_hint", "nothing"),
    ],
)
def test_a_request_that_lacks_what_slack_always_sends_is_malformed(body: Json) -> None:
    with pytest.raises(MalformedError, match="not whole"):
        hear(body)
