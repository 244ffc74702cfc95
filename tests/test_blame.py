import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor import EntryError, Tutor
from tutor.blame import Reading, blame, origins, parts, read
from tutor.text import clean, words

QUESTIONS = [
    "How hot must the water be for green tea?",
    "What is the difference between green and black tea, or sencha and assam?",
    "tea",
    "Is is is boiling watre bad for senchas?",
    "qwertz",
    "steep_time, steepTime or brewing time of 1,000 cups: isn't it 4 minutes?",
]
TEXTS = st.lists(st.sampled_from([*" ".join(QUESTIONS).split(), "ß", "a", "İx"]), min_size=1, max_size=12).map(" ".join)


def reading(tea: Tutor, text: str) -> Reading:
    return read(tea._mind.router, clean(text))


@pytest.mark.parametrize("question", QUESTIONS)
def test_what_features_add_and_the_intercept_are_the_score(tea: Tutor, question: str) -> None:
    found, table = reading(tea, question), tea._mind.router.weights.merged
    for number, score in enumerate(found.scores.entries):
        added = sum(part.weight for part in parts(found, table, number))
        assert added + table.intercepts[number] == pytest.approx(score, abs=1e-6)


def test_the_strongest_feature_for_an_entry_comes_first(tea: Tutor) -> None:
    table = tea._mind.router.weights.merged
    weights = [part.weight for part in parts(reading(tea, QUESTIONS[0]), table, 0)]
    assert weights == sorted(weights, reverse=True)
    assert 0.0 not in weights


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_every_feature_comes_from_words_that_are_there(tea: Tutor, text: str) -> None:
    found = reading(tea, text)
    places = origins(found)
    for block, features in found.cut.items():
        for feature in features:
            assert set(places[block, feature]) <= set(range(len(found.said)))
            assert places[block, feature] or set(feature.split()) <= {"<", ">"}


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_the_words_share_out_all_that_the_features_add(tea: Tutor, text: str) -> None:
    found, table = reading(tea, text), tea._mind.router.weights.merged
    added = parts(found, table, 0)
    weights = blame(found, added)
    assert list(weights) == list(dict.fromkeys(words(clean(text))))
    assert sum(weights.values()) == pytest.approx(sum(part.weight for part in added), abs=1e-6)


@pytest.mark.parametrize(
    ("block", "feature", "said"),
    [
        ("stem", "differ", ["differing"]),
        ("stem", "<", []),
        ("pair", "< how", ["how"]),
        ("pair", "green and", ["green", "and"]),
        ("skip", "green black", ["green", "black"]),
        ("skip", "and >", ["and"]),
        ("letters", " gre", ["green"]),
        ("letters", "ack ", ["black"]),
        ("name", "black tea", ["assam"]),
        ("name", "black tea & green tea", ["assam", "green", "tea"]),
        ("name", "? do", ["how", "do"]),
        ("name", "green tea ? do", ["green", "tea", "how", "do"]),
    ],
)
def test_a_feature_comes_from_the_words_that_it_is_made_of(
    tea: Tutor, block: str, feature: str, said: list[str]
) -> None:
    found = reading(tea, "How do green tea, assam, differing green and black")
    assert feature in found.cut[block]
    assert sorted({found.said[place] for place in origins(found)[block, feature]}) == sorted(said)


def test_a_misspelt_word_is_blamed_as_it_was_written(tea: Tutor) -> None:
    weights = tea.blame("How hot must the watre be for senhca?", "fact.green-tea")
    assert list(weights) == ["how", "hot", "must", "the", "watre", "be", "for", "senhca"]
    assert weights["senhca"] > 0.1


def test_the_first_candidate_is_blamed_when_none_is_named(tea: Tutor) -> None:
    question = QUESTIONS[0]
    assert tea.blame(question) == tea.blame(question, tea.explain(question).candidates[0].entry)
    assert tea.blame(question) != tea.blame(question, "tip.breakfast-pot")


def test_blaming_for_an_entry_that_is_not_there_names_the_nearest(tea: Tutor) -> None:
    with pytest.raises(EntryError, match=r"there is no entry fact\.green; did you mean fact\.green-tea\?"):
        tea.blame(QUESTIONS[0], "fact.green")


@pytest.mark.parametrize("question", ["", " ?! ", "tea " * 6000])
def test_a_question_that_is_not_read_is_not_blamed(tea: Tutor, question: str) -> None:
    assert tea.blame(question) == {}
