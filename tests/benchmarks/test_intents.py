"""Intents become a pack, what comes of them is counted right, and floors say whether they are kept."""

import json
import sys
from pathlib import Path

import numpy as np
import pytest

from benchmarks.floors import FLOORS, beside, floor, kept
from benchmarks.intent_pack import Labelled, entry_of, few, intent_pack, read_labelled
from benchmarks.intents import Bar, Judged, Questions, best_bar, judged, main, rejecting, router_of

_ASKED = {
    "Order_tea": "{} me a cup of tea please",
    "play_music?": "{} some loud music in the kitchen",
    "weather": "{} me whether it rains tomorrow",
}
_VERBS = ("bring", "get", "find", "send", "give", "fetch", "show", "make", "tell", "hand", "pass", "order")
_BEYOND = tuple(f"how many {thing} fit on the moon" for thing in ("cats", "cars", "trees", "boats", "keys", "hats"))


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    asked = [(text.format(verb), intent) for intent, text in _ASKED.items() for verb in _VERBS]
    beyond = [(text, "oos") for text in _BEYOND]
    for name in ("clinc150", "banking77"):
        (folder / name).mkdir()
        for part in ("train", "train_10", "valid", "test"):
            _write(folder / name / f"{part}.jsonl", asked)
        for part in ("oos_train", "oos_valid", "oos_test"):
            _write(folder / name / f"{part}.jsonl", beyond)
    return folder


def _write(path: Path, rows: list[tuple[str, str]]) -> None:
    path.write_text("".join(f"{json.dumps({'text': text, 'intent': intent})}\n" for text, intent in rows))


def _judged(sure: list[float], right: list[bool]) -> Judged:
    return Judged({"answerable": np.array(sure), "first entry": np.zeros(len(sure))}, np.array(right))


ASKED = Questions(
    inside=_judged([0.9, 0.8, 0.7, 0.2], [True, True, False, True]), outside=_judged([0.75, 0.1], [False, False])
)


def test_an_intent_is_an_entry_in_a_topic_of_its_own(data: Path) -> None:
    taught, beyond = (read_labelled(data / "clinc150" / f"{part}.jsonl") for part in ("train", "oos_train"))
    pack = intent_pack("tiny", taught, beyond, share=0.2)
    assert sorted(pack.entries) == ["fact.order-tea", "fact.play-music", "fact.weather"]
    assert {entry.topic: entry.title for entry in pack.entries.values()} == pack.topics
    assert pack.topics["order-tea"] == "order tea"
    assert pack.examples["fact.weather"].short[0] == "bring me whether it rains tomorrow"
    assert pack.outside == {"far": {"tiny": _BEYOND}}
    assert pack.about.bars.outside == 0.2


def test_nothing_outside_is_no_zone(data: Path) -> None:
    assert intent_pack("tiny", read_labelled(data / "banking77" / "train.jsonl")).outside == {}


def test_few_are_drawn_by_seed_and_stay_in_order() -> None:
    labelled = [Labelled(str(number), "ab"[number % 2]) for number in range(20)]
    drawn = few(labelled, 3, seed=1)
    assert [one.intent for one in drawn].count("a") == [one.intent for one in drawn].count("b") == 3
    assert drawn == sorted(drawn, key=labelled.index) == few(labelled, 3, seed=1)
    assert drawn != few(labelled, 3, seed=2)


def test_what_is_rejected_counts_as_wrong_inside() -> None:
    assert rejecting(ASKED, Bar("answerable", 0.8)) == {"accuracy": 50.0, "recall": 100.0, "AUROC": 75.0}
    assert rejecting(ASKED, Bar("answerable", 0.2))["accuracy"] == 75.0
    assert rejecting(ASKED, Bar("answerable", 0.2))["recall"] == 50.0


@pytest.mark.parametrize(("part", "least"), [(0.1, 0.2), (0.9, 0.8)])
def test_the_bar_hangs_on_how_much_is_expected_outside(part: float, least: float) -> None:
    assert best_bar(ASKED, part) == Bar("answerable", least)


def test_the_tutor_learns_the_intents(data: Path) -> None:
    taught = read_labelled(data / "clinc150" / "train.jsonl")
    router = router_of(intent_pack("tiny", taught, read_labelled(data / "clinc150" / "oos_train.jsonl")))
    seen = judged(router, [Labelled("a cup of tea", "Order_tea"), Labelled("a cup of tea", "weather")])
    assert seen.right.tolist() == [True, False]
    assert entry_of("play_music?") == "fact.play-music"


def test_floors_are_kept_or_missed() -> None:
    assert kept("CLINC150", "accuracy", 93.0) == "kept"
    assert kept("CLINC150", "accuracy", 92.9) == "missed"
    assert floor("CLINC150 out of scope", "AUROC") is None
    assert all(0 < least < 100 for measures in FLOORS.values() for least in measures.values())


def test_published_figures_stand_beside_ours() -> None:
    rows = list(beside({"accuracy": 91.2, "recall": 76.0}))
    assert rows[0] == {"system": "tutor", "accuracy": 91.2, "recall": 76.0, "source": "this run"}
    assert {row["source"] for row in rows[1:]} == {"Larson et al. 2019"}


def test_the_command_prints_json(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["intents", "--data", str(data), "--only", "clinc150", "--json"])
    main()
    said = json.loads(capsys.readouterr().out)
    assert [figure["measure"] for figure in said["figures"]] == ["accuracy", "accuracy", "recall", "AUROC"]
    assert said["figures"][0]["ours"] == 100.0
    assert said["published"][0]["system"] == "tutor"
