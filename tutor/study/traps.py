"""Exercises of traps: a mistake as somebody would make it, and whether it is right, and why not."""

import re
from collections.abc import Iterator
from dataclasses import replace

from tutor.model import Entry, Pair, Trap
from tutor.study.exercise import Choice, Exercise
from tutor.study.exercised import exercised
from tutor.study.leads import MOST, advised, lead, said
from tutor.study.material import Material
from tutor.study.wrong import also_wrong, wrong

_BELIEF = re.compile(r"(Believing|Thinking|Assuming) that ")
_SECOND = re.compile(r"(,| and| or) (\w+ ){0,2}\w+ing\b")
#: words by which an author says that something only seems so, and what is left where it is claimed
_SEEMING = (
    (re.compile(r"\bit (looks|feels|seems) as if "), ""),
    (re.compile(r"\b(looks|feels|seems) as if it "), ""),
    (re.compile(r"\b(seems|looks) to be\b"), "is"),
    (re.compile(r"\bseems to (\w+)"), r"\1s"),
    (re.compile(r"\b(looks|feels|seems|sounds)( like)?\b(?! (away|at|for)\b)"), "is"),
    (re.compile(r"\b(look|feel|seem|sound) like\b"), "are"),
)


def from_traps(material: Material) -> Iterator[Exercise]:
    """Yield for every trap whether the mistake is right: no, for its reason; not for what tempts, nor for others."""
    for entry in material.entries:
        if isinstance(entry, Trap) and len(said(entry)) <= MOST:
            right, tempts = f"No. {said(entry)}", f"Yes. {claimed(lead(entry.tempts))}"
            tempting = Choice(tempts, False, f"It only seems so. {lead(entry.why)}.", entry.id)
            instead = [replace(one, text=f"No. {one.text}") for one in also_wrong(entry, "claim", 2)]
            taken = [tempts, *(one.text for one in instead)]
            others = wrong(material, entry, right, _no, 2 - len(instead), f"{entry.id}/claim", *taken)
            choices = (Choice(right, True, entry.why, entry.id), tempting, *instead, *others)
            yield exercised(material.pack, entry, _asked(material, entry.mistake), choices, "claim")


def claimed(tempts: str) -> str:
    """Return what *tempts* as somebody claims it who gives in to it.

    >>> claimed("The object is made without complaint, so nothing seems to be missing")
    'The object is made without complaint, so nothing is missing'
    """
    for seeming, claim in _SEEMING:
        tempts = seeming.sub(claim, tempts)
    return tempts


def _asked(material: Material, mistake: str) -> str:
    belief = _BELIEF.match(mistake)
    if belief:
        claim = mistake[belief.end() :]
        return f"Is this right? “{claim[:1].upper()}{claim[1:]}”"
    if _SECOND.search(mistake) or (advice := advised(material, mistake)) == mistake.removesuffix("."):
        return f"{_doing(mistake)} Is this right?"
    return f"A colleague advises: “{advice}.” Is this right?"


def _doing(mistake: str) -> str:
    """Return *mistake* as somebody's plan: what it names by its doing is suggested, and anything else is quoted.

    >>> _doing("Cutting the loaf hot"), _doing("A hot loaf.")
    ('A colleague suggests cutting the loaf hot.', 'A colleague advises: “A hot loaf.”')
    """
    doing = mistake.removesuffix(".")
    if doing.split(" ")[0].endswith("ing"):
        return f"A colleague suggests {doing[:1].lower()}{doing[1:]}."
    return f"A colleague advises: “{doing}.”"


def _no(entry: Entry) -> str:
    return "" if isinstance(entry, Pair) else f"No. {said(entry)}"
