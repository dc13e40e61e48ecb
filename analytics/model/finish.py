"""How somebody wants a figure to look: it travels beside a request, and no number depends on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

SORTS = ("", "largest", "smallest", "name")
"""The orders of answers or groups: the survey's own, by the size of the share, by name. Those by size of groups may
name the answer whose share it is: "largest=yes"."""
BY = "="


@dataclass(frozen=True)
class Finish:
    """How a figure is to look. An empty text leaves what the kind of figure writes itself.

    `note` stands at the end of the caption. `source` says whose survey it is, and when it was if its answers have no
    days. `chart` is another way of drawing that the kind offers, empty for its usual
    one. `size` names a picture of the house style, "figure" the figure as it stands on the page. `sort` is one of
    SORTS, see there. `highlight` is the value of one answer or group, which keeps its colour while the others turn
    grey; `colours` pairs values with colours of the house. `labels` is whether numbers stand at bars and lines.
    `only` holds the values of the answers or groups whose lines are drawn, none for all of them.
    """

    title: str = ""
    subtitle: str = ""
    note: str = ""
    source: str = ""
    alt: str = ""
    chart: str = ""
    language: str = "en"
    size: str = "figure"
    sort: str = ""
    highlight: str = ""
    colours: tuple[tuple[str, str], ...] = ()
    labels: bool = True
    only: tuple[str, ...] = ()


AS_USUAL = Finish()
"""The finish that a figure has where nobody chose any."""


def finish_in(kept: Mapping[str, Any]) -> Finish:
    """Returns the finish that was kept as plain values, such as JSON holds; what is unknown by now is left out.

    Example:
        >>> finish_in({"title": "57% say no", "colours": [["n", "#14788c"]], "font": "Papyrus"}).colours
        (('n', '#14788c'),)
    """
    known = {field.name: kept[field.name] for field in fields(Finish) if field.name in kept}
    if "colours" in known:
        known["colours"] = tuple((str(value), str(colour)) for value, colour in known["colours"])
    if "only" in known:
        known["only"] = tuple(map(str, known["only"]))
    return Finish(**known)
