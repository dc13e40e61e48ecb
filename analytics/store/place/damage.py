"""Damage to a database's file: told in a sentence that says what to do, whatever it was that met it first."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Engine

from analytics.errors import DamagedError
from analytics.store.place.addresses import shown_address

DATA_FAULTS = (ValueError, TypeError, LookupError, OverflowError, RecursionError, ExceptionGroup)
"""What reading a database raises that holds something else than this program wrote."""

WORDS = ("malformed", "not a database", "could not decode to utf-8", "corrupt")
"""What SQLite and its driver say of a damaged file."""

MOST_NAMED = 5


def is_damage(error: BaseException) -> bool:
    """Whether a driver's error says that the file is damaged.

    Example:
        >>> is_damage(sqlite3.DatabaseError("database disk image is malformed")), is_damage(sqlite3.Error("locked"))
        (True, False)
    """
    return isinstance(error, sqlite3.Error) and any(word in str(error).lower() for word in WORDS)


def damaged(engine: Engine, cause: str) -> DamagedError:
    """Returns the error to raise where the database holds what this program never wrote."""
    return DamagedError(
        f"the database {shown_address(engine.url)} is damaged ({cause}): its numbers cannot be trusted. Run `verify` "
        "on it to see what is wrong, and go back to the last backup"
    )


def found_damage(engine: Engine) -> list[str]:
    """Returns what SQLite finds wrong with the structure of its file, in its own words, a few of them; usually nothing.

    It reads the whole file, which takes about a second for each million responses; it does not judge what tables hold.
    """
    if engine.dialect.name != "sqlite" or not Path(engine.url.database or "").is_file():
        return []
    try:
        with closing(engine.raw_connection()) as connection:
            rows = connection.cursor().execute(f"PRAGMA quick_check({MOST_NAMED})").fetchall()
    except sqlite3.Error as error:
        return [str(error)]
    except DATA_FAULTS as error:  # words of its own that are no text any more
        return [type(error).__name__]
    return [str(row[0]).replace("\n", " ") for row in rows if row[0] != "ok"]
