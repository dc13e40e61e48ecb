"""Segments in the store: filters with a name, kept for the next time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cattrs.preconf.json import make_converter
from sqlalchemy import Engine, delete, select

from analytics.errors import RequestError
from analytics.language.said import spoken
from analytics.model import Segment
from analytics.model.request import Request, Standing, Where
from analytics.store.place.connections import reading, writing
from analytics.store.tables.rows import inserting
from analytics.store.tables.schema import segment
from analytics.store.tables.surveys import survey_by_key

_converter = make_converter()


@dataclass(frozen=True)
class _Row:
    """A segment as it stands in its row, the same ever since there were segments: who is in it beside its names."""

    key: str
    name: str
    description: str = ""
    where: Where = ()
    since: datetime | None = None
    until: datetime | None = None
    standing: Standing = "counted"


def read_segments(engine: Engine, key: str) -> tuple[Segment, ...]:
    """Returns the segments of the survey, by name.

    Raises:
        RequestError: there is no such survey.
    """
    with reading(engine) as connection:
        survey_id, *_ = survey_by_key(connection, key)
        query = select(segment.c.definition).where(segment.c.survey_id == survey_id)
        found = [_segment_in(text) for text in connection.execute(query).scalars()]
    return tuple(sorted(found, key=lambda one: (one.name.casefold(), one.key)))


def save_segment(engine: Engine, key: str, new: Segment, *, now: datetime) -> Segment | None:
    """Records the segment, in place of one of the same key, and returns what was there before.

    Raises:
        RequestError: there is no such survey.
    """
    with writing(engine) as connection:
        survey_id, *_ = survey_by_key(connection, key)
        ours = (segment.c.survey_id == survey_id, segment.c.key == new.key)
        before = connection.execute(select(segment.c.definition).where(*ours)).scalar()
        values = {"definition": _text_of(new), "changed_at": int(now.timestamp())}
        statement = inserting(connection, segment).values(survey_id=survey_id, key=new.key, **values)
        connection.execute(statement.on_conflict_do_update(index_elements=["survey_id", "key"], set_=values))
    return None if before is None else _segment_in(before)


def delete_segment(engine: Engine, key: str, segment_key: str) -> Segment:
    """Takes the segment out and returns it, so that it can be put back.

    Raises:
        RequestError: there is no such survey or segment.
    """
    with writing(engine) as connection:
        survey_id, *_ = survey_by_key(connection, key)
        ours = (segment.c.survey_id == survey_id, segment.c.key == segment_key)
        found = connection.execute(select(segment.c.definition).where(*ours)).scalar()
        if found is None:
            query = select(segment.c.key).where(segment.c.survey_id == survey_id).order_by(segment.c.key).limit(20)
            there = ", ".join(f"'{one}'" for one in connection.execute(query).scalars()) or "none"
            raise RequestError(
                spoken(
                    "'{segment}' is no segment of survey '{key}'; there is: {there}",
                    segment=segment_key,
                    key=key,
                    there=there,
                )
            )
        connection.execute(delete(segment).where(*ours))
    return _segment_in(found)


def _segment_in(text: str) -> Segment:
    row = _converter.loads(text, _Row)
    readers = Request(where=row.where, since=row.since, until=row.until, standing=row.standing)
    return Segment(row.key, row.name, row.description, readers)


def _text_of(one: Segment) -> str:
    readers = one.readers
    row = _Row(one.key, one.name, one.description, readers.where, readers.since, readers.until, readers.standing)
    return _converter.dumps(row)
