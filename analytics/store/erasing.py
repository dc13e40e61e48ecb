"""Erases responses for good: rows, comments, rows kept aside, what is left of them in the file, and the way back."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Any

import numpy as np
from sqlalchemy import Connection, Engine, delete, func, insert, select, text, update

from analytics.errors import Fault
from analytics.model import Answers, Batch, Chunk
from analytics.store.bulk import insert_columns, inserting
from analytics.store.notes import read_note
from analytics.store.place import only_writer
from analytics.store.schema import COUNTED, about, erased, metadata, quarantine, response, survey
from analytics.store.versions import AT_ONCE

SALT = "erasure_salt"

SCRUB_WAIT_MS = 2_000
"""How long readers of older pages are waited for before the write-ahead log is emptied."""


@dataclass(frozen=True)
class Erasure:
    """What was erased: how many responses, all versions of one as one, and rows kept aside.

    `clean` says whether nothing of them is left in the database's files; where it is false somebody was reading, and to
    erase the same again ends it.
    """

    responses: int
    aside: int
    clean: bool


@dataclass(frozen=True)
class Tombstone:
    """A response that was erased, known by a hash of its key with the salt and the number of its survey."""

    survey: str
    survey_id: int
    salt: str
    tombstone: str


def tombstoned(connection: Connection, survey_id: int, keys: Sequence[str]) -> set[str]:
    """Returns which of the keys belong to erased responses. They are known by a salted hash alone."""
    if connection.execute(select(erased.c.survey_id).where(erased.c.survey_id == survey_id).limit(1)).first() is None:
        return set()
    salt = _salt(connection)
    by_stone = {tombstone_of(salt, survey_id, key): key for key in keys}
    stones = list(by_stone)
    found: set[str] = set()
    for start in range(0, len(stones), AT_ONCE):
        listed = erased.c.tombstone.in_(stones[start : start + AT_ONCE])
        query = select(erased.c.tombstone).where(erased.c.survey_id == survey_id, listed)
        found.update(by_stone[stone] for stone in connection.execute(query).scalars())
    return found


def bury(connection: Connection, survey_id: int, survey_key: str, keys: Iterable[str]) -> list[Tombstone]:
    """Keeps a salted hash of the keys, by which they are refused when they come again, and returns the tombstones."""
    salt = _salt(connection)
    stones = sorted(tombstone_of(salt, survey_id, key) for key in keys)
    statement = inserting(connection, erased).on_conflict_do_nothing()
    insert_columns(connection, statement, {"survey_id": survey_id}, {"tombstone": stones})
    return [Tombstone(survey_key, survey_id, salt, stone) for stone in stones]


def delete_rows(connection: Connection, survey_id: int, rows: Sequence[Any], keys: Sequence[str]) -> int:
    """Deletes these responses from every table that knows them and returns how many of them had been kept aside."""
    numbers = [row.response_no for row in rows]
    for table in metadata.sorted_tables:
        if {"survey_id", "response_no"} <= set(table.c.keys()):
            for start in range(0, len(numbers), AT_ONCE):
                listed = table.c.response_no.in_(numbers[start : start + AT_ONCE])
                connection.execute(delete(table).where(table.c.survey_id == survey_id, listed))
    aside = 0
    for start in range(0, len(keys), AT_ONCE):
        listed = quarantine.c.key.in_(keys[start : start + AT_ONCE])
        aside += connection.execute(delete(quarantine).where(quarantine.c.survey_id == survey_id, listed)).rowcount
    times = (func.min(response.c.responded_at), func.max(response.c.responded_at))
    left = select(*times).where(response.c.survey_id == survey_id, response.c.standing == COUNTED)
    first, last = connection.execute(left).one()
    connection.execute(update(survey).where(survey.c.survey_id == survey_id).values(first_at=first, last_at=last))
    return aside


def known_keys(connection: Connection, survey_id: int, keys: Sequence[str]) -> set[str]:
    """Returns which of the keys stand for a row kept aside or were erased before."""
    listed = select(quarantine.c.key).where(quarantine.c.survey_id == survey_id, quarantine.c.key.in_(keys))
    return {*connection.execute(listed).scalars(), *tombstoned(connection, survey_id, keys)}


def scrub(engine: Engine) -> bool:
    """Removes what was deleted from the database's files and returns whether nothing is left of it.

    SQLite writes zeros over deleted rows; pages of before may be left in the write-ahead log, which is emptied here.
    """
    if engine.dialect.name == "sqlite":
        with only_writer(engine.url.database), closing(engine.raw_connection()) as connection:
            cursor = connection.cursor()
            (patience,) = cursor.execute("PRAGMA busy_timeout").fetchone()
            cursor.execute(f"PRAGMA busy_timeout = {SCRUB_WAIT_MS}")
            busy, *_ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            cursor.execute(f"PRAGMA busy_timeout = {patience}")
        return not busy
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as server:
        server.execute(text("VACUUM response, answer, comment, quarantine"))
    return True


def without_erased(connection: Connection, survey_id: int, chunk: Chunk, file: str) -> Chunk:
    """Returns the chunk without the rows of erased responses, which are rejected with their line and nothing else."""
    frame = chunk.batch.responses
    gone = tombstoned(connection, survey_id, [*frame["key"].tolist(), *(row.key for row in chunk.quarantined)])
    if not gone:
        return chunk
    dropped = frame["key"].isin(gone).to_numpy()
    aside = tuple(row for row in chunk.quarantined if row.key not in gone)
    lines = [*frame["line"][dropped].tolist(), *(row.line for row in chunk.quarantined if row.key in gone)]
    kept_faults = [fault for fault in chunk.faults if fault.line not in set(lines)]
    refused = [Fault(file, line, "", "a response that was erased", "none: it is not recorded again") for line in lines]
    return replace(
        chunk, batch=_without(chunk.batch, dropped), quarantined=aside, rejected=chunk.rejected + len(lines),
        faults=(*kept_faults, *refused),
    )  # fmt: skip


def _without(batch: Batch, dropped: np.ndarray) -> Batch:
    kept, row = ~dropped, np.cumsum(~dropped) - 1
    answers = {
        key: Answers(one.values, one.status[kept], row[one.row[kept[one.row]]], one.choice[kept[one.row]])
        for key, one in batch.answers.items()
    }
    texts = batch.texts[kept[batch.texts["row"].to_numpy(dtype=np.int64)]]
    return Batch(
        batch.responses[kept].reset_index(drop=True),
        batch.levels[kept].reset_index(drop=True),
        answers,
        texts.assign(row=row[texts["row"].to_numpy(dtype=np.int64)]).reset_index(drop=True),
    )


def _salt(connection: Connection) -> str:
    salt = read_note(connection, SALT)
    if salt is None:
        salt = secrets.token_hex(16)
        connection.execute(insert(about).values(name=SALT, value=salt))  # of two at once one fails
    return salt


def tombstone_of(salt: str, survey_id: int, key: str) -> str:
    """Returns the hash by which a response is known after it was erased."""
    return blake2b(f"{survey_id}/{key}".encode(), key=bytes.fromhex(salt), digest_size=16).hexdigest()
