"""Hints: a ladder from the topic to a choice that falls away, none of which names the answer."""

import re
from collections.abc import Iterable

from tutor.study.exercise import Exercise, drawn
from tutor.subject import Pack
from tutor.terms import Lexicon
from tutor.text import words

_GAP = "…"


def hints(pack: Pack, exercise: Exercise) -> tuple[str, ...]:
    """Return what helps with *exercise*: its topic, what decides, and, of three choices or more, one that is wrong.

    Where what decides names the answer and nothing else, the name is left out.
    """
    mask = _Mask(pack, exercise)
    topic = f"It is about this: {pack.topics[exercise.topic]}."
    decides = f"What decides: {mask.over(exercise.decides)}"
    wrong = min((one for one in exercise.choices if not one.right), key=lambda one: drawn(exercise.id, one.text))
    falls = f"Not “{wrong.text.removesuffix('.')}”. {mask.over(wrong.why)}"
    return (topic, decides, falls) if len(exercise.choices) > 2 else (topic, decides)


class _Mask:
    """Leaves the names of the right choice out of a text, unless the question or a wrong choice has them as well."""

    def __init__(self, pack: Pack, exercise: Exercise) -> None:
        self._lexicon = Lexicon.of(pack.terms)
        right = exercise.choices[exercise.right].text
        self._wrong = self._names(one.text for one in exercise.choices if not one.right)
        self._telling = self._names([right]) - self._names([exercise.stem]) - self._wrong

    def over(self, text: str) -> str:
        """Return *text* without the names that tell; all of it where it names a wrong choice, too."""
        said = words(text)
        found = [name for name in self._lexicon.find(said) if name.term in self._telling]
        if self._wrong & self._names([text]):
            return text
        for name in found:
            spelt = r"[\W_]*".join(map(re.escape, said[name.start : name.end]))
            text = re.sub(rf"(?<!\w)`?{spelt}(\(\))?`?(?!\w)", _GAP, text, flags=re.IGNORECASE)
        return text

    def _names(self, texts: Iterable[str]) -> set[str]:
        return {found.term for text in texts for found in self._lexicon.find(words(text))}
