"""Entries and decisions of a pack -> replies: everything an answer says is put together here."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from tutor.decision import Filled, at_most, branches, holds, irrelevant, settled, smallest_flips
from tutor.errors import EntryError
from tutor.model import Decision, Entry, Pair, Rule, Slot, Trap
from tutor.once import Once
from tutor.quantities import read_quantities
from tutor.reply import Answer, Ask, Candidate, Cited, Flip, Option, Page, Way
from tutor.reply import named as named_slot
from tutor.router import Route
from tutor.spelling import did_you_mean
from tutor.subject import Pack


def candidates(pack: Pack, route: Route) -> tuple[Candidate, ...]:
    """Return the entries of a route, best first, with their titles."""
    return tuple([Candidate(entry, pack.entries[entry].title, confidence) for entry, confidence in route.entries])


def named(pack: Pack, entries: Iterable[str]) -> tuple[Candidate, ...]:
    """Return *entries* as candidates nobody has ranked."""
    return tuple(Candidate(entry, pack.entries[entry].title, 0.0) for entry in entries)


def answer(
    pack: Pack,
    entry_id: str,
    *,
    confidence: float = 1.0,
    alternatives: tuple[Candidate, ...] = (),
    filled: Filled | None = None,
    words: Filled | None = None,
) -> Answer:
    """Return the answer that an entry gives.

    Where *filled* settles a decision that ends in the entry, the answer says so, by which *words* of the learner, and
    what would flip it.
    """
    decision = deciding(pack, entry_id, filled) if filled else None
    known = {slot: value for slot, value in (filled or {}).items() if decision and slot in decision.slots}
    plain = _answer(pack, pack.entries[entry_id], confidence=confidence, alternatives=alternatives)
    return _decided(pack, decision, plain, known, words or {}) if decision else plain


def show(pack: Pack, entry_id: str) -> Answer:
    """Return the answer that an entry gives by its id; an EntryError names the nearest when there is none such."""
    return answer(pack, entry_named(pack, entry_id).id)


def entry_named(pack: Pack, entry_id: str) -> Entry:
    """Return the entry of this id; an EntryError names the nearest when there is none such."""
    if entry_id not in pack.entries:
        raise EntryError(f"there is no entry {entry_id}; {did_you_mean(entry_id, pack.entries)}")
    return pack.entries[entry_id]


def conclusion(
    pack: Pack, decision: Decision, filled: Filled, *, words: Filled | None = None, confidence: float = 1.0
) -> Answer:
    """Return what *decision* comes to: its outcome, or, while a needed slot is unknown, one answer for each way."""
    rule = settled(decision, pack.slots, filled)
    if rule:
        plain = _answer(pack, pack.entries[rule.outcome], confidence=confidence)
        return _decided(pack, decision, plain, filled, words or {})
    ways = tuple(
        Way(branch.when, entry.id, entry.answer, entry.title, told(pack, branch.when), branch.rule.verdict)
        for branch in branches(decision, pack.slots, filled)
        for entry in [pack.entries[branch.rule.outcome]]
    )
    frame = _answer(pack, pack.entries[framing(decision, filled)], confidence=confidence)
    return replace(frame, because=dict(filled), said=_said(filled, words or {}), branches=ways)


def _decided(pack: Pack, decision: Decision, plain: Answer, filled: Filled, words: Filled) -> Answer:
    """Return the *plain* answer of the entry in which *filled* makes *decision* end, with what decided."""
    rule = settled(decision, pack.slots, filled)
    idle = irrelevant(decision, pack.slots, filled)
    return replace(
        plain,
        because=dict(filled),
        said=_said(filled, words),
        reason=_reason(rule, filled),
        verdict=rule.verdict if rule else None,
        flips=_flips(pack, decision, filled),
        indifferent=tuple(slot for slot in idle if slot in filled or rule),
    )


def _said(filled: Filled, words: Filled) -> dict[str, str]:
    return {slot: words[slot] for slot in filled if slot in words}


def framing(decision: Decision, filled: Filled) -> str:
    """Return the entry that frames the answer while a slot is unknown."""
    known = (rule for rule in decision.partial if set(rule.when) <= set(filled) and holds(rule, filled))
    return next((rule.outcome for rule in known), decision.overview)


def ask(pack: Pack, decision: Decision, slot: str, filled: Filled) -> Ask:
    """Return the question for *slot* of *decision*."""
    asked = pack.slots[slot]
    return Ask(
        decision=decision.id,
        slot=slot,
        question=asked.question,
        options=tuple(Option(name, value.label) for name, value in asked.values.items()),
        why=asked.why,
        at_most=at_most(decision, pack.slots, filled),
        known=dict(filled),
        between=_between(decision, pack.slots, filled),
    )


def _between(decision: Decision, slots: Mapping[str, Slot], filled: Filled) -> tuple[str, ...]:
    """Return the verdicts that are still possible, in the order of the rules."""
    left = {id(branch.rule) for branch in branches(decision, slots, filled)}
    verdicts = (rule.verdict for rule in decision.rules if id(rule) in left)
    return tuple(dict.fromkeys(verdict for verdict in verdicts if verdict))


def deciding(pack: Pack, entry_id: str, filled: Filled) -> Decision | None:
    """Return the first decision that *filled* settles with this entry."""
    for decision in pack.decisions.values():
        known = {slot: value for slot, value in filled.items() if slot in decision.slots}
        rule: Rule | None = settled(decision, pack.slots, known) if known else None
        if rule and rule.outcome == entry_id:
            return decision
    return None


def _reason(rule: Rule | None, filled: Filled) -> str | None:
    return rule.because if rule and set(rule.when) <= set(filled) else None


def _flips(pack: Pack, decision: Decision, filled: Filled) -> tuple[Flip, ...]:
    return tuple(_flip(pack, change.values, change.rule) for change in smallest_flips(decision, pack.slots, filled))


def _flip(pack: Pack, values: Filled, rule: Rule) -> Flip:
    (slot, value), *others = values.items()
    title = pack.entries[rule.outcome].title
    return Flip(slot, value, rule.outcome, title, told(pack, values), rule.verdict, dict(others))


def _answer(pack: Pack, entry: Entry, *, confidence: float = 1.0, alternatives: tuple[Candidate, ...] = ()) -> Answer:
    return Answer(**_of_entry(pack, entry), confidence=confidence, alternatives=alternatives[:3])


def _fields(pack: Pack, entry: Entry) -> dict[str, Any]:
    """Return the fields of an answer that hang on its *entry* alone."""
    return {
        "entry": entry.id,
        "kind": entry.kind,
        "topic": entry.topic,
        "title": entry.title,
        "answer": entry.answer,
        "why": entry.why,
        "decides": entry.decides if isinstance(entry, Pair) else None,
        "distractor": distractor(entry),
        "because": {},
        "reason": None,
        "branches": (),
        "flips": (),
        "practice": entry.practice,
        "citations": cited(pack, entry),
        "references": tuple(Page(page.title, page.url) for page in entry.references),
        "see_also": entry.see_also,
    }


_of_entry = Once(_fields)


def told(pack: Pack, values: Filled) -> str:
    """Return *values* as a learner reads them: each slot with the label of its value."""
    return ", ".join(f"{named_slot(name)} “{pack.slots[name].values[value].label}”" for name, value in values.items())


def border(pack: Pack, slot: str, words: Filled) -> str | None:
    """Return that the learner's *words* for *slot* lie between its values; None where nothing was said of it."""
    if slot not in words:
        return None
    values = _around(pack.slots[slot], words[slot]) or list(pack.slots[slot].values)
    labels = " and ".join(f"“{pack.slots[slot].values[value].label}”" for value in values)
    return f"“{words[slot]}” lies between {labels}, so I do not guess."


def _around(slot: Slot, words: str) -> list[str]:
    """Return the values below and above the amount in *words*."""
    for measure in slot.measures:
        for amount in read_quantities(words):
            below = [name for name, band in measure.values.items() if band.most < amount.low]
            above = [name for name, band in measure.values.items() if band.least > amount.high]
            if amount.unit == measure.unit and below and above:
                bands = measure.values
                return [max(below, key=lambda name: bands[name].most), min(above, key=lambda name: bands[name].least)]
    return []


def tempting(entry: Entry) -> str | None:
    """Return the tempting wrong option."""
    match entry:
        case Trap():
            return entry.mistake
        case _ if entry.distractor:
            return entry.distractor.option
        case _:
            return None


def distractor(entry: Entry) -> str | None:
    """Return the tempting wrong option and why it is wrong, in one text."""
    match entry:
        case Trap():
            return f"{entry.mistake.rstrip('.')}. {entry.tempts}"
        case _ if entry.distractor:
            return f"{entry.distractor.option}. {entry.distractor.wrong_because}"
        case _:
            return None


def cited(pack: Pack, entry: Entry) -> tuple[Cited, ...]:
    """Return the citations of *entry* with the titles of their sources."""
    return tuple(
        Cited(citation.source, source.title, ", ".join(citation.lines), source.url, source.file)
        for citation in entry.citations
        for source in [pack.sources[citation.source]]
    )
