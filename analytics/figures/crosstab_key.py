"""Which colour is which answer: rows above all bars of a crosstab, in the order in which the answers stand in them."""

from __future__ import annotations

from dataclasses import dataclass

from analytics.estimates.views.rows import EstimateRow
from analytics.figures.drawing.figure import LINE_PX, Spec, note
from analytics.figures.drawing.style import Mode, Style
from analytics.figures.drawing.text import NARROW, plotly_text, width_px
from analytics.language.text import lines_apart

LABEL_COLUMNS = 15
"""How wide the names of the groups beside the bars may be."""
WIDE_LABEL_COLUMNS = 24
"""The same where the figure is never drawn as narrow as on a phone."""
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


def key(answers: list[EstimateRow], colours: dict[str, str], layout: Spec, style: Style, mode: Mode) -> Spec:
    """Returns what the layout gains to say which colour is which answer, from left to right.

    Names never stand over the parts of a bar: whether each fits there is left to the shares, and figures of one survey
    side by side would tell their colours in two manners.
    """
    if not answers:
        return {}
    room = style.narrow - label_columns(style) * style.size * NARROW - 40
    rows: list[list[str]] = [[]]
    used = 0.0
    longest = max(LONGEST_NAME, int((room - GAP_PX) / width_px("n", style.size)) - 3) if style.is_wide else LONGEST_NAME
    labels = lines_apart([answer.label for answer in answers], longest, 3)
    for answer, label in zip(answers, labels, strict=True):
        colour = colours.get(answer.choice or "", style.palette(mode).muted)
        width = width_px(f"{SQUARE} {answer.label}", style.size) + GAP_PX
        if rows[-1] and used + width > room:
            rows.append([])
            used = 0.0
        rows[-1].append(f'<span style="color:{colour}">{SQUARE}</span> {plotly_text(label[0])}')
        rows += [[f"\u2003{plotly_text(line)}"] for line in label[1:]]
        used += width
    text = "<br>".join("   ".join(row) for row in rows)
    place = {"x": 0, "xref": "paper", "xanchor": "left", "y": 1, "yref": "paper", "yanchor": "bottom", "yshift": 4}
    ink = {"font": {"size": style.size, "color": style.palette(mode).ink}}
    notes = [*layout["annotations"], note(text, style, mode, **place) | ink]
    return _higher(layout, len(rows) * style.size * LINE_PX + 12) | {"annotations": notes}


def _higher(layout: Spec, room: float) -> Spec:
    margin = layout["margin"] | {"t": round(layout["margin"]["t"] + room)}
    return {"height": round(layout["height"] + room), "margin": margin}
