"""Buttons under a Slack message: what can be picked, opened or voted, each with a label that a screen reader says."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from tutor.dialogue import ANY, Dialogue
from tutor.render.carried import Carried
from tutor.render.mrkdwn import is_plain
from tutor.reply import Answer, Ask, Choose, Decline, Reply

if TYPE_CHECKING:
    from slack_sdk.models.blocks import Block, ButtonElement

PICK, READ, OPEN, VOTE = "tutor_pick", "tutor_read", "tutor_open", "tutor_vote"
OPENED: Mapping[str, str] = {"why": "Why?", "flips": "What would change this?", "sources": "Show sources"}
SHORT = 30  #: characters of a button that every screen shows; longer labels are numbered instead
_SPOKEN = 75  #: characters of a label for screen readers
_ROW, _ROWS = 25, 5  #: buttons in one block, blocks of them under one message


class Carrying(Protocol):
    """What a button can carry."""

    def packed(self) -> str:
        """Return it as text of at most 2000 characters."""


@dataclass(frozen=True)
class Button:
    """A button: its *action*, what it shows and says, and what it carries."""

    action: str
    text: str
    spoken: str
    carried: Carrying

    def element(self) -> "ButtonElement":
        """Return the button as Slack wants it."""
        from slack_sdk.models.blocks import ButtonElement

        return ButtonElement(
            text=self.text,
            action_id=self.action,
            value=self.carried.packed(),
            accessibility_label=shortened(self.spoken),
        )


def rows(buttons: Sequence[Button], name: str) -> Iterator["Block"]:
    """Yield *buttons* in blocks of as many as one may hold; what is beyond the fifth has to be typed."""
    from slack_sdk.models.blocks import ActionsBlock

    for start in range(0, min(len(buttons), _ROW * _ROWS), _ROW):
        elements = [button.element() for button in buttons[start : start + _ROW]]
        yield ActionsBlock(block_id=f"{name}-{start}", elements=elements)


def shortened(text: str) -> str:
    """Return *text* as a screen reader gets it: at most 75 characters."""
    return text if len(text) <= _SPOKEN else f"{text[: _SPOKEN - 1]}…"


def are_numbered(labels: Sequence[str]) -> bool:
    """Whether *labels* stand as a numbered list, since a button would cut one of them or show it wrongly."""
    return any(len(label) > SHORT or not label.strip() or not is_plain(label) for label in labels)


def picks(reply: Reply, carried: Carried) -> list[Button]:
    """Return the buttons that answer *reply*: the values of a slot and what else can be said of it, or entries."""
    match reply:
        case Ask():
            open_slot = replace(carried, slot=reply.slot)
            return [
                *_labelled([(option.label, replace(open_slot, value=option.value)) for option in reply.options]),
                Button(f"{PICK}_unsure", "Don't know", "I don't know this", open_slot),
                Button(f"{PICK}_any", "Doesn't matter", "This does not matter to me", replace(open_slot, value=ANY)),
            ]
        case Choose(options=candidates) | Decline(nearest=candidates):
            return _labelled([(found.title, replace(carried, entry=found.entry)) for found in candidates])
        case _:
            return []


def _labelled(options: Sequence[tuple[str, Carried]]) -> list[Button]:
    numbered = are_numbered([label for label, _ in options])
    return [
        Button(f"{PICK}_{number}", str(number) if numbered else label, f"{number}. {label}", carried)
        for number, (label, carried) in enumerate(options, start=1)
    ]


def flips(reply: Answer, carried: Carried) -> list[Button]:
    """Return a button for each smallest change that would change the answer, to try it."""
    return [
        Button(
            f"{PICK}_flip_{number}",
            f"Try {number}",
            f"Try {number}. {flip.told}",
            replace(carried, dialogue=_with(carried.dialogue, flip.also), slot=flip.slot, value=flip.value),
        )
        for number, flip in enumerate(reply.flips, start=1)
    ]


def _with(dialogue: Dialogue, values: Mapping[str, str]) -> Dialogue:
    asked = tuple(dict.fromkeys((*dialogue.asked, *values)))
    return replace(dialogue, filled={**dialogue.filled, **values}, asked=asked)


def opening(groups: Sequence[str], carried: Carried) -> list[Button]:
    """Return the buttons that open what an answer holds back."""
    return [Button(f"{OPEN}_{group}", OPENED[group], OPENED[group], carried) for group in groups]


def votes(carried: Carried) -> list[Button]:
    """Return the buttons that say, in private, whether a message helped."""
    bare = Carried(carried.thread, message=carried.message)
    return [
        Button(f"{VOTE}_yes", "Helpful", "This answer was helpful; only the pack's authors see it", bare),
        Button(f"{VOTE}_no", "Not helpful", "This answer was not helpful; say why in private", bare),
    ]
