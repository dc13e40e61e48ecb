"""What signs somebody in once: the store knows what was spent, so that no process takes it a second time."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Engine, delete

from analytics.store.people.sessions import hash_of
from analytics.store.place.connections import retrying, writing
from analytics.store.tables.rows import inserted, inserting
from analytics.store.tables.schema import spent

KEPT = timedelta(days=1)
"""So long it is known: longer than any of it holds, however far the clocks of two machines are apart."""


def spend(engine: Engine, secret: str, *, now: datetime) -> bool:
    """Spends the secret and returns whether it was there to spend: whoever races for it, only one is told so."""
    second = int(now.timestamp())

    def spending() -> bool:
        with writing(engine) as connection:
            connection.execute(delete(spent).where(spent.c.spent_at < second - int(KEPT.total_seconds())))
            once = inserting(connection, spent).values(secret_hash=hash_of(secret), spent_at=second)
            return inserted(connection, once)

    return retrying(spending)
