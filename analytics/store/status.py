"""What the store knows of a survey as a whole."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Connection, func, select

from analytics.model import Status
from analytics.store.schema import (
    COUNTED,
    EVERYONE,
    GLANCE,
    SCREENED,
    SUPERSEDED,
    WHOLE,
    quarantine,
    response,
    survey,
    tally,
)


def status_of(connection: Connection, survey_id: int) -> Status:
    """Returns what the store knows of the survey of that number."""
    row = connection.execute(select(survey).where(survey.c.survey_id == survey_id)).one()
    everyone = select(func.sum(tally.c.n)).where(
        tally.c.survey_id == survey_id, tally.c.question_no == EVERYONE
    )  # fmt: skip
    counted = connection.execute(everyone.where(tally.c.grain == WHOLE)).scalar()
    dated = connection.execute(everyone.where(tally.c.grain == GLANCE, tally.c.period > -(2**61))).scalar()
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
        first_at=moment(row.first_at),
        last_at=moment(row.last_at),
        superseded=connection.execute(superseded).scalar_one(),
    )


def moment(second: int | None) -> datetime | None:
    """Returns the moment of a second since 1970, in UTC."""
    return None if second is None else datetime.fromtimestamp(second, UTC)
