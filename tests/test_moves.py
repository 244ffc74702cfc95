"""What learners say about the dialogue itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.moves import Move, read_move, read_number

SAID: dict[Move, list[str]] = {
    "unsure": [
        "don't know",
        "Don’t know.",
        "I don't know",
        "we don't know yet",
        "dont know",
        "DO NOT KNOW",
        "I do not know yet",
        "not sure",
        "I am not sure",
        "Hmm, I'm really not sure",
        "no idea, sorry",
        "I have no idea",
        "idk",
        "idk tbh",
        "can't tell",
        "not a clue",
        "it depends",
        "skip",
        "maybe",
        "unknown",
    ],
    "any": [
        "doesn't matter",
        "It does not matter",
        "it does not matter to us",
        "I don't care",
        "whatever",
        "either",
        "no preference",
        "that's irrelevant",
        "it's not important here",
    ],
    "none": ["none", "None of these.", "none of the above", "neither", "something else", "other"],
    "back": ["back", "go back!", "please go back", "can we go back", "undo", "undo that", "previous question"],
    "why": ["why", "Why?", "why do you ask", "Why do you ask that?", "why does it matter?", "what for?"],
    "over": ["start over", "restart", "reset", "let's start over", "new question please", "start from scratch"],
    "more": ["more", "tell me more", "say more please", "can you explain that", "details"],
    "sources": ["sources", "show sources", "sources?", "citations", "where does it say that?"],
}


@pytest.mark.parametrize(("said", "move"), [(said, move) for move, all_ in SAID.items() for said in all_])
def test_a_move_is_read_however_it_is_put(said: str, move: Move) -> None:
    assert read_move(said) == move


@pytest.mark.parametrize(
    "said",
    [
        "Why do teams use canary?",
        "we do not know the labels",
        "none of the users",
        "we have none",
        "any batch of rows",
        "go back within seconds",
        "roll back",
        "explain drift",
        "it does not fit",
        "not yet",
        "no",
        "yes",
        "please",
        "hmm",
        "?",
        "",
    ],
)
def test_what_says_more_or_less_than_a_move_is_none(said: str) -> None:
    assert read_move(said) is None


@given(
    st.sampled_from([(said, move) for move, all_ in SAID.items() for said in all_]),
    st.sampled_from(["", "ok, ", "Hmm… "]),
)
def test_case_and_politeness_change_no_move(case: tuple[str, Move], lead: str) -> None:
    said, move = case
    assert read_move(lead + said.upper() + " please!") == move


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("2", 2),
        ("2.", 2),
        ("2)", 2),
        ("(2)", 2),
        ("[2]", 2),
        ("#2", 2),
        (" 2 ", 2),
        ("２", 2),
        ("option 2", 2),
        ("Option #3", 3),
        ("number 1", 1),
        ("No. 2", 2),
        ("nr 2", 2),
        ("answer 3", 3),
        ("2 please", 2),
        ("the second", 2),
        ("The third one", 3),
        ("first option", 1),
    ],
)
def test_an_option_is_named_by_its_number(said: str, number: int) -> None:
    assert read_number(said, 3) == number


@pytest.mark.parametrize(
    "said",
    [
        "0",
        "4",
        "the fourth",
        "2 days",
        "2%",
        "2.5",
        "1 2",
        "-1",
        "two",
        "a second",
        "seconds",
        "3 GB",
        "²",
        "99999999",
        "",
    ],
)
def test_a_figure_that_names_no_option_is_none(said: str) -> None:
    assert read_number(said, 3) is None


@given(st.text(max_size=40), st.integers(0, 9))
def test_a_number_read_is_always_one_of_the_options(said: str, most: int) -> None:
    assert read_number(said, most) in {None, *range(1, most + 1)}


def test_a_text_of_the_greatest_length_is_no_move() -> None:
    assert read_move("i don't know " * 1500) is None
    assert read_number("1" * 20_000, 9) is None
