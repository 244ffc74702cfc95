"""Leads: what a text says first, short enough to stand as a choice, and the forms that choices take."""

import re

from tutor.model import Entry
from tutor.study.material import Material

MOST = 190  #: characters that a choice may have
_SHORT = 40  #: characters of an answer below which it needs its reason beside it
_ENOUGH = 80  #: characters from which no further sentence is taken
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z`(])")
_BEFORE = ("first", "always", "never", "then", "in", "for", "before")  #: may stand before a piece of advice
_AND = re.compile(r"\band (\w+ing)\b")
_ARTICLE = re.compile(r"(A|An|The) ")


def sentences(text: str) -> list[str]:
    """Return the sentences of *text*.

    >>> sentences("Use an alias. It keeps its name.")
    ['Use an alias.', 'It keeps its name.']
    """
    return [one.strip() for one in _SENTENCE.split(text.strip()) if one.strip()]


def lead(text: str) -> str:
    """Return the first sentences of *text*, enough to say something, without the last full stop.

    >>> lead("Blue. The sky is blue when the sun shines and no cloud stands in front of it at all. It is grey in rain.")
    'Blue. The sky is blue when the sun shines and no cloud stands in front of it at all'
    """
    told, *more = sentences(text)
    for one in more:
        if len(told) >= _ENOUGH or len(f"{told} {one}") > MOST:
            break
        told = f"{told} {one}"
    return _cut(told).removesuffix(".")


def said(entry: Entry) -> str:
    """Return the answer of *entry* as a choice: the author's own, or its lead, with its reason if it is but a name."""
    if entry.as_choice:
        return entry.as_choice.removesuffix(".")
    return lead(entry.answer if len(entry.answer) >= _SHORT else f"{entry.answer} {entry.why}")


def _cut(text: str) -> str:
    """Return *text*, or what it says before the last semicolon or colon that keeps it short enough."""
    ends = [found.start() for found in re.finditer(r"[;:] ", text) if found.start() <= MOST]
    return text if len(text) <= MOST or not ends else text[: ends[-1]]


def advised(material: Material, option: str) -> str:
    """Return what tempts as a piece of advice: “Retraining at once” as “Retrain at once”, “A canary” as “Use a canary”.

    What has another form stays as it is.
    """
    first, blank, rest = option.removesuffix(".").partition(" ")
    if verb := _verb(material, first):
        more = _AND.sub(lambda found: f"and {_verb(material, found[1]) or found[1]}", rest)
        return f"{verb.capitalize()}{blank}{more}"
    if found := _ARTICLE.match(option):
        return f"Use {found[1].lower()} {option[found.end() :].removesuffix('.')}"
    return option.removesuffix(".")


def advises(material: Material, text: str) -> bool:
    """Say whether *text* begins as a piece of advice does."""
    opening, _, after = text.partition(", ")
    first, *more = (word.strip("`,.:").lower() for word in (*opening.split(" ", 2)[:2], after.split(" ", 1)[0]))
    return first in material.verbs or (first in _BEFORE and any(word in material.verbs for word in more))


def _verb(material: Material, gerund: str) -> str | None:
    """Return the verb of a *gerund*, by the words that the pack uses."""
    base = gerund.lower().removesuffix("ing")
    if not gerund.lower().endswith("ing") or len(base) < 2:
        return None
    tries = [base, f"{base}e", base[:-1] if base[-1:] == base[-2:-1] else base]
    known = [one for one in tries if one in material.verbs]
    return max(known, key=lambda one: material.counts[one], default=None)
