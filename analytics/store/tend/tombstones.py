"""What was erased, kept outside of the database, so that an older backup that is restored can be made to forget it too.

A tombstone is a salted hash of a response's key. Who has the log and guesses an id can tell whether it was erased, and
no more.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, select

from analytics.errors import FileError, StoreError
from analytics.store.place.connections import reading, writing
from analytics.store.place.private import opened_private
from analytics.store.record.erased import SALT, Tombstone, hashes_of, keep_stones
from analytics.store.tables.rows import keep_note, read_note
from analytics.store.tables.schema import erased, quarantine, response, survey
from analytics.store.tend.keeping import erase_responses

AT_ONCE = 50_000


@dataclass(frozen=True)
class ErasedAgain:
    """What was erased again of a survey: responses, and rows kept aside.

    `refused` are further ones that are not in the store and will not be let in again. `unknown` are those that cannot
    be told from here, because the survey is missing, or other erasures came between: they are erased when they are in
    the store and it is done again. `clean` is that of the Erasure.
    """

    survey: str
    responses: int = 0
    aside: int = 0
    refused: int = 0
    unknown: int = 0
    clean: bool = True


def append_tombstones(file: Path, stones: Iterable[Tombstone], now: datetime) -> None:
    """Appends the tombstones to the log, a line each, and returns once they are safe on disk.

    Raises:
        StoreError: the log cannot be written.
    """
    lines = "".join(json.dumps({"at": now.isoformat(), **asdict(stone)}) + "\n" for stone in stones)
    try:
        with open(file, "a+b", opener=opened_private) as log:
            log.seek(max(log.seek(0, os.SEEK_END) - 1, 0))
            cut_off = log.read(1) not in (b"", b"\n")
            log.write(b"\n" * cut_off + lines.encode())
            log.flush()
            os.fsync(log.fileno())
    except OSError as error:
        raise StoreError(
            f"the log of erasures {file} cannot be written ({error.strerror}): nothing was erased"
        ) from error


def read_tombstones(file: Path) -> list[Tombstone]:
    """Returns the tombstones in the log.

    Raises:
        FileError: the log cannot be read, or has lines that are none; all of them are named.
    """
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise FileError(f"the log of erasures {file} cannot be read: {error}") from error
    stones = [_stone_in(line) for line in lines]
    if bad := [place for place, stone in enumerate(stones, 1) if stone is None]:
        named = ", ".join(map(str, bad[:20]))
        raise FileError(
            f"{file}, line {named}: found no tombstone, expected a line that erase wrote; where it was cut off nothing "
            "had been erased yet: take the line out"
        )
    return [stone for stone in stones if stone is not None]


def tombstones_of(engine: Engine) -> list[Tombstone]:
    """Returns the tombstones that the store has."""
    joined = erased.join(survey, survey.c.survey_id == erased.c.survey_id)
    with reading(engine) as connection:
        salt = read_note(connection, SALT)
        rows = connection.execute(select(survey.c.key, erased).select_from(joined)).all()
    return [Tombstone(row.key, row.survey_id, salt, row.tombstone) for row in rows if salt is not None]


def erase_again(engine: Engine, stones: Sequence[Tombstone], *, now: datetime) -> list[ErasedAgain]:
    """Erases the responses of these tombstones from every survey, and keeps the tombstones; doing it twice is no fault.

    Args:
        now: the moment, for the audit.
    """
    by_survey: dict[str, list[Tombstone]] = {}
    for stone in dict.fromkeys(stones):
        by_survey.setdefault(stone.survey, []).append(stone)
    return [_erased_again(engine, key, theirs, now) for key, theirs in by_survey.items()]


def _erased_again(engine: Engine, key: str, stones: list[Tombstone], now: datetime) -> ErasedAgain:
    with writing(engine) as connection:
        survey_id = connection.execute(select(survey.c.survey_id).where(survey.c.key == key)).scalar()
        if survey_id is None:
            return ErasedAgain(key, unknown=len(stones))
        if (salt := read_note(connection, SALT)) is None:  # the backup is older than the first erasure
            keep_note(connection, SALT, salt := stones[0].salt)
        found = _found(connection, survey_id, stones)
        absent = [stone for stone in stones if stone not in found.values()]
        ours = [stone.tombstone for stone in absent if (stone.salt, stone.survey_id) == (salt, survey_id)]
        refused = len(set(ours) - _kept(connection, survey_id))
        keep_stones(connection, survey_id, sorted(ours))
    unknown = len(absent) - len(ours)
    if not found:
        return ErasedAgain(key, refused=refused, unknown=unknown)
    done = erase_responses(engine, key, list(found), now=now)
    return ErasedAgain(key, done.responses, done.aside, refused, unknown, done.clean)


def _kept(connection: Connection, survey_id: int) -> set[str]:
    return set(connection.execute(select(erased.c.tombstone).where(erased.c.survey_id == survey_id)).scalars())


def _found(connection: Connection, survey_id: int, stones: list[Tombstone]) -> dict[str, Tombstone]:
    """Returns the tombstone of each response and row kept aside that has one, by key."""
    by_hash = {stone.tombstone: stone for stone in stones}
    salts = dict.fromkeys((stone.salt, stone.survey_id) for stone in stones)
    return {
        key: by_hash[mark]
        for key in _keys(connection, survey_id)
        for salt, of in salts
        for mark in hashes_of(salt, of, key) & by_hash.keys()
    }


def _keys(connection: Connection, survey_id: int) -> Iterator[str]:
    for table in (response, quarantine):
        query = select(table.c.key).where(table.c.survey_id == survey_id)
        yield from connection.execute(query.execution_options(yield_per=AT_ONCE)).scalars()


def _stone_in(line: str) -> Tombstone | None:
    try:
        told = json.loads(line)
        return Tombstone(**{name: told[name] for name in ("survey", "survey_id", "salt", "tombstone")})
    except (ValueError, TypeError, KeyError):
        return None
