"""The same question answered by two to four sides, as dots on one line for each choice: how far apart they stand."""

from __future__ import annotations

from functools import partial
from typing import Any

import pandas as pd

from analytics.estimates.groups.judge import Comparisons
from analytics.estimates.views.rows import read_rows
from analytics.estimates.views.view import View
from analytics.estimates.whole.gaps import Gaps
from analytics.figures.drawing.figure import (
    LINE_PX,
    Figure,
    Spec,
    empty_spec,
    frame,
    mark_simulated,
    percent_axis,
    quiet_axis,
)
from analytics.figures.drawing.style import Mode, Style
from analytics.figures.drawing.text import plotly_text
from analytics.language.said import spoken
from analytics.language.text import lines_apart, plain_text
from analytics.model import Segment, Survey
from analytics.model.sides import SideNames
from analytics.words.alts import base_words
from analytics.words.captions import Caption, caption
from analytics.words.differences import OVERLAP, segments_sentence, segments_title
from analytics.words.gaps import (
    Dot,
    Dots,
    dot_of,
    dot_words,
    dots_alt,
    dots_table,
    gap_dot,
    gap_sentences,
    gap_title,
    gap_weighting,
    side_words,
)

ROW_PX, DOT_PX = 44, 13
LABEL_COLUMNS, WIDE_LABEL_COLUMNS = 22, 34


def dumbbells(
    survey: Survey,
    labels: tuple[str, ...],
    sides: tuple[Dots, ...],
    *,
    title: str,
    subtitle: str,
    caption: Caption,
    style: Style,
    mode: Mode,
) -> Figure:
    """Returns a line for each choice with a dot for each side, its interval drawn lightly; hollow where thin."""
    shown = any(dot.value is not None for side in sides for dot in side.dots)
    told = plotly_text(spoken("Nothing to compare: too few answered."))
    spec = _spec(survey, labels, sides, style, mode) if shown else empty_spec(told, survey, style, mode)
    return Figure(
        spec, plain_text(title), plain_text(subtitle), caption, dots_alt(labels, sides, style),
        partial(dots_table, survey, labels, sides),
    )  # fmt: skip


def gap_figure(gaps: Gaps, sides: SideNames, style: Style, mode: Mode) -> Figure:
    """Returns both sides as dots on one line for each choice; the title is the widest gap that is clear."""
    rows, view = _records(gaps.rows), gaps.view
    dots = tuple(
        Dots(side_words(side), tuple(gap_dot(row, of, style) for row in rows))
        for side, of in zip(sides, ("", "against_"), strict=True)
    )
    weighting = gap_weighting(gaps, sides, style)
    told = caption(view, read_rows(view), "dots", style, gap_sentences(gaps, style), weighting)
    return dumbbells(
        view.survey, tuple(str(row["choice_label"]) for row in rows), dots, title=gap_title(gaps, sides, style),
        subtitle=view.question.text, caption=told, style=style, mode=mode,
    )  # fmt: skip


def segment_figure(
    view: View, comparisons: Comparisons, segments: tuple[Segment, ...], style: Style, mode: Mode
) -> Figure:
    """Returns the shares of each segment as dots on one line for each choice; the title is the clearest difference."""
    shares = view.estimates[view.estimates["statistic"] == "share"]
    places = {choice.value: choice.label for choice in view.question.choices}
    sides = tuple(
        Dots(segment.name, tuple(dot_of(row, style) for row in _of(shares, segment.key, places)))
        for segment in segments
    )
    more = [segments_sentence(view, segments, style), spoken(OVERLAP)]
    told = caption(view, read_rows(view), "dots", style, more)
    return dumbbells(
        view.survey, tuple(places.values()), sides, title=segments_title(view, comparisons, segments, style),
        subtitle=view.question.text, caption=told, style=style, mode=mode,
    )  # fmt: skip


def _spec(survey: Survey, labels: tuple[str, ...], sides: tuple[Dots, ...], style: Style, mode: Mode) -> Spec:
    palette = style.palette(mode)
    width, most = (WIDE_LABEL_COLUMNS, 4) if style.is_wide else (LABEL_COLUMNS, 2)
    broken = lines_apart(labels, width, most)
    deepest = max(map(len, broken), default=1)
    height = max(ROW_PX, deepest * style.size * LINE_PX + 8) * len(labels)
    layout = frame(style, mode, height + 70, t=44, b=26, r=24)
    layout["xaxis"] = percent_axis(style, mode, (0, 25, 50, 75, 100))
    texts = ["<br>".join(map(plotly_text, label)) for label in broken]
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


def _spans(labels: tuple[str, ...], sides: tuple[Dots, ...], style: Style, mode: Mode) -> list[Spec]:
    line = {"color": style.palette(mode).neutral[-1], "width": 3}
    found = []
    for row in range(len(labels)):
        known = [100 * dot.value for side in sides if (dot := side.dots[row]).value is not None]
        if len(known) > 1:
            ends = {"x0": round(min(known), 4), "x1": round(max(known), 4), "y0": row, "y1": row}
            found.append({"type": "line", **ends, "line": line, "layer": "below"})
    return found


def _trace(place: int, side: Dots, labels: tuple[str, ...], of: int, style: Style, mode: Mode) -> Spec:
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
    parts = [f"<b>{plotly_text(name)}</b>", plotly_text(f"{label}: {dot_words(dot, style)}")]
    return "<br>".join([*parts, *([plotly_text(base_words(dot.base_n, style))] if dot.base_n else [])])


def _of(shares: pd.DataFrame, key: str, places: dict[str, str]) -> list[dict[str, Any]]:
    return _records(shares[(shares["segment"] == key) & shares["choice"].isin(places)])


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return frame.to_dict("records")  # type: ignore[return-value]
