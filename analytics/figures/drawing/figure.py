"""What every builder returns, and the quiet frame that all figures share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from analytics.figures.drawing.style import Mode, Style
from analytics.model import Survey
from analytics.words.captions import Caption, joined
from analytics.words.names import simulated_word

Spec = dict[str, Any]

MARK = "simulated"
"""The name of the note by which a figure says that its survey is simulated."""

LINE_PX = 1.25
"""The height of a line of text, as a multiple of the font size."""


@dataclass(frozen=True)
class ToldLine:
    """The line of a trend that its title tells of: its share at each stop, None where none is shown, and its colour.

    `apart` are the places of the periods that stand out of it, `moves` whether the title says that it rose or fell.
    """

    shares: tuple[float | None, ...]
    apart: tuple[int, ...]
    colour: str
    moves: bool = False


@dataclass(frozen=True, eq=False)
class Figure:
    """A figure with everything that is said about it.

    `spec` is a plain Plotly specification. `title` says what the numbers show, `subtitle` is the question, `sentences`
    are the disclosure, `line` what a page says of it below the figure, `alt` is the figure in sentences; all of it
    plain text. `tabulate` gives the numbers for display, which few ever ask for. `finding` is how large the difference
    is that the title tells of, by the page's own tests; None where it tells of none. `shades` say row by row how dark
    the cells of that table are, in steps of the heat colours, None where one has no shade; empty where none has.
    `told` is the line of a trend that the title tells of.
    """

    spec: Spec
    title: str
    subtitle: str
    sentences: Caption
    alt: str
    tabulate: Callable[[], pd.DataFrame]
    line: Caption = ()
    finding: float | None = None
    shades: tuple[tuple[int | None, ...], ...] = ()
    told: ToldLine | None = None
    tells: bool = True

    @property
    def short_caption(self) -> str:
        """What stands under the figure on a page: its line where it has one, else all of the disclosure."""
        return joined(self.line or self.sentences)

    @property
    def caption(self) -> str:
        """The disclosure as one text, as it is true under this drawing."""
        return joined(self.sentences)

    @property
    def picture_caption(self) -> str:
        """What a picture by itself says below the drawing: only what is needed to read it."""
        return joined(self.sentences, "picture")

    @cached_property
    def kept(self) -> dict[str, Any]:
        """What whoever shows the figure has made of it, for the next time that it is shown."""
        return {}

    @cached_property
    def table(self) -> pd.DataFrame:
        """Returns the numbers for display."""
        return self.tabulate()


def frame(style: Style, mode: Mode, height: float, **margin: float) -> Spec:
    """Returns the layout of a figure so high, in pixels, whose width is that of its place on the page."""
    palette = style.palette(mode)
    font = {"family": style.font, "size": style.size, "color": palette.ink}
    return {
        "template": {},
        "autosize": True,
        "height": round(height),
        "margin": {"l": 8, "r": 12, "t": 8, "b": 8, "pad": 0} | margin,
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": font,
        "showlegend": False,
        "dragmode": False,
        "hovermode": "closest",
        "hoverlabel": {
            "bgcolor": palette.background,
            "bordercolor": palette.muted,
            "font": font | {"size": style.small + 1},
            "align": "left",
        },
        "annotations": [],
        "shapes": [],
    }


def quiet_axis(**more: Any) -> Spec:
    """Returns an axis without lines, marks or grid that a finger cannot drag."""
    bare = {"showgrid": False, "zeroline": False, "showline": False, "ticks": "", "fixedrange": True}
    return bare | {"showticklabels": False} | more


def percent_axis(style: Style, mode: Mode, at: tuple[int, ...]) -> Spec:
    """Returns an axis from 0 to 100 % with faint lines at these points, the sign on the last one."""
    palette = style.palette(mode)
    words = [f"{point}{style.percent if point == at[-1] else ''}" for point in at]
    return quiet_axis(
        range=[0, 100],
        tickvals=list(at),
        ticktext=words,
        showticklabels=True,
        showgrid=True,
        gridcolor=palette.faint,
        gridwidth=1,
        zeroline=True,
        zerolinecolor=palette.muted,
        zerolinewidth=1,
        tickfont={"size": style.small, "color": palette.muted},
    )


def note(text: str, style: Style, mode: Mode, **more: Any) -> Spec:
    """Returns a small muted text at a place of the figure; the text must be safe already."""
    font = {"size": style.small, "color": style.palette(mode).muted}
    return {"text": text, "showarrow": False, "font": font, "align": "left"} | more


def mark_simulated(layout: Spec, survey: Survey, style: Style, mode: Mode) -> Spec:
    """Returns the layout, for a simulated survey with the word for it above everything else in the figure."""
    if not survey.simulated:
        return layout
    top = layout["margin"]["t"]
    room = style.small * LINE_PX + 8
    font = {"size": style.small, "color": style.palette(mode).notice}
    at = {"xref": "paper", "yref": "paper", "x": 1, "y": 1, "xanchor": "right", "yanchor": "bottom", "yshift": top}
    mark = note(f"<b>{simulated_word()}</b>", style, mode, name=MARK, **at) | {"font": font}
    return layout | {
        "height": round(layout["height"] + room),
        "margin": layout["margin"] | {"t": round(top + room)},
        "annotations": [*layout["annotations"], mark],
    }


def unmarked(spec: Spec, style: Style) -> Spec:
    """Returns the specification without the word for a simulated survey, for a page that has said it already."""
    notes = spec["layout"].get("annotations", [])
    kept = [one for one in notes if one.get("name") != MARK]
    if len(kept) == len(notes):
        return spec
    layout, room = spec["layout"], round(style.small * LINE_PX + 8)
    margin = layout["margin"] | {"t": layout["margin"]["t"] - room}
    return spec | {"layout": layout | {"annotations": kept, "margin": margin, "height": layout["height"] - room}}


def empty_spec(text: str, survey: Survey, style: Style, mode: Mode) -> Spec:
    """Returns a figure that says in words why there is nothing to draw; the text must be safe already."""
    at = {"xref": "paper", "yref": "paper", "x": 0, "y": 0.5, "xanchor": "left", "yanchor": "middle"}
    layout = frame(style, mode, 72) | {"xaxis": quiet_axis(range=[0, 1]), "yaxis": quiet_axis(range=[0, 1])}
    layout["annotations"] = [note(text, style, mode, **at)]
    return {"data": [], "layout": mark_simulated(layout, survey, style, mode)}
