"""What the store gives to whom: before rows and comments are read the judge is asked, whoever called for them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from sqlalchemy import Connection, delete, insert, select

from analytics.model import Survey
from analytics.model.access import Person, demand_survey
from analytics.store.tables.schema import survey_desk
from analytics.store.tables.surveys import CodeNumbers, survey_by_key


def desks_of(connection: Connection, survey_id: int) -> tuple[str, ...]:
    """The desks that the survey of that number belongs to, in order; none where it is everybody's."""
    query = select(survey_desk.c.desk).where(survey_desk.c.survey_id == survey_id)
    return tuple(sorted(connection.execute(query).scalars()))


def give_desks(connection: Connection, survey_id: int, desks: Iterable[str]) -> tuple[str, ...]:
    """Has the survey of that number belong to these desks and no others, and returns them."""
    named = tuple(sorted({desk.strip() for desk in desks} - {""}))
    connection.execute(delete(survey_desk).where(survey_desk.c.survey_id == survey_id))
    if named:
        connection.execute(insert(survey_desk), [{"survey_id": survey_id, "desk": desk} for desk in named])
    return named


def survey_open_to(
    connection: Connection, key: str, person: Person, may: Callable[[Person], bool]
) -> tuple[int, Survey, CodeNumbers]:
    """The survey's id in the tables, the survey and its numbers, where the judge lets the person go on.

    Raises:
        DeniedError: the person may not, or the survey belongs to other desks.
        RequestError: there is no such survey.
    """
    survey_id, definition, numbers = survey_by_key(connection, key)
    demand_survey(may, person, desks_of(connection, survey_id))
    return survey_id, definition, numbers
