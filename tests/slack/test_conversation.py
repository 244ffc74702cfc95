"""How the bot behaves among people: threads, mentions, buttons, votes, the Home tab; against a running process."""

import html
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from tests.slack.app import App
from tests.slack.bot import Bot, tutor
from tests.slack.fake import FakeSlack
from tests.slack.message import Channel, Message, View
from tests.slack.people import Person
from tutor.store import open_store

WHICH = "Which tea should I brew?"
GREEN = "What temperature does sencha need?"


@pytest.fixture(scope="module")
def bot(app: App, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    """A bot with the default settings, for all tests of this file."""
    with FakeSlack(app) as slack, Bot(slack, tmp_path_factory.mktemp("bot")) as bot:
        yield bot
        assert bot.stop() == 0
        bot.must_have_been_discreet("sencha", "early, I think", "kettle")


@pytest.fixture
def slack(bot: Bot) -> Iterator[FakeSlack]:
    yield bot.slack
    bot.slack.quiet()
    assert bot.slack.workspace.mistakes == []


@pytest.fixture
def ada(slack: FakeSlack) -> Person:
    return slack.person(f"ada{slack.workspace.fresh('')}")


@pytest.fixture
def bob(slack: FakeSlack) -> Person:
    return slack.person(f"bob{slack.workspace.fresh('')}")


def settled(slack: FakeSlack, channel: Channel, person: Person) -> list[Message]:
    """Return what the bot said in *channel* until it has answered one more mention there, which is left out."""
    slack.quiet()
    (last,) = slack.answered(person.says("@tutor hello", channel))
    return [
        one for one in slack.workspace.messages[channel.id].values() if one.bot == slack.app.bot and one is not last
    ]


def last(slack: FakeSlack, said: Message, count: int = 1) -> Message:
    return slack.answered(said, count)[-1]


# where it answers


def test_a_mention_is_answered_once_and_in_its_thread(slack: FakeSlack, channel: Channel, ada: Person) -> None:
    said = ada.says(f"@tutor {GREEN}", channel)
    answer = last(slack, said)
    assert "Brew green tea at 80 degrees." in answer.text
    assert settled(slack, channel, ada) == [answer]
    assert answer.thread_ts == said.ts


def test_a_thread_it_is_in_is_followed_without_another_mention(
    slack: FakeSlack, channel: Channel, ada: Person, bob: Person
) -> None:
    said = ada.says(f"@tutor {WHICH}", channel)
    last(slack, said)
    bob.says("early, I think", thread=said)
    ada.says("just one please", thread=last(slack, said, 2))
    assert "Green tea wants cooler water" in last(slack, said, 3).text
    assert [one.thread_ts for one in settled(slack, channel, ada)] == [said.ts] * 3


def test_what_people_say_to_each_other_is_left_alone(
    slack: FakeSlack, channel: Channel, ada: Person, bob: Person
) -> None:
    ada.says(WHICH, channel)
    said = ada.says(f"@tutor {WHICH}", channel)
    answer = last(slack, said)
    for text in (f"@{bob.user.name} in the morning?", f"@{bob.user.name} ask @tutor in the morning"):
        ada.says(text, thread=said)
    ada.says("@nobody-here", channel)
    assert settled(slack, channel, ada) == [answer]


def test_edits_deletions_and_other_bots_are_left_alone(slack: FakeSlack, channel: Channel, ada: Person) -> None:
    said = ada.says(f"@tutor {WHICH}", channel)
    answer = last(slack, said)
    slack.bot_says("early", thread=said)
    slack.bot_says(f"<@{slack.app.user}> {WHICH}", channel.name)
    other = ada.says("nothing", channel)
    ada.edits(other, f"@tutor {WHICH}")
    ada.deletes(other)
    assert settled(slack, channel, ada) == [answer]


def test_a_direct_message_is_answered_beside_it(slack: FakeSlack, ada: Person) -> None:
    said = ada.writes(WHICH)
    slack.workspace.wait(lambda: direct(slack, said, 1))
    ada.writes("in the morning")
    ada.writes("for one")
    answers = slack.workspace.wait(lambda: direct(slack, said, 3))
    assert [one.thread_ts for one in answers] == [None] * 3
    assert "Green tea wants cooler water" in answers[-1].text


def test_a_thread_of_a_direct_message_goes_on_from_what_was_said_before_it(slack: FakeSlack, ada: Person) -> None:
    said = ada.writes(WHICH)
    (asked,) = slack.workspace.wait(lambda: direct(slack, said, 1))
    ada.writes("before sleep", thread=asked)
    assert "infusion without caffeine" in last(slack, asked, 2).text


def direct(slack: FakeSlack, said: Message, count: int) -> list[Message]:
    held = [one for one in slack.workspace.messages[said.channel.id].values() if one.bot and one.ts > said.ts]
    return held if len(held) >= count else []


def test_a_command_is_answered_to_one_person_until_it_is_shared(
    slack: FakeSlack, channel: Channel, ada: Person
) -> None:
    assert ada.commands(WHICH, channel).acknowledged() == {}
    (asked,) = slack.workspace.wait(ada.whispers)
    assert asked.labels() == ["In the morning", "Before sleep", "Don't know", "Doesn't matter"]
    ada.presses(asked, "Before sleep")
    answer = slack.workspace.wait(lambda: ada.whispers()[1:])[-1]
    assert not [one for one in slack.workspace.messages[channel.id].values() if not one.only_for]
    ada.presses(answer, "Share in channel")
    shared = slack.workspace.wait(
        lambda: [one for one in slack.workspace.messages[channel.id].values() if not one.only_for]
    )
    assert "infusion without caffeine" in shared[0].text


@pytest.mark.parametrize("said", ["", "help"])
def test_a_command_alone_says_what_can_be_done(slack: FakeSlack, channel: Channel, ada: Person, said: str) -> None:
    ada.commands(said, channel)
    (help_,) = slack.workspace.wait(ada.whispers)
    assert "/tutor" in help_.text


def test_a_command_works_where_the_bot_is_no_member(slack: FakeSlack, ada: Person) -> None:
    ada.commands(GREEN, slack.workspace.channel(f"away-{slack.workspace.fresh('')}", bot=False))
    assert "80 degrees" in slack.workspace.wait(ada.whispers)[0].text


def test_the_shortcut_answers_a_message_in_its_thread(
    slack: FakeSlack, channel: Channel, ada: Person, bob: Person
) -> None:
    said = bob.says(GREEN, channel)
    ada.uses("tutor_ask", said)
    assert "80 degrees" in last(slack, said).text


def test_a_private_channel_is_like_any_other(slack: FakeSlack, ada: Person) -> None:
    channel = slack.workspace.channel(f"closed-{slack.workspace.fresh('')}", "group")
    said = ada.says(f"@tutor {WHICH}", channel)
    last(slack, said)
    ada.says("before sleep", thread=said)
    assert "infusion without caffeine" in last(slack, said, 2).text


# buttons


def test_a_pressed_button_turns_into_the_answer(slack: FakeSlack, channel: Channel, ada: Person) -> None:
    said = ada.says(f"@tutor {WHICH}", channel)
    asked = last(slack, said)
    ada.presses(asked, "In the morning")
    second = last(slack, said, 2)
    assert asked.shown() == f"*When will it be drunk?*\n✓ In the morning (<@{ada.id}>)"
    assert asked.text == "When will it be drunk?\n✓ In the morning"
    assert second.labels()[:2] == ["One cup", "A whole pot"]


def test_a_button_pressed_twice_counts_once(slack: FakeSlack, channel: Channel, ada: Person, bob: Person) -> None:
    said = ada.says(f"@tutor {WHICH}", channel)
    asked = last(slack, said)
    for person in (ada, bob):
        person.presses(asked, "In the morning")
    slack.answered(said, 2)
    assert len(settled(slack, channel, ada)) == 2


def test_an_older_button_corrects_what_was_said(slack: FakeSlack, channel: Channel, ada: Person) -> None:
    said = ada.says(f"@tutor {WHICH}", channel)
    asked = last(slack, said)
    blocks = list(asked.blocks)
    ada.presses(asked, "Before sleep")
    last(slack, said, 2)
    asked.blocks = blocks  # as on a screen that has not caught up
    ada.presses(asked, "In the morning")
    assert "How many cups are needed?" in last(slack, said, 3).text


@pytest.mark.parametrize(
    ("button", "words"),
    [
        ("Why?", "Caffeine works for hours."),
        ("What would change this?", "In the morning"),
        ("Show sources", "The Kettle Book"),
    ],
)
def test_what_an_answer_holds_back_opens_in_its_place(
    slack: FakeSlack, channel: Channel, ada: Person, button: str, words: str
) -> None:
    _, answer = for_the_night(slack, channel, ada)
    assert words in html.unescape(answer.text)
    assert words not in answer.shown()
    ada.presses(answer, button)
    slack.workspace.wait(lambda: words in html.unescape(answer.shown()), what=words)
    assert button not in answer.labels()
    assert settled(slack, channel, ada)[1:] == [answer]


def test_what_would_change_the_answer_can_be_tried(slack: FakeSlack, channel: Channel, ada: Person) -> None:
    said, answer = for_the_night(slack, channel, ada)
    ada.presses(answer, "What would change this?")
    slack.workspace.wait(lambda: "Try 1" in answer.labels())
    ada.presses(answer, "Try 1")
    assert "Green tea wants cooler water" in last(slack, said, 3).text


def for_the_night(slack: FakeSlack, channel: Channel, person: Person) -> tuple[Message, Message]:
    """Return a question, and the answer that it came to."""
    said = person.says(f"@tutor {WHICH}", channel)
    last(slack, said)
    person.says("before sleep", thread=said)
    return said, last(slack, said, 2)


# votes


def test_a_vote_is_private_and_a_reason_is_asked_for(slack: FakeSlack, bot: Bot, channel: Channel, ada: Person) -> None:
    question = f"What temperature does sencha number {slack.workspace.fresh('')} need?"
    said = ada.says(f"@tutor {question}", channel)
    answer = last(slack, said)
    before = answer.to_json()
    ada.presses(answer, "Not helpful")
    form: View = slack.workspace.wait(ada.modal)
    ada.submits(form, {"reason": "It says nothing of my kettle."}).acknowledged()
    assert settled(slack, channel, ada) == [answer]
    assert answer.to_json() == before
    with open_store(bot.store) as store:
        bot.until(lambda: question in [one.text for one in store.missed()], "the vote")


def test_a_helpful_vote_is_thanked_for_in_private(slack: FakeSlack, channel: Channel, ada: Person) -> None:
    answer = last(slack, ada.says(f"@tutor {GREEN}", channel))
    ada.presses(answer, "Helpful")
    (thanks,) = slack.workspace.wait(ada.whispers)
    assert thanks.text.startswith("Thank you.")


# home, settings, forgetting


def test_the_home_tab_shows_topics_and_settings(slack: FakeSlack, channel: Channel, ada: Person) -> None:
    ada.opens_home()
    home: View = slack.workspace.wait(ada.home)
    for words in ("Leaves", "Hours", "/tutor", "Your settings"):
        assert words in home.shown()
    ada.presses(home, "Answer only me")
    slack.workspace.wait(lambda: "Answer everybody" in home_words(ada), what="the setting to change")
    ada.says(f"@tutor {GREEN}", channel)
    (whisper,) = slack.workspace.wait(ada.whispers)
    assert "80 degrees" in whisper.text


def home_words(person: Person) -> str:
    home = person.home()
    return home.shown() if home else ""


def test_forgetting_deletes_all_about_a_person(slack: FakeSlack, bot: Bot, ada: Person, bob: Person) -> None:
    threads = []
    for person in (ada, bob):
        said = person.writes(WHICH)
        slack.workspace.wait(partial(direct, slack, said, 1))
        threads.append(f"{slack.app.team}/{said.channel.id}")
    ada.opens_home()
    ada.presses(slack.workspace.wait(ada.home), "Forget my data")
    slack.workspace.wait(lambda: "All about you is deleted" in home_words(ada), what="a word that it is done")
    with open_store(bot.store) as store:
        assert [store.dialogue(thread) is not None for thread in threads] == [False, True]
    done = tutor("slack", "forget", "--user", bob.id, "--store", bot.store)
    assert done.returncode == 0
    assert done.stdout.endswith(" deleted\n")
    with open_store(bot.store) as store:
        assert store.dialogue(threads[1]) is None


# what is said


@pytest.mark.parametrize("words", ["<!channel> early", "@channel early", "<@U0TUTOR> early", "*early* _morning_ ~`x`"])
def test_what_people_type_pings_nobody_when_it_is_said_back(
    slack: FakeSlack, channel: Channel, ada: Person, words: str
) -> None:
    said = ada.says(f"@tutor {WHICH}", channel)
    last(slack, said)
    ada.says(words, thread=said)
    last(slack, said, 2)
    ada.says("for one", thread=said)
    answer = last(slack, said, 3)
    assert "You said: hour" in answer.text
    assert answer.pings() == []


def test_words_without_end_are_declined(slack: FakeSlack, ada: Person) -> None:
    said = ada.writes("tea " * 10_000)
    (answer,) = slack.workspace.wait(lambda: direct(slack, said, 1))
    assert len(answer.text) < 1000


@pytest.mark.parametrize("words", ["", "   ", ":tea:", "🫖"])
def test_a_mention_that_says_nothing_gets_a_word_back(
    slack: FakeSlack, channel: Channel, ada: Person, words: str
) -> None:
    assert last(slack, ada.says(f"@tutor {words}", channel)).text


# policies


def test_only_mentions_count_where_the_admin_wants_it_so(app: App, tmp_path: Path) -> None:
    with FakeSlack(app) as slack, Bot(slack, tmp_path, "--policy", "mention"):
        ada, channel = slack.person("ada"), slack.workspace.channel("study")
        said = ada.says(f"@tutor {WHICH}", channel)
        last(slack, said)
        ada.says("before sleep", thread=said)
        ada.says("@tutor in the morning", thread=said)
        assert "How many cups are needed?" in last(slack, said, 2).text
        assert len(settled(slack, channel, ada)) == 2
        ada.presses(last(slack, said, 2), "One cup")
        last(slack, said, 3)


def test_every_message_of_a_named_channel_counts_where_the_admin_wants_it_so(app: App, tmp_path: Path) -> None:
    with FakeSlack(app) as slack:
        all_of, other = slack.workspace.channel("study"), slack.workspace.channel("other")
        with Bot(slack, tmp_path, "--policy", "channels", "--channel", all_of.id):
            ada = slack.person("ada")
            elsewhere = ada.says(GREEN, other)
            assert "80 degrees" in last(slack, ada.says(GREEN, all_of)).text
            assert settled(slack, other, ada) == slack.workspace.answers(elsewhere) == []
