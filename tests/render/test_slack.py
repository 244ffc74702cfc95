"""Slack messages: within every limit, nothing lost, nothing that calls anybody, buttons that fit what is asked."""

import html
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from slack_sdk.models.blocks import Block

from tests.drawn_replies import REPLIES
from tests.test_reply import ANSWER, ASK
from tests.test_reply import REPLIES as WRITTEN
from tutor import Answer, Candidate, Choose, Decline, Option, Reply, Tutor
from tutor.part import text_of
from tutor.render.carried import Carried, unpacked
from tutor.render.mrkdwn import escaped
from tutor.render.slack import GROUPS, Message, held_back, messages, note, opened, opened_text

CARRIED = Carried("T1/C1/1.0")
GREEN = Candidate("fact.green-tea", "Green tea wants cooler water", 0.4)


def texts(block: Any) -> Iterator[str]:
    """Yield every text that a block shows."""
    if isinstance(block, dict):
        if isinstance(block.get("text"), str):
            yield block["text"]
        yield from (text for value in block.values() for text in texts(value))
    elif isinstance(block, list | tuple):
        yield from (text for value in block for text in texts(value))


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", html.unescape(text)))


def spoken(reply: Reply) -> Counter[str]:
    """Return the words of a reply, without the numbers of a list."""
    return words("\n".join("\n".join([part.name or "", part.text, *part.items]) for part in reply.parts))


def shown(made: list[Message]) -> str:
    return "\n".join(text for message in made for text in texts(list(message.blocks)))


def buttons(message: Message) -> dict[str, dict[str, Any]]:
    """Return the buttons of a message by what they show."""
    rows = [block["elements"] for block in message.blocks if block["type"] == "actions"]
    return {element["text"]["text"]: element for row in rows for element in row}


@settings(max_examples=150, deadline=None)
@given(REPLIES)
def test_every_message_is_within_the_limits_of_slack(reply: Reply) -> None:
    for message in messages(reply, CARRIED, lambda number: f"m.{number}"):
        assert 0 < len(message.text) <= 12_000
        assert len(message.blocks) <= 50
        assert sum(len(text) for text in texts(list(message.blocks))) <= 12_500
        for block in Block.parse_all(list(message.blocks)):
            block.validate_json()
        for text in texts([block for block in message.blocks if block["type"] in ("section", "context")]):
            assert 0 < len(text) <= 3000
        names = [block["block_id"] for block in message.blocks]
        assert len(set(names)) == len(names)


@settings(max_examples=150, deadline=None)
@given(REPLIES)
def test_no_word_is_lost_neither_in_the_blocks_nor_in_the_text(reply: Reply) -> None:
    made = messages(reply, CARRIED, whole=True)
    said = spoken(reply)
    assert said <= words(shown(made))
    assert said <= words("\n".join(message.text for message in made))


@settings(max_examples=100, deadline=None)
@given(REPLIES)
def test_what_is_held_back_opens_and_then_nothing_is_missing(reply: Reply) -> None:
    made = messages(reply, CARRIED)
    more = [text for group in held_back(reply) for text in texts(list(opened(reply, group, CARRIED)))]  # type: ignore[arg-type]
    assert spoken(reply) <= words("\n".join([shown(made), *more]))


@settings(max_examples=100, deadline=None)
@given(REPLIES)
def test_nothing_that_people_or_packs_say_is_markup(reply: Reply) -> None:
    for message in messages(reply, CARRIED):
        assert "<" not in message.text
        for text in texts(list(message.blocks)):
            assert all(found.startswith("<https://") for found in re.findall(r"<[^>]*>?", text))


@pytest.mark.parametrize("reply", WRITTEN)
def test_the_text_of_a_reply_that_fits_is_its_plain_text(reply: Reply) -> None:
    (message,) = messages(reply, CARRIED)
    assert message.text == escaped(reply.text)


def test_an_answer_shows_what_counts_and_holds_back_the_rest() -> None:
    (message,) = messages(ANSWER, CARRIED, lambda number: f"m.{number}")
    assert [block["block_id"] for block in message.blocks] == [
        "title-0", "answer-1", "because-2", "distractor-5", "practice-6", "under-0",
    ]  # fmt: skip
    assert list(buttons(message)) == ["Why?", "What would change this?", "Show sources", "Helpful", "Not helpful"]
    assert message.blocks[0]["text"]["text"] == "Green or black"
    assert message.blocks[4]["text"]["text"] == "> *In practice*: Some like 90 degrees."


def test_a_whole_answer_holds_nothing_back() -> None:
    (message,) = messages(ANSWER, CARRIED, whole=True)
    names = [block["block_id"].split("-")[0] for block in message.blocks]
    assert names == ["title", "answer", "because", "decides", "why", "distractor", "practice", "flips", "source"]


@pytest.mark.parametrize(
    ("group", "said"),
    [
        ("why", "What decides: Black leaves are oxidised.\n\nWhy: Oxidised leaves bear heat."),
        ("sources", None),
        ("flips", None),
    ],
)
def test_what_is_opened_has_a_text_of_its_own(group: Any, said: str | None) -> None:
    text = opened_text(ANSWER, group)
    parts = [part for part in ANSWER.parts if part.role in GROUPS[group]]
    assert text == (said or escaped(text_of(parts)))


def test_sources_and_pages_are_links_where_they_have_an_address() -> None:
    (block,) = opened(ANSWER, "sources", CARRIED)
    assert block["type"] == "context"
    assert block["elements"][0]["text"] == (
        "Source: The Book, lines 2, 3-4\n"
        "Source: <https://example.org/site|The Site, line 1>\n"
        "Page: <https://example.org/black|Black tea>"
    )


def test_each_change_of_one_value_can_be_tried() -> None:
    _, tries = opened(ANSWER, "flips", CARRIED)
    assert [element["text"]["text"] for element in tries["elements"]] == ["Try 1", "Try 2"]
    tried = unpacked(tries["elements"][1]["value"])
    assert (tried.slot, tried.value) == ("guests", "many")


def test_short_options_are_buttons_with_what_a_screen_reader_says() -> None:
    (message,) = messages(ASK, CARRIED)
    assert list(buttons(message)) == ["In the morning", "Before sleep", "Don't know", "Doesn't matter"]
    assert buttons(message)["Before sleep"]["accessibility_label"] == "2. Before sleep"
    assert [unpacked(button["value"]).value for button in buttons(message).values()] == ["morning", "night", None, "*"]


@pytest.mark.parametrize(
    "label", ["Everybody in the house wants some of it", "less than < 1 cup", "tea & milk"], ids=["long", "less", "and"]
)
def test_options_that_a_button_would_not_show_rightly_are_numbered(label: str) -> None:
    (message,) = messages(replace(ASK, options=(Option("one", "One cup"), Option("all", label))), CARRIED)
    assert list(buttons(message)) == ["1", "2", "Don't know", "Doesn't matter"]
    assert message.blocks[1]["text"]["text"] == f"1. One cup\n2. {escaped(label)}"
    assert buttons(message)["2"]["accessibility_label"] == f"2. {label}"


def test_a_label_for_screen_readers_is_cut_where_slack_would_refuse_it() -> None:
    (message,) = messages(replace(ASK, options=(Option("all", "cups " * 30),)), CARRIED)
    spoken = buttons(message)["1"]["accessibility_label"]
    assert (len(spoken), spoken[-1]) == (75, "…")


def test_a_choice_and_what_is_nearest_can_be_picked() -> None:
    for reply in (Choose((GREEN,)), Decline((GREEN,), "out-of-scope")):
        (message,) = messages(reply, CARRIED)
        assert [unpacked(button["value"]).entry for button in buttons(message).values()] == ["fact.green-tea"]


def test_more_buttons_than_one_block_holds_stand_in_several() -> None:
    options = tuple(Option(f"v{number}", f"cup {number}") for number in range(40))
    (message,) = messages(replace(ASK, options=options), CARRIED)
    assert [len(block["elements"]) for block in message.blocks if block["type"] == "actions"] == [25, 17]


def test_votes_name_the_message_that_they_stand_under() -> None:
    long = replace(ANSWER, answer="Green is brewed cooler. " * 900)
    made = messages(long, CARRIED, lambda number: f"m.{number}")
    assert len(made) > 1
    assert [bool(buttons(message)) for message in made] == [False] * (len(made) - 1) + [True]
    assert unpacked(buttons(made[-1])["Helpful"]["value"]).message == f"m.{len(made) - 1}"


@pytest.mark.parametrize("focus", ["sources", "against"])
def test_an_answer_about_something_special_holds_nothing_back(focus: Any) -> None:
    assert held_back(replace(ANSWER, focus=focus, against="Not here.")) == []


def test_a_title_that_a_header_cannot_show_is_a_section() -> None:
    (message,) = messages(replace(ANSWER, title="Is a < b?"), CARRIED)
    assert message.blocks[0]["type"] == "section"
    assert message.blocks[0]["text"]["text"] == "*Is a &lt; b?*"


def test_a_note_is_one_message() -> None:
    assert note("a < b").text == "a &lt; b"


def test_everything_the_tea_pack_says_can_be_shown(tea: Tutor) -> None:
    for entry in tea.pack.entries:
        reply = tea.show(entry)
        assert isinstance(reply, Answer)
        (message,) = messages(reply, CARRIED)
        assert json.loads(json.dumps(message.blocks))


def test_everything_the_bundled_pack_says_can_be_shown_in_one_message(tutor: Tutor) -> None:
    for entry in tutor.pack.entries:
        (message,) = messages(tutor.show(entry), CARRIED, whole=True)
        assert words(tutor.show(entry).text) <= words(shown([message]))
