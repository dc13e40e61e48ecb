"""The same question answered by two to four sides, as dots on one line for each choice: how far apart they stand."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import pandas as pd

from analytics.figures.figure import (
    SIMULATED,
    Figure,
    Spec,
    empty_spec,
    frame,
    mark_simulated,
    percent_axis,
    quiet_axis,
)
from analytics.figures.style import Mode, Style
from analytics.figures.text import plotly_text
from analytics.language.numbers import count_words, point_places, rounded_percent, whole_points
from analytics.language.said import spoken
from analytics.language.text import lines, plain_text
from analytics.model import Survey

ROW_PX, DOT_PX = 44, 13
LABEL_COLUMNS = 22


@dataclass(frozen=True)
class Dot:
    """One share of 0 to 1 with its interval; all of them None where it is not shown, for the `reason`."""

    value: float | None
    low: float | None = None
    high: float | None = None
    base_n: int | None = None
    reserve: bool = False
    reason: str = ""


@dataclass(frozen=True)
class Side:
    """One side of a comparison: its name and its share of each choice, by the place of the choice."""

    name: str
    dots: tuple[Dot, ...]


def dumbbells(
    survey: Survey,
    labels: tuple[str, ...],
    sides: tuple[Side, ...],
    *,
    title: str,
    subtitle: str,
    caption: str,
    style: Style,
    mode: Mode,
) -> Figure:
    """Returns a line for each choice with a dot for each side, its interval drawn lightly; hollow where thin."""
    shown = any(dot.value is not None for side in sides for dot in side.dots)
    told = plotly_text(spoken("Nothing to compare: too few answered."))
    spec = _spec(survey, labels, sides, style, mode) if shown else empty_spec(told, survey, style, mode)
    return Figure(
        spec, plain_text(title), plain_text(subtitle), plain_text(caption), _alt(labels, sides, style),
        partial(_table, survey, labels, sides),
    )  # fmt: skip


def _spec(survey: Survey, labels: tuple[str, ...], sides: tuple[Side, ...], style: Style, mode: Mode) -> Spec:
    palette = style.palette(mode)
    height = ROW_PX * len(labels)
    layout = frame(style, mode, height + 70, t=44, b=26, r=24)
    layout["xaxis"] = percent_axis(style, mode, (0, 25, 50, 75, 100))
    texts = ["<br>".join(plotly_text(line) for line in lines(label, LABEL_COLUMNS, 2)) for label in labels]
    layout["yaxis"] = quiet_axis(
        range=[len(labels) - 0.5, -0.5], tickvals=list(range(len(labels))), ticktext=texts, showticklabels=True,
        automargin=True, ticklabelstandoff=8,
    )  # fmt: skip
    layout["showlegend"] = True
    layout["legend"] = {
        "orientation": "h", "x": 0, "xanchor": "left", "y": 1, "yanchor": "bottom", "itemclick": False,
        "itemdoubleclick": False, "font": {"size": style.size, "color": palette.ink}, "bgcolor": "rgba(0,0,0,0)",
    }  # fmt: skip
    layout["shapes"] += _spans(labels, sides, style, mode)
    data = [_trace(place, side, labels, len(sides), style, mode) for place, side in enumerate(sides)]
    return {"data": data, "layout": mark_simulated(layout, survey, style, mode)}


def _spans(labels: tuple[str, ...], sides: tuple[Side, ...], style: Style, mode: Mode) -> list[Spec]:
    line = {"color": style.palette(mode).neutral[-1], "width": 3}
    found = []
    for row in range(len(labels)):
        known = [100 * dot.value for side in sides if (dot := side.dots[row]).value is not None]
        if len(known) > 1:
            ends = {"x0": round(min(known), 4), "x1": round(max(known), 4), "y0": row, "y1": row}
            found.append({"type": "line", **ends, "line": line, "layer": "below"})
    return found


def _trace(place: int, side: Side, labels: tuple[str, ...], of: int, style: Style, mode: Mode) -> Spec:
    palette = style.palette(mode)
    colour = palette.qualitative[place % len(palette.qualitative)]
    rows = [(row, dot) for row, dot in enumerate(side.dots) if dot.value is not None]
    values = [round(100 * (dot.value or 0.0), 4) for _, dot in rows]
    # Dots that would hide one another stand a little above and below the line.
    offset = (place - (of - 1) / 2) * 0.16
    return {
        "type": "scatter",
        "mode": "markers",
        "name": plotly_text(side.name),
        "x": values,
        "y": [row + offset for row, _ in rows],
        "marker": {
            "size": DOT_PX,
            "color": [palette.background if dot.reserve else colour for _, dot in rows],
            "line": {"color": colour, "width": 2},
        },
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": [_reach(dot.high, dot.value) for _, dot in rows],
            "arrayminus": [_reach(dot.value, dot.low) for _, dot in rows],
            "thickness": 1.2,
            "width": 0,
            "color": colour,
        },
        "hovertext": [_hover(side.name, labels[row], dot, style) for row, dot in rows],
        "hoverinfo": "text",
        "cliponaxis": False,
    }


def _reach(upper: float | None, lower: float | None) -> float:
    return 0.0 if upper is None or lower is None else round(100 * (upper - lower), 4)


def _hover(name: str, label: str, dot: Dot, style: Style) -> str:
    parts = [f"<b>{plotly_text(name)}</b>", plotly_text(f"{label}: {_words(dot, style)}")]
    return "<br>".join([*parts, *_base(dot, style)])


def _base(dot: Dot, style: Style) -> list[str]:
    return [plotly_text(spoken("Base {count}", count=count_words(dot.base_n, style)))] if dot.base_n else []


def _words(dot: Dot, style: Style) -> str:
    if dot.value is None:
        return f"{style.dash} ({dot.reason or spoken('no answers')})"
    share = whole_points(dot.value, style) + style.percent
    if dot.low is None or dot.high is None:
        return share
    low, high = (whole_points(end, style) for end in (dot.low, dot.high))
    return f"{share} ({spoken('{low} to {high}', low=low, high=high)})"


def _alt(labels: tuple[str, ...], sides: tuple[Side, ...], style: Style) -> str:
    sentences = [
        f"{plain_text(label)}: "
        + ", ".join(f"{plain_text(side.name)} {_words(side.dots[row], style)}" for side in sides)
        + "."
        for row, label in enumerate(labels)
    ]
    return " ".join([spoken("Dots on a line for each answer."), *sentences])


def _table(survey: Survey, labels: tuple[str, ...], sides: tuple[Side, ...]) -> pd.DataFrame:
    rows = [
        {
            spoken("Answer"): plain_text(label), spoken("Side"): plain_text(side.name), spoken("Base"): dot.base_n,
            spoken("Share %"): _percent(dot.value, dot), spoken("Low %"): _percent(dot.low, dot),
            spoken("High %"): _percent(dot.high, dot),
            spoken("Not shown because"): plain_text(dot.reason) if dot.value is None else "",
        }
        for row, label in enumerate(labels)
        for side in sides
        for dot in [side.dots[row]]
    ]  # fmt: skip
    found = pd.DataFrame(rows).astype({spoken("Base"): "Int64"})
    return found.assign(**{spoken("Data"): SIMULATED}) if survey.simulated else found


def _percent(share: float | None, dot: Dot) -> float | None:
    return None if share is None else float(rounded_percent(share, point_places(dot.base_n)))
