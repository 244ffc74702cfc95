"""Replies: data with the fields of the contract, and complete plain text."""

import json
from dataclasses import FrozenInstanceError, replace
from typing import Any

import pytest

from tutor import Answer, Ask, Candidate, Chat, Choose, Cited, Decline, Flip, Option, Page, Reply, Tutor, Way

GREEN = Candidate("fact.green-tea", "Green tea wants cooler water", 0.4)
BLACK = Candidate("pair.green-vs-black", "Green or black", 0.3)
ANSWER = Answer(
    entry="pair.green-vs-black",
    kind="pair",
    topic="leaves",
    title="Green or black",
    answer="Green is brewed cooler.",
    why="Oxidised leaves bear heat.",
    decides="Black leaves are oxidised.",
    distractor="Boiling water. It scalds.",
    because={"hour": "morning", "guests": "one"},
    reason="One cup is quick.",
    branches=(),
    flips=(
        Flip("hour", "night", "trap.x", "Strong tea", "hour “Before sleep”"),
        Flip("guests", "many", "tip.x", "A pot", "guests “A whole pot”"),
    ),
    practice="Some like 90 degrees.",
    citations=(
        Cited("book", "The Book", "2, 3-4"),
        Cited("site", "The Site", "1", "https://example.org/site", "site.txt"),
    ),
    references=(Page("Black tea", "https://example.org/black"),),
    confidence=0.75,
    alternatives=(GREEN,),
    see_also=("fact.green-tea",),
)
PLAIN = replace(
    ANSWER, decides=None, distractor=None, because={}, reason=None, flips=(), practice=None, references=(), see_also=()
)
ASK = Ask(
    decision="which-tea",
    slot="hour",
    question="When will it be drunk?",
    options=(Option("morning", "In the morning"), Option("night", "Before sleep")),
    why="The hour separates.",
    at_most=2,
    known={"guests": "one"},
)
REPLIES: list[Reply] = [
    ANSWER,
    PLAIN,
    replace(ANSWER, flips=(), branches=(Way({"hour": "night"}, "trap.x", "Sleep.", "Strong tea", "hour “Night”"),)),
    ASK,
    Choose((GREEN, BLACK)),
    Decline((GREEN,), "out-of-scope"),
    Chat("Hello."),
]


@pytest.mark.parametrize(
    ("reply", "fields"),
    [
        (
            ANSWER,
            "entry kind topic title answer why distractor because branches flips practice citations references "
            "confidence alternatives see_also",
        ),
        (ASK, "decision slot options why at_most known"),
        (Choose((GREEN, BLACK)), "options"),
        (Decline((GREEN,), "out-of-scope"), "nearest reason"),
        (Chat("Hello."), ""),
    ],
)
def test_a_reply_has_the_fields_of_the_contract(reply: Reply, fields: str) -> None:
    assert {"reply", "text", *fields.split()} <= set(reply.to_dict())


@pytest.mark.parametrize("reply", REPLIES, ids=lambda reply: reply.reply)
def test_a_reply_says_its_kind_and_its_text_and_survives_json(reply: Reply) -> None:
    said = reply.to_dict()
    assert (said["reply"], said["text"]) == (reply.reply, reply.text)
    assert json.loads(json.dumps(said)) == said


def test_an_answer_as_json_is_written_out() -> None:
    assert {name: value for name, value in ANSWER.to_dict().items() if name != "text"} == {
        "reply": "answer",
        "entry": "pair.green-vs-black",
        "kind": "pair",
        "topic": "leaves",
        "title": "Green or black",
        "answer": "Green is brewed cooler.",
        "why": "Oxidised leaves bear heat.",
        "decides": "Black leaves are oxidised.",
        "distractor": "Boiling water. It scalds.",
        "because": {"hour": "morning", "guests": "one"},
        "reason": "One cup is quick.",
        "branches": [],
        "flips": [
            {
                "slot": "hour",
                "value": "night",
                "entry": "trap.x",
                "title": "Strong tea",
                "told": "hour “Before sleep”",
                "verdict": None,
                "also": {},
            },
            {
                "slot": "guests",
                "value": "many",
                "entry": "tip.x",
                "title": "A pot",
                "told": "guests “A whole pot”",
                "verdict": None,
                "also": {},
            },
        ],
        "practice": "Some like 90 degrees.",
        "citations": [
            {"source": "book", "title": "The Book", "lines": "2, 3-4", "url": None, "file": None},
            {
                "source": "site",
                "title": "The Site",
                "lines": "1",
                "url": "https://example.org/site",
                "file": "site.txt",
            },
        ],
        "references": [{"title": "Black tea", "url": "https://example.org/black"}],
        "confidence": 0.75,
        "alternatives": [{"entry": "fact.green-tea", "title": "Green tea wants cooler water", "confidence": 0.4}],
        "see_also": ["fact.green-tea"],
        "verdict": None,
        "said": {},
        "indifferent": [],
        "pointers": [],
        "note": None,
        "against": None,
        "open_question": None,
        "focus": "all",
        "options": [],
    }


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (
            ASK,
            {
                "reply": "ask",
                "decision": "which-tea",
                "slot": "hour",
                "question": "When will it be drunk?",
                "options": [
                    {"value": "morning", "label": "In the morning"},
                    {"value": "night", "label": "Before sleep"},
                ],
                "why": "The hour separates.",
                "at_most": 2,
                "known": {"guests": "one"},
                "between": [],
                "note": None,
            },
        ),
        (
            Choose((GREEN,)),
            {
                "reply": "choose",
                "options": [{"entry": "fact.green-tea", "title": "Green tea wants cooler water", "confidence": 0.4}],
                "question": "Which of these do you mean?",
                "open_question": None,
            },
        ),
        (Decline((), "too-long"), {"reply": "decline", "nearest": [], "reason": "too-long", "open_question": None}),
        (Chat("Hello."), {"reply": "chat", "said": "Hello."}),
    ],
)
def test_the_other_replies_as_json_are_written_out(reply: Reply, said: dict[str, Any]) -> None:
    assert {name: value for name, value in reply.to_dict().items() if name != "text"} == said


def test_a_whole_answer_in_plain_text() -> None:
    assert ANSWER.text == (
        "Green or black\n"
        "\n"
        "Green is brewed cooler.\n"
        "\n"
        "Because: One cup is quick.\n"
        "\n"
        "What decides: Black leaves are oxidised.\n"
        "\n"
        "Why: Oxidised leaves bear heat.\n"
        "\n"
        "Tempting, but wrong: Boiling water. It scalds.\n"
        "\n"
        "In practice: Some like 90 degrees.\n"
        "\n"
        "It would change with:\n"
        "- hour “Before sleep”: Strong tea\n"
        "- guests “A whole pot”: A pot\n"
        "\n"
        "Source: The Book, lines 2, 3-4\n"
        "Source: The Site, line 1\n"
        "Page: Black tea <https://example.org/black>"
    )


def test_an_answer_without_extras_in_plain_text() -> None:
    assert PLAIN.text == (
        "Green or black\n\nGreen is brewed cooler.\n\nWhy: Oxidised leaves bear heat.\n"
        "\nSource: The Book, lines 2, 3-4\nSource: The Site, line 1"
    )


def test_a_conditional_answer_and_an_open_question_in_plain_text() -> None:
    ways = (
        Way(
            {"hour": "morning", "guests": "one"}, "fact.x", "Brew it green.", "Green tea", "hour “Early”, guests “One”"
        ),
        Way({"hour": "night"}, "trap.x", "Brew none.", "Strong tea", "hour “Late”"),
    )
    text = replace(PLAIN, branches=ways, open_question="How many cups?").text
    assert "\n\nIt depends:\n- hour “Early”, guests “One”: Green tea\n- hour “Late”: Strong tea\n\n" in text
    assert text.endswith("\n\nStill open: How many cups?")


@pytest.mark.parametrize(
    ("lines", "said"),
    [("7", "line 7"), ("318", "line 318"), ("7, 9", "lines 7, 9"), ("1-2", "lines 1-2"), ("2, 3-4", "lines 2, 3-4")],
)
def test_one_line_is_cited_as_a_line_and_more_as_lines(lines: str, said: str) -> None:
    text = replace(PLAIN, citations=(Cited("book", "The Book", lines),)).text
    assert text.splitlines()[-1] == f"Source: The Book, {said}"


def test_values_that_nothing_gives_a_reason_for_are_not_told() -> None:
    assert "Because" not in replace(ANSWER, reason=None).text


@pytest.mark.parametrize(
    ("reply", "text"),
    [
        (
            ASK,
            "When will it be drunk?\n  1. In the morning\n  2. Before sleep\nThe hour separates. At most 2 questions.",
        ),
        (
            replace(ASK, at_most=1, note="I could not read that."),
            "I could not read that.\n\n"
            "When will it be drunk?\n  1. In the morning\n  2. Before sleep\nThe hour separates.",
        ),
        (
            Choose((GREEN, BLACK)),
            "Which of these do you mean?\n  1. Green tea wants cooler water\n  2. Green or black",
        ),
        (
            Decline((GREEN, BLACK), "out-of-scope"),
            "My sources do not answer this, so I do not either.\n"
            "Nearest to it:\n  - Green tea wants cooler water\n  - Green or black",
        ),
        (Decline((), "unknown-words"), "I do not know enough of these words to answer."),
        (Decline((), "empty"), "There is no question in this. Ask in your own words."),
        (
            Decline((), "too-long"),
            "This is longer than the 20000 characters I read. Send the part that asks.",
        ),
        (Chat("Hello."), "Hello."),
    ],
)
def test_the_other_replies_in_plain_text(reply: Reply, text: str) -> None:
    assert reply.text == text


@pytest.mark.parametrize("reply", REPLIES, ids=lambda reply: reply.reply)
def test_a_reply_cannot_be_changed(reply: Reply) -> None:
    with pytest.raises(FrozenInstanceError):
        reply.reply = "other"  # type: ignore[misc]


def test_what_json_was_made_of_can_be_changed_without_changing_the_reply() -> None:
    said = ANSWER.to_dict()
    said["because"]["hour"] = "night"
    said["citations"][0]["lines"] = "9"
    assert ANSWER.because["hour"] == "morning"
    assert ANSWER.citations[0].lines == "2, 3-4"


def test_every_entry_of_the_tea_pack_tells_itself_completely(tea: Tutor) -> None:
    for entry in tea.pack.entries.values():
        text = tea.show(entry.id).text
        for said in (entry.title, entry.answer, entry.why, entry.practice or "", "The Kettle Book"):
            assert said in text
        assert all(page.url in text for page in entry.references)
