"""Segments: groups of readers kept under a name, put side by side."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import streamlit as st

from analytics.errors import RequestError
from analytics.estimates.groups.banner import inside
from analytics.estimates.groups.segments import (
    MOST_SIDE_BY_SIDE,
    segment_differences,
    segment_estimates,
    segment_key,
    segment_of,
)
from analytics.figures.dumbbell import segment_figure
from analytics.kinds.segments import OPTIONS, segments_made
from analytics.language.said import noted, spoken
from analytics.language.text import plain_text
from analytics.model import Segment, Snapshot
from analytics.model.request import Request
from analytics.pages.choices.address import link_query, page_file
from analytics.pages.choices.chips import keep_level, show_chips
from analytics.pages.choices.controls import choose_several, offer_several, told_apart
from analytics.pages.choices.questions import choose_question, countable
from analytics.pages.choices.readers import choose_readers, levels_in_use
from analytics.pages.figures.drawing import mode, show_figures
from analytics.pages.figures.weighting import fall_back
from analytics.pages.ground.plain import plain
from analytics.pages.ground.sheet import show_table
from analytics.pages.ground.sources import drop_segment, house_style, keep_segment, segments_of
from analytics.pages.opening import needs_answers, open_survey, show_unknown
from analytics.words.captions import level_words
from analytics.words.differences import difference_table, segment_words

(SEGMENT,) = OPTIONS
CHOSEN = SEGMENT.name
NAME, DESCRIPTION = "segment name", "segment description"
UNDO = "segment to put back"
DELETED = "segments deleted"


def show() -> None:
    """Shows the segments of the survey that the address names."""
    opened = open_survey(noted("Segments"))
    needs_answers(opened)
    request = fall_back(opened, choose_readers(opened))
    show_chips(opened.survey, request)
    segments = segments_of(opened.survey.key)
    show_unknown(SEGMENT, spoken("Segment"), [one.key for one in segments], st.session_state.get(DELETED, ()))
    _show_keeping(opened, request, segments)
    _show_undo(opened)
    if segments:
        _show_side_by_side(opened, request, segments)
        st.header(spoken("All segments"), anchor=False)
    for segment in segments:
        _show_segment(opened, request, segment)


def _show_keeping(opened: Snapshot, request: Request, segments: tuple[Segment, ...]) -> None:
    """Shows the filters at the side as a segment that may be kept."""
    if not (request.where or request.since or request.until or request.standing != "counted"):
        st.caption(spoken("Choose groups, answers or a period at the side, then keep them here under a name."))
        _show_example(opened, segments)
        return
    candidate = segment_of(request, "new", "new")
    if kept := [one for one in segments if one.readers == candidate.readers]:
        st.caption(spoken("These readers are the segment “{segment}”.", segment=plain(kept[0].name)))
        return
    with st.container(border=True, key="to keep"):
        st.markdown(f"**{spoken('Keep these readers as a segment.')}** {plain(_words(opened, candidate))}")
        with st.container(horizontal=True, vertical_alignment="bottom"):
            st.text_input(spoken("Name"), key=NAME, placeholder=spoken("Such as: young and online"), max_chars=80)
            who = spoken("Who they are (optional)")
            st.text_input(spoken("Description"), key=DESCRIPTION, placeholder=who, max_chars=300)
            st.button(spoken("Keep"), type="primary", on_click=_keep, args=(opened, request, segments))


def _show_example(opened: Snapshot, segments: tuple[Segment, ...]) -> None:
    """Offers the first group that anybody is in to try, where nothing was kept yet."""
    used = levels_in_use(opened)
    groups = ((one, level) for one in opened.survey.dimensions for level in one.levels)
    found = next(((one, level) for one, level in groups if level.value in used.get(one.key, ())), None)
    if segments or found is None:
        return
    dimension, level = found
    name = dimension.level_name(level.value)
    st.button(
        spoken("Try it with {group}", group=plain(f"{dimension.label}: {name}")), key="example",
        on_click=_try, args=(dimension.key, level.value, plain_text(name)),
    )  # fmt: skip


def _try(key: str, level: str, name: str) -> None:
    keep_level(key, level)
    st.session_state[NAME] = name


def _keep(opened: Snapshot, request: Request, segments: tuple[Segment, ...]) -> None:
    name, key = st.session_state[NAME], segment_key(st.session_state[NAME], tuple(one.key for one in segments))
    try:
        new = segment_of(request, key, name, st.session_state[DESCRIPTION])
    except RequestError:
        st.session_state[UNDO] = (None, spoken("Give the segment a name first."), "")
        return
    keep_segment(opened.survey.key, new)
    st.session_state[UNDO] = (None, spoken("“{segment}” is kept.", segment=new.name), new.key)
    st.session_state[NAME] = st.session_state[DESCRIPTION] = ""
    chosen = [*st.session_state.get(CHOSEN, ()), new.key]
    st.session_state[CHOSEN] = chosen[-MOST_SIDE_BY_SIDE:]


def _change(opened: Snapshot, old: Segment) -> None:
    name = st.session_state[f"name of {old.key}"].strip() or old.name
    new = replace(old, name=name, description=st.session_state[f"description of {old.key}"].strip())
    keep_segment(opened.survey.key, new)
    st.session_state[UNDO] = (old, spoken("“{segment}” has changed.", segment=old.name), old.key)


def _delete(opened: Snapshot, old: Segment) -> None:
    drop_segment(opened.survey.key, old.key)
    st.session_state[CHOSEN] = [key for key in st.session_state.get(CHOSEN, ()) if key != old.key]
    st.session_state[DELETED] = {*st.session_state.get(DELETED, ()), old.key}
    st.session_state[UNDO] = (old, spoken("“{segment}” is deleted.", segment=old.name), old.key)


def _show_undo(opened: Snapshot) -> None:
    """Says what was done last, with the way back."""
    if UNDO not in st.session_state:
        return
    old, words, key = st.session_state[UNDO]
    with st.container(horizontal=True, vertical_alignment="center", key="undo"):
        st.markdown(plain(words), width="content")
        if key:
            st.button(spoken("Undo"), on_click=_undo, args=(opened, old, key))


def _undo(opened: Snapshot, old: Segment | None, key: str) -> None:
    if old is None:
        drop_segment(opened.survey.key, key)
        st.session_state[CHOSEN] = [one for one in st.session_state.get(CHOSEN, ()) if one != key]
    else:
        keep_segment(opened.survey.key, old)
    del st.session_state[UNDO]


def _show_side_by_side(opened: Snapshot, request: Request, segments: tuple[Segment, ...]) -> None:
    """Shows two to four segments with their differences, among all readers whatever the filters at the side say."""
    st.header(spoken("Side by side"), anchor=False)
    names = told_apart({segment.key: segment.name for segment in segments})
    keys = choose_several(
        SEGMENT, spoken("Two to {count} segments", count=MOST_SIDE_BY_SIDE), names, offer_several,
        max_selections=MOST_SIDE_BY_SIDE, placeholder=spoken("Choose two or more"),
    )  # fmt: skip
    chosen = tuple(one for key in keys for one in segments if one.key == key)
    asked = choose_question(opened.survey, _everybody(request))
    if len(chosen) < 2:
        st.caption(spoken("Choose two segments to compare them."))
        return
    try:
        view = segment_estimates(opened, asked, chosen)
        found = segment_differences(opened, asked, chosen)
    except RequestError as fault:
        st.info(plain(str(fault)))
        return
    figure = segment_figure(view, found, chosen, house_style(), mode())
    if len(countable(opened.survey)) < 2:  # else it stands in the control above
        st.markdown(plain(view.question.text))
    show_figures({noted("Figure"): figure}, "segments", made=partial(segments_made, view, found, chosen))
    words = spoken("How far the segments differ, answer by answer, in points with the uncertainty interval")
    show_table(difference_table(found, chosen, house_style()), "differences", words)
    st.caption(
        spoken(
            "Differences in points, with their {level} uncertainty intervals. Readers who are in both segments are "
            "taken into account. “A clear difference” holds however many are compared here.",
            level=level_words(house_style()),
        )
    )


def _show_segment(opened: Snapshot, request: Request, segment: Segment) -> None:
    with st.container(border=True, gap="xsmall"):
        st.markdown(f"**{plain(segment.name)}**")
        if segment.description:
            st.markdown(plain(segment.description))
        st.caption(plain(_words(opened, segment)))
        readers = link_query(inside(_everybody(request), segment), opened.survey)  # counted as on this page
        with st.container(horizontal=True, vertical_alignment="center"):
            for page, label in (("survey", spoken("What they say")), ("crosstabs", spoken("In a table"))):
                st.page_link(page_file(page), label=label, query_params=readers)
            with st.popover(spoken("Rename"), type="tertiary", width="content"):
                st.text_input(spoken("Name"), segment.name, key=f"name of {segment.key}", max_chars=80)
                about, key = segment.description, f"description of {segment.key}"
                st.text_input(spoken("Description"), about, key=key, max_chars=300)
                st.button(spoken("Save"), key=f"save {segment.key}", on_click=_change, args=(opened, segment))
            st.button(
                spoken("Delete"), type="tertiary", key=f"delete {segment.key}", on_click=_delete, args=(opened, segment)
            )


def _words(opened: Snapshot, segment: Segment) -> str:
    return segment_words(segment, opened.survey, house_style())


def _everybody(request: Request) -> Request:
    """Returns the request without its filters."""
    return replace(request, where=(), since=None, until=None, standing="counted")


if __name__ == "__main__":  # Streamlit runs a page as a script
    show()
