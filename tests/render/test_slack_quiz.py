"""Messages of a quiz: within every limit of Slack, whatever the exercise, and nothing told before it is answered."""

import html
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import TEA
from tests.render.test_slack import buttons, shown
from tests.slack.blocks import wrong_in_blocks
from tutor.pack import load_pack
from tutor.render.quizzed import Quizzed, unquizzed
from tutor.render.slack import Message
from tutor.render.slack_quiz import Shown, asking, ended, how_sure, stopped, told
from tutor.reply import Cited
from tutor.study.answered import answered
from tutor.study.certainty import Certainty
from tutor.study.exercise import Choice, Exercise
from tutor.study.result import result

TEA_PACK = load_pack(TEA)
AT = datetime(2026, 11, 28, 9, tzinfo=UTC)
IDS = ("0123456789abcdef",) * 5
STEEP = Exercise(
    "tip",
    "fact.green-tea",
    "leaves",
    "Sencha tastes bitter. What now?",
    (
        Choice("Cooler water", True, "Hot water draws out tannin.", "fact.green-tea"),
        Choice("More leaves", False, "More leaves give more tannin.", "trap.caffeine-at-night"),
    ),
    "Tannin comes with heat.",
    (Cited("kettle", "The Kettle Book", "3-5"),),
)
_TEXTS = st.text(min_size=1, max_size=700).filter(str.strip)
_CHOICES = st.lists(
    st.builds(Choice, _TEXTS, st.just(False), _TEXTS, st.just("trap.caffeine-at-night")), min_size=1, max_size=5
)
EXERCISES = st.builds(
    lambda stem, right, wrong, decides: Exercise(
        "tip", "fact.green-tea", "leaves", stem, (replace(right, right=True), *wrong), decides, STEEP.sources
    ),
    _TEXTS,
    st.builds(Choice, _TEXTS, st.just(True), _TEXTS, st.just("fact.green-tea")),
    _CHOICES,
    _TEXTS,
)


def of(exercise: Exercise, **fields: object) -> Shown:
    return replace(Shown(exercise, "Leaves", Quizzed("q1", IDS)), **fields)  # type: ignore[arg-type]


@settings(max_examples=60, deadline=None)
@given(EXERCISES, st.lists(_TEXTS, max_size=3))
def test_every_message_is_within_the_limits_of_slack(exercise: Exercise, hints: list[str]) -> None:
    open_one = of(exercise, hints=tuple(hints), daily=True)
    chosen = of(exercise, carried=Quizzed("q1", IDS, place=0))
    answer = answered(exercise, 0, "sure", 0, AT)
    messages = [
        asking(open_one),
        how_sure(chosen),
        told(TEA_PACK, chosen, answer, 0, "T1/D1"),
        stopped(open_one),
        ended(result(TEA_PACK, [exercise] * 5, [answer] * 5), chosen.carried, "T1/D1"),
    ]
    for message in messages:
        assert wrong_in_blocks([dict(block) for block in message.blocks]) == []
        assert message.text.strip()


def test_a_question_tells_nothing_of_its_answer() -> None:
    said = _all(asking(of(STEEP)))
    for hidden in ("Tannin comes", "draws out", "More leaves give", "Kettle", "Leaves"):
        assert hidden not in said.replace("More leaves", "")
    assert all(choice.text in said for choice in STEEP.choices)


def test_each_choice_has_its_button_and_each_button_its_place() -> None:
    made = buttons(asking(of(STEEP)))
    assert list(made) == ["Cooler water", "More leaves", "Hint", "Don't know", "Stop"]
    assert [unquizzed(made[text]["value"]).place for text in made] == [0, 1, None, None, None]


def test_long_choices_are_numbered() -> None:
    long = replace(STEEP, choices=(replace(STEEP.choices[0], text="Cooler water, " * 5), STEEP.choices[1]))
    made = asking(of(long))
    assert list(buttons(made))[:2] == ["1", "2"]
    assert f"1. {'Cooler water, ' * 5}".strip() in shown([made])


def test_without_more_hints_or_questions_there_are_no_buttons_for_them() -> None:
    single = of(STEEP, carried=Quizzed("q1", IDS[:1]), more=False)
    assert list(buttons(asking(single)))[2:] == ["Don't know"]


@pytest.mark.parametrize(
    ("place", "certainty", "head"),
    [
        (0, "sure", "Right, and you were sure: +3 points"),
        (0, "guess", "Right, and you were guessing: +1 point"),
        (1, "unsure", "Not right, and you were not sure: −2 points"),
        (1, "guess", "Not right, and you were guessing: 0 points"),
        (None, "guess", "Left open: 0 points"),
    ],
)
def test_what_was_right_is_told_with_every_reason_and_its_source(
    place: int | None, certainty: Certainty, head: str
) -> None:
    message = told(TEA_PACK, of(STEEP), answered(STEEP, place, certainty, 0, AT), place, "T1/D1")
    assert message.text.startswith(f"{head}\n")
    for said in (
        "Hot water draws out tannin.",
        "More leaves give more tannin.",
        "Tannin comes with heat.",
        "lines 3-5",
    ):
        assert said in _all(message)
    assert [text for text in ("✓ Your choice: 1.", "✗ Your choice: 2.") if text in message.text] == (
        [] if place is None else ["✓ Your choice: 1." if place == 0 else "✗ Your choice: 2."]
    )


def test_the_end_of_a_quiz_says_how_it_went_and_offers_what_was_wrong() -> None:
    asked = [STEEP, replace(STEEP, stem="Once more?"), STEEP]
    given: list[tuple[int | None, Certainty]] = [(0, "sure"), (1, "unsure"), (None, "guess")]
    answers = [answered(one, place, sure, 0, AT) for one, (place, sure) in zip(asked, given, strict=True)]
    message = ended(result(TEA_PACK, asked, answers), Quizzed("q1", IDS, about="leaves"), "T1/D1")
    assert html.unescape(message.text).splitlines()[:2] == ["1 of 3 right", ""]
    assert "+1 point of 9, by how sure you were." in message.text
    assert "Sure: 1 of 1 right\n  Not sure: 0 of 1 right\n" in message.text
    assert "1. Green tea wants cooler water (wrong)" in message.text
    made = buttons(message)
    assert list(made) == ["Read 1", "Ask the wrong ones again", "Another quiz"]
    again, more = (unquizzed(made[text]["value"]) for text in ("Ask the wrong ones again", "Another quiz"))
    assert again.exercises == (asked[1].id, STEEP.id)
    assert (more.exercises, more.about) == ((), "leaves")


def _all(message: Message) -> str:
    return html.unescape(shown([message]) + message.text)
