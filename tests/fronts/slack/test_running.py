"""The whole bot against the fake Slack: both modes, sync and async, repeats, faults, an orderly end."""

import json
import signal
import threading
import urllib.error
import urllib.request
from typing import Any

import pytest
from slack_bolt import App
from slack_bolt.async_app import AsyncApp
from slack_sdk import WebClient
from slack_sdk.web.async_client import AsyncWebClient

from tests.fronts.slack.bot import Bot, Mode, running, secrets_of, settled, until
from tests.slack.echo import by_socket
from tests.slack.fake import FakeSlack
from tests.slack.http_events import body_of, post, signed
from tests.slack.message import Message
from tests.slack.troubles import Limited, Refuse, Reset
from tutor import Tutor
from tutor.errors import SlackError, StoreError
from tutor.fronts.slack import Settings, register
from tutor.fronts.slack.running import Doors, Secrets, run, until_told
from tutor.store import Store

both_modes = pytest.mark.parametrize("mode", ["socket", "http"])


def last(slack: FakeSlack, said: Message, count: int) -> Message:
    return slack.answered(said, count)[-1]


@both_modes
def test_a_dialogue_goes_by_buttons_and_by_words(slack: FakeSlack, tea: Tutor, store: Store, mode: Mode) -> None:
    ada, bob = slack.person("ada"), slack.person("bob")
    with running(slack, tea, store, mode):
        said = ada.says("@tutor Which tea should I brew?")
        first = last(slack, said, 1)
        bob.presses(first, "In the morning")
        assert last(slack, said, 2).text.startswith("How many cups")
        assert first.text == "When will it be drunk?\n✓ In the morning"
        ada.says("just one please", thread=said)
        answer = last(slack, said, 3)
        assert answer.text.startswith("Green tea wants cooler water")
        ada.presses(answer, "Why?")
        slack.workspace.wait(lambda: "Hotter water makes it bitter" in str(answer.blocks), what="the reason")
        slack.quiet()


@both_modes
def test_a_direct_message_is_one_dialogue_and_a_thread_in_it_goes_on_from_there(
    slack: FakeSlack, tea: Tutor, store: Store, mode: Mode
) -> None:
    ada = slack.person("ada")
    with running(slack, tea, store, mode):
        said = ada.writes("Which tea should I brew?")
        held = slack.workspace.messages[said.channel.id]
        slack.workspace.wait(lambda: len(held) == 2, what="a question")
        ada.writes("in the morning")
        slack.workspace.wait(lambda: len(held) == 4, what="another question")
        asked = list(held.values())[-1]
        ada.writes("just one", thread=asked)
        assert slack.answered(asked, 2)[-1].text.startswith("Green tea wants cooler water")
        slack.quiet()


def test_a_command_is_answered_to_one_person_and_can_be_shared(slack: FakeSlack, tea: Tutor, store: Store) -> None:
    ada, away = slack.person("ada"), slack.workspace.channel("away", bot=False)
    with running(slack, tea, store):
        ada.commands("Why is green tea bitter?", away)
        slack.workspace.wait(ada.whispers, what="a whisper")
        ada.presses(ada.whispers()[0], "Share in channel")
        slack.workspace.wait(lambda: len(slack.workspace.messages[away.id]) == 2, what="a shared answer")
        shared = list(slack.workspace.messages[away.id].values())[1]
        assert shared.only_for is None
        assert f"<@{ada.id}> asked: Why is green tea bitter?" in str(shared.blocks)
        slack.quiet()
    slack.workspace.excuse("not_in_channel")


def test_the_shortcut_answers_a_message_in_its_thread(slack: FakeSlack, tea: Tutor, store: Store) -> None:
    with running(slack, tea, store):
        said = slack.person("bob").says("Why is green tea bitter?")
        slack.person("ada").uses("tutor_ask", said)
        assert last(slack, said, 1).text.startswith("Green tea")
        slack.quiet()


def test_the_home_shows_settings_keeps_them_and_forgets(slack: FakeSlack, tea: Tutor, store: Store) -> None:
    ada = slack.person("ada")
    with running(slack, tea, store):
        ada.opens_home()
        home = slack.workspace.wait(ada.home, what="a home")
        ada.presses(home, "Answer only me")
        slack.workspace.wait(lambda: "Answer everybody" in str(ada.home()), what="another home")
        ada.says("@tutor Why is green tea bitter?")
        slack.workspace.wait(ada.whispers, what="a whisper")
        assert store.settings("person", ada.id) == {"private": True}
        ada.presses(ada.home(), "Forget my data")  # type: ignore[arg-type]
        slack.workspace.wait(lambda: "All about you is deleted" in str(ada.home()), what="a word of it")
        slack.quiet()
    assert store.settings("person", ada.id) == {}
    assert store.forget(ada.id) == 0


def test_votes_are_private_and_a_reason_comes_after(slack: FakeSlack, tea: Tutor, store: Store) -> None:
    ada = slack.person("ada")
    with running(slack, tea, store):
        said = ada.says("@tutor Why is green tea bitter?")
        answer = last(slack, said, 1)
        ada.presses(answer, "Helpful")
        slack.workspace.wait(ada.whispers, what="thanks")
        ada.presses(answer, "Not helpful")
        ada.submits(slack.workspace.wait(ada.modal, what="a form"), {"reason": "too short"})
        slack.quiet()
        until(store.missed, "a question is missed")
        assert len(slack.workspace.answers(said)) == 2  # the answer, and thanks that only ada sees
    assert [(one.text, one.why) for one in store.missed()] == [("Why is green tea bitter?", "voted-down")]
    (line,) = store.stats()
    assert (line.helpful, line.unhelpful, line.questions, line.answered) == (0, 1, 1, 1)


@both_modes
def test_what_comes_again_is_answered_once(slack: FakeSlack, tea: Tutor, store: Store, mode: Mode) -> None:
    with running(slack, tea, store, mode):
        said = slack.person("ada").says("@tutor Which tea should I brew?")
        slack.answered(said)
        for event in slack.courier.of(said.ts):
            slack.courier.send_again(event)
        slack.quiet()
        other = slack.person("ada").says("@tutor Why is green tea bitter?")
        slack.answered(other)
        assert len(slack.workspace.answers(said)) == 1
    with running(slack, tea, store, mode):
        for event in slack.courier.of(said.ts):
            slack.courier.send_again(event)
        slack.quiet()
        slack.answered(slack.person("ada").says("@tutor thanks"))
        assert len(slack.workspace.answers(said)) == 1


def test_what_is_not_for_it_is_acknowledged_and_left_alone(slack: FakeSlack, tea: Tutor, store: Store) -> None:
    ada = slack.person("ada")
    with running(slack, tea, store):
        said = ada.says("Which tea should I brew?")
        ada.edits(said, "Which coffee should I brew?")
        ada.says("@bob Which tea?", thread=said)
        slack.bot_says("@tutor Which tea?")
        ada.deletes(said)
        slack.quiet()
        slack.answered(ada.says("@tutor thanks"))
        assert slack.workspace.answers(said) == []


def test_buttons_work_after_a_restart(slack: FakeSlack, tea: Tutor, store: Store) -> None:
    ada = slack.person("ada")
    with running(slack, tea, store):
        said = ada.says("@tutor Which tea should I brew?")
        first = last(slack, said, 1)
        slack.quiet()
    with running(slack, tea, store):
        ada.presses(first, "Before sleep")
        assert last(slack, said, 2).text.startswith("Strong tea before sleep")
        slack.quiet()


class Broken:
    """A store that does not take anything, until it is mended."""

    def __init__(self, store: Store) -> None:
        self._store, self.broken = store, True

    def accept(self, *args: Any, **more: Any) -> bool:
        if self.broken:
            raise StoreError("the store is away")
        return self._store.accept(*args, **more)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)


@both_modes
def test_what_could_not_be_written_down_is_not_acknowledged_and_comes_again(
    slack: FakeSlack, tea: Tutor, store: Store, mode: Mode
) -> None:
    slack.courier.pauses = (0.2,) * 50
    slack.socket.acknowledged_within = 0.3
    broken: Any = Broken(store)
    with running(slack, tea, broken, mode):
        said = slack.person("ada").says("@tutor Which tea should I brew?")
        until(lambda: all(one.failures for one in slack.courier.of(said.ts)), "nothing is taken")
        broken.broken = False
        slack.answered(said)
        slack.quiet()
        assert len(slack.workspace.answers(said)) == 1


class Faulty:
    """A tutor with a bug that comes out at certain words."""

    def __init__(self, tutor: Tutor) -> None:
        self._tutor = tutor

    def respond(self, text: str, *more: Any) -> Any:
        if "kettle" in text:
            raise RuntimeError(f"cannot read {text}")
        return self._tutor.respond(text, *more)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._tutor, name)


def test_a_bug_is_told_without_the_words_and_its_thread_goes_on(
    slack: FakeSlack, tea: Tutor, store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    faulty: Any = Faulty(tea)
    ada = slack.person("ada")
    with running(slack, faulty, store):
        said = ada.says("@tutor why is my kettle so loud?")
        assert last(slack, said, 1).text.startswith("Something went wrong with this one")
        ada.says("@tutor Why is green tea bitter?", thread=said)
        assert last(slack, said, 2).text.startswith("Green tea wants cooler water")
    (record,) = [one for one in caplog.records if one.message == "an event could not be answered"]
    assert record.__dict__["facts"]["error"] == "RuntimeError"
    assert "answering.py" in record.__dict__["facts"]["fault"]
    assert "loud" not in caplog.text + str(record.__dict__)


def test_a_limit_on_one_channel_does_not_hold_up_another(slack: FakeSlack, tea: Tutor, store: Store) -> None:
    ada = slack.person("ada")
    slow = slack.workspace.channel("slow")
    only = lambda arguments: arguments["channel"] == slow.id  # noqa: E731
    slack.web.troubles.plan("chat.postMessage", Limited(1), only=only)
    with running(slack, tea, store):
        late = ada.says("@tutor Which tea should I brew?", slow)
        slack.workspace.wait(lambda: len(slack.web.called("chat.postMessage")) == 1, what="a call")
        for _ in range(6):
            slack.answered(ada.says("@tutor Why is green tea bitter?"), seconds=0.9)
        slack.answered(late)
        slack.quiet()


def test_a_message_that_was_posted_without_a_word_of_it_is_not_posted_twice(
    slack: FakeSlack, tea: Tutor, store: Store
) -> None:
    slack.web.troubles.plan("chat.postMessage", Reset(), after=True)
    with running(slack, tea, store):
        said = slack.person("ada").says("@tutor Which tea should I brew?")
        slack.answered(said)
        slack.workspace.wait(lambda: slack.web.called("conversations.replies"), what="a look")
        until(lambda: not store.backlog().unsent, "all is sent")
        assert len(slack.workspace.answers(said)) == 1
        slack.quiet()


def test_a_message_that_is_refused_for_good_does_not_stop_its_thread(
    slack: FakeSlack, tea: Tutor, store: Store
) -> None:
    slack.web.troubles.plan("chat.postMessage", Refuse("restricted_action"))
    ada = slack.person("ada")
    with running(slack, tea, store):
        said = ada.says("@tutor Which tea should I brew?")
        until(lambda: store.backlog().given_up, "it is refused")
        ada.says("@tutor in the morning", thread=said)
        assert last(slack, said, 1).text.startswith("How many cups")
        slack.quiet()


def test_what_it_has_begun_it_finishes_before_it_ends(slack: FakeSlack, tea: Tutor, store: Store) -> None:
    from tests.slack.troubles import Slow

    slack.web.troubles.plan("chat.postMessage", Slow(1.0))
    with running(slack, tea, store) as bot:
        said = slack.person("ada").says("@tutor Which tea should I brew?")
        until(lambda: slack.web.troubles.pending() == 0, "it calls")
        bot.end()
        assert len(slack.workspace.answers(said)) == 1
    with running(slack, tea, store):
        pass
    assert (store.backlog().waiting, store.backlog().unsent) == (0, 0)


def test_what_was_accepted_and_not_begun_is_answered_at_the_next_start(
    slack: FakeSlack, tea: Tutor, store: Store
) -> None:
    idle = Settings(workers=0)
    with running(slack, tea, store, settings=idle):
        said = slack.person("ada").says("@tutor Which tea should I brew?")
        slack.quiet()
    assert slack.workspace.answers(said) == []
    with running(slack, tea, store):
        slack.answered(said)
    assert len(slack.workspace.answers(said)) == 1


# -- HTTP ------------------------------------------------------------------------------------------------------------


def fetched(url: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310 - loopback
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


EVENT = {
    "type": "event_callback",
    "team_id": "T0STUDY",
    "event_id": "Ev1",
    "event": {"type": "message", "channel": "C1", "user": "U1", "ts": "1.0", "text": "the kettle is on"},
}


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (json.dumps(EVENT).encode(), {}, 200),
        (json.dumps(EVENT).encode(), {"X-Slack-Signature": "v0=0"}, 401),
        (json.dumps(EVENT).encode(), {"X-Slack-Signature": ""}, 401),
        (json.dumps(EVENT).encode(), {"X-Slack-Request-Timestamp": "1"}, 401),
        (json.dumps({"type": "event_callback"}).encode(), {}, 400),
        (json.dumps({"type": "event_callback", "event": {"type": "message"}}).encode(), {}, 400),
        (json.dumps({"type": "block_actions", "actions": []}).encode(), {}, 400),
        (b"{", {}, 400),
        (b"[]", {}, 400),
        (b"7", {}, 400),
        (b"", {}, 400),
        (b"\xff\xfe", {}, 400),
        (b"[" * 100_000, {}, 400),
        (b" " * (1024 * 1024 + 1), {}, 413),
    ],
    ids="whole wrong unsigned old empty lacking nothing cut list seven none bytes deep large".split(),
)
def test_a_request_gets_the_status_it_deserves(
    slack: FakeSlack, tea: Tutor, store: Store, body: bytes, headers: dict[str, str], status: int
) -> None:
    with running(slack, tea, store, "http") as bot:
        assert post(f"{bot.url}/slack/events", body, signed(slack.app, body) | headers).status == status
        assert fetched(f"{bot.url}/healthz") == (200, "alive\n")


def test_nothing_of_a_malformed_request_is_logged(
    slack: FakeSlack, tea: Tutor, store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    body = json.dumps({"type": "event_callback", "event": {"type": "message", "text": "my secret"}}).encode()
    with running(slack, tea, store, "http") as bot:
        post(f"{bot.url}/slack/events", body, signed(slack.app, body))
        slack.answered(slack.person("ada").says("@tutor Which tea should I brew at breakfast?"))
        slack.quiet()
    assert "malformed" in caplog.text
    assert "my secret" not in caplog.text
    assert "breakfast" not in caplog.text


def test_the_text_is_logged_only_where_the_admin_says_so(
    slack: FakeSlack, tea: Tutor, store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    with running(slack, tea, store, settings=Settings(log_text=True)):
        slack.answered(slack.person("ada").says("@tutor Which tea should I brew at breakfast?"))
        slack.quiet()
    facts = [record.__dict__["facts"] for record in caplog.records if record.message == "answered"]
    assert [fact["text"] for fact in facts] == ["Which tea should I brew at breakfast?"]


@both_modes
def test_health_says_alive_and_ready(slack: FakeSlack, tea: Tutor, store: Store, mode: Mode) -> None:
    with running(slack, tea, store, mode) as bot:
        assert fetched(f"{bot.url}/healthz") == (200, "alive\n")
        until(lambda: fetched(f"{bot.url}/readyz") == (200, "ready\n"), "it is ready")
        assert fetched(f"{bot.url}/other")[0] == 404


def test_metrics_tell_what_happened(slack: FakeSlack, tea: Tutor, store: Store) -> None:
    slack.web.troubles.plan("chat.postMessage", Limited(1))
    with running(slack, tea, store) as bot:
        slack.answered(slack.person("ada").says("@tutor Which tea should I brew?"))
        slack.quiet()
        until(lambda: not store.backlog().unsent, "all is sent")
        page = fetched(f"{bot.url}/metrics")[1]
    for line in (
        'tutor_events_total{kind="said"} 1.0',
        'tutor_repeated_events_total{kind="said"} 1.0',
        'tutor_replies_total{kind="said",reply="ask"} 1.0',
        'tutor_posts_total{method="chat.postMessage",outcome="sent"} 1.0',
        "tutor_rate_limited_total 1.0",
        "tutor_answer_seconds_count 1.0",
        "tutor_waiting 0.0",
        "tutor_unsent 0.0",
    ):
        assert line in page.splitlines()


@pytest.mark.parametrize(
    ("secrets", "told"),
    [
        (Secrets("xoxb-wrong"), "Slack refuses SLACK_BOT_TOKEN"),
        (Secrets("xoxb-0000000000-fake-bot-token", "xapp-wrong"), "Slack refuses SLACK_APP_TOKEN: invalid_auth"),
        (Secrets("xoxb-1", api_url="http://127.0.0.1:1/api/"), "Slack cannot be reached"),
    ],
)
def test_what_slack_refuses_is_said_in_one_line_without_the_token(
    slack: FakeSlack, tea: Tutor, store: Store, secrets: Secrets, told: str
) -> None:
    from dataclasses import replace

    secrets = secrets if "127.0.0.1:1/" in secrets.api_url else replace(secrets, api_url=slack.api)
    with pytest.raises(SlackError) as caught:
        run(tea, store, secrets, Settings(), Doors(), threading.Event())
    assert str(caught.value).startswith(told)
    assert "xoxb" not in str(caught.value)
    assert "\n" not in str(caught.value)
    slack.workspace.excuse("invalid_auth")


def test_an_address_that_is_taken_is_said_in_one_line(slack: FakeSlack, tea: Tutor, store: Store) -> None:
    with running(slack, tea, store) as bot, pytest.raises(SlackError, match=r"cannot listen on 127\.0\.0\.1:"):
        run(tea, store, secrets_of(slack), Settings(), Doors(http=bot.address), threading.Event())


def test_a_signal_tells_it_to_end_and_then_does_what_it_did_before() -> None:
    before = signal.getsignal(signal.SIGTERM)
    with until_told() as stop:
        assert not stop.is_set()
        signal.raise_signal(signal.SIGTERM)
        assert stop.wait(5)
    assert signal.getsignal(signal.SIGTERM) is before


def test_secrets_do_not_show_themselves(slack: FakeSlack) -> None:
    assert repr(secrets_of(slack)) == "Secrets(***)"


# -- embedding -------------------------------------------------------------------------------------------------------


def test_an_app_of_ones_own_gets_the_tutor_by_one_call(slack: FakeSlack, tea: Tutor, store: Store) -> None:
    app = App(client=WebClient(slack.app.bot_token, base_url=slack.api), signing_secret=slack.app.signing_secret)
    workers = register(app, tutor=tea, store=store)
    with by_socket(slack, app):
        slack.answered(slack.person("ada").says("@tutor Which tea should I brew?"))
        slack.person("ada").says("nothing for anybody")
        slack.quiet()
    assert workers.close()


def test_an_async_app_gets_it_by_the_same_call(slack: FakeSlack, tea: Tutor, store: Store) -> None:
    with async_by_socket(slack, tea, store):
        said = slack.person("ada").says("@tutor Which tea should I brew?")
        slack.person("ada").presses(last(slack, said, 1), "Before sleep")
        assert last(slack, said, 2).text.startswith("Strong tea")
        slack.quiet()


def async_by_socket(slack: FakeSlack, tea: Tutor, store: Store) -> Any:
    """Run the tutor in an asyncio app."""
    import asyncio
    from contextlib import contextmanager

    from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler

    @contextmanager
    def serving() -> Any:
        done, loop = asyncio.Event(), asyncio.new_event_loop()

        async def serve() -> None:
            client = AsyncWebClient(slack.app.bot_token, base_url=slack.api)
            app = AsyncApp(client=client, signing_secret=slack.app.signing_secret)
            workers = register(app, tutor=tea, store=store)
            handler = AsyncSocketModeHandler(app, slack.app.app_token, web_client=client, ping_interval=0.2)
            await handler.connect_async()
            await done.wait()
            await handler.close_async()
            assert workers.close()

        thread = threading.Thread(target=lambda: loop.run_until_complete(serve()))
        thread.start()
        try:
            slack.connected()
            yield
            settled(slack)
        finally:
            loop.call_soon_threadsafe(done.set)
            thread.join()
            loop.close()

    return serving()


@pytest.mark.parametrize("passes_on", [True, False])
def test_other_listeners_of_an_app_hear_what_is_not_for_the_tutor_where_it_passes_on(
    slack: FakeSlack, tea: Tutor, store: Store, passes_on: bool
) -> None:
    app = App(client=WebClient(slack.app.bot_token, base_url=slack.api), signing_secret=slack.app.signing_secret)
    workers, heard = register(app, tutor=tea, store=store, settings=Settings(passes_on=passes_on)), list[str]()

    @app.event("message")
    def other(event: dict[str, Any]) -> None:
        heard.append(event["text"])

    with by_socket(slack, app):
        slack.person("ada").says("the kettle is on")
        slack.answered(slack.person("ada").says("@tutor Which tea should I brew?"))
        settled(slack)
    workers.close()
    assert heard == (["the kettle is on"] if passes_on else [])


def test_a_signed_form_is_taken_as_a_press_or_a_command(slack: FakeSlack, tea: Tutor, store: Store) -> None:
    payload = {"command": "/tutor", "text": "help", "team_id": "T0STUDY", "channel_id": "C1", "user_id": "U1"}
    ada = slack.person("ada")
    payload |= {"trigger_id": "1.2", "response_url": slack.urls.make(ada.id, slack.workspace.channel("study"))}
    body = body_of("slash_commands", payload)
    with running(slack, tea, store, "http") as bot:
        assert post(f"{bot.url}/slack/events", body, signed(slack.app, body, kind="slash_commands")).status == 200
        slack.workspace.wait(ada.whispers, what="help")


def test_the_bot_of_the_tests_is_where_it_says(slack: FakeSlack, tea: Tutor, store: Store) -> None:
    with running(slack, tea, store) as bot:
        assert isinstance(bot, Bot)
        assert bot.url.startswith("http://127.0.0.1:")
