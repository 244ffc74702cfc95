"""What the fake lets through of Block Kit: as far as the limits, and no further."""

from typing import Any

import pytest
from slack_sdk.models.blocks import ActionsBlock, ButtonElement, HeaderBlock, MarkdownTextObject, SectionBlock

from tests.slack.blocks import wrong_in_blocks, wrong_in_view
from tests.slack.message import Json


def plain(length: int) -> Json:
    return {"type": "plain_text", "text": "a" * length}


def section(length: int) -> list[Json]:
    return [{"type": "section", "text": {"type": "mrkdwn", "text": "a" * length}}]


def button(name: str = "a", *, text: int = 1, value: int = 1, **more: Any) -> Json:
    return {"type": "button", "action_id": name, "text": plain(text), "value": "a" * value} | more


def actions(*elements: Json) -> list[Json]:
    return [{"type": "actions", "elements": list(elements)}]


def many(count: int, **more: Any) -> list[Json]:
    return actions(*(button(f"a{number}", **more) for number in range(count)))


def select(count: int) -> list[Json]:
    options = [{"text": plain(1), "value": str(number)} for number in range(count)]
    return actions({"type": "static_select", "action_id": "a", "options": options})


@pytest.mark.parametrize(
    ("fits", "too_much", "said"),
    [
        (section(3000), section(3001), "less than 3001 characters"),
        (section(1), section(0), "at least 1 character"),
        ([{"type": "header", "text": plain(150)}], [{"type": "header", "text": plain(151)}], "less than 151"),
        ([{"type": "divider"}] * 50, [{"type": "divider"}] * 51, "no more than 50 items"),
        (section(3000) * 4, section(3000) * 4 + section(1), "msg_blocks_too_long"),
        (many(25), many(26), "at most 25 items"),
        (many(1), many(0), "at least 1 item"),
        (many(1, text=75), many(1, text=76), "less than 76 characters"),
        (many(1, value=2000), many(1, value=2001), "at most 2000 characters"),
        (many(1, style="danger"), many(1, style="big"), "'primary' or 'danger'"),
        (many(1, accessibility_label="a" * 75), many(1, accessibility_label="a" * 76), "at most 75 characters"),
        (actions(button("a" * 255)), actions(button("a" * 256)), "at most 255 characters"),
        (actions(button("a"), button("b")), actions(button("a"), button("a")), "action_id 'a' already exists"),
        (section(1), [{"type": "section"}], "must have text or fields"),
        (section(1), [section(1)[0] | {"colour": "red"}], "Extra inputs are not permitted"),
        ([{"type": "divider", "block_id": "a"}], [{"type": "divider", "block_id": "a"}] * 2, "block_id 'a' already"),
        ([{"type": "divider"}], [{"type": "sound"}], "does not match any of the expected tags"),
        (select(100), select(101), "at most 100 items"),
        ([{"type": "context", "elements": [plain(1)] * 10}], [{"type": "context", "elements": [plain(1)] * 11}], "10"),
        (
            [{"type": "section", "fields": [plain(2000)] * 5}],
            [{"type": "section", "fields": [plain(1)] * 11}],
            "at most 10 items",
        ),
        (
            [{"type": "header", "text": plain(1)}],
            [{"type": "header", "text": {"type": "mrkdwn", "text": "a"}}],
            "'plain_text'",
        ),
    ],
)
def test_blocks_go_through_up_to_the_limit(fits: list[Json], too_much: list[Json], said: str) -> None:
    assert wrong_in_blocks(fits) == []
    assert said in " ".join(wrong_in_blocks(too_much))


@pytest.mark.parametrize("blocks", [{}, "a", [1], [[]], [{}]])
def test_what_is_no_list_of_blocks_is_refused(blocks: Any) -> None:
    assert wrong_in_blocks(blocks)


def test_what_the_models_of_slack_sdk_make_goes_through() -> None:
    blocks = [
        HeaderBlock(text="Which tea?"),
        SectionBlock(text=MarkdownTextObject(text="*Sencha*"), accessory=ButtonElement(text="Why?", action_id="why")),
        ActionsBlock(elements=[ButtonElement(text="Morning", action_id="1", value="1", accessibility_label="Morning")]),
    ]
    assert wrong_in_blocks([block.to_dict() for block in blocks]) == []


def line(**more: Any) -> Json:
    return {"type": "input", "label": plain(1), "element": {"type": "plain_text_input", "action_id": "a"}} | more


@pytest.mark.parametrize(
    ("view", "said"),
    [
        ({"type": "home", "blocks": section(1) * 100}, ""),
        ({"type": "home", "blocks": [{"type": "divider"}] * 101}, "no more than 100 items"),
        ({"type": "modal", "blocks": section(1)}, "a modal must have a title"),
        ({"type": "modal", "blocks": section(1), "title": plain(24)}, ""),
        ({"type": "modal", "blocks": section(1), "title": plain(25)}, "less than 25 characters"),
        ({"type": "modal", "blocks": [line()], "title": plain(1)}, "a modal with an input must have a submit"),
        ({"type": "modal", "blocks": [line(optional=True)], "title": plain(1), "submit": plain(1)}, ""),
        ({"type": "modal", "blocks": [], "title": plain(1), "private_metadata": "a" * 3001}, "at most 3000"),
        ({"type": "window", "blocks": []}, "'modal' or 'home'"),
    ],
)
def test_a_view_goes_through_up_to_the_limit(view: Json, said: str) -> None:
    wrong = " ".join(wrong_in_view(view))
    assert said in wrong
    assert bool(said) == bool(wrong)
