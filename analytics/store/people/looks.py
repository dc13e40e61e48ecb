"""The log of looks: who did or saw what and when, without any answer. Lines are only ever added.

Each line holds a hash of itself and of the line before, and the store notes the last one. A line that was changed,
taken out or cut off at the end shows when the log is checked. Whoever can write to the database can write it all anew:
who must prove more keeps a copy of the last line elsewhere.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, func, insert, select

from analytics.store.place.connections import reading, retrying, writing
from analytics.store.place.sqlite import is_sealed
from analytics.store.tables.rows import keep_note, read_note
from analytics.store.tables.schema import look

LAST = "last_look"
"""The note that holds the number and the hash of the last line."""

HEAD = re.compile("([0-9]{1,12}) ([0-9a-f]{64})")
MOST_BROKEN = 1_000
"""So many lines that are missing are named: more tell nobody anything."""

LOOKS_LOCK = 7_071_067_812
"""What those who write to the log of one PostgreSQL database wait for in turn."""

LONGEST_REQUEST = 4_000
HIGHEST = 2**63 - 1
"""The highest number that a line can have."""
LATEST = int(datetime(9999, 12, 31, tzinfo=UTC).timestamp())
"""The latest moment that can be told."""


@dataclass(frozen=True)
class LoggedLook:
    """A line of the log: when, who, what, of which survey, and which request."""

    number: int
    at: datetime
    address: str
    action: str
    survey: str | None
    request: str


def note_look(
    engine: Engine, address: str, action: str, *, survey: str | None = None, request: str = "", now: datetime
) -> None:
    """Adds a line to the log.

    Args:
        address: whose doing it is; empty where nobody signs in.
        request: what was asked for, as the text of an address; never an answer.
    """

    def noted() -> None:
        with writing(engine) as connection:
            note_look_within(connection, address, action, survey=survey, request=request, now=now)

    retrying(noted)


MOST_LINES = 1_000
"""So many of the last lines of the log are listed unless more are asked for."""


def can_note(engine: Engine) -> bool:
    """Whether a line can be added to the log: not where the file lies on a volume that can only be read."""
    return engine.dialect.name != "sqlite" or not engine.url.database or not is_sealed(Path(engine.url.database))


def note_look_within(
    connection: Connection, address: str, action: str, *, survey: str | None = None, request: str = "", now: datetime
) -> None:
    """Adds a line to the log in the transaction of what it is about."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(LOOKS_LOCK)))
    number, before = _last(connection)
    values = {
        "look_no": number + 1, "at": int(now.timestamp()), "address": address, "action": action, "survey": survey,
        "request": request[:LONGEST_REQUEST],
    }  # fmt: skip
    chain = _chained(before, values)
    connection.execute(insert(look).values(**values, chain=chain))
    keep_note(connection, LAST, f"{number + 1} {chain}")


def read_looks(engine: Engine, survey: str | None = None, *, most: int = MOST_LINES) -> tuple[LoggedLook, ...]:
    """The last lines of the log, those of one survey where it is named, the earliest of them first."""
    query = select(look).order_by(look.c.look_no.desc()).limit(most)
    if survey is not None:
        query = query.where(look.c.survey == survey)
    with reading(engine) as connection:
        rows = connection.execute(query).all()
    return tuple(
        LoggedLook(
            row.look_no, datetime.fromtimestamp(min(max(row.at, 0), LATEST), UTC), row.address, row.action, row.survey,
            row.request,
        )
        for row in reversed(rows)
    )  # fmt: skip


def count_looks(engine: Engine, survey: str | None = None) -> int:
    """How many lines the log has, those of one survey where it is named."""
    query = select(func.count()).select_from(look)
    with reading(engine) as connection:
        return int(connection.execute(query if survey is None else query.where(look.c.survey == survey)).scalar_one())


def broken_looks(engine: Engine) -> tuple[int, ...]:
    """The numbers of the lines that are missing from the log or are not as they were written; empty for a whole one."""
    broken: list[int] = []
    with reading(engine) as connection:
        last, head = _last(connection)
        expected, before = 1, ""
        for row in connection.execute(select(look).order_by(look.c.look_no)):
            broken += islice(range(expected, row.look_no), MOST_BROKEN)
            values = {name: value for name, value in row._mapping.items() if name != "chain"}
            if row.look_no == expected and _chained(before, values) != row.chain:
                broken.append(row.look_no)
            expected, before = row.look_no + 1, row.chain
    broken += islice(range(expected, last + 1), MOST_BROKEN)
    if not broken and (expected - 1, before) != (last, head):
        broken.append(expected - 1)
    return tuple(broken)


def _last(connection: Connection) -> tuple[int, str]:
    """Returns the number and the hash of the last line, as the note has them.

    Somebody with the rights of a process that serves viewers could leave another note, or add lines of any number. The
    log then goes on under the first number from there that is free: `broken_looks` tells of it, and nothing fails.
    """
    noted = HEAD.fullmatch(read_note(connection, LAST) or "")
    number, chain = (int(noted[1]), noted[2]) if noted else (0, "")
    if connection.execute(select(look.c.look_no).where(look.c.look_no == number + 1)).first() is None:
        return number, chain
    following = look.alias()
    is_taken = select(following.c.look_no).where(following.c.look_no == look.c.look_no + 1).exists()
    ends = select(func.min(look.c.look_no)).where(look.c.look_no > number, look.c.look_no < HIGHEST, ~is_taken)
    return connection.execute(ends).scalar_one(), chain


def _chained(before: str, values: dict[str, Any]) -> str:
    said = json.dumps([before, *(values[column.name] for column in look.c if column is not look.c.chain)])
    return sha256(said.encode()).hexdigest()
