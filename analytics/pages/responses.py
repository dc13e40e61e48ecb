"""Single responses, page by page, straight from the store."""

from __future__ import annotations

import io
import re
from collections import Counter
from datetime import UTC, datetime
from functools import partial
from typing import Any, cast

import pandas as pd
import streamlit as st

from analytics.estimates.readers.comments import filter_of, text_questions
from analytics.estimates.readers.responses import (
    STANDINGS,
    ResponseCount,
    count_of_groups,
    order_of,
    response_columns,
    response_rows,
    row_stretches,
    sortable,
)
from analytics.exports.cells import held
from analytics.exports.names import file_name
from analytics.exports.rows_file import Written, write_rows
from analytics.language.dates import clock_words, day_words
from analytics.language.numbers import shortest_words
from analytics.language.said import noted, spoken, spoken_each, spoken_of
from analytics.language.text import plain_text
from analytics.model import ResponseStanding, Snapshot, Standing, Survey
from analytics.model.access import demand, may_see_responses
from analytics.model.address import Option
from analytics.model.request import Request
from analytics.pages.choices.address import end_page, state_option, stated_option
from analytics.pages.choices.chips import show_filters, show_stated_chip
from analytics.pages.choices.controls import choose_several, choose_words, offer_several, told_apart
from analytics.pages.choices.readers import choose_readers
from analytics.pages.ground.plain import plain
from analytics.pages.ground.sheet import TALL, Sheet, SheetRow, TableCell, TableColumn, show_sheet
from analytics.pages.ground.sources import ask, hidden_of, house_style, note, request_words
from analytics.pages.ground.written import Listed, count_up_to, details_of, profile_sizes, responses_of
from analytics.pages.hiding import show_hidden, show_hide
from analytics.pages.opening import needs_answers, open_survey
from analytics.store.read.responses import Cursor, Order, list_responses
from analytics.words.responses import hidden_words, many_words

ROWS_A_PAGE, CELLS_A_PAGE = 50, 20_000
"""Of a survey of 2,000 questions a page shows fewer responses: a browser takes seconds for 100,000 cells."""
WITH_SCREENED: Standing = "with screened"
SEARCH = Option("search", "Words that a response's comments have to hold.")
SORT = Option("sort", "What the responses are sorted by.")
STANDING = Option("standing", "Responses of this standing; repeat.", several=True)
WITHOUT = Option("columns.without", "This column is not shown; repeat.", several=True)
AFTER = Option("after", "The place in the order after which the page begins.")
TRAIL, OF, MADE = "pages before", "pages of", "file made"
OPENED = Option("response.opened", "The response that is opened beside the table.")
TABLE, PANEL_PX = "responses", 320
MOST_ROWS = 200_000
"""So many rows a browser is given; the command line writes any number of them."""
CURSOR = re.compile(r"(\d{1,4})\.(-?\d{0,12})\.(\d{1,12})")


def show() -> None:
    """Shows the responses of the survey that the address names."""
    opened = open_survey(noted("Responses"))
    needs_answers(opened, with_choices=False)
    if not may_see_responses(opened.person):
        st.info(spoken("Single responses are not open to you. Ask whoever runs this dashboard."))
        end_page()
    request = choose_readers(opened, with_standing=False, with_weights=False)
    show_filters(opened.survey, request)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        search = choose_words(SEARCH, spoken("Words in what they wrote"))
        standings = _choose_standings(opened, request)
        shown = _choose_columns(opened)
    listed = filter_of(opened.survey, request), standings, search
    total, order = _count(opened, listed), _stated_order(opened.survey)
    show_hidden(opened, *text_questions(opened.survey))
    if total.count:
        _show_page(opened, listed, order, total, shown)
    else:
        st.info(spoken("No response fits. Take a filter away in the sidebar, or clear them all."))


def _count(opened: Snapshot, listed: Listed) -> ResponseCount:
    """Returns how many responses fit: exactly where groups alone are chosen, else up to COUNTED_TO of them."""
    request, standings, search = listed
    levels, sizes = opened.levels(), profile_sizes(opened)
    added_up = count_of_groups(request, opened.survey, levels, sizes, standings=standings, search=search)
    if added_up is not None:
        return ResponseCount(added_up)
    return count_up_to(opened, listed)


def _stated_order(survey: Survey) -> Order:
    """Returns the order that the address names, the newest first where it names none that there is."""
    named = next(iter(stated_option(SORT)), "newest")
    return order_of(survey, named if named.removeprefix("-") in sortable(survey) or named == "oldest" else "newest")


def _choose_standings(opened: Snapshot, request: Request) -> tuple[ResponseStanding, ...]:
    """Returns the standings to keep; asked only where some responses are not counted."""
    if request.standing == "first":  # a link says so; what stands in the list was written last
        show_stated_chip(opened.survey, request, "standing", spoken("The first answers of everybody"))
        st.caption(spoken("The link counts everybody’s first answer. Responses are listed as they were sent last."))
        return ("counted",)
    named = stated_option(STANDING)
    if not opened.status.screened and not named:
        return ("counted",)
    if named == (WITH_SCREENED,):  # as other pages say it
        state_option(STANDING, ["counted", "screened"])
    chosen = choose_several(STANDING, spoken("Standing"), spoken_each(STANDINGS), st.pills, selection_mode="multi")
    return cast(tuple[ResponseStanding, ...], chosen) or ("counted",)


def _choose_columns(opened: Snapshot) -> list[int]:
    """Returns the places of the columns to show: all but those taken out, and that of times where none is known."""
    columns = response_columns(opened.survey)
    names = told_apart({one.name: plain_text(one.label) for one in columns})
    with st.popover(spoken("Columns"), width="content"):
        st.caption(spoken("A row that is opened, and the file, have all of them."))
        out = choose_several(
            WITHOUT, spoken("Leave out"), names, offer_several, placeholder=spoken("None")
        )  # fmt: skip
    timed = opened.status.last_at is not None
    kept = [place for place, one in enumerate(columns) if one.name not in out and (timed or one.kind != "responded_at")]
    return kept or [0]


def _show_page(opened: Snapshot, listed: Listed, order: Order, total: ResponseCount, shown: list[int]) -> None:
    rows_a_page = min(ROWS_A_PAGE, 1 + CELLS_A_PAGE // len(response_columns(opened.survey)))
    after = _place(listed, order)
    details, following = responses_of(opened, listed, order, after, rows_a_page)
    rows, trail = response_rows(opened.survey, details, labelled=True), st.session_state[TRAIL]
    first = None if after and not trail else len(trail) * rows_a_page + 1
    many = many_words(total, house_style())
    last = len(trail) * rows_a_page + len(rows)
    said = many if first is None else spoken("{first} to {last} of {many}", first=first, last=last, many=many)
    ordered = _order_words(opened, order)
    note = spoken("Click a row to read it whole; contact data in texts is masked.")
    st.caption(plain(f"{said}, {ordered}. {note}"))
    at = _picked(rows)
    with st.container(horizontal=True, key="table and row"):  # the response stands beside the table, whatever its size
        with st.container(width="stretch", key="the rows"):
            sheet = _sheet(opened.survey, rows, shown, order, at, f"{said}, {ordered}")
            show_sheet(sheet, TABLE, partial(_acted, opened.survey, list(rows.index), order))
        if at is not None:
            _show_one(opened, rows.iloc[at])
    with st.container(horizontal=True):
        st.button(spoken("First"), on_click=_turn, args=(None, []), disabled=after is None, key="first page")
        back = trail[-1] if trail else None
        st.button(spoken("Previous"), on_click=_turn, args=(back, trail[:-1]), disabled=not trail, key="previous page")
        st.button(
            spoken("Next"),
            on_click=_turn,
            args=(following, [*trail, after]),
            disabled=following is None,
            key="next page",
        )
    _show_file(opened, listed, order, total)


def _sheet(survey: Survey, rows: pd.DataFrame, shown: list[int], order: Order, at: int | None, label: str) -> Sheet:
    """The rows as a table: a head that all responses can be sorted by, whatever page is shown, sorts by it."""
    known, columns = sortable(survey), response_columns(survey)
    can_sort = [one.kind == "responded_at" or (one.kind in ("level", "answer") and one.key in known) for one in columns]
    now = "descending" if order.falling else "ascending"
    heads = tuple(
        TableColumn(
            held(plain_text(one.label)), text=one.kind != "weight", sort=place if can_sort[place] else None,
            sorted=now if can_sort[place] and order.by == (one.key or None) else None,
        )
        for place, one in enumerate(columns)
        if place in shown
    )  # fmt: skip
    lines = tuple(
        SheetRow(str(place), tuple(TableCell(_words(row[at])) for at in shown), pick=place)
        for place, row in enumerate(rows.itertuples(index=False, name=None), 1)
    )
    return Sheet(label, spoken("No."), heads, lines, opened=None if at is None else at + 1, tallest=TALL)


def _words(cell: object) -> str:
    """A cell as it is read, safe to be copied into a spreadsheet."""
    if cell is None or pd.isna(cell):  # type: ignore[call-overload]
        return house_style().dash
    if isinstance(cell, pd.Timestamp):
        return f"{day_words(cell.date(), house_style(), short=True)}, {clock_words(cell)}"
    return shortest_words(cell, house_style()) if isinstance(cell, float) else held(str(cell))


def _order_words(opened: Snapshot, order: Order) -> str:
    if order.by is None and opened.status.last_at is None:  # without times they stand as they were recorded
        return spoken("last recorded first") if order.falling else spoken("first recorded first")
    if order.by is None:
        return spoken("newest first") if order.falling else spoken("oldest first")
    label = plain_text(sortable(opened.survey)[order.by])
    return spoken("by “{label}”, last first", label=label) if order.falling else spoken("by “{label}”", label=label)


def _acted(survey: Survey, numbers: list[int], order: Order, act: dict[str, Any]) -> None:
    """Sorts by the column whose head was clicked, the other way round the second time; or opens the row picked."""
    if act["kind"] == "pick":
        number = numbers[act["at"] - 1]
        state_option(OPENED, [] if _opened() == number else [str(number)])
        return
    column = response_columns(survey)[act["at"]]
    if column.kind == "responded_at":
        state_option(SORT, ["oldest"] if order.by is None and order.falling else [])
    else:
        state_option(SORT, [f"-{column.key}" if order == Order(column.key, falling=False) else column.key])


def _picked(rows: pd.DataFrame) -> int | None:
    """The place of the response that is opened, None where it is on another page."""
    number = _opened()
    return list(rows.index).index(number) if number in rows.index else None


def _opened() -> int | None:
    """The number of the response that the address opens: Back closes it, and a link shows it."""
    named = next(iter(stated_option(OPENED)), "")
    return int(named) if named.isascii() and named.isdecimal() and len(named) < 13 else None


def _show_file(opened: Snapshot, listed: Listed, order: Order, total: ResponseCount) -> None:
    """Lets the person have a file of exactly what is filtered."""
    of = (opened.survey.key, opened.status, listed, order)
    some = many_words(ResponseCount(min(total.count, MOST_ROWS)), house_style())
    these, counted = spoken("Make a file of these responses"), spoken("Make a file of {responses}", responses=some)
    label = these if total.more else counted
    cut = total.count > MOST_ROWS
    if st.session_state.get(MADE, (None,))[0] != of:
        st.session_state.pop(MADE, None)
        if st.button(label, key="make file"):
            with st.spinner(spoken("Writing …")):
                st.session_state[MADE] = (of, *_made(opened, listed, order))
                st.rerun()
    else:
        _, name, written, content = st.session_state[MADE]
        st.download_button(
            spoken("Download {file}", file=name), content, name, "text/csv", on_click="ignore", key="download"
        )
        cut = cut or (total.more and written.rows == MOST_ROWS)
        st.caption(f"{spoken_of(written.rows, '{count} row', '{count} rows')}, SHA-256 `{written.sha256}`")
        if hidden := hidden_of(opened.survey.key):
            st.caption(hidden_words(len(hidden)))
    if cut:
        st.caption(
            spoken(
                "The file has the first {count} of {all}. Filter them to get others, or ask whoever runs the dashboard "
                "for all.",
                count=MOST_ROWS,
                all=many_words(total, house_style()),
            )
        )


def _made(opened: Snapshot, listed: Listed, order: Order) -> tuple[str, Written, bytes]:
    key, file = opened.survey.key, io.BytesIO()
    demand(may_see_responses, opened.person)
    request, standings, search = listed
    note("single responses taken", key, request_words(opened.survey, request))
    hidden = Counter(one.response_no for one in hidden_of(key))
    read = partial(
        list_responses, key=key, request=request, standings=standings, search=search, order=order, person=opened.person
    )
    stretches = row_stretches(
        opened.survey,
        lambda after, most: ask(partial(read, after=after, most=most)),
        partial(details_of, key),
        MOST_ROWS,
        hidden=hidden,
    )
    written = write_rows(stretches, file)
    name = file_name(f"{key} responses", "csv", datetime.now(UTC), written.sha256[:8])
    return name, written, file.getvalue()


def _show_one(opened: Snapshot, row: pd.Series) -> None:
    """Shows one response whole, with a way to hide what its reader wrote."""
    written = [one for one in response_columns(opened.survey) if one.kind == "text" and not pd.isna(row[one.label])]
    with st.container(border=True, key="the row", width=PANEL_PX, gap="small"):
        for label, cell in row.items():
            if cell is not None and not pd.isna(cell):
                st.markdown(f"**{plain(str(label))}**  {plain(_words(cell))}")
        for one in written:
            show_hide(opened, int(str(row.name)), one.key, one.label if len(written) > 1 else "")
        st.button(spoken("Close"), on_click=state_option, args=(OPENED, ()), type="tertiary", key="close response")


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
