"""Forgets by the clock what is only needed for a while: hashes of readers and networks, their salts, and referrers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import Column, Engine, Update, delete, or_, select, update

from analytics.store.place.connections import reading, retrying, writing
from analytics.store.tables.schema import circumstance, salt
from analytics.store.tend.keeping import scrub, scrub_due
from analytics.store.tend.storms import forget_open_crowds

HASHES_KEPT = timedelta(hours=47)
"""A timer that runs every hour has them gone within 48."""
SALTS_KEPT = timedelta(hours=47)
REFERRERS_KEPT = timedelta(days=30)
AT_ONCE = 5_000
"""Answers in one transaction: others write meanwhile."""


@dataclass(frozen=True)
class Forgotten:
    """Of how many answers hashes and the referrer were forgotten, and how many salts."""

    hashes: int
    referrers: int
    salts: int


def forget_due(engine: Engine, *, now: datetime) -> Forgotten:
    """Forgets what is due and returns how much that was."""
    hashes = _empty(
        engine, (circumstance.c.form, circumstance.c.reader_hash, circumstance.c.network_hash), now - HASHES_KEPT
    )
    referrers = _empty(engine, (circumstance.c.referrer,), now - REFERRERS_KEPT)
    with writing(engine) as connection:
        old = delete(salt).where(salt.c.made_at <= int((now - SALTS_KEPT).timestamp()))
        salts = connection.execute(old).rowcount
        forget_open_crowds(connection, now - REFERRERS_KEPT)  # they name the referrers' hosts
    if engine.dialect.name == "sqlite" and (hashes or referrers or salts):
        scrub(engine)  # a server writes its tables anew by itself
    scrub_due(engine, now=now)
    return Forgotten(hashes, referrers, salts)


def _empty(engine: Engine, columns: tuple[Column[int] | Column[str], ...], until: datetime) -> int:
    """Empties the columns in answers that are as old as that."""
    total = 0
    due = (circumstance.c.noted_at <= int(until.timestamp()), or_(*(column.is_not(None) for column in columns)))
    with reading(engine) as connection:
        surveys = connection.execute(select(circumstance.c.survey_id).where(*due).distinct()).scalars().all()
    for survey_id in surveys:
        some = select(circumstance.c.response_no).where(circumstance.c.survey_id == survey_id, *due).limit(AT_ONCE)
        ours = update(circumstance).where(circumstance.c.survey_id == survey_id, circumstance.c.response_no.in_(some))
        statement = ours.values({column.name: None for column in columns})
        while changed := retrying(partial(_change, engine, statement)):
            total += changed
    return total


def _change(engine: Engine, statement: Update) -> int:
    with writing(engine) as connection:
        return connection.execute(statement).rowcount
