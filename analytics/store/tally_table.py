"""Changes the tally's table by sums that rise or fall."""

from __future__ import annotations

from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Connection, bindparam, case, literal_column, update

from analytics.errors import StoreError
from analytics.store.bulk import insert_columns, inserting
from analytics.store.schema import tally
from analytics.store.tally import KEY, SUMS


def add_to_tally(connection: Connection, survey_id: int, cells: pd.DataFrame, revision: int) -> None:
    """Adds the cells (columns KEY and SUMS; sums may be negative) to the survey's tally."""
    falling = cells["n"] < 0  # as inserts these would be refused by the check before the conflict turned them around
    _take_from_tally(connection, survey_id, cells[falling], revision)
    cells = cells[~falling]
    fresh = inserting(connection, tally)
    zero: ColumnElement[Any] = literal_column("0")
    emptied = tally.c.n + fresh.excluded.n == zero  # what is left of float sums when nobody is left must be exactly 0
    statement = fresh.on_conflict_do_update(
        index_elements=["survey_id", *KEY],
        set_={
            "n": tally.c.n + fresh.excluded.n,
            "w": case((emptied, zero), else_=tally.c.w + fresh.excluded.w),
            "w2": case((emptied, zero), else_=tally.c.w2 + fresh.excluded.w2),
            "fingerprint": tally.c.fingerprint + fresh.excluded.fingerprint,
            "revision": fresh.excluded.revision,
        },
    )
    columns = {name: cells[name].tolist() for name in [*KEY, *SUMS]}
    insert_columns(connection, statement, {"survey_id": survey_id, "revision": revision}, columns)


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
