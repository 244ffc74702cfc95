import re

import pytest

from tutor import Tutor
from tutor.blame import Part
from tutor.explanation import Amount, Bar, Explanation, Name, Ranked, Share, Signal, Verdict, Vote, Word
from tutor.render.explain import explained

WATER = "How hot must the watre be for sencha?"
ALL = Explanation(
    question="is asam ok for 5 users?",
    verdict=Verdict("answer", 0.9, entry="fact.assam", decision="which-tea"),
    words=(Word("is", "is", True), Word("asam", "assam", True), Word("ok", "ok", False)),
    names=(Name("black tea", ("asam",)),),
    slots={"guests": "many"},
    amounts=(
        Amount("5 users", "rows", 5, 5), Amount("over 1 h", "seconds", 3600, None), Amount("2-3 s", "seconds", 2, 3),
    ),
    forms=("believe", "fail"),
    answerable=0.95,
    inside=0.8,
    outside=0.1,
    known=2 / 3,
    bars=(Bar("answer", 0.6, 0.9, True), Bar("known", 0.7, 2 / 3, False)),
    candidates=(
        Ranked(
            "fact.assam", "Assam is strong", 0.9, 1.5, -0.5, (Vote("logistic", 1.0, 1), Vote("margin", 0.5, 12)),
            "leaves", 0.8, (Part("pair", "< is", 1.25), Part("letters", " ass", 0.75)), (Part("stem", ">", -0.5),),
            {"is": 1.0, "asam": 1.25, "ok": -0.25},
        ),
        Ranked("tip.pot", "A pot", 0.05, -2.0, -2.0, (Vote("logistic", -1.0, 2), Vote("margin", -1.0, 1)),
               "hours", 0.1, (), (), {"is": 0.0, "asam": 0.0, "ok": 0.001}),
    ),
    shares=(Share("decision", "which-tea", 0.25), Share("outside", "near", 0.0625)),
    signals=(Signal("best", 1.5, 0.5, -0.25), Signal("topic lead", 4.0, -1.0, 0.0)),
)  # fmt: skip
TOLD = """\
words       is assam ok
repaired    asam → assam
unknown     ok
names       black tea (asam)
slots       guests = many
amounts     5 users = 5 rows, over 1 h = 3,600 seconds or more, 2-3 s = 2 to 3 seconds
form        believe, fail
verdict     answers fact.assam by the decision which-tea
confidence  0.900
answerable  0.950 (likeliest topic 0.800, no topic 0.100)

bar        at   here           what is compared
answer  0.600  0.900  reached  confidence of the first candidate, from which it is answered
known   0.700  0.667  missed   share of known words, below which they are to blame for a decline

   candidate   confidence  score  logistic (rank)  margin (rank)  topic   its share
1  fact.assam       0.900   1.50         1.00 (1)      0.50 (12)  leaves      0.800
2  tip.pot          0.050  -2.00        -1.00 (2)      -1.00 (1)  hours       0.100

1  fact.assam: Assam is strong
   words    asam +1.25, is +1.00, ok -0.25
   for      pair “(start) is” +1.25, letters “ ass” +0.75
   against  stem “(end)” -0.50

2  tip.pot: A pot
   words    –
   for      –
   against  –

not an entry        share
decision which-tea  0.250
outside near        0.062

signal      value  answerable  first right
best         1.50       +0.50        -0.25
topic lead   4.00       -1.00        +0.00"""
FIGURES = """\
words       how hot must the water be for sencha
repaired    watre → water
names       water temperature (how hot), green tea (sencha)
slots       –
form        believe
verdict     answers fact.green-tea
confidence  #
answerable  # (likeliest topic #, no topic #)

bar at here what is compared
answer # # reached confidence of the first candidate, from which it is answered
choose # # reached confidence of a candidate, from which it is offered for choice
clear # # missed confidence of the first candidate, from which it is answered where a decision is open
decide # # missed share of the likeliest decision, from which it is asked about
ask # # missed that share beside the likeliest topic, from which it is asked about
known # # reached share of known words, below which they are to blame for a decline

candidate confidence score logistic (rank) margin (rank) topic its share
1 fact.green-tea # # # (1) # (1) leaves #
"""


def test_an_explanation_is_told_in_aligned_columns() -> None:
    assert explained(ALL) == TOLD


def test_a_question_about_tea_is_explained(tea: Tutor) -> None:
    head, _, tables = explained(tea.explain(WATER)).partition("\n\n")
    masked = "\n".join(re.sub(r"  +", " ", line).strip() for line in tables.splitlines())
    told = re.sub(r"[-+]?\d+\.\d+", "#", f"{head}\n\n{masked}").splitlines()
    assert told[: FIGURES.count("\n")] == FIGURES.splitlines()
    assert "1  fact.green-tea: Green tea wants cooler water\n   words    sencha +" in tables


@pytest.mark.parametrize(
    ("verdict", "said"),
    [
        (Verdict("answer", 0.9, entry="fact.a"), "answers fact.a"),
        (Verdict("ask", 0.9, decision="which", slot="hour"), "asks for hour of the decision which"),
        (Verdict("choose", 0.4, offered=("fact.a", "fact.b")), "offers a choice of fact.a, fact.b"),
        (Verdict("decline", 0.1, reason="out-of-scope"), "declines: out-of-scope"),
        (Verdict("chat", 0.9, talk="greeting"), "small talk: greeting"),
        (Verdict("chat", 1.0), "a word about the dialogue"),
    ],
)
def test_every_verdict_is_told(verdict: Verdict, said: str) -> None:
    told = Explanation("tea", verdict, words=ALL.words, candidates=ALL.candidates)
    assert f"\nverdict     {said}\n" in explained(told)


@pytest.mark.parametrize(
    ("question", "line"),
    [
        (" ?! ", "There is no question in this. Ask in your own words."),
        ("tea " * 6000, "This is longer than the 20000 characters I read. Send the part that asks."),
    ],
)
def test_a_question_that_is_not_read_is_told_in_one_line(tea: Tutor, question: str, line: str) -> None:
    assert explained(tea.explain(question)) == line
