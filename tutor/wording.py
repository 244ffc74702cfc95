"""The telling words of a text: stems and names of the field, where they stand, and whether they are denied."""

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from tutor.negation import is_denied
from tutor.terms import Lexicon
from tutor.text import clean, stem, words

_STOP = frozenset(
    "a an the and or but if then than that this these those of in on at to for from by with without within into onto "
    "over under up down out off as is are was were be been being am do does did done doing have has had having it its "
    "itself they them their theirs he him his she her hers we us our ours you your yours i me my mine who whom whose "
    "which what when where why how there here all any both each few more most other others some such no nor not only "
    "own same so too very can could will would shall should may might must just also about against between through "
    "during before after again further once because while until although though however therefore thus hence via per "
    "yet still even ever never always already often rather quite much many lot lots one ones s t re ve ll d m don "
    "doesn didn isn aren wasn weren won can't cannot let get gets got make makes made use used uses using".split()
)
_PADDING = frozenset(
    "case cases scenario scenarios situation situations context setting circumstance circumstances described describe "
    "stated mentioned given above below following particular particularly general generally specific specifically "
    "speaking course order meet meets requirement requirements team teams company companies organization organisation "
    "like want wants likely typically usually simply basically essentially actually really indeed certain respective "
    "relevant corresponding available appropriate appropriately suitable accordingly question way manner fashion "
    "purpose purposes well matter fact point view terms example instance shown needed required necessary "
    "desired".split()
)  #: say nothing by which an option could be told from another
_MORE = (
    "raise raising increase increasing more additional add adding higher larger bigger greater grow double triple "
    "quadruple extra enlarge faster longer many most maximum"
)
_LESS = (
    "lower lowering reduce reducing decrease decreasing fewer less smaller cut cutting drop shrink halve limit few "
    "least minimum minimise minimize slower shorter remove removing"
)
_WAYS = {stem(word): 1 for word in _MORE.split()} | {stem(word): -1 for word in _LESS.split()}
_ABSOLUTE = frozenset(
    "always never only must cannot guarantee guarantees guaranteed impossible entirely completely solely exclusively "
    "whatever regardless".split()
)
_SENTENCES = re.compile(r"(?<=[.;!?:])\s+|\s+(?=(?:while|whereas|but)\b)")
_NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d+)?")
_STEP = 2.0  #: from one telling word to the next
_APART = 20.0  #: from one sentence to the next

Bag = Mapping[str, float]  #: tokens and what each counts


@dataclass(frozen=True, slots=True)
class Place:
    """Where a token stands: in which sentence, where in it and in the whole text, and whether it is denied there."""

    sentence: int
    at: float
    overall: float
    denied: bool


@dataclass(frozen=True)
class Wording:
    """A text as its tokens: stems, and names of the field behind a "#"; each with its places.

    *way* is 1 where the text speaks of more, -1 where of less; *absolutes* counts words such as "always".
    """

    places: Mapping[str, Sequence[Place]]
    bag: Bag
    numbers: frozenset[str] = frozenset()
    way: int = 0
    absolutes: int = 0
    content: str = field(default="", repr=False)

    @cached_property
    def length(self) -> float:
        """The length of the bag as a vector."""
        return math.sqrt(math.fsum(count * count for count in self.bag.values())) or 1.0


class Reader:
    """Reads wordings by how telling each token is. Safe to share between threads."""

    def __init__(self, lexicon: Lexicon, telling: Mapping[str, float]) -> None:
        """Know names by *lexicon*; a token that is not *telling* counts nothing."""
        self._lexicon = lexicon
        self.telling = telling

    def read(self, text: str) -> Wording:
        """Return the wording of *text*."""
        text = clean(text)
        places: dict[str, list[Place]] = {}
        start = 0.0
        for number, sentence in enumerate(_SENTENCES.split(text)):
            for token, at, denied in tokens(words(sentence), self._lexicon):
                if self.telling.get(token, 0.0) > 0:
                    places.setdefault(token, []).append(Place(number, at, start + at, denied))
            start += _APART
        said = words(text)
        return Wording(
            places=places,
            bag=weighed({token: len(found) for token, found in places.items()}, self.telling),
            numbers=frozenset(_NUMBER.findall(text)),
            way=_way(said),
            absolutes=sum(word in _ABSOLUTE for word in said),
            content=" ".join(filter(_tells, said)),
        )


def weighed(counts: Mapping[str, int], telling: Mapping[str, float]) -> Bag:
    """Return the bag of tokens that stand so often in a text."""
    return {token: telling[token] * (1 + math.log(count)) for token, count in counts.items()}


def tokens(said: Sequence[str], lexicon: Lexicon) -> Iterator[tuple[str, float, bool]]:
    """Yield the tokens of the words *said*, each with its place among the telling ones, and whether it is denied."""
    order = {
        place: _STEP * number for number, place in enumerate(filter(lambda at: _tells(said[at]), range(len(said))))
    }
    for place, at in order.items():
        yield stem(said[place]), at, is_denied(said, place)
    for name in lexicon.find(said):
        covered = [order[place] for place in range(name.start, name.end) if place in order]
        if covered:
            yield f"#{name.term}", sum(covered) / len(covered), is_denied(said, name.start)


def counted(text: str, lexicon: Lexicon) -> Counter[str]:
    """Return how often each token stands in *text*."""
    return Counter(token for token, _, _ in tokens(words(clean(text)), lexicon))


def _tells(word: str) -> bool:
    return word not in _STOP and word not in _PADDING


def _way(said: Sequence[str]) -> int:
    ways = ((_WAYS[stem(word)], place) for place, word in enumerate(said) if stem(word) in _WAYS)
    total = sum(-way if is_denied(said, place) else way for way, place in ways)
    return (total > 0) - (total < 0)
