"""Markdown and plain text: questions as lines, paragraphs, headings or numbered items, with options under them.

The rules stand in docs/data-engineers.md; they are applied block by block, a block being lines without an empty one.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from tutor.fronts.batch.formats.blocks import BROKEN, blocks
from tutor.fronts.batch.formats.json_lines import bounded_lines
from tutor.fronts.batch.formats.marks import Line, is_label, read_key
from tutor.fronts.batch.layout import OPTIONS
from tutor.fronts.batch.record import LONGEST, Record, broken
from tutor.fronts.batch.sources import Source, text_of
from tutor.item import read_item

_AFTER = ("key", "explanation")  #: kinds of lines that stand below options
_INDENTED = 2
_BELOW = 7  #: the level of a question that goes on in the text below it, deeper than any heading


@dataclass
class _Item:
    """A question as it grows: its stem, its options, which of them are ticked or named by a key."""

    stem: str
    own: bool = False  #: begun by a number or a heading: what follows may belong to it
    title: bool = False  #: a heading that may prove to be a title
    level: int = 0
    options: list[str] = field(default_factory=list)
    correct: list[int] = field(default_factory=list)
    keyed: bool = False
    explained: bool = False
    explanation: str = ""
    fault: str | None = None


def _read(source: Source, *, markdown: bool) -> Iterator[Record]:
    with text_of(source) as text:
        lines = bounded_lines(text, LONGEST, ends=("\n", "\r"))
        found = _items(blocks(lines, text.encoding, markdown=markdown), markdown=markdown)
        for number, item in enumerate(found, start=1):
            yield _record(number, item)


read_markdown = partial(_read, markdown=True)
read_text = partial(_read, markdown=False)


def _record(number: int, item: _Item) -> Record:
    if item.fault:
        return broken(number, item.fault)
    columns: dict[str, Any] = {"question": item.stem}
    if item.options:
        columns[OPTIONS] = item.options
    if item.correct:
        columns["correct"] = item.correct
    if item.explanation:
        columns["explanation"] = item.explanation
    return Record(number, columns)


def _items(found: Iterable[list[Line]], *, markdown: bool) -> Iterator[_Item]:
    """Yield the questions of the blocks that were *found*; the last one waits for what may still belong to it."""
    waiting: _Item | None = None
    for block in found:
        *done, waiting = _follow(waiting, block, markdown=markdown)
        yield from (item for item in done if item and item.stem)
    if waiting and waiting.stem:
        yield waiting


def _follow(waiting: _Item | None, block: list[Line], *, markdown: bool) -> list[_Item | None]:
    """Return the questions that are complete after *block*, and last the one that is not."""
    first = block[0]
    if first.text.startswith(BROKEN):
        return [waiting, _Item("?", fault=first.text.removeprefix(BROKEN)), None]
    if first.kind == "code":
        return _with_code(waiting, first.text)
    if first.kind == "heading":
        dropped = waiting and waiting.title and first.mark > waiting.level and not waiting.options
        title = not first.text.endswith("?")
        item = _Item("" if is_label(first.text) else first.text, own=True, title=title, level=first.mark)
        return [None if dropped else waiting, item]
    if waiting and _are_options(block, waiting):
        anew = (place for place, line in enumerate(block) if place and _asks_anew(block[: place + 1], line))
        cut = next(anew, len(block))
        _add(waiting, block[:cut])
        return [waiting, *_segments(block[cut:], markdown=markdown)] if block[cut:] else [waiting]
    if waiting and waiting.own and first.kind == "plain" and not waiting.options:
        return _under(waiting, block, markdown=markdown)
    if waiting and waiting.title and not waiting.options:
        waiting = None
    return [waiting, *_segments(block, markdown=markdown)]


def _with_code(waiting: _Item | None, code: str) -> list[_Item | None]:
    """Return what comes of *code*: a part of the question or option above it, or the beginning of what is below it."""
    if not waiting or waiting.fault or waiting.keyed:
        return [waiting, _Item(code, own=True, level=_BELOW)]
    if waiting.options:
        waiting.options[-1] = _joined([waiting.options[-1], code])
        return [waiting]
    asked = waiting.stem.endswith("?")
    waiting.stem, waiting.title = _joined([waiting.stem, code]), False
    if not asked:
        waiting.own, waiting.level = True, waiting.level or _BELOW
    return [waiting]


def _under(waiting: _Item, block: list[Line], *, markdown: bool) -> list[_Item | None]:
    """Return what comes of a block of text below a heading or a numbered question."""
    items = _segments(block, markdown=markdown)
    if waiting.level and (waiting.title or not waiting.stem):
        return [*items]
    if not waiting.level:
        return [waiting, *items]
    head, *others = items
    joined = _joined([waiting.stem, head.stem])
    goes_on = waiting.level < _BELOW or not joined.endswith("?")
    return [replace(head, stem=joined, own=goes_on, level=waiting.level), *others]


def _are_options(block: list[Line], waiting: _Item) -> bool:
    """Return whether a whole *block* holds options, or the key, of the question before it."""
    first = block[0]
    if first.kind == "explanation":
        return bool(waiting.options or waiting.keyed) and not waiting.explanation
    if first.kind == "key":
        return bool(waiting.options or read_item(waiting.stem)) and not waiting.keyed
    if waiting.options and not (first.kind == "letter" and first.mark == len(waiting.options)):
        return False
    if first.kind == "letter":
        return first.mark == len(waiting.options)
    marked = [line for line in block if line.kind == first.kind]
    asks = any(line.text.endswith("?") for line in marked)
    if len(marked) < 2 or asks or waiting.fault:
        return False
    numbered = first.kind == "number" and first.mark == 1 and waiting.stem.endswith(("?", ":"))
    return numbered or first.kind == "bullet"


def _segments(block: list[Line], *, markdown: bool) -> list[_Item]:
    """Return the questions in *block*, cut where its numbers count questions, and where one is asked after options."""
    numbers_ask = _numbers_ask(block)
    items: list[_Item] = []
    cut: list[Line] = []
    for line in block:
        outside = cut and line.indent < _INDENTED
        if outside and (numbers_ask if line.kind == "number" else _asks_anew(cut, line)):
            items += _one(cut, markdown=markdown)
            cut = []
        cut.append(line)
    return items + _one(cut, markdown=markdown)


def _asks_anew(lines: list[Line], line: Line) -> bool:
    marked = any(before.kind != "plain" for before in lines)
    numbered = lines[0].kind == "number" and all(before.kind == "plain" for before in lines[1:])
    return marked and not numbered and line.kind == "plain" and line.indent < _INDENTED and line.text.endswith("?")


def _numbers_ask(block: list[Line]) -> bool:
    """Return whether numbers in *block* count questions, not the options of one."""
    numbers = [line for line in block if line.kind == "number" and line.indent < _INDENTED]
    return bool(numbers) and (block[0].kind == "number" or any(line.text.endswith("?") for line in numbers))


def _one(lines: list[Line], *, markdown: bool) -> list[_Item]:
    """Return the question that *lines* hold, with its options, or several where they hold no options."""
    head, *others = lines
    cut = next((place for place, line in enumerate(others) if line.kind != "plain"), len(others))
    texts, marked = [head.text, *(line.text for line in others[:cut])], others[cut:]
    if head.kind in ("letter", "bullet", "key", "explanation"):
        return [_Item(line.text) for line in lines if line.kind != "key"]
    if head.kind == "number":
        return [_added(_Item(_joined(texts), own=True), marked)]
    if marked and not all(line.kind == "bullet" and line.text.endswith("?") for line in marked):
        if any(line.kind not in ("plain", *_AFTER) for line in marked):
            return [_added(_Item(_joined(texts)), marked)]
        return _open(texts, marked, markdown=markdown)
    single = markdown and not all(text.endswith("?") for text in texts)
    return [_Item(text) for text in ([_joined(texts)] if single else texts)] + [_Item(line.text) for line in marked]


def _open(texts: list[str], after: list[Line], *, markdown: bool) -> list[_Item]:
    """Return the questions in *texts*, the last one with what comes *after* it; a line below a key is one, too."""
    cut = next(
        (place for place, line in enumerate(after) if line.kind == "plain" and after[place - 1].kind == "key"), None
    )
    *before, last = [_joined(texts)] if markdown or read_item(_joined(texts)) else texts
    items = [*map(_Item, before), _added(_Item(last), after[:cut])]
    return items if cut is None else items + _one(after[cut:], markdown=markdown)


def _added(item: _Item, lines: Iterable[Line]) -> _Item:
    """Return *item* with what `_add` adds to it."""
    _add(item, lines)
    return item


def _add(item: _Item, lines: Iterable[Line]) -> None:
    """Add options, their second lines, the key and the explanation in *lines* to *item*."""
    for line in lines:
        if line.kind == "key":
            _spread_stem(item)
            item.correct = read_key(line.text, len(item.options)) or item.correct
            item.keyed = True
        elif line.kind == "explanation":
            item.explained, item.explanation = True, line.text
        elif line.kind == "plain":
            _go_on(item, line.text)
        else:
            item.options.append(line.text)
            if line.ticked:
                item.correct.append(len(item.options) - 1)


def _go_on(item: _Item, text: str) -> None:
    """Add another line to what *item* ends with; below a key it explains."""
    if item.explained or item.keyed:
        item.explanation = _joined([item.explanation, text])
    elif item.options:
        item.options[-1] = _joined([item.options[-1], text])


def _spread_stem(item: _Item) -> None:
    """Take the options of *item* out of its stem, where a key below it names one of them."""
    if not item.options and (found := read_item(item.stem)):
        item.stem, item.options = found.stem, list(found.options)


def _joined(texts: Iterable[str]) -> str:
    return "\n".join(text for text in texts if text)
