"""Reads what the store holds: the state of a survey, its cells, a glance at every survey."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection, Engine, Select, func, select, true

from analytics.model import ANSWERED, MISSING, Cells, Status, Survey, Wanted, first_asked
from analytics.store.bulk import query_frame
from analytics.store.counted import tally_now
from analytics.store.database import reading
from analytics.store.follow import read_held
from analytics.store.schema import COUNTED, EVERYONE, GLANCE, profile, response, survey
from analytics.store.status import moment, status_of
from analytics.store.surveys import Numbers, survey_by_key, surveys_of


def read_revisions(engine: Engine) -> dict[str, int]:
    """Returns the revision of every survey by its key: cheap enough to ask every second."""
    with reading(engine) as connection:
        return {row.key: row.revision for row in connection.execute(select(survey.c.key, survey.c.revision))}


def read_status(engine: Engine, key: str) -> Status:
    """Returns what the store knows of the survey as a whole.

    Raises:
        RequestError: there is no such survey.
    """
    with reading(engine) as connection:
        survey_id, *_ = survey_by_key(connection, key)
        return status_of(connection, survey_id)


def read_cells(engine: Engine, key: str, wanted: Wanted) -> Cells:
    """Returns the survey's cells for one question: from the tally, or counted anew where the tally cannot say.

    Raises:
        RequestError: there is no such survey.
    """
    return read_held(engine, key, [wanted]).cells[wanted]


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


FEW_SURVEYS = 500

EVERYBODY = -3
"""The choice code of all respondents, whether they answered the question or not."""


def read_listing(engine: Engine, only: Collection[str]) -> list[tuple[Survey, int, datetime | None]]:
    """Returns the surveys of these keys, each with its revision and when its last answer came; no answers are read."""
    with reading(engine) as connection:
        rows = connection.execute(select(survey).where(survey.c.key.in_(only)).order_by(survey.c.survey_id)).all()
        surveys = surveys_of(connection, [(row.survey_id, row.definition) for row in rows])
    return [(surveys[row.survey_id][0], row.revision, moment(row.last_at)) for row in rows]


def read_glance(engine: Engine, days: int, only: Collection[str] | None = None) -> Glance:
    """Returns every survey with its first question's answers by day, for the last `days` days of each that has any.

    Args:
        only: the keys of the surveys wanted, all of them if left out.
    """
    with reading(engine) as connection:
        wanted = select(survey).order_by(survey.c.survey_id)
        rows = connection.execute(wanted if only is None else wanted.where(survey.c.key.in_(only))).all()
        surveys = surveys_of(connection, [(row.survey_id, row.definition) for row in rows])
        asked = {id_: _first_asked(definition, numbers) for id_, (definition, numbers) in surveys.items()}
        query = _glance_query(connection, days, list(surveys), {EVERYONE, *(number for number, _ in asked.values())})
        cells = query_frame(connection, query, ["survey_id", "question_no", "choice_no", "period", "n", "w", "w2"])
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


def _first_asked(definition: Survey, numbers: Numbers) -> tuple[int, dict[int, int]]:
    """Returns the number of the survey's first question that has choices, and the place of each choice's number."""
    question = first_asked(definition)
    if question is None:
        return EVERYONE, {}
    place = {choice.value: index for index, choice in enumerate(question.choices)}
    recorded = numbers.get(f"choice/{question.key}", {})
    return numbers["question"][question.key], {number: place[value] for value, number in recorded.items()}


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
