"""Every id that is named somewhere in a pack exists: also in a pack of which only a part could be read."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from typing import Any

from tutor.errors import Fault
from tutor.errors import Rule as RuleId
from tutor.files import Choices, Intents, Openings, Replies, Slots, Sources, Topic
from tutor.marked import Marked, Place
from tutor.model import About, Decision, Entry, Noun, Pair, Rule
from tutor.spelling import did_you_mean
from tutor.subject import UNCLEAR

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


def unresolved(nouns: Iterable[tuple[Marked, Noun]], known: Known) -> Iterator[Fault]:
    """Yield a fault for every id that *nouns* name and that exists nowhere."""
    for marked, noun in nouns:
        check = _Check(marked, known)
        match noun:
            case About():
                yield from _exam(noun, check)
            case Topic():
                for index, entry in enumerate(noun.entries):
                    yield from _entry(("entries", index), entry, check)
            case Intents():
                if marked.file == f"intents/{noun.topic}.yaml":  # else that is the fault
                    yield from check.id("topic", noun.topic, f"{noun.topic} topic", "topic")
                for name in noun.intents:
                    yield from check.id("entry", name, f"{name} intents", "intents", name, key=True)
            case Openings():
                for name in noun.decisions:
                    yield from check.id("decision", name, f"{name} decisions", "decisions", name, key=True)
            case Choices():
                for index, choice in enumerate(noun.choices):
                    yield from check.id("entry", choice.entry, f"choices.{index} entry", "choices", index, "entry")
            case Replies():
                yield from _replies(noun, check)
            case Decision():
                yield from _decision(noun, check)
            case Slots():
                for name, slot in noun.slots.items():
                    for index, measure in enumerate(slot.measures):
                        below = ("slots", name, "measures", index, "values")
                        for value in measure.values:
                            yield from check.value(name, value, f"{name} measures", *below, value)
            case _:
                pass


def _replies(noun: Replies, check: "_Check") -> Iterator[Fault]:
    for name, values in noun.replies.items():
        yield from check.id("slot", name, f"{name} replies", "replies", name, key=True)
        for value in values:
            yield from check.value(name, value, f"{name} {name}", "replies", name, value, also={UNCLEAR})
    said = {one for values in noun.replies.values() for some in values.values() for one in some}
    for index, reply in enumerate(noun.unasked):
        if reply not in said:
            problem, instead = f"no reply reads “{reply}”", "write it as it stands under replies"
            yield check.fault("unknown-id", problem, instead, "unasked", "unasked", index)


def _exam(about: About, check: "_Check") -> Iterator[Fault]:
    for name, domain in about.exam.domains.items() if about.exam else ():
        for index, topic in enumerate(domain.topics):
            yield from check.id("topic", topic, f"exam {name}", "exam", "domains", name, "topics", index)


def _entry(at: Place, entry: Entry, check: "_Check") -> Iterator[Fault]:
    if isinstance(entry, Pair):
        for side in entry.signs:
            yield from check.one_of(entry.sides, side, f"{entry.id} signs", *at, "signs", side)
    for key, others in (("see_also", entry.see_also), ("agrees_with", entry.agrees_with)):
        for index, other in enumerate(others):
            yield from check.id("entry", other, f"{entry.id} {key}", *at, key, index)
    for index, cited in enumerate(entry.citations):
        yield from check.id("source", cited.source, f"{entry.id} citations", *at, "citations", index, "source")


def _decision(decision: Decision, check: "_Check") -> Iterator[Fault]:
    name = decision.id
    for index, slot in enumerate(decision.slots):
        yield from check.id("slot", slot, f"{name} slots", "slots", index)
        if decision.slots[:index].count(slot) == 1:
            yield check.fault("double-id", f"{slot} stands here twice", "keep one", f"{name} slots", "slots", index)
    yield from check.id("entry", decision.overview, f"{name} overview", "overview")
    for key, rules in (("rules", decision.rules), ("partial", decision.partial)):
        for index, rule in enumerate(rules):
            yield from _rule((key, index), f"{name} {index + 1}", rule, decision.slots, check)
    for slot, priors in decision.priors.items():
        yield from check.one_of(decision.slots, slot, f"{name} priors", "priors", slot)
        for value in priors:
            yield from check.value(slot, value, f"{name} priors.{slot}", "priors", slot, value)
    for index, implied in enumerate(decision.implies):
        for key, part in (("when", implied.when), ("then", implied.then)):
            for slot, value in part.items():
                at: Place = ("implies", index, key, slot)
                yield from check.one_of(decision.slots, slot, f"{name} implies", *at)
                yield from check.value(slot, value, f"{name} implies.{slot}", *at, key=False)


def _rule(at: Place, name: str, rule: Rule, slots: Sequence[str], check: "_Check") -> Iterator[Fault]:
    yield from check.id("entry", rule.outcome, f"{name} outcome", *at, "outcome")
    for slot, values in rule.when.items():
        yield from check.one_of(slots, slot, f"{name} when", *at, "when", slot)
        for index, value in enumerate(values):
            yield from check.value(slot, value, f"{name} when.{slot}", *at, "when", slot, index, key=False)


class _Check:
    """Finds out whether what one file names exists, and says where it stands when it does not."""

    def __init__(self, marked: Marked, known: Known) -> None:
        self._marked, self._known = marked, known

    def id(self, kind: str, name: str, shown: str, *at: str | int, key: bool = False) -> Iterator[Fault]:
        yield from self._unknown(name, self._known.of(kind), shown, *at, key=key)

    def one_of(self, known: Sequence[str], name: str, shown: str, *at: str | int) -> Iterator[Fault]:
        yield from self._unknown(name, set(known), shown, *at, key=True)

    def value(
        self, slot: str, name: str, shown: str, *at: str | int, key: bool = True, also: Set[str] = frozenset()
    ) -> Iterator[Fault]:
        values = self._known.values(slot)
        yield from self._unknown(name, None if values is None else values | also, shown, *at, key=key)

    def fault(self, rule: RuleId, problem: str, instead: str, shown: str, *at: str | int, key: bool = False) -> Fault:
        return self._marked.spot(at, key=key).fault(rule, problem, instead, place=shown)

    def _unknown(self, name: str, known: set[str] | None, shown: str, *at: str | int, key: bool) -> Iterator[Fault]:
        if known is not None and name not in known:
            instead = did_you_mean(name, known) if known else "the pack has none"
            yield self.fault("unknown-id", f"{name} does not exist", instead, shown, *at, key=key)
