"""Why responses are doubted, in a row for each response and reason."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
from sqlalchemy import Connection

from analytics.model import Batch, Survey
from analytics.store.tables.rows import ColumnValues, insert_columns, inserting_into
from analytics.store.tables.schema import doubt
from analytics.storms.reasons import reasons_of


def insert_doubts(
    connection: Connection, survey_id: int, definition: Survey, batch: Batch, first_no: int, kept: np.ndarray
) -> None:
    """Inserts what the responses of a batch are doubted for by themselves."""
    add_doubts(
        connection, survey_id, [(first_no + row, reason) for row, reason in reasons_of(batch, definition) if kept[row]]
    )


def add_doubts(connection: Connection, survey_id: int, found: Sequence[tuple[int, str]]) -> None:
    """Adds reasons for doubting responses: pairs of a response's number and a reason; those there already stay."""
    if found:
        columns: ColumnValues = {
            "response_no": [number for number, _ in found],
            "reason": [reason for _, reason in found],
        }
        insert_columns(connection, _adding(connection.dialect.name), {"survey_id": survey_id}, columns)


@cache
def _adding(dialect: str) -> Any:
    return inserting_into(dialect, doubt).on_conflict_do_nothing()
