"""Ready is who has its store and its connection to Slack."""

from pathlib import Path
from typing import cast

import pytest

from tutor.errors import StoreError
from tutor.fronts.slack.readiness import missing
from tutor.store import Store, open_store


@pytest.mark.parametrize(("connected", "said"), [(True, None), (False, "not connected to Slack")])
def test_without_slack_it_is_not_ready(tmp_path: Path, connected: bool, said: str | None) -> None:
    with open_store(str(tmp_path / "store.db")) as store:
        assert missing(store, lambda: connected) == said


class Gone:
    """A store that is away."""

    def ping(self) -> None:
        raise StoreError("the store is away")


def test_without_its_store_it_is_not_ready() -> None:
    assert missing(cast(Store, Gone()), lambda: True) == "the store is away"
