"""When a reader of a survey was last erased: what was made of an earlier look at it is not kept any more.

Figures, editions, watches and crowds are made of what was read some seconds before they are kept. Whoever erases
meanwhile does not find them, and nobody would take a reader's words out of them later. So whoever keeps such a thing
asks here first, in the transaction that keeps it, and whoever erases waits for those who are at it.
"""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from analytics.store.tables.rows import keep_note, read_note

ERASURES = 7_071
"""What those who erase and those who keep wait for in a PostgreSQL database, together with the survey's number."""
NUMBERS, WORDS = "erased at ", "words erased at "
"""How the notes begin of the revision by which numbers of somebody were last gone from a survey, and words."""


def hold_erasures(connection: Connection, survey_id: int) -> None:
    """Has whoever keeps what was made of the survey end first, or wait until this transaction ends."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(ERASURES, survey_id)))


def note_erasure(connection: Connection, survey_id: int, revision: int, *, words: bool) -> None:
    """Notes that the survey has lost a reader's answers by that revision, and whether words went with them."""
    for name in (NUMBERS, WORDS) if words else (NUMBERS,):
        keep_note(connection, f"{name}{survey_id}", str(revision))


def was_erased_since(connection: Connection, survey_id: int, revision: int, *, words: bool = False) -> bool:
    """Whether a reader was erased after the survey had that revision; nobody is until this transaction ends.

    Args:
        words: only erasures with which words went are meant, since numbers that were told stay told.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock_shared(ERASURES, survey_id)))
    noted = read_note(connection, f"{WORDS if words else NUMBERS}{survey_id}")
    return noted is not None and revision < int(noted)
