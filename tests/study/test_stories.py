"""A story becomes a stem that ends in a question it gives rise to."""

import pytest

from tests.conftest import changed
from tutor.model import Examples
from tutor.study.leads import said
from tutor.study.material import Material
from tutor.study.stories import APPLIES, RIGHTS, SETTLES, told
from tutor.subject import Pack

_LATE = "A guest pours Assam for herself at ten in the evening and is awake at three."
_SHOWN = "A leaflet shows a cup that steams on a night table, beside a clock at ten."


def _stems(pack: Pack, entry: str, story: str) -> list[str]:
    """Return the stems that *pack* gives for *entry* if *story* is the only one that is told about it."""
    told_of = changed(pack, examples={**pack.examples, entry: Examples(scenario=(story,))})
    material, one = Material(told_of), told_of.entries[entry]
    return [stem for _, stem in told(material, one, said(one), 6)]


@pytest.mark.parametrize(
    ("story", "asked"),
    [
        (_LATE, RIGHTS),
        (_SHOWN, APPLIES),
        ("A guest says that a strong cup at ten in the evening makes her fall asleep.", SETTLES),
        ("A guest lies awake and wonders which of her habits in the evening keeps her so.", SETTLES),
        ("A host cannot tell whether a strong cup at ten in the evening would do any harm.", SETTLES),
    ],
)
def test_a_story_of_a_trap_ends_by_what_it_holds(tea_pack: Pack, story: str, asked: str) -> None:
    stems = _stems(tea_pack, "trap.caffeine-at-night", f"{story} What is the mistake?")
    assert stems == [f"{story} {asked}"]


def test_a_story_of_a_fact_that_disputes_nothing_asks_what_applies(tea_pack: Pack) -> None:
    story = "A tea room has a kettle with a setting for heat, and its first brew was bitter."
    assert _stems(tea_pack, "fact.green-tea", f"{story} What is taught?") == [f"{story} {APPLIES}"]


@pytest.mark.parametrize("mark", ['"', "”"])
def test_a_story_that_loses_a_part_of_what_somebody_said_is_left_out(tea_pack: Pack, mark: str) -> None:
    opened = '"' if mark == '"' else "“"
    story = f"{opened}Why not? It is warm and calms one down at this hour of the evening.{mark} {_LATE}"
    assert _stems(tea_pack, "trap.caffeine-at-night", story) == []


def test_hardly_a_story_asks_to_settle_what_nobody_disputes(pack: Pack) -> None:
    material = Material(pack)
    stems = [
        stem
        for entry in material.entries
        if entry.kind in ("trap", "fact")
        for _, stem in told(material, entry, said(entry), 6)
    ]
    endings = {ending: sum(stem.endswith(ending) for stem in stems) for ending in (SETTLES, RIGHTS, APPLIES)}
    assert sum(endings.values()) == len(stems)
    assert min(endings.values()) >= 30


@pytest.mark.parametrize(
    "asked", ["What does this tell you about the order?", "Which of the options offered is meant?"]
)
def test_a_story_of_a_tip_whose_question_its_advice_does_not_answer_is_left_out(tea_pack: Pack, asked: str) -> None:
    story = "Eight guests sit down to breakfast at the same moment, and all of them want it strong."
    assert _stems(tea_pack, "tip.breakfast-pot", f"{story} {asked}") == []
    assert len(_stems(tea_pack, "tip.breakfast-pot", f"{story} What should the host do?")) == 1
