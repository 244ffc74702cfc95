"""What a pack does not answer: like questions together, those asked most often first, and only what is still open."""

import pytest

from tutor import Tutor
from tutor.gaps import Asked, Gap, Question, gaps

PERU = "What is the capital of Peru?"
GREEN = "How hot must the water be for green tea?"


def declined(text: str, at: float = 1.0) -> Asked:
    return Asked(text, "declined", at)


def test_nothing_asked_is_no_gap(tea: Tutor) -> None:
    assert gaps(tea, []) == []


def test_one_question_in_several_spellings_is_one_question(tea: Tutor) -> None:
    asked = [declined(PERU, 1.0), declined("what is  the capital of PERU", 3.0), Asked(PERU, "voted-down", 2.0)]
    (gap,) = gaps(tea, asked)
    assert gap.questions == (Question(PERU, declined=2, voted_down=1, last=3.0),)
    assert (gap.times, gap.last) == (3, 3.0)


def test_like_questions_are_one_gap_and_what_is_asked_most_often_comes_first(tea: Tutor) -> None:
    asked = [declined("tell me a joke"), declined(PERU, 5.0), declined("capital of Peru?", 7.0)]
    shown = [[question.text for question in gap.questions] for gap in gaps(tea, asked)]
    assert shown == [["capital of Peru?", PERU], ["tell me a joke"]]


def test_a_question_that_the_pack_answers_by_now_is_left_out(tea: Tutor) -> None:
    assert gaps(tea, [declined(GREEN)]) == []


def test_a_question_whose_answer_was_voted_down_stays_though_it_is_answered(tea: Tutor) -> None:
    (gap,) = gaps(tea, [Asked(GREEN, "voted-down", 1.0)])
    assert gap.nearest[0].entry == "fact.green-tea"


def test_a_gap_names_the_nearest_entries_with_their_mean_confidence(tea: Tutor) -> None:
    (gap,) = gaps(tea, [declined(PERU), declined(PERU)])
    expected = tea.answer_row(PERU).candidates[:3]
    assert [near.entry for near in gap.nearest] == [candidate.entry for candidate in expected]
    assert [near.confidence for near in gap.nearest] == pytest.approx([one.confidence for one in expected], abs=1e-4)
    assert gap.nearest[0].title == tea.pack.entries[gap.nearest[0].entry].title


@pytest.mark.parametrize("text", ["", "...", "\0", " \n "])
def test_what_has_no_words_is_no_gap(tea: Tutor, text: str) -> None:
    assert gaps(tea, [declined(text)]) == []


def test_the_same_questions_make_the_same_gaps_in_any_order(tea: Tutor) -> None:
    asked = [
        declined(text, at) for at, text in enumerate(["tell me a joke", PERU, "a joke please", "bone china price"])
    ]
    assert gaps(tea, asked) == gaps(tea, asked[::-1])
    assert all(isinstance(gap, Gap) for gap in gaps(tea, asked))
