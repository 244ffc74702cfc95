"""Material: a pack as exercises are made of it: what is examined, its names and words, which entries are alike."""

import math
import re
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise

from tutor.model import Decision, Entry, Examples, Tip, Trap
from tutor.subject import Pack
from tutor.terms import Lexicon
from tutor.text import stem, words

_CODE = re.compile(r"`([^`]+)`")
_SAME, _NEIGHBOURS = 0.3, 0.15  #: what being of one topic, or of two that point to each other, adds to likeness
_COMMON = 0.2  #: share of entries that hold a name from which it tells none of them apart
_OFTEN = 0.05  #: share of its places in which a verb follows “to”


class Material:
    """A pack, and what is counted in it once. Costly to make."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        exam = pack.about.exam
        topics = {name for one in exam.domains.values() for name in one.topics} if exam else set(pack.topics)
        #: the entries that are asked about, in the order of the pack
        self.entries: tuple[Entry, ...] = tuple(one for one in pack.entries.values() if one.topic in topics)
        self._lexicon = Lexicon.of(pack.terms)
        self._holders = Counter(name for one in self.entries for name in self._found(_told(one)))
        self._bags = {one.id: self._bag(" ".join((_told(one), *stories(pack, one.id)))) for one in self.entries}
        self._names: dict[str, frozenset[str]] = {}
        self._siblings: dict[str, list[Entry]] = {}

    def names(self, text: str) -> frozenset[str]:
        """Return the names of the field in *text*, without those that stand in very many entries."""
        if text not in self._names:
            most = max(2.0, _COMMON * len(self.entries))
            self._names[text] = frozenset(name for name in self._found(text) if self._holders[name] <= most)
        return self._names[text]

    def siblings(self, entry: Entry) -> list[Entry]:
        """Return the entries that say something else than *entry*, those most alike in what they speak of first."""
        if entry.id not in self._siblings:
            others = [one for one in self.entries if one.id != entry.id and not _linked(one, entry)]
            others.sort(key=lambda one: -self._likeness(one, entry) - self._nearness(one, entry))
            self._siblings[entry.id] = others
        return self._siblings[entry.id]

    def decisions(self) -> Iterator[Decision]:
        """Yield the decisions that end in what is asked about."""
        asked = {one.id for one in self.entries}
        yield from (one for one in self.pack.decisions.values() if any(rule.outcome in asked for rule in one.rules))

    @cached_property
    def counts(self) -> Counter[str]:
        """How often each word stands in the pack, sample questions and all."""
        return Counter(word for text in self._texts() for word in words(text))

    @cached_property
    def verbs(self) -> frozenset[str]:
        """The words that often follow “to” in the pack."""
        said = (words(text) for text in self._texts())
        follow = Counter(after for one in said for to, after in pairwise(one) if to == "to")
        return frozenset(word for word, count in follow.items() if count >= _OFTEN * self.counts[word])

    def _texts(self) -> Iterator[str]:
        for one in self.pack.entries.values():
            yield _told(one)
        for examples in self.pack.examples.values():
            yield from (question for _, question in examples.by_style())
        for values in self.pack.replies.values():
            yield from (reply for replies in values.values() for reply in replies)

    def _found(self, text: str) -> frozenset[str]:
        terms = {found.term for found in self._lexicon.find(words(text))}
        return frozenset(terms | {" ".join(words(code)) for code in _CODE.findall(text)})

    def _bag(self, text: str) -> dict[str, float]:
        counts = Counter(stem(word) for word in words(text) if len(word) > 2)
        return {word: 1 + math.log(count) for word, count in counts.items()}

    @cached_property
    def _weights(self) -> dict[str, dict[str, float]]:
        """The words of each entry, those that few entries have weighing more, at length 1 (Salton 1988)."""
        holders = Counter(word for bag in self._bags.values() for word in bag)
        rare = {word: math.log(len(self._bags) / count) for word, count in holders.items()}
        weighed = {name: {word: much * rare[word] for word, much in bag.items()} for name, bag in self._bags.items()}
        lengths = {name: math.hypot(*bag.values()) or 1.0 for name, bag in weighed.items()}
        return {name: {word: much / lengths[name] for word, much in bag.items()} for name, bag in weighed.items()}

    def _likeness(self, one: Entry, other: Entry) -> float:
        some, others = self._weights[one.id], self._weights[other.id]
        return math.fsum(much * others[word] for word, much in some.items() if word in others)

    def _nearness(self, one: Entry, other: Entry) -> float:
        """Return what the topics of two entries add to their likeness: one topic, or two that point to each other."""
        if one.topic == other.topic:
            return _SAME
        return _NEIGHBOURS if (one.topic, other.topic) in self._crossings else 0.0

    @cached_property
    def _crossings(self) -> frozenset[tuple[str, str]]:
        """The pairs of topics of which an entry of one points to an entry of the other."""
        links = [(one.topic, self.pack.entries[name].topic) for one in self.entries for name in one.see_also]
        return frozenset([*links, *((there, here) for here, there in links)])


def stories(pack: Pack, entry: str) -> tuple[str, ...]:
    """Return the stories that people ask about *entry* by."""
    return pack.examples.get(entry, Examples()).scenario


def _linked(one: Entry, other: Entry) -> bool:
    """Say whether one of two entries points to the other or agrees with it, so that both may answer one question."""
    pointed = {*one.see_also, *one.agrees_with}, {*other.see_also, *other.agrees_with}
    return other.id in pointed[0] or one.id in pointed[1]


def _told(entry: Entry) -> str:
    more = entry.mistake if isinstance(entry, Trap) else entry.scenario if isinstance(entry, Tip) else ""
    return f"{entry.title}. {entry.answer} {entry.why} {more}"
