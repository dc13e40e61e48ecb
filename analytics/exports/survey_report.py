"""The report of a whole survey: every question in all, over time and by every dimension."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from analytics.estimates.choose import Read
from analytics.estimates.crosstab import crosstab
from analytics.estimates.topline import topline
from analytics.estimates.trend import trend
from analytics.estimates.view import View
from analytics.exports.export import Export, export_of
from analytics.figures.style import Style
from analytics.model import Question, Status, Survey
from analytics.model.request import Every, Request

MOST_DAYS, MOST_WEEKS = 45, 45
"""Longer than so many days a trend goes by week, longer than so many weeks by month."""


def survey_report(
    survey: Survey, status: Status, read: Read, request: Request, style: Style, now: datetime
) -> list[Export]:
    """Returns every figure of the survey in the order in which it is read; what nobody has answered is left out."""
    return [
        export_of(view, style)
        for question in survey.questions
        if question.kind != "text" and question.choices
        for view in _views(survey, status, read, question, request, now)
        if view.base_n
    ]


def _views(
    survey: Survey, status: Status, read: Read, question: Question, request: Request, now: datetime
) -> Iterator[View]:
    yield topline(survey, status, read, question.key, request)
    every = _every(survey, status)
    if every is not None:
        yield trend(survey, status, read, question.key, request, every=every, now=now)
    for dimension in survey.dimensions:
        yield crosstab(survey, status, read, question.key, (dimension.key,), request)


def _every(survey: Survey, status: Status) -> Every | None:
    """Returns the periods of the trends, None where there is no time to speak of."""
    if survey.dimension("wave") is not None:
        return "wave"
    if status.first_at is None or status.last_at is None:
        return None
    days = (status.last_at - status.first_at).days + 1
    if days < 2:
        return None
    return "day" if days <= MOST_DAYS else "week" if days <= MOST_WEEKS * 7 else "month"
