"""Wrong choices: what sibling entries say, about as long as the right choice, and why it is wrong here."""

from collections.abc import Callable, Iterator, Sequence

from tutor.model import Entry
from tutor.study.exercise import Choice, drawn
from tutor.study.leads import MOST, sentences
from tutor.study.material import Material

_NEAREST, _NEAR = 10, 40  #: siblings among which is chosen, and, where long ones are few, among which those are

Text = Callable[[Entry], str]


def elsewhere(entry: Entry) -> str:
    """Return why what *entry* says is no answer to a question about something else.

    It names what the entry is about, and gives its reason.
    """
    return f"That belongs to “{entry.title}”: {sentences(entry.why)[0]}"


def also_wrong(entry: Entry, part: str, most: int) -> list[Choice]:
    """Return at most so many of the other wrong options that *entry* names; which ones hangs on *part* alone."""
    options = sorted(entry.also_wrong, key=lambda one: drawn(entry.id, part, one.option))
    return [Choice(one.option.removesuffix("."), False, one.wrong_because, entry.id) for one in options[:most]]


def wrong(
    material: Material, entry: Entry, right: str, text: Text, count: int, key: str, *taken: str, length: int = 0
) -> list[Choice]:
    """Return *count* wrong choices beside the *right* one for *entry*, fewer where the pack has no more.

    Each is the *text* of a sibling and shares no name of the field with what is right, so that it cannot be right as
    well, nor with those *taken*, which are wrong already. How many are longer than the right one, or than *length*,
    hangs on *key* alone.
    """
    fitting = list(_fitting(material, entry, right, text, taken))[:_NEAR]
    longer = int(drawn("longer", key), 16) % (count + len(taken) + 1) - sum(
        len(one) > (length or len(right)) for one in taken
    )
    chosen = _chosen(fitting, length or len(right), count, longer)
    return [Choice(said, False, elsewhere(one), one.id) for one, said in chosen]


def _fitting(
    material: Material, entry: Entry, right: str, text: Text, taken: Sequence[str]
) -> Iterator[tuple[Entry, str]]:
    names, seen = material.names(" ".join((right, *taken))), {right, *taken}
    for one in material.siblings(entry):
        said = text(one)
        if said and len(said) <= MOST and said not in seen and not names & material.names(said):
            seen.add(said)
            yield one, said


def _chosen(fitting: list[tuple[Entry, str]], length: int, count: int, longer: int) -> list[tuple[Entry, str]]:
    """Return *count* of those that fit, *longer* of them longer than *length*, as far as there are such."""
    above = [one for one in fitting if len(one[1]) > length][: max(0, min(longer, count))]
    below = [one for one in fitting[:_NEAREST] if len(one[1]) <= length][: count - len(above)]
    rest = [one for one in fitting if one not in above and one not in below]
    return [*above, *below, *rest][:count]
