"""Connections to the database: SQLite in a file by default, PostgreSQL where the address names one."""

from __future__ import annotations

import random
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfoNotFoundError

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from analytics.errors import DeniedError, PlaceError, RequestError, StoreError
from analytics.language.said import spoken
from analytics.store.place.addresses import shown_address, without_secrets
from analytics.store.place.damage import DATA_FAULTS, damaged, is_damage
from analytics.store.place.deadline import ANSWERS, LOCK_SECONDS, watch_file, watch_server
from analytics.store.place.private import make_private
from analytics.store.place.sqlite import is_sealed, only_writer, refuse_network, refuse_odd

Store = Engine
"""An opened database, for the rooms that hand it on without knowing what is inside."""

NOT_ALLOWED = "42501"
"""What PostgreSQL says where its role lacks a right."""
BUSY_TIMEOUT_MS = 60_000
"""How long a writer waits for another; twice as long as the longest transaction seen."""
GREETING_SECONDS = 10
"""How long a server may take to take somebody in; one that accepts a connection may say nothing more."""
LOCKED = {"55P03", "SQLITE_BUSY", "SQLITE_BUSY_SNAPSHOT", "SQLITE_BUSY_RECOVERY", "SQLITE_LOCKED"}
"""What PostgreSQL and SQLite say where somebody else has held for too long what was asked for."""
WRITER = ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "secure_delete = ON")

READER = ("query_only = ON",)

ALIVE = {
    "keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3, "tcp_user_timeout": 25_000,
}  # fmt: skip
"""By what a server that fell silent is found: a machine that lost its power says no goodbye, and without these
whoever waits for it waits up to two hours. Seconds, but for the last, which is in milliseconds."""

EVERYBODY = ("mmap_size = 0", "cache_size = -65536")


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Gives a connection whose queries all see the same moment of the database."""
    with faults_in_words(engine), data_faults_in_words(engine), engine.connect() as connection:
        if connection.dialect.name == "postgresql":  # by default each query there sees a moment of its own
            connection.execution_options(isolation_level="REPEATABLE READ")
        yield connection


def moment_of(connection: Connection) -> tuple[int, int] | None:
    """Returns what is another after any change to the database, whoever made it; None where that cannot be known.

    It is compared only with what the same connection gave before: `connection.info` is the place to keep that. A
    server has no such thing, and what is being written may be taken back.
    """
    if connection.dialect.name != "sqlite" or connection.get_execution_options().get("writes"):
        return None
    others = connection.exec_driver_sql("PRAGMA data_version").scalar_one()
    driver: Any = connection.connection.dbapi_connection
    return int(others), int(driver.total_changes)


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


def store_engine(url: URL, read_only: bool, for_pages: bool, for_answers: bool = False) -> Engine:
    """Returns the engine of a store, whose connections are set up for reading only, or for writing too."""
    if url.get_backend_name() != "sqlite":
        return _server_engine(url, read_only, for_pages, for_answers)
    if not url.database or url.database == ":memory:":
        engine = create_engine(url, connect_args={"timeout": BUSY_TIMEOUT_MS / 1000})
    else:
        read_only = read_only or is_sealed(Path(url.database))
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
    event.listen(engine, "connect", _prepare_others)
    return engine


def _prepare_others(connection: Any, _record: object) -> None:
    """Has somebody else's database change nothing, and make up no row that would take the memory."""
    connection.execute("PRAGMA query_only = ON")
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MOST_ROW_BYTES)


def _server_engine(url: URL, read_only: bool, for_pages: bool, for_answers: bool = False) -> Engine:
    if url.drivername in ("postgres", "postgresql"):  # "postgres" is how many hosts write it
        url = url.set(drivername="postgresql+psycopg")
    given = url.query.get("options", "")
    limits = [given if isinstance(given, str) else " ".join(given), f"-c lock_timeout={BUSY_TIMEOUT_MS}"]
    limits += ["-c default_transaction_read_only=on"] if read_only else []
    options: dict[str, Any] = {"options": " ".join(filter(None, limits))}
    if url.drivername == "postgresql+psycopg":
        waits = ALIVE | {"connect_timeout": GREETING_SECONDS}
        options |= {name: value for name, value in waits.items() if name not in url.query}
    is_watched = for_pages or for_answers
    engine = create_engine(url, pool_pre_ping=not is_watched, pool_timeout=3, connect_args=options)
    if for_pages:
        watch_server(engine)
    elif for_answers:
        watch_server(engine, ANSWERS)
    return engine


def _file_engine(url: URL, path: Path, read_only: bool) -> Engine:
    refuse_network(path)
    refuse_odd(path)
    if not read_only:
        path.parent.mkdir(parents=True, exist_ok=True)
        make_private(path)
        return create_engine(url, connect_args={"timeout": BUSY_TIMEOUT_MS / 1000})

    def connect() -> sqlite3.Connection:
        # On a volume that nobody can write to nothing can lie beside the file, and nothing can change it either.
        how = "immutable=1" if is_sealed(path) and not _has_log(path) else "mode=ro"
        return sqlite3.connect(
            f"{path.absolute().as_uri()}?{how}", uri=True, timeout=BUSY_TIMEOUT_MS / 1000, check_same_thread=False
        )

    return create_engine(url, creator=connect)


def _has_log(path: Path) -> bool:
    """Whether a write-ahead log lies beside the file that has something in it."""
    try:
        return Path(f"{path}-wal").stat().st_size > 0
    except OSError:
        return False


def _prepare_sqlite(read_only: bool, patience_ms: int, connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver must not open transactions of its own: see _begin_sqlite
    for setting in (f"busy_timeout = {patience_ms}", *(READER if read_only else WRITER), *EVERYBODY):
        connection.execute(f"PRAGMA {setting}")


def _begin_sqlite(connection: Connection) -> None:
    # A deferred transaction that reads first and writes later fails at once when another writer came between.
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def data_faults_in_words(engine: Engine) -> Iterator[None]:
    """Turns what is raised by reading something that was never written into a DamagedError."""
    try:
        yield
    except UnicodeEncodeError:  # of what was asked, not of what is stored
        raise
    except ZoneInfoNotFoundError as error:  # written where other time zones were known
        raise PlaceError(
            f"this machine does not know the time zone of a survey ({error.args[0]}): bring its list of time zones "
            "up to date, such as by the package tzdata. The database is not damaged"
        ) from error
    except DATA_FAULTS as error:
        raise damaged(engine, f"{type(error).__name__} while it was read") from error


@contextmanager
def faults_in_words(engine: Engine, called: str = "") -> Iterator[None]:
    """Turns what a database has against being used into a PlaceError.

    Args:
        called: what the database is called, where nothing of its address may be told.
    """
    name = called or shown_address(engine.url)
    try:
        yield
    except sqlite3.Error as error:  # from the driver's own cursor, past SQLAlchemy
        raise _in_words(engine, name, error) from error
    except UnicodeEncodeError as error:
        found = ascii(error.object[error.start : error.end])
        raise RequestError(
            spoken("found {found}, which is no text, expected letters and signs: type it again", found=found)
        ) from None
    except DBAPIError as error:
        if isinstance(error.orig, sqlite3.Error) and is_damage(error.orig):
            raise damaged(engine, str(error.orig)) from error
        if getattr(error.orig, "sqlstate", None) == NOT_ALLOWED:
            raise DeniedError(
                spoken("This server is kept from single responses, which that takes. Ask at the newsroom's other one.")
            ) from error
        if _code_of(error.orig) in LOCKED:
            raise _held(name) from error
        first = next(iter(str(error.orig).strip().splitlines()), type(error.orig).__name__)
        cause = without_secrets(first, engine.url, every_part=bool(called)) + _remedy(first)
        raise PlaceError(f"the database {name} did not do what was asked: {cause}") from error
    except SQLAlchemyError as error:
        cause = without_secrets(str(error), engine.url, every_part=bool(called))
        raise PlaceError(f"the database {name} cannot be reached: {cause}") from error


def _remedy(cause: str) -> str:
    """What to do where a PgBouncer before the database lets no time limits through."""
    if "unsupported startup parameter" not in cause:
        return ""
    return ". A PgBouncer is before it: add `ignore_startup_parameters = options` to its settings, and pool sessions"


def _in_words(engine: Engine, name: str, error: sqlite3.Error) -> PlaceError:
    if is_damage(error):
        return damaged(engine, str(error))
    if _code_of(error) in LOCKED:
        return _held(name)
    return PlaceError(f"the database {name} did not do what was asked: {error}")


def _held(name: str) -> PlaceError:
    return PlaceError(
        spoken("somebody else holds what this needs in the database {name}: try again when they are done", name=name)
    )


ATTEMPTS = 5
LONGEST_PAUSE_SECONDS = 0.2
PASSING = {"40001", "40P01", "23505", "SQLITE_BUSY", "SQLITE_LOCKED"}
"""Serialization failure, deadlock, unique violation; a file that another process holds."""
MOST_ROW_BYTES = 2 << 20
"""Of a row of somebody else's file: a cell of a text file has a million letters at most."""

T = TypeVar("T")


def retrying(work: Callable[[], T]) -> T:
    """Returns what the work returns; where another writer came between it is tried again, after a pause by chance.

    Raises:
        StoreError: it failed for another reason, or every time.
    """
    for attempt in range(1, ATTEMPTS):
        try:
            return work()
        except StoreError as error:
            if not _is_passing(error):
                raise
            time.sleep(random.uniform(0, LONGEST_PAUSE_SECONDS) * attempt)  # so that two do not meet again
    return work()


def _is_passing(error: StoreError) -> bool:
    cause = error.__cause__
    if not isinstance(cause, DBAPIError):
        return False
    return _code_of(cause.orig) in PASSING


def _code_of(error: BaseException | None) -> str | None:
    """What the database calls its fault."""
    return getattr(error, "sqlstate", None) or getattr(error, "sqlite_errorname", None)
