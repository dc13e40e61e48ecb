"""Sessions: who is signed in. The store knows a hash of what the browser holds, and every process asks the store."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import ColumnElement, Engine, delete, insert, select, update

from analytics.store.people.looks import note_look_within
from analytics.store.place.connections import reading, retrying, writing
from analytics.store.tables.schema import account, session

LONGEST = timedelta(hours=12)
"""A session ends so long after it was begun, whatever is done in it."""

IDLE = timedelta(minutes=60)
"""It ends so long after somebody last did something."""

TOKEN_BYTES = 32
KEPT = timedelta(days=30)
"""So long a session that ended is kept on record."""


@dataclass(frozen=True)
class Session:
    """Somebody who is signed in: the hash by which the store knows the session, the address, and until when."""

    token_hash: str
    address: str
    made_at: datetime
    seen_at: datetime

    @property
    def until(self) -> datetime:
        """When it ends if nothing more is done in it."""
        return min(self.made_at + LONGEST, self.seen_at + IDLE)


def begin_session(engine: Engine, address: str, way: str, *, now: datetime) -> str:
    """Begins a session and returns its token, which only the browser keeps."""
    token, second = secrets.token_urlsafe(TOKEN_BYTES), int(now.timestamp())
    values = {"token_hash": hash_of(token), "address": address, "way": way, "made_at": second, "seen_at": second}

    def begun() -> None:
        with writing(engine) as connection:
            connection.execute(delete(session).where(session.c.seen_at < second - int(KEPT.total_seconds())))
            connection.execute(insert(session).values(**values))
            note_look_within(connection, address, "signed in", request=way, now=now)

    retrying(begun)
    return token


def read_session(engine: Engine, token: str, *, now: datetime) -> Session | None:
    """The session of that token; None where it ended, was ended, or its person is not admitted any more."""
    second = int(now.timestamp())
    query = (
        select(session)
        .join(account, account.c.address == session.c.address)
        .where(
            session.c.token_hash == hash_of(token), session.c.ended_at.is_(None),
            session.c.made_at > second - int(LONGEST.total_seconds()),
            session.c.seen_at > second - int(IDLE.total_seconds()),
        )
    )  # fmt: skip
    with reading(engine) as connection:
        row = connection.execute(query).one_or_none()
    return None if row is None else _session(row)


def touch_session(engine: Engine, token_hash: str, *, now: datetime) -> None:
    """Notes that something was done in the session just now."""
    second = int(now.timestamp())
    with writing(engine) as connection:
        ours = (session.c.token_hash == token_hash, session.c.seen_at < second)
        connection.execute(update(session).where(*ours).values(seen_at=second))


def end_session(engine: Engine, token: str, *, now: datetime) -> None:
    """Ends the session of that token."""
    _end(engine, [session.c.token_hash == hash_of(token)], None, now)


def end_sessions(engine: Engine, address: str | None, *, by: str, now: datetime) -> int:
    """Ends the sessions of that address, or all where none is named, and returns how many were open."""
    which = [] if address is None else [session.c.address == address]
    return _end(engine, which, (by, address or "everybody"), now)


def open_sessions(engine: Engine, *, now: datetime) -> tuple[Session, ...]:
    """The sessions that are open, the latest begun first."""
    second = int(now.timestamp())
    open_ = (
        session.c.ended_at.is_(None), session.c.made_at > second - int(LONGEST.total_seconds()),
        session.c.seen_at > second - int(IDLE.total_seconds()),
    )  # fmt: skip
    with reading(engine) as connection:
        return tuple(
            map(_session, connection.execute(select(session).where(*open_).order_by(session.c.made_at.desc())))
        )


def hash_of(token: str) -> str:
    """By what the store knows a secret that it must be able to tell and never to say."""
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _end(engine: Engine, which: list[ColumnElement[bool]], noted: tuple[str, str] | None, now: datetime) -> int:
    with writing(engine) as connection:
        ours = update(session).where(session.c.ended_at.is_(None), *which)
        count = connection.execute(ours.values(ended_at=int(now.timestamp()))).rowcount
        if noted:
            note_look_within(connection, noted[0], "ended sessions", request=noted[1], now=now)
    return count


def _session(row: Any) -> Session:
    return Session(
        row.token_hash, row.address, datetime.fromtimestamp(row.made_at, UTC), datetime.fromtimestamp(row.seen_at, UTC)
    )
