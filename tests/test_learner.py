"""Learners from YAML: every fault has its file and line, and nothing that stands in a file is a traceback."""

from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import HERE
from tutor.learner import KINDS, LearnerError, must_fit, read_learners
from tutor.subject import Pack

FILE = HERE / "tea-learners.yaml"
ONE = """\
learners:
  late:
    decision: which-tea
    kind: plain
    says: Which tea?
    facts: {hour: night}
    replies:
      hour: late
    ends: trap.caffeine-at-night
"""


def read(text: str, pack: Pack | None = None, *others: str) -> None:
    roll = read_learners({f"{number}.yaml": said.encode() for number, said in enumerate((text, *others), start=1)})
    if pack:
        must_fit(roll, pack)


def faults(text: str, pack: Pack | None = None, *others: str) -> list[str]:
    with pytest.raises(LearnerError) as caught:
        read(text, pack, *others)
    return [str(fault) for fault in caught.value.faults]


def test_one_line_may_stand_where_a_list_may() -> None:
    learner = read_learners({"1.yaml": ONE.encode()}).learners["late"]
    assert learner.replies == {"hour": ("late",)}
    assert learner.ends == ("trap.caffeine-at-night",)
    assert (learner.then, learner.conditional) == ((), False)


def test_the_tea_learners_are_of_every_kind_and_fit_their_pack(tea_pack: Pack) -> None:
    roll = read_learners({"tea.yaml": FILE.read_bytes()})
    must_fit(roll, tea_pack)
    assert {learner.kind for learner in roll.learners.values()} == set(KINDS)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (
            "kind: plain",
            "kind: plane",
            "1.yaml:4:11: learners.late.kind: 'plane' is not known here; did you mean plain?",
        ),
        ("facts:", "fact:", "1.yaml:6:5: learners.late.fact: unknown key; did you mean facts?"),
        ("    decision: which-tea\n", "", "1.yaml:2:3: learners.late.decision: is missing; add decision:"),
        (
            "hour: night",
            "hour: no",
            "1.yaml:6:19: learners.late.facts.hour: False is not read as text; put it in quotes",
        ),
        ("hour: late", "hour: 2", "1.yaml:8:13: learners.late.replies.hour.0: 2 is not read as text; put it in quotes"),
        ("hour: late", "hour: []", "1.yaml:8:13: learners.late.replies.hour: holds 0; at least 1"),
        ("ends: trap.caffeine-at-night", "ends: []", "1.yaml:9:11: learners.late.ends: holds 0; at least 1"),
        ("  late:", "  late: {", "1.yaml:4:9: not YAML"),
        (ONE, "", "1.yaml:1:1: the file is empty; write its content or delete it"),
        (ONE, "learners: {}", "1.yaml:1:11: learners: holds 0; at least 1"),
        (ONE, "[a, b]", "1.yaml:1:1: has no keys; write names, colons and values"),
    ],
)
def test_a_fault_of_form_has_its_line(old: str, new: str, fault: str) -> None:
    (said,) = faults(ONE.replace(old, new))
    assert said.startswith(fault)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (
            "which-tea",
            "witch-tea",
            "1.yaml:3:15: late decision: witch-tea does not exist; did you mean which-tea? "
            "Where there is none, write null.",
        ),
        ("{hour: night}", "{our: night}", "1.yaml:6:13: late facts: our does not exist; did you mean hour?"),
        ("{hour: night}", "{hour: nigth}", "1.yaml:6:19: late facts: nigth does not exist; did you mean night?"),
        ("hour: late", "guest: late", "1.yaml:8:7: late replies: guest does not exist; did you mean guests?"),
        (
            "trap.caffeine-at-night",
            "trap.caffein-at-night",
            "1.yaml:9:11: late ends: trap.caffein-at-night does not exist; did you mean trap.caffeine-at-night?",
        ),
        (
            "trap.caffeine-at-night",
            "declined",
            "1.yaml:9:11: late ends: declined does not exist; did you mean decline?",
        ),
    ],
)
def test_what_the_pack_does_not_have_is_named_with_the_nearest(tea_pack: Pack, old: str, new: str, fault: str) -> None:
    assert faults(ONE.replace(old, new), tea_pack) == [fault]


def test_every_fault_is_named_and_the_first_one_is_the_message(tea_pack: Pack) -> None:
    wrong = ONE.replace("night}", "noon}").replace("which-tea", "what-tea")
    with pytest.raises(LearnerError, match=r"^1.yaml:3:15: .*\(and 1 more fault\)$"):
        must_fit(read_learners({"1.yaml": wrong.encode()}), tea_pack)


def test_an_id_stands_in_one_file_only() -> None:
    assert faults(ONE, None, ONE) == ["2.yaml:2:3: late: stands here twice; it is already in 1.yaml:2"]


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)
KEYS = ("decision", "kind", "says", "facts", "replies", "then", "ends", "conditional")


@settings(deadline=None, max_examples=150)
@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_bytes_are_learners_or_faults(tea_pack: Pack, raw: bytes) -> None:
    told(tea_pack, raw)


@settings(deadline=None, max_examples=150)
@given(
    st.dictionaries(
        st.text(max_size=5) | st.integers(),
        st.fixed_dictionaries({}, optional=dict.fromkeys(KEYS, VALUES)) | VALUES,
        max_size=3,
    )
)
def test_any_yaml_is_learners_or_faults(tea_pack: Pack, said: dict[Any, Any]) -> None:
    told(tea_pack, yaml.safe_dump({"learners": said}).encode())


@settings(deadline=None, max_examples=150)
@given(st.sampled_from(KEYS), VALUES)
def test_any_value_of_a_key_is_right_or_a_fault(tea_pack: Pack, key: str, value: Any) -> None:
    said = yaml.safe_load(ONE)
    said["learners"]["late"][key] = value
    told(tea_pack, yaml.safe_dump(said).encode())


def told(pack: Pack, raw: bytes) -> None:
    said = "x.yaml"
    try:
        must_fit(read_learners({"x.yaml": raw}), pack)
    except LearnerError as error:
        said = str(error)
    assert len(said.splitlines()) == 1
    assert said.startswith("x.yaml")
