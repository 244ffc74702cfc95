from pathlib import Path

import pytest

from tutor import Tutor
from tutor.fronts.replay import replay_file, update_file
from tutor.transcript import Exchange, Transcript, TranscriptError, load_transcripts, save_transcripts

BY_HAND = """\
# what I expect
transcript: 1
pack: tea
turns:
  - say: Which tea should I brew?
---
turns:
  - {say: hello, reply: chat, has: Ask about tea}
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "t.yaml").write_text(BY_HAND, encoding="utf-8")
    return tmp_path / "t.yaml"


def never() -> Tutor:
    raise AssertionError("the tutor is loaded")


def test_every_transcript_of_a_file_is_replayed(tea: Tutor, path: Path) -> None:
    assert [(done.same, len(done.turns)) for done in replay_file(lambda: tea, path)] == [(True, 1), (True, 1)]


def test_a_file_that_cannot_be_read_loads_no_tutor(path: Path) -> None:
    path.write_text("transcript: 7\n")
    with pytest.raises(TranscriptError):
        replay_file(never, path)


def test_an_update_records_what_was_left_open_and_then_has_nothing_to_do(tea: Tutor, path: Path) -> None:
    assert update_file(path, replay_file(lambda: tea, path))
    first, second = load_transcripts(path)
    assert first.turns[0].text == tea.respond("Which tea should I brew?").reply.text
    assert second.turns == (Exchange(say="hello", reply="chat", has=("Ask about tea",)),)
    assert (first.pack, second.pack) == ("tea", "tea")
    held = path.read_bytes()
    assert not update_file(path, replay_file(lambda: tea, path))
    assert path.read_bytes() == held


def test_a_file_that_has_nothing_new_keeps_its_comments(tea: Tutor, path: Path) -> None:
    path.write_text("# mine\ntranscript: 1\nturns: [{say: hello, reply: chat}]\n")
    assert not update_file(path, replay_file(lambda: tea, path))
    assert path.read_text().startswith("# mine\n")


def test_a_replay_that_ended_early_updates_nothing(tea: Tutor, path: Path) -> None:
    save_transcripts(path, [Transcript(turns=(Exchange(say="hello"), Exchange(say="hello", known={"x": "y"})))])
    held = path.read_bytes()
    assert not update_file(path, replay_file(lambda: tea, path))
    assert path.read_bytes() == held
