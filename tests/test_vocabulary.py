"""The words of the bundled pack: names of the field, slots and decisions, and how learners say the values."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from tutor.slots import read_slots
from tutor.subject import Pack
from tutor.terms import LONGEST, Lexicon
from tutor.text import words


@pytest.fixture(scope="module")
def catalogue(shared: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((shared / "catalogue.yaml").read_text(encoding="utf-8"))
    return loaded


def test_the_pack_knows_at_least_150_names_of_the_field(pack: Pack) -> None:
    assert len({term.name for term in pack.terms}) >= 150


def test_every_name_and_alias_leads_to_its_own_term_and_no_other(pack: Pack) -> None:
    lexicon = Lexicon.of(pack.terms)
    astray = [
        (name, found)
        for term in pack.terms
        for name in (term.name, *term.aliases, *term.formerly)
        if (found := [each.term for each in lexicon.find(words(name))]) != [term.name]
    ]
    assert astray == []


def test_no_name_is_longer_than_the_lexicon_looks(pack: Pack) -> None:
    names = [name for term in pack.terms for name in (term.name, *term.aliases, *term.formerly)]
    assert [name for name in names if len(words(name)) > LONGEST] == []


@pytest.mark.parametrize(
    ("term", "spellings"),
    [
        ("applyInPandas", ["applyInPandas", "apply_in_pandas", "apply in pandas", "ApplyInPandas()", "applyinpandas"]),
        ("mapInPandas", ["mapInPandas", "map_in_pandas", "map in pandas", "df.mapInPandas(f)"]),
        (
            "Databricks Asset Bundles",
            ["DABs", "a DAB", "Databricks Asset Bundles", "Declarative Automation Bundles", "asset bundles"],
        ),
        ("OneHotEncoder", ["OneHotEncoder", "one_hot_encoder", "one hot encoder", "one-hot encoder"]),
        ("VectorAssembler", ["VectorAssembler", "vector assembler", "vector_assembler"]),
    ],
)
def test_every_spelling_of_a_name_leads_to_one_term(pack: Pack, term: str, spellings: list[str]) -> None:
    lexicon = Lexicon.of(pack.terms)
    assert [{found.term for found in lexicon.find(words(said))} for said in spellings] == [{term}] * len(spellings)


def test_the_18_slots_of_the_catalogue_exist_with_exactly_its_values(pack: Pack, catalogue: dict[str, Any]) -> None:
    assert len(catalogue["slots"]) == 18
    assert {name: list(slot.values) for name, slot in pack.slots.items()} == {
        name: slot["values"] for name, slot in catalogue["slots"].items()
    }


def test_the_15_decisions_of_the_catalogue_exist_with_its_slots(pack: Pack, catalogue: dict[str, Any]) -> None:
    assert len(catalogue["decisions"]) == 15
    assert {name: set(decision.slots) for name, decision in pack.decisions.items()} == {
        name: set(decision["slots"]) for name, decision in catalogue["decisions"].items()
    }


def test_every_decision_ends_only_in_outcomes_the_catalogue_gives(pack: Pack, catalogue: dict[str, Any]) -> None:
    for name, decision in catalogue["decisions"].items():
        assert {rule.outcome for rule in pack.decisions[name].rules} <= set(decision["outcomes"]), name


# What learners say when the slot's own question was asked.
REPLIES: dict[str, dict[str, list[str]]] = {
    "latency": {
        "per-request": ["in real time", "the user is waiting for it", "within 100 ms", "while they wait", "sub-second"],
        "scheduled": ["every night", "a nightly job", "once a week is enough", "in batch", "daily", "overnight"],
        "continuous": ["as events arrive", "streaming", "from a Kafka topic", "events keep coming continuously"],
    },
    "data_size": {
        "one-machine": ["it fits on one machine", "500 rows", "3 GB", "a few thousand rows", "small", "under 1 GB"],
        "cluster": ["50 million rows", "2 TB", "it does not fit on one machine", "1,000,000,000 records", "billions"],
    },
    "rollback": {
        "instant": ["within seconds", "instantly", "in 10 seconds", "right away!", "immediately", "at once"],
        "gradual": [
            "gradual is fine",
            "step by step",
            "it can take a while",
            "a few hours",
            "no rush",
            "not instantly",
        ],
    },
    "exposure": {
        "everyone": ["everyone", "all users", "100 %", "everybody may"],
        "few": ["only a few", "5%", "a small share of users", "no more than 5 percent", "not everyone"],
        "nobody": ["nobody", "no users", "no one may see them", "zero exposure", "nobody at all"],
    },
    "algorithm": {
        "spark-native": ["yes", "Spark ML has it", "it's in MLlib", "logistic regression", "yep"],
        "single-node-library": ["no", "scikit-learn", "we use XGBoost", "no, it is a Python library", "sklearn only"],
    },
    "grouping": {
        "per-group": ["yes", "one model per store", "all rows of one group", "for each region", "yes, it does"],
        "no-groups": ["no", "row by row", "no groups", "any batch of rows", "nope"],
    },
    "bottleneck": {
        "memory-of-one-step": ["memory", "it runs out of memory", "OOM errors", "RAM of one step"],
        "data-volume": ["too much data", "the data grows", "the amount of data", "data volume"],
        "computation": ["compute", "CPU", "the computation", "the number of trials"],
    },
    "model_fits": {
        "fits": ["yes", "it fits", "yes, it fits on one GPU", "it does"],
        "too-large": ["no", "it is too big", "doesn't fit", "it does not fit in memory", "not on one node"],
    },
    "feature_type": {
        "numerical": ["numerical", "numeric", "a float column", "the price", "it is continuous"],
        "categorical": ["categorical", "a string column", "country codes are a category", "discrete"],
        "mixed": ["both", "numeric and categorical", "mixed", "all feature types"],
    },
    "monitored": {
        "table-state": ["the state of a table", "data quality", "a static table", "null counts"],
        "trends-over-time": ["trends over time", "week by week", "gradual change", "the trend"],
        "endpoint-predictions": [
            "the predictions",
            "what the model predicts",
            "requests and responses",
            "our endpoint predictions",
        ],
    },
    "known_when": {
        "precomputed": ["ahead of time", "it is computed nightly", "in advance", "precomputed"],
        "only-at-request": ["only at request time", "it comes with the request", "only known then", "from the request"],
        "as-of-past-event": ["as of the event", "historical values", "at the time of the event", "as it was back then"],
    },
    "labels": {
        "available": ["yes", "we have labels", "yes we do", "yeah", "no, we have labels"],
        "missing": ["no", "not yet", "no labels yet", "we don't have labels", "labels are not available", "none yet"],
    },
    "onset": {
        "sudden-after-release": ["right after the release", "suddenly after we deployed", "since the deployment"],
        "gradual": ["slowly", "over weeks", "little by little", "gradually"],
        "upstream-data-fault": ["the schema changed", "an upstream data fault", "nulls appeared in the feed"],
        "endpoint-errors": ["timeouts", "the endpoint is slow", "HTTP 500 errors", "endpoint errors"],
    },
    "serving_logic": {
        "custom": ["yes", "custom preprocessing", "we need extra steps", "yes, label decoding"],
        "plain": ["no", "just predict", "no preprocessing", "nothing extra", "the model's own predict is enough"],
    },
    "tested": {
        "one-function": [
            "one function",
            "a helper function in isolation",
            "the transformation logic",
            "a single function",
        ],
        "components-together": ["that the components work together", "the interaction", "integration"],
        "whole-pipeline": [
            "the whole pipeline",
            "end to end",
            "everything from start to finish",
            "the entire pipeline",
        ],
    },
    "caller": {
        "manage-lifecycle-in-python": [
            "we create endpoints from Python",
            "our CI/CD pipeline",
            "to manage them",
            "python automation",
        ],
        "request-predictions": [
            "a mobile app",
            "a Java application that wants predictions",
            "curl",
            "to get predictions",
        ],
    },
    "search_budget": {
        "limited": ["limited", "very little", "a tight budget", "not much"],
        "ample": ["plenty", "unlimited", "we have enough compute", "a lot"],
    },
    "pointer": {
        "experiment-record": ["a training run", "the experiment", "the logged metrics", "parameters and metrics"],
        "release-artifact": ["a registered version", "a specific version", "the artifact to deploy"],
        "trusted-version": ["the currently trusted version", "the current champion", "whichever version is live"],
        "deployed-interface": ["the endpoint", "what clients call", "the REST address", "the URL"],
    },
}

# What a question of its own settles on the way.
FREE: dict[str, dict[str, list[str]]] = {
    "latency": {
        "per-request": [
            "A user is waiting for the answer at checkout, which serving fits?",
            "Each call must respond within 80 ms, what do we deploy?",
        ],
        "scheduled": ["We score all customers overnight, what fits?", "A nightly job writes predictions, which mode?"],
        "continuous": ["Predictions are made as events arrive from Kafka", "We score an event stream around the clock"],
    },
    "data_size": {
        "one-machine": [
            "Our training data fits on one machine, which library?",
            "We train on 20,000 rows, do we need Spark?",
        ],
        "cluster": ["We have 200 million records to train on", "The table has 5+ TB of data, how do we train?"],
    },
    "rollback": {
        "instant": [
            "A bad release must be undone within seconds, which rollout?",
            "We must be able to roll back instantly",
        ],
        "gradual": ["We do not need instant rollback", "The rollback may take 2 hours, which rollout?"],
    },
    "exposure": {
        "everyone": ["Everyone may see the new model, which rollout?", "All users see the new version at once"],
        "few": ["Only a few users may see the new model", "It starts with 5% of traffic, which rollout?"],
        "nobody": ["Its predictions are never shown to users", "The new model runs hidden from users"],
    },
    "algorithm": {
        "spark-native": [
            "There is a distributed implementation of it, what now?",
            "We train the algorithm in Spark ML",
        ],
        "single-node-library": [
            "We want to tune scikit-learn models, which approach?",
            "The library is XGBoost, what now?",
        ],
    },
    "grouping": {
        "per-group": ["We fit one model per store, which pandas function?", "Train a separate model for each product"],
        "no-groups": ["The function works on independent rows, which one?", "Partition boundaries do not matter here"],
    },
    "bottleneck": {
        "memory-of-one-step": ["A wide join does not fit in memory, how do we scale?", "The step is memory bound"],
        "data-volume": ["The dataset is huge, how do we scale?", "There is too much data for this cluster"],
        "computation": [
            "The job is CPU bound, what do we do?",
            "Independent Python functions on fixed data, how to scale?",
        ],
    },
    "model_fits": {
        "fits": ["The model fits on one GPU, how do we train it faster?", "Our model fits, which parallelism?"],
        "too-large": [
            "The network exceeds a single node, what now?",
            "It has billions of parameters, how do we train it?",
        ],
    },
    "feature_type": {
        "numerical": ["Which test suits a continuous feature?", "Did this numerical column drift?"],
        "categorical": ["Which drift test suits a categorical feature?", "A string column changed, which test?"],
        "mixed": [
            "I want one comparable score across feature types",
            "Numerical and categorical features, which test?",
        ],
    },
    "monitored": {
        "table-state": ["We watch null counts, which profile?", "Which profile shows the state of a table?"],
        "trends-over-time": ["How the columns change week by week, which profile?", "We compare time windows"],
        "endpoint-predictions": ["Which profile for requests and responses?", "We watch what the model predicts"],
    },
    "known_when": {
        "precomputed": ["The feature is computed nightly, where does it live?", "Values are known ahead of time"],
        "only-at-request": ["The value comes with the request", "It depends on what the user just typed"],
        "as-of-past-event": ["We need the value at the time of the event", "Training rows must see no future data"],
    },
    "labels": {
        "available": ["We have labels for last week", "Accuracy fell and ground truth is here: we have ground truth"],
        "missing": ["There are no labels yet, what can we watch?", "We do not have labels, what now?"],
    },
    "onset": {
        "sudden-after-release": ["Accuracy dropped right after the release", "It broke since the deployment"],
        "gradual": ["Accuracy fell little by little", "Precision has been drifting down over weeks"],
        "upstream-data-fault": ["The upstream data changed", "A schema change hit the model"],
        "endpoint-errors": ["We see endpoint errors", "There are latency spikes in serving"],
    },
    "serving_logic": {
        "custom": ["Our model needs label decoding, how do we log it?", "Business rules run before predict"],
        "plain": ["It is a plain predict, how do we log it?", "The model needs no custom code"],
    },
    "tested": {
        "one-function": ["Which test checks the transformation logic?", "A helper function must be right, which test?"],
        "components-together": [
            "Do the components work together? Which test?",
            "Check that training completes, which test?",
        ],
        "whole-pipeline": ["Which test covers the whole pipeline?", "From raw data to deployment, which test?"],
    },
    "caller": {
        "manage-lifecycle-in-python": [
            "We create and update endpoints in a CI pipeline",
            "Python automation makes endpoints",
        ],
        "request-predictions": ["A web frontend needs scores", "An external application has to call the endpoint"],
    },
    "search_budget": {
        "limited": ["We are on a tight budget, which selection?", "Compute is limited, how do we select the model?"],
        "ample": ["There is enough compute, how do we select?", "With a large budget, which selection is best?"],
    },
    "pointer": {
        "experiment-record": ["Where do I find parameters and metrics?", "I look for the logged metrics"],
        "release-artifact": ["I need the versioned model", "Which artifact to deploy is meant?"],
        "trusted-version": ["Code should load whichever version is live", "We need a stable pointer"],
        "deployed-interface": ["What do clients call? I mean the REST address", "It is the API that apps call"],
    },
}


def _cases(table: dict[str, dict[str, list[str]]]) -> list[tuple[str, str, str]]:
    return [(slot, value, said) for slot, values in table.items() for value, all_ in values.items() for said in all_]


@pytest.mark.parametrize(("slot", "value", "said"), _cases(REPLIES))
def test_a_reply_to_the_question_settles_the_slot(pack: Pack, slot: str, value: str, said: str) -> None:
    assert read_slots(said, {slot: pack.slots[slot]}, asked=slot) == {slot: value}


@pytest.mark.parametrize(("slot", "value", "said"), _cases(FREE))
def test_a_question_of_its_own_settles_the_slot(pack: Pack, slot: str, value: str, said: str) -> None:
    assert read_slots(said, pack.slots).get(slot) == value


def test_both_tables_say_every_value_at_least_twice(pack: Pack) -> None:
    wanted = {(name, value) for name, slot in pack.slots.items() for value in slot.values}
    for table in (REPLIES, FREE):
        assert {
            (slot, value) for slot, values in table.items() for value, said in values.items() if len(said) >= 2
        } == wanted


@pytest.mark.parametrize("slot", list(REPLIES))
def test_the_label_and_the_id_of_a_value_settle_its_slot(pack: Pack, slot: str) -> None:
    for name, value in pack.slots[slot].values.items():
        assert read_slots(value.label, {slot: pack.slots[slot]}, asked=slot) == {slot: name}


@pytest.mark.parametrize(
    ("said", "slot", "value"),
    [
        ("We do not need instant rollback", "rollback", "gradual"),
        ("Instant rollback is not needed", "rollback", "gradual"),
        ("Instant rollback isn't required", "rollback", "gradual"),
        ("There is no need for instant rollback", "rollback", "gradual"),
        ("no labels yet", "labels", "missing"),
        ("not real time but streaming", "latency", "continuous"),
        ("Predictions are not real time but streaming", "latency", "continuous"),
        ("streaming rather than real-time scoring", "latency", "continuous"),
        ("we score overnight instead of in real time", "latency", "scheduled"),
        ("The model does not fit in memory", "model_fits", "too-large"),
    ],
)
def test_a_negation_binds_to_the_phrase_it_negates(pack: Pack, said: str, slot: str, value: str) -> None:
    assert read_slots(said, {slot: pack.slots[slot]}, asked=None if slot != "model_fits" else slot) == {slot: value}


@pytest.mark.parametrize(
    "said",
    [
        "batch or real-time?",
        "Should we use batch or real-time?",
        "batch vs. real-time scoring",
        "batch/real-time?",
        "Should predictions be batch, streaming or real time?",
        "real-time, batch, or streaming scoring?",
        "What is the difference between batch and real-time scoring?",
        "We never score overnight",
    ],
)
def test_alternatives_settle_nothing(pack: Pack, said: str) -> None:
    assert read_slots(said, {"latency": pack.slots["latency"]}) == {}


@pytest.mark.parametrize("said", ["batch or real-time?", "batch or in real time", "streaming, batch or real time"])
def test_alternatives_settle_nothing_even_as_a_reply(pack: Pack, said: str) -> None:
    assert read_slots(said, {"latency": pack.slots["latency"]}, asked="latency") == {}


@pytest.mark.parametrize(
    "said",
    [
        "2.15pm",
        "chapter 3",
        "Python 3.11",
        "version 7",
        "MLflow 3 or 4",
        "in 2026",
        "exam 2 of 5",
        "hello",
        "5 users wrote",
    ],
)
def test_figures_that_are_no_amounts_read_nothing(pack: Pack, said: str) -> None:
    assert read_slots(said, pack.slots) == {}


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("5 to 50 million rows", {}),
        ("between 20 and 50 million rows", {"data_size": "cluster"}),
        ("at least 10 million rows", {"data_size": "cluster"}),
        ("no more than 10,000 rows", {"data_size": "one-machine"}),
        ("more than 10,000 rows", {}),
        ("50M customers", {"data_size": "cluster"}),
        ("accuracy dropped 5 points", {}),
        ("a 70 billion parameter network", {}),
        ("we predict churn for the next 30 days", {}),
        ("predictions for 10,000 requests a second", {}),
    ],
)
def test_amounts_settle_a_slot_only_where_all_of_the_range_does(pack: Pack, said: str, read: dict[str, str]) -> None:
    slots = {name: pack.slots[name] for name in ("data_size", "latency")}
    assert read_slots(said, slots) == read
