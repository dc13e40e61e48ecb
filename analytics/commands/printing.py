"""Prints rows as a table for people, as JSON or as CSV."""

from __future__ import annotations

import csv
import io
import json
import math
from typing import Any

import click
import pandas as pd

from analytics.exports.cells import neutral_cell
from analytics.views.judge import Comparisons
from analytics.views.layout import part_text
from analytics.views.table import Column, Table
from analytics.views.view import View


def print_view(view: View, form: str) -> None:
    print_rows(view.estimates, form, empty="nobody in this selection has answered")
    if view.undated and form == "table":
        click.echo(f"{view.undated:,} answers without a time stamp are left out")


def print_table(found: Table, form: str) -> None:
    """Prints the cells: as rows, or for people as a table with the letters of the groups that each lies above."""
    if form != "table":
        print_rows(found.cells.drop(columns="column"), form)
        return
    cells, heads = found.cells, [_head(column) for column in found.columns]
    texts = [
        f"{_shown(value)} {higher if isinstance(higher, str) else ''}".rstrip()
        for value, higher in zip(cells["value"], cells.get("higher_than", [None] * len(cells)), strict=True)
    ]
    shown = cells.assign(text=texts, statistic=cells["statistic"], head=[heads[at] for at in cells["column"]])
    lines = ["question", "statistic", "choice_label"]
    wide = shown.pivot_table(index=lines, columns="head", values="text", aggfunc="first", sort=False, fill_value="-")
    print_rows(wide.reset_index()[[*lines, *dict.fromkeys(heads)]], form)
    for why in found.unlettered:
        click.echo(f"not compared: {why}")


def _head(column: Column) -> str:
    named = " ".join([part_text(column.part), column.group]).strip() or "everybody"
    return f"{named} ({column.letter})" if column.letter else named


def print_comparisons(found: Comparisons, form: str) -> None:
    rows = found.rows.dropna(axis="columns", how="all") if form == "table" else found.rows
    print_rows(rows, form, empty="there are no two periods to compare")
    if form == "table":
        click.echo(f"{found.family:,} comparisons, corrected for one another ({found.correction})")
        if found.undated:
            click.echo(f"{found.undated:,} answers without a time stamp are left out")


def print_rows(frame: pd.DataFrame, form: str, *, empty: str = "") -> None:
    if form == "json":
        click.echo(json.dumps(records_of(frame), ensure_ascii=False, indent=1))
    elif form == "csv":
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow([neutral_cell(name) for name in frame.columns])
        writer.writerows([neutral_cell(cell) for cell in record.values()] for record in records_of(frame))
        click.echo(text.getvalue(), nl=False)
    elif frame.empty:
        click.echo(empty)
    else:
        click.echo(frame.map(_shown).to_string(index=False))


def records_of(frame: pd.DataFrame) -> list[dict[str, Any]]:
    whole = {
        "base_n",
        "against_base_n",
        "count",
        "counted",
        "quarantined",
        "responses",
        "cells",
        "wrong",
        "questions",
        "unfinished",
    }
    return [
        {str(name): _plain(value, whole=name in whole) for name, value in record.items()}
        for record in frame.to_dict("records")
    ]


def _plain(value: Any, *, whole: bool) -> Any:
    if isinstance(value, float):
        return None if math.isnan(value) else int(value) if whole else value
    return value.item() if hasattr(value, "item") else value


def _shown(value: Any) -> str:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return "-"
    if isinstance(value, float):
        return f"{value:,.0f}" if value.is_integer() else f"{value:.4f}"
    return str(value)
