"""Answers that wait to be checked: why each does, and how it came. What was answered is not among it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, and_, select

from analytics.store.place.connections import reading
from analytics.store.read.status import moment
from analytics.store.record.standing import OWN_ID
from analytics.store.tables.schema import COUNTED, UNVERIFIED, circumstance, response
from analytics.store.tables.surveys import survey_by_key


@dataclass(frozen=True)
class WaitingAnswer:
    """An answer that is not counted until somebody decides: its id, when it came, why it waits, and how it came."""

    key: str
    at: datetime | None
    reason: str
    placement: str
    referrer: str
    seconds: int | None


def read_waiting(engine: Engine, survey_key: str) -> tuple[WaitingAnswer, ...]:
    """Returns the answers that wait, the latest first.

    Raises:
        RequestError: there is no such survey.
    """
    how = circumstance.c
    names = (response.c.key, response.c.responded_at, response.c.rule, how.placement, how.referrer, how.seconds)
    same = and_(how.survey_id == response.c.survey_id, how.response_no == response.c.response_no)
    with reading(engine) as connection:
        survey_id, *_ = survey_by_key(connection, survey_key)
        query = (
            select(*names)
            .select_from(response.outerjoin(circumstance, same))
            .where(response.c.survey_id == survey_id, response.c.standing != COUNTED, response.c.standing == UNVERIFIED)
            .order_by(response.c.response_no.desc())
        )
        rows = connection.execute(query).all()
    return tuple(
        WaitingAnswer(
            row.key.removeprefix(OWN_ID), moment(row.responded_at), row.rule or "", row.placement or "",
            row.referrer or "", row.seconds,
        )
        for row in rows
    )  # fmt: skip
