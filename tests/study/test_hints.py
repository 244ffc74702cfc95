"""Hints go from the topic to a wrong choice and do not name the answer."""

from tutor.study.exercise import Choice, Exercise
from tutor.study.hints import hints
from tutor.subject import Pack
from tutor.terms import Lexicon
from tutor.text import words


def exercise(decides: str, *wrong: Choice) -> Exercise:
    right = Choice("Brew black tea", True, "It is strong.", "tip.breakfast-pot")
    return Exercise("tip", "tip.breakfast-pot", "hours", "Guests wait. What now?", (right, *wrong), decides, ())


POT = Choice("Heat less water", False, "It gets cold.", "fact.green-tea")
SENCHA = Choice("Brew green tea", False, "Boiling water scalds the leaf.", "fact.green-tea")


def test_three_hints_where_there_are_three_choices(tea_pack: Pack) -> None:
    assert hints(tea_pack, exercise("Strength decides.", POT, POT)) == (
        "It is about this: Hours of the day.",
        "What decides: Strength decides.",
        "Not “Heat less water”. It gets cold.",
    )


def test_no_choice_falls_away_where_that_would_leave_the_answer(tea_pack: Pack) -> None:
    assert len(hints(tea_pack, exercise("Strength decides.", POT))) == 2


def test_a_name_that_only_the_answer_has_is_left_out(tea_pack: Pack) -> None:
    assert hints(tea_pack, exercise("The assam leaf is strong.", POT))[1] == "What decides: The … leaf is strong."


def test_names_stay_where_both_sides_are_named(tea_pack: Pack) -> None:
    told = hints(tea_pack, exercise("Black tea bears heat and green tea does not.", SENCHA))[1]
    assert told == "What decides: Black tea bears heat and green tea does not."


def test_no_hint_of_the_bundled_pack_names_the_answer_alone(pack: Pack, made: tuple[Exercise, ...]) -> None:
    lexicon = Lexicon.of(pack.terms)

    def names(text: str) -> set[str]:
        return {found.term for found in lexicon.find(words(text))}

    for one in made[::7]:
        wrong = set().union(*(names(choice.text) for choice in one.choices if not choice.right))
        telling = names(one.choices[one.right].text) - names(one.stem) - wrong
        for hint in hints(pack, one)[1:2]:
            assert not (telling & names(hint)) or wrong & names(hint)
