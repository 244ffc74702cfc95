"""Replies that nobody would write, drawn by Hypothesis: long, empty-headed, full of markup."""

from hypothesis import strategies as st

from tests.test_reply import ANSWER, ASK
from tutor import Answer, Ask, Candidate, Chat, Choose, Cited, Decline, Flip, Option, Page, Reply

WORDS = st.lists(
    st.sampled_from(["tea", "a<b", "&amp;", "<!channel>", "<@U1>", "*bold*", "is.", "why?", "|", "`x`", "…", ">"]),
    min_size=1,
    max_size=12,
).map(" ".join)
LONG = st.tuples(WORDS, st.integers(1, 400)).map(lambda drawn: " ".join([f"{drawn[0]}."] * drawn[1]))
PROSE = st.one_of(WORDS, LONG)
TITLE = WORDS.map(lambda said: said[:80].strip() or "tea")
_URL = st.sampled_from(["https://example.org/a", "https://example.org/?a=1&b=2", "https://example.org/a|b"])
_CANDIDATES = st.lists(st.builds(Candidate, st.just("fact.tea"), TITLE, st.just(0.5)), max_size=5).map(tuple)
_CITED = st.lists(st.builds(Cited, st.just("book"), TITLE, st.just("2, 3-4"), st.none() | _URL), max_size=30).map(tuple)
_PAGES = st.lists(st.builds(Page, TITLE, _URL), max_size=40).map(tuple)
_FLIPS = st.lists(
    st.builds(Flip, st.just("hour"), st.just("night"), st.just("fact.tea"), TITLE, PROSE, also=st.just({})), max_size=6
).map(tuple)


def _answers() -> st.SearchStrategy[Answer]:
    fixed = {name: st.just(getattr(ANSWER, name)) for name in ("entry", "kind", "topic", "confidence", "see_also")}
    return st.builds(
        Answer,
        **fixed,
        title=TITLE,
        answer=PROSE,
        why=PROSE,
        decides=st.none() | PROSE,
        distractor=st.none() | PROSE,
        because=st.just({}),
        reason=st.none() | PROSE,
        branches=st.just(()),
        flips=_FLIPS,
        practice=st.none() | PROSE,
        citations=_CITED,
        references=_PAGES,
        alternatives=st.just(()),
        verdict=st.none() | TITLE,
        said=st.dictionaries(st.just("hour"), PROSE, max_size=1),
        note=st.none() | PROSE,
        against=PROSE,
        open_question=st.none() | PROSE,
        focus=st.sampled_from(["all", "sources", "against"]),
    )


def _asks() -> st.SearchStrategy[Ask]:
    labels = st.lists(PROSE | TITLE | st.sampled_from(["One cup", "A pot"]), min_size=1, max_size=8, unique=True)
    options = labels.map(lambda drawn: tuple(Option(f"v{at}", label) for at, label in enumerate(drawn)))
    return st.builds(
        Ask,
        decision=st.just(ASK.decision),
        slot=st.just("hour"),
        question=PROSE,
        options=options,
        why=PROSE,
        at_most=st.integers(1, 3),
        known=st.just({}),
        between=st.lists(TITLE, max_size=4).map(tuple),
        note=st.none() | PROSE,
    )


REPLIES: st.SearchStrategy[Reply] = st.one_of(
    _answers(),
    _asks(),
    st.builds(Choose, _CANDIDATES, PROSE, st.none() | PROSE),
    st.builds(Decline, _CANDIDATES, st.sampled_from(["out-of-scope", "too-long"]), st.none() | PROSE),
    st.builds(Chat, PROSE),
)
