"""Published figures: what left the building, what later answers have moved, and the way back from a file."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from analytics.pages.dropped import show_drop
from analytics.pages.plain import plain
from analytics.pages.registered import MOST, reviewed_figures
from analytics.pages.republished import asks_for_care, link_of, page_of, show_standing
from analytics.published.review import Reviewed

NONE_YET = "No figure has left yet. Under every figure there is a tab Export; what is made there is listed here."


def show() -> None:
    """Shows the register, those figures first that ask for an update or a correction."""
    st.header("Published figures", anchor=False)
    show_drop("published drop")
    figures = reviewed_figures()
    if not figures:
        st.info(NONE_YET)
        return
    waiting = [one for one in figures if asks_for_care(one)]
    st.caption(
        _how_many(figures)
        + (
            f"{len(waiting)} of them ask for an update or a correction."
            if waiting
            else "All that are followed still hold."
        )
    )
    for one in [*waiting, *(figure for figure in figures if figure not in waiting)]:
        with st.container(border=True, gap="xsmall"):
            title = f"**{plain(one.figure.drawn['title'])}**"
            st.page_link(page_of(one.figure), label=title, query_params=link_of(one.figure))
            st.markdown(plain(one.figure.drawn["subtitle"]))
            show_standing(one)


def _how_many(figures: Sequence[Reviewed]) -> str:
    if len(figures) == MOST:
        return (
            f"The newest {MOST} figures; the command `published` lists older ones, and a file dropped above finds any. "
        )
    return f"{len(figures)} figure{'s' * (len(figures) != 1)} exported. "


if __name__ == "__main__":  # Streamlit runs a page as a script
    show()
