"""A decision as a graph of the questions that it asks: in Mermaid's words, and laid out as a tree to be drawn."""

from collections.abc import Iterator
from dataclasses import dataclass

from tutor.decision import Question, tree
from tutor.model import Decision, Rule
from tutor.subject import Pack

_MERMAID = str.maketrans(
    {"#": "#35;", "&": "#amp;", '"': "#quot;", "<": "#lt;", ">": "#gt;", "`": "#96;", "|": "#124;", ";": "#59;"}
)


@dataclass(frozen=True)
class Node:
    """A question with its *ways*, each with the values that lead there; or, without any, what to take.

    *entry* is the title of the entry that answers, where what is *said* is the verdict.
    """

    said: str
    entry: str = ""
    ways: tuple[tuple[str, "Node"], ...] = ()


def graph(pack: Pack, decision: Decision) -> Node:
    """Return the questions that *decision* asks; values after which all goes alike share one way."""
    return _node(pack, tree(decision, pack.slots, {}))


def mermaid(pack: Pack, decision: Decision) -> str:
    """Return *decision* as a Mermaid flowchart: questions as diamonds, values on edges, what to take at the ends."""
    title = f"  accTitle: {' '.join(decision.title.translate(_MERMAID).split())}"
    return "\n".join(["flowchart TD", title, *_lines(graph(pack, decision), "n")]) + "\n"


def told(node: Node) -> Iterator[str]:
    """Yield a sentence for every way through the graph, for those who hear it instead of seeing it.

    >>> list(told(Node("Who?", ways=(("You", Node("Tea")), ("All", Node("Pot", "A pot for all"))))))
    ['Who? You: Tea.', 'Who? All: Pot (A pot for all).']
    """
    for values, way in node.ways:
        yield from (f"{node.said} {values}: {said}" for said in told(way))
    if not node.ways:
        yield f"{node.said} ({node.entry})." if node.entry else f"{node.said.rstrip('.')}."


def _node(pack: Pack, asked: Question | Rule | None) -> Node:
    match asked:
        case Question():
            slot = pack.slots[asked.slot]
            ways: dict[Node, list[str]] = {}
            for value, way in asked.ways.items():
                ways.setdefault(_node(pack, way), []).append(slot.values[value].label)
            return Node(slot.question, ways=tuple((" / ".join(labels), node) for node, labels in ways.items()))
        case Rule():
            title = pack.entries[asked.outcome].title
            return Node(asked.verdict, title) if asked.verdict and not title.startswith(asked.verdict) else Node(title)
        case None:
            return Node("Nothing can be decided")


def _lines(node: Node, name: str) -> Iterator[str]:
    yield f"  {name}{_shape(node)}"
    for number, (values, way) in enumerate(node.ways, start=1):
        below = f"{name}_{number}"
        yield from _lines(way, below)
        yield f'  {name} -->|"{values.translate(_MERMAID)}"| {below}'


def _shape(node: Node) -> str:
    said, entry = node.said.translate(_MERMAID), node.entry.translate(_MERMAID)
    if node.ways:
        return f'{{"{said}"}}'
    return f'["<b>{said}</b><br>{entry}"]' if entry else f'["{said}"]'
