"""Where a trend's line is cut because the question changed: blank stops, marks, words."""

from __future__ import annotations

from analytics.estimates.breaks import change_words
from analytics.estimates.view import View
from analytics.figures.figure import LINE_PX, Spec, note
from analytics.figures.stops import Stop
from analytics.figures.style import Mode, Style
from analytics.figures.text import plotly_text
from analytics.language.said import spoken
from analytics.language.text import lines

LABEL_COLUMNS = 18


def with_breaks(view: View, stops: list[Stop]) -> list[Stop]:
    """Returns the stops with a blank one before each period at which the line is cut."""
    cut = {one.period for one in view.breaks}
    found: list[Stop] = []
    for stop in stops:
        if stop.period in cut and found and found[-1].period is not None:
            x = stop.start.isoformat() if stop.start else float(stop.x) - 0.5
            found.append(Stop(None, x, stop.start, stop.start))
        found.append(stop)
    return found


def last_stretch(view: View, stops: list[Stop]) -> int:
    """Returns the place of the first stop after the last cut; 0 where the line is whole."""
    cut = {one.period for one in view.breaks}
    return max((place for place, stop in enumerate(stops) if stop.period in cut), default=0)


def break_label(what: str) -> str:
    """Returns what stands beside the mark of a cut."""
    return spoken("{what} changed", what=f"{spoken(what)[:1].upper()}{spoken(what)[1:]}")


def break_sentence(view: View) -> str:
    """Returns where the line is cut and why; empty where it is whole."""
    if not view.breaks:
        return ""
    changes = [change_words(change, view.survey) for change in view.question.changes]
    changes += (
        [spoken("other wordings were asked than before")]
        if any("other wordings" in one.reason for one in view.breaks)
        else []
    )
    told = "; ".join(changes)
    return spoken("The line is cut where the question changed, and nothing is compared across it: {told}.", told=told)


def draw_wave_breaks(view: View, stops: list[Stop], style: Style, mode: Mode) -> tuple[list[Spec], list[Spec], float]:
    """Returns lines and labels of cuts between waves, which have no dates, and how high the labels reach, in pixels."""
    what = {one.period: one.what for one in view.breaks}
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
