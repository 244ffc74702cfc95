"""What the Slack tests share: a fake that fails the test on any mistake of the app that was not expected."""

from collections.abc import Iterator

import pytest

from tests.slack.fake import FakeSlack


@pytest.fixture
def slack() -> Iterator[FakeSlack]:
    with FakeSlack() as fake:
        yield fake
        fake.quiet()
        assert fake.workspace.mistakes == []
