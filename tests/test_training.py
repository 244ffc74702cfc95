"""Training: the same pack gives the same bytes, any pack can be learned, and what is held out is fair."""

import hashlib
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from typing import Any

import pytest

from tests.conftest import TEA, changed, promising
from tutor.calibrating import uncalibrated
from tutor.confidence import SIGNALS, sureness
from tutor.features import features
from tutor.model import Examples
from tutor.scoring import Scorer, Scores, add_up
from tutor.subject import Pack
from tutor.terms import Lexicon
from tutor.text import clean, words
from tutor.training import Example, Label, classes_of, examples_of, lesson_of, train
from tutor.weights import Weights

FOLDS = range(3)
STYLES = ("short", "scenario", "symptom", "keywords", "belief")
BARE: dict[str, Any] = {"examples": {}, "openings": {}, "outside": {}, "talk": {}, "terms": ()}


@pytest.fixture(scope="module")
def weights(tea_pack: Pack) -> Weights:
    return train(tea_pack)


def scored(text: str, weights: Weights, pack: Pack) -> Scores:
    return Scorer(weights).score(features(clean(text), Lexicon.of(pack.terms)))


def test_two_trainings_give_the_same_bytes(tea_pack: Pack, weights: Weights) -> None:
    assert train(tea_pack).raw == weights.raw


@pytest.mark.parametrize(("seed", "threads"), [("1", "1"), ("2", "2"), ("0", "2")])
def test_another_process_learns_the_same_bytes(weights: Weights, seed: str, threads: str) -> None:
    code = (
        "import hashlib, sys; from pathlib import Path; from tutor.pack import load_pack; "
        "from tutor.training import train; "
        "print(hashlib.sha256(train(load_pack(Path(sys.argv[1]))).raw).hexdigest())"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, str(TEA)],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONHASHSEED": seed, "OMP_NUM_THREADS": threads, "OPENBLAS_NUM_THREADS": threads},
    )
    assert ran.stdout.strip() == hashlib.sha256(weights.raw).hexdigest()


def test_the_order_of_the_files_does_not_name_the_classes(tea_pack: Pack, weights: Weights) -> None:
    turned = changed(tea_pack, entries=dict(reversed(tea_pack.entries.items())))
    assert train(turned).classes == weights.classes


def test_the_steps_are_told(tea_pack: Pack) -> None:
    told: list[str] = []
    train(tea_pack, told.append)
    assert told == ["calibrating", "learning the examples"]


def test_the_key_and_what_else_is_to_be_kept_stand_beside_the_weights(tea_pack: Pack, weights: Weights) -> None:
    kept = train(tea_pack, label=Label("some key", "some lesson", "some text ☕"))
    assert (kept.key, kept.lesson, kept.text("extra")) == ("some key", "some lesson", "some text ☕")
    assert (weights.key, weights.lesson, weights.text("extra")) == ("", "", "")
    moved = kept.moved_to("another key", extra=b"another text, a longer one", meanings=b"")
    assert (moved.key, moved.lesson, moved.text("extra")) == (
        "another key",
        "some lesson",
        "another text, a longer one",
    )
    assert moved == train(tea_pack, label=Label("another key", "some lesson", "another text, a longer one"))
    assert (kept.merged, kept.calibration) == (weights.merged, weights.calibration)


def test_every_topic_decision_talk_and_zone_is_a_group_and_every_entry_a_class(weights: Weights) -> None:
    assert weights.classes.groups == (
        "decision which-tea",
        "outside far",
        "outside near",
        "talk greeting",
        "topic hours",
        "topic leaves",
    )
    assert weights.classes.entries == (
        "fact.green-tea",
        "pair.green-vs-black",
        "tip.breakfast-pot",
        "trap.caffeine-at-night",
    )
    assert weights.classes.group_of == (5, 5, 4, 4)


def test_every_table_has_a_row_for_every_feature_and_a_number_for_every_class(weights: Weights) -> None:
    assert list(weights.members) == ["logistic", "margin"]
    for table in (weights.merged, *weights.members.values()):
        assert len(table.starts) - 1 == len(table.scales) == len(weights.idf)
        assert len(table.intercepts) == 10
        assert len(table.columns) == len(table.values) == table.starts[-1]
        assert max(table.columns) == 9
        assert list(table.starts) == sorted(table.starts)


def test_words_are_known_by_frequency_and_then_by_alphabet(tea_pack: Pack, weights: Weights) -> None:
    counted = Counter(word for example in examples_of(tea_pack) for word in words(clean(example.text)))
    assert list(weights.words) == sorted(sorted(counted), key=counted.__getitem__, reverse=True)
    assert weights.words[:3] == ("tea", "a", "the")


@pytest.mark.parametrize(
    ("feature", "learned"),
    [
        ("stem peru", True),
        ("stem sencha", True),
        ("name green tea", True),
        ("pair green tea", True),
        ("pair capit of", False),  # said once
        ("skip capit peru", False),
        ("letters peru", False),
        ("stem kubernetes", False),
    ],
)
def test_rare_pairs_skips_and_letters_are_not_learned(weights: Weights, feature: str, learned: bool) -> None:
    assert (weights.row(feature) >= 0) == learned


def test_confidence_is_calibrated_on_every_signal(weights: Weights) -> None:
    assert {name: set(part) for name, part in weights.calibration.items()} == {
        "inside": {*SIGNALS, "bias"},
        "right": {*SIGNALS, "bias"},
        "sharpness": {"entries", "groups"},
        "bars": {"answer", "choose"},
    }
    assert weights.calibration["inside"]["known"] > 0  # the more words are known, the likelier inside
    assert all(0 <= bar <= 1 for bar in weights.calibration["bars"].values())


def test_the_examples_are_learned(tea_pack: Pack, weights: Weights) -> None:
    for entry, examples in tea_pack.examples.items():
        for _, question in examples.by_style():
            assert scored(question, weights, tea_pack).best == entry, question


def test_the_groups_of_openings_talk_and_outside_are_learned(tea_pack: Pack, weights: Weights) -> None:
    for example in examples_of(tea_pack):
        groups = scored(example.text, weights, tea_pack).groups
        assert weights.classes.groups[groups.index(max(groups))] == example.group, example.text


def test_the_merged_table_scores_as_its_members_do_and_lifts_entries_by_their_topic(
    tea_pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tutor.mixing.FAINT", 0.0)  # else each table leaves out weights of its own
    weights = train(tea_pack)
    for example in list(examples_of(tea_pack))[::5]:
        weighed = scored(example.text, weights, tea_pack).weighed
        merged, one, other = (add_up(weighed, table) for table in (weights.merged, *weights.members.values()))
        parts = [first + second for first, second in zip(one, other, strict=True)]
        assert merged[4:] == pytest.approx(parts[4:], abs=0.05)
        owners = [merged[4 + group] for group in weights.classes.group_of]
        lifts = [
            [part + topic * owner for part, owner in zip(parts[:4], owners, strict=True)]
            for topic in (0.0, 0.35, 0.7, 1.0)
        ]
        assert any(merged[:4] == pytest.approx(lift, abs=0.05) for lift in lifts)


def test_a_changed_example_changes_the_weights(tea_pack: Pack, weights: Weights) -> None:
    examples = {**tea_pack.examples, "fact.green-tea": Examples(short=("Is gyokuro brewed cool?",))}
    other = train(changed(tea_pack, examples=examples))
    assert "gyokuro" in other.words
    assert other.raw != weights.raw
    assert other != weights


@pytest.mark.parametrize(
    "fields",
    [
        {"openings": {"which-tea": ("Which tea?",)}},
        {"talk": {}},
        {"outside": {"far": {"other": ("tell me a joke",)}}},
        {"terms": ()},
    ],
)
def test_whatever_teaches_changes_the_weights(tea_pack: Pack, weights: Weights, fields: dict[str, Any]) -> None:
    assert train(changed(tea_pack, **fields)).raw != weights.raw
    assert lesson_of(changed(tea_pack, **fields)) != lesson_of(tea_pack)


def test_what_is_only_shown_changes_no_weight(tea_pack: Pack, weights: Weights) -> None:
    about = changed(tea_pack.about, title="Another title", version="2")
    shown = changed(tea_pack, about=about, slots={}, decisions={}, sources={})
    assert train(shown).raw == weights.raw
    assert lesson_of(shown) == lesson_of(tea_pack)


@pytest.mark.parametrize("one_topic", [True, False])
@pytest.mark.parametrize("entries", [["fact.green-tea"], ["fact.green-tea", "pair.green-vs-black"]])
def test_the_smallest_packs_can_be_learned(tea_pack: Pack, entries: list[str], one_topic: bool) -> None:
    topics = {"leaves": "Leaves"} if one_topic else tea_pack.topics
    small = changed(tea_pack, **BARE, entries={name: tea_pack.entries[name] for name in entries}, topics=topics)
    weights = train(small)
    assert weights.classes.groups == ("topic leaves",)
    assert weights.classes.entries == tuple(entries)
    assert weights.calibration == uncalibrated()
    scores = scored("how hot is green tea", weights, small)
    inside, ranked = sureness(scores, weights.calibration)
    assert scores.best == "fact.green-tea"
    assert (inside, ranked[0]) == (0.5, (0, 0.25))


def test_a_pack_of_two_topics_without_examples_can_be_learned(tea_pack: Pack) -> None:
    small = changed(tea_pack, **BARE)
    weights = train(small)
    assert weights.classes.groups == ("topic hours", "topic leaves")
    assert weights.calibration == uncalibrated()
    assert scored("caffeine before sleep", weights, small).best == "trap.caffeine-at-night"


@pytest.mark.parametrize(
    ("without", "gone"),
    [
        (["openings"], ["decision which-tea"]),
        (["outside"], ["outside far", "outside near"]),
        (["talk"], ["talk greeting"]),
        (["openings", "outside", "talk"], ["decision which-tea", "outside far", "outside near", "talk greeting"]),
    ],
)
def test_a_pack_without_openings_outside_or_talk_has_no_such_groups(
    tea_pack: Pack, weights: Weights, without: list[str], gone: list[str]
) -> None:
    lean = changed(tea_pack, **{name: {} for name in without})
    learned = train(lean)
    assert learned.classes.groups == tuple(name for name in weights.classes.groups if name not in gone)
    assert scored("sencha", learned, lean).best == "fact.green-tea"
    assert learned.calibration != uncalibrated()  # of the two topics, one is left out at a time


def test_a_group_without_texts_is_none(tea_pack: Pack) -> None:
    hollow = changed(tea_pack, openings={"which-tea": ()}, outside={"near": {}, "far": {"other": ()}})
    assert train(hollow).classes.groups == ("talk greeting", "topic hours", "topic leaves")


def test_where_every_entry_has_a_topic_of_its_own_both_are_learned(tea_pack: Pack) -> None:
    kept = ("fact.green-tea", "trap.caffeine-at-night")
    pack = changed(tea_pack, entries={name: tea_pack.entries[name] for name in kept})
    weights = train(pack)
    assert weights.classes.group_of == (5, 4)
    for name in kept:
        for _, question in pack.examples[name].by_style():
            scores = scored(question, weights, pack)
            assert scores.best == name
            assert scores.groups.index(max(scores.groups)) == weights.classes.group_of[scores.order[0]]


@pytest.mark.parametrize("bar", ["wrong", "coverage", "outside"])
@pytest.mark.parametrize("share", [0.0, 1.0])
def test_a_pack_may_promise_anything(tea_pack: Pack, bar: str, share: float) -> None:
    bars = train(promising(tea_pack, **{bar: share})).calibration["bars"]
    assert all(0 <= least <= 1 for least in bars.values())


def test_the_bars_follow_what_a_pack_promises(tea_pack: Pack, weights: Weights) -> None:
    bars = weights.calibration["bars"]
    whole = train(promising(tea_pack, coverage=1.0)).calibration["bars"]
    assert whole["answer"] == bars["answer"]
    assert whole["choose"] <= bars["choose"]
    assert train(promising(tea_pack, coverage=0.5)).calibration["bars"]["choose"] > bars["choose"]
    assert train(promising(tea_pack, wrong=0.3)).calibration["bars"]["answer"] < bars["answer"]
    assert train(promising(tea_pack, wrong=0.0)).calibration["bars"]["answer"] > bars["answer"]


def plantation(pack: Pack, topics: int, styles: Iterable[str] = STYLES) -> Pack:
    """Return a pack of so many topics with two entries each, every one with two examples of each of the *styles*."""
    leaf = pack.entries["fact.green-tea"]
    homes = {f"fact.tea-{topic}{side}": f"topic-{topic}" for topic in range(topics) for side in "ab"}
    return changed(
        pack,
        topics=dict.fromkeys(homes.values(), "A topic"),
        entries={name: changed(leaf, id=name, topic=home) for name, home in homes.items()},
        examples={
            name: Examples(**{style: (f"{style} one {name}", f"{style} two {name}") for style in styles})
            for name in homes
        },
        openings={},
        outside={},
        talk={},
    )


def style(example: Example) -> str:
    return example.text.split()[0]


def asked_of(pack: Pack) -> list[Example]:
    return [example for example in examples_of(pack) if style(example) in STYLES]


def test_every_text_of_a_pack_is_an_example(tea_pack: Pack) -> None:
    told = [(example.text, example.group, example.entry) for example in examples_of(tea_pack)]
    assert len(told) == 4 * (12 + 2) + 8 + 5 + 13
    for text, group, entry in [
        ("sencha degrees bitter", "topic leaves", "fact.green-tea"),
        ("Green tea wants cooler water", "topic leaves", "fact.green-tea"),
        (
            "Green tea wants cooler water Brew green tea at 80 degrees. Hotter water makes it bitter.",
            "topic leaves",
            "fact.green-tea",
        ),
        ("pick a tea for me", "decision which-tea", None),
        ("good day", "talk greeting", None),
        ("french press time", "outside near", None),
        ("who won the match", "outside far", None),
    ]:
        assert told.count((text, group, entry)) == 1


def test_the_classes_are_those_the_examples_teach(tea_pack: Pack, weights: Weights) -> None:
    assert classes_of(tea_pack, examples_of(tea_pack)) == weights.classes


@pytest.mark.parametrize("fold", FOLDS)
def test_every_style_is_held_out_of_some_entry_in_every_fold_and_one_of_each_entry(tea_pack: Pack, fold: int) -> None:
    held = {
        (example.entry, style(example))
        for example in asked_of(plantation(tea_pack, 6))
        if fold in example.held and not example.left
    }
    entries = Counter(entry for entry, _ in held)
    assert {one for _, one in held} == set(STYLES)
    assert set(entries.values()) == {1}


def test_every_style_of_an_entry_is_held_out_whole(tea_pack: Pack) -> None:
    turns: dict[tuple[str | None, str], set[frozenset[int]]] = {}
    for example in asked_of(plantation(tea_pack, 6)):
        turns.setdefault((example.entry, style(example)), set()).add(example.held)
    assert {len(held) for held in turns.values()} == {1}


@pytest.mark.parametrize(
    ("topics", "left"),
    [
        (1, [[]]),
        (2, [[0], [1]]),
        (3, [[0], [1], [2]]),
        (8, [[0], [1], [2], [], [], [], [0], [1]]),
    ],
)
def test_whole_topics_are_left_out_by_turns(tea_pack: Pack, topics: int, left: list[list[int]]) -> None:
    found: dict[str, set[frozenset[int]]] = {}
    for example in examples_of(plantation(tea_pack, topics)):
        found.setdefault(example.group, set()).add(example.left)
    assert found == {f"topic topic-{place}": {frozenset(folds)} for place, folds in enumerate(left)}


@pytest.mark.parametrize("topics", [1, 2, 3, 6])
def test_nothing_is_both_held_out_and_left_out_and_what_an_entry_says_itself_is_never_held_out(
    tea_pack: Pack, topics: int
) -> None:
    pack = plantation(tea_pack, topics)
    assert all(example.held.isdisjoint(example.left) for example in examples_of(pack))
    assert not any(example.held for example in examples_of(pack) if style(example) not in STYLES)


def test_of_an_entry_with_one_style_every_fifth_question_is_held_out(tea_pack: Pack) -> None:
    questions = tuple(f"short {number}" for number in range(10))
    pack = changed(tea_pack, examples={"fact.green-tea": Examples(short=questions)}, topics={"leaves": "Leaves"},
                   entries={"fact.green-tea": tea_pack.entries["fact.green-tea"]})  # fmt: skip
    turns = [sorted(example.held) for example in asked_of(pack)]
    assert turns == [[0], [1], [2], [3], [4]] * 2


@pytest.mark.parametrize("group", ["decision which-tea", "talk greeting", "outside far"])
def test_every_fifth_of_the_other_questions_is_held_out(tea_pack: Pack, group: str) -> None:
    turns = [sorted(example.held) for example in examples_of(tea_pack) if example.group == group]
    assert turns == [[count % 5] for count in range(len(turns))]


def test_of_many_subjects_outside_whole_ones_are_held_out(tea_pack: Pack) -> None:
    subjects = {f"subject-{number}": (f"first {number}", f"second {number}") for number in range(7)}
    pack = changed(tea_pack, outside={"near": subjects})
    turns = {example.text.split()[1]: set[int]() for example in examples_of(pack) if example.group == "outside near"}
    for example in examples_of(pack):
        if example.group == "outside near":
            turns[example.text.split()[1]] |= example.held
    assert turns == {str(number): {number % 5} for number in range(7)}


@pytest.mark.parametrize("topics", [1, 3, 7])
def test_packs_of_any_number_of_topics_can_be_learned(tea_pack: Pack, topics: int) -> None:
    pack = plantation(tea_pack, topics)
    weights = train(pack)
    assert len(weights.classes.entries) == 2 * topics
    assert scored("short one fact.tea-0b", weights, pack).best == "fact.tea-0b"
