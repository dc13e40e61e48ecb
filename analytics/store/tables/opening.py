"""Opens the store: its tables made where the database is empty, and brought up to date where they are older."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_mock_engine, func, insert, inspect, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from analytics.errors import PlaceError, StoreError
from analytics.store.place.addresses import shown_address
from analytics.store.place.connections import reading, store_engine, writing
from analytics.store.place.damage import damaged
from analytics.store.tables.migrations import upgrade
from analytics.store.tables.schema import SCHEMA_VERSION, about, metadata
from analytics.store.tables.words import create_words_index

UPGRADE_LOCK = 7_071_067_811
"""What processes that open one PostgreSQL database at once wait for in turn."""


NEARLY_AN_ADDRESS = re.compile(
    r"(?!\w+(\+\w+)?://)(?:\w[\w+]+:|(?:postgres|sqlite|mysql|mariadb|mssql|oracle)\w*(?:\+\w+)?/(?:/|[^/]*@))",
    re.IGNORECASE,
)
"""What nobody calls a file: a server's kind before two slashes or a login, or any word with a colon, without what has
to follow it."""


def open_store(address: str, *, read_only: bool = False, for_pages: bool = False, for_answers: bool = False) -> Engine:
    """Returns the opened store, its tables made where the database is empty and brought up to date where it is older.

    Args:
        address: an SQLAlchemy URL, or the path of an SQLite file.
        read_only: the database refuses every change over these connections, and must be there and up to date.
        for_pages: people wait for what is read, so that a query may take seconds only: to be used `within` a deadline.
        for_answers: readers wait until what they sent is safe: to be used by `answered`.

    Raises:
        StoreError: the database cannot be reached, or was written by a newer version of this program.

    Example:
        >>> open_store("sqlite://").dialect.name
        'sqlite'
    """
    if NEARLY_AN_ADDRESS.match(address):  # its password would become the name of a folder
        raise PlaceError("the database address begins like that of a server, and its name is not followed by '://'")
    try:
        address.encode()
    except UnicodeEncodeError as error:
        raise PlaceError(f"the database address {ascii(address)[:80]} cannot be used: expected it in UTF-8") from error
    try:
        url = make_url(address) if "://" in address else URL.create("sqlite", database=str(Path(address)))
    except ValueError as error:  # SQLAlchemy's words quote what stands where the port should: a password, perhaps
        raise PlaceError("the database address cannot be used: found no number where its port stands") from error
    except ArgumentError as error:
        raise PlaceError(f"the database address {shown_address(address)} cannot be used: {error}") from error
    try:
        engine = store_engine(url, read_only, for_pages, for_answers)
        try:
            _prepare_schema(engine, read_only)
        except BaseException:
            engine.dispose()
            raise
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
        raise PlaceError(f"the database address {shown_address(url)} cannot be used: {error}") from error
    except OSError as error:
        raise PlaceError(f"the folder of the database {shown_address(url)} cannot be made: {error.strerror}") from error
    return engine


@contextmanager
def opened_store(address: str, *, for_answers: bool = False) -> Iterator[Engine]:
    """Gives the opened store and closes it at the end.

    Raises:
        StoreError: as for `open_store`.
    """
    engine = open_store(address, for_answers=for_answers)
    try:
        yield engine
    finally:
        engine.dispose()


def open_rehearsal(address: str) -> Engine:
    """Returns the store for a look at what would happen: an empty one in memory where its SQLite file is not there yet.

    Raises:
        StoreError: as for `open_store`.
    """
    path = _sqlite_file(address)
    return open_store("sqlite://" if path is not None and not path.exists() else address)


def _sqlite_file(address: str) -> Path | None:
    """Returns the file of the database, None where it is in none: in memory, or with a server."""
    if "://" not in address:
        return Path(address)
    try:
        url = make_url(address)
    except (ArgumentError, ValueError):  # open_store has the sentence for it
        return None
    in_file = url.get_backend_name() == "sqlite" and url.database not in (None, "", ":memory:")
    return Path(str(url.database)) if in_file else None


def demand_schema(engine: Engine) -> None:
    """Returns where the database answers and has the tables of this program.

    Raises:
        StoreError: it does not, or has not.
    """
    version = _version_now(engine)
    if version != SCHEMA_VERSION:
        raise PlaceError(
            f"the database {shown_address(engine.url)} has {f'schema version {version}' if version else 'no tables'}, "
            f"reading needs version {SCHEMA_VERSION}: run `python -m analytics surveys` on it once"
        )


def _version_now(engine: Engine) -> int | None:
    with reading(engine) as connection:  # who only looks must not wait for a writer
        return _version(connection)


def _prepare_schema(engine: Engine, read_only: bool) -> None:
    if read_only:
        demand_schema(engine)
        return
    if _version_now(engine) == SCHEMA_VERSION:
        return
    with writing(engine) as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(select(func.pg_advisory_xact_lock(UPGRADE_LOCK)))
        version = _version(connection)
        if version is None and inspect(connection).get_table_names():
            raise damaged(engine, "it has tables, and none of them says what they are")
        if version is None:
            for statement in _making(connection.dialect.name):
                connection.exec_driver_sql(statement)
            create_words_index(connection)
            connection.execute(insert(about).values(name="schema_version", value=str(SCHEMA_VERSION)))
        elif version < SCHEMA_VERSION:
            upgrade(connection, version)


@cache
def _making(dialect: str) -> tuple[str, ...]:
    """The statements that make every table and index where there is none: to word them costs more than to run them."""
    worded: list[str] = []

    def word(made: Any, *_: object) -> None:
        worded.append(str(made.compile(dialect=engine.dialect)))

    engine = create_mock_engine(f"{dialect}://", word)
    metadata.create_all(engine, checkfirst=False)
    return tuple(worded)


def refuse_newer(connection: Connection) -> int:
    """Returns the version of the database's tables, however long ago it was opened.

    Raises:
        StoreError: a newer version of this program has brought them up to date since.
    """
    version = int(connection.execute(select(about.c.value).where(about.c.name == "schema_version")).scalar_one())
    if version > SCHEMA_VERSION:
        raise StoreError(
            f"the database has schema version {version}, this program knows versions up to {SCHEMA_VERSION}: "
            "update the program, or choose another database with --db or DATABASE_URL"
        )
    return version


def _version(connection: Connection) -> int | None:
    """Returns the version of the database's tables, None where there are none; refuses one that this program lacks."""
    return refuse_newer(connection) if inspect(connection).has_table(about.name) else None
