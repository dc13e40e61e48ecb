"""Figures as a page draws them: a part of ours, in which Plotly draws anew only what has become another figure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import streamlit as st

from analytics.figures.drawing.figure import Spec
from analytics.figures.paper.plotly_adapter import CONFIG, spec_text
from analytics.pages.ground.drawn_by import BASIC, PLACE, SCRIPT, WHOLE
from analytics.pages.ground.runs import of_run

OF_THE_BASIC = {"bar", "scatter"}
"""Kinds of traces for which the small library does."""
PICKED_BY: dict[str, dict[str, Any]] = {
    "": {},
    "points": {"clickmode": "event"},
    "box": {"clickmode": "event", "dragmode": "select", "selectdirection": "h"},
}
"""What is set in a figure in which points or a stretch can be picked."""

Picking = Literal["", "points", "box"]
_SCRIPT = """
const page = document.querySelector('script[type=module][src*="/static/js/"]');
export default async (told) => (await import(new URL(`../../${told.data.script}`, page.src).href)).default(told);
"""


@dataclass(frozen=True)
class WrittenChart:
    """A figure as the browser is told of it, and which library draws it."""

    text: str
    library: str


def written_chart(spec: Spec, picking: Picking = "") -> WrittenChart:
    """The figure written down; `picking` is what can be picked in it."""
    layout = {name: value for name, value in spec["layout"].items() if name != "template"} | PICKED_BY[picking]
    kinds = {trace.get("type", "scatter") for trace in spec["data"]}
    text = spec_text(spec | {"layout": layout})  # any template, even an empty one, is taken for another
    return WrittenChart(text, BASIC if kinds <= OF_THE_BASIC else WHOLE)


def show_chart(
    spec: Spec | WrittenChart,
    key: str,
    alt: str,
    *,
    config: Mapping[str, Any] = CONFIG,
    picking: Picking = "",
    picked: Callable[[Mapping[str, Any]], None] | None = None,
) -> None:
    """Shows the figure; `alt` says it to those who cannot see it.

    Args:
        spec: the figure; written down already with the same `picking` where somebody keeps it.
        key: names the place of the page, in which the next figure of this key is drawn.
        picking: what can be picked in it: points with a click, or a stretch along x with a drag.
        picked: takes what was picked before the page is drawn anew, `{"points": [[trace, point], ...]}` or
            `{"stretch": [from, to]}`.
    """
    told = spec if isinstance(spec, WrittenChart) else written_chart(spec, picking)
    data = {
        "spec": told.text, "alt": alt, "config": dict(config), "pick": picking, "script": f"{PLACE}/{SCRIPT}",
        "library": told.library,
    }  # fmt: skip

    def on_picked() -> None:
        sent = st.session_state[key].get("picked")
        if picked is not None and sent:
            picked(sent)

    of_run(_drawn)(key=key, data=data, on_picked_change=on_picked)


@st.cache_resource(show_spinner=False)
def _drawn() -> Any:
    place = '<div class="our-chart" role="figure" aria-busy="true"></div>'
    return st.components.v2.component("chart", html=place, js=_SCRIPT, isolate_styles=False)
