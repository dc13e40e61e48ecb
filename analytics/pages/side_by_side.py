"""Two samples side by side: what both were asked, the figure, and the gap for each answer."""

from __future__ import annotations

from functools import partial

import streamlit as st

from analytics.estimates.gaps import Gaps
from analytics.exports.link import Query
from analytics.exports.plates import gaps_draft
from analytics.figures.dumbbell import gap_figure
from analytics.model.sides import SideNames
from analytics.pages.drawing import mode, show_figures
from analytics.pages.plain import plain
from analytics.pages.sources import house_style
from analytics.words.gaps import OTHER_WORDING, gap_table


def show_gaps(gaps: Gaps, names: SideNames, key: str, asked: Query) -> None:
    """Shows how far one side lies above the other; `asked` is what the page's address says of the comparison."""
    words = st.columns(2, gap="large")
    for column, name, wording in zip(words, names, (gaps.wording, gaps.against_wording), strict=True):
        with column:
            st.caption(plain(f"{name} were asked"))
            st.markdown(f"“{plain(wording)}”")
    if not gaps.same_wording:
        st.warning(OTHER_WORDING)
    plate = partial(gaps_draft, gaps, names, asked)
    show_figures({"Figure": gap_figure(gaps, names, house_style(), mode())}, key, plate=plate)
    st.dataframe(
        gap_table(gaps, names, house_style()), hide_index=True, key=f"{key} gaps",
        alt="The gap for each answer, in points with its uncertainty interval",
    )  # fmt: skip
    st.caption("Gaps in points, with their 95 % uncertainty intervals. “A clear gap” is corrected for all of them.")
