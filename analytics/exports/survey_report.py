"""The report of a whole survey: every question in all, over time and by every dimension."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from analytics.estimates.crosstab import crosstab
from analytics.estimates.topline import topline
from analytics.estimates.trend import trend
from analytics.estimates.view import View
from analytics.exports.export import Export, export_of
from analytics.figures.style import Style
from analytics.model import Snapshot
from analytics.model.request import Every, Request

MOST_DAYS, MOST_WEEKS = 45, 45
"""Longer than so many days a trend goes by week, longer than so many weeks by month."""


def survey_report(snapshot: Snapshot, request: Request, style: Style) -> list[Export]:
    """Every figure of the survey in the order in which it is read; what nobody has answered is left out."""
    return [
        export_of(view, style)
        for question in snapshot.survey.questions
        if question.kind != "text" and question.choices
        for view in _views(snapshot, replace(request, question=question.key))
        if view.base_n
    ]


def _views(snapshot: Snapshot, request: Request) -> Iterator[View]:
    yield topline(snapshot, request)
    every = _every(snapshot)
    if every is not None:
        yield trend(snapshot, replace(request, every=every))
    for dimension in snapshot.survey.dimensions:
        yield crosstab(snapshot, replace(request, by=(dimension.key,)))


def _every(snapshot: Snapshot) -> Every | None:
    """The periods of the trends, None where there is no time to speak of."""
    survey, status = snapshot.survey, snapshot.status
    if survey.dimension("wave") is not None:
        return "wave"
    if status.first_at is None or status.last_at is None:
        return None
    days = (status.last_at - status.first_at).days + 1
    if days < 2:
        return None
    return "day" if days <= MOST_DAYS else "week" if days <= MOST_WEEKS * 7 else "month"
