"""Simulated dialogues as plain text: a table of measures, and a transcript of each dialogue that was lost."""

from collections.abc import Iterator, Sequence
from typing import Any

from tutor.render.plain import decimals, nulled
from tutor.simulation import Exchange, Simulated, by_decision, by_kind, measures

_LONGEST = 70  #: characters of what was said, in a transcript


def groups(done: Sequence[Simulated]) -> dict[str, list[Simulated]]:
    """Return the dialogues by the label of a line in the table: all, then by kind, then by decision."""
    kinds = {f"kind {name}": group for name, group in by_kind(done).items()}
    decisions = {f"decision {name or '–'}": group for name, group in by_decision(done).items()}
    return {"all": list(done), **kinds, **decisions}


def told(done: Sequence[Simulated]) -> str:
    """Return the measures of all dialogues, of every kind and decision, then what was lost, and how."""
    rows = [["", "dialogues", *measures(())]]
    rows += [[label, str(len(group)), *_cells(group)] for label, group in groups(done).items()]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    table = [" ".join(f"{said:{'>' if at else '<'}{widths[at]}}" for at, said in enumerate(row)) for row in rows]
    return "\n".join([*table, *(line for one in done if one.lost for line in _lost(one))])


def to_dict(done: Sequence[Simulated]) -> dict[str, Any]:
    """Return the same as JSON can hold it."""
    return {
        "groups": {
            label: {"dialogues": len(group), **nulled({"": measures(group)})[""]}
            for label, group in groups(done).items()
        },
        "lost": [one.to_dict() for one in done if one.lost],
    }


def _cells(group: Sequence[Simulated]) -> list[str]:
    counted = ("repeats", "dead-ends")
    return [f"{value:.0f}" if name in counted else decimals(value) for name, value in measures(group).items()]


def _lost(one: Simulated) -> Iterator[str]:
    yield ""
    yield f"lost: {one.id} ({one.learner.kind}): {'; '.join(one.lost)}"
    for exchange in one.exchanges:
        yield from _exchange(exchange)


def _exchange(exchange: Exchange) -> Iterator[str]:
    yield f"  > {_short(exchange.said)}"
    yield f"    {exchange.reply} {_short(exchange.about)}"


def _short(said: str) -> str:
    shown = " ".join(said.split())
    return shown if len(shown) <= _LONGEST else shown[: _LONGEST - 1] + "…"
