"""What entries state."""

from tests.conftest import changed
from tutor.model import Decision, Rule
from tutor.statements import Statements, tempting, texts
from tutor.subject import Pack
from tutor.terms import Lexicon
from tutor.wording import Reader


def test_a_trap_tempts_by_its_mistake_and_a_tip_by_its_distractor(tea_pack: Pack) -> None:
    assert tempting(tea_pack.entries["trap.caffeine-at-night"]) == (
        "Drinking black tea as a nightcap",
        "It feels warm and calming.",
    )
    assert tempting(tea_pack.entries["fact.green-tea"]) == ("Boiling water", "It scalds the leaf.")
    assert tempting(tea_pack.entries["pair.green-vs-black"]) == ("", "")


def test_what_decides_a_pair_holds(tea_pack: Pack) -> None:
    assert "Black leaves are oxidised" in texts(tea_pack)["pair.green-vs-black"]["whole"]


def test_the_verdict_of_a_decision_belongs_to_its_outcome(tea_pack: Pack) -> None:
    rule = Rule(when={}, outcome="fact.green-tea", because="It is early.", verdict="Green")
    decision = Decision(id="d", title="D", slots=("hour",), overview="fact.green-tea", rules=(rule,))
    said = texts(changed(tea_pack, decisions={"d": decision}))["fact.green-tea"]
    assert said["answer"].endswith("80 degrees. Green.")
    assert said["whole"].endswith("Green. It is early.")


def test_likeness_is_that_of_the_words(tea_pack: Pack) -> None:
    reader = Reader(Lexicon({}), {"caffein": 1.0, "infus": 1.0, "sleep": 1.0})
    entries = sorted(tea_pack.entries)
    statements = Statements.of(tea_pack, entries, reader)
    like = dict(zip(entries, statements.likeness("answer", reader.read("infusion, caffeine, sleep").bag), strict=True))
    assert round(like.pop("trap.caffeine-at-night"), 9) == 1.0
    assert set(like.values()) == {0.0}
    assert statements.likeness("answer", {}) == [0.0] * len(entries)
