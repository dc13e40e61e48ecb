"""Single responses, page by page, straight from the store."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime
from functools import partial
from typing import Any, cast

import pandas as pd
import streamlit as st

from analytics.estimates.comments import filter_of
from analytics.estimates.responses import (
    ResponseCount,
    count_of_groups,
    order_of,
    response_columns,
    response_rows,
    row_stretches,
    sortable,
)
from analytics.exports.cells import neutral, neutral_cell
from analytics.exports.names import file_name
from analytics.exports.rows_file import Written, write_rows
from analytics.language.text import plain_text
from analytics.model import ResponseStanding, Snapshot, Standing, Survey
from analytics.model.access import may_see_responses
from analytics.model.address import Option
from analytics.model.request import Request
from analytics.pages.choices.address import state_option, stated_option
from analytics.pages.choices.chips import show_stated_chip
from analytics.pages.choices.controls import choose_one, choose_several, choose_words, told_apart
from analytics.pages.choices.readers import choose_readers
from analytics.pages.ground.plain import plain
from analytics.pages.ground.sources import ask, house_style
from analytics.pages.ground.written import Listed, count_up_to, details_of, profile_sizes, responses_of
from analytics.pages.opening import needs_answers, open_survey
from analytics.store.read.responses import Cursor, Order, list_responses
from analytics.words.responses import many_words

ROWS_A_PAGE = 50
STANDINGS: dict[str, str] = {"counted": "Counted", "screened": "Screened out", "superseded": "Superseded"}
WITH_SCREENED: Standing = "with screened"
SEARCH = Option("search", "Words that a response's comments have to hold.")
SORT = Option("sort", "What the responses are sorted by.")
STANDING = Option("standing", "Responses of this standing; repeat.", several=True)
AFTER = Option("after", "The place in the order after which the page begins.")
TRAIL, OF, MADE = "pages before", "pages of", "file made"
MOST_ROWS = 200_000
"""So many rows a browser is given; the command line writes any number of them."""
CURSOR = re.compile(r"(\d{1,4})\.(-?\d{0,12})\.(\d{1,12})")


def show() -> None:
    """Shows the responses of the survey that the address names."""
    opened = open_survey("Responses")
    needs_answers(opened, with_choices=False)
    if not may_see_responses(opened.person):
        st.info("Single responses are not open to you. Ask whoever runs this dashboard.")
        st.stop()
    request = choose_readers(opened, with_standing=False)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        search = choose_words(SEARCH, "Words in what they wrote")
        order = _choose_order(opened.survey)
        standings = _choose_standings(opened, request)
    listed = filter_of(opened.survey, request), standings, search
    total = _count(opened, listed)
    if total.count:
        _show_page(opened, listed, order, total)
    else:
        st.info("No response fits. Take a filter away in the sidebar, or clear them all.")


def _count(opened: Snapshot, listed: Listed) -> ResponseCount:
    """Returns how many responses fit: exactly where groups alone are chosen, else up to COUNTED_TO of them."""
    request, standings, search = listed
    levels, sizes = opened.levels(), profile_sizes(opened)
    added_up = count_of_groups(request, opened.survey, levels, sizes, standings=standings, search=search)
    if added_up is not None:
        return ResponseCount(added_up)
    return count_up_to(opened, listed)


def _choose_order(survey: Survey) -> Order:
    offered = {"newest": "Newest first", "oldest": "Oldest first"} | {
        key: f"By: {plain_text(label)}" for key, label in sortable(survey).items()
    }
    return order_of(survey, choose_one(SORT, "Order", told_apart(offered), "newest", st.selectbox))


def _choose_standings(opened: Snapshot, request: Request) -> tuple[ResponseStanding, ...]:
    """Returns the standings to keep; asked only where some responses are not counted."""
    if request.standing == "first":  # a link says so; what stands in the list was written last
        show_stated_chip(opened.survey, request, "standing", "The first answers of everybody")
        st.caption("The link counts everybody’s first answer. Responses are listed as they were sent last.")
        return ("counted",)
    named = stated_option(STANDING)
    if not opened.status.screened and not named:
        return ("counted",)
    if named == (WITH_SCREENED,):  # as other pages say it
        state_option(STANDING, ["counted", "screened"])
    chosen = choose_several(STANDING, "Standing", STANDINGS, st.pills, selection_mode="multi")
    return cast(tuple[ResponseStanding, ...], chosen) or ("counted",)


def _show_page(opened: Snapshot, listed: Listed, order: Order, total: ResponseCount) -> None:
    after = _place(listed, order)
    details, following = responses_of(opened, listed, order, after, ROWS_A_PAGE)
    rows, trail = response_rows(opened.survey, details, labelled=True), st.session_state[TRAIL]
    first = None if after and not trail else len(trail) * ROWS_A_PAGE + 1
    many = many_words(total, house_style())
    said = many if first is None else f"{first:,} to {first + len(rows) - 1:,} of {many}"
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
    _show_file(opened, listed, order, total)
    if chosen.selection.rows and chosen.selection.rows[0] < len(rows):
        _show_one(rows.iloc[chosen.selection.rows[0]])


def _show_file(opened: Snapshot, listed: Listed, order: Order, total: ResponseCount) -> None:
    """Lets the person have a file of exactly what is filtered."""
    of = (opened.survey.key, opened.status, listed, order)
    many = "responses" if total.more else many_words(ResponseCount(min(total.count, MOST_ROWS)), house_style())
    cut = total.count > MOST_ROWS
    if st.session_state.get(MADE, (None,))[0] != of:
        st.session_state.pop(MADE, None)
        if st.button(f"Make a file of these {many}", key="make file"):
            with st.spinner("Writing …"):
                st.session_state[MADE] = (of, *_made(opened, listed, order))
                st.rerun()
    else:
        _, name, written, content = st.session_state[MADE]
        st.download_button(f"Download {name}", content, name, "text/csv", on_click="ignore", key="download")
        cut = cut or (total.more and written.rows == MOST_ROWS)
        st.caption(f"{written.rows:,} row{'s' * (written.rows > 1)}, SHA-256 `{written.sha256}`")
    if cut:
        st.caption(
            f"The file has the first {MOST_ROWS:,} of {many_words(total, house_style())}. All of them: "
            f"`python -m analytics responses {opened.survey.key} --format csv`, with the same filters."
        )


def _made(opened: Snapshot, listed: Listed, order: Order) -> tuple[str, Written, bytes]:
    key, file = opened.survey.key, io.BytesIO()
    request, standings, search = listed
    read = partial(list_responses, key=key, request=request, standings=standings, search=search, order=order)
    stretches = row_stretches(
        opened.survey,
        lambda after, most: ask(partial(read, after=after, most=most)),
        partial(details_of, key),
        MOST_ROWS,
    )
    written = write_rows(stretches, file)
    name = file_name(f"{key} responses", "csv", datetime.now(UTC), written.sha256[:8])
    return name, written, file.getvalue()


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
            words = f"{cell.day} {cell:%B %Y, %H:%M:%S}" if isinstance(cell, pd.Timestamp) else str(cell)
            st.markdown(f"**{plain(str(label))}**  {plain(words)}")


def _place(listed: Listed, order: Order) -> Cursor | None:
    """Returns from where to go on: what the address says, the start once what is listed or its order has changed."""
    if st.session_state.get(OF, (listed, order)) != (listed, order):
        _turn(None, [])
    st.session_state[OF] = (listed, order)
    st.session_state.setdefault(TRAIL, [])
    match = CURSOR.fullmatch(next(iter(stated_option(AFTER)), ""))
    return Cursor(int(match[1]), int(match[2]) if match[2].strip("-") else None, int(match[3])) if match else None


def _turn(to: Cursor | None, trail: list[Cursor | None]) -> None:
    st.session_state[TRAIL] = trail
    words = [f"{to.stretch}.{'' if to.at is None else to.at}.{to.response_no}"] if to else []
    state_option(AFTER, words)


if __name__ == "__main__":  # Streamlit runs a page as a script
    show()
