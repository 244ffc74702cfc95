"""What stands out in the line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prompt_toolkit.document import Document

from tests.conftest import TEA
from tutor import Tutor
from tutor.fronts.shell.highlighting import Highlighting
from tutor.fronts.shell.loading import Loading
from tutor.fronts.shell.session import Session


@pytest.fixture
def painted(tea: Tutor) -> Highlighting:
    session = Session(Loading(lambda _: tea), TEA)
    session.ready()
    return Highlighting(session)


def marked(painted: Highlighting, line: str) -> list[tuple[str, str]]:
    """Return what of *line* has a class: the class and the words."""
    return [
        (style.removeprefix("class:"), text) for style, text, *_ in painted.lex_document(Document(line))(0) if style
    ]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("how long is the steepTime?", [("term", "steepTime")]),
        ("steep_time, steepTime()!", [("term", "steep_time"), ("term", "steepTime()")]),
        ("the Steep Time.", [("term", "Steep Time")]),
        ("green tea or assam", [("term", "green tea"), ("term", "assam")]),
        ("df.groupBy() and spark_udf in fooBar", [("code", "df.groupBy()"), ("code", "spark_udf"), ("code", "fooBar")]),
        ("we e.g. mean 3.5 l, i.e. a pot.", []),
        ("/set hour=night", [("command", "/set")]),
        ("set /set", []),
        ("", []),
        ("steepTime " * 1_000, []),
    ],
)  # fmt: skip
def test_names_code_and_commands_stand_out(painted: Highlighting, line: str, said: list[tuple[str, str]]) -> None:
    assert marked(painted, line) == said


def test_a_command_stands_only_at_the_beginning(painted: Highlighting) -> None:
    lines = painted.lex_document(Document("/set\n/set"))
    assert [lines(0)[0][0], lines(1)[0][0]] == ["class:command", ""]


def test_names_stand_out_as_soon_as_the_pack_is_there(tea: Tutor) -> None:
    session = Session(Loading(lambda _: tea), TEA)
    painted = Highlighting(session)
    before = painted.invalidation_hash()
    assert marked(painted, "assam or spark_udf") == [("code", "spark_udf")]
    session.ready()
    assert marked(painted, "assam or spark_udf") == [("term", "assam"), ("code", "spark_udf")]
    assert painted.invalidation_hash() != before


@given(line=st.text(alphabet=st.characters(exclude_characters="\n"), max_size=80))
def test_no_character_is_lost_or_added(tea: Tutor, line: str) -> None:
    session = Session(Loading(lambda _: tea), TEA)
    session.ready()
    lines = Highlighting(session).lex_document(Document(line))
    assert "".join(text for _, text, *_ in lines(0)) == Document(line).lines[0]
