"""Memory: what a learner still knows and when it should come again, worked out anew from the log of answers.

The log is the truth, and nothing of what is worked out here is kept. One thing to remember is an entry, or two that
were confused; when it should come again says FSRS (https://github.com/open-spaced-repetition), without chance and in
UTC. A wording may change as it likes; a raised revision of an entry makes its earlier answers count no more.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo

from fsrs import Card, Rating, Scheduler

from tutor.study.answered import Answered
from tutor.study.review import Review
from tutor.subject import Pack

TARGET = 0.9  #: the chance of recall at which something should come again

#: Without steps of minutes: what was wrong comes again the next day, since the feedback was read just now. At least
#: once a year everything comes again.
_SCHEDULER = Scheduler(
    desired_retention=TARGET, learning_steps=(), relearning_steps=(), maximum_interval=365, enable_fuzzing=False
)

Key = tuple[str, ...]  #: one entry, or two in the order of the alphabet


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to remember: an entry, or two that were confused, after the *last* answer about it.

    *answers* and *wrong* count; *due* is when it should come again, in UTC.
    """

    entries: Key
    last: Answered
    answers: int
    wrong: int
    card: Card

    @property
    def due(self) -> datetime:
        """When it should come again, in UTC."""
        return self.card.due

    @property
    def known(self) -> bool:
        """Whether the last answer was right and no guess."""
        return self.last.right and self.last.certainty != "guess"

    def recall(self, at: datetime) -> float:
        """Return the chance that it is remembered *at* this time, from 0 to 1."""
        return _SCHEDULER.get_card_retrievability(self.card, max(at, self.last.at))


@dataclass(frozen=True, slots=True)
class Memory:
    """What a learner remembers of a pack *at* a time.

    *items* are the things that were answered, *latest* is the latest answer to each exercise by its name, *answers* are
    all, in the order of their times. *gone* are entries that the pack has no more, *renewed* those that say something
    else now; what was answered about them counts no more.
    """

    at: datetime
    items: Mapping[Key, Item]
    latest: Mapping[str, Answered]
    answers: tuple[Answered, ...]
    gone: tuple[str, ...]
    renewed: tuple[str, ...]

    def due(self, zone: tzinfo) -> list[Item]:
        """Return what should come again by the end of today, as *zone* has it, what is due the longest first.

        So nothing waits for ever where more falls due than is asked.
        """
        today = self.at.astimezone(zone).date()
        due = (item for item in self.items.values() if item.due.astimezone(zone).date() <= today)
        return sorted(due, key=lambda item: (item.due, item.entries))

    def weak(self) -> list[Item]:
        """Return what was wrong last, or guessed, and then what is no longer remembered well enough."""
        shaky = (item for item in self.items.values() if not item.known or item.recall(self.at) < TARGET)
        return sorted(self.by_recall(shaky), key=lambda item: item.known)

    def confused(self) -> list[Item]:
        """Return the pairs that were confused, what is least remembered first."""
        return self.by_recall(item for item in self.items.values() if len(item.entries) > 1)

    def by_recall(self, items: Iterable[Item]) -> list[Item]:
        """Return *items*, what is least remembered first."""
        return sorted(items, key=lambda item: (item.recall(self.at), item.due, item.entries))


def remember(pack: Pack, reviews: Iterable[Review], at: datetime) -> Memory:
    """Return what the learner remembers *at* a time (in UTC) who gave the answers *reviews* about *pack*.

    Answers count in the order of their times, and one from a clock that was ahead as if it were given now. A question
    that was left open tells nothing about what is remembered.
    """
    at = at.astimezone(UTC)
    given = sorted((_by_now(review, at) for review in reviews), key=lambda review: review.answered.at)
    items: dict[Key, Item] = {}
    chosen = [review for review in given if review.answered.chosen is not None]
    for review in chosen:
        if _counts(pack, review, review.answered.entry):
            _learn(pack, items, review)
    asked = {review.answered.entry for review in chosen}
    return Memory(
        at=at,
        items=items,
        latest={review.answered.exercise: review.answered for review in given},
        answers=tuple(review.answered for review in given),
        gone=tuple(sorted(asked - pack.entries.keys())),
        renewed=tuple(sorted(entry for entry in asked & pack.entries.keys() if (entry,) not in items)),
    )


def rating(answered: Answered) -> Rating:
    """Return how FSRS is told of an answer.

    Choosing is easier than recalling, so a right one is never "easy". Who is unsure gives it less than four chances in
    five, which is below the chance at which it should come again, and who was helped by a hint did not recall it
    alone: both are "hard", as is a guess that was right.
    """
    if not answered.right:
        return Rating.Again
    return Rating.Good if answered.certainty == "sure" and not answered.hints else Rating.Hard


def pair_of(one: str, other: str) -> Key:
    """Return the key of two entries that are confused.

    >>> pair_of("tip.b", "tip.a")
    ('tip.a', 'tip.b')
    """
    return (one, other) if one < other else (other, one)


def _by_now(review: Review, at: datetime) -> Review:
    if review.answered.at <= at:
        return review
    return replace(review, answered=replace(review.answered, at=at))


def _counts(pack: Pack, review: Review, entry: str) -> bool:
    return entry in pack.entries and review.revisions.get(entry) == pack.entries[entry].revision


def _learn(pack: Pack, items: dict[Key, Item], review: Review) -> None:
    """Add to *items* what an answer says about its entry, and about what that was, or is no longer, confused with.

    Who confused two comes back to the pair, while the entry, unless it is new or due, comes when it would have come.
    Who guessed wrong did not know, but confused nothing.
    """
    answered = review.answered
    pairs = [pair for pair in _told(items, answered) if all(_counts(pack, review, entry) for entry in pair)]
    _answer(items, (answered.entry,), answered, mixed=not answered.right and bool(pairs))
    for pair in pairs:
        _answer(items, pair, answered)


def _told(items: Mapping[Key, Item], answered: Answered) -> list[Key]:
    """Return the pairs that an answer tells about: the one that it confuses, or those that it no longer does."""
    if answered.confused is None:
        pairs = [pair_of(answered.entry, other) for other in answered.beside]
        return [pair for pair in pairs if answered.right and pair in items]
    pair = pair_of(answered.entry, answered.confused)
    return [pair] if answered.certainty != "guess" or pair in items else []


def _answer(items: dict[Key, Item], key: Key, answered: Answered, *, mixed: bool = False) -> None:
    """Add an answer about *key*; where *mixed*, what is not due yet comes again when it would have come."""
    old = items.get(key)
    card = old.card if old else Card(card_id=0, due=answered.at)
    if not mixed or card.due <= answered.at:
        card, _ = _SCHEDULER.review_card(card, rating(answered), answered.at)
    answers, wrong = (old.answers, old.wrong) if old else (0, 0)
    items[key] = Item(key, answered, answers + 1, wrong + (not answered.right), card)
