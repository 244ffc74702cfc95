from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.test_yaml_text import ODD
from tutor import Tutor
from tutor.errors import DialogueError
from tutor.folder import LARGEST
from tutor.reply import Chat
from tutor.text import LONGEST
from tutor.transcript import (
    Exchange,
    Recording,
    Transcript,
    TranscriptError,
    compared,
    load_transcripts,
    may_record,
    read_transcripts,
    recorded,
    renewed,
    save_transcripts,
    written,
)

SHORT = """\
transcript: 1
pack: tea 1 0123456789ab
title: "Tea: at night"
turns:
  - say: |-
      Which tea
      should I brew?
    known:
      hour: night
    reply: ask
    slot: hour
    text: |
      When will it be drunk?
        1. In the morning
  - say: "2"
    reply: answer
    entry: trap.caffeine-at-night
    has:
      - Strong tea
      - "Why:"
    without: Still open
---
title: Nothing said
turns: []
---
pack: ""
turns:
  - say: hello
"""
TURNS = (
    Exchange(
        say="Which tea\nshould I brew?",
        known={"hour": "night"},
        reply="ask",
        slot="hour",
        text="When will it be drunk?\n  1. In the morning",
    ),
    Exchange(
        say="2",
        reply="answer",
        entry="trap.caffeine-at-night",
        has=("Strong tea", "Why:"),
        without=("Still open",),
    ),
)
HELD = (
    Transcript(pack="tea 1 0123456789ab", title="Tea: at night", turns=TURNS),
    Transcript(pack="tea 1 0123456789ab", title="Nothing said", turns=()),
    Transcript(turns=(Exchange(say="hello"),)),
)
TODAY = Exchange(say="2", reply="answer", entry="fact.green-tea", text="Green tea\n  wants cooler water")


def fault(text: str | bytes) -> str:
    with pytest.raises(TranscriptError) as caught:
        read_transcripts("t.yaml", text.encode() if isinstance(text, str) else text)
    return str(caught.value)


# the format


def test_a_file_is_read() -> None:
    assert read_transcripts("t.yaml", SHORT.encode()) == HELD


def test_a_file_is_written_as_people_write_it() -> None:
    assert written(HELD) == SHORT


def test_files_one_after_the_other_are_a_file() -> None:
    both = "\n---\n".join((written(HELD[:1]), written(HELD[2:])))
    assert read_transcripts("t.yaml", both.encode()) == (HELD[0], Transcript(pack=HELD[0].pack, turns=HELD[2].turns))


def test_a_text_ends_without_the_line_break_of_its_block() -> None:
    texts = ["text: |\n      a\n", "text: a\n", 'text: "a\\n"\n', "text: |-\n      a\n"]
    for text in texts:
        (held,) = read_transcripts("t.yaml", f"transcript: 1\nturns:\n  - say: b\n    {text}".encode())
        assert held.turns[0].text == "a"


words = st.text(max_size=30) | st.sampled_from(ODD) | st.lists(st.sampled_from(ODD), max_size=5).map("\n".join)
exchanges = st.builds(
    Exchange,
    say=words,
    known=st.dictionaries(
        st.text(min_size=1, max_size=60) | st.sampled_from(["<<", "=", "no", "? a"]), words, max_size=2
    ),
    reply=st.sampled_from([None, "answer", "ask", "choose", "decline", "chat"]),
    entry=st.none() | words,
    slot=st.none() | words,
    text=st.none() | words | words.map(lambda text: text + "\n"),
    has=st.lists(words, max_size=2).map(tuple),
    without=st.lists(words, max_size=2).map(tuple),
)
many = st.lists(
    st.builds(Transcript, pack=words, title=words, turns=st.lists(exchanges, max_size=3).map(tuple)),
    min_size=1,
    max_size=3,
).map(tuple)


@given(many)
def test_what_is_written_is_read_back(held: tuple[Transcript, ...]) -> None:
    assert read_transcripts("t.yaml", written(held).encode()) == held


@given(st.text(max_size=60, alphabet=st.characters(exclude_categories=()) | st.sampled_from("\n\r\t :-#'\"|>{}[]&*!%")))
def test_words_of_any_kind_are_written_and_read(said: str) -> None:
    turn = recorded(said, Chat(said))
    (read,) = read_transcripts("t.yaml", written([Transcript(turns=(turn,))]).encode())
    whole = _without_halves(said)
    assert (read.turns[0].say, read.turns[0].text) == (whole, whole)


def _without_halves(said: str) -> str:
    return "".join("\ufffd" if 0xD800 <= ord(char) <= 0xDFFF else char for char in said)


# what is wrong


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "t.yaml:1:1: the file is empty; write its content or delete it"),
        ("turns: []", "t.yaml:1: transcript: is missing; write transcript: 1"),
        ("\ntranscript: 2\n", "t.yaml:2: transcript: version 2 is not known; this tutor reads version 1"),
        ("transcript: yes\nturns: []\n", "t.yaml:1: transcript: version True is not known; this tutor reads version 1"),
        ("transcript: 1\n", "t.yaml:1:1: turns: is missing; add turns:"),
        ("- say: a\n", "t.yaml:1:1: has no keys; write names, colons and values"),
        ("transcript: 1\nturns: a\n", "t.yaml:2:8: turns: is not a list; write [one, another]"),
        ("transcript: 1\ntitel: a\nturns: []\n", "t.yaml:2:1: titel: unknown key; did you mean title?"),
        (
            "transcript: 1\nturns:\n  - say: a\n\n    replay: ask\n",
            "t.yaml:5:5: turns.0.replay: unknown key; did you mean reply?",
        ),
        (
            "transcript: 1\nturns:\n  - sya: a\n",
            "t.yaml:3:5: turns.0.sya: unknown key; did you mean say? (and 1 more fault)",
        ),
        ("transcript: 1\nturns:\n- say: 1\n", "t.yaml:3:8: turns.0.say: 1 is not read as text; put it in quotes"),
        ("transcript: 1\nturns: []\n---\nturns: []\ntitle: [a]\n", "t.yaml:5:8: title: is not a text; write words"),
        ("transcript: 1\nturns: []\n---\n\n---\nturns: []", "t.yaml:5:1: has no keys; write names, colons and values"),
        ("transcript: 1\nturns: []\n---\n\ntitle: a\n", "t.yaml:5:1: turns: is missing; add turns:"),
        ("transcript: 1\nturns: []\nturns: []\n", "t.yaml:3:1: turns: the key stands here twice; keep one"),
        ("transcript: !!int 1\n", "t.yaml:1:13: a tag, !!int; packs are plain data; remove it"),
        ("transcript: &a 1\n", "t.yaml:1:13: an anchor, &a; write it out in full"),
        (
            "transcript: [1\n",
            "t.yaml:1:15: not YAML: did not find expected ',' or ']'; "
            "close the list or keys with ], or put a text with such a sign in quotes",
        ),
        (b"transcript: 1\n\xff", "t.yaml:2:1: not UTF-8; save the file as UTF-8"),
        (b"#" * (LARGEST + 1), "t.yaml: 4000001 bytes; at most 4000000 are read; split the file"),
    ],
)
def test_a_fault_has_its_line_and_says_what_to_write(text: str | bytes, said: str) -> None:
    assert fault(text) == said


def test_a_kind_of_reply_that_does_not_exist_is_refused() -> None:
    said = fault("transcript: 1\nturns:\n  - say: a\n    reply: asks\n")
    assert said.startswith("t.yaml:4:12: turns.0.reply: 'asks' is not known here; did you mean ask?")


def test_a_fault_plays_no_tricks_with_the_terminal_and_has_an_end() -> None:
    said = fault(f"transcript: 1\nturns: []\n'\\n{'k' * 200}': 1\n\"\\e[2J\": 1\n? '{'x' * 5_000}'\n: 1\n")
    assert said.endswith("(and 2 more faults)")
    said = fault('transcript: "\\e[2J\\n"\n')
    assert said == "t.yaml:1: transcript: version \\x1b[2J\\n is not known; this tutor reads version 1"
    said = fault(f"transcript: 1\nturns: []\n? '{'x' * 5_000}'\n: 1\n")
    assert (len(said), said[-1]) == (1_001, "…")


def test_every_fault_of_every_document_is_kept() -> None:
    with pytest.raises(TranscriptError) as caught:
        read_transcripts("t.yaml", b"transcript: 1\nturns: 1\ntitel: a\n---\nturns: 2\n---\ntranscript: 3\n")
    assert [fault.line for fault in caught.value.faults] == [2, 3, 5, 7]
    assert isinstance(caught.value, DialogueError)


KEYS = st.sampled_from(["transcript", "pack", "title", "turns", "say", "known", "reply", "text", "has", "x"])
LEAVES: st.SearchStrategy[Any] = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9) | st.just(1)
)
TREES = st.recursive(
    LEAVES, lambda part: st.lists(part, max_size=3) | st.dictionaries(KEYS | st.text(max_size=5), part, max_size=4)
)


@given(st.binary() | TREES.map(lambda tree: yaml.safe_dump(tree, allow_unicode=True).encode()))
@settings(max_examples=300)
def test_any_bytes_are_read_or_refused_in_one_line(raw: bytes) -> None:
    try:
        read_transcripts("t.yaml", raw)
    except TranscriptError as error:
        assert error.faults  # noqa: PT017 - that nothing else is raised is the point


@given(st.data())
@settings(max_examples=300)
def test_a_spoilt_file_is_read_or_refused(data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(SHORT)))
    raw = (SHORT[:at] + data.draw(st.text(max_size=4)) + SHORT[at + data.draw(st.integers(0, 9)) :]).encode()
    try:
        read_transcripts("t.yaml", raw)
    except TranscriptError as error:
        assert error.faults  # noqa: PT017 - that nothing else is raised is the point


# what is expected


def test_a_reply_is_as_expected_where_all_that_is_named_agrees() -> None:
    assert Exchange(say="2").met_by(TODAY)
    assert TODAY.met_by(TODAY)
    assert Exchange(say="2", reply="answer", has=("tea wants  cooler",), without=("black",)).met_by(TODAY)


@pytest.mark.parametrize(
    "facts",
    [
        {"reply": "ask"},
        {"reply": "answer", "entry": "fact.other"},
        {"reply": "answer", "slot": "hour"},
        {"text": "Green tea\n wants cooler water"},
        {"text": "Green tea\n  wants cooler water\n"},
        {"text": ""},
        {"has": ("Green", "black")},
        {"without": ("black", "cooler water")},
    ],
)
def test_a_reply_that_differs_is_not_as_expected(facts: dict[str, Any]) -> None:
    expected = Exchange(say="2", **facts)
    assert not expected.met_by(TODAY)
    before, after = compared(expected, TODAY)
    assert before != after
    assert renewed(expected, TODAY).met_by(TODAY)


def test_what_is_compared_is_what_is_expected_and_the_text_where_a_phrase_failed() -> None:
    expected = Exchange(say="2", reply="answer", has=("Green",), without=("black",))
    assert compared(expected, TODAY) == (["reply: answer", "has: Green", "without: black"],) * 2
    expected = Exchange(say="2", slot="hour", has=("Green", "black"))
    assert compared(expected, TODAY) == (
        ["slot: hour", "has: Green", "has: black"],
        ["slot: none", "has: Green", "Green tea", "  wants cooler water"],
    )


def test_renewing_keeps_what_was_expected_and_takes_the_text_where_a_phrase_failed() -> None:
    assert renewed(Exchange(say="2"), TODAY) == TODAY
    as_before = Exchange(say="2", reply="answer", entry="fact.green-tea", has=("Green",))
    assert renewed(as_before, TODAY) == as_before
    assert renewed(Exchange(say="2", reply="ask", slot="hour", has=("Green", "black")), TODAY) == Exchange(
        say="2", reply="answer", entry="fact.green-tea", text=TODAY.text, has=("Green",)
    )


@pytest.mark.parametrize(
    ("named", "is_about"),
    [("", True), ("tea", True), ("tea 1", True), ("tea 1 0123456789ab", True), ("te", False), ("tea 2", False)],
)
def test_a_transcript_tells_its_pack_as_far_as_it_likes(named: str, is_about: bool) -> None:
    assert Transcript(pack=named, turns=()).is_about("tea 1 0123456789ab") is is_about


# files


def test_a_new_file_is_private_and_an_old_one_keeps_its_rights(tmp_path: Path) -> None:
    path = tmp_path / "t.yaml"
    save_transcripts(path, HELD)
    assert path.stat().st_mode & 0o777 == 0o600
    path.chmod(0o644)
    save_transcripts(path, HELD[:1])
    assert path.stat().st_mode & 0o777 == 0o644
    assert load_transcripts(path) == HELD[:1]
    assert list(tmp_path.iterdir()) == [path]


def test_what_a_link_leads_to_is_written(tmp_path: Path) -> None:
    (tmp_path / "link.yaml").symlink_to("t.yaml")
    save_transcripts(tmp_path / "link.yaml", HELD)
    assert (tmp_path / "link.yaml").is_symlink()
    assert load_transcripts(tmp_path / "t.yaml") == HELD


@pytest.mark.parametrize(
    ("name", "said"),
    [("none.yaml", "cannot be read: No such file or directory"), (".", "cannot be read: Is a directory")],
)
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, name: str, said: str) -> None:
    with pytest.raises(TranscriptError, match=f"^{tmp_path / name}: {said}$"):
        load_transcripts(tmp_path / name)


def test_a_file_that_cannot_be_written_is_named_and_left_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "t.yaml"
    save_transcripts(path, HELD)
    with pytest.raises(TranscriptError, match=r"t.yaml: is full; a file holds 4000000 bytes; begin another$"):
        save_transcripts(path, [Transcript(turns=(Exchange(say="a" * LARGEST),))])
    with pytest.raises(TranscriptError, match=r"cannot be written: No such file or directory$"):
        save_transcripts(tmp_path / "none" / "t.yaml", HELD)
    with pytest.raises(TranscriptError, match=r"cannot be written: Is a directory$"):
        save_transcripts(tmp_path, HELD)
    assert load_transcripts(path) == HELD
    assert list(tmp_path.iterdir()) == [path]


def test_a_recording_is_whole_after_every_turn(tea: Tutor, tmp_path: Path) -> None:
    path = tmp_path / "t.yaml"
    recording = Recording(path, tea.pack.stamp)
    turns: list[Exchange] = []
    assert load_transcripts(path) == (Transcript(pack=tea.pack.stamp, turns=()),)
    for said in ("Which tea should I brew?", " night ", "---\n\x00"):
        reply = tea.respond(said).reply
        turns.append(recorded(said, reply))
        recording.add(said, reply)
        assert load_transcripts(path) == (Transcript(pack=tea.pack.stamp, turns=tuple(turns)),)
    assert (turns[0].reply, turns[0].slot, turns[0].text) == ("ask", "hour", tea.respond(turns[0].say).reply.text)
    assert path.stat().st_mode & 0o777 == 0o600


def test_words_too_long_to_be_read_are_cut_and_still_too_long(tea: Tutor) -> None:
    turn = recorded("a" * 50_000, tea.respond("a" * 50_000).reply)
    assert len(turn.say) == LONGEST + 1
    assert turn == recorded(turn.say, tea.respond(turn.say).reply)


@pytest.mark.parametrize("name", ["file", "folder", "dangling"])
def test_nothing_that_is_there_is_recorded_over(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("mine")
    (tmp_path / "folder").mkdir()
    (tmp_path / "dangling").symlink_to("nowhere")
    for attempt in (lambda: may_record(tmp_path / name), lambda: Recording(tmp_path / name, "tea")):
        with pytest.raises(TranscriptError, match=r"is there already; name a new file$"):
            attempt()
    assert (tmp_path / "file").read_text() == "mine"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["dangling", "file", "folder"]


def test_a_recording_needs_a_folder(tmp_path: Path) -> None:
    with pytest.raises(TranscriptError, match=r"there is no folder .*none; make it first$"):
        may_record(tmp_path / "none" / "t.yaml")
