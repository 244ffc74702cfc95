"""Every id that is named somewhere in a pack exists: also in a pack of which only a part could be read."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from tutor.errors import Fault
from tutor.files import Intents, Openings, Slots, Sources, Topic
from tutor.model import Decision, Noun, Rule
from tutor.places import Places
from tutor.spelling import did_you_mean

_NAMED = {Topic: {"topic", "entry"}, Sources: {"source"}, Slots: {"slot"}, Decision: {"decision"}}
_FORM = re.compile(r"[a-z0-9._-]+")  #: what is worth suggesting
_CALLED = {"topic", "decision"}  #: named by what a file is called, whatever it holds


class Known:
    """The ids that the files of a pack give, sound or not; of the kinds in *blind* there may be others."""

    def __init__(self) -> None:
        self._named: defaultdict[str, set[str]] = defaultdict(set)
        self._blind: set[str] = set()

    def add(self, noun: type[Noun], stem: str, data: Any) -> None:
        """Take in what *data*, which need not be a sound *noun*, gives; *stem* is what the file is called."""
        if noun in (Topic, Decision):
            self._named["topic" if noun is Topic else "decision"].add(stem)
        try:
            for kind, name in _given(noun, data):
                if _FORM.fullmatch(name):
                    self._named[kind].add(name)
        except (TypeError, KeyError, AttributeError):  # not the lists and keys of a noun
            self._blind |= _NAMED.get(noun, set()) - _CALLED

    def miss(self, *nouns: type[Noun]) -> None:
        """Take note that ids of *nouns* may be missing here, because their files are missing."""
        for noun in nouns:
            self._blind |= _NAMED.get(noun, set())

    def of(self, kind: str) -> set[str] | None:
        """Return all ids of one kind; None when there may be others."""
        return None if kind in self._blind else self._named[kind]

    def values(self, slot: str) -> set[str] | None:
        """Return the values of *slot*; None when it does not exist or there may be others."""
        return self._named.get(f"value {slot}")


def _given(noun: type[Noun], data: Any) -> Iterator[tuple[str, str]]:
    """Yield kind and name of every id that *data* gives."""
    if noun is Topic:
        yield "topic", str(data["topic"])
        yield from (("entry", entry["id"]) for entry in data["entries"] if isinstance(entry["id"], str))
    elif noun is Sources:
        yield from (("source", name) for name, _ in data["sources"].items())
    elif noun is Decision:
        yield "decision", str(data["id"])
    elif noun is Slots:
        for name, slot in data["slots"].items():
            yield "slot", name
            if isinstance(slot, dict) and isinstance(slot.get("values"), dict):
                yield from ((f"value {name}", value) for value in slot["values"])


def unresolved(nouns: Iterable[Noun], places: Places, known: Known) -> Iterator[Fault]:
    """Yield a fault for every id that *nouns* name and that exists nowhere."""
    check = _Check(places, known)
    for noun in nouns:
        match noun:
            case Topic():
                for entry in noun.entries:
                    at = f"entry {entry.id}"
                    for index, other in enumerate(entry.see_also):
                        yield from check.id("entry", other, at, "see_also", "see_also", index)
                    for index, cited in enumerate(entry.citations):
                        yield from check.id("source", cited.source, at, "citations", "citations", index, "source")
            case Intents():
                if places[f"intents {noun.topic}"].file == f"intents/{noun.topic}.yaml":  # else that is the fault
                    yield from check.id("topic", noun.topic, f"intents {noun.topic}", "topic", "topic")
                for name in noun.intents:
                    yield from check.id("entry", name, f"intent {name}", "intents", key=True)
            case Openings():
                for name in noun.decisions:
                    yield from check.id("decision", name, f"opening {name}", "decisions", key=True)
            case Decision():
                yield from _decision(noun, check)
            case Slots():
                for name, slot in noun.slots.items():
                    for index, measure in enumerate(slot.measures):
                        for value in measure.values:
                            at = f"slot {name}"
                            yield from check.value(name, value, at, "measures", "measures", index, "values", value)
            case _:
                pass


def _decision(decision: Decision, check: "_Check") -> Iterator[Fault]:
    at = f"decision {decision.id}"
    seen: Counter[str] = Counter()
    for index, slot in enumerate(decision.slots):
        yield from check.id("slot", slot, at, "slots", "slots", index)
        seen[slot] += 1
        if seen[slot] == 2:
            problem = f"{slot} stands here twice"
            yield check.spot(at, "slots", index).fault("double-id", problem, "keep one", place=f"{decision.id} slots")
    yield from check.id("entry", decision.overview, at, "overview", "overview")
    for name, rules in (("rule", decision.rules), ("partial", decision.partial)):
        for number, rule in enumerate(rules, start=1):
            yield from _rule(f"{name} {decision.id} {number}", rule, decision.slots, check)
    for slot, priors in decision.priors.items():
        yield from check.slot(slot, decision.slots, at, "priors", "priors", slot)
        for value in priors:
            yield from check.value(slot, value, at, f"priors.{slot}", "priors", slot, value)
    for index, implied in enumerate(decision.implies):
        for key, part in (("when", implied.when), ("then", implied.then)):
            for slot, value in part.items():
                yield from check.slot(slot, decision.slots, at, "implies", "implies", index, key, slot)
                yield from check.value(slot, value, at, f"implies.{slot}", "implies", index, key, slot, key=False)


def _rule(at: str, rule: Rule, slots: Sequence[str], check: "_Check") -> Iterator[Fault]:
    yield from check.id("entry", rule.outcome, at, "outcome", "outcome")
    for slot, values in rule.when.items():
        yield from check.slot(slot, slots, at, "when", "when", slot)
        for index, value in enumerate(values):
            yield from check.value(slot, value, at, f"when.{slot}", "when", slot, index, key=False)


class _Check:
    """Finds out whether an id exists, and says where it stands when it does not."""

    def __init__(self, places: Places, known: Known) -> None:
        self.spot = places.spot
        self._known = known

    def id(self, kind: str, name: str, at: str, shown: str, *inside: str | int, key: bool = False) -> Iterator[Fault]:
        yield from self._unknown(name, self._known.of(kind), at, shown, *inside, key=key)

    def slot(self, name: str, slots: Sequence[str], at: str, shown: str, *inside: str | int) -> Iterator[Fault]:
        yield from self._unknown(name, set(slots), at, shown, *inside, key=True)

    def value(self, slot: str, name: str, at: str, shown: str, *inside: str | int, key: bool = True) -> Iterator[Fault]:
        yield from self._unknown(name, self._known.values(slot), at, shown, *inside, key=key)

    def _unknown(
        self, name: str, known: set[str] | None, at: str, shown: str, *inside: str | int, key: bool
    ) -> Iterator[Fault]:
        if known is not None and name not in known:
            instead = did_you_mean(name, known) if known else "the pack has none"
            place = f"{at.partition(' ')[2]} {shown}"
            yield self.spot(at, *inside, key=key).fault("unknown-id", f"{name} does not exist", instead, place=place)
