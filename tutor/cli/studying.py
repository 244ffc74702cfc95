"""Commands that ask instead of answering: quiz, exam."""

import secrets
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tutor.cli.command import main, note, pack_option, progress, width

if TYPE_CHECKING:
    from tutor.fronts.study.log import OwnLog
    from tutor.fronts.study.sitting import Sitting
    from tutor.study.mock_exam import MockExam
    from tutor.study.wanted import Aim
    from tutor.subject import Pack

_SEEDS = 1_000_000

seed_option = click.option(
    "--seed", type=click.IntRange(min=0), metavar="N", help="The same seed asks the same questions; else chance does."
)
plain_option = click.option("--plain", "as_plain", is_flag=True, help="Plain text: no colours, no escape codes.")


@main.command()
@click.argument("words", nargs=-1)
@click.option("--topic", "topics", multiple=True, metavar="TOPIC", help="Only about this topic; may be repeated.")
@click.option("--weak", is_flag=True, help="Only what you do not know well yet.")
@click.option("--confused", is_flag=True, help="Only pairs that you mixed up.")
@click.option("--wrong", is_flag=True, help="Only questions that you got wrong last.")
@click.option("--count", type=click.IntRange(1, 200), default=10, show_default=True, help="How many questions.")
@seed_option
@plain_option
@pack_option
def quiz(
    words: tuple[str, ...],
    topics: tuple[str, ...],
    weak: bool,
    confused: bool,
    wrong: bool,
    count: int,
    seed: int | None,
    as_plain: bool,
    folder: Path | None,
) -> None:
    """Ask you questions about WORDS, or about anything, with hints before and reasons after each answer.

    What is due comes first, then what is new. Answer by number or letter, and say how sure you are; hint, skip, why and
    stop do what they say. Each answer is kept, for tutor due and tutor progress; tutor forget removes them.

    \b
    Example:
      tutor quiz drift --count 5
    """
    from tutor.fronts.shell.start import Wanted, open_shell
    from tutor.fronts.study.log import OwnLog
    from tutor.study.wish import Wish

    aim = _only({"weak": weak, "confused": confused, "wrong": wrong})
    wish = Wish(" ".join(words), topics, aim, count, secrets.randbelow(_SEEDS) if seed is None else seed)
    wanted = Wanted(folder, plain=as_plain, history=False, quiz=wish, log=OwnLog(note))
    open_shell(wanted, say=click.echo, note=progress)


def _only(aims: "dict[Aim, bool]") -> "Aim | None":
    wanted = [aim for aim, said in aims.items() if said]
    if len(wanted) > 1:
        raise click.UsageError(f"{' and '.join(f'--{aim}' for aim in wanted)} do not go together; take one of them")
    return wanted[0] if wanted else None


@main.command()
@click.option("--questions", type=click.IntRange(1, 500), metavar="N", help="A shorter exam, in proportion.")
@seed_option
@click.option("--new", "anew", is_flag=True, help="Drop an exam that waits, and begin a new one.")
@click.option("--last", is_flag=True, help="Sit none; report on the exam that was handed in last.")
@click.option("--details", is_flag=True, help="Also show each question that was not answered right, and why.")
@click.option(
    "--report", "page", type=click.Path(path_type=Path), metavar="FILE", help="Also write the report as HTML to FILE."
)
@plain_option
@pack_option
def exam(
    questions: int | None,
    seed: int | None,
    anew: bool,
    last: bool,
    details: bool,
    page: Path | None,
    as_plain: bool,
    folder: Path | None,
) -> None:
    """Sit a mock exam: as many questions, minutes and domains as the real one has.

    Every answer is kept at once. Pause it, close the terminal, or lose it: tutor exam goes on where it stood, and the
    clock stood still. Nothing is said of right and wrong until you hand in or time is over; then comes the report.

    \b
    Example:
      tutor exam --questions 20 --report exam.html
    """
    from tutor.fronts.study.log import OwnLog
    from tutor.fronts.study.start import last_exam

    if last:
        _only_last({"--new": anew, "--questions": questions is not None, "--seed": seed is not None})
    if page:
        from tutor.fronts.batch.targets import may_write

        may_write(page)  # better said before the exam than after it
    log = OwnLog()
    if last:
        pack, sat = last_exam(folder, log)
        kept = True
    else:
        sitting = _sat(log, folder, questions, seed, anew, as_plain)
        pack, sat, kept = sitting.pack, sitting.exam, sitting.kept
    if not sat.over:
        click.echo("Paused. tutor exam goes on with it; the clock stands still until then.")
        return
    _report(pack, sat, kept=kept, details=details, page=page)


def _only_last(said: dict[str, bool]) -> None:
    named = [option for option, given in said.items() if given]
    if named:
        does = "does" if len(named) == 1 else "do"
        raise click.UsageError(f"--last reports on an exam and sits none: {' and '.join(named)} {does} not go with it")


def _sat(
    log: "OwnLog", folder: Path | None, questions: int | None, seed: int | None, anew: bool, as_plain: bool
) -> "Sitting":
    from tutor.fronts.shell.settings import load_settings
    from tutor.fronts.study.start import Wanted, open_exam
    from tutor.here import now
    from tutor.kept import SETTINGS

    wanted = Wanted(
        folder,
        questions,
        secrets.randbelow(_SEEDS) if seed is None else seed,
        as_plain,
        anew,
        load_settings(SETTINGS.path).theme,
    )
    return open_exam(wanted, log, now=now, say=click.echo, note=note, ask=_yes)


def _yes(question: str, default: bool) -> bool:
    return click.confirm(question, default=default)


def _report(pack: "Pack", sat: "MockExam", *, kept: bool, details: bool, page: Path | None) -> None:
    from tutor.part import text_of
    from tutor.render.plain import wrapped
    from tutor.render.results import missed, report
    from tutor.study.result import exam_result

    said = exam_result(pack, sat)
    minutes = sat.spent / 60, sat.seconds / 60
    parts = [*report(said, minutes=minutes, kept=kept), *(missed(pack, said) if details else ())]
    click.echo(wrapped(text_of(parts), width()))
    if page:
        from tutor.fronts.batch.targets import write_text
        from tutor.here import zone
        from tutor.render.result_page import Sat, result_page

        day = f"{sat.over.astimezone(zone()):%Y-%m-%d %H:%M}" if sat.over else ""
        write_text(page, result_page(pack, said, Sat(day, *minutes, sat.seed, kept)))
        click.echo(f"{click.format_filename(page)}: written", err=True)
