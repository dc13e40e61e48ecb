"""What each import did, and the rows it kept aside because they could not be understood."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from analytics.model import Batch, Chunk, ImportReport
from analytics.store.bulk import Columns, execute_rows, insert_columns
from analytics.store.schema import import_log, quarantine


def open_import(connection: Connection, survey_id: int, file: str, now: datetime) -> int:
    latest = select(func.max(import_log.c.import_no)).where(import_log.c.survey_id == survey_id)
    import_no: int = (connection.execute(latest).scalar() or 0) + 1
    connection.execute(
        insert(import_log).values(
            survey_id=survey_id, import_no=import_no, file=file, started_at=int(now.timestamp()),
            read=0, stored=0, duplicate=0, quarantined=0, rejected=0,
        )
    )  # fmt: skip
    return import_no


def note_progress(connection: Connection, survey_id: int, import_no: int, report: ImportReport) -> None:
    connection.execute(
        update(import_log)
        .where(import_log.c.survey_id == survey_id, import_log.c.import_no == import_no)
        .values(
            read=report.read, stored=report.stored, duplicate=report.duplicate, quarantined=report.quarantined,
            rejected=report.rejected,
        )
    )  # fmt: skip


def close_import(connection: Connection, survey_id: int, import_no: int, now: datetime) -> None:
    connection.execute(
        update(import_log)
        .where(import_log.c.survey_id == survey_id, import_log.c.import_no == import_no)
        .values(finished_at=int(now.timestamp()))
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
