"""The exercises of the packs, made once for all tests of study."""

import pytest

from tutor.study.exercise import Exercise
from tutor.study.making import exercises
from tutor.subject import Pack


@pytest.fixture(scope="session")
def made(pack: Pack) -> tuple[Exercise, ...]:
    return exercises(pack)


@pytest.fixture(scope="session")
def tea_made(tea_pack: Pack) -> tuple[Exercise, ...]:
    return exercises(tea_pack)
