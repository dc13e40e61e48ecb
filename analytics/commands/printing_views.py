"""Prints what the views return; apart from the rows alone, because views bring the statistics with them."""

from __future__ import annotations

import click

from analytics.commands.printing import print_rows, shown_value
from analytics.estimates.groups.judge import Comparisons
from analytics.estimates.groups.table import Column, Table
from analytics.estimates.views.layout import part_text
from analytics.estimates.views.view import View
from analytics.language.said import written
from analytics.words.reasons import with_plain_reasons


def print_view(view: View, format_: str) -> None:
    print_rows(with_plain_reasons(view.estimates), format_, empty="nobody in this selection has answered")
    if view.undated and format_ == "table":
        click.echo(f"{written(view.undated)} answers without a time stamp are left out")


def print_table(found: Table, format_: str) -> None:
    """Prints the cells: as rows, or for people as a table with the letters of the groups that each lies above."""
    if format_ != "table":
        print_rows(with_plain_reasons(found.cells.drop(columns="column")), format_)
        return
    cells, heads = found.cells, [_head(column) for column in found.columns]
    texts = [
        f"{shown_value(value)} {higher if isinstance(higher, str) else ''}".rstrip()
        for value, higher in zip(cells["value"], cells.get("higher_than", [None] * len(cells)), strict=True)
    ]
    shown = cells.assign(text=texts, statistic=cells["statistic"], head=[heads[at] for at in cells["column"]])
    lines = ["question", "statistic", "choice_label"]
    wide = shown.pivot_table(index=lines, columns="head", values="text", aggfunc="first", sort=False, fill_value="-")
    print_rows(wide.reset_index()[[*lines, *dict.fromkeys(heads)]], format_)
    for why in found.unlettered:
        click.echo(f"not compared: {why}")


def _head(column: Column) -> str:
    named = " ".join([part_text(column.part), column.group]).strip() or "everybody"
    return f"{named} ({column.letter})" if column.letter else named


def print_comparisons(found: Comparisons, format_: str) -> None:
    rows = with_plain_reasons(found.rows)
    rows = rows.dropna(axis="columns", how="all") if format_ == "table" else rows
    print_rows(rows, format_, empty="there are no two periods to compare")
    if format_ == "table":
        click.echo(f"{written(found.family)} comparisons, corrected for one another ({found.correction})")
        if found.undated:
            click.echo(f"{written(found.undated)} answers without a time stamp are left out")
