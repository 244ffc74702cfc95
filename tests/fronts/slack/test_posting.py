"""Calls of Slack's API: made once, at Slack's pace, looked for in doubt, put off or refused."""

from typing import Any

import pytest
from slack_sdk import WebClient

from tests.slack.fake import FakeSlack
from tests.slack.troubles import Limited, Refuse, Reset, Slow, Status, Trouble
from tutor.fronts.slack.call import Call
from tutor.fronts.slack.posting import Later, Outcome, Posting, Refused, Sent
from tutor.store import Message


@pytest.fixture
def slack() -> Any:
    with FakeSlack() as fake:
        yield fake


class Clock:
    """A clock that stands still until it is put forward."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def posting(slack: FakeSlack, clock: Clock) -> Posting:
    client = WebClient(slack.app.bot_token, base_url=slack.api, timeout=1, retry_handlers=[])
    return Posting(lambda _: client, clock)


def message(
    slack: FakeSlack, text: str = "hello", *, channel: str = "study", unsure: bool = False, **said: Any
) -> Message:
    """Return a message to be posted into a channel."""
    place = slack.workspace.channel(channel)
    call = Call("chat.postMessage", {"channel": place.id, "text": text, **said})
    return Message("m.0", call.to_dict(), unsure=unsure, attempt=1)


def texts(slack: FakeSlack, channel: str = "study") -> list[str]:
    return [one.text for one in slack.workspace.messages[slack.workspace.channel(channel).id].values()]


def test_a_message_is_posted_with_the_name_by_which_it_is_found_again(slack: FakeSlack, posting: Posting) -> None:
    outcome = posting.post("T1", message(slack))
    (posted,) = slack.workspace.messages[slack.workspace.channel("study").id].values()
    assert outcome == Sent(posted.ts)
    assert posted.metadata == {"event_type": "tutor_reply", "event_payload": {"id": "m.0"}}


@pytest.mark.parametrize("thread", [True, False])
def test_a_message_in_doubt_that_stands_there_is_not_posted_again(
    slack: FakeSlack, posting: Posting, thread: bool
) -> None:
    place: dict[str, Any] = {"thread_ts": slack.person("ada").says("Which tea?").ts} if thread else {}
    for number in range(5):
        posting.post("T1", Message(f"other.{number}", message(slack, "other", **place).body, False, 1))
    first = posting.post("T1", message(slack, **place))
    assert isinstance(first, Sent)
    assert posting.post("T1", message(slack, unsure=True, **place)) == first
    assert texts(slack).count("hello") == 1


def test_a_message_in_doubt_is_looked_for_on_every_page(slack: FakeSlack, posting: Posting) -> None:
    for number in range(230):
        posting.post("T1", Message(f"other.{number}", message(slack, "other").body, False, 1))
    (first,) = [posting.post("T1", message(slack))]
    for number in range(230):
        posting.post("T1", Message(f"later.{number}", message(slack, "other").body, False, 1))
    assert posting.post("T1", message(slack, unsure=True)) == first


def test_a_message_in_doubt_that_does_not_stand_there_is_posted(slack: FakeSlack, posting: Posting) -> None:
    assert isinstance(posting.post("T1", message(slack, unsure=True)), Sent)
    assert texts(slack) == ["hello"]


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("trouble", [Reset(), Slow(1.5), Status(503), Status(500), Status(200)])
def test_where_it_is_not_known_whether_it_was_posted_it_is_in_doubt(
    slack: FakeSlack, posting: Posting, trouble: Trouble, after: bool
) -> None:
    slack.web.troubles.plan("chat.postMessage", trouble, after=after)
    outcome = posting.post("T1", message(slack))
    assert isinstance(outcome, Later)
    assert (outcome.unsure, outcome.seconds) == (True, 2.0)
    assert isinstance(posting.post("T1", message(slack, unsure=True)), Sent)
    if not isinstance(trouble, Slow):
        assert texts(slack) == ["hello"]


def test_a_channel_that_wants_to_be_left_alone_is_left_alone_and_others_go_on(
    slack: FakeSlack, posting: Posting, clock: Clock
) -> None:
    slack.web.troubles.plan("chat.postMessage", Limited(7))
    assert posting.post("T1", message(slack)) == Later(7.0, "ratelimited", unsure=False)
    assert isinstance(posting.post("T1", message(slack, channel="other")), Sent)
    clock.now += 3
    assert posting.post("T1", message(slack)) == Later(4.0, "ratelimited", unsure=False)
    assert len(slack.web.called("chat.postMessage")) == 2
    clock.now += 4
    assert isinstance(posting.post("T1", message(slack)), Sent)


def test_what_is_in_doubt_stays_in_doubt_when_looking_is_limited(slack: FakeSlack, posting: Posting) -> None:
    slack.web.troubles.plan("conversations.history", Limited(7))
    assert posting.post("T1", message(slack, unsure=True)) == Later(7.0, "ratelimited", unsure=True)
    assert texts(slack) == []


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        ("is_archived", Refused("is_archived")),
        ("channel_not_found", Refused("channel_not_found")),
        ("internal_error", Later(2.0, "internal_error", unsure=True)),
        ("invalid_auth", Later(2.0, "invalid_auth", unsure=True)),
    ],
)
def test_what_slack_will_never_take_is_refused_and_what_can_be_mended_waits(
    slack: FakeSlack, posting: Posting, error: str, outcome: Outcome
) -> None:
    slack.web.troubles.plan("chat.postMessage", Refuse(error))
    assert posting.post("T1", message(slack)) == outcome


@pytest.mark.parametrize(("attempt", "seconds"), [(1, 2.0), (3, 8.0), (50, 60.0)])
def test_it_is_tried_again_less_and_less_often(
    slack: FakeSlack, posting: Posting, attempt: int, seconds: float
) -> None:
    slack.web.troubles.plan("chat.postMessage", Reset())
    outcome = posting.post("T1", Message("m.0", message(slack).body, unsure=False, attempt=attempt))
    assert isinstance(outcome, Later)
    assert outcome.seconds == seconds


def test_nothing_answers_where_slack_is_gone(clock: Clock) -> None:
    client = WebClient("xoxb-1", base_url="http://127.0.0.1:1/api/", timeout=1, retry_handlers=[])
    body = Call("chat.postMessage", {"channel": "C1", "text": "hello"}).to_dict()
    outcome = Posting(lambda _: client, clock).post("T1", Message("m.0", body, unsure=False, attempt=1))
    assert isinstance(outcome, Later)
    assert outcome.unsure


def test_where_one_way_is_refused_the_other_is_taken(slack: FakeSlack, posting: Posting) -> None:
    away = slack.workspace.channel("away", bot=False)
    url = slack.urls.make(slack.person("ada").id, away)
    other = Call("respond", {"text": "invite me", "response_type": "ephemeral", "replace_original": False}, url=url)
    call = Call("chat.postMessage", {"channel": away.id, "text": "hello"}, otherwise=other)
    assert posting.post("T1", Message("m.0", call.to_dict(), unsure=False, attempt=1)) == Sent(None)
    assert [one.text for one in slack.person("ada").whispers()] == ["invite me"]
    slack.workspace.excuse("not_in_channel")


@pytest.mark.parametrize(
    ("url", "outcome"),
    [("/actions/T0STUDY/gone", Refused("status 404")), ("/nothing", Refused("status 404"))],
)
def test_an_address_that_has_expired_is_refused(slack: FakeSlack, posting: Posting, url: str, outcome: Outcome) -> None:
    call = Call("respond", {"text": "hello", "response_type": "ephemeral"}, url=f"{slack.address}{url}")
    assert posting.post("T1", Message("m.0", call.to_dict(), unsure=False, attempt=1)) == outcome


def test_a_prepared_call_survives_a_restart() -> None:
    call = Call("chat.update", {"ts": "1.0"}, "https://hooks.example.org", "2.0", Call("respond", {"text": "x"}))
    assert Call.from_dict(call.to_dict()) == call
