"""Weights beside which no other counts: refused in every way in, by the weights that are there and those that come."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from sqlalchemy import Connection, Select, func, select

from analytics.errors import Fault
from analytics.language.said import spoken
from analytics.limits import DIGITS, LONE_WEIGHT, MEDIANS
from analytics.model import Chunk, Survey
from analytics.store.record.erased import without_rows
from analytics.store.tables.schema import response

FIRST_WEIGHTS = 1_000
"""So many of the weights that are there are looked at: the median of all of millions would take longer than to record
what comes."""
LARGEST = 10.0**DIGITS
ENOUGH = 30
"""So many weights say what is usual in a survey."""


def vast_weights(connection: Connection, survey_id: int, survey: Survey, weights: np.ndarray) -> tuple[np.ndarray, str]:
    """Returns which of the weights that come are too large, and what is expected of them.

    The median is that of the survey's first weights that are no zeros: many that come at once do not move it. Where
    these are too few it is that of both together. Where both are too few, none may be above LONE_WEIGHT: the first
    weight of a survey is its own median, and would be taken however large it is.
    """
    if survey.columns.weight is None and np.all(weights == 1):
        return np.zeros(len(weights), dtype=bool), ""
    first = select(response.c.weight).where(response.c.survey_id == survey_id).order_by(response.c.response_no)
    first = first.limit(FIRST_WEIGHTS)
    if _is_none_vast(connection, first, weights):
        return np.zeros(len(weights), dtype=bool), ""
    there = connection.execute(first).scalars().all()
    known = [*there, *([] if len(there) >= ENOUGH else weights.tolist())]
    positive = [weight for weight in known if weight > 0]
    middle = float(np.median(positive)) if positive else 1.0
    expected = spoken("at most {most} times the median of the weights, {middle}", most=MEDIANS, middle=middle)
    most = MEDIANS * middle
    if len(positive) < ENOUGH and most > LONE_WEIGHT:
        most = LONE_WEIGHT
        expected = spoken("at most {most} while fewer than {enough} weights are known", most=most, enough=ENOUGH)
    return (weights > most) | (weights >= LARGEST), expected


def _is_none_vast(connection: Connection, first: Select[Any], weights: np.ndarray) -> bool:
    """Whether the largest that comes is within bounds of the smallest there is: no median is below that.

    The database answers with one row instead of a thousand: for answers that come one by one that is what counts.
    """
    there = first.subquery()
    smallest = connection.execute(select(func.min(there.c.weight)).where(there.c.weight > 0)).scalar()
    positive = [*weights[weights > 0].tolist(), *([] if smallest is None else [smallest])]
    return float(weights.max(initial=0)) <= min(LONE_WEIGHT, MEDIANS * min(positive, default=1.0))


def without_vast(connection: Connection, survey_id: int, survey: Survey, chunk: Chunk, file: str) -> Chunk:
    """Returns the chunk without the rows whose weight is too large, which are rejected, each with its line."""
    frame = chunk.batch.responses
    dropped, expected = vast_weights(connection, survey_id, survey, frame["weight"].to_numpy())
    if not dropped.any():
        return chunk
    rows = zip(frame["line"][dropped].tolist(), frame["weight"][dropped].tolist(), strict=True)
    refused = [Fault(file, line, survey.columns.weight or "", f"'{weight:.15g}'", expected) for line, weight in rows]
    return replace(
        chunk, batch=without_rows(chunk.batch, dropped), rejected=chunk.rejected + len(refused),
        faults=(*chunk.faults, *refused),
    )  # fmt: skip
