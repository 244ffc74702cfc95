"""Which options of a multiple-choice item are right, and why not the others, by what entries state."""

from collections.abc import Sequence
from dataclasses import dataclass

from tutor.choosing import Chooser, chooser_from, picked, signals
from tutor.claims import KINDS, Claims
from tutor.decision import settled
from tutor.evidence import Heard, Judge, hear
from tutor.item import Item, is_bare, seeks_wrong, wanted
from tutor.reasons import Reasons
from tutor.reply import Weighed
from tutor.router import Router
from tutor.slots import reading
from tutor.statements import Statements
from tutor.subject import Pack
from tutor.text import clean
from tutor.wording import Reader, Wording

_ELSEWHERE = 0.5  #: how likely a stem has nothing to do with the pack, above which it has not


@dataclass(frozen=True)
class Pick:
    """The *choice* among the options of an item, by index; empty where what is known does not decide.

    *confidence* is how likely the best choice is right, whether it is made or not, and 0 where the pack does not answer
    the stem or two options come to the same; *entry* decides it; *options* say for each option what it is and why.
    """

    choice: tuple[int, ...]
    confidence: float
    entry: str
    options: tuple[Weighed, ...]


@dataclass(frozen=True)
class Seen:
    """An item as it is weighed: its wordings, how it is heard, and the evidence for each option."""

    stem: Wording
    options: Sequence[Wording]
    heard: Heard
    rows: Sequence[Sequence[float]]


class Looking:
    """Looks at items by what was learned. Costly to make, safe to share between threads."""

    def __init__(self, pack: Pack, router: Router, chooser: Chooser) -> None:
        self._pack = pack
        self._router = router
        self._sharpness = chooser.sharpness
        entries = router.weights.classes.entries
        reader = Reader(router.lexicon, chooser.telling)
        self.judge = Judge(
            Statements.of(pack, entries, reader),
            [chooser.beliefs.get(entry, {}) for entry in entries],
            {kind: Claims(chooser.claims[kind], entries, chooser.telling) for kind in KINDS},
            Claims({"": [(stem, -1) for stem in chooser.stems]}, [""], chooser.telling),
        )

    def see(self, item: Item, without: int | None = None) -> Seen:
        """Return *item* as it is weighed; what the pack's item with the number *without* said does not count."""
        stem, options = self._read(item.stem), [self._read(option) for option in item.options]
        heard = self._hear(item.stem, options)
        return Seen(stem, options, heard, self.judge.evidence(stem, options, heard, without))

    def hear(self, item: Item) -> Heard:
        """Return *item* as the router hears it."""
        return self._hear(item.stem, [self._read(option) for option in item.options])

    def _hear(self, stem: str, options: Sequence[Wording]) -> Heard:
        return hear(self._scores, clean(stem), options, self._sharpness, self._outcomes(stem))

    def _read(self, text: str) -> Wording:
        return self.judge.statements.reader.read(text)

    def _scores(self, text: str) -> Sequence[float]:
        return self._router.scores(text).entries

    def _outcomes(self, stem: str) -> list[int]:
        """Return the entries in which decisions end by what *stem* says of their slots."""
        filled = reading(clean(stem), self._pack.slots, knows=self._router.knows).filled
        ends = []
        for decision in self._pack.decisions.values():
            known = {slot: value for slot, value in filled.items() if slot in decision.slots}
            rule = settled(decision, self._pack.slots, known) if known else None
            if rule and (number := self._router.find(rule.outcome)) is not None:
                ends.append(number)
        return ends


class Options:
    """Weighs the options of items. Costly to make, safe to share between threads."""

    def __init__(self, pack: Pack, router: Router, chooser: Chooser) -> None:
        self._pack = pack
        self._router = router
        self._chooser = chooser
        self._looking = Looking(pack, router, chooser)

    def pick(self, item: Item) -> Pick:
        """Return which options of *item* are right, and why."""
        seen, wrong = self._looking.see(item), seeks_wrong(item.stem)
        scores = self._chooser.scores(seen.rows, wrong=wrong)
        choice = picked(scores, wanted(item.stem, len(item.options)))
        told = signals_of(seen, scores, choice, wrong=wrong)
        sure = self._chooser.confidence(told) if told[0] > 0 and self._answers(item, choice) else 0.0
        decided = sure >= self._pack.about.bars.pick and sure > 0
        judge = self._looking.judge
        reasons = Reasons(self._pack, judge.statements, judge.claims["error"], seen.heard.likely, wrong=wrong)
        entry = reasons.deciding([seen.options[number] for number in choice])
        weighed = [
            reasons.weighed(said, option, entry, sought=number in choice) if decided else reasons.undecided(said)
            for number, (said, option) in enumerate(zip(item.options, seen.options, strict=True))
        ]
        return Pick(choice if decided else (), sure, entry, tuple(weighed))

    def _answers(self, item: Item, choice: Sequence[int]) -> bool:
        """Say whether the pack answers the stem of *item*, by itself or with one of the options of *choice*.

        No option makes up for a stem that asks for something else.
        """
        alone = self._router.route(clean(item.stem))
        if alone.verdict != "decline":
            return True
        if alone.outside > _ELSEWHERE and not is_bare(item.stem):
            return False
        together = (f"{item.stem} {item.options[number]}" for number in choice)
        return any(self._router.route(clean(text)).verdict != "decline" for text in together)


def options_of(pack: Pack, router: Router) -> Options | None:
    """Return what weighs options by *router* and what was learned beside it; None where nothing was."""
    chooser = chooser_from(router.weights.choices)
    return Options(pack, router, chooser) if chooser else None


def signals_of(seen: Seen, scores: Sequence[float], choice: Sequence[int], *, wrong: bool) -> list[float]:
    """Return what tells how sure a *choice* is, in the order of choosing.SIGNALS."""
    return signals(scores, choice, wrong=wrong, entry=max(seen.heard.likely.values()))
