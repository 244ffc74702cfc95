"""What a turn adds to the counts: questions of the learner's own, their answers, and what the tutor asks back."""

import pytest

from tests.transcripts import transcripts
from tutor import Dialogue, Tutor
from tutor.store import Count, Missed
from tutor.store.turns import count_of, missed_by
from tutor.transcript import Transcript

QUESTION = {"question": True}
ANSWERED = {"answered": True}
ASKED = {"asked": True}


def counted(tutor: Tutor, *said: str) -> list[Count]:
    """Return what each turn of a dialogue adds."""
    counts = []
    dialogue: Dialogue | None = None
    for words in said:
        turn = tutor.respond(words, dialogue)
        counts.append(count_of(tutor.pack, dialogue, turn))
        dialogue = turn.dialogue
    return counts


@pytest.mark.parametrize(
    ("said", "counts"),
    [
        (["How hot must the water be for green tea?"], [Count("leaves", "answer", **QUESTION, **ANSWERED)]),
        (["What is the capital of Peru?"], [Count(None, "decline", **QUESTION)]),
        (["...", "hello"], [Count(None, "decline"), Count(None, "chat")]),
        (
            ["Which tea should I brew?", "morning", "one", "why?", "sources"],
            [
                Count("leaves", "ask", **QUESTION, **ASKED),
                Count("leaves", "ask", **ASKED),
                Count("leaves", "answer", **ANSWERED),
                Count("leaves", "answer"),
                Count("leaves", "answer"),
            ],
        ),
        (
            ["Which tea should I brew?", "purple elephants", "How hot must the water be for green tea?", "night"],
            [
                Count("leaves", "ask", **QUESTION, **ASKED),
                Count("leaves", "ask"),
                Count("leaves", "answer", **QUESTION, **ANSWERED),
                Count("leaves", "answer", **ANSWERED),
            ],
        ),
        (
            ["Which tea should I brew?", "night", "back", "morning", "start over"],
            [
                Count("leaves", "ask", **QUESTION, **ASKED),
                Count("leaves", "answer", **ANSWERED),
                Count("leaves", "ask", **QUESTION, **ASKED),
                Count("leaves", "ask", **ASKED),
                Count(None, "chat"),
            ],
        ),
        (
            ["how hot is the pot", "2"],
            [Count("hours", "choose", **QUESTION, **ASKED), Count("hours", "answer", **ANSWERED)],
        ),
    ],
)
def test_a_turn_adds_what_it_opens_and_what_it_settles(tea: Tutor, said: list[str], counts: list[Count]) -> None:
    assert counted(tea, *said) == counts


@pytest.mark.parametrize("transcript", transcripts("tea"), ids=lambda transcript: transcript.title)
def test_there_are_never_more_answers_than_questions(tea: Tutor, transcript: Transcript) -> None:
    counts = counted(tea, *(exchange.say for exchange in transcript.turns))
    assert sum(count.answered for count in counts) <= sum(count.question for count in counts)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("What is the capital of Peru?", "declined"),
        ("...", None),
        ("x" * 30_000, None),
        ("How hot must the water be for green tea?", None),
        ("Which tea should I brew?", None),
        ("hello", None),
    ],
)
def test_only_a_question_that_was_declined_is_one_without_an_answer(tea: Tutor, words: str, why: str | None) -> None:
    missed = missed_by(words, tea.respond(words), at=5.0)
    assert (missed and missed.why) == why


def test_a_question_without_an_answer_has_the_entries_that_came_nearest(tea: Tutor) -> None:
    missed = missed_by("What is the capital of Peru?", tea.respond("What is the capital of Peru?"), at=5.0)
    assert isinstance(missed, Missed)
    assert (missed.text, missed.topic, missed.at) == ("What is the capital of Peru?", None, 5.0)
    assert len(missed.nearest) == 3
    assert set(missed.nearest) < set(tea.pack.entries)
