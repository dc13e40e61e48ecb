"""Copies of the store: saved to a file, or moved to another database, in blocks, with proof that both hold the same."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from hashlib import blake2b
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, LargeBinary, Table, insert, select, tuple_

from analytics.errors import StoreError
from analytics.language.said import written
from analytics.store.place.connections import reading, writing
from analytics.store.place.private import make_private
from analytics.store.tables.rows import insert_rows
from analytics.store.tables.schema import (
    SECRETS,
    about,
    account,
    enrolment,
    metadata,
    pending,
    session,
    signing_key,
    spent,
    survey,
)
from analytics.store.tables.tally import fold, has_pending
from analytics.store.tend.verify import verify_within

BLOCK = 10_000
"""So many rows are in memory at once."""

FEW_AT_ONCE = 20
"""Of a table with whole pictures in it so many rows are in memory at once."""

STAY = (pending, session, enrolment, spent)
"""The tables that are not moved: what waits was folded in, and whoever was signed in signs in again."""

CopyProgress = Callable[[str, int], None]
TableRows = list[tuple[Any, ...]]


def move_store(source: Engine, target: Engine, progress: CopyProgress | None = None) -> dict[str, int]:
    """Copies all that the source holds into the target, which has to be empty; returns how many rows of each table.

    The target takes it in one transaction, and keeps it only if every table there has the rows that were sent and every
    cell of the tally the count and the fingerprint of a recount. The source is left as it is.

    Args:
        progress: called with a table's name and how many of its rows are copied.

    Raises:
        StoreError: the target is not empty, what arrived is not what was sent, or the source is wrong or being written.
    """
    while fold(source):
        pass
    with reading(source) as old, writing(target) as new:
        _refuse(old, new)
        for table in (about, signing_key):  # those that the empty store made for itself
            new.execute(table.delete())
        copied = {t.name: _copied(old, new, t, progress) for t in metadata.sorted_tables if t not in STAY}
        if wrong := sum(len(found.wrong) for found in verify_within(new)):
            raise StoreError(f"{written(wrong)} sums of the store differ from a recount: run verify --heal on it first")
    return copied


def _refuse(old: Connection, new: Connection) -> None:
    if new.execute(select(survey.c.key).limit(1)).first():
        raise StoreError("the database to move to has surveys already: name an empty one")
    if new.execute(select(account.c.address).limit(1)).first():
        raise StoreError("people were admitted to the database to move to: name an empty one")
    if has_pending(old):
        raise StoreError("answers are coming in: stop what records them, then move the store")


def _copied(old: Connection, new: Connection, table: Table, progress: CopyProgress | None) -> int:
    """Copies a table and returns how many rows it has, having read all of them again where they arrived."""
    rows = (_fitting(block, table, new) for block in _blocks(old, table))
    sent = _digest(_inserted(new, table, rows, progress))
    arrived = _digest(_blocks(new, table))
    if sent != arrived:
        raise StoreError(
            f"of the table {table.name} {written(sent[0])} rows were sent and {written(arrived[0])} arrived, or others "
            "than were sent: nothing was kept"
        )
    return sent[0]


def _inserted(
    new: Connection, table: Table, blocks: Iterable[TableRows], progress: CopyProgress | None
) -> Iterator[TableRows]:
    count = 0
    for rows in blocks:
        insert_rows(new, insert(table), rows)
        count += len(rows)
        if progress:
            progress(table.name, count)
        yield rows


def _blocks(connection: Connection, table: Table) -> Iterator[TableRows]:
    key = list(table.primary_key)
    large = any(isinstance(column.type, LargeBinary) for column in table.c)
    query, last = select(table).order_by(*key).limit(FEW_AT_ONCE if large else BLOCK), None
    places = [table.c.keys().index(column.key) for column in key]
    while True:
        after = query if last is None else query.where(tuple_(*key) > tuple_(*last))
        rows = [tuple(row) for row in connection.execute(after)]
        if not rows:
            return
        yield rows
        last = [rows[-1][place] for place in places]


def _fitting(rows: TableRows, table: Table, new: Connection) -> TableRows:
    """Returns the rows as the other database can have them: on SQLite no survey is hot."""
    if table is not survey or new.dialect.name == "postgresql":
        return rows
    place = table.c.keys().index("hot")
    return [(*row[:place], 0, *row[place + 1 :]) for row in rows]


def _digest(blocks: Iterable[TableRows]) -> tuple[int, int]:
    """Returns how many rows there are and the sum of their hashes: the same for the same rows in any order."""
    count = total = 0
    for rows in blocks:
        count += len(rows)
        total += sum(int.from_bytes(blake2b(repr(row).encode(), digest_size=8).digest()) for row in rows)
    return count, total


def save_store(engine: Engine, file: Path) -> None:
    """Writes the store as it is at one moment to a new SQLite file, which is a store of its own.

    It has none of the sessions, links and keys of this one: whoever finds the file cannot come in by them.

    Raises:
        StoreError: the file is there already, or the store is with a server.
    """
    if engine.dialect.name != "sqlite":
        raise StoreError("this store is with a PostgreSQL server: save it with pg_dump, or move --to a file")
    part = file.with_name(f"{file.name}.part")  # under its own name only once no secret is in it
    try:
        str(part).encode()  # SQLite is told the name as UTF-8
        if file.exists() or file.is_symlink():  # of a link that leads nowhere somebody else chose where it may lead
            raise StoreError(f"{file} is there already: name a new file")
        part.unlink(missing_ok=True)
        make_private(part)
        with closing(engine.raw_connection()) as connection:  # not within a transaction, which SQLite refuses
            connection.cursor().execute("VACUUM INTO ?", (str(part),))
        _without_secrets(part)
        part.rename(file)
    except UnicodeEncodeError as error:
        raise StoreError(f"the store could not be saved to {str(file)!a}: a name in UTF-8 is expected") from error
    except (sqlite3.Error, OSError) as error:
        raise StoreError(f"the store could not be saved to {file}: {error}") from error


def _without_secrets(file: Path) -> None:
    """Overwrites with zeros what lets somebody in or signs for the store."""
    statements = [str(table.delete()) for table in SECRETS]
    with closing(sqlite3.connect(file, isolation_level=None)) as saved:
        for statement in ("PRAGMA secure_delete = ON", "BEGIN", *statements, "COMMIT"):
            saved.execute(statement)
