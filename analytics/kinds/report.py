"""The headline numbers of a whole survey: what a report of it is held to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace

from analytics.errors import FewError, RequestError
from analytics.estimates.views.view import View
from analytics.estimates.whole.topline import topline
from analytics.kinds.kind import AS_VIEWERS, Kind, Known, Made, settled
from analytics.kinds.rows import PlainRow, numbers_by, view_rows
from analytics.language.text import shortened
from analytics.model import Snapshot
from analytics.model.address import Option
from analytics.model.request import Request

NAME = "report"
OPTIONS = (Option("report", always="whole"), AS_VIEWERS)
LONGEST_QUESTION = 60


def make(snapshot: Snapshot, request: Request) -> Made:
    """What readers answered to each question in all; a question of which too few may be told of is left out.

    Raises:
        RequestError: the survey cannot answer that, or nobody has answered anything.
    """
    questions = [one.key for one in snapshot.survey.questions if one.kind != "text" and one.choices]
    views = []
    for key in questions:
        with suppress(FewError):
            views.append(topline(snapshot, replace(request, question=key)))
    return report_made(views)


def report_made(toplines: Sequence[View]) -> Made:
    """The same of the toplines of a survey that were made already; those that nobody answered are left out.

    Raises:
        RequestError: nobody has answered anything.
    """
    views = tuple(view for view in toplines if view.base_n)
    if not views:
        raise RequestError("nobody in this selection has answered, so there is nothing to report: take a filter away")
    rows = tuple(
        row | {"question_label": shortened(view.question.text, LONGEST_QUESTION)}
        for view in views
        for row in view_rows(view)
    )
    return Made(settled(views[0], NAME, by=()), views, rows, views[0], None)


def numbers(_request: Request, rows: Iterable[PlainRow]) -> Iterator[Known]:
    """Yields every headline number."""
    yield from numbers_by(rows, ("question",))


KIND = Kind(NAME, "survey", make, numbers, OPTIONS, collective=True)
