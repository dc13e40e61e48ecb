"""What each import did, which file it read, and the rows it kept aside because they could not be understood."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, and_, bindparam, delete, func, insert, select, update

from analytics.model import Batch, Chunk, ImportReport, Survey, Unfinished
from analytics.store.bulk import Columns, execute_rows, insert_columns
from analytics.store.database import reading
from analytics.store.schema import import_file, import_log, quarantine, survey


@dataclass(frozen=True)
class Recording:
    """An import at work: its place in the tables, and what it records."""

    survey_id: int
    import_no: int
    definition: Survey
    file: str


_of_import = and_(import_file.c.survey_id == import_log.c.survey_id, import_file.c.import_no == import_log.c.import_no)


def open_import(connection: Connection, survey_id: int, file: str, content: str, now: datetime) -> int:
    latest = select(func.max(import_log.c.import_no)).where(import_log.c.survey_id == survey_id)
    import_no: int = (connection.execute(latest).scalar() or 0) + 1
    connection.execute(
        insert(import_log).values(
            survey_id=survey_id, import_no=import_no, file=file, started_at=int(now.timestamp()),
            read=0, stored=0, duplicate=0, quarantined=0, rejected=0,
        )
    )  # fmt: skip
    if content:
        connection.execute(insert(import_file).values(survey_id=survey_id, import_no=import_no, content=content))
    return import_no


def note_progress(connection: Connection, recording: Recording, report: ImportReport) -> None:
    connection.execute(
        update(import_log)
        .where(_is(recording))
        .values(
            read=report.read, stored=report.stored, duplicate=report.duplicate, quarantined=report.quarantined,
            rejected=report.rejected,
        )
    )  # fmt: skip


def close_import(connection: Connection, recording: Recording, now: datetime) -> None:
    connection.execute(update(import_log).where(_is(recording)).values(finished_at=int(now.timestamp())))


def _is(recording: Recording) -> ColumnElement[bool]:
    return and_(import_log.c.survey_id == recording.survey_id, import_log.c.import_no == recording.import_no)


def last_finished(connection: Connection, survey_id: int, content: str) -> datetime | None:
    """Returns when a file of the same content was last imported to its end, None where it never was."""
    latest = (
        select(func.max(import_log.c.finished_at))
        .join_from(import_log, import_file, _of_import)
        .where(import_log.c.survey_id == survey_id, import_file.c.content == content)
    )
    second = connection.execute(latest).scalar()
    return None if second is None else datetime.fromtimestamp(second, UTC)


def read_unfinished(engine: Engine) -> dict[str, tuple[Unfinished, ...]]:
    """Returns, by survey, the imports that have not come to their end and were not made good by a later one.

    A later import makes good for an earlier one where it finished and read the same file, by content or by name.
    """
    columns = (survey.c.key, import_log, import_file.c.content)
    joined = import_log.join(survey, survey.c.survey_id == import_log.c.survey_id).outerjoin(import_file, _of_import)
    cut = select(import_log.c.survey_id).where(import_log.c.finished_at.is_(None))
    query = select(*columns).select_from(joined).where(import_log.c.survey_id.in_(cut)).order_by(import_log.c.import_no)
    with reading(engine) as connection:
        rows = connection.execute(query).all()
    found: dict[str, tuple[Unfinished, ...]] = {}
    for row in rows:
        if row.finished_at is None and not any(_makes_good(later, row) for later in rows):
            one = Unfinished(row.file, datetime.fromtimestamp(row.started_at, UTC), row.read)
            found[row.key] = (*found.get(row.key, ()), one)
    return found


def _makes_good(later: Any, cut: Any) -> bool:
    same_file = later.file == cut.file or (later.content is not None and later.content == cut.content)
    return (
        later.survey_id == cut.survey_id
        and later.import_no > cut.import_no
        and same_file
        and later.finished_at is not None
    )


def keep_aside(connection: Connection, survey_id: int, import_no: int, chunk: Chunk) -> None:
    # What an earlier import kept of the same responses goes; two rows of one file under one id both stay.
    _release(connection, survey_id, [row.key for row in chunk.quarantined], before=import_no)
    columns: Columns = {
        "key": [row.key for row in chunk.quarantined],
        "line": [row.line for row in chunk.quarantined],
        "cells": [json.dumps(row.cells, ensure_ascii=False) for row in chunk.quarantined],
        "reasons": [json.dumps(row.reasons, ensure_ascii=False) for row in chunk.quarantined],
    }
    insert_columns(connection, insert(quarantine), {"survey_id": survey_id, "import_no": import_no}, columns)


def release_recorded(connection: Connection, survey_id: int, import_no: int, batch: Batch) -> None:
    """Takes out of quarantine what has been recorded since the definition was mended."""
    held = set(connection.execute(select(quarantine.c.key).where(quarantine.c.survey_id == survey_id)).scalars())
    if held:
        _release(connection, survey_id, held.intersection(batch.responses["key"].tolist()), before=import_no)


def _release(connection: Connection, survey_id: int, keys: Iterable[str], *, before: int) -> None:
    statement = delete(quarantine).where(
        quarantine.c.survey_id == bindparam("survey"),
        quarantine.c.import_no < bindparam("before"),
        quarantine.c.key == bindparam("released"),
    )
    rows = [(survey_id, before, key) for key in keys]
    execute_rows(connection, statement, ["survey", "before", "released"], rows)
