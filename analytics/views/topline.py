"""What readers answered, in all."""

from __future__ import annotations

from analytics.model import Status, Survey
from analytics.views.choose import Read
from analytics.views.crosstab import crosstab
from analytics.views.selection import Selection
from analytics.views.view import View


def topline(survey: Survey, status: Status, read: Read, question: str, selection: Selection) -> View:
    """Returns the shares of every choice of the question among those selected, with nets and the mean.

    Raises:
        RequestError: the survey cannot answer that.
    """
    return crosstab(survey, status, read, question, (), selection)
