"""Rows kept aside: stored until the definition understands them, and found again by who gave them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, bindparam, delete, insert, select

from analytics.model import Batch, Chunk, Quarantined
from analytics.store.tables.rows import ColumnValues, execute_rows, insert_columns
from analytics.store.tables.schema import quarantine

ASIDE_AT_ONCE = 5_000


def keep_aside(connection: Connection, survey_id: int, import_no: int, chunk: Chunk) -> None:
    # What an earlier import kept of the same responses goes; two rows of one file under one id both stay.
    _release(connection, survey_id, [row.key for row in chunk.quarantined], before=import_no)
    columns: ColumnValues = {
        "key": [row.key for row in chunk.quarantined],
        "line": [row.line for row in chunk.quarantined],
        "cells": [_stored_cells(row) for row in chunk.quarantined],
        "reasons": [json.dumps(row.reasons, ensure_ascii=False) for row in chunk.quarantined],
    }
    insert_columns(connection, insert(quarantine), {"survey_id": survey_id, "import_no": import_no}, columns)


def release_recorded(connection: Connection, survey_id: int, import_no: int, batch: Batch) -> None:
    """Takes out of quarantine what has been recorded since the definition was mended."""
    held = set(connection.execute(select(quarantine.c.key).where(quarantine.c.survey_id == survey_id)).scalars())
    if held:
        _release(connection, survey_id, held.intersection(batch.responses["key"].tolist()), before=import_no)


def aside_by(connection: Connection, survey_id: int, respondents: Sequence[str]) -> dict[str, str]:
    """Returns the rows kept aside that these respondents gave: who it was, by the key of the row.

    Rows that were kept before it was stored who gave them are theirs where one of the cells is their name.
    """
    wanted = frozenset(respondents)
    if not wanted:
        return {}
    found: dict[str, str] = {}
    query = select(quarantine.c.key, quarantine.c.cells).where(quarantine.c.survey_id == survey_id)
    for key, text in connection.execute(query.execution_options(yield_per=ASIDE_AT_ONCE)):
        stored = json.loads(text)
        named = {stored["by"]} if isinstance(stored, dict) else {cell.strip() for cell in stored}
        if theirs := wanted & named:
            found[key] = min(theirs)
    return found


def _stored_cells(row: Quarantined) -> str:
    """Returns the cells of a row kept aside as they are stored, with who gave them where that is known.

    Example:
        >>> print(_stored_cells(Quarantined("id:7", 3, ("7", "Perhaps"), ())))
        ["7", "Perhaps"]
        >>> print(_stored_cells(Quarantined("id:7", 3, ("7", "Perhaps"), (), "ann")))
        {"by": "ann", "cells": ["7", "Perhaps"]}
    """
    stored = {"by": row.respondent, "cells": row.cells} if row.respondent else row.cells
    return json.dumps(stored, ensure_ascii=False)


def _release(connection: Connection, survey_id: int, keys: Iterable[str], *, before: int) -> None:
    statement = delete(quarantine).where(
        quarantine.c.survey_id == bindparam("survey"),
        quarantine.c.import_no < bindparam("before"),
        quarantine.c.key == bindparam("released"),
    )
    rows = [(survey_id, before, key) for key in keys]
    execute_rows(connection, statement, ["survey", "before", "released"], rows)
