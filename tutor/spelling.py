"""The nearest known spelling of a word or name: the only place that knows rapidfuzz."""

from collections.abc import Iterable, Sequence


def nearest(name: str, known: Iterable[str], *, least: float = 60) -> str | None:
    """Return the *known* name most like *name*, or None when none reaches *least* (0 to 100).

    >>> nearest("rolback", ["latency", "rollback"])
    'rollback'
    """
    from rapidfuzz import fuzz, process, utils

    best = process.extractOne(name, sorted(known), scorer=fuzz.ratio, processor=utils.default_process)
    return best[0] if best and best[1] >= least else None


def repair(word: str, known: Sequence[str], *, most: int = 2) -> str | None:
    """Return the one *known* word that *word* is most likely a slip of, or None.

    One slip (a letter added, dropped, changed, or two swapped) up to five letters, two above, never more than *most*;
    words under four letters and words with digits are left alone. Ties fall to the one that stands first in *known*.

    >>> repair("blue-gren", ["blue-green", "canary"])
    'blue-green'
    """
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    if len(word) < 4 or not word.isascii() or any(char.isdigit() for char in word):
        return None
    slips = min(most, 1 if len(word) <= 5 else 2)
    best = process.extractOne(word, known, scorer=OSA.distance, score_cutoff=slips)
    return best[0] if best else None


def likest(typed: str, known: Iterable[str], *, most: int, fuzzy: bool = True) -> list[str]:
    """Return the *known* names that *typed* may be the beginning of, at most *most*, the likeliest first.

    First those that begin so, then those of which a word begins so; where there are none, if *fuzzy*, those that nearly
    begin so.

    >>> likest("gr", ["blue-green", "gradual", "canary"], most=2)
    ['gradual', 'blue-green']
    >>> likest("cannar", ["blue-green", "gradual", "canary"], most=2)
    ['canary']
    """
    said = typed.casefold()
    folded = [(name.casefold(), name) for name in known]
    begun = [name for fold, name in folded if fold.startswith(said)]
    within = [name for fold, name in folded if not fold.startswith(said) and _word_begins(fold, said)]
    found = [*begun, *within][:most]
    return found or (_nearly_begun(said, folded)[:most] if fuzzy else [])


def _word_begins(name: str, said: str) -> bool:
    at = name.find(said, 1)
    while at > 0 and name[at - 1].isalnum():
        at = name.find(said, at + 1)
    return at > 0


def _nearly_begun(said: str, names: Sequence[tuple[str, str]], *, least: float = 75) -> list[str]:
    """Return the *names*, given folded and as they are, that begin most like *said*, if it has four letters or more."""
    from rapidfuzz import fuzz, process

    if len(said) < 4:
        return []
    begun = [name[: len(said)] for name, _ in names]
    found = process.extract(said, begun, scorer=fuzz.ratio, score_cutoff=least, limit=5)
    return [names[at][1] for _, _, at in found]


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return "did you mean …?" for a misspelt *name*, or the list of what is known when nothing is near.

    >>> did_you_mean("gradal", ["instant", "gradual"])
    'did you mean gradual?'
    >>> did_you_mean("x", ["instant", "gradual"])
    'known: gradual, instant'
    """
    names = sorted(known)
    if not names:
        return "there is none yet"
    near = nearest(name, names)
    return f"did you mean {near}?" if near else "known: " + ", ".join(names[:20]) + (" …" if len(names) > 20 else "")
