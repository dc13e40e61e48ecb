"""Whose answers count and how much: the filters at the side of every page, bound to the request of the address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import cast
from zoneinfo import ZoneInfo

import streamlit as st

from analytics.estimates.views.choose import weights_used
from analytics.language.catalogues import OURS
from analytics.language.said import noted, speech, spoken, spoken_each
from analytics.model import NO_ANSWER, Dimension, Snapshot, Standing, Survey
from analytics.model.access import may_keep_segments
from analytics.model.address import filter_name
from analytics.model.request import Request, WeightsChoice
from analytics.pages.choices.address import link_query, page_file, state, stated
from analytics.pages.choices.controls import (
    about_to_be,
    chosen_days,
    chosen_one,
    chosen_several,
    kept_place,
    offer_several,
    start_one,
    start_several,
    start_span,
    take_out,
    take_out_span,
    told_apart,
)
from analytics.pages.ground.plain import plain
from analytics.pages.ground.sources import once
from analytics.periods import day_start
from analytics.words.names import level_label

WEIGHTS_WORDS = {"none": noted("Not weighted"), "base": noted("Base weights"), "raked": noted("Raked to targets")}
STANDING_WORDS: dict[Standing, str] = {
    "counted": noted("All that count"),
    "first": noted("Everybody’s first answer"),
    "with screened": noted("Those set aside too"),
}
MOST_LEVELS_AS_PILLS, MOST_FOLDED_AS_PILLS = 6, 4
OPEN_DIMENSIONS = 2
"""So many dimensions stand open at the side; the others, answers and weighting are one click away."""
DAYS = "days shown"
ANSWERS = "answers kept"
STANDING = "standing"


def choose_readers(snapshot: Snapshot, *, with_standing: bool = True, with_weights: bool = True) -> Request:
    """The request that the address states, with the filters and the weighting chosen in the sidebar.

    What the address states beyond these controls is in it too; of a minimum base only one above the survey's own:
    whoever has a link could undo what is suppressed otherwise.

    Args:
        with_standing: whether the page lets be chosen which responses count.
        with_weights: whether it lets the weighting be chosen; where nothing is weighted that would do nothing.
    """
    survey, asked = snapshot.survey, stated(snapshot.survey)
    # how their answers are broken down is chosen beside each figure
    request = replace(
        asked, kind=Request().kind, survey=survey.key, question="", by=(), every=None, window=1, options=()
    )
    with st.sidebar:
        st.markdown(f"**{spoken('Only these readers')}**")
        request = choose_period(snapshot, request)
        for dimension in survey.dimensions[:OPEN_DIMENSIONS]:
            request = choose_levels(snapshot, request, dimension, with_missing=False)
        usual = weights_used(survey, Request())
        with st.expander(_more_words(survey, asked, usual if with_weights else None), key="more filters"):
            for dimension in survey.dimensions[OPEN_DIMENSIONS:]:
                request = choose_levels(snapshot, request, dimension, most_pills=MOST_FOLDED_AS_PILLS)
            request = choose_answers(survey, request)
            request = choose_standing(snapshot, request) if with_standing else request
            request = choose_weights(survey, request) if with_weights else request
        idle = not request.where and request.since is None and request.until is None
        idle = idle and not (with_standing and request.standing != "counted")
        st.button(spoken("Clear all filters"), on_click=_clear, args=(survey,), disabled=idle)
        kept = kept_place()
        request = replace(request, min_base=_min_base(survey, request))
        if not idle and may_keep_segments(snapshot.person):
            readers = link_query(replace(request, question=asked.question), survey)
            label = spoken("Keep these readers as a segment")
            kept.page_link(page_file("segments"), label=label, query_params=readers)
    return request


def _more_words(survey: Survey, asked: Request, usual_weights: WeightsChoice | None) -> str:
    """What the fold of further filters is called, with how many of them are set: none is on without being seen."""
    kept, questions = dict(asked.where), {one.key for one in survey.questions}
    on = [
        about_to_be(filter_name(one.key), kept.get(one.key)) for one in survey.dimensions[OPEN_DIMENSIONS:]
    ]  # fmt: skip
    on.append(about_to_be(ANSWERS, [key for key in kept if key in questions and survey.dimension(key) is None]))
    on.append(about_to_be(STANDING, asked.standing) != "counted")
    weights = about_to_be("weighting", asked.weights) or usual_weights
    on.append(usual_weights is not None and weights != usual_weights)
    count = sum(map(bool, on))
    return spoken("More filters ({count})", count=count) if count else spoken("More filters")


def choose_period(snapshot: Snapshot, request: Request) -> Request:
    """The request with the period chosen, open where the slider stands at an end of fieldwork."""
    survey, status = snapshot.survey, snapshot.status
    open_ended = replace(request, since=None, until=None)
    if status.first_at is None or status.last_at is None:
        return open_ended
    zone = ZoneInfo(survey.time_zone)
    first, last = (at.astimezone(zone).date() for at in (status.first_at, status.last_at))
    if beyond_days(survey, request, first, last):
        st.caption(spoken("The period is that of the link. Clear the filters to choose days."))
        return request
    if first == last:
        return open_ended
    start_span(DAYS, _day(survey, request.since), _day(survey, request.until), first, last)
    st.slider(
        spoken("Period"), first, last, key=DAYS,
        format=day_format(with_year=first.year != last.year),
    )  # fmt: skip
    since, until = (day and day_start(day, survey.time_zone) for day in chosen_days(DAYS, first, last))
    return state(survey, request, since=since, until=until)


def day_format(*, with_year: bool) -> str:
    """How the browser writes days at the slider: as the house does. It knows English names of months alone."""
    if speech().language != OURS:
        return spoken("D MMM YYYY") if with_year else spoken("D MMM")
    written = speech().day if with_year else speech().day.removesuffix("{year}").rstrip(" ,")
    return written.format(day="D", month="MMM", year="YYYY")


def beyond_days(survey: Survey, request: Request, first: date, last: date) -> bool:
    """Whether the slider of whole days from `first` to `last` cannot say the period of the request.

    Such are hours, and ends that lie at those of fieldwork or beyond.
    """
    since, until = request.since, request.until
    start, end = day_start(first, survey.time_zone), day_start(last + timedelta(days=1), survey.time_zone)
    moments = [at for at in (since, until) if at is not None]
    hours = any(_day(survey, at) is None for at in moments)
    outside = (since is not None and since <= start) or (until is not None and until >= end)
    empty = (since or start) >= (until or end) or (since or start) >= end or (until or end) <= start
    whole = all((at.minute, at.second) == (0, 0) for at in moments)
    return (hours or outside) and whole and not empty


def levels_in_use(snapshot: Snapshot) -> dict[str, frozenset[str]]:
    """Of each dimension the levels that any response has, NO_ANSWER among them where one has none."""
    return once(snapshot, Request(), "levels in use", work=partial(_levels_in_use, snapshot))


def _levels_in_use(snapshot: Snapshot) -> dict[str, frozenset[str]]:
    profiles = snapshot.levels()
    return {
        one.key: frozenset(profiles[one.key].fillna(NO_ANSWER).astype(str))
        for one in snapshot.survey.dimensions if one.key in profiles
    }  # fmt: skip


def choose_levels(
    snapshot: Snapshot, request: Request, dimension: Dimension, *, with_missing: bool = True,
    most_pills: int = MOST_LEVELS_AS_PILLS,
) -> Request:  # fmt: skip
    """The request with only the levels of the dimension kept that are chosen, all where none is.

    Levels that nobody has are not offered, unless a link names them.

    Args:
        with_missing: whether those who have none of the levels are offered too, where no link names them.
        most_pills: of more levels a list is shown.
    """
    survey = snapshot.survey
    labels = {one.value: level_label(survey, dimension.key, one.value) for one in dimension.levels}
    labels |= {NO_ANSWER: spoken("No answer")}
    name = filter_name(dimension.key)
    named, used = dict(request.where).get(dimension.key, ()), levels_in_use(snapshot).get(dimension.key, frozenset())
    chosen = {*named, *(st.session_state.get(name) or ())}
    labels = {value: label for value, label in labels.items() if not used or value in used or value in chosen}
    if not with_missing and NO_ANSWER not in chosen:
        labels.pop(NO_ANSWER, None)
    start_several(name, named, labels)
    if len(labels) <= most_pills:
        st.pills(
            plain(dimension.label), list(labels), selection_mode="multi", key=name,
            format_func=lambda value: plain(labels[value]),
        )  # fmt: skip
    else:
        texts = told_apart(labels)
        offer_several(
            plain(dimension.label), list(labels), format_func=texts.__getitem__, key=name, placeholder=spoken("All")
        )
    return _keeping(survey, request, {dimension.key: chosen_several(name)})


def choose_answers(survey: Survey, request: Request) -> Request:
    """The request with only those kept who gave the answers chosen; any of one question, all of several questions."""
    questions = [one for one in survey.questions if one.kind != "text"]
    labels = {
        (question.key, choice.value): f"{choice.label} ({question.text})"
        for question in questions
        for choice in question.choices
    }
    offered, named = {f"{key}={value}": label for (key, value), label in labels.items()}, dict(request.where)
    start_several(ANSWERS, [f"{key}={value}" for key, value in labels if value in named.get(key, ())], offered)
    texts = told_apart(offered)
    offer_several(
        spoken("Only those who answered"), list(offered), format_func=texts.__getitem__, key=ANSWERS,
        placeholder=spoken("Anything"),
        help=spoken("Several answers to one question: any of them. Answers to several questions: all of them."),
    )  # fmt: skip
    chosen, dimensions = set(st.session_state[ANSWERS]), {dimension.key for dimension in survey.dimensions}
    kept: dict[str, tuple[str, ...]] = {one.key: () for one in questions if one.key not in dimensions}
    for (key, value), name in zip(labels, offered, strict=True):
        if key in kept and name in chosen:
            kept[key] = (*kept[key], value)
    return _keeping(survey, request, kept)


def choose_standing(snapshot: Snapshot, request: Request) -> Request:
    """The request with the responses that count; asked where some were screened out, somebody answered again, or a link
    says so."""
    survey, status = snapshot.survey, snapshot.status
    there = {"counted": True, "first": bool(status.superseded or survey.columns.respondent)}
    there["with screened"] = status.screened > 0
    offered = [one for one in STANDING_WORDS if there[one] or one == request.standing]
    if len(offered) == 1:
        return request
    start_one(STANDING, request.standing, offered, "counted")
    st.selectbox(
        spoken("Which responses count"), offered, format_func=spoken_each(STANDING_WORDS).__getitem__, key=STANDING,
        help=spoken(
            "Usually all in good standing: what a rule set aside does not count, and of a changed response the "
            "newest version does."
        ),
    )  # fmt: skip
    return state(survey, request, standing=cast(Standing, chosen_one(STANDING, "counted")))


def choose_weights(survey: Survey, request: Request) -> Request:
    """The request with the weighting chosen, None where it is the survey's own."""
    usual = weights_used(survey, Request())
    offered = ["none", *(["base"] if survey.columns.weight else []), *(["raked"] if survey.targets else [])]
    if len(offered) == 1:
        return replace(request, weights=None)
    start_one("weighting", request.weights, offered, usual)
    st.radio(spoken("Weighting"), offered, format_func=spoken_each(WEIGHTS_WORDS).__getitem__, key="weighting")
    weights = cast(WeightsChoice, chosen_one("weighting", usual))
    return state(survey, request, weights=None if weights == usual else weights)


def _keeping(survey: Survey, request: Request, filters: Mapping[str, tuple[str, ...]]) -> Request:
    """The request with these filters in their places: dimensions in their order, then questions in theirs."""
    kept = dict(request.where) | dict(filters)
    keys = dict.fromkeys([one.key for one in survey.dimensions])
    keys |= dict.fromkeys([one.key for one in survey.questions if one.kind != "text"])
    return state(survey, request, where=tuple((one, kept[one]) for one in keys if kept.get(one)))


def _min_base(survey: Survey, request: Request) -> int | None:
    return request.min_base if request.min_base and request.min_base > survey.min_base else None


def _day(survey: Survey, at: datetime | None) -> date | None:
    """The day that starts at that moment by the survey's clock, None where none does."""
    day = at.astimezone(ZoneInfo(survey.time_zone)).date() if at else None
    return day if day and at == day_start(day, survey.time_zone) else None


def _clear(survey: Survey) -> None:
    """Takes back what the address states: what was chosen since, by a click that was quicker than this, stays."""
    asked = stated(survey)
    for key in dict(asked.where):
        take_out_filter(survey, key)
    if st.session_state.get(STANDING) == asked.standing:
        st.session_state.pop(STANDING)
    all_days(survey)
    state(survey, stated(survey), standing="counted")


def take_out_filter(survey: Survey, key: str) -> None:
    """Takes the filter on a dimension or on the answers to a question back, as the address states it."""
    values = dict(stated(survey).where).get(key, ())
    if survey.dimension(key) is not None:
        take_out(filter_name(key), values)
    else:
        take_out(ANSWERS, [f"{key}={value}" for value in values])


def all_days(survey: Survey) -> None:
    """Takes the period back, unless another one was chosen meanwhile."""
    asked = stated(survey)
    take_out_span(DAYS, _day(survey, asked.since), _day(survey, asked.until))
    state(survey, asked, since=None, until=None)
