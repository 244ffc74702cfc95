"""Simulated learners: the tea learners succeed, and a tutor that behaves badly is found out."""

from dataclasses import replace
from math import isnan

import pytest

from tests.conftest import HERE
from tutor import Candidate, Chat, Choose, Decline, Dialogue, DialogueError, Reply, Turn, Tutor
from tutor.answers import answer, ask, conclusion
from tutor.learner import Learner, read_learners
from tutor.simulation import MEASURES, MOST_TURNS, Simulated, by_decision, by_kind, measures, simulate
from tutor.simulation import simulate_all as run_all
from tutor.subject import Pack

LEARNERS = read_learners({"tea.yaml": (HERE / "tea-learners.yaml").read_bytes()}).learners
LATE = LEARNERS["before-sleep"]
MORNING = LEARNERS["morning-cup"]


@pytest.mark.parametrize("name", LEARNERS)
def test_the_tutor_leads_every_tea_learner_to_its_answer(tea: Tutor, name: str) -> None:
    assert simulate(name, LEARNERS[name], tea.respond, tea.pack).lost == ()


@pytest.mark.parametrize(
    ("name", "questions", "optimum"),
    [
        ("morning-cup", 2, 2),
        ("before-sleep", 1, 1),
        ("says-it-all", 0, 0),
        ("hour-unknown", 1, 1),
        ("any-hour", 2, 2),
        ("choice-of-entries", 1, 0),
        ("asks-about-green-tea-first", 2, 2),
        ("hello", 0, 0),
    ],
)
def test_questions_are_counted_once_and_choices_too(tea: Tutor, name: str, questions: int, optimum: int) -> None:
    done = simulate(name, LEARNERS[name], tea.respond, tea.pack)
    assert (done.questions, done.optimum) == (questions, optimum)


class Script:
    """A tutor that says what is written, whatever it hears; the decision stays open while it asks."""

    def __init__(self, pack: Pack, *replies: Reply | str) -> None:
        self.pack, self.replies, self.heard = pack, iter(replies), list[str]()

    def respond(self, text: str, dialogue: Dialogue | None) -> Turn:
        self.heard.append(text)
        said = next(self.replies)
        before = dialogue or Dialogue()
        if not isinstance(said, str):
            return Turn(said, before)
        decision = self.pack.decisions["which-tea"]
        if said in self.pack.slots:
            return Turn(ask(self.pack, decision, said, {}), replace(before, decision="which-tea", pending=said))
        return Turn(answer(self.pack, said), replace(before, pending=None, entry=said))


def led(pack: Pack, learner: Learner, *replies: Reply | str) -> tuple[Simulated, list[str]]:
    script = Script(pack, *replies)
    return simulate("x", learner, script.respond, pack), script.heard


NIGHT = "trap.caffeine-at-night"


def test_a_slot_asked_again_after_its_value_is_a_repeat(tea_pack: Pack) -> None:
    done, heard = led(tea_pack, LATE, "hour", "hour", NIGHT)
    assert heard == ["Recommend a tea", "late", "late"]
    assert (done.repeats, done.questions, done.lost) == (("hour",), 2, ("asked for hour again",))


def test_a_slot_asked_again_after_not_knowing_is_a_repeat(tea_pack: Pack) -> None:
    done, heard = led(tea_pack, replace(LATE, replies={}), "hour", "hour", NIGHT)
    assert heard[1:] == ["not sure", "not sure"]
    assert done.repeats == ("hour",)


def test_a_slot_that_the_dialogue_holds_already_is_a_repeat(tea_pack: Pack) -> None:
    held = Dialogue(decision="which-tea", filled={"hour": "night"}, pending="guests")
    asked = [Turn(ask(tea_pack, tea_pack.decisions["which-tea"], slot, {}), held) for slot in ("guests", "hour")]
    turns = iter([*asked, Turn(answer(tea_pack, NIGHT), Dialogue(entry=NIGHT))])
    done = simulate("x", LATE, lambda *_: next(turns), tea_pack)
    assert done.repeats == ("hour",)


def test_a_slot_asked_again_after_something_else_was_said_is_none(tea_pack: Pack) -> None:
    learner = replace(LATE, replies={"hour": ("how hot is sencha?", "why?", "late")})
    done, heard = led(tea_pack, learner, "hour", "hour", "hour", NIGHT)
    assert heard[1:] == ["how hot is sencha?", "why?", "late"]
    assert (done.repeats, done.questions, done.success) == ((), 1, True)


def test_a_slot_asked_again_after_going_back_is_none(tea_pack: Pack) -> None:
    learner = replace(MORNING, replies={"hour": ("early",), "guests": ("go back", "one")})
    done, heard = led(tea_pack, learner, "hour", "guests", "hour", "guests", "fact.green-tea")
    assert heard[1:] == ["early", "go back", "early", "one"]
    assert (done.repeats, done.questions, done.success) == ((), 2, True)


def test_a_value_that_is_taken_for_a_question_is_a_repeat(tea_pack: Pack) -> None:
    aside = answer(tea_pack, "fact.green-tea")
    done, _ = led(tea_pack, LATE, "hour", aside, NIGHT)
    assert done.lost == ("asked for hour again",)


@pytest.mark.parametrize("reply", [Decline((), "out-of-scope"), Chat("Hm.")])
def test_a_value_that_gets_no_answer_is_a_dead_end(tea_pack: Pack, reply: Reply) -> None:
    done, _ = led(tea_pack, LATE, "hour", reply, NIGHT)
    assert done.lost == (f"{reply.reply} in reply to “late”",)


def test_a_choice_that_gets_no_answer_is_a_dead_end(tea_pack: Pack) -> None:
    offer = Choose((Candidate("fact.green-tea", "Green", 0.4), Candidate(NIGHT, "Night", 0.3)))
    done, heard = led(tea_pack, LATE, offer, Decline((), "out-of-scope"))
    assert heard == ["Recommend a tea", "2"]
    assert done.dead_end == "decline in reply to “2”"


def test_the_first_is_chosen_where_nothing_fits(tea_pack: Pack) -> None:
    offer = Choose((Candidate("fact.green-tea", "Green", 0.4), Candidate("pair.green-vs-black", "Pair", 0.3)))
    done, heard = led(tea_pack, LATE, offer, "fact.green-tea")
    assert heard == ["Recommend a tea", "1"]
    assert done.lost == (f"ended in fact.green-tea, not in {NIGHT}",)


def test_an_interruption_may_be_declined(tea_pack: Pack) -> None:
    learner = replace(LATE, replies={"hour": ("who won the match?", "late")})
    done, _ = led(tea_pack, learner, "hour", Decline((), "out-of-scope"), NIGHT)
    assert done.success


def test_no_answer_at_the_end_is_a_dead_end(tea_pack: Pack) -> None:
    done, _ = led(tea_pack, LATE, Decline((), "out-of-scope"))
    assert done.lost == ("no answer at the end, but decline",)


def test_a_decline_is_right_where_it_is_expected(tea_pack: Pack) -> None:
    assert led(tea_pack, replace(LATE, ends=("decline",)), Decline((), "out-of-scope"))[0].success
    assert led(tea_pack, replace(LATE, ends=("chat",)), Decline((), "out-of-scope"))[0].dead_end


def test_a_dialogue_without_end_is_a_dead_end(tea_pack: Pack) -> None:
    done, heard = led(tea_pack, LATE, *["hour"] * 20)
    assert len(heard) == len(done.exchanges) == MOST_TURNS
    assert done.dead_end == f"no end within {MOST_TURNS} turns"


def test_an_error_is_a_dead_end_and_a_bug_is_none(tea_pack: Pack) -> None:
    def fails(text: str, dialogue: Dialogue | None) -> Turn:
        raise DialogueError("start a new one")

    def breaks(text: str, dialogue: Dialogue | None) -> Turn:
        raise ZeroDivisionError

    done = simulate("x", LATE, fails, tea_pack)
    assert done.dead_end == "error: start a new one"
    assert done.exchanges[0].to_dict() == {"said": "Recommend a tea", "reply": "error", "about": "start a new one"}
    with pytest.raises(ZeroDivisionError):
        simulate("x", LATE, breaks, tea_pack)


def test_more_than_one_spare_question_is_too_many(tea_pack: Pack) -> None:
    offer = Choose((Candidate(NIGHT, "Night", 0.4),))
    assert led(tea_pack, LATE, offer, "hour", NIGHT)[0].success
    assert led(tea_pack, LATE, offer, offer, "hour", NIGHT)[0].lost == ("3 questions, 1 would do",)


def test_a_conditional_answer_needs_branches_and_one_that_is_expected(tea_pack: Pack) -> None:
    learner = replace(LATE, facts={}, replies={}, conditional=True)
    branched = conclusion(tea_pack, tea_pack.decisions["which-tea"], {})
    assert led(tea_pack, learner, branched)[0].success
    assert led(tea_pack, replace(learner, ends=(branched.entry,)), branched)[0].success
    assert led(tea_pack, learner, NIGHT)[0].lost == (f"ended in {NIGHT} without branches",)
    morning = conclusion(tea_pack, tea_pack.decisions["which-tea"], {"hour": "morning"})
    assert led(tea_pack, learner, morning)[0].missed == (
        "ended in pair.green-vs-black or fact.green-tea or tip.breakfast-pot"
    )


def test_what_follows_the_answer_counts_as_the_end(tea_pack: Pack) -> None:
    learner = replace(LATE, then=("actually in the morning",), ends=("fact.green-tea",))
    done, heard = led(tea_pack, learner, "hour", NIGHT, "fact.green-tea")
    assert heard[-1] == "actually in the morning"
    assert done.success


def test_a_second_scenario_may_ask_for_the_same_slots(tea: Tutor) -> None:
    learner = replace(LATE, then=("Which tea should I brew?",))
    done = simulate("x", learner, tea.respond, tea.pack)
    assert [exchange.reply for exchange in done.exchanges] == ["ask", "answer", "ask", "answer"]
    assert (done.questions, done.optimum, done.success) == (2, 2, True)


def test_measures_count_and_average(tea_pack: Pack) -> None:
    done = [led(tea_pack, LATE, "hour", NIGHT)[0], led(tea_pack, LATE, "hour", "hour", NIGHT)[0]]
    done.append(led(tea_pack, LATE, Chat("Hm."))[0])
    assert measures(done) == {
        "success": 1 / 3, "questions": 1.0, "optimum": 1.0, "repeats": 1.0, "dead-ends": 1.0,
    }  # fmt: skip
    assert list(measures(done)) == list(MEASURES)
    assert isnan(measures([])["success"])
    assert isnan(measures([])["questions"])


def test_groups_are_by_kind_and_by_decision(tea: Tutor) -> None:
    done = run_all(LEARNERS, tea.respond, tea.pack)
    assert list(by_kind(done))[:2] == ["plain", "unsure"]
    assert {name: len(group) for name, group in by_decision(done).items()} == {"": 3, "which-tea": 11}
