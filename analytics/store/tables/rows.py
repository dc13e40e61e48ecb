"""Rows in and out of the tables: many in one call either way, and the store's notes on its own upkeep by name."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any, TypeVar, cast

import numpy as np
import pandas as pd
from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Connection,
    Dialect,
    Executable,
    Select,
    Table,
    Text,
    any_,
    bindparam,
    func,
    insert,
    literal_column,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite

from analytics.store.tables.schema import about, survey

FLOATS = frozenset({"w", "w2", "weight"})

ROWS_A_STATEMENT = 100
"""Half of what SQLite needs for a row is spent on starting a statement; beyond 100 rows little more is saved."""

VALUES_A_STATEMENT = 5_000
"""So many values go into one question to the database."""

GIVEN = "given_values"
"""The name of the parameter that holds values to look for."""

NO_MOMENT: int = np.iinfo(np.int64).min
"""How numpy writes in an array of times that there is none."""

ROW = re.compile(r"(?<= VALUES )\([^()]*\)")

COUNTING = {"preserve_rowcount": True}
"""Has the count of what was inserted kept: with PostgreSQL's driver it is -1 else, which is neither none nor some."""

Value = TypeVar("Value")

ColumnValues = Mapping[str, Sequence[Any]]
"""Values by the name of their column: Python's own, as many in each."""


def insert_columns(connection: Connection, statement: Any, fixed: Mapping[str, int], columns: ColumnValues) -> int:
    """Inserts a row for each place in the columns and returns how many rows were inserted or changed in all.

    Args:
        statement: an insert into one table, with what to do on a conflict if need be.
        fixed: what is the same in every row.
    """
    count = len(next(iter(columns.values())))
    if not count:
        return 0
    if connection.dialect.name == "postgresql":
        whole = _from_arrays(statement, tuple(fixed.items()), tuple(columns))
        return connection.execute(whole, {name: list(values) for name, values in columns.items()}).rowcount
    text, order = _insert_one(connection.dialect, statement, tuple(fixed.items()), tuple(columns))
    values = _interleaved([columns[name] for name in order], count)
    return _insert_interleaved(connection, text, values, len(columns))


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


def insert_rows(connection: Connection, statement: Any, rows: Sequence[Sequence[Any]]) -> None:
    """Inserts whole rows of the statement's table, as it gives them."""
    if rows:
        columns = dict(zip(statement.table.c.keys(), zip(*rows, strict=True), strict=True))
        insert_columns(connection, statement, {}, columns)


def portions(values: Sequence[Value], most: int = VALUES_A_STATEMENT) -> Iterator[Sequence[Value]]:
    """Yields the values in their order, at most so many at a time.

    Example:
        >>> list(portions([1, 2, 3], 2))
        [[1, 2], [3]]
    """
    for start in range(0, len(values), most):
        yield values[start : start + most]


def among(query: Select[Any], column: ColumnElement[Any], dialect: str, *, walked: bool = False) -> Select[Any]:
    """Returns the query for the rows whose column has one of many values, to be found by an index of that column.

    It is worded once for any number of values: they are given as GIVEN, in the form of `given_values`.

    Args:
        walked: has SQLite look up one value after the other. It takes any survey for ten rows, and to go through all of
            them for quicker than an index that has no more to offer than the place of each row.
    """
    if dialect == "postgresql":
        return query.where(column == any_(bindparam(GIVEN, type_=ARRAY(column.type))))
    values = select(func.json_each(bindparam(GIVEN, type_=Text)).table_valued("value").c.value)
    if not walked:
        return query.where(column.in_(values))
    one = values.limit(literal_column(str(VALUES_A_STATEMENT))).subquery("given")
    return query.where(column == one.c.value)


def given_values(connection: Connection, values: Sequence[Any]) -> dict[str, Any]:
    """Returns the parameter of `among` for these values, VALUES_A_STATEMENT at most."""
    return {GIVEN: list(values) if connection.dialect.name == "postgresql" else json.dumps(list(values))}


def query_frame(connection: Connection, query: Select[Any], names: Sequence[str]) -> pd.DataFrame:
    """Returns the query's rows, all whole numbers but those in FLOATS, as a frame of those column names."""
    kinds = np.dtype([(name, np.float64 if name in FLOATS else np.int64) for name in names])
    result = connection.execute(query)
    # The driver's own rows go into the array one by one: a list of them would be a million objects for the garbage
    # collector to walk, which took two thirds of the time.
    rows = np.fromiter(cast("Iterable[tuple[Any, ...]]", result.cursor), dtype=kinds)
    result.close()
    return pd.DataFrame({name: np.ascontiguousarray(rows[name]) for name in names}, copy=False)


@lru_cache(maxsize=256)
def _insert_one(
    dialect: Dialect, statement: Any, fixed: tuple[tuple[str, int], ...], names: tuple[str, ...]
) -> tuple[str, tuple[str, ...]]:
    """Returns the text that inserts one row, and its parameters in their order.

    A statement is known again where it is the same object: for that, those that run often are made once.
    """
    same: dict[str, Any] = {name: literal_column(str(value)) for name, value in fixed}
    whole = (statement.values(same) if same else statement).inline()
    compiled = whole.compile(dialect=dialect, column_keys=list(names))
    return str(compiled), tuple(compiled.positiontup)


@lru_cache(maxsize=256)
def _from_arrays(statement: Any, fixed: tuple[tuple[str, int], ...], names: tuple[str, ...]) -> Any:
    """Returns the insert as one statement whose parameters are whole columns, in the order of their rows.

    As with `_insert_one` a statement is known again where it is the same object.
    """
    of = statement.table.c
    arrays = [func.unnest(bindparam(name, type_=ARRAY(of[name].type))) for name in names]
    same: dict[str, Any] = {name: literal_column(str(value)) for name, value in fixed}
    rows = select(*same.values(), *arrays)
    if "survey_id" in same:  # from the survey's own row: so a cluster hands the arrays on to the survey's machine
        ours = {**same, "survey_id": survey.c.survey_id}
        rows = select(*ours.values(), *arrays).where(survey.c.survey_id == dict(fixed)["survey_id"])
    return statement.from_select([*same, *names], rows).execution_options(**COUNTING)


def _insert_interleaved(connection: Connection, insert_one: str, values: tuple[Any, ...], width: int) -> int:
    at_once = width * ROWS_A_STATEMENT
    full = len(values) - len(values) % at_once
    batches = [values[start : start + at_once] for start in range(0, full, at_once)]
    changed = 0
    for rows, batch in ((ROWS_A_STATEMENT, batches), ((len(values) - full) // width, [values[full:]])):
        if rows and batch:
            changed += connection.exec_driver_sql(_of_many_rows(insert_one, rows), batch).rowcount
    return changed


def _interleaved(columns: Sequence[Sequence[Any]], count: int) -> tuple[Any, ...]:
    """Returns the values row by row in one tuple: a tuple for every row would be a million objects more."""
    values: list[Any] = [None] * (len(columns) * count)
    for place, column in enumerate(columns):
        values[place :: len(columns)] = column
    return tuple(values)


def _of_many_rows(insert_one: str, rows: int) -> str:
    """Returns the text of an insert of one row as that of many rows."""
    (row,) = ROW.findall(insert_one)
    return ROW.sub(", ".join([row] * rows), insert_one)


def inserting(connection: Connection, table: Table) -> Any:
    """Returns an insert into the table that can say what to do where a key is already there, for this database."""
    return inserting_into(connection.dialect.name, table)


def inserting_into(dialect: str, table: Table) -> Any:
    """Returns the same for the kind of database of that name."""
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)


def inserted(connection: Connection, statement: Any) -> bool:
    """Inserts one row where its key is not there yet, and returns whether it was inserted.

    Only one of several that race is told so.
    """
    once = statement.on_conflict_do_nothing().execution_options(**COUNTING)
    return bool(connection.execute(once).rowcount == 1)


@cache
def plain_insert(table: Table) -> Any:
    """Returns an insert into the table, always the same object: its text is made once."""
    return insert(table)


def read_note(connection: Connection, name: str) -> str | None:
    """Returns the note of that name, None where there is none."""
    return connection.execute(select(about.c.value).where(about.c.name == name)).scalar()


def keep_note(connection: Connection, name: str, value: str) -> None:
    """Keeps the note in the place of an earlier one of that name."""
    statement = inserting(connection, about).values(name=name, value=value)
    connection.execute(statement.on_conflict_do_update(index_elements=["name"], set_={"value": value}))
