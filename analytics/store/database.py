"""Opens the database: SQLite in a file by default, PostgreSQL where the address names one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, insert, inspect, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError

from analytics.errors import StoreError
from analytics.store.schema import SCHEMA_VERSION, about, metadata

Store = Engine
"""An opened database, for the rooms that hand it on without knowing what is inside."""

BUSY_TIMEOUT_MS = 30_000


def open_store(address: str) -> Engine:
    """Returns the opened store, its tables made where the database is empty.

    Args:
        address: an SQLAlchemy URL, or the path of an SQLite file.

    Raises:
        StoreError: the database cannot be reached, or was written by a newer version of this program.

    Example:
        >>> open_store("sqlite://").dialect.name
        'sqlite'
    """
    url = address if "://" in address else URL.create("sqlite", database=str(Path(address)))
    try:
        engine = _engine(url)
        _prepare_schema(engine)
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
        raise StoreError(f"the database address {_shown(url)} cannot be used: {error}") from error
    except OSError as error:
        raise StoreError(f"the folder of the database {_shown(url)} cannot be made: {error.strerror}") from error
    return engine


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Gives a connection whose queries all see the same moment of the database."""
    with _faults_in_words(engine), engine.connect() as connection:
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Gives a connection that holds the write lock from its first statement; commits at the end, or nothing at all."""
    with _faults_in_words(engine), engine.execution_options(writes=True).begin() as connection:
        yield connection


def _engine(url: str | URL) -> Engine:
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return create_engine(parsed, pool_pre_ping=True, pool_timeout=3)
    if parsed.database and parsed.database != ":memory:":
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(parsed, connect_args={"timeout": BUSY_TIMEOUT_MS / 1000})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver must not open transactions of its own: see _begin_sqlite
    for setting in (
        f"busy_timeout = {BUSY_TIMEOUT_MS}",
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        "secure_delete = ON",
        "mmap_size = 0",
        "cache_size = -65536",
    ):
        connection.execute(f"PRAGMA {setting}")


def _begin_sqlite(connection: Connection) -> None:
    # A deferred transaction that reads first and writes later fails at once when another writer came between.
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _prepare_schema(engine: Engine) -> None:
    with reading(engine) as connection:  # who only looks must not wait for a writer
        if _is_made(connection):
            return
    with writing(engine) as connection:
        if not _is_made(connection):
            metadata.create_all(connection)
            connection.execute(insert(about).values(name="schema_version", value=str(SCHEMA_VERSION)))


def _is_made(connection: Connection) -> bool:
    """Returns whether the tables are there, in a version that this program knows."""
    if not inspect(connection).has_table(about.name):
        return False
    version = int(connection.execute(select(about.c.value).where(about.c.name == "schema_version")).scalar_one())
    if version > SCHEMA_VERSION:
        raise StoreError(
            f"the database has schema version {version}, this program knows versions up to {SCHEMA_VERSION}: "
            "update the program, or choose another database with --db or DATABASE_URL"
        )
    return True


@contextmanager
def _faults_in_words(engine: Engine) -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        cause = str(error.orig).strip().splitlines()[0]
        raise StoreError(f"the database {_shown(engine.url)} did not do what was asked: {cause}") from error
    except SQLAlchemyError as error:
        raise StoreError(f"the database {_shown(engine.url)} cannot be reached: {error}") from error


def _shown(url: str | URL) -> str:
    """Returns the address without its password."""
    try:
        return make_url(url).render_as_string(hide_password=True)
    except ArgumentError:
        return repr(str(url))
