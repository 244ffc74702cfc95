"""Settings of a person or a channel: what was chosen, and nothing else."""

import pytest

from tutor.errors import StoreError
from tutor.store import Store


def test_settings_are_kept_apart_by_owner_and_name(store: Store) -> None:
    store.choose("person", "X", {"sources": True, "topics": ["a", "b"]})
    store.choose("channel", "X", {"follow": "mentions"})
    assert store.settings("person", "X") == {"sources": True, "topics": ["a", "b"]}
    assert store.settings("channel", "X") == {"follow": "mentions"}
    assert store.settings("person", "Y") == {}


def test_a_setting_can_be_changed_and_taken_back_and_the_others_stay(store: Store) -> None:
    store.choose("person", "X", {"sources": True, "why": False, "width": 80})
    store.choose("person", "X", {"sources": None, "why": True, "never-set": None})
    assert store.settings("person", "X") == {"why": True, "width": 80}


@pytest.mark.parametrize(
    ("name", "values", "said"),
    [
        ("", {"a": 1}, "the person must be 1 to 500 printable characters; nothing was saved"),
        ("X", {"a": 1, "": 1}, "the setting must be 1 to 500 printable characters; nothing was saved"),
        ("X", {"a": 1, "b": "x" * 1_000_000}, "the setting has 1,000,002 characters; at most 1,000,000 are kept"),
    ],
)
def test_settings_that_cannot_be_kept_are_refused_all_together(
    store: Store, name: str, values: dict[str, object], said: str
) -> None:
    with pytest.raises(StoreError) as caught:
        store.choose("person", name, values)
    assert str(caught.value) == said
    assert store.settings("person", "X") == {}


def test_all_who_chose_a_setting_are_found(store: Store) -> None:
    store.choose("channel", "T1/C2", {"daily": {"at": "09:00"}, "other": 1})
    store.choose("channel", "T1/C1", {"daily": {"at": "10:00"}})
    store.choose("channel", "T1/C3", {"other": 2})
    store.choose("person", "T1/C4", {"daily": {"at": "11:00"}})
    assert store.having("channel", "daily") == {"T1/C1": {"at": "10:00"}, "T1/C2": {"at": "09:00"}}
    store.choose("channel", "T1/C1", {"daily": None})
    assert list(store.having("channel", "daily")) == ["T1/C2"]
