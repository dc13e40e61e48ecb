"""The one place that knows Plotly at run time: how a specification is written, and how a figure behaves on a page."""

from __future__ import annotations

from typing import Any

from plotly.io.json import to_json_plotly

from analytics.figures.drawing.figure import Spec

CONFIG: dict[str, Any] = {
    "displayModeBar": False, "displaylogo": False, "showTips": False, "scrollZoom": False, "doubleClick": False,
}  # fmt: skip
"""How a figure behaves on a page: it answers to a pointer and to nothing else."""


def picture_config(name: str, width: float, height: float, zoom: float) -> dict[str, Any]:
    """Returns how a figure behaves that the reader's own browser shall save as a picture: one button, a camera."""
    options = {"format": "png", "filename": name, "width": width, "height": height, "scale": zoom * 2}
    return CONFIG | {"displayModeBar": True, "modeBarButtons": [["toImage"]], "toImageButtonOptions": options}


def spec_text(spec: Spec) -> str:
    """Returns the specification as JSON, written as Plotly writes it: days and NumPy's numbers too, no number as null.

    Example:
        >>> spec_text({"data": [{"x": [1.5, float("nan")]}], "layout": {}})
        '{"data":[{"x":[1.5,null]}],"layout":{}}'
    """
    return str(to_json_plotly(spec, engine="json"))
