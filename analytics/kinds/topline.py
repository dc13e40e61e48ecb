"""What readers answered, in all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial

from analytics.errors import RequestError
from analytics.estimates.crowded import also_without, with_storms
from analytics.estimates.time.trend import shortest_every, trend
from analytics.estimates.views.view import View
from analytics.estimates.whole.topline import topline
from analytics.figures.crosstab_bars import diverging_bars
from analytics.figures.drawing.arranging import arranged
from analytics.figures.drawing.figure import Figure
from analytics.figures.drawing.style import Mode, Style
from analytics.figures.topline import topline_bars, topline_dots
from analytics.kinds.kind import AS_VIEWERS, Kind, Known, Made, settled
from analytics.kinds.rows import PlainRow, numbers_by, view_rows
from analytics.model import Snapshot
from analytics.model.request import Request
from analytics.words.captions import Sentence
from analytics.words.different import unusual_sentence

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
    view = topline(snapshot, request)
    if view.rounded:
        return topline_made(view)
    view = also_without(with_storms(view, snapshot.storms()), snapshot)
    return topline_made(view, partial(days_of, snapshot, request))


def topline_made(view: View, by_day: Callable[[], View | None] = lambda: None) -> Made:
    """The same of a view that was made already; `by_day` gives the same by day, for a drawing that names days."""

    def draw(style: Style, mode: Mode, way: str) -> Figure:
        figure = WAYS.get(way, topline_bars)(arranged(view, style.finish), style, mode)
        days = by_day()
        words = unusual_sentence(view, days, style, on_page=False) if days is not None else ""
        return replace(figure, sentences=(*figure.sentences, Sentence(words))) if words else figure

    return Made(settled(view, NAME), (view,), tuple(view_rows(view)), view, draw)


def days_of(snapshot: Snapshot, request: Request) -> View | None:
    """The answers by day; None where they have no times, are shown over longer periods or have too many days."""
    try:
        if shortest_every(snapshot, replace(request, where=(), since=None, until=None)) != "day":
            return None
        return with_storms(trend(snapshot, day_by_day(request)), snapshot.storms())
    except RequestError:
        return None


def day_by_day(request: Request) -> Request:
    """The request for the same by day, without groups.

    Example:
        >>> day_by_day(Request("topline", "phones", by=("age",))).every
        'day'
    """
    return replace(request, every="day", by=(), window=1)


def numbers(_request: Request, rows: Iterable[PlainRow]) -> Iterator[Known]:
    """Yields every estimate."""
    yield from numbers_by(rows, ())


KIND = Kind(
    NAME, "survey", make, numbers, (AS_VIEWERS,), (*WAYS,), finishes=("sort", "highlight", "labels"), charted=True
)
