"""What readers answered, in all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from analytics.errors import RequestError
from analytics.estimates.topline import topline
from analytics.estimates.view import View
from analytics.figures.arranging import arranged
from analytics.figures.crosstab_bars import diverging_bars
from analytics.figures.topline import topline_bars, topline_dots
from analytics.kinds.kind import Kind, Known, Made, settled
from analytics.kinds.rows import PlainRow, numbers_by, view_rows
from analytics.model import Snapshot
from analytics.model.request import Request

NAME = "topline"
STACKED = "stacked"
"""The way of drawing all answers in one bar."""
DOTS = "dots"
"""The way of drawing a dot with its interval for each answer."""
WAYS = {STACKED: diverging_bars, DOTS: topline_dots}


def make(snapshot: Snapshot, request: Request) -> Made:
    """The shares of every choice.

    Raises:
        RequestError: the survey cannot answer that, or groups are asked for.
    """
    if request.by:
        raise RequestError("a topline has no groups: leave --by out, or ask for --view crosstab")
    return topline_made(topline(snapshot, request))


def topline_made(view: View) -> Made:
    """The same of a view that was made already."""
    return Made(
        settled(view, NAME), (view,), tuple(view_rows(view)), view,
        lambda style, mode, way: WAYS.get(way, topline_bars)(arranged(view, style.looks), style, mode),
    )  # fmt: skip


def numbers(_request: Request, rows: Iterable[PlainRow]) -> Iterator[Known]:
    """Yields every estimate."""
    yield from numbers_by(rows, ())


KIND = Kind(NAME, "survey", make, numbers, ways=(*WAYS,), finishes=("sort", "highlight", "labels"), charted=True)
