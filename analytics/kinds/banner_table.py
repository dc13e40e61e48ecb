"""The analyst's table: questions down the side, groups across the top, every cell to full precision."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, cast, get_args

from analytics.estimates.groups.segments import named_segments
from analytics.estimates.groups.table import Column, Table, table
from analytics.estimates.views.layout import Layout, part_of, part_text
from analytics.estimates.views.view import View
from analytics.figures.drawing.figure import Figure
from analytics.figures.drawing.style import Mode, Style
from analytics.figures.grid import CellNumbers, Hidden, Marks, Reading, grid
from analytics.figures.grid_figure import grid_figure
from analytics.kinds.kind import Facts, Kind, Known, Made, settled
from analytics.kinds.rows import PlainRow, even_rows, frame_rows, number_of
from analytics.language.said import spoken
from analytics.language.text import plain_text
from analytics.model import Snapshot
from analytics.model.address import Option, Pairs
from analytics.model.request import Request
from analytics.words.grid import group_name

NAME = "table"
NO_BANNER = "none"
"""Stands in the address of a table without a banner."""
USUAL_DIMENSIONS = 2
YES, NO = "yes", "no"
OPTIONS = (
    Option("stub", "A question down the side; repeat.", several=True),
    Option("banner", "Groups across the top, as KEY or KEY*KEY; repeat.", several=True),
    Option("segment", "A segment across the top; repeat.", several=True),
    Option("numbers", "Which numbers stand in the cells.", values=get_args(CellNumbers)),
    Option("marks", "What marks groups that differ.", values=get_args(Marks)),
    Option("hide", "What is left out; repeat.", several=True, values=get_args(Hidden)),
    Option("sort", "The column to sort by: its part and its levels.", several=True),
    Option("turned", "Whether groups stand down the side.", values=(YES, NO)),
    Option("heat", "Whether cells are coloured.", values=(YES, NO)),
)


def make(snapshot: Snapshot, request: Request) -> Made:
    """Every cell, with bases, intervals and marks.

    Raises:
        RequestError: the survey cannot answer that.
    """
    layout = layout_of(snapshot, request)
    told = table(snapshot, replace(request, by=(), every=None, window=1), layout)
    return table_made(told, reading_of(told, request))


def layout_of(snapshot: Snapshot, request: Request) -> Layout:
    """The questions, groups and segments of the table; the first two dimensions where no groups are named.

    Raises:
        RequestError: there are no such segments.
    """
    usual = [dimension.key for dimension in snapshot.survey.dimensions][:USUAL_DIMENSIONS]
    banner = tuple(part_of(text) for text in request.each("banner") or usual if text != NO_BANNER)
    keys = request.each("segment")
    segments = named_segments(snapshot.segments(), keys, snapshot.survey) if keys else ()
    return Layout(request.each("stub") or (request.question,), banner, segments)


def reading_of(told: Table, request: Request) -> Reading:
    """How the table is to be read."""
    usual = Reading()
    return Reading(
        cast(Any, request.option("numbers", usual.numbers)), cast(Any, request.option("marks", usual.marks)),
        request.option("heat", YES) == YES, sort_place(told, request.each("sort")), cast(Any, request.each("hide")),
        request.option("turned", NO) == YES,
    )  # fmt: skip


def sort_place(told: Table, named: tuple[str, ...]) -> int | None:
    """The place of the column of that name, None where there is none."""
    places = enumerate(told.columns)
    return next((at for at, one in places if named == column_name(one)), None)


def column_name(column: Column) -> tuple[str, ...]:
    """What a column is called in an address: its part of the banner, then its levels."""
    return (part_text(column.part), *column.values)


def table_made(told: Table, reading: Reading) -> Made:
    """The same of a table that was made already, as it is read."""
    rows = [_named(row, told.columns[row["column"]], told) for row in frame_rows(told.cells)]

    def facts(_style: Style) -> Facts:
        name = spoken("Not compared")
        yield from ((f"not_compared_{place}", name, str(words)) for place, words in enumerate(told.unlettered, 1))

    def draw(style: Style, mode: Mode, _way: str) -> Figure:
        return grid_figure(told, grid(told, reading, style, mode), style, mode)

    request = settled(told.toplines[0], NAME, _options(told, reading), by=())
    return Made(request, told.toplines, even_rows(rows), table_claimed(told), draw, facts)


def _options(told: Table, reading: Reading) -> Pairs:
    """The table's layout, and how it is read where not as usual."""
    layout, usual = told.layout, Reading()
    pairs = [("stub", key) for key in layout.stubs]
    pairs += [("banner", text) for text in [part_text(part) for part in layout.banner] or [NO_BANNER]]
    pairs += [("segment", segment.key) for segment in layout.segments]
    pairs += [("numbers", reading.numbers)] if reading.numbers != usual.numbers else []
    pairs += [("marks", reading.marks)] if reading.marks != usual.marks else []
    pairs += [("hide", name) for name in reading.hidden]
    if reading.sort is not None:
        pairs += [("sort", value) for value in column_name(told.columns[reading.sort])]
    pairs += [("turned", YES)] if reading.transposed else []
    return (*pairs, *([] if reading.heat else [("heat", NO)]))


def _named(row: dict[str, Any], column: Column, told: Table) -> dict[str, Any]:
    heading, name = group_name(told, column)
    return row | {"banner_label": plain_text(heading), "group_label": plain_text(name)}


def table_claimed(told: Table) -> View:
    """Every cell of the table under the name of its group; of several questions, under theirs too."""
    groups = [plain_text(group_name(told, column)[1]) for column in told.columns]
    texts = {question.key: plain_text(question.text) for question in told.stubs}
    rows = told.cells.assign(
        group=[groups[at] for at in told.cells["column"]], question=told.cells["question"].map(texts), period=None
    )
    by = ("group", "question") if len(told.stubs) > 1 else ("group",)
    return replace(told.toplines[0], estimates=rows, by=by, lead=None)


def numbers(_request: Request, rows: Iterable[PlainRow]) -> Iterator[Known]:
    """Yields every cell."""
    for row in rows:
        name = tuple(row[key] for key in ("question", "statistic", "choice", "banner", "group"))
        yield name, number_of(row, str(row["statistic"]), (str(row.get("group_label") or row["group"]),))


KIND = Kind(NAME, "crosstabs", make, numbers, OPTIONS, headed=True)
