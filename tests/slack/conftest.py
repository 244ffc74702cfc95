"""What the Slack tests share: a fake that fails the test on any mistake of the app that was not expected."""

from collections.abc import Iterator

import pytest

from tests.slack.app import App
from tests.slack.bot import Bot, as_its_manifest_says
from tests.slack.fake import FakeSlack
from tests.slack.message import Channel


@pytest.fixture
def slack() -> Iterator[FakeSlack]:
    with FakeSlack() as fake:
        yield fake
        fake.quiet()
        assert fake.workspace.mistakes == []


@pytest.fixture
def channel(slack: FakeSlack) -> Channel:
    """A channel of its own for each test."""
    return slack.workspace.channel(f"study-{slack.workspace.fresh('')}")


@pytest.fixture(scope="session", autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Let bots keep what they learn in a folder of their own."""
    Bot.cache = tmp_path_factory.mktemp("cache")
    yield
    Bot.cache = None


@pytest.fixture(scope="session")
def app(cache: None) -> App:
    """The tutor's app, with the scopes and events of its manifest and no more."""
    return as_its_manifest_says()
