"""What the store knows of a survey as a whole."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Connection, func, select

from analytics.model import Status
from analytics.store.counted import tally_now
from analytics.store.schema import (
    COUNTED,
    EVERYONE,
    GLANCE,
    SCREENED,
    SUPERSEDED,
    WHOLE,
    pending,
    quarantine,
    response,
    survey,
)


def status_of(connection: Connection, survey_id: int) -> Status:
    """Returns what the store knows of the survey of that number."""
    row = connection.execute(select(survey).where(survey.c.survey_id == survey_id)).one()
    now = tally_now(connection, survey_id).c
    everyone = select(func.sum(now.n)).where(now.survey_id == survey_id, now.question_no == EVERYONE)
    counted = connection.execute(everyone.where(now.grain == WHOLE)).scalar()
    dated = connection.execute(everyone.where(now.grain == GLANCE, now.period > -(2**61))).scalar()
    waiting = select(func.min(pending.c.first_at), func.max(pending.c.last_at)).where(pending.c.survey_id == survey_id)
    first_at, last_at = connection.execute(waiting).one()
    screened, superseded = (
        select(func.count()).where(
            response.c.survey_id == survey_id, response.c.standing != COUNTED, response.c.standing == standing
        )
        for standing in (SCREENED, SUPERSEDED)
    )
    aside = select(func.count()).where(quarantine.c.survey_id == survey_id)
    return Status(
        revision=row.revision,
        counted=int(counted or 0),
        screened=connection.execute(screened).scalar_one(),
        quarantined=connection.execute(aside).scalar_one(),
        undated=int(counted or 0) - int(dated or 0),
        first_at=moment(min((at for at in (row.first_at, first_at) if at is not None), default=None)),
        last_at=moment(max((at for at in (row.last_at, last_at) if at is not None), default=None)),
        superseded=connection.execute(superseded).scalar_one(),
    )


def moment(second: int | None) -> datetime | None:
    """Returns the moment of a second since 1970, in UTC."""
    return None if second is None else datetime.fromtimestamp(second, UTC)
