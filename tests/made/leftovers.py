"""What the files of a folder hold, packed or not: where words and numbers of somebody erased would be found again.

A search for bytes finds nothing in a file that is packed. So each kind of file is opened here by its own means, and a
file of a kind that is not known is a fault: whoever adds one says here how it is read.
"""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pyarrow.parquet as pq
from sqlalchemy import Engine, inspect, select

from analytics.store.tables.schema import metadata

PLAIN = (b"SQLite format 3\x00", b"\x93NUMPY", b"\x37\x7f\x06\x82", b"\x37\x7f\x06\x83", b"{", b"[")
"""How files begin whose bytes are searched as they are: SQLite and its log, arrays that are not packed, and JSON."""
UNPACKED = ("-shm", "lock", "-writer", "-wal", ".log", ".key", ".csv", ".txt", ".svg", ".html")

LOG_PAGE, LOG_HEAD = 8192, 24
"""Bytes of a page of PostgreSQL's log, and of the head that each begins with."""


class UnknownKindError(Exception):
    """A file beside a store of which nobody said how it is read."""


def copies(folder: Path, *words: str) -> dict[str, list[str]]:
    """Returns for each of the words the files of the folder that hold it, whatever they are packed in."""
    return _copies(folder, words, lambda path: _contents(path.name, path.read_bytes()))


def copies_of_server(folder: Path, *words: str) -> dict[str, list[str]]:
    """Returns the same of the folder of a PostgreSQL server, which packs no text as short as these."""
    return _copies(folder, words, _contents_of_server)


def _contents_of_server(path: Path) -> list[bytes]:
    held = path.read_bytes()
    if path.parent.name != "pg_wal":
        return [held]
    # What is logged goes on behind the head of the next page: a word may be cut in two by it.
    return [held, b"".join(held[at + LOG_HEAD : at + LOG_PAGE] for at in range(0, len(held), LOG_PAGE))]


def _copies(folder: Path, words: tuple[str, ...], contents: Callable[[Path], Iterable[bytes]]) -> dict[str, list[str]]:
    held = {str(path.relative_to(folder)): list(contents(path)) for path in folder.rglob("*") if path.is_file()}
    return {
        word: [name for name, parts in held.items() if any(word.encode() in part for part in parts)] for word in words
    }


def columns_with(engine: Engine, *words: str) -> dict[str, list[str]]:
    """Returns for each of the words the columns of the store's tables that hold it, whatever they are packed in.

    A file of a database is searched for bytes alone: what lies in it packed is found here.
    """
    held: dict[str, list[bytes]] = {}
    with engine.connect() as connection:
        for table in metadata.sorted_tables:
            for row in connection.execute(select(table)):
                for name, value in row._mapping.items():
                    if isinstance(value, str | bytes):
                        parts = [value.encode()] if isinstance(value, str) else _contents(f"{table}.{name}.txt", value)
                        held.setdefault(f"{table}.{name}", []).extend(parts)
        assert {*inspect(engine).get_table_names()} >= {*metadata.tables}
    return {
        word: [column for column, parts in held.items() if any(word.encode() in part for part in parts)]
        for word in words
    }


def rows_of_columns(folder: Path, column: str) -> set[int]:
    """Returns the whole numbers that stand in that column in any Parquet file of the folder."""
    files = [path for path in folder.rglob("*.parquet") if column in pq.read_schema(path).names]
    return {number for path in files for number in pq.read_table(path, columns=[column])[column].to_pylist()}


def _contents(name: str, held: bytes) -> Iterator[bytes]:
    yield held
    if held[:4] == b"PAR1":
        file = pq.ParquetFile(io.BytesIO(held))
        yield str(file.schema_arrow).encode() + str(file.metadata.metadata).encode()
        yield json.dumps(file.read().to_pydict(), ensure_ascii=False, default=str).encode()
    elif held[:2] == b"\x1f\x8b":
        yield from _contents(name.removesuffix(".gz"), gzip.decompress(held))
    elif held[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(held)) as packed:
            for part in packed.namelist():
                yield from _contents(part, packed.read(part))
    elif held and not held.startswith(PLAIN) and not name.endswith(UNPACKED):
        raise UnknownKindError(f"found {name}, which begins with {held[:8]!r}, expected a file that can be searched")
