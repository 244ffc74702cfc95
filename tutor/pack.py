"""Pack files -> one Pack, or one PackError with every fault; the only reader of pack files."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from tutor.errors import Fault, PackError, Spot, in_order
from tutor.files import (
    FOLDERS,
    SINGLE,
    Choices,
    Intents,
    Openings,
    Outside,
    Replies,
    Slots,
    SmallTalk,
    Sources,
    Terms,
    Topic,
)
from tutor.findings import findings, places
from tutor.folder import digest, read_files
from tutor.marked import Marked, Place, read_marked
from tutor.model import About, Decision, Noun
from tutor.places import Places
from tutor.resolving import Known, unresolved
from tutor.schema import editor_schema, validate
from tutor.spelling import nearest
from tutor.subject import Pack
from tutor.table import MOST, states

_N = TypeVar("_N", bound=Noun)


_NOBODY = About(name="unknown", version="?", title="?", about="?", sample="?")  #: a pack whose pack.yaml is not sound


def schemas() -> dict[str, dict[str, Any]]:
    """Return the JSON Schema of every kind of pack file by its name, for editors that complete and check."""
    kinds = {**SINGLE, **{f"{folder}/*.yaml": noun for folder, noun in FOLDERS.items()}}
    names = {name: name.removesuffix(".yaml").replace("/*", "").replace("/", "-") for name in kinds}
    return {names[name]: editor_schema(noun) for name, noun in kinds.items()}


def load_pack(folder: Path) -> Pack:
    """Return the pack in *folder*; a PackError names every fault with file, line and column."""
    return read_pack(read_files(folder))[0]


def read_pack(files: Mapping[str, bytes]) -> tuple[Pack, Places]:
    """Return the pack that *files* hold and where its ids stand; a PackError names every fault."""
    read = survey(files)
    if read.faults:
        raise PackError(read.faults)
    return read.pack, read.places


@dataclass(frozen=True)
class Survey:
    """All that can be read of a pack: its sound parts, where their ids stand, and every fault of the others.

    Where there are faults, the pack lacks what is not sound. *harmed* are the entries in which something is wrong,
    *unsure* the decisions whose tables prove nothing, because something is wrong in them or in their slots.
    """

    pack: Pack
    places: Places
    faults: tuple[Fault, ...]
    harmed: frozenset[str] = frozenset()
    unsure: frozenset[str] = frozenset()


def survey(files: Mapping[str, bytes]) -> Survey:
    """Return all that can be read of the pack in *files*."""
    reading = _Reading()
    for name, raw in files.items():
        reading.read(name, raw)
    reading.miss("knowledge/pack.yaml", "knowledge/sources.yaml", among=files)
    if not any(name.startswith("knowledge/topics/") for name in files):
        topics = Spot("knowledge/topics")
        reading.faults.append(topics.fault("missing-file", "no topic file", "write knowledge/topics/<topic>.yaml"))
        reading.known.miss(Topic)
    reading.faults += unresolved(reading.nouns, reading.known)
    pack = reading.pack(digest(files))
    reading.faults += _endless(pack, reading.places)
    faults = tuple(in_order(reading.faults))
    unsure = _unsure(pack, reading, {fault.file for fault in faults})
    return Survey(pack, reading.places, faults, frozenset(reading.harmed), frozenset(unsure))


def _endless(pack: Pack, places: Places) -> Iterator[Fault]:
    """Yield a fault for every decision whose combinations are too many to be tried."""
    for decision in pack.decisions.values():
        if (many := states(decision, pack.slots)) > MOST:
            problem = f"too many combinations: {many:,} with values known or unknown"
            spot = places.spot(f"decision {decision.id}", "slots", key=True)
            instead = f"at most {MOST:,}: split the decision"
            yield spot.fault("too-many-combinations", problem, instead, place=f"{decision.id} slots")


def _unsure(pack: Pack, reading: "_Reading", faulty: set[str]) -> Iterator[str]:
    """Yield the decisions of which, or of whose slots, something is missing."""
    whole = {name for name, slot in pack.slots.items() if set(slot.values) == reading.known.values(name)}
    for name, decision in pack.decisions.items():
        if not whole.issuperset(decision.slots) or reading.places[f"decision {name}"].file in faulty:
            yield name


class _Reading:
    """The state of reading one pack: nouns with where they stand, places by id, and faults."""

    def __init__(self) -> None:
        self.nouns: list[tuple[Marked, Noun]] = []
        self.places = Places()
        self.known = Known()
        self.faults: list[Fault] = []
        self.harmed: set[str] = set()

    def read(self, name: str, raw: bytes) -> None:
        folder, _, stem = name.removesuffix(".yaml").rpartition("/")
        noun = SINGLE.get(name) or FOLDERS.get(folder)
        if noun is None:
            self.faults.append(Spot(name).fault("misplaced-file", "no pack file stands here", _where(name)))
            self.known.miss(SINGLE.get(_near(name) or "", Topic), Topic, Decision)
            return
        marked, faults = read_marked(name, raw)
        self.faults += faults
        self.known.add(noun, stem, marked.data)
        if not faults:
            self._take(noun, marked)

    def miss(self, *needed: str, among: Mapping[str, bytes]) -> None:
        for name in needed:
            if name not in among:
                self.faults.append(Spot(name).fault("missing-file", "is missing", "every pack has one"))
                self.known.miss(SINGLE[name])

    def all(self, kind: type[_N]) -> Iterator[_N]:
        return (noun for _, noun in self.nouns if isinstance(noun, kind))

    def one(self, kind: type[_N], default: _N) -> _N:
        return next(self.all(kind), default)

    def _take(self, noun: type[Noun], marked: Marked) -> None:
        """Keep the *noun* in *marked*; where it has faults, keep them and what is left without the parts at fault."""
        first = True
        while marked.data is not None:
            try:
                found = validate(noun, marked.data)
            except ValidationError as error:
                if first:
                    self.faults += findings(marked, noun, error)
                    self._harm(marked, places(error))
                first, marked = False, marked.without(places(error))
            else:
                self.nouns.append((marked, found))
                self._note(marked, found)
                return

    def _harm(self, marked: Marked, wrong: Iterable[Place]) -> None:
        for place in wrong:
            if place[:1] == ("entries",) and len(place) > 1 and isinstance(marked.data, dict):
                entry = marked.data["entries"][place[1]]
                self.harmed.add(str(entry.get("id")) if isinstance(entry, dict) else "")

    def pack(self, content: str) -> Pack:
        entries = {entry.id: replace(entry, topic=topic.topic) for topic in self.all(Topic) for entry in topic.entries}
        replies = self.one(Replies, Replies(replies={}))
        return Pack(
            about=self.one(About, _NOBODY),
            sources=self.one(Sources, Sources(sources={})).sources,
            topics={topic.topic: topic.title for topic in self.all(Topic)},
            entries=entries,
            terms=self.one(Terms, Terms(terms=())).terms,
            slots=self.one(Slots, Slots(slots={})).slots,
            decisions={decision.id: decision for decision in self.all(Decision)},
            talk=self.one(SmallTalk, SmallTalk(talk={})).talk,
            examples={entry: examples for intents in self.all(Intents) for entry, examples in intents.intents.items()},
            openings=dict(self.one(Openings, Openings(decisions={})).decisions),
            outside={zone: dict(subjects) for zone, subjects in self.one(Outside, Outside(outside={})).outside.items()},
            replies={slot: dict(values) for slot, values in replies.replies.items()},
            moves={str(move): said for move, said in replies.moves.items()},
            unasked=replies.unasked,
            choices=tuple(choice for choices in self.all(Choices) for choice in choices.choices),
            digest=content,
        )

    def _note(self, marked: Marked, noun: Noun) -> None:
        self.faults += self.places.note(marked, noun)
        for index, entry in enumerate(noun.entries if isinstance(noun, Topic) else ()):
            if entry.topic:
                spot = marked.spot(("entries", index, "topic"), key=True)
                self.faults.append(
                    spot.fault("unknown-key", "unknown key", "the file says it", place=f"entries.{index}.topic")
                )
        stem = marked.file.rpartition("/")[2].removesuffix(".yaml")
        key, named = next(((key, getattr(noun, key)) for key in ("topic", "id") if hasattr(noun, key)), ("", stem))
        if named != stem:
            problem, instead = "is not the name of the file", f"call the file {named}.yaml"
            self.faults.append(marked.spot((key,)).fault("wrong-file-name", problem, instead, place=named))


def _where(name: str) -> str:
    near = _near(name)
    return f"did you mean {near}?" if near else "they stand in " + ", ".join([*FOLDERS, "knowledge"])


def _near(name: str) -> str | None:
    return nearest(name, SINGLE, least=85)
