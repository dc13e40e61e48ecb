"""Opens the database: SQLite in a file by default, PostgreSQL where the address names one."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, func, insert, inspect, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError

from analytics.errors import PlaceError, StoreError
from analytics.store.comment_words import create_words_index
from analytics.store.deadline import LOCK_SECONDS, watch_file, watch_server
from analytics.store.place import only_writer, refuse_network
from analytics.store.schema import SCHEMA_VERSION, about, metadata

Store = Engine
"""An opened database, for the rooms that hand it on without knowing what is inside."""

BUSY_TIMEOUT_MS = 30_000

WRITER = ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "secure_delete = ON")
READER = ("query_only = ON",)
EVERYBODY = ("mmap_size = 0", "cache_size = -65536")

UPGRADE_LOCK = 7_071_067_811
"""What processes that open one PostgreSQL database at once wait for in turn."""


def open_store(address: str, *, read_only: bool = False, for_pages: bool = False) -> Engine:
    """Returns the opened store, its tables made where the database is empty and brought up to date where it is older.

    Args:
        address: an SQLAlchemy URL, or the path of an SQLite file.
        read_only: the database refuses every change over these connections, and must be there and up to date.
        for_pages: people wait for what is read, so that a query may take seconds only: to be used `within` a deadline.

    Raises:
        StoreError: the database cannot be reached, or was written by a newer version of this program.

    Example:
        >>> open_store("sqlite://").dialect.name
        'sqlite'
    """
    url = address if "://" in address else URL.create("sqlite", database=str(Path(address)))
    try:
        engine = _engine(make_url(url), read_only, for_pages)
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
def opened_store(address: str) -> Iterator[Engine]:
    """Gives the opened store and closes it at the end.

    Raises:
        StoreError: as for `open_store`.
    """
    engine = open_store(address)
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
    except ArgumentError:  # open_store has the sentence for it
        return None
    in_file = url.get_backend_name() == "sqlite" and url.database not in (None, "", ":memory:")
    return Path(str(url.database)) if in_file else None


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Gives a connection whose queries all see the same moment of the database."""
    with faults_in_words(engine), engine.connect() as connection:
        if connection.dialect.name == "postgresql":  # by default each query there sees a moment of its own
            connection.execution_options(isolation_level="REPEATABLE READ")
        yield connection


@contextmanager
def writing(engine: Engine, *, one_moment: bool = False) -> Iterator[Connection]:
    """Gives a connection that holds the write lock from its first statement; commits at the end, or nothing at all.

    Args:
        one_moment: on a server, where others may write meanwhile, its queries all see the same moment.
    """
    options: dict[str, Any] = {"writes": True}
    if one_moment and engine.dialect.name == "postgresql":
        options["isolation_level"] = "REPEATABLE READ"
    file = engine.url.database if engine.dialect.name == "sqlite" else None
    with faults_in_words(engine), only_writer(file), engine.execution_options(**options).begin() as connection:
        yield connection


def _engine(url: URL, read_only: bool, for_pages: bool) -> Engine:
    if url.get_backend_name() != "sqlite":
        return _server_engine(url, read_only, for_pages)
    if not url.database or url.database == ":memory:":
        engine = create_engine(url, connect_args={"timeout": BUSY_TIMEOUT_MS / 1000})
    else:
        engine = _file_engine(url, Path(url.database), read_only)
    patience_ms = 1000 * LOCK_SECONDS if for_pages else BUSY_TIMEOUT_MS
    event.listen(engine, "connect", partial(_prepare_sqlite, read_only, patience_ms))
    event.listen(engine, "begin", _begin_sqlite)
    if for_pages:
        watch_file(engine)
    return engine


def read_only_engine(url: URL) -> Engine:
    """Returns an engine of somebody else's SQLite or PostgreSQL database, which refuses every change over it."""
    if url.get_backend_name() != "sqlite":
        return _server_engine(url, read_only=True, for_pages=False)
    engine = _file_engine(url, Path(url.database or ""), read_only=True)
    event.listen(engine, "connect", lambda connection, _record: connection.execute("PRAGMA query_only = ON"))
    return engine


def _server_engine(url: URL, read_only: bool, for_pages: bool) -> Engine:
    if url.drivername in ("postgres", "postgresql"):  # "postgres" is how many hosts write it
        url = url.set(drivername="postgresql+psycopg")
    options = {"options": "-c default_transaction_read_only=on"} if read_only else {}
    engine = create_engine(url, pool_pre_ping=not for_pages, pool_timeout=3, connect_args=options)
    if for_pages:
        watch_server(engine)
    return engine


def _file_engine(url: URL, path: Path, read_only: bool) -> Engine:
    refuse_network(path)
    if not read_only:
        path.parent.mkdir(parents=True, exist_ok=True)
        return create_engine(url, connect_args={"timeout": BUSY_TIMEOUT_MS / 1000})

    def connect() -> sqlite3.Connection:
        where = f"{path.absolute().as_uri()}?mode=ro"
        return sqlite3.connect(where, uri=True, timeout=BUSY_TIMEOUT_MS / 1000, check_same_thread=False)

    return create_engine(url, creator=connect)


def _prepare_sqlite(read_only: bool, patience_ms: int, connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver must not open transactions of its own: see _begin_sqlite
    for setting in (f"busy_timeout = {patience_ms}", *(READER if read_only else WRITER), *EVERYBODY):
        connection.execute(f"PRAGMA {setting}")


def _begin_sqlite(connection: Connection) -> None:
    # A deferred transaction that reads first and writes later fails at once when another writer came between.
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _prepare_schema(engine: Engine, read_only: bool) -> None:
    with reading(engine) as connection:  # who only looks must not wait for a writer
        version = _version(connection)
    if version == SCHEMA_VERSION:
        return
    if read_only:
        raise PlaceError(
            f"the database {shown_address(engine.url)} has {f'schema version {version}' if version else 'no tables'}, "
            f"reading needs version {SCHEMA_VERSION}: run `python -m analytics surveys` on it once"
        )
    with writing(engine) as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(select(func.pg_advisory_xact_lock(UPGRADE_LOCK)))
        version = _version(connection)
        if version is None:
            metadata.create_all(connection)
            create_words_index(connection)
            connection.execute(insert(about).values(name="schema_version", value=str(SCHEMA_VERSION)))
        elif version < SCHEMA_VERSION:
            from analytics.store.migrations import upgrade  # only an older database needs it

            upgrade(connection, version)


def _version(connection: Connection) -> int | None:
    """Returns the version of the database's tables, None where there are none; refuses one that this program lacks."""
    if not inspect(connection).has_table(about.name):
        return None
    version = int(connection.execute(select(about.c.value).where(about.c.name == "schema_version")).scalar_one())
    if version > SCHEMA_VERSION:
        raise StoreError(
            f"the database has schema version {version}, this program knows versions up to {SCHEMA_VERSION}: "
            "update the program, or choose another database with --db or DATABASE_URL"
        )
    return version


@contextmanager
def faults_in_words(engine: Engine) -> Iterator[None]:
    """Turns what a database has against being used into a PlaceError."""
    try:
        yield
    except DBAPIError as error:
        cause = str(error.orig).strip().splitlines()[0]
        raise PlaceError(f"the database {shown_address(engine.url)} did not do what was asked: {cause}") from error
    except SQLAlchemyError as error:
        raise PlaceError(f"the database {shown_address(engine.url)} cannot be reached: {error}") from error


def shown_address(url: str | URL) -> str:
    """Returns the address without its password."""
    try:
        return make_url(url).render_as_string(hide_password=True)
    except ArgumentError:
        return repr(str(url))
