"""Pack files -> one Pack, or one PackError with every fault; the only reader of pack files."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from tutor.errors import Fault, PackError
from tutor.files import FOLDERS, SINGLE, Intents, Openings, Outside, Replies, Slots, SmallTalk, Sources, Terms, Topic
from tutor.findings import findings
from tutor.folder import digest, read_files
from tutor.marked import Marked, read_marked
from tutor.model import About, Decision, Noun
from tutor.schema import json_schema, validate
from tutor.spelling import did_you_mean, nearest
from tutor.subject import UNCLEAR, Pack

_N = TypeVar("_N", bound=Noun)


class Places(dict[str, tuple[str, int]]):
    """Where each id of a pack stands: "entry trap.x" -> (file, line)."""


def schemas() -> dict[str, dict[str, Any]]:
    """Return the JSON Schema of every kind of pack file by its name, for editors that complete and check."""
    kinds = {**SINGLE, **{f"{folder}/*.yaml": noun for folder, noun in FOLDERS.items()}}
    names = {name: name.removesuffix(".yaml").replace("/*", "").replace("/", "-") for name in kinds}
    return {names[name]: json_schema(noun) for name, noun in kinds.items()}


def load_pack(folder: Path) -> Pack:
    """Return the pack in *folder*; a PackError names every fault with file and line."""
    return read_pack(read_files(folder))[0]


def read_pack(files: Mapping[str, bytes]) -> tuple[Pack, Places]:
    """Return the pack that *files* hold and where its ids stand; a PackError names every fault."""
    reading = _Reading()
    for name, raw in files.items():
        reading.read(name, raw)
    reading.miss("knowledge/pack.yaml", "knowledge/sources.yaml", among=files)
    if not any(name.startswith("knowledge/topics/") for name in files):
        reading.faults.append(
            Fault("knowledge/topics", None, "", "no topic file", "write knowledge/topics/<topic>.yaml")
        )
    if reading.faults:
        raise PackError(sorted(reading.faults, key=lambda fault: (fault.file, fault.line or 0)))
    pack = reading.pack(digest(files))
    faults = [*_unresolved(pack, reading.places), *reading.stray(pack.topics)]
    if faults:
        raise PackError(sorted(faults, key=lambda fault: (fault.file, fault.line or 0)))
    return pack, reading.places


class _Reading:
    """The state of reading one pack: nouns by file, places by id, and faults."""

    def __init__(self) -> None:
        self.nouns: dict[str, Noun] = {}
        self.places = Places()
        self.faults: list[Fault] = []

    def read(self, name: str, raw: bytes) -> None:
        noun = SINGLE.get(name) or FOLDERS.get(name.rpartition("/")[0])
        if noun is None:
            self.faults.append(Fault(name, None, "", "no pack file stands here", _where(name)))
            return
        marked, faults = read_marked(name, raw)
        self.faults += faults
        if faults:
            return
        try:
            self.nouns[name] = validate(noun, marked.data)
        except ValidationError as error:
            self.faults += findings(marked, noun, error)
            return
        self._note_places(marked, self.nouns[name])

    def miss(self, *needed: str, among: Mapping[str, bytes]) -> None:
        self.faults += [
            Fault(name, None, "", "is missing", "every pack has one") for name in needed if name not in among
        ]

    def stray(self, topics: Iterable[str]) -> Iterator[Fault]:
        """Yield a fault for every file of questions whose topic does not exist."""
        for intents in self.all(Intents):
            yield from _unknown(self.places, f"intents {intents.topic}", "topic", [intents.topic], topics)

    def all(self, kind: type[_N]) -> Iterator[_N]:
        return (noun for noun in self.nouns.values() if isinstance(noun, kind))

    def one(self, kind: type[_N], default: _N) -> _N:
        return next(self.all(kind), default)

    def pack(self, content: str) -> Pack:
        entries = {entry.id: replace(entry, topic=topic.topic) for topic in self.all(Topic) for entry in topic.entries}
        return Pack(
            about=next(self.all(About)),
            sources=next(self.all(Sources)).sources,
            topics={topic.topic: topic.title for topic in self.all(Topic)},
            entries=entries,
            terms=self.one(Terms, Terms(terms=())).terms,
            slots=self.one(Slots, Slots(slots={})).slots,
            decisions={decision.id: decision for decision in self.all(Decision)},
            talk=self.one(SmallTalk, SmallTalk(talk={})).talk,
            examples={entry: examples for intents in self.all(Intents) for entry, examples in intents.intents.items()},
            openings=dict(self.one(Openings, Openings(decisions={})).decisions),
            outside={zone: dict(subjects) for zone, subjects in self.one(Outside, Outside(outside={})).outside.items()},
            replies={slot: dict(values) for slot, values in self.one(Replies, Replies(replies={})).replies.items()},
            digest=content,
        )

    def _note_places(self, marked: Marked, noun: Noun) -> None:
        for name, place in _ids(noun):
            at = (marked.file, marked.line(place))
            if name in self.places:
                first, line = self.places[name]
                problem = f"{name.partition(' ')[2]} stands here twice"
                self.faults.append(Fault(*at, name, problem, f"it is already in {first}:{line}"))
            self.places.setdefault(name, at)
        for index, entry in enumerate(noun.entries if isinstance(noun, Topic) else ()):
            if entry.topic:
                line = marked.line(("entries", index, "topic"))
                self.faults.append(
                    Fault(marked.file, line, f"entries.{index}.topic", "unknown key", "the file says it")
                )
        stem = marked.file.rpartition("/")[2].removesuffix(".yaml")
        named = getattr(noun, "topic", None) or (noun.id if isinstance(noun, Decision) else None)
        if named is not None and named != stem:
            self.faults.append(
                Fault(marked.file, 1, named, "is not the name of the file", f"call the file {named}.yaml")
            )


def _where(name: str) -> str:
    near = nearest(name, SINGLE, least=85)
    return f"did you mean {near}?" if near else "they stand in " + ", ".join([*FOLDERS, "knowledge"])


def _ids(noun: Noun) -> Iterator[tuple[str, tuple[str | int, ...]]]:
    match noun:
        case Topic():
            yield f"topic {noun.topic}", ("topic",)
            for index, entry in enumerate(noun.entries):
                yield f"entry {entry.id}", ("entries", index)
        case Intents():
            yield f"intents {noun.topic}", ("topic",)
            for name in noun.intents:
                yield f"intent {name}", ("intents", name)
        case Decision():
            yield f"decision {noun.id}", ("id",)
            for index, _ in enumerate(noun.rules):
                yield f"rule {noun.id} {index + 1}", ("rules", index)
            for index, _ in enumerate(noun.partial):
                yield f"partial {noun.id} {index + 1}", ("partial", index)
        case Slots():
            for name in noun.slots:
                yield f"slot {name}", ("slots", name)
        case Terms():
            for index, term in enumerate(noun.terms):
                yield f"term {term.name}", ("terms", index)
        case Openings():
            for name in noun.decisions:
                yield f"opening {name}", ("decisions", name)
        case Replies():
            for slot in noun.replies:
                yield f"replies {slot}", ("replies", slot)
        case SmallTalk():
            for name in noun.talk:
                yield f"talk {name}", ("talk", name)
        case Outside():
            for zone, subjects in noun.outside.items():
                for name in subjects:
                    yield f"{zone} {name}", ("outside", zone, name)
        case _:
            return


def _unresolved(pack: Pack, places: Places) -> Iterator[Fault]:
    """Yield a fault for every id that is named somewhere and exists nowhere."""
    for entry in pack.entries.values():
        at = f"entry {entry.id}"
        yield from _unknown(places, at, "see_also", entry.see_also, pack.entries)
        yield from _unknown(places, at, "citations", (cited.source for cited in entry.citations), pack.sources)
    for name in pack.examples:
        yield from _unknown(places, f"intent {name}", "intents", [name], pack.entries)
    for name in pack.openings:
        yield from _unknown(places, f"opening {name}", "decisions", [name], pack.decisions)
    for slot, replies in pack.replies.items():
        yield from _unknown(places, f"replies {slot}", "replies", [slot], pack.slots)
        if slot in pack.slots:
            known = [*pack.slots[slot].values, UNCLEAR]
            yield from _unknown(places, f"replies {slot}", slot, replies, known)
    for decision in pack.decisions.values():
        yield from _unknown(places, f"decision {decision.id}", "slots", decision.slots, pack.slots)
        yield from _unknown(places, f"decision {decision.id}", "overview", [decision.overview], pack.entries)
        yield from _twice(places, f"decision {decision.id}", "slots", decision.slots)
        rules = [(f"rule {decision.id} {number}", rule) for number, rule in enumerate(decision.rules, start=1)]
        rules += [(f"partial {decision.id} {number}", rule) for number, rule in enumerate(decision.partial, start=1)]
        for at, rule in rules:
            yield from _unknown(places, at, "outcome", [rule.outcome], pack.entries)
            yield from _unknown(places, at, "when", rule.when, decision.slots)
            for slot in set(rule.when) & set(pack.slots):
                yield from _unknown(places, at, f"when.{slot}", rule.when[slot], pack.slots[slot].values)
        said = [("priors", slot, [*values]) for slot, values in decision.priors.items()]
        for implied in decision.implies:
            said += [("implies", slot, [value]) for slot, value in (*implied.when.items(), *implied.then.items())]
        for key, slot, values in said:
            yield from _unknown(places, f"decision {decision.id}", key, [slot], decision.slots)
            if slot in pack.slots:
                yield from _unknown(places, f"decision {decision.id}", f"{key}.{slot}", values, pack.slots[slot].values)
    for name, slot_ in pack.slots.items():
        for measure in slot_.measures:
            yield from _unknown(places, f"slot {name}", "measures", measure.values, slot_.values)


def _twice(places: Places, at: str, key: str, named: Iterable[str]) -> Iterator[Fault]:
    file, line = places[at]
    for name, count in Counter(named).items():
        if count > 1:
            yield Fault(file, line, f"{at.partition(' ')[2]} {key}", f"{name} stands here twice", "keep one")


def _unknown(places: Places, at: str, key: str, named: Iterable[str], known: Iterable[str]) -> Iterator[Fault]:
    known = set(known)
    file, line = places.get(at, ("?", 0))
    for name in named:
        if name not in known:
            instead = did_you_mean(name, known) if known else "the pack has none"
            yield Fault(file, line, f"{at.partition(' ')[2]} {key}", f"{name} does not exist", instead)
