"""The analyst's table as a figure: the laid-out texts, drawn for a picture and as a table for files."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from itertools import groupby
from math import ceil

import pandas as pd

from analytics.estimates.groups.table import Table
from analytics.figures.drawing.figure import Figure, Spec, frame, mark_simulated
from analytics.figures.drawing.plain_table import DRAWN_PX, PADDING_PX, ROW_PX, letters_px, row_height
from analytics.figures.drawing.style import Mode, Style
from analytics.figures.drawing.text import plotly_text
from analytics.figures.grid import Grid, GridLine
from analytics.language.numbers import count_words
from analytics.language.said import spoken
from analytics.language.text import plain_text
from analytics.words.captions import Sentence, questions_line
from analytics.words.grid import grid_title, selection_words
from analytics.words.names import simulated_word

STUB_PX, LEAST_PX, GAP_PX = 190, 52, 22
"""How wide the answers' column is, how wide at least that of a group, and how far panels stand apart."""
END_PX = 12


def grid_figure(table: Table, grid: Grid, style: Style, mode: Mode) -> Figure:
    """Returns a laid-out table as a figure; what the page has suppressed is suppressed in it."""
    questions = "; ".join(plain_text(question.text) for question in table.stubs)
    parts = list(dict.fromkeys(plain_text(line.heading) for line in grid.columns if line.heading))
    by = spoken(" by ") + ", ".join(parts) if parts else ""
    mark = spoken("{mark} data.", mark=simulated_word()) + " " if table.survey.simulated else ""
    words = selection_words(table)
    only = f"{words} " if words else ""
    size = {"rows": count_words(len(grid.rows), style), "columns": count_words(len(grid.columns), style)}
    return Figure(
        spec=_spec(table, grid, style, mode),
        title=grid_title(table, by),
        subtitle=questions_line([question.text for question in table.stubs]),
        sentences=tuple(Sentence(one.at("file")) for one in grid.sentences),
        alt=mark
        + only
        + spoken(
            "Table of {rows} rows by {columns} columns{by}. Questions: {questions}", by=by, questions=questions, **size
        ),
        tabulate=partial(_table, table, grid),
        shades=_shades(table, grid),
    )


def _spec(told: Table, grid: Grid, style: Style, mode: Mode) -> Spec:
    """Returns the table in as many panels below one another as keep every word whole.

    A question that stands alone is the subtitle, and no row of its own.
    """
    if len(told.stubs) == 1:
        kept = [place for place, line in enumerate(grid.rows) if line.kind != "head"]
        rows, cells = tuple(grid.rows[place] for place in kept), tuple(grid.cells[place] for place in kept)
        grid = replace(grid, rows=rows, cells=cells)
    panels = _panels(grid, style)
    tables = [_panel(grid, places, style, mode) for places in panels]
    heights = [_height(grid, places, style) for places in panels]
    total = sum(heights) + GAP_PX * (len(panels) - 1)
    layout, top = frame(style, mode, total + END_PX, r=8, t=4, b=4), 0.0
    for table, height in zip(tables, heights, strict=True):
        table["domain"] = {"x": [0, 1], "y": [max(0.0, 1 - (top + height) / total), 1 - top / total]}
        top += height + GAP_PX
    return {"data": tables, "layout": mark_simulated(layout, told.survey, style, mode)}


def _panels(grid: Grid, style: Style) -> list[list[int]]:
    """Returns the columns of each panel: that of everybody in the first one, beside it whole headings while they fit.

    A heading that alone is too wide is spread over several panels.
    """
    if len(grid.columns) < 2 or _fit(grid, list(_places(grid)), style):
        return [list(_places(grid))]
    panels: list[list[int]] = [[0]]
    for _, members in groupby(range(1, len(grid.columns)), key=lambda at: grid.columns[at].heading):
        own = list(members)
        if _fit(grid, [*panels[-1], *own], style):
            panels[-1] += own
        elif panels == [[0]]:
            panels = _spread(grid, [0, *own], style)
        else:
            panels += _spread(grid, own, style)
    return panels


def _spread(grid: Grid, places: list[int], style: Style) -> list[list[int]]:
    """Returns the columns in the fewest panels of about as many each in which they fit."""
    for number in range(1, len(places) + 1):
        each = ceil(len(places) / number)
        panels = [places[at : at + each] for at in range(0, len(places), each)]
        if all(_fit(grid, panel, style) for panel in panels):
            return panels
    return [[place] for place in places]


def _fit(grid: Grid, places: list[int], style: Style) -> bool:
    """Returns whether the columns stand side by side with every word whole."""
    texts = [_head(grid.columns[at]) for at in places] + [row[at].text for row in grid.cells for at in places]
    widest = max(letters_px(word, style) for text in texts for word in text.split(" ")) + PADDING_PX
    return max(widest, LEAST_PX) * len(places) <= DRAWN_PX - STUB_PX


def _panel(grid: Grid, places: list[int], style: Style, mode: Mode) -> Spec:
    palette = style.palette(mode)
    heads = [spoken("Answer"), *(_head(grid.columns[at]) for at in places)]
    columns = [[line.name for line in grid.rows], *([row[at].text for row in grid.cells] for at in places)]
    ground = [[palette.background] * len(grid.rows)]
    ground += [[row[at].tint or palette.background for row in grid.cells] for at in places]
    ink = [[palette.ink if line.kind in ("estimate", "head") else palette.muted for line in grid.rows]]
    ink += [[palette.muted if row[at].quiet else palette.ink for row in grid.cells] for at in places]
    look = {"line": {"color": palette.faint}, "align": ["left", "right"]}
    return {
        "type": "table", "columnwidth": [_wide(places), *[1.0] * len(places)],
        "header": look | {
            "values": [plotly_text(head) for head in heads], "fill": {"color": palette.heat[0]},
            "font": {"size": style.small, "color": palette.ink},
        },
        "cells": look | {
            "values": [[plotly_text(text) for text in column] for column in columns], "fill": {"color": ground},
            "font": {"size": style.small, "color": ink}, "height": ROW_PX,
        },
    }  # fmt: skip


def _wide(places: list[int]) -> float:
    """Returns how much wider the answers' column is than that of a group."""
    return STUB_PX / (DRAWN_PX - STUB_PX) * len(places)


def _height(grid: Grid, places: list[int], style: Style) -> float:
    heads = [spoken("Answer"), *(_head(grid.columns[at]) for at in places)]
    rows = [[line.name, *(row[at].text for at in places)] for line, row in zip(grid.rows, grid.cells, strict=True)]
    return sum(row_height(row, _wide(places), style) for row in [heads, *rows]) + 2


def _table(table: Table, grid: Grid) -> pd.DataFrame:
    """Returns the texts, every row under its heading, every column named with the part of the banner it belongs to."""
    columns: dict[str, list[str]] = {spoken("Under"): [_bare(line.heading) for line in grid.rows]}
    columns[spoken("Answer")] = [_bare(line.name) for line in grid.rows]
    for at in _places(grid):
        name = _head(grid.columns[at])
        columns[name + " " * (name in columns)] = [row[at].text for row in grid.cells]
    kept = [place for place, line in enumerate(grid.rows) if line.kind != "head"]
    shown = pd.DataFrame(columns).iloc[kept].reset_index(drop=True)
    return shown.assign(**{spoken("Data"): simulated_word()}) if table.survey.simulated else shown


def _shades(table: Table, grid: Grid) -> tuple[tuple[int | None, ...], ...]:
    """Returns how dark each cell of that table is: of headings, names and the word for made-up answers none is."""
    last: tuple[int | None, ...] = (None,) if table.survey.simulated else ()
    return tuple(
        (None, None, *(cell.shade for cell in cells), *last)
        for line, cells in zip(grid.rows, grid.cells, strict=True)
        if line.kind != "head"
    )


def _places(grid: Grid) -> range:
    return range(len(grid.columns))


def _head(line: GridLine) -> str:
    name = _bare(line.name)
    return f"{plain_text(line.heading)}: {name}" if line.heading else name


def _bare(text: str) -> str:
    return plain_text(text)
