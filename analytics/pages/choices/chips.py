"""What is on, each as a chip with one click back: filters, and what a link states that no control of the page sets.

And how a pick in a figure becomes a filter.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import streamlit as st

from analytics.language.dates import clock_words, day_words
from analytics.language.said import listed, noted, speech, spoken
from analytics.language.text import plain_text
from analytics.model import Question, Survey
from analytics.model.address import filter_name
from analytics.model.request import Request
from analytics.pages.choices.address import NAMES, state, stated
from analytics.pages.choices.readers import ANSWERS, DAYS, all_days, take_out_filter
from analytics.pages.ground.plain import plain
from analytics.words.names import level_label

STATED_WORDS = {
    "interval": {"wilson": noted("Wilson intervals"), "beta": noted("Exact (beta) intervals")},
    "variance": {"fixed": noted("Weights taken as fixed")},
    "base": {"all": noted("Shares of everyone who took part")},
    "standing": {"first": noted("The first answers of everybody"), "with screened": noted("Set-aside answers too")},
}
"""The fields of a request beside its filters, but for their usual values, and how a chip says them."""
USUAL = Request()
HALF_A_DAY, INSTANT = timedelta(hours=12), timedelta(microseconds=1)


def show_stated(survey: Survey, request: Request) -> None:
    """Shows as chips what a link states beyond the filters; a click takes it away."""
    chips = {
        name: spoken(words[value]) for name, words in STATED_WORDS.items() if (value := getattr(request, name)) in words
    }
    if request.min_base is not None:
        chips["min_base"] = spoken("Minimum base: {count}", count=request.min_base)
    if chips:
        with st.container(horizontal=True, gap="xsmall", key="stated"):
            for name, words in chips.items():
                show_stated_chip(survey, request, name, words)
    asked = stated(survey).min_base
    if asked is not None and asked < survey.min_base:
        st.caption(
            spoken(
                "The link asks for a minimum base of {asked}. This page follows the survey’s own minimum, {least}, and "
                "shows nothing that rests on fewer.",
                asked=asked,
                least=survey.min_base,
            )
        )


def show_stated_chip(survey: Survey, request: Request, field: str, words: str) -> None:
    """Shows one field of the request as a chip."""
    usual = {field: getattr(USUAL, field)}
    name = NAMES.get(field, field)
    st.button(f"{plain(words)}  ✕", key=f"stated {name}", on_click=_take_back, args=(survey, request, name, usual))


def show_chips(survey: Survey, request: Request) -> None:
    """Shows each filter that is on as a chip, and what a link says beyond the controls; a click takes it away."""
    show_stated(survey, request)
    show_filters(survey, request)


def show_filters(survey: Survey, request: Request) -> None:
    """Shows each filter that is on as a chip; a click takes it away."""
    with st.container(horizontal=True, gap="xsmall", key="chips"):  # also without any, as `kept_place`
        for key, _ in request.where:
            show_chip(survey, request, key)
        show_days_chip(survey, request)
        if not (request.where or request.since or request.until):  # its room is kept: nothing moves at the first one
            st.caption(spoken("No filter"))


def show_chip(survey: Survey, request: Request, key: str, place: str = "") -> None:
    """Shows the filter on one dimension or question as a chip, where there is one; `place` tells it from its likes."""
    values = dict(request.where).get(key)
    if values is None:
        return
    words = plain(filter_label(survey, key, values))
    st.button(f"{words}  ✕", key=f"chip {key}{place}", on_click=take_out_filter, args=(survey, key))


def filter_label(survey: Survey, key: str, values: Sequence[str]) -> str:
    """Returns a filter in a few words: what is filtered, and by which groups or answers."""
    labels = listed([plain_text(level_label(survey, key, value)) for value in values], "or")
    dimension = survey.dimension(key)
    return f"{plain_text(dimension.label) if dimension else spoken('Answered')}: {labels}"


def show_days_chip(survey: Survey, request: Request, place: str = "") -> None:
    """Shows the period as a chip, where one was chosen; `place` tells it from its likes."""
    if request.since or request.until:
        st.button(f"{_span(survey, request)}  ✕", key=f"chip days{place}", on_click=all_days, args=(survey,))


def keep_answer(question: Question, choice: str) -> None:
    """Keeps only those who gave that answer."""
    picked = f"{question.key}={choice}"
    st.session_state[ANSWERS] = [*dict.fromkeys([*st.session_state.get(ANSWERS, ()), picked])]


def keep_level(key: str, level: str) -> None:
    """Keeps only that group of a dimension."""
    st.session_state[filter_name(key)] = [level]


def keep_readers(survey: Survey, request: Request) -> None:
    """Keeps those readers whom the filters of the request keep."""
    kept = dict(request.where)
    for dimension in survey.dimensions:
        st.session_state[filter_name(dimension.key)] = list(kept.get(dimension.key, ()))
    asked = [one.key for one in survey.questions if survey.dimension(one.key) is None]
    st.session_state[ANSWERS] = [f"{key}={value}" for key in asked for value in kept.get(key, ())]
    span = (request.since, request.until)
    if span != (stated(survey).since, stated(survey).until):
        st.session_state.pop(DAYS, None)
        state(survey, stated(survey), since=request.since, until=request.until)


def keep_levels(key: str, levels: Sequence[str]) -> None:
    """Keeps only those groups of a dimension."""
    st.session_state[filter_name(key)] = [*levels]


def keep_days(first: date, last: date, start: datetime, end: datetime) -> None:
    """Keeps only the days whose noon, where their points are drawn, lies in the stretch from start to end.

    A stretch between two noons keeps the day of its middle; of days that lie before the first or after the last, these
    stay.
    """
    since, until = (start + HALF_A_DAY - INSTANT).date(), (end - HALF_A_DAY).date()
    if since > until:
        since = until = (start + (end - start) / 2).date()
    st.session_state[DAYS] = tuple(min(max(day, first), last) for day in (since, until))


def _take_back(survey: Survey, request: Request, name: str, usual: dict[str, Any]) -> None:
    state(survey, request, **usual)
    st.session_state.pop(name, None)  # of one that has a control too


def _span(survey: Survey, request: Request) -> str:
    """Returns the period by the survey's own clock: days where it is whole ones, else moments."""
    zone = ZoneInfo(survey.time_zone)
    since, until = (at.astimezone(zone) if at else None for at in (request.since, request.until))
    if any(at is not None and (at.hour, at.minute) != (0, 0) for at in (since, until)):
        return _hours(since, until)
    last = until - INSTANT if until else None
    if since and last:
        ends = {"first": _day(since), "last": _day(last)}
        return spoken("Only {first}" if since.date() == last.date() else "{first} to {last}", **ends)
    if since:
        return spoken("From {first} on", first=_day(since))
    return spoken("Up to {last}", last=_day(last)) if last else ""


def _hours(since: datetime | None, until: datetime | None) -> str:
    first, last = (f"{_day(at)}, {clock_words(at)}" if at else "" for at in (since, until))
    if first and last:
        return spoken("From {first}, before {last}", first=first, last=last)
    return spoken("From {first} on", first=first) if first else spoken("Before {last}", last=last)


def _day(at: datetime) -> str:
    return day_words(at.date(), speech(), with_year=False)
