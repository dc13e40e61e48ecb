"""The topline as horizontal bars."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from functools import partial

from analytics.estimates.views.rows import EstimateRow, read_rows, shares
from analytics.estimates.views.view import View
from analytics.figures.drawing.colours import choice_colours, tint
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
from analytics.figures.drawing.text import hover, plotly_text, width_px
from analytics.language.numbers import percent
from analytics.language.text import lines, lines_apart, plain_text
from analytics.words.alts import topline_alt
from analytics.words.captions import caption, caption_line, net_sentences
from analytics.words.reasons import reason_words
from analytics.words.tables import display_table
from analytics.words.titles import nothing_to_show, topline_title

BAR_PX = 22
DOT_PX = 13
GAP_PX = 14
BESIDE_COLUMNS = 14
"""Labels no wider than this stand beside their bars, longer ones above them, so that bars have room on a phone."""


def topline_bars(view: View, style: Style, mode: Mode, marked: Collection[str] = ()) -> Figure:
    """Returns a bar for each choice, from 0 to 100 %, in shown order, with its share and a thin interval.

    Where choices are `marked`, all others are pale. A number that is not shown is a dash with its reason; one that asks
    for reserve is a hollow bar.
    """
    rows = read_rows(view)
    title = topline_title(view, rows, style)
    return Figure(
        spec=topline_spec(view, shares(rows), style, mode, marked),
        title=title.words,
        finding=title.size,
        subtitle=plain_text(view.question.text),
        sentences=caption(view, rows, "bars", style, net_sentences(view, rows, style)),
        alt=topline_alt(view, rows, style),
        tabulate=partial(display_table, view, rows, style),
        line=caption_line(view, rows, "bars", style),
    )


def topline_dots(view: View, style: Style, mode: Mode) -> Figure:
    """Returns the same with a dot in place of each bar, so that what is seen first is the interval."""
    found = topline_bars(view, style, mode)
    bars, *others = found.spec["data"] or [{}]
    if bars.get("type") != "bar":
        return found
    kept = {name: bars[name] for name in ("x", "y", "hovertext", "hoverinfo", "customdata", "error_x")}
    own = bars["marker"]["line"]["color"]
    hollow = style.palette(mode).background
    widths = bars["marker"]["line"]["width"]
    marker = {"size": DOT_PX, "color": [hollow if wide else one for one, wide in zip(own, widths, strict=True)]}
    dots = {"type": "scatter", "mode": "markers", "cliponaxis": False} | kept
    dots |= {"marker": marker | {"line": {"color": own, "width": 2}}}
    dots["error_x"] = bars["error_x"] | {"thickness": 3}
    numbers = others[0] | {"text": [f"\u2003{text}" for text in others[0]["text"]]}  # a dot reaches beyond its share
    rows = read_rows(view)
    told = caption(view, rows, "dots", style, net_sentences(view, rows, style))
    short = caption_line(view, rows, "dots", style)
    return replace(found, spec=found.spec | {"data": [dots, numbers, *others[1:]]}, sentences=told, line=short)


def topline_spec(view: View, rows: list[EstimateRow], style: Style, mode: Mode, marked: Collection[str] = ()) -> Spec:
    """Returns the specification of the bars of these rows."""
    if not rows:
        return empty_spec(plotly_text(nothing_to_show(view)), view.survey, style, mode)
    beside = all(len(found) == 1 for found in (lines(row.label, BESIDE_COLUMNS) for row in rows))
    above = int((style.narrow - 100) / width_px("n", style.size)) if style.is_wide else style.wrap + 8
    labels = lines_apart([row.label for row in rows], BESIDE_COLUMNS if beside else above, 3)
    middles, total = _heights(labels, beside, style)
    layout = frame(style, mode, total + 32, t=4, b=28, r=52)
    layout["xaxis"] = percent_axis(style, mode, (0, 50, 100))
    layout["yaxis"] = quiet_axis(range=[total, 0])
    data = [_bars(view, rows, middles, style, mode, marked), _numbers(rows, middles, style, mode)]
    if beside:
        texts = ["<br>".join(plotly_text(line) for line in label) for label in labels]
        side = {
            "tickvals": middles,
            "ticktext": texts,
            "showticklabels": True,
            "automargin": True,
            "ticklabelstandoff": 6,
        }
        layout["yaxis"] |= side
    else:
        data.append(_labels_above(labels, middles, style, mode))
    return {"data": data, "layout": mark_simulated(layout, view.survey, style, mode)}


def _heights(labels: list[list[str]], beside: bool, style: Style) -> tuple[list[float], float]:
    middles, at = [], 0.0
    for label in labels:
        at += GAP_PX / 2 if beside else len(label) * style.size * LINE_PX + 6
        middles.append(at + BAR_PX / 2)
        at += BAR_PX + GAP_PX / (2 if beside else 1)
    return middles, at


def _bars(
    view: View, rows: list[EstimateRow], middles: list[float], style: Style, mode: Mode, marked: Collection[str]
) -> Spec:
    palette = style.palette(mode)
    colours = choice_colours(view.question, style, mode, named=True)
    own = [colours.get(row.choice or "", palette.muted) for row in rows]
    pale = [bool(marked) and row.choice not in marked for row in rows]
    return {
        "type": "bar",
        "orientation": "h",
        "x": [percent_of(row.value) for row in rows],
        "y": middles,
        "width": [BAR_PX] * len(rows),
        "marker": {
            "color": [
                tint(colour, 0.12 if row.flagged else 0.4) if row.flagged or other else colour
                for row, colour, other in zip(rows, own, pale, strict=True)
            ],
            "line": {"color": own, "width": [1.5 if row.flagged else 0 for row in rows]},
        },
        "error_x": interval_bars([reach(row) for row in rows], tint(palette.ink, 0.55)),
        "hovertext": [hover(row, row.label, style) for row in rows],
        "hoverinfo": "text",
        "customdata": [row.choice for row in rows],
    }


def interval_bars(parts: list[tuple[float, float]], colour: str) -> Spec:
    """Returns thin uncertainty bars that reach so far below and above each value."""
    return {
        "type": "data",
        "symmetric": False,
        "array": [above for _, above in parts],
        "arrayminus": [below for below, _ in parts],
        "color": colour,
        "thickness": 1.5,
        "width": 0,
    }


def reach(row: EstimateRow | None) -> tuple[float, float]:
    """Returns how far the interval reaches below and above the estimate, in percent."""
    if row is None or row.value is None or row.low is None or row.high is None:
        return 0.0, 0.0
    return max(row.value - row.low, 0.0) * 100, max(row.high - row.value, 0.0) * 100


def _numbers(rows: list[EstimateRow], middles: list[float], style: Style, mode: Mode) -> Spec:
    palette = style.palette(mode)
    shown = [plotly_text(percent(row.value, style)) if row.value is not None else "" for row in rows]
    written = [f" <b>{one}</b>" if style.finish.labels else "" for one in shown]
    reasons = [plotly_text(f"{style.dash} {reason_words(row.reason, style)}") for row in rows]
    return {
        "type": "scatter",
        "mode": "text",
        "x": [percent_of(row.value if row.high is None else row.high) or 0 for row in rows],
        "y": middles,
        "text": [mark if one else why for one, mark, why in zip(shown, written, reasons, strict=True)],
        "textposition": "middle right",
        "textfont": {"color": [palette.muted if row.suppressed else palette.ink for row in rows]},
        "cliponaxis": False,
        "hoverinfo": "skip",
    }


def _labels_above(labels: list[list[str]], middles: list[float], style: Style, mode: Mode) -> Spec:
    return {
        "type": "scatter",
        "mode": "text",
        "x": [0] * len(labels),
        "y": [middle - BAR_PX / 2 - 1 for middle in middles],
        # the axis stands where the letters would begin
        "text": ["<br>".join(f"\u00a0{plotly_text(line)}" for line in label) for label in labels],
        "textposition": "top right",
        "textfont": {"color": style.palette(mode).ink},
        "cliponaxis": False,
        "hoverinfo": "skip",
    }


def percent_of(share: float | None) -> float | None:
    """Returns the share in percent as it is drawn."""
    return None if share is None else round(share * 100, 4)
