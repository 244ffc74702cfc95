import json

import pytest

from tutor import Answer, Ask, Tutor
from tutor.confidence import SIGNALS
from tutor.explanation import Amount, Explanation, Name, Verdict, Word

GREEN = "How hot must the watre be for green tea?"
OPEN = "Which tea should I brew?"


@pytest.fixture(scope="module")
def green(tea: Tutor) -> Explanation:
    return tea.explain(GREEN)


def test_what_the_words_add_and_the_intercept_are_the_score_of_every_candidate(green: Explanation) -> None:
    for one in green.candidates:
        assert sum(one.words.values()) + one.intercept == pytest.approx(one.score, abs=1e-6)
        assert set(one.words) <= {word.said for word in green.words}


def test_a_repaired_word_is_told_with_what_it_was_taken_for(green: Explanation) -> None:
    assert [word for word in green.words if word.said != word.read] == [Word("watre", "water", True)]


def test_a_word_that_no_example_holds_is_not_known(tea: Tutor) -> None:
    assert tea.explain("tea qwertzuiop").words[1] == Word("qwertzuiop", "qwertzuiop", False)


def test_names_are_told_with_the_words_that_they_cover(green: Explanation) -> None:
    assert green.names == (Name("water temperature", ("how", "hot")), Name("green tea", ("green", "tea")))


def test_slots_amounts_and_forms_are_told(tea: Tutor) -> None:
    told = tea.explain("Which tea should I brew before bed for at least 5 users, in 2 to 3 minutes?")
    assert told.slots == {"hour": "night", "guests": "many"}
    assert told.amounts == (
        Amount("at least 5 users", "rows", 5, None),
        Amount("2 to 3 minutes", "seconds", 120, 180),
    )
    assert told.forms == ("choose",)


def test_candidates_are_those_of_the_answer(tea: Tutor, green: Explanation) -> None:
    turn = tea.respond(GREEN)
    assert isinstance(turn.reply, Answer)
    assert green.verdict == Verdict("answer", turn.reply.confidence, entry=turn.reply.entry)
    assert [(one.entry, one.title, one.confidence) for one in green.candidates] == [
        (one.entry, one.title, one.confidence) for one in turn.candidates
    ]


def test_every_member_ranks_every_candidate(green: Explanation) -> None:
    for number, member in enumerate(("logistic", "margin")):
        votes = [one.votes[number] for one in green.candidates]
        assert {vote.member for vote in votes} == {member}
        assert sorted(vote.rank for vote in votes) == [1, 2, 3, 4]
        ordered = sorted(votes, key=lambda vote: vote.rank)
        assert [vote.score for vote in ordered] == sorted((vote.score for vote in votes), reverse=True)


def test_features_for_a_candidate_add_and_those_against_it_take_away(green: Explanation) -> None:
    for one in green.candidates:
        assert all(part.weight > 0 for part in one.strongest)
        assert all(part.weight < 0 for part in one.against)
    assert "green tea" in {part.feature for part in green.candidates[0].strongest}


def test_a_bar_is_reached_by_a_value_that_is_not_under_it(green: Explanation) -> None:
    assert [bar.name for bar in green.bars] == ["answer", "choose", "clear", "decide", "ask", "known"]
    assert all(bar.met == (bar.value >= bar.bar) for bar in green.bars)
    assert {bar.value for bar in green.bars[:3]} == {green.candidates[0].confidence}


def test_signals_stand_in_their_order(green: Explanation) -> None:
    assert tuple(signal.name for signal in green.signals) == SIGNALS


def test_an_open_decision_is_named_with_the_slot_it_asks_for(tea: Tutor) -> None:
    told, turn = tea.explain(OPEN), tea.respond(OPEN)
    assert isinstance(turn.reply, Ask)
    assert told.verdict == Verdict("ask", turn.dialogue.confidence, decision="which-tea", slot=turn.reply.slot)
    assert ("decision", "which-tea") in {(share.kind, share.name) for share in told.shares}


def test_a_decision_that_the_question_settles_is_named_with_its_answer(tea: Tutor) -> None:
    verdict = tea.explain("Which tea should I brew before bed?").verdict
    assert (verdict.reply, verdict.entry, verdict.decision) == ("answer", "trap.caffeine-at-night", "which-tea")


def test_small_talk_is_named(tea: Tutor) -> None:
    assert (tea.explain("hello").verdict.reply, tea.explain("hello").verdict.talk) == ("chat", "greeting")


def test_a_move_of_the_dialogue_is_no_small_talk(tea: Tutor) -> None:
    assert tea.explain("start over").verdict == Verdict("chat", 1.0)


@pytest.mark.parametrize("question", ["What is the capital of Peru?", OPEN, "hello", GREEN, "green or black", "pot"])
def test_the_verdict_is_the_reply_and_shares_stand_greatest_first(tea: Tutor, question: str) -> None:
    told = tea.explain(question)
    assert told.verdict.reply == tea.respond(question).reply.reply
    shares = [share.share for share in told.shares]
    assert shares == sorted(shares, reverse=True)
    assert all(share.kind != "topic" and share.share >= 0.05 for share in told.shares)


@pytest.mark.parametrize(("question", "reason"), [(" ?! ", "empty"), ("tea " * 6000, "too-long")])
def test_a_question_that_cannot_be_read_has_a_verdict_and_nothing_else(tea: Tutor, question: str, reason: str) -> None:
    told = tea.explain(question)
    assert (told.verdict.reply, told.verdict.reason, told.candidates, told.words) == ("decline", reason, (), ())


@pytest.mark.parametrize("question", [GREEN, OPEN, "over 5 users", "", "hello"])
def test_json_gives_back_what_it_was_given(tea: Tutor, question: str) -> None:
    said = tea.explain(question).to_dict()
    assert json.loads(json.dumps(said, allow_nan=False)) == said


def test_the_same_question_is_explained_alike(tea: Tutor, green: Explanation) -> None:
    assert tea.explain(GREEN) == green
