"""What speaks for and against each option of an item, from what entries state; never its place or its length."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import islice

from tutor.claims import KINDS, Claims, Kind
from tutor.scoring import softmax
from tutor.statements import Role, Statements
from tutor.wording import Bag, Place, Wording

# For each kind of evidence: 1 where it can only speak for an option, -1 where only against it, 0 where it may do both.
SIGNS: Mapping[str, int] = {
    "like answer": 1, "like whole": 1, "like wrong": -1, "like amends": 0,
    "covered answer": 1, "covered whole": 1, "covered wrong": -1,
    "mass answer": 1, "mass whole": 1, "mass wrong": -1,
    "names answer": 1, "names whole": 1, "names wrong": -1,
    "best answer": 1, "best whole": 1, "own answer": 1, "own whole": 1,
    "near truth": 1, "near error": -1, "near right": 1, "near wrong": -1,
    "outcome": 1, "routed": 1, "belief": -1,
    "bound": 1, "in order": 1, "near stem": 1, "near stem wrong": -1, "denied": -1,
    "numbers": 1, "other numbers": -1, "same way": 1, "wrong way": -1, "absolutes": -1,
}  # fmt: skip
_ENTRIES = 10  #: that are looked at
_SHARPER = 10.0  #: how much likeness counts beside how likely the entry is
_APART = 8.0  #: how sharply likeness tells entries apart
_SAID = 0.3  #: what a word counts that the stem has, too
_REACH = 4.0  #: places over which words of an entry belong together,
_OWN_REACH = 3.0  #: over which those of an option do,
_STEM_REACH = 5.0  #: and over which an entry binds a word of the option to one of the stem
_FAINT = 0.05  #: what binds less than this does not bind
_LEAST = 1e-4
_TOKENS = 60  #: of one option that are looked at two by two

Scored = Sequence[float]  #: a score for each entry


@dataclass(frozen=True)
class Heard:
    """An item as the router hears it: the scores of the stem with each option, and how likely each entry is.

    *outcomes* are the entries in which decisions end by what the stem says.
    """

    together: Sequence[Scored]
    likely: Mapping[int, float]
    outcomes: Mapping[int, float]


def hear(
    scores: Callable[[str], Scored], stem: str, options: Sequence[Wording], sharpness: float, outcomes: Iterable[int]
) -> Heard:
    """Return how the router's *scores* take the *stem* with its *options*."""
    together = [scores(f"{stem} {option.content}") for option in options]
    mixed = [(max(column) + math.fsum(column) / len(column)) / 2 for column in zip(*together, strict=True)]
    shares = softmax(mixed, sharpness)
    top = sorted(range(len(shares)), key=lambda entry: (-shares[entry], entry))[:_ENTRIES]
    total = math.fsum(shares[entry] for entry in top)
    ends = list(outcomes)
    return Heard(together, {entry: shares[entry] / total for entry in top}, {end: 1 / len(ends) for end in ends})


@dataclass(frozen=True)
class Judge:
    """Weighs options by what entries state and claim, and by what learners wrongly believe about each."""

    statements: Statements
    beliefs: Sequence[Bag]
    claims: Mapping[Kind, Claims]
    stems: Claims

    def evidence(
        self, stem: Wording, options: Sequence[Wording], heard: Heard, without: int | None = None
    ) -> list[list[float]]:
        """Return for each of *options* its evidence, in the order of SIGNS.

        What the pack's items said counts as far as their *stems* are like this one; the item *without* does not count.
        """
        telling, like = _contrast(options), self.stems.likeness(0, stem.bag)
        counting = [0.0 if item == without else one for item, one in enumerate(like)]
        return [
            _Weighing(self, stem, option, heard, number, telling, counting).evidence
            for number, option in enumerate(options)
        ]


def _contrast(options: Sequence[Wording]) -> dict[str, float]:
    """Return for each token how far it tells the options apart: 1 where one has it, 0 where all do."""
    tokens = {token for option in options for token in option.bag}
    others = max(1, len(options) - 1)
    return {token: (len(options) - sum(token in option.bag for option in options)) / others for token in tokens}


@dataclass(frozen=True)
class _Weighing:
    """One option beside a stem."""

    judge: Judge
    stem: Wording
    option: Wording
    heard: Heard
    number: int
    contrast: Mapping[str, float]
    counting: Sequence[float]

    @cached_property
    def bag(self) -> Bag:
        """What tells this option from the others."""
        return {token: count * self.contrast[token] for token, count in self.option.bag.items() if self.contrast[token]}

    @cached_property
    def fresh(self) -> Bag:
        """The same, with what the stem says already counting less."""
        return {token: count * (_SAID if token in self.stem.bag else 1.0) for token, count in self.bag.items()}

    @property
    def evidence(self) -> list[float]:
        found = {
            **self._matched(),
            **self._nearest(),
            **self._claimed(),
            **self._routed(),
            **self._worded(),
            **self._bound(),
        }
        return [found[name] for name in SIGNS]

    def _likely(self, told: Callable[[int], float]) -> float:
        """Return what is *told* of an entry, on average over the likely ones."""
        return math.fsum(share * told(entry) for entry, share in self.heard.likely.items())

    def _about(self, role: Role, told: Callable[[Wording], float]) -> float:
        wordings = self.judge.statements.wordings[role]
        return self._likely(lambda entry: told(wordings[entry]))

    def _matched(self) -> dict[str, float]:
        """What entries state in the words of the option: by share of them, and in all."""
        found = {}
        names = {token: count for token, count in self.bag.items() if token.startswith("#")}
        whole = math.fsum(self.fresh.values()) or 1.0
        for role in ("answer", "whole", "wrong"):
            mass = self._about(role, lambda wording: _shared(self.fresh, wording))
            found[f"covered {role}"], found[f"mass {role}"] = mass / whole, mass
            found[f"names {role}"] = self._about(role, lambda wording: _shared(names, wording))
        return found

    def _nearest(self) -> dict[str, float]:
        """How like the option is to the likely entries, by themselves and beside all others."""
        found = {}
        for role in ("answer", "whole", "wrong", "amends"):
            like = self.judge.statements.likeness(role, self.bag)
            found[f"like {role}"] = self._likely(like.__getitem__)
            if role in ("answer", "whole"):
                risen = [math.exp(_SHARPER * one) for one in like]
                found[f"best {role}"] = math.log(self._likely(risen.__getitem__))
                found[f"own {role}"] = math.log(self._likely(softmax(like, _APART).__getitem__) + _LEAST)
            if role == "answer":
                found["outcome"] = math.fsum(share * like[entry] for entry, share in self.heard.outcomes.items())
        return found

    def _claimed(self) -> dict[str, float]:
        """How near the option comes to one claim of the likely entries, or to what items said of them."""
        claims = self.judge.claims
        near = {kind: partial(claims[kind].nearest, bag=self.bag, counting=self.counting) for kind in KINDS}
        return {f"near {kind}": self._likely(found) for kind, found in near.items()}

    def _routed(self) -> dict[str, float]:
        total = math.fsum(self.bag.values()) or 1.0
        beliefs = self.judge.beliefs
        believed = self._likely(
            lambda entry: math.fsum(count * beliefs[entry].get(token, 0.0) for token, count in self.bag.items())
        )
        return {"routed": max(self.heard.together[self.number]), "belief": believed / total}

    def _worded(self) -> dict[str, float]:
        option, said = self.option, self.stem.numbers
        return {
            "numbers": self._about("whole", lambda wording: len(option.numbers & wording.numbers)),
            "other numbers": self._about("whole", lambda wording: len(option.numbers - wording.numbers - said)),
            "same way": self._about("answer", lambda wording: option.way * wording.way),
            "wrong way": self._about("wrong", lambda wording: option.way * wording.way),
            "absolutes": option.absolutes,
        }

    def _bound(self) -> dict[str, float]:
        """What entries say of the option's words together: of each other, and of the words of the stem."""
        telling = self.judge.statements.reader.telling
        new = {token: count for token, count in self.bag.items() if token not in self.stem.bag}
        return {
            "bound": self._about("whole", lambda wording: _bound(self.option, wording, telling)),
            "in order": self._about("whole", lambda wording: _in_order(self.option, wording, telling)),
            "near stem": self._about("whole", lambda wording: _near(new, self.stem, wording)),
            "near stem wrong": self._about("wrong", lambda wording: _near(new, self.stem, wording))
            + self._about("amends", lambda wording: _near(new, self.stem, wording)),
            "denied": self._about("whole", lambda wording: _denied(self.option, wording, telling)),
        }


def _shared(bag: Bag, wording: Wording) -> float:
    return math.fsum(count for token, count in bag.items() if token in wording.bag)


def _pairs(option: Wording, wording: Wording) -> Iterable[tuple[str, Place, str, Place]]:
    """Yield each two tokens of *option* that stand in *wording*, too, and where they stand in *option*."""
    common = ((token, place) for token, places in option.places.items() if token in wording.places for place in places)
    found = list(islice(common, _TOKENS))
    for number, (one, place) in enumerate(found):
        for other, there in found[number + 1 :]:
            if one != other:
                yield one, place, other, there


def _bound(option: Wording, wording: Wording, telling: Mapping[str, float]) -> float:
    """Return how much of what stands close together in *option* does so in *wording*."""
    total = 0.0
    for one, place, other, there in _pairs(option, wording):
        apart = abs(place.at - there.at)
        names = one.startswith("#") or other.startswith("#")
        close = math.exp(-apart / _OWN_REACH) if place.sentence == there.sentence else 0.0
        if close >= _FAINT and not (names and apart < 1.5):
            total += telling[one] * telling[other] * close * _closest(wording, one, other, _REACH)
    return total


def _closest(wording: Wording, one: str, other: str, reach: float) -> float:
    """Return how closely two tokens stand together in a sentence of *wording*, from 0 to 1."""
    return max(
        (
            math.exp(-abs(place.at - there.at) / reach)
            for place in wording.places[one]
            for there in wording.places[other]
            if place.sentence == there.sentence and (place.at != there.at or one == other)
        ),
        default=0.0,
    )


def _in_order(option: Wording, wording: Wording, telling: Mapping[str, float]) -> float:
    """Return how far tokens of *option* follow each other as they do in *wording*: above 0 where most do."""
    total = 0.0
    for one, place, other, there in _pairs(option, wording):
        ahead = wording.places[one][0].overall - wording.places[other][0].overall
        here = place.overall - there.overall
        if ahead and here:
            total += telling[one] * telling[other] * (1 if (ahead < 0) == (here < 0) else -1)
    return total


def _near(new: Bag, stem: Wording, wording: Wording) -> float:
    """Return how closely *wording* binds the option's *new* tokens to those of the *stem*."""
    asked = [(token, count) for token, count in stem.bag.items() if token in wording.places]
    return math.fsum(
        count * max((weight * _closest(wording, token, other, _STEM_REACH) for other, weight in asked), default=0.0)
        for token, count in new.items()
        if token in wording.places
    )


def _denied(option: Wording, wording: Wording, telling: Mapping[str, float]) -> float:
    """Return how much *option* denies of what *wording* states, or the other way round."""
    total = 0.0
    for token, places in option.places.items():
        stances = {place.denied for place in wording.places.get(token, ())}
        total += math.fsum(telling[token] for place in places if stances == {not place.denied})
    return total
