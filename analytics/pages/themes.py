"""What comments are about, as a part of the page of comments."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from analytics.exports.cells import neutral
from analytics.exports.plate import LANGUAGE
from analytics.exports.plates import themes_plate
from analytics.figures.text import plain_text
from analytics.figures.themes import theme_bars
from analytics.model import Question
from analytics.pages.address import asked_in_address
from analytics.pages.cards import show_cards
from analytics.pages.choices import choose_by
from analytics.pages.drawing import mode, show_figures
from analytics.pages.opening import Opened
from analytics.pages.plain import plain
from analytics.pages.sources import house_style
from analytics.pages.written import profile_levels_at
from analytics.views.themes import ThemeReport, examples, theme_groups
from analytics.views.view import View

SHOWN_EXAMPLES = 2


def show_themes(opened: Opened, report: ThemeReport, view: View, beside: Question | None) -> None:
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
        plate = partial(themes_plate, report, view, house_style(LANGUAGE), asked)
        show_figures({"Figure": theme_bars(report, house_style(), mode())}, "themes", plate=plate)
        if opened.survey.dimensions:
            _show_groups(opened, report)
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


def _show_groups(opened: Opened, report: ThemeReport) -> None:
    st.markdown("**Who says it**")
    dimension = choose_by(opened.survey)
    groups = theme_groups(report, profile_levels_at(opened.survey.key, opened.status.revision), dimension)
    texts = [
        "–" if row.suppressed else f"{row.share:.0%} ({row.low:.0%}–{row.high:.0%})" for row in groups.itertuples()
    ]
    laid = groups.assign(text=texts, level_label=[neutral(plain_text(label)) for label in groups["level_label"]])
    table = laid.pivot_table(index="name", columns="level_label", values="text", aggfunc="first", sort=False)
    order = pd.unique(laid["level_label"])
    st.dataframe(
        table.reindex(index=report.table["name"], columns=order).rename_axis(index="Theme", columns=None),
        key="theme groups", alt=f"Each theme by {dimension.label}",
    )  # fmt: skip
    bases = groups.drop_duplicates("level_label")
    said = [f"{row.level_label} {'few' if row.suppressed else f'{row.base_n:,.0f}'}" for row in bases.itertuples()]
    st.caption(
        plain(
            f"Share of each group’s comments, with 95 % uncertainty intervals. Comments by group: {', '.join(said)}. "
            "– fewer than the minimum base wrote one."
        )
    )
