"""Questions about the answer just given: the distractor, the fact that rules it out, and the citation."""

import pytest

from tests.test_step import rollout
from tutor import Answer, Tutor


def against(tutor: Tutor, question: str, said: str) -> Answer:
    """Return the answer to *said* after that to *question*."""
    reply = tutor.respond(said, tutor.respond(question).dialogue).reply
    assert isinstance(reply, Answer), reply
    return reply


@pytest.mark.parametrize("said", ["what about canary?", "Why not canary?", "and canary?", "how about a canary release"])
def test_another_end_of_the_decision_is_told_by_the_values_that_would_lead_there(tutor: Tutor, said: str) -> None:
    reply = tutor.respond(said, rollout(tutor, "everyone", "within seconds")).reply
    assert isinstance(reply, Answer)
    assert (reply.entry, reply.focus) == ("tip.reverse-within-seconds", "against")
    assert reply.against is not None
    assert reply.against.startswith("Not here: Canary would be right with ")
    assert "exposure “Only a few at first”" in reply.against
    assert reply.distractor is not None
    assert reply.distractor in reply.text
    assert f"Source: {reply.citations[0].title}" in reply.text


def test_the_distractor_is_told_with_why_it_is_wrong_and_the_citation(tea: Tutor) -> None:
    reply = against(tea, "How hot must the water be for green tea?", "what about boiling water?")
    assert (reply.entry, reply.focus) == ("fact.green-tea", "against")
    assert reply.against == f"Not here: {reply.distractor}"
    assert reply.text.startswith(reply.against)
    assert "Source: The Kettle Book" in reply.text


def test_a_misspelt_rival_is_understood(tea: Tutor) -> None:
    assert against(tea, "How hot must the water be for green tea?", "why not boilng water").focus == "against"


def test_what_is_no_rival_is_a_question_of_its_own(tea: Tutor) -> None:
    reply = tea.respond(
        "what about purple elephants?", tea.respond("How hot must the water be for green tea?").dialogue
    )
    assert getattr(reply.reply, "focus", None) != "against"


@pytest.mark.parametrize("said", ["which source says so?", "sources", "Show me the sources", "says who?"])
def test_the_sources_are_shown_alone(tea: Tutor, said: str) -> None:
    reply = against(tea, "How hot must the water be for green tea?", said)
    assert reply.focus == "sources"
    assert reply.text.splitlines()[0] == f"“{reply.title}” rests on:"
    assert reply.text.count("Source: ") == len(reply.citations)
    assert reply.answer not in reply.text


def test_the_fields_are_complete_whatever_the_text_is_about(tea: Tutor) -> None:
    question = "How hot must the water be for green tea?"
    whole = tea.respond(question).reply.to_dict()
    asked = against(tea, question, "sources").to_dict()
    assert {name for name in whole if whole[name] != asked[name]} <= {"text", "focus", "pointers", "alternatives"}


@pytest.mark.parametrize("said", ["what about blue-green?", "and blue green?"])
def test_asking_about_the_answer_itself_confirms_it(tutor: Tutor, said: str) -> None:
    reply = tutor.respond(said, rollout(tutor, "everyone", "within seconds")).reply
    assert isinstance(reply, Answer)
    assert reply.against is not None
    assert reply.against.startswith("Blue-green is the answer: ")
