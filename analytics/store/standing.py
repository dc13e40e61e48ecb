"""Which responses count: those in good standing, or as it would be if other answers of the same people did."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Select, and_, case, func, select

from analytics.model import NO_TIME, Standing, Survey
from analytics.store.schema import COUNTED, SCREENED, SUPERSEDED, response
from analytics.store.verdict import RANK


def counts(survey_id: int, definition: Survey, standing: Standing) -> ColumnElement[bool]:
    """Returns the condition on a response that it counts.

    "first" takes the first version of a response that was changed, in the order whose last one stands, and of a
    respondent who answered several times the earliest response (undated ones last). Where the survey has waves, each
    respondent is meant to answer in every one, and only versions are told apart. Whoever has no response in good
    standing has no first one either.
    """
    if standing == "counted":
        return response.c.standing == COUNTED
    if standing == "with screened":
        return response.c.standing.in_((COUNTED, SCREENED))
    return response.c.response_no.in_(_first(survey_id, by_respondent=definition.columns.wave is None))


def _first(survey_id: int, *, by_respondent: bool) -> Select[tuple[int]]:
    given, current = response.alias(), response.alias()
    stands = (
        select(current.c.response_no)
        .where(current.c.survey_id == survey_id, current.c.key == given.c.key, current.c.standing == COUNTED)
        .exists()
    )
    rank = [func.coalesce(given.c[name], NO_TIME) for name in RANK]  # that whose end stands begins with the first
    earliest = func.row_number().over(partition_by=given.c.key, order_by=rank)
    versions = (
        select(given.c.response_no, given.c.key, given.c.respondent, given.c.responded_at, earliest.label("place"))
        .where(
            given.c.survey_id == survey_id,
            (given.c.standing == COUNTED) | and_(given.c.standing == SUPERSEDED, stands),
        )
        .subquery()
    )
    first = select(versions).where(versions.c.place == 1).subquery()
    known = first.c.respondent.is_not(None) & (first.c.respondent != "")
    who = case((known, "r:" + first.c.respondent), else_="k:" + first.c.key) if by_respondent else first.c.key
    order = (first.c.responded_at.is_(None), first.c.responded_at, first.c.response_no)
    ranked = select(
        first.c.response_no, func.row_number().over(partition_by=who, order_by=order).label("turn")
    ).subquery()
    return select(ranked.c.response_no).where(ranked.c.turn == 1)
