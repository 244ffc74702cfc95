"""What Slack lets through of Block Kit: the kinds of blocks and elements, their fields and their limits."""

from collections import Counter
from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, model_validator

from tests.slack.message import Json, elements_of, words

LONGEST = 12_000  #: characters in all blocks of a message
MOST = {"message": 50, "home": 100, "modal": 100}  #: blocks


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class _Plain(_Part):
    type: Literal["plain_text"]
    text: str = Field(min_length=1)
    emoji: bool | None = None


class _Marked(_Part):
    type: Literal["mrkdwn"]
    text: str = Field(min_length=1)
    verbatim: bool | None = None


def _to(most: int) -> AfterValidator:
    """Return the check that a text object has at most *most* characters."""

    def fits(words: _Plain | _Marked) -> _Plain | _Marked:
        if len(words.text) > most:
            raise ValueError(f"must be less than {most + 1} characters")
        return words

    return AfterValidator(fits)


_Text = Annotated[_Plain | _Marked, Field(discriminator="type")]
_Label = Annotated[_Plain, _to(75)]
_Hint = Annotated[_Plain, _to(150)]
_Wide = Annotated[_Plain, _to(2000)]
_Name = Annotated[str, Field(min_length=1, max_length=255)]
_Url = Annotated[str, Field(min_length=1, max_length=3000)]
_Value = Annotated[str, Field(max_length=2000)]
_Spoken = Annotated[str, Field(max_length=75)]
_Style = Literal["primary", "danger"]


class _Confirm(_Part):
    title: Annotated[_Plain, _to(100)]
    text: Annotated[_Text, _to(300)]
    confirm: Annotated[_Plain, _to(30)]
    deny: Annotated[_Plain, _to(30)]
    style: _Style | None = None


class _Active(_Part):
    action_id: _Name | None = None
    confirm: _Confirm | None = None
    focus_on_load: bool | None = None


class _Button(_Active):
    type: Literal["button"]
    text: _Label
    value: _Value | None = None
    url: _Url | None = None
    style: _Style | None = None
    accessibility_label: _Spoken | None = None


class _Option(_Part):
    text: Annotated[_Text, _to(75)]
    value: Annotated[str, Field(min_length=1, max_length=150)]
    description: Annotated[_Text, _to(75)] | None = None
    url: _Url | None = None


class _Group(_Part):
    label: _Label
    options: list[_Option] = Field(min_length=1, max_length=100)


class _Select(_Active):
    type: Literal["static_select", "multi_static_select"]
    placeholder: _Hint | None = None
    options: list[_Option] | None = Field(default=None, min_length=1, max_length=100)
    option_groups: list[_Group] | None = Field(default=None, min_length=1, max_length=100)
    initial_option: _Option | None = None
    initial_options: list[_Option] | None = None


class _Overflow(_Active):
    type: Literal["overflow"]
    options: list[_Option] = Field(min_length=1, max_length=5)


class _Marks(_Active):
    type: Literal["radio_buttons", "checkboxes"]
    options: list[_Option] = Field(min_length=1, max_length=10)
    initial_option: _Option | None = None
    initial_options: list[_Option] | None = None


class _Line(_Active):
    type: Literal["plain_text_input"]
    initial_value: str | None = Field(default=None, max_length=3000)
    multiline: bool | None = None
    min_length: int | None = Field(default=None, ge=0, le=3000)
    max_length: int | None = Field(default=None, ge=1, le=3000)
    placeholder: _Hint | None = None
    dispatch_action_config: Json | None = None


class _Picture(_Part):
    type: Literal["image"]
    image_url: _Url | None = None
    slack_file: Json | None = None
    alt_text: str = Field(min_length=1, max_length=2000)


class _Vote(_Part):
    text: _Label
    value: _Value
    accessibility_label: _Spoken | None = None


class _Votes(_Part):
    type: Literal["feedback_buttons"]
    action_id: _Name | None = None
    positive_button: _Vote
    negative_button: _Vote


_Pressed = Annotated[_Button | _Select | _Overflow | _Marks, Field(discriminator="type")]
_Beside = Annotated[_Button | _Select | _Overflow | _Marks | _Picture, Field(discriminator="type")]
_Filled = Annotated[_Select | _Marks | _Line, Field(discriminator="type")]


class _Block(_Part):
    block_id: _Name | None = None


class _Section(_Block):
    type: Literal["section"]
    text: Annotated[_Text, _to(3000)] | None = None
    fields: list[Annotated[_Text, _to(2000)]] | None = Field(default=None, min_length=1, max_length=10)
    accessory: _Beside | None = None
    expand: bool | None = None

    @model_validator(mode="after")
    def says(self) -> "_Section":
        if not (self.text or self.fields):
            raise ValueError("must have text or fields")
        return self


class _Header(_Block):
    type: Literal["header"]
    text: Annotated[_Plain, _to(150)]


class _Divider(_Block):
    type: Literal["divider"]


class _Image(_Picture, _Block):
    title: _Wide | None = None


class _Context(_Block):
    type: Literal["context"]
    elements: list[Annotated[_Plain | _Marked | _Picture, Field(discriminator="type")]] = Field(
        min_length=1, max_length=10
    )


class _Actions(_Block):
    type: Literal["actions"]
    elements: list[_Pressed] = Field(min_length=1, max_length=25)


class _ContextActions(_Block):
    type: Literal["context_actions"]
    elements: list[_Votes] = Field(min_length=1, max_length=5)


class _Input(_Block):
    type: Literal["input"]
    label: _Wide
    element: _Filled
    hint: _Wide | None = None
    optional: bool | None = None
    dispatch_action: bool | None = None


class _Markdown(_Block):
    type: Literal["markdown"]
    text: str = Field(min_length=1, max_length=LONGEST)


class _Rich(_Block):
    type: Literal["rich_text"]
    elements: list[Json] = Field(min_length=1)


_Blocks = TypeAdapter[Any](
    list[
        Annotated[
            _Section | _Header | _Divider | _Image | _Context | _Actions | _ContextActions | _Input | _Markdown | _Rich,
            Field(discriminator="type"),
        ]
    ]
)


class _View(_Part):
    type: Literal["modal", "home"]
    blocks: list[Json]
    title: Annotated[_Plain, _to(24)] | None = None
    submit: Annotated[_Plain, _to(24)] | None = None
    close: Annotated[_Plain, _to(24)] | None = None
    private_metadata: Annotated[str, Field(max_length=3000)] | None = None
    callback_id: Annotated[str, Field(max_length=255)] | None = None
    external_id: Annotated[str, Field(max_length=255)] | None = None
    clear_on_close: bool | None = None
    notify_on_close: bool | None = None

    @model_validator(mode="after")
    def whole(self) -> "_View":
        if self.type == "modal" and not self.title:
            raise ValueError("a modal must have a title")
        if self.type == "modal" and not self.submit and any(block.get("type") == "input" for block in self.blocks):
            raise ValueError("a modal with an input must have a submit")
        return self


def wrong_in_blocks(blocks: Any, surface: str = "message") -> list[str]:
    """Return what Slack would say against *blocks* on *surface*: message, home or modal."""
    if said := _refused(_Blocks.validate_python, blocks):
        return said
    return [*_too_much(blocks, surface), *_doubled(blocks)]


def wrong_in_view(view: Any) -> list[str]:
    """Return what Slack would say against a *view*."""
    return _refused(_View.model_validate, view) or wrong_in_blocks(view["blocks"], view["type"])


def _refused(check: Any, held: Any) -> list[str]:
    try:
        check(held)
    except ValidationError as error:
        return [
            f"[ERROR] {one['msg']} [json-pointer:/{'/'.join(map(str, one['loc']))}]"
            for one in error.errors(include_url=False, include_context=False)
        ]
    return []


def _too_much(blocks: list[Json], surface: str) -> Iterator[str]:
    if len(blocks) > MOST[surface]:
        yield f"[ERROR] no more than {MOST[surface]} items allowed [json-pointer:/blocks]"
    if surface == "message" and sum(map(len, words(blocks))) > LONGEST:
        yield f"[ERROR] msg_blocks_too_long: more than {LONGEST} characters in all"


def _doubled(blocks: list[Json]) -> Iterator[str]:
    """Yield ids that stand twice: of blocks in all, of actions in one block."""
    named = [block["block_id"] for block in blocks if block.get("block_id")]
    yield from (f"[ERROR] block_id {name!r} already exists" for name, count in Counter(named).items() if count > 1)
    for place, block in enumerate(blocks):
        acted = Counter(one["action_id"] for one in elements_of(block) if "action_id" in one)
        yield from (
            f"[ERROR] action_id {name!r} already exists for block [json-pointer:/blocks/{place}]"
            for name, count in acted.items()
            if count > 1
        )
