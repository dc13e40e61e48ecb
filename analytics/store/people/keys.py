"""Keys that this store signs or salts with, one line of them for each purpose, shared by all processes.

A backup has none of them (`tend/moving.py`): what they signed is no longer known once an older backup was restored.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import Connection, Engine, delete, insert, select

from analytics.store.place.connections import reading, retrying, writing
from analytics.store.tables.schema import signing_key

KEY_BYTES = 32


@dataclass(frozen=True)
class SigningKeys:
    """The key to sign with, and the one before, by which what was signed earlier is still known.

    Example:
        >>> SigningKeys(b"secret", None)
        SigningKeys()
    """

    current: bytes = field(repr=False)
    previous: bytes | None = field(repr=False)

    @property
    def both(self) -> tuple[bytes, ...]:
        """The current key and then the one before, where there is one."""
        return (self.current,) if self.previous is None else (self.current, self.previous)


def signing_keys(engine: Engine, purpose: str, *, now: datetime) -> SigningKeys:
    """The keys of that purpose, the same for every process; the first is made where there is none.

    Raises:
        StoreError: there is none and the store cannot be written.
    """
    with reading(engine) as connection:
        found = _keys(connection, purpose)
    if found is None:
        found = retrying(lambda: _made(engine, purpose, now))
    return found


def rotate_keys(engine: Engine, purpose: str, *, now: datetime, after: timedelta) -> bool:
    """Makes a new key where the current one is as old as that, and returns whether it did.

    The one before goes: what it signed is not known any more.
    """

    def rotated() -> bool:
        with writing(engine) as connection:
            newest = _newest(connection, purpose)
            if newest is None or newest[1] > (now - after).timestamp():
                return False
            _add(connection, purpose, newest[0] + 1, now)
            old = (signing_key.c.purpose == purpose, signing_key.c.key_no < newest[0])
            connection.execute(delete(signing_key).where(*old))
            return True

    return retrying(rotated)


def _made(engine: Engine, purpose: str, now: datetime) -> SigningKeys:
    with writing(engine) as connection:
        found = _keys(connection, purpose)
        if found is None:  # else another process was quicker
            _add(connection, purpose, 1, now)
            found = _keys(connection, purpose)
    assert found is not None
    return found


def _add(connection: Connection, purpose: str, number: int, now: datetime) -> None:
    values = {"content": secrets.token_bytes(KEY_BYTES), "made_at": int(now.timestamp())}
    connection.execute(insert(signing_key).values(purpose=purpose, key_no=number, **values))


def _keys(connection: Connection, purpose: str) -> SigningKeys | None:
    query = select(signing_key.c.content).where(signing_key.c.purpose == purpose)
    found = connection.execute(query.order_by(signing_key.c.key_no.desc()).limit(2)).scalars().all()
    return SigningKeys(bytes(found[0]), bytes(found[1]) if len(found) > 1 else None) if found else None


def _newest(connection: Connection, purpose: str) -> tuple[int, int] | None:
    query = select(signing_key.c.key_no, signing_key.c.made_at).where(signing_key.c.purpose == purpose)
    row = connection.execute(query.order_by(signing_key.c.key_no.desc()).limit(1)).one_or_none()
    return None if row is None else (row.key_no, row.made_at)
