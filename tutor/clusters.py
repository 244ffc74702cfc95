"""Questions that ask nearly the same, put together by what the router sees of them."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from math import fsum, log, sqrt
from typing import TYPE_CHECKING

from tutor.features import WEIGHTS, features
from tutor.router import Router
from tutor.text import clean, stem, words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MOST = 4_000  #: different questions that are put together; the table of their likeness takes 128 MB
ALIKE = 0.3  #: see clusters(); from 0.25 to 0.35 the questions of tests/questions/alike.yaml fall apart alike
_BLOCKS = ("stem", "letters")


def clusters(questions: Sequence[str], router: Router) -> list[list[int]]:
    """Return the numbers of *questions* that ask nearly the same, the largest cluster first; a ValueError over `MOST`.

    Words count as much as they tell questions of the pack apart, unknown ones as much as the rarest. Clusters are
    merged while the mean likeness between them (cosine, 0 to 1) is at least `ALIKE`: average linkage (Sokal and
    Michener 1958). Within a cluster the question that is most like the others comes first.
    """
    if len(questions) > MOST:
        raise ValueError(f"at most {MOST:,} questions can be put together")
    if len(questions) < 2:
        return [[number] for number, _ in enumerate(questions)]
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform

    rarest = max(router.weights.idf, default=1.0)
    alike = _likeness([_weighed(question, router, rarest) for question in questions])
    labels = fcluster(linkage(squareform(1 - alike), "average"), 1 - ALIKE, "distance")
    members: defaultdict[int, list[int]] = defaultdict(list)
    for number, label in enumerate(labels.tolist()):
        members[label].append(number)
    found = [_most_alike_first(numbers, alike) for numbers in members.values()]
    return sorted(found, key=lambda numbers: (-len(numbers), min(numbers)))


def _weighed(question: str, router: Router, rarest: float) -> dict[str, float]:
    """Return what each feature of *question* counts: sublinear TF-IDF, each block of length 1 times its weight."""
    cut = features(clean(question), router.lexicon, router.repaired)
    weighed: dict[str, float] = {}
    for block in _BLOCKS:
        counted = Counter(part for part in cut[block] if part not in ("<", ">"))
        values = {part: (1 + log(count)) * _telling(router, block, part, rarest) for part, count in counted.items()}
        weighed |= {f"{block} {part}": value for part, value in _scaled(values, WEIGHTS[block]).items()}
    return _scaled(weighed, 1.0)


def _telling(router: Router, block: str, part: str, rarest: float) -> float:
    row = router.scorer.row(block, part)
    return router.weights.idf[row] if row >= 0 else rarest


def _scaled(values: Mapping[str, float], length: float) -> dict[str, float]:
    factor = length / (sqrt(fsum(value * value for value in values.values())) or 1.0)
    return {part: value * factor for part, value in values.items()}


def _likeness(weighed: Sequence[Mapping[str, float]]) -> "NDArray[np.float64]":
    """Return how alike every two questions are, from 0 to 1."""
    import numpy as np
    from scipy.sparse import csr_matrix

    columns = {part: column for column, part in enumerate(sorted({part for one in weighed for part in one}))}
    starts = np.cumsum([0, *map(len, weighed)])
    places = [columns[part] for one in weighed for part in one]
    values = [value for one in weighed for value in one.values()]
    table = csr_matrix((values, places, starts), shape=(len(weighed), len(columns)))
    alike = np.clip((table @ table.T).toarray(), 0.0, 1.0)
    np.fill_diagonal(alike, 1.0)
    both: NDArray[np.float64] = np.maximum(alike, alike.T)  # the same in both directions, to the bit
    return both


def _most_alike_first(numbers: Sequence[int], alike: "NDArray[np.float64]") -> list[int]:
    return sorted(numbers, key=lambda number: (-round(float(alike[number, numbers].sum()), 9), number))


def telling_words(question: str, router: Router, most: int) -> list[str]:
    """Return up to *most* words of *question* that tell it best from others, in its order."""
    rarest = max(router.weights.idf, default=1.0)
    said = list(dict.fromkeys(words(clean(question))))
    best = sorted(range(len(said)), key=lambda at: (-_telling(router, "stem", stem(said[at]), rarest), at))
    return [said[at] for at in sorted(best[:most])]
