"""The headline number under every way of counting, as one row of dots."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import partial

import pandas as pd

from analytics.estimates.robustness import Robustness
from analytics.estimates.view import View
from analytics.estimates.ways import FIRST_HALF, FIRST_ONLY, PUT_BACK
from analytics.figures.alts import hover, in_words
from analytics.figures.captions import caption
from analytics.figures.colours import choice_colours, tint
from analytics.figures.figure import (
    LINE_PX,
    Figure,
    Spec,
    empty_spec,
    frame,
    mark_simulated,
    percent_axis,
    quiet_axis,
)
from analytics.figures.reserve import reserve_sentence
from analytics.figures.rows import Row, read_rows, spoken_reason
from analytics.figures.stair import Flag, flags
from analytics.figures.style import Mode, Style
from analytics.figures.tables import display_table
from analytics.figures.text import plotly_text, width_px
from analytics.figures.topline import percent_of
from analytics.figures.ways_words import after_number, way_name
from analytics.figures.words import named, nothing_to_show
from analytics.language.numbers import count_words, percent, whole_points
from analytics.language.said import spoken
from analytics.language.text import plain_text, shortened

SIDE_PX = 16
STRIP_PX = 320
"""The narrowest that the strip is drawn, folded into a box on a phone; names keep clear there and in anything wider."""
DOT_PX = 11
RING_PX = 17
LONGEST_NAME = 34
LEAST_SPAN = 10
"""The fewest points that the scale shows, so that small differences stay small."""


def robustness_strip(found: Robustness, style: Style, mode: Mode) -> Figure:
    """Returns a dot for each way of counting on one line, each with its name and share, the usual one as a ring."""
    rows = read_rows(found.view)
    return Figure(
        spec=_spec(found, rows, style, mode),
        title=robustness_sentence(found, rows, style),
        subtitle=plain_text(found.view.question.text),
        caption=_caption(found, rows, style),
        alt=_alt(found, rows, style),
        tabulate=partial(_table, found, rows, style),
    )


def robustness_sentence(found: Robustness, rows: list[Row], style: Style) -> str:
    """Returns between which shares the answer lies whichever way it is counted, and which way moves it most."""
    shown = [row for row in rows if row.value is not None]
    if not shown:
        return nothing_to_show(found.view)
    values = sorted(row.value or 0.0 for row in shown)
    low, high = percent(values[0], style), percent(values[-1], style)
    answer = named(found.choice.label)
    told = {"answer": answer, "low": low, "high": high}
    if len(rows) == 1:
        return spoken("{answer}: {low}; this survey knows no other way to count it", answer=answer, low=low)
    if len(shown) == 1:
        return spoken("{answer}: {low}; no other way of counting worked out", answer=answer, low=low)
    between = "{answer}: between {low} and {high} whichever way it is counted"
    sentence = (
        spoken("{answer}: {low} whichever way it is counted", answer=answer, low=low)
        if low == high
        else spoken(between, **told)
    )
    usual = next((row for row in shown if row.levels[0] == found.usual), None)
    if usual is None:
        return sentence
    most = max(shown, key=lambda row: abs((row.value or 0.0) - (usual.value or 0.0)))
    after = percent(most.value or 0.0, style)
    if after == percent(usual.value or 0.0, style):
        return sentence
    way = after_number(most.levels[0])
    return spoken("{sentence}; it moves most, to {after}, {way}", sentence=sentence, after=after, way=way)


def _table(found: Robustness, rows: list[Row], style: Style) -> pd.DataFrame:
    told = [replace(row, levels=(way_name(row.levels[0]),)) for row in rows]
    return display_table(found.view, told, style).rename(columns={"variant": spoken("Way of counting")})


def _spec(found: Robustness, rows: list[Row], style: Style, mode: Mode) -> Spec:
    shown = [row for row in rows if row.value is not None]
    if not shown:
        return empty_spec(plotly_text(nothing_to_show(found.view)), found.view.survey, style, mode)
    low, high = _scale(found, shown)
    space = STRIP_PX - 2 * SIDE_PX
    at = [((row.value or 0.0) * 100 - low) / (high - low) * space for row in shown]
    names = [_name(row) for row in shown]
    numbers = [width_px(f" {whole_points(row.value or 0.0, style)} ", style.small) + 2 for row in shown]
    poles = flags(at, [width_px(name, style.small) + n for name, n in zip(names, numbers, strict=True)], space)
    rooms = [pole.room + SIDE_PX - number for pole, number in zip(poles, numbers, strict=True)]
    names = [_cut(name, room, style) for name, room in zip(names, rooms, strict=True)]
    step = style.small * LINE_PX + 3
    above, below = (max([pole.step for pole in poles if pole.side == side], default=0) for side in ("above", "below"))
    line, total = above * step + RING_PX, (above + below) * step + 2 * RING_PX
    ends = [line + (1 if pole.side == "below" else -1) * (pole.step * step + RING_PX / 4) for pole in poles]
    layout = frame(style, mode, total + 32, t=4, b=28, l=SIDE_PX, r=SIDE_PX)
    layout["xaxis"] = _axis(low, high, style, mode)
    layout["yaxis"] = quiet_axis(range=[total, 0])
    layout["shapes"] = [*_band(found, shown, line, style, mode), *_poles(shown, line, ends, style, mode)]
    data = [_names(found, shown, poles, ends, names, style, mode), _dots(found, shown, line, style, mode)]
    return {"data": data, "layout": mark_simulated(layout, found.view.survey, style, mode)}


def _scale(found: Robustness, shown: list[Row]) -> tuple[float, float]:
    """Returns the ends of the scale in percent: around all dots and the usual one's interval, in steps of 5."""
    ends = [(row.value or 0.0) * 100 for row in shown]
    ends += [
        100 * end for row in shown if row.levels[0] == found.usual for end in (row.low, row.high) if end is not None
    ]
    low, high = min(ends), max(ends)
    spare = max(LEAST_SPAN - (high - low), 2.0) / 2
    return max(0.0, math.floor((low - spare) / 5) * 5), min(100.0, math.ceil((high + spare) / 5) * 5)


def _axis(low: float, high: float, style: Style, mode: Mode) -> Spec:
    step = next(step for step in (5, 10, 20, 25) if (high - low) / step <= 5)
    ticks = [point for point in range(int(low), int(high) + 1) if point % step == 0]
    line = {"showgrid": False, "zeroline": False, "showline": True, "linecolor": style.palette(mode).faint}
    return percent_axis(style, mode, tuple(ticks)) | line | {"range": [low, high]}


def _name(row: Row) -> str:
    return shortened(way_name(row.levels[0], short=True), LONGEST_NAME)


def _cut(name: str, room: float, style: Style) -> str:
    return shortened(name, max(4, int(room / width_px("n", style.small))))


def _dots(found: Robustness, shown: list[Row], line: float, style: Style, mode: Mode) -> Spec:
    palette = style.palette(mode)
    colour = choice_colours(found.view.question, style, mode).get(found.choice.value, palette.muted)
    usual = [row.levels[0] == found.usual for row in shown]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [percent_of(row.value) for row in shown],
        "y": [line] * len(shown),
        "marker": {
            "size": [RING_PX if one else DOT_PX for one in usual],
            "color": [palette.background if row.flagged else colour for row in shown],
            "opacity": 1,
            "line": {
                "color": [
                    palette.ink if one else colour if row.flagged else palette.background
                    for one, row in zip(usual, shown, strict=True)
                ],
                "width": [2 if one else 1 for one in usual],
            },
        },
        "hovertext": [hover(row, way_name(row.levels[0]), style) for row in shown],
        "hoverinfo": "text",
        "cliponaxis": False,
    }


def _names(
    found: Robustness,
    shown: list[Row],
    poles: list[Flag],
    ends: list[float],
    names: list[str],
    style: Style,
    mode: Mode,
) -> Spec:
    palette = style.palette(mode)
    usual = [row.levels[0] == found.usual for row in shown]
    texts = []
    for row, pole, name, bold in zip(shown, poles, names, usual, strict=True):
        number = f"<b>{plotly_text(whole_points(row.value or 0.0, style))}</b>"
        words = f"<b>{plotly_text(name)}</b>" if bold else plotly_text(name)
        texts.append(f" {number} {words}" if pole.side == "below" else f"{words} {number} ")
    return {
        "type": "scatter",
        "mode": "text",
        "x": [percent_of(row.value) for row in shown],
        "y": ends,
        "text": texts,
        "textposition": ["middle right" if pole.side == "below" else "middle left" for pole in poles],
        "textfont": {"size": style.small, "color": [palette.ink if one else palette.muted for one in usual]},
        "cliponaxis": False,
        "hoverinfo": "skip",
    }


def _poles(shown: list[Row], line: float, ends: list[float], style: Style, mode: Mode) -> list[Spec]:
    stroke = {"color": tint(style.palette(mode).muted, 0.45), "width": 1}
    return [
        {
            "type": "line",
            "x0": x,
            "x1": x,
            "y0": line,
            "y1": end + 6 * (1 if end > line else -1),
            "line": stroke,
            "layer": "below",
        }
        for x, end in zip((percent_of(row.value) for row in shown), ends, strict=True)
    ]


def _band(found: Robustness, shown: list[Row], line: float, style: Style, mode: Mode) -> list[Spec]:
    palette = style.palette(mode)
    colour = choice_colours(found.view.question, style, mode).get(found.choice.value, palette.muted)
    return [
        {
            "type": "rect", "x0": percent_of(row.low), "x1": percent_of(row.high), "y0": line - RING_PX / 2,
            "y1": line + RING_PX / 2, "fillcolor": tint(colour, 0.22), "line": {"width": 0}, "layer": "below",
        }
        for row in shown
        if row.levels[0] == found.usual and row.low is not None
    ]  # fmt: skip


def _caption(found: Robustness, rows: list[Row], style: Style) -> str:
    view, shown = found.view, [row for row in rows if row.value is not None]
    low, high = _scale(found, shown) if shown else (0.0, 100.0)
    ends = (f"{low:.0f}", f"{high:.0f}{style.percent}")
    cut = spoken("The scale is cut, from {low} to {high}.", low=ends[0], high=ends[1])
    ways, level = {row.levels[0] for row in rows}, f"95{style.percent}"
    more = [
        spoken(
            "Each dot is the share of {answer} under one way of counting; the ring is the number shown above, its band "
            "the {level} uncertainty interval.",
            answer=named(found.choice.label),
            level=level,
        ),
        cut if (low, high) != (0.0, 100.0) else "",
        reserve_sentence(shown, spoken("Hollow dots"), weighted=False),
        *(_not_counted(row) for row in rows if row.suppressed and shown),
        *_notes(ways, view, style),
        spoken("Dots are weighted where their names say so.") if view.survey.targets or view.weights != "none" else "",
    ]
    weighted = replace(view, weights="raked") if view.survey.targets else view
    return caption(weighted, [], "bars", style, more)


def _not_counted(row: Row) -> str:
    reason = spoken_reason(row.reason).rstrip(".")
    return spoken("Not counted: {way} ({reason}).", way=way_name(row.levels[0]), reason=reason)


def _notes(ways: set[str], view: View, style: Style) -> list[str]:
    """Returns what some of the ways mean, those that there are."""
    screened = count_words(view.status.screened, style)
    told = {
        FIRST_HALF: spoken("First half and second half: of the answers, in the order in which they came."),
        FIRST_ONLY: spoken("First answer only: of those who answered several times or changed their answer."),
        PUT_BACK: spoken("Screened answers put back: {count} that a rule had left out count here.", count=screened),
    }
    return [words for name, words in told.items() if name in ways]


def _alt(found: Robustness, rows: list[Row], style: Style) -> str:
    hidden = spoken("not shown")
    said = [
        f"{way_name(row.levels[0])} {percent(row.value, style) if row.value is not None else hidden}" for row in rows
    ]
    counted = spoken(
        "Row of dots: the share of {answer} under {count} ways of counting.",
        answer=named(found.choice.label),
        count=len(rows),
    )
    return in_words(found.view, [counted, plain_text(f"{', '.join(said)}.")])
