"""The headline number under every way of counting, as one row of dots."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import partial
from typing import Literal

from analytics.estimates.trust.robustness import Robustness
from analytics.estimates.trust.ways import Way
from analytics.estimates.views.rows import EstimateRow, read_rows
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
from analytics.figures.topline import percent_of
from analytics.language.numbers import whole_points
from analytics.language.text import lines, plain_text
from analytics.words.robustness import (
    robustness_alt,
    robustness_caption,
    robustness_sentence,
    robustness_table,
    way_name,
)
from analytics.words.titles import nothing_to_show

PoleSide = Literal["below", "above"]


@dataclass(frozen=True)
class Flag:
    """Where the name of a dot stands: below the line it runs to the right of its pole, above it to the left.

    `step` counts from the line, 1 nearest; `room` is how wide the name may be, in pixels.
    """

    side: PoleSide
    step: int
    room: float


def flags(at: list[float], widths: list[float], space: float) -> list[Flag]:
    """Returns the flags of dots at these places, in pixels from the left of a line `space` pixels long.

    Below, a pole may only pass names that end left of it, so each name hangs lower than every pole to its right that it
    would cross; above it is the mirror image. The dots further left go below where their names fit, the others above.
    In a longer line the dots stand farther apart and the names keep their size, so they keep clear there as well.

    Example:
        >>> [(flag.side, flag.step) for flag in flags([10, 20, 200, 210], [60, 60, 60, 60], 220)]
        [('below', 2), ('below', 1), ('above', 1), ('above', 2)]
    """
    order = sorted(range(len(at)), key=lambda place: (at[place], place))
    sides: dict[int, PoleSide] = {
        place: _side(at[place], widths[place], space, rank < len(at) / 2) for rank, place in enumerate(order)
    }
    steps: dict[int, int] = {}
    for side, row in (("below", order[::-1]), ("above", order)):
        passed: list[int] = []
        for place in (one for one in row if sides[one] == side):
            crossed = [steps[other] for other in passed if abs(at[other] - at[place]) <= widths[place]]
            steps[place] = 1 + max(crossed, default=0)
            passed.append(place)
    return [Flag(sides[place], steps[place], at_room(at[place], sides[place], space)) for place in range(len(at))]


def at_room(at: float, side: PoleSide, space: float) -> float:
    """Returns how wide a name may be at that place."""
    return space - at if side == "below" else at


def _side(at: float, width: float, space: float, left: bool) -> PoleSide:
    fits: dict[PoleSide, bool] = {"below": at + width <= space, "above": at - width >= 0}
    wanted: PoleSide = "below" if left else "above"
    other: PoleSide = "above" if left else "below"
    if fits[wanted] or not fits[other]:
        return wanted if fits[wanted] or at_room(at, wanted, space) >= at_room(at, other, space) else other
    return other


SIDE_PX = 16
STRIP_PX = 320
"""The narrowest that the strip is drawn, folded into a box on a phone; names keep clear there and in anything wider."""
DOT_PX = 11
RING_PX = 17
MOST_LINES = 3
"""On how many lines a name stands where it is longer than there is room beside its pole."""
LEAST_SPAN = 10
"""The fewest points that the scale shows, so that small differences stay small."""


def robustness_strip(robustness: Robustness, style: Style, mode: Mode) -> Figure:
    """Returns a dot for each way of counting on one line, each with its name and share, the usual one as a ring."""
    rows = read_rows(robustness.view)
    return Figure(
        spec=_spec(robustness, rows, style, mode),
        title=robustness_sentence(robustness, rows, style),
        subtitle=plain_text(robustness.view.question.text),
        sentences=robustness_caption(robustness, rows, _scale(robustness, rows), style),
        alt=robustness_alt(robustness, rows, style),
        tabulate=partial(robustness_table, robustness, rows, style),
    )


def _spec(robustness: Robustness, rows: list[EstimateRow], style: Style, mode: Mode) -> Spec:
    shown = [row for row in rows if row.value is not None]
    if not shown:
        return empty_spec(plotly_text(nothing_to_show(robustness.view)), robustness.view.survey, style, mode)
    low, high = _scale(robustness, shown)
    space = max(STRIP_PX, style.narrow - 60) - 2 * SIDE_PX
    at = [((row.value or 0.0) * 100 - low) / (high - low) * space for row in shown]
    ways = _ways_of(robustness, shown)
    whole = [way_name(way, short=True) for way in ways]
    numbers = [width_px(f" {whole_points(row.value or 0.0, style)} ", style.small) + 2 for row in shown]
    poles = flags(at, [width_px(name, style.small) + n for name, n in zip(whole, numbers, strict=True)], space)
    rooms = [pole.room + SIDE_PX - number for pole, number in zip(poles, numbers, strict=True)]
    names = [_broken(name, room, style) for name, room in zip(whole, rooms, strict=True)]
    step = max(map(len, names)) * style.small * LINE_PX + 3
    above, below = (max([pole.step for pole in poles if pole.side == side], default=0) for side in ("above", "below"))
    line, total = above * step + RING_PX, (above + below) * step + 2 * RING_PX
    ends = [line + (1 if pole.side == "below" else -1) * (pole.step * step + RING_PX / 4) for pole in poles]
    layout = frame(style, mode, total + 32, t=4, b=28, l=SIDE_PX, r=SIDE_PX)
    layout["xaxis"] = _axis(low, high, style, mode)
    layout["yaxis"] = quiet_axis(range=[total, 0])
    layout["shapes"] = [*_band(robustness, shown, line, style, mode), *_poles(shown, line, ends, style, mode)]
    data = [_names(robustness, shown, poles, ends, names, style, mode), _dots(robustness, shown, line, style, mode)]
    return {"data": data, "layout": mark_simulated(layout, robustness.view.survey, style, mode)}


def _scale(robustness: Robustness, rows: list[EstimateRow]) -> tuple[float, float]:
    """Returns the ends of the scale in percent: around all dots and the usual one's interval, in steps of 5."""
    shown = [row for row in rows if row.value is not None]
    if not shown:
        return 0.0, 100.0
    ends = [(row.value or 0.0) * 100 for row in shown]
    ends += [100 * end for row in shown if _is_usual(robustness, row) for end in (row.low, row.high) if end is not None]
    low, high = min(ends), max(ends)
    spare = max(LEAST_SPAN - (high - low), 2.0) / 2
    return max(0.0, math.floor((low - spare) / 5) * 5), min(100.0, math.ceil((high + spare) / 5) * 5)


def _ways_of(robustness: Robustness, rows: list[EstimateRow]) -> list[Way]:
    known = {way.known_by: way for way in robustness.ways}
    return [known[row.levels[0]] for row in rows]


def _is_usual(robustness: Robustness, row: EstimateRow) -> bool:
    return row.levels[0] == robustness.usual.known_by


def _axis(low: float, high: float, style: Style, mode: Mode) -> Spec:
    step = next(step for step in (5, 10, 20, 25) if (high - low) / step <= 5)
    ticks = [point for point in range(int(low), int(high) + 1) if point % step == 0]
    line = {"showgrid": False, "zeroline": False, "showline": True, "linecolor": style.palette(mode).faint}
    return percent_axis(style, mode, tuple(ticks)) | line | {"range": [low, high]}


def _broken(name: str, room: float, style: Style) -> list[str]:
    return lines(name, max(8, int(room / width_px("n", style.small))), MOST_LINES)


def _dots(robustness: Robustness, shown: list[EstimateRow], line: float, style: Style, mode: Mode) -> Spec:
    palette = style.palette(mode)
    colour = choice_colours(robustness.view.question, style, mode).get(robustness.choice.value, palette.muted)
    usual = [_is_usual(robustness, row) for row in shown]
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
        "hovertext": [
            hover(row, way_name(way), style) for row, way in zip(shown, _ways_of(robustness, shown), strict=True)
        ],
        "hoverinfo": "text",
        "cliponaxis": False,
    }


def _names(
    robustness: Robustness,
    shown: list[EstimateRow],
    poles: list[Flag],
    ends: list[float],
    names: list[list[str]],
    style: Style,
    mode: Mode,
) -> Spec:
    palette = style.palette(mode)
    usual = [_is_usual(robustness, row) for row in shown]
    texts = []
    for row, pole, name, bold in zip(shown, poles, names, usual, strict=True):
        number = f"<b>{plotly_text(whole_points(row.value or 0.0, style))}</b>"
        words = "<br>".join(f"<b>{plotly_text(line)}</b>" if bold else plotly_text(line) for line in name)
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


def _poles(shown: list[EstimateRow], line: float, ends: list[float], style: Style, mode: Mode) -> list[Spec]:
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


def _band(robustness: Robustness, shown: list[EstimateRow], line: float, style: Style, mode: Mode) -> list[Spec]:
    palette = style.palette(mode)
    colour = choice_colours(robustness.view.question, style, mode).get(robustness.choice.value, palette.muted)
    return [
        {
            "type": "rect", "x0": percent_of(row.low), "x1": percent_of(row.high), "y0": line - RING_PX / 2,
            "y1": line + RING_PX / 2, "fillcolor": tint(colour, 0.22), "line": {"width": 0}, "layer": "below",
        }
        for row in shown
        if _is_usual(robustness, row) and row.low is not None
    ]  # fmt: skip
