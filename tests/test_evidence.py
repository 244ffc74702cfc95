"""What speaks for an option, kind by kind."""

from collections.abc import Sequence

import pytest

from tutor.claims import Claims, Counts, Kind, Told
from tutor.evidence import SIGNS, Heard, Judge, hear
from tutor.statements import ROLES, Statements
from tutor.terms import Lexicon
from tutor.wording import Reader, Wording

WORDS = "boil black green cool water hot leav morn night caffein cup pot"
READER = Reader(Lexicon({}), dict.fromkeys(WORDS.split(), 1.0))
TEXTS = {
    "answer": "Brew black with boiling water, 90 degrees, green cooler.",
    "whole": "Black leaves boil in hot water, 90 degrees. Green is not for the night.",
    "wrong": "Raise the heat for green.",
    "amends": "It scalds.",
}

CLAIMS: dict[Kind, Told] = {
    "truth": {"fact.x": [({"black": 1, "boil": 1}, -1), ({"water": 1, "hot": 1}, -1)]},
    "error": {"fact.x": [({"green": 1, "boil": 1}, -1)]},
    "right": {"fact.x": [({"cup": 1, "cool": 1}, 1)]},
    "wrong": {"fact.x": [({"morn": 1, "night": 1}, 1)]},
}
STEMS: list[tuple[Counts, int]] = [({"hot": 1}, -1), ({"leav": 1}, -1)]


def judge() -> Judge:
    wordings = {role: (READER.read(TEXTS[role]), READER.read("")) for role in ROLES}
    index = {role: {token: [(0, 1 / wordings[role][0].length)] for token in wordings[role][0].bag} for role in ROLES}
    statements = Statements(READER, ("fact.x", "fact.y"), wordings, index)
    claims = {kind: Claims(told, ("fact.x", "fact.y"), READER.telling) for kind, told in CLAIMS.items()}
    return Judge(statements, ({"pot": 50.0}, {}), claims, Claims({"": STEMS}, [""], READER.telling))


def evidence(options: Sequence[str], stem: str = "Which leaves?", likely: float = 1.0) -> list[dict[str, float]]:
    heard = Heard([[0.0, 0.0]] * len(options), {0: likely}, {})
    rows = judge().evidence(READER.read(stem), [READER.read(option) for option in options], heard)
    return [dict(zip(SIGNS, row, strict=True)) for row in rows]


@pytest.mark.parametrize(
    ("kind", "better", "worse"),
    [
        ("like answer", "black, boiling water", "a pot, a cup"),
        ("covered whole", "black, hot", "black, a pot"),
        ("mass answer", "black, boiling", "a pot"),
        ("bound", "black leaves in the pot, water is hot", "black is the hot pot of water; leaves"),
        ("in order", "black, then hot water", "water, hot, then black"),
        ("numbers", "90 degrees", "70 degrees"),
        ("near truth", "black, boiling", "green, hot"),
        ("near right", "cool, in a cup", "hot, in a cup"),
    ],
)
def test_evidence_for_an_option(kind: str, better: str, worse: str) -> None:
    one, other = evidence([better, worse])
    assert one[kind] > other[kind]


@pytest.mark.parametrize(
    ("kind", "better", "worse"),
    [
        ("like wrong", "black", "green"),
        ("denied", "green, not at night", "green at night"),
        ("other numbers", "90 degrees", "70 degrees"),
        ("wrong way", "lower it", "raise it"),
        ("absolutes", "black", "always black"),
        ("belief", "black", "a pot"),
        ("near error", "boil black", "boil green"),
        ("near wrong", "at night", "morning and night"),
    ],
)
def test_evidence_against_an_option(kind: str, better: str, worse: str) -> None:
    one, other = evidence([better, worse])
    assert one[kind] < other[kind]
    assert SIGNS[kind] == -1


def test_what_all_options_say_counts_nothing() -> None:
    one, other = evidence(["black tea", "black pot"])
    assert one["mass whole"] == other["mass whole"] == 0.0


def test_a_word_is_bound_to_the_stem_by_an_entry_that_has_them_together() -> None:
    black, green = evidence(["black", "green"], stem="Which of them may boil?")
    assert black["near stem"] > green["near stem"] == 0.0


def test_options_that_are_mixed_up_keep_their_evidence() -> None:
    options = ["black, boiling water", "green at night", "70 degrees"]
    assert evidence(options)[::-1] == evidence(options[::-1])


def test_the_likeliest_entries_are_those_of_the_stem_with_each_option() -> None:
    def scores(text: str) -> list[float]:
        return [2.0 * ("black" in text), 1.0]

    heard = hear(scores, "Which?", [READER.read("black"), READER.read("green")], 1.0, [1, 1])
    assert heard.together == [[2.0, 1.0], [0.0, 1.0]]
    assert list(heard.likely) == [0, 1]
    assert round(sum(heard.likely.values()), 9) == 1.0
    assert heard.outcomes == {1: 0.5}


def test_nothing_said_has_no_evidence_and_no_error() -> None:
    assert len(evidence(["", "?"])) == 2
    assert Wording({}, {}).bag == {}


def near_right(stem: str, without: int | None = None) -> float:
    """Return how near an option is to what an item with the stem "leaves" calls right."""
    options, heard = [READER.read("cool cup"), READER.read("pot")], Heard([[0.0, 0.0]] * 2, {0: 1.0}, {})
    return judge().evidence(READER.read(stem), options, heard, without)[0][list(SIGNS).index("near right")]


def test_what_an_item_says_counts_as_far_as_its_stem_is_like_this_one() -> None:
    assert near_right("Which leaves?") == pytest.approx(1.0)
    assert near_right("Which leaves in the morning?") == pytest.approx(0.5**0.5)
    assert near_right("Which in the morning?") == 0.0


def test_what_an_item_says_does_not_count_for_itself() -> None:
    assert near_right("Which leaves?", without=0) == pytest.approx(1.0)
    assert near_right("Which leaves?", without=1) == 0.0
