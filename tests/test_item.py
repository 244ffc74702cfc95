"""Pasted items -> stem, options, and how many are sought."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.item import MOST, Item, read_item, seeks_wrong, unlabelled, wanted

STEM = "Which tea suits a late evening?"
TEAS = ("Black tea", "Herbal tea", "Green tea")


@pytest.mark.parametrize(
    "text",
    [
        f"{STEM}\nA. Black tea\nB. Herbal tea\nC. Green tea",
        f"{STEM}\n\nA. Black tea\n\nB. Herbal tea\n\nC. Green tea\n",
        f"{STEM}\r\nA) Black tea\r\nB) Herbal tea\r\nC) Green tea",
        f"{STEM}\n(a) Black tea\n(b) Herbal tea\n(c) Green tea",
        f"{STEM}\n- A: Black tea\n- B: Herbal tea\n- C: Green tea",
        f"{STEM}\n1. Black tea\n2. Herbal tea\n3. Green tea",
        f"{STEM}\n**A.** Black tea\n**B.** Herbal tea\n**C.** Green tea",
        f"{STEM}\n* Black tea\n* Herbal tea\n* Green tea",
        f"{STEM}\n- [ ] Black tea\n- [x] Herbal tea\n- [ ] Green tea",
        f"{STEM} A. Black tea B. Herbal tea C. Green tea",
        f"{STEM} A) Black tea, B) Herbal tea, C) Green tea",
        f"{STEM}\nA. Black\n   tea\nB. Herbal tea\nC. Green tea",
        f"Question 12: {STEM}\nOptions:\nA. Black tea\nB. Herbal tea\nC. Green tea",
        f"17. {STEM}\nA. Black tea\nB. Herbal tea\nC. Green tea",
        f"{STEM}\n\u00a0A.\u00a0Black tea\n\u00a0B.\u00a0Herbal\u200b tea\n\u00a0C.\u00a0Green tea",
    ],
)
def test_an_item_is_read_in_the_forms_in_which_it_is_pasted(text: str) -> None:
    assert read_item(text) == Item(STEM, TEAS)


@pytest.mark.parametrize(
    "end",
    [
        "\n\nAnswer: B",
        "\nAnswer: B",
        " Answer: B",
        "\n\n**Correct Answer:** B\n\nExplanation: it has no caffeine.",
        "\n\nShow answer",
        "\n\nIt is said that herbs calm.",
    ],
)
def test_what_gives_the_answer_away_is_not_read(end: str) -> None:
    assert read_item(f"{STEM}\nA. Black tea\nB. Herbal tea\nC. Green tea{end}") == Item(STEM, TEAS)


def test_a_mark_at_the_right_option_is_not_read() -> None:
    assert read_item(f"{STEM}\nA. Black tea\nB. Herbal tea (correct)\nC. Green tea") == Item(STEM, TEAS)


def test_facts_that_are_listed_before_the_question_stay_in_the_stem() -> None:
    item = read_item("Given:\n- no caffeine\n- one cup\n\nWhich tea?\n\nA. Black tea\nB. Herbal tea")
    assert item == Item("Given:\n- no caffeine\n- one cup\n\nWhich tea?", ("Black tea", "Herbal tea"))


def test_a_question_below_the_options_belongs_to_the_stem() -> None:
    item = read_item("Two teas are there:\nA. Black tea\nB. Herbal tea\n\nWhich is for the evening?")
    assert item == Item("Two teas are there:\nWhich is for the evening?", ("Black tea", "Herbal tea"))


@pytest.mark.parametrize(
    "text",
    [
        "",
        STEM,
        "We have:\n1. no caffeine\n2. one cup\nWhich tea suits us?",
        "Black (a) or green (b)?",
        "What does A. Smith say?",
        "A. Black tea\nB. Green tea",
        f"{STEM}\nA.\nB. Green tea",
        f"{STEM}\nA. Black tea",
        "Some teas I like.\n- black\n- green\nWhich is best?",
    ],
)
def test_what_is_no_item_is_not_taken_for_one(text: str) -> None:
    assert read_item(text) is None


@pytest.mark.parametrize(
    ("stem", "count"),
    [
        ("Which tea suits?", 1),
        ("Which teas suit? Select TWO.", 2),
        ("Which teas suit? (Choose the two best answers.)", 2),
        ("Which two teas suit the evening?", 2),
        ("Which 3 of these are herbs?", 3),
        ("Which TWO belong in a pot?", 2),
        ("Which two-litre pot is best?", 1),
        ("Which teas suit? Three answers are correct.", 3),
        ("Which teas suit? Select all that apply.", None),
        ("Which of the teas suit? One or more may be right.", None),
        ("Which teas suit? Choose 9.", 1),
        ("Choose one tea for two guests.", 1),
        ("What are the three parts of a brew?", 1),
        ("Two guests arrive. Which tea?", 1),
    ],
)
def test_a_stem_says_how_many_options_it_seeks(stem: str, count: int | None) -> None:
    assert wanted(stem, 5) == count


@pytest.mark.parametrize(
    ("stem", "wrong"),
    [
        ("Which tea does NOT keep one awake?", True),
        ("All of these wake one up EXCEPT:", True),
        ("Every one of these is a tea, except", True),
        ("Which tea is least suitable at night?", True),
        ("Which statement about tea is not true?", True),
        ("Which claim about tea is false?", True),
        ("Which of these shouldn't be boiled?", True),
        ("Which habit should be avoided?", True),
        ("Which advice about scalding leaves should a host reject?", True),
        ("The pot is cold. Which step would be a mistake?", True),
        ("Which statement misdescribes the first infusion?", True),
        ("Which statement that compares green and black is false?", True),
        ("Which statement on where tea grows is false?", True),
        ("Four guests speak of tea. Which remark is mistaken?", True),
        ("Which statement says that green tea is false?", False),
        ("Which mistake did the host make?", False),
        ("Which advice should a host follow who wants to avoid tannin?", False),
        ("Which tea keeps one awake?", False),
        ("Which tea needs at least four minutes?", False),
        ("Which answer explains why green tea is not boiled?", False),
        ("The tea is not green. Which tea is it?", False),
        ("A guest's tea was bitter. What was wrong?", False),
        ("What is wrong with boiling water?", False),
    ],
)
def test_a_stem_may_seek_what_does_not_hold(stem: str, wrong: bool) -> None:
    assert seeks_wrong(stem) is wrong


def test_labels_come_off_only_where_all_options_have_them_in_order() -> None:
    assert unlabelled(("a) Black", "b) Green")) == ("Black", "Green")
    assert unlabelled(("B. Black", "A. Green")) == ("B. Black", "A. Green")
    assert unlabelled(("A. ", "B. Green")) == ("A. ", "B. Green")


@given(st.text(max_size=200))
def test_any_text_is_read_or_not_without_an_error(text: str) -> None:
    item = read_item(text)
    assert item is None or (item.stem and 2 <= len(item.options) <= MOST and all(item.options))


@given(st.lists(st.sampled_from(["black", "green", "no tea at all", "a pot"]), min_size=2, max_size=5))
def test_options_come_back_as_they_were_written(options: list[str]) -> None:
    labelled = "\n".join(f"{label}. {option}" for label, option in zip("ABCDE", options, strict=False))
    assert read_item(f"{STEM}\n{labelled}") == Item(STEM, tuple(options))
