"""The numbers of a view, one estimate a row, to full precision; what is suppressed holds no number."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from analytics.exports.export import Export
from analytics.figures.rows import is_sum, key_label, level_label, read_rows
from analytics.figures.text import plain_text
from analytics.views.view import View

NUMBERS = ("base_n", "weighted_base", "effective_n", "deff", "count", "share", "value", "se", "low", "high")
WHOLE = ("base_n", "count")


def tidy_rows(export: Export) -> list[dict[str, Any]]:
    """Returns the estimates of the figure as plain rows: text, numbers, None, and whether a row is suppressed.

    A trend that follows one choice has that choice alone, as the page has. The banner's keys stand beside their labels.
    """
    return view_rows(export.view, export.line)


def view_rows(view: View, line: str | None = None) -> list[dict[str, Any]]:
    """Returns the estimates of a view as plain rows, those of one choice alone where `line` names it."""
    rows = view.estimates.to_dict("records")
    kept = [row for row in rows if line is None or row["choice"] == line]
    return [{str(name): _plain(str(name), cell) for name, cell in _labelled(view, row).items()} for row in kept]


def tidy_table(export: Export) -> pd.DataFrame:
    """Returns the same rows as a frame: numbers float64 (whole ones Int64), text as it is, None where there is none."""
    rows = tidy_rows(export)
    table = pd.DataFrame(rows, columns=list(rows[0]) if rows else None, dtype=object)
    for name in NUMBERS:
        table[name] = table[name].astype("Int64" if name in WHOLE else "float64")
    return table


def banner_labels(export: Export) -> list[str]:
    """Returns how the keys of the banner are named."""
    return [plain_text(key_label(export.view.survey, key)) for key in export.view.by]


def answers_and_groups(export: Export) -> dict[tuple[str, ...], dict[str, float | None]]:
    """Returns, for each group or period, the shown share of every choice by its label; None where it is suppressed."""
    found: dict[tuple[str, ...], dict[str, float | None]] = {}
    for row in read_rows(export.view):
        if (
            row.statistic == "share"
            and (export.line is None or row.choice == export.line)
            and not is_sum(export.view, row)
        ):
            period = (row.period,) if row.period is not None else ()
            group = tuple(
                level_label(export.view.survey, key, level)
                for key, level in zip(export.view.by, row.levels, strict=True)
            )
            found.setdefault((*group, *period), {})[plain_text(row.label)] = row.value
    return found


def _labelled(view: View, row: dict[Any, Any]) -> dict[str, Any]:
    labelled: dict[str, Any] = {}
    for name, cell in row.items():
        labelled[str(name)] = cell
        if name in view.by:
            labelled[f"{name}_label"] = plain_text(level_label(view.survey, str(name), str(cell)))
    return labelled


def _plain(name: str, cell: Any) -> Any:
    if cell is None or cell is pd.NA or (isinstance(cell, float) and math.isnan(cell)):
        return None
    if name in WHOLE:
        return int(cell)
    return cell.item() if hasattr(cell, "item") else cell
