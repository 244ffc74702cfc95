"""What a text settles: the values of slots, from phrases and amounts, with negation bound to the phrase it negates."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter

from tutor.model import Band, Measure, Slot
from tutor.quantities import Quantity, read_quantities
from tutor.text import clean, fold, words

_NOT = frozenset("not no non never without cannot neither nor hardly dont doesnt isnt arent wont cant".split())
_TAKEN_BACK = frozenset("only just matter doubt".split())  #: after these a negation is none: "not only"
_RHETORICAL = frozenset("isn't aren't shouldn't wouldn't couldn't".split())  #: at the head of a question
_AFTER_A_NO = frozenset("it that i we the actually make change they there its it's sorry wait please".split())
_IS = frozenset("is are was were do does did will would has have".split())
_MISSED = frozenset(
    "needed need required require necessary wanted available important possible critical essential allowed acceptable "
    "option must requirement priority matter exist".split()
)  #: after a phrase and a "not" they deny the phrase: "… is not needed"
_CLAUSE_END = frozenset("but however although though yet while whereas because".split())
_OR = frozenset(("or", "vs", "versus"))
_AND = frozenset("and to with from".split())
_WEIGHED = frozenset("between difference compare compares compared comparing whether".split())
_SPAN_BEFORE = frozenset("last past next previous recent coming first".split())  #: then an amount is a time span,
_SPAN_AFTER = frozenset("ago old later earlier".split())  #: no wait
_PLAIN = {"yeah": "yes", "yep": "yes", "yup": "yes", "sure": "yes", "correct": "yes", "nope": "no", "nah": "no"}
_BARE = frozenset(("yes", "no", "it does", "it doesn't", "it does not", "we do", "we don't", "we do not"))
_CLAUSE = re.compile(r"[,;:.!?()–—]|\s-\s")
_REACH = 4  #: words over which a negation carries
_OR_REACH = 2  #: words between which an "or" joins
_NEAR = 8  #: words in which a cue must stand for an amount to count
_WINDOW = 200  #: characters in which those words are sought
_BUT_NOT = r"\b(?:rather than|instead of|as opposed to)\b"
_ALIKE = (
    (re.compile(r"(?<=\d)[.,](?=\d)"), ""),
    (re.compile(rf"{_BUT_NOT}(?=[^.!?]*\?)", re.IGNORECASE), "or"),  # in a question both are weighed
    (re.compile(_BUT_NOT, re.IGNORECASE), "not"),
    (re.compile(r"\bvs\.", re.IGNORECASE), "vs"),
    (re.compile(r"(?<=\w{3})/(?=\w{3})|\s/\s"), " or "),
    (re.compile(r",\s*(?=or\b)|,(?=\s*(?:[\w'-]+[ ,]+){1,3}or\b)", re.IGNORECASE), " or "),
)


_cut = lru_cache(maxsize=10_000)(words)  #: the phrases of a pack, cut once


@dataclass(frozen=True)
class _Said:
    """One phrase found: the value it means, its *words* from *start* to *end*, whether it is denied, what it weighs."""

    value: str
    words: str
    start: int
    end: int
    negated: bool
    weight: int


@dataclass(frozen=True)
class Reading:
    """What a text settles: slot -> value, by which of its words, and amounts too near the border to settle a slot."""

    filled: Mapping[str, str]
    words: Mapping[str, str]
    borderline: Mapping[str, str]


def read_slots(text: str, slots: Mapping[str, Slot], *, asked: str | None = None) -> Mapping[str, str]:
    """Return the slots that *text* settles, slot -> value, as *reading* has it."""
    return reading(text, slots, asked=asked).filled


def reading(text: str, slots: Mapping[str, Slot], *, asked: str | None = None) -> Reading:
    """Return which slots *text* settles, and by which words. A slot whose phrases disagree stays open.

    *asked* names the slot whose question the text replies to: its short replies count too, and amounts need no cue.
    """
    text = clean(text)
    clauses, quantities = _clauses(text), list(read_quantities(text))
    said = frozenset(word for clause in clauses for word in clause)
    filled: dict[str, str] = {}
    spoken: dict[str, str] = {}
    borderline: dict[str, str] = {}
    for name, slot in slots.items():
        if said.isdisjoint(_spoken(slot).phrases) and not (quantities and slot.measures):
            continue
        settled = _read(clauses, text, quantities, slot, asked=name == asked)
        if settled:
            filled[name], spoken[name] = settled
        elif near := _borderline(text, quantities, slot, asked=name == asked):
            borderline[name] = near
    return Reading(filled, spoken, borderline)


def value_named(said: str, slot: Slot) -> str | None:
    """Return the value that *said* names by its id, its label or one of its phrases, in any spelling."""
    wanted = fold(said)
    named = ((name, (name, value.label, *value.phrases, *value.replies)) for name, value in slot.values.items())
    return next((name for name, spellings in named if wanted in map(fold, spellings)), None)


def _clauses(text: str) -> list[tuple[str, ...]]:
    """Return the words of each clause; what means the same to the reader is written the same way first."""
    for written, alike in _ALIKE:
        text = written.sub(alike, text)
    clauses = [said for part in _CLAUSE.split(text) if (said := words(part))]
    if clauses:
        clauses[0] = (_PLAIN.get(clauses[0][0], clauses[0][0]), *clauses[0][1:])
    return clauses


def _read(
    clauses: Sequence[Sequence[str]], text: str, quantities: Sequence[Quantity], slot: Slot, *, asked: bool
) -> tuple[str, str] | None:
    """Return the value that the clauses settle, and the words that say so."""
    found = [
        said for clause in clauses for said in _stated(clause, list(_phrases(clause, slot, asked=asked)), asked=asked)
    ]
    found = sorted(found, key=attrgetter("weight"))
    yes = {said.value: (said.weight, said.words) for said in found if not said.negated}
    no = {said.value: said.words for said in found if said.negated}
    for value, amount in _measured(text, quantities, slot, asked=asked):
        yes.setdefault(value, (1, amount))
    meant = [value for value in yes if value not in no]
    if not meant and len(no) == len(slot.values) - 1:
        return next((value, ", ".join(no.values())) for value in slot.values if value not in no)
    if asked and len(meant) > 1:
        longest = max(yes[value][0] for value in meant)
        meant = [value for value in meant if yes[value][0] == longest]
    return (meant[0], yes[meant[0]][1]) if len(meant) == 1 else None


@dataclass(frozen=True)
class _Spoken:
    """The phrases of one slot by their first word: cut into words, the value meant, and whether it takes a cue."""

    slot: Slot
    phrases: Mapping[str, Sequence[tuple[tuple[str, ...], str, bool]]]
    cues: Sequence[tuple[str, ...]]


_SPOKEN: dict[int, _Spoken] = {}  #: what was cut once, by the identity of the slot
_MOST_SPOKEN = 10_000


def _spoken(slot: Slot) -> _Spoken:
    kept = _SPOKEN.get(id(slot))
    if kept is None or kept.slot is not slot:
        if len(_SPOKEN) >= _MOST_SPOKEN:
            _SPOKEN.clear()
        kept = _SPOKEN[id(slot)] = _cut_once(slot)
    return kept


def _cut_once(slot: Slot) -> _Spoken:
    phrases: dict[str, list[tuple[tuple[str, ...], str, bool]]] = {}
    for name, value in slot.values.items():
        for phrase in dict.fromkeys((*value.phrases, *value.replies, value.label)):
            cut = _cut(phrase)
            if cut:
                phrases.setdefault(cut[0], []).append((cut, name, phrase not in value.phrases))
    return _Spoken(slot, phrases, [cut for cue in slot.cues if (cut := _cut(cue))])


def _phrases(clause: Sequence[str], slot: Slot, *, asked: bool) -> Iterator[_Said]:
    """Yield the slot's phrases in one clause, none that stands within a longer one."""
    spoken = _spoken(slot)
    near = [phrase for word in spoken.phrases.keys() & set(clause) for phrase in spoken.phrases[word]]
    if not near:
        return
    loose = asked or any(_stands(clause, cue) for cue in spoken.cues)
    spans = {
        (start, -start - len(cut), name)
        for cut, name, takes_cue in near
        if loose or not takes_cue
        for start in _stands(clause, cut)
        if " ".join(cut) not in _BARE or (asked and start == 0)
    }
    last = (0, 0)
    for start, minus_end, name in sorted(spans):
        if -minus_end > last[1] or (start, -minus_end) == last:
            last = (start, -minus_end)
            phrase = " ".join(clause[start:-minus_end])
            weight = 0 if phrase in _BARE else last[1] - start
            yield _Said(name, phrase, *last, _negated(clause, *last), weight)


def _stated(clause: Sequence[str], found: Sequence[_Said], *, asked: bool) -> list[_Said]:
    """Return the phrases that *clause* states; one side of an "or" is only offered, unless both sides mean the same."""
    stated = []
    for index, said in enumerate(found):
        beside = [other for other in found[max(0, index - 1) : index + 2] if other is not said]
        sides = {other.value for other in beside if _offered(clause, other, said)}
        if sides == {said.value} or (not sides and (asked or not _weighed(clause, said))):
            stated.append(said)
    return stated


def _offered(clause: Sequence[str], one: _Said, other: _Said) -> bool:
    """Whether an "or" and at most one word more stand between two phrases."""
    between = clause[min(one.end, other.end) : max(one.start, other.start)]
    return len(between) <= _OR_REACH and not _OR.isdisjoint(between)


def _weighed(clause: Sequence[str], said: _Said) -> bool:
    """Whether a phrase is named beside an "or", or to be compared, and not stated."""
    beside = (*clause[max(0, said.start - _OR_REACH) : said.start], *clause[said.end : said.end + 1])
    compared = not _WEIGHED.isdisjoint(clause[: said.start]) and not _AND.isdisjoint(beside)
    return compared or not _OR.isdisjoint(beside)


def _stands(clause: Sequence[str], cut: Sequence[str]) -> list[int]:
    """Return where the words *cut* begin in *clause*."""
    if cut[0] not in clause:
        return []
    return [start for start, word in enumerate(clause) if word == cut[0] and clause[start : start + len(cut)] == cut]


def _negated(clause: Sequence[str], start: int, end: int) -> bool:
    """Whether a phrase is denied, by words before it ("we need no …") or after it ("… is not needed")."""
    after = clause[end : end + 4]
    for index, word in enumerate(after[:2]):
        if word in _NOT or word.endswith("n't"):
            if not _MISSED.isdisjoint(after[index + 1 : index + 3]):
                return True
        elif word not in _IS:
            break
    for index in range(start - 1, max(0, start - _REACH) - 1, -1):
        if clause[index] in _CLAUSE_END:
            return False
        if _denies(clause[:start], index):
            return True
    return False


def _denies(clause: Sequence[str], index: int) -> bool:
    word, after = clause[index], clause[index + 1 : index + 3]
    if index == 0 and (word in _RHETORICAL or (word == "no" and not _AFTER_A_NO.isdisjoint(after[:1]))):
        return False
    return (word in _NOT or word.endswith("n't")) and _TAKEN_BACK.isdisjoint(after[:1]) and "than" not in after


def _measured(text: str, quantities: Sequence[Quantity], slot: Slot, *, asked: bool) -> Iterator[tuple[str, str]]:
    """Yield the values that amounts mean, with the words of each amount."""
    for measure, quantity in _amounts(text, quantities, slot, asked=asked):
        for value, band in measure.values.items():
            if _within(quantity, band):
                yield value, text[quantity.start : quantity.end]


def _borderline(text: str, quantities: Sequence[Quantity], slot: Slot, *, asked: bool) -> str | None:
    """Return the words of the first amount that counts for the slot and lies in no band."""
    for measure, quantity in _amounts(text, quantities, slot, asked=asked):
        if len(measure.values) > 1 and not any(_within(quantity, band) for band in measure.values.values()):
            return text[quantity.start : quantity.end]
    return None


def _amounts(
    text: str, quantities: Sequence[Quantity], slot: Slot, *, asked: bool
) -> Iterator[tuple[Measure, Quantity]]:
    for measure in slot.measures:
        for quantity in quantities:
            if quantity.unit == measure.unit and (asked or _cued(text, quantity, measure)):
                yield measure, quantity


def _within(quantity: Quantity, band: Band) -> bool:
    return band.least <= quantity.low and quantity.high <= band.most


def _cued(text: str, quantity: Quantity, measure: Measure) -> bool:
    """Whether an amount stands near a word that ties it to the measure, is not denied, and is no stretch of time."""
    before = words(text[max(0, quantity.start - _WINDOW) : quantity.start])[-_NEAR:]
    after = words(text[quantity.end : quantity.end + _WINDOW])[:_NEAR]
    is_span = not (_SPAN_BEFORE.isdisjoint(before[-1:]) and _SPAN_AFTER.isdisjoint(after[:1]))
    if is_span or _negated(before, len(before), len(before)):
        return False
    within = words(text[quantity.start : quantity.end])
    return not measure.near or not set(measure.near).isdisjoint((*before, *within, *after))
