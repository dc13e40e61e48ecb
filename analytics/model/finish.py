"""How somebody wants a figure to look: it travels beside a request, and no number depends on it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Finish:
    """The looks of a figure. An empty text leaves what the kind of figure writes itself.

    `note` stands at the end of the caption. `chart` is another way of drawing that the kind offers, empty for its usual
    one. `size` names a picture of the house style, "figure" the figure as it stands on the page.
    """

    title: str = ""
    subtitle: str = ""
    note: str = ""
    alt: str = ""
    chart: str = ""
    language: str = "en"
    size: str = "figure"
