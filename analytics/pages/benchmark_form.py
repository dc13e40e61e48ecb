"""The form by which a benchmark poll is added to a survey, and the way back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import streamlit as st

from analytics.errors import SurveyError
from analytics.imports.definition.benchmarks import Entry, entered
from analytics.imports.definition.text import benchmark_text
from analytics.model import Benchmark, Question, Survey
from analytics.pages.choices.controls import told_apart
from analytics.pages.ground.plain import plain
from analytics.pages.ground.sources import house_style, keep_benchmark, take_out_benchmark
from analytics.words.gaps import benchmark_words

OLDEST = date(1930, 1, 1)
DONE, FAULTS, TURN = "benchmark done", "benchmark faults", "benchmark turn"


def show_benchmark_form(survey: Survey) -> None:
    """Shows how to add a poll, the polls that were added, and how to undo the last step."""
    _show_undo(survey)
    faults = st.session_state.pop(FAULTS, "")
    with st.expander("Add a benchmark poll", expanded=bool(faults) or not survey.benchmarks, key="benchmark form"):
        for line in faults.splitlines():
            st.error(plain(line))
        question = _choose_question(survey)
        if question is not None:
            _show_form(survey, question)
    added = [one for one in survey.benchmarks if one.added]
    if added:
        with st.expander(f"Polls added here: {len(added)}", key="benchmarks added"):
            for place, one in enumerate(added):
                _show_added(survey, one, place)


def _choose_question(survey: Survey) -> Question | None:
    asked = {one.key: one for one in survey.questions if one.kind != "text" and one.choices}
    if len(asked) < 2:
        return next(iter(asked.values()), None)
    texts = told_apart({key: one.text for key, one in asked.items()})
    chosen = st.selectbox("It asked the like of", list(asked), format_func=texts.__getitem__, key="benchmark question")
    return asked[chosen]


def _show_form(survey: Survey, question: Question) -> None:
    st.caption("All of it is needed but the poll’s own words. Leave the share of an answer empty that was not offered.")
    with st.form("benchmark", border=False):
        st.text_input("Source: who asked, and where it was published", key=_key("source"), max_chars=200)
        st.text_area("Exact wording of its question", key=_key("wording"), max_chars=2000, height=80)
        with st.container(horizontal=True):
            st.text_input("Who was asked", key=_key("population"), max_chars=200, placeholder="Adults in Germany")
            st.number_input("How many were asked", 1, None, None, 1, key=_key("base_n"))
            for name, label in (("first", "First day"), ("last", "Last day")):
                st.date_input(label, None, OLDEST, date(2100, 1, 1), key=_key(name), format="YYYY-MM-DD")
        for choice in question.choices:
            label = plain(choice.label)
            with st.container(horizontal=True):
                st.number_input(f"{label}: share in %", 0.0, 100.0, None, key=_key(f"{question.key} {choice.value}"))
                st.text_input(
                    f"{label}: in its own words", key=_key(f"{question.key} {choice.value} words"), max_chars=200,
                    placeholder="Where worded otherwise, or several added up",
                )  # fmt: skip
        st.form_submit_button("Add", type="primary", on_click=_add, args=(survey, question))


def _add(survey: Survey, question: Question) -> None:
    try:
        new = entered(question, _entry(question), datetime.now(UTC).date())
        keep_benchmark(survey.key, new)
    except SurveyError as fault:
        st.session_state[FAULTS] = str(fault)
        return
    st.session_state[TURN] = st.session_state.get(TURN, 0) + 1  # the form starts anew
    st.session_state[DONE] = (True, replace(new, added=True))


def _entry(question: Question) -> Entry:
    def at(name: str) -> str:
        return str(st.session_state[_key(name)] or "")

    values = [choice.value for choice in question.choices]
    return Entry(
        at("source"), at("wording"), at("population"), st.session_state[_key("first")], st.session_state[_key("last")],
        st.session_state[_key("base_n")],
        {value: st.session_state[_key(f"{question.key} {value}")] for value in values},
        {value: at(f"{question.key} {value} words") for value in values},
    )  # fmt: skip


def _show_added(survey: Survey, poll: Benchmark, place: int) -> None:
    question = survey.question(poll.question)
    st.markdown(f"**{plain(benchmark_words(poll, house_style()))}**")
    st.caption(plain(question.text) if question else "")
    st.button("Delete", key=f"benchmark delete {place}", on_click=_delete, args=(survey, poll), type="tertiary")
    st.caption("A later import leaves it in place. To have it in the definition’s file too, put these lines there:")
    st.code(benchmark_text(poll), language="toml", wrap_lines=True)


def _delete(survey: Survey, poll: Benchmark) -> None:
    _try(lambda: take_out_benchmark(survey.key, poll), (False, poll))


def _show_undo(survey: Survey) -> None:
    """Says what was done last, with the way back."""
    if DONE not in st.session_state:
        return
    added, poll = st.session_state[DONE]
    with st.container(horizontal=True, vertical_alignment="center", key="benchmark undo"):
        st.markdown(f"The poll by {plain(poll.source)} is {'added' if added else 'deleted'}.", width="content")
        st.button("Undo", key="benchmark back", on_click=_undo, args=(survey, added, poll))


def _undo(survey: Survey, added: bool, poll: Benchmark) -> None:
    if added:
        _try(lambda: take_out_benchmark(survey.key, poll), None)
    else:
        _try(lambda: keep_benchmark(survey.key, poll), None)


def _try(change: Callable[[], None], done: tuple[bool, Benchmark] | None) -> None:
    """Makes a change; what is against it is told where the form is."""
    try:
        change()
    except SurveyError as fault:
        st.session_state[FAULTS] = str(fault)
    st.session_state.pop(DONE, None)
    if done is not None:
        st.session_state[DONE] = done


def _key(name: str) -> str:
    return f"benchmark {st.session_state.get(TURN, 0)} {name}"
