"""The tally's table: what it says now, how it changes, and the changes that wait to be folded in.

On PostgreSQL a survey can be marked as hot, where many writers at once would queue for the same cells. Its writers then
add what they change as rows of their own, and one folder moves these into the tally. Readers sum both in one statement,
so that what they see is exact whatever the folder does; the folder alone raises the survey's revision.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Engine,
    FromClause,
    any_,
    bindparam,
    case,
    cast,
    delete,
    func,
    literal,
    literal_column,
    select,
    true,
    union_all,
    update,
)

from analytics.errors import RequestError, StoreError
from analytics.model import NO_TIME
from analytics.store.place.connections import reading, writing
from analytics.store.tables.rows import ColumnValues, insert_columns, inserting_into, keep_note, plain_insert
from analytics.store.tables.schema import pending, survey, tally
from analytics.store.tables.sums import KEY, SUMS, added
from analytics.store.tables.surveys import note_times, raise_revision, survey_by_key

UNFOLDED = 2**62
"""The revision of a cell for which changes wait: later than any that a reader can have seen."""

AT_ONCE = 20_000
"""So many changes are folded in one transaction."""

FOLDER_LOCK = 1_732_050_807
"""What a folder holds, so that there is one at a time."""

FOLDED_AT = "folded_at"
"""The note that says when, by the server's clock, the last folding began that left nothing behind."""

NO_TIMES = np.array([], dtype=np.int64)


def tally_now(connection: Connection, survey_id: int | None = None) -> FromClause:
    """Returns what to read instead of the table `tally`, with the same columns: the same cells where nothing waits.

    Both are summed in one statement, so that a change is seen once, whether it waits or has been folded in.

    Args:
        survey_id: the only survey that is read, or None for all.
    """
    if not has_pending(connection, survey_id):
        return tally
    names = ["survey_id", *KEY, *SUMS]
    cells = select(*(tally.c[name] for name in [*names, "revision"])).where(_of(tally, survey_id))
    waiting = select(*(pending.c[name] for name in names), literal(UNFOLDED, BigInteger).label("revision"))
    both = union_all(cells, waiting.where(_of(pending, survey_id))).subquery()
    n = cast(func.sum(both.c.n), BigInteger)
    sums = [case((n == 0, literal(0.0)), else_=func.sum(both.c[name])).label(name) for name in ("w", "w2")]
    keys = [both.c[name] for name in names[: -len(SUMS)]]
    fingerprint = cast(func.sum(both.c.fingerprint), BigInteger).label("fingerprint")
    revision = func.max(both.c.revision).label("revision")
    return select(*keys, n.label("n"), *sums, fingerprint, revision).group_by(*keys).subquery("tally_now")


def has_pending(connection: Connection, survey_id: int | None = None) -> bool:
    """Returns whether changes wait to be folded in; on SQLite they never do."""
    if connection.dialect.name == "sqlite":
        return False
    return connection.execute(select(pending.c.n).where(_of(pending, survey_id)).limit(1)).first() is not None


def _of(table: Any, survey_id: int | None) -> ColumnElement[bool]:
    return true() if survey_id is None else table.c.survey_id == survey_id


def add_to_tally(connection: Connection, survey_id: int, cells: pd.DataFrame, revision: int) -> None:
    """Adds the cells (columns KEY and SUMS; sums may be negative) to the survey's tally."""
    falling = cells["n"] < 0  # as inserts these would be refused by the check before the conflict turned them around
    if falling.any():
        _take_from_tally(connection, survey_id, cells[falling], revision)
        cells = cells[~falling]
    columns = {name: cells[name].tolist() for name in [*KEY, *SUMS]} | {"revision": [revision] * len(cells)}
    insert_columns(connection, _adding(connection.dialect.name), {"survey_id": survey_id}, columns)


@cache
def _adding(dialect: str) -> Any:
    """Returns the statement that adds a cell to what stands there; made once for each kind of database."""
    fresh = inserting_into(dialect, tally)
    zero: ColumnElement[Any] = literal_column("0")
    emptied = tally.c.n + fresh.excluded.n == zero  # what is left of float sums when nobody is left must be exactly 0
    return fresh.on_conflict_do_update(
        index_elements=["survey_id", *KEY],
        set_={
            "n": tally.c.n + fresh.excluded.n,
            "w": case((emptied, zero), else_=tally.c.w + fresh.excluded.w),
            "w2": case((emptied, zero), else_=tally.c.w2 + fresh.excluded.w2),
            "fingerprint": tally.c.fingerprint + fresh.excluded.fingerprint,
            "revision": fresh.excluded.revision,
        },
    )


def _take_from_tally(connection: Connection, survey_id: int, cells: pd.DataFrame, revision: int) -> None:
    zero: ColumnElement[Any] = literal_column("0")
    emptied = tally.c.n + bindparam("more_n") == zero
    sums = {name: tally.c[name] + bindparam(f"more_{name}") for name in SUMS}
    statement = (
        update(tally)
        .where(tally.c.survey_id == survey_id, *(tally.c[name] == bindparam(f"of_{name}") for name in KEY))
        .values(n=sums["n"], w=case((emptied, zero), else_=sums["w"]), w2=case((emptied, zero), else_=sums["w2"]))
        .values(fingerprint=sums["fingerprint"], revision=revision)
    )
    names = [*(f"of_{name}" for name in KEY), *(f"more_{name}" for name in SUMS)]
    rows = cells[[*KEY, *SUMS]].itertuples(index=False, name=None)
    for row in rows:
        if connection.execute(statement, dict(zip(names, row, strict=True))).rowcount != 1:
            raise StoreError(f"the tally has no cell {row[: len(KEY)]} to take from: run verify")


def change_tally(connection: Connection, survey_id: int, cells: pd.DataFrame, revision: int) -> None:
    """Adds the cells (columns KEY and SUMS; sums may be negative) to the survey's tally, or to what waits for it."""
    if is_hot(connection, survey_id) or has_pending(connection, survey_id):
        add_pending(connection, survey_id, cells, NO_TIMES)
    else:
        add_to_tally(connection, survey_id, cells, revision)


def is_hot(connection: Connection, survey_id: int) -> bool:
    """Returns whether changes of the survey's tally wait to be folded in; on SQLite they never do."""
    if connection.dialect.name == "sqlite":
        return False
    return bool(connection.execute(select(survey.c.hot).where(survey.c.survey_id == survey_id)).scalar_one())


def add_pending(connection: Connection, survey_id: int, cells: pd.DataFrame, responded_at: np.ndarray) -> None:
    """Adds the cells to what waits, and the first and last of the times, which the survey learns with them."""
    timed = responded_at[responded_at != NO_TIME]
    ends: list[Any] = [int(timed.min()), int(timed.max())] if len(timed) else [None, None]
    rest = [None] * (len(cells) - 1)
    columns: ColumnValues = {
        **{name: cells[name].tolist() for name in [*KEY, *SUMS]},
        "first_at": [ends[0], *rest][: len(cells)],
        "last_at": [ends[1], *rest][: len(cells)],
    }
    insert_columns(connection, plain_insert(pending), {"survey_id": survey_id}, columns)


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


def fold(engine: Engine) -> int:
    """Moves what waits into the tally, of each survey up to AT_ONCE changes, and returns how many were moved.

    Where another folder is at work it returns 0: that one does it.
    """
    if engine.dialect.name != "postgresql":
        return 0
    going = select(survey.c.survey_id).where(survey.c.purging_at.is_not(None))
    waiting = select(pending.c.survey_id).where(pending.c.survey_id.not_in(going)).distinct()
    waiting = waiting.order_by(pending.c.survey_id)
    with reading(engine) as connection:
        began = server_second(connection)
        surveys = connection.execute(waiting).scalars().all()
    moved = [_fold_survey(engine, survey_id) for survey_id in surveys]
    if all(0 < rows < AT_ONCE for rows in moved):  # else something is left, or another folder is at it
        with writing(engine) as connection:
            keep_note(connection, FOLDED_AT, str(began))
    return sum(moved)


def server_second(connection: Connection) -> int:
    """Returns the second since 1970 at which the transaction began, by the server's own clock."""
    return int(connection.execute(select(cast(func.extract("epoch", func.now()), BigInteger))).scalar_one())


def _fold_survey(engine: Engine, survey_id: int) -> int:
    with writing(engine) as connection:
        if not connection.execute(select(func.pg_try_advisory_xact_lock(FOLDER_LOCK))).scalar():
            return 0
        ours = survey.c.survey_id == survey_id
        if connection.execute(select(survey.c.purging_at).where(ours).with_for_update()).scalar() is not None:
            return 0
        revision, _ = raise_revision(connection, survey_id, 0, beside_hot=True)
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
