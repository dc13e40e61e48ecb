"""How answers moved over time: every answer, or one of them in each group."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from analytics.estimates.crowded import with_storms
from analytics.estimates.time.trend import trend
from analytics.estimates.views.view import View
from analytics.figures.trend import trend_lines
from analytics.figures.trend_ways import panel_lines, slope_lines
from analytics.kinds.kind import AS_VIEWERS, Kind, Known, Made, settled
from analytics.kinds.rows import PlainRow, numbers_by, view_rows
from analytics.model import Snapshot
from analytics.model.address import Option
from analytics.model.request import Request

NAME = "trend"
PANELS, SLOPES = "panels", "slopes"
"""The ways of drawing a small picture for each line, and of drawing the first and the last period alone."""
WAYS = {PANELS: panel_lines, SLOPES: slope_lines}
OPTIONS = (Option("line", "The answer that a trend by group follows. Default: the first.", mark="="), AS_VIEWERS)


def make(snapshot: Snapshot, request: Request) -> Made:
    """The shares of every choice in each period.

    Raises:
        RequestError: the survey cannot answer that.
    """
    view, line = trend(snapshot, request), request.option("line") or None
    return trend_made(view if view.rounded else with_storms(view, snapshot.storms()), line)


def trend_made(view: View, line: str | None) -> Made:
    """The same of a view that was made already; by group it follows one answer, the first where none is named."""
    followed = view.question.choices[0].value if view.by and line is None else line
    options = [] if followed is None else [("line", followed)]
    return Made(
        settled(view, NAME, options), (view,), tuple(view_rows(view, followed)), view,
        lambda style, mode, way: WAYS.get(way, trend_lines)(view, style, mode, followed),
    )  # fmt: skip


def numbers(request: Request, rows: Iterable[PlainRow]) -> Iterator[Known]:
    """Yields every estimate of each period."""
    yield from numbers_by(rows, request.by)


KIND = Kind(NAME, "survey", make, numbers, OPTIONS, (*WAYS,), finishes=("highlight", "labels", "only"), charted=True)
