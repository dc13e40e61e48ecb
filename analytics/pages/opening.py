"""Which survey a page shows: the one that its address names, else the one looked at before, else the first.

Whatever keeps a page from being shown is said here, and ends the run.
"""

from __future__ import annotations

import streamlit as st

from analytics.model import Snapshot
from analytics.pages.choices.address import page_file, state_survey, stated_survey, use_todays_names
from analytics.pages.choices.controls import told_apart
from analytics.pages.choices.questions import countable
from analytics.pages.figures.register import show_republished
from analytics.pages.ground.first_start import add_demo
from analytics.pages.ground.lost import show_lost
from analytics.pages.ground.plain import plain
from analytics.pages.ground.sources import revisions, snapshot_at, title_at

LOOKED_AT = "survey looked at"
NO_SURVEY = "No survey yet. Import one: `python -m analytics import FILE --definition survey.toml`"


def open_survey(heading: str = "") -> Snapshot:
    """The survey chosen, as it is at this moment; where there is none the page says so and ends.

    Args:
        heading: what the page is called, beside where another survey is chosen; without it the page has a head of its
            own.
    """
    known = revisions()
    if not known:
        show_no_survey()
        st.stop()
    before = st.session_state.get(LOOKED_AT)
    key = stated_survey() or (before if before in known else next(iter(known)))
    if key not in known:
        st.error(f"There is no survey {plain(key)} here. It may be in another database: look in the newsroom list.")
        st.stop()
    if heading:
        _choose_survey(heading, key, known)
    st.session_state[LOOKED_AT] = key
    state_survey(key)
    snapshot = snapshot_at(key, known[key])
    survey = snapshot.survey
    use_todays_names(survey)
    show_lost(survey.time_zone, key)
    if survey.simulated:
        st.badge("SIMULATED: these readers and their answers are made up", color="orange")
    show_republished(key)
    return snapshot


def needs_answers(snapshot: Snapshot, *, with_choices: bool = True) -> None:
    """Ends the page where nothing has been answered yet, or nothing is asked that has choices where that is needed."""
    if snapshot.status.counted == 0 or (with_choices and not countable(snapshot.survey)):
        st.info("No answer that can be counted has been recorded for this survey yet.")
        st.stop()


def show_no_survey() -> None:
    """Says that there is no survey, and shows the ways to one: an import, or the simulated survey to look around in."""
    st.info(NO_SURVEY)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.page_link(page_file("imports"), label="**Import a file here**", icon=":material/upload_file:")
        if st.button("Fill it with the simulated survey", type="tertiary"):
            add_demo()
            st.rerun()


def _choose_survey(heading: str, key: str, known: dict[str, int]) -> None:
    """Shows the head of the page with the survey's name; another one drops all that the address said of the first."""
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.header(heading, anchor=False, width="content")
        if len(known) > 1:
            titles = told_apart({one: title_at(one, revision) for one, revision in known.items()})
            chosen = st.selectbox(
                "Survey", list(known), index=list(known).index(key), format_func=titles.__getitem__,
                key="survey shown", label_visibility="collapsed", width=420,
            )  # fmt: skip
            if chosen != key:
                st.session_state[LOOKED_AT] = chosen
                state_survey(chosen, alone=True)
                st.rerun()
