"""A figure ready to leave the page: title, question, drawing, disclosure, source and logo in one specification."""

from __future__ import annotations

import base64
import html
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from analytics.figures.drawing.colours import tint
from analytics.figures.drawing.figure import LINE_PX, Figure, Spec
from analytics.figures.drawing.style import Palette, Style
from analytics.figures.drawing.text import plotly_text, width_px
from analytics.language.text import isolated, plain_text

TextMeasure = Callable[[Sequence[tuple[str, int, bool]]], list[float]]
"""Returns how many pixels wide each text is, given with its size in pixels and whether it is bold."""

PAD = 28
TITLE_PX, QUESTION_PX, FINE_PX = 22, 15, 12
ACROSS_PX = 72
ZOOMS = (2.0, 1.75, 1.5, 1.25, 1.0, 0.85, 0.7)
"""How much larger than on the page a figure is drawn in a picture of a given size; the first that leaves room."""
LEAST_OF_HEIGHT, MOST_OF_HEIGHT = 0.85, 1.9
"""How far the drawing may be pressed together or pulled apart to fill a picture, as a part of its own height."""


@dataclass(frozen=True, eq=False)
class Poster:
    """A complete specification with its size in pixels; `zoom` is by how much a picture of it is to be enlarged.

    `room` is the height that is left for the drawing, as a part of its own.
    """

    spec: Spec
    width: float
    height: float
    zoom: float = 1
    room: float = 1


@dataclass(frozen=True)
class _Block:
    """Lines of one size, safe for a figure."""

    lines: tuple[str, ...]
    size: int
    bold: bool = False

    @property
    def height(self) -> float:
        return len(self.lines) * self.size * LINE_PX


def poster(
    figure: Figure, credit: str, style: Style, *, width: int, height: int, measure: TextMeasure, across: str = ""
) -> Poster:  # fmt: skip
    """Returns the figure with everything that has to stand around it, for a picture so many pixels wide and high.

    Args:
        credit: the last line: who publishes, how many answered, when.
        height: 0 for as high as what stands in it.
        across: a word that is written large and pale across the drawing, where nobody can crop it away.
    """
    figure = replace(figure, spec=written_across(figure.spec, across, style.light)) if across else figure
    if not height:
        return _at(figure, credit, style, float(width), 0.0, 1.0, measure)
    found = _at(figure, credit, style, float(width), float(height), ZOOMS[0], measure)
    for zoom in ZOOMS:
        found = _at(figure, credit, style, width / zoom, height / zoom, zoom, measure)
        if found.room >= LEAST_OF_HEIGHT:
            break
    return found


def drawing_px(width: int, height: int) -> int:
    """Returns how wide the drawing of a picture so wide and high is at least, in pixels of its own letters."""
    return int(width / (ZOOMS[0] if height else 1)) - 2 * PAD


def written_across(spec: Spec, word: str, palette: Palette) -> Spec:
    """Returns the drawing with the word large and pale in its middle, where nobody can crop it away.

    Of several tables it stands in the middle of the highest one: between two it would cross the heads of the lower.
    """
    tables = [trace["domain"]["y"] for trace in spec["data"] if trace["type"] == "table" and "domain" in trace]
    low, high = max(tables, key=lambda ends: ends[1] - ends[0], default=(0.0, 1.0))
    place = {
        "xref": "paper",
        "yref": "paper",
        "x": 0.5,
        "y": (low + high) / 2,
        "xanchor": "center",
        "yanchor": "middle",
    }
    pale = {"size": ACROSS_PX, "color": tint(palette.notice, 0.13)}
    mark = {"text": f"<b>{plotly_text(word)}</b>", "showarrow": False, "font": pale} | place
    return spec | {"layout": spec["layout"] | {"annotations": [mark, *spec["layout"]["annotations"]]}}


def estimated(texts: Sequence[tuple[str, int, bool]]) -> list[float]:
    """Returns about how wide each text is, where no browser is there to measure it."""
    return [width_px(text, size) * (1.12 if bold else 1.04) for text, size, bold in texts]


def _at(
    figure: Figure, credit: str, style: Style, width: float, height: float, zoom: float, measure: TextMeasure
) -> Poster:
    layout = figure.spec["layout"]
    text_px = width - 2 * PAD
    logo_px = 44 if style.logo else 0
    title = _block(figure.title, TITLE_PX, text_px - logo_px, measure, bold=True)
    question = _block(figure.subtitle, QUESTION_PX, text_px - logo_px, measure)
    fine = _block(figure.picture_caption, FINE_PX, text_px, measure)
    last = _block(credit, FINE_PX, text_px, measure)
    head = PAD + title.height + 6 + question.height + 18
    foot = 16 + fine.height + 4 + last.height + PAD - 6
    own = float(layout["height"])
    total = height or float(round(head + own + foot))
    plot = min(total - head - foot, own * MOST_OF_HEIGHT)
    room = (total - head - foot) / own
    spec = _composed(figure.spec, style, width, total, head, max(plot, 60), (title, question, fine, last), measure)
    return Poster(spec, width, total, zoom, room)


def _composed(
    spec: Spec, style: Style, width: float, total: float, head: float, plot: float, blocks: tuple[_Block, ...],
    measure: TextMeasure,
) -> Spec:  # fmt: skip
    layout, palette = spec["layout"], style.light
    title, question, fine, last = blocks
    axis = {key: value for key, value in layout.get("yaxis", {}).items() if key != "automargin"}
    left = PAD + max(layout["margin"]["l"], _labels_px(axis, layout["font"]["size"], measure))
    right, top = PAD + layout["margin"]["r"] - 12, head + layout["margin"]["t"]
    bottom = total - head - plot + layout["margin"]["b"]
    notes = [
        _note(title, palette.ink, -left + PAD, top - PAD, up=True),
        _note(question, palette.muted, -left + PAD, top - PAD - title.height - 6, up=True),
        _note(fine, palette.muted, -left + PAD, PAD - 6 + last.height + 4 - bottom, up=False),
        _note(last, palette.muted, -left + PAD, PAD - 6 - bottom, up=False),
    ]
    inner_w, inner_h = width - left - right, total - top - bottom
    changed = {
        "width": width,
        "height": total,
        "autosize": False,
        "paper_bgcolor": palette.background,
        "plot_bgcolor": palette.background,
        "margin": {"l": left, "r": right, "t": top, "b": bottom, "pad": 0},
        "yaxis": axis,
        "annotations": [*layout["annotations"], *notes],
        "images": _logo(style, right, top, inner_w, inner_h),
    }
    return {"data": spec["data"], "layout": layout | changed}


def _block(text: str, size: int, width: float, measure: TextMeasure, *, bold: bool = False) -> _Block:
    """Returns the text broken between words, inside one only where it is wider than a line, such as an address."""
    pieces = _pieces(plain_text(text).split(" "), size, width, measure, bold)
    widths = measure([(piece, size, bold) for piece, _ in pieces])
    space = measure([("n n", size, bold)])[0] - measure([("nn", size, bold)])[0]
    lines, reach = [""], 0.0
    for (piece, glue), own in zip(pieces, widths, strict=True):
        needed = own + (space if glue else 0.0)
        if lines[-1] and reach + needed > width:
            lines, reach = [*lines, piece], own
        else:
            lines[-1], reach = (lines[-1] + glue + piece if lines[-1] else piece), reach + needed
    return _Block(tuple(plotly_text(isolated(line)) for line in lines), size, bold)


def _pieces(words: list[str], size: int, width: float, measure: TextMeasure, bold: bool) -> list[tuple[str, str]]:
    """Returns what has to stay together on a line, each with what stands between it and the one before."""
    found: list[tuple[str, str]] = []
    for word, own in zip(words, measure([(word, size, bold) for word in words]), strict=True):
        if own <= width:
            found.append((word, " "))
            continue
        parts = re.findall(r"[^?&/]*[?&/]|[^?&/]+", word)
        most = max(1, int(len(word) * width / own * 0.8))
        short = [part[at : at + most] for part in parts for at in range(0, len(part), most)]
        found += [(part, "" if number else " ") for number, part in enumerate(short)]
    return found


def _labels_px(axis: dict[str, Any], size: int, measure: TextMeasure) -> float:
    """Returns how wide the labels left of the drawing are, with their distance from it."""
    if not axis.get("showticklabels"):
        return 0.0
    size = axis.get("tickfont", {}).get("size", size)
    lines = [line for label in axis.get("ticktext", ()) for line in str(label).split("<br>")]
    widest = max(measure([(plain_label(line), size, False) for line in lines]), default=0.0)
    return widest + float(axis.get("ticklabelstandoff", 0)) + 4


def data_address(picture: Path) -> str:
    """Returns a picture as an address that holds it whole."""
    kind = "svg+xml" if picture.suffix == ".svg" else picture.suffix.lstrip(".").replace("jpg", "jpeg")
    return f"data:image/{kind};base64,{base64.b64encode(picture.read_bytes()).decode()}"


def plain_label(line: str) -> str:
    """Returns the letters of a label without its marks, as wide as it is drawn.

    Example:
        >>> plain_label("<b>R&amp;D</b>")
        'R&D'
    """
    return html.unescape(re.sub(r"<[^>]*>", "", line))


def _note(block: _Block, colour: str, x: float, y: float, *, up: bool) -> Spec:
    text = "<br>".join(block.lines)
    return {
        "text": f"<b>{text}</b>" if block.bold else text,
        "showarrow": False, "align": "left", "font": {"size": block.size, "color": colour}, "borderpad": 0,
        "xref": "paper", "x": 0, "xanchor": "left", "xshift": x,
        "yref": "paper", "y": 1 if up else 0, "yanchor": "top" if up else "bottom", "yshift": y,
    }  # fmt: skip


def _logo(style: Style, right: float, top: float, width: float, height: float) -> list[Spec]:
    if style.logo is None:
        return []
    source = data_address(style.logo)
    side = 32
    return [
        {
            "source": source, "xref": "paper", "yref": "paper", "xanchor": "right", "yanchor": "top",
            "x": 1 + (right - PAD) / width, "y": 1 + (top - PAD) / height,
            "sizex": side / width, "sizey": side / height, "sizing": "contain", "layer": "above",
        }
    ]  # fmt: skip
