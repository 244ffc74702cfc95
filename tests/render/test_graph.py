"""The graph of a decision shows the questions as they are asked, and nothing in it can be read as markup."""

from hypothesis import given, settings

from tests.conftest import changed
from tests.tables import Table, implying, rule, table, weighed_tables
from tutor.model import Decision, Value
from tutor.optimum import asked
from tutor.render.graph import Node, graph, mermaid, told
from tutor.subject import Pack

TEA = """\
flowchart TD
  accTitle: Which tea
  n{"When will it be drunk?"}
  n_1{"How many cups are needed?"}
  n_1_1["Green tea wants cooler water"]
  n_1 -->|"One cup"| n_1_1
  n_1_2["A pot for the breakfast table"]
  n_1 -->|"A whole pot"| n_1_2
  n -->|"In the morning"| n_1
  n_2["Strong tea before sleep"]
  n -->|"Before sleep"| n_2
"""


def within(pack: Pack, drawn: Table) -> tuple[Pack, Decision]:
    """Return a pack with this table, every outcome of which is an entry."""
    decision, slots = drawn
    entry = next(iter(pack.entries.values()))
    entries = {rule.outcome: changed(entry, id=rule.outcome, title=rule.outcome) for rule in decision.rules}
    return changed(pack, slots=slots, entries=entries, decisions={decision.id: decision}), decision


def test_questions_are_diamonds_values_stand_on_edges_and_entries_at_the_ends(tea_pack: Pack) -> None:
    assert mermaid(tea_pack, tea_pack.decisions["which-tea"]) == TEA


def test_a_verdict_stands_above_the_title_of_its_entry(tea_pack: Pack) -> None:
    pack, decision = within(tea_pack, table({"a": "0 1"}, rule("x", "Take this", a="0"), rule("x", "fact.x", a="1")))
    assert [node for _, node in graph(pack, decision).ways] == [Node("Take this", "fact.x"), Node("fact.x")]
    assert '  n_1["<b>Take this</b><br>fact.x"]' in mermaid(pack, decision).splitlines()


def test_values_after_which_all_goes_alike_share_a_way(tea_pack: Pack) -> None:
    pack, decision = within(tea_pack, table({"a": "0 1 2"}, rule("x", a="0 2"), rule("y", a="1")))
    assert graph(pack, decision) == Node("Which?", ways=(("0 / 2", Node("fact.x")), ("1", Node("fact.y"))))


def test_values_that_cannot_be_have_no_way(tea_pack: Pack) -> None:
    rules = rule("x", a="0"), rule("y", a="1", b="0"), rule("z", a="1", b="1"), rule("w", a="2")
    never = implying(table({"a": "0 1 2", "b": "0 1"}, *rules), ({}, {"a": "1"}))
    pack, decision = within(tea_pack, never)
    assert graph(pack, decision) == Node("Which?", ways=(("0", Node("fact.y")), ("1", Node("fact.z"))))


def test_a_decision_without_a_question_is_its_end(tea_pack: Pack) -> None:
    pack, decision = within(tea_pack, table({"a": "0 1"}, rule("x")))
    assert mermaid(pack, decision) == 'flowchart TD\n  accTitle: D\n  n["fact.x"]\n'


def test_no_text_is_read_as_markup(tea_pack: Pack) -> None:
    pack, decision = within(tea_pack, table({"a": "0 1"}, rule("x", '<b>"|#;`&', a="0"), rule("y", a="1")))
    values = {**pack.slots["a"].values, "1": Value(label='say "no" | <or>')}
    slot = changed(pack.slots["a"], question='Is "it" <so> & `not` #1;?', values=values)
    said = mermaid(changed(pack, slots={"a": slot}), decision)
    assert 'n{"Is #quot;it#quot; #lt;so#gt; #amp; #96;not#96; #35;1#59;?"}' in said
    assert '["<b>#lt;b#gt;#quot;#124;#35;#59;#96;#amp;</b><br>fact.x"]' in said
    assert '-->|"say #quot;no#quot; #124; #lt;or#gt;"|' in said


def test_the_graph_is_told_way_by_way(tea_pack: Pack) -> None:
    assert list(told(graph(tea_pack, tea_pack.decisions["which-tea"]))) == [
        "When will it be drunk? In the morning: How many cups are needed? One cup: Green tea wants cooler water.",
        "When will it be drunk? In the morning: How many cups are needed? A whole pot: A pot for the breakfast table.",
        "When will it be drunk? Before sleep: Strong tea before sleep.",
    ]


@settings(deadline=None, max_examples=40)
@given(weighed_tables())
def test_the_graph_is_as_deep_as_the_longest_way_of_asking(tea_pack: Pack, drawn: Table) -> None:
    assert _depth(graph(*within(tea_pack, drawn))) == asked(*drawn).most


def _depth(node: Node) -> int:
    return 1 + max(_depth(way) for _, way in node.ways) if node.ways else 0
