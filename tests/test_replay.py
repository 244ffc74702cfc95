from tutor import Tutor
from tutor.replay import Replay, replay
from tutor.transcript import Exchange, Transcript

OPEN = "Which tea should I brew?"


def replayed(tutor: Tutor, *turns: Exchange, pack: str = "") -> Replay:
    return replay(tutor, Transcript(pack=pack, turns=turns))


def test_what_is_recorded_today_is_the_same_today(tea: Tutor) -> None:
    first = replayed(tea, Exchange(say=OPEN), Exchange(say="night"))
    assert [(turn.reply, turn.slot, turn.entry) for turn in first.turns] == [
        ("ask", "hour", None),
        ("answer", None, "trap.caffeine-at-night"),
    ]
    again = replay(tea, first.renewed())
    assert (again.same, again.turns, again.renewed()) == (True, first.turns, first.renewed())


def test_known_values_are_said_again(tea: Tutor) -> None:
    done = replayed(tea, Exchange(say=OPEN, known={"hour": "Before sleep"}, reply="answer"))
    assert done.same
    assert done.turns[0].known == {"hour": "Before sleep"}


def test_every_turn_that_differs_is_numbered(tea: Tutor) -> None:
    turns = [Exchange(say=OPEN, reply="answer"), Exchange(say="morning", slot="guests"), Exchange(say="1", text="?")]
    done = replayed(tea, *turns)
    assert (done.different, done.same, len(done.turns)) == ((1, 3), False, 3)


def test_a_value_that_does_not_exist_ends_the_replay(tea: Tutor) -> None:
    done = replayed(tea, Exchange(say=OPEN), Exchange(say=OPEN, known={"huor": "night"}), Exchange(say="night"))
    assert (done.same, len(done.turns), done.different) == (False, 1, ())
    assert done.error == "turn 2: there is no slot huor; did you mean hour?"


def test_a_transcript_without_turns_is_the_same(tea: Tutor) -> None:
    assert replayed(tea).same


def test_a_renewed_transcript_has_the_stamp_of_today_unless_it_named_it_already(tea: Tutor) -> None:
    today = tea.pack.stamp
    stamps = {"": "", "tea": "tea", today: today, "tea 0 0123456789ab": today, "coffee": today}
    assert {pack: replayed(tea, pack=pack).renewed().pack for pack in stamps} == stamps


def test_a_replay_is_told_as_data(tea: Tutor) -> None:
    done = replayed(tea, Exchange(say="hello", reply="ask"), Exchange(say="hello", reply="chat"), pack="tea 0")
    assert done.to_dict() == {
        "title": "",
        "recorded_with": "tea 0",
        "replayed_with": tea.pack.stamp,
        "same": False,
        "turns": 2,
        "different": [{"turn": 1, "say": "hello", "expected": ["reply: ask"], "said": ["reply: chat"]}],
        "error": None,
    }
