"""Our readers beside benchmark polls: the gap to one of them, and how it went over time."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pandas as pd
import streamlit as st

from analytics.estimates.gap_trend import gaps_at_polls
from analytics.estimates.gaps import benchmark_gaps, benchmarks_for
from analytics.estimates.trend import trend
from analytics.exports.plates import benchmark_trend_draft
from analytics.figures.benchmark_trend import benchmark_trend
from analytics.model import Benchmark, Choice, Question, Snapshot, Survey
from analytics.model.request import Request
from analytics.model.sides import poll_names
from analytics.pages.address import keep_one, preset_one
from analytics.pages.benchmark_form import show_benchmark_form
from analytics.pages.choices import choose_every, choose_question, told_apart
from analytics.pages.drawing import mode, show_figures
from analytics.pages.side_by_side import show_gaps
from analytics.pages.sources import house_style
from analytics.words.gaps import benchmark_words, gap_trend_table


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
    polls = benchmarks_for(opened.survey, question.key)
    offered = {str(place): benchmark_words(one, house_style()) for place, one in enumerate(polls)}
    newest = str(len(polls) - 1)
    preset_one("poll", list(offered), newest)
    if len(polls) > 1:
        st.selectbox("Poll", list(offered), format_func=offered.__getitem__, key="poll")
    poll = polls[int(keep_one("poll", newest))]
    pairs = (("with", "public"), ("poll", str(polls.index(poll))))
    show_gaps(benchmark_gaps(opened, replace(request, question=question.key), poll), poll_names(poll), "public", pairs)
    if opened.status.first_at is not None:
        _show_benchmark_trend(opened, question, request)


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
    gaps = gaps_at_polls(opened, request, polls, choice)
    figure = benchmark_trend(view, choice, polls, house_style(), mode())
    asked = (("with", "public"), ("answer", choice), ("every", every))
    plate = partial(benchmark_trend_draft, view, choice, polls, gaps, asked)
    show_figures({"Figure": figure}, "benchmark trend", plate=plate)
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
