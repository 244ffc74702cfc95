"""Many texts at once are routed as each alone, to the bit."""

from dataclasses import astuple

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.small_weights import CLASSES, small_weights
from tutor import Tutor
from tutor.confidence import SIGNALS
from tutor.router import Route, Router
from tutor.text import clean
from tutor.weights import Classes, Weights

WORDS = "green tea pot cup what is the hot water new".split()
KNOWN = [f"stem {word}" for word in (*WORDS[:6], "<", ">")] + ["pair green tea", "skip < tea", "letters  tea"]
SOME = Classes(
    ("fact.a", "fact.b", "fact.c", "fact.d"),
    ("outside far", "outside near", "topic a", "topic b", "decision which", "talk hello", "talk thanks"),
    (2, 2, 3, 3),
)
ALONE = Classes(("fact.a",), ("topic a",), (0,))
FACTORS = st.floats(-3, 3)
TEXTS = st.lists(st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join), min_size=1, max_size=6)


@st.composite
def tables(draw: st.DrawFn) -> Weights:
    """Draw weights in which many classes are equal, so that ties count."""
    classes = draw(st.sampled_from([SOME, CLASSES, ALONE]))
    count = len(classes.entries) + len(classes.groups)
    names = draw(st.lists(st.sampled_from(KNOWN), unique=True))
    numbers = st.lists(st.sampled_from([0, 0, 1, -1, 60, -127]), min_size=count, max_size=count)
    signals = st.fixed_dictionaries(dict.fromkeys((*SIGNALS, "bias"), FACTORS))
    sharpness = {"entries": draw(st.floats(0.1, 9)), "groups": draw(st.floats(0.1, 9))}
    bars = {"answer": draw(st.floats(0, 1)), "choose": draw(st.floats(0, 1))}
    return small_weights(
        {name: draw(st.floats(1, 8, width=32)) for name in names},
        {name: draw(numbers) for name in names},
        scales={name: draw(st.floats(0.0625, 1, width=32)) for name in names},
        intercepts=draw(st.lists(st.sampled_from([0.0, -0.5, -700.0]), min_size=count, max_size=count)),
        classes=classes,
        calibration={"inside": draw(signals), "right": draw(signals), "sharpness": sharpness, "bars": bars},
    )


def told(route: Route) -> tuple[object, ...]:
    return astuple(route)


@settings(deadline=None, max_examples=300)
@given(weights=tables(), texts=TEXTS)
def test_many_texts_are_routed_as_each_alone_whatever_the_weights(weights: Weights, texts: list[str]) -> None:
    together = Router(weights).route_all(texts)
    assert list(map(told, together)) == [told(Router(weights).route(text)) for text in texts]


@settings(deadline=None, max_examples=50)
@given(st.lists(st.text(max_size=40), max_size=5))
def test_any_texts_are_routed_as_each_alone(tea: Tutor, texts: list[str]) -> None:
    router, cleaned = Router(tea.weights), [*map(clean, texts), "Which tea should I brew?", "hello"]
    assert router.route_all(cleaned) == [router.route(text) for text in cleaned]


def test_no_texts_have_no_routes(tea: Tutor) -> None:
    assert Router(tea.weights).route_all([]) == []
