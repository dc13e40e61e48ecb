"""Minds or audience: a change as a bar, and the two parts that it is made of as bars under it."""

from __future__ import annotations

from functools import partial

from analytics.estimates.time.split import Split
from analytics.figures.drawing.colours import choice_colours, tint
from analytics.figures.drawing.figure import LINE_PX, Figure, Spec, frame, mark_simulated, quiet_axis
from analytics.figures.drawing.style import Mode, Style
from analytics.figures.drawing.text import plotly_text, width_px
from analytics.figures.topline import interval_bars
from analytics.language.numbers import signed_words
from analytics.language.said import spoken
from analytics.language.text import plain_text
from analytics.words.captions import caption
from analytics.words.split import (
    bar_labels,
    dated,
    part_numbers,
    split_alt,
    split_sentence,
    split_sentences,
    split_table,
)

BAR_PX = 22
GAP_PX = 16
STRENGTH = (1.0, 0.6, 0.3)
"""How strong the colour of the change and of its two parts is."""


def split_bars(split: Split, style: Style, mode: Mode) -> Figure:
    """Returns three bars from zero, in points: the change, the same groups answering differently, different groups."""
    return Figure(
        spec=_spec(split, style, mode),
        title=split_sentence(split, style),
        subtitle=plain_text(split.view.question.text),
        sentences=caption(dated(split), [], "bars", style, split_sentences(split, style)),
        alt=split_alt(split, style),
        tabulate=partial(split_table, split, style),
    )


def _spec(split: Split, style: Style, mode: Mode) -> Spec:
    palette = style.palette(mode)
    parts = (split.parts.change, split.parts.same_groups, split.parts.other_groups)
    colour = choice_colours(split.view.question, style, mode).get(split.choice.value, palette.muted)
    step = style.size * LINE_PX + 4 + BAR_PX + GAP_PX
    middles = [place * step + style.size * LINE_PX + 4 + BAR_PX / 2 for place in range(len(parts))]
    values = [round(part.value * 100, 4) for part in parts]
    low, high = min(0.0, *(part.low * 100 for part in parts)), max(0.0, *(part.high * 100 for part in parts))
    layout = frame(style, mode, len(parts) * step, t=4, b=4)
    layout["xaxis"] = quiet_axis(range=_range(low, high, style))
    layout["shapes"] = [_zero(middle, palette.muted) for middle in middles]
    layout["yaxis"] = quiet_axis(range=[len(parts) * step, 0])
    bars = {
        "type": "bar",
        "orientation": "h",
        "x": values,
        "y": middles,
        "width": [BAR_PX] * len(parts),
        "marker": {
            "color": [tint(colour, strength) for strength in STRENGTH],
            "line": {"color": colour, "width": [0, 1, 1]},
        },
        "error_x": interval_bars(
            [((p.value - p.low) * 100, (p.high - p.value) * 100) for p in parts], tint(palette.ink, 0.55)
        ),
        "hovertext": [_hover(split, place, style) for place in range(len(parts))],
        "hoverinfo": "text",
    }
    data = [
        bars,
        _numbers(split, middles, style, mode),
        _names(split, middles, layout["xaxis"]["range"][0], style, mode),
    ]
    return {"data": data, "layout": mark_simulated(layout, split.view.survey, style, mode)}


def _zero(middle: float, colour: str) -> Spec:
    """Returns the stretch of the zero line beside one bar; a line all through would cross the names."""
    ends = {"y0": middle - BAR_PX / 2 - 3, "y1": middle + BAR_PX / 2 + 3}
    return {"type": "line", "x0": 0, "x1": 0, "line": {"color": colour, "width": 1}} | ends


def _range(low: float, high: float, style: Style) -> list[float]:
    """Returns the scale in points: as wide as the intervals, with room for a number beyond either end."""
    room = width_px("+00.0", style.size) / (style.narrow - 20)
    span = max(high - low, 2.0) / (1 - 2 * room)
    return [round(low - room * span, 4), round(high + room * span, 4)]


def _numbers(split: Split, middles: list[float], style: Style, mode: Mode) -> Spec:
    parts = (split.parts.change, split.parts.same_groups, split.parts.other_groups)
    words = part_numbers(split, style)
    right = [part.value >= 0 for part in parts]
    return {
        "type": "scatter",
        "mode": "text",
        "x": [round((part.high if one else part.low) * 100, 4) for part, one in zip(parts, right, strict=True)],
        "y": middles,
        "text": [f" <b>{plotly_text(word)}</b> " for word in words],
        "textposition": ["middle right" if one else "middle left" for one in right],
        "textfont": {"color": style.palette(mode).ink},
        "cliponaxis": False,
        "hoverinfo": "skip",
    }


def _names(split: Split, middles: list[float], left: float, style: Style, mode: Mode) -> Spec:
    return {
        "type": "scatter",
        "mode": "text",
        "x": [left] * len(middles),
        "y": [middle - BAR_PX / 2 - style.size * LINE_PX / 2 - 2 for middle in middles],
        "text": [plotly_text(label) for label in bar_labels(split, style)],
        "textposition": "middle right",
        "textfont": {"color": style.palette(mode).ink},
        "cliponaxis": False,
        "hoverinfo": "skip",
    }


def _hover(split: Split, place: int, style: Style) -> str:
    part = (split.parts.change, split.parts.same_groups, split.parts.other_groups)[place]
    low, high = (signed_words(end * 100, 1, style) for end in (part.low, part.high))
    words = [
        spoken("{count} points", count=signed_words(part.value * 100, 1, style)),
        spoken("Uncertainty interval {low} to {high}", low=low, high=high),
    ]
    head = plotly_text(bar_labels(split, style)[place])
    return "<br>".join([f"<b>{head}</b>", *(plotly_text(word) for word in words)])
