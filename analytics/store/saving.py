"""Saves the store to a file while it is in use."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Engine

from analytics.errors import StoreError


def save_store(engine: Engine, file: Path) -> None:
    """Writes the store as it is at one moment to a new SQLite file, which is a store of its own.

    Raises:
        StoreError: the file is there already, or the store is with a server.
    """
    if engine.dialect.name != "sqlite":
        raise StoreError("this store is with a PostgreSQL server: save it with pg_dump, or move --to a file")
    if file.exists():
        raise StoreError(f"{file} is there already: name a new file")
    try:
        with closing(engine.raw_connection()) as connection:  # not within a transaction, which SQLite refuses
            connection.cursor().execute("VACUUM INTO ?", (str(file),))
    except sqlite3.Error as error:
        raise StoreError(f"the store could not be saved to {file}: {error}") from error
