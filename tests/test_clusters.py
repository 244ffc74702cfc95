"""Questions that ask nearly the same are put together, and others are not."""

from collections import Counter
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor import Tutor
from tutor.clusters import MOST, clusters, telling_words
from tutor.router import Router

ALIKE = yaml.safe_load((Path(__file__).parent / "questions" / "alike.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def router(tutor: Tutor) -> Router:
    return Router(tutor.weights)


@pytest.fixture(scope="session")
def tea_router(tea: Tutor) -> Router:
    return Router(tea.weights)


def pairs(groups: list[int]) -> int:
    return sum(size * (size - 1) // 2 for size in groups)


def test_questions_of_a_study_group_fall_into_the_groups_a_person_would_make(router: Router) -> None:
    gold = [(said, name) for name, group in ALIKE["alike"].items() for said in group]
    gold += [(said, said) for said in ALIKE["alone"]]
    found = clusters([said for said, _ in gold], router)
    named = [Counter(gold[number][1] for number in numbers) for numbers in found]
    right = pairs([size for names in named for size in names.values()])
    assert right / pairs([names.total() for names in named]) >= 0.9
    assert right / pairs(list(Counter(name for _, name in gold).values())) >= 0.85


def test_the_largest_cluster_comes_first_and_in_it_the_most_typical_question(router: Router) -> None:
    asked = [
        "What is hyperband?",
        "rotating tokens and passwords",
        "How do I rotate an access token?",
        "Is there a mobile app?",
        "rotating my access token",
    ]
    assert clusters(asked, router) == [[4, 2, 1], [0], [3]]


def test_a_slip_keeps_a_question_where_it_belongs(router: Router) -> None:
    assert clusters(["explain hyperband", "what is hyperbnad", "is there a mobile app"], router) == [[0, 1], [2]]


def test_the_order_of_questions_changes_nothing_but_their_numbers(router: Router) -> None:
    asked = [said for group in ALIKE["alike"].values() for said in group]
    there, back = clusters(asked, router), clusters(asked[::-1], router)
    turned = [sorted(len(asked) - 1 - number for number in numbers) for numbers in back]
    assert sorted(turned) == sorted(sorted(numbers) for numbers in there)


@pytest.mark.parametrize("asked", [[], ["..."], ["What is tea?"]])
def test_few_questions_are_clusters_of_their_own(tea_router: Router, asked: list[str]) -> None:
    assert clusters(asked, tea_router) == [[number] for number, _ in enumerate(asked)]


def test_questions_without_words_are_like_nothing(tea_router: Router) -> None:
    assert clusters(["...", "???", "What is tea?"], tea_router) == [[0], [1], [2]]


def test_more_questions_than_can_be_compared_are_refused(tea_router: Router) -> None:
    with pytest.raises(ValueError, match="at most 4,000 questions can be put together"):
        clusters(["x"] * (MOST + 1), tea_router)


@settings(max_examples=30, deadline=None)
@given(asked=st.lists(st.text(max_size=40), max_size=12))
def test_every_question_is_in_one_cluster_and_the_same_text_in_the_same(tea: Tutor, asked: list[str]) -> None:
    found = clusters(asked, Router(tea.weights))
    assert sorted(number for numbers in found for number in numbers) == list(range(len(asked)))
    assert found == clusters(asked, Router(tea.weights))


@pytest.mark.parametrize(
    ("question", "most", "said"),
    [
        ("How do I rotate a personal access token?", 3, ["rotate", "personal", "token"]),
        ("What is hyperband?", 1, ["hyperband"]),
        ("hyperband hyperband", 5, ["hyperband"]),
        ("...", 3, []),
    ],
)
def test_the_most_telling_words_are_those_that_few_questions_have(
    router: Router, question: str, most: int, said: list[str]
) -> None:
    assert telling_words(question, router, most) == said
