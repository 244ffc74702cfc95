"""The tutor: load a pack once, then respond to learners and answer batches, from any number of threads."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Self

from tutor import answers
from tutor.decision import Filled, open_slots
from tutor.dialogue import Dialogue, Mind, Turn
from tutor.errors import SlotError
from tutor.explanation import Explanation, explain, word_weights
from tutor.folder import bundled
from tutor.learned import learned
from tutor.meaning import Meanings
from tutor.picking import pick
from tutor.pointers import pointers
from tutor.reply import Answer, Ask
from tutor.router import Router
from tutor.row import Row, Status
from tutor.step import step
from tutor.subject import Pack
from tutor.weights import Weights

_STATUS: dict[str, Status] = {"answer": "answered", "choose": "choose", "decline": "declined", "chat": "declined"}


class Tutor:
    """Answers questions about one pack. Costly to make, cheap to use, safe to share between threads."""

    def __init__(self, pack: Pack, weights: Weights) -> None:
        self.pack = pack
        router = Router(weights)
        self._mind = Mind(pack, router, Meanings(weights.meanings, router.knows))

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

    def respond(self, text: str, dialogue: Dialogue | None = None, *, known: Filled | None = None) -> Turn:
        """Return the reply to *text* and the dialogue after it; *known* gives slot values besides the text's own.

        A SlotError when *known* names what the pack does not have, a DialogueError when *dialogue* does.
        """
        turn = step(self._mind, dialogue or Dialogue(), text, known)
        if not isinstance(turn.reply, Answer) or not turn.candidates:
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

    def explain(self, text: str) -> Explanation:
        """Return how *text*, as a question of its own, is routed, and why."""
        return explain(self._mind, text)

    def blame(self, text: str, entry: str | None = None) -> Mapping[str, float]:
        """Return what each word of *text* adds to the score of *entry*, or else of the first candidate.

        A word that speaks against it is below 0. An EntryError names the nearest id when there is no such entry.
        """
        return word_weights(self._mind, text, answers.entry_named(self.pack, entry).id if entry else None)

    def answer_batch(self, questions: Iterable[str]) -> list[Row]:
        """Return one row for each question, in order, without dialogue."""
        return [self.answer_row(question) for question in questions]

    def answer_row(
        self,
        question: str,
        *,
        row_id: str | None = None,
        known: Filled | None = None,
        passed: Mapping[str, Any] | None = None,
    ) -> Row:
        """Return the row for one *question*: answered, conditional on an open slot, a choice, declined, or an error."""
        row = Row(question=question, status="error", pack=self.pack.stamp, id=row_id, passed=passed or {})
        try:
            turn = step(self._mind, Dialogue(), question, known)
        except SlotError as error:
            return replace(row, error=str(error))
        needs: tuple[str, ...] = ()
        if isinstance(turn.reply, Ask):
            decision = self.pack.decisions[turn.reply.decision]
            needs = tuple(open_slots(decision, self.pack.slots, turn.reply.known))
            sure = turn.dialogue.confidence
            concluded = answers.conclusion(
                self.pack, decision, turn.reply.known, words=turn.dialogue.words, confidence=sure
            )
            turn = replace(turn, reply=concluded)
        return _filled_in(row, turn, needs)


def _filled_in(row: Row, turn: Turn, needs: tuple[str, ...]) -> Row:
    reply = turn.reply
    row = replace(row, status=_STATUS[reply.reply], reply=reply.reply, needs=needs, candidates=turn.candidates)
    if not isinstance(reply, Answer):
        return replace(row, answer=reply.text if reply.reply == "chat" else None)
    return replace(
        row,
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


def _cache() -> Path:
    from platformdirs import user_cache_path

    return user_cache_path("scenario-tutor", appauthor=False)
