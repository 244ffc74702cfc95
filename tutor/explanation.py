"""How one question was routed, and why: what was read in it, what was compared with what, and what spoke for whom."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from math import isinf
from typing import Any

from tutor.blame import Part, Reading, blame, parts, read
from tutor.confidence import SIGNALS, signals
from tutor.dialogue import Dialogue, Mind, Turn
from tutor.forms import forms
from tutor.model import Unit
from tutor.opening import open_decision, stated_decision
from tutor.quantities import read_quantities
from tutor.reply import Answer, Ask, Chat, Choose, Decline, Reason
from tutor.router import Route
from tutor.scoring import add_up, softmax
from tutor.slots import read_slots
from tutor.step import step
from tutor.text import LONGEST, clean, words

_FOR, _AGAINST = 5, 3  #: features named of each candidate
_NEGLIGIBLE = 0.05  #: a share of a decision, small talk or the outside that is not told


@dataclass(frozen=True)
class Word:
    """A word of the question as it was *said*, as it was *read*, and whether the examples hold it."""

    said: str
    read: str
    known: bool


@dataclass(frozen=True)
class Name:
    """A name of the field and the words that it covers."""

    term: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Amount:
    """An amount as it was said, from *low* to *high* in *unit*; no *high* where it has no upper end."""

    said: str
    unit: Unit
    low: float
    high: float | None


@dataclass(frozen=True)
class Verdict:
    """What came of it: the kind of *reply*, its confidence, and what it hangs on.

    *entry* was answered, or *offered* was; *slot* is what is asked for. *decision* led there, or
    *talk*, a kind of small talk; *reason* says why it was declined.
    """

    reply: str
    confidence: float
    entry: str | None = None
    offered: tuple[str, ...] = ()
    decision: str | None = None
    slot: str | None = None
    talk: str | None = None
    reason: Reason | None = None


@dataclass(frozen=True)
class Bar:
    """A bar, the value it was compared with, and whether that reaches it."""

    name: str
    bar: float
    value: float
    met: bool


@dataclass(frozen=True)
class Vote:
    """The score of a candidate by one member, and its rank by that member, from 1."""

    member: str
    score: float
    rank: int


@dataclass(frozen=True)
class Ranked:
    """A candidate and why it stands where it does.

    Its *score* is its *intercept* and what the *words* add; *strongest* and *against* are the weightiest features.
    *topic_share* is the probability of its topic.
    """

    entry: str
    title: str
    confidence: float
    score: float
    intercept: float
    votes: tuple[Vote, ...]
    topic: str
    topic_share: float
    strongest: tuple[Part, ...]
    against: tuple[Part, ...]
    words: Mapping[str, float]


@dataclass(frozen=True)
class Share:
    """The probability that the question is of this *kind*: a decision, small talk or outside, by name."""

    kind: str
    name: str
    share: float


@dataclass(frozen=True)
class Signal:
    """A signal of confidence; what it adds, in logits, to *answerable* and to the first candidate being *right*."""

    name: str
    value: float
    answerable: float
    right: float


@dataclass(frozen=True)
class Explanation:
    """How a clean *question* was routed. An empty or too long one has a verdict and nothing else.

    *answerable* is the probability that any entry answers, *inside* that of the likeliest topic, *outside* that of no
    topic; *known* is the share of known words. Candidates and shares stand greatest first.
    """

    question: str
    verdict: Verdict
    words: tuple[Word, ...] = ()
    names: tuple[Name, ...] = ()
    slots: Mapping[str, str] = field(default_factory=dict)
    amounts: tuple[Amount, ...] = ()
    forms: tuple[str, ...] = ()
    answerable: float = 0.0
    inside: float = 0.0
    outside: float = 0.0
    known: float = 0.0
    bars: tuple[Bar, ...] = ()
    candidates: tuple[Ranked, ...] = ()
    shares: tuple[Share, ...] = ()
    signals: tuple[Signal, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the explanation as JSON can hold it."""
        said: dict[str, Any] = _listed(asdict(self))
        return said


def explain(mind: Mind, raw: str) -> Explanation:
    """Return how *raw* is routed as a question of its own."""
    turn, text = step(mind, Dialogue(), raw), clean(raw)
    if len(raw) > LONGEST or not words(text):
        return Explanation(text, _verdict(mind, turn, None, text))
    route, reading = mind.router.route(text), read(mind.router, text)
    return Explanation(
        question=text,
        verdict=_verdict(mind, turn, route, text),
        words=tuple(
            Word(said, mended, mind.router.knows(mended))
            for said, mended in zip(reading.said, reading.read, strict=True)
        ),
        names=tuple(Name(found.term, reading.said[found.start : found.end]) for found in reading.names),
        slots=dict(_settled(mind, text)),
        amounts=tuple(_amounts(text)),
        forms=forms(reading.read),
        answerable=route.answerable,
        inside=route.inside,
        outside=route.outside,
        known=route.known,
        bars=tuple(_bars(mind, route)),
        candidates=tuple(_ranked(mind, route, reading)),
        shares=tuple(_shares(mind, reading)),
        signals=tuple(_signals(mind, reading)),
    )


def word_weights(mind: Mind, raw: str, entry: str | None = None) -> dict[str, float]:
    """Return what each word of *raw* adds to the score of *entry*, or of the first candidate; none of an unread one."""
    text = clean(raw)
    if len(raw) > LONGEST or not words(text):
        return {}
    reading, weights = read(mind.router, text), mind.router.weights
    number = weights.classes.entries.index(entry or reading.scores.best)
    return blame(reading, parts(reading, weights.merged, number))


def _amounts(text: str) -> Iterator[Amount]:
    for found in read_quantities(text):
        high = None if isinf(found.high) else found.high
        yield Amount(text[found.start : found.end], found.unit, found.low, high)


def _verdict(mind: Mind, turn: Turn, route: Route | None, text: str) -> Verdict:
    first = route.entries[0][1] if route else 0.0
    match turn.reply:
        case Answer(entry=entry, confidence=sure):
            return Verdict("answer", sure, entry=entry, decision=_decision(mind, route, text))
        case Ask(decision=decision, slot=slot):
            return Verdict("ask", turn.dialogue.confidence, decision=decision, slot=slot)
        case Choose(options=options):
            return Verdict("choose", first, offered=tuple(option.entry for option in options))
        case Decline(reason=reason):
            return Verdict("decline", first, reason=reason)
        case Chat():
            name, share = (
                max(route.talk.items(), key=lambda said: said[1]) if route and turn.candidates else (None, 1.0)
            )
            return Verdict("chat", share, talk=name)


def _decision(mind: Mind, route: Route | None, text: str) -> str | None:
    """Return the decision that led to an answer, or None where the entry itself did."""
    if not route:
        return None
    return open_decision(mind.pack, route) or stated_decision(mind.pack, route, _settled(mind, text), text)


def _settled(mind: Mind, text: str) -> Mapping[str, str]:
    return read_slots(text, mind.pack.slots, knows=mind.router.knows)


def _bars(mind: Mind, route: Route) -> Iterator[Bar]:
    fitted, bars, first = mind.router.weights.calibration["bars"], mind.pack.about.bars, route.entries[0][1]
    share = max(route.decisions.values(), default=0.0)
    compared = [("answer", fitted["answer"], first), ("choose", fitted["choose"], first), ("clear", bars.clear, first)]
    if route.decisions:
        beside = share / (share + route.inside) if share else 0.0
        compared += [("decide", bars.decide, share), ("ask", bars.ask, beside)]
    for name, bar, value in (*compared, ("known", bars.known, route.known)):
        yield Bar(name, bar, value, value >= bar)


def _ranked(mind: Mind, route: Route, reading: Reading) -> Iterator[Ranked]:
    weights, scores, pack = mind.router.weights, reading.scores, mind.pack
    classes = weights.classes
    shares = _group_shares(mind, reading)
    count = len(classes.entries)
    members = {name: add_up(scores.weighed, table)[:count] for name, table in weights.members.items()}
    for entry, confidence in route.entries:
        number = classes.entries.index(entry)
        found = parts(reading, weights.merged, number)
        yield Ranked(
            entry=entry,
            title=pack.entries[entry].title,
            confidence=confidence,
            score=scores.entries[number],
            intercept=weights.merged.intercepts[number],
            votes=tuple(Vote(name, votes[number], _rank(votes, number)) for name, votes in members.items()),
            topic=pack.entries[entry].topic,
            topic_share=shares[classes.group_of[number]],
            strongest=tuple(part for part in found[:_FOR] if part.weight > 0),
            against=tuple(part for part in found[: -_AGAINST - 1 : -1] if part.weight < 0),
            words=blame(reading, found),
        )


def _rank(votes: Sequence[float], number: int) -> int:
    return 1 + sum(vote > votes[number] for vote in votes)


def _group_shares(mind: Mind, reading: Reading) -> list[float]:
    return softmax(reading.scores.groups, mind.router.weights.calibration["sharpness"]["groups"])


def _shares(mind: Mind, reading: Reading) -> list[Share]:
    named = zip(mind.router.weights.classes.groups, _group_shares(mind, reading), strict=True)
    split = [(group.partition(" "), share) for group, share in named if share >= _NEGLIGIBLE]
    told = [Share(kind, name, share) for (kind, _, name), share in split if kind != "topic"]
    return sorted(told, key=lambda one: -one.share)


def _signals(mind: Mind, reading: Reading) -> Iterator[Signal]:
    fitted = mind.router.weights.calibration
    for name, value in zip(SIGNALS, signals(reading.scores), strict=True):
        yield Signal(name, value, fitted["inside"][name] * value, fitted["right"][name] * value)


def _listed(said: Any) -> Any:
    """Return *said* with lists for tuples, as JSON gives it back."""
    if isinstance(said, Mapping):
        return {name: _listed(part) for name, part in said.items()}
    return [_listed(part) for part in said] if isinstance(said, tuple | list) else said
