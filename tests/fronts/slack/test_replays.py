from tutor.fronts.slack import replays
from tutor.fronts.slack.replays import Replays


def test_a_signature_is_remembered_for_as_long_as_it_is_good() -> None:
    now = 0.0
    seen = Replays(lambda: now)
    assert "v0=1" not in seen
    seen.add("v0=1")
    now = 600.0
    seen.add("v0=2")
    assert [name in seen for name in ("v0=1", "v0=2")] == [True, True]
    now = 601.0
    seen.add("v0=3")
    assert [name in seen for name in ("v0=1", "v0=2", "v0=3")] == [False, True, True]


def test_no_more_are_remembered_than_memory_has_room_for() -> None:
    seen = Replays()
    for number in range(replays._MOST + 2):
        seen.add(str(number))
    assert [str(number) in seen for number in (0, 1, 2, replays._MOST + 1)] == [False, False, True, True]
