"""The command line: parse, call one function, print."""

from pathlib import Path

import click

from tutor.errors import PackError


@click.group()
def main() -> None:
    """tutor"""


@main.command()
@click.argument("pack", type=click.Path(path_type=Path), required=False)
@click.option("--evidence", type=click.Path(path_type=Path))
def check(pack: Path | None, evidence: Path | None) -> None:
    """check"""
    from tutor.check import check as faults_of
    from tutor.grounding import load_evidence, unsupported
    from tutor.pack import bundled, read_files, read_pack

    try:
        read, places = read_pack(read_files(pack or bundled()))
        faults = faults_of(read, places)
        if evidence:
            faults += list(unsupported(read, places, load_evidence(evidence, read)))
    except PackError as error:
        faults = list(error.faults)
    for fault in faults:
        click.echo(str(fault))
    raise SystemExit(bool(faults))
