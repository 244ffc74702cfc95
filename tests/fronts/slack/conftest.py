"""What tests of the whole bot share: the fake Slack, and a store in a file."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.slack.fake import FakeSlack
from tutor.store import Store, open_store


@pytest.fixture
def slack() -> Iterator[FakeSlack]:
    """The fake Slack; it fails the test on any mistake of the app that was not expected."""
    with FakeSlack() as fake:
        fake.courier.pauses = (0.2,) * 50
        yield fake
        fake.quiet()
        assert fake.workspace.mistakes == []


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(str(tmp_path / "store.db")) as opened:
        yield opened
