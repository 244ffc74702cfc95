from tutor.render.replays import told
from tutor.replay import Replay
from tutor.transcript import Exchange, Transcript

HELLO = Exchange(say="hello", reply="chat", text="Hello.\nAsk.")


def test_what_is_the_same_is_a_line() -> None:
    done = Replay(Transcript(pack="tea", title="A greeting", turns=(HELLO,)), "tea 1 0123456789ab", (HELLO,))
    assert told([done]) == "same: A greeting\n1 transcript, all the same"


def test_another_pack_is_named_and_is_no_difference() -> None:
    done = Replay(Transcript(pack="tea 0 aaaaaaaaaaaa", turns=(HELLO,)), "tea 1 0123456789ab", (HELLO,))
    assert told([done, done]).splitlines() == [
        "same: transcript 1",
        "  recorded with tea 0 aaaaaaaaaaaa, replayed with tea 1 0123456789ab",
        "same: transcript 2",
        "  recorded with tea 0 aaaaaaaaaaaa, replayed with tea 1 0123456789ab",
        "2 transcripts, all the same",
    ]


def test_every_turn_that_differs_is_a_unified_diff() -> None:
    asked = Exchange(say="hello", reply="ask", text="Hello.\nAsk!")
    last = Exchange(say="hello", has=("Bye",))
    done = Replay(Transcript(title="A greeting", turns=(asked, HELLO, last)), "tea 1", (HELLO, HELLO, HELLO))
    assert told([done]) == (
        "different: A greeting\n"
        "  turn 1: hello\n"
        "--- written\n+++ today\n@@ -1,3 +1,3 @@\n-reply: ask\n+reply: chat\n Hello.\n-Ask!\n+Ask.\n"
        "  turn 3: hello\n"
        "--- written\n+++ today\n@@ -1 +1,2 @@\n-has: Bye\n+Hello.\n+Ask.\n"
        "1 transcript, 1 different"
    )


def test_an_early_end_says_why() -> None:
    done = Replay(Transcript(turns=(HELLO, HELLO)), "tea 1", (HELLO,), "turn 2: there is no slot x\x1b; known: hour")
    assert told([done]).splitlines()[:2] == [
        "different: transcript 1",
        "  ended at turn 2: there is no slot x\\x1b; known: hour",
    ]


def test_what_is_invisible_is_escaped_and_what_is_long_is_cut() -> None:
    turn = Exchange(say="\x07\n" + "a" * 200, text="\x1b[2J")
    shown = told([Replay(Transcript(title="\x1b" * 99, turns=(turn,)), "tea", (HELLO,))])
    assert all(line.isprintable() and len(line) < 100 for line in shown.splitlines())
    assert "-\\x1b[2J" in shown
