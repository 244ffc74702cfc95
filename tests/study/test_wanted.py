"""What a quiz is wanted about: the words that ask for one, and the topics that they mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor import Tutor
from tutor.study.wanted import aim_of, quiz_wanted, topics_for


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("quiz me on drift", "drift"),
        ("Quiz me on drift, please!", "drift"),
        ("quiz", ""),
        ("Quiz me", ""),
        ("quiz us about green tea now", "green tea"),
        ("quiz: drift kinds", "drift kinds"),
        ("Could you please test me on Green or Black?", "Green or Black"),
        ("give me 5 questions on Optuna.", "Optuna"),
        ("ask me some questions about hours", "hours"),
        ("let\u2019s do a quick quiz on testing", "testing"),
        ("I'd like to be tested on aliases", "aliases"),
        ("I need some practice questions on drift", "drift"),
        ("I want a quiz about rollouts", "rollouts"),
        ("quiz me on everything", ""),
        ("quiz me on my weak spots", "my weak spots"),
    ],
)
def test_a_wish_for_a_quiz_is_told_from_its_words(text: str, about: str) -> None:
    assert quiz_wanted(text) == about


@pytest.mark.parametrize(
    "text",
    [
        "",
        "What is a quiz?",
        "How do I test a model?",
        "test the model on drift",
        "I want to ask a question about drift",
        "Can I ask a question on serving?",
        "a question about drift",
        "Should we quiz users on their preferences?",
        "Does the exam quiz me on drift?",
        "drift",
        "quiz me on " + "drift " * 100,
    ],
)
def test_what_asks_for_something_else_is_no_wish_for_a_quiz(text: str) -> None:
    assert quiz_wanted(text) is None


@pytest.mark.parametrize(
    ("said", "aim"),
    [
        ("my weak spots", "weak"),
        ("what I'm bad at", "weak"),
        ("the pairs I confuse", "confused"),
        ("what I mix up", "confused"),
        ("my mistakes", "wrong"),
        ("what I got wrong", "wrong"),
        ("drift", None),
        ("", None),
    ],
)
def test_words_may_mean_a_part_of_what_was_answered_before(said: str, aim: str | None) -> None:
    assert aim_of(said) == aim


@pytest.mark.parametrize(
    ("said", "topics"),
    [
        ("leaves", ("leaves",)),
        ("Hours of the day", ("hours",)),
        ("hour", ("hours",)),
        ("green or black", ("leaves",)),
        ("a pot for breakfast", ("hours",)),
        ("assam", ("leaves",)),  # another name of black tea
        ("what about caffeine at night?", ("hours",)),  # what such a question leads to
        ("the offside rule", ()),
        ("", ()),
        ("?!", ()),
    ],
)
def test_words_find_their_topics(tea: Tutor, said: str, topics: tuple[str, ...]) -> None:
    assert topics_for(tea, said) == topics


@given(st.text(max_size=400))
def test_no_text_breaks_the_reading_of_a_wish(text: str) -> None:
    about = quiz_wanted(text)
    assert about is None or about == about.strip()
