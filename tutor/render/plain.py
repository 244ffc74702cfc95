"""A reply as plain text, fit for a screen reader and for tee: no boxes, no colours, no escape codes."""

import textwrap
from collections.abc import Mapping, Sequence
from math import isnan

from tutor.reply import Reply
from tutor.subject import Pack

_PLAIN = ("TUTOR_PLAIN", "ACCESSIBLE")  #: what asks for plain text in the environment, unless it is 0
_DUMB = ("dumb", "unknown")


def plain_asked(environ: Mapping[str, str]) -> bool:
    """Say whether the environment asks for plain text, or has a terminal that can nothing else.

    >>> plain_asked({"TUTOR_PLAIN": "1"}), plain_asked({"TUTOR_PLAIN": "0", "TERM": "xterm"})
    (True, False)
    """
    asked = any(environ.get(name, "") not in ("", "0") for name in _PLAIN) or environ.get("NO_COLOR")
    return bool(asked) or environ.get("TERM", "").casefold() in _DUMB


def plain(reply: Reply, *, width: int | None = None) -> str:
    """Return the text of *reply*, its lines wrapped at *width* characters; None leaves them as long as they are."""
    return wrapped(reply.text, width)


def wrapped(text: str, width: int | None) -> str:
    """Return *text*, its lines wrapped at *width* characters; None leaves them as long as they are."""
    return text if width is None else "\n".join(_wrapped(line, width) for line in text.splitlines())


def _wrapped(line: str, width: int) -> str:
    indent = " " * (len(line) - len(line.lstrip(" -")))
    return textwrap.fill(
        line,
        max(width, 20),
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
        drop_whitespace=True,
    )


def topic_list(pack: Pack) -> str:
    """Return the topics of *pack*, each with the ids and titles of its entries."""
    lines = []
    for topic, title in pack.topics.items():
        lines.append(f"{title} ({topic})")
        lines += [f"  {entry.id}: {entry.title}" for entry in pack.entries.values() if entry.topic == topic]
    return "\n".join(lines)


def metric_table(groups: Mapping[str, Mapping[str, float]]) -> str:
    """Return metrics as a table: a line for each metric of a single group, else a line for each group."""
    if len(groups) == 1:
        (values,) = groups.values()
        return "\n".join(f"{name:<18} {decimals(value):>5}" for name, value in values.items())
    names = list(next(iter(groups.values())))
    rows = [[group or "(none)", *(decimals(values[name]) for name in names)] for group, values in groups.items()]
    return table([["", *names], *rows])


def table(rows: Sequence[Sequence[str]], *, left: int = 1) -> str:
    """Return *rows* of the same length as a table; the first *left* columns begin at the left, the others end right.

    >>> print(table([["", "count"], ["tea", "1"]]))
        count
    tea     1
    """
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(_columns(row, widths, left) for row in rows)


def decimals(value: float) -> str:
    """Return *value* with three decimals, a dash for not-a-number.

    >>> decimals(0.5), decimals(float("nan"))
    ('0.500', '–')
    """
    return "–" if isnan(value) else f"{value:.3f}"


def nulled(groups: Mapping[str, Mapping[str, float]]) -> dict[str, dict[str, float | None]]:
    """Return metrics as JSON can hold them: None for not-a-number."""
    return {
        group: {name: None if isnan(value) else value for name, value in values.items()}
        for group, values in groups.items()
    }


def _columns(row: Sequence[str], widths: Sequence[int], left: int) -> str:
    cells = list(zip(row, widths, strict=True))
    return " ".join(
        [*(f"{said:<{width}}" for said, width in cells[:left]), *(f"{said:>{width}}" for said, width in cells[left:])]
    )
