"""The tutor: load a pack once, then respond to learners and answer batches, from any number of threads."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from tutor import answers
from tutor.compiled import pack_from_json
from tutor.decision import Filled, open_slots
from tutor.dialogue import FRESH, Dialogue, Mind, Turn
from tutor.errors import Fault, PackError, SlotError
from tutor.folder import bundled
from tutor.judging import item_in
from tutor.learned import learned
from tutor.meaning import Meanings
from tutor.opening import open_decision
from tutor.picking import pick
from tutor.pointers import pointers
from tutor.reply import Answer, Ask
from tutor.router import Router
from tutor.row import Asked, Row, Status
from tutor.step import step
from tutor.subject import Pack
from tutor.text import LONGEST, clean, words
from tutor.weights import Weights, load_weights

if TYPE_CHECKING:
    from tutor.explanation import Explanation
    from tutor.item import Item
    from tutor.options import Options

_TOGETHER = 1_024  #: questions of a batch that are routed together
_MANY = 40  #: questions from which it pays to route together, which imports scipy
_SOME = 4  #: of them that open a decision, from which it pays to find together what they mean
_STATUS: dict[str, Status] = {"answer": "answered", "choose": "choose", "decline": "declined", "chat": "declined"}


class Tutor:
    """Answers questions about one pack. Costly to make, cheap to use, safe to share between threads."""

    def __init__(self, pack: Pack, weights: Weights) -> None:
        self.pack = pack
        router = Router(weights)
        self._mind = Mind(
            pack, router, Meanings(weights.meanings, router.knows), cache(partial(_options, pack, router))
        )

    @classmethod
    def load(
        cls,
        folder: str | Path | None = None,
        *,
        cache: str | Path | None = None,
        told: Callable[[str], None] = lambda _: None,
    ) -> Self:
        """Return the tutor for the pack in *folder*, or for the bundled one; a PackError names every fault of a pack.

        What is learned from a pack is kept in *cache* (by default the user's cache folder); the first load of a pack
        takes about two minutes, during which *told* hears of each step.
        """
        return cls(*learned(Path(folder) if folder else bundled(), Path(cache) if cache else _cache(), told))

    @property
    def weights(self) -> Weights:
        """What was learned from the pack."""
        return self._mind.router.weights

    def save(self, path: str | Path) -> None:
        """Write what was learned from the pack to *path*; as learned.weights in the pack's folder, `load` finds it."""
        self.weights.save(Path(path))

    @classmethod
    def restore(cls, path: str | Path) -> Self:
        """Return the tutor whose weights `save` wrote to *path*, its pack with them; a PackError where none are."""
        weights = load_weights(Path(path))
        if weights is None:
            raise PackError([Fault(str(path), None, "", "holds no weights of a tutor", "write it with Tutor.save")])
        return cls(pack_from_json(weights.text("extra")), weights)

    def respond(
        self,
        text: str,
        dialogue: Dialogue | None = None,
        *,
        known: Filled | None = None,
        options: Sequence[str] = (),
    ) -> Turn:
        """Return the reply to *text* and the dialogue after it; *known* gives slot values besides the text's own.

        With a text without words, *known* settles or corrects slots of the decision under way.
        *options* are those of a multiple-choice item, where they do not stand in the text itself.
        A SlotError when *known* names what the pack does not have, a DialogueError when *dialogue* does.
        """
        turn = step(self._mind, dialogue or FRESH, text, known, options)
        if not isinstance(turn.reply, Answer) or not turn.candidates or turn.reply.options:
            return turn
        found = pointers(self._mind.router, self.pack.entries[turn.reply.entry], text)
        return replace(turn, reply=replace(turn.reply, pointers=found))

    def pick(self, slot: str, value: str | None, dialogue: Dialogue) -> Turn:
        """Return the reply to *value* for *slot* of the decision under way, open or not, as a pressed button says it.

        "*" says that the slot does not matter, None that the value is not known. A SlotError when the decision has no
        such slot or the slot no such value, a DialogueError when *dialogue* names what the pack does not have.
        """
        return pick(self._mind, dialogue, slot, value)

    def show(self, entry: str) -> Answer:
        """Return the answer that *entry* gives; an EntryError names the nearest id when there is none such."""
        return answers.show(self.pack, entry)

    def explain(self, text: str) -> "Explanation":
        """Return how *text*, as a question of its own, is routed, and why."""
        from tutor.explanation import explain  # a question need not wait for it

        return explain(self._mind, text)

    def blame(self, text: str, entry: str | None = None) -> Mapping[str, float]:
        """Return what each word of *text* adds to the score of *entry*, or else of the first candidate.

        A word that speaks against it is below 0. An EntryError names the nearest id when there is no such entry.
        """
        from tutor.explanation import word_weights

        return word_weights(self._mind, text, answers.entry_named(self.pack, entry).id if entry else None)

    def answer_batch(self, questions: Iterable[str]) -> list[Row]:
        """Return one row for each question, in order, without dialogue."""
        return list(self.answer_all(map(Asked, questions)))

    def answer_all(self, asked: Iterable[Asked]) -> Iterator[Row]:
        """Yield a row for each question *asked*, in order; about a thousand are read ahead and routed together."""
        waiting = iter(asked)
        while some := list(islice(waiting, _TOGETHER)):
            put = [(one, _item(one)) for one in some]
            mind = self._looking_ahead([_stem(one, item) for one, item in put]) if len(some) >= _MANY else self._mind
            yield from (_row(mind, one, item) for one, item in put)

    def _looking_ahead(self, questions: Sequence[str]) -> Mind:
        texts = [clean(question) for question in questions if len(question) <= LONGEST]
        heard = list(dict.fromkeys(text for text in texts if words(text)))
        ahead = dict(zip(heard, self._mind.router.route_all(heard), strict=True))
        opened = [text for text, route in ahead.items() if open_decision(self.pack, route)]
        meanings = self._mind.meanings
        return replace(
            self._mind, ahead=ahead, meanings=meanings.looking_ahead(opened) if len(opened) >= _SOME else meanings
        )

    def answer_row(
        self,
        question: str,
        *,
        row_id: str | None = None,
        known: Filled | None = None,
        passed: Mapping[str, Any] | None = None,
        options: Sequence[str] = (),
    ) -> Row:
        """Return the row for one *question*: answered, conditional on an open slot, a choice, declined, or an error.

        Where it has *options*, here or in its own text, the row says which are right, and why not the others.
        """
        asked = Asked(question, row_id, known or {}, passed or {}, tuple(options))
        return _row(self._mind, asked, _item(asked))


def _options(pack: Pack, router: Router) -> "Options | None":
    from tutor.options import options_of  # only an item waits for it

    return options_of(pack, router)


def _item(asked: Asked) -> "Item | None":
    return None if _too_long(asked) else item_in(asked.question, asked.options)


def _stem(asked: Asked, item: "Item | None") -> str:
    return item.stem if item else asked.question


def _row(mind: Mind, asked: Asked, item: "Item | None") -> Row:
    row = partial(Row, asked.question, pack=mind.pack.stamp, id=asked.id, passed=asked.passed)
    try:
        turn = step(mind, FRESH, _stem(asked, item), asked.known)
    except SlotError as error:
        return row(status="error", error=str(error))
    if item and (options := mind.options()):
        found = options.pick(item)
        row = partial(row, choice=found.choice, choice_confidence=found.confidence, verdicts=found.options)
    reply, needs = turn.reply, tuple[str, ...]()
    if isinstance(reply, Ask):
        needs = tuple(open_slots(mind.pack.decisions[reply.decision], mind.pack.slots, reply.known))
        reply = _concluded(mind.pack, reply, turn.dialogue)
    row = partial(row, reply=reply.reply, needs=needs, candidates=turn.candidates)
    if not isinstance(reply, Answer):
        return row(status=_STATUS[reply.reply], answer=reply.text if reply.reply == "chat" else None)
    return row(
        status="conditional" if reply.branches else "answered",
        entry=reply.entry,
        kind=reply.kind,
        topic=reply.topic,
        title=reply.title,
        answer=reply.answer,
        because=reply.because,
        branches=reply.branches,
        citations=reply.citations,
        confidence=reply.confidence,
    )


def _too_long(asked: Asked) -> bool:
    return len(asked.question) + sum(map(len, asked.options)) > LONGEST


def _concluded(pack: Pack, asked: Ask, dialogue: Dialogue) -> Answer:
    """Return what the decision of an open question comes to, case by case."""
    decision, sure = pack.decisions[asked.decision], dialogue.confidence
    return answers.conclusion(pack, decision, asked.known, words=dialogue.words, confidence=sure)


def _cache() -> Path:
    from platformdirs import user_cache_path

    return user_cache_path("scenario-tutor", appauthor=False)
