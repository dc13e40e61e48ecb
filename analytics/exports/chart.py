"""The shares of a view as other programs draw them, and what a chart of theirs says otherwise than ours."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from analytics.estimates.views.rows import EstimateRow, followed, read_rows, shares
from analytics.estimates.views.view import View
from analytics.figures.drawing.colours import choice_colours, greyed, level_colours, lit_group
from analytics.figures.drawing.figure import Figure
from analytics.figures.drawing.style import MODES, Mode, Style
from analytics.figures.trend import PLOT_PX, happened, line_colours, marks_in, only_drawn
from analytics.figures.trend_ways import ends_of
from analytics.language.numbers import count_words, exact_percent, exact_points, rounded
from analytics.language.said import said
from analytics.language.text import isolated, plain_text
from analytics.words.captions import brief, events_sentence
from analytics.words.names import group_label
from analytics.words.periods import Stop, period_words, stops_of
from analytics.words.reasons import reason_words

ChartShape = Literal["bars", "stacked", "beside", "lines"]

ENDS_APART = 0.06
"""How far apart the ends of two lines of a chart have to lie for a number beside each."""


@dataclass(frozen=True)
class Series:
    """One column of the chart: a name, a colour as "#rrggbb", a row for each category, None where there is none.

    `night` is its colour on a dark page. `greyed` is the colour of its bars in groups that are not the highlighted
    one, empty where none is.
    """

    name: str
    colour: str
    rows: tuple[EstimateRow | None, ...]
    greyed: str = ""
    night: str = ""

    @property
    def values(self) -> tuple[float | None, ...]:
        """Returns the shares from 0 to 1, None where one is not shown."""
        return tuple(None if row is None else row.value for row in self.rows)

    @property
    def last(self) -> int | None:
        """The place of the last share that is shown, where a line says its number."""
        return max((place for place, value in enumerate(self.values) if value is not None), default=None)

    def colour_at(self, place: int, lit: int | None) -> str:
        """The colour of its bar at that place, where the category at another one is highlighted."""
        return self.greyed if lit not in (None, place) else self.colour


@dataclass(frozen=True)
class Chart:
    """Categories down, series across.

    `shape` says how it is drawn: "bars" of one series, groups whose bars are "stacked" or stand "beside" others, or
    "lines" with a category for each period. `bases` and `effective` belong to the categories, the second only where
    weights were used (`weighted`); `colours`, on a dark page `nights`, only to bars. `lit` is the place of the
    highlighted group. `seconds` says when each period of lines is, `events` when something happened meanwhile, which
    `happened` tells by its numbers.
    """

    shape: ChartShape
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    bases: tuple[int | None, ...]
    effective: tuple[float | None, ...]
    reasons: tuple[str, ...]
    weighted: bool
    colours: tuple[str, ...] = ()
    nights: tuple[str, ...] = ()
    seconds: tuple[float, ...] = ()
    events: tuple[float, ...] = ()
    happened: str = ""
    lit: int | None = None


def chart_of(view: View, line: str | None, style: Style, way: str = "") -> Chart:
    """A view's choices as categories, its groups where it has any, or its periods.

    Args:
        line: the choice that lines follow in each group.
        way: "slopes" for the first and the last period alone, "stacked" for all answers in one bar.
    """
    view = ends_of(view) if way == "slopes" else view
    known = read_rows(view)
    drawn = followed(view, known) if view.every and line is None else shares(known)  # as in the figure itself
    rows = [row for row in drawn if line is None or row.choice == line]
    if view.every:
        found = _periods(view, rows, line, style)
        return replace(found, events=(), happened="") if way == "slopes" else found
    return _groups(view, rows, style) if view.by or way == "stacked" else _bars(view, rows, style)


def _bars(view: View, rows: list[EstimateRow], style: Style) -> Chart:
    own, nights = (
        tuple(
            choice_colours(view.question, style, mode, named=True).get(row.choice or "", style.palette(mode).muted)
            for row in rows
        )
        for mode in MODES
    )
    series = [Series(said(style.language, "Share"), own[0], tuple(rows), night=nights[0])]
    found = _chart("bars", view, [_name(row.label) for row in rows], series, style)
    return replace(found, colours=own, nights=nights)


def _groups(view: View, rows: list[EstimateRow], style: Style) -> Chart:
    groups = list(dict.fromkeys(row.levels for row in rows))
    at = {(row.levels, row.choice): row for row in rows}
    lit = lit_group(groups, style)
    series = [
        Series(
            name, colour, tuple(at.get((levels, choice)) for levels in groups),
            greyed(colour, style.light) if lit else "", night,
        )
        for choice, name, colour, night in _choices(view, rows, style)
    ]  # fmt: skip
    shape: ChartShape = "beside" if view.question.kind == "multiple" else "stacked"
    found = _chart(shape, view, [_name(group_label(view, levels)) for levels in groups], series, style)
    return replace(found, lit=groups.index((lit,)) if lit else None)


def _periods(view: View, rows: list[EstimateRow], line: str | None, style: Style) -> Chart:
    every = view.every or "day"
    stops = [
        stop for stop in stops_of(list(dict.fromkeys(row.period for row in rows if row.period)), every) if stop.period
    ]
    words = _period_names(view, stops, style)
    lines: list[tuple[str | None, tuple[str, ...], str, tuple[str, str]]]
    if not view.by:
        lines = [(choice, (), name, (colour, night)) for choice, name, colour, night in _choices(view, rows, style)]
    else:
        levels = list(dict.fromkeys(row.levels for row in rows))
        own, nights = (_level_colours(view, levels, style, mode) for mode in MODES)
        lines = [(line, level, _name(group_label(view, level)), (own[level], nights[level])) for level in levels]
    at = {(row.choice, row.levels, row.period): row for row in only_drawn(view, rows, style)}
    lines = [one for one in lines if any(key[:2] == one[:2] for key in at)]
    series = [
        Series(name, colour, tuple(at.get((choice, level, stop.period)) for stop in stops), night=night)
        for choice, level, name, (colour, night) in lines
    ]
    found = _chart("lines", view, words, series, style, seconds=tuple(map(_second, stops)))
    marks = [] if every == "wave" else marks_in(view, stops, PLOT_PX)
    told = events_sentence(happened(marks), style, numbered=True).words
    return replace(found, events=tuple(mark.place.timestamp() for mark in marks), happened=told)


def _period_names(view: View, stops: list[Stop], style: Style) -> list[str]:
    """Returns the names of the periods, a year only where it is another than before."""
    names, year = [], None
    for stop in stops:
        own = stop.start.year if stop.start else None
        names.append(_name(period_words(stop, view.every or "day", view.survey, style, with_year=own != year)))
        year = own
    return names


def _second(stop: Stop) -> float:
    return datetime.fromisoformat(stop.x).timestamp() if isinstance(stop.x, str) else stop.x


def _choices(view: View, rows: list[EstimateRow], style: Style) -> list[tuple[str | None, str, str, str]]:
    """Returns each answer with its name and its colours by day and by night."""
    by_day, by_night = (line_colours(view.question, style, mode) for mode in MODES)
    labels = {row.choice: _name(row.label) for row in rows}
    return [
        (choice, label, by_day.get(choice or "", style.light.muted), by_night.get(choice or "", style.dark.muted))
        for choice, label in labels.items()
    ]


def _level_colours(view: View, levels: list[tuple[str, ...]], style: Style, mode: Mode) -> dict[tuple[str, ...], str]:
    palette = style.palette(mode)
    if len(view.by) == 1:
        own = level_colours(view.survey, view.by[0], [one[0] for one in levels], style, mode)
        return {level: own[level[0]] for level in levels}
    turns = [*palette.qualitative, *[palette.rest] * len(levels)]
    return dict(zip(levels, turns, strict=False))


def _chart(
    shape: ChartShape, view: View, categories: list[str], series: list[Series], style: Style, *,
    seconds: tuple[float, ...] = (),
) -> Chart:  # fmt: skip
    across = [[one.rows[place] for one in series] for place in range(len(categories))]
    bases = tuple(next((row.base_n for row in rows if row and row.base_n is not None), None) for rows in across)
    effective = tuple(
        next((row.effective_n for row in rows if row and row.effective_n is not None), None) for rows in across
    )
    hidden = (next((row.reason for row in rows if row and row.suppressed and row.reason), None) for rows in across)
    reasons = tuple(reason_words(reason, style) if reason else "" for reason in hidden)
    return Chart(
        shape, tuple(categories), tuple(series), bases, effective, reasons, view.weights != "none", seconds=seconds
    )


def _name(label: str) -> str:
    return isolated(plain_text(label))


def whole(number: float | None) -> int | None:
    """Returns an effective base as it is written."""
    return None if number is None else int(rounded(number))


def chart_caption(figure: Figure) -> str:
    """Returns the caption as it is true of a chart with error bars, and without pale bands and lines of events."""
    return brief(figure.sentences, "chart")


def reaches(rows: tuple[EstimateRow | None, ...]) -> tuple[list[float], list[float]]:
    """Returns how far each interval reaches above and below its share; 0 where there is none."""
    shown = [row if row and None not in (row.value, row.low, row.high) else None for row in rows]
    above = [max((row.high or 0) - (row.value or 0), 0.0) if row else 0.0 for row in shown]
    below = [max((row.value or 0) - (row.low or 0), 0.0) if row else 0.0 for row in shown]
    return above, below


def upper_ends(chart: Chart) -> tuple[float | None, ...]:
    """Returns where the interval of each bar ends, the share itself where there is none."""
    rows = chart.series[0].rows
    return tuple(None if row is None else row.value if row.high is None else row.high for row in rows)


def lower_ends(chart: Chart) -> tuple[float | None, ...]:
    """Returns where the interval of each bar begins."""
    rows = chart.series[0].rows
    return tuple(None if row is None else row.value if row.low is None else row.low for row in rows)


def interval_lines(chart: Chart, style: Style) -> list[str]:
    """Returns every share with its interval and base in words, a line each."""
    found = []
    for place, category in enumerate(chart.categories):
        for one in chart.series:
            row = one.rows[place]
            name = category if chart.shape == "bars" else f"{category}, {one.name}"
            if row is None or row.value is None:
                reason = reason_words(row.reason, style) if row and row.reason else ""
                found.append(f"{name}: {style.dash} {reason}".rstrip())
                continue
            base = said(style.language, "Base {count}", count=count_words(row.base_n or 0, style))
            ends = [exact_points(end, row.base_n, style) for end in (row.low, row.high) if end is not None]
            interval = f" ({ends[0]}–{ends[1]}{style.percent})" if len(ends) == 2 else ""
            found.append(f"{name}: {exact_percent(row.value, row.base_n, style)}{interval}, {base}")
    return found


def end_places(chart: Chart) -> dict[int, str]:
    """Returns by its place how each line has the number at its end, "right", "above" or "below": none over another.

    Of lines that end close together the highest has it above and the lowest below; of those between one has room.
    """
    ends = {at: one.values[one.last] or 0.0 for at, one in enumerate(chart.series) if one.last is not None}
    crowds: list[list[int]] = []
    for at in sorted(ends, key=lambda one: -ends[one]):
        if crowds and ends[crowds[-1][-1]] - ends[at] < ENDS_APART:
            crowds[-1].append(at)
        else:
            crowds.append([at])
    found: dict[int, str] = {}
    for first, *between in crowds:
        found[first] = "above" if between else "right"
        if between:
            found[between[-1]] = "below"
            found |= dict.fromkeys(between[:-1][:1], "right")
    return found
