"""Pack -> weights and calibration; with `fitting`, `calibrating` and `corpus` all that needs scikit-learn and scipy.

Every class (an entry, or a group: a topic, a decision, small talk, what is outside) learns against all others, twice:
as a logistic regression stopped early, which needs few examples, and as a margin classifier, which makes the most of
many (`fitting`). How the two are mixed, and how sure the mixture may be, is learned on questions held out: of every
entry one whole style, and whole topics of which the rest knew nothing (`mixing`, `calibrating`).
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from tutor.calibrating import Held, Promises, calibrate
from tutor.corpus import Corpus
from tutor.features import features, names_in
from tutor.fitting import MEMBERS, Linear, fit
from tutor.mixing import Mix, Scored, Stage, choose_mix, join, merge, quantised
from tutor.model import STYLES, Examples
from tutor.scoring import Scores
from tutor.subject import Pack
from tutor.terms import Lexicon
from tutor.text import clean, words
from tutor.weights import Classes, Weights, hashed, packed, read_weights, table_parts

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

_FOLDS = 3
_MANY = 20_000_000  #: texts times classes from which one fold is enough, and all that there is time for
_CELLS = 3_000_000  #: texts times classes that a fold looks at
_TOPICS_LEFT = 6  #: every so many topics, one is left out of a fold
_SPARED = 5  #: every so many questions, one is held out where there are no styles
_ABSENT = -10.0  #: the score of a class that a fold knows nothing of


@dataclass(frozen=True)
class Example:
    """One text to learn from: its group, its entry if it has one, and in which folds it is held out or left out."""

    text: str
    group: str
    entry: str | None
    held: frozenset[int] = frozenset()
    left: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Label:
    """What weights belong to: the *key* of a pack, the *lesson* it teaches; and what is kept beside them.

    That is an *extra* text and the *meanings* of replies, a file of weights of their own.
    """

    key: str = ""
    lesson: str = ""
    extra: str = ""
    meanings: bytes = b""


def train(pack: Pack, told: Callable[[str], None] = lambda _: None, *, label: Label = Label()) -> Weights:
    """Return what can be learned from *pack*, with *label* on it; the same pack gives the same bytes.

    *told* hears of each step. Takes about two minutes for a hundred entries with seventy examples each.
    """
    from threadpoolctl import threadpool_limits

    lexicon = Lexicon.of(pack.terms)
    examples = list(examples_of(pack))
    cut = [features(clean(example.text), lexicon) for example in examples]
    classes = classes_of(pack, examples)
    learning = _Learning(examples, Corpus(cut), classes, [names_in(one) for one in cut], lexicon)
    with threadpool_limits(limits=1):
        told("calibrating")
        mix, calibration = _calibrated(learning, _promises(pack))
        told("learning the examples")
        return _learned(learning, mix, calibration, _known_words(examples), label)


def lesson_of(pack: Pack) -> str:
    """Return a hash of all that *pack* teaches by: packs with the same one learn the same weights."""
    spellings = sorted(Lexicon.of(pack.terms).spellings.items())
    taught = [(one.text, one.group, one.entry, sorted(one.held), sorted(one.left)) for one in examples_of(pack)]
    said = json.dumps([taught, spellings, asdict(_promises(pack))])
    return sha256(said.encode()).hexdigest()


def _promises(pack: Pack) -> Promises:
    bars = pack.about.bars
    return Promises(bars.wrong, bars.coverage, bars.outside)


def examples_of(pack: Pack) -> Iterator[Example]:
    """Yield every text that a pack teaches by."""
    topics = sorted(pack.topics)
    for number, (name, entry) in enumerate(pack.entries.items()):
        group, place = f"topic {entry.topic}", topics.index(entry.topic)
        left = frozenset(fold for fold in range(_FOLDS) if len(topics) > 1 and place % _TOPICS_LEFT == fold)
        asked = list(pack.examples.get(name, Examples()).by_style())
        several = len({style for style, _ in asked}) > 1
        for count, (style, question) in enumerate(asked):
            turn = (STYLES.index(style) - number) % len(STYLES) if several else (count + number) % _SPARED
            yield Example(question, group, name, frozenset({turn} - left), left)
        for text in (entry.title, f"{entry.title} {entry.answer} {entry.why}"):
            yield Example(text, group, name, left=left)
    others = [(f"decision {name}", list(openings)) for name, openings in pack.openings.items()]
    others += [(f"talk {name}", list(talk.examples)) for name, talk in pack.talk.items()]
    for group, questions in others:
        for count, question in enumerate(questions):
            yield Example(question, group, None, frozenset({count % _SPARED}))
    for zone, subjects in pack.outside.items():
        several = len(subjects) > _SPARED
        for place, said in enumerate(subjects.values()):
            for count, question in enumerate(said):
                turn = place if several else count
                yield Example(question, f"outside {zone}", None, frozenset({turn % _SPARED}))


def classes_of(pack: Pack, examples: Iterable[Example]) -> Classes:
    """Return the classes that *examples* teach, in alphabetical order."""
    entries = sorted(pack.entries)
    groups = sorted({example.group for example in examples})
    return Classes(
        tuple(entries), tuple(groups), tuple(groups.index(f"topic {pack.entries[name].topic}") for name in entries)
    )


def _known_words(examples: Iterable[Example]) -> tuple[str, ...]:
    """Return all words of the examples, the most frequent first, so that a slip is taken for the likeliest word."""
    counted = Counter(word for example in examples for word in words(clean(example.text)))
    return tuple(sorted(counted, key=lambda word: (-counted[word], word)))


@dataclass(frozen=True)
class _Learning:
    examples: list[Example]
    corpus: Corpus
    classes: Classes
    names: list[int]
    lexicon: Lexicon

    def one_to_one(self) -> bool:
        """Whether every entry has a topic of its own, so that one model serves for both."""
        topics = sum(name.startswith("topic ") for name in self.classes.groups)
        return topics == len(self.classes.entries)


@dataclass(frozen=True)
class _Models:
    entries: dict[str, Linear]
    groups: dict[str, Linear]


def _models(learning: _Learning, table: "csr_matrix", rows: NDArray[np.int64]) -> _Models:
    """Return every member's model of entries and of groups, learned from the texts *rows*."""
    chosen = [learning.examples[row] for row in rows]
    some, classes = table[rows], learning.classes
    groups = fit(some, [one.group for one in chosen], classes.groups)
    if learning.one_to_one():
        owners = list(classes.group_of)
        own = {name: Linear(part.coefficients[owners], part.intercepts[owners]) for name, part in groups.items()}
        return _Models(own, groups)
    return _Models(fit(some, [one.entry for one in chosen], classes.entries), groups)


def _calibrated(learning: _Learning, promises: Promises) -> tuple[Mix, dict[str, dict[str, float]]]:
    tried = 1 if len(learning.examples) * len(learning.classes.groups) > _MANY else _FOLDS
    folds = [fold for fold in (_fold(learning, number) for number in range(tried)) if fold]
    if not folds:
        none = dict.fromkeys(MEMBERS, np.zeros((0, 0)))
        return choose_mix(Stage(none, none), [], []), calibrate([], promises)
    stage = Stage(*({name: np.vstack([getattr(fold.stage, part)[name] for fold in folds]) for name in MEMBERS}
                    for part in ("entries", "groups")))  # fmt: skip
    said = [one for fold in folds for one in fold.said]
    right = [learning.classes.entries.index(one.entry) if one.entry and not one.left_out else -1 for one in said]
    inside = np.flatnonzero(np.array(right) >= 0)
    known = Stage(*({name: part[inside] for name, part in parts.items()} for parts in (stage.entries, stage.groups)))
    mix = choose_mix(known, [right[row] for row in inside], learning.classes.group_of)
    entries, groups = mix.scores(stage, learning.classes.group_of)
    held = [one.held(learning.classes, entries[row], groups[row]) for row, one in enumerate(said)]
    return mix, calibrate(held, promises)


@dataclass(frozen=True)
class _Said:
    """A text as a fold sees it that has not learned it."""

    group: str
    entry: str | None
    left_out: bool
    known: float
    mass: float
    names: int
    length: int
    absent: frozenset[str]

    def held(self, classes: Classes, entries: NDArray[np.float64], groups: NDArray[np.float64]) -> Held:
        gone = [name in self.absent for name in classes.groups]
        shown = np.where(gone, _ABSENT, groups)
        rest = np.where([gone[number] for number in classes.group_of], _ABSENT, entries)
        scores = Scores(
            classes, rest.tolist(), shown.tolist(), [], self.known, self.mass, self.names, self.length
        )  # fmt: skip
        entry = classes.entries.index(self.entry) if self.entry and not self.left_out else None
        group = None if self.left_out else classes.groups.index(self.group)
        return Held(scores, group, entry, self.left_out)


@dataclass(frozen=True)
class _Fold:
    stage: Stage
    said: list[_Said]


def _fold(learning: _Learning, number: int) -> _Fold | None:
    """Learn without what fold *number* holds out, and look at that; None when it holds out nothing or all."""
    away = np.array([number in one.held or number in one.left for one in learning.examples])
    rows, spared = np.flatnonzero(~away), np.flatnonzero(away)
    if not len(rows) or not len(spared):
        return None
    spared = _thinned(spared, _CELLS // len((*learning.classes.entries, *learning.classes.groups)))
    vocabulary = learning.corpus.learn(rows)
    table = learning.corpus.table(vocabulary)
    known, mass = learning.corpus.known(vocabulary)
    models = _models(learning, table, rows)
    absent = frozenset({one.group for one in learning.examples} - {learning.examples[row].group for row in rows})
    said = [
        _Said(one.group, one.entry, number in one.left, known[row], mass[row], learning.names[row],
              learning.corpus.length(int(row)), absent)
        for row in spared
        for one in [learning.examples[row]]
    ]  # fmt: skip
    return _Fold(Stage(_scored(models.entries, table[spared]), _scored(models.groups, table[spared])), said)


def _thinned(rows: NDArray[np.int64], most: int) -> NDArray[np.int64]:
    """Return *rows*, or *most* of them from beginning to end where there are more."""
    return rows if len(rows) <= most else rows[np.linspace(0, len(rows) - 1, most).astype(np.int64)]


def _scored(models: dict[str, Linear], table: "csr_matrix") -> dict[str, Scored]:
    return {name: model.scores(table) for name, model in models.items()}


def _learned(
    learning: _Learning,
    mix: Mix,
    calibration: dict[str, dict[str, float]],
    known: Sequence[str],
    label: Label,
) -> Weights:
    rows = np.arange(len(learning.examples))
    vocabulary = learning.corpus.learn(rows)
    models = _models(learning, learning.corpus.table(vocabulary), rows)
    classes = learning.classes
    hashes = np.array([hashed(learning.corpus.names[column]) for column in vocabulary.columns], dtype=np.uint64)
    order = np.argsort(hashes, kind="stable")
    entries, groups = merge(models.entries, mix.entries), merge(models.groups, mix.groups)
    tables = {"merged": join(entries, groups, mix.topic, classes.group_of)}
    for name in MEMBERS:
        own, shared = merge({name: models.entries[name]}, mix.entries), merge({name: models.groups[name]}, mix.groups)
        tables[name] = join(own, shared, 0.0, classes.group_of)
    parts = {
        "hashes": ("Q", hashes[order].tobytes()),
        "idf": ("f", vocabulary.idf[order].tobytes()),
        **{part: said for name, model in tables.items() for part, said in table_parts(name, quantised(model, order))},
        "words": ("B", "\n".join(known).encode()),
        "names": ("B", json.dumps(learning.lexicon.spellings, ensure_ascii=False).encode()),
        "extra": ("B", label.extra.encode()),
        "meanings": ("B", label.meanings),
    }
    about = {
        "key": label.key,
        "lesson": label.lesson,
        "entries": classes.entries,
        "groups": classes.groups,
        "group_of": classes.group_of,
    }
    weights = read_weights(packed({**about, "calibration": calibration, "topic": mix.topic}, parts))
    assert weights is not None
    return weights
