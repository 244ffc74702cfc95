"""What no test would miss, as plain text: counts, and then the names, one a line."""

from tutor.ablation import Ablation

_ONE = {"rules": "rule", "entries": "entry", "examples": "examples"}


def told(found: Ablation) -> str:
    """Return a line for each kind of part, with how many there are and how many no test would miss; then these.

    They are sorted by the name of the entry or decision, so that what belongs together stands together.
    """
    tests = f"{found.questions} questions inside, {found.dialogues} dialogues that end well"
    lines = [
        f"{kind}: {len(part.names)}, {len(part.unmissed)} of them missed by no test"
        for kind, part in found.parts.items()
    ]
    names = [f"  {_ONE[kind]} {name}" for kind, part in found.parts.items() for name in part.unmissed]
    return "\n".join([tests, *lines, *(["nobody would miss:", *names] if names else [])])
