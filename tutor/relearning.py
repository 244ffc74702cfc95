"""Without some of its examples, how would entries score? Only the models that hang on them are learned anew."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from tutor.corpus import Corpus
from tutor.features import features
from tutor.fitting import MEMBERS, Linear, fit
from tutor.subject import Pack
from tutor.terms import Lexicon
from tutor.text import clean
from tutor.training import examples_of
from tutor.weights import Weights, hashed

_KEPT = 64  #: models that are kept, of some 300 kB each in a large pack
_Kind = Literal["entry", "group"]


@dataclass(frozen=True)
class Change:
    """What is added to a score: so much for each feature, by its row in the weights, and once."""

    features: NDArray[np.float64]
    once: float

    def times(self, count: float) -> "Change":
        """Return the change *count* times."""
        return Change(self.features * count, self.once * count)


class Relearning:
    """The examples of a pack as a table, and the weights that were learned from them. Costly to make.

    Every class is learned by itself against all other texts, so examples that an entry loses change its own model and
    its topic's, and, as counter-examples, a little those of others. Neglected is that words are rarer without them and,
    where a pack is so large that a class learns from its nearest texts only, that these are chosen.
    """

    def __init__(self, pack: Pack, weights: Weights) -> None:
        lexicon = Lexicon.of(pack.terms)
        examples = list(examples_of(pack))
        corpus = Corpus([features(clean(example.text), lexicon) for example in examples])
        vocabulary = corpus.learn(np.arange(len(examples)))
        hashes = np.array([hashed(corpus.names[column]) for column in vocabulary.columns], dtype=np.uint64)
        self._weights, self._examples = weights, examples
        self._table = corpus.table(vocabulary)
        self._order = np.argsort(hashes, kind="stable")  # the rows of the weights
        self._learned = lru_cache(maxsize=_KEPT)(self._learn)
        self._counts = {kind: self._count(kind) for kind in ("entry", "group")}
        self._topic = self._topic_counts()

    def without(self, entry: str, examples: Collection[str], *, of: str | None = None) -> tuple[Change, Change]:
        """Return how scores change when *entry* loses *examples*: those by its own model, and those by its topic's.

        With *of*, the scores of that other entry, whose counter-examples they were; the second change is none
        where both are of one topic, whose change is known.
        """
        rows = (row for row, one in enumerate(self._examples) if one.entry == entry and one.text in examples)
        left_out, topic = frozenset(rows), self._topic_of(of or entry)
        own = self._change("entry", of or entry, left_out)
        if of and topic == self._topic_of(entry):
            return own, own.times(0.0)
        return own, self._change("group", topic, left_out).times(self._topic)

    def _topic_of(self, entry: str) -> str:
        classes = self._weights.classes
        return classes.groups[classes.group_of[classes.entries.index(entry)]]

    def _change(self, kind: _Kind, name: str, left_out: frozenset[int]) -> Change:
        before, after = self._learned(kind, name, frozenset()), self._learned(kind, name, left_out)
        wide, once = np.zeros(self._table.shape[1]), 0.0
        for member, count in self._counts[kind].items():
            more = after[member].coefficients - before[member].coefficients
            wide += count * np.asarray(more.todense()).ravel()
            once += count * float(after[member].intercepts[0] - before[member].intercepts[0])
        return Change(wide[self._order], once)

    def _learn(self, kind: _Kind, name: str, left_out: frozenset[int]) -> dict[str, Linear]:
        """Return each member's model of one class, learned from all texts but those *left out*."""
        rows = np.array([row for row in range(len(self._examples)) if row not in left_out])
        return fit(self._table[rows], [getattr(self._examples[row], kind) for row in rows], [name])

    def _count(self, kind: _Kind) -> dict[str, float]:
        """Return how much each member counts, as the weights tell: theirs is so many times what is learned here."""
        classes = self._weights.classes
        named = enumerate(classes.entries if kind == "entry" else classes.groups)
        first = 0 if kind == "entry" else len(classes.entries)
        for number, name in named:
            learned = {
                member: float(model.intercepts[0]) for member, model in self._learned(kind, name, frozenset()).items()
            }
            if all(learned.values()):
                return {member: self._intercept(member, first + number) / learned[member] for member in MEMBERS}
        return dict.fromkeys(MEMBERS, 0.0)

    def _topic_counts(self) -> float:
        """Return how much the score of its topic adds to an entry's, as the weights tell."""
        classes, merged = self._weights.classes, self._weights.merged.intercepts
        for number, group in enumerate(classes.group_of):
            own = sum(self._intercept(member, number) for member in MEMBERS)
            shared = sum(self._intercept(member, len(classes.entries) + group) for member in MEMBERS)
            if shared:
                return round((merged[number] - own) / shared, 9)
        return 0.0

    def _intercept(self, member: str, number: int) -> float:
        return float(self._weights.members[member].intercepts[number])
