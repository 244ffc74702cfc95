"""GIFT, the question format of Moodle: read with its escapes, comments, categories and weights, and written.

The parsers on the package index are years old and print what they stumble over; the grammar is small enough to hold.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from itertools import pairwise
from typing import Any, BinaryIO

from tutor.fronts.batch.formats.json_lines import bounded_lines
from tutor.fronts.batch.layout import OPTIONS, Layout, Writer
from tutor.fronts.batch.record import LONGEST, Record, broken
from tutor.fronts.batch.sources import Source, text_of, unreadable
from tutor.item import MOST
from tutor.render.gift import escaped
from tutor.render.told import Verdict, feedback, key_of, options_of, summary, verdicts
from tutor.row import Row

_CATEGORY = re.compile(r"\$CATEGORY:[ \t]*(.*)", re.IGNORECASE)
_FORMAT = re.compile(r"\s*\[(html|moodle|plain|markdown)\]", re.IGNORECASE)
_TITLE = re.compile(r"\s*::((?:\\.|(?!::).)*+)::", re.DOTALL)
_WEIGHT = re.compile(r"\s*%(-?\d{1,3}(?:\.\d{1,10})?)%")
_TRUTH = re.compile(r"(T|TRUE|F|FALSE)\s*(?:#.*)?", re.DOTALL | re.IGNORECASE)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_TAG = re.compile(r"<[^<>]{0,10000}>")
_CATEGORY_LINE = b"$CATEGORY: "  #: how no other line that is written begins
_CATEGORISED = re.compile(rb"^\$CATEGORY: ", re.MULTILINE)
_GAP = "_____"
_TRUE_FALSE = ["True", "False"]


def read(source: Source) -> Iterator[Record]:
    """Yield the questions of *source*, blocks of lines without an empty one, which a title begins, too.

    Comments and categories are none.
    """
    number, category = 0, None
    with text_of(source) as text:
        for block in _blocks(text, text.encoding):
            if isinstance(block, _Category):
                category = block.name
                continue
            number += 1
            yield _record(number, block, category)


@dataclass(frozen=True)
class _Category:
    name: str


@dataclass(frozen=True)
class _Broken:
    problem: str


def _blocks(text: Any, encoding: str) -> Iterator[str | _Category | _Broken]:
    lines: list[str] = []
    held = 0
    for raw in bounded_lines(text, LONGEST, ends=("\n", "\r")):
        line = raw.rstrip("\r\n")
        if not line.strip():
            yield from _block(lines, held, encoding)
            lines, held = [], 0
        elif found := _CATEGORY.match(line.strip()):
            yield from _block(lines, held, encoding)
            lines, held = [], 0
            yield _Category(_plain(found[1]))
        elif not line.lstrip().startswith("//"):
            if lines and _TITLE.match(line):
                yield from _block(lines, held, encoding)
                lines, held = [], 0
            held += len(raw)
            lines += [line] if held <= LONGEST else []
    yield from _block(lines, held, encoding)


def _block(lines: list[str], held: int, encoding: str) -> Iterator[str | _Broken]:
    if held > LONGEST:
        yield _Broken(f"longer than {LONGEST} characters")
    elif any(map(unreadable, lines)):
        yield _Broken(f"not {encoding.upper()}")
    elif lines:
        yield "\n".join(lines)


def _record(number: int, block: str | _Broken, category: str | None) -> Record:
    if isinstance(block, _Broken):
        return broken(number, block.problem)
    title, rest = _titled(block)
    braces = _places(rest, "{}")
    opened = next((place for place in braces if rest[place] == "{"), None)
    closed = next((place for place in reversed(braces) if rest[place] == "}"), None)
    if (opened is None) != (closed is None) or (opened is not None and closed is not None and closed < opened):
        return broken(number, "{ and } do not match")
    if _several(rest, braces):
        return broken(number, "two answers in braces; leave an empty line between two questions")
    form, said = _formatted(rest[:opened])
    tail = rest[closed + 1 :] if closed is not None else ""
    question = (
        " ".join(filter(None, (_text(said, form), _GAP, _text(tail, form)))) if tail.strip() else _text(said, form)
    )
    columns: dict[str, Any] = {"id": title} if title else {}
    columns["question"] = question
    if category:
        columns["category"] = category
    columns.update(_answers(rest[opened + 1 : closed], form) if opened is not None else {})
    if len(columns.get(OPTIONS, ())) > MOST:
        return broken(number, f"more than {MOST} options")
    return Record(number, columns)


def _several(text: str, braces: Iterable[int]) -> bool:
    """Return whether *braces* of *text* are closed and then opened once more."""
    depth, closed = 0, False
    for place in braces:
        depth += 1 if text[place] == "{" else -1
        if closed and depth > 0:
            return True
        closed = closed or depth <= 0
    return False


def _titled(block: str) -> tuple[str, str]:
    found = _TITLE.match(block)
    return (_plain(found[1]), block[found.end() :]) if found else ("", block)


def _formatted(text: str) -> tuple[str, str]:
    found = _FORMAT.match(text)
    return (found[1].lower(), text[found.end() :]) if found else ("", text)


def _answers(inner: str, form: str) -> dict[str, Any]:
    """Return what stands between the braces, as columns."""
    inner, general = _cut(inner, "####")
    columns: dict[str, Any] = {"general_feedback": _text(general, form)} if general.strip() else {}
    if truth := _TRUTH.fullmatch(inner.strip()):
        return {OPTIONS: _TRUE_FALSE, "correct": [0 if truth[1][0] in "tT" else 1], **columns}
    if inner.lstrip().startswith("#"):
        return {
            "accepted": [_text(part, form) for part in re.split(r"=", inner.strip()[1:]) if part.strip()],
            **columns,
        }
    starts = [*_places(inner, "=~"), len(inner)]
    entries = [_entry(inner[start:end], form) for start, end in pairwise(starts)]
    if not entries:
        return columns
    if all(entry.right for entry in entries):
        return {"accepted": [entry.text for entry in entries], **columns}
    told = [entry.feedback for entry in entries]
    return {
        OPTIONS: [entry.text for entry in entries],
        "correct": [place for place, entry in enumerate(entries) if entry.weight > 0],
        **(
            {"weights": [entry.weight for entry in entries]} if any(0 < entry.weight < 100 for entry in entries) else {}
        ),
        **({"feedback": told} if any(told) else {}),
        **columns,
    }


@dataclass(frozen=True)
class _Entry:
    text: str
    weight: float
    right: bool
    feedback: str


def _entry(said: str, form: str) -> _Entry:
    right, rest = said[0] == "=", said[1:]
    weight = 100.0 if right else 0.0
    if found := _WEIGHT.match(rest):
        weight, rest = float(found[1]), rest[found.end() :]
    rest, told = _cut(rest, "#")
    form, rest = _formatted(rest) if _FORMAT.match(rest) else (form, rest)
    return _Entry(_text(rest, form), weight, right, _text(told, form))


def _places(text: str, marks: str) -> list[int]:
    """Return where one of *marks* stands in *text* without a backslash before it."""
    return [found.start() for found in re.finditer(rf"\\.|([{re.escape(marks)}])", text, re.DOTALL) if found[1]]


def _cut(text: str, mark: str) -> tuple[str, str]:
    """Return what stands before and after the first *mark* without a backslash before it."""
    found = next((one for one in re.finditer(rf"\\.|({mark})", text, re.DOTALL) if one[1]), None)
    return (text[: found.start()], text[found.end() :]) if found else (text, "")


def _text(said: str, form: str) -> str:
    text = _plain(said)
    return " ".join(unescape(_TAG.sub(" ", text)).split()) if form == "html" else text


def _plain(said: str) -> str:
    return _ESCAPED.sub(lambda found: "\n" if found[1] == "n" else found[1], said.strip()).strip()


def _part(rows: Sequence[Row], layout: Layout) -> bytes:  # noqa: ARG001 - every format is asked alike
    return "".join(map(_categorised, rows)).encode("utf-8", errors="replace")


def _join(parts: Iterable[bytes], layout: Layout, stream: BinaryIO) -> None:
    stream.write(f"// {' '.join(layout.title.split())}\n\n".encode(errors="replace"))
    category = b""
    for part in parts:
        first, *others = _CATEGORISED.split(part)
        stream.write(first)
        for named, _, questions in (other.partition(b"\n\n") for other in others):
            stream.write(questions if named == category else _CATEGORY_LINE + named + b"\n\n" + questions)
            category = named


def _categorised(row: Row) -> str:
    """Return *row* below the category that its file has it in, which holds for what follows, too."""
    category = row.passed.get("category")
    named = " ".join(category.split()).replace("\\", "\\\\") if isinstance(category, str) else ""
    return f"{_CATEGORY_LINE.decode()}{named}\n\n{_written(row)}" if named else _written(row)


def _written(row: Row) -> str:
    """Return *row* as a question of the bank: its options with what is said of each, or a free text with the answer.

    One that asks nothing, which no bank could take, is a comment.
    """
    if not row.question.strip():
        return f"// {' '.join((row.error or 'no question').split())}\n\n"
    options, right = options_of(row), key_of(row) or list(row.choice or ())
    head = f"::{escaped(row.id or '')}::[plain]"
    general = f"\t####{escaped(summary(row))}\n"
    if not options or not right:
        listed = "".join(f"\n{chr(65 + place)}. {option}" for place, option in enumerate(options))
        return f"{head}{escaped(row.question + listed)}{{\n{general}}}\n\n"
    if options == _TRUE_FALSE and len(right) == 1:
        return f"{head}{escaped(row.question)}{{\n\t{'F' if right[0] else 'T'}\n{general}}}\n\n"
    told, weights, own = verdicts(row), _given(row, "weights", float | int), _given(row, "feedback", str)
    lines = "".join(
        f"\t{_sign(option, right, place, weights)}{escaped(option)}{_told(told.get(place), said)}\n"
        for place, (option, said) in enumerate(zip(options, own or [""] * len(options), strict=True))
    )
    return f"{head}{escaped(row.question)}{{\n{lines}{general}}}\n\n"


def _given(row: Row, column: str, kind: Any) -> list[Any]:
    """Return what the file itself has for each option in *column*, none where that is something else."""
    given, count = row.passed.get(column), len(options_of(row))
    fits = isinstance(given, list) and len(given) == count and all(isinstance(one, kind) for one in given)
    return given if fits and given else []


def _sign(option: str, right: Sequence[int], place: int, weights: Sequence[float]) -> str:
    if weights and _above_nothing(weights) == list(right):
        return f"~%{weights[place]:.7g}%"
    if len(right) > 1:
        return f"~%{100 / len(right):.7g}%" if place in right else "~%-100%"
    sign, weight = ("=", "%100%") if place in right else ("~", "%0%")
    return sign + (weight if option.lstrip().startswith(("%", "[")) else "")


def _above_nothing(weights: Sequence[float]) -> list[int]:
    """Return which options have a *weight* above nothing."""
    return [place for place, weight in enumerate(weights) if weight > 0]


def _told(verdict: Verdict | None, own: str) -> str:
    said = feedback(verdict) if verdict else own
    return f"#{escaped(said)}" if said else ""


WRITER = Writer(_part, _join)
