"""What Slack shows beside replies: a question once it is answered, the home of the app, help, a form for a reason."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tutor.render.mrkdwn import bold, escaped, pieces
from tutor.render.slack import Message, note
from tutor.render.slack_quiz import begin
from tutor.subject import Pack

Blocks = tuple[dict[str, Any], ...]

PRIVATE, FORGET, REASON, SHARE = "tutor_private", "tutor_forget", "tutor_reason", "tutor_share"
_KEPT = ("note", "question")  #: what stays of a question that is answered, by the beginnings of the blocks' ids
_TOPICS = 40  #: shown at home
_REASON = 3000  #: characters of a reason


def chosen(question: str, label: str, by: str | None, shown: Sequence[Mapping[str, Any]]) -> Message:
    """Return a question that is answered: as it was *shown*, with *label* in place of the buttons."""
    who = f" (<@{by}>)" if by else ""
    answer = _context(f"✓ {escaped(label)}{who}", "chosen-0")
    kept = [dict(block) for block in shown if str(block.get("block_id", "")).startswith(_KEPT)]
    asked = kept or [_section(bold(question), "question-0")]
    return Message(f"{escaped(question)}\n✓ {escaped(label)}", (*asked, answer))


def unfolded(shown: Sequence[Mapping[str, Any]], action: str, more: Iterable[dict[str, Any]]) -> Blocks:
    """Return the blocks *shown* with *more* above the buttons, and without the button whose *action* was pressed."""
    under = next((at for at, block in enumerate(shown) if _holds(block, action)), len(shown))
    rest = [_without(block, action) if _holds(block, action) else dict(block) for block in shown[under:]]
    added = [block for block in more if block["block_id"] not in {one.get("block_id") for one in shown}]
    return (*map(dict, shown[:under]), *added, *(block for block in rest if block.get("elements") != []))


def _holds(block: Mapping[str, Any], action: str) -> bool:
    return any(element.get("action_id") == action for element in block.get("elements", ()))


def _without(block: Mapping[str, Any], action: str) -> dict[str, Any]:
    left = [element for element in block["elements"] if element.get("action_id") != action]
    return {**block, "elements": left}


def shared(question: str, by: str) -> dict[str, Any]:
    """Return the block that says who asked what, above an answer that is shared."""
    return _context(pieces(f"<@{by}> asked: {escaped(question)}", 2900)[0], "asked-0")


def share(value: str) -> dict[str, Any]:
    """Return the button that shows an answer, which only one user sees, to the whole channel."""
    from slack_sdk.models.blocks import ActionsBlock, ButtonElement

    button = ButtonElement(
        text="Share in channel", action_id=SHARE, value=value, accessibility_label="Show this answer to the channel"
    )
    return ActionsBlock(block_id="share-0", elements=[button]).to_dict()


def help_text(pack: Pack, command: str) -> Message:
    """Return what the tutor can do, for who asks it nothing."""
    return note(
        f"I answer questions about: {pack.about.title}. Mention me in a channel, write me a direct message, or type "
        f"{command} and your question, for example: {command} {pack.about.sample}\n"
        "I ask back what I must know; press a button or use your own words. “Don't know”, “back”, “why”, “start over” "
        "and “show sources” work at any time.\n"
        "“Quiz me”, or “quiz me on” and a topic, brings you questions to answer as a direct message; only you see how "
        "it goes."
    )


def home(pack: Pack, settings: Mapping[str, Any], *, command: str, told: str = "") -> dict[str, Any]:
    """Return the home of the app: what it can do, its topics, and the *settings* of who looks at it."""
    from slack_sdk.models.blocks import HeaderBlock
    from slack_sdk.models.views import View

    blocks: list[Any] = [HeaderBlock(text=pack.about.title[:150]).to_dict()]
    blocks += [_context(escaped(told), "told-0")] if told else []
    blocks += help_text(pack, command).blocks
    titles = list(pack.topics.values())
    listed = [f"• {escaped(title)}" for title in titles[:_TOPICS]]
    listed += [f"… and {len(titles) - _TOPICS} more"] if len(titles) > _TOPICS else []
    blocks += note_blocks("Topics", listed)
    blocks += [*_settings(settings), _context(escaped(f"{pack.stamp}. No language model, no network."), "stamp-0")]
    view: dict[str, Any] = View(type="home", blocks=blocks).to_dict()
    return view


def note_blocks(head: str, lines: Sequence[str]) -> Blocks:
    """Return *lines*, already escaped, under a *head*."""
    return tuple(
        _section(
            "\n".join([*([bold(head)] if not start else []), *lines[start : start + 20]]), f"{head.lower()}-{start}"
        )
        for start in range(0, len(lines), 20)
    )


def _settings(settings: Mapping[str, Any]) -> list[dict[str, Any]]:
    from slack_sdk.models.blocks import ActionsBlock, ButtonElement, ConfirmObject

    private = bool(settings.get("private"))
    state = "only to you" if private else "to everybody in the thread"
    toggle = "Answer everybody" if private else "Answer only me"
    quiz = begin("Quiz me", "", "home").element()
    forget = ConfirmObject(
        title="Forget my data?",
        text="Dialogues in threads where you spoke, your answers in quizzes, votes and settings are deleted for good.",
        confirm="Forget it",
        deny="Keep it",
    )
    buttons = [
        quiz,
        ButtonElement(text=toggle, action_id=PRIVATE, value="no" if private else "yes", accessibility_label=toggle),
        ButtonElement(
            text="Forget my data",
            action_id=FORGET,
            value="forget",
            style="danger",
            confirm=forget,
            accessibility_label="Forget my data",
        ),
    ]
    return [
        _section(f"*Your settings*\nIn channels, what you ask is answered {state}.", "settings-0"),
        ActionsBlock(block_id="settings-1", elements=buttons).to_dict(),
    ]


def reason_form(carried: str) -> dict[str, Any]:
    """Return the form that asks in private why an answer did not help; *carried* comes back with what is written."""
    from slack_sdk.models.blocks import InputBlock, PlainTextInputElement
    from slack_sdk.models.views import View

    field = PlainTextInputElement(action_id="reason", multiline=True, max_length=_REASON)
    asked = InputBlock(block_id="reason", label="What was wrong or missing?", element=field, optional=True)
    view: dict[str, Any] = View(
        type="modal",
        callback_id=REASON,
        title="Not helpful",
        submit="Send",
        close="Cancel",
        private_metadata=carried,
        blocks=[asked, _context("Only those who look after the tutor see this.", "who-0")],
    ).to_dict()
    return view


def _section(text: str, name: str) -> dict[str, Any]:
    from slack_sdk.models.blocks import MarkdownTextObject, SectionBlock

    return SectionBlock(block_id=name, text=MarkdownTextObject(text=text)).to_dict()


def _context(text: str, name: str) -> dict[str, Any]:
    from slack_sdk.models.blocks import ContextBlock, MarkdownTextObject

    return ContextBlock(block_id=name, elements=[MarkdownTextObject(text=text)]).to_dict()
