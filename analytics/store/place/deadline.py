"""A limit to how long anybody waits for the database, whatever it is that hangs.

A server's own time-outs do not cover a network that swallows what is sent: only who waits can stop waiting.
"""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Callable, Generator
from concurrent.futures import Future
from contextlib import suppress
from contextvars import copy_context
from dataclasses import dataclass, field
from functools import partial
from math import ceil
from pathlib import Path
from typing import Any, TypeVar, cast

from sqlalchemy import Engine, event
from sqlalchemy.exc import InvalidatePoolError

from analytics.errors import StoreError
from analytics.language.said import spoken

DEADLINE_SECONDS = 10.0
STRETCH_SECONDS = 60.0
"""How long somebody else's database may take for the next rows, once it has answered."""
CONNECT_SECONDS = 3
STATEMENT_SECONDS = 8
LOCK_SECONDS = 2
ANSWER_SECONDS = 20.0
"""How long a reader waits for the thanks before the form is asked to try again."""

T = TypeVar("T")


@dataclass(frozen=True)
class Patience:
    """What a server is told to give up after, in seconds: a statement, and the wait for a lock."""

    statement: int
    lock: int


PAGES = Patience(STATEMENT_SECONDS, LOCK_SECONDS)
ANSWERS = Patience(15, 5)
"""Whoever sends an answer can wait longer than whoever looks at a page: the disk may be busy with thousands."""

_thread = threading.local()


def within(seconds: float, work: Callable[[], T]) -> T:
    """Returns what the work returns.

    The work runs in a thread of its own. Where it takes too long its connections are cut, so that this thread ends too.

    Raises:
        StoreError: it took longer than so many seconds.
    """
    errand = _Errand()
    outcome = errand.sent(work)
    try:
        return outcome.result(seconds)
    except TimeoutError:
        if outcome.done():
            raise
    errand.cut()
    raise StoreError(spoken("the database did not answer within {seconds} seconds", seconds=ceil(seconds)))


def each_within(
    items: Generator[T], called: str, *, first: float = DEADLINE_SECONDS, others: float = STRETCH_SECONDS
) -> Generator[T]:
    """Yields the items, which are got from somebody else's database, each in time; its connections are cut where not.

    Args:
        called: what the database is called in messages.
        first: so many seconds the first may take: until then nobody knows whether the other side answers at all.
        others: so many each later one may take.

    Raises:
        StoreError: one took longer.

    Example:
        >>> list(each_within((one for one in "ab"), "the database"))
        ['a', 'b']
    """
    errand, seconds, end = _Errand(), first, object()
    while True:
        outcome: Future[T | object] = errand.sent(partial(next, items, end))
        try:
            item = outcome.result(seconds)
        except TimeoutError:
            if outcome.done():
                raise
            errand.cut()
            raise StoreError(
                spoken("{called} did not answer within {seconds} seconds", called=called, seconds=ceil(seconds))
            ) from None
        if item is end:
            return
        try:
            yield cast(T, item)
        except GeneratorExit:
            items.close()
            raise
        seconds = others


def answered(engine: Engine, work: Callable[[], T], seconds: float) -> T:
    """Returns what the work returns; a server that hangs is not waited for longer than so many seconds.

    A file of this machine answers, or says why not.

    Raises:
        StoreError: the server took longer.
    """
    return within(seconds, work) if engine.dialect.name == "postgresql" else work()


def watch_source(engine: Engine) -> None:
    """Has the connections to somebody else's database cut with the errand that uses them."""
    event.listen(engine, "checkout", lambda connection, _record, _fairy: _tie(connection))


def watch_file(engine: Engine) -> None:
    """Has the engine's connections interrupted with the errand that uses them.

    A connection to a file that is no longer in its place is not used again.
    """
    file = Path(engine.url.database or "").absolute()

    def connected(_connection: Any, record: Any) -> None:
        record.info["place"] = _place(file)

    def check(connection: Any, record: Any, _fairy: object) -> None:
        _tie(connection)
        if _place(file) != record.info["place"]:
            raise InvalidatePoolError

    event.listen(engine, "connect", connected)
    event.listen(engine, "checkout", check)


def watch_server(engine: Engine, patience: Patience = PAGES) -> None:
    """Has the engine's connections cut with the errand that uses them; the server is told to give up before that.

    A connection that is broken is not used again, which is found out under watch: the pool's own question is not.
    """

    def connect(dialect: Any, record: Any, arguments: list[Any], options: dict[str, Any]) -> Any:
        connection = dialect.connect(*arguments, **_hurried(options, patience))
        record.info["fresh"] = True
        _tie(connection)
        return connection

    def check(connection: Any, record: Any, _fairy: object) -> None:
        _tie(connection)
        if record.info.pop("fresh", False):
            return
        try:
            engine.dialect.do_ping(connection)
        except Exception as broken:
            raise InvalidatePoolError from broken

    event.listen(engine, "do_connect", connect)
    event.listen(engine, "checkout", check)


def _hurried(options: dict[str, Any], patience: Patience) -> dict[str, Any]:
    limits = {"statement_timeout": patience.statement, "lock_timeout": patience.lock}
    given = " ".join(f"-c {name}={1000 * seconds}" for name, seconds in limits.items())
    return options | {"connect_timeout": CONNECT_SECONDS, "options": f"{options.get('options', '')} {given}".strip()}


@dataclass
class _Errand:
    """What a thread was sent to do, with the connections it took for it."""

    connections: list[Any] = field(default_factory=list)
    is_cut: bool = False
    lock: threading.Lock = field(default_factory=threading.Lock)

    def sent(self, work: Callable[[], T]) -> Future[T]:
        """Returns what will be the outcome of the work, which a thread of its own does."""
        outcome = Future[T]()
        here = copy_context()  # sentences are in the language that is spoken where they are waited for
        threading.Thread(target=here.run, args=(self._run, work, outcome), name="store", daemon=True).start()
        return outcome

    def _run(self, work: Callable[[], T], outcome: Future[T]) -> None:
        _thread.errand = self
        try:
            outcome.set_result(work())
        except BaseException as error:
            outcome.set_exception(error)

    def take(self, connection: Any) -> None:
        with self.lock:
            self.connections.append(connection)
            if self.is_cut:
                _cut(connection)

    def cut(self) -> None:
        with self.lock:
            self.is_cut = True
            for connection in self.connections:
                _cut(connection)


def _cut(connection: Any) -> None:
    """Ends whatever the connection waits for; the thread that waits gets the database's own error."""
    if hasattr(connection, "interrupt"):
        with suppress(Exception):  # already closed
            connection.interrupt()
        return
    with suppress(Exception), socket.socket(fileno=os.dup(connection.pgconn.socket)) as wire:
        wire.shutdown(socket.SHUT_RDWR)


def _tie(connection: Any) -> None:
    errand: _Errand | None = getattr(_thread, "errand", None)
    if errand is not None:
        errand.take(connection)


def standing_file(engine: Engine) -> tuple[int, int] | None:
    """Returns which file stands in the database's place now, None where there is none or a server keeps it."""
    return _place(Path(engine.url.database or "").absolute()) if engine.dialect.name == "sqlite" else None


def _place(file: Path) -> tuple[int, int] | None:
    """Returns which file stands there now, None where there is none."""
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
