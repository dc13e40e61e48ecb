"""One cell of a table in sentences, for people who never took a statistics course."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from analytics.estimates.table import Table
from analytics.figures.grid_words import ALL, group_name, in_points
from analytics.figures.style import Style
from analytics.language.numbers import count_words, decimal_words, percent, points, whole_points
from analytics.language.text import plain_text


def cell_sentences(table: Table, record: Mapping[str, Any], style: Style) -> list[str]:
    """Returns which cell it is, then what it says: the share with its base and interval, and against all others."""
    column = table.columns[record["column"]]
    heading, name = group_name(table, column)
    who = name if name == ALL else f"{heading.rpartition(' · ')[2]}: {name}"
    outer = heading.rpartition(" · ")[0]
    head = " · ".join(part for part in (plain_text(str(record["choice_label"])), outer, who) if part)
    if record["suppressed"]:
        return [head, f"Not shown: {record['reason']}."]
    return [head, _share(table, record, style), *_rest(record, style), *_row(record, style)]


def _share(table: Table, record: Mapping[str, Any], style: Style) -> str:
    base = count_words(record["base_n"], style)
    if record["statistic"] == "mean":
        ends = [decimal_words(record[name], 2, style) for name in ("low", "high")]
        value = decimal_words(record["value"], 2, style)
        return f"A mean score of {value} among {base} who answered; uncertainty interval {ends[0]} to {ends[1]}."
    if in_points(table, record):
        ends = [points(record[name], style).split(" ")[0] for name in ("low", "high")]
        return (
            f"{points(record['value'], style)} among {base} who answered; uncertainty interval {ends[0]} to {ends[1]}."
        )
    ends = [whole_points(record[name], style) for name in ("low", "high")]
    weighted = "" if record["weights"] == "none" else ", weighted"
    given = f"; {count_words(record['count'], style)} gave this answer" if record["count"] == record["count"] else ""
    share = percent(record["value"], style)
    return (
        f"{share} of {base} who answered{weighted} (uncertainty interval {ends[0]} to {ends[1]}{style.percent}){given}."
    )


def _rest(record: Mapping[str, Any], style: Style) -> list[str]:
    difference = record.get("rest_difference")
    if difference is None or difference != difference:
        return []
    above = "above" if difference > 0 else "below"
    scored = record["statistic"] == "mean"

    def size(number: float) -> str:
        return decimal_words(number, 2, style) if scored else points(number, style).lstrip("+")

    low, high = (size(record[name]).split(" ")[0] for name in ("rest_low", "rest_high"))
    sure = "a clear difference" if record["rest_clear"] is True else "which may be chance"
    return [f"{size(abs(difference))} {above} the other groups taken together ({low} to {high}): {sure}."]


def _row(record: Mapping[str, Any], style: Style) -> list[str]:
    share = record["row_share"]
    if share != share or not record["group"]:
        return []
    return [f"{percent(share, style)} of all who gave this answer stand in this group."]
