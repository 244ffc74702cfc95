"""Pack -> weights and calibration; the only file that imports scikit-learn.

Two stages of multinomial logistic regression on TF-IDF features: first the group (a topic, a decision, small talk, or
outside), then the entry within its topic. Confidence is calibrated on examples held out from a first fit: of every
entry one whole style, so that it is judged on ways of asking it was not trained on.
"""

import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from tutor.features import LEAST_TEXTS, WEIGHTS, features
from tutor.model import STYLES, Examples
from tutor.scoring import SIGNALS, Scores, score, signals
from tutor.subject import Pack
from tutor.terms import Lexicon
from tutor.text import clean, words
from tutor.weights import Weights

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

_STRENGTH = {"groups": 20.0, "entries": 10.0, "confidence": 1.0}  #: inverse regularisation of each model
_OUTSIDE = 0.4  #: share of questions that no entry answers, as confidence reckons with it
_STEPS = 40
_TOLERANCE = 1e-3


@dataclass(frozen=True)
class _Example:
    text: str
    group: str
    entry: str | None
    held: bool


def train(pack: Pack, told: Callable[[str], None] = lambda _: None) -> Weights:
    """Return what can be learned from *pack*; the same pack gives the same weights. *told* hears of each step.

    Takes about a minute on two cores for a hundred entries with forty examples each.
    """
    lexicon = Lexicon(pack.terms)
    examples = list(_examples(pack))
    cut = [features(clean(example.text), lexicon) for example in examples]
    told("calibrating")
    learned = [index for index, example in enumerate(examples) if not example.held]
    first = _fit([examples[index] for index in learned], [cut[index] for index in learned])
    held = [index for index, example in enumerate(examples) if example.held]
    confidence = _calibrate(first, [(examples[index], cut[index]) for index in held])
    told("learning the examples")
    return _fit(examples, cut, confidence, _known_words(examples))


def _examples(pack: Pack) -> Iterator[_Example]:
    for number, (name, entry) in enumerate(pack.entries.items()):
        for style, question in pack.examples.get(name, Examples()).by_style():
            yield _Example(question, f"topic {entry.topic}", name, style == STYLES[number % len(STYLES)])
        for text in (entry.title, f"{entry.title} {entry.answer} {entry.why}"):
            yield _Example(text, f"topic {entry.topic}", name, held=False)
    for name, openings in pack.openings.items():
        yield from (_Example(question, f"decision {name}", None, held=False) for question in openings)
    for name, talk in pack.talk.items():
        yield from (_Example(question, f"talk {name}", None, held=False) for question in talk.examples)
    for zone, subjects in pack.outside.items():
        for number, questions in enumerate(subjects.values()):
            yield from (_Example(question, f"outside {zone}", None, held=number % 5 == 0) for question in questions)


def _known_words(examples: Iterable[_Example]) -> tuple[str, ...]:
    """Return all words of the examples, the most frequent first, so that a slip is taken for the likeliest word."""
    counted = Counter(word for example in examples for word in words(clean(example.text)))
    return tuple(sorted(counted, key=lambda word: (-counted[word], word)))


def _fit(
    examples: Sequence[_Example],
    cut: Sequence[Any],
    confidence: dict[str, float] | None = None,
    known: Sequence[str] = (),
) -> Weights:
    vocabulary, idf = _vocabulary(cut)
    table = _table(cut, vocabulary, idf)
    groups, group_part = _linear(table, [example.group for example in examples], _STRENGTH["groups"])
    entries, entry_part, group_of = _within(table, examples, groups)
    return Weights(
        vocabulary=vocabulary,
        idf=idf,
        coefficients=np.ascontiguousarray(np.hstack([group_part[:, :-1].T, entry_part[:, :-1].T]), dtype=np.float32),
        intercepts=np.concatenate([group_part[:, -1], entry_part[:, -1]]).astype(np.float32),
        groups=tuple(groups),
        entries=tuple(entries),
        group_of=tuple(group_of),
        confidence=confidence or dict.fromkeys((*SIGNALS, "bias"), 0.0),
        words=tuple(known),
    )


def _vocabulary(cut: Sequence[Any]) -> tuple[dict[str, int], NDArray[np.float32]]:
    from sklearn.feature_extraction.text import TfidfVectorizer

    names: list[str] = []
    idf: list[NDArray[np.float64]] = []
    for block in WEIGHTS:
        learner = TfidfVectorizer(analyzer=_block(block), min_df=LEAST_TEXTS[block]) if _frequent(cut, block) else None
        if learner:
            learner.fit(cut)
            names += [f"{block} {name}" for name in learner.get_feature_names_out()]
            idf.append(learner.idf_)
    return {name: row for row, name in enumerate(names)}, np.concatenate(idf).astype(np.float32)


def _block(block: str) -> Callable[[Any], list[str]]:
    return lambda cut: cut[block]


def _frequent(cut: Sequence[Any], block: str) -> bool:
    seen: dict[str, int] = {}
    for one in cut:
        for name in set(one[block]):
            seen[name] = seen.get(name, 0) + 1
    return any(count >= LEAST_TEXTS[block] for count in seen.values())


def _table(cut: Sequence[Any], vocabulary: dict[str, int], idf: NDArray[np.float32]) -> "csr_matrix":
    from scipy.sparse import csr_matrix

    from tutor.scoring import weigh

    rows = [weigh(one, vocabulary, idf) for one in cut]
    starts = np.cumsum([0, *(len(found) for found, _ in rows)])
    return csr_matrix(
        (np.concatenate([values for _, values in rows]), np.concatenate([found for found, _ in rows]), starts),
        shape=(len(rows), len(vocabulary)),
        dtype=np.float32,
    )


def _linear(table: "csr_matrix", labels: Sequence[str], strength: float) -> tuple[list[str], NDArray[np.float64]]:
    """Return the classes and, a row each, their coefficients with the intercept last."""
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.linear_model import LogisticRegression

    classes = sorted(set(labels))
    if len(classes) == 1:
        return classes, np.zeros((1, table.shape[1] + 1))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # stopping early is part of the recipe: it regularises
        model = LogisticRegression(C=strength, tol=_TOLERANCE, max_iter=_STEPS).fit(table, labels)
    part = np.hstack([model.coef_, model.intercept_[:, None]])
    return list(map(str, model.classes_)), np.vstack([-part / 2, part / 2]) if len(classes) == 2 else part


def _within(
    table: "csr_matrix", examples: Sequence[_Example], groups: list[str]
) -> tuple[list[str], NDArray[np.float64], list[int]]:
    names: list[str] = []
    parts: list[NDArray[np.float64]] = []
    group_of: list[int] = []
    for number, group in enumerate(groups):
        rows = [index for index, example in enumerate(examples) if example.group == group and example.entry]
        if rows:
            labels = [examples[index].entry or "" for index in rows]
            found, part = _linear(table[rows], labels, _STRENGTH["entries"])
            names += found
            parts.append(part)
            group_of += [number] * len(found)
    return names, np.vstack(parts), group_of


def _calibrate(weights: Weights, held: Sequence[tuple[_Example, Any]]) -> dict[str, float]:
    """Learn from held-out examples how often the first entry is right, given the signals of its scores."""
    from sklearn.linear_model import LogisticRegression

    seen: list[list[float]] = []
    right: list[bool] = []
    for example, cut in held:
        scores: Scores = score(cut, weights)
        seen.append(signals(scores))
        right.append(scores.best == example.entry)
    outside = np.array([example.entry is None for example, _ in held])
    if len(set(right)) < 2 or outside.all():
        return dict.fromkeys((*SIGNALS, "bias"), 0.0)
    weight = np.where(outside, _OUTSIDE / (1 - _OUTSIDE) * (~outside).sum() / max(1, outside.sum()), 1.0)
    model = LogisticRegression(C=_STRENGTH["confidence"], max_iter=1000).fit(seen, right, sample_weight=weight)
    return {**dict(zip(SIGNALS, map(float, model.coef_[0]), strict=True)), "bias": float(model.intercept_[0])}
