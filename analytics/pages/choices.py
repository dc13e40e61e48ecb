"""What the person looking wants to see. Every choice stands in the address, so that a link shows the same."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import cast
from zoneinfo import ZoneInfo

import streamlit as st

from analytics.estimates.choose import weights_used
from analytics.exports.link import filter_name
from analytics.language.text import plain_text
from analytics.model import NO_ANSWER, Choice, Dimension, Question, Standing, Status, Survey
from analytics.model.request import Every, Request, WeightsChoice
from analytics.pages.address import (
    keep_one,
    keep_several,
    keep_span,
    keep_values,
    preset_one,
    preset_several,
    preset_span,
)
from analytics.pages.plain import plain
from analytics.pages.stated import stated_span
from analytics.periods import day_start

WEIGHTS_WORDS = {"none": "Not weighted", "base": "Base weights", "raked": "Raked to targets"}
STANDING_WORDS: dict[Standing, str] = {
    "counted": "All that count",
    "first": "Everybody’s first answer",
    "with screened": "Screened ones too",
}
EVERY_WORDS = {"hour": "Hour", "day": "Day", "week": "Week", "month": "Month", "wave": "Wave"}
MOST_LEVELS_AS_PILLS = 6
DAYS = "days shown"
EVERY_ANSWER = "every"
ANSWERS = "answers kept"
STANDING = "standing"
SEGMENTS_PAGE = str(Path(__file__).resolve().parent / "segments.py")


def choose_question(survey: Survey) -> Question:
    """Returns the question to look at, chosen in the page where there are several."""
    asked = {question.key: question for question in survey.questions if question.kind != "text" and question.choices}
    usual = next(iter(asked))
    if len(asked) > 1:
        preset_one("question", list(asked), usual)
        texts = told_apart({key: question.text for key, question in asked.items()})
        st.selectbox("Question", list(asked), format_func=texts.__getitem__, key="question")
        return asked[keep_one("question", usual)]
    return asked[usual]


def choose_selection(survey: Survey, status: Status, *, with_standing: bool = True) -> Request:
    """Returns the filters and the weighting chosen in the sidebar.

    Args:
        with_standing: whether the page can count other responses than those in good standing.
    """
    with st.sidebar:
        st.markdown("**Only these readers**")
        since, until = _choose_span(survey, status)
        where = tuple((d.key, values) for d in survey.dimensions if (values := _choose_levels(d)))
        where += _choose_answers(survey)
        standing = _choose_standing(survey, status) if with_standing else "counted"
        idle = not where and since is None and until is None and standing == "counted"
        st.button("Clear all filters", on_click=_clear, args=(survey,), disabled=idle)
        kept = st.container()  # also without a link: nothing below changes its place
        if not idle:
            filters = _filters_in_address(survey)
            kept.page_link(SEGMENTS_PAGE, label="Keep these readers as a segment", query_params=filters)
        weights = _choose_weights(survey)
    return Request(where=where, since=since, until=until, weights=weights, standing=standing)


def _filters_in_address(survey: Survey) -> dict[str, list[str]]:
    keys = [*(dimension.key for dimension in survey.dimensions), *(question.key for question in survey.questions)]
    names = ["survey", "question", "since", "until", STANDING, *map(filter_name, keys)]
    return {name: found for name in dict.fromkeys(names) if (found := st.query_params.get_all(name))}


def choose_every(survey: Survey, *, timed: bool = True) -> Every:
    """Returns the length of the periods over which to show the answers; `timed` is whether they carry times at all."""
    offered = [every for every in EVERY_WORDS if (survey.dimension("wave") if every == "wave" else timed)]
    usual = "day" if timed else "wave"
    preset_one("every", offered, usual)
    st.segmented_control(
        "Periods of the trend", offered, required=True, format_func=EVERY_WORDS.__getitem__, key="every",
        label_visibility="collapsed",
    )  # fmt: skip
    return cast(Every, keep_one("every", usual))


def choose_line(survey: Survey, question: Question) -> Choice | None:
    """Returns the one answer to follow group by group; None to follow every answer among all readers."""
    if not survey.dimensions:
        return None
    offered = {EVERY_ANSWER: "Every answer"} | {f"={c.value}": f"{c.label}, by group" for c in question.choices}
    preset_one("line", list(offered), EVERY_ANSWER)
    lines = told_apart(offered)
    st.selectbox("Lines", list(offered), format_func=lines.__getitem__, key="line", label_visibility="collapsed")
    return question.choice(keep_one("line", EVERY_ANSWER)[1:])


def choose_by(survey: Survey) -> Dimension:
    """Returns the dimension by which to break the answers down."""
    dimensions = {dimension.key: dimension for dimension in survey.dimensions}
    usual = next(iter(dimensions))
    preset_one("by", list(dimensions), usual)
    st.segmented_control(
        "Groups", list(dimensions), required=True, format_func=lambda key: plain(dimensions[key].label), key="by",
        label_visibility="collapsed",
    )  # fmt: skip
    return dimensions[keep_one("by", usual)]


def _choose_span(survey: Survey, status: Status) -> tuple[datetime | None, datetime | None]:
    """Returns when the period starts and when it is over; None where the slider stands at an end of fieldwork."""
    if status.first_at is None or status.last_at is None:
        return None, None
    zone = ZoneInfo(survey.time_zone)
    first, last = status.first_at.astimezone(zone).date(), status.last_at.astimezone(zone).date()
    stated = stated_span(survey, first, last)
    if stated is not None:
        st.caption("The period is that of the link. Clear the filters to choose days.")
        return stated
    if first == last:
        return None, None
    preset_span(DAYS, first, last)
    st.slider(
        "Period", first, last, format="D MMM", key=DAYS,
        help=f"Whole days in {plain(survey.time_zone)}. Answers without a time stamp are left out of a shorter period.",
    )  # fmt: skip
    since, until = keep_span(DAYS, first, last)
    starts = (day_start(day, survey.time_zone) if day else None for day in (since, until))
    return next(starts), next(starts)


def _choose_levels(dimension: Dimension) -> tuple[str, ...]:
    labels = {level.value: level.label for level in dimension.levels} | {NO_ANSWER: NO_ANSWER}
    name = filter_name(dimension.key)
    preset_several(name, list(labels))
    if len(labels) <= MOST_LEVELS_AS_PILLS:
        st.pills(
            plain(dimension.label), list(labels), selection_mode="multi", key=name,
            format_func=lambda value: plain(labels[value]),
        )  # fmt: skip
    else:
        texts = told_apart(labels)
        st.multiselect(plain(dimension.label), list(labels), format_func=texts.__getitem__, key=name, placeholder="All")
    return keep_several(name)


def _choose_answers(survey: Survey) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Returns the answers whose givers alone are to be kept, by question."""
    labels = {
        (question.key, choice.value): f"{choice.label} ({question.text})"
        for question in survey.questions
        if question.kind != "text"
        for choice in question.choices
    }
    offered = {f"{key}={value}": label for (key, value), label in labels.items()}
    named = [f"{key}={value}" for key, value in labels if value in st.query_params.get_all(filter_name(key))]
    st.session_state.setdefault(ANSWERS, named)
    texts = told_apart(offered)
    st.multiselect(
        "Only those who answered", list(offered), format_func=texts.__getitem__, key=ANSWERS, placeholder="Anything",
        help="Several answers to one question: any of them. Answers to several questions: all of them.",
    )  # fmt: skip
    chosen = st.session_state[ANSWERS]
    kept = {
        question.key: tuple(c.value for c in question.choices if f"{question.key}={c.value}" in chosen)
        for question in survey.questions
        if question.kind != "text" and survey.dimension(question.key) is None
    }
    for key, values in kept.items():
        keep_values(filter_name(key), values)
    return tuple((key, values) for key, values in kept.items() if values)


def _choose_standing(survey: Survey, status: Status) -> Standing:
    """Returns which responses count; asked where some were screened out, somebody answered again, or a link says so."""
    named = st.query_params.get(STANDING)
    there = {"counted": True, "first": bool(status.superseded or survey.columns.respondent)}
    there["with screened"] = status.screened > 0
    offered = [one for one in STANDING_WORDS if there[one] or one == named]
    if len(offered) == 1:
        return "counted"
    preset_one(STANDING, offered, "counted")
    st.selectbox(
        "Which responses count", offered, format_func=STANDING_WORDS.__getitem__, key=STANDING,
        help="Usually all in good standing: what a rule screened out does not count, and of a changed response the "
        "newest version does.",
    )  # fmt: skip
    return cast(Standing, keep_one(STANDING, "counted"))


def told_apart(labels: dict[str, str]) -> dict[str, str]:
    """Returns the labels, each with its value beside it where two read alike: the browser sends back what it shows."""
    shown = {value: plain_text(label) for value, label in labels.items()}
    often = Counter(shown.values())
    return {value: f"{text} ({value})" if often[text] > 1 else text for value, text in shown.items()}


def _choose_weights(survey: Survey) -> WeightsChoice:
    usual = weights_used(survey, Request())
    offered = ["none", *(["base"] if survey.columns.weight else []), *(["raked"] if survey.targets else [])]
    if len(offered) == 1:
        return "none"
    preset_one("weighting", offered, usual)
    st.radio("Weighting", offered, format_func=WEIGHTS_WORDS.__getitem__, key="weighting")
    return cast(WeightsChoice, keep_one("weighting", usual))


def _clear(survey: Survey) -> None:
    for dimension in survey.dimensions:
        st.session_state[filter_name(dimension.key)] = []
    st.session_state[ANSWERS] = []
    for key in (DAYS, "since", "until", STANDING):
        st.session_state.pop(key, None)
        if key in st.query_params:
            del st.query_params[key]
