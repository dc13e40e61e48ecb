"""Finds a survey by its key. On a cluster a key says nothing of the machine that its survey is on: its id does."""

from __future__ import annotations

from typing import Any

from sqlalchemy import URL, Connection, select

from analytics.store.schema import survey

MOST_REMEMBERED = 100_000

_ids: dict[tuple[URL, str], int] = {}
"""By database and key the id under which each survey was found: asked for both, one machine answers instead of all."""


def survey_row(connection: Connection, key: str) -> Any:
    """Returns the id and the definition of the survey of that key, None where there is none."""
    query = select(survey.c.survey_id, survey.c.definition).where(survey.c.key == key)
    place = connection.engine.url, key
    if (remembered := _ids.get(place)) is not None:
        row = connection.execute(query.where(survey.c.survey_id == remembered)).one_or_none()
        if row is not None:  # else another database has the name of an earlier one
            return row
    row = connection.execute(query).one_or_none()
    if row is not None:
        if len(_ids) >= MOST_REMEMBERED:
            _ids.clear()
        _ids[place] = row.survey_id
    return row
