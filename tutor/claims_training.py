"""Entries and items of a pack -> their claims as tokens, to be kept beside the weights."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tutor.claims import KINDS, Counts, Kind, Told, errors, truths
from tutor.item import seeks_wrong
from tutor.model import Choice, Entry
from tutor.terms import Lexicon
from tutor.wording import counted


@dataclass(frozen=True)
class ClaimsReader:
    """Reads texts as tokens that are *known* to tell something; names by *lexicon*."""

    lexicon: Lexicon
    known: Mapping[str, float]

    def claims(self, entries: Mapping[str, Entry], choices: Sequence[Choice]) -> dict[Kind, Told]:
        """Return what *entries* and the options of the items *choices* claim, by kind and entry.

        A right option of an item that seeks what does not hold is wrong, and the other way round.
        """
        found: dict[Kind, dict[str, list[tuple[Counts, int]]]] = {kind: {} for kind in KINDS}
        for name, entry in entries.items():
            found["truth"][name] = self._told(truths(entry), -1)
            found["error"][name] = self._told([one.option for one in errors(entry)], -1)
        for number, choice in enumerate(choices):
            sides = (choice.right, choice.wrong)
            right, wrong = reversed(sides) if seeks_wrong(choice.question) else sides
            found["right"].setdefault(choice.entry, []).extend(self._told(right, number))
            found["wrong"].setdefault(choice.entry, []).extend(self._told(wrong, number))
        return dict(found)

    def stems(self, choices: Sequence[Choice]) -> list[Counts]:
        """Return the stems of the items *choices*, in their order."""
        return [self._counts(choice.question) for choice in choices]

    def _told(self, texts: Iterable[str], item: int) -> list[tuple[Counts, int]]:
        return [(self._counts(text), item) for text in texts]

    def _counts(self, text: str) -> Counts:
        return {token: count for token, count in sorted(counted(text, self.lexicon).items()) if token in self.known}
