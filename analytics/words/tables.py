"""The numbers of a figure as a table for display: labels as text, everything else as numbers."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from analytics.estimates.views.rows import EstimateRow, is_sum
from analytics.estimates.views.view import View
from analytics.language.notation import Notation
from analytics.language.numbers import point_places, rounded, rounded_percent
from analytics.language.said import noted, spoken
from analytics.language.text import plain_text
from analytics.words.names import key_label, level_label, simulated_word
from analytics.words.periods import period_words, stops_of
from analytics.words.reasons import flag_words, reason_words

OWN_COLUMNS = ("Period", "Answer", "Base", "Effective base", "Not shown because", "With reserve because", "Data")
SHARE_COLUMNS = {noted("Share %"): "value", noted("Low %"): "low", noted("High %"): "high"}
MEAN_COLUMNS = {noted("Mean score"): "value", noted("Mean low"): "low", noted("Mean high"): "high"}


def display_table(view: View, rows: list[EstimateRow], style: Notation) -> pd.DataFrame:
    """Returns a row for each estimate.

    Columns: one for each key of the banner, "Period" in a trend, "Answer", "Base", "Effective base" where weighted,
    "Share %", "Low %", "High %" in percent (nets in points; whole ones where the base is small), the same for means
    where there are any, "Not shown because", "With reserve because" where that is so of any, and "Data" where the
    answers are simulated. Numbers that are not shown are missing.
    """
    columns = _label_columns(view, rows, style)
    columns[spoken("Base")] = pd.Series([row.base_n for row in rows], dtype="Int64")
    if view.weights != "none":
        columns[spoken("Effective base")] = pd.Series([_whole(row.effective_n) for row in rows], dtype="Int64")
    columns |= _numbers(rows, SHARE_COLUMNS, lambda row: row.statistic != "mean", _percent)
    if any(row.statistic == "mean" for row in rows):
        columns |= _numbers(rows, MEAN_COLUMNS, lambda row: row.statistic == "mean", _score)
    columns[spoken("Not shown because")] = pd.Series([_reason(row, style) for row in rows], dtype="str")
    if any(row.flagged for row in rows):
        columns[spoken("With reserve because")] = pd.Series([flag_words(row, style) for row in rows], dtype="str")
    if view.survey.simulated:
        columns[spoken("Data")] = pd.Series([simulated_word()] * len(rows), dtype="str")
    return pd.DataFrame(columns)


def _label_columns(view: View, rows: list[EstimateRow], style: Notation) -> dict[str, pd.Series]:
    columns: dict[str, pd.Series] = {}
    for place, key in enumerate(view.by):
        labels = [plain_text(level_label(view.survey, key, row.levels[place])) for row in rows]
        columns[_free_name(plain_text(key_label(view.survey, key)), columns)] = pd.Series(labels, dtype="str")
    if view.every:
        words = _period_names(view, rows, style)
        columns[spoken("Period")] = pd.Series([words.get(row.period, "") for row in rows], dtype="str")
    columns[spoken("Answer")] = pd.Series([_answer(view, row) for row in rows], dtype="str")
    return columns


def _period_names(view: View, rows: list[EstimateRow], style: Notation) -> dict[str | None, str]:
    every = view.every or "day"
    stops = stops_of(list(dict.fromkeys(row.period for row in rows if row.period is not None)), every)
    return {
        stop.period: plain_text(period_words(stop, every, view.survey, style, with_year=True))
        + (spoken(" so far") if stop.period in view.unfinished else "")
        for stop in stops
        if stop.period is not None
    }


def _free_name(label: str, taken: dict[str, pd.Series]) -> str:
    reserved = {
        *taken,
        *map(spoken, SHARE_COLUMNS),
        *map(spoken, MEAN_COLUMNS),
        *map(spoken, OWN_COLUMNS),
    }
    name = label or spoken("Group")
    return spoken("{name} (group {number})", name=name, number=len(taken) + 1) if name in reserved else name


def _answer(view: View, row: EstimateRow) -> str:
    if row.statistic == "mean":
        return spoken("Mean score")
    return (
        spoken("{net}, points", net=plain_text(row.label))
        if row.statistic == "net" and not is_sum(view, row)
        else plain_text(row.label)
    )


def _numbers(
    rows: list[EstimateRow],
    names: dict[str, str],
    wanted: Callable[[EstimateRow], bool],
    shown: Callable[[EstimateRow, float], float],
) -> dict[str, pd.Series]:
    def cell(row: EstimateRow, field: str) -> float | None:
        number: float | None = getattr(row, field)
        return None if number is None or not wanted(row) else shown(row, number)

    return {
        spoken(name): pd.Series([cell(row, field) for row in rows], dtype="float64") for name, field in names.items()
    }


def _percent(row: EstimateRow, share: float) -> float:
    return float(rounded_percent(share, point_places(row.base_n)))


def _score(_row: EstimateRow, mean: float) -> float:
    return float(rounded(mean, 2))


def _whole(number: float | None) -> int | None:
    return None if number is None else int(rounded(number))


def _reason(row: EstimateRow, style: Notation) -> str:
    return plain_text(reason_words(row.reason, style)) if row.suppressed else ""
