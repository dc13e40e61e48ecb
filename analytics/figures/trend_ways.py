"""A trend in other ways: small pictures side by side, one for each line, or slopes from first period to last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from analytics.estimates.views.rows import EstimateRow
from analytics.estimates.views.view import View
from analytics.figures.drawing.colours import readable, tint
from analytics.figures.drawing.figure import (
    LINE_PX,
    Figure,
    Spec,
    empty_spec,
    frame,
    mark_simulated,
    note,
    percent_axis,
)
from analytics.figures.drawing.figure import quiet_axis as quiet
from analytics.figures.drawing.placing import spread
from analytics.figures.drawing.style import Mode, Style
from analytics.figures.drawing.text import hover, plotly_text, width_px
from analytics.figures.topline import interval_bars, percent_of, reach
from analytics.figures.trend import Line, axis_room, band, strokes, time_axis, trend_lines
from analytics.language.numbers import percent
from analytics.language.text import lines_apart
from analytics.words.periods import Stop, tick_words
from analytics.words.titles import nothing_to_show

PANEL_PX, GUTTER_PX, MOST_HEAD_LINES = 150, 18, 5
SLOPES_PX, NAME_COLUMNS = 300, 22


def panel_lines(view: View, style: Style, mode: Mode, choice: str | None = None) -> Figure:
    """Returns a small picture for each line that would be named, the others pale behind it.

    Raises:
        RequestError: the view has no periods, or the question has no such choice.
    """
    return trend_lines(view, style, mode, choice, draw=_panels)


def slope_lines(view: View, style: Style, mode: Mode, choice: str | None = None) -> Figure:
    """Returns each line from its first full period to its last, without those that stand out.

    Raises:
        RequestError: the view has no periods, or the question has no such choice.
    """
    return trend_lines(ends_of(view), style, mode, choice, draw=_slopes, drawn="dots")


def ends_of(view: View) -> View:
    """Returns the view with the first and the last of its periods that are full, shown, and like the others."""
    found = view.estimates
    apart = {one.period for one in view.outliers}
    shown = found[(found["statistic"] == "share") & ~found["suppressed"].astype(bool)]
    full = [one for one in dict.fromkeys(shown["period"]) if one not in view.unfinished and one not in apart]
    lines_in = shown["period"].value_counts()
    most = max((lines_in[one] for one in full), default=0)
    periods = [one for one in full if lines_in[one] == most]  # in the others some line has no share that is shown
    kept = {*periods[:1], *periods[-1:]}
    return replace(view, estimates=found[found["period"].isin(kept)], outliers=(), step=None, whole={})


def _panels(view: View, drawn: list[Line], stops: list[Stop], style: Style, mode: Mode) -> Spec:
    shown = [line for line in drawn if line.named]
    if not any(row is not None and not row.suppressed for line in drawn for row in line.rows):
        return empty_spec(plotly_text(nothing_to_show(view)), view.survey, style, mode)
    across = min(3 if style.is_wide else 2, len(shown))
    down = -(-len(shown) // across)
    axis = time_axis(view, stops, style.narrow / across - 60, style, mode)
    axis |= {
        "tickvals": [axis["tickvals"][0], axis["tickvals"][-1]],
        "ticktext": [axis["ticktext"][0], axis["ticktext"][-1]],
    }
    heads = _panel_names(shown, style)
    deepest = max(map(len, heads))
    head, foot = deepest * style.size * LINE_PX + 6, axis_room(axis, style)
    total = down * (head + PANEL_PX + foot)
    layout = frame(style, mode, total + 12, t=4, b=8, l=40, r=14)
    data: list[Spec] = []
    rest, unit = style.palette(mode).rest, 1 / total
    newest = max((at for line in shown for at in range(len(stops)) if _value(line, at) is not None), default=-1)
    wide = (1 - (across - 1) * GUTTER_PX / style.narrow) / across
    for place, (line, name_lines) in enumerate(zip(shown, heads, strict=True)):
        column, row = place % across, place // across
        left, top = column * (wide + GUTTER_PX / style.narrow), 1 - row * (head + PANEL_PX + foot) * unit
        name = "" if not place else str(place + 1)
        domain = {"domain": [left, left + wide], "anchor": f"y{name}"}
        plot = [max(0.0, top - (head + PANEL_PX) * unit), top - head * unit]
        layout[f"xaxis{name}"] = axis | domain
        sides = percent_axis(style, mode, (0, 50, 100)) | {"domain": plot, "anchor": f"x{name}"}
        layout[f"yaxis{name}"] = sides | {"showticklabels": column == 0}
        on = {"xaxis": f"x{name}", "yaxis": f"y{name}"}
        behind = [replace(other, colour=rest, named=False) for other in drawn if other is not line]
        for other in behind:
            data += [one | on | {"hoverinfo": "skip"} for one in strokes(view, other, stops, style, mode)[:1]]
        data += [one | on for one in (*band(line, stops), *strokes(view, line, stops, style, mode))]
        layout["annotations"].append(_panel_head(line, name_lines, left, plot[1], newest, style, mode))
    return {"data": data, "layout": mark_simulated(layout, view.survey, style, mode)}


def _panel_head(line: Line, name: list[str], left: float, y: float, newest: int, style: Style, mode: Mode) -> Spec:
    """Returns the name over a panel, with a number where its line has one in the newest period that any line has."""
    text = [f"<b>{plotly_text(one)}</b>" for one in name]
    value = _value(line, newest) if newest >= 0 else None
    if value is not None and style.finish.labels:
        text[-1] = f"{text[-1]} {plotly_text(percent(value, style))}"
    place = {"xref": "paper", "x": left, "xanchor": "left", "yref": "paper", "y": y, "yanchor": "bottom", "yshift": 3}
    ink = readable(line.colour, style.palette(mode))
    found = note("<br>".join(text), style, mode, align="left", **place)
    return found | {"font": {"size": style.size, "color": ink}}


def _panel_names(drawn: Sequence[Line], style: Style) -> list[list[str]]:
    room = style.narrow / (3 if style.is_wide else 2) - 70
    return lines_apart([line.label for line in drawn], int(room / width_px("n", style.size)), MOST_HEAD_LINES)


def _slopes(view: View, drawn: list[Line], stops: list[Stop], style: Style, mode: Mode) -> Spec:
    known = [at for at in range(len(stops)) if any(_value(line, at) is not None for line in drawn)]
    if not known:
        return empty_spec(plotly_text(nothing_to_show(view)), view.survey, style, mode)
    ends = list(dict.fromkeys([known[0], known[-1]]))
    broken = lines_apart([line.label for line in drawn if line.named], NAME_COLUMNS, 4)
    room = max((width_px(f"{one} 100 %", style.size) for text in broken for one in text), default=0.0) + 16
    needed = sum(len(text) for text in broken) * style.size * LINE_PX * 1.02
    height = max(SLOPES_PX, needed)
    layout = frame(style, mode, height + 40, t=8, b=32, l=64, r=round(room))
    words = [tick_words(stops[at], view.every or "day", view.survey, style) for at in ends]
    ticks = ["<br>".join(map(plotly_text, one)) for one in words]
    names = {
        "tickvals": list(range(len(ends))),
        "ticktext": [plotly_text(one) for one in ticks],
        "showticklabels": True,
    }
    line_of = {"gridcolor": style.palette(mode).muted, "showgrid": True}
    small = {"tickfont": {"size": style.small, "color": style.palette(mode).muted}}
    layout["xaxis"] = quiet(range=[-0.05, max(len(ends) - 0.95, 0.05)], **names, **line_of, **small)
    values = [value for line in drawn for at in ends for value in [_value(line, at)] if value is not None]
    layout["yaxis"] = quiet(range=[0, 100 if max(values) > 0.5 else 60])
    layout["annotations"] += _slope_names(drawn, ends, layout["yaxis"]["range"][1], height, style, mode)
    data = [_slope(line, ends, style, mode) for line in sorted(drawn, key=lambda one: one.named)]
    return {"data": data, "layout": mark_simulated(layout, view.survey, style, mode)}


def _value(line: Line, at: int) -> float | None:
    row = line.rows[at]
    return None if row is None else row.value


def _slope(line: Line, ends: list[int], style: Style, mode: Mode) -> Spec:
    rows: list[EstimateRow | None] = [line.rows[at] for at in ends]
    reaches = [reach(row) for row in rows]
    ground = style.palette(mode).background
    fills = [ground if row is not None and row.flagged else line.colour for row in rows]
    return {
        "type": "scatter", "mode": "lines+markers", "name": plotly_text(line.label), "x": list(range(len(ends))),
        "y": [percent_of(row.value) if row else None for row in rows], "cliponaxis": False,
        "line": {"color": line.colour, "width": 2.5 if line.named else 1},
        "marker": {
            "color": fills, "size": 8 if line.named else 4, "line": {"color": line.colour, "width": 1.5},
        },
        "error_y": interval_bars(reaches, tint(line.colour, 0.6)) | {"visible": line.named},
        "hovertext": [hover(row, line.label, style) if row else "" for row in rows], "hoverinfo": "text",
    }  # fmt: skip


def _slope_names(
    drawn: list[Line], ends: list[int], top: float, height: float, style: Style, mode: Mode
) -> list[Spec]:  # fmt: skip
    """Returns the shares on the left, the shares and names on the right, moved apart."""
    found: list[Spec] = []
    unit = top / height
    for at, side in zip((ends[0], ends[-1]), ("left", "right"), strict=True):
        named = [(line, value) for line in drawn if line.named and (value := _value(line, at)) is not None]
        names = lines_apart([line.label for line, _ in named], NAME_COLUMNS, 4)
        texts = [_slope_text(name, value, side, style) for name, (_, value) in zip(names, named, strict=True)]
        sizes = [len(text) * style.size * LINE_PX * unit for text in texts]
        heights = spread([value * 100 for _, value in named], sizes, 0, top)
        place = partial(_beside, side)
        for (line, _), text, y in zip(named, texts, heights, strict=True):
            ink = readable(line.colour, style.palette(mode))
            one = note("<br>".join(text), style, mode, y=y, **place())
            found.append(one | {"font": {"size": style.size, "color": ink}})
    return found


def _slope_text(name: list[str], value: float, side: str, style: Style) -> list[str]:
    number = f"<b>{plotly_text(percent(value, style))}</b>" if style.finish.labels else ""
    if side == "left":
        return [number]
    return [f"{number} {plotly_text(name[0])}".strip(), *map(plotly_text, name[1:])]


def _beside(side: str) -> dict[str, Any]:
    at = {"x": 0, "xanchor": "right", "xshift": -12} if side == "left" else {"x": 1, "xanchor": "left", "xshift": 12}
    if side == "left":
        return at | {"xref": "x", "yanchor": "middle", "align": "right"}
    return at | {"xref": "paper", "yanchor": "middle", "align": "left"}
