"""What no test would miss, as plain text: counts, and then the names, one a line."""

from collections.abc import Iterator

from tutor.ablation import Ablation


def told(found: Ablation) -> str:
    """Return a line for each kind of part, with how many there are and how many no test would miss; then these.

    The styles of an entry stand in one line.
    """
    tests = f"{found.questions} questions with gold entries, {found.dialogues} dialogues that end well"
    lines = [
        f"{kind}: {len(part.names)}, {len(part.unmissed)} of them missed by no test"
        for kind, part in found.parts.items()
    ]
    names = [f"  {name}" for name in _names(found)]
    return "\n".join([tests, *lines, *(["nobody would miss:", *names] if names else [])])


def _names(found: Ablation) -> Iterator[str]:
    yield from (f"rule {name}" for name in found.parts["rules"].unmissed)
    yield from (f"entry {name}" for name in found.parts["entries"].unmissed)
    styles: dict[str, list[str]] = {}
    for name in found.parts["examples"].unmissed:
        entry, _, style = name.rpartition(" ")
        styles.setdefault(entry, []).append(style)
    yield from (f"examples of {entry}: {', '.join(of)}" for entry, of in styles.items())
