"""Markdown out: the answers as a document that people read, one heading a question."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO

from tutor.fronts.batch.layout import Layout, Writer
from tutor.render.plain import decimals
from tutor.render.told import because, cases, declined, feedback, key_of, nearest, options_of, sources, verdicts
from tutor.row import Row

_SPECIAL = re.compile(r"[\\`*_\[\]<>#|~&]")
_STARTS = re.compile(r"^(\s*)([-+=]|\d+(?=[.)]))", re.MULTILINE)
_URL = re.compile(r"[()<>\s\\]")


def _part(rows: Sequence[Row], layout: Layout) -> bytes:  # noqa: ARG001 - every format is asked alike
    return "".join("\n\n".join(_told(row)) + "\n\n" for row in rows).encode("utf-8", errors="replace")


def _join(parts: Iterable[bytes], layout: Layout, stream: BinaryIO) -> None:
    stream.write(f"# {_line(layout.title)}\n\n".encode(errors="replace"))
    for part in parts:
        stream.write(part)


def _told(row: Row) -> Iterator[str]:
    """Yield the paragraphs that tell *row*."""
    first, _, more = row.question.strip().partition("\n")
    yield f"## {_line(first) or '(no question)'}"
    if more.strip():
        yield _text(more)
    if options := options_of(row):
        yield "\n".join(_option(row, place, option) for place, option in enumerate(options))
    facts = [
        row.status,
        row.entry,
        row.id and f"id {row.id}",
        row.status != "error" and f"confidence {decimals(row.confidence)}",
    ]
    yield " · ".join(f"**{_line(fact)}**" if place == 0 else _line(fact) for place, fact in enumerate(facts) if fact)
    if row.error:
        yield _text(row.error)
    if said := declined(row):
        yield _text(said)
    if row.title and row.title not in row.question:
        yield f"**{_line(row.title)}**"
    if row.answer:
        yield _text(row.answer)
    if row.because:
        yield f"Because {_line(because(row))}."
    if row.branches:
        told = (f"- {_line(when)}: **{_line(title)}** {_line(answer)}".rstrip() for when, title, answer in cases(row))
        yield "\n".join(told)
    if near := nearest(row):
        yield "\n".join(["Nearest to it:", "", *(f"- {_line(title)} ({decimals(sure)})" for title, sure in near)])
    if cited := sources(row):
        yield "\n".join(["Sources:", "", *(f"- {_link(title, url)}" for title, url in cited)])


def _option(row: Row, place: int, option: str) -> str:
    verdict, key = verdicts(row).get(place), key_of(row)
    box = "x" if place in (row.choice or ()) else " "
    said = f"- [{box}] {chr(65 + place)}. {_line(option)}"
    told = [_line(feedback(verdict))] if verdict else []
    told += ["right as the file has it"] if place in key else []
    return f"{said} ({'; '.join(told)})" if told else said


def _link(title: str, url: str | None) -> str:
    return f"[{_line(title)}](<{_URL.sub('', url)}>)" if url else _line(title)


def _line(said: str) -> str:
    """Return *said* on one line, nothing of it taken for Markdown."""
    return _text(" ".join(said.split()))


def _text(said: str) -> str:
    escaped = _SPECIAL.sub(r"\\\g<0>", said.strip())
    return _STARTS.sub(
        lambda found: f"{found[1]}{found[2]}\\" if found[2].isdigit() else f"{found[1]}\\{found[2]}", escaped
    )


WRITER = Writer(_part, _join)
