"""What is made once of the same objects."""

from tutor.once import Once


def test_the_same_objects_are_made_of_only_once_and_equal_ones_once_more() -> None:
    once: Once[list[int]] = Once(lambda one, other: [*one, *other])
    one, equal, other = [1, 2], [1, 2], [3]
    made = once(one, other)
    assert made == once(equal, other) == [1, 2, 3]
    assert once(one, other) is made
    assert once(equal, other) is not made


def test_when_too_much_is_kept_all_of_it_is_forgotten() -> None:
    made: list[object] = []
    once: Once[None] = Once(made.append, most=2)
    first, second, third = [1], [2], [3]
    for one in (first, second, third, third, first):  # the third one has no room beside the others
        once(one)
    assert made == [first, second, third, first]


def test_objects_that_were_thrown_away_are_not_taken_for_new_ones() -> None:
    once: Once[list[int]] = Once(list)
    assert [once([number]) for number in range(1000)] == [[number] for number in range(1000)]
