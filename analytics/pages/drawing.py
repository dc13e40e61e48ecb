"""Hands figures to Streamlit: the one place that knows how they are drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from analytics.exports.cells import neutral_table
from analytics.figures.figure import Figure
from analytics.figures.plotly_adapter import RawFigure
from analytics.figures.style import Mode
from analytics.pages.exporting import show_export
from analytics.pages.plain import plain
from analytics.views.disclosure import disclosure
from analytics.views.view import View

CONFIG = {"displayModeBar": False, "displaylogo": False, "showTips": False}
TABLE = "Table"
METHOD = "Method"
EXPORT = "Export"


def mode() -> Mode:
    """Returns whether the reader of the page looks at it in light or dark."""
    return "dark" if st.context.theme.type == "dark" else "light"


def show_figures(
    figures: Mapping[str, Figure | Callable[[], Figure]],
    key: str,
    *,
    headed: bool = True,
    view: View | None = None,
    line: str | None = None,
) -> None:
    """Shows one figure, or several ways to draw the same numbers; the numbers and how they came about one click away.

    Args:
        figures: by the name of the tab; the first is shown first, and gives title, caption and table. Each may be how
            to make it, the others when their tab is opened.
        headed: whether the title still has to be shown.
        view: what the figures show; its disclosure stands under a tab of its own, and so does the export menu.
        line: the choice that a trend by group follows.
    """
    first = _made(next(iter(figures.values())))
    if headed:
        st.markdown(f"**{plain(first.title)}**")
    names = [*figures, TABLE, *([METHOD, EXPORT] if view else [])]
    for tab, name in zip(st.tabs(names, key=f"{key} as", on_change="rerun"), names, strict=True):
        if not tab.open:
            continue
        with tab:
            if name == TABLE:
                st.dataframe(
                    neutral_table(first.table),
                    hide_index=True,
                    key=f"{key} table",
                    alt=f"The numbers of: {first.title}",
                )
            elif name == METHOD and view:
                _show_method(view)
            elif name == EXPORT and view:
                show_export(view, key, line)
            else:
                _show(first if name == names[0] else _made(figures[name]), f"{key} {name}")
    st.caption(plain(first.caption))


def _made(figure: Figure | Callable[[], Figure]) -> Figure:
    return figure if isinstance(figure, Figure) else figure()


def _show(figure: Figure, key: str) -> None:
    st.plotly_chart(RawFigure(figure.spec), theme=None, key=key, alt=figure.alt, config=CONFIG)


def _show_method(view: View) -> None:
    items = disclosure(view)
    missing = sum(item.missing for item in items)
    known = "all of them known" if not missing else f"{missing} of them not known in full"
    st.caption(f"The {len(items)} items that AAPOR’s Transparency Initiative asks for, {known}.")
    for item in items:
        mark = ":orange-badge[Missing] " if item.missing else ""
        st.markdown(f"{mark}**{item.number}\u2002{plain(item.name)}.** {plain(item.words)}")
