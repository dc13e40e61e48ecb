"""What the store knows of surveys as a whole: their state, a list of them, and a glance at every one."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection, Engine, Select, func, select, true

from analytics.model import ANSWERED, MISSING, Status, Survey, first_asked
from analytics.store.people.allowed import desks_of
from analytics.store.place.connections import reading
from analytics.store.place.damage import damaged
from analytics.store.read.agreement import DIFFERING, differing
from analytics.store.tables.opening import refuse_newer
from analytics.store.tables.rows import query_frame
from analytics.store.tables.schema import (
    COUNTED,
    EVERYONE,
    GLANCE,
    SCREENED,
    SUPERSEDED,
    UNVERIFIED,
    WHOLE,
    import_log,
    pending,
    profile,
    quarantine,
    response,
    storm,
    survey,
)
from analytics.store.tables.surveys import THERE, CodeNumbers, survey_by_key, surveys_of
from analytics.store.tables.tally import tally_now

FEW_SURVEYS = 500

EVERYBODY = -3
"""The choice code of all respondents, whether they answered the question or not."""


@dataclass(frozen=True)
class Glance:
    """Every survey with the little that a list of them shows.

    `surveys` are in the order of their first import, `revisions` and `last_at` by key. `cells` sums over all profiles
    and has the columns `survey` (key), `choice` (a place in the choices of the survey's first question that has any,
    MISSING or ANSWERED as in Cells, EVERYBODY for all respondents), `period` (the day), `n`, `w` and `w2`.
    The days before the last `days` that have answers are summed under the day before those.
    """

    surveys: tuple[Survey, ...]
    revisions: dict[str, int]
    last_at: dict[str, datetime | None]
    cells: pd.DataFrame


def status_of(connection: Connection, survey_id: int) -> Status:
    """Returns what the store knows of the survey of that number."""
    row = connection.execute(select(survey).where(survey.c.survey_id == survey_id)).one()
    now = tally_now(connection, survey_id).c
    everyone = select(func.sum(now.n)).where(now.survey_id == survey_id, now.question_no == EVERYONE)
    counted = connection.execute(everyone.where(now.grain == WHOLE)).scalar()
    glance = everyone.where(now.grain == GLANCE)
    dated, undated = (
        connection.execute(glance.where(part)).scalar() for part in (now.period > -(2**61), now.period <= -(2**61))
    )
    if (counted or 0) != (dated or 0) + (undated or 0):
        raise damaged(connection.engine, DIFFERING)
    waiting = select(func.min(pending.c.first_at), func.max(pending.c.last_at)).where(pending.c.survey_id == survey_id)
    first_at, last_at = connection.execute(waiting).one()
    screened, superseded, unverified = (
        select(func.count()).where(
            response.c.survey_id == survey_id, response.c.standing != COUNTED, response.c.standing == standing
        )
        for standing in (SCREENED, SUPERSEDED, UNVERIFIED)
    )
    crowds = select(storm.c.name, storm.c.set_aside).where(storm.c.survey_id == survey_id, storm.c.decision == "aside")
    aside = select(func.count()).where(quarantine.c.survey_id == survey_id)
    return Status(
        revision=row.revision,
        counted=int(counted or 0),
        screened=connection.execute(screened).scalar_one(),
        quarantined=connection.execute(aside).scalar_one(),
        undated=int(undated or 0),
        first_at=moment(min((at for at in (row.first_at, first_at) if at is not None), default=None)),
        last_at=moment(max((at for at in (row.last_at, last_at) if at is not None), default=None)),
        superseded=connection.execute(superseded).scalar_one(),
        unverified=connection.execute(unverified).scalar_one(),
        desks=desks_of(connection, survey_id),
        set_aside=tuple((one.name, one.set_aside) for one in connection.execute(crowds)),
    )


def moment(second: int | None) -> datetime | None:
    """Returns the moment of a second since 1970, in UTC."""
    return None if second is None else datetime.fromtimestamp(second, UTC)


def read_revisions(engine: Engine) -> dict[str, int]:
    """Returns the revision of every survey by its key: cheap enough to ask every second.

    Raises:
        StoreError: a newer version of this program has changed the tables since the store was opened.
    """
    with reading(engine) as connection:
        refuse_newer(connection)
        return {
            row.key: row.revision for row in connection.execute(select(survey.c.key, survey.c.revision).where(THERE))
        }


def read_status(engine: Engine, key: str) -> Status:
    """Returns what the store knows of the survey as a whole.

    Raises:
        RequestError: there is no such survey.
    """
    with reading(engine) as connection:
        survey_id, *_ = survey_by_key(connection, key)
        return status_of(connection, survey_id)


def read_weight_range(engine: Engine, key: str) -> pd.DataFrame:
    """Returns the columns `low` and `high`, the smallest and the largest base weight of each profile's respondents.

    One row a profile, index as in `Cells.profiles`; missing where a profile has no counted respondents.

    Raises:
        RequestError: there is no such survey.
    """
    weight = response.c.weight
    with reading(engine) as connection:
        survey_id, *_ = survey_by_key(connection, key)
        numbers = select(profile.c.profile_no).where(profile.c.survey_id == survey_id).order_by(profile.c.profile_no)
        profile_no = np.array(connection.execute(numbers).scalars().all(), dtype=np.int64)
        query = (
            select(response.c.profile_no, func.min(weight), func.max(weight))
            .where(response.c.survey_id == survey_id, response.c.standing == COUNTED)
            .group_by(response.c.profile_no)
        )
        found = query_frame(connection, query, ["profile", "w", "weight"])
    named = found.set_index("profile").set_axis(["low", "high"], axis=1)
    return named.reindex(profile_no).reset_index(drop=True)


def read_listing(engine: Engine, only: Collection[str]) -> list[tuple[Survey, int, datetime | None, datetime | None]]:
    """Returns the surveys of these keys, each with its revision, when its last answer came and when the last import
    began; no answers are read."""
    with reading(engine) as connection:
        rows = connection.execute(
            select(survey).where(THERE, survey.c.key.in_(only)).order_by(survey.c.survey_id)
        ).all()
        surveys = surveys_of(connection, [(row.survey_id, row.definition) for row in rows])
        began = select(import_log.c.survey_id, func.max(import_log.c.started_at).label("at"))
        began = began.where(import_log.c.survey_id.in_(list(surveys))).group_by(import_log.c.survey_id)
        imported = {row.survey_id: row.at for row in connection.execute(began)}
    return [
        (surveys[row.survey_id][0], row.revision, moment(row.last_at), moment(imported.get(row.survey_id)))
        for row in rows
    ]


def read_glance(engine: Engine, days: int, only: Collection[str] | None = None) -> Glance:
    """Returns every survey with its first question's answers by day, for the last `days` days of each that has any.

    Args:
        only: the keys of the surveys wanted, all of them if left out.
    """
    with reading(engine) as connection:
        wanted = select(survey).where(THERE).order_by(survey.c.survey_id)
        rows = connection.execute(wanted if only is None else wanted.where(survey.c.key.in_(only))).all()
        surveys = surveys_of(connection, [(row.survey_id, row.definition) for row in rows])
        asked = {id_: _first_asked(definition, numbers) for id_, (definition, numbers) in surveys.items()}
        query = _glance_query(connection, days, list(surveys), {EVERYONE, *(number for number, _ in asked.values())})
        cells = query_frame(connection, query, ["survey_id", "question_no", "choice_no", "period", "n", "w", "w2"])
        _check_glance(connection, cells, {id_: number for id_, (number, _) in asked.items()})
    place = {
        (id_, question_no, number): place
        for id_, (question_no, places) in asked.items()
        for number, place in [*places.items(), (ANSWERED, ANSWERED), (MISSING, MISSING)]
    } | {(id_, EVERYONE, ANSWERED): EVERYBODY for id_ in asked}
    keys = zip(*(cells[name].tolist() for name in ("survey_id", "question_no", "choice_no")), strict=True)
    cells["choice"] = pd.array([place.get(key) for key in keys], dtype="Int64")
    cells["survey"] = cells["survey_id"].map({id_: definition.key for id_, (definition, _) in surveys.items()})
    shown = cells[cells["choice"].notna()].astype({"choice": np.int64})
    return Glance(
        tuple(definition for definition, _ in surveys.values()),
        {row.key: row.revision for row in rows},
        {row.key: moment(row.last_at) for row in rows},
        shown[["survey", "choice", "period", "n", "w", "w2"]].reset_index(drop=True),
    )


def _check_glance(connection: Connection, cells: pd.DataFrame, asked: dict[int, int]) -> None:
    """Raises a DamagedError where a survey's answers by day are not as many as those by profile."""
    now = tally_now(connection).c
    ours = now.survey_id.in_(asked) if len(asked) <= FEW_SURVEYS else true()
    key = ["survey_id", "question_no", "choice_no"]
    query = select(*(now[name] for name in key), *(func.sum(now[name]) for name in ("n", "w", "w2"))).where(
        ours, now.grain == WHOLE, now.question_no.in_(sorted({EVERYONE, *asked.values()}))
    )
    whole = query_frame(connection, query.group_by(*(now[name] for name in key)), [*key, "n", "w", "w2"])
    by_day, by_profile = (of.groupby(key)[["n", "w", "w2"]].sum() for of in (cells, whole))
    by_day, by_profile = by_day.align(by_profile, fill_value=0)
    everything = by_profile.groupby("survey_id").transform("sum")
    if differing(*(of.to_numpy(dtype=np.float64).T for of in (by_day, by_profile, everything))).any():
        raise damaged(connection.engine, DIFFERING)


def _first_asked(definition: Survey, numbers: CodeNumbers) -> tuple[int, dict[int, int]]:
    """Returns the number of the survey's first question that has choices, and the place of each choice's number."""
    question = first_asked(definition)
    if question is None:
        return EVERYONE, {}
    place = {choice.value: index for index, choice in enumerate(question.choices)}
    recorded = numbers.get(f"choice/{question.key}", {})
    return numbers["question"][question.key], {
        number: place[value] for value, number in recorded.items() if value in place
    }


def _glance_query(connection: Connection, days: int, ids: list[int], questions: set[int]) -> Select[Any]:
    now = tally_now(connection).c
    ours = now.survey_id.in_(ids) if len(ids) <= FEW_SURVEYS else true()  # named, their cells lie together
    latest = (
        select(now.survey_id, func.max(now.period).label("last"))
        .where(ours, now.grain == GLANCE, now.question_no == EVERYONE)
        .group_by(now.survey_id)
        .subquery()
    )
    later_of = func.max if connection.dialect.name == "sqlite" else func.greatest
    period = later_of(now.period, latest.c.last - days).label("day")
    return (
        select(now.survey_id, now.question_no, now.choice_no, period,
               func.sum(now.n), func.sum(now.w), func.sum(now.w2))
        .join(latest, latest.c.survey_id == now.survey_id)
        .where(ours, now.grain == GLANCE, now.question_no.in_(sorted(questions)))
        .group_by(now.survey_id, now.question_no, now.choice_no, period)
    )  # fmt: skip
