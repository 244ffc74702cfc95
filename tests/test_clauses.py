"""Clauses and the places of their words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.clauses import _PIECE, _PLAIN_PIECE, clauses
from tutor.text import clean, words


def _clauses(text: str) -> list[str]:
    return [" ".join(clause.words) for clause in clauses(text)]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("One, two; three: four", ["one", "two", "three", "four"]),
        ("a well-known one - and another", ["a well known one", "and another"]),
        ("3.5 GB, 1,000 rows", ["35 gb", "1000 rows"]),
        ("applyInPandas or map_in_pandas", ["apply in pandas or map in pandas"]),
        ("it doesn’t fit", ["it doesn't fit"]),
        ("Yep. Nope.", ["yes", "nope"]),  # only at the head
        ("batch rather than streaming", ["batch not streaming"]),
        ("batch instead of streaming?", ["batch or streaming"]),
        ("batch as opposed to streaming. Why?", ["batch not streaming", "why"]),
        ("more than that", ["more than that"]),
        ("batch vs. streaming", ["batch vs streaming"]),
        ("batch/streaming", ["batch or streaming"]),
        ("batch / streaming", ["batch or streaming"]),
        ("CI/CD", ["ci cd"]),
        ("batch, streaming, or real-time", ["batch or streaming or real time"]),
        ("We wait, then it is nightly or weekly", ["we wait", "then it is nightly or weekly"]),
        ("", []),
        ("?!", []),
    ],
)
def test_a_text_is_cut_where_a_clause_ends(text: str, read: list[str]) -> None:
    assert _clauses(text) == read


@given(st.text(max_size=60).map(clean))
def test_every_word_stands_where_it_says(text: str) -> None:
    for clause in clauses(text):
        for word, (start, end) in zip(clause.words, clause.spans, strict=True):
            assert start < end
            assert word in ("or", "not", "yes", "no") or words(text[start:end].replace(".", "").replace(",", "")) in (
                (word,),
                (),
            )


@given(st.text(alphabet="abcXYZ019 -_'", max_size=60).map(clean))
def test_words_are_those_of_the_text(text: str) -> None:
    assert [word for clause in clauses(text) for word in clause.words] == list(words(text))


def test_words_are_given_back_as_written() -> None:
    text = "We use Scikit-Learn"
    (clause,) = clauses(text)
    assert clause.written(text, 2, 4) == "Scikit-Learn"
    assert clause.mended(str.upper).words == ("WE", "USE", "SCIKIT", "LEARN")


@pytest.mark.parametrize("part", ["rather than ", "a, ", "a or, ", "- ", "a/b ", "1,000", "aB", "?"])
def test_a_text_of_the_greatest_length_is_cut_whole(part: str) -> None:
    assert clauses(clean((part * 20_000)[:20_000])) is not None


@given(st.text(st.characters(codec="ascii", exclude_characters="0123456789")))
def test_plain_text_is_cut_by_a_simpler_pattern_into_the_same_pieces(text: str) -> None:
    said = clean(text)
    assert [match.span() for match in _PLAIN_PIECE.finditer(said)] == [match.span() for match in _PIECE.finditer(said)]
