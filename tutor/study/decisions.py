"""Exercises of decisions: what is said of a case, and what it comes to; what it comes to, and where that is so."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from tutor.answers import told
from tutor.decision import Change, Filled, settled, smallest_flips
from tutor.model import Decision, Rule
from tutor.study.exercise import Choice, Exercise, drawn
from tutor.study.exercised import resting
from tutor.study.material import Material
from tutor.study.replies import Replies
from tutor.subject import Pack

_WORDINGS = 5  #: of one case in one slot
_MOST = 4  #: choices among replies
_OUTCOMES = 5  #: choices among outcomes


def from_decisions(material: Material) -> Iterator[Exercise]:
    """Yield the exercises that the tables of a pack give, each case in several wordings."""
    replies = Replies(material)
    for decision in material.decisions():
        rules = [rule for rule in decision.rules if not _either(decision, rule)]
        for rule in rules:
            for filled in _cases(decision, rule):
                if settled(decision, material.pack.slots, filled) is rule:
                    yield from _worded(material.pack, replies, decision, rules, rule, filled)


def _cases(decision: Decision, rule: Rule) -> Iterator[Filled]:
    """Yield the values under which *rule* holds, the first of several for each slot."""
    yield {slot: rule.when[slot][0] for slot in decision.slots if slot in rule.when}


def _either(decision: Decision, rule: Rule) -> bool:
    """Say whether *rule* leaves the choice between what two others come to, so that those would be right as well."""
    own = (rule.verdict or "").casefold()
    others = {one.verdict.casefold() for one in decision.rules if one.verdict} - {own}
    return sum(other in own for other in others) > 1


def _worded(
    pack: Pack, replies: Replies, decision: Decision, rules: Sequence[Rule], rule: Rule, filled: Filled
) -> Iterator[Exercise]:
    names = [called(pack, one) for one in rules]
    for slot in filled:
        for number, said in enumerate(replies.of(slot, filled[slot], names)[:_WORDINGS], 1):
            part = f"{'-'.join(filled.values())}/{slot}-{number}"
            yield _outcome(pack, decision, rules, rule, filled, {slot: said}, part)
            if len(filled) == 1 and (other := _case(pack, replies, decision, rule, slot, said, names, part)):
                yield other


def _outcome(
    pack: Pack, decision: Decision, rules: Sequence[Rule], rule: Rule, filled: Filled, words: Filled, part: str
) -> Exercise:
    """Return what *filled*, one value of it in a learner's *words*, comes to, among the other outcomes of the table."""
    others = {called(pack, one): one for one in rules if called(pack, one) != called(pack, rule)}
    wrong = [Choice(name, False, _instead(pack, decision, filled, one), one.outcome) for name, one in others.items()]
    wrong.sort(key=lambda one: drawn(part, one.text))
    choices = (Choice(called(pack, rule), True, rule.because, rule.outcome), *wrong[: _OUTCOMES - 1])
    asked = " ".join(
        f"{pack.slots[slot].question} “{(words.get(slot) or pack.slots[slot].values[value].label).removesuffix('.')}.”"
        for slot, value in filled.items()
    )
    return _made(pack, decision, rule, f"{decision.title}. {asked} What follows?", choices, f"outcome/{part}")


def _case(
    pack: Pack, replies: Replies, decision: Decision, rule: Rule, slot: str, said: str, names: Sequence[str], part: str
) -> Exercise | None:
    """Return which of several replies leads to what *rule* comes to; None where too few others are known."""
    wrong = _elsewhere(pack, replies, decision, rule, slot, names)
    if sum(map(len, wrong)) < _MOST - 1:
        return None
    order = [
        sorted(some, key=lambda one: (abs(len(one.text) - len(said)) // 15, drawn(part, one.text))) for some in wrong
    ]
    mixed = [one for row in zip_longest(*(some[: _MOST - 1] for some in order)) for one in row if one]
    chosen = mixed[: _MOST - 1]
    stem = f"{decision.title}. {pack.slots[slot].question} Which reply leads to “{called(pack, rule)}”?"
    return _made(pack, decision, rule, stem, (Choice(said, True, rule.because, rule.outcome), *chosen), f"reply/{part}")


def _elsewhere(
    pack: Pack, replies: Replies, decision: Decision, rule: Rule, slot: str, names: Sequence[str]
) -> list[list[Choice]]:
    """Return the replies that lead to something else than *rule* does, by the values they mean."""
    found = []
    for value in pack.slots[slot].values:
        other = settled(decision, pack.slots, {slot: value})
        if other and called(pack, other) != called(pack, rule):
            why = f"Then it is “{called(pack, other)}”: {other.because}"
            found.append([Choice(one, False, why, other.outcome) for one in replies.of(slot, value, names)])
    return found


def _made(pack: Pack, decision: Decision, rule: Rule, stem: str, choices: tuple[Choice, ...], part: str) -> Exercise:
    topic = pack.entries[rule.outcome].topic
    decides = " ".join(pack.slots[slot].why for slot in rule.when)
    sources = resting(pack, choices)
    return Exercise("decision", rule.outcome, topic, stem, choices, decides, sources, f"{decision.id}/{part}")


def called(pack: Pack, rule: Rule) -> str:
    """Return what *rule* comes to in a few words."""
    return rule.verdict or pack.entries[rule.outcome].title


def _instead(pack: Pack, decision: Decision, filled: Filled, other: Rule) -> str:
    """Return what would have to be otherwise for *other* to be the outcome, and why it is then."""
    flips: list[Change] = smallest_flips(decision, pack.slots, filled)
    values = next((flip.values for flip in flips if flip.rule is other), None)
    values = values or {slot: told_[0] for slot, told_ in other.when.items()}
    return f"It would be that with {told(pack, values)}: {other.because}"
