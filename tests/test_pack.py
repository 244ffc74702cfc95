"""A pack is read whole, or every fault an author made is told with its file, its line and what to write."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import TEA
from tutor.check import check_survey
from tutor.errors import RULES, Fault, PackError
from tutor.folder import MOST_FILES, bundled, digest, read_files
from tutor.model import Fact, Pair, Tip, Trap
from tutor.pack import load_pack, read_pack, survey
from tutor.subject import Pack

PACK = "knowledge/pack.yaml"
SOURCES = "knowledge/sources.yaml"
SLOTS = "knowledge/slots.yaml"
TERMS = "knowledge/terms.yaml"
LEAVES = "knowledge/topics/leaves.yaml"
HOURS = "knowledge/topics/hours.yaml"
WHICH = "knowledge/decisions/which-tea.yaml"
ASKED = "intents/leaves.yaml"
OPENINGS = "intents/decisions.yaml"

Spoil = Callable[[str, str, str], Path]


def faults_in(folder: Path) -> list[str]:
    with pytest.raises(PackError) as caught:
        load_pack(folder)
    assert str(caught.value) == "\n".join(map(str, caught.value.faults))
    return list(map(str, caught.value.faults))


def faults_of(files: dict[str, bytes]) -> list[str]:
    with pytest.raises(PackError) as caught:
        read_pack(files)
    return list(map(str, caught.value.faults))


def faults_or_none(files: dict[str, bytes]) -> tuple[Fault, ...] | None:
    try:
        read_pack(files)
    except PackError as error:
        return error.faults
    return None


# ── what a whole pack holds ──


def test_a_pack_holds_what_its_files_say(tea_pack: Pack) -> None:
    assert (tea_pack.about.name, tea_pack.about.version) == ("tea", "1")
    assert tea_pack.topics == {"hours": "Hours of the day", "leaves": "Leaves"}
    assert {name: (type(entry), entry.topic) for name, entry in tea_pack.entries.items()} == {
        "trap.caffeine-at-night": (Trap, "hours"),
        "tip.breakfast-pot": (Tip, "hours"),
        "fact.green-tea": (Fact, "leaves"),
        "pair.green-vs-black": (Pair, "leaves"),
    }
    assert tea_pack.entries["fact.green-tea"].citations[0].lines == ("1-2",)
    assert [term.name for term in tea_pack.terms] == ["green tea", "black tea", "water temperature", "steepTime"]
    assert list(tea_pack.slots) == ["hour", "guests"]
    assert tea_pack.decisions["which-tea"].rules[2].when == {"hour": ("night",)}
    assert tea_pack.talk["greeting"].reply == "Hello. Ask about tea."
    assert set(tea_pack.examples) == set(tea_pack.entries)
    assert tea_pack.openings["which-tea"][:2] == ("Which tea should I brew?", "which tea")
    assert set(tea_pack.outside["near"]) == {"coffee", "cups"}
    assert tea_pack.stamp == f"tea 1 {tea_pack.digest[:12]}"


def test_places_name_file_line_and_column_of_every_id() -> None:
    _, places = read_pack(read_files(TEA))
    assert dict(places) == {
        "topic hours": (HOURS, 1, 8), "entry trap.caffeine-at-night": (HOURS, 4, 9),
        "entry tip.breakfast-pot": (HOURS, 12, 9),
        "topic leaves": (LEAVES, 1, 8), "entry fact.green-tea": (LEAVES, 4, 9),
        "entry pair.green-vs-black": (LEAVES, 12, 9),
        "decision which-tea": (WHICH, 1, 5), "rule which-tea 1": (WHICH, 6, 5), "rule which-tea 2": (WHICH, 7, 5),
        "rule which-tea 3": (WHICH, 8, 5), "partial which-tea 1": (WHICH, 10, 5),
        "slot hour": (SLOTS, 2, 3), "slot guests": (SLOTS, 9, 3),
        "term green tea": (TERMS, 2, 12), "term black tea": (TERMS, 3, 12), "term water temperature": (TERMS, 4, 12),
        "term steepTime": (TERMS, 5, 12),
        "intents hours": ("intents/hours.yaml", 1, 8), "intent trap.caffeine-at-night": ("intents/hours.yaml", 3, 3),
        "intent tip.breakfast-pot": ("intents/hours.yaml", 9, 3),
        "intents leaves": (ASKED, 1, 8), "intent fact.green-tea": (ASKED, 3, 3),
        "intent pair.green-vs-black": (ASKED, 9, 3),
        "opening which-tea": (OPENINGS, 2, 3), "talk greeting": ("intents/talk.yaml", 2, 3),
        "near coffee": ("intents/outside.yaml", 3, 5), "near cups": ("intents/outside.yaml", 4, 5),
        "far other": ("intents/outside.yaml", 6, 5),
    }  # fmt: skip


def test_answering_needs_no_examples(tea_pack: Pack) -> None:
    lean = tea_pack.without_examples()
    assert (lean.examples, lean.openings, lean.outside) == ({}, {}, {})
    assert lean.talk["greeting"].examples == ("hello",)
    assert (lean.entries, lean.decisions, lean.digest) == (tea_pack.entries, tea_pack.decisions, tea_pack.digest)


def test_the_files_of_questions_slots_and_terms_may_be_absent() -> None:
    files = read_files(TEA)
    kept = {name: files[name] for name in (PACK, SOURCES, LEAVES)}
    kept[PACK] = kept[PACK].partition(b"exam:")[0]
    pack, _ = read_pack(kept)
    assert list(pack.entries) == ["fact.green-tea", "pair.green-vs-black"]
    assert (pack.terms, pack.slots, pack.decisions, pack.talk, pack.examples) == ((), {}, {}, {}, {})


def test_the_bundled_pack_is_the_one_around_this_checkout_and_loads(pack: Pack) -> None:
    assert (bundled() / "knowledge" / "pack.yaml").is_file()
    assert pack.about.name == "databricks-ml"


# ── folders ──


def test_a_folder_that_does_not_exist_is_a_fault(tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere"
    assert faults_in(nowhere) == [f"{nowhere}: is not a folder; name a folder with knowledge/ and intents/"]


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    file = tmp_path / "pack.yaml"
    file.write_text("name: tea\n", encoding="utf-8")
    assert faults_in(file) == [f"{file}: is not a folder; name a folder with knowledge/ and intents/"]


@pytest.mark.parametrize("made", [[], ["knowledge", "intents"], ["knowledge/topics"], ["docs"]])
def test_an_empty_folder_holds_no_pack(tmp_path: Path, made: list[str]) -> None:
    for name in made:
        (tmp_path / name).mkdir(parents=True)
    told = f"{tmp_path}: holds no pack; a pack has knowledge/pack.yaml, knowledge/topics/ and intents/"
    assert faults_in(tmp_path) == [told]


def test_a_folder_of_too_many_files_is_refused_unread(tmp_path: Path) -> None:
    (tmp_path / "intents").mkdir()
    for number in range(MOST_FILES + 1):
        (tmp_path / "intents" / f"a{number}.yaml").touch()
    assert faults_in(tmp_path) == [f"{tmp_path}: 2001 files; at most 2000 are read"]


@pytest.mark.parametrize(
    ("lost", "told"),
    [
        ([PACK], [f"{PACK}: is missing; every pack has one"]),
        ([SOURCES], [f"{SOURCES}: is missing; every pack has one"]),
        ([LEAVES, HOURS], ["knowledge/topics: no topic file; write knowledge/topics/<topic>.yaml"]),
        (
            [SLOTS],
            [
                f"{WHICH}:3:9: which-tea slots: hour does not exist; the pack has none",
                f"{WHICH}:3:15: which-tea slots: guests does not exist; the pack has none",
            ],
        ),
    ],
)
def test_a_missing_file_is_told_by_name(tea_copy: Path, lost: list[str], told: list[str]) -> None:
    for name in lost:
        (tea_copy / name).unlink()
    assert faults_in(tea_copy) == told


@pytest.mark.parametrize(
    ("name", "told"),
    [
        (
            "knowledge/leaves.yaml",
            "no pack file stands here; they stand in knowledge/topics, knowledge/decisions, intents, knowledge",
        ),
        (
            "knowledge/topics/deep/leaves.yaml",
            "no pack file stands here; they stand in knowledge/topics, knowledge/decisions, intents, knowledge",
        ),
        ("knowledge/slot.yaml", "no pack file stands here; did you mean knowledge/slots.yaml?"),
        ("knowledge/pack.yml", "no pack file stands here; did you mean knowledge/pack.yaml?"),
    ],
)
def test_a_file_in_the_wrong_place_is_told_where_it_belongs(tea_copy: Path, name: str, told: str) -> None:
    (tea_copy / name).parent.mkdir(exist_ok=True)
    (tea_copy / name).write_text("topic: leaves\n", encoding="utf-8")
    assert faults_in(tea_copy) == [f"{name}: {told}"]


def test_files_beside_the_pack_are_no_part_of_it(tea_copy: Path, tea_pack: Pack) -> None:
    (tea_copy / "README.md").write_text("Tea.\n", encoding="utf-8")
    (tea_copy / "knowledge" / "notes.txt").write_text("Tea.\n", encoding="utf-8")
    (tea_copy / "docs").mkdir()
    (tea_copy / "docs" / "x.yaml").write_text("a: 1\n", encoding="utf-8")
    assert load_pack(tea_copy) == tea_pack


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (LEAVES, "knowledge/topics/leafs.yaml", "leaves: is not the name of the file; call the file leaves.yaml"),
        (LEAVES, "knowledge/topics/leaves.yml", "leaves: is not the name of the file; call the file leaves.yaml"),
        (ASKED, "intents/leafs.yaml", "leaves: is not the name of the file; call the file leaves.yaml"),
        (
            WHICH,
            "knowledge/decisions/witch-tea.yaml",
            "which-tea: is not the name of the file; call the file which-tea.yaml",
        ),
    ],
)
def test_a_file_is_called_as_what_it_holds(tea_copy: Path, old: str, new: str, told: str) -> None:
    (tea_copy / old).rename(tea_copy / new)
    column = 5 if old == WHICH else 8
    assert faults_in(tea_copy) == [f"{new}:1:{column}: {told}"]


# ── faults of form ──


@pytest.mark.parametrize(
    ("file", "raw", "told"),
    [
        (TERMS, b"", f"{TERMS}:1:1: the file is empty; write its content or delete it"),
        (TERMS, b"terms:\n  - {name: Th\xe9}\n", f"{TERMS}:2:14: not UTF-8; save the file as UTF-8"),
        (
            TERMS,
            b"terms:\n\t- {name: x}\n",
            f"{TERMS}:2:1: not YAML: found character that cannot start any token; indent with spaces, not with a tab",
        ),
        (TERMS, b"terms: &t []\n", f"{TERMS}:1:8: an anchor, &t; write it out in full"),
        (
            TERMS,
            b"terms: !!python/object/apply:os.system [x]\n",
            f"{TERMS}:1:8: a tag, !!python/object/apply:os.system; packs are plain data; remove it",
        ),
        (TERMS, b"terms: []\nterms: []\n", f"{TERMS}:2:1: terms: the key stands here twice; keep one"),
        (TERMS, b"#" * 4_000_001, f"{TERMS}: 4000001 bytes; at most 4000000 are read; split the file"),
        (TERMS, b"tea\n", f"{TERMS}:1:1: has no keys; write names, colons and values"),
        (TERMS, b"- tea\n", f"{TERMS}:1:1: has no keys; write names, colons and values"),
    ],
    ids=lambda value: value[:40],
)
def test_a_file_of_the_wrong_form_is_told(tea_copy: Path, file: str, raw: bytes, told: str) -> None:
    (tea_copy / file).write_bytes(raw)
    assert faults_in(tea_copy) == [told]


TIP_AS_PAIR = "sides: [a, b]\n    scenario: Guests sit"


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        (PACK, "sample:", "simple: x\nsample:", f"{PACK}:5:1: simple: unknown key; did you mean sample?"),
        (PACK, "entry: 12", "entry: 12, entri: 3", f"{PACK}:6:21: floors.entri: unknown key; did you mean entry?"),
        (SLOTS, "    cues:", "    ques: [x]\n    cues:",
            f"{SLOTS}:5:5: slots.hour.ques: unknown key; did you mean cues?"),
        (LEAVES, "    see_also:", "    see_alsa: []\n    see_also:",
            f"{LEAVES}:11:5: entries.0.see_alsa: unknown key; did you mean see_also?"),
        (HOURS, "scenario: Guests sit", TIP_AS_PAIR, f"{HOURS}:14:5: entries.1.sides: unknown key; known: "
            "agrees_with, also_wrong, answer, as_choice, citations, distractor, id, practice, references, revision, "
            "scenario, see_also, title, why"),
        (LEAVES, "    sides:", "    topic: hours\n    sides:",
            f"{LEAVES}:14:5: entries.1.topic: unknown key; the file says it"),
        (LEAVES, "    why: Hotter water makes it bitter.\n", "", f"{LEAVES}:4:5: entries.0.why: is missing; add why:"),
        (PACK, "title: Brewing tea\n", "", f"{PACK}:1:1: title: is missing; add title:"),
        (WHICH, "overview: pair.green-vs-black\n", "", f"{WHICH}:1:1: overview: is missing; add overview:"),
        (HOURS, "    tempts: It feels warm and calming.\n", "",
            f"{HOURS}:4:5: entries.0.tempts: is missing; add tempts:"),
        (PACK, 'version: "1"', "version: 1", f"{PACK}:2:10: version: 1 is not read as text; put it in quotes"),
        (PACK, 'version: "1"', "version: 2026-11-01",
            f"{PACK}:2:10: version: 2026-11-01 is not read as text; put it in quotes"),
        (SLOTS, "label: One cup", "label: on",
            f"{SLOTS}:13:20: slots.guests.values.one.label: True is not read as text; put it in quotes"),
        (PACK, "title: Brewing tea", "title:", f"{PACK}:3:1: title: is not a text; write words"),
        (PACK, "title: Brewing tea", "title: [a]", f"{PACK}:3:8: title: is not a text; write words"),
        (LEAVES, "[1-2]", "1-2",
            f"{LEAVES}:9:46: entries.0.citations.0.lines: is not a list; write [one, another]"),
        (LEAVES, "[1-2]", "[0]", f"{LEAVES}:9:47: entries.0.citations.0.lines.0: '0' does not fit; "
            r"the form is ^[1-9]\d*(-[1-9]\d*)?$"),
        (SLOTS, "    values:\n      one:", "    values: []\n    was:\n      one:",
            f"{SLOTS}:12:13: slots.guests.values: has no keys; write names, colons and values"),
        (SLOTS, "      night: {label: Before sleep, phrases: [before bed, bedtime], replies: [night, late]}\n", "",
            f"{SLOTS}:6:5: slots.hour.values: holds 1; at least 2"),
        (SLOTS, "      one: {", "      no: {",
            f"{SLOTS}:13:7: no: YAML does not read this key as text; put it in quotes"),
        (PACK, "title: Brewing tea", "title: " + "x" * 201,
            f"{PACK}:3:8: title: has 201 characters; at most 200"),
        (LEAVES, "sides: [green tea, black tea]", "sides: [a, b, c, d]",
            f"{LEAVES}:14:12: entries.1.sides: holds 4; at most 3"),
        (LEAVES, "https://example.org/green", "http://example.org/green",
            f"{LEAVES}:10:42: entries.0.references.0.url: 'http://example.org/green' does not fit; "
            "did you mean https://example.org/green?"),
        (LEAVES, "https://example.org/green", "example.org/green",
            f"{LEAVES}:10:42: entries.0.references.0.url: 'example.org/green' does not fit; "
            r"""the form is ^https://[^\s<>\"]+$"""),
        (LEAVES, "id: fact.green-tea", "id: fact.Green",
            f"{LEAVES}:4:9: entries.0.id: 'fact.Green' does not fit; did you mean fact.green?"),
        (LEAVES, "id: fact.green-tea", "id: fact.",
            f"{LEAVES}:4:9: entries.0.id: 'fact.' does not fit; "
            r"the form is ^(trap|pair|tip|fact)\.[a-z0-9]+(-[a-z0-9]+)*$"),
        (LEAVES, "[1-2]", "[1 – 2]", f"{LEAVES}:9:47: entries.0.citations.0.lines.0: '1 – 2' does not fit; "
            "did you mean 1-2?"),
        (SLOTS, "unit: rows", "unit: row",
            f"{SLOTS}:16:16: slots.guests.measures.0.unit: 'row' is not known here; did you mean rows?"),
        (SLOTS, "up_to: 1", "up_to: one", f"{SLOTS}:16:44: slots.guests.measures.0.values.one.up_to: "
            "one is not a number; write digits, without quotes"),
        ("intents/outside.yaml", "  far:", "  fra:",
            "intents/outside.yaml:5:3: outside.fra: 'fra' is not known here; did you mean far?"),
        (SLOTS, "  hour:", "  The Hour:",
            f"{SLOTS}:2:3: slots.The Hour: 'The Hour' does not fit; did you mean the-hour?"),
        (PACK, "{entry: 12", "{entry: 1.5",
            f"{PACK}:6:17: floors.entry: 1.5 is not a whole number; write digits, without quotes"),
        (PACK, "{entry: 12", "{entry: 0", f"{PACK}:6:17: floors.entry: 0 is too little; at least 1"),
        (PACK, "title: Brewing tea", "title: ''", f"{PACK}:3:8: title: has 0 characters; at least 1"),
        (LEAVES, "id: fact.green-tea", "id: note.green-tea",
            f"{LEAVES}:4:9: entries.0: an entry needs an id that starts with trap., pair., tip. or fact.; "
            "did you mean fact.green-tea?"),
        (LEAVES, "  - id: fact.green-tea\n    title", "  - title",
            f"{LEAVES}:4:5: entries.0: an entry needs an id that starts with trap., pair., tip. or fact.; "
            "add id: fact.<words-joined-by-hyphens>"),
        (PACK, "floors:", "bars: {wrong: 1.5}\nfloors:",
            f"{PACK}:6:15: bars.wrong: 1.5 is too great; at most 1"),
    ],
)  # fmt: skip
def test_a_wrong_part_is_told_with_file_line_and_what_to_write(
    spoil: Spoil, file: str, old: str, new: str, told: str
) -> None:
    assert told in faults_in(spoil(file, old, new))


def test_a_misspelt_key_is_told_once_as_unknown_and_once_as_missing(spoil: Spoil) -> None:
    assert faults_in(spoil(LEAVES, "why: Hotter", "whi: Hotter")) == [
        f"{LEAVES}:4:5: entries.0.why: is missing; add why:",
        f"{LEAVES}:7:5: entries.0.whi: unknown key; did you mean why?",
    ]


def test_what_follows_from_a_fault_is_no_fault_of_its_own(spoil: Spoil) -> None:
    assert len(faults_in(spoil(LEAVES, "https://example.org/green", "example.org"))) == 1


def test_a_slot_may_be_called_like_a_kind_of_entry(spoil: Spoil) -> None:
    assert faults_in(spoil(SLOTS, "  hour:\n    question:", "  tip:\n    qestion:"))[-2:] == [
        f"{SLOTS}:2:3: slots.tip.question: is missing; add question:",
        f"{SLOTS}:3:5: slots.tip.qestion: unknown key; did you mean question?",
    ]


# ── ids ──


def test_an_id_twice_in_one_file_is_told_with_both_places(tea_copy: Path) -> None:
    path = tea_copy / LEAVES
    text = path.read_text(encoding="utf-8")
    first = text[text.index("  - id: fact.green-tea") : text.index("  - id: pair")]
    path.write_text(text + first, encoding="utf-8")
    assert faults_in(tea_copy) == [
        f"{LEAVES}:28:9: entry fact.green-tea: fact.green-tea stands here twice; it is already in {LEAVES}:4"
    ]


def test_an_id_twice_across_files_is_told_with_both_places(tea_copy: Path) -> None:
    text = (tea_copy / LEAVES).read_text(encoding="utf-8")
    first = text[text.index("  - id: fact.green-tea") : text.index("  - id: pair")]
    with (tea_copy / HOURS).open("a", encoding="utf-8") as file:
        file.write(first)
    assert faults_in(tea_copy) == [
        f"{LEAVES}:4:9: entry fact.green-tea: fact.green-tea stands here twice; it is already in {HOURS}:20"
    ]


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        (TERMS, "name: black tea", "name: green tea",
            [f"{TERMS}:3:12: term green tea: green tea stands here twice; it is already in {TERMS}:2"]),
        ("intents/hours.yaml", "tip.breakfast-pot:", "fact.green-tea:",
            [f"{ASKED}:3:3: intent fact.green-tea: fact.green-tea stands here twice; "
             "it is already in intents/hours.yaml:9"]),
        (WHICH, "slots: [hour, guests]", "slots: [hour, guests, hour]",
            [f"{WHICH}:3:23: which-tea slots: hour stands here twice; keep one"]),
        (HOURS, "topic: hours", "topic: leaves",
            [f"{HOURS}:1:8: leaves: is not the name of the file; call the file leaves.yaml",
             f"{LEAVES}:1:8: topic leaves: leaves stands here twice; it is already in {HOURS}:1"]),
    ],
)  # fmt: skip
def test_a_name_stands_once(spoil: Spoil, file: str, old: str, new: str, told: list[str]) -> None:
    assert faults_in(spoil(file, old, new)) == told


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        (PACK, "topics: [hours]", "topics: [hour]",
            f"{PACK}:13:48: exam hours: hour does not exist; did you mean hours?"),
        (LEAVES, "      black tea:\n", "      back tea:\n",
            f"{LEAVES}:25:7: pair.green-vs-black signs: back tea does not exist; did you mean black tea?"),
        (LEAVES, "see_also: [pair", "agrees_with: [fact.green]\n    see_also: [pair",
            f"{LEAVES}:11:19: fact.green-tea agrees_with: fact.green does not exist; did you mean fact.green-tea?"),
        (LEAVES, "see_also: [pair.green-vs-black]", "see_also: [pair.green-v-black]",
            f"{LEAVES}:11:16: fact.green-tea see_also: pair.green-v-black does not exist; "
            "did you mean pair.green-vs-black?"),
        (LEAVES, "source: kettle-book", "source: kettel-book",
            f"{LEAVES}:9:26: fact.green-tea citations: kettel-book does not exist; did you mean kettle-book?"),
        (WHICH, "outcome: fact.green-tea", "outcome: fact.gren-tea",
            f"{WHICH}:6:51: which-tea 1 outcome: fact.gren-tea does not exist; did you mean fact.green-tea?"),
        (WHICH, "overview: pair.green-vs-black", "overview: pair.green-vs-blak",
            f"{WHICH}:4:11: which-tea overview: pair.green-vs-blak does not exist; did you mean pair.green-vs-black?"),
        (WHICH, "slots: [hour, guests]", "slots: [hour, guests, huor]",
            f"{WHICH}:3:23: which-tea slots: huor does not exist; did you mean hour?"),
        (WHICH, "when: {hour: night}", "when: {huor: night}",
            f"{WHICH}:8:13: which-tea 3 when: huor does not exist; did you mean hour?"),
        (WHICH, "when: {hour: night}", "when: {hour: nihgt}",
            f"{WHICH}:8:19: which-tea 3 when.hour: nihgt does not exist; did you mean night?"),
        (WHICH, "when: {hour: night}", "when: {hour: [night, noon]}",
            f"{WHICH}:8:27: which-tea 3 when.hour: noon does not exist; known: morning, night"),
        (WHICH, "{when: {guests: many}, outcome: tip.breakfast-pot", "{when: {guests: many}, outcome: tip.breakfast",
            f"{WHICH}:10:37: which-tea 1 outcome: tip.breakfast does not exist; did you mean tip.breakfast-pot?"),
        (WHICH, "{when: {guests: many}", "{when: {guests: mny}",
            f"{WHICH}:10:21: which-tea 1 when.guests: mny does not exist; did you mean many?"),
        (WHICH, "{when: {guests: many}", "{when: {guest: many}",
            f"{WHICH}:10:13: which-tea 1 when: guest does not exist; did you mean guests?"),
        (SLOTS, "many: {from", "mny: {from", f"{SLOTS}:16:48: guests measures: mny does not exist; did you mean many?"),
        (ASKED, "fact.green-tea:", "fact.green-te:",
            f"{ASKED}:3:3: fact.green-te intents: fact.green-te does not exist; did you mean fact.green-tea?"),
        (OPENINGS, "which-tea:", "wich-tea:",
            f"{OPENINGS}:2:3: wich-tea decisions: wich-tea does not exist; did you mean which-tea?"),
    ],
)  # fmt: skip
def test_an_id_that_does_not_exist_is_told_with_the_nearest_that_does(
    spoil: Spoil, file: str, old: str, new: str, told: str
) -> None:
    assert faults_in(spoil(file, old, new)) == [told]


def test_questions_about_a_topic_that_does_not_exist_are_told(tea_copy: Path) -> None:
    text = (tea_copy / ASKED).read_text(encoding="utf-8").replace("topic: leaves", "topic: leafs")
    (tea_copy / ASKED).unlink()
    (tea_copy / "intents/leafs.yaml").write_text(text, encoding="utf-8")
    assert faults_in(tea_copy) == ["intents/leafs.yaml:1:8: leafs topic: leafs does not exist; did you mean leaves?"]


# ── all at once ──


def test_all_faults_of_form_are_gathered_and_told_once_in_the_order_of_files_and_lines(spoil: Spoil) -> None:
    spoil(PACK, 'version: "1"', "version: 1")
    spoil(PACK, "about:", "abuot: x\nabout:")
    spoil(LEAVES, "    why: Oxidised leaves bear heat.\n", "")
    spoil(LEAVES, "title: Leaves", "title: Leaves\nmore: x")
    spoil(SLOTS, "slots:", "slots: &s")
    folder = spoil(ASKED, "topic: leaves", "topic: leafs")
    assert faults_in(folder) == [
        f"{ASKED}:1:8: leafs: is not the name of the file; call the file leafs.yaml",
        f"{PACK}:2:10: version: 1 is not read as text; put it in quotes",
        f"{PACK}:4:1: abuot: unknown key; did you mean about?",
        f"{SLOTS}:1:8: an anchor, &s; write it out in full",
        f"{LEAVES}:3:1: more: unknown key; known: entries, title, topic",
        f"{LEAVES}:13:5: entries.1.why: is missing; add why:",
    ]


def test_all_names_that_do_not_exist_are_gathered_and_told_once_in_order(spoil: Spoil) -> None:
    spoil(WHICH, "outcome: trap.caffeine-at-night", "outcome: trap.cafeine-at-night")
    spoil(WHICH, "outcome: fact.green-tea", "outcome: fact.gren-tea")
    spoil(LEAVES, "see_also: [pair.green-vs-black]", "see_also: [pair.grey-vs-black]")
    folder = spoil(OPENINGS, "which-tea:", "wich-tea:")
    assert faults_in(folder) == [
        f"{OPENINGS}:2:3: wich-tea decisions: wich-tea does not exist; did you mean which-tea?",
        f"{WHICH}:6:51: which-tea 1 outcome: fact.gren-tea does not exist; did you mean fact.green-tea?",
        f"{WHICH}:8:36: which-tea 3 outcome: trap.cafeine-at-night does not exist; "
        "did you mean trap.caffeine-at-night?",
        f"{LEAVES}:11:16: fact.green-tea see_also: pair.grey-vs-black does not exist; "
        "did you mean pair.green-vs-black?",
    ]


def test_faults_of_form_hide_no_names_in_other_files_that_do_not_exist(spoil: Spoil) -> None:
    spoil(PACK, "title: Brewing tea\n", "")
    spoil(LEAVES, "why: Hotter", "whi: Hotter")
    spoil(LEAVES, "kettle-book, lines: [2", "kettel-book, lines: [2")
    folder = spoil(WHICH, "{when: {hour: night}, outcome: trap", "{when: {hour: nihgt}, outcome: tarp")
    assert faults_in(folder) == [
        f"{WHICH}:8:36: rules.2.outcome: 'tarp.caffeine-at-night' does not fit; did you mean trap.caffeine-at-night?",
        f"{PACK}:1:1: title: is missing; add title:",
        f"{LEAVES}:4:5: entries.0.why: is missing; add why:",
        f"{LEAVES}:7:5: entries.0.whi: unknown key; did you mean why?",
        f"{LEAVES}:19:26: pair.green-vs-black citations: kettel-book does not exist; did you mean kettle-book?",
    ]


def test_names_that_do_not_exist_are_told_of_both_that_have_one_id(tea_copy: Path) -> None:
    text = (tea_copy / LEAVES).read_text(encoding="utf-8").replace("kettle-book", "kettel-book")
    with (tea_copy / HOURS).open("a", encoding="utf-8") as file:
        file.write(text[text.index("  - id: fact.green-tea") : text.index("  - id: pair")])
    assert [told.partition(": ")[0] for told in faults_in(tea_copy)] == [f"{HOURS}:25:26", f"{LEAVES}:4:9"]


@pytest.mark.parametrize("name", [LEAVES, SOURCES, SLOTS, WHICH])
@pytest.mark.parametrize(
    "raw", [b"a: [\n", b"", b"a: 1\n", b"- x\n", b"entries: [x]\nslots: 3\nsources: [y]\nid: {}\n"]
)
def test_names_are_not_missed_that_a_file_with_faults_may_hold(tea_copy: Path, name: str, raw: bytes) -> None:
    (tea_copy / name).write_bytes(raw)
    assert {told.partition(":")[0] for told in faults_in(tea_copy)} == {name}


def test_a_part_with_faults_is_known_by_its_name(spoil: Spoil) -> None:
    spoil(SLOTS, "label: One cup", "label: 1")
    folder = spoil(LEAVES, "    why: Oxidised leaves bear heat.\n", "")
    assert faults_in(folder) == [
        f"{SLOTS}:13:20: slots.guests.values.one.label: 1 is not read as text; put it in quotes",
        f"{LEAVES}:12:5: entries.1.why: is missing; add why:",
    ]


def test_a_misplaced_file_may_hold_what_is_missed(tea_copy: Path) -> None:
    (tea_copy / SLOTS).rename(tea_copy / "knowledge/slot.yaml")
    (tea_copy / LEAVES).rename(tea_copy / "knowledge/leaves.yaml")
    assert [told.partition(": ")[0] for told in faults_in(tea_copy)] == ["knowledge/leaves.yaml", "knowledge/slot.yaml"]


def test_what_is_sound_is_read_for_all_that_is_not(spoil: Spoil) -> None:
    spoil(SLOTS, "label: One cup", "label: 1")
    read = survey(read_files(spoil(LEAVES, "    why: Oxidised leaves bear heat.\n", "")))
    assert set(read.pack.entries) == {"trap.caffeine-at-night", "tip.breakfast-pot", "fact.green-tea"}
    assert set(read.pack.slots) == {"hour"}
    assert (read.harmed, read.unsure) == (frozenset({"pair.green-vs-black"}), frozenset({"which-tea"}))
    assert read.places["entry fact.green-tea"] == (LEAVES, 4, 9)
    whole = survey(read_files(TEA))
    assert (whole.faults, whole.harmed, whole.unsure) == ((), frozenset(), frozenset())


FILES = read_files(TEA)
_LINE_END = re.compile(r"\r\n?|\n")


def believable(files: dict[str, bytes], faults: Sequence[Fault]) -> bool:
    """Say whether each of *faults* has a rule, a file, words, and a place that exists."""
    return all(
        fault.rule in RULES and fault.file and fault.problem and _stands_in(fault, files.get(fault.file))
        for fault in faults
    )


def _stands_in(fault: Fault, raw: bytes | None) -> bool:
    if fault.line is None or fault.column is None:
        return fault.line is None and fault.column is None
    lines = _LINE_END.split((raw or b"").removeprefix(b"\xef\xbb\xbf").decode(errors="surrogateescape"))
    return fault.line <= len(lines) and 1 <= fault.column <= len(lines[fault.line - 1]) + 1


@given(st.sampled_from(sorted(FILES)), st.binary(max_size=40), st.integers(0, 10_000), st.integers(0, 30))
def test_a_spoilt_file_gives_a_pack_or_faults_and_never_a_traceback(
    name: str, planted: bytes, at: int, lost: int
) -> None:
    raw = FILES[name]
    at %= len(raw)
    files = {**FILES, name: raw[:at] + planted + raw[at + lost :]}
    faults = faults_or_none(files)
    assert faults is None or believable(files, faults)
    assert faults != ()


WORDS = sorted(set(re.findall(r"[\w.-]+|[^\w\s]", b" ".join(FILES.values()).decode())))


def _mutated(files: dict[str, bytes], draw: st.DrawFn) -> None:
    """Do to one of *files* what an author may do to it: lose, double, move or indent a line, or change a word."""
    name = draw(st.sampled_from(sorted(files)))
    lines = files[name].decode().split("\n")
    at = draw(st.integers(0, len(lines) - 1))
    match draw(st.sampled_from(["lose", "double", "move", "indent", "word", "word", "word", "file"])):
        case "lose":
            del lines[at]
        case "double":
            lines.insert(at, lines[at])
        case "move":
            lines.insert(draw(st.integers(0, len(lines) - 1)), lines.pop(at))
        case "indent":
            lines[at] = draw(st.sampled_from(["  ", "    ", " ", "- ", "\t", ""])) + lines[at].lstrip(" -")
        case "word":
            parts = re.split(r"([\w.-]+|[^\w\s])", lines[at])
            parts[draw(st.integers(0, len(parts) - 1))] = draw(
                st.sampled_from(["", "é😀", "1", "no", "{", "]", *WORDS])
            )
            lines[at] = "".join(parts)
        case _:
            files[draw(st.sampled_from([*FILES, "knowledge/slot.yaml", "intents/tea.yaml"]))] = files.pop(name)
            return
    files[name] = "\n".join(lines).encode()


@st.composite
def mutated(draw: st.DrawFn) -> dict[str, bytes]:
    files = dict(FILES)
    for _ in range(draw(st.integers(1, 4))):
        _mutated(files, draw)
    return files


@given(mutated())
def test_whatever_an_author_does_there_is_a_pack_or_faults_with_places_that_exist(files: dict[str, bytes]) -> None:
    faults = faults_or_none(files)
    assert faults is None or (faults and believable(files, faults))
    found = check_survey(survey(files))
    assert believable(files, found)
    assert set(faults or ()) <= set(found)


def test_no_file_at_all_is_a_pack_error_too() -> None:
    assert faults_of({}) == [
        f"{PACK}: is missing; every pack has one",
        f"{SOURCES}: is missing; every pack has one",
        "knowledge/topics: no topic file; write knowledge/topics/<topic>.yaml",
    ]


# ── the content hash ──


def test_the_content_hash_is_fixed_for_ever() -> None:
    assert digest({}) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert digest({"a": b"x"}) == "87898619c5d0f3bfb6e8917ff8d8477e56456331d07ec0a674183ca9aad95a93"


files_drawn = st.dictionaries(st.text("ab/.", min_size=1, max_size=4), st.binary(max_size=6), min_size=1, max_size=4)


@given(files_drawn, st.randoms(use_true_random=False))
def test_the_content_hash_does_not_hang_on_the_order_of_files(files: dict[str, bytes], random: Random) -> None:
    names = list(files)
    random.shuffle(names)
    assert digest({name: files[name] for name in names}) == digest(files)


@given(files_drawn, st.integers(0, 3), st.integers(0, 5), st.integers(1, 255))
def test_the_content_hash_changes_with_any_byte(files: dict[str, bytes], which: int, at: int, flip: int) -> None:
    name = sorted(files)[which % len(files)]
    raw = bytearray(files[name] or b"\0")
    raw[at % len(raw)] ^= flip
    assert digest({**files, name: bytes(raw)}) != digest(files)
    assert digest({**files, name: files[name] + b"\n"}) != digest(files)


@given(files_drawn, st.integers(0, 3))
def test_the_content_hash_changes_with_a_file_name(files: dict[str, bytes], which: int) -> None:
    name = sorted(files)[which % len(files)]
    renamed = {("renamed" if other == name else other): raw for other, raw in files.items()}
    assert digest(renamed) != digest(files)


def test_one_byte_of_a_file_on_disk_changes_the_hash_and_nothing_else_does(tea_copy: Path, tea_pack: Pack) -> None:
    assert load_pack(tea_copy).digest == tea_pack.digest
    with (tea_copy / TERMS).open("ab") as file:
        file.write(b"\n")
    assert load_pack(tea_copy).digest != tea_pack.digest
