"""The storm map: how many came from each source hour by hour, with the crowds outlined."""

from __future__ import annotations

from functools import partial
from math import sqrt

import pandas as pd

from analytics.estimates.storms import StormCard, StormReport
from analytics.figures.drawing.colours import tint
from analytics.figures.drawing.figure import Figure, Spec, frame, mark_simulated, note, quiet_axis
from analytics.figures.drawing.style import Mode, Style
from analytics.figures.drawing.text import plotly_text, width_px
from analytics.language.dates import day_words
from analytics.language.numbers import count_words
from analytics.language.said import noted, spoken, spoken_of
from analytics.language.text import shortened
from analytics.words.captions import Sentence
from analytics.words.storms import by_words, moment_of, source_words, storm_title

ROW_PX, LEAST_PX = 44, 150
LEFT_PX, RIGHT_PX = 150, 24
"""What stands beside the rows: the sources' names, and half a day's name at the end of the axis."""
MOST_ROWS = 12
LABEL_LENGTH = 22
HOUR, DAY = 3600, 86_400
HEIGHTS = noted("Each row is as high as the square root of how many came in the hour.")
FRAMES = {
    True: noted("Solid frame: a crowd that waits for a decision."),
    False: noted("Dotted frame: a crowd that somebody decided on, or that the newsroom called."),
}
"""What frames mean, by whether the crowd waits."""
LONG_HOURS = 24 * 21
"""From so many hours on a row is drawn by days."""


def storm_map(report: StormReport, style: Style, mode: Mode) -> Figure:
    """Returns a row for each source, as high as so many came each hour, and a box around each storm."""
    count = len(report.cards)
    title = (
        spoken_of(
            count, "{count} crowd came from one source within hours", "{count} crowds came from one source within hours"
        )
        if count
        else spoken("No crowd among {number} responses", number=count_words(int(report.hours["n"].sum()), style))
    )
    told = [storm_title(card, report.survey, style) for card in report.cards]
    alt = f"{title}. {'. '.join(told)}" if told else title
    return Figure(
        spec=_spec(report, style, mode), title=title, subtitle=by_words(report.survey, report.by),
        sentences=_legend(report), alt=alt, tabulate=partial(_table, report, style),
    )  # fmt: skip


def _legend(report: StormReport) -> tuple[Sentence, ...]:
    """What heights mean, and each frame that there is."""
    drawn = {card.is_open for card in report.cards}
    return (Sentence(spoken(HEIGHTS)), *(Sentence(spoken(FRAMES[on])) for on in (True, False) if on in drawn))


def _rows(report: StormReport) -> list[str]:
    """The sources that are shown: those with storms, then those that bring most; the most on top."""
    totals = report.hours.groupby("source")["n"].sum().sort_values(ascending=False)
    with_storms = [card.crowd.source for card in report.cards if card.crowd.source in totals.index]
    kept = list(dict.fromkeys([*with_storms, *totals.index]))[:MOST_ROWS]
    return sorted(kept, key=lambda source: -int(totals[source]))


def _spec(report: StormReport, style: Style, mode: Mode) -> Spec:
    palette, rows = style.palette(mode), _rows(report)
    layout = frame(style, mode, max(LEAST_PX, ROW_PX * len(rows) + 48), l=LEFT_PX, t=8, b=34, r=RIGHT_PX)
    hours = report.hours
    if hours.empty:
        return {"data": [], "layout": layout}
    first, last = int(hours["hour"].min()), int(hours["hour"].max())
    step = DAY if (last - first) // HOUR > LONG_HOURS else HOUR
    binned = hours.assign(hour=hours["hour"] // step * step).groupby(["source", "hour"], as_index=False)["n"].sum()
    highest = max(int(binned["n"].max()), 1)
    colour = palette.ordered[-1]
    data = [
        _row(report, binned[binned["source"] == source], len(rows) - 1 - at, source, step, highest, colour, style)
        for at, source in enumerate(rows)
    ]
    layout["xaxis"] = quiet_axis(
        showticklabels=True, type="date", tickfont={"size": style.small, "color": palette.muted}, tickangle=0,
        **_ticks(report, first, last, style),
    )  # fmt: skip
    layout["yaxis"] = quiet_axis(range=[-0.1, len(rows)], zeroline=False)
    layout["annotations"] = [
        note(
            plotly_text(shortened(source_words(report.survey, report.by, source), LABEL_LENGTH)), style, mode,
            xref="paper", x=0, xanchor="right", xshift=-8, y=len(rows) - 1 - at, yanchor="bottom",
        )
        for at, source in enumerate(rows)
    ]  # fmt: skip
    places = {source: len(rows) - 1 - at for at, source in enumerate(rows)}
    layout["shapes"] = [_box(report, card, places, step, palette.notice) for card in report.cards]
    return {"data": data, "layout": mark_simulated(layout, report.survey, style, mode)}


def _row(
    report: StormReport, binned: pd.DataFrame, base: int, source: str, step: int, highest: int, colour: str,
    style: Style,
) -> Spec:  # fmt: skip
    moments = [moment_of(int(hour), report.survey) for hour in binned["hour"]]
    told = [
        "<br>".join(
            plotly_text(line)
            for line in (
                source_words(report.survey, report.by, source),
                spoken_of(int(n), "{count} response", "{count} responses"),
                f"{day_words(at.date(), style)}{'' if step == DAY else at.strftime(', %H:%M')}",
            )
        )
        for n, at in zip(binned["n"], moments, strict=True)
    ]
    return {
        "type": "bar", "x": [f"{at:%Y-%m-%d %H:%M}" for at in moments], "base": [base] * len(moments),
        "y": [round(0.9 * sqrt(int(n) / highest), 4) for n in binned["n"]], "width": step * 1000,
        "offset": 0, "marker": {"color": tint(colour, 0.75), "line": {"width": 0}},
        "hovertext": told, "hoverinfo": "text",
    }  # fmt: skip


def _ticks(report: StormReport, first: int, last: int, style: Style) -> Spec:
    """Days on the axis by the survey's clock: as many as there is room for on a phone, the last one always."""
    days = sorted({moment_of(second, report.survey).date() for second in range(first, last + HOUR, HOUR)})
    with_year = days[0].year != days[-1].year
    words = {day: day_words(day, style, with_year=with_year, short=True) for day in days}
    widest = max(width_px(word, style.small) for word in words.values()) + 10
    most = max(2, int((style.narrow - LEFT_PX - RIGHT_PX) // widest))
    shown = days[::-1][:: max(1, -(-(len(days) - 1) // (most - 1)))][::-1]
    return {
        "tickvals": [f"{day:%Y-%m-%d}" for day in shown], "ticktext": [plotly_text(words[day]) for day in shown],
    }  # fmt: skip


def _box(report: StormReport, card: StormCard, places: dict[str, int], step: int, colour: str) -> Spec:
    """The outline of a storm: as wide as it lasted and at least as what is drawn of it; dotted where none waits."""
    since, until = card.storm.since // step * step, -(-card.storm.until // step) * step
    from_row = places.get(card.crowd.source)
    low, high = (
        (-0.05, max(places.values(), default=0) + 1.0) if from_row is None else (from_row - 0.03, from_row + 0.97)
    )
    ends = (f"{moment_of(second, report.survey):%Y-%m-%d %H:%M}" for second in (since, until))
    x0, x1 = ends
    line = {"color": colour, "width": 2, "dash": "solid" if card.is_open else "dot"}
    return {"type": "rect", "x0": x0, "x1": x1, "y0": low, "y1": high, "line": line, "fillcolor": "rgba(0,0,0,0)"}


def _table(report: StormReport, style: Style) -> pd.DataFrame:
    """The numbers of the map by source and day."""
    days = report.hours.assign(day=[moment_of(int(hour), report.survey).date() for hour in report.hours["hour"]])
    found = days.pivot_table(index="day", columns="source", values="n", aggfunc="sum", fill_value=0)
    found = found[[source for source in _rows(report) if source in found]]
    named = {source: source_words(report.survey, report.by, str(source)) for source in found}
    shown = found.rename(columns=named).reset_index()
    shown["day"] = [day_words(day, style) for day in shown["day"]]
    return shown.rename(columns={"day": spoken("Day")})
