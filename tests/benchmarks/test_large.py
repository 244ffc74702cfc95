"""A pack several times as large: it loads, its copies share no rare words, and the same seed gives the same files."""

from pathlib import Path

import pytest

from benchmarks.large import enlarged, frame_words, write
from benchmarks.pseudo import Vocabulary
from tests.conftest import TEA
from tutor.folder import read_files
from tutor.model import Pair, Term
from tutor.pack import load_pack
from tutor.subject import Pack
from tutor.text import words


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    folder = tmp_path_factory.mktemp("large")
    write(TEA, folder, times=3)
    return load_pack(folder)


def _examples(pack: Pack, entry: str) -> list[str]:
    return [question for _, question in pack.examples[entry].by_style()]


def _rare(pack: Pack, entry: str) -> set[str]:
    said = {word for question in _examples(pack, entry) for word in words(question)}
    return {word for word in said if word.isalpha() and len(word) > 1} - frame_words()


def test_it_is_so_many_times_as_large(large: Pack, tea_pack: Pack) -> None:
    for part in ("topics", "entries", "terms", "slots", "decisions", "examples", "openings"):
        assert len(getattr(large, part)) == 3 * len(getattr(tea_pack, part)), part


def test_the_first_copy_is_the_pack_itself(large: Pack, tea_pack: Pack) -> None:
    assert {name: large.entries[name] for name in tea_pack.entries} == tea_pack.entries
    assert {name: large.slots[name] for name in tea_pack.slots} == tea_pack.slots
    assert large.outside == tea_pack.outside


def test_copies_share_frame_words_and_no_rare_ones(large: Pack) -> None:
    first, second, third = (_rare(large, f"fact.green-tea{end}") for end in ("", "-2", "-3"))
    assert first
    assert first.isdisjoint(second | third)
    assert second.isdisjoint(third)
    assert _examples(large, "pair.green-vs-black-2")[0].startswith("What is the difference between ")


def test_forms_of_a_word_stay_alike_and_names_stay_names() -> None:
    renamer = Vocabulary([], 1).renamer(frozenset({"the"}))
    tea, teas, name = renamer.rename("the tea"), renamer.rename("Teas"), renamer.rename("steepTime STEEP")
    assert teas.lower() == f"{tea.removeprefix('the ')}s"
    assert name.split()[1].lower() == words(name)[0]


def test_terms_are_found_in_the_words_of_their_copy(large: Pack) -> None:
    terms = dict(zip((term.name for term in large.terms), large.terms, strict=True))
    pair = large.entries["pair.green-vs-black-2"]
    assert isinstance(pair, Pair)
    second: Term = list(terms.values())[len(terms) // 3]
    assert second.name in " ".join(pair.sides).lower()


def test_examples_can_be_fewer() -> None:
    files = enlarged(read_files(TEA), times=1, examples=5, seed=1)
    assert files["intents/leaves.yaml"].count(b"?") < read_files(TEA)["intents/leaves.yaml"].count(b"?")


def test_the_same_seed_gives_the_same_files_and_another_seed_other_words(tmp_path: Path) -> None:
    files = read_files(TEA)
    one, same, other = (enlarged(files, times=2, examples=40, seed=seed) for seed in (1, 1, 2))
    assert one == same
    assert one.keys() == other.keys()
    assert one["intents/leaves-2.yaml"] != other["intents/leaves-2.yaml"]
