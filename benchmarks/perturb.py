"""The same question as other people would type it: slips, old names, other numbers, padding. Pure and seeded."""

import re
import string
from collections.abc import Callable, Iterable
from functools import partial
from random import Random

from benchmarks.numerals import rewrite
from benchmarks.slips import any_slip, neighbour, slip_in
from tutor.model import Term

Change = Callable[[str, Random], str]

_AUXILIARIES = ("is are was were do does did can could should would will must has have may might").split()
_BEFORE = (
    "I have been going round in circles on this for a while.",
    "Sorry if this has been asked before.",
    "My colleague and I talked about it over lunch yesterday.",
    "I am quite new here, so please bear with me.",
    "It is raining outside and the coffee machine is broken again.",
    "My manager would like to hear about it on Thursday.",
)
_AFTER = (
    "Thanks a lot in advance!",
    "Any pointer would be very welcome.",
    "I will read the answer on the train tonight.",
    "My colleagues would be glad to hear it too.",
    "Have a nice weekend, everybody.",
    "I hope this makes sense.",
)
_TOKEN = re.compile(r"\S+")
_SHARE = 0.2
_NEGATION = re.compile(r"\b(?P<stem>can)not\b|\b(?P<short>\w+)n['’]t\b|\s(?:not|no)\b", re.IGNORECASE)
_SHORTENED = {"ca": "can", "wo": "will", "sha": "shall"}
_AUXILIARY = re.compile(rf"\b(?:{'|'.join(_AUXILIARIES)})\b", re.IGNORECASE)
_EDGES = string.punctuation + "“”‘’„…–—"


def typo(text: str, rng: Random) -> str:
    """Return *text* with one letter added, dropped, changed, or two swapped, in one word of four letters or more."""
    return slip_in(text, rng, 1, any_slip)


def neighbour_key(text: str, rng: Random) -> str:
    """Return *text* with one letter replaced by one beside it on the keyboard, in one word of four letters or more."""
    return slip_in(text, rng, 1, neighbour)


def typos(text: str, rng: Random) -> str:
    """Return *text* with a slip in a fifth of its words, one at least."""
    return slip_in(text, rng, max(1, round(_SHARE * len(_TOKEN.findall(text)))), any_slip)


def negation(text: str, rng: Random) -> str:
    """Return *text* without its first "not", "no" or "n't"; where it has none, with a "not" after an auxiliary."""
    changed, count = _NEGATION.subn(_affirmed, text, count=1)
    found = list(_AUXILIARY.finditer(text))
    if count or not found:
        return changed
    at = rng.choice(found).end()
    return f"{text[:at]} not{text[at:]}"


def _affirmed(match: re.Match[str]) -> str:
    short = match["short"] or ""
    return match["stem"] or _SHORTENED.get(short.lower(), short)


def padding(text: str, rng: Random) -> str:
    """Return *text* between two sentences that have nothing to do with it."""
    return f"{rng.choice(_BEFORE)} {text} {rng.choice(_AFTER)}"


def bare(text: str, _: Random) -> str:
    """Return *text* in lower case, without the punctuation at the edges of words.

    >>> bare("Is it true, really?", Random(0))
    'is it true really'
    """
    return " ".join(word for token in text.lower().split() if (word := token.strip(_EDGES)))


def renaming(terms: Iterable[Term]) -> Change:
    """Return the change that writes old names of *terms* for new ones and new ones for old."""
    others = {spelling.casefold(): swapped for term in terms for spelling, swapped in _swapped(term)}
    longest = sorted(others, key=lambda spelling: (-len(spelling), spelling))
    names = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)", re.IGNORECASE) if longest else None
    return partial(_renamed, names, others)


def _renamed(names: re.Pattern[str] | None, others: dict[str, tuple[str, ...]], text: str, rng: Random) -> str:
    def other(match: re.Match[str]) -> str:
        return rng.choice(others.get(match.group().casefold()) or (match.group(),))

    return names.sub(other, text) if names else text


def _swapped(term: Term) -> Iterable[tuple[str, tuple[str, ...]]]:
    """Yield every spelling of a term with what may stand for it; a longer name shields the shorter one within it."""
    yield from ((spelling, term.formerly) for spelling in (term.name, *term.aliases))
    yield from ((spelling, (term.name,)) for spelling in term.formerly)


def changes(terms: Iterable[Term]) -> dict[str, Change]:
    """Return every kind of change by its name."""
    return {
        "one typo": typo,
        "one neighbouring key": neighbour_key,
        "typos in a fifth of the words": typos,
        "old and new names": renaming(terms),
        "other numbers": rewrite,
        "padding": padding,
        "lower case, no punctuation": bare,
        "negation flipped": negation,
    }
