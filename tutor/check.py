"""May this pack ship? Gaps, overlaps, examples too few, shared or too alike, aliases claimed twice, slots unused."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations

from tutor.errors import Fault
from tutor.model import STYLES, Examples
from tutor.pack import Places
from tutor.proof import flaws
from tutor.subject import Pack
from tutor.text import fold, words

TOO_ALIKE = 0.85  #: shared words of two examples of one entry, over all their words


def check(pack: Pack, places: Places) -> list[Fault]:
    """Return everything that stands against shipping *pack*, in the order of its files."""
    found = [
        *(_fault(places, *flaw) for flaw in flaws(pack)),
        *_examples(pack, places),
        *_shared(pack, places),
        *_aliases(pack, places),
        *_unused(pack, places),
    ]
    return sorted(found, key=lambda fault: (fault.file, fault.line or 0))


def _fault(places: Places, at: str, problem: str, instead: str) -> Fault:
    file, line = places.get(at, ("intents", None))
    return Fault(file, line, at.partition(" ")[2], problem, instead)


def _examples(pack: Pack, places: Places) -> Iterator[Fault]:
    floors = pack.about.floors
    for name in pack.entries:
        at, examples = f"intent {name}", pack.examples.get(name, Examples())
        asked = list(examples.by_style())
        if len(asked) < floors.entry:
            yield _fault(places, at, f"{len(asked)} examples", f"write at least {floors.entry}")
        for style in STYLES if asked else ():
            count = sum(1 for kind, _ in asked if kind == style)
            if count < floors.style:
                yield _fault(places, at, f"{count} {style} examples", f"write at least {floors.style}")
        yield from _alike(places, at, [question for _, question in asked])
    for decision in pack.decisions:
        count = len(pack.openings.get(decision, ()))
        if count < floors.decision:
            yield _fault(places, f"opening {decision}", f"{count} openings", f"write at least {floors.decision}")


def _alike(places: Places, at: str, questions: list[str]) -> Iterator[Fault]:
    for first, second, overlap in _overlaps(questions):
        if overlap >= TOO_ALIKE:
            yield _fault(
                places, at, f"“{first}” and “{second}” are too alike", "keep one and write another point of view"
            )


def _overlaps(questions: Iterable[str]) -> Iterator[tuple[str, str, float]]:
    """Yield every two of *questions* with the words they share, over all their words (Jaccard 1901)."""
    cut = [(question, frozenset(words(question))) for question in questions]
    for (first, some), (second, others) in combinations(cut, 2):
        yield first, second, len(some & others) / (len(some | others) or 1)


def _shared(pack: Pack, places: Places) -> Iterator[Fault]:
    askers: defaultdict[str, list[str]] = defaultdict(list)
    for name, examples in pack.examples.items():
        for question in {fold(question) for _, question in examples.by_style()}:
            askers[question].append(f"intent {name}")
    for name, openings in pack.openings.items():
        for question in map(fold, openings):
            askers[question].append(f"opening {name}")
    for name, talk in pack.talk.items():
        for question in map(fold, talk.examples):
            askers[question].append(f"talk {name}")
    for zone, subjects in pack.outside.items():
        for name, questions in subjects.items():
            for question in map(fold, questions):
                askers[question].append(f"{zone} {name}")
    for question, claimed in askers.items():
        if len(set(claimed)) > 1:
            others = ", ".join(sorted(set(claimed[1:])))
            yield _fault(places, claimed[0], f"“{question}” is also an example of {others}", "leave it with one")


def _aliases(pack: Pack, places: Places) -> Iterator[Fault]:
    owners: dict[str, str] = {}
    for term in pack.terms:
        for alias in {fold(name) for name in (term.name, *term.aliases, *term.formerly)}:
            owner = owners.setdefault(alias, term.name)
            if owner != term.name:
                yield _fault(places, f"term {term.name}", f"“{alias}” belongs to {owner} too", "leave it with one")


def _unused(pack: Pack, places: Places) -> Iterator[Fault]:
    used = {slot for decision in pack.decisions.values() for slot in decision.slots}
    for slot in pack.slots:
        if slot not in used:
            yield _fault(places, f"slot {slot}", "no decision uses it", "add it to one or remove it")


def taught(pack: Pack) -> str:
    """Return how many examples a pack has, and how much two examples of one entry have in common, on average."""
    asked = {name: [question for _, question in examples.by_style()] for name, examples in pack.examples.items()}
    counts, pairs = [len(questions) for questions in asked.values()], [list(_overlaps(one)) for one in asked.values()]
    alike = [overlap for several in pairs for _, _, overlap in several]
    outside = sum(len(said) for subjects in pack.outside.values() for said in subjects.values())
    return (
        f"examples: {sum(counts)}, {min(counts, default=0)} to {max(counts, default=0)} an entry, "
        f"two of one entry share {sum(alike) / (len(alike) or 1):.0%} of their words; {outside} outside"
    )
