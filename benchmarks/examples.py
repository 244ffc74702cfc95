"""The examples the tutor learns from, as texts with one class each, for any other learner to learn from too."""

from collections.abc import Iterator

from tutor.pack import Pack


def examples(pack: Pack) -> Iterator[tuple[str, str]]:
    """Yield (text, class): the class is an entry, "decision …", "talk …", or "outside near" or "far"."""
    for name, asked in pack.examples.items():
        yield from ((question, name) for _, question in asked.by_style())
    for name, entry in pack.entries.items():
        yield from ((text, name) for text in (entry.title, f"{entry.title} {entry.answer} {entry.why}"))
    for name, openings in pack.openings.items():
        yield from ((question, f"decision {name}") for question in openings)
    for name, talk in pack.talk.items():
        yield from ((question, f"talk {name}") for question in talk.examples)
    for zone, subjects in pack.outside.items():
        yield from ((question, f"outside {zone}") for questions in subjects.values() for question in questions)
