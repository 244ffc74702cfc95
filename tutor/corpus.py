"""The texts of a pack as one table of counted features, from which any part of them can be learned."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from tutor.features import LEAST_TEXTS, WEIGHTS, WORDS, Features

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Rows = NDArray[np.int64]  #: numbers of texts


@dataclass(frozen=True)
class Vocabulary:
    """The features that some texts taught: their columns in the corpus, and how telling each is (float32)."""

    columns: NDArray[np.int64]
    idf: NDArray[np.float32]


class Corpus:
    """Counted features of all texts. Costly to make, cheap to look at in part."""

    def __init__(self, cut: Sequence[Features]) -> None:
        names = [
            f"{block} {part}" for block in WEIGHTS for part in sorted({part for one in cut for part in one[block]})
        ]
        self.names = names
        self._column = {name: column for column, name in enumerate(names)}
        order = list(WEIGHTS)
        self._block = np.array([order.index(name.partition(" ")[0]) for name in names], dtype=np.int64)
        self._words = np.flatnonzero([name.startswith(f"{WORDS} ") for name in names])
        self._stems = np.flatnonzero([name.startswith("stem ") and name[5:] not in ("<", ">") for name in names])
        self._counts = self._counted(cut)

    def _counted(self, cut: Sequence[Features]) -> "csr_matrix":
        from scipy.sparse import csr_matrix

        columns: list[int] = []
        values: list[int] = []
        starts = [0]
        for one in cut:
            counts = Counter(self._column[f"{block} {part}"] for block in WEIGHTS for part in one[block])
            columns += counts.keys()
            values += counts.values()
            starts.append(len(columns))
        table = csr_matrix((np.array(values, dtype=np.float32), columns, starts), shape=(len(cut), len(self.names)))
        table.sort_indices()
        return table

    def learn(self, rows: Rows) -> Vocabulary:
        """Return the features that are frequent enough in the texts *rows*."""
        texts = self._counts[rows].getnnz(axis=0)
        least = np.array([LEAST_TEXTS[block] for block in WEIGHTS])[self._block]
        columns = np.flatnonzero(texts >= least)
        idf = np.log((1 + len(rows)) / (1 + texts[columns])) + 1
        return Vocabulary(columns, idf.astype(np.float32))

    def table(self, vocabulary: Vocabulary) -> "csr_matrix":
        """Return sublinear TF-IDF of all texts, a row each; every block has length 1 times its weight.

        Unknown words take their part of the length of their block, so that a text says less, not more, without them.
        """
        table = self._counts[:, vocabulary.columns].astype(np.float64)
        table.data = (1 + np.log(table.data)) * vocabulary.idf[table.indices]
        blocks = len(WEIGHTS)
        part = np.repeat(np.arange(table.shape[0]), np.diff(table.indptr)) * blocks
        part += self._block[vocabulary.columns][table.indices]
        length = np.bincount(part, weights=table.data**2, minlength=table.shape[0] * blocks)
        unknown = np.zeros((table.shape[0], blocks))
        unknown[:, list(WEIGHTS).index(WORDS)] = self._unknown(vocabulary)
        length = np.sqrt(length + unknown.ravel())
        weight = np.tile(list(WEIGHTS.values()), table.shape[0])
        table.data *= weight[part] / length[part]
        return table

    def _unknown(self, vocabulary: Vocabulary) -> NDArray[np.float64]:
        """Return for every text the squared length of its words that *vocabulary* lacks, each as telling as can be."""
        missing = self._counts[:, np.setdiff1d(self._words, vocabulary.columns)].astype(np.float64)
        missing.data = ((1 + np.log(missing.data)) * float(vocabulary.idf.max(initial=1.0))) ** 2
        return np.asarray(missing.sum(axis=1)).ravel()

    def length(self, text: int) -> int:
        """Return how many different words a text has."""
        return int(self._counts[text, self._stems].getnnz())

    def known(self, vocabulary: Vocabulary) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return for every text the share of its different words that *vocabulary* has, plain and with telling words
        counting more."""
        stems = self._stems
        seen = (self._counts[:, stems] > 0).astype(np.float64)
        idf = np.zeros(len(self.names))
        idf[vocabulary.columns] = vocabulary.idf
        has = (idf[stems] > 0).astype(np.float64)
        total = np.asarray(seen.sum(axis=1)).ravel()
        known, mass = seen @ has, seen @ idf[stems]
        all_mass = mass + (total - known) * float(vocabulary.idf.max(initial=1.0))
        return _shares(known, total), _shares(mass, all_mass)


def _shares(some: NDArray[np.float64], of: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.divide(some, of, out=np.zeros_like(some), where=of > 0)
