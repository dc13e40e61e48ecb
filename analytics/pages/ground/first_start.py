"""The first start: an empty installation gets its database and the simulated survey."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import streamlit as st

from analytics.database import database_address
from analytics.demo import DEFINITION, write_responses
from analytics.imports.answers.responses import read_responses
from analytics.imports.definition.survey import read_definition
from analytics.imports.record import record_apart
from analytics.language.said import spoken
from analytics.model import Chunk, ImportReport
from analytics.model.access import Importer
from analytics.pages.ground.sources import person
from analytics.store.record.imports import record_import
from analytics.store.tables.opening import open_store

CHUNK_ROWS = 2_000
READERS = 20_000


def make_demo(database: Path) -> None:
    """Makes the database with the simulated survey in it, showing how far it has come.

    It is made beside its place and moved there when whole, so that a start that is cut off leaves nothing half done.
    """
    bar = st.progress(0.0, text=spoken("First start: making up {count} simulated readers …", count=READERS))
    with tempfile.TemporaryDirectory(dir=database.parent, prefix=".first-start-") as folder:
        file, part = Path(folder) / "simulated-responses.csv", Path(folder) / database.name
        write_responses(file)
        survey = read_definition(DEFINITION)
        rows = _rows(file)
        chunks = _shown(read_responses(file, survey, chunk_rows=CHUNK_ROWS), bar, rows)
        store = open_store(str(part))
        record_import(store, survey, chunks, file=file.name, now=datetime.now(UTC))
        store.dispose()
        if not database.exists():
            os.replace(part, database)
    bar.empty()


def add_demo() -> None:
    """Records the simulated survey in the store that is there, showing how far it has come.

    Raises:
        StoreError: the store cannot be written to.
    """
    bar = st.progress(0.0, text=spoken("Making up {count} simulated readers …", count=READERS))
    with tempfile.TemporaryDirectory(prefix="simulated-") as folder:
        file = Path(folder) / "simulated-responses.csv"
        write_responses(file)
        rows = _rows(file)

        def so_far(report: ImportReport) -> None:
            bar.progress(
                min(report.read / rows, 1.0), text=spoken("{count} simulated answers recorded …", count=report.read)
            )

        survey, now = read_definition(DEFINITION), datetime.now(UTC)
        record_apart(database_address(), survey, [file], now=now, progress=so_far, importer=Importer(person().address))
    bar.empty()


def _rows(file: Path) -> int:
    with file.open(encoding="utf-8") as lines:
        return sum(1 for _ in lines)


def _shown(chunks: Iterator[Chunk], bar: st.delta_generator.DeltaGenerator, rows: int) -> Iterator[Chunk]:
    read = 0
    for chunk in chunks:
        yield chunk
        read += chunk.read
        bar.progress(
            min(read / rows, 1.0), text=spoken("First start: {count} simulated answers recorded …", count=read)
        )
