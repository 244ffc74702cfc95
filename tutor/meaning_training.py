"""Example replies -> what each value of a slot sounds like; learned as questions are, a class a value.

Every value learns against all other replies: those of its slot, those that settle nothing, those of other slots, and
questions. How sure one may be is learned on replies held out.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from tutor.calibrating import least_sure, logistic
from tutor.corpus import Corpus
from tutor.features import features, names_in
from tutor.fitting import MEMBERS, Linear, fit
from tutor.meaning import ENOUGH, MOVES, NOTHING, SIGNALS, likelihood, signals
from tutor.mixing import merge, quantised
from tutor.model import Bars, Decision, Examples, Rule, Slot
from tutor.scoring import Scores
from tutor.subject import UNCLEAR, Pack
from tutor.terms import Lexicon
from tutor.text import clean, words
from tutor.weights import Classes, hashed, packed, table_parts

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

_FOLDS = 4
_ASKED = 3  #: short questions of each entry that stand for what is no reply
_ANYWHERE = "moves"  #: the group of what fits beside any slot


@dataclass(frozen=True)
class _Example:
    """A text beside the question of a slot, and what it means: a value or a move; None where it settles nothing.

    *held* says what it is held out as, to learn how sure one may be: a reply, or a question that may say it already.
    """

    text: str
    slot: str
    label: str | None
    held: Literal["reply", "question"] | None = None


def lesson_of(pack: Pack) -> str:
    """Return a hash of all that *pack* teaches about replies."""
    said = [(one.text, one.slot, one.label, one.held) for one in _examples(pack)]
    spellings = sorted(Lexicon.of(pack.terms).spellings.items())
    return sha256(
        json.dumps([said, spellings, pack.about.bars.misread, pack.about.bars.overheard]).encode()
    ).hexdigest()


def learn_meanings(pack: Pack, lesson: str) -> bytes:
    """Return the weights by which replies are understood, under the key *lesson*; none where too few are given."""
    from threadpoolctl import threadpool_limits

    examples = list(_examples(pack))
    if sum(one.held == "reply" for one in examples) < ENOUGH:
        return b""
    lexicon = Lexicon.of(pack.terms)
    cut = [features(clean(one.text), lexicon) for one in examples]
    learning = _Learning(examples, Corpus(cut), _classes(pack), [names_in(one) for one in cut], lexicon)
    with threadpool_limits(limits=1):
        return _packed(learning, _calibrated(learning, pack.about.bars), lesson)


def _spoken(pack: Pack) -> dict[str, Slot]:
    """Return the slots of which example replies are given: of others only phrases count."""
    return {name: slot for name, slot in pack.slots.items() if pack.replies.get(name)}


def _examples(pack: Pack) -> Iterator[_Example]:
    for name, slot in _spoken(pack).items():
        for value, said in slot.values.items():
            for text in dict.fromkeys((said.label, *said.phrases, *said.replies)):
                yield _Example(text, name, f"{name} {value}")
        for value, replies in pack.replies.get(name, {}).items():
            for text in replies:
                yield _Example(text, name, NOTHING if value == UNCLEAR else f"{name} {value}", "reply")
    yield from _scenarios(pack)
    yield from _anywhere(pack)


def _anywhere(pack: Pack) -> Iterator[_Example]:
    """Yield what can be said beside any slot, each beside one: moves, what is beside the point, and other questions."""
    slots = sorted(_spoken(pack))
    texts = [(f"move {move}" if move in MOVES else NOTHING, text) for move, said in pack.moves.items() for text in said]
    for number, (label, text) in enumerate(texts if slots else ()):
        yield _Example(text, slots[number % len(slots)], label, "reply")
    for number, (_, asked) in enumerate(sorted(pack.examples.items()) if slots else ()):
        for count, text in enumerate(asked.short[:_ASKED]):
            yield _Example(text, slots[(number + count) % len(slots)], None)


def _scenarios(pack: Pack) -> Iterator[_Example]:
    """Yield questions that say a value already, and openings that leave it open.

    Those about an outcome say, in other words, each value that leads there and nowhere else.
    """
    for decision in pack.decisions.values():
        for slot in (name for name in decision.slots if name in _spoken(pack)):
            yield from (_Example(text, slot, None, "question") for text in pack.openings.get(decision.id, ()))
        for rule in decision.rules:
            asked = pack.examples.get(rule.outcome, Examples())
            for slot, values in rule.when.items() if _leads_alone(decision, rule) else ():
                if slot not in _spoken(pack):
                    continue
                for text in (*asked.scenario, *asked.symptom) if len(values) == 1 else ():
                    yield _Example(text, slot, f"{slot} {values[0]}", "question")


def _leads_alone(decision: Decision, rule: Rule) -> bool:
    """Whether no other rule of *decision* has the outcome of *rule*."""
    return sum(other.outcome == rule.outcome for other in decision.rules) == 1


def _classes(pack: Pack) -> Classes:
    slots = sorted(_spoken(pack))
    named = [(f"{slot} {value}", slots.index(slot)) for slot in slots for value in pack.slots[slot].values]
    named += [(f"move {move}", len(slots)) for move in MOVES if pack.moves.get(move)]
    named.append((NOTHING, len(slots) + 1))
    groups = (*(f"slot {slot}" for slot in slots), _ANYWHERE, NOTHING)
    return Classes(tuple(name for name, _ in named), groups, tuple(group for _, group in named))


@dataclass(frozen=True)
class _Learning:
    examples: list[_Example]
    corpus: Corpus
    classes: Classes
    names: list[int]
    lexicon: Lexicon

    def model(self, rows: NDArray[np.int64], table: "csr_matrix") -> Linear:
        """Return the model of all values, learned from the texts *rows*."""
        members = fit(table[rows], [self.examples[row].label for row in rows], self.classes.entries)
        return merge(members, dict.fromkeys(MEMBERS, 1 / len(MEMBERS)))

    @property
    def nothing(self) -> int:
        """The class of what settles nothing."""
        return self.classes.entries.index(NOTHING)

    def numbers(self, one: _Example) -> list[int]:
        """Return the classes that *one* may mean: values of its slot, and moves if it is a reply."""
        groups = (f"slot {one.slot}", _ANYWHERE) if one.held == "reply" else (f"slot {one.slot}",)
        owners = {self.classes.groups.index(group) for group in groups}
        return [number for number, group in enumerate(self.classes.group_of) if group in owners]


@dataclass(frozen=True)
class _Seen:
    """A text held out: what it is, what is told of its best value, and whether that is right."""

    held: str | None
    told: list[float]
    right: bool


def _calibrated(learning: _Learning, bars: Bars) -> dict[str, dict[str, float]]:
    """Return for replies and for questions how sure one may be, and the bar that keeps what *bars* promise.

    Replies may be misread more often than questions: they are short, and the answer shows what was taken from them.
    """
    seen = [one for fold in range(_FOLDS) for one in _hold_out(learning, fold)]
    calibration: dict[str, dict[str, float]] = {"bars": {}}
    for held, wrong in (("reply", bars.misread), ("question", bars.overheard)):
        told = np.array([one.told for one in seen if one.held == held])
        right = np.array([one.right for one in seen if one.held == held], dtype=bool)
        calibration[held], calibration["bars"][held] = _fitted(told, right, wrong)
    return calibration


def _fitted(told: NDArray[np.float64], right: NDArray[np.bool_], misread: float) -> tuple[dict[str, float], float]:
    if not right.any() or right.all():
        return dict.fromkeys((*SIGNALS, "bias"), 0.0), 1.0
    even = np.ones(len(right))
    fitted = logistic(told, right, even, SIGNALS)
    sure = np.array([likelihood(one, fitted) for one in told])
    return fitted, least_sure(sure, right, even, misread)


def _hold_out(learning: _Learning, fold: int) -> Iterator[_Seen]:
    """Yield what is told of every text held out in *fold* by all others."""
    places = [number for number, one in enumerate(learning.examples) if one.held]
    away = np.zeros(len(learning.examples), dtype=bool)
    away[places[fold::_FOLDS]] = True
    rows = np.flatnonzero(~away)
    vocabulary = learning.corpus.learn(rows)
    table = learning.corpus.table(vocabulary)
    known, mass = learning.corpus.known(vocabulary)
    scored = learning.model(rows, table).scores(table[np.flatnonzero(away)])
    for row, scores in zip(np.flatnonzero(away), scored, strict=True):
        one = learning.examples[row]
        numbers = learning.numbers(one)
        length = learning.corpus.length(int(row))
        seen = Scores(learning.classes, scores, [], [], known[row], mass[row], learning.names[row], length)
        best = max(numbers, key=lambda number: scores[number])
        yield _Seen(one.held, signals(seen, numbers, learning.nothing), learning.classes.entries[best] == one.label)


def _packed(learning: _Learning, calibration: dict[str, dict[str, float]], lesson: str) -> bytes:
    rows = np.arange(len(learning.examples))
    vocabulary = learning.corpus.learn(rows)
    model = learning.model(rows, learning.corpus.table(vocabulary))
    hashes = np.array([hashed(learning.corpus.names[column]) for column in vocabulary.columns], dtype=np.uint64)
    order = np.argsort(hashes, kind="stable")
    known = sorted({word for one in learning.examples for word in words(clean(one.text))})
    parts = {
        "hashes": ("Q", hashes[order].tobytes()),
        "idf": ("f", vocabulary.idf[order].tobytes()),
        **dict(table_parts("merged", quantised(model, order))),
        "words": ("B", "\n".join(known).encode()),
        "names": ("B", json.dumps(learning.lexicon.spellings, ensure_ascii=False).encode()),
        "extra": ("B", b""),
        "meanings": ("B", b""),
    }
    classes = learning.classes
    about = {"key": lesson, "lesson": lesson, "entries": classes.entries, "groups": (), "group_of": ()}
    return packed({**about, "calibration": calibration}, parts)
