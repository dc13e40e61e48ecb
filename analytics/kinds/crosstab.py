"""What each group of readers answered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from analytics.errors import RequestError
from analytics.estimates.crowded import with_storms
from analytics.estimates.groups.table import compared_pairs, crosstab, with_clear
from analytics.estimates.views.view import View
from analytics.figures.crosstab_bars import diverging_bars
from analytics.figures.drawing.arranging import arranged
from analytics.figures.heat import heat_table
from analytics.kinds.kind import AS_VIEWERS, Kind, Known, Made, settled
from analytics.kinds.rows import PlainRow, numbers_by, view_rows
from analytics.model import Snapshot
from analytics.model.request import Request

NAME = "crosstab"
HEAT = "heat"
"""The way of drawing it as a table of shares."""


def make(snapshot: Snapshot, request: Request) -> Made:
    """The shares of every choice in each group.

    Raises:
        RequestError: the survey cannot answer that, or no groups are asked for.
    """
    if not request.by:
        raise RequestError("a crosstab has groups: name them with --by KEY")
    view = crosstab(snapshot, request)
    if view.rounded:  # nothing tests groups of an edition against one another
        return crosstab_made(view)
    view = with_clear(view, compared_pairs(snapshot, request, view))
    return crosstab_made(with_storms(view, snapshot.storms()))


def crosstab_made(view: View) -> Made:
    """The same of a view that was made already."""
    return Made(
        settled(view, NAME), (view,), tuple(view_rows(view)), view,
        lambda style, mode, way: (heat_table if way == HEAT else diverging_bars)(
            arranged(view, style.finish), style, mode
        ),
    )  # fmt: skip


def numbers(request: Request, rows: Iterable[PlainRow]) -> Iterator[Known]:
    """Yields every estimate of each group."""
    yield from numbers_by(rows, request.by)


KIND = Kind(
    NAME, "survey", make, numbers, (AS_VIEWERS,), (HEAT,), finishes=("sort", "highlight", "labels"), charted=True
)
