"""What a text settles, on the tea pack: phrases, replies, cues, negation, alternatives and amounts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import TEA
from tutor.model import Measure, Slot, Value
from tutor.pack import load_pack
from tutor.schema import validate
from tutor.slots import Reading, read_slots, reading, value_named
from tutor.subject import Pack

SLOTS = load_pack(TEA).slots
WAIT = Slot(
    question="How soon?",
    why="It matters.",
    cues=("answer",),
    values={
        "now": Value(label="At once", phrases=("real time",), replies=("now", "yes")),
        "soon": Value(label="As it flows", phrases=("streaming",)),
        "later": Value(label="Overnight", phrases=("over night", "nightly"), replies=("batch", "no")),
    },
    measures=(validate(Measure,
        {"unit": "seconds", "values": {"now": {"up_to": 5}, "later": {"from": 1800}}, "near": ["answer", "wait"]}
    ),),
)  # fmt: skip


def _wait(said: str, *, asked: bool = False) -> str | None:
    return read_slots(said, {"wait": WAIT}, asked="wait" if asked else None).get("wait")


@pytest.mark.parametrize(
    ("said", "filled"),
    [
        ("Which tea before bed?", {"hour": "night"}),
        ("A pot at breakfast, please", {"hour": "morning", "guests": "many"}),
        ("AT  BREAKFAST", {"hour": "morning"}),
        ("tea for just me", {"guests": "one"}),
        ("one cup or a pot?", {}),
        ("morning", {}),  # a reply, and nobody asked
        ("It is drunk in the morning", {"hour": "morning"}),  # a reply beside its cue
        ("It is drunk. The morning is cold", {}),  # the cue is in another sentence
        ("6 cups", {}),
        ("", {}),
    ],
)
def test_phrases_settle_slots_anywhere_and_replies_near_a_cue(said: str, filled: dict[str, str]) -> None:
    assert read_slots(said, SLOTS) == filled


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("morning", "morning"),
        ("early!", "morning"),
        ("Before sleep", "night"),
        ("late at night", "night"),
        ("noon", None),
    ],
)
def test_a_reply_settles_the_slot_that_was_asked_for(said: str, value: str | None) -> None:
    assert read_slots(said, {"hour": SLOTS["hour"]}, asked="hour").get("hour") == value


def test_a_reply_to_one_slot_may_settle_another_on_the_way() -> None:
    assert read_slots("morning, and a pot", SLOTS, asked="hour") == {"hour": "morning", "guests": "many"}


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("not real time but streaming", "soon"),
        ("streaming, not real time", "soon"),
        ("streaming rather than real time", "soon"),
        ("nightly instead of streaming", "later"),
        ("neither real time nor streaming", "later"),  # all but one denied
        ("It isn't streaming and never real time", "later"),
        ("We do not need streaming", None),
        ("no need for streaming", None),
        ("streaming is not needed", None),
        ("streaming isn't an option", None),
        ("without streaming", None),
        ("not only streaming", "soon"),
        ("no doubt streaming", "soon"),
        ("we do not wait but use streaming", "soon"),
        ("streaming does not stop", "soon"),  # what follows is about something else
        ("Isn't streaming enough?", "soon"),
        ("not for a long time have we liked streaming", "soon"),  # out of reach
        ("real time is not streaming", "now"),
    ],
)
def test_a_negation_binds_to_the_phrase_it_negates(said: str, value: str | None) -> None:
    assert _wait(said) == value


@pytest.mark.parametrize(("said", "value"), [("just me", "one"), ("not just me", "many"), ("never one cup", "many")])
def test_of_two_values_denying_one_means_the_other(said: str, value: str) -> None:
    assert read_slots(said, {"guests": SLOTS["guests"]}) == {"guests": value}


@pytest.mark.parametrize(
    "said",
    [
        "real time or streaming?",
        "real time, streaming or nightly",
        "real time, streaming, or nightly",
        "real time/streaming",
        "real time / streaming",
        "real time vs. streaming",
        "real time versus streaming",
        "streaming rather than real time?",
        "the difference between streaming and real time",
        "whether to go from nightly to streaming",
        "streaming, and also nightly",
    ],
)
def test_alternatives_settle_nothing(said: str) -> None:
    assert _wait(said) is None


@pytest.mark.parametrize(
    "said",
    ["real time or streaming?", "real time, streaming, or nightly", "real time/streaming", "batch or in real time"],
)
def test_alternatives_settle_nothing_in_a_reply_either(said: str) -> None:
    assert _wait(said, asked=True) is None


def test_two_ways_to_say_one_value_are_no_alternatives() -> None:
    assert _wait("over night or nightly") == "later"


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("yes", "now"),
        ("Yep, of course", "now"),
        ("no", "later"),
        ("Nope.", "later"),
        ("no, real time", "now"),  # the longer phrase says more than the bare word
        ("no it is streaming", "soon"),
        ("we say yes", None),  # not at the head
    ],
)
def test_a_bare_yes_or_no_counts_at_the_head_of_a_reply(said: str, value: str | None) -> None:
    assert _wait(said, asked=True) == value


@pytest.mark.parametrize("said", ["yes", "no", "There is no answer", "yes, that is the answer"])
def test_a_bare_yes_or_no_settles_nothing_that_was_not_asked(said: str) -> None:
    assert _wait(said) is None


@pytest.mark.parametrize(
    ("said", "free", "asked"),
    [
        ("answer within 2 seconds", "now", "now"),
        ("answer in 80 ms", "now", "now"),
        ("they wait 2 hours", "later", "later"),
        ("an answer after 30 minutes or more", "later", "later"),
        ("answer in 10 minutes", None, None),  # between the bounds
        ("answer in 2 seconds to 2 hours", None, None),
        ("answer in more than 2 seconds", None, None),
        ("2 hours", None, "later"),  # no cue
        ("the answer for the next 3 days", None, None),  # a stretch of time, no wait
        ("an answer from 3 days ago", None, None),
        ("answer 2 seconds first", "now", "now"),
        ("do not wait 2 hours", None, None),
        ("answer 2 at 2.15pm", None, None),
    ],
)
def test_an_amount_settles_a_slot_beside_its_cue_or_in_reply(said: str, free: str | None, asked: str | None) -> None:
    assert _wait(said) == free
    if free or asked:
        assert _wait(said, asked=True) == asked


def test_an_amount_and_a_phrase_that_disagree_leave_the_slot_open() -> None:
    assert _wait("the answer comes nightly within 2 seconds") is None


@pytest.mark.parametrize(
    ("said", "asked", "words"),
    [
        ("Streaming, not Real-Time", False, "Streaming"),
        ("it is REAL  TIME", False, "REAL TIME"),
        ("answer within 2 Seconds", False, "within 2 Seconds"),
        ("neither Real Time nor Streaming", False, "Real Time, Streaming"),
        ("2 Hours", True, "2 Hours"),
        ("real time and over night, no: real-time", True, None),
    ],
)
def test_the_words_that_settle_a_slot_are_those_of_the_text(said: str, asked: bool, words: str | None) -> None:
    assert reading(said, {"wait": WAIT}, asked="wait" if asked else None).words.get("wait") == words


@pytest.mark.parametrize(
    ("said", "asked", "words"),
    [
        ("the answer takes 10 Minutes", False, "10 Minutes"),
        ("1 to 60 minutes", True, "1 to 60 minutes"),
        ("more than 2 s", True, "more than 2 s"),
        ("answer in 2 seconds", False, None),
        ("10 minutes", False, None),  # no cue
        ("streaming, answered in 10 minutes", True, None),  # the phrase settles it
    ],
)
def test_an_amount_between_two_values_is_borderline(said: str, asked: bool, words: str | None) -> None:
    assert reading(said, {"wait": WAIT}, asked="wait" if asked else None).borderline.get("wait") == words


def test_an_amount_under_a_limit_is_more_than_nothing() -> None:
    values = {name: Value(label=name) for name in ("nobody", "few")}
    measure = validate(
        Measure, {"unit": "percent", "values": {"nobody": {"up_to": 0}, "few": {"from": 0.001, "up_to": 30}}}
    )
    slots = {"who": Slot(question="Who?", why="It matters.", values=values, measures=(measure,))}
    assert read_slots("up to 5 percent", slots) == {"who": "few"}
    assert read_slots("0 percent", slots) == {"who": "nobody"}


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("it is streeming", "soon"),
        ("STRAEMING it is", "soon"),
        ("not streeming and never real time", "later"),
        ("nihgtly", "later"),
        ("steaming", None),  # a word of its own
        ("stremign", None),  # two slips
        ("raal time", None),  # too short
    ],
)
def test_a_misspelt_word_is_read_where_the_pack_does_not_know_it(said: str, value: str | None) -> None:
    assert read_slots(said, {"wait": WAIT}, knows={"steaming"}.__contains__).get("wait") == value
    assert _wait(said) is None


def test_what_was_misspelt_is_told_as_written() -> None:
    found = reading("It is Streeming", {"wait": WAIT}, knows=lambda _: False)
    assert found == Reading({"wait": "soon"}, {"wait": "Streeming"}, {})


@given(st.sampled_from(["real time", "not real time but streaming", "nightly", "answer in 2 seconds", "streaming"]))
def test_a_clause_about_something_else_changes_nothing(said: str) -> None:
    assert reading(f"{said}, and the tea is not hot", {"wait": WAIT}) == reading(said, {"wait": WAIT})


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("one", "one"),
        ("ONE", "one"),
        ("One cup", "one"),
        ("a whole  pot", "many"),
        ("a-whole-pot", "many"),
        ("pot", None),
    ],
)
def test_a_value_is_named_by_its_id_or_label(said: str, value: str | None) -> None:
    assert value_named(said, SLOTS["guests"]) == value


@pytest.mark.parametrize("hidden", ["\u200b", "\u00ad", "\ud800", "\ufeff"])
def test_invisible_characters_change_nothing(hidden: str) -> None:
    assert read_slots(f"be{hidden}fore\u00a0bed{hidden}", SLOTS) == {"hour": "night"}


@given(st.text(alphabet=st.characters(), max_size=60), st.sampled_from([None, "hour", "guests"]))
def test_only_values_of_the_slots_are_ever_read(said: str, asked: str | None) -> None:
    filled = read_slots(said, SLOTS, asked=asked)
    assert all(value in SLOTS[name].values for name, value in filled.items())


PARTS = st.sampled_from(
    "real time or not no streaming nightly and but , . ? isn't needed than 5 seconds answer".split()
)


@given(st.lists(PARTS, max_size=25).map(" ".join), st.booleans())
def test_no_order_of_words_trips_the_reader(said: str, asked: bool) -> None:
    assert _wait(said, asked=asked) in {None, "now", "soon", "later"}


@pytest.mark.parametrize(
    ("part", "filled"),
    [
        ("before bed ", {"hour": "night"}),
        ("before bed or ", {"hour": "night"}),
        ("before bed at breakfast ", {}),
        ("5 rows ", {}),
    ],
)
def test_a_text_of_the_greatest_length_is_read_whole(part: str, filled: dict[str, str], tea_pack: Pack) -> None:
    assert read_slots((part * 20_000)[:19_998], {"hour": tea_pack.slots["hour"]}) == filled
