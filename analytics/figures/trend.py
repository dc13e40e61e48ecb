"""A trend as lines with pale bands, broken wherever a number is missing or rests on too few."""

from __future__ import annotations

from functools import partial

from analytics.errors import RequestError
from analytics.estimates.rows import Row, read_rows, shares
from analytics.estimates.view import View
from analytics.figures.colours import choice_colours, level_colours, readable
from analytics.figures.figure import Figure, Spec, empty_spec, frame, mark_simulated, percent_axis
from analytics.figures.style import Mode, Style
from analytics.figures.text import plotly_text
from analytics.figures.trend_events import draw_marks, draw_wave_breaks, happened, marks_in, numbered
from analytics.figures.trend_marks import (
    PLOT_PX,
    axis_room,
    end_labels,
    end_room,
    narrow_plot_px,
    plot_height,
    time_axis,
)
from analytics.figures.trend_strokes import Line, band, strokes
from analytics.language.numbers import count_words, percent
from analytics.language.said import listed, spoken
from analytics.language.text import plain_text
from analytics.words.alts import trend_alt
from analytics.words.captions import Sentence, caption, events_sentence
from analytics.words.names import group_label, named
from analytics.words.periods import Stop, break_sentence, stops_of, with_breaks
from analytics.words.tables import display_table
from analytics.words.titles import nothing_to_show, trend_title

MOST_NAMED = 7
"""Lines drawn in colour and named; more are drawn in grey behind them."""


def trend_lines(view: View, style: Style, mode: Mode, choice: str | None = None) -> Figure:
    """Returns a line for each choice, or one choice's line for each group where the view is by something.

    `choice` is that choice's value; left out, it is the first in shown order. Points on a thin base are hollow and
    unconnected, the way to a period that is not over is dashed, a number that is not shown leaves a gap, and so does a
    change of the question, which is marked and named.

    Raises:
        RequestError: the view has no periods, or the question has no such choice.
    """
    if view.every is None:
        raise RequestError(
            "found estimates without periods, expected a trend: ask for one by hour, day, week, month or wave"
        )
    chosen = _chosen(view, choice)
    rows = [row for row in read_rows(view) if chosen is None or row.choice == chosen or row.statistic != "share"]
    stops = stops_of(list(dict.fromkeys(row.period for row in rows if row.period is not None)), view.every)
    stops = with_breaks(view, stops)
    lines = _lines(view, shares(rows), stops, style, mode)
    by_label = {line.label: line.rows for line in lines}
    notes = _notes(view, lines, stops, style)
    events = events_sentence(happened(marks_in(view, stops, PLOT_PX)), style).words
    about = _choice_label(view, chosen) if chosen is not None else ""
    before = f"{named(about)}: " if about else ""
    return Figure(
        spec=_spec(view, lines, stops, style, mode),
        title=trend_title(view, by_label, stops, style, about),
        subtitle=plain_text(view.question.text),
        sentences=caption(view, shares(rows), "lines", style, notes),
        alt=before + trend_alt(view, by_label, stops, style, events),
        tabulate=partial(display_table, view, rows, style),
    )


def _chosen(view: View, choice: str | None) -> str | None:
    if choice is not None and view.question.choice(choice) is None:
        values = listed([repr(known.value) for known in view.question.choices], "or")
        raise RequestError(f"found the choice {choice!r}, expected {values}, a choice of {view.question.key!r}")
    if view.by and choice is None:
        return view.question.choices[0].value if view.question.choices else None
    return choice


def _choice_label(view: View, value: str) -> str:
    found = view.question.choice(value)
    return found.label if found is not None else value


def _lines(view: View, rows: list[Row], stops: list[Stop], style: Style, mode: Mode) -> list[Line]:
    found: dict[str, dict[str | None, Row]] = {}
    for row in rows:
        found.setdefault(_line_key(view, row), {})[row.period] = row
    colours = _colours(view, rows, style, mode)
    labels = {_line_key(view, row): group_label(view, row.levels) if view.by else row.label for row in rows}
    aligned = {key: [by.get(stop.period) if stop.period else None for stop in stops] for key, by in found.items()}
    largest = sorted(aligned, key=lambda key: -max((row.value or 0.0 for row in aligned[key] if row), default=0.0))
    front = set(largest[:MOST_NAMED])
    rest = style.palette(mode).rest
    return [
        Line(_free_label(labels, key), colours[key] if key in front else rest, line, key in front)
        for key, line in aligned.items()
    ]


def _line_key(view: View, row: Row) -> str:
    return "\x1f".join(row.levels) if view.by else row.choice or ""


def _free_label(labels: dict[str, str], key: str) -> str:
    same = [other for other in labels if labels[other] == labels[key]]
    return labels[key] if len(same) == 1 else f"{labels[key]} ({plain_text(key)})"


def _colours(view: View, rows: list[Row], style: Style, mode: Mode) -> dict[str, str]:
    palette = style.palette(mode)
    if not view.by:
        own = choice_colours(view.question, style, mode)
        return {row.choice or "": own.get(row.choice or "", palette.muted) for row in rows}
    keys = list(dict.fromkeys(_line_key(view, row) for row in rows))
    if len(view.by) == 1:
        return level_colours(view.survey, view.by[0], keys, style, mode)
    turns = [*palette.qualitative, *[palette.rest] * len(keys)]
    return dict(zip(keys, turns, strict=False))


def _spec(view: View, lines: list[Line], stops: list[Stop], style: Style, mode: Mode) -> Spec:
    if not any(row is not None and not row.suppressed for line in lines for row in line.rows):
        return empty_spec(plotly_text(nothing_to_show(view)), view.survey, style, mode)
    labels = [line.label for line in lines if line.named]
    room, plot_px = end_room(labels, style), plot_height(labels, style)
    narrow = narrow_plot_px(room)
    marks = marks_in(view, stops, narrow)
    if view.every == "wave":
        shapes, notes, top = draw_wave_breaks(view, stops, style, mode)
    else:
        shapes, notes, top = draw_marks(marks, narrow, style, mode)
    axis = time_axis(view, stops, narrow, style, mode)
    low = axis_room(axis, style)
    layout = frame(style, mode, plot_px + top + low + 8, t=round(top + 8), b=round(low), r=round(room), l=40)
    layout["xaxis"], layout["yaxis"] = axis, percent_axis(style, mode, (0, 25, 50, 75, 100)) | {"automargin": True}
    layout["shapes"], layout["annotations"] = shapes, [*notes, *_end_labels(lines, plot_px, style, mode)]
    behind_first = sorted(lines, key=lambda line: line.named)
    bands = [trace for line in behind_first for trace in band(line, stops)]
    drawn = [trace for line in behind_first for trace in strokes(view, line, stops, style, mode)]
    return {"data": [*bands, *drawn], "layout": mark_simulated(layout, view.survey, style, mode)}


def _notes(view: View, lines: list[Line], stops: list[Stop], style: Style) -> list[str | Sentence]:
    narrow = narrow_plot_px(end_room([line.label for line in lines if line.named], style))
    marks = marks_in(view, stops, narrow)
    told = events_sentence(happened(marks), style, numbered=True) if numbered(marks, narrow, style) else ""
    return [break_sentence(view, style), told, _grey_words(lines, style)]


def _grey_words(lines: list[Line], style: Style) -> str:
    grey = sum(not line.named for line in lines)
    if not grey:
        return ""
    told = {"count": count_words(MOST_NAMED, style), "grey": count_words(grey, style)}
    return spoken("The {count} highest lines are named, {grey} more are grey.", **told)


def _end_labels(lines: list[Line], plot_px: float, style: Style, mode: Mode) -> list[Spec]:
    palette = style.palette(mode)
    ends = []
    for line in lines:
        shown = [row.value for row in line.rows if row is not None and row.value is not None]
        if line.named and shown:
            ends.append((line.label, percent(shown[-1], style), shown[-1] * 100, readable(line.colour, palette)))
        elif line.named:
            ends.append((line.label, style.dash, 0.0, palette.muted))
    return end_labels(ends, plot_px, style, mode)
