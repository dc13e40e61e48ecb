"""Makes the house template of slides anew: `python -m analytics.exports.slide_template data/slides.pptx`.

A newsroom may put its own file in its place. It needs three layouts, known by their names, with these placeholders:
"Cover" with a title (0) and text (1); "Figure" with a title (0), text for the question (11), a chart (10) and text for
the caption (12); "Text" with a title (0) and text (1).
"""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Any

from pptx import Presentation
from pptx.util import Inches

WIDE, HIGH = 13.333, 7.5
COVER, FIGURE, TEXT = "Cover", "Figure", "Text"
PLACES: dict[str, dict[int, tuple[float, float, float, float]]] = {
    COVER: {0: (0.9, 2.2, 11.4, 1.6), 1: (0.9, 3.9, 11.4, 2.6)},
    FIGURE: {
        0: (0.6, 0.4, 11.2, 0.7), 11: (0.6, 1.08, 11.2, 0.5), 10: (0.6, 1.65, 12.1, 4.45), 12: (0.6, 6.15, 12.1, 1.15),
    },
    TEXT: {0: (0.6, 0.4, 11.2, 0.7), 1: (0.6, 1.25, 12.1, 5.8)},
}  # fmt: skip
SOURCES = {COVER: "Title Slide", FIGURE: "Two Content", TEXT: "Title and Content"}
RENAMED = {FIGURE: {1: (10, "chart"), 2: (11, "body")}}


def template() -> bytes:
    """Returns a presentation without slides that has the three layouts."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(WIDE), Inches(HIGH)
    layouts = {layout.name: layout for layout in deck.slide_layouts}
    for name, source in SOURCES.items():
        _shape(layouts[source], name)
    for name, layout in layouts.items():
        if name not in SOURCES.values():
            deck.slide_layouts.remove(layout)
    for shape in list(deck.slide_master.placeholders):
        if shape.placeholder_format.type in (13, 15, 16):  # number, footer, date: the caption says what they would
            shape._element.getparent().remove(shape._element)
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


def _shape(layout: Any, name: str) -> None:
    layout.name = name
    for shape in list(layout.placeholders):
        index = shape.placeholder_format.idx
        if index >= 10:
            shape._element.getparent().remove(shape._element)
            continue
        if index in RENAMED.get(name, {}):
            _rename(shape, *RENAMED[name][index])
    if name == FIGURE:
        _copy_text(layout)
    for shape in layout.placeholders:
        left, top, width, height = (Inches(part) for part in PLACES[name][shape.placeholder_format.idx])
        shape.left, shape.top, shape.width, shape.height = left, top, width, height


def _rename(shape: Any, index: int, kind: str) -> None:
    mark = shape._element.nvSpPr.nvPr.ph
    mark.set("idx", str(index))
    mark.set("type", kind)
    mark.attrib.pop("sz", None)


def _copy_text(layout: Any) -> None:
    """Adds the placeholder of the caption, as a copy of that of the question."""
    from copy import deepcopy

    source = next(shape for shape in layout.placeholders if shape.placeholder_format.idx == 11)
    copied = deepcopy(source._element)
    copied.nvSpPr.cNvPr.set("id", "99")
    copied.nvSpPr.cNvPr.set("name", "Caption")
    copied.nvSpPr.nvPr.ph.set("idx", "12")
    source._element.addnext(copied)


if __name__ == "__main__":
    Path(sys.argv[1]).write_bytes(template())
