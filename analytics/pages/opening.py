"""Which survey a page shows: the one that its address names, else the one looked at before, else the first."""

from __future__ import annotations

import streamlit as st

from analytics.model import Snapshot
from analytics.pages.choices import told_apart
from analytics.pages.empty import show_no_survey
from analytics.pages.lost import show_lost
from analytics.pages.plain import plain
from analytics.pages.republished import show_republished
from analytics.pages.sources import revisions, snapshot_at

LOOKED_AT = "survey looked at"


def open_survey(heading: str, *, with_choices: bool = True) -> Snapshot | None:
    """Returns the survey chosen, None where there is nothing to show; the page then says so.

    Args:
        with_choices: whether the page needs a question that has choices.
    """
    known = revisions()
    if not known:
        show_no_survey()
        return None
    before = st.session_state.get(LOOKED_AT)
    key = st.query_params.get("survey", before if before in known else next(iter(known)))
    if key not in known:
        st.error(f"There is no survey {plain(key)} here. It may be in another database: look in the newsroom list.")
        return None
    key = _choose(heading, key, known)
    opened = snapshot_at(key, known[key])
    survey, status = opened.survey, opened.status
    show_lost(survey.time_zone, key)
    if survey.simulated:
        st.badge("SIMULATED: these readers and their answers are made up", color="orange")
    show_republished(key)
    asked = any(question.kind != "text" and question.choices for question in survey.questions)
    if status.counted == 0 or (with_choices and not asked):
        st.info("No answer that can be counted has been recorded for this survey yet.")
        return None
    return opened


def _choose(heading: str, key: str, known: dict[str, int]) -> str:
    """Returns the survey chosen at the head of the page; another one drops all that the address said of the first."""
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.header(heading, anchor=False, width="content")
        if len(known) > 1:
            titles = told_apart({one: snapshot_at(one, revision).survey.title for one, revision in known.items()})
            chosen = st.selectbox(
                "Survey", list(known), index=list(known).index(key), format_func=titles.__getitem__,
                key="survey shown", label_visibility="collapsed", width=420,
            )  # fmt: skip
            if chosen != key:
                st.session_state[LOOKED_AT] = chosen
                st.query_params.from_dict({"survey": chosen})
                st.rerun()
    st.session_state[LOOKED_AT] = key
    st.query_params["survey"] = key
    return key
