"""Hands figures to Streamlit: the one place that knows how they are drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

import streamlit as st

from analytics.exports.facts import disclosed
from analytics.figures.figure import Figure, Spec, unmarked
from analytics.figures.plotly_adapter import RawFigure
from analytics.figures.press import warm
from analytics.figures.style import Mode
from analytics.kinds.kind import Made
from analytics.language.said import noted, spoken, spoken_each
from analytics.pages.choices.controls import turn_of
from analytics.pages.figures.exporting import show_export
from analytics.pages.figures.weighting import show_bases_of
from analytics.pages.ground.plain import plain
from analytics.pages.ground.sheet import show_table
from analytics.pages.ground.sources import house_style
from analytics.words.disclosure import Item

CONFIG = {"displayModeBar": False, "displaylogo": False, "showTips": False}
TABLE, METHOD, EXPORT = noted("Table"), noted("Method"), noted("Export")
PICKED_BY: dict[str, dict[str, Any]] = {
    "points": {"clickmode": "event+select", "dragmode": "pan"},
    "box": {"clickmode": "event", "dragmode": "select", "selectdirection": "h"},
}
"""What Streamlit would set in a figure in which points or a stretch can be picked."""


@dataclass(frozen=True)
class Pick:
    """What a selection in a figure does: `keep` takes the value behind a point, or the two ends of a stretch."""

    mode: Literal["points", "box"]
    keep: Callable[..., None]


def mode() -> Mode:
    """Returns whether the reader of the page looks at it in light or dark."""
    return "dark" if st.context.theme.type == "dark" else "light"


def show_figures(
    figures: Mapping[str, Figure | Callable[[], Figure]],
    key: str,
    *,
    heading: Literal["", "bold", "header"] = "bold",
    made: Callable[[], Made] | None = None,
    pick: Pick | None = None,
    mind: str = "",
) -> None:
    """Shows one figure, or several ways to draw the same numbers; the numbers and how they came about one click away.

    Args:
        figures: by the name in the list, a noted sentence; the first is shown first, and gives title, caption and
            table. Each may be how to make it, the others when they are chosen.
        heading: how the title is shown; not at all where the page has said it.
        made: what the figures show, put together when it is asked for; its disclosure is one click away, and the export
            menu is in the list.
        pick: what a selection in the first figure does.
        mind: what whoever prints the title has to know; it stands right under it.
    """
    if made and st.context.url:  # somebody looks at it who may take it along; a browser needs a while to start
        warm()
    first = _made(next(iter(figures.values())))
    names = [*figures, TABLE, *([EXPORT] if made else [])]
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="right", gap="small"):
        if heading == "header":
            st.header(plain(first.title), anchor=False, width="stretch")
        elif heading:
            st.markdown(f"**{plain(first.title)}**", width="stretch")
        name = _choose_look(names, f"{key} as")
        method = st.popover(spoken(METHOD), key=f"{key} method", on_change="rerun", type="tertiary") if made else None
    if mind:
        st.markdown(plain(mind))
    if method is not None and method.open and made:
        with method:
            st.caption(plain(first.caption))
            show_bases_of(made().views[0], f"{key} bases")
            show_method(disclosed(made().views, house_style()))
    if name == TABLE:
        told = first.table.drop(columns=spoken("Data"), errors="ignore")  # the page says it once, at its head
        show_table(told, f"{key} table", spoken("The numbers of: {title}", title=first.title))
    elif name == EXPORT and made:
        show_export(made(), key, mind)
    else:
        leading = name == names[0]
        _show(first if leading else _made(figures[name]), f"{key} {name}", pick if leading else None)
    st.caption(plain(first.short_caption))


def _choose_look(names: Sequence[str], key: str) -> str:
    if st.session_state.get(key) not in names:
        st.session_state.pop(key, None)
    words = spoken_each({name: name for name in names})
    return st.selectbox(
        spoken("Shown as"), names, format_func=words.__getitem__, key=key, label_visibility="collapsed", width=130
    )  # fmt: skip


def _made(figure: Figure | Callable[[], Figure]) -> Figure:
    return figure if isinstance(figure, Figure) else figure()


def _show(figure: Figure, key: str, pick: Pick | None = None) -> None:
    if pick is None:
        shown = RawFigure(_drawn_once(figure.spec))
        st.plotly_chart(shown, theme=None, key=key, alt=figure.alt, config=CONFIG)
        return
    turn = turn_of(key)
    st.plotly_chart(
        RawFigure(_drawn_once(figure.spec, **PICKED_BY[pick.mode])), theme=None, key=turn, alt=figure.alt,
        config=CONFIG, selection_mode=pick.mode, on_select=partial(_picked, figure.spec, key, turn, pick),
    )  # fmt: skip


def _drawn_once(spec: Spec, **picked_by: object) -> Spec:
    """Returns the specification so that the browser draws it once, without what the page says at its head.

    Streamlit hands each figure to Plotly a second time right after the first, copied, and with the settings by which
    things are picked where they are missing. Without a revision Plotly takes copied data for other data, and draws all
    of it again; each specification has a figure of its own in the page, whose data never change. A template too would
    be taken for another one, even an empty one.
    """
    bare = unmarked(spec, house_style())
    layout = {name: value for name, value in bare["layout"].items() if name != "template"}
    return bare | {"layout": layout | picked_by | {"datarevision": 1}}


def _picked(spec: Spec, key: str, turn: str, pick: Pick) -> None:
    """Hands on what was selected: the value behind the first point that has one, or the ends of the first stretch."""
    chosen = st.session_state[turn]["selection"]
    if pick.mode == "box":
        found = [tuple(sorted(box["x"])) for box in chosen["box"]]
    else:
        points = [(spec["data"][one["curve_number"]], one["point_index"]) for one in chosen["points"]]
        found = [(trace["customdata"][at],) for trace, at in points if "customdata" in trace]
    if found and found[0][0] is not None:
        turn_of(key, over=True)
        pick.keep(*found[0])


def show_method(items: Sequence[Item]) -> None:
    """Shows the disclosure, item by item."""
    missing, count = len({item.number for item in items if item.missing}), len({item.number for item in items})
    known = noted("The {count} items that AAPOR’s Transparency Initiative asks for, all of them known.")
    partly = noted(
        "The {count} items that AAPOR’s Transparency Initiative asks for, {missing} of them not known in full."
    )
    st.caption(spoken(partly if missing else known, count=count, missing=missing))
    for item in items:
        mark = f":orange-badge[{spoken('Missing')}] " if item.missing else ""
        more = spoken("The rest is not known; the survey’s definition has a place for it.") if item.missing else ""
        words = f"{item.known} {more}" if item.known else more
        st.markdown(f"{mark}**{item.number}\u2002{plain(item.name)}.** {plain(words)}")
