"""Where the ids of a pack stand, and everything below them."""

from collections.abc import Iterator, Mapping

from tutor.errors import Fault, Rule, Spot
from tutor.files import Choices, Intents, Openings, Outside, Replies, Slots, SmallTalk, Terms, Topic
from tutor.marked import Marked, Place
from tutor.model import Decision, Noun


class Places(Mapping[str, Spot]):
    """Where each id of a pack stands: "entry trap.x" -> file, line, column; counted when it is asked for."""

    def __init__(self) -> None:
        self._noted: dict[str, tuple[Marked, Place, Place]] = {}

    def note(self, marked: Marked, noun: Noun) -> Iterator[Fault]:
        """Remember where the ids of *noun* stand in *marked*, and yield a fault for each that stands elsewhere, too."""
        for name, below, own in _ids(noun):
            if name in self._noted:
                first, problem = self[name], f"{name.partition(' ')[2]} stands here twice"
                instead = f"it is already in {first.file}:{first.line}"
                yield _spot(marked, below, own).fault("double-id", problem, instead, place=name)
            self._noted.setdefault(name, (marked, below, own))

    def spot(self, name: str, *inside: str | int, key: bool = False, word: str = "") -> Spot:
        """Return where the part *inside* that which is called *name* stands; with *key*, its key; with *word*, a word.

        spot("rule which-tea 1", "when", "hour", 0) is where the first value of the hour stands.
        """
        marked, below, _ = self._noted[name]
        return marked.spot((*below, *inside), key=key, word=word)

    def fault(self, name: str, rule: Rule, problem: str, instead: str) -> Fault:
        """Return the fault that stands where *name* does."""
        return self[name].fault(rule, problem, instead, place=name.partition(" ")[2])

    def __getitem__(self, name: str) -> Spot:
        return _spot(*self._noted[name])

    def __iter__(self) -> Iterator[str]:
        return iter(self._noted)

    def __len__(self) -> int:
        return len(self._noted)


def _spot(marked: Marked, below: Place, own: Place) -> Spot:
    return marked.spot((*below, *own), key=not own)


def _ids(noun: Noun) -> Iterator[tuple[str, Place, Place]]:
    """Yield each id of *noun*, the place below which all that belongs to it stands, and from there to the id itself.

    Where the id is the key of that place, the way to it is empty.
    """
    match noun:
        case Topic():
            yield f"topic {noun.topic}", (), ("topic",)
            for index, entry in enumerate(noun.entries):
                yield f"entry {entry.id}", ("entries", index), ("id",)
        case Intents():
            yield f"intents {noun.topic}", (), ("topic",)
            for name in noun.intents:
                yield f"intent {name}", ("intents", name), ()
        case Decision():
            yield f"decision {noun.id}", (), ("id",)
            for index, _ in enumerate(noun.rules):
                yield f"rule {noun.id} {index + 1}", ("rules", index), ()
            for index, _ in enumerate(noun.partial):
                yield f"partial {noun.id} {index + 1}", ("partial", index), ()
            for index, _ in enumerate(noun.implies):
                yield f"implied {noun.id} {index + 1}", ("implies", index), ()
            for name in noun.priors:
                yield f"prior {noun.id} {name}", ("priors", name), ()
        case Slots():
            for name in noun.slots:
                yield f"slot {name}", ("slots", name), ()
        case Terms():
            for index, term in enumerate(noun.terms):
                yield f"term {term.name}", ("terms", index), ("name",)
        case Openings():
            for name in noun.decisions:
                yield f"opening {name}", ("decisions", name), ()
        case Choices():
            for index, _ in enumerate(noun.choices):
                yield f"choice {index + 1}", ("choices", index), ()
        case Replies():
            for slot in noun.replies:
                yield f"replies {slot}", ("replies", slot), ()
        case SmallTalk():
            for name in noun.talk:
                yield f"talk {name}", ("talk", name), ()
        case Outside():
            for zone, subjects in noun.outside.items():
                for name in subjects:
                    yield f"{zone} {name}", ("outside", zone, name), ()
        case _:
            return
