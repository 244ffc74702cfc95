"""What the Slack tests share: a fake that fails the test on any mistake of the app that was not expected."""

from collections.abc import Iterator

import pytest

from tests.slack.app import App
from tests.slack.bot import as_its_manifest_says
from tests.slack.fake import FakeSlack


@pytest.fixture
def slack() -> Iterator[FakeSlack]:
    with FakeSlack() as fake:
        yield fake
        fake.quiet()
        assert fake.workspace.mistakes == []


@pytest.fixture(scope="session")
def app() -> App:
    """The tutor's app, with the scopes and events of its manifest and no more."""
    return as_its_manifest_says()
