"""The analyst's table as a figure: the laid-out texts, drawn for a picture and as a table for files."""

from __future__ import annotations

from functools import partial

import pandas as pd

from analytics.figures.figure import SIMULATED, Figure, Spec, frame, mark_simulated
from analytics.figures.grid import Grid, Line
from analytics.figures.plain_table import ROW_PX, row_height
from analytics.figures.style import Mode, Style
from analytics.figures.text import plain_text, plotly_text
from analytics.languages.said import spoken
from analytics.views.table import Table

IN_FILES = "Tables for spreadsheets and machines (XLSX, CSV, JSON) have the {level} uncertainty intervals."
"""What is true of a file where the page speaks of opening cells."""
STUB_SHARE = 2.6
"""How much wider the answers' column is than that of a group."""


def grid_figure(told: Table, laid: Grid, style: Style, mode: Mode) -> Figure:
    """Returns a laid-out table as a figure; what the page has suppressed is suppressed in it."""
    questions = "; ".join(plain_text(question.text) for question in told.stubs)
    parts = list(dict.fromkeys(plain_text(line.heading) for line in laid.columns if line.heading))
    by = spoken(" by ") + ", ".join(parts) if parts else ""
    mark = spoken("{mark} data.", mark=SIMULATED) + " " if told.survey.simulated else ""
    size = {"rows": len(laid.rows), "columns": len(laid.columns), "by": by, "questions": questions}
    level = f"95{style.percent}"
    opened = plain_text(spoken("A cell that is opened shows its {level} uncertainty interval.", level=level))
    return Figure(
        spec=_spec(told, laid, style, mode),
        title=spoken("Crosstab of {title}{by}", title=plain_text(told.survey.title), by=by),
        subtitle=questions,
        caption=laid.caption.replace(opened, spoken(IN_FILES, level=level)),
        alt=mark + spoken("Table of {rows} rows by {columns} columns{by}. Questions: {questions}", **size),
        tabulate=partial(_table, told, laid),
    )


def _spec(told: Table, laid: Grid, style: Style, mode: Mode) -> Spec:
    palette = style.palette(mode)
    heads = [spoken("Answer"), *(_head(line) for line in laid.columns)]
    columns = [[line.name for line in laid.rows], *([row[at].text for row in laid.cells] for at in _places(laid))]
    ground = [[palette.background] * len(laid.rows)]
    ground += [[row[at].tint or palette.background for row in laid.cells] for at in _places(laid)]
    ink = [[palette.ink if line.kind in ("estimate", "head") else palette.muted for line in laid.rows]]
    ink += [[palette.muted if row[at].quiet else palette.ink for row in laid.cells] for at in _places(laid)]
    look = {"line": {"color": palette.faint}, "align": ["left", "right"]}
    rows = [[column[at] for column in columns] for at in range(len(laid.rows))]
    layout = frame(style, mode, sum(row_height(row, STUB_SHARE, style) for row in [heads, *rows]) + 40, r=8)
    table = {
        "type": "table", "columnwidth": [STUB_SHARE, *[1.0] * len(laid.columns)],
        "header": look | {
            "values": [plotly_text(head) for head in heads], "fill": {"color": palette.heat[0]},
            "font": {"size": style.small, "color": palette.ink},
        },
        "cells": look | {
            "values": [[plotly_text(text) for text in column] for column in columns], "fill": {"color": ground},
            "font": {"size": style.small, "color": ink}, "height": ROW_PX,
        },
    }  # fmt: skip
    return {"data": [table], "layout": mark_simulated(layout, told.survey, style, mode)}


def _table(told: Table, laid: Grid) -> pd.DataFrame:
    """Returns the texts, every row under its heading, every column named with the part of the banner it belongs to."""
    columns: dict[str, list[str]] = {spoken("Under"): [_bare(line.heading) for line in laid.rows]}
    columns[spoken("Answer")] = [_bare(line.name) for line in laid.rows]
    for at in _places(laid):
        name = _head(laid.columns[at])
        columns[name + " " * (name in columns)] = [row[at].text for row in laid.cells]
    kept = [place for place, line in enumerate(laid.rows) if line.kind != "head"]
    shown = pd.DataFrame(columns).iloc[kept].reset_index(drop=True)
    return shown.assign(**{spoken("Data"): SIMULATED}) if told.survey.simulated else shown


def _places(laid: Grid) -> range:
    return range(len(laid.columns))


def _head(line: Line) -> str:
    name = _bare(line.name)
    return f"{plain_text(line.heading)}: {name}" if line.heading else name


def _bare(text: str) -> str:
    return plain_text(text)
