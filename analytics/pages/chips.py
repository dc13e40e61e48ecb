"""Filters picked in a figure, each shown as a chip with one click back; and how a pick becomes a filter."""

from __future__ import annotations

from datetime import date, datetime

import streamlit as st

from analytics.exports.link import filter_name
from analytics.figures.rows import level_label
from analytics.figures.text import plain_text
from analytics.model import Question, Survey
from analytics.pages.choices import ANSWERS, DAYS
from analytics.pages.plain import plain
from analytics.pages.stated import show_stated
from analytics.views.selection import Selection


def show_chips(survey: Survey, selection: Selection) -> None:
    """Shows each filter that is on as a chip, and what a link says beyond the controls; a click takes it away."""
    show_stated(survey)
    if not (selection.where or selection.since or selection.until):
        return
    with st.container(horizontal=True, gap="xsmall", key="chips"):
        for key, values in selection.where:
            labels = " or ".join(plain_text(level_label(survey, key, value)) for value in values)
            dimension = survey.dimension(key)
            name = plain_text(dimension.label) if dimension else "Answered"
            st.button(f"{plain(f'{name}: {labels}')}  ✕", key=f"chip {key}", on_click=_take_away, args=(survey, key))
        if selection.since or selection.until:
            st.button(f"{_span(selection)}  ✕", key="chip days", on_click=_all_days)


def keep_answer(question: Question, choice: str) -> None:
    """Keeps only those who gave that answer."""
    picked = f"{question.key}={choice}"
    st.session_state[ANSWERS] = [*dict.fromkeys([*st.session_state.get(ANSWERS, ()), picked])]


def keep_level(key: str, level: str) -> None:
    """Keeps only that group of a dimension."""
    st.session_state[filter_name(key)] = [level]


def keep_days(first: date, last: date, start: date, end: date) -> None:
    """Keeps only the days from start to end, so far as they lie between the first and the last."""
    since, until = max(min(start, last), first), min(max(end, first), last)
    st.session_state[DAYS] = (min(since, until), max(since, until))


def _take_away(survey: Survey, key: str) -> None:
    if survey.dimension(key) is not None:
        st.session_state[filter_name(key)] = []
    else:
        kept = st.session_state.get(ANSWERS, ())
        st.session_state[ANSWERS] = [pair for pair in kept if pair.partition("=")[0] != key]


def _all_days() -> None:
    for key in (DAYS, "since", "until"):
        st.session_state.pop(key, None)
        if key in st.query_params:
            del st.query_params[key]


def _span(selection: Selection) -> str:
    since = f"from {_moment(selection.since)}" if selection.since else ""
    until = f"before {_moment(selection.until)}" if selection.until else ""
    words = " ".join(part for part in (since, until) if part)
    return words[:1].upper() + words[1:]


def _moment(at: datetime) -> str:
    return f"{at:%-d %B}" if at.hour == 0 else f"{at:%-d %B, %H:%M}"
