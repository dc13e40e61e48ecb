"""Questions that were asked together, as the rows of a matrix or a ranking: what readers answered to each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from analytics.estimates.whole.battery import ITEM, Together, asked_together
from analytics.figures.crosstab_bars import diverging_bars
from analytics.figures.drawing.arranging import arranged
from analytics.figures.drawing.figure import Figure
from analytics.figures.drawing.style import Mode, Style
from analytics.figures.heat import heat_table
from analytics.kinds.kind import Kind, Known, Made, settled
from analytics.kinds.rows import PlainRow, numbers_by, view_rows
from analytics.model import Snapshot
from analytics.model.request import Request
from analytics.words.battery import battery_title

NAME = "battery"
HEAT = "heat"
"""The way of drawing it as a table of shares."""


def make(snapshot: Snapshot, request: Request) -> Made:
    """The shares of every choice of each item.

    Raises:
        RequestError: the survey cannot answer that.
    """
    return battery_made(asked_together(snapshot, replace(request, by=(), every=None, window=1)))


def battery_made(found: Together) -> Made:
    """The same of items that were estimated already."""
    request = settled(found.toplines[0], NAME, by=())
    return Made(
        request, found.toplines, tuple(view_rows(found.view)), found.view,
        lambda style, mode, way: battery_figure(found, style, mode, heat=way == HEAT),
    )  # fmt: skip


def battery_figure(found: Together, style: Style, mode: Mode, *, heat: bool = False) -> Figure:
    """A bar or a line of a table for each item."""
    figure = (heat_table if heat else diverging_bars)(arranged(found.view, style.finish), style, mode)
    return replace(figure, title=battery_title(found, style), finding=None)


def numbers(_request: Request, rows: Iterable[PlainRow]) -> Iterator[Known]:
    """Yields every estimate of each item."""
    yield from numbers_by(rows, (ITEM,))


KIND = Kind(NAME, "survey", make, numbers, ways=(HEAT,), finishes=("sort", "highlight", "labels"), charted=True)
