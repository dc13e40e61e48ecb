"""What was erased, kept outside of the database, so that an older backup that is restored can be made to forget it too.

A tombstone is a salted hash of a response's key, or of a listed choice or level that was a reader's own word. Who has
the log and guesses an id or a word can tell whether it was erased, and no more.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, select

from analytics.errors import FileError, RequestError, StoreError
from analytics.store.place.connections import reading, writing
from analytics.store.place.private import opened_private
from analytics.store.record.erased import SALT, WORD, Tombstone, hashes_of, keep_stones, word_hash
from analytics.store.tables.rows import keep_note, read_note
from analytics.store.tables.schema import erased, quarantine, response, survey
from analytics.store.tables.surveys import survey_by_key
from analytics.store.tend.keeping import erase_responses, erase_words

AT_ONCE = 50_000
ListedWord = tuple[str, str]
"""The key of a question or dimension, and the value of one of its choices or levels."""


@dataclass(frozen=True)
class ErasedAgain:
    """What was erased again of a survey: responses, rows kept aside, and listed words.

    `refused` are further ones that are not in the store and will not be let in again. `unknown` are those that cannot
    be told from here, because the survey is missing, or other erasures came between: they are erased when they are in
    the store and it is done again. `given` are listed words that stay, since somebody gives them now. `clean`,
    `alone` and `logged` are those of the Erasure.
    """

    survey: str
    responses: int = 0
    aside: int = 0
    refused: int = 0
    unknown: int = 0
    clean: bool = True
    words: int = 0
    given: tuple[ListedWord, ...] = ()
    alone: tuple[ListedWord, ...] = ()
    logged: bool = False


def append_tombstones(file: Path, stones: Iterable[Tombstone], now: datetime) -> None:
    """Appends the tombstones to the log, a line each, and returns once they are safe on disk.

    Raises:
        StoreError: the log cannot be written.
    """
    lines = "".join(json.dumps({"at": now.isoformat(), **asdict(stone)}) + "\n" for stone in stones)
    try:
        with open(file, "a+b", opener=opened_private) as log:
            log.seek(0)
            if log.read(1) not in (b"", b"{", b"\n"):
                raise StoreError(f"{file} is there and is no log of erasures: name another. Nothing was erased")
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
        words = _words_found(connection, key, [one for one in stones if one.tombstone.startswith(WORD)])
        stones = [one for one in stones if not one.tombstone.startswith(WORD)]
        found = _found(connection, survey_id, stones)
        absent = [stone for stone in stones if stone not in found.values()]
        ours = [stone.tombstone for stone in absent if (stone.salt, stone.survey_id) == (salt, survey_id)]
        refused = len(set(ours) - _kept(connection, survey_id))
        keep_stones(connection, survey_id, sorted(ours))
    again = ErasedAgain(key, refused=refused, unknown=len(absent) - len(ours))
    if found:
        done = erase_responses(engine, key, list(found), now=now)
        again = replace(again, responses=done.responses, aside=done.aside, clean=done.clean, alone=done.alone,
                        logged=done.logged)  # fmt: skip
    return _words_again(engine, again, words, now)


def _words_again(engine: Engine, again: ErasedAgain, words: list[ListedWord], now: datetime) -> ErasedAgain:
    """Erases the listed words that nobody gives any more; of the others it tells that they stay."""
    taken, given, clean, logged = [], [], again.clean, again.logged
    for word in words:
        try:
            done = erase_words(engine, again.survey, [word], now=now)
            clean, logged = done.clean and clean, done.logged or logged
            taken.append(word)
        except RequestError:
            given.append(word)
    alone = tuple(one for one in again.alone if one not in taken)
    return replace(again, words=len(taken), given=tuple(given), alone=alone, clean=clean, logged=logged)


def _words_found(connection: Connection, survey_key: str, stones: list[Tombstone]) -> list[ListedWord]:
    """Returns which listed choices and levels have a tombstone, each with its question's or dimension's key."""
    if not stones:
        return []
    known = {stone.tombstone for stone in stones}
    salts = dict.fromkeys((stone.salt, stone.survey_id) for stone in stones)
    _, definition, _ = survey_by_key(connection, survey_key, removed=True)
    listed = [(one.key, choice.value) for one in definition.questions for choice in one.choices]
    listed += [(one.key, level.value) for one in definition.dimensions for level in one.levels]
    return [pair for pair in listed if any(word_hash(salt, of, *pair) in known for salt, of in salts)]


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
