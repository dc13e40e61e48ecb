"""How the store is: what it runs on, what waits to be folded in, which imports are unfinished, what `verify` found."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy import Connection, Engine, func, select

from analytics.model import Unfinished
from analytics.store.columns.tending import column_states
from analytics.store.people.sending import read_failing
from analytics.store.place.connections import reading, writing
from analytics.store.place.sqlite import sqlite_warning
from analytics.store.record.imports import read_unfinished
from analytics.store.tables.rows import keep_note, read_note
from analytics.store.tables.schema import pending, survey
from analytics.store.tables.surveys import THERE
from analytics.store.tables.tally import FOLDED_AT, server_second
from analytics.store.tend.verify import Verification

LATE_SECONDS = 60
"""What waits for longer than this to be folded in asks for somebody to look."""

VERIFIED = "verified"


@dataclass(frozen=True)
class Verified:
    """What the last recount found: of so many responses, how many sums were wrong, and how many of them were healed."""

    at: datetime
    responses: int
    wrong: int
    healed: int


@dataclass(frozen=True)
class Health:
    """How the store is.

    `waiting` has how many changes wait to be folded in, by survey; none waits for longer than `waiting_seconds`, which
    is None where nothing waits, or where nobody knows. `warning` is what to say of the machine's SQLite. `no_columns`
    says, by survey, why its columns cannot be used, `making_columns` of how many per cent they have been made. `unsent`
    names the recipient of each message that failed and waits to be tried again.
    """

    database: str
    warning: str | None
    waiting: Mapping[str, int]
    waiting_seconds: int | None
    unfinished: Mapping[str, tuple[Unfinished, ...]]
    verified: Verified | None
    no_columns: Mapping[str, str] = field(default_factory=dict)
    making_columns: Mapping[str, int] = field(default_factory=dict)
    unsent: tuple[str, ...] = ()

    @property
    def is_late(self) -> bool:
        """Returns whether what waits may have waited for too long."""
        return bool(self.waiting) and (self.waiting_seconds is None or self.waiting_seconds > LATE_SECONDS)


def read_health(engine: Engine) -> Health:
    """Returns how the store is; cheap enough to ask every few seconds."""
    with reading(engine) as connection:
        dialect = connection.dialect
        name = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[dialect.name]
        version = ".".join(map(str, dialect.server_version_info or ()))
        waiting = _waiting(connection) if dialect.name == "postgresql" else {}
        seconds = _waiting_seconds(connection) if waiting else None
        verified = _verified(connection)
    unfinished = read_unfinished(engine)
    columns = column_states(engine)
    unsent = tuple(one.recipient for one in read_failing(engine))
    return Health(f"{name} {version}", store_warning(engine), waiting, seconds, unfinished, verified, *columns, unsent)


def store_warning(engine: Engine) -> str | None:
    """Returns what to say of the machine's SQLite where the store is a file of it, None where there is nothing."""
    in_file = engine.dialect.name == "sqlite" and engine.url.database not in (None, "", ":memory:")
    return sqlite_warning() if in_file else None


def note_verified(engine: Engine, found: Sequence[Verification], *, healed: bool, now: datetime) -> None:
    """Keeps what a recount found, for those who look later.

    Args:
        healed: whether what was wrong was set right.
        now: the moment of the recount, aware.
    """
    wrong = sum(len(one.wrong) for one in found)
    counts = {"responses": sum(one.responses for one in found), "wrong": wrong, "healed": wrong if healed else 0}
    with writing(engine) as connection:
        keep_note(connection, VERIFIED, json.dumps({"at": int(now.timestamp()), **counts}))


def _verified(connection: Connection) -> Verified | None:
    note = read_note(connection, VERIFIED)
    if note is None:
        return None
    counts = json.loads(note)
    return Verified(datetime.fromtimestamp(counts.pop("at"), UTC), **counts)


def _waiting(connection: Connection) -> dict[str, int]:
    joined = pending.join(survey, survey.c.survey_id == pending.c.survey_id)
    query = select(survey.c.key, func.count().label("rows")).select_from(joined).where(THERE).group_by(survey.c.key)
    return {row.key: row.rows for row in connection.execute(query)}


def _waiting_seconds(connection: Connection) -> int | None:
    """Returns, by the server's clock, how long ago the last folding began that left nothing behind."""
    note = read_note(connection, FOLDED_AT)
    return None if note is None else max(server_second(connection) - int(note), 0)
