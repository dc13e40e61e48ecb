"""What readers answered, in all."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from analytics.estimates.choose import Read
from analytics.estimates.crosstab import crosstab
from analytics.estimates.lead import leading
from analytics.estimates.view import View
from analytics.model import Status, Survey
from analytics.model.request import Request


def topline(
    survey: Survey, status: Status, read: Read, question: str, request: Request, now: datetime | None = None
) -> View:
    """Returns the shares of every choice of the question among those selected, with nets and the mean, and who leads.

    Args:
        now: the moment of looking, aware; left out, the survey counts as still open.

    Raises:
        RequestError: the survey cannot answer that.
    """
    view = crosstab(survey, status, read, question, (), request)
    return replace(view, lead=leading(view, now=now))
