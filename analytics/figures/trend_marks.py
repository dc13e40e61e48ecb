"""What a trend carries besides its lines: names at their ends, a few words under the axis."""

from __future__ import annotations

from typing import Any

from analytics.estimates.view import View
from analytics.figures.figure import LINE_PX, NARROW_PX, Spec, note, quiet_axis
from analytics.figures.placing import spread
from analytics.figures.style import Mode, Style
from analytics.figures.text import plotly_text, width_px
from analytics.language.said import spoken
from analytics.language.text import lines
from analytics.words.periods import Stop, tick_words

PLOT_PX = 280
MOST_TICKS = 5
WAVE_COLUMNS = 9
END_COLUMNS = 14


def time_axis(view: View, stops: list[Stop], plot_px: float, style: Style, mode: Mode) -> Spec:
    """Returns the axis with a few periods named, the last always, and "so far" under one that is not over.

    `plot_px` is how wide the plot is on a phone.
    """
    named = [stops[place] for place in _ticks(view, stops, plot_px, style)]
    texts = [
        [*_tick_lines(view, stop, style), *([spoken("so far")] if stop.period in view.unfinished else [])]
        for stop in named
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


def axis_room(axis: Spec, style: Style) -> float:
    """Returns how many pixels the words under the axis need."""
    deepest = max((text.count("<br>") + 1 for text in axis["ticktext"]), default=0)
    return deepest * style.small * LINE_PX + 12


def end_labels(ends: list[tuple[str, str, float, str]], plot_px: float, style: Style, mode: Mode) -> list[Spec]:
    """Returns names at the ends of lines, moved apart; an end is a label, a number, its height in %, a colour."""
    texts = [lines(label, END_COLUMNS, 3) for label, _, _, _ in ends]
    unit = 100 / plot_px
    sizes = [len(text) * style.size * LINE_PX * unit for text in texts]
    at = spread([height for _, _, height, _ in ends], sizes, -4, 104)
    found = []
    for text, (_, number, _, colour), y in zip(texts, ends, at, strict=True):
        safe = [plotly_text(line) for line in text]
        label = "<br>".join([*safe[:-1], f"{safe[-1]} <b>{plotly_text(number)}</b>"])
        place = {
            "xref": "paper",
            "x": 1,
            "xanchor": "left",
            "xshift": 4,
            "yref": "paper",
            "y": y / 100,
            "yanchor": "middle",
        }
        found.append(note(label, style, mode, **place) | {"font": {"size": style.size, "color": colour}})
    return found


def end_room(labels: list[str], style: Style) -> float:
    """Returns how many pixels the names at the ends of lines need."""
    widest = [max(width_px(f"{line} 100 %", style.size) for line in lines(label, END_COLUMNS, 3)) for label in labels]
    return max(widest, default=0.0) + 22


def plot_height(labels: list[str], style: Style) -> float:
    """Returns how high the plot has to be for the names at the ends of its lines."""
    needed = sum(len(lines(label, END_COLUMNS, 3)) for label in labels) * style.size * LINE_PX
    return max(PLOT_PX, needed * 1.02)


def narrow_plot_px(room: float) -> float:
    """Returns how wide the plot is on a phone beside so much room for names."""
    return max(120.0, NARROW_PX - room - 44)


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
