import gzip
import io
import re
from pathlib import Path

import pytest
import zstandard
from click.testing import CliRunner

from tests.conftest import HERE, TEA
from tests.fronts.batch.rows import full_row, read, write
from tutor.cli import main
from tutor.errors import BatchError
from tutor.fronts.batch.formats import FORMATS, Format, format_read, format_written, readable, writable
from tutor.fronts.batch.layout import Layout, columns_seen
from tutor.fronts.batch.record import Record

PAGE = (HERE.parent / "docs" / "data-engineers.md").read_text(encoding="utf-8")


def test_the_page_lists_every_format_as_it_is() -> None:
    listed = re.findall(r"^\| `(\w+)` \| ((?:`\.\w+`(?:, )?)+) \| (yes|no) \| (yes|no) \|", PAGE, re.MULTILINE)
    assert listed == [
        (one.name, ", ".join(f"`{suffix}`" for suffix in one.suffixes), _yes(one.read), _yes(one.writer))
        for one in FORMATS.values()
    ]


def _yes(there: object) -> str:
    return "yes" if there else "no"


def test_the_help_names_every_format() -> None:
    said = CliRunner().invoke(main, ["batch", "--help"]).output.replace("\n", " ")
    for listed, formats in (
        (said.partition("IN is ")[2], readable()),
        (said.partition("Where to write: ")[2], writable()),
    ):
        names = re.findall(r"\w+", listed.partition(" by its suffix")[0])
        assert set(names) - {"or"} == {one.name for one in formats}


@pytest.mark.parametrize(
    ("path", "named", "name", "packing"),
    [
        ("q.csv", None, "csv", ""),
        ("q.CSV.GZ", None, "csv", ".gz"),
        ("a.b.jsonl.zst", None, "jsonl", ".zst"),
        ("q.ndjson", None, "jsonl", ""),
        ("q.csv", "JSONL", "jsonl", ""),
        ("q.gz", "txt", "txt", ".gz"),
        ("q", ".md", "md", ""),
    ],
)
def test_a_format_is_told_by_the_suffix_or_by_name(path: str, named: str | None, name: str, packing: str) -> None:
    form, packed = format_read(path, named)
    assert (form.name, packed) == (name, packing)


@pytest.mark.parametrize(
    ("path", "named", "problem"),
    [
        ("q.parqet", None, "q.parqet: cannot read .parqet; did you mean .parquet?"),
        ("q.csv", "jsnl", "there is no format jsnl to read; did you mean jsonl?"),
        ("q.html", None, "q.html: cannot read .html; did you mean .txt?"),
        ("q.xlsx.gz", None, "q.xlsx.gz: xlsx is packed already; leave .gz out"),
    ],
)
def test_a_format_that_is_not_read_is_named(path: str, named: str | None, problem: str) -> None:
    with pytest.raises(BatchError) as error:
        format_read(path, named)
    assert str(error.value).split(";")[0] == problem.split(";")[0]


def test_plain_text_is_read_and_not_written() -> None:
    with pytest.raises(BatchError, match="there is no format txt to write; known: csv, gift, html"):
        format_written("q", "txt")


@pytest.mark.parametrize("one", [one for one in writable() if one.packable], ids=lambda one: one.name)
@pytest.mark.parametrize("packing", [".gz", ".zst"])
def test_what_is_packed_unpacks_to_the_same(tmp_path: Path, one: Format, packing: str) -> None:
    suffix = one.suffixes[0]
    bare = write(tmp_path / f"out{suffix}", full_row()).read_bytes()
    packed = write(tmp_path / f"out{suffix}{packing}", full_row()).read_bytes()
    reader = zstandard.ZstdDecompressor().decompressobj()
    assert (gzip.decompress(packed) if packing == ".gz" else reader.decompress(packed)) == bare


@pytest.mark.parametrize("one", [one for one in writable() if one.read and one.tabular], ids=lambda one: one.name)
def test_parts_may_be_cut_anywhere(tmp_path: Path, one: Format) -> None:
    layout = Layout({"team": "text", "n": "int"})
    assert one.writer
    whole, cut = io.BytesIO(), io.BytesIO()
    one.writer.join([one.writer.part([full_row()] * 4, layout)], layout, whole)
    one.writer.join([one.writer.part([full_row()] * count, layout) for count in (1, 3)], layout, cut)
    for name, stream in (("whole", whole), ("cut", cut)):
        (tmp_path / f"{name}{one.suffixes[0]}").write_bytes(stream.getvalue())
    assert read(tmp_path / f"whole{one.suffixes[0]}") == read(tmp_path / f"cut{one.suffixes[0]}")


def test_columns_are_seen_in_order_with_the_kind_of_all_their_cells() -> None:
    records = [
        Record(1, {"question": "a", "hour": "night", "n": 1, "t": None, "m": 1, "b": True}),
        Record(2, {"id": 1, "n": 2.5, "t": "x", "m": "x", "l": ["a"], "big": 2**70, "options": None}),
    ]
    assert columns_seen(records, {"hour"}) == {
        "n": "float", "t": "text", "m": "json", "b": "bool", "l": "texts", "big": "json", "options": "texts",
    }  # fmt: skip


@pytest.mark.parametrize("suffix", ["csv", "tsv", "jsonl", "parquet", "xlsx", "md", "gift", "html", "csv.gz"])
def test_a_batch_goes_from_any_format_to_any_other(tmp_path: Path, suffix: str) -> None:
    (tmp_path / "q.md").write_text("What temperature does sencha need?\n\nWhich tea should I brew?\n- Green\n- Black\n")
    out = tmp_path / f"out.{suffix}"
    done = CliRunner().invoke(main, ["batch", str(tmp_path / "q.md"), "-o", str(out), "--pack", str(TEA)])
    assert (done.exit_code, done.output.splitlines()[-1]) == (0, "2 rows: 1 answered, 1 conditional")
    if suffix not in ("md", "html"):
        assert read(out)[0].columns["question"] == "What temperature does sencha need?"
