"""Changes of the tally that wait to be folded in, where many writers at once would queue for the same cells.

On PostgreSQL a survey can be marked as hot. Its writers then add what they change as rows of their own, and one folder
moves these into the tally. Readers sum both in one statement, so that what they see is exact whatever the folder does;
the folder alone raises the survey's revision.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection, insert, select

from analytics.model import NO_TIME
from analytics.store.bulk import Columns, insert_columns
from analytics.store.schema import pending, survey
from analytics.store.tally import KEY, SUMS
from analytics.store.tally_table import add_to_tally

NO_TIMES = np.array([], dtype=np.int64)


def change_tally(connection: Connection, survey_id: int, cells: pd.DataFrame, revision: int) -> None:
    """Adds the cells (columns KEY and SUMS; sums may be negative) to the survey's tally, or to what waits for it."""
    if is_hot(connection, survey_id):
        add_pending(connection, survey_id, cells, NO_TIMES)
    else:
        add_to_tally(connection, survey_id, cells, revision)


def is_hot(connection: Connection, survey_id: int) -> bool:
    """Returns whether changes of the survey's tally wait to be folded in."""
    return bool(connection.execute(select(survey.c.hot).where(survey.c.survey_id == survey_id)).scalar_one())


def add_pending(connection: Connection, survey_id: int, cells: pd.DataFrame, responded_at: np.ndarray) -> None:
    """Adds the cells to what waits, and the first and last of the times, which the survey learns with them."""
    timed = responded_at[responded_at != NO_TIME]
    ends: list[Any] = [int(timed.min()), int(timed.max())] if len(timed) else [None, None]
    rest = [None] * (len(cells) - 1)
    columns: Columns = {
        **{name: cells[name].tolist() for name in [*KEY, *SUMS]},
        "first_at": [ends[0], *rest][: len(cells)],
        "last_at": [ends[1], *rest][: len(cells)],
    }
    insert_columns(connection, insert(pending), {"survey_id": survey_id}, columns)
