"""Segments: groups of readers kept under a name, put side by side."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import streamlit as st

from analytics.errors import RequestError
from analytics.estimates.segments import (
    MOST_SIDE_BY_SIDE,
    segment_differences,
    segment_estimates,
    segment_key,
    segment_of,
)
from analytics.exports.link import filter_name
from analytics.exports.plates import segments_draft
from analytics.figures.dumbbell import segment_figure
from analytics.model import Segment, Snapshot
from analytics.model.request import Request
from analytics.pages.address import keep_several, preset_several
from analytics.pages.choices import STANDING, choose_question, choose_selection, told_apart
from analytics.pages.drawing import mode, show_figures
from analytics.pages.opening import open_survey
from analytics.pages.plain import plain
from analytics.pages.sources import drop_segment, house_style, keep_segment, segments_of
from analytics.pages.weighting import fall_back
from analytics.words.differences import difference_table, segment_words

PAGES = Path(__file__).resolve().parent
CHOSEN = "segment"
NAME, DESCRIPTION = "segment name", "segment description"
UNDO = "segment to put back"


def show() -> None:
    """Shows the segments of the survey that the address names."""
    opened = open_survey("Segments")
    if opened is None:
        return
    request = fall_back(opened, choose_selection(opened.survey, opened.status))
    segments = segments_of(opened.survey.key)
    _show_keeping(opened, request, segments)
    _show_undo(opened)
    if segments:
        _show_side_by_side(opened, request, segments)
        st.subheader("All segments", anchor=False)
    for segment in segments:
        _show_segment(opened, segment)


def _show_keeping(opened: Snapshot, request: Request, segments: tuple[Segment, ...]) -> None:
    """Shows the filters at the side as a segment that may be kept."""
    if not (request.where or request.since or request.until or request.standing != "counted"):
        st.caption("Choose groups, answers or a period at the side, then keep them here under a name.")
        return
    candidate = segment_of(request, "new", "new")
    with st.container(border=True, key="to keep"):
        st.markdown(f"**Keep these readers as a segment.** {plain(_words(opened, candidate))}")
        with st.container(horizontal=True, vertical_alignment="bottom"):
            st.text_input("Name", key=NAME, placeholder="Such as: young and online", max_chars=80)
            st.text_input("Description", key=DESCRIPTION, placeholder="Who they are (optional)", max_chars=300)
            st.button("Keep", type="primary", on_click=_keep, args=(opened, request, segments))


def _keep(opened: Snapshot, request: Request, segments: tuple[Segment, ...]) -> None:
    name, key = st.session_state[NAME], segment_key(st.session_state[NAME], tuple(one.key for one in segments))
    try:
        new = segment_of(request, key, name, st.session_state[DESCRIPTION])
    except RequestError:
        st.session_state[UNDO] = (None, "Give the segment a name first.", "")
        return
    keep_segment(opened.survey.key, new)
    st.session_state[UNDO] = (None, f"“{new.name}” is kept.", new.key)
    st.session_state[NAME] = st.session_state[DESCRIPTION] = ""
    chosen = [*st.session_state.get(CHOSEN, ()), new.key]
    st.session_state[CHOSEN] = chosen[-MOST_SIDE_BY_SIDE:]


def _change(opened: Snapshot, old: Segment) -> None:
    name = st.session_state[f"name of {old.key}"].strip() or old.name
    new = replace(old, name=name, description=st.session_state[f"description of {old.key}"].strip())
    keep_segment(opened.survey.key, new)
    st.session_state[UNDO] = (old, f"“{old.name}” has changed.", old.key)


def _delete(opened: Snapshot, old: Segment) -> None:
    drop_segment(opened.survey.key, old.key)
    st.session_state[CHOSEN] = [key for key in st.session_state.get(CHOSEN, ()) if key != old.key]
    st.session_state[UNDO] = (old, f"“{old.name}” is deleted.", old.key)


def _show_undo(opened: Snapshot) -> None:
    """Says what was done last, with the way back."""
    if UNDO not in st.session_state:
        return
    old, words, key = st.session_state[UNDO]
    with st.container(horizontal=True, vertical_alignment="center", key="undo"):
        st.markdown(plain(words), width="content")
        if key:
            st.button("Undo", on_click=_undo, args=(opened, old, key))


def _undo(opened: Snapshot, old: Segment | None, key: str) -> None:
    if old is None:
        drop_segment(opened.survey.key, key)
        st.session_state[CHOSEN] = [one for one in st.session_state.get(CHOSEN, ()) if one != key]
    else:
        keep_segment(opened.survey.key, old)
    del st.session_state[UNDO]


def _show_side_by_side(opened: Snapshot, request: Request, segments: tuple[Segment, ...]) -> None:
    """Shows two to four segments with their differences, among all readers whatever the filters at the side say."""
    st.subheader("Side by side", anchor=False)
    names = told_apart({segment.key: segment.name for segment in segments})
    if CHOSEN in st.session_state:
        st.session_state[CHOSEN] = [key for key in st.session_state[CHOSEN] if key in names]
    preset_several(CHOSEN, list(names))
    st.multiselect(
        f"Two to {MOST_SIDE_BY_SIDE} segments", list(names), format_func=names.__getitem__, key=CHOSEN,
        max_selections=MOST_SIDE_BY_SIDE, placeholder="Choose two or more",
    )  # fmt: skip
    by_key = {segment.key: segment for segment in segments}
    chosen = tuple(by_key[key] for key in keep_several(CHOSEN))
    question = choose_question(opened.survey)
    if len(chosen) < 2:
        return
    everybody = Request(question=question.key, weights=request.weights)
    try:
        view = segment_estimates(opened, everybody, chosen)
        found = segment_differences(opened, everybody, chosen)
    except RequestError as fault:
        st.info(plain(str(fault)))
        return
    figure = segment_figure(view, found, chosen, house_style(), mode())
    st.markdown(plain(question.text))
    plate = partial(segments_draft, view, found, chosen)
    show_figures({"Figure": figure}, "segments", plate=plate)
    st.dataframe(
        difference_table(found, chosen, house_style()), hide_index=True, key="differences",
        alt="How far the segments differ, answer by answer, in points with the uncertainty interval",
    )  # fmt: skip
    st.caption(
        "Differences in points, with their 95 % uncertainty intervals; readers who are in both segments are taken into "
        "account. “A clear difference” holds however many are compared here."
    )


def _show_segment(opened: Snapshot, segment: Segment) -> None:
    with st.container(border=True, gap="xsmall"):
        st.markdown(f"**{plain(segment.name)}**")
        if segment.description:
            st.markdown(plain(segment.description))
        st.caption(plain(_words(opened, segment)))
        with st.container(horizontal=True, vertical_alignment="center"):
            for file, label in (("survey.py", "What they say"), ("crosstabs.py", "In a table")):
                st.page_link(str(PAGES / file), label=label, query_params=_address(opened, segment))
            with st.popover("Rename", type="tertiary", width="content"):
                st.text_input("Name", segment.name, key=f"name of {segment.key}", max_chars=80)
                st.text_input("Description", segment.description, key=f"description of {segment.key}", max_chars=300)
                st.button("Save", key=f"save {segment.key}", on_click=_change, args=(opened, segment))
            st.button("Delete", type="tertiary", key=f"delete {segment.key}", on_click=_delete, args=(opened, segment))


def _words(opened: Snapshot, segment: Segment) -> str:
    return segment_words(segment, opened.survey, house_style())


def _address(opened: Snapshot, segment: Segment) -> dict[str, str | list[str]]:
    """Returns the address of a page that shows only these readers."""
    readers, zone = segment.readers, ZoneInfo(opened.survey.time_zone)
    times = {"since": readers.since, "until": readers.until}
    found: dict[str, str | list[str]] = {"survey": opened.survey.key}
    found |= {filter_name(key): list(values) for key, values in readers.where}
    found |= {STANDING: readers.standing} if readers.standing != "counted" else {}
    return found | {name: at.astimezone(zone).date().isoformat() for name, at in times.items() if at is not None}


if __name__ == "__main__":  # Streamlit runs a page as a script
    show()
