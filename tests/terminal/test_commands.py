"""Scenes of the commands of the shell, and of a pack that changes under it."""

import pytest

from tests.terminal.conftest import READY
from tests.terminal.expected import shows
from tests.terminal.home import Home
from tests.terminal.terminal import Terminal
from tests.terminal.test_asking import WHICH


@pytest.mark.parametrize(
    ("scene", "lines"),
    [
        ("help", ["/help"]),
        ("help-of-one", ["/help set"]),
        ("help-misspelt", ["/hlep"]),
        ("topics", ["/topics"]),
        ("topics-of-one", ["/topics hours"]),
        ("show", ["/show pair.green-vs-black"]),
        ("show-misspelt", ["/show pair.green-vs-blak"]),
        ("sources", ["how hot is sencha", "/sources"]),
        ("why-of-the-answer", ["how hot is sencha", "/why"]),
        ("explain", ["/explain how hot is sencha"]),
        ("theme", ["/theme"]),
        ("theme-misspelt", ["/theme drak"]),
        ("reset", [WHICH, "/reset"]),
        ("set-too-early", ["/set hour=night"]),
        ("declined", ["What is the capital of Peru?"]),
    ],
)
def test_a_command_says_what_it_should(home: Home, scene: str, lines: list[str]) -> None:
    with home.open("chat", "--pack", "tea", rows=60) as terminal:
        terminal.until(READY)
        for line in lines:
            terminal.ask(line)
        shows(terminal, f"command-{scene}")
        assert b"Traceback" not in terminal.output


def test_a_saved_dialogue_is_replayed(shell: Terminal, home: Home) -> None:
    shell.ask(WHICH)
    shell.until("doesn't matter")
    shell.ask("2")
    shell.until("Page:")
    shell.ask("/save dialogue.yaml")
    shows(shell, "saved")
    assert (home.folder / "dialogue.yaml").stat().st_mode & 0o777 == 0o600
    shell.ask("/replay dialogue.yaml")
    shows(shell, "replayed")
    shell.ask("/save dialogue.yaml")
    shows(shell, "saved-twice")


def test_the_pack_in_use_is_told(shell: Terminal) -> None:
    shell.ask("/pack")
    shows(shell, "pack")


def test_a_pack_that_changes_is_noticed_and_reloaded(shell: Terminal, home: Home) -> None:
    file = home.folder / "tea" / "knowledge" / "topics" / "leaves.yaml"
    file.write_text(file.read_text("utf-8").replace("at 80 degrees", "at 70 degrees"), encoding="utf-8")
    shell.ask("how hot is sencha")
    shell.until("80 degrees")
    shows(shell, "pack-changed")
    shell.ask("/pack reload")
    shell.until("in use now")
    shell.ask("how hot is sencha")
    shell.until("70 degrees")


def test_a_broken_pack_on_disk_leaves_the_old_one_in_use(shell: Terminal, home: Home) -> None:
    file = home.folder / "tea" / "knowledge" / "pack.yaml"
    file.write_text(file.read_text("utf-8") + "nonsense: 1\n", encoding="utf-8")
    shell.ask("/pack reload")
    shows(shell, "pack-broken")


def test_a_theme_counts_from_the_next_line_on_and_for_the_next_shell(home: Home) -> None:
    with home.open("chat", "--pack", "tea") as terminal:
        terminal.until(READY)
        row, column = terminal.find("you>")
        assert terminal.screen.at(row, column).fg != "default"
        terminal.ask("/theme mono")
        terminal.until("The theme is mono")
        row, column = terminal.find("you>")
        terminal.wait(lambda: terminal.screen.at(*terminal.find("you>")).fg == "default", "a prompt without colour")
    with home.open("chat", "--pack", "tea") as terminal:
        terminal.until(READY)
        assert terminal.screen.at(*terminal.find("you>")).fg == "default"
