"""A reply as Slack messages: blocks within every limit, buttons, and a complete text for who cannot see blocks."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from tutor.part import Part, Role, text_of
from tutor.render.buttons import Button, are_numbered, flips, opening, picks, rows, votes
from tutor.render.carried import Carried
from tutor.render.mrkdwn import bold, escaped, is_plain, link, pieces, quoted
from tutor.reply import Answer, Reply

if TYPE_CHECKING:
    from slack_sdk.models.blocks import Block

Group = Literal["why", "flips", "sources"]

GROUPS: dict[Group, tuple[Role, ...]] = {
    "why": ("decides", "why"),
    "flips": ("flips", "indifferent"),
    "sources": ("source", "page"),
}  #: what an answer holds back until it is asked for, and the roles in it
_ASIDE: frozenset[Role] = frozenset(("note", "pointing", "tempting", "indifferent", "stakes", "between", "open"))
_SECTION = 2900  #: characters of one block, of the 3000 that Slack takes
_QUOTED = 950  #: characters of one block with a quotation, whose lines are marked
_HEADER = 150
MOST_BLOCKS = 50  #: that Slack takes in one message
_BLOCKS = 44  #: of them for what is said; the others are for buttons
_TEXT = 10_000  #: characters of one message, of the about 12,000 that Slack takes


@dataclass(frozen=True)
class Message:
    """One message: its complete *text*, and its *blocks* as Slack's API takes them."""

    text: str
    blocks: tuple[dict[str, Any], ...]


@dataclass(frozen=True)
class _Piece:
    """A piece of a message: a *text*, the *block* that shows it, and whether an empty line stands before it."""

    text: str
    block: "Block | None"
    apart: bool


def messages(
    reply: Reply, carried: Carried, named: Callable[[int], str] | None = None, *, whole: bool = False
) -> list[Message]:
    """Return *reply* as one message, or several where it is too long for one; the buttons stand under the last.

    What an answer holds back is in its text all the same, and in its blocks with *whole*. *carried* is what each button
    carries. *named* gives the id of the message with a number, counted from 0: with it, an answer can be voted on.
    """
    held = [] if whole else held_back(reply)
    hidden = {role for group in held for role in GROUPS[group]}
    packed = list(_packed(_cut(reply.parts, hidden)))
    made = [_message(part) for part in packed]
    told = replace(carried, message=named(len(made) - 1) if named else None)
    made[-1] = replace(made[-1], blocks=(*made[-1].blocks, *_buttons(reply, told, held)))
    return made


def held_back(reply: Reply) -> list[Group]:
    """Return what *reply* holds back until it is asked for."""
    if not isinstance(reply, Answer) or reply.focus != "all":
        return []
    said = {part.role for part in reply.parts}
    return [group for group, roles in GROUPS.items() if not said.isdisjoint(roles)]


def opened(reply: Answer, group: Group, carried: Carried) -> tuple[dict[str, Any], ...]:
    """Return the blocks of what *reply* holds back in *group*."""
    parts = [part for part in reply.parts if part.role in GROUPS[group]]
    shown = [piece.block for piece in _cut(parts) if piece.block]
    tries = rows(flips(reply, carried), "tries") if group == "flips" else ()
    return _dicts([*shown, *tries])


def opened_text(reply: Answer, group: Group) -> str:
    """Return the text of what *reply* holds back in *group*."""
    return escaped(text_of(part for part in reply.parts if part.role in GROUPS[group]))


def note(text: str) -> Message:
    """Return a message of one *text*."""
    return of_parts([Part("chat", text)])


def of_parts(parts: Iterable[Part], under: "Iterable[Block]" = ()) -> Message:
    """Return one message of *parts* that are known to fit, with the blocks *under* them."""
    made = _message(list(_cut(parts)))
    return replace(made, blocks=(*made.blocks, *_dicts(under)))


def _message(made: list[_Piece]) -> Message:
    return Message(_joined(made), _dicts([piece.block for piece in made if piece.block]))


def _joined(made: Iterable[_Piece]) -> str:
    said: list[str] = []
    for piece in made:
        said += ["", piece.text] if piece.apart and said else [piece.text]
    return "\n".join(said)


def _packed(made: Iterable[_Piece]) -> Iterator[list[_Piece]]:
    """Yield the pieces of one message after the other, each as full as Slack takes it."""
    held: list[_Piece] = []
    for piece in made:
        if held and (len(held) == _BLOCKS or sum(len(one.text) + 2 for one in [*held, piece]) > _TEXT):
            yield held
            held = []
        held.append(piece)
    yield held


def _cut(parts: Iterable[Part], hidden: Collection[Role] = ()) -> Iterator[_Piece]:
    """Yield what *parts* say, piece by piece; what is *hidden* has no block."""
    number = 0
    for together in _grouped(parts):
        for piece in _of_parts(together, number):
            yield replace(piece, block=None) if together[0].role in hidden else piece
            number += 1


def _grouped(parts: Iterable[Part]) -> Iterator[list[Part]]:
    """Yield each part by itself, but as many sources and pages together as fit into one block."""
    held: list[Part] = []
    for part in parts:
        rests = part.role in GROUPS["sources"]
        if held and not (rests and sum(len(_shown(one)) + 1 for one in [*held, part]) <= _SECTION):
            yield held
            held = []
        if rests:
            held.append(part)
        else:
            yield [part]
    if held:
        yield held


def _of_parts(parts: list[Part], number: int) -> list[_Piece]:
    """Return the pieces of *parts* that belong together; *number* is the place of the first."""
    role, apart = parts[0].role, parts[0].apart
    text = escaped("\n".join(line for part in parts for line in part.lines()))
    cut = pieces("\n".join(map(_shown, parts)), _SECTION if role != "practice" else _QUOTED)
    if len(cut) > 1:
        return [_Piece(said, _block(role, number + at, said), apart and not at) for at, said in enumerate(cut)]
    if role == "title" and len(parts[0].text) <= _HEADER and is_plain(text):
        return [_Piece(text, _header(number, parts[0].text), apart)]
    return [_Piece(text, _block(role, number, cut[0]) if cut else None, apart)]


def _header(number: int, text: str) -> "Block":
    from slack_sdk.models.blocks import HeaderBlock

    return HeaderBlock(block_id=f"title-{number}", text=text)


def _block(role: Role, number: int, text: str) -> "Block":
    from slack_sdk.models.blocks import ContextBlock, MarkdownTextObject, SectionBlock

    name = f"{role}-{number}"
    if role in _ASIDE or role in GROUPS["sources"]:
        return ContextBlock(block_id=name, elements=[MarkdownTextObject(text=text)])
    return SectionBlock(block_id=name, text=MarkdownTextObject(text=quoted(text) if role == "practice" else text))


def _shown(part: Part) -> str:
    """Return *part* in Slack's markup."""
    match part.role:
        case "title" | "question":
            return bold(part.text)
        case "options" | "nearest":
            return "\n".join([*_head(part), *(_numbered(part.items) if are_numbered(part.items) else ())])
        case "source" | "page":
            said = link(part.url, part.text) if part.url else escaped(part.text)
            return f"{escaped(part.name or '')}: {said}"
        case _:
            return "\n".join([*_head(part), *(f"• {escaped(item)}" for item in part.items)])


def _head(part: Part) -> list[str]:
    said = ": ".join(filter(None, (bold(part.name or ""), escaped(part.text))))
    return [said + ("" if part.text else ":")] if said else []


def _numbered(items: Iterable[str]) -> Iterator[str]:
    return (f"{number}. {escaped(item)}" for number, item in enumerate(items, start=1))


def _buttons(reply: Reply, carried: Carried, held: list[Group]) -> tuple[dict[str, Any], ...]:
    made = list(rows(picks(reply, carried), "picks"))
    if isinstance(reply, Answer):
        under: list[Button] = opening(held, carried)
        under += votes(carried) if carried.message else []
        made += rows(under, "under")
    return _dicts(made)


def _dicts(blocks: Iterable["Block"]) -> tuple[dict[str, Any], ...]:
    """Return *blocks* as Slack's API takes them; slack_sdk checks their limits here."""
    return tuple(block.to_dict() for block in blocks)
