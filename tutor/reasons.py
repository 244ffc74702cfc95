"""Why an option is right, tempting or wrong: the statement of an entry that says so."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tutor.claims import Claims, errors, sentences
from tutor.model import Distractor, Entry, Pair
from tutor.reply import Weighed
from tutor.statements import Role, Statements
from tutor.subject import Pack
from tutor.text import words
from tutor.wording import Wording

_TEMPTS = 0.35  #: likeness to what tempts beside an entry from which an option is that
_ELSEWHERE = 0.3  #: likeness to another entry's answer from which an option is about that
_SHARPER = 10.0
_FAILS = "This does not hold, which is what is asked for."
_FULL = 5  #: words that say something by themselves
_OPEN = "What I know does not decide between these options."


@dataclass(frozen=True)
class Reasons:
    """Finds reasons in the entries that are *likely* meant, in what they state and in the *errors* that they name.

    *wrong* says that the item seeks what does not hold.
    """

    pack: Pack
    statements: Statements
    errors: Claims
    likely: Mapping[int, float]
    wrong: bool

    def deciding(self, chosen: Sequence[Wording]) -> str:
        """Return the entry by which the *chosen* options are right: likely meant, and most like them."""
        like = [self.statements.likeness("whole", option.bag) for option in chosen]

        def weight(entry: int) -> float:
            return self.likely[entry] * math.exp(_SHARPER * sum(one[entry] for one in like) / len(like))

        return self.statements.entries[max(self.likely, key=weight)]

    def weighed(self, said: str, option: Wording, entry: str, *, sought: bool) -> Weighed:
        """Return what the option *said* is, beside the deciding *entry*; *sought* where it is picked."""
        tempting, elsewhere = self._tempting(option), self._elsewhere(option, entry)
        decider = self.pack.entries[entry]
        if self.wrong and not sought:
            return Weighed(said, "wrong", f"This holds: {self._telling(decider, option)}", entry)
        if sought and not self.wrong:
            return Weighed(said, "right", self._telling(decider, option), entry)
        if tempting:
            tempts, error = tempting
            if sought:
                return Weighed(said, "right", f"{_FAILS} {error.wrong_because}", tempts)
            return Weighed(said, "tempting", error.wrong_because, tempts)
        if sought:
            return Weighed(said, "right", f"{_FAILS} {self._telling(decider, option)}", entry)
        if elsewhere:
            other = self.pack.entries[elsewhere]
            return Weighed(said, "wrong", f"That belongs to “{other.title}”.", elsewhere)
        return Weighed(said, "wrong", decider.decides if isinstance(decider, Pair) else decider.why, entry)

    def undecided(self, said: str) -> Weighed:
        """Return the option *said* where what is known does not decide."""
        return Weighed(said, "open", _OPEN, None)

    def _tempting(self, option: Wording) -> tuple[str, Distractor] | None:
        """Return the error of a likely entry that *option* is, more than it is like that entry's answer."""
        near = {entry: self.errors.likeness(entry, option.bag) for entry in self.likely}
        best = max(near, key=lambda entry: self.likely[entry] * max(near[entry], default=0.0))
        like = max(near[best], default=0.0)
        if like < max(_TEMPTS, self._like("answer", option)[best]):
            return None
        name = self.statements.entries[best]
        return name, errors(self.pack.entries[name])[near[best].index(like)]

    def _elsewhere(self, option: Wording, entry: str) -> str | None:
        """Return the entry other than *entry* whose answer *option* is."""
        like = self._like("answer", option)
        best = max(range(len(like)), key=like.__getitem__)
        name = self.statements.entries[best]
        return name if name != entry and like[best] >= _ELSEWHERE else None

    def _like(self, role: Role, option: Wording) -> list[float]:
        return self.statements.likeness(role, option.bag)

    def _telling(self, entry: Entry, option: Wording) -> str:
        """Return the sentence of *entry* that has most of the words of *option*, the first of several."""
        read = self.statements.reader.read
        decides = entry.decides if isinstance(entry, Pair) else ""
        said = sentences(entry.answer, decides, entry.why)
        shared = [math.fsum(count for token, count in read(one).bag.items() if token in option.bag) for one in said]
        best = said[shared.index(max(shared))]
        return best if len(words(best)) >= _FULL else entry.answer
