"""The fake Slack brings things to the unmodified slack_bolt: in both modes, with repeats, refresh and signatures."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from typing import Any

import pytest
from slack_bolt import App, BoltResponse
from slack_sdk import WebClient

from tests.slack.app import App as Installed
from tests.slack.app import installed
from tests.slack.echo import by_async_http, by_async_socket, by_http, by_socket, echo
from tests.slack.fake import FakeSlack
from tests.slack.http_events import body_of, post, signed
from tests.slack.message import Json

Way = Callable[..., AbstractContextManager[Any]]
every_way = pytest.mark.parametrize(
    "way", [by_socket, by_async_socket, by_http, by_async_http], ids=lambda way: way.__name__
)
both_modes = pytest.mark.parametrize("way", [by_socket, by_http], ids=lambda way: way.__name__)


@every_way
def test_a_mention_is_answered_in_its_thread(slack: FakeSlack, way: Way) -> None:
    with way(slack):
        said = slack.person("ada").says("@tutor is 1 < 2?")
        (answer,) = slack.answered(said)
        assert (answer.text, answer.thread_ts, answer.user) == ("<@U0TUTOR> is 1 &lt; 2?", said.ts, "U0TUTOR")


@every_way
def test_what_is_acknowledged_with_words_is_shown_to_one_person(slack: FakeSlack, way: Way) -> None:
    with way(slack):
        assert slack.person("ada").commands("hello").acknowledged() == {"text": "you typed hello"}
        assert [one.text for one in slack.person("ada").whispers()] == ["you typed hello"]
        assert slack.person("bob").whispers() == []


@both_modes
def test_a_mention_comes_as_two_events_with_ids_of_their_own(slack: FakeSlack, way: Way) -> None:
    with way(slack):
        said = slack.person("ada").says("@tutor hello")
        slack.answered(said)
        events = [one.payload for one in slack.courier.of(said.ts)]
        assert {one["event"]["type"] for one in events} == {"app_mention", "message"}
        assert len({one["event_id"] for one in events}) == 2
        assert {(one["event"]["ts"], one["event"]["user"]) for one in events} == {(said.ts, slack.person("ada").id)}


def test_either_of_the_two_events_may_come_first(slack: FakeSlack) -> None:
    with by_socket(slack):
        firsts = set()
        for _ in range(4):
            said = slack.person("ada").says("@tutor hello")
            firsts.add(slack.courier.of(said.ts)[0].payload["event"]["type"])
            slack.answered(said)
            slack.quiet()
    assert firsts == {"app_mention", "message"}


def failing(slack: FakeSlack, times: int, seen: list[str]) -> App:
    """Return an app that does not acknowledge the first *times* mentions; *seen* gets the retry header of each."""
    app = App(client=WebClient(slack.app.bot_token, base_url=slack.api), signing_secret=slack.app.signing_secret)

    @app.middleware
    def refuse(body: Json, request: Any, next: Any) -> Any:
        if body.get("event", {}).get("type") != "app_mention":
            return BoltResponse(status=200, body="")
        seen.append(request.headers.get("x-slack-retry-num", ["0"])[0])
        return BoltResponse(status=500 if len(seen) <= times else 200, body="")

    return app


@both_modes
def test_an_event_comes_again_until_it_is_acknowledged(slack: FakeSlack, way: Way) -> None:
    slack.courier.pauses = (0.01, 0.02, 0.03)
    slack.socket.acknowledged_within = 0.2
    seen: list[str] = []
    with way(slack, failing(slack, 2, seen)):
        slack.person("ada").says("@tutor hello")
        slack.quiet()
    assert seen == ["0", "1", "2"]


def test_an_event_that_is_never_acknowledged_is_a_mistake(slack: FakeSlack) -> None:
    slack.courier.pauses = (0.01, 0.01)
    said = slack.person("ada").says("hello")
    slack.quiet()
    (event,) = slack.courier.of(said.ts)
    assert event.lost
    assert event.failures == ["no_connection"] * 3
    (mistake,) = slack.workspace.excuse("operation_timeout")
    assert "no_connection" in mistake.detail


def test_an_event_while_nobody_listens_comes_once_the_app_is_there(slack: FakeSlack) -> None:
    slack.courier.pauses = (0.1,) * 300
    said = slack.person("ada").says("@tutor hello")
    with by_socket(slack):
        slack.answered(said)


@both_modes
def test_an_event_can_come_again_although_it_was_acknowledged(slack: FakeSlack, way: Way) -> None:
    with way(slack):
        said = slack.person("ada").says("@tutor hello")
        slack.answered(said)
        for event in slack.courier.of(said.ts):
            slack.courier.send_again(event)
        assert [one.text for one in slack.answered(said, 2)] == ["<@U0TUTOR> hello"] * 2  # echo does not drop repeats


def test_lost_acknowledgements_make_an_event_come_again(slack: FakeSlack) -> None:
    slack.courier.pauses, slack.socket.acknowledged_within = (0.05,) * 5, 0.3
    slack.socket.deaf = True
    with by_socket(slack):
        said = slack.person("ada").says("@tutor hello")
        slack.answered(said, 2)
        slack.socket.deaf = False


def test_each_event_goes_to_one_of_several_connections(slack: FakeSlack) -> None:
    seen: list[list[str]] = [[], []]
    with ExitStack() as stack:
        for one in seen:
            stack.enter_context(by_socket(slack, failing(slack, 0, one)))
        slack.connected(2)
        for _ in range(10):
            slack.person("ada").says("@tutor hello")
        slack.quiet()
    assert sum(map(len, seen)) == 10
    assert min(map(len, seen)) > 0


@pytest.mark.parametrize("way", [by_socket, by_async_socket], ids=lambda way: way.__name__)
def test_the_app_comes_back_when_it_is_asked_to(slack: FakeSlack, way: Way) -> None:
    slack.courier.pauses = (0.1,) * 300
    with way(slack):
        (old,) = slack.socket.connections
        slack.refresh()
        slack.workspace.wait(lambda: slack.socket.connections and old not in slack.socket.connections, what="a new one")
        slack.answered(slack.person("ada").says("@tutor are you there?"))


@pytest.mark.parametrize("way", [by_socket, by_async_socket], ids=lambda way: way.__name__)
def test_the_app_comes_back_when_slack_was_gone(slack: FakeSlack, way: Way) -> None:
    slack.courier.pauses = (0.1,) * 300
    with way(slack):
        slack.vanish()
        said = slack.person("ada").says("@tutor are you there?")
        time.sleep(0.3)
        slack.come_back()
        slack.answered(said)


def test_an_eleventh_connection_is_sent_away(slack: FakeSlack) -> None:
    slack.socket.most = 1
    with by_socket(slack):
        client = WebClient(base_url=slack.api)
        ticket = client.apps_connections_open(app_token=slack.app.app_token)["url"]
        assert slack.run(hellos(ticket)) == ["disconnect"]
        assert slack.run(hellos(ticket)) == []
    (mistake,) = slack.workspace.excuse("invalid_ticket")
    assert mistake.detail == "a WebSocket was opened with no fresh ticket"


async def hellos(url: str) -> list[str]:
    """Return the types of what a WebSocket says until it ends; nothing where it does not open."""
    import aiohttp

    async with aiohttp.ClientSession() as session:
        try:
            async with session.ws_connect(url) as socket:
                return [message.json()["type"] async for message in socket]
        except aiohttp.WSServerHandshakeError:
            return []


EVENT: Json = {"type": "event_callback", "event_id": "Ev1", "event": {"type": "message", "text": "secret"}}


@pytest.mark.parametrize(
    ("spoil", "status"),
    [
        (lambda headers, body: (headers, body), 200),
        (lambda headers, body: (headers, body + b" "), 401),
        (lambda headers, body: (headers | {"X-Slack-Signature": "v0=00"}, body), 401),
        (lambda _, body: ({"Content-Type": "application/json"}, body), 401),
        (lambda headers, body: (headers | {"X-Slack-Request-Timestamp": "1"}, body), 401),
    ],
    ids=["right", "another body", "a wrong signature", "no signature", "another time"],
)
def test_bolt_takes_what_is_signed_as_slack_signs(slack: FakeSlack, spoil: Any, status: int) -> None:
    with by_http(slack) as url:
        body = body_of("events_api", EVENT)
        headers, body = spoil(signed(slack.app, body), body)
        assert post(url, body, headers).status == status


@pytest.mark.parametrize(("skew", "status"), [(-240, 200), (240, 200), (-330, 401), (330, 401)])
def test_bolt_refuses_what_was_signed_more_than_five_minutes_off(slack: FakeSlack, skew: float, status: int) -> None:
    with by_http(slack) as url:
        body = body_of("events_api", EVENT)
        assert post(url, body, signed(slack.app, body, at=time.time() + skew)).status == status


def test_what_the_app_does_not_subscribe_to_does_not_come() -> None:
    app = Installed(events=frozenset({"app_mention"}), scopes=frozenset({"app_mentions:read", "chat:write"}))
    with FakeSlack(app) as slack, by_socket(slack):
        ada = slack.person("ada")
        assert slack.courier.of(ada.says("hello").ts) == []
        assert slack.courier.of(ada.writes("hello").ts) == []
        said = ada.says("@tutor hello")
        slack.answered(said)
        assert [one.payload["event"]["type"] for one in slack.courier.of(said.ts)] == ["app_mention"]
        slack.workspace.channel("elsewhere", bot=False)
        assert slack.courier.of(ada.says("@tutor hello", "elsewhere").ts) == []


def test_an_app_is_what_its_manifest_says() -> None:
    manifest: Json = {
        "features": {
            "bot_user": {"display_name": "teacher"},
            "app_home": {"home_tab_enabled": True},
            "slash_commands": [{"command": "/teach"}],
            "shortcuts": [{"callback_id": "ask", "type": "message"}, {"callback_id": "all", "type": "global"}],
        },
        "oauth_config": {"scopes": {"bot": ["im:history"]}},
        "settings": {
            "interactivity": {"is_enabled": True},
            "event_subscriptions": {"bot_events": ["message.im", "message.channels"]},
        },
    }
    app = installed(manifest)
    assert (app.name, app.home) == ("teacher", True)
    assert (app.commands, app.shortcuts) == (frozenset({"/teach"}), frozenset({"ask"}))
    assert [app.hears(event) for event in ("message.im", "message.channels", "app_mention")] == [True, False, False]


def test_the_fake_runs_in_a_process_of_its_own() -> None:
    command = [sys.executable, "-m", "tests.slack.fake", "--port", "0"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=dict(os.environ)
    ) as run:
        assert run.stdout
        assert run.stdin
        told = dict(run.stdout.readline().strip().removeprefix("export ").split("=", 1) for _ in range(4))
        client = WebClient(told["SLACK_BOT_TOKEN"], base_url=told["SLACK_API_URL"])
        assert client.auth_test()["user"] == "tutor"
        run.stdin.write("ada: hello\n")
        run.stdin.flush()
        while not client.users_list()["members"][1:]:
            time.sleep(0.01)
        client.chat_postMessage(channel=client.users_list()["members"][1]["id"], text="good morning")
        assert run.stdout.readline() == "good morning\n"
        run.stdin.close()
        assert run.wait(10) == 0


def test_an_echo_without_a_fake_bug_leaves_no_mistake(slack: FakeSlack) -> None:
    with by_socket(slack, echo(slack)):
        slack.answered(slack.person("ada").says("@tutor hello"))
        slack.quiet()
    assert slack.workspace.mistakes == []
