"""A mock exam has the domains in proportion, and time in proportion to its questions."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import changed
from tutor.model import Domain, Exam
from tutor.study.exercise import Exercise
from tutor.study.paper import paper, shares
from tutor.subject import Pack


def test_the_whole_exam_has_its_questions_minutes_and_weights(pack: Pack, made: tuple[Exercise, ...]) -> None:
    whole = paper(pack, made, seed=1)
    assert (len(whole.exercises), whole.minutes) == (59, 120)
    assert Counter(whole.domains) == {"model-development": 26, "mlops": 26, "model-deployment": 7}
    assert len({one.id for one in whole.exercises}) == 59


def test_every_question_stands_under_its_own_domain(pack: Pack, made: tuple[Exercise, ...]) -> None:
    assert pack.about.exam
    whole = paper(pack, made, seed=1)
    asked = zip(whole.exercises, whole.domains, strict=True)
    assert all(one.topic in pack.about.exam.domains[domain].topics for one, domain in asked)


def test_a_shorter_exam_takes_less_time(pack: Pack, made: tuple[Exercise, ...]) -> None:
    short = paper(pack, made, seed=1, questions=10)
    assert (len(short.exercises), short.minutes) == (10, 21)


def test_a_seed_gives_one_exam(pack: Pack, made: tuple[Exercise, ...]) -> None:
    assert paper(pack, made, seed=1) == paper(pack, made, seed=1) != paper(pack, made, seed=2)


def test_domains_are_mixed(pack: Pack, made: tuple[Exercise, ...]) -> None:
    domains = paper(pack, made, seed=1).domains
    assert list(domains) != sorted(domains)


def test_no_exam_where_none_is_prepared_for_or_nothing_is_asked(tea_pack: Pack, tea_made: tuple[Exercise, ...]) -> None:
    with pytest.raises(ValueError, match="one question or more"):
        paper(tea_pack, tea_made, seed=1, questions=0)
    with pytest.raises(ValueError, match="prepares for no exam"):
        paper(changed(tea_pack, about=changed(tea_pack.about, exam=None)), tea_made, seed=1)


@given(st.lists(st.floats(min_value=0.001, max_value=1000), min_size=1, max_size=8), st.integers(1, 500))
def test_shares_add_up_and_are_off_by_less_than_one(weights: list[float], questions: int) -> None:
    domains = {f"d{n}": Domain(title="D", weight=weight, topics=("t",)) for n, weight in enumerate(weights)}
    found = shares(Exam(questions=1, minutes=1, domains=domains), questions)
    assert sum(found.values()) == questions
    assert all(abs(found[name] - questions * one.weight / sum(weights)) < 1 for name, one in domains.items())
