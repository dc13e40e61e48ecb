"""Tables of other people's databases, read row by row as text; nothing is ever written there."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from difflib import get_close_matches
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, MetaData, Table, create_engine, inspect, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, NoSuchTableError

from analytics import limits
from analytics.errors import StoreError
from analytics.store.place.addresses import refuse_forbidden, shown_address
from analytics.store.place.connections import faults_in_words, read_only_engine
from analytics.store.place.deadline import watch_source

SourceRow = tuple[str, ...]

TABLES_SHOWN = 20


OURS = {"about", "survey", "response", "tally"}
"""The tables by which a store of this program is known."""


@dataclass(frozen=True)
class Opened:
    """A database that is only read, and what it is called: nothing of an address from the environment is told."""

    engine: Engine
    called: str


@contextmanager
def opened_source(address: str, *, variable: str | None, allowed: Mapping[str, str]) -> Iterator[Opened]:
    """Gives a database that is only read.

    Args:
        variable: the environment variable that holds the address, None where the definition says it.
        allowed: the environment variables that say which places answers may be pulled from.

    Raises:
        StoreError: its address cannot be used, is not among those allowed, or it cannot be reached.
    """
    called = f"in {variable}" if variable else shown_address(address)
    try:
        parsed = make_url(address)
        refuse_forbidden(parsed, f"the database {called} of [source]", allowed)
        if parsed.get_backend_name() in ("sqlite", "postgresql", "postgres"):
            engine = read_only_engine(parsed)
        else:
            engine = create_engine(parsed)
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
        why = "" if variable else f": {error}"
        raise StoreError(f"the address {called} of [source] cannot be used{why}") from None
    except ValueError:  # SQLAlchemy's words quote what stands where the port should: a password, perhaps
        raise StoreError(
            f"the address {called} of [source] cannot be used: found no number where its port stands"
        ) from None
    if parsed.get_backend_name() == "sqlite" and not Path(parsed.database or "").is_file():
        raise StoreError(f"[source] names {called}: found no such file, expected an SQLite database")
    watch_source(engine)
    try:
        yield Opened(engine, called if variable else "")
    finally:
        engine.dispose()


def source_table(source: Opened, name: str) -> Table:
    """Returns the table or view of that name, which may begin with its schema and a dot.

    Raises:
        StoreError: there is none, and the message names the nearest; or the database is a store of this program.
    """
    engine = source.engine
    with faults_in_words(engine, source.called):
        found = inspect(engine)
        schema, _, plain = name.rpartition(".")
        in_schema = [(schema, plain)] if schema in found.get_schema_names() else []
        where = schema if in_schema else None
        if any(OURS.issubset(found.get_table_names(place)) for place in {None, where}):
            raise StoreError("[source] names a store of this program, expected the database that answers arrive in")
        for place, table in (*in_schema, (None, name)):
            try:
                return Table(table, MetaData(), schema=place, autoload_with=engine, resolve_fks=False)
            except NoSuchTableError:
                continue
        there = sorted({*found.get_table_names(where), *found.get_view_names(where)})
    close = get_close_matches(plain, there, n=3) or there[:TABLES_SHOWN]
    named = ", ".join(close) if close else "none"
    raise StoreError(f"[source] names the table {name!r}: found no such table or view; there is: {named}")


def source_rows(source: Opened, table: Table, columns: Sequence[str], rows: int) -> Iterator[list[SourceRow]]:
    """Yields the cells of those columns as text, at most so many rows at a time, all of one moment.

    Raises:
        StoreError: the database cannot be read to its end, or has more rows than any survey.
    """
    query = select(*(table.c[name] for name in columns))
    count = 0
    with faults_in_words(source.engine, source.called), source.engine.connect() as connection:
        result = connection.execution_options(stream_results=True, max_row_buffer=rows).execute(query)
        while stretch := [tuple(map(cell_text, row)) for row in islice(result, rows)]:
            count += len(stretch)
            if count > limits.PULLED_ROWS:
                most = f"{limits.PULLED_ROWS:,}"
                raise StoreError(f"[source] names {table.name!r}: found over {most} rows, expected at most {most}")
            yield stretch


def cell_text(value: Any) -> str:
    """Returns what a cell of a database holds as a file would hold it; NULL is blank.

    Example:
        >>> cell_text(None), cell_text(True), cell_text(7.0), cell_text(Decimal("1.50")), cell_text(date(2025, 5, 19))
        ('', 'TRUE', '7', '1.5', '2025-05-19')
    """
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float | Decimal):
        return _number_text(value)
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value.total_seconds())
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else str(value)


def _number_text(value: float | Decimal) -> str:
    if value != value or value in (float("inf"), float("-inf")):
        return str(value)
    if value == int(value):
        return str(int(value))
    return repr(value) if isinstance(value, float) else format(value.normalize(), "f")
