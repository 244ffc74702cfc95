"""Quizzes in Slack: questions in direct messages, answered by buttons; each answer counts once, whatever happens."""

import copy
import html
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.conftest import TEA
from tests.slack.app import App
from tests.slack.bot import Bot
from tests.slack.fake import FakeSlack
from tests.slack.message import Channel, Message
from tests.slack.people import Person
from tests.slack.quizzes import Learner
from tests.slack.troubles import Silent, Slow
from tutor.pack import load_pack
from tutor.store import open_store
from tutor.study.exercise import Exercise
from tutor.study.making import exercises
from tutor.study.review import Review

LEASE = 20.0  #: seconds after which the work of a dead process is taken over


@pytest.fixture(scope="module")
def made() -> tuple[Exercise, ...]:
    """The exercises of the tea pack."""
    return exercises(load_pack(TEA))


@pytest.fixture(scope="module")
def bot(app: App, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    """A bot for all tests of this file that do not end it."""
    with FakeSlack(app) as slack, Bot(slack, tmp_path_factory.mktemp("bot")) as bot:
        yield bot
        assert bot.stop() == 0
        bot.must_have_been_discreet("quiz me")


@pytest.fixture
def slack(bot: Bot) -> Iterator[FakeSlack]:
    yield bot.slack
    bot.slack.quiet()
    assert bot.slack.workspace.mistakes == []


@pytest.fixture
def ada(slack: FakeSlack, made: tuple[Exercise, ...]) -> Learner:
    return Learner(slack, slack.person(f"ada{slack.workspace.fresh('')}"), made)


def log(bot: Bot, person: Person) -> list[Review]:
    """Return what a person answered, as the store has it."""
    with open_store(bot.store) as store:
        return store.studied.reviews(person.id, "tea")


# how a quiz begins


def test_a_quiz_that_is_wanted_in_a_channel_comes_as_a_direct_message(
    slack: FakeSlack, channel: Channel, ada: Learner
) -> None:
    ada.person.says("@tutor quiz me", channel)
    asked = ada.waits(1)
    assert asked.text.startswith("Question 1 of 5\n")
    assert asked.labels()[-3:] == ["Hint", "Don't know", "Stop"]
    (whisper,) = slack.workspace.wait(ada.person.whispers)
    assert (whisper.channel, whisper.text) == (channel, "I have sent you the questions as a direct message.")
    assert whisper.thread_ts is None  # in a thread that is not open nobody would see it
    said = slack.workspace.messages[channel.id].values()
    assert [one for one in said if one.bot and not one.only_for] == []


def test_a_quiz_that_is_wanted_in_a_thread_or_by_the_command_comes_as_a_direct_message(
    slack: FakeSlack, channel: Channel, ada: Learner
) -> None:
    said = ada.person.says("@tutor Which tea should I brew?", channel)
    slack.answered(said)
    ada.person.says("quiz me on leaves", thread=said)
    ada.waits(1)
    ada.person.commands("quiz me on leaves", channel).acknowledged()
    ada.waits(2)
    slack.workspace.wait(lambda: len(ada.person.whispers()) == 2)
    ada.person.says("in the morning", thread=said)
    assert "How many cups are needed?" in slack.answered(said, 3)[-1].text


def test_a_quiz_can_be_wanted_in_direct_messages_and_at_home(slack: FakeSlack, ada: Learner) -> None:
    ada.person.writes("quiz me, please")
    ada.waits(1)
    ada.person.opens_home()
    ada.person.presses(slack.workspace.wait(ada.person.home), "Quiz me").acknowledged()
    assert ada.waits(2).text.startswith("Question 1 of 5\n")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("quiz me on the moon landing", "No topic here is about “the moon landing”; my Home tab lists the topics."),
        (
            "quiz me on what I got wrong",
            "There is nothing that you got wrong last; a quiz without that wish asks about what is new.",
        ),
    ],
)
def test_what_there_are_no_questions_for_is_told(ada: Learner, words: str, said: str) -> None:
    ada.person.writes(words)
    assert ada.waits(1).text == said


# from question to question


def test_a_quiz_goes_from_the_first_question_to_the_last(slack: FakeSlack, bot: Bot, ada: Learner) -> None:
    ada.person.writes("quiz me")
    for number in range(1, 6):
        asked = ada.waits(number)
        exercise = ada.exercise(asked)
        right = number != 2
        ada.answers(asked, right=right, sure="Not sure" if number == 3 else "Sure")
        told = html.unescape(asked.shown())
        assert told.startswith(
            {2: "Not right, and you were sure: −6 points", 3: "Right, and you were not sure: +2 points"}.get(
                number, "Right, and you were sure: +3 points"
            )
        )
        assert all(choice.why in told for choice in exercise.choices)
        assert exercise.decides in told
        assert all(source.title in told for source in exercise.sources)
    end = ada.waits(6)
    assert end.text.startswith("4 of 5 right\n\n+5 points of 15, by how sure you were.\n")
    assert "Sure: 3 of 4 right" in end.text
    assert "Not sure: 1 of 1 right" in end.text
    answers = [review.answered for review in log(bot, ada.person)]
    assert [(one.right, one.certainty, one.hints) for one in answers] == [
        (True, "sure", 0), (False, "sure", 0), (True, "unsure", 0), (True, "sure", 0), (True, "sure", 0),
    ]  # fmt: skip


def test_hints_are_shown_one_by_one_and_counted(slack: FakeSlack, bot: Bot, ada: Learner) -> None:
    ada.person.writes("quiz me")
    asked = ada.waits(1)
    count = 0
    while "Hint" in asked.labels():
        count += 1
        ada.person.presses(asked, "Hint")
        slack.workspace.wait(lambda: f"Hint {count}" in asked.shown(), what="a hint")  # noqa: B023 - waits at once
    assert count == (3 if len(ada.exercise(asked).choices) > 2 else 2)  # of two choices none can fall away
    ada.answers(asked, sure="A guess")
    assert [review.answered.hints for review in log(bot, ada.person)] == [count]


def test_a_choice_can_be_made_again_before_it_counts(slack: FakeSlack, bot: Bot, ada: Learner) -> None:
    ada.person.writes("quiz me")
    asked = ada.waits(1)
    ada.chooses(asked, right=False)
    ada.person.presses(asked, "Choose again")
    slack.workspace.wait(lambda: "Don't know" in asked.labels())
    assert log(bot, ada.person) == []
    ada.answers(asked)
    assert [review.answered.right for review in log(bot, ada.person)] == [True]


def test_who_does_not_know_is_told_and_who_stops_gets_the_result(slack: FakeSlack, ada: Learner) -> None:
    ada.person.writes("quiz me")
    first = ada.waits(1)
    ada.person.presses(first, "Don't know")
    second = ada.waits(2)
    assert first.text.startswith("Left open: 0 points\n")
    ada.person.presses(second, "Stop")
    assert ada.waits(3).text.startswith("0 of 1 right\n")
    assert second.labels() == []


def test_what_was_wrong_can_be_read_up_and_asked_again(slack: FakeSlack, ada: Learner) -> None:
    ada.person.writes("quiz me")
    asked = ada.waits(1)
    exercise = ada.exercise(asked)
    ada.answers(asked, right=False)
    ada.person.presses(ada.waits(2), "Stop")
    end = ada.waits(3)
    ada.person.presses(end, "Ask the wrong ones again")
    again = ada.waits(4)
    assert ada.exercise(again) == exercise
    ada.answers(again)
    assert ada.waits(5).text.startswith("1 of 1 right\n")
    ada.person.presses(asked, "Read more")
    entry = load_pack(TEA).entries[exercise.entry]
    assert entry.answer in html.unescape(ada.waits(6).text)


def test_another_quiz_is_about_the_same(ada: Learner) -> None:
    ada.person.writes("quiz me on leaves")
    ada.person.presses(ada.waits(1), "Don't know")
    ada.person.presses(ada.waits(2), "Don't know")
    ada.person.presses(ada.waits(3), "Stop")
    ada.person.presses(ada.waits(4), "Another quiz")
    assert ada.exercise(ada.waits(5)).topic == "leaves"


# each answer counts once


def test_a_button_that_is_pressed_twice_counts_once(slack: FakeSlack, bot: Bot, ada: Learner) -> None:
    ada.person.writes("quiz me")
    asked = ada.waits(1)
    ada.chooses(asked)
    stale = copy.deepcopy(asked.blocks)
    ada.answers_with(asked, "Sure")
    told = asked.shown()
    asked.blocks = stale  # as on a screen that has not caught up
    ada.person.presses(asked, "A guess").acknowledged()
    slack.workspace.wait(lambda: asked.shown() == told, what="what was told before")
    ada.waits(2)
    assert [review.answered.certainty for review in log(bot, ada.person)] == ["sure"]


def test_a_press_that_comes_again_after_a_crash_counts_once(
    app: App, tmp_path: Path, made: tuple[Exercise, ...]
) -> None:
    with FakeSlack(app) as slack:
        ada = Learner(slack, slack.person("ada"), made)
        with Bot(slack, tmp_path) as bot:
            ada.person.writes("quiz me")
            asked = ada.waits(1)
            ada.chooses(asked)
            slack.web.troubles.plan("chat.update", Silent(60))
            pressed = ada.person.presses(asked, "Sure")
            pressed.acknowledged()
            slack.workspace.wait(lambda: not slack.web.troubles.pending(), what="the update to be under way")
            bot.kill()
        with Bot(slack, tmp_path) as bot:
            slack.courier.send_again(pressed).acknowledged()
            slack.workspace.wait(lambda: len(ada.got()) == 2, 2 * LEASE, what="the next question")
            slack.courier.send_again(pressed).acknowledged()
            slack.quiet()
            time.sleep(1)
            ada.answers(ada.waits(2), right=False)
            ada.waits(3)
            assert bot.stop() == 0
        assert asked.text.startswith("Right, and you were sure: +3 points")
        assert [review.answered.right for review in log(bot, ada.person)] == [True, False]
        assert slack.workspace.mistakes == []


def test_a_crash_after_the_first_question_was_sent_sends_it_once(
    app: App, tmp_path: Path, made: tuple[Exercise, ...]
) -> None:
    with FakeSlack(app) as slack:
        ada = Learner(slack, slack.person("ada"), made)
        slack.web.troubles.plan("chat.postMessage", Slow(60), after=True)
        with Bot(slack, tmp_path) as bot:
            ada.person.says("@tutor quiz me")
            ada.waits(1)
            bot.kill()
        with Bot(slack, tmp_path) as bot:
            slack.workspace.wait(ada.person.whispers, 2 * LEASE, what="the note in the channel")
            ada.answers(ada.waits(1))
            ada.waits(2)
            assert bot.stop() == 0
        assert slack.workspace.mistakes == []


def test_a_quiz_goes_on_after_a_restart(app: App, tmp_path: Path, made: tuple[Exercise, ...]) -> None:
    with FakeSlack(app) as slack:
        ada = Learner(slack, slack.person("ada"), made)
        with Bot(slack, tmp_path):
            ada.person.writes("quiz me")
            ada.answers(ada.waits(1))
            ada.waits(2)
        with Bot(slack, tmp_path) as bot:
            ada.answers(ada.waits(2))
            assert ada.waits(3).text.startswith("Question 3 of 5")
            assert bot.stop() == 0


def test_forgetting_deletes_what_was_answered(slack: FakeSlack, bot: Bot, ada: Learner) -> None:
    ada.person.writes("quiz me")
    asked = ada.waits(1)
    ada.answers(asked)
    ada.waits(2)
    assert len(log(bot, ada.person)) == 1
    ada.person.opens_home()
    ada.person.presses(slack.workspace.wait(ada.person.home), "Forget my data").acknowledged()
    bot.until(lambda: log(bot, ada.person) == [], "forgetting")
    ada.person.presses(ada.got()[1], "Don't know").acknowledged()
    assert ada.waits(3).text == "What you answered in this quiz is not kept any more; ask for a new quiz."


# the question of the day


def wanted(bot: Bot, channel: Channel, **changes: object) -> None:
    """Let a channel want a question a minute ago, as if it had said so yesterday."""
    now = time.time()
    at = datetime.fromtimestamp(now - 60, UTC).strftime("%H:%M")
    saved = {"at": at, "zone": "UTC", "weekdays": False, "since": now - 86_400} | changes
    with open_store(bot.store) as store:
        store.choose("channel", f"{bot.slack.app.team}/{channel.id}", {"daily": saved})


def of_the_day(slack: FakeSlack, channel: Channel) -> list[Message]:
    held = slack.workspace.messages[channel.id].values()
    return [one for one in held if one.text.startswith("Question of the day\n")]


def test_a_channel_switches_the_question_of_the_day_on_and_off(
    slack: FakeSlack, bot: Bot, channel: Channel, ada: Learner
) -> None:
    def said() -> list[str]:
        return [one.text for one in slack.workspace.messages[channel.id].values() if one.bot and not one.only_for]

    def asks(text: str) -> str:
        before = len(ada.person.whispers())
        ada.person.commands(text, channel).acknowledged()
        return str(slack.workspace.wait(lambda: ada.person.whispers()[before:])[0].text)

    assert asks("daily").startswith("There is no question of the day in this channel. “/tutor daily on 09:00")
    ada.person.commands("daily on 8:30 europe/berlin weekdays", channel).acknowledged()
    (on,) = slack.workspace.wait(said)
    assert on.startswith("Question of the day: from Monday to Friday at 08:30 (Europe/Berlin), in this channel.")
    assert asks("daily") == on
    assert asks("daily on 8:30 Europe/Berlim").startswith(
        "there is no time zone Europe/Berlim; did you mean Europe/Berlin? write for example: daily on 09:00"
    )
    ada.person.commands("daily off", channel).acknowledged()
    slack.workspace.wait(lambda: len(said()) == 2)
    assert said()[1] == "There is no question of the day in this channel any more."
    with open_store(bot.store) as store:
        assert store.having("channel", "daily") == {}


def test_where_it_cannot_write_it_asks_to_be_invited(slack: FakeSlack, bot: Bot, ada: Learner) -> None:
    closed = slack.workspace.channel(f"closed-{slack.workspace.fresh('')}", bot=False)
    ada.person.commands("daily on", closed).acknowledged()
    (whisper,) = slack.workspace.wait(ada.person.whispers)
    assert whisper.text.startswith("There will be a question of the day here, but I cannot write in this channel yet.")
    slack.workspace.excuse("not_in_channel")
    ada.person.commands("daily off", closed).acknowledged()
    with open_store(bot.store) as store:
        bot.until(lambda: store.having("channel", "daily").keys() & {f"{slack.app.team}/{closed.id}"} == set(), "off")
    slack.workspace.wait(lambda: slack.workspace.excuse("not_in_channel"))


def test_the_question_of_the_day_is_answered_in_private(
    slack: FakeSlack, bot: Bot, channel: Channel, ada: Learner, made: tuple[Exercise, ...]
) -> None:
    bob = Learner(slack, slack.person(f"bob{slack.workspace.fresh('')}"), made)
    channel.members.update((ada.person.id, bob.person.id))
    wanted(bot, channel)
    (asked,) = slack.workspace.wait(lambda: of_the_day(slack, channel))
    before = asked.to_json()
    eve = Learner(slack, slack.person(f"eve{slack.workspace.fresh('')}"), made)
    channel.members.add(eve.person.id)
    eve.person.presses(asked, "Don't know")
    (open_one,) = slack.workspace.wait(eve.person.whispers)
    assert (open_one.thread_ts, open_one.text.split("\n")[0]) == (None, "Left open: 0 points")
    for learner, right in ((ada, True), (bob, False)):
        choice = f"tutor_quiz_choose_{learner.choice(asked, right=right)}"
        learner.person.presses(asked, choice)
        (whisper,) = slack.workspace.wait(learner.person.whispers)
        learner.person.presses(whisper, "Sure")
        slack.workspace.wait(lambda: "Read more" in whisper.labels(), what="what was right")  # noqa: B023 - at once
        assert whisper.text.startswith("Right" if right else "Not right")
        assert [review.answered.right for review in log(bot, learner.person)] == [right]
    ada.person.presses(asked, choice)
    again = slack.workspace.wait(lambda: ada.person.whispers()[1:])[0]
    assert again.text.startswith("Right, and you were sure")
    assert len(log(bot, ada.person)) == 1
    slack.quiet()
    assert asked.to_json() == before
    assert [one for one in slack.workspace.messages[channel.id].values() if one.bot and not one.only_for] == [asked]


@pytest.mark.parametrize("changes", [{"at": "00:00", "since": 4e9}], ids=["wanted later"])
def test_a_question_that_is_not_due_is_not_put(
    slack: FakeSlack, bot: Bot, channel: Channel, changes: dict[str, object]
) -> None:
    other = slack.workspace.channel(f"other-{slack.workspace.fresh('')}")
    wanted(bot, channel, **changes)
    wanted(bot, other)
    slack.workspace.wait(lambda: of_the_day(slack, other))
    assert of_the_day(slack, channel) == []


def test_two_replicas_put_the_question_of_the_day_once(app: App, tmp_path: Path) -> None:
    store = f"sqlite:///{tmp_path}/shared.db"
    with FakeSlack(app) as slack, Bot(slack, tmp_path, store=store) as one:
        channels = [slack.workspace.channel(f"study-{number}") for number in range(5)]
        with Bot(slack, tmp_path, store=store) as other:
            for channel in channels:
                wanted(one, channel)
            slack.workspace.wait(lambda: all(of_the_day(slack, channel) for channel in channels), what="the questions")
            time.sleep(12)  # two more looks of each
            assert [bot.stop() for bot in (one, other)] == [0, 0]
        assert [len(of_the_day(slack, channel)) for channel in channels] == [1] * 5
        assert slack.workspace.mistakes == []
