"""Cleaning and cutting words."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.text import clean, fold, stem, words

ANY = st.text(alphabet=st.characters(), max_size=80)  # surrogates, controls and unassigned characters included


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("which  rollout\t?\n", "which rollout ?"),
        ("which\u00a0rollout", "which rollout"),
        ("roll\u200bback", "rollback"),
        ("roll\u00adback", "rollback"),
        ("\ufeff\u202eabc\u2066", "abc"),
        ("a\ud800b\udfff", "ab"),
        ("Ｆｕｌｌ　ｗｉｄｔｈ", "Full width"),
        ("ﬁt e\u0301", "fit é"),
        ("e\u200d\u0301", "é"),
        ("a\u0000b\u0007", "ab"),
        ("line\u2028break\x85here", "line break here"),
        ("naïve Größe", "naïve Größe"),
        ("", ""),
        (" \n\u200b ", ""),
    ],
)
def test_a_question_is_cleaned_of_what_nobody_sees(raw: str, cleaned: str) -> None:
    assert clean(raw) == cleaned


@given(ANY)
def test_cleaning_twice_is_cleaning_once(raw: str) -> None:
    assert clean(clean(raw)) == clean(raw)


@given(ANY)
def test_clean_text_is_one_line_that_can_be_written_down(raw: str) -> None:
    cleaned = clean(raw)
    cleaned.encode("utf-8")
    assert cleaned == " ".join(cleaned.split())
    assert not {unicodedata.category(char) for char in cleaned} & {"Cc", "Cf", "Cs", "Co", "Cn"}


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("applyInPandas", ("apply", "in", "pandas")),
        ("apply_in_pandas()", ("apply", "in", "pandas")),
        ("SparkML, MLflow", ("spark", "ml", "mlflow")),
        ("scikit-learn", ("scikit", "learn")),
        ("12,500 rows", ("12500", "rows")),
        ("1,234,567", ("1234567",)),
        ("1_000_000", ("1000000",)),
        ("12,5000", ("12", "5000")),
        ("2.15pm", ("2", "15pm")),
        ("don't", ("don't",)),
        ("don’t", ("don't",)),
        ("'quoted'", ("quoted",)),
        ("the model's", ("the", "model's")),
        ("A/B", ("a", "b")),
        ("STRASSE Straße", ("strasse", "strasse")),
        ("5% & 10 €", ("5", "10")),
        ("?!… — ()", ()),
        ("", ()),
    ],
)
def test_text_is_cut_into_words(text: str, cut: tuple[str, ...]) -> None:
    assert words(text) == cut


@given(ANY)
def test_words_are_never_empty_and_hold_no_space(raw: str) -> None:
    assert all(word and not any(char.isspace() or char == "_" for char in word) for word in words(clean(raw)))


@given(st.lists(st.from_regex(r"[a-z]{1,8}", fullmatch=True), min_size=1, max_size=6))
def test_all_ways_of_writing_a_name_fold_into_one(parts: list[str]) -> None:
    plain = " ".join(parts)
    camel = parts[0] + "".join(part.capitalize() for part in parts[1:])
    spellings = {plain, plain.upper(), "_".join(parts), "-".join(parts)}
    if all(len(part) > 1 for part in parts):  # aBC could be cut in more than one way
        spellings.add(camel)
    assert {fold(spelling) for spelling in spellings} == {plain}


def test_text_of_the_greatest_length_is_cut_whole() -> None:
    assert len(words(clean("batch\u200b " * 3000))) == 3000
    assert words(clean("a" * 20_000)) == ("a" * 20_000,)


@pytest.mark.parametrize(
    ("word", "root"),
    [
        ("predictions", "predict"),
        ("scoring", "score"),
        ("batches", "batch"),
        ("drift", "drift"),
        ("50", "50"),
        ("", ""),
    ],
)
def test_words_have_stems(word: str, root: str) -> None:
    assert stem(word) == root
