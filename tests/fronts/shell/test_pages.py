"""The page for learners shows the keys and commands of the tables, all of them and in their order."""

from tests.conftest import HERE
from tutor.fronts.shell.commands import COMMANDS
from tutor.fronts.shell.keys import KEYS

PAGE = (HERE.parent / "docs" / "learners.md").read_text(encoding="utf-8")


def rows(heading: str) -> list[str]:
    """Return the rows of the first table below *heading*."""
    below = PAGE.partition(f"### {heading}\n")[2].partition("|---|---|\n")[2]
    return below.partition("\n\n")[0].splitlines()


def test_the_page_shows_every_key() -> None:
    assert rows("Keys") == [f"| {key} | {does} |" for key, does in KEYS]


def test_the_page_shows_every_command() -> None:
    assert rows("Commands") == [f"| `{one.usage}` | {one.about.rstrip('.')} |" for one in COMMANDS.values()]
