"""Names of the field and their aliases, found in text however they are spelt."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tutor.model import Term
from tutor.text import words

LONGEST = 7  #: words in one name


@dataclass(frozen=True)
class Found:
    """A name found in a text: which term, and which words of the text it covers."""

    term: str
    start: int
    end: int


class Lexicon:
    """Finds the names of a pack in the words of a text; the longest name wins."""

    def __init__(self, spellings: Mapping[str, str]) -> None:
        """Find the terms that *spellings* names: the words of a name, run together -> its term."""
        self.spellings = spellings
        self._begun = frozenset(spelling[:end] for spelling in spellings for end in range(1, len(spelling) + 1))

    @classmethod
    def of(cls, terms: Iterable[Term]) -> "Lexicon":
        """Return the lexicon of *terms* under all their names."""
        return cls(
            {
                "".join(words(name)): term.name
                for term in terms
                for name in (*term.formerly, *term.aliases, term.name)
                if words(name)
            }
        )

    def find(self, said: Sequence[str]) -> Iterator[Found]:
        """Yield the names in the words *said*, from left to right, none within another.

        >>> list(Lexicon.of([Term(name="spark_udf", kind="api")]).find(("a", "spark", "udf")))
        [Found(term='spark_udf', start=1, end=3)]
        """
        start = 0
        while start < len(said):
            found = self._longest(said, start)
            if found:
                yield found
            start = found.end if found else start + 1

    def _longest(self, said: Sequence[str], start: int) -> Found | None:
        found, run = None, ""
        for end, word in enumerate(said[start : start + LONGEST], start=start + 1):
            run += word
            if run not in self._begun:
                break
            if owner := self.spellings.get(run):
                found = Found(owner, start, end)
        return found
