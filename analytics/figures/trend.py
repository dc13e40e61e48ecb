"""A trend as lines with pale bands, broken wherever a number is missing or rests on too few."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from analytics.errors import RequestError
from analytics.estimates.views.rows import EstimateRow, followed, read_rows, shares
from analytics.estimates.views.view import Break, Outlier, View, by_mean, shows_means
from analytics.figures.drawing.colours import choice_colours, level_colours, readable, tint
from analytics.figures.drawing.figure import (
    LINE_PX,
    Figure,
    Spec,
    ToldLine,
    empty_spec,
    frame,
    mark_simulated,
    note,
    percent_axis,
    quiet_axis,
)
from analytics.figures.drawing.placing import spread
from analytics.figures.drawing.style import Mode, Style
from analytics.figures.drawing.text import hover, plotly_text, width_px
from analytics.figures.topline import interval_bars, percent_of, reach
from analytics.language.numbers import count_words, shortest_words
from analytics.language.said import listed, spoken
from analytics.language.text import lines, lines_apart, plain_text, shortened
from analytics.model import Question
from analytics.model.scales import is_told_by_mean, strongest
from analytics.words.alts import base_words, trend_alt
from analytics.words.captions import Drawn, Sentence, caption, caption_line, events_sentence, left_out_sentence
from analytics.words.crowds import crowd_label, crowd_sentences
from analytics.words.names import group_label, named_answer, written
from analytics.words.periods import (
    Stop,
    break_label,
    break_sentence,
    different_years,
    period_words,
    stops_of,
    tick_words,
    with_breaks,
)
from analytics.words.storms import moment_of
from analytics.words.tables import display_table
from analytics.words.titles import nothing_to_show, trend_title

MOST_TIERS = 7
LABEL_COLUMNS = 34
NARROWER_COLUMNS = (26, 20, 16, 12)
RIGHT_OF_PLOT_PX = 40
"""So much of a label may stand beside the plot, where the name of a line stands at its end."""
LABEL_BOLD = 1.12
"""How much wider a label is whose share is bold."""
LABEL_GROUND = 0.82
"""How much of the ground lies behind a label, so that a line under it does not cross it out."""


@dataclass(frozen=True)
class Mark:
    """An event inside the trend. `at` is by the survey's clock, `x` in pixels from the left on a phone.

    `point` is where the point stands that holds a crowd's answers, None for all else.
    """

    label: str
    at: datetime
    x: float
    point: datetime | None = None

    @property
    def place(self) -> datetime:
        """Where it is marked: a crowd at the point that holds its answers, all else at its moment."""
        return self.point or self.at


def marks_in(view: View, stops: list[Stop], plot_px: float) -> list[Mark]:
    """Returns the events, the crowds that count and the changes of the question, as far as they lie in the periods.

    Args:
        plot_px: how wide the plot is on a phone.
    """
    starts, ends = [stop.start for stop in stops if stop.start], [stop.end for stop in stops if stop.end]
    if not starts or not ends:
        return []
    zone = ZoneInfo(view.survey.time_zone)
    local = [(event.at.astimezone(zone).replace(tzinfo=None), event.label) for event in view.survey.events]
    local += [(_cut_at(one, stops, zone), break_label(one.what)) for one in view.breaks if one.what]
    found = [(at, at, label) for at, label in local]
    for one in view.storms:
        at = moment_of(one.storm.since, view.survey).replace(tzinfo=None)
        found.append((_point_of(at, stops), at, crowd_label(one, view.survey)))
    unit = plot_px / (ends[-1] - starts[0]).total_seconds()
    return [
        Mark(label, at, (place - starts[0]).total_seconds() * unit, place)
        for place, at, label in sorted(found)
        if starts[0] <= at <= ends[-1]
    ]


def _point_of(at: datetime, stops: list[Stop]) -> datetime:
    """Returns where the point of the period stands that holds the moment; the moment where none does."""
    for stop in stops:
        if stop.period is not None and stop.start and stop.end and stop.start <= at < stop.end:
            return datetime.fromisoformat(str(stop.x)).replace(tzinfo=None)
    return at


def _cut_at(one: Break, stops: list[Stop], zone: ZoneInfo) -> datetime:
    """Returns when the question changed, by the survey's clock: the start of the period where no moment is known."""
    if one.at is not None:
        return one.at.astimezone(zone).replace(tzinfo=None)
    return next(stop.start for stop in stops if stop.period == one.period and stop.start)


def draw_marks(marks: list[Mark], plot_px: float, style: Style, mode: Mode) -> tuple[list[Spec], list[Spec], float]:
    """Returns the lines and labels of events, and how high above the plot the labels reach, in pixels."""
    if not marks:
        return [], [], 0.0
    line = {"color": style.palette(mode).muted, "width": 1, "dash": "dot"}
    down = [_line(mark.place, line) | {"y0": 0, "y1": 1, "yref": "paper"} for mark in marks]
    if numbered(marks, plot_px, style):
        return down, _numbers(marks, style, mode), style.small * LINE_PX + 8
    labels = label_marks(marks, plot_px, style)
    tiers_px = [many * style.small * LINE_PX + 4 for many in _tier_rows(labels)]
    up, notes = [], []
    for mark, label in zip(marks, labels, strict=True):
        top, side = sum(tiers_px[: label.tier]) + 3, label.side
        up.append(
            _line(mark.place, line)
            | {"ysizemode": "pixel", "yref": "paper", "yanchor": 1, "y0": 0, "y1": top + tiers_px[label.tier] - 4}
        )
        safe = "<br>".join(plotly_text(row) for row in label.rows)
        notes.append(
            _label(mark.place, safe, style, mode, xanchor=side, align=side, yshift=top)
            | {"xshift": _nudge(side), "bgcolor": tint(style.palette(mode).background, LABEL_GROUND)}
        )
    return [*down, *up], notes, sum(tiers_px) + 4


def happened(marks: list[Mark]) -> list[tuple[str, datetime]]:
    """Returns what the marks are of, and when it was."""
    return [(mark.label, mark.at) for mark in marks]


def numbered(marks: list[Mark], plot_px: float, style: Style) -> bool:
    """Whether there are too many events close together for their labels to stand in the figure."""
    return max((label.tier for label in label_marks(marks, plot_px, style)), default=0) >= MOST_TIERS


def draw_wave_breaks(view: View, stops: list[Stop], style: Style, mode: Mode) -> tuple[list[Spec], list[Spec], float]:
    """Returns lines and labels of cuts between waves, which have no dates, and how high the labels reach, in pixels."""
    what = {one.period: one.what for one in view.breaks if one.what}
    at = [(float(stop.x) - 0.5, what[stop.period]) for stop in stops if stop.period in what and stop.start is None]
    if not at:
        return [], [], 0.0
    line = {"color": style.palette(mode).muted, "width": 1, "dash": "dot"}
    shapes: list[Spec] = [
        {"type": "line", "x0": x, "x1": x, "y0": 0, "y1": 1, "yref": "paper", "line": line, "layer": "below"}
        for x, _ in at
    ]
    texts = [lines(break_label(name), LABEL_COLUMNS, 2) for _, name in at]
    place = {"y": 1, "yref": "paper", "yanchor": "bottom", "xanchor": "center", "align": "center", "yshift": 2}
    notes = [
        note("<br>".join(plotly_text(row) for row in text), style, mode, x=x, **place)
        for (x, _), text in zip(at, texts, strict=True)
    ]
    return shapes, notes, max(len(text) for text in texts) * style.small * LINE_PX + 8


@dataclass(frozen=True)
class MarkLabel:
    """Where the label of an event stands: its rows, right of its line ("left") or left of it, on which tier, from where
    to where."""

    rows: list[str]
    side: str
    tier: int
    span: tuple[float, float]


def label_marks(marks: list[Mark], plot_px: float, style: Style) -> list[MarkLabel]:
    """Returns the label of each event, placed so that no line of another one crosses it and few tiers are needed.

    A label stands right of its line, so later events go below for no line to cross a label; where its rows are short
    enough it stands beside a later line.
    """
    found: dict[int, MarkLabel] = {}
    for at in reversed(range(len(marks))):
        tried = [_placed(marks, at, rows, side, found, style) for rows, side in _tries(marks[at], plot_px, style)]
        found[at] = min(tried, key=lambda one: _cost(marks, at, one, found))
    return [found[at] for at in range(len(marks))]


def _tries(mark: Mark, plot_px: float, style: Style) -> list[tuple[list[str], str]]:
    """Returns the label in more and more rows, on each side of its line where it has room and is not cut."""
    room = dict(zip(("right", "left"), _room(mark, plot_px), strict=True))
    whole = plain_text(mark.label).replace(" ", "")
    tries = [
        (rows, side)
        for columns, most in ((LABEL_COLUMNS, 2), *((columns, 3) for columns in NARROWER_COLUMNS))
        for rows in [lines(mark.label, columns, most)] if "".join(rows).replace(" ", "") == whole
        for side in ("left", "right") if _width(rows, style) <= room[side]
    ]  # fmt: skip
    widest = "left" if room["left"] >= room["right"] else "right"
    return tries or [(lines(mark.label, NARROWER_COLUMNS[-1], 3), widest)]


def _placed(
    marks: list[Mark], at: int, rows: list[str], side: str, later: dict[int, MarkLabel], style: Style
) -> MarkLabel:  # fmt: skip
    """Returns the label on the lowest tier on which it touches no other and no line of a later event crosses it."""
    x, wide = marks[at].x, _width(rows, style)
    left, right = (x, x + wide) if side == "left" else (x - wide, x)
    tier = max((label.tier + 1 for place, label in later.items() if left < marks[place].x < right), default=0)
    taken = {label.tier for label in later.values() if label.span[0] < right and left < label.span[1]}
    while tier in taken:
        tier += 1
    return MarkLabel(rows, side, tier, (left, right))


def _cost(marks: list[Mark], at: int, label: MarkLabel, later: dict[int, MarkLabel]) -> tuple[int, bool, int, int]:
    """Returns what speaks against a place: labels that its line would cross, the other side, the height, the rows."""
    x = marks[at].x
    crossed = sum(one.span[0] < x < one.span[1] and one.tier <= label.tier for one in later.values())
    crossed += sum(label.span[0] < mark.x < label.span[1] for mark in marks[:at])
    high = sum(_tier_rows([*later.values(), label]))
    return crossed, label.side == "right", high, len(label.rows)


def _tier_rows(labels: Sequence[MarkLabel]) -> list[int]:
    """Returns how many rows the labels on each tier have at most."""
    top = max((one.tier for one in labels), default=-1)
    return [max((len(one.rows) for one in labels if one.tier == tier), default=1) for tier in range(top + 1)]


def _room(mark: Mark, plot_px: float) -> tuple[float, float]:
    """Returns how many pixels there are for a label on the left and on the right of an event's line."""
    return mark.x, plot_px + RIGHT_OF_PLOT_PX - mark.x


def _width(text: list[str], style: Style) -> float:
    return max(width_px(row, style.small) for row in text) + 12


def _nudge(side: str) -> int:
    return 3 if side == "left" else -3


def _numbers(marks: list[Mark], style: Style, mode: Mode) -> list[Spec]:
    groups: list[list[int]] = []
    for number, mark in enumerate(marks, 1):
        if groups and mark.x - marks[groups[-1][0] - 1].x < 44:
            groups[-1].append(number)
        else:
            groups.append([number])
    return [
        _label(marks[group[0] - 1].place, _run(group), style, mode, xanchor="left", yshift=2, xshift=-2)
        for group in groups
    ]


def _run(group: list[int]) -> str:
    return str(group[0]) if len(group) == 1 else f"{group[0]}–{group[-1]}"


def _label(at: datetime, text: str, style: Style, mode: Mode, **place: object) -> Spec:
    return note(text, style, mode, x=at.isoformat(), y=1, yref="paper", yanchor="bottom", **place)


def _line(at: datetime, line: Spec) -> Spec:
    return {"type": "line", "x0": at.isoformat(), "x1": at.isoformat(), "line": line, "layer": "below"}


MOST_DOTS = 31
"""Periods up to which every point is marked."""


@dataclass(frozen=True)
class Line:
    """One line: an estimate, or None, at each stop."""

    label: str
    colour: str
    rows: list[EstimateRow | None]
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
        _hover(view, row, line.label, style, _foot(view, stop, style)) if row is not None and keep else ""
        for row, stop, keep in zip(line.rows, stops, wanted, strict=True)
    ]
    return _trace(line, stops, wanted) | {
        "mode": "markers",
        "error_y": interval_bars(reaches, tint(line.colour, 0.45)),
        "hovertext": texts,
        "hoverinfo": "text",
    }


def _hover(view: View, row: EstimateRow, label: str, style: Style, foot: str) -> str:
    """Returns what a finger or pointer on a point brings up: of a mean in its scores."""
    if view.scored is None or row.value is None or row.low is None or row.high is None:
        return hover(row, label, style, foot)
    value, low, high = (written(view.scored, one, style) for one in (row.value, row.low, row.high))
    told = [value, spoken("Uncertainty interval {low} to {high}", low=low, high=high), base_words(row.base_n, style)]
    return "<br>".join([f"<b>{plotly_text(label)}</b>", *(plotly_text(one) for one in (*told, foot) if one)])


def _foot(view: View, stop: Stop, style: Style) -> str:
    words = period_words(stop, view.every or "day", view.survey, style, with_year=True)
    return f"{words}{spoken(' so far')}" if stop.period in view.unfinished else words


PLOT_PX = 280
MOST_TICKS = 5
WAVE_COLUMNS = 9
END_COLUMNS, WIDE_END_COLUMNS = 14, 24
FAR, LEAD_PX, NAMES_APART_PX, BLOCKS_APART_PX = 0.8, 12, 4, 10
"""A name that stands by more than that part of its size off its line's end is led there, over so many pixels.

Names at the ends of lines are so many pixels apart, those of several rows farther: it is seen which rows are one name.
"""


def time_axis(view: View, stops: list[Stop], plot_px: float, style: Style, mode: Mode) -> Spec:
    """Returns the axis with a few periods named, the last always, and "so far" under a point that is not over.

    `plot_px` is how wide the plot is on a phone.
    """
    named = [stops[place] for place in _ticks(view, stops, plot_px, style)]
    years = _years(view, named, different_years([stop for stop in stops if stop.period is not None]))
    texts = [
        [*_tick_lines(view, stop, style), *year, *([spoken("so far")] if stop.period in view.running else [])]
        for stop, year in zip(named, years, strict=True)
    ]
    return quiet_axis(
        type="linear" if view.every == "wave" else "date",
        range=_range(stops),
        tickvals=[stop.x for stop in named],
        ticktext=["<br>".join(plotly_text(line) for line in text) for text in texts],
        tickangle=0,
        showticklabels=True,
        ticklabelstandoff=4,
        tickfont={"size": style.small, "color": style.palette(mode).muted},
    )


def _years(view: View, named: list[Stop], needed: bool) -> list[list[str]]:
    """Returns the year under the first period that is named and the first of each other year; months say it anyway."""
    if not needed or view.every in ("month", "wave"):
        return [[] for _ in named]
    years = [str(stop.start.year) if stop.start else "" for stop in named]
    return [[year] if year != before else [] for year, before in zip(years, ["", *years], strict=False)]


def axis_room(axis: Spec, style: Style) -> float:
    """Returns how many pixels the words under the axis need."""
    deepest = max((text.count("<br>") + 1 for text in axis["ticktext"]), default=0)
    return deepest * style.small * LINE_PX + 12


@dataclass(frozen=True)
class End:
    """What stands at the end of a line: its label, the number there, its height in % and its colour.

    All labels stand at one place `x`, None for the right edge. Where that is no number of now, `period` says of when
    it is. A line that ends before the others ends in the period `early`. Of one that is nowhere shown nothing is drawn.
    """

    label: str
    number: str
    height: float
    colour: str
    x: str | float | None = None
    period: str = ""
    is_drawn: bool = True
    early: Stop | None = None


def end_labels(ends: list[End], plot_px: float, style: Style, mode: Mode) -> list[Spec]:
    """Returns names at the ends of lines, moved apart; one that had to move far is led to its own line."""
    unit = 100 / plot_px
    rows = _end_rows(ends, style)
    found = []
    for (name, period), end, y in zip(rows, ends, _end_heights(rows, ends, unit, style), strict=True):
        safe = [plotly_text(line) for line in name]
        if end.number:
            safe[-1] += f" <b>{plotly_text(end.number)}</b>"
        place = {
            "xref": "paper" if end.x is None else "x",
            "x": 1 if end.x is None else end.x,
            "xanchor": "left",
            "align": "left",
            "xshift": LEAD_PX if end.early else 4 if end.x is None else 7,
            "yref": "paper",
            "y": y / 100,
            "yanchor": "middle",
        }
        away = (y - end.height) / unit
        if end.is_drawn and end.early is None and abs(away) > FAR * style.size:
            place |= {"y": end.height / 100, "xshift": 0, "showarrow": True, "ax": LEAD_PX, "ay": round(-away, 1)}
            place |= {"arrowhead": 0, "arrowwidth": 1, "arrowcolor": end.colour, "standoff": 4}
        ground = {} if end.x is None else {"bgcolor": tint(style.palette(mode).background, LABEL_GROUND)}
        font = {"size": style.size, "color": end.colour}
        label = "<br>".join([*safe, *map(plotly_text, period)])
        found.append(note(label, style, mode, **place) | ground | {"font": font})
    return found


def end_leads(ends: list[End], stops: list[Stop], plot_px: float, style: Style) -> list[Spec]:
    """Returns a dotted line to each name of a line that ends before the others, since that stands far from its end."""
    heights = _end_heights(_end_rows(ends, style), ends, 100 / plot_px, style)
    edge = _range(stops)[1]
    return [
        {
            "type": "line", "x0": end.early.x, "y0": end.height, "x1": edge if end.x is None else end.x, "y1": y,
            "line": {"color": end.colour, "width": 1, "dash": "dot"}, "layer": "below",
        }
        for end, y in zip(ends, heights, strict=True) if end.early is not None
    ]  # fmt: skip


def _end_rows(ends: list[End], style: Style) -> list[tuple[list[str], list[str]]]:
    """Returns the names at the ends of lines and their periods, broken so that they leave the lines their room."""
    columns, most = (WIDE_END_COLUMNS, 5) if style.is_wide else (END_COLUMNS, 3)
    names = lines_apart([end.label for end in ends], columns, most)
    found = [(name, lines(end.period, columns, 3) if end.period else []) for name, end in zip(names, ends, strict=True)]
    return [
        ([f"{name[0]} {period[0]}"], [])
        if not end.number and len(name) == len(period) == 1 and len(f"{name[0]} {period[0]}") <= columns
        else (name, period)
        for (name, period), end in zip(found, ends, strict=True)
    ]


def _end_heights(
    rows: list[tuple[list[str], list[str]]], ends: list[End], unit: float, style: Style
) -> list[float]:  # fmt: skip
    """Returns how high in % each name stands, moved apart; `unit` is how many % a pixel is."""
    sizes = [_name_px(name, period, style) * unit for name, period in rows]
    return spread([end.height for end in ends], sizes, -4, 104)


def _name_px(name: list[str], period: list[str], style: Style) -> float:
    """Returns how high a name at the end of a line is, with what keeps it apart from the next."""
    rows = len(name) + len(period)
    return rows * style.size * LINE_PX + (NAMES_APART_PX if rows == 1 else BLOCKS_APART_PX)


def end_room(ends: list[End], style: Style) -> float:
    """Returns how many pixels the names at the ends of lines need."""
    rows = _end_rows(ends, style)
    texts = [text for name, period in rows for text in (*(f"{line} 100 %" for line in name), *period)]
    return max((width_px(text, style.size) for text in texts), default=0.0) + 22


def plot_height(ends: list[End], style: Style) -> float:
    """Returns how high the plot has to be for the names at the ends of its lines."""
    needed = sum(_name_px(name, period, style) for name, period in _end_rows(ends, style))
    return max(PLOT_PX, needed * 1.02)


def narrow_plot_px(room: float, style: Style) -> float:
    """Returns how wide the plot is on a phone beside so much room for names."""
    return max(120.0, style.narrow - room - 44)


def _ticks(view: View, stops: list[Stop], plot_px: float, style: Style) -> list[int]:
    """Returns which stops are named: as many as there is room for on a phone, evenly apart, the last always."""
    real = [place for place, stop in enumerate(stops) if stop.period is not None]
    words = [_tick_lines(view, stops[place], style) for place in real]
    widest = max(width_px(line, style.small) for label in words for line in label) + 14
    room = max(2, min(MOST_TICKS, int(plot_px // widest)))
    step = next((step for step in range(1, len(real)) if (len(real) - 1) // step < room), 1)
    return real[::-1][::step][::-1]


def _tick_lines(view: View, stop: Stop, style: Style) -> list[str]:
    every = view.every or "day"
    words = tick_words(stop, every, view.survey, style)
    return [line for word in words for line in lines(word, WAVE_COLUMNS if every == "wave" else 20, 2)]


def _range(stops: list[Stop]) -> list[Any]:
    if stops[0].start is None:
        return [-0.5, len(stops) - 0.5]
    last = stops[-1].end
    return [stops[0].start.isoformat(), last.isoformat() if last else None]


SpecOf = Callable[[View, list[Line], list[Stop], Style, Mode], Spec]
"""Draws the lines of a trend in a way of its own."""
MOST_CUT = 0.25
"""At most this part of the periods of an edition is left out for its lines to end together."""
MOST_NAMED = 7
"""Lines drawn in colour and named; more are drawn in grey behind them."""


def trend_lines(
    view: View, style: Style, mode: Mode, choice: str | None = None, *, draw: SpecOf | None = None,
    drawn: Drawn = "lines", answers: bool = False,
) -> Figure:  # fmt: skip
    """Returns a line for each choice, or one choice's line for each group where the view is by something.

    Of a scale that is told by its mean it is the line of the mean, unless its single `answers` are asked for.

    `choice` is that choice's value; left out, it is the first in shown order. `draw` is another way of drawing the
    lines, without events, and `drawn` what a caption has to say of it. Points on a thin base are hollow and
    unconnected, the way to a period that is not over is dashed, a number that is not shown leaves a gap, and so does a
    change of the question, which is marked and named.

    Raises:
        RequestError: the view has no periods, or the question has no such choice.
    """
    if view.every is None:
        raise RequestError(
            "found estimates without periods, expected a trend: ask for one by hour, day, week, month or wave"
        )
    whole = view
    if is_drawn_by_mean(view) and not (answers or draw or choice or style.finish.only):
        view = by_mean(view)
    chosen = _chosen(view, choice)
    known = read_rows(view)
    known = [replace(row, label=spoken("Mean")) for row in known] if view.scored else known
    rows = [row for row in known if chosen is None or row.choice == chosen or row.statistic != "share"]
    stops = stops_of(list(dict.fromkeys(row.period for row in rows if row.period is not None)), whole.every or "day")
    stops = with_breaks(view, stops)
    followed_rows = shares(rows) if chosen is not None else followed(view, rows)
    lines, names = _lines(view, followed_rows, stops, style, mode), _line_names(view, followed_rows)
    if view.rounded:
        lines = _ending_together(lines)
    by_label = {line.label: line.rows for line in lines}
    left_out = left_out_sentence([name for name in names if name not in by_label])
    notes = [break_sentence(view, style), _grey_words(lines, style)] if draw else _notes(view, lines, stops, style)
    told_of = only_drawn(view, shares(rows), style)
    events = events_sentence(happened(marks_in(view, stops, PLOT_PX)), style).words
    about = _choice_label(view, chosen) if chosen is not None else ""
    before = f"{named_answer(about, view.question)}: " if about else ""
    title = trend_title(view, by_label, stops, style, about, among=len(names))
    drawing = draw or partial(_spec, told=title.line)
    return Figure(
        spec=drawing(view, lines, stops, style, mode),
        title=title.words,
        finding=title.size,
        subtitle=plain_text(view.question.text),
        sentences=caption(whole, told_of, drawn, style, [left_out, *notes]),
        alt=before + trend_alt(view, by_label, stops, style, " ".join(one for one in (events, left_out) if one)),
        tabulate=partial(_table, whole, rows, style),
        line=(
            *caption_line(whole, told_of, drawn, style),
            *map(Sentence, crowd_sentences(view, style, kept_only=True)),
        ),
        told=_told(view, next((line for line in lines if line.label == title.line), None), stops, moves=title.moves),
        tells=title.tells,
    )


def _ending_together(lines: list[Line]) -> list[Line]:
    """Returns the lines of an edition without their last periods in which one of them is hidden and others are not.

    They end in one period then, and their numbers stand side by side. At most a quarter of the periods is left out.
    """
    named = [line for line in lines if line.named]
    count = max((len(line.rows) for line in named), default=0)

    def shown(at: int) -> list[bool]:
        return [row is not None and row.value is not None for row in (line.rows[at] for line in named)]

    end = count
    while end > 1 and not all(shown(end - 1)):
        end -= 1
    if count - end > MOST_CUT * count or end <= 1:
        return lines
    return [replace(line, rows=[*line.rows[:end], *[None] * (len(line.rows) - end)]) for line in lines]


def is_drawn_by_mean(view: View) -> bool:
    """Whether the usual drawing of a trend is the line of the mean: of all readers, on a scale told by it.

    In an edition it is where the mean is shown, which takes every answer to be.
    """
    if not view.every or view.by or not is_told_by_mean(view.question):
        return False
    return not view.rounded or shows_means(view)


def _table(view: View, rows: list[EstimateRow], style: Style) -> pd.DataFrame:
    """Returns the numbers for display: of a scale told by its mean those of its answers too."""
    return display_table(view, read_rows(view) if is_drawn_by_mean(view) else rows, style)


def _told(view: View, line: Line | None, stops: list[Stop], *, moves: bool) -> ToldLine | None:
    """Returns the line that the title tells of; None where it tells of none."""
    if line is None:
        return None
    kept = {(row.choice, row.levels) for row in line.rows if row is not None}
    apart = {one.period for one in view.outliers if (one.choice, one.levels) in kept}
    values = tuple(None if row is None or row.thin else row.value for row in line.rows)
    return ToldLine(values, tuple(at for at, stop in enumerate(stops) if stop.period in apart), line.colour, moves)


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


def _lines(view: View, rows: list[EstimateRow], stops: list[Stop], style: Style, mode: Mode) -> list[Line]:
    found: dict[str, dict[str | None, EstimateRow]] = {}
    for row in only_drawn(view, rows, style):
        found.setdefault(_line_key(view, row), {})[row.period] = row
    colours = _colours(view, rows, style, mode)
    labels = _labels(view, rows)
    aligned = {key: [by.get(stop.period) if stop.period else None for stop in stops] for key, by in found.items()}
    largest = sorted(aligned, key=lambda key: -max((row.value or 0.0 for row in aligned[key] if row), default=0.0))
    front = set(largest[:MOST_NAMED])
    rest = style.palette(mode).rest
    return [
        Line(_free_label(labels, key), colours[key] if key in front else rest, line, key in front)
        for key, line in aligned.items()
    ]


def only_drawn(view: View, rows: list[EstimateRow], style: Style) -> list[EstimateRow]:
    """Returns the rows of the lines that somebody chose to have drawn, all of them where nobody chose any."""
    chosen = style.finish.only
    kept = [row for row in rows if (row.levels[0] if view.by else row.choice) in chosen] if chosen else []
    return kept or rows


def _line_names(view: View, rows: list[EstimateRow]) -> list[str]:
    """Returns what every line is called that could be drawn."""
    labels = _labels(view, rows)
    return [_free_label(labels, key) for key in labels]


def _labels(view: View, rows: list[EstimateRow]) -> dict[str, str]:
    return {_line_key(view, row): group_label(view, row.levels) if view.by else row.label for row in rows}


def _line_key(view: View, row: EstimateRow) -> str:
    return "\x1f".join(row.levels) if view.by else row.choice or ""


def _free_label(labels: dict[str, str], key: str) -> str:
    same = [other for other in labels if labels[other] == labels[key]]
    return labels[key] if len(same) == 1 else f"{labels[key]} ({plain_text(key)})"


def line_colours(question: Question, style: Style, mode: Mode) -> dict[str, str]:
    """Returns the colour of each answer's line by its value, and by its key that of each sum of answers."""
    own = choice_colours(question, style, mode)
    return {net.key: own[strongest(question, net)] for net in question.nets if net.plus} | own


def _colours(view: View, rows: list[EstimateRow], style: Style, mode: Mode) -> dict[str, str]:
    palette = style.palette(mode)
    if not view.by:
        if view.scored:
            return {row.choice or "": palette.ink for row in rows}
        own = line_colours(view.question, style, mode)
        return {row.choice or "": own.get(row.choice or "", palette.muted) for row in rows}
    keys = list(dict.fromkeys(_line_key(view, row) for row in rows))
    if len(view.by) == 1:
        return level_colours(view.survey, view.by[0], keys, style, mode)
    turns = [*palette.qualitative, *[palette.rest] * len(keys)]
    return dict(zip(keys, turns, strict=False))


def _spec(view: View, lines: list[Line], stops: list[Stop], style: Style, mode: Mode, *, told: str = "") -> Spec:
    if not any(row is not None and not row.suppressed for line in lines for row in line.rows):
        return empty_spec(plotly_text(nothing_to_show(view)), view.survey, style, mode)
    ends = _ends(view, lines, stops, style, mode)
    room, plot_px = end_room(ends, style), plot_height(ends, style)
    narrow = narrow_plot_px(room, style)
    marks = marks_in(view, stops, narrow)
    if view.every == "wave":
        shapes, notes, top = draw_wave_breaks(view, stops, style, mode)
    else:
        shapes, notes, top = draw_marks(marks, narrow, style, mode)
    axis = time_axis(view, stops, narrow, style, mode)
    low = axis_room(axis, style)
    layout = frame(style, mode, plot_px + top + low + 8, t=round(top + 8), b=round(low), r=round(room), l=40)
    layout["xaxis"], layout["yaxis"] = axis, _upright(view, style, mode) | {"automargin": True}
    plane = Plane(stops, narrow, plot_px)
    apart, taken = _outlier_labels(view, lines, plane, style, mode, told)
    inside, ends = _ends_inside(ends, lines, plane, taken, style, mode)
    layout["shapes"] = [*shapes, *end_leads(ends, stops, plot_px, style)]
    layout["annotations"] = [*notes, *apart, *inside, *end_labels(ends, plot_px, style, mode)]
    behind_first = sorted(lines, key=lambda line: line.named)
    bands = [trace for line in behind_first for trace in band(line, stops)]
    drawn = [trace for line in behind_first for trace in strokes(view, line, stops, style, mode)]
    return {"data": [*bands, *drawn], "layout": mark_simulated(layout, view.survey, style, mode)}


def _upright(view: View, style: Style, mode: Mode) -> Spec:
    """Returns the axis of shares, or of a mean the scores from the lowest to the highest."""
    axis = percent_axis(style, mode, (0, 25, 50, 75, 100))
    if view.scored is None:
        return axis
    low, high = view.scored
    parts = next((many for many in (5, 4, 3, 6) if (high - low) % many == 0), 2)
    at = [100 * part / parts for part in range(parts + 1)]
    texts = [shortest_words(low + (high - low) * part / parts, style) for part in range(parts + 1)]
    return axis | {"tickvals": at, "ticktext": texts}


@dataclass(frozen=True)
class Plane:
    """Where the points of a trend stand on a phone, where it is narrowest, in pixels from its lower left corner."""

    stops: list[Stop]
    wide: float
    high: float

    def x(self, stop: Stop) -> float:
        """Returns how far from the left a period stands."""
        first, last = self.stops[0], self.stops[-1]
        if stop.start is None or first.start is None or last.end is None:
            return (self.stops.index(stop) + 0.5) / len(self.stops) * self.wide
        at = datetime.fromisoformat(str(stop.x)).replace(tzinfo=None)
        start, end = first.start.replace(tzinfo=None), last.end.replace(tzinfo=None)
        return (at - start).total_seconds() / (end - start).total_seconds() * self.wide

    def y(self, share: float) -> float:
        """Returns how far from below a share stands."""
        return share * self.high

    def at(self, line: Line, stop: Stop) -> float | None:
        """Returns how far from below the point of a line stands in that period; None where it has none."""
        row = line.rows[self.stops.index(stop)]
        return None if row is None or row.value is None else self.y(row.value)

    def reach(self, line: Line, left: float, right: float) -> tuple[float, float] | None:
        """Returns how low and how high a line runs between two places; None where it does not."""
        points = [
            (self.x(stop), self.y(row.value))
            for stop, row in zip(self.stops, line.rows, strict=True)
            if row is not None and row.value is not None
        ]
        heights = [y for x, y in points if left <= x <= right]
        for (x0, y0), (x1, y1) in pairwise(points):
            heights += [y0 + (y1 - y0) * (edge - x0) / (x1 - x0) for edge in (left, right) if x0 < edge < x1]
        return (min(heights), max(heights)) if heights else None


STRAIGHT_PX = 26
"""So far above or below its point a label stands at least, where it is not beside it."""
Box = tuple[float, float, float, float]
"""Left, lower, right and upper end of a label."""


def _outlier_labels(
    view: View, lines: list[Line], plane: Plane, style: Style, mode: Mode, told: str
) -> tuple[list[Spec], list[Box]]:
    """Returns a label at each period that stands out, at the line that the title tells of and at the highlighted one.

    Where neither of them stands out, it is at the line that does so farthest. A label stands where it covers no line;
    where that is comes with them.
    """
    palette, found, taken = style.palette(mode), list[Spec](), list[Box]()
    for one, line, stop in _labelled(view, lines, plane.stops, style, told):
        when = period_words(stop, view.every or "day", view.survey, style)
        named = f"{shortened(line.label, END_COLUMNS)}, {when}"
        share, up = written(view.scored, one.share, style), one.share > one.usual
        # of which line it is stands there where the title is of another, or another is nearer
        tries = [(named, False)] if told and line.label != told else [(when, False)]
        for words, far in [*tries, (named, True)]:
            size = (width_px(f"{words} {share}", style.small) * LABEL_BOLD + 8, style.small * LINE_PX + 4)
            free = _free_box(lines, plane, taken, stop, one.share, size, up=up, far=far)
            if free is not None:
                break
        else:
            words = tries[0][0]
        ink = readable(line.colour, palette)
        place = {"x": stop.x, "y": percent_of(one.share), "ax": 0, "showarrow": True, "arrowhead": 0}
        place["xanchor"] = _towards(plane.x(stop), size[0], plane)
        if free is None:  # the lines leave no room: without a ground of its own it cuts no gap into them
            place |= {"ay": -26 if up else 26}
        else:
            aside, box = free
            taken.append(box)
            place |= {"ax": aside, "ayref": "y", "ay": (box[1] + box[3]) / 2 / plane.high * 100}
            place |= {"bgcolor": tint(palette.background, LABEL_GROUND)}
        text = f"{plotly_text(words)} <b>{plotly_text(share)}</b>"
        label = note(text, style, mode, **{"arrowcolor": ink, "arrowwidth": 1, "standoff": 4, **place})
        found.append(label | {"font": {"size": style.small, "color": ink}})
    return found, taken


def _labelled(
    view: View, lines: list[Line], stops: list[Stop], style: Style, told: str
) -> list[tuple[Outlier, Line, Stop]]:
    """Returns what stands out and is labelled, with its line and its period."""
    drawn = {(row.choice, row.levels): line for line in lines if line.named for row in line.rows if row is not None}
    at = {stop.period: stop for stop in stops}
    known = [
        (one, drawn[one.choice, one.levels], at[one.period])
        for one in view.outliers
        if (one.choice, one.levels) in drawn and one.period in at
    ]
    lit, found = style.finish.highlight, []
    for period in dict.fromkeys(one.period for one, _, _ in known):
        here = [each for each in known if each[0].period == period]
        meant = [
            (one, line, stop) for one, line, stop in here
            if line.label == told or (lit and lit in (one.levels if view.by else (one.choice,)))
        ]  # fmt: skip
        found += meant or here[:1]
    return found


def _towards(x: float, wide: float, plane: Plane) -> str:
    """Returns how a label so wide is anchored to a place: away from the edge that it would reach across otherwise."""
    if x + wide / 2 > plane.wide:
        return "right"
    return "left" if x - wide / 2 < 0 else "center"


def _free_box(
    lines: list[Line], plane: Plane, taken: list[Box], stop: Stop, share: float, size: tuple[float, float], *,
    up: bool, far: bool = False,
) -> tuple[float, Box] | None:  # fmt: skip
    """Returns the place nearest to a point at which a label covers no line, and how far to the side of it that is.

    It stands straight above or below the point, or beside it.

    Args:
        up: whether it is rather above the point than below.
        far: whether another line's point of that period may be nearer to it: for a label that names its line.
    """
    (x, y), (wide, high) = (plane.x(stop), plane.y(share)), size
    part = {"left": 0.0, "center": 0.5, "right": 1.0}[_towards(x, wide, plane)]
    others = [other for line in lines if (other := plane.at(line, stop)) is not None and abs(other - y) > 1]
    beside = plane.wide / max(len(plane.stops), 1) + 4
    for away in range(8, int(plane.high), 4):
        for aside in (0.0, -beside, beside):
            left = x + aside - wide * part
            if (not aside and away < STRAIGHT_PX) or (aside and not 0 <= left <= plane.wide - wide):
                continue
            runs = [run for line in lines if (run := plane.reach(line, left, left + wide))]
            runs += [(low, top) for start, low, end, top in taken if start < left + wide and left < end]
            for middle in (y + away, y - away) if up else (y - away, y + away):
                low, top = middle - high / 2, middle + high / 2
                free = low >= 0 and top <= plane.high and all(top < run[0] or low > run[1] for run in runs)
                if free and (far or all(abs(middle - y) < abs(middle - other) for other in others)):
                    return aside, (left, low, left + wide, top)
    return None


def _notes(view: View, lines: list[Line], stops: list[Stop], style: Style) -> list[str | Sentence]:
    narrow = narrow_plot_px(end_room(_ends(view, lines, stops, style, "light"), style), style)
    marks = marks_in(view, stops, narrow)
    told = events_sentence(happened(marks), style, numbered=True) if numbered(marks, narrow, style) else ""
    return [break_sentence(view, style), told, _grey_words(lines, style)]


def _grey_words(lines: list[Line], style: Style) -> str:
    grey = sum(not line.named for line in lines)
    if not grey:
        return ""
    told = {"count": count_words(MOST_NAMED, style), "grey": count_words(grey, style)}
    return spoken("The {count} highest lines are named, {grey} more are grey.", **told)


EARLY = 0.6
"""A line that ends before this part of the time is named at its end, where that covers no other line."""


def _ends_inside(
    ends: list[End], lines: list[Line], plane: Plane, taken: list[Box], style: Style, mode: Mode
) -> tuple[list[Spec], list[End]]:
    """Returns the names of lines that end far before the others, at their ends, and the ends of the other lines."""
    found, kept, boxes = list[Spec](), list[End](), [*taken]
    for end in ends:
        if end.early is None or plane.x(end.early) > EARLY * plane.wide:
            kept.append(end)
            continue
        ((name, period),) = _end_rows([end], style)
        texts = [*name, *period]
        wide = max(width_px(text, style.size) for text in texts) + 8
        size = (wide, len(texts) * style.size * LINE_PX + 4)
        free = _free_box(lines, plane, boxes, end.early, end.height / 100, size, up=True)
        if free is None:
            kept.append(end)
            continue
        aside, box = free
        boxes.append(box)
        place = {"x": end.early.x, "y": end.height, "ax": aside, "ayref": "y", "arrowcolor": end.colour}
        place |= {"ay": (box[1] + box[3]) / 2 / plane.high * 100, "xanchor": _towards(plane.x(end.early), wide, plane)}
        place |= {"showarrow": True, "arrowhead": 0, "arrowwidth": 1, "standoff": 4}
        label = note("<br>".join(map(plotly_text, texts)), style, mode, **place)
        ground = {"bgcolor": tint(style.palette(mode).background, LABEL_GROUND)}
        found.append(label | ground | {"font": {"size": style.size, "color": end.colour}})
    return found, kept


def _ends(view: View, lines: list[Line], stops: list[Stop], style: Style, mode: Mode) -> list[End]:
    """Returns the ends of lines; numbers stand at those alone that reach the last period of any line.

    Numbers of different periods side by side would be read as those of one.
    """
    palette = style.palette(mode)
    last = max((at for at, stop in enumerate(stops) if stop.period is not None), default=-1)
    known = [
        [(at, row.value) for at, row in enumerate(line.rows) if row is not None and row.value is not None]
        for line in lines
    ]
    ended = [shown[-1] for line, shown in zip(lines, known, strict=True) if line.named and shown]
    newest = max((at for at, _ in ended), default=-1)
    place = None if newest == last else stops[newest].x
    ends = []
    for line, shown in zip(lines, known, strict=True):
        if not line.named:
            continue
        if not shown:
            ends.append(End(line.label, style.dash, 0.0, palette.muted, is_drawn=False))
            continue
        at, value = shown[-1]
        when = period_words(stops[at], view.every or "day", view.survey, style)
        end = End(line.label, "", value * 100, readable(line.colour, palette), place)
        if at < newest:
            ends.append(replace(end, period=spoken("until {period}", period=when), early=stops[at]))
        else:  # where that is no number of now, it says of when it is
            number = written(view.scored, value, style) if style.finish.labels else ""
            ends.append(replace(end, number=number, period="" if newest == last else when))
    return ends
