"""Turns a filter into conditions on the tables of responses and comments."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import ColumnElement, Connection, Integer, cast, exists, func, select
from sqlalchemy.dialects.postgresql import JSON

from analytics.model import MISSING, NO_ANSWER, Filter, ResponseStanding, Survey
from analytics.store.schema import COUNTED, SCREENED, SUPERSEDED, answer, profile, response
from analytics.store.surveys import Numbers

STANDINGS: Mapping[ResponseStanding, int] = {"counted": COUNTED, "screened": SCREENED, "superseded": SUPERSEDED}

MOST_NAMED = 1_000
"""So many profiles are named one by one, of more all are read."""
NO_MOMENT = np.iinfo(np.int64).min
"""What numpy takes for no moment."""


def kept_responses(
    connection: Connection, survey_id: int, definition: Survey, numbers: Numbers, kept: Filter
) -> list[ColumnElement[bool]]:
    """Returns the conditions on the table of responses; the search for words is not among them."""
    conditions = [
        response.c.survey_id == survey_id,
        response.c.standing.in_([STANDINGS[standing] for standing in kept.standings]),
    ]
    if "counted" not in kept.standings:  # said so too, the index of the few that do not count is used
        conditions.append(response.c.standing != COUNTED)
    for compare, moment in ((response.c.responded_at.__ge__, kept.since), (response.c.responded_at.__lt__, kept.until)):
        if moment is not None:
            conditions.append(compare(int(moment.timestamp())))
    levels = [(key, values) for key, values in kept.where if definition.dimension(key)]
    if levels:
        profiles = select(profile.c.profile_no).where(profile.c.survey_id == survey_id)
        fitting = (_at_level(connection, numbers, key, values) for key, values in levels)
        conditions.append(response.c.profile_no.in_(profiles.where(*fitting)))
    for key, values in kept.where:
        if definition.dimension(key) is None:
            conditions.append(_answered(survey_id, numbers, key, values))
    return conditions


def read_profiles(
    connection: Connection, survey_id: int, definition: Survey, numbers: Numbers, only: list[int] | None = None
) -> pd.DataFrame:
    """Returns the levels' values by profile number, a column for each dimension, missing where unknown."""
    query = select(profile.c.profile_no, profile.c.levels).where(profile.c.survey_id == survey_id)
    if only is not None and len(only) <= MOST_NAMED:
        query = query.where(profile.c.profile_no.in_(only))
    rows = connection.execute(query.order_by(profile.c.profile_no)).all()
    width = len(numbers.get("dimension", {}))
    levels = pd.DataFrame(
        [json.loads(row.levels) for row in rows], index=[row.profile_no for row in rows], columns=range(width)
    )
    return pd.DataFrame(
        {
            dimension.key: levels[numbers["dimension"][dimension.key] - 1].map(
                {number: value for value, number in numbers.get(f"level/{dimension.key}", {}).items()} | {MISSING: None}
            )
            for dimension in definition.dimensions
        },
        index=levels.index,
    ).astype(object)


def moments_of(seconds: Iterable[int | None]) -> pd.DatetimeIndex:
    """Returns times in the tables as moments in UTC, NaT where there is none."""
    whole = np.array([NO_MOMENT if pd.isna(second) else int(second) for second in seconds], dtype=np.int64)
    return pd.DatetimeIndex(whole.view("datetime64[s]")).tz_localize("UTC")


def _at_level(connection: Connection, numbers: Numbers, key: str, values: tuple[str, ...]) -> ColumnElement[bool]:
    place, known = numbers["dimension"][key] - 1, numbers.get(f"level/{key}", {}) | {NO_ANSWER: MISSING}
    if connection.dialect.name == "sqlite":
        number: ColumnElement[Any] = func.json_extract(profile.c.levels, f"$[{place}]")
    else:
        number = cast(cast(profile.c.levels, JSON)[place].astext, Integer)
    return number.in_([known[value] for value in values if value in known])


def _answered(survey_id: int, numbers: Numbers, key: str, values: tuple[str, ...]) -> ColumnElement[bool]:
    known = numbers.get(f"choice/{key}", {})
    chosen = answer.alias()
    return exists().where(
        chosen.c.survey_id == survey_id,
        chosen.c.response_no == response.c.response_no,
        chosen.c.question_no == numbers["question"][key],
        chosen.c.choice_no.in_([known[value] for value in values if value in known]),
    )
