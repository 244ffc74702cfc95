"""Nothing lost, nothing doubled: crashes, restarts, replicas, repeats and Slack's own troubles, with real processes."""

import signal
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.postgres import Cluster
from tests.slack.app import App
from tests.slack.bot import Bot
from tests.slack.fake import FakeSlack
from tests.slack.message import Channel, Message
from tests.slack.troubles import Limited, Refuse, Reset, Silent, Slow, Status, Trouble
from tests.slack.web_api import Call

WHICH = "@tutor Which tea should I brew?"
GREEN = "@tutor What temperature does sencha need?"
LEASE = 20.0  #: seconds after which the work of a dead process is taken over


@pytest.fixture
def slack(app: App) -> Iterator[FakeSlack]:
    """A fake that sends again after half a second, as long as it takes."""
    with FakeSlack(app) as fake:
        fake.courier.pauses = (0.5,) * 200
        yield fake
        assert fake.workspace.mistakes == []


@pytest.fixture(scope="module")
def running(app: App, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    """A bot that several tests in turn make trouble for."""
    with FakeSlack(app) as fake, Bot(fake, tmp_path_factory.mktemp("bot")) as bot:
        fake.courier.pauses = (0.5,) * 200
        yield bot
        assert bot.stop() == 0


@pytest.fixture
def bot(running: Bot) -> Iterator[Bot]:
    yield running
    running.slack.quiet()
    running.slack.web.pace.per_second = None
    assert running.slack.workspace.mistakes == []
    assert running.slack.web.troubles.pending() == 0


def texts(slack: FakeSlack, said: Message) -> list[str]:
    """Return the first lines of what the bot said in a thread."""
    return [one.text.split("\n")[0] for one in slack.workspace.answers(said)]


def repeated(slack: FakeSlack, *said: Message) -> None:
    """Send every event about what was *said* once more, and wait until that is acknowledged."""
    for message in said:
        for event in slack.courier.of(message.ts):
            slack.courier.send_again(event)
    slack.quiet()


ASKED, ANSWERED = "When will it be drunk?", "Green tea wants cooler water"


@pytest.mark.parametrize("doors", [(), ("--http", "127.0.0.1:0")], ids=["socket", "http"])
def test_what_comes_again_is_answered_once_before_and_after_a_restart(
    slack: FakeSlack, tmp_path: Path, doors: tuple[str, ...]
) -> None:
    ada = slack.person("ada")
    with Bot(slack, tmp_path, *doors) as bot:
        said = ada.says(WHICH)
        (asked,) = slack.answered(said)
        pressed = ada.presses(asked, "In the morning")
        slack.answered(said, 2)
        repeated(slack, said)
        assert bot.stop() == 0
    with Bot(slack, tmp_path, *doors) as bot:
        repeated(slack, said)
        slack.courier.send_again(pressed).acknowledged()
        slack.quiet()
        other = ada.says(GREEN)
        slack.answered(other)
        assert bot.stop() == 0
    assert texts(slack, said) == [ASKED, "How many cups are needed?"]
    assert texts(slack, other) == [ANSWERED]


def test_old_buttons_work_after_a_restart(slack: FakeSlack, tmp_path: Path) -> None:
    ada = slack.person("ada")
    with Bot(slack, tmp_path) as bot:
        said = ada.says(WHICH)
        (asked,) = slack.answered(said)
        assert bot.stop() == 0
    with Bot(slack, tmp_path):
        ada.presses(asked, "In the morning").acknowledged()
        ada.presses(slack.answered(said, 2)[-1], "One cup").acknowledged()
        assert slack.answered(said, 3)[-1].text.startswith(ANSWERED)


def test_what_was_said_while_the_bot_was_down_is_answered_when_it_is_back(slack: FakeSlack, tmp_path: Path) -> None:
    said = slack.person("ada").says(GREEN)
    with Bot(slack, tmp_path):
        slack.answered(said)
        slack.quiet()
    assert texts(slack, said) == [ANSWERED]


def test_a_crash_before_and_after_a_post_loses_and_doubles_nothing(slack: FakeSlack, tmp_path: Path) -> None:
    ada, calls = slack.person("ada"), slack.web.called
    slack.web.troubles.plan("chat.postMessage", Slow(60), after=True, only=lambda call: ASKED in call["text"])
    slack.web.troubles.plan("chat.postMessage", Silent(60), only=lambda call: ANSWERED in call["text"])
    with Bot(slack, tmp_path) as bot:
        posted, unposted = ada.says(WHICH), ada.says(GREEN)
        slack.answered(posted)
        slack.workspace.wait(lambda: not slack.web.troubles.pending(), what="both posts to be under way")
        slack.quiet()
        bot.kill()
    assert (texts(slack, posted), texts(slack, unposted)) == ([ASKED], [])
    with Bot(slack, tmp_path) as bot:
        slack.answered(unposted, seconds=LEASE + 20)
        slack.workspace.wait(lambda: calls("conversations.replies")[1:], LEASE + 20, what="a look for what was posted")
        ada.presses(slack.workspace.answers(posted)[0], "In the morning").acknowledged()
        slack.answered(posted, 2)
        assert bot.stop() == 0
    assert texts(slack, posted) == [ASKED, "How many cups are needed?"]
    assert texts(slack, unposted) == [ANSWERED]


@pytest.mark.parametrize(
    ("trouble", "after"),
    [
        (Limited(2), False),
        (Status(500), False),
        (Status(503), True),
        (Refuse("internal_error"), False),
        (Refuse("fatal_error"), True),
        (Reset(), False),
        (Reset(), True),
    ],
    ids=lambda one: type(one).__name__ if isinstance(one, Trouble) else ("after" if one else "before"),
)
def test_a_trouble_of_slack_leads_to_one_answer(bot: Bot, trouble: Trouble, after: bool) -> None:
    slack = bot.slack
    slack.web.troubles.plan("chat.postMessage", trouble, after=after)
    said = slack.person("ada").says(WHICH)
    slack.answered(said)
    slack.workspace.wait(lambda: not slack.web.troubles.pending())
    slack.person("ada").says("in the morning", thread=said)
    slack.answered(said, 2)
    assert texts(slack, said) == [ASKED, "How many cups are needed?"]


@pytest.mark.parametrize("harm", ["refresh", pytest.param("hang_up", marks=pytest.mark.slow)])
def test_the_bot_comes_back_when_its_connection_ends(bot: Bot, harm: str) -> None:
    slack = bot.slack
    (old,) = slack.socket.connections
    getattr(slack, harm)()
    said = slack.person("ada").says(GREEN)
    slack.answered(said, seconds=60)
    assert slack.socket.connections != [old]
    slack.quiet()
    assert texts(slack, said) == [ANSWERED]


def test_an_acknowledgement_that_gets_lost_doubles_nothing(bot: Bot) -> None:
    slack = bot.slack
    slack.socket.deaf = True
    said = slack.person("ada").says(GREEN)
    slack.answered(said)
    time.sleep(1)
    slack.socket.deaf = False
    slack.quiet()
    assert texts(slack, said) == [ANSWERED]
    assert max(len(event.attempts) for event in slack.courier.of(said.ts)) > 1


def test_slack_s_pace_is_kept_and_nothing_is_lost_by_it(bot: Bot) -> None:
    slack = bot.slack
    slack.web.pace.per_second, slack.web.pace.burst = 2.0, 2
    said = [slack.person("ada").says(GREEN, "busy") for _ in range(8)]
    elsewhere = slack.person("ada").says(GREEN, "elsewhere")
    slack.answered(elsewhere)
    for one in said:
        slack.answered(one, seconds=60)
    calls = slack.web.called("chat.postMessage")
    limited = [call for call in calls if call.came == "ratelimited"]
    assert 1 <= len(limited) <= 16
    assert [texts(slack, one) for one in said] == [[ANSWERED]] * 8


def posts(slack: FakeSlack, channel: Channel) -> list[Call]:
    """Return the calls that post into *channel*."""
    return [call for call in slack.web.called("chat.postMessage") if call.arguments["channel"] == channel.id]


def test_retry_after_is_kept_to(bot: Bot) -> None:
    slack = bot.slack
    slack.web.troubles.plan("chat.postMessage", Limited(2))
    said = slack.person("ada").says(GREEN, "slow")
    (answer,) = slack.answered(said)
    calls = slack.workspace.wait(lambda: (held := posts(slack, said.channel))[1:] and held)
    assert [call.came for call in calls] == ["Limited", "ok"]
    assert calls[1].at - calls[0].at >= 2
    assert answer.text.startswith(ANSWERED)


def test_a_channel_that_is_gone_holds_nothing_up(bot: Bot) -> None:
    slack = bot.slack
    slack.web.troubles.plan("chat.postMessage", Refuse("is_archived"))
    said = slack.person("ada").says(GREEN)
    slack.workspace.wait(lambda: not slack.web.troubles.pending())
    slack.person("ada").says(WHICH, thread=said)
    slack.answered(said)
    assert texts(slack, said) == [ASKED]


@pytest.mark.parametrize("doors", [(), ("--http", "127.0.0.1:0")], ids=["socket", "http"])
def test_told_to_end_it_finishes_what_it_has_begun(slack: FakeSlack, tmp_path: Path, doors: tuple[str, ...]) -> None:
    slack.web.troubles.plan("chat.postMessage", Slow(1.5))
    with Bot(slack, tmp_path, *doors) as bot:
        said = slack.person("ada").says(GREEN)
        slack.workspace.wait(lambda: not slack.web.troubles.pending(), what="the post to be under way")
        assert bot.stop() == 0
        assert texts(slack, said) == [ANSWERED]
        assert "Traceback" not in bot.log()
        assert [line["level"] for line in bot.logged("stopped")] == ["info"]
    with Bot(slack, tmp_path, *doors) as bot:
        slack.answered(slack.person("ada").says(GREEN))
        slack.quiet()
        assert bot.stop() == 0
    assert texts(slack, said) == [ANSWERED]


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a fresh store that replicas share, once of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/shared.db"
    made: str = request.getfixturevalue("postgres").fresh()
    return made


@pytest.fixture
def replicas(slack: FakeSlack, store: str, tmp_path: Path) -> Iterator[list[Bot]]:
    with ExitStack() as stack:
        yield [stack.enter_context(Bot(slack, tmp_path, store=store)) for _ in range(2)]


def test_two_replicas_answer_everything_once_and_in_order(slack: FakeSlack, replicas: list[Bot]) -> None:
    people = [slack.person(f"p{number}") for number in range(20)]
    threads = [person.says(WHICH) for person in people]
    repeated(slack, *threads)
    for count, words in ((1, "in the morning"), (2, "for one")):
        for person, said in zip(people, threads, strict=True):
            slack.answered(said, count)
            repeated(slack, person.says(f"@tutor {words}", thread=said))
    for said in threads:
        slack.answered(said, 3)
    repeated(slack, *threads)
    assert [texts(slack, said) for said in threads] == [[ASKED, "How many cups are needed?", ANSWERED]] * 20
    assert min(len(bot.logged("answered")) for bot in replicas) > 5


def test_two_replicas_never_work_on_one_thread_at_once(slack: FakeSlack, replicas: list[Bot]) -> None:
    said = slack.person("ada").says(WHICH)
    slack.answered(said)
    for number in range(12):
        slack.person("ada").says("@tutor don't know" if number % 2 else f"@tutor {GREEN}", thread=said)
    slack.answered(said, 13)
    slack.quiet()
    assert len(texts(slack, said)) == 13
    turns = [line["turn"] for bot in replicas for line in bot.logged("answered")]
    assert sorted(turns) == list(range(1, 14))


@pytest.mark.slow
def test_a_crash_of_one_replica_is_made_good_by_the_other(slack: FakeSlack, replicas: list[Bot]) -> None:
    slack.web.troubles.plan("chat.postMessage", Silent(60), times=4)
    said = [slack.person("ada").says(GREEN) for _ in range(4)]
    slack.workspace.wait(lambda: not slack.web.troubles.pending(), what="the posts to be under way")
    replicas[0].kill()
    for one in said:
        slack.answered(one, seconds=2 * LEASE + 20)
    slack.quiet()
    assert [texts(slack, one) for one in said] == [[ANSWERED]] * 4


@pytest.mark.slow
@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_a_replica_that_slept_through_its_lease_does_not_post_again(slack: FakeSlack, replicas: list[Bot]) -> None:
    slack.web.troubles.plan("chat.postMessage", Silent(60))
    said = slack.person("ada").says(GREEN)
    slack.workspace.wait(lambda: not slack.web.troubles.pending(), what="the post to be under way")
    for bot in replicas:
        bot.signal(signal.SIGSTOP)
    time.sleep(LEASE)
    for bot in replicas:
        bot.signal(signal.SIGCONT)
    slack.answered(said, seconds=2 * LEASE)
    time.sleep(3)
    assert texts(slack, said) == [ANSWERED]


@pytest.mark.slow
@pytest.mark.parametrize("after", [True, False], ids=["after", "before"])
def test_a_post_that_is_never_answered_leads_to_one_answer(bot: Bot, after: bool) -> None:
    slack = bot.slack
    slack.web.troubles.plan("chat.postMessage", Silent(60), after=after)
    said = slack.person("ada").says(WHICH)
    slack.workspace.wait(lambda: not slack.web.troubles.pending())
    slack.person("ada").says("in the morning", thread=said)
    slack.answered(said, 2, seconds=2 * LEASE)
    assert texts(slack, said) == [ASKED, "How many cups are needed?"]


@pytest.mark.slow
@pytest.mark.parametrize("store", ["postgresql"], indirect=True)
def test_a_database_that_crashes_and_comes_back_loses_and_doubles_nothing(
    slack: FakeSlack, replicas: list[Bot], postgres: Cluster
) -> None:
    ada = slack.person("ada")
    before = ada.says(WHICH)
    slack.answered(before)
    during = [ada.says(GREEN) for _ in range(10)]
    postgres.stop()
    ada.says("@tutor in the morning", thread=before)
    time.sleep(2)
    postgres.start()
    for said in during:
        slack.answered(said, seconds=2 * LEASE + 20)
    slack.answered(before, 2, seconds=2 * LEASE + 20)
    slack.quiet()
    assert texts(slack, before) == [ASKED, "How many cups are needed?"]
    assert [texts(slack, said) for said in during] == [[ANSWERED]] * 10
    assert [bot.stop() for bot in replicas] == [0, 0]
