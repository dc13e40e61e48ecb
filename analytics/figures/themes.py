"""Themes of comments as horizontal bars."""

from __future__ import annotations

from functools import partial

import pandas as pd

from analytics.estimates.readers.themes import ThemeReport
from analytics.figures.drawing.colours import tint
from analytics.figures.drawing.figure import LINE_PX, Figure, Spec, frame, mark_simulated, percent_axis, quiet_axis
from analytics.figures.drawing.plain_table import table_figure
from analytics.figures.drawing.style import Mode, Style
from analytics.figures.drawing.text import plotly_text
from analytics.figures.topline import interval_bars, percent_of
from analytics.language.numbers import percent
from analytics.language.said import spoken
from analytics.language.text import shortened
from analytics.words.themes import (
    ABOUT,
    groups_caption,
    theme_groups_table,
    theme_name,
    theme_sentence,
    theme_table,
    themes_alt,
    themes_caption,
    themes_line,
    themes_title,
)

BAR_PX = 14
ROOM_PX = 12
NAME_COLUMNS = 56


def theme_bars(report: ThemeReport, style: Style, mode: Mode) -> Figure:
    """Returns a bar for each theme, its name above it, with its share of the comments and a thin interval."""
    return Figure(
        spec=_spec(report, style, mode),
        title=themes_title(report, style),
        subtitle=spoken(ABOUT),
        sentences=themes_caption(report, style),
        alt=themes_alt(report, style),
        line=themes_line(report, style),
        tabulate=partial(theme_table, report.table, style),
    )


def theme_groups_figure(report: ThemeReport, groups: pd.DataFrame, label: str, style: Style, mode: Mode) -> Figure:
    """Returns who says it as a table; `label` names the groups."""
    return table_figure(
        report.survey, theme_groups_table(report, groups, style), title=spoken("Who says it, by {by}", by=label),
        subtitle=spoken(ABOUT), sentences=groups_caption(report, groups, style), wide=2.6, style=style, mode=mode,
    )  # fmt: skip


def _spec(report: ThemeReport, style: Style, mode: Mode) -> Spec:
    rows, palette = report.table.to_dict("records"), style.palette(mode)
    step = style.size * LINE_PX + 4 + BAR_PX + ROOM_PX
    middles = [step * place + style.size * LINE_PX + 4 + BAR_PX / 2 for place in range(len(rows))]
    layout = frame(style, mode, step * len(rows) + 30, t=2, b=26, r=44)
    widest = max([row["high"] for row in rows], default=0)
    marks = (0, 50, 100) if widest > 0.48 else (0, 25, 50)
    layout["xaxis"] = percent_axis(style, mode, marks) | {"range": [0, marks[-1]]}
    layout["yaxis"] = quiet_axis(range=[step * len(rows), 0])
    reach = [(percent_of(row["share"] - row["low"]) or 0, percent_of(row["high"] - row["share"]) or 0) for row in rows]
    bars = {
        "type": "bar", "orientation": "h", "x": [percent_of(row["share"]) for row in rows], "y": middles,
        "width": [BAR_PX] * len(rows), "marker": {"color": palette.qualitative[0]},
        "error_x": interval_bars(reach, tint(palette.ink, 0.55)), "hoverinfo": "text",
        "hovertext": [plotly_text(theme_sentence(row, style)) for row in rows],
    }  # fmt: skip
    names = _texts([f" {plotly_text(shortened(theme_name(row), NAME_COLUMNS))}" for row in rows], [0] * len(rows),
                   [middle - BAR_PX / 2 - 1 for middle in middles], "top right", palette.ink)  # fmt: skip
    numbers = _texts([f" <b>{plotly_text(percent(row['share'], style))}</b>" for row in rows],
                     [percent_of(row["high"]) for row in rows], middles, "middle right", palette.ink)  # fmt: skip
    return {"data": [bars, names, numbers], "layout": mark_simulated(layout, report.survey, style, mode)}


def _texts(texts: list[str], x: list[float | None], y: list[float], where: str, colour: str) -> Spec:
    return {
        "type": "scatter", "mode": "text", "x": x, "y": y, "text": texts, "textposition": where,
        "textfont": {"color": colour}, "cliponaxis": False, "hoverinfo": "skip",
    }  # fmt: skip
