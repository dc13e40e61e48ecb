"""Who says what: each theme of comments by the groups of a dimension."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pandas as pd

from analytics.errors import RequestError
from analytics.estimates.readers.themes import ThemeReport, theme_groups
from analytics.estimates.views.choose import dimension_of
from analytics.estimates.views.view import View
from analytics.figures.themes import theme_groups_figure
from analytics.kinds.claimed import claimed_rows, first_row
from analytics.kinds.kind import Kind, Known, Made, settled
from analytics.kinds.rows import PlainRow, even_rows, frame_rows, number_of
from analytics.kinds.themes import OPTIONS, hidden_facts, reported
from analytics.language.said import spoken
from analytics.model import Dimension, Snapshot
from analytics.model.address import Pairs
from analytics.model.request import Request

NAME = "theme groups"


def make(snapshot: Snapshot, request: Request) -> Made:
    """The share of each theme in each group, every share with its bases.

    Raises:
        RequestError: the survey cannot answer that, too few readers wrote, or no theme was found.
    """
    report, view = reported(snapshot, request)
    if report.table.empty:
        raise RequestError(spoken("no theme comes back in these comments, so that none can be shown by groups"))
    dimension = dimension_of(snapshot.survey, request.by[0] if request.by else "")
    return theme_groups_made(
        report, view, theme_groups(report, snapshot.levels(), dimension), dimension, request.options
    )


def theme_groups_made(
    report: ThemeReport, view: View, groups: pd.DataFrame, dimension: Dimension, options: Pairs
) -> Made:
    """The same of what was found already; `options` are the choices of the page beside its filters."""
    rows = [row | {"dimension": dimension.key} for row in frame_rows(groups)]
    return Made(
        settled(view, NAME, options, by=(dimension.key,)), (view,), even_rows(rows),
        _claimed(view, groups),
        lambda style, mode, _way: theme_groups_figure(report, groups, dimension.label, style, mode),
        lambda _style: hidden_facts(report),
    )  # fmt: skip


def _claimed(view: View, groups: pd.DataFrame) -> View:
    """Each theme's share in each group, under the group's name."""
    rows: list[dict[str, Any]] = groups.to_dict("records")  # type: ignore[assignment]
    empty = first_row(view)
    told = [
        empty
        | row
        | {"choice": f"{row['theme']}", "choice_label": row["name"], "value": row["share"], "se": float("nan")}
        for row in rows
    ]
    return claimed_rows(view, told, ("level_label",))


def numbers(_request: Request, rows: Iterable[PlainRow]) -> Iterator[Known]:
    """Yields the share of each theme in each group."""
    for row in rows:
        yield (row["name"], row["level"]), number_of(row, "share", (str(row["level_label"]),), str(row["name"]))


KIND = Kind(NAME, "comments", make, numbers, OPTIONS)
