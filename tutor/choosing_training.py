"""Multiple-choice items of a pack -> what evidence counts for an option, and how sure one may be of a pick.

A pack that gives too few items is learned from items made of its own entries: an example question, the answer, and as
wrong options what tempts and what its neighbours answer.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from tutor.calibrating import logistic
from tutor.choosing import ENOUGH, SIGNALS, Chooser, picked, weigh
from tutor.claims import errors, truths
from tutor.claims_training import ClaimsReader
from tutor.evidence import SIGNS
from tutor.item import Item, seeks_wrong
from tutor.model import Choice, Examples
from tutor.options import Looking, Seen, signals_of
from tutor.router import Router
from tutor.statements import tempting, texts
from tutor.subject import Pack
from tutor.terms import Lexicon
from tutor.weights import Weights
from tutor.wording import counted

_MADE_OF = 3  #: neighbours whose answers are wrong options of a made item
_FOLDS = 10
_PRIOR = 0.2  #: what evidence counts, by its sign, before any item is seen,
_OF_NAMES = 2  #: and how many times that of names, for which other words seldom stand
_LOOSE = {False: 0.02, True: 0.01}  #: how far items may move that: where a stem seeks what holds, and what does not
_SOFTENED = (0.5, 0.7, 1.0)  #: times the sharpness by which the router tells entries apart
_TEXT = 4  #: what an entry's own text counts beside one example
_RARE = 0.02  #: what a token counts for an entry that never has it
_NAME = 1.5  #: what a name of the field counts beside a word
_FAINT = 0.1  #: percent of a belief's tokens below which one is left out

Row = NDArray[np.float64]  #: of each option (rows) each kind of evidence (columns)


@dataclass(frozen=True)
class _Lesson:
    """An item to learn by, and the indexes of its right options."""

    item: Item
    right: frozenset[int]
    entry: str

    @property
    def wrong(self) -> bool:
        """Whether it seeks what does not hold."""
        return seeks_wrong(self.item.stem)


def lesson_of(pack: Pack) -> str:
    """Return a hash of all that *pack* teaches about items beside what the router learns."""
    slots = {name: asdict(slot) for name, slot in pack.slots.items()}
    rules = {name: asdict(decision) for name, decision in pack.decisions.items()}
    held = {name: [truths(entry), list(map(asdict, errors(entry)))] for name, entry in pack.entries.items()}
    said = [texts(pack), held, [asdict(choice) for choice in pack.choices], slots, rules]
    return sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def learn_choices(pack: Pack, weights: Weights, lesson: str) -> str:
    """Return what *pack* teaches about items, with the help of the *weights* learned from it, as JSON; "" if nothing.

    The same pack and weights give the same text. *lesson* is kept beside it.
    """
    lessons = list(_lessons(pack))
    if not lessons:
        return ""
    router = Router(weights)
    known, choices = telling(pack, router.lexicon), pack.choices if len(pack.choices) >= ENOUGH else ()
    told = ClaimsReader(router.lexicon, known)
    even = Chooser(
        lesson,
        known,
        beliefs(pack, router.lexicon),
        told.claims(pack.entries, choices),
        told.stems(choices),
        scales=(),
        holds=(),
        fails=(),
        sharpness=1.0,
        sure={},
    )
    drafted = replace(even, sharpness=_sharpness(pack, router, even, lessons))
    looking = Looking(pack, router, drafted)
    return _fitted(drafted, lessons, [looking.see(one.item, at) for at, one in enumerate(lessons)]).to_json()


def _lessons(pack: Pack) -> Iterator[_Lesson]:
    choices = pack.choices if len(pack.choices) >= ENOUGH else tuple(_made(pack))
    for choice in choices:
        right = frozenset(range(len(choice.right)))
        yield _Lesson(Item(choice.question, (*choice.right, *choice.wrong)), right, choice.entry)


def _made(pack: Pack) -> Iterator[Choice]:
    """Yield an item for each entry with an example question, made of what the pack holds."""
    for name, entry in pack.entries.items():
        asked = [question for _, question in pack.examples.get(name, Examples()).by_style()]
        near = sorted(pack.entries.values(), key=lambda other: (other.topic != entry.topic, other.id))
        others = [other.answer for other in near if other.answer != entry.answer][:_MADE_OF]
        wrong = tuple(filter(None, (tempting(entry)[0], *others)))
        if asked and wrong:
            yield Choice(entry=name, question=asked[0], right=(entry.answer,), wrong=wrong)


def telling(pack: Pack, lexicon: Lexicon) -> dict[str, float]:
    """Return how telling each token is, from 0 to 1 (names up to 1.5): how unevenly entries have it.

    That is 1 less the entropy of the entries that one may think of at the token, as a share of the greatest.
    """
    total: dict[str, list[int]] = {}
    for name, said in texts(pack).items():
        held: Counter[str] = Counter()
        for text in (said["whole"], said["wrong"], said["amends"]):
            held += Counter({token: count * _TEXT for token, count in counted(text, lexicon).items()})
        for _, question in pack.examples.get(name, Examples()).by_style():
            held += Counter(set(counted(question, lexicon)))
        for token, count in held.items():
            total.setdefault(token, []).append(count)
    entries = len(pack.entries)
    found = {token: _unevenness(counts, entries) * (_NAME if token[0] == "#" else 1) for token, counts in total.items()}
    return {token: round(value, 4) for token, value in sorted(found.items()) if value > 0}


def _unevenness(counts: Sequence[int], entries: int) -> float:
    if entries < 2:
        return 1.0
    shares = np.array([*counts, *[0] * (entries - len(counts))]) + _RARE
    shares /= shares.sum()
    return max(0.0, 1 + float((shares * np.log(shares)).sum()) / float(np.log(entries)))


def beliefs(pack: Pack, lexicon: Lexicon) -> dict[str, dict[str, float]]:
    """Return for each entry the tokens of what people wrongly believe about it, in percent of all of them."""
    found = {}
    for name, examples in pack.examples.items():
        tokens = Counter(token for question in examples.belief for token in set(counted(question, lexicon)))
        shares = {token: round(100 * count / tokens.total(), 3) for token, count in sorted(tokens.items())}
        found[name] = {token: share for token, share in shares.items() if share >= _FAINT}
    return found


def _sharpness(pack: Pack, router: Router, chooser: Chooser, lessons: Sequence[_Lesson]) -> float:
    """Return the sharpness of the router's scores under which the entries that decide are likeliest together."""
    base = router.weights.calibration["sharpness"]["entries"]
    likely = []
    for softened in _SOFTENED:
        looking = Looking(pack, router, replace(chooser, sharpness=base * softened))
        heard = [(looking.hear(one.item).likely, router.find(one.entry)) for one in lessons]
        likely.append(sum(float(np.log(shares.get(entry, 0.0) + 1e-3)) for shares, entry in heard if entry is not None))
    return float(base * _SOFTENED[int(np.argmax(likely))])


def _fitted(chooser: Chooser, lessons: Sequence[_Lesson], seen: Sequence[Seen]) -> Chooser:
    rows = [np.array(one.rows, dtype=np.float64) for one in seen]
    centred = [row - row.mean(axis=0) for row in rows]
    scales = np.vstack(centred).std(axis=0)
    scales[scales < 1e-9] = 1.0
    scaled = [row / scales for row in centred]
    everyone = np.arange(len(lessons))
    told, right = [], []
    for fold in range(_FOLDS):
        weights = _weights(lessons, scaled, everyone[everyone % _FOLDS != fold])
        for number in everyone[everyone % _FOLDS == fold]:
            one = lessons[number]
            scores = weigh(seen[number].rows, scales.tolist(), weights[one.wrong].tolist())
            choice = picked(scores, len(one.right))
            told.append(signals_of(seen[number], scores, choice, wrong=one.wrong))
            right.append(frozenset(choice) == one.right)
    weights = _weights(lessons, scaled, everyone)
    return replace(
        chooser,
        scales=_rounded(scales),
        holds=_rounded(weights[False]),
        fails=_rounded(weights[True]),
        sure=logistic(np.array(told), np.array(right, dtype=bool), np.ones(len(right)), SIGNALS),
    )


def _rounded(values: NDArray[np.float64]) -> list[float]:
    return [float(f"{value:.6g}") for value in values]


def _weights(
    lessons: Sequence[_Lesson], rows: Sequence[Row], some: NDArray[np.int64]
) -> Mapping[bool, NDArray[np.float64]]:
    """Return what evidence counts where a stem seeks what holds (False), and where it seeks what does not (True)."""
    found = {}
    for wrong in (False, True):
        chosen = [number for number in some if lessons[number].wrong == wrong]
        differences = [part for number in chosen for part in _differences(rows[number], lessons[number].right)]
        found[wrong] = _fit(differences, signs_for(wrong=wrong), _LOOSE[wrong])
    return found


def signs_for(*, wrong: bool) -> NDArray[np.float64]:
    """Return which way each kind of evidence may count; for what fails, what speaks against an option speaks for it.

    What speaks for an option that holds may count both ways there: it is about the subject, after all.
    """
    signs = np.array(list(SIGNS.values()), dtype=np.float64)
    return np.where(signs < 0, 1.0, 0.0) if wrong else signs


def _differences(rows: Row, right: frozenset[int]) -> Iterator[Row]:
    """Yield for each right option the wrong ones less it."""
    others = [number for number in range(len(rows)) if number not in right]
    if others:
        for number in sorted(right):
            yield rows[others] - rows[number]


def _fit(differences: Sequence[Row], signs: NDArray[np.float64], loose: float) -> NDArray[np.float64]:
    """Return the weights under which each right option is likeliest beside the wrong ones (a conditional logit).

    They keep their signs, and stay near to what each kind of evidence counts beforehand.
    """
    from scipy.optimize import minimize

    prior = signs * _PRIOR * [_OF_NAMES if kind.startswith("names ") else 1 for kind in SIGNS]
    if not differences:
        return prior
    table = np.vstack(differences)
    counts = np.array([len(part) for part in differences])
    starts = np.concatenate([[0], np.cumsum(counts)[:-1]])
    owner = np.repeat(np.arange(len(counts)), counts)

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        scores = table @ weights
        top = np.maximum(np.maximum.reduceat(scores, starts), 0)
        powers = np.exp(scores - top[owner])
        totals = np.exp(-top) + np.add.reduceat(powers, starts)
        away = weights - prior
        slope = table.T @ (powers / totals[owner]) + away / loose
        return float((np.log(totals) + top).sum() + away @ away / (2 * loose)), slope

    bounds = [(0, None) if sign > 0 else (None, 0) if sign < 0 else (None, None) for sign in signs]
    return np.asarray(minimize(loss, prior, jac=True, method="L-BFGS-B", bounds=bounds).x)
