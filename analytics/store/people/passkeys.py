"""Passkeys, and the links by which somebody enrols one: each is for one address, once, and for minutes only."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, Engine, delete, func, insert, select, update

from analytics.errors import RequestError
from analytics.store.people.looks import note_look_within
from analytics.store.people.sessions import hash_of
from analytics.store.place.connections import reading, writing
from analytics.store.tables.schema import account, enrolment, passkey, session

LINK_LIFE = timedelta(minutes=15)
LINK_BYTES = 32


@dataclass(frozen=True)
class Passkey:
    """A passkey: its id as browsers write it, whose it is, its public key, and how often it says it was used."""

    credential_id: str
    address: str
    public_key: bytes
    counter: int


def make_link(engine: Engine, address: str, *, by: str = "", now: datetime) -> str:
    """Makes a link for that address and returns its secret. Earlier links for the address are worth nothing from then.

    The address is one that was admitted. A link is a way into an account, so who made it is in the log.
    """
    secret = secrets.token_urlsafe(LINK_BYTES)
    values = {"link_hash": hash_of(secret), "address": address, "expires_at": int((now + LINK_LIFE).timestamp())}
    with writing(engine) as connection:
        connection.execute(delete(enrolment).where(enrolment.c.address == address))
        connection.execute(insert(enrolment).values(**values))
        note_look_within(connection, by, "made a link", request=address, now=now)
    return secret


def address_of_link(engine: Engine, secret: str, *, now: datetime) -> str | None:
    """Whom the link is for; None where there is no such link, or it was used, or is too old."""
    with reading(engine) as connection:
        return _address_of(connection, secret, now)


def enrol_passkey(engine: Engine, secret: str, new: Passkey, *, now: datetime) -> bool:
    """Keeps the passkey for whom the link is for and spends the link; False, and nothing, where the link is no good.

    Raises:
        RequestError: the passkey was enrolled before.
    """
    with writing(engine) as connection:
        if _address_of(connection, secret, now) != new.address:
            return False
        if connection.execute(select(passkey).where(passkey.c.credential_id == new.credential_id)).first():
            raise RequestError("This passkey is known here already: sign in with it.")
        ours = (enrolment.c.link_hash == hash_of(secret), enrolment.c.used_at.is_(None))
        spent = connection.execute(update(enrolment).where(*ours).values(used_at=int(now.timestamp()))).rowcount
        if not spent:  # on a server somebody else may have been quicker
            return False
        values = {
            "credential_id": new.credential_id, "address": new.address, "public_key": new.public_key,
            "counter": new.counter, "made_at": int(now.timestamp()),
        }  # fmt: skip
        connection.execute(insert(passkey).values(**values))
        note_look_within(connection, new.address, "enrolled a passkey", now=now)
    return True


def read_passkey(engine: Engine, credential_id: str) -> Passkey | None:
    """The passkey of that id; None where there is none, or its person is not admitted any more."""
    query = select(passkey).join(account, account.c.address == passkey.c.address)
    with reading(engine) as connection:
        row = connection.execute(query.where(passkey.c.credential_id == credential_id)).one_or_none()
    return None if row is None else Passkey(row.credential_id, row.address, bytes(row.public_key), row.counter)


def note_use(engine: Engine, credential_id: str, counter: int, *, now: datetime) -> None:
    """Notes that the passkey was used, and what it counted."""
    with writing(engine) as connection:
        ours = passkey.c.credential_id == credential_id
        values = {"counter": counter, "used_at": int(now.timestamp())}
        connection.execute(update(passkey).where(ours).values(**values))


def count_passkeys(engine: Engine, address: str) -> int:
    """How many passkeys sign that address in."""
    with reading(engine) as connection:
        return int(connection.execute(select(func.count()).where(passkey.c.address == address)).scalar_one())


def passkey_counts(engine: Engine) -> dict[str, int]:
    """How many passkeys sign each address in; addresses without one are left out."""
    query = select(passkey.c.address, func.count()).group_by(passkey.c.address)
    with reading(engine) as connection:
        return {address: int(count) for address, count in connection.execute(query)}


def forget_passkeys(engine: Engine, address: str, *, by: str, now: datetime) -> int:
    """Takes the passkeys of that address away, as when a key was lost, and returns how many there were.

    What they had opened ends too: links that nobody used yet, and sessions.
    """
    second = int(now.timestamp())
    with writing(engine) as connection:
        count = connection.execute(delete(passkey).where(passkey.c.address == address)).rowcount
        connection.execute(delete(enrolment).where(enrolment.c.address == address))
        open_ = (session.c.address == address, session.c.ended_at.is_(None))
        connection.execute(update(session).where(*open_).values(ended_at=second))
        note_look_within(connection, by, "took passkeys away", request=address, now=now)
    return count


def _address_of(connection: Connection, secret: str, now: datetime) -> str | None:
    query = (
        select(enrolment.c.address)
        .join(account, account.c.address == enrolment.c.address)
        .where(
            enrolment.c.link_hash == hash_of(secret), enrolment.c.used_at.is_(None),
            enrolment.c.expires_at > int(now.timestamp()),
        )
    )  # fmt: skip
    return connection.execute(query).scalar()
