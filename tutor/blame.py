"""Which features and which words of a text speak for an entry, and how strongly: the sum of a score taken apart."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from tutor.features import Features, features
from tutor.forms import forms
from tutor.router import Router
from tutor.scoring import Scores
from tutor.terms import Found
from tutor.text import words
from tutor.weights import Table

Feature = tuple[str, str]  #: its block, and what it is in that block

_FRAME = 3  #: words in a phrase that shows the form of a question


@dataclass(frozen=True)
class Part:
    """A feature of a text and what it adds to a score, below 0 what it takes away."""

    block: str
    feature: str
    weight: float


@dataclass(frozen=True)
class Reading:
    """A clean text as the router reads it: its words as written (*said*) and as mended (*read*), names, and scores.

    *features* are those that were learned, by their row.
    """

    said: tuple[str, ...]
    read: tuple[str, ...]
    names: tuple[Found, ...]
    cut: Features
    scores: Scores
    features: Mapping[int, Feature]


def read(router: Router, text: str) -> Reading:
    """Return how *router* reads a clean *text*."""
    said = words(text)
    mended = tuple(map(router.repaired, said))
    cut = features(text, router.lexicon, router.repaired)
    rows = {
        router.scorer.row(block, feature): (block, feature) for block, found in cut.items() for feature in set(found)
    }
    rows.pop(-1, None)
    return Reading(said, mended, tuple(router.lexicon.find(mended)), cut, router.scorer.score(cut), rows)


def parts(reading: Reading, table: Table, number: int) -> list[Part]:
    """Return what each feature adds to the score of class *number* by *table*; with its intercept, they are the score.

    The strongest for the class come first, the strongest against it last; features without weight are left out.
    """
    found = [
        Part(*reading.features[row], value * table.scales[row] * held)
        for row, value in reading.scores.weighed
        if (held := cell(table, row, number))
    ]
    return sorted(found, key=lambda part: (-part.weight, part.block, part.feature))


def blame(reading: Reading, found: Iterable[Part]) -> dict[str, float]:
    """Return what each word of the text adds to a score whose *parts* were found, in the order of the text.

    A feature of several words counts evenly for each of them, one of no word (the bounds of the text) for all.
    """
    weights = dict.fromkeys(reading.said, 0.0)
    sources, everywhere = origins(reading), range(len(reading.said))
    for part in found:
        places = sources.get((part.block, part.feature)) or everywhere
        for place in places:
            weights[reading.said[place]] += part.weight / len(places)
    return weights


def origins(reading: Reading) -> dict[Feature, list[int]]:
    """Return for each feature the places of the words that it comes from, each as often as it does."""
    found: defaultdict[Feature, list[int]] = defaultdict(list)
    _from_stems(found, reading.cut["stem"])
    _from_letters(found, reading.read, frozenset(reading.cut["letters"]))
    _from_names(found, reading)
    return found


def cell(table: Table, row: int, column: int) -> int:
    """Return the value of *table* for the feature in *row* and the class *column*; 0 where it has none."""
    last = table.starts[row + 1]
    at = bisect_left(table.columns, column, table.starts[row], last)
    return table.values[at] if at < last and table.columns[at] == column else 0


def _from_stems(found: dict[Feature, list[int]], stems: Sequence[str]) -> None:
    """Take stems, pairs and skips; the first and the last stem are the bounds of the text, not words."""
    for block, gap in (("stem", 0), ("pair", 1), ("skip", 2), ("skip", 3)):
        for start, (first, second) in enumerate(zip(stems, stems[gap:], strict=False)):
            feature = f"{first} {second}" if gap else first
            found[block, feature] += [at - 1 for at in sorted({start, start + gap}) if 0 < at < len(stems) - 1]


def _from_letters(found: dict[Feature, list[int]], said: Sequence[str], runs: frozenset[str]) -> None:
    sizes = {len(run) for run in runs}
    for place, word in enumerate(said):
        framed = f" {word} "
        for size in sizes:
            for start in range(len(framed) - size + 1):
                run = framed[start : start + size]
                if run in runs:
                    found["letters", run].append(place)


def _from_names(found: dict[Feature, list[int]], reading: Reading) -> None:
    """Take names, two of them, forms, and a name with a form: each comes from all words that it covers."""
    names: defaultdict[str, list[int]] = defaultdict(list)
    for name in reading.names:
        names[name.term] += range(name.start, name.end)
    for term, places in names.items():
        found["name", term] = places
    for (first, places), (second, others) in combinations(sorted(names.items()), 2):
        found["name", f"{first} & {second}"] = [*places, *others]
    for form, shown in _forms(reading.read).items():
        found["name", f"? {form}"] = shown
        for term, places in names.items():
            found["name", f"{term} ? {form}"] = [*places, *shown]


def _forms(said: Sequence[str]) -> dict[str, list[int]]:
    """Return the places of the words that show each form: of the shortest phrases that do."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    for size in range(1, _FRAME + 1):
        for start in range(len(said) - size + 1):
            phrase = said[start : start + size]
            for form in {*forms(phrase)} - {*forms(phrase[1:]), *forms(phrase[:-1])}:
                found[form].update(range(start, start + size))
    return {form: sorted(places) for form, places in found.items()}
