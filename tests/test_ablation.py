"""What no test would miss: every part that a question or dialogue hangs on is missed, and nothing else."""

from collections.abc import Iterable
from typing import Any

import pytest

from tests.conftest import HERE, changed
from tutor import Tutor
from tutor.ablation import Ablation, ablate
from tutor.evaluation import Gold
from tutor.learner import Learner, read_learners
from tutor.model import Examples
from tutor.simulation import simulate_all
from tutor.subject import Pack
from tutor.training import train

LEARNERS = read_learners({"tea.yaml": (HERE / "tea-learners.yaml").read_bytes()}).learners
STYLES = ("short", "scenario", "symptom", "keywords", "belief")


def question(text: str, *gold: str, scope: Any = "in") -> Gold:
    return Gold(text, text, frozenset(gold), frozenset(), scope, {})


def ablated(pack: Pack, tutor: Tutor, golds: Iterable[Gold] = (), *names: str) -> Ablation:
    learners: dict[str, Learner] = {name: LEARNERS[name] for name in names}
    return ablate(pack, tutor.weights, golds, simulate_all(learners, tutor.respond, tutor.pack))


def missed(found: Ablation, kind: str) -> set[str]:
    return {*found.parts[kind].names} - {*found.parts[kind].unmissed}


def test_nothing_is_missed_without_tests(tea_pack: Pack, tea: Tutor) -> None:
    found = ablated(tea_pack, tea)
    assert {kind: len(part.names) for kind, part in found.parts.items()} == {"rules": 4, "entries": 4, "examples": 20}
    assert all(part.names == part.unmissed for part in found.parts.values())
    assert (found.questions, found.dialogues) == (0, 0)


def test_a_rule_is_missed_by_a_dialogue_that_ends_by_it(tea_pack: Pack, tea: Tutor) -> None:
    assert missed(ablated(tea_pack, tea, (), "morning-cup"), "rules") == {"which-tea 1"}
    assert missed(ablated(tea_pack, tea, (), "before-sleep", "says-it-all"), "rules") == {"which-tea 2", "which-tea 3"}


def test_a_partial_rule_is_missed_where_its_entry_framed_the_answer(tea_pack: Pack, tea: Tutor) -> None:
    found = ablated(tea_pack, tea, (), "pot-at-an-unknown-hour", "hour-unknown")
    assert missed(found, "rules") == {"which-tea partial 1"}


def test_two_rules_that_come_to_the_same_stand_in_for_each_other(tea_pack: Pack, tea: Tutor) -> None:
    decision = tea_pack.decisions["which-tea"]
    night = decision.rules[2]
    split = [changed(night, when={**night.when, "guests": (count,)}) for count in ("one", "many")]
    pack = changed(tea_pack, decisions={"which-tea": changed(decision, rules=(*decision.rules[:2], *split))})
    assert missed(ablated(pack, Tutor(pack, tea.weights), (), "before-sleep"), "rules") == set()


def test_an_entry_is_missed_by_a_question_whose_first_candidate_it_is(tea_pack: Pack, tea: Tutor) -> None:
    sencha = question("How hot for sencha?", "fact.green-tea")
    assert missed(ablated(tea_pack, tea, [sencha]), "entries") == {"fact.green-tea"}
    everything = question("How hot for sencha?", *tea_pack.entries)
    assert missed(ablated(tea_pack, tea, [everything]), "entries") == set()


@pytest.mark.parametrize(
    "gold",
    [
        question("How hot for sencha?", "tip.breakfast-pot"),
        question("How hot for sencha?", "fact.green-tea", scope="out"),
        question("How hot for sencha?", "fact.green-tea", scope="partial"),
        question("How hot for sencha?", "fact.of-another-pack"),
    ],
)
def test_a_question_that_is_wrong_or_not_inside_misses_nothing(tea_pack: Pack, tea: Tutor, gold: Gold) -> None:
    found = ablated(tea_pack, tea, [gold])
    assert all(part.names == part.unmissed for part in found.parts.values())


def test_an_entry_is_missed_by_a_dialogue_that_ends_in_it(tea_pack: Pack, tea: Tutor) -> None:
    assert missed(ablated(tea_pack, tea, (), "before-sleep"), "entries") == {"trap.caffeine-at-night"}
    assert missed(ablated(tea_pack, tea, (), "hello", "peru"), "entries") == set()


def test_a_dialogue_that_is_lost_misses_nothing(tea_pack: Pack, tea: Tutor) -> None:
    lost = changed(LEARNERS["before-sleep"], ends=("fact.green-tea",))
    found = ablate(tea_pack, tea.weights, (), simulate_all({"lost": lost}, tea.respond, tea.pack))
    assert found.dialogues == 0
    assert missed(found, "rules") == missed(found, "entries") == set()


def with_a_word(pack: Pack, style: str) -> Pack:
    """Return *pack* with an example, alone in its style, that teaches a word which stands nowhere else."""
    taught = {**dict.fromkeys(STYLES, ()), style: ("Rooibos?", "is rooibos fine", "rooibos late")}
    examples: Examples = changed(pack.examples["trap.caffeine-at-night"], **taught)
    return changed(pack, examples={**pack.examples, "trap.caffeine-at-night": examples})


@pytest.mark.parametrize("style", STYLES)
def test_a_style_is_missed_when_it_alone_teaches_what_a_question_asks(tea_pack: Pack, style: str) -> None:
    pack = with_a_word(tea_pack, style)
    tutor = Tutor(pack, train(pack))
    found = ablated(pack, tutor, [question("rooibos", "trap.caffeine-at-night")])
    assert found.questions == 1
    assert missed(found, "entries") == {"trap.caffeine-at-night"}
    assert missed(found, "examples") == {f"trap.caffeine-at-night {style}"}


def test_what_a_learner_asks_and_is_answered_counts_as_a_question(tea_pack: Pack) -> None:
    pack = with_a_word(tea_pack, "short")
    tutor = Tutor(pack, train(pack))
    learner = changed(LEARNERS["hello"], says="Is rooibos fine late?", ends=("trap.caffeine-at-night",))
    done = simulate_all({"x": learner}, tutor.respond, pack)
    assert done[0].exchanges[0].reply == "answer"
    assert missed(ablate(pack, tutor.weights, (), done), "examples") == {"trap.caffeine-at-night short"}


def test_progress_is_told(tea_pack: Pack, tea: Tutor) -> None:
    told: list[str] = []
    ablate(tea_pack, tea.weights, [question("How hot for sencha?", "fact.green-tea")], (), told.append)
    assert told == ["examples: 0 of 20 groups"]


def test_as_json_it_counts_and_names(tea_pack: Pack, tea: Tutor) -> None:
    said = ablated(tea_pack, tea, [question("How hot for sencha?", "fact.green-tea")], "before-sleep").to_dict()
    assert list(said) == ["questions", "dialogues", "rules", "entries", "examples"]
    assert said["rules"] == {"count": 4, "unmissed": ["which-tea 1", "which-tea 2", "which-tea partial 1"]}
    assert sorted(said["entries"]["unmissed"]) == ["pair.green-vs-black", "tip.breakfast-pot"]
