"""Which words of a question point to the answer, and which to what tempts."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor import Answer, Tutor
from tutor.pointers import pointers


def pointing(tutor: Tutor, said: str) -> dict[str, list[str]]:
    reply = tutor.respond(said).reply
    assert isinstance(reply, Answer), reply
    found: dict[str, list[str]] = {"answer": [], "distractor": []}
    for pointer in reply.pointers:
        assert said[pointer.start : pointer.end] == pointer.words
        found[pointer.to].append(pointer.words)
    return found


def test_telling_words_point_to_the_answer(tutor: Tutor) -> None:
    found = pointing(tutor, "We must be able to UNDO a bad release in seconds, which rollout do we need?")
    assert "UNDO" in found["answer"]
    assert not {"We", "be", "a", "in"} & {*found["answer"], *found["distractor"]}


def test_words_of_the_distractor_are_told_apart(tutor: Tutor) -> None:
    found = pointing(tutor, "Undo a bad release completely within seconds: is a canary the right rollout?")
    assert "canary" in found["distractor"]
    assert "canary" not in found["answer"]


@pytest.mark.parametrize("entry", ["fact.green-tea", "trap.caffeine-at-night"])
@settings(deadline=None, max_examples=50)
@given(text=st.text(max_size=200))
def test_pointers_are_spans_of_the_text_in_its_order(tea: Tutor, entry: str, text: str) -> None:
    found = pointers(tea._mind.router, tea.pack.entries[entry], text)
    assert [pointer.start for pointer in found] == sorted(pointer.start for pointer in found)
    assert all(text[pointer.start : pointer.end] == pointer.words for pointer in found)
    assert len(found) <= 8


def test_a_batch_row_goes_without_them(tea: Tutor) -> None:
    assert "pointers" not in tea.answer_row("How hot must the water be for green tea?").to_dict()
