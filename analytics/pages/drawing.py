"""Hands figures to Streamlit: the one place that knows how they are drawn."""

from __future__ import annotations

import streamlit as st

from analytics.figures.figure import Figure
from analytics.figures.plotly_adapter import RawFigure
from analytics.figures.style import Mode
from analytics.pages.plain import plain

CONFIG = {"displayModeBar": False, "displaylogo": False, "showTips": False}
TABLE = "Table"


def mode() -> Mode:
    """Returns whether the reader of the page looks at it in light or dark."""
    return "dark" if st.context.theme.type == "dark" else "light"


def show_figures(figures: dict[str, Figure], key: str, *, headed: bool = True) -> None:
    """Shows one figure, or several ways to draw the same numbers, with the numbers as a table one click away.

    Args:
        figures: by the name of the tab; the first is shown first, and gives title, caption and table.
        headed: whether the title still has to be shown.
    """
    first = next(iter(figures.values()))
    if headed:
        st.markdown(f"**{plain(first.title)}**")
    for tab, name in zip(
        st.tabs([*figures, TABLE], key=f"{key}_as", on_change="rerun"), [*figures, TABLE], strict=True
    ):
        if not tab.open:
            continue
        with tab:
            if name == TABLE:
                st.dataframe(first.table, hide_index=True, key=f"{key}_table", alt=f"The numbers of: {first.title}")
            else:
                _show(figures[name], f"{key}_{name}")
    st.caption(plain(first.caption))


def _show(figure: Figure, key: str) -> None:
    st.plotly_chart(RawFigure(figure.spec), theme=None, key=key, alt=figure.alt, config=CONFIG)
