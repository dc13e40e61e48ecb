"""The analyst's table: questions down the side, groups across the top, any cell opened by a click."""

from __future__ import annotations

from functools import partial
from typing import cast

import streamlit as st

from analytics.estimates.layout import SEGMENT, Layout, part_of, part_text
from analytics.estimates.table import Table
from analytics.exports.plate import disclosed
from analytics.exports.plates import table_draft
from analytics.figures.grid import Hidden, Marks, Numbers, Reading, grid
from analytics.model import Segment, Snapshot, Survey
from analytics.model.request import Request
from analytics.pages.address import (
    keep_listed,
    keep_one,
    keep_several,
    preset_listed,
    preset_one,
    preset_several,
)
from analytics.pages.choices import choose_selection, told_apart
from analytics.pages.drawing import mode, show_method
from analytics.pages.exporting import show_plate_export
from analytics.pages.grid_table import show_cell, show_grid
from analytics.pages.opening import open_survey
from analytics.pages.plain import plain
from analytics.pages.sources import house_style, segments_of, table_of
from analytics.pages.stated import show_stated, with_stated
from analytics.pages.weighting import fall_back

NUMBERS = {"columns": "% of each group", "rows": "% of each answer", "counts": "Counts"}
MARKS = {"none": "No marks", "rest": "▲▼ against the rest", "letters": "Letters, two by two"}
HIDE = {"thin": "Groups too small", "unanswered": "“No answer” groups", "nets": "Nets and means", "bases": "Bases"}
USUAL_DIMENSIONS = 2
MADE = "parts made"


def show() -> None:
    """Shows the table that the address describes."""
    opened = open_survey("Crosstabs")
    if opened is None:
        return
    chosen = with_stated(opened.survey, choose_selection(opened.survey, opened.status))
    request = fall_back(opened, chosen)
    show_stated(opened.survey)
    layout = _choose_layout(opened.survey)
    if not layout.stubs:
        st.info("Choose a question to see what readers answered to it.")
        return
    told = table_of(opened, request, layout)
    if not any(view.base_n for view in told.toplines):
        st.info("Nobody in this selection has answered. Take a filter away in the sidebar, or clear them all.")
        return
    _show(opened, told, request)


def _show(opened: Snapshot, told: Table, request: Request) -> None:
    reading = _choose_reading(told)
    laid = grid(told, reading, house_style(), mode())
    show_grid(told, laid, partial(_sort_by, told))
    for question in told.stubs:
        st.caption(plain(f"{question.key}: {question.text}"))
    st.caption(plain(laid.caption))
    show_cell(opened, told, request)
    _show_export(told, reading)


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
        show_plate_export(table_draft(told, reading), "table export")


def _choose_layout(survey: Survey) -> Layout:
    """Returns the questions down the side and the groups across the top."""
    asked = {question.key: question.text for question in survey.questions if question.kind != "text"}
    keys = {dimension.key: dimension.label for dimension in survey.dimensions} | asked
    parts = _offered_parts(keys)
    usual = [dimension.key for dimension in survey.dimensions][:USUAL_DIMENSIONS]
    texts, names = told_apart(asked), told_apart(parts)
    preset_listed("stub", list(asked), [next(iter(asked))])
    preset_listed("banner", list(parts), usual)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.multiselect(
            "Questions down the side", list(asked), format_func=texts.__getitem__, key="stub", placeholder="Choose"
        )
        st.multiselect(
            "Groups across the top, side by side", list(parts), format_func=names.__getitem__, key="banner",
            placeholder="Everybody together",
        )  # fmt: skip
        with st.popover("Nest groups", width="content"):
            _nest(keys)
    stubs, banner = keep_listed("stub", [next(iter(asked))]), keep_listed("banner", usual)
    return Layout(stubs, tuple(part_of(text) for text in banner), _choose_segments(survey))


def _choose_segments(survey: Survey) -> tuple[Segment, ...]:
    """Returns the segments that stand in the banner beside the groups; none where none were kept."""
    kept = {segment.key: segment for segment in segments_of(survey.key)}
    if not kept or survey.dimension(SEGMENT) or survey.question(SEGMENT):
        return ()
    names = told_apart({key: segment.name for key, segment in kept.items()})
    preset_several(SEGMENT, list(kept))
    st.multiselect(
        "Segments across the top", list(kept), format_func=names.__getitem__, key=SEGMENT, placeholder="None"
    )
    return tuple(kept[key] for key in keep_several(SEGMENT))


def _offered_parts(keys: dict[str, str]) -> dict[str, str]:
    """Returns what may stand in the banner: every key by itself, and the nestings made here or named in the address."""
    made = [*st.session_state.get(MADE, ()), *st.query_params.get_all("banner")]
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
    preset_one("numbers", list(NUMBERS), "columns")
    preset_one("marks", list(MARKS), "rest")
    preset_several("hide", list(HIDE))
    for key, usual in (("heat", "yes"), ("turned", "no")):
        preset_one(key, ["yes", "no"], usual)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.segmented_control(
            "Numbers", list(NUMBERS), required=True, format_func=NUMBERS.__getitem__, key="numbers",
            label_visibility="collapsed",
        )  # fmt: skip
        numbers = keep_one("numbers", "columns")
        st.segmented_control(
            "Marks", list(MARKS), required=True, format_func=MARKS.__getitem__, key="marks",
            label_visibility="collapsed", disabled=numbers != "columns",
        )  # fmt: skip
        with st.popover("View", width="content"):
            st.pills("Hide", list(HIDE), selection_mode="multi", format_func=HIDE.__getitem__, key="hide")
            st.segmented_control("Coloured cells", ["yes", "no"], required=True, format_func=str.capitalize, key="heat")
            st.segmented_control(
                "Groups down the side", ["no", "yes"], required=True, format_func=str.capitalize, key="turned"
            )
        sort = _chosen_sort(told)
    return Reading(
        cast(Numbers, numbers), cast(Marks, keep_one("marks", "rest")), keep_one("heat", "yes") == "yes", sort,
        cast(tuple[Hidden, ...], keep_several("hide")), keep_one("turned", "no") == "yes",
    )  # fmt: skip


def _chosen_sort(told: Table) -> int | None:
    """Returns the column that the answers are sorted by; beside it the way back to the order of the questionnaire."""
    named = tuple(st.query_params.get_all("sort"))
    place = next((at for at, one in enumerate(told.columns) if named == (part_text(one.part), *one.values)), None)
    if place is not None:
        st.button(f"Sorted by {plain(told.columns[place].group or 'all readers')}  ✕", on_click=_unsort)
    return place


def _sort_by(told: Table, place: int) -> None:
    column = told.columns[place]
    st.query_params["sort"] = [part_text(column.part), *column.values]


def _unsort() -> None:
    st.query_params.pop("sort", None)


if __name__ == "__main__":  # Streamlit runs a page as a script
    show()
