"""The blocks of a text or Markdown file: its lines between empty ones, without front matter, code kept together."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice

from tutor.fronts.batch.formats.marks import Line, read_line, spread
from tutor.fronts.batch.record import LONGEST
from tutor.fronts.batch.sources import unreadable

BROKEN = "\0broken: "  #: begins a line that says what is wrong with it
_RULES = ("---", "***", "___", "===")
_FENCE = re.compile(r"(`{3,})[^`]*|(~{3,}).*")
_MOST_FRONT = 200  #: lines of front matter
_FRONT = re.compile(r"[\w-]+:(?:\s|$)|[ \t]|- |#|\s*$")


def blocks(lines: Iterable[str], encoding: str, *, markdown: bool) -> Iterator[list[Line]]:
    """Yield the lines between empty ones.

    A heading is a block of its own, and so is code between fences, and a line that cannot be used.
    """
    left = iter(_after_front_matter(lines) if markdown else lines)
    block: list[Line] = []
    held = 0
    for raw in left:
        line = read_line(raw, markdown=markdown)
        held += len(raw)
        fault = _fault(raw, held, encoding)
        fence = _FENCE.fullmatch(raw.strip()) if markdown and not fault else None
        alone = fault or fence or line.kind == "heading" or not raw.strip() or (markdown and raw.strip() in _RULES)
        if alone and block:
            yield spread(block)
            block = []
        if fault:
            yield [Line("plain", BROKEN + fault)]
        elif fence:
            yield [_code(left, fence[1] or fence[2], encoding)]
        elif line.kind == "heading":
            yield [line]
        elif not alone:
            block.append(line)
        held = held if block else 0
    if block:
        yield spread(block)


def _fault(raw: str, held: int, encoding: str) -> str | None:
    if held > LONGEST:
        return f"longer than {LONGEST} characters"
    return f"not {encoding.upper()}" if unreadable(raw) else None


def _code(lines: Iterator[str], fence: str, encoding: str) -> Line:
    """Return the code in *lines* down to the fence that closes it, or what is wrong with it."""
    code: list[str] = []
    held = 0
    for raw in lines:
        said = raw.strip()
        if len(said) >= len(fence) and not said.strip(fence[0]):
            text = "".join(code).replace("\r\n", "\n").replace("\r", "\n").strip("\n")
            fault = _fault(text, held, encoding)
            return Line("plain", BROKEN + fault) if fault else Line("code", text)
        held += len(raw)
        code += [raw] if held <= LONGEST else []
    return Line("plain", f"{BROKEN}code begins at {fence} and never ends")


def _after_front_matter(lines: Iterable[str]) -> Iterator[str]:
    """Yield *lines* without those between two rules at the very beginning that say things about the file."""
    left = iter(lines)
    first = list(islice(left, 1))
    if not first or first[0].rstrip() != "---":
        yield from chain(first, left)
        return
    for line in islice(left, _MOST_FRONT):
        first.append(line)
        if line.rstrip() in ("---", "...") and len(first) > 2:
            return (yield from left)
        if not _FRONT.match(line) or (len(first) == 2 and not line.strip()):
            break
    yield from chain(first, left)
