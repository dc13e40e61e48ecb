"""One answer over time among readers, with what benchmark polls found drawn into it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from analytics.estimates.views.view import View
from analytics.estimates.whole.gaps import benchmark_line
from analytics.figures.drawing.figure import Figure, Spec
from analytics.figures.drawing.style import Mode, Style
from analytics.figures.drawing.text import plotly_text
from analytics.figures.trend import trend_lines
from analytics.language.dates import day_words
from analytics.language.numbers import percent
from analytics.model import Benchmark
from analytics.words.captions import Sentence
from analytics.words.gaps import line_sentence, polls_words

NOON = "T12:00:00"
MOST_WORDS = 6


def benchmark_trend(view: View, choice: str, polls: tuple[Benchmark, ...], style: Style, mode: Mode) -> Figure:
    """Returns the trend of one choice with a diamond for each benchmark poll, joined by a dashed line."""
    line = benchmark_line(polls, choice)
    rows = view.estimates["choice"] == choice
    figure = trend_lines(replace(view, estimates=view.estimates[rows].reset_index(drop=True)), style, mode)
    words = line_sentence(line, polls, style)
    drawn = _with_line(figure.spec, line, polls_words(polls), style, mode) if figure.spec["data"] else figure.spec
    line_below = (*figure.line, Sentence(words)) if figure.line else ()  # no diamond without a word of what it is
    return replace(
        figure, spec=drawn, sentences=(*figure.sentences, Sentence(words)), line=line_below,
        alt=f"{figure.alt} {words}",
    )  # fmt: skip


def _with_line(spec: Spec, line: list[tuple[date, float]], name: str, style: Style, mode: Mode) -> Spec:
    ink = style.palette(mode).ink
    days = [day.isoformat() + NOON for day, _ in line]
    trace = {
        "type": "scatter",
        "mode": "lines+markers",
        "x": days,
        "y": [round(100 * share, 4) for _, share in line],
        "line": {"color": ink, "width": 1.5, "dash": "dash"},
        "marker": {"symbol": "diamond", "size": 9, "color": ink},
        "hovertext": [f"<b>{plotly_text(name)}</b><br>{plotly_text(percent(share, style))}" for _, share in line],
        "hoverinfo": "text",
        "cliponaxis": False,
    }
    axis = spec["layout"]["xaxis"]
    ends = axis.get("range")
    if ends:
        polls = list(zip(days, (plotly_text(day_words(day, style)) for day, _ in line), strict=True))
        axis = _thinned(axis | {"range": [min(ends[0], days[0]), max(ends[1], days[-1])]}, polls)
    return {"data": [*spec["data"], trace], "layout": spec["layout"] | {"xaxis": axis}}


def _thinned(axis: Spec, polls: list[tuple[str, str]]) -> Spec:
    """Returns the axis with only so many of its words as have room, the last of them kept, and of those of polls."""
    if axis["range"][0] != polls[0][0] and axis["range"][1] != polls[-1][0]:
        return axis  # it has not grown
    own = list(zip(axis["tickvals"], axis["ticktext"], strict=True))
    words = sorted([*own, *(one for one in polls if one[0] not in axis["tickvals"])], key=lambda one: str(one[0]))
    first, last = (datetime.fromisoformat(str(end)) for end in axis["range"])
    room, kept = (last - first) / MOST_WORDS, list[tuple[object, object]]()
    right: datetime | None = None
    for at, said in reversed(words):
        moment = datetime.fromisoformat(str(at))
        if right is None or right - moment >= room:
            kept.insert(0, (at, said))
            right = moment
    return axis | {"tickvals": [at for at, _ in kept], "ticktext": [said for _, said in kept]}
