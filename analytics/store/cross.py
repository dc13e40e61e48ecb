"""What sums cannot answer: one question by another, filters on answers, other answers than those in good standing.

One query over the raw responses each.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    FromClause,
    Select,
    and_,
    cast,
    func,
    literal_column,
    select,
)

from analytics.model import ANSWERED, MISSING, NO_TIME, Grain, Question, Standing, Survey, Wanted
from analytics.periods import day_numbers, hour_starts
from analytics.store.bulk import query_frame
from analytics.store.schema import answer, response
from analytics.store.standing import counts
from analytics.store.stream import QUARTER, can_stream, streamed
from analytics.store.surveys import Numbers

SUMS = ["n", "w", "w2"]

PACKED = "packed"
"""A profile and the answers of its respondents as one number: a database sorts a million of these, which is most of the
time that counting takes, a fifth faster than as many rows of three or four."""


def read_crossed(
    connection: Connection, survey_id: int, definition: Survey, question: Question, wanted: Wanted, numbers: Numbers
) -> pd.DataFrame:
    """Returns cells like those of the tally, counted from the raw responses.

    Returns:
        The columns `period`, `profile` and `choice` (numbers, as in the tables), one for each key of `wanted.crossed`
        (choice numbers, MISSING where it was not answered), `n`, `w` and `w2`.
    """
    widths = [_width(key, numbers) for key in (wanted.question, *wanted.crossed)]
    if can_stream(connection, survey_id, definition, wanted, widths):
        found = streamed(connection, survey_id, definition, wanted, numbers, widths)
        return _in_periods(_unpacked(found, wanted, numbers), definition, wanted)
    return _counted_in_groups(connection, survey_id, definition, question, wanted, numbers)


def _counted_in_groups(
    connection: Connection, survey_id: int, definition: Survey, question: Question, wanted: Wanted, numbers: Numbers
) -> pd.DataFrame:
    given = select(answer.c.response_no, answer.c.choice_no).where(*_ours(survey_id, question.key, numbers))
    parts = [given.where(answer.c.choice_no != ANSWERED)]
    if question.kind == "multiple":
        base = given.with_only_columns(answer.c.response_no, literal_column(str(ANSWERED)).label("choice_no"))
        parts.append(base.where(answer.c.choice_no != MISSING).distinct())
    names = [*([] if wanted.grain == "whole" else ["period"]), PACKED, *SUMS]
    frames = [query_frame(connection, _grouped(part, survey_id, definition, wanted, numbers), names) for part in parts]
    return _in_periods(_unpacked(pd.concat(frames, ignore_index=True), wanted, numbers), definition, wanted)


def _in_periods(cells: pd.DataFrame, definition: Survey, wanted: Wanted) -> pd.DataFrame:
    """Returns the cells added up by the periods of the survey's own clock, in order."""
    cells["period"] = _local(cells["period"].to_numpy(), wanted.grain, definition.time_zone)
    keys = ["period", "profile", "choice", *wanted.crossed]
    return cells.groupby(keys, as_index=False, sort=True)[SUMS].sum()


def read_everyone(connection: Connection, survey_id: int, definition: Survey, standing: Standing) -> pd.DataFrame:
    """Returns how many respondents each profile has and the sums of their weights, counted from the raw responses."""
    weight = response.c.weight
    query = (
        select(response.c.profile_no, func.count(), func.sum(weight), func.sum(weight * weight))
        .where(response.c.survey_id == survey_id, counts(survey_id, definition, standing))
        .group_by(response.c.profile_no)
    )
    return query_frame(connection, query, ["profile", *SUMS])


def _grouped(part: Select[Any], survey_id: int, definition: Survey, wanted: Wanted, numbers: Numbers) -> Select[Any]:
    given = part.subquery()
    joined: FromClause = given.join(
        response, and_(response.c.survey_id == survey_id, response.c.response_no == given.c.response_no)
    )
    packed = cast(response.c.profile_no, BigInteger) * _width(wanted.question, numbers) + given.c.choice_no - ANSWERED
    for key in wanted.crossed:
        other = answer.alias()
        ours = (
            other.c.survey_id == survey_id, other.c.response_no == given.c.response_no,
            other.c.question_no == numbers["question"][key], other.c.choice_no > 0,
        )  # fmt: skip
        joined = joined.outerjoin(other, and_(*ours))
        packed = packed * _width(key, numbers) + func.coalesce(other.c.choice_no, MISSING) - ANSWERED
    keys: list[ColumnElement[Any]] = [*([] if wanted.grain == "whole" else [_period()]), packed]
    weight = response.c.weight
    query = select(*keys, func.count(), func.sum(weight), func.sum(weight * weight)).select_from(joined)
    for key, values in wanted.answered:
        chosen = answer.alias()
        listed = [numbers[f"choice/{key}"][value] for value in values if value in numbers[f"choice/{key}"]]
        query = query.where(
            select(chosen.c.response_no)
            .where(
                chosen.c.survey_id == survey_id, chosen.c.response_no == given.c.response_no,
                chosen.c.question_no == numbers["question"][key], chosen.c.choice_no.in_(listed),
            )
            .exists()
        )  # fmt: skip
    places: list[ColumnElement[Any]] = [literal_column(str(place)) for place in range(1, len(keys) + 1)]
    return query.where(counts(survey_id, definition, wanted.standing)).group_by(*places)


def _ours(survey_id: int, key: str, numbers: Numbers) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return answer.c.survey_id == survey_id, answer.c.question_no == numbers["question"][key]


def _width(key: str, numbers: Numbers) -> int:
    """Returns how many numbers an answer to the question may have, from ANSWERED on."""
    return max(numbers.get(f"choice/{key}", {}).values(), default=0) - ANSWERED + 1


def _unpacked(cells: pd.DataFrame, wanted: Wanted, numbers: Numbers) -> pd.DataFrame:
    """Returns the cells with their profile and answers apart again."""
    packed, found = cells[PACKED].to_numpy(), {}
    for name, key in [*((key, key) for key in reversed(wanted.crossed)), ("choice", wanted.question)]:
        packed, place = np.divmod(packed, _width(key, numbers))
        found[name] = place + ANSWERED
    period = cells.get("period", 0)
    return cells.drop(columns=PACKED).assign(period=period, profile=packed, **found)


def _period() -> ColumnElement[Any]:
    quarter = response.c.responded_at - response.c.responded_at % QUARTER
    return func.coalesce(quarter, NO_TIME)


def _local(quarters: np.ndarray, grain: Grain, zone: str) -> np.ndarray:
    if grain == "whole":
        return quarters
    timed = quarters != NO_TIME
    local = (day_numbers if grain == "day" else hour_starts)(np.where(timed, quarters, 0), zone)
    return np.where(timed, local, NO_TIME)
