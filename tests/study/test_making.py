"""A pack gives many exercises, the same every time, each with one right choice and a reason for all."""

import re
from collections import Counter

import pytest

from tests.conftest import changed
from tutor.decision import settled
from tutor.model import Distractor, Pair
from tutor.study.decisions import called
from tutor.study.exercise import Exercise
from tutor.study.making import exercises
from tutor.study.soundness import TOLERATED, longest_wins, problems
from tutor.subject import Pack


def test_the_bundled_pack_gives_a_thousand_exercises_of_every_kind_and_about_every_examined_topic(
    pack: Pack, made: tuple[Exercise, ...]
) -> None:
    assert len({(one.stem, frozenset(choice.text for choice in one.choices)) for one in made}) >= 1000
    kinds = Counter(one.kind for one in made)
    assert min(kinds[kind] for kind in ("trap", "pair", "tip", "decision", "fact")) >= 100
    assert pack.about.exam
    assert {one.topic for one in made} >= {name for part in pack.about.exam.domains.values() for name in part.topics}


def test_what_is_not_examined_is_not_asked_about(made: tuple[Exercise, ...]) -> None:
    topics = {one.topic for one in made}
    assert topics & {"exam-format", "exam-strategy", "spark-pipelines"} == set()


def test_making_twice_gives_the_same(tea_pack: Pack, tea_made: tuple[Exercise, ...]) -> None:
    assert exercises(tea_pack) == tea_made


def test_keys_tell_exercises_apart(made: tuple[Exercise, ...], tea_made: tuple[Exercise, ...]) -> None:
    for every in (made, tea_made):
        assert len({one.key for one in every}) == len({one.id for one in every}) == len(every)


def test_every_exercise_is_sound(made: tuple[Exercise, ...], tea_made: tuple[Exercise, ...]) -> None:
    assert [(one.key, problem) for one in (*made, *tea_made) for problem in problems(one)] == []


def test_picking_the_longest_choice_wins_hardly_more_than_by_chance(made: tuple[Exercise, ...]) -> None:
    wins, chance = longest_wins(made)
    assert wins <= chance + TOLERATED


def test_the_feedback_of_every_choice_rests_on_a_citation(pack: Pack, made: tuple[Exercise, ...]) -> None:
    for one in made:
        cited = {(source.source, source.lines) for source in one.sources}
        for choice in one.choices:
            entry = pack.entries[choice.entry]
            assert {(cite.source, ", ".join(cite.lines)) for cite in entry.citations} <= cited


def test_no_wrong_choice_is_taken_from_an_entry_that_points_to_the_one_asked_for(
    pack: Pack, made: tuple[Exercise, ...]
) -> None:
    for one in made:
        if one.kind in ("tip", "trap", "fact"):
            own = pack.entries[one.entry]
            for choice in one.choices:
                if choice.entry != own.id and "/gap-" not in one.key:
                    assert choice.entry not in (*own.see_also, *own.agrees_with)


def test_what_a_case_comes_to_is_proved_by_its_table(pack: Pack, made: tuple[Exercise, ...]) -> None:
    proved = 0
    for one in made:
        decision, part, values, place = (*one.key.split("/"), "", "")[:4]
        if part == "outcome":
            table = pack.decisions[decision]
            slots = [name for name in table.slots if pack.slots[name].question in one.stem]
            (filled,) = (
                dict(zip(slots, row, strict=True))
                for row in _rows([list(pack.slots[name].values) for name in slots])
                if "-".join(row) == values
            )
            rule = settled(table, pack.slots, filled)
            assert rule
            assert called(pack, rule) == one.choices[one.right].text, place
            proved += 1
    assert proved > 100


def _rows(columns: list[list[str]]) -> list[list[str]]:
    return [[value, *row] for value in columns[0] for row in _rows(columns[1:])] if columns else [[]]


def test_a_sign_is_asked_for_and_asks_for_its_side(tea_made: tuple[Exercise, ...]) -> None:
    by_key = {one.key: one for one in tea_made}
    side, sign = by_key["pair.green-vs-black/side-2-1"], by_key["pair.green-vs-black/sign-2-1"]
    assert side.stem == "green tea or black tea: which is meant? “The leaves are oxidised.”"
    assert [(choice.text, choice.right) for choice in side.choices] == [("green tea", False), ("black tea", True)]
    assert sign.stem == "green tea or black tea: what points to “black tea”?"
    assert {choice.text for choice in sign.choices if choice.right} == {"The leaves are oxidised"}
    assert {choice.why for choice in sign.choices if not choice.right} == {"That points to “green tea”."}
    assert {one.choices[one.right].why for one in (side, sign)} == {"Oxidised leaves bear heat."}
    assert {one.decides for one in (side, sign)} == {"Black leaves are oxidised and green leaves are not."}


def test_a_case_is_told_by_labels_where_nobody_replied(tea_made: tuple[Exercise, ...]) -> None:
    one = next(one for one in tea_made if one.key == "which-tea/outcome/morning-many/guests-1")
    assert one.stem == (
        "Which tea. When will it be drunk? “In the morning.” How many cups are needed? “A whole pot.” What follows?"
    )
    assert {choice.text: choice.why for choice in one.choices} == {
        "A pot for the breakfast table": "A breakfast table wants a pot of black tea.",
        "Green tea wants cooler water": (
            "It would be that with guests “One cup”: One morning cup is quickly brewed green."
        ),
        "Strong tea before sleep": (
            "It would be that with hour “Before sleep”: Late in the day caffeine keeps one awake."
        ),
    }


def test_a_mistake_is_asked_about_with_what_tempts_as_a_wrong_yes(tea_made: tuple[Exercise, ...]) -> None:
    one = next(one for one in tea_made if one.key == "trap.caffeine-at-night/claim")
    assert one.stem == "A colleague suggests drinking black tea as a nightcap. Is this right?"
    assert one.choices[one.right].text == "No. Take an infusion without caffeine before sleep"
    assert "Yes. It is warm and calming" in [choice.text for choice in one.choices]


def test_some_answers_are_right_so_that_no_is_not_always_the_answer(made: tuple[Exercise, ...]) -> None:
    claims = [one.choices[one.right].text for one in made if one.key.endswith("/claim")]
    said = Counter(text.split(".")[0] for text in claims)
    assert set(said) == {"Yes", "No"}
    assert min(said.values()) >= 20


def test_a_pack_without_samples_gives_fewer_exercises_and_no_fault(pack: Pack) -> None:
    few = exercises(pack.without_examples())
    assert 300 < len(few) < 1000
    assert [problem for one in few for problem in problems(one)] == []


def test_a_pair_without_signs_gives_none(tea_pack: Pack) -> None:
    entries = {
        name: changed(entry, signs={}) if isinstance(entry, Pair) else entry for name, entry in tea_pack.entries.items()
    }
    assert {one.kind for one in exercises(changed(tea_pack, entries=entries))} == {"tip", "trap", "decision"}


@pytest.mark.parametrize("words", ["misspoke", "scratch that", "I meant", "oh dear", "hang on"])
def test_nobody_amends_what_was_said_in_an_exercise(words: str, made: tuple[Exercise, ...]) -> None:
    told = " ".join(text for one in made if one.kind == "decision" for text in (one.stem, *map(_text, one.choices)))
    assert words not in told


def _text(choice: object) -> str:
    return str(getattr(choice, "text", ""))


_OTHER = Distractor(option="Serve the pot cold.", wrong_because="Guests at breakfast want it hot.")


def _with(pack: Pack, name: str, **fields: object) -> Pack:
    return changed(pack, entries={**pack.entries, name: changed(pack.entries[name], **fields)})


def _told(pack: Pack, key: str) -> dict[str, str]:
    one = next(one for one in exercises(pack) if one.key == key)
    return {choice.text: choice.why for choice in one.choices}


def test_other_wrong_options_stand_beside_what_tempts_with_their_reason(tea_pack: Pack) -> None:
    told = _told(_with(tea_pack, "tip.breakfast-pot", also_wrong=(_OTHER,)), "tip.breakfast-pot/scenario")
    assert told["Serve the pot cold"] == "Guests at breakfast want it hot."


def test_other_wrong_options_of_a_trap_are_said_to_its_claim(tea_pack: Pack) -> None:
    told = _told(_with(tea_pack, "trap.caffeine-at-night", also_wrong=(_OTHER,)), "trap.caffeine-at-night/claim")
    assert told["No. Serve the pot cold"] == "Guests at breakfast want it hot."


def test_other_wrong_options_of_a_tip_are_said_to_its_claim_and_what_tempts_is_argued_against(tea_pack: Pack) -> None:
    others = (_OTHER, Distractor(option="A pot of infusion", wrong_because="The guests want strong tea."))
    told = _told(_with(tea_pack, "tip.breakfast-pot", also_wrong=others), "tip.breakfast-pot/claim")
    assert told == {
        "Yes. One pot serves everybody at once": (
            "“Single cups of green tea” would be wrong: The first is cold before the last is brewed."
        ),
        "No, better: Single cups of green tea": "The first is cold before the last is brewed.",
        "No, better: Serve the pot cold": "Guests at breakfast want it hot.",
        "No, better: Use a pot of infusion": "The guests want strong tea.",
    }


def test_what_is_held_against_a_tip_is_not_always_what_tempts(tea_pack: Pack) -> None:
    drinks = [Distractor(option=f"Serve {one}.", wrong_because="It is no tea.") for one in ("milk", "cider", "soup")]
    tempted = set()
    for place in range(12):
        tempts = Distractor(option=f"Pour tea number {place}.", wrong_because="It is no strong one.")
        asked = _with(tea_pack, "tip.breakfast-pot", also_wrong=tuple(drinks), distractor=tempts)
        told = _told(asked, "tip.breakfast-pot/claim")
        assert len(told) == 4
        tempted.add(f"No, better: Pour tea number {place}" in told)
    assert tempted == {True, False}


@pytest.mark.parametrize(
    ("mistake", "asked"),
    [
        ("Drinking a strong cup, and closing the window.", "A colleague suggests drinking a strong cup, and closing"),
        ("Believing that a strong cup calms.", "Is this right? “A strong cup calms.”"),
        ("A strong cup in bed.", "A colleague advises: “Use a strong cup in bed.” Is this right?"),
        ("Just one strong cup.", "A colleague advises: “Just one strong cup.” Is this right?"),
    ],
)
def test_a_mistake_is_claimed_in_a_whole_sentence(tea_pack: Pack, mistake: str, asked: str) -> None:
    made = exercises(_with(tea_pack, "trap.caffeine-at-night", mistake=mistake))
    assert next(one.stem for one in made if one.key == "trap.caffeine-at-night/claim").startswith(asked)


def test_no_claim_of_the_bundled_pack_is_a_fragment(made: tuple[Exercise, ...]) -> None:
    claims = [one.stem for one in made if one.kind == "trap" and one.key.endswith("/claim")]
    framed = ("A colleague advises: “", "A colleague suggests ", "Is this right? “")
    assert [stem for stem in claims if not stem.startswith(framed)] == []


def test_what_is_said_of_a_name_that_belongs_elsewhere_holds_the_name(pack: Pack, made: tuple[Exercise, ...]) -> None:
    bare = [
        (one.key, choice.text)
        for one in made
        if "/gap-" in one.key
        for choice in one.choices
        if not choice.right and choice.text.startswith("`") and choice.text not in choice.why
    ]
    assert bare == []


def test_outcomes_of_getting_worse_exclude_each_other(made: tuple[Exercise, ...]) -> None:
    one = next(one for one in made if one.key.startswith("degradation/outcome/gradual-available/"))
    told = {choice.text: choice.why for choice in one.choices}
    assert told["Look for data drift alone, not yet for concept drift"].endswith(
        "without labels only data drift shows."
    )


def test_an_author_says_how_the_answer_stands_among_choices(tea_pack: Pack) -> None:
    said = _with(tea_pack, "tip.breakfast-pot", as_choice="Black tea, hot and strong.")
    one = next(one for one in exercises(said) if one.key == "tip.breakfast-pot/scenario")
    assert one.choices[one.right].text == "Black tea, hot and strong"


def test_a_story_always_has_a_wrong_choice_on_its_own_matter(pack: Pack, made: tuple[Exercise, ...]) -> None:
    stories = [one for one in made if "/story-" in one.key]
    assert len(stories) > 300
    for one in stories:
        assert any(pack.entries[choice.entry].topic == one.topic for choice in one.choices if not choice.right)


_CHAT = re.compile(r"\b(i('ve|'m|'d|'ll)?|u|r u|2 live|frm|wich|litle|die [A-Z]\w+)\b")


def test_no_exercise_of_the_bundled_pack_is_worded_as_in_a_chat(made: tuple[Exercise, ...]) -> None:
    texts = [text for one in made if one.kind == "decision" for text in (one.stem, *map(_text, one.choices))]
    assert [text for text in texts if _CHAT.search(text)] == []


def test_every_decision_of_the_bundled_pack_keeps_exercises(pack: Pack, made: tuple[Exercise, ...]) -> None:
    assert {one.key.split("/")[0] for one in made if one.kind == "decision"} == pack.decisions.keys()
