"""What would nobody miss? Rules, entries and groups of examples are left out one at a time, and the tests looked at.

The tests are questions with gold and dialogues of simulated learners. A question misses what is left out when its first
candidate is gold no more; a dialogue when it ended well and would not. What was wrong before misses nothing.

A group of examples is what an entry has in one style; `relearning` says how the scores change without it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import repeat
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tutor.answers import framing
from tutor.decision import Filled, branches, cases, rule_of, settled
from tutor.evaluation import Gold
from tutor.model import STYLES, Decision, Rule, Slot
from tutor.relearning import Change, Relearning
from tutor.reply import Answer
from tutor.router import Router
from tutor.simulation import Simulated, why_missed
from tutor.subject import Pack
from tutor.text import clean
from tutor.weights import Classes, Weights

Scores = NDArray[np.float64]  #: a row a text, a column an entry

_EVERY = 25  #: groups of examples between two words of progress


@dataclass(frozen=True)
class Part:
    """The parts of one kind that were left out, and those of them that no test would miss."""

    names: tuple[str, ...]
    unmissed: tuple[str, ...]


@dataclass(frozen=True)
class Ablation:
    """What the *questions* inside and the *dialogues* that end well would not miss, by kind of part."""

    questions: int
    dialogues: int
    parts: Mapping[str, Part]

    def to_dict(self) -> dict[str, Any]:
        """Return it as JSON can hold it."""
        parts = {kind: {"count": len(part.names), "unmissed": [*part.unmissed]} for kind, part in self.parts.items()}
        return {"questions": self.questions, "dialogues": self.dialogues, **parts}


def ablate(
    pack: Pack,
    weights: Weights,
    golds: Iterable[Gold],
    dialogues: Iterable[Simulated],
    told: Callable[[str], None] = lambda _: None,
) -> Ablation:
    """Return what none of the tests would miss of *pack*, with its examples, from which *weights* were learned.

    *told* hears of progress. Takes about half a second for each group of examples of a large pack.
    """
    inside = [gold for gold in golds if gold.scope == "in"]
    won = [one for one in dialogues if one.success]
    texts = _Texts.of(inside, won, Router(weights))
    parts = {"rules": _rules(pack, won), "entries": _entries(pack, texts, won), "examples": _groups(pack, texts, told)}
    return Ablation(len(inside), len(won), parts)


def _part(found: Iterable[tuple[str, bool]]) -> Part:
    known = list(found)
    return Part(tuple(name for name, _ in known), tuple(name for name, missed in known if not missed))


def _rules(pack: Pack, won: Sequence[Simulated]) -> Part:
    return _part(
        (name, any(_misses_rule(pack, one, decision, without) for one in won))
        for decision in pack.decisions.values()
        for name, without in _without_a_rule(decision)
    )


def _without_a_rule(decision: Decision) -> Iterator[tuple[str, Decision]]:
    """Yield the name of each rule, and *decision* without it."""
    for number in range(len(decision.rules)):
        yield f"{decision.id} {number + 1}", replace(decision, rules=_but(decision.rules, number))
    for number in range(len(decision.partial)):
        yield f"{decision.id} partial {number + 1}", replace(decision, partial=_but(decision.partial, number))


def _but(rules: tuple[Rule, ...], number: int) -> tuple[Rule, ...]:
    return (*rules[:number], *rules[number + 1 :])


def _misses_rule(pack: Pack, one: Simulated, decision: Decision, without: Decision) -> bool:
    """Say whether the last answer of a dialogue came of *decision* and cannot come of it *without* a rule."""
    answer = _answer(one)
    if not answer or not one.end or one.end.dialogue.decision != decision.id:
        return False
    known = one.end.dialogue.values
    if not answer.branches:
        return bool(settled(decision, pack.slots, known)) and not _decided(without, pack.slots, known)
    frame, left = framing(without, known), {branch.rule.outcome for branch in branches(without, pack.slots, known)}
    framed = answer.entry in one.learner.ends and frame not in one.learner.ends
    return framed or bool(why_missed(one.learner, frame, left))


def _decided(decision: Decision, slots: Mapping[str, Slot], known: Filled) -> bool:
    """Say whether a rule decides some case that *known* leaves possible."""
    return any(rule_of(decision, case) for case in cases(decision, slots, known))


def _answer(one: Simulated) -> Answer | None:
    return one.end.reply if one.end and isinstance(one.end.reply, Answer) else None


def _entries(pack: Pack, texts: "_Texts", won: Sequence[Simulated]) -> Part:
    return _part((name, texts.miss(name) or any(_misses_entry(one, name) for one in won)) for name in pack.entries)


def _misses_entry(one: Simulated, entry: str) -> bool:
    answer = _answer(one)
    if not answer:
        return False
    left = {way.entry for way in answer.branches} - {entry}
    return bool(why_missed(one.learner, None if answer.entry == entry else answer.entry, left))


@dataclass(frozen=True)
class _Texts:
    """Texts that are routed, a row each: their features, the scores of entries, and which entries are gold."""

    router: Router
    row: NDArray[np.int64]
    feature: NDArray[np.int64]
    value: NDArray[np.float64]
    scores: Scores
    gold: NDArray[np.bool_]

    @classmethod
    def of(cls, golds: Iterable[Gold], won: Iterable[Simulated], router: Router) -> "_Texts":
        wanted = [(gold.question, gold.entries) for gold in golds] + [said for one in won for said in _answered(one)]
        entries = router.weights.classes.entries
        scored = [router.scores(clean(text)) for text, _ in wanted]
        weighed = [pair for one in scored for pair in one.weighed]
        return cls(
            router,
            np.repeat(np.arange(len(scored)), [len(one.weighed) for one in scored]),
            np.array([at for at, _ in weighed], dtype=np.int64),
            np.array([value for _, value in weighed], dtype=np.float64),
            np.array([one.entries for one in scored], dtype=np.float64).reshape(len(scored), len(entries)),
            np.array([[name in gold for name in entries] for _, gold in wanted], dtype=np.bool_).reshape(
                len(scored), len(entries)
            ),
        )

    @cached_property
    def _right(self) -> NDArray[np.bool_]:
        return self._first_is_gold(self.scores)

    def _first_is_gold(self, scores: Scores) -> NDArray[np.bool_]:
        return np.asarray(self.gold[np.arange(len(scores)), scores.argmax(axis=1)])

    def lost(self, scores: Scores) -> bool:
        """Say whether some text whose first candidate is gold has another one by these *scores*."""
        return bool((self._right & ~self._first_is_gold(scores)).any())

    def miss(self, entry: str) -> bool:
        """Say whether some text would lose its gold first candidate without *entry*."""
        return self.lost(_others(self.scores, self._classes.entries.index(entry)))

    def without(self, entry: str, changes: tuple[Change, Change]) -> Scores:
        """Return the scores after *changes* of those of *entry*, and of every entry of its topic."""
        own, topic = changes
        scores, owners = self.scores.copy(), np.array(self._classes.group_of)
        number = self._classes.entries.index(entry)
        scores[:, owners == owners[number]] += self._added(topic)[:, None]
        scores[:, number] += self._added(own)
        return scores

    def rivals(self, entry: str, scores: Scores) -> list[str]:
        """Return the entries that come nearest where by *scores* a gold *entry* has lost more than half of its lead."""
        number = self._classes.entries.index(entry)
        if len(self._classes.entries) == 1:
            return []
        before, after = _others(self.scores, number), _others(scores, number)
        lead, left = self.scores[:, number] - before.max(axis=1), scores[:, number] - after.max(axis=1)
        shaken = self.gold[:, number] & (lead > 0) & (left < lead / 2)
        return [self._classes.entries[rival] for rival in np.unique(after[shaken].argmax(axis=1))]

    def raised(self, scores: Scores, rival: str, changes: tuple[Change, Change]) -> Scores:
        """Return *scores* after *changes* of that of *rival*: by its own model and by its topic's."""
        raised = scores.copy()
        raised[:, self._classes.entries.index(rival)] += sum(map(self._added, changes))
        return raised

    @property
    def _classes(self) -> Classes:
        return self.router.weights.classes

    def _added(self, change: Change) -> NDArray[np.float64]:
        """Return what *change* adds to a score of every text."""
        parts = self.value * change.features[self.feature]
        return np.asarray(np.bincount(self.row, weights=parts, minlength=len(self.scores)) + change.once, np.float64)


def _others(scores: Scores, number: int) -> Scores:
    """Return *scores* in which the entry *number* has no chance."""
    others = scores.copy()
    others[:, number] = -np.inf
    return others


def _answered(one: Simulated) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield what a learner said that was answered with its first candidate: it is a question with this gold."""
    for exchange in one.exchanges:
        turn = exchange.turn
        if turn and isinstance(turn.reply, Answer) and turn.candidates:
            first = turn.candidates[0].entry
            if first == turn.reply.entry:
                yield exchange.said, frozenset({first})


def _groups(pack: Pack, texts: _Texts, told: Callable[[str], None]) -> Part:
    groups = [
        (name, style, frozenset(asked))
        for name, examples in pack.examples.items()
        for style in STYLES
        if (asked := getattr(examples, style))
    ]
    missing = (
        _missing(groups, Relearning(pack, texts.router.weights), texts, told) if len(texts.scores) else repeat(False)
    )
    return _part(zip((f"{name} {style}" for name, style, _ in groups), missing, strict=False))


def _missing(
    groups: Sequence[tuple[str, str, frozenset[str]]],
    relearning: Relearning,
    texts: _Texts,
    told: Callable[[str], None],
) -> Iterator[bool]:
    """Yield for each group whether some text would lose its gold first candidate without it."""
    for count, (name, _, asked) in enumerate(groups):
        if count % _EVERY == 0:
            told(f"examples: {count} of {len(groups)} groups")
        scores = texts.without(name, relearning.without(name, asked))
        yield texts.lost(scores) or any(
            texts.lost(texts.raised(scores, rival, relearning.without(name, asked, of=rival)))
            for rival in texts.rivals(name, scores)
        )
