"""How wrong a share could be: where it would be if those of one opinion had been keener to answer than the others."""

from __future__ import annotations

import math
from functools import partial

from analytics.estimates.trust.nonresponse import EAGER, Nonresponse, Reached, curve
from analytics.figures.drawing.colours import choice_colours, readable, tint
from analytics.figures.drawing.figure import Figure, Spec, frame, mark_simulated, note, percent_axis, quiet_axis
from analytics.figures.drawing.style import Mode, Style
from analytics.figures.drawing.text import plotly_text, wrapped
from analytics.language.numbers import count_words, percent
from analytics.language.said import spoken
from analytics.language.text import plain_text
from analytics.words.alts import interval_between
from analytics.words.nonresponse import (
    dial_alt,
    dial_caption,
    dial_table,
    eager_words,
    reached_words,
    times_words,
    tipping_sentence,
)

HEIGHT_PX = 230
TICKS = {1 / 3: "⅓", 1 / 2: "½", 1.0: "", 2.0: "", 3.0: ""}
"""Where the dial has marks; those without a sign are said in words."""


def nonresponse_dial(nonresponse: Nonresponse, reached: Reached, style: Style, mode: Mode) -> Figure:
    """Returns the share of all people along the dial, with the place that the dial stands at and where it turns."""
    return Figure(
        spec=_spec(nonresponse, reached, style, mode),
        title=tipping_sentence(nonresponse, style),
        subtitle=plain_text(nonresponse.view.question.text),
        sentences=dial_caption(nonresponse, reached, style),
        alt=dial_alt(nonresponse, reached, style),
        tabulate=partial(dial_table, nonresponse),
    )


def _spec(nonresponse: Nonresponse, reached: Reached, style: Style, mode: Mode) -> Spec:
    palette = style.palette(mode)
    colour = choice_colours(nonresponse.view.question, style, mode).get(nonresponse.choice.value, palette.muted)
    layout = frame(style, mode, HEIGHT_PX, t=10, b=58, l=44, r=14)
    ends = math.log2(EAGER[-1]) * 1.1
    layout["xaxis"] = quiet_axis(
        range=[-ends, ends], tickvals=[math.log2(times) for times in TICKS], ticktext=_ticks(style),
        showticklabels=True, tickfont={"size": style.small, "color": palette.muted},
    )  # fmt: skip
    layout["yaxis"] = percent_axis(style, mode, (0, 50, 100))
    layout["annotations"] = _ends(style, mode)
    data = [
        *_band(nonresponse, colour),
        _line(nonresponse, readable(colour, palette)),
        *_tipping(nonresponse, style, mode),
    ]
    data.append(_place(nonresponse, reached, colour, style, mode))
    return {"data": data, "layout": mark_simulated(layout, nonresponse.view.survey, style, mode)}


def _ticks(style: Style) -> list[str]:
    several = {times: spoken("{number} times", number=count_words(times, style)) for times in (2.0, 3.0)}
    told = {1.0: spoken("as eager: no link")} | several
    return list((TICKS | told).values())


def _ends(style: Style, mode: Mode) -> list[Spec]:
    """Returns what the two ends of the dial mean, under its axis."""
    words = {"left": f"\u2190 {spoken('less eager to answer')}", "right": f"{spoken('more eager')} \u2192"}
    return [
        note(
            text, style, mode, xref="paper", yref="paper", x=0.0 if side == "left" else 1.0, y=0, xanchor=side,
            yanchor="top", yshift=-24,
        )
        for side, text in words.items()
    ]  # fmt: skip


def _band(nonresponse: Nonresponse, colour: str) -> list[Spec]:
    points = curve(nonresponse)
    x = [math.log2(times) for times in points["times"]]
    shared = {"type": "scatter", "mode": "lines", "x": x, "line": {"width": 0}, "hoverinfo": "skip"}
    low, high = ([round(share * 100, 4) for share in points[name]] for name in ("low", "high"))
    return [shared | {"y": low}, shared | {"y": high, "fill": "tonexty", "fillcolor": tint(colour, 0.22)}]


def _line(nonresponse: Nonresponse, colour: str) -> Spec:
    points = curve(nonresponse)
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [math.log2(times) for times in points["times"]],
        "y": [round(share * 100, 4) for share in points["share"]],
        "line": {"color": colour, "width": 2.5},
        "hoverinfo": "skip",
    }


def _tipping(nonresponse: Nonresponse, style: Style, mode: Mode) -> list[Spec]:
    palette, tipping = style.palette(mode), nonresponse.tipping
    if not (tipping.possible and tipping.clear) or not EAGER[0] <= tipping.times <= EAGER[-1]:
        return []
    turns = spoken("turns at {times}", times=times_words(tipping.times, style))
    text = {"text": [f"{turns} "], "textposition": "bottom left"}
    return [
        text
        | {
            "type": "scatter", "mode": "markers+text", "x": [math.log2(tipping.times)], "y": [tipping.share * 100],
            "marker": {"symbol": "line-ns", "size": 18, "line": {"width": 2, "color": palette.ink}},
            "textfont": {"color": palette.ink, "size": style.small}, "hoverinfo": "skip", "cliponaxis": False,
        }
    ]  # fmt: skip


def _place(nonresponse: Nonresponse, reached: Reached, colour: str, style: Style, mode: Mode) -> Spec:
    palette = style.palette(mode)
    said = [eager_words(reached.times), interval_between(reached.low, reached.high, None, style)]
    head = wrapped(reached_words(nonresponse, reached, style), style.wrap)
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": [math.log2(reached.times)],
        "y": [round(reached.share * 100, 4)],
        "marker": {"size": 14, "color": colour, "line": {"color": palette.ink, "width": 2}},
        "text": [f"<b>{plotly_text(percent(reached.share, style))}</b>"],
        "textposition": "top center" if reached.times > 1.9 else "top right",
        "textfont": {"color": palette.ink},
        "hovertext": ["<br>".join([f"<b>{head}</b>", *(plotly_text(line) for line in said if line)])],
        "hoverinfo": "text",
        "cliponaxis": False,
    }
