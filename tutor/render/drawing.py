"""The graph of a decision as an SVG picture of its own: a tree from left to right, for light and dark pages."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from unicodedata import east_asian_width

from tutor.model import Decision
from tutor.render.graph import Node, graph, told
from tutor.subject import Pack

_BOX = 230  #: width of a question and of an end
_EDGE = 210  #: width of the way between them
_LABEL = 150  #: width of the values on a way
_TRUNK = 18  #: from a question to where its ways part
_PAD, _GAP, _MARGIN = 12, 14, 16
_SAID, _SMALL = 14, 12  #: sizes of letters
_LEADING = 1.35
_BOLD = 1.12  #: how much wider bold letters are
_NARROW = frozenset("iljtfrI.,;:'!|()[] /-")
_BROAD = frozenset("mwMW%@—")
_STYLE = (
    "text{font-family:system-ui,-apple-system,'Segoe UI','DejaVu Sans',sans-serif;fill:#1f2328}"
    ".page{fill:#fff}.ask{fill:#ddf4ff;stroke:#0969da}.end{fill:#f6f8fa;stroke:#59636e}.way{fill:#fff;stroke:#818b98}"
    "path{fill:none;stroke:#818b98;stroke-width:1.5}.strong{font-weight:600}.small{fill:#59636e}"
    "@media (prefers-color-scheme:dark){text{fill:#f0f6fc}.page{fill:#0d1117}.ask{fill:#0c2d6b;stroke:#4493f8}"
    ".end{fill:#151b23;stroke:#9198a1}.way{fill:#0d1117;stroke:#656c76}path{stroke:#656c76}.small{fill:#9198a1}}"
)


@dataclass(frozen=True)
class _Placed:
    """A node with its lines cut to the width of a box, the height of its box and of the band it needs, and its ways."""

    node: Node
    said: Sequence[str]
    entry: Sequence[str]
    box: float
    band: float
    ways: tuple[tuple[Sequence[str], "_Placed"], ...]

    @property
    def depth(self) -> int:
        """How many questions follow, this one included."""
        return 1 + max(way.depth for _, way in self.ways) if self.ways else 0


def svg(pack: Pack, decision: Decision) -> str:
    """Return *decision* as a self-contained SVG picture: titled, described in words, readable in light and dark."""
    node = graph(pack, decision)
    placed = _placed(node)
    width = 2 * _MARGIN + placed.depth * (_BOX + _EDGE) + _BOX
    title, name = wrapped(decision.title, width - 2 * _MARGIN, _SAID * _BOLD), decision.id
    head = _MARGIN + _tall(title, _SAID) + _PAD
    height = head + placed.band + _MARGIN
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height:.0f}" width="{width}" '
            f'height="{height:.0f}" role="img" aria-labelledby="{name}-title {name}-desc">',
            f'<title id="{name}-title">{escape(decision.title)}</title>',
            f'<desc id="{name}-desc">{escape(" ".join(told(node)))}</desc>',
            f"<style>{_STYLE}</style>",
            f'<rect class="page" width="{width}" height="{height:.0f}"/>',
            *_text("strong", _MARGIN, _MARGIN + _SAID, title, _SAID),
            *_drawn(placed, _MARGIN, head),
            "</svg>\n",
        ]
    )


def wrapped(said: str, width: float, size: float) -> list[str]:
    """Return *said* in lines of at most *width* pixels, by a generous guess at the letters; long words are cut.

    >>> wrapped("Who may see it while it is unproven?", 150, 14)
    ['Who may see it', 'while it is', 'unproven?']
    """
    lines = [""]
    for word in said.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and _wide(longer, size) > width:
            lines.append("")
            longer = word
        *full, lines[-1] = _cut(longer, width, size)
        lines[-1:-1] = full
    return lines


def _cut(word: str, width: float, size: float) -> list[str]:
    parts = [""]
    for letter in word:
        if parts[-1] and _wide(parts[-1] + letter, size) > width:
            parts.append("")
        parts[-1] += letter
    return parts


def _wide(said: str, size: float) -> float:
    return size * sum(map(_letter, said))


def _letter(letter: str) -> float:
    if letter in _NARROW:
        return 0.42
    if east_asian_width(letter) in "WF":
        return 1.05
    return 1.0 if letter in _BROAD else 0.78 if letter.isupper() else 0.62


def _placed(node: Node) -> _Placed:
    ways = tuple((wrapped(values, _LABEL - _PAD, _SMALL), _placed(way)) for values, way in node.ways)
    inner = _BOX - 2 * _PAD
    said = wrapped(node.said, inner, _SAID if ways else _SAID * _BOLD)
    entry = wrapped(node.entry, inner, _SMALL) if node.entry else []
    box = _tall(said, _SAID) + _tall(entry, _SMALL) + 2 * _PAD
    below = sum(_row(values, way) for values, way in ways)
    return _Placed(node, said, entry, box, max(box + _GAP, below), ways)


def _row(values: Sequence[str], way: _Placed) -> float:
    return max(way.band, _tall(values, _SMALL) + _PAD + _GAP)


def _tall(lines: Sequence[str], size: float) -> float:
    return len(lines) * size * _LEADING


def _drawn(placed: _Placed, left: float, top: float, band: float | None = None) -> Iterator[str]:
    """Yield the parts of a node and all after it, in a *band* that begins at *top*: ways first, boxes over them."""
    band = placed.band if band is None else band
    middle = top + band / 2
    trunk, right = left + _BOX + _TRUNK, left + _BOX + _EDGE
    at = top + (band - sum(_row(values, way) for values, way in placed.ways)) / 2
    for values, way in placed.ways:
        row = _row(values, way)
        centre = at + row / 2
        yield f'<path d="M{left + _BOX:.1f} {middle:.1f}H{trunk:.1f}V{centre:.1f}H{right:.1f}"/>'
        yield from _label(values, (trunk + right) / 2, centre)
        yield from _drawn(way, right, at, row)
        at += row
    yield from _box(placed, left, middle)


def _box(placed: _Placed, left: float, middle: float) -> Iterator[str]:
    kind, round_ = ("ask", placed.box / 2) if placed.ways else ("end", 6)
    head = middle - placed.box / 2
    yield (
        f'<rect class="{kind}" x="{left:.1f}" y="{head:.1f}" width="{_BOX}" height="{placed.box:.1f}" '
        f'rx="{min(round_, 18):.0f}"/>'
    )
    yield from _text("" if placed.ways else "strong", left + _PAD, head + _PAD + _SAID, placed.said, _SAID)
    below = head + _PAD + _tall(placed.said, _SAID) + _SMALL
    yield from _text("small", left + _PAD, below, placed.entry, _SMALL)


def _label(values: Sequence[str], centre: float, middle: float) -> Iterator[str]:
    tall = _tall(values, _SMALL) + _PAD
    yield (
        f'<rect class="way" x="{centre - _LABEL / 2:.1f}" y="{middle - tall / 2:.1f}" width="{_LABEL}" '
        f'height="{tall:.1f}" rx="{min(tall / 2, 10):.0f}"/>'
    )
    head = middle - tall / 2 + _PAD / 2 + _SMALL
    yield from _text("", centre, head, values, _SMALL, anchor="middle")


def _text(
    kind: str, x: float, y: float, lines: Sequence[str], size: int, *, anchor: str | None = None
) -> Iterator[str]:
    said = "".join(
        f'<tspan x="{x:.1f}" y="{y + number * size * _LEADING:.1f}">{escape(line)}</tspan>'
        for number, line in enumerate(lines)
    )
    if said:
        named = f' class="{kind}"' if kind else ""
        middle = f' text-anchor="{anchor}"' if anchor else ""
        yield f'<text{named} font-size="{size}"{middle}>{said}</text>'
