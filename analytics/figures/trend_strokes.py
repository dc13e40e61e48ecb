"""The strokes of a trend's lines: joined where they may be, dashed, hollow or broken where they may not."""

from __future__ import annotations

from dataclasses import dataclass

from analytics.estimates.rows import Row
from analytics.estimates.view import View
from analytics.figures.colours import tint
from analytics.figures.figure import Spec
from analytics.figures.style import Mode, Style
from analytics.figures.text import hover, plotly_text
from analytics.figures.topline import interval_bars, percent_of, reach
from analytics.language.said import spoken
from analytics.words.periods import Stop, period_words

MOST_DOTS = 31
"""Periods up to which every point is marked."""


@dataclass(frozen=True)
class Line:
    """One line: an estimate, or None, at each stop."""

    label: str
    colour: str
    rows: list[Row | None]
    named: bool = True


def _joined(line: Line) -> list[bool]:
    return [row is not None and not row.suppressed and not row.thin for row in line.rows]


def _runs(joined: list[bool]) -> list[list[int]]:
    runs: list[list[int]] = []
    for place, here in enumerate(joined):
        if here and place and joined[place - 1]:
            runs[-1].append(place)
        elif here:
            runs.append([place])
    return runs


def band(line: Line, stops: list[Stop]) -> list[Spec]:
    """Returns the pale band of a line, a stretch for each run of joined points."""
    x: list[str | float | None] = []
    y: list[float | None] = []
    for run in _runs(_joined(line)):
        rows = [row for row in (line.rows[place] for place in run) if row is not None]
        ends = [(row.low, row.high) for row in rows if row.low is not None and row.high is not None]
        if len(run) < 2 or len(ends) < len(run) or not line.named:
            continue
        gap: list[None] = [None] if x else []
        at = [stops[place].x for place in run]
        x += [*gap, *at, *reversed(at)]
        y += [*gap, *(percent_of(low) for low, _ in ends), *(percent_of(high) for _, high in reversed(ends))]
    area = {"type": "scatter", "mode": "lines", "x": x, "y": y, "fill": "toself", "fillcolor": tint(line.colour, 0.16)}
    return [area | {"line": {"width": 0}, "hoverinfo": "skip", "name": plotly_text(line.label)}] if x else []


def strokes(view: View, line: Line, stops: list[Stop], style: Style, mode: Mode) -> list[Spec]:
    """Returns the strokes and points of a line: full, dashed to what is not over yet, hollow where to be read with
    reserve, and not joined on a thin base."""
    joined = _joined(line)
    running = [stop.period is not None and stop.period in view.unfinished for stop in stops]
    solid = [here and not open_ for here, open_ in zip(joined, running, strict=True)]
    width = 2.25 if line.named else 1
    full = _trace(line, stops, solid) | {"mode": "lines", "line": {"color": line.colour, "width": width}}
    traces = [full | {"hoverinfo": "skip"}] if any(len(run) > 1 for run in _runs(solid)) else []
    dashed = _dashed(line, stops, joined, running)
    if dashed:
        traces.append(dashed | {"line": {"color": line.colour, "width": width, "dash": "4px,4px"}})
    return traces + [
        trace for trace in (_points(view, line, stops, style, mode), _hollow(view, line, stops, style, mode)) if trace
    ]


def _trace(line: Line, stops: list[Stop], wanted: list[bool]) -> Spec:
    values = [row.value if row is not None else None for row in line.rows]
    return {
        "type": "scatter",
        "name": plotly_text(line.label),
        "x": [stop.x for stop in stops],
        "y": [percent_of(value) if keep else None for value, keep in zip(values, wanted, strict=True)],
        "connectgaps": False,
        "cliponaxis": False,
    }


def _dashed(line: Line, stops: list[Stop], joined: list[bool], running: list[bool]) -> Spec | None:
    open_ = [place for place in range(1, len(stops)) if running[place] and joined[place] and joined[place - 1]]
    if not open_:
        return None
    ends = [place in open_ or place + 1 in open_ for place in range(len(stops))]
    return _trace(line, stops, ends) | {"mode": "lines", "hoverinfo": "skip"}


def _points(view: View, line: Line, stops: list[Stop], style: Style, mode: Mode) -> Spec | None:
    joined = _joined(line)
    if not any(joined):
        return None
    alone = {run[0] for run in _runs(joined) if len(run) == 1}
    dots = len(stops) <= MOST_DOTS and line.named
    # Points between are drawn too, unseen, because only points can be pointed at.
    seen = [1.0 if dots or place in alone or place == len(stops) - 1 else 0.0 for place in range(len(stops))]
    hollow = [row is not None and row.flagged for row in line.rows]
    seen = [1.0 if flagged and line.named else one for one, flagged in zip(seen, hollow, strict=True)]
    fill = [style.palette(mode).background if flagged else line.colour for flagged in hollow]
    marker = {"color": fill, "size": 5, "opacity": seen, "line": {"color": line.colour, "width": 1.5}}
    bars = [place in alone for place in range(len(stops))]
    return _marked(view, line, stops, joined, bars, style) | {"marker": marker}


def _hollow(view: View, line: Line, stops: list[Stop], style: Style, mode: Mode) -> Spec | None:
    thin = [row is not None and row.thin for row in line.rows]
    if not any(thin):
        return None
    background = style.palette(mode).background
    marker = {"symbol": "circle", "size": 7, "color": background, "line": {"color": line.colour, "width": 1.5}}
    return _marked(view, line, stops, thin, thin, style) | {"marker": marker}


def _marked(view: View, line: Line, stops: list[Stop], wanted: list[bool], with_bars: list[bool], style: Style) -> Spec:
    """Returns the points that are wanted, some with a bar for their interval because no band shows it."""
    reaches = [reach(row if bar else None) for row, bar in zip(line.rows, with_bars, strict=True)]
    texts = [
        hover(row, line.label, style, _foot(view, stop, style)) if row is not None and keep else ""
        for row, stop, keep in zip(line.rows, stops, wanted, strict=True)
    ]
    return _trace(line, stops, wanted) | {
        "mode": "markers",
        "error_y": interval_bars(reaches, tint(line.colour, 0.45)),
        "hovertext": texts,
        "hoverinfo": "text",
    }


def _foot(view: View, stop: Stop, style: Style) -> str:
    words = period_words(stop, view.every or "day", view.survey, style, with_year=True)
    return f"{words}{spoken(' so far')}" if stop.period in view.unfinished else words
