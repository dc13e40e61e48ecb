"""How answers came about, a row each, and what is counted of them for the limits on readers and networks."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Column, Connection, Engine, Select, bindparam, func, select

from analytics.model import Response
from analytics.model.responses import Circumstances
from analytics.store.place.connections import reading, retrying, writing
from analytics.store.record.standing import OWN_ID
from analytics.store.tables.rows import (
    ColumnValues,
    among,
    given_values,
    insert_columns,
    inserting,
    plain_insert,
    portions,
)
from analytics.store.tables.schema import SUPERSEDED, circumstance, response, salt
from analytics.store.tables.surveys import survey_by_key


@dataclass(frozen=True)
class AnswerLimits:
    """How many answers to one survey count without a look: in a row by one reader, of one network within an hour.

    A school or a mobile carrier lends one address to many with the same browsers, so that nothing is refused beyond
    them: it waits. From the answer after `free` on, of one reader or network, it also has to be proved: a browser works
    a second for it. In a row is whoever opens each form after the answer before was in, as one person has to; the forms
    of a class are open at the same time.
    """

    reader: int = 2
    network: int = 400
    free: int = 1


ROUNDED = 1
"""Both ends of a stay on a form are whole seconds: a form that was opened in the second of an answer came after it."""
MOST_IN_A_ROW = 20
"""More than so many answers in a row are not counted."""


UNPROVED = "unproved"
"""Why an answer waits until its reader's browser has worked for it, and for nothing else."""

_SAME = (response.c.survey_id == circumstance.c.survey_id, response.c.response_no == circumstance.c.response_no)
SALT_BYTES, SECONDS_A_DAY = 16, 86_400
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def insert_circumstances(
    connection: Connection, survey_id: int, responses: pd.DataFrame, first_no: int, kept: np.ndarray
) -> None:
    """Inserts what is known of how these responses came about, where anything is."""
    if "circumstances" not in responses:
        return
    known = responses["circumstances"].tolist()
    at = [int(place) for place in np.flatnonzero(kept) if known[place] is not None]
    ours: list[Circumstances] = [known[place] for place in at]
    received = responses["received_at"].tolist()
    columns = {
        "response_no": [first_no + place for place in at],
        "noted_at": [received[place] for place in at],
        **{name: [getattr(one, name) or None for one in ours] for name in _WORDS},
        "seconds": [one.seconds for one in ours],
        "saw_results": [int(one.saw_results) for one in ours],
        "form": [one.form for one in ours],
        "reader_hash": [one.reader for one in ours],
        "network_hash": [one.network for one in ours],
        "account_hash": [one.account for one in ours],
    }
    insert_columns(connection, plain_insert(circumstance), {"survey_id": survey_id}, columns)


def insert_referrers(
    connection: Connection, survey_id: int, responses: pd.DataFrame, first_no: int, kept: np.ndarray, *, now: datetime
) -> None:
    """Inserts where the readers of an imported file came from, where its definition reads that and the file says it."""
    if "referrer" not in responses:
        return
    hosts = responses["referrer"].to_numpy(dtype=object)
    at = np.flatnonzero(kept & (hosts != ""))
    columns: ColumnValues = {"response_no": (at + first_no).tolist(), "referrer": hosts[at].tolist()}
    fixed = {"survey_id": survey_id, "noted_at": int(now.timestamp()), "saw_results": 0}
    insert_columns(connection, plain_insert(circumstance), fixed, columns)


_WORDS = ("placement", "article_version", "referrer", "shown", "wording", "unverified")


def day_salt(engine: Engine, survey_key: str, *, now: datetime) -> bytes:
    """The salt of the survey and the day, the same for every process; made where there is none.

    Raises:
        RequestError: there is no such survey.
        StoreError: there is none and the store cannot be written.
    """
    day = int(now.timestamp()) // SECONDS_A_DAY
    with reading(engine) as connection:
        survey_id, *_ = survey_by_key(connection, survey_key)
        known = connection.execute(_salt_query(survey_id, day)).scalar()
    if known is None:
        known = retrying(lambda: _made(engine, survey_id, day, now))
    return bytes(known)


def _made(engine: Engine, survey_id: int, day: int, now: datetime) -> bytes:
    values = {"survey_id": survey_id, "day": day, "made_at": int(now.timestamp())}
    with writing(engine) as connection:
        statement = inserting(connection, salt).values(content=secrets.token_bytes(SALT_BYTES), **values)
        connection.execute(statement.on_conflict_do_nothing())
        return bytes(connection.execute(_salt_query(survey_id, day)).scalar_one())


def _salt_query(survey_id: int, day: int) -> Select[bytes]:
    return select(salt.c.content).where(salt.c.survey_id == survey_id, salt.c.day == day)


def checked(
    engine: Engine, survey_key: str, responses: Iterable[Response], limits: AnswerLimits, *, now: datetime
) -> list[Response]:
    """Returns the responses, with those unverified whose form or account was used before, or that are beyond a limit.

    No limit holds for whom the paper's account system vouches: their account counts once.

    Raises:
        RequestError: there is no such survey.
        StoreError: the store cannot be read.
    """
    arrived = list(responses)
    known = [one.circumstances for one in arrived if one.circumstances is not None]
    if not known:
        return arrived
    with reading(engine) as connection:
        survey_id, *_ = survey_by_key(connection, survey_key)
        taken = _first_of(
            connection,
            survey_id,
            circumstance.c.account_hash,
            [one.account for one in known if one.account is not None],
        )
        used = _forms(connection, survey_id, [one.form for one in known if one.form is not None])
        rows = _latest(
            connection, survey_id, [one.reader for one in known], limits.reader, int((now - DAY).timestamp())
        )
        counts = {
            column.name: _counts(connection, survey_id, column, hashes, int((now - within).timestamp()))
            for column, hashes, within in (
                (circumstance.c.reader_hash, [one.reader for one in known], DAY),
                (circumstance.c.network_hash, [one.network for one in known], HOUR),
            )
        }
    found = []
    for one in arrived:
        how = one.circumstances
        if how is not None:
            again = how.account is not None and taken.setdefault(how.account, one.key) != one.key
            spent = how.form is not None and used.setdefault(how.form, one.key) != one.key
            reader = _one_more(counts["reader_hash"], how.reader)
            in_a_row = _in_a_row(rows, one, now)
            network = _one_more(counts["network_hash"], how.network)
            doubt = how.unverified or (
                "account" if again else "spent" if spent else "" if how.account is not None
                else "reader" if in_a_row > limits.reader else "network" if network > limits.network
                else UNPROVED if max(reader, network) > limits.free else ""
            )  # fmt: skip
            if doubt != how.unverified:
                one = replace(one, circumstances=replace(how, unverified=doubt))
        found.append(one)
    return found


def _one_more(counts: dict[int, int], hashed: int | None) -> int:
    """Counts one more of that hash, and returns how many they are; 0 where nobody is known by it."""
    if hashed is None:
        return 0
    counts[hashed] = counts.get(hashed, 0) + 1
    return counts[hashed]


@dataclass(frozen=True)
class _Shown:
    """An answer by the seconds at which its form was shown and it came in."""

    key: str
    opened: int
    arrived: int


def _in_a_row(rows: dict[int, list[_Shown]], one: Response, now: datetime) -> int:
    """Returns how many answers of that reader came one after the other, up to this one, which is kept with them."""
    how = one.circumstances
    if how is None or how.reader is None:
        return 0
    arrived = int((one.received_at or now).timestamp())
    ours = _Shown(one.key, arrived - (how.seconds or 0), arrived)
    before = [other for other in rows.get(how.reader, []) if other.key != one.key]
    rows[how.reader] = [*before, ours][-MOST_IN_A_ROW:]
    row, after = 1, ours
    for other in reversed(before):
        if after.opened + ROUNDED < other.arrived:
            break
        row, after = row + 1, other
    return row


def _latest(
    connection: Connection, survey_id: int, hashes: Sequence[int | None], most: int, since: int
) -> dict[int, list[_Shown]]:
    """Returns the last answers of each of these readers, each in its version that stands, in the order they came."""
    found: dict[int, list[_Shown]] = {}
    for some in portions(list({one for one in hashes if one is not None})):
        given = {"of": survey_id, "since": since, "most": min(most, MOST_IN_A_ROW)}
        given |= given_values(connection, some)
        for row in connection.execute(_last_of_readers(connection.dialect.name), given):
            shown = _Shown(row.key.removeprefix(OWN_ID), row.noted_at - (row.seconds or 0), row.noted_at)
            found.setdefault(row.reader_hash, []).append(shown)
    return found


# These run with every batch of answers: to word a statement takes longer than to run it, so each is worded once.


@cache
def _last_of_readers(dialect: str) -> Select[Any]:
    column, order = circumstance.c.reader_hash, (circumstance.c.noted_at, circumstance.c.response_no)
    place = func.row_number().over(partition_by=column, order_by=[one.desc() for one in order]).label("place")
    known = select(column, response.c.key, circumstance.c.seconds, *order, place).where(*_RECENT, *_STANDING)
    last = among(known, column, dialect).subquery()
    return select(last).where(last.c.place <= bindparam("most")).order_by(last.c.place.desc())


@cache
def _counting(column: Column[Any], dialect: str) -> Select[Any]:
    query = select(column, func.count()).where(*_RECENT, *_STANDING)
    return among(query, column, dialect).group_by(column)


@cache
def _first_with(column: Column[Any], dialect: str) -> Select[Any]:
    query = select(circumstance.c.response_no, column, response.c.key).where(_OURS, *_SAME)
    return among(query, column, dialect)  # sorted afterwards: for its order SQLite would go through all answers


_OURS = circumstance.c.survey_id == bindparam("of")
_RECENT = (_OURS, circumstance.c.noted_at + 0 >= bindparam("since"))
"""A sum, so that no database walks all answers of the day by their times instead of the few of these hashes."""
_STANDING = (*_SAME, response.c.standing != SUPERSEDED)


def _counts(
    connection: Connection, survey_id: int, column: Column[Any], hashes: Sequence[int | None], since: int
) -> dict[int, int]:
    """Returns how many answers, each in its version that stands, have each of these hashes since then."""
    found: dict[int, int] = {}
    for some in portions(list({one for one in hashes if one is not None})):
        given = {"of": survey_id, "since": since, **given_values(connection, some)}
        query = _counting(column, connection.dialect.name)
        found.update((row[0], row[1]) for row in connection.execute(query, given))
    return found


def _forms(connection: Connection, survey_id: int, forms: Sequence[int]) -> dict[int, str]:
    """Returns which response each of these forms was used for."""
    return _first_of(connection, survey_id, circumstance.c.form, forms)


def _first_of(connection: Connection, survey_id: int, column: Column[Any], hashes: Sequence[int]) -> dict[int, str]:
    """Returns the first response that each of these stands with."""
    found: dict[int, str] = {}
    for some in portions(list(dict.fromkeys(hashes))):
        given = {"of": survey_id, **given_values(connection, some)}
        rows = connection.execute(_first_with(column, connection.dialect.name), given)
        for _, one, key in sorted(tuple(row) for row in rows):
            found.setdefault(one, key.removeprefix(OWN_ID))
    return found
