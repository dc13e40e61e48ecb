"""When answers came and how their readers got there. What was answered is not among it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Connection, Engine, Select, func, select

from analytics.model import NO_ANSWER, Survey
from analytics.model.crowds import CHANNEL, PLACEMENT, REASON, REFERRER, UNKNOWN_SOURCE, Crowd
from analytics.store.place.connections import reading
from analytics.store.read.responses import at_levels, read_profiles
from analytics.store.tables.rows import query_frame
from analytics.store.tables.schema import COUNTED, SCREENED, circumstance, doubt, response
from analytics.store.tables.surveys import CodeNumbers, survey_by_key


def read_arrivals(engine: Engine, key: str) -> pd.DataFrame:
    """Every answer of that survey that counts or that a rule set aside, where it has a time: how it came.

    The columns are `response_no`, `at` (int64, UTC seconds), `counted` (bool), `referrer` and `placement` (text, ""
    where unknown), `network` (a hash, missing where unknown) and, where the survey has channels, `channel`.

    Raises:
        RequestError: there is no such survey.
    """
    how, ours = circumstance.c, response.c
    told = select(how.response_no, how.referrer, how.placement, how.network_hash)
    with reading(engine) as connection:
        survey_id, definition, numbers = survey_by_key(connection, key)
        query: Select[Any] = select(ours.response_no, ours.responded_at, ours.standing, ours.profile_no).where(
            ours.survey_id == survey_id, ours.responded_at.is_not(None), ours.standing.in_([COUNTED, SCREENED])
        )
        found = query_frame(connection, query, ["response_no", "at", "standing", "profile"])
        # tuples: pandas asks each row of SQLAlchemy for names that it has not, which takes most of the time
        rows = [tuple(row) for row in connection.execute(told.where(how.survey_id == survey_id))]
        levels = read_profiles(connection, survey_id, definition, numbers) if _channel(definition) else None
    came = pd.DataFrame(rows, columns=["response_no", REFERRER, PLACEMENT, "network"], dtype=object)
    found = found.merge(came.astype({"response_no": "int64"}), on="response_no", how="left")
    found["counted"] = found.pop("standing") == COUNTED
    for name in (REFERRER, PLACEMENT):
        found[name] = found[name].where(found[name].notna(), "")
    profile = found.pop("profile")
    if levels is not None:
        found[CHANNEL] = profile.map(levels[CHANNEL]).astype(object)
        found[CHANNEL] = found[CHANNEL].where(found[CHANNEL].notna(), "")
    return found


def _channel(definition: Survey) -> bool:
    return definition.dimension(CHANNEL) is not None


def read_crowded(engine: Engine, key: str, crowds: Collection[Crowd]) -> frozenset[int]:
    """The numbers of the responses that came in any of these crowds and count.

    Raises:
        RequestError: there is no such survey.
    """
    with reading(engine) as connection:
        survey_id, _, numbers = survey_by_key(connection, key)
        found = (
            connection.execute(select(response.c.response_no).where(*came_within(connection, survey_id, numbers, one)))
            for one in crowds
        )
        return frozenset(number for rows in found for number in rows.scalars())


def came_within(
    connection: Connection, survey_id: int, numbers: CodeNumbers, crowd: Crowd
) -> list[ColumnElement[bool]]:  # fmt: skip
    """The conditions on counted responses that came in the crowd."""
    at, by, source = response.c.responded_at, crowd.by, crowd.source
    conditions = [response.c.survey_id == survey_id, response.c.standing == COUNTED]
    if by == REASON:  # whenever they came, and those without a time too
        theirs = select(doubt.c.response_no).where(doubt.c.survey_id == survey_id, doubt.c.reason == source)
        return [*conditions, response.c.response_no.in_(theirs)]
    conditions += [at >= crowd.since, at < crowd.until]
    if by == CHANNEL:
        level = NO_ANSWER if source == UNKNOWN_SOURCE else source
        conditions.append(at_levels(connection, survey_id, numbers, ((CHANNEL, (level,)),)))
    elif by:
        column = circumstance.c[by]
        ours = select(circumstance.c.response_no).where(circumstance.c.survey_id == survey_id)
        if source == UNKNOWN_SOURCE:
            known = ours.where(column.is_not(None), column != "")
            conditions.append(response.c.response_no.not_in(known))
        else:
            conditions.append(response.c.response_no.in_(ours.where(column == source)))
    return [*conditions, _shares_network(survey_id, conditions, crowd.repeated)] if crowd.repeated else conditions


def _shares_network(survey_id: int, conditions: list[ColumnElement[bool]], least: int) -> ColumnElement[bool]:
    """Whether a response came by a network that brought so many or more of those under the conditions."""
    each, how = circumstance.alias().c, circumstance.c
    same = (each.survey_id == response.c.survey_id, each.response_no == response.c.response_no)
    networks = select(each.network_hash).where(*same, *conditions, each.network_hash.is_not(None)).correlate(None)
    often = networks.group_by(each.network_hash).having(func.count() >= least)
    theirs = select(how.response_no).where(how.survey_id == survey_id, how.network_hash.in_(often))
    return response.c.response_no.in_(theirs)
