"""What the bot lets in over HTTP, what it says of its health, and what it writes into its log."""

import json
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.slack.app import App
from tests.slack.bot import Bot, tutor
from tests.slack.fake import FakeSlack
from tests.slack.http_events import Answer, body_of, post, signed
from tests.slack.message import Message

WORDS = "zanzibar-sencha"  #: stand in what is asked, and must not stand in the log
GREEN = f"@tutor What temperature does {WORDS} need, sencha?"


@pytest.fixture(scope="module")
def running(app: App, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    doors = ("--http", "127.0.0.1:0", "--health", "127.0.0.1:0", "--metrics", "127.0.0.1:0")
    with FakeSlack(app) as slack, Bot(slack, tmp_path_factory.mktemp("bot"), *doors) as bot:
        yield bot
        assert bot.stop() == 0
        bot.must_have_been_discreet(WORDS)


@pytest.fixture
def bot(running: Bot) -> Iterator[Bot]:
    yield running
    running.slack.quiet()
    assert running.slack.workspace.mistakes == []


def url(bot: Bot) -> str:
    return f"http://{bot.address()}/slack/events"


def event(slack: FakeSlack, text: str = GREEN) -> tuple[Message, bytes]:
    """Return something that was said, and the body that tells of it; it was brought to the bot already."""
    said = slack.person("ada").says(text)
    slack.answered(said)
    slack.quiet()
    return said, body_of("events_api", slack.courier.of(said.ts)[0].payload)


@pytest.mark.parametrize(
    ("named", "value"),
    [
        ("X-Slack-Signature", None),
        ("X-Slack-Signature", ""),
        ("X-Slack-Signature", "v0=" + "0" * 64),
        ("X-Slack-Signature", "v1=" + "0" * 64),
        ("X-Slack-Request-Timestamp", None),
        ("X-Slack-Request-Timestamp", "1"),
        ("X-Slack-Request-Timestamp", "now"),
        ("X-Slack-Request-Timestamp", "9" * 400),
    ],
)
def test_what_is_not_signed_by_slack_gets_401(bot: Bot, named: str, value: str | None) -> None:
    said, body = event(bot.slack)
    headers = signed(bot.slack.app, body)
    headers = {name: held for name, held in (headers | {named: value}).items() if held is not None}
    assert post(url(bot), body, headers).status == 401
    assert len(bot.slack.workspace.answers(said)) == 1


def test_a_body_that_was_tampered_with_gets_401(bot: Bot) -> None:
    _, body = event(bot.slack)
    assert post(url(bot), body.replace(b"sencha", b"matcha"), signed(bot.slack.app, body)).status == 401


def test_another_secret_gets_401(bot: Bot) -> None:
    _, body = event(bot.slack)
    assert post(url(bot), body, signed(App(signing_secret="another"), body)).status == 401


@pytest.mark.parametrize(("age", "status"), [(-240.0, 200), (240.0, 200), (-600.0, 401), (600.0, 401)])
def test_clocks_may_differ_by_less_than_five_minutes(bot: Bot, age: float, status: int) -> None:
    said, body = event(bot.slack)
    assert post(url(bot), body, signed(bot.slack.app, body, at=time.time() + age)).status == status
    assert len(bot.slack.workspace.answers(said)) == 1


def test_everything_works_while_slack_s_clock_is_four_minutes_ahead(bot: Bot) -> None:
    slack = bot.slack
    slack.over_http(url(bot), skew=240)
    said = slack.person("ada").says("@tutor Which tea should I brew?")
    slack.person("ada").presses(slack.answered(said)[0], "Before sleep").acknowledged()
    slack.answered(said, 2)
    slack.over_http(url(bot))


def test_a_request_that_is_replayed_gets_401_and_changes_nothing(bot: Bot) -> None:
    slack = bot.slack
    said = slack.person("ada").says("@tutor Which tea should I brew?")
    pressed = slack.person("ada").presses(slack.answered(said)[0], "In the morning")
    slack.answered(said, 2)
    slack.person("ada").says("@tutor start over", thread=said)
    slack.answered(said, 3)
    for delivery in (*slack.courier.of(said.ts), pressed):
        body = body_of(delivery.kind, delivery.payload)
        headers = signed(slack.app, body, kind=delivery.kind, at=time.time() + 100)
        assert [post(url(bot), body, headers).status for _ in range(2)] == [200, 401]
    slack.answered(slack.person("ada").says("@tutor hello"))
    assert len(slack.workspace.answers(said)) == 3


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"", "application/json", 400),
        (b"{", "application/json", 400),
        (b"[]", "application/json", 400),
        (b"null", "application/json", 400),
        (b'{"type": "event_callback"}', "application/json", 400),
        (b'{"type": "event_callback", "event": []}', "application/json", 400),
        (b'{"type": "event_callback", "event": {"type": "message"}}', "application/json", 400),
        (b'{"type": "event_callback", "event": {"type": ["message"]}}', "application/json", 404),
        (b"[" * 100_000, "application/json", 400),
        (b"\xff\xfe", "application/json", 400),
        (b"payload=%7B", "application/x-www-form-urlencoded", 400),
        (b"payload=%7B%22type%22%3A+%22block_actions%22%7D", "application/x-www-form-urlencoded", 400),
        (b"payload=", "application/x-www-form-urlencoded", 400),
        (b"command=%2Ftutor", "application/x-www-form-urlencoded", 400),
        (b'{"type": "event_callback", "event": {"text": "' + b"a" * 2_000_000 + b'"}}', "application/json", 413),
    ],
    ids=range(15),
)
def test_what_is_malformed_or_too_large_gets_a_clear_answer(bot: Bot, body: bytes, kind: str, status: int) -> None:
    answer = post(url(bot), body, signed(bot.slack.app, body) | {"Content-Type": kind})
    assert answer.status == status
    assert 0 < len(answer.body) < 100


def test_a_malformed_request_is_logged_without_its_text(bot: Bot) -> None:
    body = json.dumps({"type": "event_callback", "event": {"type": "message", "text": WORDS}}).encode()
    assert post(url(bot), body, signed(bot.slack.app, body)).status == 400
    bot.until(lambda: bot.logged("malformed"), "the log")


def test_slack_s_question_whether_this_is_the_address_is_answered(bot: Bot) -> None:
    body = json.dumps({"type": "url_verification", "token": "t", "challenge": "3eZbrw1aB"}).encode()
    answer = post(url(bot), body, signed(bot.slack.app, body))
    assert answer.status == 200
    assert "3eZbrw1aB" in answer.body


def test_other_paths_and_methods_are_refused(bot: Bot) -> None:
    assert got(url(bot)).status == 405
    assert got(f"http://{bot.address()}/").status == 404


def got(address: str) -> Answer:
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310 - on this machine
            return Answer(answer.status, answer.read().decode())
    except urllib.error.HTTPError as error:
        with error:
            return Answer(error.code, error.read().decode())


def test_a_slow_client_does_not_hold_up_the_others(bot: Bot) -> None:
    host, port = bot.address().split(":")
    with socket.create_connection((host, int(port))) as slow:
        slow.sendall(b"POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{")
        event(bot.slack)


def test_health_is_told(bot: Bot) -> None:
    assert got(f"http://{bot.address()}/healthz") == Answer(200, "alive\n")
    assert got(f"http://{bot.address()}/readyz") == Answer(200, "ready\n")


def test_metrics_count_what_came_and_went(bot: Bot) -> None:
    before = metrics(bot)
    said, body = event(bot.slack)
    assert post(url(bot), body, signed(bot.slack.app, body, at=time.time() + 100)).status == 200
    sent = 'tutor_posts_total{method="chat.postMessage",outcome="sent"}'
    bot.until(lambda: metrics(bot).get(sent, 0.0) > before.get(sent, 0.0), "the post to be counted")
    bot.until(lambda: metrics(bot)["tutor_unsent"] == 0, "the post to be written down")
    after = metrics(bot)
    risen = {name: after[name] - before.get(name, 0.0) for name in after if after[name] != before.get(name, 0.0)}
    assert risen['tutor_events_total{kind="said"}'] == 1
    assert risen['tutor_repeated_events_total{kind="said"}'] >= 1
    assert risen[sent] == 1
    assert risen["tutor_answer_seconds_count"] == 1
    assert after["tutor_waiting"] == 0
    assert len(bot.slack.workspace.answers(said)) == 1


def metrics(bot: Bot) -> dict[str, float]:
    lines = got(f"http://{bot.address()}/metrics").body.splitlines()
    pairs = [line.rsplit(" ", 1) for line in lines if not line.startswith("#")]
    return {name: float(value) for name, value in pairs if not name.endswith("_created")}


@pytest.mark.slow
def test_it_is_not_ready_while_slack_is_away(app: App, tmp_path: Path) -> None:
    with FakeSlack(app) as slack, Bot(slack, tmp_path, "--health", "127.0.0.1:0") as bot:
        slack.courier.pauses = (0.5,) * 200
        ready = f"http://{bot.address()}/readyz"
        assert got(ready).status == 200
        slack.vanish()
        bot.until(lambda: got(ready) == Answer(503, "not ready: not connected to Slack\n"), "it to notice")
        assert got(f"http://{bot.address()}/healthz").status == 200
        slack.come_back()
        slack.answered(slack.person("ada").says(GREEN))
        assert got(ready).status == 200
        slack.quiet()
        assert bot.stop() == 0


@pytest.mark.parametrize(
    ("arguments", "environment", "code", "told"),
    [
        ((), {"SLACK_BOT_TOKEN": "", "SLACK_APP_TOKEN": "xapp-any-000000"}, 1, "SLACK_BOT_TOKEN is missing"),
        ((), {"SLACK_APP_TOKEN": ""}, 1, "SLACK_APP_TOKEN is missing"),
        (("--http", "3000"), {"SLACK_SIGNING_SECRET": ""}, 1, "SLACK_SIGNING_SECRET is missing"),
        (("--http", "here"), {}, 1, "here is no address"),
        ((), {"SLACK_BOT_TOKEN": "xoxb-wrong-000000"}, 1, "Slack refuses SLACK_BOT_TOKEN"),
        ((), {"SLACK_APP_TOKEN": "xapp-wrong-000000"}, 1, "Slack refuses SLACK_APP_TOKEN"),
        ((), {"SLACK_API_URL": "http://127.0.0.1:9/api/"}, 1, "Slack cannot be reached"),
        (("--store", "/dev/null/store.db"), {}, 1, "/dev/null"),
        (("--store", "postgresql://tutor:hushhush@127.0.0.1:9/tutor"), {}, 1, "127.0.0.1"),
        (("--policy", "channels"), {}, 2, "--channel"),
    ],
)
def test_what_an_admin_got_wrong_is_one_clear_line(
    tmp_path: Path, arguments: tuple[str, ...], environment: dict[str, str], code: int, told: str
) -> None:
    with FakeSlack() as slack:
        store = () if "--store" in arguments else ("--store", str(tmp_path / "store.db"))
        wrong = slack.environment() | environment
        done = tutor("slack", "--pack", "tests/tea", *store, *arguments, **wrong)
        assert done.returncode == code, done.stderr
        last = done.stderr.strip().splitlines()[-1]
        assert last.startswith("Error: ")
        assert told in last
        assert "Traceback" not in done.stderr
        for secret in (*wrong.values(), "hushhush"):
            assert not secret or secret.startswith("http") or secret not in done.stderr
