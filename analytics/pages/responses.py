"""Single responses, page by page, straight from the store."""

from __future__ import annotations

import re
from typing import Any, cast

import pandas as pd
import streamlit as st

from analytics.estimates.comments import filter_of
from analytics.estimates.responses import Many, count_of_groups, order_of, response_columns, response_rows, sortable
from analytics.exports.cells import neutral, neutral_cell
from analytics.language.text import plain_text
from analytics.model import Filter, ResponseStanding, Snapshot, Standing, Survey
from analytics.model.access import may_see_responses
from analytics.pages.address import keep_one, keep_several, preset_one, preset_several
from analytics.pages.choices import STANDING, choose_selection, told_apart
from analytics.pages.opening import open_survey
from analytics.pages.plain import plain
from analytics.pages.responses_file import show_file
from analytics.pages.sources import profile_levels_at
from analytics.pages.written import count_up_to, profile_sizes_at, responses_from
from analytics.store.responses import Cursor, Order

ROWS_A_PAGE = 50
STANDINGS: dict[ResponseStanding, str] = {"counted": "Counted", "screened": "Screened out", "superseded": "Superseded"}
WITH_SCREENED: Standing = "with screened"
AFTER, TRAIL, OF = "after", "pages before", "pages of"
CURSOR = re.compile(r"(\d{1,4})\.(-?\d{0,12})\.(\d{1,12})")


def show() -> None:
    """Shows the responses of the survey that the address names."""
    opened = open_survey("Responses", with_choices=False)
    if opened is None:
        return
    if not may_see_responses(opened.person):
        st.info("Single responses are not open to you. Ask whoever runs this dashboard.")
        return
    request = choose_selection(opened.survey, opened.status, with_standing=False)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        search = st.text_input("Words in what they wrote", key="search", bind="query-params", max_chars=200) or ""
        order = _choose_order(opened.survey)
        standings = _choose_standings(opened)
    kept = filter_of(opened.survey, request, search, standings=standings)
    total = _count(opened, kept)
    if total.count:
        _show_page(opened, kept, order, total)
    else:
        st.info("No response fits. Take a filter away in the sidebar, or clear them all.")


def _count(opened: Snapshot, kept: Filter) -> Many:
    """Returns how many responses fit: exactly where groups alone are chosen, else up to COUNTED_TO of them."""
    survey, revision = opened.survey, opened.status.revision
    levels, sizes = profile_levels_at(survey.key, revision), profile_sizes_at(survey.key, revision)
    added_up = count_of_groups(kept, survey, levels, sizes)
    if added_up is not None:
        return Many(added_up)
    return count_up_to(survey.key, revision, kept)


def _choose_order(survey: Survey) -> Order:
    offered = {"newest": "Newest first", "oldest": "Oldest first"} | {
        key: f"By: {plain_text(label)}" for key, label in sortable(survey).items()
    }
    preset_one("sort", list(offered), "newest")
    labels = told_apart(offered)
    st.selectbox("Order", list(offered), format_func=labels.__getitem__, key="sort")
    sort = keep_one("sort", "newest")
    return order_of(survey, sort)


def _choose_standings(opened: Snapshot) -> tuple[ResponseStanding, ...]:
    """Returns the standings to keep; asked only where some responses are not counted."""
    if not opened.status.screened and STANDING not in st.query_params:
        return ("counted",)
    if st.query_params.get(STANDING) == WITH_SCREENED:  # as other pages say it
        st.query_params[STANDING] = ["counted", "screened"]
    preset_several(STANDING, list(STANDINGS))
    st.pills("Standing", list(STANDINGS), selection_mode="multi", format_func=STANDINGS.__getitem__, key=STANDING)
    return cast(tuple[ResponseStanding, ...], keep_several(STANDING)) or ("counted",)


def _show_page(opened: Snapshot, kept: Filter, order: Order, total: Many) -> None:
    after = _place(kept, order)
    details, following = responses_from(opened.survey.key, opened.status.revision, kept, order, after, ROWS_A_PAGE)
    rows, trail = response_rows(opened.survey, details, labelled=True), st.session_state[TRAIL]
    first = None if after and not trail else len(trail) * ROWS_A_PAGE + 1
    said = total.words if first is None else f"{first:,} to {first + len(rows) - 1:,} of {total.words}"
    st.caption(f"{said}. Pick a row to read it whole; contact data in texts is masked.")
    chosen = st.dataframe(
        _safe(rows), hide_index=True, key="responses", on_select="rerun", height=560, placeholder="–",
        selection_mode="single-row", alt=f"{said}, {len(rows.columns)} columns", lazy=False,
        column_config=_column_widths(opened.survey),
    )  # fmt: skip
    with st.container(horizontal=True):
        st.button("First", on_click=_turn, args=(None, []), disabled=after is None, key="first page")
        back = trail[-1] if trail else None
        st.button("Previous", on_click=_turn, args=(back, trail[:-1]), disabled=not trail, key="previous page")
        st.button(
            "Next", on_click=_turn, args=(following, [*trail, after]), disabled=following is None, key="next page"
        )
    show_file(opened, kept, order, total)
    if chosen.selection.rows and chosen.selection.rows[0] < len(rows):
        _show_one(rows.iloc[chosen.selection.rows[0]])


def _safe(rows: pd.DataFrame) -> pd.DataFrame:
    """Returns the rows for the table, which people copy from and save: no cell or header can turn into a formula."""
    texts: dict[str, pd.Series] = {}
    for name in rows.columns:
        if name != "Time":
            texts[str(name)] = rows[name].map(neutral_cell)
    return rows.assign(**texts).rename(columns=lambda name: neutral(plain_text(name)))


def _column_widths(survey: Survey) -> dict[str, Any]:
    wide = {plain_text(column.label): "medium" for column in response_columns(survey) if column.kind == "answer"}
    wide |= {plain_text(column.label): "large" for column in response_columns(survey) if column.kind == "text"}
    return {label: st.column_config.TextColumn(width=cast(Any, width)) for label, width in wide.items()} | {
        "Time": st.column_config.DatetimeColumn(format="D MMM YYYY, HH:mm", width=130)
    }


def _show_one(row: pd.Series) -> None:
    """Shows one response whole."""
    with st.container(border=True):
        for label, cell in row.items():
            if cell is None or pd.isna(cell):
                continue
            words = f"{cell:%-d %B %Y, %H:%M:%S}" if isinstance(cell, pd.Timestamp) else str(cell)
            st.markdown(f"**{plain(str(label))}**  {plain(words)}")


def _place(kept: Filter, order: Order) -> Cursor | None:
    """Returns from where to go on: what the address says, the start once the filter or the order has changed."""
    if st.session_state.get(OF, (kept, order)) != (kept, order):
        _turn(None, [])
    st.session_state[OF] = (kept, order)
    st.session_state.setdefault(TRAIL, [])
    match = CURSOR.fullmatch(st.query_params.get(AFTER, ""))
    return Cursor(int(match[1]), int(match[2]) if match[2].strip("-") else None, int(match[3])) if match else None


def _turn(to: Cursor | None, trail: list[Cursor | None]) -> None:
    st.session_state[TRAIL] = trail
    if to is None:
        st.query_params.pop(AFTER, None)
    else:
        st.query_params[AFTER] = f"{to.stretch}.{'' if to.at is None else to.at}.{to.response_no}"


if __name__ == "__main__":  # Streamlit runs a page as a script
    show()
