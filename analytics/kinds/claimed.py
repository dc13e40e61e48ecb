"""What a headline about a figure is held against: the numbers that the figure shows, as a view has them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from analytics.estimates.views.view import View

UPPER = 1.959963984540054
"""An interval of 95 % reaches so many standard errors; what has an interval and no error is given one by it."""
SIDE = "side"


def shares_of(view: View, choice: str) -> list[dict[str, Any]]:
    """The rows of a choice's shares."""
    rows: list[dict[str, Any]] = view.estimates.to_dict("records")  # type: ignore[assignment]
    return [row for row in rows if row["statistic"] == "share" and row["choice"] == choice]


def first_row(view: View) -> dict[str, Any]:
    """The first estimate of a view, as what a row has where nothing else is known of it."""
    row: dict[str, Any] = view.estimates.iloc[0].to_dict()  # type: ignore[assignment]
    return row


def claimed_rows(view: View, rows: Iterable[Mapping[str, Any]], by: tuple[str, ...]) -> View:
    """The view with these rows in place of its own; it knows of no lead."""
    return replace(view, estimates=pd.DataFrame(list(rows)), by=by, lead=None)
