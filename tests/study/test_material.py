"""Material counts what a pack holds: who is examined, who may stand as wrong beside whom, which words are verbs."""

from pathlib import Path

import pytest

from tests.conftest import changed
from tutor.compiled import pack_from_json, pack_to_json
from tutor.errors import PackError
from tutor.pack import load_pack
from tutor.study.leads import MOST, advised, advises, lead, said
from tutor.study.material import Material
from tutor.study.replies import Replies
from tutor.study.stories import ENDINGS, told
from tutor.study.wrong import wrong
from tutor.subject import Pack


def test_entries_that_point_to_each_other_or_agree_are_no_siblings(tea_pack: Pack) -> None:
    green, pot = tea_pack.entries["fact.green-tea"], tea_pack.entries["tip.breakfast-pot"]
    assert [one.id for one in Material(tea_pack).siblings(green)] == ["tip.breakfast-pot", "trap.caffeine-at-night"]
    agreeing = {**tea_pack.entries, pot.id: changed(pot, agrees_with=("fact.green-tea",))}
    assert [one.id for one in Material(changed(tea_pack, entries=agreeing)).siblings(green)] == [
        "trap.caffeine-at-night"
    ]


def test_topics_of_no_domain_are_left_out(pack: Pack, tea_pack: Pack) -> None:
    assert {one.topic for one in Material(pack).entries} == set(pack.topics) - {
        "exam-format", "exam-strategy", "spark-pipelines",
    }  # fmt: skip
    no_exam = changed(tea_pack, about=changed(tea_pack.about, exam=None))
    assert {one.topic for one in Material(no_exam).entries} == set(tea_pack.topics)


def test_what_tempts_becomes_advice_by_the_words_of_the_pack(pack: Pack) -> None:
    material = Material(pack)
    told = {
        "Retraining at once": "Retrain at once",
        "Giving the new model the alias": "Give the new model the alias",
        "Running the KS test": "Run the KS test",
        "Deploying it first and comparing afterwards": "Deploy it first and compare afterwards",
        "A canary release": "Use a canary release",
        "REST calls to an endpoint": "REST calls to an endpoint",
        "Nothing.": "Nothing",
    }
    assert {option: advised(material, option) for option in told} == told


def test_advice_is_told_from_a_name(pack: Pack) -> None:
    material = Material(pack)
    assert all(advises(material, text) for text in ("Use an alias", "First define it", "In production, keep it"))
    assert not any(advises(material, text) for text in ("The KS test", "Blue-green. Leave blue", "SparkML"))


def test_no_lead_of_the_bundled_pack_is_empty_or_far_too_long(pack: Pack) -> None:
    assert {entry.id for entry in pack.entries.values() if not 5 <= len(said(entry)) <= MOST} <= {
        "fact.where-to-study-what",
        "tip.answer-sequence",
    }


def test_a_lead_is_cut_where_it_goes_into_detail() -> None:
    assert lead("It is so: " + "a long list of many things, " * 9) == "It is so"


def test_stories_ask_and_do_not_name_the_answer(pack: Pack) -> None:
    material = Material(pack)
    for entry in material.entries:
        for _, stem in told(material, entry, said(entry), 9):
            assert stem.endswith("?")
            assert entry.kind == "tip" or stem.endswith(ENDINGS)
            assert not material.names(said(entry)) & material.names(stem)


def test_wrong_choices_share_no_name_with_what_is_right(pack: Pack) -> None:
    material = Material(pack)
    shadow = pack.entries["fact.shadow"]
    for key in "abcdef":
        found = wrong(material, shadow, said(shadow), said, 3, key)
        assert len(found) == 3
        assert not any(material.names(said(shadow)) & material.names(choice.text) for choice in found)
        assert all(choice.why.startswith("That belongs to “") for choice in found)


def test_replies_in_exercises_are_whole_well_spelt_and_do_not_name_the_outcome(pack: Pack) -> None:
    replies = Replies(Material(pack))
    found = replies.of("rollback", "instant", ["Blue-green", "Canary", "Shadow"])
    assert len(found) > 20
    assert all(6 <= len(one.split()) <= 18 and not one.endswith(".") for one in found)
    assert not any("canary" in one.lower() for one in found)
    assert not any("hury" in one or "memry" in one for one in found)


_UNASKED = """replies:
  hour:
    morning: [at the breakfast table with the whole family, with the first light over the hills of home]
unasked: [{}]
"""


def test_an_author_keeps_a_reply_out_of_exercises(tea_copy: Path) -> None:
    file = tea_copy / "intents" / "replies.yaml"
    file.write_text(_UNASKED.format("with the first light over the hills of home"), encoding="utf-8")
    pack = load_pack(tea_copy)
    assert Replies(Material(pack)).of("hour", "morning", []) == ["At the breakfast table with the whole family"]
    assert len(pack.replies["hour"]["morning"]) == 2
    assert pack_from_json(pack_to_json(pack)) == pack
    assert pack.without_examples().unasked == ()


def test_a_reply_that_is_kept_out_but_stands_nowhere_is_a_fault(tea_copy: Path) -> None:
    (tea_copy / "intents" / "replies.yaml").write_text(_UNASKED.format("at the breakfast table"), encoding="utf-8")
    with pytest.raises(PackError) as caught:
        load_pack(tea_copy)
    (fault,) = caught.value.faults
    assert (fault.file, fault.line, fault.rule) == ("intents/replies.yaml", 4, "unknown-id")
    assert fault.problem == "no reply reads “at the breakfast table”"
