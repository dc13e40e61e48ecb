"""Prints rows as a table for people, as JSON or as CSV."""

from __future__ import annotations

import csv
import io
import json
import math
from numbers import Integral
from typing import Any

import click
import pandas as pd

from analytics.exports.cells import neutral_cell
from analytics.language.notation import in_signs
from analytics.language.said import speech, written


def print_rows(frame: pd.DataFrame, format_: str, *, empty: str = "") -> None:
    if format_ == "json":
        click.echo(json.dumps(records_of(frame), ensure_ascii=False, indent=1))
    elif format_ == "csv":
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow([neutral_cell(name) for name in frame.columns])
        writer.writerows([neutral_cell(cell) for cell in record.values()] for record in records_of(frame))
        click.echo(text.getvalue(), nl=False)
    elif frame.empty:
        click.echo(empty)
    else:
        click.echo(frame.map(shown_value).to_string(index=False))


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
        "waiting",
    }
    return [
        {str(name): _plain(value, whole=name in whole) for name, value in record.items()}
        for record in frame.to_dict("records")
    ]


def _plain(value: Any, *, whole: bool) -> Any:
    if isinstance(value, float):
        return None if math.isnan(value) else int(value) if whole else value
    return value.item() if hasattr(value, "item") else value


def shown_value(value: Any) -> str:
    """Returns a value as people read it in a table, "-" where there is none."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return "-"
    if isinstance(value, Integral) and not isinstance(value, bool):
        return written(int(value))
    if isinstance(value, float):
        return written(value) if value.is_integer() else in_signs(f"{value:,.4f}", speech())
    return str(value)
