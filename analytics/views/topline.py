"""What readers answered, in all."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from analytics.model import Status, Survey
from analytics.views.choose import Read
from analytics.views.crosstab import crosstab
from analytics.views.lead import leading
from analytics.views.selection import Selection
from analytics.views.view import View


def topline(
    survey: Survey, status: Status, read: Read, question: str, selection: Selection, now: datetime | None = None
) -> View:
    """Returns the shares of every choice of the question among those selected, with nets and the mean, and who leads.

    Args:
        now: the moment of looking, aware; left out, the survey counts as still open.

    Raises:
        RequestError: the survey cannot answer that.
    """
    view = crosstab(survey, status, read, question, (), selection)
    return replace(view, lead=leading(view, now=now))
