"""What comments are about, as a part of the page of comments."""

from __future__ import annotations

from functools import partial

import streamlit as st

from analytics.estimates.themes import ThemeReport, examples, theme_groups
from analytics.estimates.view import View
from analytics.exports.cells import neutral_table
from analytics.exports.link import Query
from analytics.exports.plates import theme_groups_draft, themes_draft
from analytics.figures.themes import theme_bars, theme_groups_figure
from analytics.model import Question, Snapshot
from analytics.pages.address import asked_in_address
from analytics.pages.cards import show_cards
from analytics.pages.choices import choose_by
from analytics.pages.drawing import mode, show_figures
from analytics.pages.exporting import show_plate_export
from analytics.pages.plain import plain
from analytics.pages.sources import house_style
from analytics.words.themes import theme_groups_table

SHOWN_EXAMPLES = 2


def show_themes(opened: Snapshot, report: ThemeReport, view: View, beside: Question | None) -> None:
    """Shows each theme with its share, who says it, and the comments behind it; `view` is who wrote them, and when."""
    read = len(report.comments)
    if read < report.written:
        st.caption(f"Found in {read:,} of {report.written:,} comments, spread evenly over all of them.")
    if report.table.empty:
        st.info(
            "No clear themes. The comments are too few or too different: no theme comes back when a part of them is "
            "left out. Read them, or search."
        )
        return
    figure, behind = st.columns([2, 3], gap="large")
    with figure:
        asked = (("part", "themes"), *asked_in_address("written", "beside", "given"))
        plate = partial(themes_draft, report, view, asked)
        show_figures({"Figure": theme_bars(report, house_style(), mode())}, "themes", plate=plate)
        if opened.survey.dimensions:
            _show_groups(opened, report, view, asked)
    with behind:
        for row in report.table.to_dict("records"):
            with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
                st.markdown(f"**{plain(row['name'])}**", width="content")
                st.button(
                    f"Read all {row['count']:,}", on_click=_read, args=(row["theme"],), key=f"read {row['theme']}",
                    type="tertiary",
                )  # fmt: skip
            show_cards(opened, examples(report, row["theme"], SHOWN_EXAMPLES), beside)


def _read(theme: int) -> None:
    st.session_state["part"] = "read"
    st.query_params["theme"] = str(theme)


def _show_groups(opened: Snapshot, report: ThemeReport, view: View, asked: Query) -> None:
    st.markdown("**Who says it**")
    dimension, style = choose_by(opened.survey), house_style()
    groups = theme_groups(report, opened.levels(), dimension)
    st.dataframe(
        neutral_table(theme_groups_table(report, groups, style)), hide_index=True, key="theme groups",
        alt=f"Each theme by {dimension.label}",
    )  # fmt: skip
    st.caption(plain(theme_groups_figure(report, groups, dimension.label, style, mode()).caption))
    folded = st.expander("Export", key="theme groups open", on_change="rerun")
    if folded.open:
        with folded:
            draft = theme_groups_draft(report, view, groups, dimension, asked)
            show_plate_export(draft, "theme groups export")
