"""The Web API of the fake, called by the unmodified slack_sdk."""

import http.client
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler

from tests.slack.app import App
from tests.slack.fake import FakeSlack
from tests.slack.message import Channel, Json
from tests.slack.troubles import Limited, Refuse, Reset, Silent, Slow, Status, Trouble


@pytest.fixture
def slack() -> Iterator[FakeSlack]:
    """A fake whose app listens to nothing."""
    with FakeSlack(App(events=frozenset())) as fake:
        yield fake
        assert fake.workspace.mistakes == []


@pytest.fixture
def client(slack: FakeSlack) -> WebClient:
    """A client that does not try again by itself."""
    return WebClient(slack.app.bot_token, base_url=slack.api, timeout=1, retry_handlers=[])


@pytest.fixture
def study(slack: FakeSlack) -> Channel:
    return slack.workspace.channel("study")


def refused(slack: FakeSlack, call: Callable[[], Any]) -> str:
    """Return the error by which *call* is refused, which must be noted as a mistake, too."""
    with pytest.raises(SlackApiError) as error:
        call()
    name: str = error.value.response["error"]
    assert [one.name for one in slack.workspace.excuse(name)] == [name]
    return name


@pytest.mark.parametrize(
    ("token", "error"),
    [("", "not_authed"), ("xoxb-wrong", "invalid_auth"), (App().app_token, "not_allowed_token_type")],
)
def test_a_token_must_be_the_right_one(slack: FakeSlack, token: str, error: str) -> None:
    client = WebClient(token or None, base_url=slack.api)
    assert refused(slack, client.auth_test) == error


def test_a_socket_is_opened_with_the_token_of_the_app(slack: FakeSlack) -> None:
    client = WebClient(base_url=slack.api)
    assert client.apps_connections_open(app_token=slack.app.app_token)["url"].startswith("ws://127.0.0.1:")
    call = lambda: client.apps_connections_open(app_token=slack.app.bot_token)  # noqa: E731
    assert refused(slack, call) == "not_allowed_token_type"


@pytest.mark.parametrize(
    ("method", "arguments", "error"),
    [
        ("chat.shout", {}, "unknown_method"),
        ("chat.postMessage", {}, "invalid_arguments"),
        ("chat.postMessage", {"channel": "C0", "text": "a"}, "channel_not_found"),
        ("chat.postMessage", {"channel": "#closed", "text": "a"}, "not_in_channel"),
        ("chat.postMessage", {"channel": "#study"}, "no_text"),
        ("chat.postMessage", {"channel": "#study", "text": "a" * 40_001}, "msg_too_long"),
        ("chat.postMessage", {"channel": "#study", "text": "a", "thread_ts": "1.0"}, "thread_not_found"),
        ("chat.postMessage", {"channel": "#study", "text": "a", "blocks": "["}, "invalid_blocks_format"),
        ("chat.postMessage", {"channel": "#study", "text": "a", "blocks": [{"type": "sound"}]}, "invalid_blocks"),
        ("chat.postMessage", {"channel": "#study", "text": "a", "metadata": "["}, "invalid_metadata_format"),
        ("chat.postMessage", {"channel": "#study", "text": "a", "metadata": {"a": 1}}, "invalid_metadata_format"),
        (
            "chat.postMessage",
            {"channel": "#study", "text": "a", "metadata": {"event_type": "a", "event_payload": {"a": "a" * 16_000}}},
            "metadata_too_large",
        ),
        ("chat.postEphemeral", {"channel": "#study", "text": "a", "user": "U0"}, "user_not_in_channel"),
        ("chat.update", {"channel": "#study", "ts": "1.0", "text": "a"}, "message_not_found"),
        ("chat.delete", {"channel": "#study", "ts": "1.0"}, "message_not_found"),
        ("reactions.add", {"channel": "#study", "timestamp": "1.0", "name": "eyes"}, "message_not_found"),
        ("conversations.replies", {"channel": "#study", "ts": "1.0"}, "thread_not_found"),
        ("conversations.history", {"channel": "#study", "limit": "many"}, "invalid_arguments"),
        ("conversations.info", {"channel": "#study"}, "missing_scope"),
        ("conversations.open", {"users": "U0"}, "user_not_found"),
        ("users.info", {"user": "U0"}, "user_not_found"),
        ("bots.info", {"bot": "B0"}, "bot_not_found"),
        ("views.open", {"trigger_id": "1", "view": {}}, "invalid_trigger_id"),
        ("views.publish", {"user_id": "U0TUTOR", "view": {"type": "home"}}, "invalid_arguments"),
        ("views.publish", {"user_id": "U0", "view": {}}, "user_not_found"),
        ("views.update", {"view_id": "V0", "view": {}}, "not_found"),
    ],
)  # fmt: skip
def test_what_slack_refuses_is_refused_and_noted(
    slack: FakeSlack, client: WebClient, study: Channel, method: str, arguments: Json, error: str
) -> None:
    slack.workspace.channel("closed", bot=False)
    assert refused(slack, lambda: client.api_call(method, json=arguments)) == error


def test_a_message_is_posted_changed_and_deleted(slack: FakeSlack, client: WebClient, study: Channel) -> None:
    ts = client.chat_postMessage(channel=study.id, text="one")["ts"]
    client.chat_update(channel=study.id, ts=ts, text="two")
    (message,) = slack.workspace.messages[study.id].values()
    assert (message.text, message.edited, message.user) == ("two", 1, slack.app.user)
    client.reactions_add(channel=study.id, timestamp=ts, name="eyes")
    assert message.reactions == [(slack.app.user, "eyes")]
    client.chat_delete(channel=study.id, ts=ts)
    assert slack.workspace.thread(message) == []


def test_blocks_without_a_text_are_posted_but_noted(slack: FakeSlack, client: WebClient, study: Channel) -> None:
    client.api_call("chat.postMessage", json={"channel": study.id, "blocks": [{"type": "divider"}]})
    assert len(slack.workspace.excuse("missing_text_in_message")) == 1


def test_the_app_changes_no_message_of_others(slack: FakeSlack, client: WebClient, study: Channel) -> None:
    said = slack.person("ada").says("hello", study)
    call = lambda: client.chat_update(channel=study.id, ts=said.ts, text="bye")  # noqa: E731
    assert refused(slack, call) == "cant_update_message"


def test_metadata_comes_back_where_it_is_asked_for(slack: FakeSlack, client: WebClient, study: Channel) -> None:
    metadata = {"event_type": "tutor_reply", "event_payload": {"id": "7"}}
    parent = client.chat_postMessage(channel=study.id, text="one")["ts"]
    client.chat_postMessage(channel=study.id, text="two", thread_ts=parent, metadata=metadata)
    client.chat_postMessage(channel=study.id, text="three")

    asked = client.conversations_replies(channel=study.id, ts=parent, include_all_metadata=True)["messages"]
    assert [one.get("metadata") for one in asked] == [None, metadata]
    plain = client.conversations_replies(channel=study.id, ts=parent)["messages"]
    assert [(one["text"], one.get("metadata")) for one in plain] == [("one", None), ("two", None)]
    history = client.conversations_history(channel=study.id)["messages"]
    assert [one["text"] for one in history] == ["three", "one"]


def test_a_long_thread_comes_in_pages(client: WebClient, study: Channel) -> None:
    parent = client.chat_postMessage(channel=study.id, text="0")["ts"]
    for number in range(1, 5):
        client.chat_postMessage(channel=study.id, text=str(number), thread_ts=parent)
    pages = [[one["text"] for one in page["messages"]] for page in client.conversations_replies(
        channel=study.id, ts=parent, limit=2)]  # fmt: skip
    assert pages == [["0", "1"], ["2", "3"], ["4"]]


def test_a_direct_message_is_opened_by_the_name_of_a_user(slack: FakeSlack, client: WebClient) -> None:
    ada = slack.person("ada")
    opened = client.conversations_open(users=ada.id)["channel"]["id"]
    assert client.chat_postMessage(channel=ada.id, text="hello")["channel"] == opened
    assert client.chat_postEphemeral(channel=opened, user=ada.id, text="psst")["message_ts"]
    assert [one.text for one in ada.whispers()] == ["psst"]
    assert client.conversations_history(channel=opened)["messages"][0]["text"] == "hello"


@pytest.mark.parametrize(
    ("trouble", "told"),
    [
        (Refuse("fatal_error"), "'error': 'fatal_error'"),
        (Status(503), "non-JSON format"),
        (Limited(7), "'error': 'ratelimited'"),
        (Reset(), "Remote end closed connection"),
        (Silent(), "timed out"),
        (Slow(1.5), "timed out"),
    ],
    ids=lambda trouble: type(trouble).__name__,
)
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_trouble_comes_before_or_after_the_message_stands_there(
    slack: FakeSlack, client: WebClient, study: Channel, trouble: Trouble, told: str, after: bool
) -> None:
    slack.web.troubles.plan("chat.postMessage", trouble, after=after)
    with pytest.raises((SlackApiError, http.client.HTTPException, OSError)) as error:
        client.chat_postMessage(channel=study.id, text="one")
    assert told in str(error.value)
    late = isinstance(trouble, Slow)
    if late:
        slack.workspace.wait(lambda: slack.web.called("chat.postMessage"))
    assert len(slack.workspace.messages[study.id]) == (after or late)
    client.chat_postMessage(channel=study.id, text="two")


def test_trouble_meets_only_the_calls_it_was_planned_for(slack: FakeSlack, client: WebClient, study: Channel) -> None:
    slack.web.troubles.plan("chat.postMessage", Status(), only=lambda arguments: arguments["text"] == "two", times=1)
    client.chat_postMessage(channel=study.id, text="one")
    assert slack.web.troubles.pending() == 1
    with pytest.raises(SlackApiError):
        client.chat_postMessage(channel=study.id, text="two")
    client.chat_postMessage(channel=study.id, text="two")
    assert [call.came for call in slack.web.called("chat.postMessage")] == ["ok", "Status", "ok"]


def test_about_one_message_a_second_and_channel_goes_through(slack: FakeSlack, study: Channel) -> None:
    slack.web.pace.per_second, slack.web.pace.burst = 2.0, 1
    client = WebClient(slack.app.bot_token, base_url=slack.api)
    client.retry_handlers.append(RateLimitErrorRetryHandler(max_retry_count=3))
    began = time.monotonic()
    for number in range(2):
        client.chat_postMessage(channel=study.id, text=str(number))
    client.chat_postMessage(channel=slack.workspace.channel("other").id, text="0")
    assert [call.came for call in slack.web.called("chat.postMessage")] == ["ok", "ratelimited", "ok", "ok"]
    assert time.monotonic() - began >= 1
