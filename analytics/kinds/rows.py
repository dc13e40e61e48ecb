"""Estimates as plain rows of text, numbers and None, to full precision; what is suppressed holds no number."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analytics.estimates.views.view import View
from analytics.language.text import plain_text
from analytics.model.reasons import Reason
from analytics.words.names import level_label
from analytics.words.reasons import plain_reason

WHOLE = ("base_n", "count")
NUMBERS = ("base_n", "weighted_base", "effective_n", "deff", "count", "share", "value", "se", "low", "high")
"""The numbers of an estimate."""


def view_rows(view: View, line: str | None = None) -> list[dict[str, Any]]:
    """Returns the estimates of a view as plain rows, those of one choice alone where `line` names it.

    The banner's keys stand beside their labels.
    """
    rows = view.estimates.to_dict("records")
    kept = [row for row in rows if line is None or row["choice"] == line]
    return [plain_row(_labelled(view, row)) for row in kept]


def frame_rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Returns the rows of any frame as plain rows.

    Example:
        >>> frame_rows(pd.DataFrame({"base_n": [3.0], "share": [float("nan")]}))
        [{'base_n': 3, 'share': None}]
    """
    return [plain_row(row) for row in frame.to_dict("records")]


def even_rows(rows: Sequence[Mapping[str, Any]]) -> tuple[dict[str, Any], ...]:
    """The rows with the same names in each, None where one has nothing under a name.

    Example:
        >>> even_rows([{"a": 1}, {"b": 2}])
        ({'a': 1, 'b': None}, {'a': None, 'b': 2})
    """
    names = list(dict.fromkeys(key for row in rows for key in row))
    return tuple({key: row.get(key) for key in names} for row in rows)


def plain_row(row: dict[Any, Any]) -> dict[str, Any]:
    """Returns the row with numbers as Python has them and None where there is none."""
    return {str(name): _plain(str(name), cell) for name, cell in row.items()}


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
    if isinstance(cell, Reason):
        return plain_reason(cell)
    if name in WHOLE:
        return int(cell)
    return cell.item() if hasattr(cell, "item") else cell


PlainRow = Mapping[str, Any]


@dataclass(frozen=True)
class Number:
    """One number with its interval; None where it is not shown, for the `reason`. `levels` say of whom it is.

    `statistic` is what it is measured in: a share or a net of 0 to 1 ("difference" is told as one), or a mean.
    """

    statistic: str
    label: str
    levels: tuple[str, ...]
    period: str | None
    value: float | None
    low: float | None
    high: float | None
    reason: str | None = None


def number_of(row: PlainRow, statistic: str, levels: tuple[str, ...], label: str | None = None) -> Number:
    """The number that a row shows."""
    value = None if row.get("suppressed") else row["share"] if statistic == "share" else row["value"]
    return Number(
        statistic, label or str(row.get("choice_label") or row.get("choice") or ""), levels, row.get("period"), value,
        row.get("low"), row.get("high"), row.get("reason"),
    )  # fmt: skip


def numbers_by(rows: Iterable[PlainRow], by: Sequence[str]) -> Iterator[tuple[tuple[Any, ...], Number]]:
    """Yields the estimates of a view, each known by its choice, its period and its group: the columns `by`."""
    for row in rows:
        name = (row["statistic"], row.get("choice"), row.get("period"), *(row[key] for key in by))
        levels = tuple(str(row.get(f"{key}_label", row[key])) for key in by)
        yield name, number_of(row, str(row["statistic"]), levels)


def base_in(rows: Sequence[PlainRow]) -> int | None:
    """The largest base of the rows, None where none has one."""
    bases = [row["base_n"] for row in rows if row.get("base_n") is not None]
    return int(max(bases)) if bases else None
