"""What the router sees of a text: stems, pairs of them, letter runs in words, and names of the field."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import combinations, pairwise

from tutor.forms import forms
from tutor.terms import Lexicon
from tutor.text import stem, words

Features = Mapping[str, list[str]]  #: block -> its features, repeated as often as they occur

# What each block counts for (chosen on styles held out, see benchmarks/README.md), and in how many texts a feature must
# occur to be learned.
WEIGHTS: dict[str, float] = {"stem": 1.0, "pair": 0.7, "skip": 0.5, "letters": 0.7, "name": 0.3}
LEAST_TEXTS: dict[str, int] = {"stem": 1, "pair": 2, "skip": 2, "letters": 2, "name": 1}
WORDS = "stem"  #: the block whose unknown features count too
_RUN = 4  #: letters in one run, word bounds included


def features(text: str, lexicon: Lexicon, repaired: Callable[[str], str] | None = None) -> Features:
    """Return the features of a clean *text*, block by block; *repaired* may mend each word first."""
    said = words(text)
    if repaired:
        said = tuple(map(repaired, said))
    stems = ["<", *map(stem, said), ">"]
    return {
        "stem": stems,
        "pair": [f"{first} {second}" for first, second in pairwise(stems)],
        "skip": [f"{first} {second}" for gap in (2, 3) for first, second in zip(stems, stems[gap:], strict=False)],
        "letters": [run for word in said for run in letters_of(word)],
        "name": list(names_of(said, lexicon)),
    }


def names_in(cut: Features) -> int:
    """Return how many names of the field a text's features hold."""
    return sum(1 for name in cut["name"] if not ("?" in name or "&" in name))


@lru_cache(maxsize=50_000)
def letters_of(word: str) -> tuple[str, ...]:
    """Return the runs of letters in a *word*, its bounds included."""
    framed = f" {word} "
    return tuple(framed[start : start + _RUN] for start in range(max(1, len(framed) - _RUN + 1)))


def names_of(said: Sequence[str], lexicon: Lexicon) -> Iterator[str]:
    """Yield the names in the words *said*, each two of them, and the forms of question, alone and with each name."""
    names = sorted({found.term for found in lexicon.find(said)})
    shown = forms(said)
    yield from names
    yield from (f"{first} & {second}" for first, second in combinations(names, 2))
    yield from (f"? {form}" for form in shown)
    yield from (f"{name} ? {form}" for name in names for form in shown)
