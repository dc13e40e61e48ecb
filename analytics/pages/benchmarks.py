"""Our readers beside benchmark polls: the gap to one of them, and how it went over time."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from functools import partial

import pandas as pd
import streamlit as st

from analytics.estimates.gaps import benchmark_gaps, benchmark_line, benchmark_name, benchmarks_for, gaps_at_polls
from analytics.estimates.trend import trend
from analytics.figures.benchmark_trend import benchmark_trend
from analytics.figures.gap_words import benchmark_words, gap_trend_table, poll_names
from analytics.kinds.benchmark_trend import benchmark_trend_made
from analytics.kinds.gaps import poll_made
from analytics.model import Benchmark, Choice, Question, Snapshot, Survey
from analytics.model.address import poll_name
from analytics.model.request import Request
from analytics.pages.address import keep_one, preset_one
from analytics.pages.benchmark_form import show_benchmark_form
from analytics.pages.choices import choose_every, choose_question, told_apart
from analytics.pages.drawing import mode, show_figures
from analytics.pages.registered import registered
from analytics.pages.side_by_side import show_gaps
from analytics.pages.sources import house_style

POLL = "poll"


def show_public(opened: Snapshot, request: Request) -> None:
    """Shows how readers differ from benchmark polls, the wordings side by side."""
    question = _choose_asked(opened.survey)
    if question is None:
        st.info("No benchmark poll is known for this survey. Add one here, or in the definition under [[benchmark]].")
    else:
        _show_polls(opened, question, request)
    show_benchmark_form(opened.survey)


def _choose_asked(survey: Survey) -> Question | None:
    """Returns a question that benchmark polls are known for, None where there is none."""
    keys = {one.question for one in survey.benchmarks}
    known = replace(survey, questions=tuple(question for question in survey.questions if question.key in keys))
    return choose_question(known) if known.questions else None


def _show_polls(opened: Snapshot, question: Question, request: Request) -> None:
    poll = _choose_poll(benchmarks_for(opened.survey, question.key))
    if poll is not None:
        gaps = benchmark_gaps(opened, replace(request, question=question.key), poll)
        show_gaps(gaps, poll_names(poll), "public", partial(poll_made, gaps, poll))
    if opened.status.first_at is not None:
        _show_benchmark_trend(opened, question, request)


def _choose_poll(polls: tuple[Benchmark, ...]) -> Benchmark | None:
    """Returns the poll to compare with, the newest unless another is named; None where the link does not say which."""
    offered = {poll_name(one): benchmark_words(one, house_style()) for one in polls}
    newest = poll_name(polls[-1])
    asked = not _names_a_poll(offered)
    if asked:
        st.warning("This link names a poll by its place in a list, and the list may have changed. Which one is meant?")
        st.session_state[POLL] = None
    else:
        preset_one(POLL, list(offered), newest)
    if asked or len(polls) > 1:
        st.selectbox("Poll", list(offered), index=None, format_func=offered.__getitem__, key=POLL)
    if asked:
        return None
    chosen = keep_one(POLL, newest)
    return next(one for one in polls if poll_name(one) == chosen)


def _names_a_poll(offered: Collection[str]) -> bool:
    """Returns whether the address names a poll that there is, or none; the poll of a published figure is looked up."""
    named = st.query_params.get(POLL)
    if named is None or named in offered or st.session_state.get(POLL) in offered:
        return True
    figure_id = st.query_params.get("figure")
    figure = registered(figure_id) if figure_id else None
    left_with = dict(figure.query).get(POLL) if figure else None
    if left_with not in offered:
        return False
    st.query_params[POLL] = str(left_with)
    return True


def _show_benchmark_trend(opened: Snapshot, question: Question, request: Request) -> None:
    st.subheader("Over time", anchor=False)
    polls = benchmarks_for(opened.survey, question.key)
    choices = {value: question.choice(value) for one in polls for value, _ in one.shares}
    labels = told_apart({value: choice.label for value, choice in choices.items() if isinstance(choice, Choice)})
    preset_one("answer", list(labels), next(iter(labels)))
    with st.container(horizontal=True):
        st.selectbox("Answer", list(labels), format_func=labels.__getitem__, key="answer", label_visibility="collapsed")
        every = choose_every(opened.survey)
    choice = keep_one("answer", next(iter(labels)))
    if every == "wave":
        st.info("The polls have dates and waves have none: choose hours, days, weeks or months.")
        return
    request = replace(request, question=question.key)
    view = trend(opened, replace(request, every=every))
    line = benchmark_line(polls, choice)
    gaps = gaps_at_polls(opened, request, polls, choice)
    figure = benchmark_trend(view, choice, line, benchmark_name(polls), house_style(), mode())
    made = partial(benchmark_trend_made, view, choice, polls, gaps)
    show_figures({"Figure": figure}, "benchmark trend", made=made)
    _show_gap_at_polls(gaps, polls)


def _show_gap_at_polls(gaps: pd.DataFrame, polls: tuple[Benchmark, ...]) -> None:
    """Says how far readers lay above each poll while it was in the field."""
    if gaps.empty:
        st.caption("Nobody in this selection answered while one of the polls was in the field.")
        return
    st.dataframe(
        gap_trend_table(gaps, polls, house_style()), hide_index=True, key="benchmark trend gaps",
        alt="The gap to each poll, in points with its uncertainty interval",
    )  # fmt: skip
    st.caption(
        "The gap of those who answered on the days of each poll, in points, with its 95 % uncertainty interval. “A "
        "clear gap” is corrected for all polls. It leaves in the files of the figure above."
    )
