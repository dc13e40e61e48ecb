"""Changes of the tally that wait to be folded in, where many writers at once would queue for the same cells.

On PostgreSQL a survey can be marked as hot. Its writers then add what they change as rows of their own, and one folder
moves these into the tally. Readers sum both in one statement, so that what they see is exact whatever the folder does;
the folder alone raises the survey's revision.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import BigInteger, Connection, Engine, any_, cast, delete, func, insert, select, update

from analytics.errors import RequestError
from analytics.model import NO_TIME
from analytics.store.bulk import Columns, insert_columns
from analytics.store.counted import has_pending
from analytics.store.database import reading, writing
from analytics.store.notes import keep_note
from analytics.store.record import note_times, raise_revision
from analytics.store.recount import added
from analytics.store.schema import pending, survey
from analytics.store.surveys import survey_by_key
from analytics.store.tally import KEY, SUMS
from analytics.store.tally_table import add_to_tally

AT_ONCE = 20_000
"""So many changes are folded in one transaction."""

FOLDER_LOCK = 1_732_050_807
"""What a folder holds, so that there is one at a time."""

FOLDED_AT = "folded_at"
"""The note that says when, by the server's clock, the last folding began that left nothing behind."""

NO_TIMES = np.array([], dtype=np.int64)


def set_hot(engine: Engine, survey_key: str, hot: bool) -> None:
    """Marks the survey as one whose writers are many at once, or as one like any other; folds in what waits.

    Raises:
        RequestError: there is no such survey, or the database has one writer at a time anyway.
    """
    if hot and engine.dialect.name != "postgresql":
        raise RequestError("only a survey on PostgreSQL can be hot: SQLite has one writer at a time")
    with writing(engine) as connection:
        survey_id, *_ = survey_by_key(connection, survey_key)
        connection.execute(update(survey).where(survey.c.survey_id == survey_id).values(hot=int(hot)))
    while fold(engine):
        pass


def change_tally(connection: Connection, survey_id: int, cells: pd.DataFrame, revision: int) -> None:
    """Adds the cells (columns KEY and SUMS; sums may be negative) to the survey's tally, or to what waits for it."""
    if is_hot(connection, survey_id) or has_pending(connection, survey_id):
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


def fold(engine: Engine) -> int:
    """Moves what waits into the tally, of each survey up to AT_ONCE changes, and returns how many were moved.

    Where another folder is at work it returns 0: that one does it.
    """
    if engine.dialect.name != "postgresql":
        return 0
    waiting = select(pending.c.survey_id).distinct().order_by(pending.c.survey_id)
    with reading(engine) as connection:
        began = connection.execute(select(cast(func.extract("epoch", func.now()), BigInteger))).scalar_one()
        surveys = connection.execute(waiting).scalars().all()
    moved = [_fold_survey(engine, survey_id) for survey_id in surveys]
    if all(0 < rows < AT_ONCE for rows in moved):  # else something is left, or another folder is at it
        with writing(engine) as connection:
            keep_note(connection, FOLDED_AT, str(began))
    return sum(moved)


def _fold_survey(engine: Engine, survey_id: int) -> int:
    with writing(engine) as connection:
        if not connection.execute(select(func.pg_try_advisory_xact_lock(FOLDER_LOCK))).scalar():
            return 0
        revision, _ = raise_revision(connection, survey_id, 0)
        rows = connection.execute(_taken(survey_id)).all()
        moved = pd.DataFrame([tuple(row) for row in rows], columns=[*KEY, *SUMS, "first_at", "last_at"])
        add_to_tally(connection, survey_id, _without_dust(added(moved[[*KEY, *SUMS]])), revision)
        times = moved[["first_at", "last_at"]].to_numpy().ravel()
        note_times(connection, survey_id, np.array([at for at in times if not pd.isna(at)], dtype=np.int64))
    return len(rows)


def _without_dust(cells: pd.DataFrame) -> pd.DataFrame:
    """Returns the cells, those among them that rise by what they fall with sums of exactly 0.

    They stay: who read them while one of the two waited has to read them again.
    """
    same = (cells["n"] == 0) & (cells["fingerprint"] == 0)
    return cells.assign(**{name: cells[name].mask(same, 0.0) for name in ("w", "w2")})


def _taken(survey_id: int) -> Any:
    """Returns the statement that takes the oldest changes out: what lessens a sum is younger than what it undoes."""
    ours = pending.c.survey_id == survey_id
    oldest = select(pending.c.pending_no).where(ours).order_by(pending.c.pending_no).limit(AT_ONCE)
    taken = func.array(oldest.with_for_update(skip_locked=True).scalar_subquery())  # IN may run it for every row anew
    columns = [pending.c[name] for name in [*KEY, *SUMS, "first_at", "last_at"]]
    return delete(pending).where(ours, pending.c.pending_no == any_(taken)).returning(*columns)
