"""What comes of words: where they are answered, what is counted, what is missed, and when the tutor is silent."""

from dataclasses import replace
from typing import Any

import pytest

from tests.fronts.slack.desk import SAID, Desk, buttons
from tutor import Dialogue, Tutor
from tutor.fronts.slack.answered import Vote
from tutor.fronts.slack.answering import at_home, reasoned
from tutor.fronts.slack.kept import Kept
from tutor.fronts.slack.settings import Settings
from tutor.store import Count, Missed

URL = "https://hooks.example.org/1"
COMMAND = {"kind": "command", "only_me": True, "reply_url": URL, "post_in": None}


@pytest.fixture
def desk(tea: Tutor) -> Desk:
    return Desk(tea)


def test_words_are_answered_in_their_thread_with_blocks_and_a_complete_text(desk: Desk) -> None:
    desk.says("Which tea should I brew?")
    (call,) = desk.calls
    assert call.method == "chat.postMessage"
    assert (call.arguments["channel"], call.arguments["thread_ts"], call.after) == ("C1", "1.0", "1.000000")
    assert call.arguments["text"].startswith("When will it be drunk?\n  1. In the morning")
    assert call.arguments["unfurl_links"] is False
    assert list(buttons(call)) == ["In the morning", "Before sleep", "Don't know", "Doesn't matter"]


def test_typed_words_do_as_well_as_buttons(desk: Desk) -> None:
    for words in ("Which tea should I brew?", "early, I think", "just one please"):
        desk.says(words)
    assert desk.kept.dialogue.entry == "fact.green-tea"
    assert desk.kept.question == "Which tea should I brew?"


@pytest.mark.parametrize(
    ("fields", "choices", "method", "place"),
    [
        ({"post_in": None, "channel": "D1"}, {}, "chat.postMessage", {"channel": "D1"}),
        ({}, {"private": True}, "chat.postEphemeral", {"channel": "C1", "thread_ts": "1.0", "user": "U1"}),
        ({"post_in": None, "channel": "D1"}, {"private": True}, "chat.postMessage", {"channel": "D1"}),
        (COMMAND, {}, "respond", {"response_type": "ephemeral", "replace_original": False}),
    ],
)
def test_the_answer_goes_where_the_words_came_from(
    desk: Desk, fields: dict[str, Any], choices: dict[str, Any], method: str, place: dict[str, str]
) -> None:
    desk.choices = choices
    desk.says("Which tea should I brew?", **fields)
    (call,) = desk.calls
    assert call.method == method
    quiet = {"unfurl_links", "unfurl_media"}
    assert {name: said for name, said in call.arguments.items() if name not in {"text", "blocks", *quiet}} == place


def test_what_only_one_user_sees_can_be_shared(desk: Desk) -> None:
    desk.says("Why is green tea bitter?", **COMMAND)
    assert "Share in channel" in buttons(desk.calls[-1])
    desk.says("Why is green tea bitter?")
    assert "Share in channel" not in buttons(desk.calls[-1])


def test_a_shortcut_in_a_channel_without_the_tutor_says_how_to_invite_it(desk: Desk) -> None:
    desk.says("Which tea should I brew?", kind="shortcut", reply_url=URL)
    (call,) = desk.calls
    assert call.otherwise
    assert call.otherwise.method == "respond"
    assert "/invite" in call.otherwise.arguments["text"]


@pytest.mark.parametrize("text", ["", "help", "HELP", "?"])
def test_a_command_without_a_question_tells_what_can_be_done(desk: Desk, text: str) -> None:
    answered = desk.says(text, **COMMAND)
    assert "Brewing tea" in desk.texts[0]
    assert "/tutor Which tea should I brew?" in desk.texts[0]
    assert (answered.kept, answered.count) == (None, None)


@pytest.mark.parametrize(
    ("words", "addressed", "answers"),
    [
        ("the printer on the third floor is broken again", False, False),
        ("the printer on the third floor is broken again", True, True),
        ("is the printer on the third floor broken again?", False, True),
        ("Why is green tea bitter", False, True),
        ("thanks", False, True),
    ],
)
def test_what_nobody_asked_and_it_does_not_know_is_left_alone(
    desk: Desk, words: str, addressed: bool, answers: bool
) -> None:
    answered = desk.says(words, addressed=addressed)
    assert bool(answered.told) is answers
    if not answers:
        assert answered == replace(answered, kept=None, count=None, missed=None, noted=None)


def test_while_a_question_is_open_everything_in_the_thread_is_taken_as_meant_for_the_tutor(desk: Desk) -> None:
    desk.says("Which tea should I brew?")
    desk.says("the printer on the third floor is broken again", addressed=False)
    assert desk.calls


@pytest.mark.parametrize(
    ("said", "count"),
    [
        (["Which tea should I brew?"], Count("leaves", "ask", question=True, asked=True)),
        (["Which tea should I brew?", "night"], Count("leaves", "answer", answered=True)),
        (["Why is green tea bitter?"], Count("leaves", "answer", question=True, answered=True)),
        (["Why is green tea bitter?", "show sources"], Count("leaves", "answer")),
        (["start over"], Count(None, "chat")),
        (["how do I fix the printer"], Count(None, "decline", question=True)),
    ],
)
def test_each_turn_is_counted_by_topic_and_reply(desk: Desk, said: list[str], count: Count) -> None:
    for words in said:
        answered = desk.says(words)
    assert answered.count == count


@pytest.mark.parametrize(
    ("said", "missed"),
    [
        (["how do I fix the printer"], "how do I fix the printer"),
        (["Why is green tea bitter?"], None),
        (["…"], None),
        (["x" * 20_001], None),
    ],
)
def test_a_question_that_is_declined_is_noted_as_missed(desk: Desk, said: list[str], missed: str | None) -> None:
    for words in said:
        answered = desk.says(words)
    assert (answered.missed and answered.missed.text) == missed
    if answered.missed:
        assert isinstance(answered.missed, Missed)
        assert (answered.missed.why, answered.missed.at, len(answered.missed.nearest)) == ("declined", 1.0, 3)


def test_none_of_these_makes_the_question_itself_a_missed_one(desk: Desk) -> None:
    desk.says("Which tea should I brew?")
    answered = desk.says("none of these")
    assert answered.missed
    assert answered.missed.text == "Which tea should I brew?"


def test_only_an_answer_can_be_voted_on_and_it_says_what_it_answers(desk: Desk) -> None:
    (asks,) = desk.says("Which tea should I brew?").told
    assert (asks.entry, asks.topic, asks.question) == (None, None, None)
    (told,) = desk.says("night").told
    assert (told.entry, told.topic, told.question) == ("trap.caffeine-at-night", "hours", "Which tea should I brew?")


def test_a_dialogue_that_the_pack_has_outgrown_begins_anew(desk: Desk) -> None:
    desk.kept = Kept(Dialogue("which-coffee", pending="milk"), "Which coffee?")
    desk.says("Which tea should I brew?")
    assert desk.kept.dialogue.pending == "hour"
    assert desk.kept.question == "Which tea should I brew?"


@pytest.mark.parametrize("saved", [None, {}, {"dialogue": 7}, {"dialogue": {"version": 1}}])
def test_what_was_kept_by_another_version_is_a_fresh_start(saved: Any) -> None:
    assert Kept.from_dict(saved).dialogue == Dialogue()


def test_user_text_that_is_echoed_calls_nobody(desk: Desk) -> None:
    desk.says("Which tea should I brew?")
    desk.says("in the morning, <!channel> & everybody")
    desk.says("one")
    assert all("<!channel>" not in text for text in desk.texts)


def test_everything_is_shown_at_once_where_the_admin_wants_it(tea: Tutor) -> None:
    desk = Desk(tea, Settings(whole=True))
    desk.says("Why is green tea bitter?")
    assert list(buttons(desk.calls[-1])) == ["Helpful", "Not helpful"]


def test_a_reason_is_a_vote_without_words_to_the_channel() -> None:
    heard = replace(SAID, kind="reason", value="m.0", text="too short")
    assert reasoned(heard).noted == Vote("m.0", helpful=False, reason="too short")
    assert reasoned(replace(heard, text="")).noted == Vote("m.0", helpful=False)


@pytest.mark.parametrize(("choices", "button"), [({}, "Answer only me"), ({"private": True}, "Answer everybody")])
def test_the_home_shows_topics_and_the_settings_of_who_looks(tea: Tutor, choices: dict[str, Any], button: str) -> None:
    call = at_home(tea, SAID, choices, Settings())
    assert (call.method, call.arguments["user_id"]) == ("views.publish", "U1")
    shown = str(call.arguments["view"])
    assert all(text in shown for text in ("Brewing tea", "• Leaves", "• Hours of the day", button, "Forget my data"))
