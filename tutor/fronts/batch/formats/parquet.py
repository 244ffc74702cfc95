"""parquet: a table by columns, read and written some thousand rows at a time; needs pyarrow."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from typing import TYPE_CHECKING, Any, BinaryIO

from tutor.errors import BatchError
from tutor.fronts.batch.extras import needing
from tutor.fronts.batch.header import usable_header
from tutor.fronts.batch.layout import Kind, Layout, Writer
from tutor.fronts.batch.record import Record, plain, record
from tutor.fronts.batch.sources import Source
from tutor.reply import Candidate, Cited, Way, Weighed
from tutor.row import Row

if TYPE_CHECKING:
    import pyarrow as pa

_TOGETHER = 2_000  #: rows


def read(source: Source) -> Iterator[Record]:
    """Yield the rows of *source*: dates and decimals as text, not-a-number as nothing."""
    with needing("pyarrow", source.called):
        import pyarrow as pa
        import pyarrow.parquet as pq
    try:
        with source.path.open("rb") as raw, pq.ParquetFile(raw) as table:
            usable_header(source, list(table.schema_arrow.names))
            number = 0
            for batch in table.iter_batches(_TOGETHER):
                for columns in batch.to_pylist(maps_as_pydicts="lossy"):
                    number += 1
                    yield record(number, plain(columns))
    except (pa.ArrowException, UnicodeDecodeError, OverflowError) as error:
        raise BatchError(f"{source.called}: cannot be read as parquet: {error}") from None


def _part(rows: Sequence[Row], layout: Layout) -> bytes:
    """Return *rows* as an Arrow stream."""
    import pyarrow as pa

    schema = _schema(layout)
    said = [row.to_dict() for row in rows]
    named = zip(layout.columns, schema.types, strict=True)
    arrays = [_array(name, [one.get(name) for one in said], layout, kind) for name, kind in named]
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, schema) as written:
        written.write_batch(pa.record_batch(arrays, schema=schema))
    return bytes(sink.getvalue())


def _join(parts: Iterable[bytes], layout: Layout, stream: BinaryIO) -> None:
    with needing("pyarrow", "parquet"):
        import pyarrow as pa
        import pyarrow.parquet as pq
    with pq.ParquetWriter(stream, _schema(layout), compression="zstd") as written:
        for part in parts:
            with pa.ipc.open_stream(part) as batches:
                for batch in batches:
                    written.write_batch(batch)


def _schema(layout: Layout) -> "pa.Schema":
    import pyarrow as pa

    text, number = pa.string(), pa.float64()
    kinds: dict[Kind, Any] = {
        "text": text, "int": pa.int64(), "float": number, "bool": pa.bool_(), "texts": pa.list_(text),
        "json": text,
    }  # fmt: skip
    of_slots = pa.map_(text, text)
    odd = {
        "because": of_slots,
        "branches": pa.list_(_struct(Way, when=of_slots)),
        "needs": pa.list_(text),
        "citations": pa.list_(_struct(Cited)),
        "confidence": number,
        "candidates": pa.list_(_struct(Candidate, confidence=number)),
        "choice": pa.list_(pa.int32()),
        "choice_confidence": number,
        "verdicts": pa.list_(_struct(Weighed)),
    }
    passed = {name: kinds[kind] for name, kind in layout.passed.items()}
    return pa.schema([(_text(name), passed.get(name) or odd.get(name, text)) for name in layout.columns])


def _struct(of: type[Any], **types: Any) -> Any:
    """Return the fields of a dataclass, which are text but for *types*."""
    import pyarrow as pa

    return pa.struct([(field.name, types.get(field.name, pa.string())) for field in fields(of)])


def _array(name: str, values: Sequence[Any], layout: Layout, kind: Any) -> "pa.Array":
    import pyarrow as pa

    if name in layout.passed:
        return pa.array([_cell(value, layout.passed[name]) for value in values], kind)
    return pa.array([_mapped(value, name) for value in values], kind)


def _cell(value: Any, kind: Kind) -> Any:
    """Return a passing cell as its column can hold it: as JSON where that is text and the cell is not."""
    match value, kind:
        case None, _:
            return None
        case str(), "text" | "json":
            return _text(value)
        case _, "text" | "json":
            return _text(json.dumps(value, ensure_ascii=False))
        case list(), "texts":
            return [_text(part) for part in value]
        case _:
            return value


def _mapped(value: Any, name: str) -> Any:
    match value:
        case str():
            return _text(value)
        case dict() if name in ("because", "when"):
            return [(_text(slot), _text(said)) for slot, said in value.items()]
        case Mapping():
            return {key: _mapped(part, key) for key, part in value.items()}
        case list():
            return [_mapped(part, name) for part in value]
        case _:
            return value


def _text(said: str) -> str:
    return said if said.isascii() else said.encode("utf-8", errors="replace").decode()


WRITER = Writer(_part, _join)
