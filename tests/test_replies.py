"""Replies of a learner: told apart from questions and corrections, misspelt ones read, several values taken at once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor import Tutor
from tutor.model import Slot
from tutor.replies import asks, corrected, corrects, replied
from tutor.subject import Pack

FEW, GRADUAL, INSTANT = {"exposure": "few"}, {"rollback": "gradual"}, {"rollback": "instant"}
EVERYONE, NOBODY = {"exposure": "everyone"}, {"exposure": "nobody"}
KNOWN = frozenset("anybody visitors asynchronous slightly bounds".split())


def knows(word: str) -> bool:
    return word in KNOWN


@pytest.fixture(scope="module")
def rollout(pack: Pack) -> dict[str, Slot]:
    return {name: pack.slots[name] for name in pack.decisions["rollout"].slots}


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("What is blue-green deployment?", True),
        ("What is blue-green deployment", True),
        ("what does canary mean", True),
        ("why do you ask", True),
        ("what", True),
        ("is age numerical?", True),
        ("Is it gradual?", True),
        ("hm, is it gradual?", True),
        ("ok well what is that", True),
        ("does it cost double?", True),
        ("only a few of all of our users?", True),
        ("how the columns change week by week", False),
        ("when the user clicks", False),
        ("what the model predicts", False),
        ("who knows", False),
        ("within seconds?", False),
        ("everyone?", False),
        ("only a few users?", False),
        ("few users and gradual is fine", False),
        ("is fine", False),
        ("what if it is gradual?", False),
        ("what about everyone?", False),
        ("and if everyone may see it, at once?", False),
        ("hm", False),
    ],
)
def test_a_question_is_told_from_a_reply(text: str, question: bool) -> None:
    assert asks(text) == question


@pytest.mark.parametrize(
    ("text", "correction"),
    [
        ("actually gradual is fine", True),
        ("hmm, actually gradual is fine", True),
        ("No, everyone", True),
        ("sorry, I mean nobody", True),
        ("wait: within seconds", True),
        ("make that gradual", True),
        ("rather a few", True),
        ("but only a few", True),
        ("what if it is gradual", True),
        ("What if it is gradual?", True),
        ("and if everyone may see it?", True),
        ("but if nobody may", True),
        ("what about a few", True),
        ("oh, suppose everyone may", True),
        ("say nobody may see it", True),
        ("gradual", False),
        ("gradual, actually", False),
        ("what is canary?", False),
        ("saying nothing", False),
        ("noon", False),
        ("suppose", False),
        ("hm", False),
    ],
)
def test_a_correction_or_supposition_is_known_by_how_it_begins(text: str, correction: bool) -> None:
    assert corrects(text) == correction


@given(st.text())
def test_any_text_can_be_judged(text: str) -> None:
    assert {asks(text), corrects(text)} <= {True, False}


@pytest.mark.parametrize(
    ("text", "pending", "said"),
    [
        ("2", "exposure", FEW),
        ("the third one", "exposure", NOBODY),
        ("4", "exposure", {}),
        ("Only a few at first", "exposure", FEW),
        ("nobody?", "exposure", NOBODY),
        ("few users and gradual is fine", "exposure", FEW | GRADUAL),
        ("few users and gradual is fine", "rollback", FEW | GRADUAL),
        ("within seconds, and everyone", "exposure", EVERYONE | INSTANT),
        ("within seconds", "exposure", INSTANT),
        ("evryone", "exposure", EVERYONE),
        ("Evryone!", "exposure", EVERYONE),
        ("everyone", "exposure", EVERYONE),
        ("no, evryone may", "exposure", EVERYONE),
        ("within secnds", "rollback", INSTANT),
        ("within secnds", "exposure", INSTANT),
        ("evryone, within secnds", "exposure", EVERYONE | INSTANT),
        ("gradualy", "rollback", GRADUAL),
        ("What is a canary?", "exposure", {}),
        ("What is a release to only a few users?", "exposure", {}),
        ("purple elephants", "exposure", {}),
        ("everyone or a few", "exposure", {}),
    ],
)
def test_a_reply_settles_what_it_says(rollout: dict[str, Slot], text: str, pending: str, said: dict[str, str]) -> None:
    assert replied(text, rollout, pending, {}, knows).filled == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a few users, gradual is fine", FEW),  # what is known stays when the open question is answered
        ("gradual is fine", GRADUAL),  # a reply that says nothing else corrects it
    ],
)
def test_a_known_slot_is_changed_only_by_a_reply_that_settles_nothing_else(
    rollout: dict[str, Slot], text: str, said: dict[str, str]
) -> None:
    assert replied(text, rollout, "exposure", INSTANT, knows).filled == said


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("numerical", "numerical"),
        ("age", "numerical"),
        ("numerical?", "numerical"),
        ("nummerical", "numerical"),
        ("catgorical", "categorical"),
        ("is age numerical?", None),
        ("not numerical", None),  # leaves open between two
        ("not nummerical", None),
        ("non-numerical", None),
        ("non numerical", None),
        ("neither numerical nor categorical", "mixed"),
    ],
)
def test_a_denied_value_is_never_taken_for_itself(pack: Pack, text: str, value: str | None) -> None:
    slots = {"feature_type": pack.slots["feature_type"]}
    assert replied(text, slots, "feature_type", {}, knows).filled == ({"feature_type": value} if value else {})


def test_a_clause_that_begins_like_a_question_is_a_reply(pack: Pack) -> None:
    slots = {"monitored": pack.slots["monitored"]}
    said = replied("how the columns change week by week", slots, "monitored", {}, knows)
    assert said.filled == {"monitored": "trends-over-time"}
    assert said.words == {"monitored": "how the columns change"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("anybody may", "exposure"),  # two letters from "nobody"
        ("asynchronous", "latency"),  # one letter from "synchronous"
        ("slightly", "latency"),  # two letters from "nightly"
        ("unscheduled", "latency"),  # not among the known words either
    ],
)
def test_a_word_of_its_own_is_not_taken_for_a_slip_of_another(pack: Pack, text: str, name: str) -> None:
    assert replied(text, {name: pack.slots[name]}, name, {}, knows).filled == {}


@pytest.mark.parametrize(
    ("said", "slip"),
    [
        ("online scoring", {"latency": "scheduled"}),  # offline scoring
        ("anybody may see it", {"exposure": "nobody"}),
        ("asynchronously", {"latency": "per-request"}),  # synchronously
    ],
)
def test_words_that_the_bundled_pack_knows_are_no_slips(tutor: Tutor, said: str, slip: dict[str, str]) -> None:
    opened = tutor.respond("Which rollout do we need?" if "see" in said else "How should I serve this model?").dialogue
    assert opened.pending
    assert tutor.respond(said, opened).dialogue.filled != slip


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("what if it is gradual", GRADUAL),
        ("actually nobody", NOBODY),
        ("actually nobdy", NOBODY),
        ("make that within secnds", INSTANT),
        ("few users and gradual is fine", GRADUAL),  # the first slot of the decision only
        ("actually purple", {}),
    ],
)
def test_a_correction_settles_the_first_slot_that_it_speaks_of(pack: Pack, text: str, said: dict[str, str]) -> None:
    slots = {name: pack.slots[name] for name in ("rollback", "exposure")}
    assert corrected(text, slots, knows).filled == said
