"""Whether a phrase, marked by brackets, is stated, denied or only wondered about."""

import pytest

from tutor.negation import begins_denied, is_denied, stance


def _stance(said: str) -> str:
    words = said.split()
    start, end = words.index("["), words.index("]") - 1
    return stance([word for word in words if word not in "[]"], start, end)


@pytest.mark.parametrize(
    ("said", "how"),
    [
        ("we need [ streaming ]", "stated"),
        ("we do not need [ streaming ]", "denied"),
        ("we don't need [ streaming ]", "denied"),
        ("no [ streaming ]", "denied"),
        ("rollback doesn't have to be [ instant ]", "denied"),
        ("rollback doesn't really have to be at all [ instant ]", "denied"),
        ("it's not that the [ users wait ]", "denied"),
        ("not real time but [ streaming ]", "stated"),
        ("not for a long time have we liked [ streaming ]", "stated"),
        ("anything but [ streaming ]", "denied"),
        ("can't be seen by anybody but [ employees ]", "stated"),
        ("[ nobody ] but employees", "open"),
        ("[ everyone ] except employees", "open"),
        ("[ streaming ] but cheap", "stated"),
        ("we have no labels and need [ streaming ]", "stated"),
        ("no labels and [ streaming ]", "stated"),
        ("we do not need labels and [ streaming ]", "denied"),
        ("not only [ streaming ]", "stated"),
        ("not until [ next morning ]", "stated"),
        ("not without [ labels ]", "stated"),
        ("without [ labels ]", "denied"),
        ("isn't [ streaming ] enough", "stated"),
        ("it isn't [ streaming ]", "denied"),
        ("no it is [ streaming ]", "stated"),
        ("not sure about [ streaming ]", "open"),
        ("we do not know if it is [ streaming ]", "open"),
        ("whether it is [ streaming ]", "open"),
        ("unsure about [ streaming ]", "open"),
        ("[ streaming ] is not needed", "denied"),
        ("[ streaming ] we do not want", "denied"),
        ("[ streaming ] isn't an option", "denied"),
        ("[ streaming ] is overkill", "denied"),
        ("[ streaming ] does not stop", "stated"),
        ("[ streaming ] is here", "stated"),
        ("[ real time ] predictions are not a requirement", "denied"),
        ("[ real time ] predictions are a requirement", "stated"),
        ("not just [ one function ] but the whole", "open"),
        ("they avoid [ streaming ]", "denied"),
        ("it takes no more than [ a minute ]", "stated"),
        ("[ streaming ]", "stated"),
    ],
)
def test_a_negation_binds_to_its_phrase_and_stops_at_the_bounds_of_its_clause(said: str, how: str) -> None:
    assert _stance(said) == how


def test_words_deny_what_follows_them() -> None:
    assert is_denied("we do not wait 2 hours".split(), 4)
    assert not is_denied("we wait 2 hours".split(), 2)
    assert not is_denied([], 0)


def test_a_phrase_can_say_no_itself() -> None:
    assert begins_denied(["no", "labels"], 0)
    assert not begins_denied(["labels"], 0)
