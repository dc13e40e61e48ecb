"""The one place that knows Plotly at run time: a plain specification dressed as a figure, at no cost."""

from __future__ import annotations

from typing import Any

from plotly.basedatatypes import BaseFigure

from analytics.figures.figure import Spec

CONFIG: dict[str, Any] = {"displayModeBar": False, "responsive": True, "scrollZoom": False, "doubleClick": False}
"""How a figure behaves on a page: it answers to a pointer and to nothing else."""


def picture_config(name: str, width: float, height: float, zoom: float) -> dict[str, Any]:
    """Returns how a figure behaves that the reader's own browser shall save as a picture: one button, a camera."""
    options = {"format": "png", "filename": name, "width": width, "height": height, "scale": zoom * 2}
    return CONFIG | {"displayModeBar": True, "modeBarButtons": [["toImage"]], "toImageButtonOptions": options}


class RawFigure(BaseFigure):  # type: ignore[misc]  # Plotly ships no types
    """A figure that hands out its specification as it is.

    Plotly's own figures check and copy every part, which costs more than drawing; the tests check the specifications.

    Example:
        >>> RawFigure({"data": [], "layout": {}}).to_dict()
        {'data': [], 'layout': {}}
    """

    def __init__(self, spec: Spec) -> None:
        # The parent would check every part; it is left uncalled, and object's own way in avoids its __setattr__.
        object.__setattr__(self, "_raw", spec)

    def to_dict(self) -> Spec:
        """Returns the specification itself."""
        raw: Spec = object.__getattribute__(self, "_raw")
        return raw
