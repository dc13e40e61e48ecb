"""Looks at what an import would do, without holding up anybody who writes.

The files are recorded in a store of their own, thrown away at the end, to which is brought what bears on their rows:
what is known of the survey, and the responses that come again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Connection, Engine, Table, insert, select, update

from analytics.model import Chunk, ImportReport, Survey
from analytics.store.place.connections import reading, writing
from analytics.store.record.erased import SALT
from analytics.store.record.imports import ImportProgress, Tell, begin_import, record_chunk
from analytics.store.record.standing import versions_of
from analytics.store.record.vast import FIRST_WEIGHTS
from analytics.store.tables.opening import opened_store
from analytics.store.tables.rows import insert_rows, inserting, keep_note, read_note
from analytics.store.tables.schema import code, erased, import_file, import_log, response, survey

OWN_NUMBERS = 2**60
"""The first number of a response of the rehearsal: none that the store itself gives meanwhile."""


def rehearse_imports(
    engine: Engine,
    definition: Survey,
    files: Iterable[tuple[str, str, Iterable[Chunk]]],
    *,
    now: datetime,
    tell: Tell | None = None,
    progress: ImportProgress | None = None,
) -> ImportReport:
    """Returns what `record_import` would report of the files in turn; the store is only read, a stretch at a time.

    Args:
        files: of each file its name, its content as a hash, and its chunks.
        progress: called as it goes with the report so far.

    Raises:
        DefinitionError: the definition would alter what already recorded answers mean.
    """
    total = ImportReport(definition.key)
    with TemporaryDirectory(prefix="rehearsal-") as folder, opened_store(str(Path(folder) / "store.sqlite")) as scratch:
        is_known = _bring_survey(engine, scratch, definition.key)
        for file, content, chunks in files:
            with writing(scratch) as connection:
                recording, begun = begin_import(connection, definition, file, content, now)
            total += begun
            for chunk in chunks:
                known = _stored(engine, recording.survey_id, chunk) if is_known else []
                with writing(scratch) as connection:
                    _bring(connection, response, known)
                    part = record_chunk(connection, recording, chunk)
                total += part
                if tell:
                    tell(part.faults)
                if progress:
                    progress(total)
    return total


def _stored(engine: Engine, survey_id: int, chunk: Chunk) -> list[Any]:
    """Returns what the store has of the responses in the chunk."""
    with reading(engine) as connection:
        return versions_of(connection, survey_id, chunk.batch.responses["key"].tolist())


def _bring_survey(engine: Engine, scratch: Engine, key: str) -> bool:
    """Brings what is known of the survey with its first responses, and returns whether it is known."""
    with reading(engine) as connection:
        found = connection.execute(select(survey).where(survey.c.key == key)).all()
        if not found:
            return False
        of = found[0].survey_id
        brought = ((code, None), (erased, None), (import_log, None), (import_file, None), (response, FIRST_WEIGHTS))
        ours = {
            table: select(table).where(table.c.survey_id == of).order_by(*table.primary_key) for table, _ in brought
        }
        rows = {table: connection.execute(ours[table].limit(most)).all() for table, most in brought}
        salt = read_note(connection, SALT)
    with writing(scratch) as connection:
        connection.execute(insert(survey), [dict(row._mapping) for row in found])
        connection.execute(update(survey).values(hot=0, next_response=OWN_NUMBERS))
        for table, theirs in rows.items():
            _bring(connection, table, theirs)
        if salt is not None:
            keep_note(connection, SALT, salt)
    return True


def _bring(connection: Connection, table: Table, rows: Sequence[Any]) -> None:
    """Inserts rows of the store, but for those that were brought before."""
    insert_rows(connection, inserting(connection, table).on_conflict_do_nothing(), rows)
