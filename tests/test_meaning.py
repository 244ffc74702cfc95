"""Replies in other words than the phrases: learned from example replies, beside a slot, with a bar that was fitted."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import changed
from tutor import Answer, Ask, Tutor
from tutor.meaning import NOTHING, SIGNALS, Meanings, Meant, likelihood
from tutor.meaning_training import learn_meanings, lesson_of
from tutor.subject import Pack
from tutor.training import train
from tutor.weights import Weights, read_weights

MORNING = [
    "with my porridge", "when the sun comes up", "to wake up by", "on the train to work", "before the office opens",
    "as soon as I get up", "while I read the newspaper", "at seven with toast", "first thing after the shower",
    "with eggs and toast", "when the milkman has been", "at sunrise on the balcony", "before the school run",
    "with the early news",
]  # fmt: skip
NIGHT = [
    "when the children sleep", "with a book under the blanket", "after the late film", "to calm down for sleeping",
    "when I brush my teeth", "in pyjamas on the sofa", "once the lights are out", "as a nightcap under the blanket",
    "after supper when all is dark", "when the moon is up", "to sleep better", "with the late film",
    "in my pyjamas", "at the end of the day under the blanket",
]  # fmt: skip
UNCLEAR = [
    "my kettle is broken", "I bought it in Leeds", "nice weather today", "my aunt likes it too", "it was a present",
    "the shop was closed", "we have a blue kettle", "tea is nice", "my kettle is blue", "Leeds is far away",
    "a present of my aunt", "the weather in Leeds",
]  # fmt: skip
UNSURE = [
    "nobody told me", "no clue about that one", "my aunt would know", "I forgot to ask", "that is not written anywhere",
    "could not say", "they never told me", "I would have to ask",
]  # fmt: skip
ANY = ["all the same to me", "surprise me", "you choose", "makes no odds", "whatever you fancy", "I leave that to you",
       "as you like", "you decide for me"]  # fmt: skip


@pytest.fixture(scope="module")
def spoken_pack(tea_pack: Pack) -> Pack:
    """The tea pack with replies in free words."""
    replies = {"hour": {"morning": tuple(MORNING), "night": tuple(NIGHT), "unclear": tuple(UNCLEAR)}}
    return changed(tea_pack, replies=replies, moves={"unsure": tuple(UNSURE), "any": tuple(ANY)})


@pytest.fixture(scope="module")
def raw(spoken_pack: Pack) -> bytes:
    return learn_meanings(spoken_pack, "some lesson")


@pytest.fixture(scope="module")
def meanings(raw: bytes) -> Meanings:
    return Meanings(read_weights(raw))


@pytest.fixture(scope="module")
def listener(spoken_pack: Pack, tea: Tutor, raw: bytes) -> Tutor:
    """A tutor of the tea pack that understands replies in free words."""
    weights: Weights = tea.weights.moved_to("key", extra=b"", meanings=raw)
    return Tutor(spoken_pack.without_examples(), weights)


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("on the train, with the newspaper", "morning"),
        ("with toast and eggs", "morning"),
        ("in pyjamas under the blanket", "night"),
        ("once the lights are out, in pyjamas", "night"),
    ],
)
def test_a_reply_in_other_words_is_understood(meanings: Meanings, said: str, value: str) -> None:
    assert meanings.meant(said, "hour", ["morning", "night"]) == Meant(value=value)


@pytest.mark.parametrize("said", ["the weather in Leeds is nice", "qwertz uiop", "my blue kettle is broken"])
def test_what_settles_nothing_is_not_guessed(meanings: Meanings, said: str) -> None:
    assert meanings.meant(said, "hour", ["morning", "night"]) is None


def test_only_the_values_that_are_asked_about_are_meant(meanings: Meanings) -> None:
    assert meanings.meant("with toast and eggs", "hour", ["night"]) != Meant(value="morning")
    assert meanings.meant("with toast and eggs", "hour", []) in (None, Meant(move="unsure"), Meant(move="any"))
    assert meanings.meant("with toast and eggs", "no such slot", ["morning"]) in (
        None, Meant(move="unsure"), Meant(move="any"),
    )  # fmt: skip


def test_a_pack_without_replies_understands_phrases_only(tea_pack: Pack) -> None:
    assert learn_meanings(tea_pack, "lesson") == b""
    assert Meanings(None).meant("with toast and eggs", "hour", ["morning", "night"]) is None


def test_the_same_replies_give_the_same_bytes_and_others_another_lesson(spoken_pack: Pack, raw: bytes) -> None:
    assert learn_meanings(spoken_pack, "some lesson") == raw
    assert lesson_of(spoken_pack) == lesson_of(changed(spoken_pack, decisions=dict(spoken_pack.decisions)))
    assert lesson_of(spoken_pack) != lesson_of(changed(spoken_pack, moves={}))
    assert lesson_of(spoken_pack) != lesson_of(changed(spoken_pack, replies={}))


def test_replies_teach_nothing_of_questions(spoken_pack: Pack, tea: Tutor) -> None:
    assert train(spoken_pack).merged == tea.weights.merged


def test_there_is_a_bar_for_replies_and_one_for_questions(raw: bytes) -> None:
    weights = read_weights(raw)
    assert weights is not None
    assert set(weights.calibration["bars"]) == {"reply", "question"}
    assert set(weights.calibration["reply"]) == {*SIGNALS, "bias"}
    assert NOTHING in weights.classes.entries


def test_in_a_dialogue_the_words_are_kept_and_shown(listener: Tutor) -> None:
    asked = listener.respond("Which tea should I brew?")
    turn = listener.respond("in pyjamas under the blanket", asked.dialogue)
    assert isinstance(turn.reply, Answer)
    assert turn.reply.because == {"hour": "night"}
    assert turn.reply.said == {"hour": "in pyjamas under the blanket"}


def test_not_knowing_in_other_words_gives_every_branch(listener: Tutor) -> None:
    asked = listener.respond("Which tea should I brew?")
    turn = listener.respond("nobody ever told me", asked.dialogue)
    assert isinstance(turn.reply, Answer)
    assert len(turn.reply.branches) == 3


def test_not_caring_in_other_words_asks_the_next_question(listener: Tutor) -> None:
    asked = listener.respond("Which tea should I brew?")
    turn = listener.respond("all the same to me, you choose", asked.dialogue)
    assert isinstance(turn.reply, Ask)
    assert turn.reply.slot == "guests"


def test_after_the_answer_other_words_correct_a_value(listener: Tutor) -> None:
    asked = listener.respond("Which tea should I brew?")
    night = listener.respond("in pyjamas under the blanket", asked.dialogue)
    turn = listener.respond("sorry, with eggs and toast", night.dialogue)
    assert isinstance(turn.reply, Ask)
    assert turn.reply.known == {"hour": "morning"}


@settings(deadline=None, max_examples=100)
@given(text=st.text(max_size=200))
def test_any_text_is_understood_or_not(meanings: Meanings, text: str) -> None:
    meant = meanings.meant(text, "hour", ["morning", "night"])
    assert meant is None or (meant.value in ("morning", "night")) != (meant.move in ("unsure", "any"))


@given(
    told=st.lists(st.floats(-50, 50), min_size=len(SIGNALS), max_size=len(SIGNALS)),
    weights=st.lists(st.floats(-50, 50), min_size=len(SIGNALS) + 1, max_size=len(SIGNALS) + 1),
)
def test_a_likelihood_lies_between_nought_and_one(told: list[float], weights: list[float]) -> None:
    fitted = dict(zip((*SIGNALS, "bias"), weights, strict=True))
    assert 0 < likelihood(told, fitted) < 1
