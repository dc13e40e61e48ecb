"""Events in a trend: dotted lines with labels that keep apart on a phone, or numbers where there are too many."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from analytics.estimates.view import Break, View
from analytics.figures.figure import LINE_PX, Spec, note
from analytics.figures.placing import tiers
from analytics.figures.style import Mode, Style
from analytics.figures.text import plotly_text, width_px
from analytics.language.text import lines
from analytics.words.periods import Stop, break_label

MOST_TIERS = 3
LABEL_COLUMNS = 18


@dataclass(frozen=True)
class Mark:
    """An event inside the trend. `at` is by the survey's clock, `x` in pixels from the left on a phone."""

    label: str
    at: datetime
    x: float


def marks_in(view: View, stops: list[Stop], plot_px: float) -> list[Mark]:
    """Returns the events, and the changes of the question, from the start of the first period to the end of the last.

    Args:
        plot_px: how wide the plot is on a phone.
    """
    starts, ends = [stop.start for stop in stops if stop.start], [stop.end for stop in stops if stop.end]
    if not starts or not ends:
        return []
    zone = ZoneInfo(view.survey.time_zone)
    local = [(event.at.astimezone(zone).replace(tzinfo=None), event.label) for event in view.survey.events]
    local += [(_cut_at(one, stops, zone), break_label(one.what)) for one in view.breaks if one.what]
    unit = plot_px / (ends[-1] - starts[0]).total_seconds()
    return [
        Mark(label, at, (at - starts[0]).total_seconds() * unit)
        for at, label in sorted(local)
        if starts[0] <= at <= ends[-1]
    ]


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
    down = [_line(mark.at, line) | {"y0": 0, "y1": 1, "yref": "paper"} for mark in marks]
    if numbered(marks, plot_px, style):
        return down, _numbers(marks, style, mode), style.small * LINE_PX + 8
    texts = [lines(mark.label, LABEL_COLUMNS, 2) for mark in marks]
    tier_px = max(len(text) for text in texts) * style.small * LINE_PX + 4
    levels = _levels(marks, plot_px, style)
    up, notes = [], []
    for mark, text, level in zip(marks, texts, levels, strict=True):
        top = level * tier_px + 3
        side = _anchor(mark, text, plot_px, style)
        up.append(
            _line(mark.at, line)
            | {"ysizemode": "pixel", "yref": "paper", "yanchor": 1, "y0": 0, "y1": top + tier_px - 4}
        )
        safe = "<br>".join(plotly_text(row) for row in text)
        notes.append(
            _label(mark.at, safe, style, mode, xanchor=side, align=side, yshift=top) | {"xshift": _nudge(side)}
        )
    return [*down, *up], notes, (max(levels) + 1) * tier_px + 4


def happened(marks: list[Mark]) -> list[tuple[str, datetime]]:
    """Returns what the marks are of, and when it was."""
    return [(mark.label, mark.at) for mark in marks]


def numbered(marks: list[Mark], plot_px: float, style: Style) -> bool:
    """Whether there are too many events close together for their labels to stand in the figure."""
    return max(_levels(marks, plot_px, style), default=0) >= MOST_TIERS


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


def _levels(marks: list[Mark], plot_px: float, style: Style) -> list[int]:
    # From right to left: a label stands right of its line, so later events go below for no line to cross a label.
    texts = [lines(mark.label, LABEL_COLUMNS, 2) for mark in marks]
    spans = []
    for mark, text in zip(marks, texts, strict=True):
        width = _width(text, style)
        left = mark.x if _anchor(mark, text, plot_px, style) == "left" else mark.x - width
        spans.append((-left - width, -left))
    return list(reversed(tiers(list(reversed(spans)))))


def _anchor(mark: Mark, text: list[str], plot_px: float, style: Style) -> str:
    return "left" if mark.x + _width(text, style) <= plot_px + 40 or mark.x < plot_px / 2 else "right"


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
        _label(marks[group[0] - 1].at, _run(group), style, mode, xanchor="left", yshift=2, xshift=-2)
        for group in groups
    ]


def _run(group: list[int]) -> str:
    return str(group[0]) if len(group) == 1 else f"{group[0]}–{group[-1]}"


def _label(at: datetime, text: str, style: Style, mode: Mode, **place: object) -> Spec:
    return note(text, style, mode, x=at.isoformat(), y=1, yref="paper", yanchor="bottom", **place)


def _line(at: datetime, line: Spec) -> Spec:
    return {"type": "line", "x0": at.isoformat(), "x1": at.isoformat(), "line": line, "layer": "below"}
