"""Proofs over decision tables: every combination of values is tried, and what is wrong is told with one of them."""

from collections.abc import Iterator, Mapping
from itertools import combinations, islice, product

from tutor import bands
from tutor.decision import branches, open_slots, settled
from tutor.flaw import Flaw
from tutor.model import Decision, Rule, Slot
from tutor.optimum import Questions, asked, optimal
from tutor.subject import Pack
from tutor.table import Bits, Filled, Table, bits, end, table

MOST_QUESTIONS = 3  #: that a decision may take
SLACK = 1.05  #: how many more questions than the best tree it may take on average
_SHOWN = 10  #: gaps of one table that are told one by one


def flaws(pack: Pack) -> Iterator[Flaw]:
    """Yield everything that is wrong with the decisions of *pack* and with the intervals of its slots."""
    for decision in pack.decisions.values():
        yield from _flaws(decision, pack.slots)
    yield from bands.flaws(pack.slots)


def proofs(pack: Pack) -> Iterator[str]:
    """Yield what is proved of each decision, a line each, and then the amounts at the borders of slots.

    A line gives the cases, the rules and the least, greatest and mean number of questions, beside those of the tree
    that has the least mean.
    """
    for decision in pack.decisions.values():
        ours, best = asked(decision, pack.slots), optimal(decision, pack.slots)
        cases = table(decision, pack.slots).possible.bit_count()
        yield (
            f"{decision.id}: {_counted(cases, 'case')}, {_counted(len(decision.rules), 'rule')}, no gap, no overlap; "
            f"{_questions(ours)}, {ours.mean:.2f} on average (best tree: {_span(best)}, {best.mean:.2f})"
        )
    yield from bands.borders(pack.slots)


def gaps(decision: Decision, slots: Mapping[str, Slot]) -> Iterator[dict[str, str]]:
    """Yield every case in which no rule holds."""
    whole = table(decision, slots)
    return map(whole.case, bits(_gap(whole)))


def overlaps(decision: Decision, slots: Mapping[str, Slot]) -> Iterator[tuple[int, int, dict[str, str]]]:
    """Yield for every two rules that hold at once their numbers, from 1, and the first such case."""
    whole = table(decision, slots)
    numbered = list(enumerate((held & whole.possible for held in whole.held), start=1))
    shared = [
        (both & -both, first, second)
        for (first, one), (second, other) in combinations(numbered, 2)
        if (both := one & other)
    ]
    return ((first, second, whole.case(case)) for case, first, second in sorted(shared))


def unreachable(decision: Decision, slots: Mapping[str, Slot]) -> list[int]:
    """Return the numbers, from 1, of the rules that decide no case: shadowed by an earlier one, or impossible."""
    whole = table(decision, slots)
    return [number for number, cases in enumerate(whole.decided, start=1) if not cases & whole.possible]


def _flaws(decision: Decision, slots: Mapping[str, Slot]) -> Iterator[Flaw]:
    """Yield what is wrong with one decision; how it asks is judged only once its table is whole."""
    yield from _priors(decision, slots)
    contradictions = list(_contradictions(decision, slots))
    yield from contradictions
    if not contradictions:
        yield from _gaps(decision, slots)
        yield from _overlaps(decision, slots)
        yield from _unreachable(decision, slots)
        if not _gap(table(decision, slots)):
            yield from _idle(decision, slots)
            yield from _partial(decision, slots)
            yield from _long(decision, slots)


def _priors(decision: Decision, slots: Mapping[str, Slot]) -> Iterator[Flaw]:
    for name, priors in decision.priors.items():
        missing = [value for value in slots[name].values if value not in priors]
        if missing:
            problem = f"the priors of {name} leave out {', '.join(missing)}"
            yield Flaw(
                f"prior {decision.id} {name}",
                "incomplete-priors",
                problem,
                "name every value, or leave the slot without priors",
            )


def _contradictions(decision: Decision, slots: Mapping[str, Slot]) -> Iterator[Flaw]:
    """Yield the implied values under which what they follow from can never be, and values left in no case."""
    whole, told = table(decision, slots), False
    for number, implied in enumerate(decision.implies):
        if not whole.where(implied.when) & whole.possible:
            told, against = True, _against(whole, number)
            problem = f"leaves no case with {_told(implied.when)}" + (
                f": implied {against} forbids it" if against else ""
            )
            instead = "mend one of them" if against else "mend it"
            yield Flaw(f"implied {decision.id} {number + 1}", "contradiction", problem, instead)
    for name, values in () if told else whole.by_value.items():
        for value, cases in values.items():
            if not cases & whole.possible:
                problem = f"implies leave no case with {name}={value}"
                yield Flaw(f"decision {decision.id}", "contradiction", problem, "mend one of them")


def _against(whole: Table, number: int) -> int | None:
    """Return which implied values, from 1, rule out all that those at *number* leave; None when they do so alone."""
    left = whole.where(whole.decision.implies[number].when) & ~whole.ruled_out(number)
    others = (other for other in range(len(whole.decision.implies)) if left and not left & ~whole.ruled_out(other))
    return next((other + 1 for other in others), None)


def _gaps(decision: Decision, slots: Mapping[str, Slot]) -> Iterator[Flaw]:
    at, count = f"decision {decision.id}", _gap(table(decision, slots)).bit_count()
    for case in islice(gaps(decision, slots), _SHOWN):
        yield Flaw(at, "gap", f"no rule for {_told(case)}", "add one")
    if count > _SHOWN:
        problem = f"no rule for {count - _SHOWN} more cases"
        yield Flaw(at, "gap", problem, "add rules, or leave slots out of those there are")


def _overlaps(decision: Decision, slots: Mapping[str, Slot]) -> Iterator[Flaw]:
    for first, second, case in overlaps(decision, slots):
        one, other = decision.rules[first - 1], decision.rules[second - 1]
        both = f"rules {first} and {second} both hold for {_told(case)}"
        if end(one) == end(other):
            yield Flaw(
                f"rule {decision.id} {second}", "overlap", f"{both} and agree", "join them or narrow one of them"
            )
        else:
            problem = f"{both} and contradict each other: {_shown(one, other)} or {_shown(other, one)}"
            yield Flaw(f"rule {decision.id} {second}", "contradiction", problem, "narrow one of them")


def _unreachable(decision: Decision, slots: Mapping[str, Slot]) -> Iterator[Flaw]:
    whole = table(decision, slots)
    for number in unreachable(decision, slots):
        held = whole.held[number - 1] & whole.possible
        problem = f"decides no case: {_before(whole, number, held)}" if held else "can hold in no case"
        yield Flaw(f"rule {decision.id} {number}", "unreachable", problem, "remove it or widen it")


def _before(whole: Table, number: int, held: Bits) -> str:
    """Return which rules stand in the way of the rule at *number*, from 1, and where."""
    first = [str(other) for other, cases in enumerate(whole.decided[: number - 1], start=1) if cases & held]
    stand = f"rule {first[0]} stands" if len(first) == 1 else f"rules {' and '.join(first)} stand"
    return f"{stand} before it, as for {_told(whole.case(held & -held))}"


def _idle(decision: Decision, slots: Mapping[str, Slot]) -> Iterator[Flaw]:
    whole, matter = table(decision, slots), open_slots(decision, slots, {})
    for name in decision.slots:
        if name not in matter:
            case = whole.case(whole.possible & -whole.possible)
            rule = settled(decision, slots, case)
            others = {slot: value for slot, value in case.items() if slot != name}
            shown = f", as for {_told(others)}" if others else ""
            problem = f"{name} never matters{shown}: always {rule.outcome if rule else 'nothing'}"
            yield Flaw(f"decision {decision.id}", "idle-slot", problem, "take it out of slots")


def _partial(decision: Decision, slots: Mapping[str, Slot]) -> Iterator[Flaw]:
    for number, rule in enumerate(decision.partial, start=1):
        why = [_unframed(decision, slots, decision.partial[: number - 1], known) for known in _ways(rule)]
        if all(why):
            reason = f": {why[0]}" if why else ""
            problem = f"never frames an answer{reason}"
            yield Flaw(f"partial {decision.id} {number}", "dead-partial", problem, "remove it or move it up")


def _ways(rule: Rule) -> list[Filled]:
    """Return every way in which just the slots that *rule* names are known as it wants them."""
    return [dict(zip(rule.when, values, strict=True)) for values in product(*rule.when.values())]


def _unframed(decision: Decision, slots: Mapping[str, Slot], earlier: tuple[Rule, ...], known: Filled) -> str | None:
    """Return why a partial rule cannot frame the answer when *known* is all that is known; None when it can."""
    whole = table(decision, slots)
    if not whole.where(known) & whole.possible:
        return f"{_told(known)} cannot be"
    if settled(decision, slots, known):
        return f"{_told(known)} already decides"
    takes = (
        number
        for number, rule in enumerate(earlier, start=1)
        if all(known.get(slot) in values for slot, values in rule.when.items())
    )
    return next((f"partial {number} stands before it, as for {_told(known)}" for number in takes), None)


def _long(decision: Decision, slots: Mapping[str, Slot]) -> Iterator[Flaw]:
    at, ours, best = f"decision {decision.id}", asked(decision, slots), optimal(decision, slots)
    if ours.most > MOST_QUESTIONS:
        longest = max(branches(decision, slots, {}), key=lambda branch: len(branch.when))
        problem = f"takes {ours.most} questions, as for {_told(longest.when)}"
        yield Flaw(at, "too-many-questions", problem, f"at most {MOST_QUESTIONS}: join values, imply some, or split it")
    if ours.mean > SLACK * best.mean:
        problem = f"takes {ours.mean:.2f} questions on average where the best tree takes {best.mean:.2f}"
        yield Flaw(at, "too-many-questions", problem, "join values, or split it")


def _gap(whole: Table) -> Bits:
    gap = whole.possible
    for cases in whole.decided:
        gap &= ~cases
    return gap


def _shown(rule: Rule, other: Rule) -> str:
    return rule.outcome if rule.outcome != other.outcome else f"“{rule.verdict or rule.outcome}”"


def _told(case: Filled) -> str:
    return ", ".join(f"{slot}={value}" for slot, value in case.items()) or "all there is"


def _questions(count: Questions) -> str:
    return f"{_span(count)} question{'' if count.most == 1 else 's'}"


def _span(count: Questions) -> str:
    return str(count.most) if count.least == count.most else f"{count.least} to {count.most}"


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
