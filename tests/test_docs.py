"""The pages people read: every command, every piece of Python and every pack file on them does what the page says."""

import contextlib
import io
import re
import shlex
import shutil
import textwrap
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tests.conftest import HERE, TEA, TEA_EVIDENCE
from tests.kept_store import keep
from tutor.cli import main
from tutor.errors import PackError
from tutor.pack import load_pack
from tutor.render.plain import plain
from tutor.reply import Chat

ROOT = HERE.parent
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
OMITTED = "…"  #: alone on a line: any number of lines are left out
PROMPT = "you> "
COLUMNS = 100  #: the width of the terminal that the pages show

_BLOCK = re.compile(r"^```(\w*)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_FILE = re.compile(r"# (\S+\.yaml)(, at the end)?\n")
_LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
_FIRST_USE = re.compile(r"^(first use of this pack|calibrating|learning the examples).* …\n", re.MULTILINE)
_EXAMPLE = re.compile(r"^ +((?:echo .* \| )?tutor( \w+)?.*)$", re.MULTILINE)


@dataclass(frozen=True)
class Block:
    """A fenced block: the line it starts on, its language, the file it is to be kept in, and what it holds."""

    line: int
    kind: str
    file: str
    text: str


def blocks(page: str) -> list[Block]:
    return [
        Block(page.count("\n", 0, match.start()) + 1, match[1], match[2] or "", match[3])
        for match in _BLOCK.finditer(page)
    ]


def agrees(shown: str, said: str) -> bool:
    """Say whether a page shows what was *said*: as it stands, or as a terminal of 100 columns wraps it."""
    pattern = "".join(
        r"(?:.*\n)*?" if line.strip() == OMITTED else re.escape(line.rstrip()) + r"\n"
        for line in shown.strip("\n").splitlines()
    )
    return any(re.fullmatch(pattern, _trimmed(text)) for text in (said, plain(Chat(said), width=COLUMNS)))


def _trimmed(text: str) -> str:
    return "".join(f"{line.rstrip()}\n" for line in text.strip("\n").splitlines())


@dataclass
class Desk:
    """Where one page is tried out: a folder with the tea pack, its evidence and a store, and one Python namespace."""

    folder: Path
    names: dict[str, Any] = field(default_factory=lambda: {"__name__": "page"})
    exit_code: int = 0

    def lies(self, page: str) -> Iterator[str]:
        """Try out every block of *page*, whose folder is the working directory, and yield what it says wrongly."""
        shutil.copytree(TEA, self.folder / "tea")
        shutil.copytree(TEA_EVIDENCE, self.folder / "tea-evidence")
        keep(str(self.folder / "store.db"))
        for block, after in pairwise([*blocks(page), Block(0, "", "", "")]):
            for lie in self._try(block, after):
                yield f"line {block.line}: {lie}"
        for pack in sorted(path.parent for path in self.folder.glob("*/knowledge")):
            yield from _faults(pack)

    def _try(self, block: Block, after: Block) -> Iterator[str]:
        match block.kind:
            case "console":
                yield from self._console(block.text)
            case "python":
                said = self._python(block)
                if after.kind == "text" and not after.file and not agrees(after.text, said):
                    yield f"the code prints\n{said}"
            case "yaml":
                yield from self._yaml(block.text)
            case _ if block.file:
                self._write(block.file, block.text)

    def _console(self, text: str) -> Iterator[str]:
        for part in re.split(r"^\$ ", text.replace("\\\n", " "), flags=re.MULTILINE)[1:]:
            command, _, shown = part.partition("\n")
            typed = [line.removeprefix(PROMPT) for line in shown.splitlines() if line.startswith(PROMPT)]
            said = self.run(shlex.split(command, comments=True), "\n".join(typed))
            replies = "".join(line for line in shown.splitlines(keepends=True) if not line.startswith(PROMPT))
            if said is not None and not agrees(replies, said):
                yield f"{command} says\n{said}"

    def run(self, command: list[str], typed: str = "") -> str | None:
        """Return what *command* says; None for a command that is no business of the tutor."""
        match command:
            case ["echo", "$?"]:
                return str(int(self.exit_code))
            case ["cat", file]:
                return (self.folder / file).read_text(encoding="utf-8")
            case ["echo", said, "|", "tutor", *arguments]:
                return self._tutor(arguments, said)
            case ["tutor", *arguments]:
                return self._tutor(arguments, typed)
            case _:
                return None

    def _tutor(self, arguments: list[str], typed: str) -> str:
        result = CliRunner().invoke(main, arguments, input=typed, prog_name="tutor", catch_exceptions=False)
        self.exit_code = result.exit_code
        return _FIRST_USE.sub("", result.output)

    def _python(self, block: Block) -> str:
        code = compile("\n" * block.line + block.text, "page", "exec")
        with contextlib.redirect_stdout(io.StringIO()) as said:
            exec(code, self.names)  # noqa: S102 - the pages are ours, and this is what they are for
        return said.getvalue()

    def _yaml(self, text: str) -> Iterator[str]:
        """Write a pack file where its first line says: in a folder beside the page, or else in the tea pack."""
        named = _FILE.match(text)
        if not named:
            yield "a yaml block begins with the name of its file, such as # tea/knowledge/pack.yaml"
            return
        file = f"tea/{named[1]}" if named[1].startswith(("knowledge/", "intents/")) else named[1]
        before = (self.folder / file).read_text(encoding="utf-8") if named[2] else ""
        self._write(file, before + text[named.end() :] if named[2] else text)

    def _write(self, file: str, text: str) -> None:
        path = self.folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def _faults(pack: Path) -> Iterator[str]:
    """Yield why *pack* does not load; one whose name starts with "broken" need not."""
    try:
        load_pack(pack)
    except PackError as error:
        if not pack.name.startswith("broken"):
            yield f"{pack.name} does not load: {error}"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.chdir(tmp_path)
    for kind in ("STATE", "CONFIG", "DATA"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(tmp_path / "home" / kind.lower()))
    return Desk(tmp_path)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_shows_what_happens(page: Path, desk: Desk) -> None:
    assert not "\n".join(desk.lies(page.read_text(encoding="utf-8")))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_links_of_a_page_lead_somewhere(page: Path) -> None:
    links = [link for link in _LINK.findall(page.read_text(encoding="utf-8")) if "://" not in link]
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize(
    "page",
    [
        "```console\n$ tutor --version\ntutor, version 0.0.0\n```\n",
        "```console\n$ tutor --version\n```\n",
        "```console\n$ tutor show --pack tea fact.tea\n…\n$ echo $?\n0\n```\n",
        "```console\n$ tutor chat --pack tea\nyou> start over\nRemembered.\n```\n",
        "```python\nprint(1 + 1)\n```\n\n```text\n3\n```\n",
        "```yaml\nname: tea\n```\n",
        "```yaml\n# knowledge/pack.yaml\nname: tea\n```\n",
        "```yaml\n# other/knowledge/pack.yaml\nname: tea\n```\n",
        "```yaml\n# knowledge/terms.yaml, at the end\n  - {name: cup}\n```\n",
    ],
)
def test_a_page_that_says_it_wrongly_is_found_out(page: str, desk: Desk) -> None:
    assert "\n".join(desk.lies(page))


def test_a_page_that_says_it_rightly_is_believed(desk: Desk) -> None:
    page = """
        ```yaml
        # knowledge/terms.yaml, at the end
          - {name: cup, kind: thing}
        ```

        ```console
        $ make tea     # no business of ours
        $ tutor chat --pack tea
        you> start over
        Forgotten. Ask me anything new.

        you> back
        …
        $ tutor show --pack tea \\
            fact.tea
        …
        $ echo $?
        1
        ```

        ```python
        cups = 2
        ```

        ```python
        print(cups, "cups")
        print("and milk")
        ```

        ```text
        2 cups
        …
        ```
        """
    assert list(desk.lies(textwrap.dedent(page))) == []


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_command_is_named_on_a_page(name: str) -> None:
    assert any(f"tutor {name}" in page.read_text(encoding="utf-8") for page in PAGES)


@pytest.mark.parametrize("name", ["", *sorted(main.commands)])
def test_the_help_of_every_command_has_an_example_that_runs(name: str, desk: Desk) -> None:
    shutil.copytree(TEA, "my-pack")
    shutil.copytree(TEA_EVIDENCE, "my-sources")
    shutil.copyfile(HERE / "tea-learners.yaml", "learners.yaml")
    keep("store.db")
    Path("questions.csv").write_text("id,question\n1,What is shadow deployment?\n", encoding="utf-8")
    gold = '{"question": "What is shadow deployment?", "gold": ["fact.shadow"], "topics": ["rollout"], "scope": "in"}'
    Path("questions.jsonl").write_text(gold + "\n", encoding="utf-8")
    Path("dialogue.yaml").write_text("transcript: 1\nturns: [{say: hello, reply: chat}]\n", encoding="utf-8")
    said = CliRunner().invoke(main, [*name.split(), "--help"], prog_name="tutor").output
    examples = [found[1] for found in _EXAMPLE.finditer(said.partition("Example")[2]) if name in (found[2] or "")]
    assert examples
    for example in examples:
        desk.run(shlex.split(example))
        assert desk.exit_code in (0, 4), example  # answered, or asked what it needs


def test_the_layers_on_the_page_are_those_that_are_checked() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layers = settings["tool"]["importlinter"]["contracts"][0]["layers"]
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    assert [block.text.splitlines() for block in blocks(page) if block.kind == "text"] == [layers]
