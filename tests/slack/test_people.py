"""What people do in the fake, as an unmodified Bolt app sees it, and what they see of the app."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
from slack_bolt import App
from slack_sdk.errors import SlackApiError

from tests.slack.echo import BUTTONS, by_http, echo
from tests.slack.fake import FakeSlack
from tests.slack.message import Json, View
from tests.slack.people import Person

MODAL: Json = {
    "type": "modal",
    "callback_id": "reason",
    "private_metadata": "kept",
    "notify_on_close": True,
    "title": {"type": "plain_text", "text": "Why?"},
    "submit": {"type": "plain_text", "text": "Send"},
    "blocks": [
        {
            "type": "input",
            "label": {"type": "plain_text", "text": "What was wrong?"},
            "element": {"type": "plain_text_input", "action_id": "words"},
        },
        {
            "type": "input",
            "optional": True,
            "label": {"type": "plain_text", "text": "How bad?"},
            "element": {
                "type": "static_select",
                "action_id": "badness",
                "options": [{"text": {"type": "plain_text", "text": "Very"}, "value": "9"}],
            },
        },
    ],
}


class Seen(list[Json]):
    """What the app got, in order."""

    def wait(self, slack: FakeSlack, count: int = 1) -> Json:
        slack.quiet()
        assert len(self) == count, self
        return self[-1]


@pytest.fixture
def seen() -> Seen:
    return Seen()


@pytest.fixture
def ada(slack: FakeSlack) -> Person:
    return slack.person("ada")


@pytest.fixture
def app(slack: FakeSlack, seen: Seen) -> Iterator[App]:
    """An app that shows buttons, modals and a home."""
    app = echo(slack)

    @app.action("left")
    def left(ack: Any, respond: Any, body: Json) -> None:
        ack()
        seen.append(body)
        respond(text="Left it is", blocks=[], replace_original=True)

    @app.action("right")
    def right(ack: Any, client: Any, body: Json) -> None:
        ack()
        seen.append(body)
        client.views_open(trigger_id=body["trigger_id"], view=MODAL)

    @app.action("menu")
    def menu(ack: Any, body: Json) -> None:
        ack()
        seen.append(body)

    @app.view("reason")
    def submitted(ack: Any, body: Json) -> None:
        seen.append(body)
        filled = next(iter(body["view"]["state"]["values"].values()))["words"]["value"]
        if filled == "more":
            ack(response_action="push", view=MODAL)
        elif filled == "too much":
            ack(response_action="update", view=MODAL | {"title": {"type": "plain_text", "text": "t" * 25}})
        elif filled == "nothing":
            ack(response_action="errors", errors={body["view"]["blocks"][0]["block_id"]: "Say more"})
        else:
            ack()

    @app.view_closed("reason")
    def closed(ack: Any, body: Json) -> None:
        ack()
        seen.append(body)

    @app.shortcut("ask")
    def asked(ack: Any, say: Any, body: Json) -> None:
        ack()
        seen.append(body)
        say(text=body["message"]["text"], thread_ts=body["message"]["ts"])

    @app.event("app_home_opened")
    def home(client: Any, event: Json) -> None:
        blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": "Welcome"}}]
        client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})

    with by_http(slack, app):
        yield app


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("a < b & c > d", "a &lt; b &amp; c &gt; d"),
        ("<!channel>", "&lt;!channel&gt;"),
        ("@channel look", "<!channel> look"),
        ("@bob, @nobody, a@bob.org", "<@U00000002>, @nobody, a@bob.org"),
        ("see https://example.org/?a=1&b=2", "see <https://example.org/?a=1&amp;b=2>"),
    ],
)
def test_what_is_typed_arrives_as_slack_writes_it(slack: FakeSlack, ada: Person, typed: str, text: str) -> None:
    assert slack.person("bob").id == "U00000002"
    slack.workspace.channel("quiet", bot=False)
    assert ada.says(typed, "quiet").text == text


def test_a_pressed_button_can_turn_the_message_into_something_else(
    slack: FakeSlack, app: App, ada: Person, seen: Seen
) -> None:
    posted = app.client.chat_postMessage(channel=slack.workspace.channel("study").id, text="Which?", blocks=BUTTONS)
    message = slack.workspace.found(posted["channel"], posted["ts"])
    assert message
    assert (message.shown(), message.labels()) == ("Which?\nLeft\nRight", ["Left", "Right"])

    assert ada.presses(message, "Left").acknowledged() == {}
    slack.workspace.wait(lambda: message.text == "Left it is")
    assert message.blocks == []
    body = seen.wait(slack)
    assert body["message"]["ts"] == message.ts
    assert body["container"] == {
        "type": "message", "message_ts": message.ts, "channel_id": message.channel.id, "is_ephemeral": False,
    }  # fmt: skip
    (action,) = body["actions"]
    assert (action["action_id"], action["value"], body["user"]["id"]) == ("left", "l", ada.id)


def test_a_response_url_serves_five_times(slack: FakeSlack, app: App, ada: Person, seen: Seen) -> None:
    from slack_sdk.webhook import WebhookClient

    posted = app.client.chat_postMessage(channel=slack.workspace.channel("study").id, text="Which?", blocks=BUTTONS)
    message = slack.workspace.found(posted["channel"], posted["ts"])
    assert message
    ada.presses(message, "Left")
    slack.workspace.wait(lambda: message.text == "Left it is")
    way = WebhookClient(seen.wait(slack)["response_url"])
    assert [way.send(text=str(number), response_type="ephemeral").status_code for number in range(5)] == [200] * 4 + [
        404
    ]
    assert [one.text for one in ada.whispers()] == ["0", "1", "2", "3"]
    assert len(slack.workspace.excuse("used_url")) == 1


def test_a_modal_is_opened_filled_in_and_submitted(slack: FakeSlack, app: App, ada: Person, seen: Seen) -> None:
    posted = app.client.chat_postMessage(channel=slack.workspace.channel("study").id, text="Which?", blocks=BUTTONS)
    message = slack.workspace.found(posted["channel"], posted["ts"])
    assert message
    ada.presses(message, "Right")
    modal: View = slack.workspace.wait(ada.modal)
    assert modal.shown() == "Why?\nSend\nWhat was wrong?\nHow bad?\nVery"
    with pytest.raises(AssertionError, match="What was wrong\\? must be filled in"):
        ada.submits(modal, {})

    ada.submits(modal, {"words": "nothing"}).acknowledged()
    assert modal.errors == {modal.content["blocks"][0]["block_id"]: "Say more"}
    assert ada.modal() is modal

    ada.submits(modal, {"words": "all of it", "badness": "Very"}).acknowledged()
    assert ada.modal() is None
    view = seen.wait(slack, 3)["view"]
    values = {name: state for block in view["state"]["values"].values() for name, state in block.items()}
    assert values["words"] == {"type": "plain_text_input", "value": "all of it"}
    assert values["badness"]["selected_option"]["value"] == "9"
    assert view["private_metadata"] == "kept"


def test_a_modal_can_lead_to_another_one(slack: FakeSlack, app: App, ada: Person) -> None:
    app.client.views_open(trigger_id=slack.workspace.trigger(ada.id), view=MODAL)
    first: View = slack.workspace.wait(ada.modal)
    ada.submits(first, {"words": "more"}).acknowledged()
    second = ada.modal()
    assert second
    assert (second.previous, second is first) == (first.id, False)
    ada.submits(second, {"words": "too much"}).acknowledged()
    assert ada.modal() is second
    (mistake,) = slack.workspace.excuse("invalid_arguments")
    assert "less than 25 characters" in mistake.detail


def test_a_modal_that_is_closed_tells_the_app(slack: FakeSlack, app: App, ada: Person, seen: Seen) -> None:
    posted = app.client.chat_postMessage(channel=slack.workspace.channel("study").id, text="Which?", blocks=BUTTONS)
    message = slack.workspace.found(posted["channel"], posted["ts"])
    assert message
    ada.presses(message, "Right")
    ada.closes(slack.workspace.wait(ada.modal))
    assert seen.wait(slack, 2)["type"] == "view_closed"
    assert ada.modal() is None


def test_a_trigger_lasts_three_seconds_and_serves_once(slack: FakeSlack, app: App, ada: Person) -> None:
    errors = []
    used, old = slack.workspace.trigger(ada.id), slack.workspace.trigger(ada.id)
    app.client.views_open(trigger_id=used, view=MODAL)
    slack.workspace.triggers[old] = (ada.id, time.monotonic() - 3.1)
    for trigger in (used, old):
        with pytest.raises(SlackApiError) as error:
            app.client.views_open(trigger_id=trigger, view=MODAL)
        errors.append(error.value.response["error"])
    assert errors == ["invalid_trigger_id", "expired_trigger_id"]
    slack.workspace.excuse(*errors)


def test_an_option_of_a_menu_is_chosen(slack: FakeSlack, app: App, ada: Person, seen: Seen) -> None:
    options = [{"text": {"type": "plain_text", "text": words}, "value": words.lower()} for words in ("One", "Two")]
    blocks = [{"type": "actions", "elements": [{"type": "static_select", "action_id": "menu", "options": options}]}]
    posted = app.client.chat_postMessage(channel=slack.workspace.channel("study").id, text="Which?", blocks=blocks)
    message = slack.workspace.found(posted["channel"], posted["ts"])
    assert message
    ada.chooses(message, "Two")
    (action,) = seen.wait(slack)["actions"]
    assert action["selected_option"]["value"] == "two"


def test_a_message_shortcut_is_used(slack: FakeSlack, app: App, ada: Person) -> None:
    said = slack.person("bob").says("hello")
    ada.uses("ask", said)
    assert [one.text for one in slack.answered(said)] == ["hello"]


def test_the_home_tab_shows_what_the_app_publishes(slack: FakeSlack, app: App, ada: Person) -> None:
    assert ada.home() is None
    ada.opens_home()
    home = slack.workspace.wait(ada.home)
    assert home.shown() == "Welcome"
    with pytest.raises(SlackApiError, match="hash_conflict"):
        app.client.views_publish(user_id=ada.id, view={"type": "home", "blocks": []}, hash="old")
    slack.workspace.excuse("hash_conflict")


def test_edits_and_deletions_come_as_events_of_their_own(slack: FakeSlack, app: App, ada: Person) -> None:
    said = ada.says("@tutor helo")
    slack.answered(said)
    ada.edits(said, "@tutor hello")
    ada.deletes(said)
    slack.quiet()
    events = [one.payload["event"] for one in slack.courier.of(said.ts)]
    assert [one.get("subtype") for one in events if one["type"] == "message"] == [
        None, "message_changed", "message_deleted",
    ]  # fmt: skip
    assert events[2]["message"]["text"] == "<@U0TUTOR> hello"
    assert events[2]["previous_message"]["text"] == "<@U0TUTOR> helo"


def test_a_message_of_another_bot_says_so(slack: FakeSlack, app: App) -> None:
    said = slack.bot_says("build is green")
    slack.quiet()
    (event,) = slack.courier.of(said.ts)
    assert {name: event.payload["event"][name] for name in ("subtype", "bot_id")} == {
        "subtype": "bot_message", "bot_id": "B0OTHER",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "blocks", "pings"),
    [
        ("&lt;!channel&gt;", [], []),
        ("<!channel>", [], ["<!channel>"]),
        ("a", [{"type": "section", "text": {"type": "mrkdwn", "text": "<@U1> <!here>"}}], ["<@U1>", "<!here>"]),
        ("a", [{"type": "section", "text": {"type": "plain_text", "text": "<!here>"}}], []),
        ("a", [{"type": "markdown", "text": "<!everyone>"}], ["<!everyone>"]),
    ],
)  # fmt: skip
def test_what_would_ping_somebody_is_seen(
    slack: FakeSlack, app: App, text: str, blocks: list[Json], pings: list[str]
) -> None:
    posted = app.client.chat_postMessage(channel=slack.workspace.channel("study").id, text=text, blocks=blocks)
    message = slack.workspace.found(posted["channel"], posted["ts"])
    assert message
    assert message.pings() == pings
