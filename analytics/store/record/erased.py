"""What was erased stays out: known by a salted hash of its key alone, and refused when it comes again."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from unicodedata import category

import numpy as np
from sqlalchemy import Connection, insert, select

from analytics.errors import Fault
from analytics.language.said import spoken
from analytics.model import Answers, Batch, Chunk
from analytics.store.tables.rows import insert_columns, inserting, portions, read_note
from analytics.store.tables.schema import about, erased

SALT = "erasure_salt"
WORD = "word:"
"""How a tombstone begins that is of a listed choice or level, which an erased reader had written."""


@dataclass(frozen=True)
class Tombstone:
    """A response or a listed word that was erased, known by a hash with the salt and the number of its survey."""

    survey: str
    survey_id: int
    salt: str
    tombstone: str


def tombstoned(connection: Connection, survey_id: int, keys: Sequence[str]) -> set[str]:
    """Returns which of the keys belong to erased responses. They are known by a salted hash alone."""
    if not has_tombstones(connection, survey_id):
        return set()
    salt = _salt(connection)
    by_stone: dict[str, list[str]] = {}
    for key in keys:
        for stone in hashes_of(salt, survey_id, key):
            by_stone.setdefault(stone, []).append(key)
    found: set[str] = set()
    for some in portions(list(by_stone)):
        query = select(erased.c.tombstone).where(erased.c.survey_id == survey_id, erased.c.tombstone.in_(some))
        for stone in connection.execute(query).scalars():
            found.update(by_stone[stone])
    return found


def has_tombstones(connection: Connection, survey_id: int) -> bool:
    """Returns whether anything of the survey was ever erased."""
    ours = select(erased.c.survey_id).where(erased.c.survey_id == survey_id)
    return connection.execute(ours.limit(1)).first() is not None


def bury(
    connection: Connection, survey_id: int, survey_key: str, keys: Iterable[str] = (),
    *, words: Iterable[tuple[str, str]] = (),
) -> list[Tombstone]:  # fmt: skip
    """Keeps salted hashes of what goes for good, by which it is known when it comes again, and returns the tombstones.

    Args:
        keys: those of responses.
        words: listed choices and levels, each with its question's or dimension's key.
    """
    salt = _salt(connection)
    hashes = {stone for key in keys for stone in hashes_of(salt, survey_id, key)}
    stones = sorted(hashes | {word_hash(salt, survey_id, *word) for word in words})
    keep_stones(connection, survey_id, stones)
    return [Tombstone(survey_key, survey_id, salt, stone) for stone in stones]


def keep_stones(connection: Connection, survey_id: int, stones: Sequence[str]) -> None:
    """Keeps the tombstones, those that are kept already among them."""
    statement = inserting(connection, erased).on_conflict_do_nothing()
    insert_columns(connection, statement, {"survey_id": survey_id}, {"tombstone": stones})


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
    refused = [
        Fault(file, line, "", spoken("a response that was erased"), spoken("none: it is not recorded again"))
        for line in lines
    ]
    return replace(
        chunk, batch=without_rows(chunk.batch, dropped), quarantined=aside, rejected=chunk.rejected + len(lines),
        faults=(*kept_faults, *refused),
    )  # fmt: skip


def without_rows(batch: Batch, dropped: np.ndarray) -> Batch:
    """Returns the batch without these rows, and without the choices and levels that nobody else in it gave."""
    kept, row = ~dropped, np.cumsum(~dropped) - 1
    answers = {}
    for key, one in batch.answers.items():
        still = kept[one.row]
        given, choice = np.unique(one.choice[still], return_inverse=True)
        values = tuple(one.values[at] for at in given.tolist())
        answers[key] = Answers(values, one.status[kept], row[one.row[still]], choice.astype(one.choice.dtype))
    levels = batch.levels[kept].reset_index(drop=True)
    for name in levels.columns:
        levels[name] = levels[name].cat.remove_unused_categories()
    texts = batch.texts[kept[batch.texts["row"].to_numpy(dtype=np.int64)]]
    return Batch(
        batch.responses[kept].reset_index(drop=True),
        levels,
        answers,
        texts.assign(row=row[texts["row"].to_numpy(dtype=np.int64)]).reset_index(drop=True),
    )


def _salt(connection: Connection) -> str:
    salt = read_note(connection, SALT)
    if salt is None:
        salt = secrets.token_hex(16)
        connection.execute(insert(about).values(name=SALT, value=salt))  # of two at once one fails
    return salt


def hashes_of(salt: str, survey_id: int, key: str) -> set[str]:
    """Returns the hashes by which a response is known after it was erased: of its key as it is, and as it is seen.

    A spreadsheet may add a sign to an id, or lose one, that nobody sees.

    Example:
        >>> hashes_of("00", 1, "id:7") < hashes_of("00", 1, "id:7" + chr(0x200B))
        True
    """
    seen = key if key.isascii() else "".join(sign for sign in key if category(sign) != "Cf")
    return {_hashed(salt, f"{survey_id}/{form}") for form in {key, seen}}


def word_hash(salt: str, survey_id: int, key: str, value: str) -> str:
    """Returns the hash by which a listed choice or level of that question or dimension is known after it was erased."""
    return WORD + _hashed(salt, f"{survey_id}/{key}={value}")


def _hashed(salt: str, told: str) -> str:
    return blake2b(told.encode(), key=bytes.fromhex(salt), digest_size=16).hexdigest()
