"""May this pack ship? Gaps, overlaps, examples too few, shared or too alike, aliases claimed twice, slots unused."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from tutor.choosing import ENOUGH as ITEMS
from tutor.errors import Fault, in_order
from tutor.flaw import Flaw
from tutor.marked import Place
from tutor.meaning import ENOUGH
from tutor.model import STYLES, Examples
from tutor.pack import Survey
from tutor.places import Places
from tutor.proof import flaws
from tutor.subject import UNCLEAR, Pack
from tutor.text import fold, words

TOO_ALIKE = 0.85  #: shared words of two examples of one entry, over all their words


def check(pack: Pack, places: Places, *, unsure: Collection[str] = ()) -> list[Fault]:
    """Return everything that stands against shipping *pack*, in the order of its files; no table of *unsure*."""
    sure = {name: decision for name, decision in pack.decisions.items() if name not in unsure}
    found = [
        *(_fault(places, flaw) for flaw in flaws(replace(pack, decisions=sure))),
        *_examples(pack, places),
        *_shared(pack, places),
        *_aliases(pack, places),
        *_unused(pack, places),
    ]
    return in_order(found)


def check_survey(survey: Survey) -> list[Fault]:
    """Return every fault of what could be read, and what else stands against shipping its sound parts.

    Nothing is said to be missing that may stand in a part with faults.
    """
    found = check(survey.pack, survey.places, unsure=survey.unsure)
    return in_order([*survey.faults, *(fault for fault in found if not _may_stand_in(survey.faults, fault))])


def _may_stand_in(faults: Sequence[Fault], missed: Fault) -> bool:
    """Say whether what is *missed* may stand in a file with *faults*."""
    match missed.rule:
        case "unused-slot":
            files = ("knowledge/decisions/", "knowledge/slots.yaml")
        case "too-few-examples":
            files = (missed.file if missed.file.startswith("intents/") else "intents/", "knowledge/pack.yaml")
        case _:
            return False
    return any(fault.file.startswith(files) or fault.rule == "misplaced-file" for fault in faults)


def _fault(places: Places, flaw: Flaw) -> Fault:
    spot = places.spot(flaw.at, *flaw.inside, key=True) if flaw.inside else places[flaw.at]
    return spot.fault(flaw.rule, flaw.problem, flaw.instead, place=flaw.at.partition(" ")[2])


def _examples(pack: Pack, places: Places) -> Iterator[Fault]:
    floors = pack.about.floors
    for entry in pack.entries.values():
        at, examples = f"intent {entry.id}", pack.examples.get(entry.id, Examples())
        asked = list(examples.by_style())
        if len(asked) < floors.entry:
            yield _few(places, at, f"entry {entry.id}", len(asked), "examples", floors.entry, f"{entry.topic}.yaml")
        for style in STYLES if asked else ():
            count = sum(1 for kind, _ in asked if kind == style)
            if count < floors.style:
                spot, problem = places.spot(at, style, key=True), f"{count} {style} examples"
                yield spot.fault("too-few-examples", problem, f"write at least {floors.style}", place=entry.id)
        yield from _alike(places, at, examples)
    for decision in pack.decisions:
        count = len(pack.openings.get(decision, ()))
        if count < floors.decision:
            at = f"opening {decision}"
            yield _few(places, at, f"decision {decision}", count, "openings", floors.decision, "decisions.yaml")


def _few(places: Places, at: str, asked_about: str, count: int, what: str, least: int, file: str) -> Fault:
    instead = f"write at least {least}" + ("" if at in places else f" in intents/{file}")
    return places.fault(at if at in places else asked_about, "too-few-examples", f"{count} {what}", instead)


def _alike(places: Places, at: str, examples: Examples) -> Iterator[Fault]:
    stands = [(style, index) for style in STYLES for index, _ in enumerate(getattr(examples, style))]
    questions = [question for _, question in examples.by_style()]
    for first, second, overlap in _overlaps(questions):
        if overlap >= TOO_ALIKE:
            problem = f"“{questions[first]}” and “{questions[second]}” are too alike"
            instead, name = "keep one and write another point of view", at.partition(" ")[2]
            yield places.spot(at, *stands[second]).fault("too-alike", problem, instead, place=name)


def _overlaps(questions: Iterable[str]) -> Iterator[tuple[int, int, float]]:
    """Yield every two of *questions* by number, with the words they share, over all their words (Jaccard 1901)."""
    cut = [(number, frozenset(words(question))) for number, question in enumerate(questions)]
    for (first, some), (second, others) in combinations(cut, 2):
        yield first, second, len(some & others) / (len(some | others) or 1)


def _shared(pack: Pack, places: Places) -> Iterator[Fault]:
    askers: defaultdict[str, list[tuple[str, Place]]] = defaultdict(list)
    for at, inside, question in _asked(pack):
        askers[fold(question)].append((at, inside))
    for question, claimed in askers.items():
        (first, inside), *_ = claimed
        if others := {at for at, _ in claimed} - {first}:
            problem = f"“{question}” is also an example of {', '.join(sorted(others))}"
            spot = places.spot(first, *inside)
            yield spot.fault("shared-example", problem, "leave it with one", place=first.partition(" ")[2])


def _asked(pack: Pack) -> Iterator[tuple[str, Place, str]]:
    """Yield every sample question of *pack*: what it belongs to, its place below that, and its words."""
    for name, examples in pack.examples.items():
        for style in STYLES:
            yield from ((f"intent {name}", (style, index), said) for index, said in enumerate(getattr(examples, style)))
    for name, openings in pack.openings.items():
        yield from ((f"opening {name}", (index,), said) for index, said in enumerate(openings))
    for name, talk in pack.talk.items():
        yield from ((f"talk {name}", ("examples", index), said) for index, said in enumerate(talk.examples))
    for zone, subjects in pack.outside.items():
        for name, questions in subjects.items():
            yield from ((f"{zone} {name}", (index,), said) for index, said in enumerate(questions))


def _aliases(pack: Pack, places: Places) -> Iterator[Fault]:
    owners: dict[str, str] = {}
    for term in pack.terms:
        names: dict[str, Place] = {}
        for key in ("formerly", "aliases"):
            names |= {fold(name): (key, index) for index, name in enumerate(getattr(term, key))}
        names[fold(term.name)] = ("name",)
        for alias, inside in names.items():
            owner = owners.setdefault(alias, term.name)
            if owner != term.name:
                spot, problem = places.spot(f"term {term.name}", *inside), f"“{alias}” belongs to {owner} too"
                yield spot.fault("shared-alias", problem, "leave it with one", place=term.name)


def _unused(pack: Pack, places: Places) -> Iterator[Fault]:
    used = {slot for decision in pack.decisions.values() for slot in decision.slots}
    for slot in pack.slots:
        if slot not in used:
            yield places.fault(f"slot {slot}", "unused-slot", "no decision uses it", "add it to one or remove it")


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


def weighed(pack: Pack) -> Iterator[str]:
    """Yield how many multiple-choice items a pack has, where it has any, and whether they are enough to be used."""
    count = len(pack.choices)
    if count:
        few = "" if count >= ITEMS else f", which is too few to learn from; {ITEMS} is the least"
        yield f"choices: {count}{few}"


def heard(pack: Pack) -> Iterator[str]:
    """Yield how many example replies a pack has, where it has any, and whether they are enough to be used."""
    counts = [len(said) for values in pack.replies.values() for value, said in values.items() if value != UNCLEAR]
    moves = sum(map(len, pack.moves.values()))
    total = moves + sum(len(said) for values in pack.replies.values() for said in values.values())
    if total < ENOUGH:
        yield from [f"replies: {total}, which is too few to learn from; {ENOUGH} is the least"] if total else []
    else:
        yield f"replies: {total:,}, {min(counts, default=0)} to {max(counts, default=0)} a value, {moves} for any slot"
