"""Decks: the exercises of a pack as a file for other programs: Anki, Moodle (GIFT), tables (csv).

A file appears whole or not at all; "-" is standard output. A BatchError when it cannot be written.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from tutor.errors import StudyError
from tutor.fronts.batch.formats.delimited import guarded
from tutor.fronts.batch.targets import opened
from tutor.render.cards import BACK, COLUMNS, FIELDS, FRONT, card, columns
from tutor.render.gift import bank
from tutor.study.exercise import Exercise, drawn
from tutor.subject import Pack


def write_anki(pack: Pack, exercises: Iterable[Exercise], path: Path) -> None:
    """Write *exercises* as an Anki package, a note for each.

    Notes are known by the key of the exercise, so that a second import updates them, also after a wording was edited.
    A StudyError where the package genanki is missing.
    """
    try:
        import genanki
    except ImportError:
        raise StudyError("the package genanki is missing; pip install 'scenario-tutor[study]'") from None
    model = genanki.Model(
        _number(pack, "model"),
        f"{pack.about.title} (tutor)",
        fields=[{"name": name} for name in FIELDS],
        templates=[{"name": "Exercise", "qfmt": FRONT, "afmt": BACK}],
        css=".card { font-family: sans-serif; font-size: 18px; text-align: left; }",
    )
    deck = genanki.Deck(_number(pack, "deck"), pack.about.title)
    for exercise in exercises:
        guid = genanki.guid_for(pack.about.name, exercise.key)
        deck.add_note(genanki.Note(model, list(card(exercise)), guid=guid, tags=[exercise.topic, exercise.kind]))
    package = io.BytesIO()  # a zip, for which one must be able to go back
    genanki.Package(deck).write_to_file(package)
    _write(path, package.getvalue())


def write_gift(pack: Pack, exercises: Iterable[Exercise], path: Path) -> None:
    """Write *exercises* as a question bank that Moodle imports."""
    _write(path, bank(pack.about.title, exercises).encode())


def write_csv(exercises: Sequence[Exercise], path: Path) -> None:
    """Write *exercises* as a table that `tutor batch` takes as well; no cell is a formula to a spreadsheet."""
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(map(guarded, columns(one)) for one in exercises)
    _write(path, table.getvalue().encode())


def _write(path: Path, raw: bytes) -> None:
    with opened(str(path)) as file:
        file.write(raw)


def _number(pack: Pack, what: str) -> int:
    """Return a number for *what* that is always the same for the pack, of the size that Anki takes."""
    return int(drawn("anki", what, pack.about.name)[:12], 16) % (1 << 30) + (1 << 30)
