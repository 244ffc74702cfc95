"""A simulated learner, from YAML: what is true for it, its words for that, and where its dialogue should end."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal, get_args

from pydantic import ValidationError

from tutor.bounds import Before, Bounds
from tutor.errors import BatchError, Fault, Spot
from tutor.findings import findings
from tutor.marked import Marked, Place, read_marked
from tutor.model import Name, Noun, Question
from tutor.schema import validate
from tutor.spelling import did_you_mean
from tutor.subject import Pack

Kind = Literal["plain", "unsure", "corrects", "interrupts", "beside", "indifferent", "volunteers"]
KINDS: tuple[Kind, ...] = get_args(Kind)
WITHOUT_ENTRY = ("decline", "chat")  #: how a dialogue may also end
MOST = 5_000  #: learners that are read
_MOST_LINES = 20  #: lines that a learner has for one slot, or after the answer
_LONGEST = 1_000  #: characters of a fault that are told


class LearnerError(BatchError):
    """Simulated learners that cannot be used; *faults* holds all that is wrong with them."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        first, others = " ".join(str(self.faults[0]).split()), len(self.faults) - 1
        more = f" (and {others} more fault{'s' * (others > 1)})" if others else ""
        super().__init__((first if len(first) <= _LONGEST else first[:_LONGEST] + "…") + more)


def _one_is_a_list(raw: Any) -> Any:
    return raw if isinstance(raw, list | tuple) else [raw]


Lines = Annotated[tuple[Question, ...], Bounds(most=_MOST_LINES), Before(_one_is_a_list)]
Said = Annotated[tuple[Question, ...], Bounds(least=1, most=_MOST_LINES), Before(_one_is_a_list)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Learner(Noun):
    """One learner: the *decision* that its first line belongs to, if to any, and how it goes about it (*kind*).

    *facts* are true at the end; a slot it does not know is left out. *replies* are its lines for a slot, said one after
    the other while that slot is asked for; the last one is what it has to say of it. *then* follows the answer, line by
    line. *ends* names entries one of which is the last answer, or decline or chat; with *conditional* the last answer
    must have branches.
    """

    decision: Name | None
    kind: Kind
    says: Question
    facts: dict[Name, Name] = field(default_factory=dict)
    replies: dict[Name, Said] = field(default_factory=dict)
    then: Lines = ()
    ends: Said
    conditional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnerFile(Noun):
    """A file of learners by id."""

    learners: Annotated[dict[Annotated[str, Bounds(least=1, most=120)], Learner], Bounds(least=1, most=MOST)]


@dataclass(frozen=True)
class Roll:
    """Learners by id, and the file that each stands in."""

    learners: Mapping[str, Learner]
    files: Mapping[str, Marked]

    def spot(self, name: str, place: Place, *, key: bool = False) -> Spot:
        """Return where *place* of the learner *name* stands, or with *key* the key of it."""
        return self.files[name].spot(("learners", name, *place), key=key)


def read_learners(files: Mapping[str, bytes]) -> Roll:
    """Return the learners that *files* hold; a LearnerError names every fault with file and line."""
    learners: dict[str, Learner] = {}
    stand: dict[str, Marked] = {}
    faults: list[Fault] = []
    for file, raw in files.items():
        marked, found = _read(file, raw)
        if isinstance(found, list):
            faults += found
            continue
        for name, learner in found.learners.items():
            if name in learners:
                instead = f"it is already in {stand[name].file}:{stand[name].line(('learners', name))}"
                here = marked.spot(("learners", name), key=True)
                faults.append(here.fault("double-id", "stands here twice", instead, place=name))
            learners[name], stand[name] = learner, marked
    if len(learners) > MOST:
        faults.append(Fault(next(iter(files)), None, "", f"{len(learners)} learners", f"at most {MOST} are read"))
    if faults:
        raise LearnerError(faults)
    return Roll(learners, stand)


def _read(file: str, raw: bytes) -> tuple[Marked, LearnerFile | list[Fault]]:
    marked, faults = read_marked(file, raw)
    if faults:
        return marked, faults
    try:
        return marked, validate(LearnerFile, marked.data)
    except ValidationError as error:
        return marked, findings(marked, LearnerFile, error)


def must_fit(roll: Roll, pack: Pack) -> None:
    """Raise a LearnerError that names every decision, slot, value and entry that *pack* does not have."""
    faults = [fault for name, learner in roll.learners.items() for fault in _misfits(roll, pack, name, learner)]
    if faults:
        raise LearnerError(faults)


def _misfits(roll: Roll, pack: Pack, name: str, learner: Learner) -> Iterator[Fault]:
    def unknown(place: Place, said: str, known: Iterable[str], otherwise: str = "") -> Iterator[Fault]:
        if said not in known:
            instead, key = did_you_mean(said, known) + otherwise, said == place[-1]
            spot = roll.spot(name, place, key=key)
            yield spot.fault("unknown-id", f"{said} does not exist", instead, place=f"{name} {place[0]}")

    if learner.decision is not None:
        yield from unknown(("decision",), learner.decision, pack.decisions, " Where there is none, write null.")
    for slot, value in learner.facts.items():
        yield from unknown(("facts", slot), slot, pack.slots)
        if slot in pack.slots:
            yield from unknown(("facts", slot), value, pack.slots[slot].values)
    for slot in learner.replies:
        yield from unknown(("replies", slot), slot, pack.slots)
    for number, end in enumerate(learner.ends):
        yield from unknown(("ends", number), end, [*pack.entries, *WITHOUT_ENTRY])
