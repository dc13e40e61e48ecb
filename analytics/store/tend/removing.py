"""Surveys that were removed: out of every list at once, brought back within some days, and then gone for good.

What goes for good is all that readers said and all that was made of the survey here. Three things outlive it: the
tombstones of readers who were erased, so that a later import does not bring them back; the audit, in counts; and the
figures that were published, which say from then on that their survey was removed. Readers' own words go from them, and
figures of comments show nothing any more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, Table, delete, func, select, tuple_, update

from analytics.errors import RequestError
from analytics.language.said import spoken
from analytics.store.columns.making import drop_columns
from analytics.store.place.connections import reading, retrying, writing
from analytics.store.tables.fieldwork import forget_fieldwork
from analytics.store.tables.figures import DRAFT, INSIDE
from analytics.store.tables.schema import about, audit, erased, figure, figure_file, metadata, pending, response, survey
from analytics.store.tables.survey_text import survey_from_text
from analytics.store.tables.surveys import locked_row, removed_words, survey_by_key
from analytics.store.tend.keeping import note_action, scrub
from analytics.store.tend.last_comments import forget_every_comment
from analytics.store.tend.last_words import forget_every_word

UNDO_DAYS = 30
"""How long a removed survey can be brought back."""

AT_ONCE = 20_000
"""So many rows go in one transaction: to delete millions in one would hold up everybody who writes."""

SETTLED_SECONDS = 60
"""So long after it was removed nobody can still be writing to a survey who had not heard of it."""

OUTLIVE = (survey, erased, audit, figure, figure_file, about)
"""The tables that keep their rows of a survey that is gone for good."""

GOING: Sequence[Table] = [
    pending,
    *(table for table in metadata.sorted_tables if "survey_id" in table.c and table not in (*OUTLIVE, pending)),
]
"""The tables that lose theirs: what waits for the tally first, so that none of it is folded in after the tally went."""


@dataclass(frozen=True)
class Removed:
    """A survey that was removed and can still be brought back, until `purge_at`."""

    key: str
    title: str
    removed_at: datetime
    removed_by: str
    purge_at: datetime


def remove_survey(engine: Engine, key: str, *, by: str, now: datetime, days: int = UNDO_DAYS) -> Removed:
    """Takes the survey out of every list and page, and returns until when it can be brought back.

    Args:
        by: who removes it.
        days: how long it can be brought back.

    Raises:
        RequestError: there is no such survey.
    """
    if days < 0:
        raise RequestError(spoken("a survey can be brought back for 0 days or more, not {days}", days=days))
    until = now + timedelta(days=days)
    with writing(engine) as connection:
        survey_by_key(connection, key)
        row = locked_row(connection, key)
        if row.removed_at is not None:  # somebody else was quicker
            raise RequestError(removed_words(key, row))
        values = {"removed_at": int(now.timestamp()), "removed_by": by, "purge_at": int(until.timestamp())}
        _set(connection, row.survey_id, values)
        note_action(connection, row.survey_id, "removed", None, _responses(connection, row.survey_id), now, by=by)
    return Removed(key, survey_from_text(row.definition).title, now, by, until)


def bring_back(engine: Engine, key: str, *, by: str, now: datetime) -> None:
    """Brings a removed survey back as it was.

    Raises:
        RequestError: there is no such survey, it was not removed, or it is gone for good.
    """
    with writing(engine) as connection:
        row = locked_row(connection, key)
        if row is None:
            survey_by_key(connection, key)  # says which there are
        if row.removed_at is None:
            raise RequestError(spoken("survey '{key}' was not removed: there is nothing to bring back", key=key))
        if row.purging_at is not None:
            raise RequestError(
                spoken("{removed}: it cannot be brought back; import it again", removed=removed_words(key, row))
            )
        _set(connection, row.survey_id, dict.fromkeys(("removed_at", "removed_by", "purge_at")))
        count = _responses(connection, row.survey_id)
        note_action(connection, row.survey_id, "brought back", None, count, now, by=by)


def read_removed(engine: Engine) -> tuple[Removed, ...]:
    """Returns the surveys that were removed and can still be brought back, the latest first."""
    query = select(survey).where(survey.c.removed_at.is_not(None), survey.c.purging_at.is_(None))
    with reading(engine) as connection:
        rows = connection.execute(query.order_by(survey.c.removed_at.desc(), survey.c.key)).all()
    return tuple(
        Removed(
            row.key, survey_from_text(row.definition).title, datetime.fromtimestamp(row.removed_at, UTC),
            row.removed_by, datetime.fromtimestamp(row.purge_at, UTC),
        )
        for row in rows
    )  # fmt: skip


def purge_due(engine: Engine, *, now: datetime) -> tuple[str, ...]:
    """Deletes for good what was removed and is due by now, and returns the keys of the surveys that went.

    A survey goes in many short transactions. Several may be at it at once; where all of them are killed, the next one
    goes on from there.
    """
    second = int(now.timestamp())
    due = (
        survey.c.purge_at <= second, survey.c.removed_at <= second - SETTLED_SECONDS, survey.c.purged_at.is_(None)
    )  # fmt: skip
    with reading(engine) as connection:
        surveys = connection.execute(select(survey.c.survey_id, survey.c.key).where(*due).order_by(survey.c.survey_id))
        ids = {row.key: row.survey_id for row in surveys}
    gone = tuple(key for key in ids if _purge(engine, key, now))
    for key in gone:
        drop_columns(engine, ids[key])
    if gone:
        scrub(engine)
    return gone


def _purge(engine: Engine, key: str, now: datetime) -> bool:
    """Deletes the survey and returns whether it was this process that ended it."""
    while True:
        ended = retrying(lambda: _purge_some(engine, key, now))
        if ended is not None:
            return ended


def _purge_some(engine: Engine, key: str, now: datetime) -> bool | None:
    """Deletes some rows; returns True where nothing was left, False where another process ended it, None to go on."""
    with writing(engine) as connection:
        row = locked_row(connection, key)
        if row.purged_at is not None or row.purge_at is None or row.purge_at > now.timestamp():  # or brought back
            return False
        survey_id: int = row.survey_id
        if row.purging_at is None:
            note_action(connection, survey_id, "purged", None, _responses(connection, survey_id), now)
            forget_every_comment(connection, survey_id)
            forget_every_word(connection, survey_id, *survey_by_key(connection, key, removed=True)[1:])
            connection.execute(update(audit).where(audit.c.survey_id == survey_id).values(before=None))
            _set(connection, survey_id, {"purging_at": int(now.timestamp()), "definition": "", "hot": 0})
            forget_fieldwork(connection, key)
            for begin in (DRAFT, INSIDE):
                ours = (figure.c.survey_id == survey_id, figure.c.figure_id.like(f"{begin}%"))
                connection.execute(delete(figure).where(*ours))
        left = AT_ONCE
        for table in GOING:
            left -= _delete_some(connection, survey_id, table, left)
            if left <= 0:
                return None
        _set(connection, survey_id, {"purged_at": int(now.timestamp()), "first_at": None, "last_at": None})
        return True


def _delete_some(connection: Connection, survey_id: int, table: Table, most: int) -> int:
    """Deletes the first rows of the survey in the table, at most so many, and returns how many they were."""
    ours = table.c.survey_id == survey_id
    key = [column for column in table.primary_key if column is not table.c.survey_id]
    if not key:
        return connection.execute(delete(table).where(ours)).rowcount
    last = connection.execute(select(*key).where(ours).order_by(*key).limit(1).offset(most - 1)).one_or_none()
    some = ours if last is None else ours & (tuple_(*key) <= tuple_(*last))
    return connection.execute(delete(table).where(some)).rowcount


def _set(connection: Connection, survey_id: int, values: dict[str, Any]) -> None:
    raised = values | {"revision": survey.c.revision + 1}
    connection.execute(update(survey).where(survey.c.survey_id == survey_id).values(**raised))


def _responses(connection: Connection, survey_id: int) -> int:
    query = select(func.count()).select_from(response).where(response.c.survey_id == survey_id)
    return connection.execute(query).scalar_one()
