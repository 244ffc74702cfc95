"""Entries and decisions of a pack -> replies: everything an answer says is put together here."""

from collections.abc import Iterable
from itertools import islice

from tutor.decision import Filled, at_most, branches, flips, holds, settled
from tutor.errors import EntryError
from tutor.model import Decision, Entry, Pair, Rule, Trap
from tutor.reply import Answer, Ask, Candidate, Cited, Flip, Option, Page, Way
from tutor.router import Route
from tutor.spelling import did_you_mean
from tutor.subject import Pack


def candidates(pack: Pack, route: Route) -> tuple[Candidate, ...]:
    """Return the entries of a route, best first, with their titles."""
    return tuple(Candidate(entry, pack.entries[entry].title, confidence) for entry, confidence in route.entries)


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
) -> Answer:
    """Return the answer that an entry gives.

    Where *filled* settles a decision that ends in the entry, the answer says so and what would flip it.
    """
    decision = deciding(pack, entry_id, filled or {})
    known = {slot: value for slot, value in (filled or {}).items() if decision and slot in decision.slots}
    rule = settled(decision, pack.slots, known) if decision else None
    return _answer(
        pack,
        pack.entries[entry_id],
        because=known if rule else {},
        reason=_reason(rule, known),
        flips=_flips(pack, decision, known) if decision else (),
        confidence=confidence,
        alternatives=alternatives,
    )


def show(pack: Pack, entry_id: str) -> Answer:
    """Return the answer that an entry gives by its id; an EntryError names the nearest when there is none such."""
    return answer(pack, entry_named(pack, entry_id).id)


def entry_named(pack: Pack, entry_id: str) -> Entry:
    """Return the entry of this id; an EntryError names the nearest when there is none such."""
    if entry_id not in pack.entries:
        raise EntryError(f"there is no entry {entry_id}; {did_you_mean(entry_id, pack.entries)}")
    return pack.entries[entry_id]


def conclusion(pack: Pack, decision: Decision, filled: Filled, *, confidence: float = 1.0) -> Answer:
    """Return what *decision* comes to: its outcome, or, while a needed slot is unknown, one answer for each way."""
    rule = settled(decision, pack.slots, filled)
    if rule:
        entry, flipped = pack.entries[rule.outcome], _flips(pack, decision, filled)
        return _answer(pack, entry, because=filled, reason=_reason(rule, filled), flips=flipped, confidence=confidence)
    ways = tuple(
        Way(branch.when, entry.id, entry.answer, entry.title, told(pack, branch.when))
        for branch in branches(decision, pack.slots, filled)
        for entry in [pack.entries[branch.rule.outcome]]
    )
    return _answer(pack, pack.entries[framing(decision, filled)], because=filled, branches=ways, confidence=confidence)


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
    )


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
    return tuple(
        Flip(flip.slot, flip.value, flip.outcome, title, told(pack, {flip.slot: flip.value}))
        for flip in flips(decision, pack.slots, filled)
        for title in [pack.entries[flip.outcome].title]
    )


def _answer(
    pack: Pack,
    entry: Entry,
    *,
    because: Filled,
    reason: str | None = None,
    branches: tuple[Way, ...] = (),
    flips: tuple[Flip, ...] = (),
    confidence: float = 1.0,
    alternatives: tuple[Candidate, ...] = (),
) -> Answer:
    return Answer(
        entry=entry.id,
        kind=entry.kind,
        topic=entry.topic,
        title=entry.title,
        answer=entry.answer,
        why=entry.why,
        decides=entry.decides if isinstance(entry, Pair) else None,
        distractor=distractor(entry),
        because=dict(because),
        reason=reason,
        branches=branches,
        flips=flips,
        practice=entry.practice,
        citations=cited(pack, entry),
        references=tuple(Page(page.title, page.url) for page in entry.references),
        confidence=confidence,
        alternatives=tuple(islice(alternatives, 3)),
        see_also=entry.see_also,
    )


def told(pack: Pack, values: Filled) -> str:
    """Return *values* as a learner reads them: each slot with the label of its value."""
    return ", ".join(f"{name} “{pack.slots[name].values[value].label}”" for name, value in values.items())


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
        Cited(
            citation.source,
            pack.sources[citation.source].title,
            ", ".join(citation.lines),
            pack.sources[citation.source].url,
        )
        for citation in entry.citations
    )
