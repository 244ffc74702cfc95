"""Markdown and plain text: questions as lines, paragraphs, headings or numbered items, with options under them.

The rules stand in docs/data-engineers.md; they are applied block by block, a block being lines without an empty one.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from tutor.fronts.batch.formats.json_lines import bounded_lines
from tutor.fronts.batch.formats.marks import Line, is_label, read_key, read_line
from tutor.fronts.batch.layout import OPTIONS
from tutor.fronts.batch.record import LONGEST, Record, broken
from tutor.fronts.batch.sources import Source, text_of, unreadable

_BROKEN = "\0broken: "
_RULES = ("---", "***", "___", "===", "```", "~~~")
_INDENTED = 2


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
    fault: str | None = None


def _read(source: Source, *, markdown: bool) -> Iterator[Record]:
    with text_of(source) as text:
        blocks = _blocks(bounded_lines(text, LONGEST), text.encoding, markdown=markdown)
        for number, item in enumerate(_items(blocks, markdown=markdown), start=1):
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
    return Record(number, columns)


def _blocks(lines: Iterable[str], encoding: str, *, markdown: bool) -> Iterator[list[Line]]:
    """Yield the lines between empty ones; a heading is a block of its own, and so is a line that cannot be used."""
    block: list[Line] = []
    held = 0
    for raw in lines:
        line = read_line(raw, headings=markdown)
        held += len(raw)
        fault = _fault(raw, held, encoding)
        alone = fault or line.kind == "heading" or not raw.strip() or (markdown and raw.strip() in _RULES)
        if alone and block:
            yield block
            block = []
        if fault:
            yield [Line("plain", _BROKEN + fault)]
        elif line.kind == "heading":
            yield [line]
        elif not alone:
            block.append(line)
        held = held if block else 0
    if block:
        yield block


def _fault(raw: str, held: int, encoding: str) -> str | None:
    if held > LONGEST:
        return f"longer than {LONGEST} characters"
    return f"not {encoding.upper()}" if unreadable(raw) else None


def _items(blocks: Iterable[list[Line]], *, markdown: bool) -> Iterator[_Item]:
    """Yield the questions of *blocks*; the last one waits for what may still belong to it."""
    waiting: _Item | None = None
    for block in blocks:
        *done, waiting = _follow(waiting, block, markdown=markdown)
        yield from (item for item in done if item and item.stem)
    if waiting and waiting.stem:
        yield waiting


def _follow(waiting: _Item | None, block: list[Line], *, markdown: bool) -> list[_Item | None]:
    """Return the questions that are complete after *block*, and last the one that is not."""
    first = block[0]
    if first.text.startswith(_BROKEN):
        return [waiting, _Item("?", fault=first.text.removeprefix(_BROKEN)), None]
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


def _under(waiting: _Item, block: list[Line], *, markdown: bool) -> list[_Item | None]:
    """Return what comes of a block of text below a heading or a numbered question."""
    items = _segments(block, markdown=markdown)
    if waiting.level and (waiting.title or not waiting.stem):
        return [*items]
    if not waiting.level:
        return [waiting, *items]
    head, *others = items
    joined = _joined([waiting.stem, head.stem])
    return [_Item(joined, own=True, level=waiting.level, options=head.options, correct=head.correct), *others]


def _are_options(block: list[Line], waiting: _Item) -> bool:
    """Return whether a whole *block* holds options, or the key, of the question before it."""
    first = block[0]
    if first.kind == "key":
        return bool(waiting.options) and not waiting.keyed
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
    marked = any(before.kind not in ("plain", "key") for before in lines)
    numbered = lines[0].kind == "number" and all(before.kind == "plain" for before in lines[1:])
    return marked and not numbered and line.kind == "plain" and line.indent < _INDENTED and line.text.endswith("?")


def _numbers_ask(block: list[Line]) -> bool:
    """Return whether numbers in *block* count questions, not the options of one."""
    numbers = [line for line in block if line.kind == "number" and line.indent < _INDENTED]
    return bool(numbers) and (block[0].kind == "number" or any(line.text.endswith("?") for line in numbers))


def _one(lines: list[Line], *, markdown: bool) -> list[_Item]:
    """Return the question that *lines* hold, with its options, or several where they hold no options."""
    head, *others = lines
    cut = next((place for place, line in enumerate(others) if line.kind not in ("plain", "key")), len(others))
    plain, marked = [line for line in others[:cut] if line.kind == "plain"], others[cut:]
    if head.kind in ("letter", "bullet", "key"):
        return [_Item(line.text) for line in lines if line.kind != "key"]
    if head.kind == "number":
        item = _Item(_joined([head.text, *(line.text for line in plain)]), own=True)
        _add(item, marked)
        return [item]
    texts = [head.text, *(line.text for line in plain)]
    if marked and not all(line.kind == "bullet" and line.text.endswith("?") for line in marked):
        item = _Item(_joined(texts))
        _add(item, marked)
        return [item]
    single = markdown and not all(text.endswith("?") for text in texts)
    return [_Item(text) for text in ([_joined(texts)] if single else texts)] + [_Item(line.text) for line in marked]


def _add(item: _Item, lines: Iterable[Line]) -> None:
    """Add options, their second lines and the key in *lines* to *item*."""
    for line in lines:
        if line.kind == "key":
            item.correct = read_key(line.text, len(item.options)) or item.correct
            item.keyed = True
        elif line.kind == "plain":
            if not item.keyed and item.options:
                item.options[-1] = _joined([item.options[-1], line.text])
        else:
            item.options.append(line.text)
            if line.ticked:
                item.correct.append(len(item.options) - 1)


def _joined(texts: Iterable[str]) -> str:
    return "\n".join(text for text in texts if text)
