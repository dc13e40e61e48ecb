"""Many rows in one call, either way: tuples to the driver's own executemany, and a query's rows to a frame."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection, Executable, Select

FLOATS = frozenset({"w", "w2", "weight"})


def execute_rows(
    connection: Connection, statement: Executable, names: Sequence[str], rows: list[tuple[Any, ...]]
) -> int:
    """Executes the statement once for each row and returns how many rows it changed in all.

    Args:
        names: the statement's parameters, in the order of the values in each row.
    """
    if not rows:
        return 0
    compiled = statement.compile(dialect=connection.dialect, column_keys=list(names))  # type: ignore[attr-defined]
    if not compiled.positional:
        return connection.execute(statement, [dict(zip(names, row, strict=True)) for row in rows]).rowcount
    order = [list(names).index(name) for name in compiled.positiontup]
    if order != list(range(len(names))):
        rows = [tuple(row[place] for place in order) for row in rows]
    return connection.exec_driver_sql(str(compiled), rows).rowcount


def query_frame(connection: Connection, query: Select[Any], names: Sequence[str]) -> pd.DataFrame:
    """Returns the query's rows, all whole numbers but those in FLOATS, as a frame of those column names."""
    rows = connection.execute(query).all()
    columns = zip(*rows, strict=True) if rows else ((),) * len(names)
    return pd.DataFrame(
        {
            name: np.array(column, dtype=np.float64 if name in FLOATS else np.int64)
            for name, column in zip(names, columns, strict=True)
        }
    )
