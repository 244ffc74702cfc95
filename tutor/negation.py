"""Negation: whether a phrase is stated, denied, or only wondered about, by the words of its clause."""

from collections.abc import Sequence
from typing import Literal

Stance = Literal["stated", "denied", "open"]

_NOT = frozenset(
    "not no non never without cannot neither nor hardly lack lacks lacking avoid dont doesnt didnt isnt arent wasnt "
    "wont cant couldnt shouldnt wouldnt havent hasnt neednt".split()
)
_TAKEN_BACK = frozenset("only just merely matter doubt problem until before unless".split())  #: "not only" is no "not"
_JUST = frozenset("only just merely".split())
_RHETORICAL = frozenset("isn't aren't shouldn't wouldn't couldn't".split())  #: at the head of a question
_AFTER_A_NO = frozenset("it that i we the actually make change they there its it's sorry wait please".split())
_IS = frozenset("is are was were do does did will would has have be we you they i".split())
_BE = frozenset("is are was were isn't aren't".split())
_MISSED = frozenset(
    "needed need required require necessary wanted want available important possible critical essential allowed "
    "acceptable option must requirement priority matter exist there here ready".split()
)  #: after a phrase and a "not" they deny the phrase: "… is not needed"
_SPARED = frozenset("overkill unnecessary pointless superfluous unwanted irrelevant".split())  #: "… is overkill"
_CLAUSE_END = frozenset("but however although though yet while whereas because until unless".split())
_JOINS = frozenset("and so then".split())
_NEW_CLAUSE = frozenset(
    "i we you they he she it this that these those there the our my is are was must need needs has have can will "
    "should do does".split()
)  #: after "and" they begin a clause of its own
_ONLY_NEXT = frozenset("no non".split())  #: deny what they stand before, and nothing after an "and"
_UNSURE = frozenset("know sure certain clear decided idea tell say remember".split())  #: "not sure", "don't know"
_WONDERS = frozenset("whether unsure unclear undecided wonder wondering".split())
_ANY = frozenset("no nobody none nothing noone all everyone everybody anyone anybody".split())
_NOTHING = frozenset("nothing nobody none".split())  #: before "is" or "are" they deny what follows
_EXCEPT = frozenset("but except besides".split())  #: after one of _ANY: "nobody but employees"
_FILLERS = frozenset("a an the any at all really very be been have of kind sort it them this that show want".split())
_REACH = 4  #: words over which a negation carries, fillers not counted
_FARTHEST = 10


def stance(words: Sequence[str], start: int, end: int) -> Stance:
    """Return how the phrase from *start* up to *end* stands in the *words* of its clause.

    >>> stance("we do not need streaming".split(), 4, 5), stance("streaming is not needed".split(), 0, 1)
    ('denied', 'denied')
    >>> stance("we do not know whether it is streaming".split(), 7, 8), stance("not only streaming".split(), 2, 3)
    ('open', 'stated')
    """
    if words[start : start + 1] and words[start] in _ANY and _EXCEPT.intersection(words[end : end + 1]):
        return "open"
    if _JUST.intersection(words[max(0, start - 1) : start]) and "but" in words[end : end + 3]:
        return "open"  # "not just … but …" means the second
    return "denied" if _denied_after(words[end : end + 6]) else _before(words, start)


def is_denied(words: Sequence[str], place: int) -> bool:
    """Say whether what stands at *place* is denied by the words before it."""
    return _before(words, place) == "denied"


def begins_denied(words: Sequence[str], start: int) -> bool:
    """Say whether the phrase at *start* says "no" itself, as "no labels" does."""
    return words[start] in _NOT


def _denied_after(after: Sequence[str]) -> bool:
    """Whether the words after a phrase deny it: "… is not needed", "… predictions are not a must", "… is overkill"."""
    if after and after[0] not in _CLAUSE_END and not _BE.isdisjoint(after[1:2]):
        after = after[1:]
    for index, word in enumerate(after[:3]):
        if _is_not(word):
            return not _MISSED.isdisjoint(after[index + 1 : index + 3])
        if index and word in _SPARED:
            return True
        if word not in _IS:
            return False
    return False


def _before(words: Sequence[str], start: int) -> Stance:
    counted = 0
    for index in range(start - 1, max(0, start - _FARTHEST) - 1, -1):
        word = words[index]
        if word in _WONDERS or (word in _UNSURE and any(map(_is_not, words[max(0, index - 2) : index]))):
            return "open"
        if word == "but" and index and words[index - 1] == "anything":
            return "denied"
        if word in _CLAUSE_END or (word in _JOINS and index + 1 < start and words[index + 1] in _NEW_CLAUSE):
            return "stated"
        if _denies(words, index, start):
            return "stated" if _is_spent(words, index, start) else "denied"
        counted += word not in _FILLERS
        if counted >= _REACH:
            return "stated"
    return "stated"


def _is_spent(words: Sequence[str], index: int, start: int) -> bool:
    """Whether the negation at *index* is denied itself ("not without"), or ends before an "and" ("no … and")."""
    if words[index] == "without":
        return any(map(_is_not, words[max(0, index - 2) : index]))
    return words[index] in _ONLY_NEXT and "and" in words[index + 1 : start]


def _denies(words: Sequence[str], index: int, start: int) -> bool:
    word, after = words[index], words[index + 1 : min(start, index + 3)]
    if index == 0 and (word in _RHETORICAL or (word == "no" and not _AFTER_A_NO.isdisjoint(after[:1]))):
        return False
    if word in _NOTHING and not _BE.isdisjoint(after[:1]):
        return True
    return _is_not(word) and _TAKEN_BACK.isdisjoint(after[:1]) and "than" not in after


def _is_not(word: str) -> bool:
    return word in _NOT or word.endswith("n't")
