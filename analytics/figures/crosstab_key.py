"""Which colour is which answer: names over the first bar of a crosstab where they fit, else rows above all bars."""

from __future__ import annotations

from dataclasses import dataclass

from analytics.estimates.views.rows import EstimateRow
from analytics.figures.drawing.colours import readable
from analytics.figures.drawing.figure import LINE_PX, Spec, note
from analytics.figures.drawing.placing import spread
from analytics.figures.drawing.style import Mode, Style
from analytics.figures.drawing.text import NARROW, plotly_text, width_px
from analytics.language.text import lines_apart

LABEL_COLUMNS = 15
"""How wide the names of the groups beside the bars may be."""
WIDE_LABEL_COLUMNS = 24
"""The same where the figure is never drawn as narrow as on a phone."""
NAME_COLUMNS = 12
LONGEST_NAME = 32
"""How long a name in the rows above the bars may be on a phone; where there is more room, as long as a row."""
GAP_PX = 12
SQUARE = "■"


@dataclass(frozen=True)
class KeySegment:
    """A part of a bar: where it starts and how long it is, in percent of the group."""

    row: EstimateRow
    start: float
    length: float


def label_columns(style: Style) -> int:
    """Returns how wide the names of the groups beside the bars may be, in letters."""
    return WIDE_LABEL_COLUMNS if style.is_wide else LABEL_COLUMNS


def key(bar: list[KeySegment], colours: dict[str, str], layout: Spec, style: Style, mode: Mode) -> Spec:
    """Returns what the layout gains to say which colour is which answer.

    `bar` is the first bar drawn. Names stand over it where each fits over its own part of it on a phone, else in rows
    above the bars: over the part of another answer a name would say what is not so.
    """
    names = lines_apart([segment.row.label for segment in bar], NAME_COLUMNS, 2)
    sizes = [max(width_px(line, style.size) for line in name) + 12 for name in names]
    room = style.narrow - label_columns(style) * style.size * NARROW - 40
    if not bar:
        return {}
    fills = [colours.get(segment.row.choice or "", style.palette(mode).muted) for segment in bar]
    if sum(sizes) > room or any("…" in line for name in names for line in name):
        return _key_rows(bar, fills, room, layout, style, mode)
    low, high = layout["xaxis"]["range"]
    unit = (high - low) / room
    wanted = [segment.start + segment.length / 2 for segment in bar]
    at = spread(wanted, [size * unit for size in sizes], low, high)
    if not all(one.start <= x <= one.start + one.length for x, one in zip(at, bar, strict=True)):
        return _key_rows(bar, fills, room, layout, style, mode)
    palette = style.palette(mode)
    own = [readable(fill, palette) for fill in fills]
    return _names_above(names, own, at, layout, style, mode)


def _names_above(
    names: list[list[str]], colours: list[str], at: list[float], layout: Spec, style: Style, mode: Mode
) -> Spec:
    place = {"y": 1, "yref": "paper", "xanchor": "center", "yanchor": "bottom", "yshift": 2, "align": "center"}
    notes = []
    for name, colour, x in zip(names, colours, at, strict=True):
        text = "<br>".join(plotly_text(line) for line in name)
        notes.append(
            note(f"<b>{text}</b>", style, mode, x=x, **place) | {"font": {"size": style.size, "color": colour}}
        )
    room = max(len(name) for name in names) * style.size * LINE_PX + 8
    return _higher(layout, room) | {"annotations": [*layout["annotations"], *notes]}


def _key_rows(bar: list[KeySegment], colours: list[str], room: float, layout: Spec, style: Style, mode: Mode) -> Spec:
    rows: list[list[str]] = [[]]
    used = 0.0
    longest = (
        max(LONGEST_NAME, int((room - GAP_PX) / width_px("n", style.small)) - 3) if style.is_wide else LONGEST_NAME
    )
    labels = lines_apart([segment.row.label for segment in bar], longest, 3)
    for segment, colour, label in zip(bar, colours, labels, strict=True):
        width = width_px(f"{SQUARE} {segment.row.label}", style.small) + GAP_PX
        if rows[-1] and used + width > room:
            rows.append([])
            used = 0.0
        rows[-1].append(f'<span style="color:{colour}">{SQUARE}</span> {plotly_text(label[0])}')
        rows += [[f"\u2003{plotly_text(line)}"] for line in label[1:]]
        used += width
    text = "<br>".join("   ".join(row) for row in rows)
    place = {"x": 0, "xref": "paper", "xanchor": "left", "y": 1, "yref": "paper", "yanchor": "bottom", "yshift": 4}
    ink = {"font": {"size": style.small, "color": style.palette(mode).ink}}
    notes = [*layout["annotations"], note(text, style, mode, **place) | ink]
    return _higher(layout, len(rows) * style.small * LINE_PX + 12) | {"annotations": notes}


def _higher(layout: Spec, room: float) -> Spec:
    margin = layout["margin"] | {"t": round(layout["margin"]["t"] + room)}
    return {"height": round(layout["height"] + room), "margin": margin}
