"""Stores full of made-up responses, of every size and on either database, with the same rows as columns in DuckDB."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pandas as pd

from analytics.imports.definition.survey import read_definition
from analytics.model import Chunk, Survey
from analytics.store.place.connections import Store
from analytics.store.record.imports import record_import
from analytics.store.tables.opening import open_store
from tests.benchmarks.batches import chunks
from tests.benchmarks.made_up import CHOICES, Shape, levels_of, write_definition

NOW = datetime(2025, 12, 1, tzinfo=UTC)
THREADS = 2


@dataclass(frozen=True)
class Made:
    """A store that was filled, and the raw columns as kind to DuckDB as can be: small numbers and enumerations."""

    store: Store
    survey: Survey
    columns: duckdb.DuckDBPyConnection


@contextmanager
def made(folder: Path, shape: Shape, rows: int, address: str = "") -> Iterator[Made]:
    """Gives a store with so many responses to a survey of that shape, filled as an import fills it.

    Args:
        address: of an empty database; left out, a new SQLite file in the folder.
    """
    write_definition(folder / f"{shape.key}.toml", shape, with_targets=True)
    survey = replace(read_definition(folder / f"{shape.key}.toml"), min_base=1)
    file = folder / f"{shape.key}-{rows}.sqlite"
    store = open_store(address or str(file))
    with duckdb.connect() as columns:
        columns.execute(f"SET threads = {THREADS}")
        columns.execute(_table(shape))
        seen = _beside(chunks(shape, survey, rows), columns, shape)
        record_import(store, survey, seen, file=f"{rows} made up", now=NOW)
        yield Made(store, survey, columns)
    store.dispose()
    for path in folder.glob(f"{file.name}*"):
        with suppress(OSError):
            path.unlink()


def _table(shape: Shape) -> str:
    levels = "".join(f", {name} ENUM {tuple(levels_of(name, count))}" for name, count in shape.levels)
    return f"CREATE TABLE responses (moment TIMESTAMP, answer ENUM {CHOICES}, band UTINYINT{levels})"


def _beside(chunks: Iterator[Chunk], columns: duckdb.DuckDBPyConnection, shape: Shape) -> Iterator[Chunk]:
    """Gives the chunks on, having put their rows into the columns."""
    for chunk in chunks:
        batch = chunk.batch
        frame = pd.DataFrame(
            {
                "moment": batch.responses["responded_at"].dt.tz_convert("Europe/Berlin").dt.tz_localize(None),
                "answer": pd.Categorical.from_codes(batch.answers["answer"].choice, list(CHOICES)),
                "band": batch.levels["age"].cat.codes + 1,
                **{name: batch.levels[name] for name, _ in shape.levels},
            }
        )
        columns.register("chunk", frame)
        columns.execute("INSERT INTO responses SELECT * FROM chunk")
        columns.unregister("chunk")
        yield chunk
