"""The analyst's table: questions down the side, groups across the top, any cell opened by a click."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any, cast

import pandas as pd
import streamlit as st

from analytics.estimates.banner import inside
from analytics.estimates.layout import SEGMENT, Layout, part_of, part_text
from analytics.estimates.table import Column, Table
from analytics.exports.facts import disclosed
from analytics.figures.grid import CellNumbers, Grid, Hidden, Marks, Reading, grid
from analytics.kinds.banner_table import OPTIONS, USUAL_DIMENSIONS, column_name, sort_place, table_made
from analytics.model import Segment, Snapshot, Survey
from analytics.model.address import Option
from analytics.model.request import Request
from analytics.pages.choices.address import link_query, page_file, state_option, stated_option
from analytics.pages.choices.chips import show_stated
from analytics.pages.choices.controls import choose_listed, choose_one, choose_several, told_apart
from analytics.pages.choices.readers import choose_readers
from analytics.pages.figures.drawing import mode, show_method
from analytics.pages.figures.exporting import show_export
from analytics.pages.figures.weighting import fall_back
from analytics.pages.ground.plain import is_narrow, plain
from analytics.pages.ground.sources import house_style, segments_of, table_of
from analytics.pages.opening import needs_answers, open_survey
from analytics.words.grid import cell_sentences

STUB, BANNER, SEGMENTS, NUMBERS, MARKS, HIDE, SORT, TURNED, HEAT = OPTIONS
NUMBERS_WORDS = {"columns": "% of each group", "rows": "% of each answer", "counts": "Counts"}
MARKS_WORDS = {"none": "No marks", "rest": "▲▼ against the rest", "letters": "Letters, two by two"}
HIDE_WORDS = {
    "thin": "Groups too small",
    "unanswered": "“No answer” groups",
    "nets": "Nets and means",
    "bases": "Bases",
}
YES_NO, NO_YES = {"yes": "Yes", "no": "No"}, {"no": "No", "yes": "Yes"}
MADE = "parts made"
DOORS = {"comments": "Read their comments", "responses": "See their responses"}
GROUP_DOOR = ("survey", "Look at this group")
CELL = Option("cell", "The cell that is opened: question, statistic, answer, part and levels.", several=True)
CLICKED = "table"
ROW_PX, MOST_ROWS, SCROLL_PX = 34, 22, 16
STUB_PX, COLUMN_PX = 300, 96
NARROW_STUB_PX, NARROW_COLUMN_PX = 150, 80


def show() -> None:
    """Shows the table that the address describes."""
    opened = open_survey("Crosstabs")
    needs_answers(opened)
    request = fall_back(opened, choose_readers(opened))
    show_stated(opened.survey, request)
    layout = _choose_layout(opened.survey)
    if not layout.stubs:
        st.info("Choose a question to see what readers answered to it.")
        st.stop()
    told = table_of(opened, request, layout)
    if not any(view.base_n for view in told.toplines):
        st.info("Nobody in this selection has answered. Take a filter away in the sidebar, or clear them all.")
        st.stop()
    _show(opened, told, request)


def _show(opened: Snapshot, told: Table, request: Request) -> None:
    reading = _choose_reading(told)
    laid = grid(told, reading, house_style(), mode())
    _show_grid(told, laid, partial(_sort_by, told))
    for question in told.stubs:
        st.caption(plain(f"{question.key}: {question.text}"))
    st.caption(plain(laid.caption))
    _show_cell(opened, told, request)
    _show_export(told, reading)


def _show_grid(told: Table, laid: Grid, sort: Callable[[int], None]) -> None:
    """Shows the table; a click on a cell opens it, a click on the head of a group sorts by it."""
    texts, looks = _frames(laid)
    stub, column = (NARROW_STUB_PX, NARROW_COLUMN_PX) if is_narrow() else (STUB_PX, COLUMN_PX)
    config: Any = {1: st.column_config.Column(pinned=True, width=stub)}  # place 0 is the hidden index
    config |= {at: st.column_config.Column(width=column) for at in range(2, len(laid.columns) + 2)}
    st.dataframe(
        texts.style.apply(lambda _: looks, axis=None), hide_index=True, key=CLICKED, column_config=config,
        height=ROW_PX * min(len(laid.rows) + 2, MOST_ROWS) + SCROLL_PX, row_height=ROW_PX,
        selection_mode=["single-cell", "single-column"],
        on_select=partial(_noted, told, laid, sort), alt=f"Crosstab. {laid.caption}",
    )  # fmt: skip


def _show_cell(opened: Snapshot, told: Table, request: Request) -> None:
    """Shows what stands behind the cell that the address names, and the ways on from there."""
    named = stated_option(CELL)
    at = next((place for place, row in enumerate(_names(told)) if row == named), None)
    if at is None:
        st.caption("Click a cell to see what stands behind it; click the head of a group to sort by it.")
        return
    record: dict[str, Any] = told.cells.to_dict("records")[at]  # type: ignore[assignment]
    head, *sentences = cell_sentences(told, record, house_style())
    with st.container(border=True, key="the cell"):
        st.markdown(f"**{plain(head)}**")
        st.markdown(plain(" ".join(sentences)))
        with st.container(horizontal=True, vertical_alignment="center"):
            group = _behind(told, request, record)
            givers = link_query(_only_givers(opened.survey, group, record), opened.survey, beside=record["question"])
            for page, label in DOORS.items():
                st.page_link(page_file(page), label=label, query_params=givers)
            same = link_query(group, opened.survey)
            st.page_link(page_file(GROUP_DOOR[0]), label=GROUP_DOOR[1], query_params=same)
            st.button("Close", on_click=_close, type="tertiary")


def _frames(laid: Grid) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Returns the texts of the table and their looks, as a frame each."""
    palette = house_style().palette(mode())
    head = f"font-weight: 600; background-color: {palette.heat[0]}"
    columns = pd.MultiIndex.from_tuples([("", "Answer"), *((line.heading, line.name) for line in laid.columns)])
    texts, looks = [], []
    for line, cells in zip(laid.rows, laid.cells, strict=True):
        texts.append([line.name, *(cell.text for cell in cells)])
        quiet = f"color: {palette.muted}"
        if line.kind == "head":
            looks.append([head] * len(columns))
        else:
            name = "" if line.kind == "estimate" else quiet
            looks.append([name, *(_look(cell.tint, quiet if cell.quiet else "") for cell in cells)])
    return pd.DataFrame(texts, columns=columns), pd.DataFrame(looks, columns=columns)


def _look(tint: str, ink: str) -> str:
    return "; ".join(part for part in (f"background-color: {tint}" if tint else "", ink) if part)


def _noted(told: Table, laid: Grid, sort: Callable[[int], None]) -> None:
    """Writes what was clicked into the address: the browser tells the row's place and the column's name."""
    chosen = st.session_state[CLICKED]["selection"]
    places = {line.name: at for at, line in enumerate(laid.columns)}
    heads = [places[name] for name in chosen["columns"] if name in places]
    if heads and laid.columns[heads[0]].question == "":
        sort(laid.columns[heads[0]].column)
    found = [laid.cells[row][places[name]].at for row, name in chosen["cells"] if name in places]
    if found and found[0] is not None:
        state_option(CELL, _names(told)[found[0]])


def _close() -> None:
    state_option(CELL, ())


def _names(told: Table) -> list[tuple[str, ...]]:
    """Returns what each cell is known by in the address: question, statistic, answer, banner and the group's levels."""
    columns = ("question", "statistic", "choice", "banner", "column")
    rows = zip(*(told.cells[name].tolist() for name in columns), strict=True)
    return [
        (question, statistic, choice if isinstance(choice, str) else "", banner, *told.columns[column].values)
        for question, statistic, choice, banner, column in rows
    ]


def _group_of(told: Table, column: Column, request: Request) -> Request:
    """Returns the request with only those readers kept who are in the column."""
    if column.part == (SEGMENT,) and told.layout.segments:
        return inside(request, next(one for one in told.layout.segments if (one.key,) == column.values))
    group = tuple((key, (value,)) for key, value in zip(column.part, column.values, strict=True))
    return replace(request, where=(*request.where, *group))


def _behind(told: Table, request: Request, record: dict[str, Any]) -> Request:
    """Returns what a cell is of: the question, among the readers of the table who are in the group of its column."""
    return replace(_group_of(told, told.columns[record["column"]], request), question=record["question"])


def _only_givers(survey: Survey, group: Request, record: dict[str, Any]) -> Request:
    """Returns those of the group who gave the answer of the cell; for a net or a mean the group."""
    question = survey.question(record["question"])
    if record["statistic"] != "share" or not question or not question.choice(record["choice"]):
        return group
    return replace(group, where=(*group.where, (question.key, (record["choice"],))))


def _show_export(told: Table, reading: Reading) -> None:
    """Shows, folded until it is wanted, how the numbers came about and how the table leaves the building."""
    method = st.expander("Method", key="table method open", on_change="rerun")
    if method.open:
        with method:
            show_method(disclosed(told.toplines, house_style()))
    folded = st.expander("Export", key="table export open", on_change="rerun")
    if not folded.open:
        return
    with folded:
        show_export(table_made(told, reading), "table export")


def _choose_layout(survey: Survey) -> Layout:
    """Returns the questions down the side and the groups across the top."""
    asked = {question.key: question.text for question in survey.questions if question.kind != "text"}
    keys = {dimension.key: dimension.label for dimension in survey.dimensions} | asked
    parts = _offered_parts(keys)
    usual = [dimension.key for dimension in survey.dimensions][:USUAL_DIMENSIONS]
    texts, names = told_apart(asked), told_apart(parts)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        stubs = choose_listed(STUB, "Questions down the side", texts, [next(iter(asked))], placeholder="Choose")
        banner = choose_listed(
            BANNER, "Groups across the top, side by side", names, usual, placeholder="Everybody together"
        )
        with st.popover("Nest groups", width="content"):
            _nest(keys)
    return Layout(stubs, tuple(part_of(text) for text in banner), _choose_segments(survey))


def _choose_segments(survey: Survey) -> tuple[Segment, ...]:
    """Returns the segments that stand in the banner beside the groups; none where none were kept."""
    kept = {segment.key: segment for segment in segments_of(survey.key)}
    if not kept or survey.dimension(SEGMENT) or survey.question(SEGMENT):
        return ()
    names = told_apart({key: segment.name for key, segment in kept.items()})
    chosen = choose_several(SEGMENTS, "Segments across the top", names, st.multiselect, placeholder="None")
    return tuple(kept[key] for key in chosen)


def _offered_parts(keys: dict[str, str]) -> dict[str, str]:
    """Returns what may stand in the banner: every key by itself, and the nestings made here or named in the address."""
    made = [*st.session_state.get(MADE, ()), *stated_option(BANNER)]
    nested = [text for text in dict.fromkeys(made) if len(part_of(text)) > 1 and set(part_of(text)) <= set(keys)]
    return keys | {text: " × ".join(keys[key] for key in part_of(text)) for text in nested}


def _nest(keys: dict[str, str]) -> None:
    names = told_apart(keys)
    st.caption("Each group of the first is split by the groups of the second, and so on.")
    for place, label in enumerate(("First", "Split by", "And by")):
        st.selectbox(label, list(keys), index=None, format_func=names.__getitem__, key=f"nest {place}")
    st.button("Add to the table", on_click=_add_nested, type="primary")


def _add_nested() -> None:
    chosen = [st.session_state.get(f"nest {place}") for place in range(3)]
    part = tuple(dict.fromkeys(key for key in chosen if key))
    if len(part) > 1:
        text = part_text(part)
        st.session_state[MADE] = [*st.session_state.get(MADE, ()), text]
        st.session_state["banner"] = [*dict.fromkeys([*st.session_state["banner"], text])]


def _choose_reading(told: Table) -> Reading:
    """Returns how the table is to be read."""
    looks = {"required": True, "label_visibility": "collapsed"}
    with st.container(horizontal=True, vertical_alignment="center"):
        numbers = choose_one(NUMBERS, "Numbers", NUMBERS_WORDS, "columns", st.segmented_control, **looks)
        marks = choose_one(
            MARKS, "Marks", MARKS_WORDS, "rest", st.segmented_control, disabled=numbers != "columns", **looks
        )
        with st.popover("View", width="content"):
            hide = choose_several(HIDE, "Hide", HIDE_WORDS, st.pills, selection_mode="multi")
            heat = choose_one(HEAT, "Coloured cells", YES_NO, "yes", st.segmented_control, required=True)
            turned = choose_one(TURNED, "Groups down the side", NO_YES, "no", st.segmented_control, required=True)
        sort = _chosen_sort(told)
    return Reading(
        cast(CellNumbers, numbers),
        cast(Marks, marks),
        heat == "yes",
        sort,
        cast(tuple[Hidden, ...], hide),
        turned == "yes",
    )


def _chosen_sort(told: Table) -> int | None:
    """Returns the column that the answers are sorted by; beside it the way back to the order of the questionnaire."""
    place = sort_place(told, stated_option(SORT))
    if place is not None:
        st.button(f"Sorted by {plain(told.columns[place].group or 'all readers')}  ✕", on_click=_unsort)
    return place


def _sort_by(told: Table, place: int) -> None:
    state_option(SORT, column_name(told.columns[place]))


def _unsort() -> None:
    state_option(SORT, ())


if __name__ == "__main__":  # Streamlit runs a page as a script
    show()
