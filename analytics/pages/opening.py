"""Which survey a page shows: the one that its address names, or the only one there is; else the page asks which.

Whatever keeps a page from being shown is said here, and ends the run.
"""

from __future__ import annotations

import streamlit as st

from analytics.errors import RequestError
from analytics.language.said import noted, spoken
from analytics.model import Snapshot, Survey
from analytics.model.access import may_import
from analytics.model.address import LANGUAGE, fitting
from analytics.pages.choices.address import (
    end_page,
    page_file,
    restate,
    said,
    state_survey,
    stated_survey,
    use_todays_names,
)
from analytics.pages.choices.controls import told_apart
from analytics.pages.choices.questions import countable
from analytics.pages.figures.register import show_republished
from analytics.pages.ground.first_start import add_demo
from analytics.pages.ground.lost import show_lost
from analytics.pages.ground.plain import plain
from analytics.pages.ground.sources import listing, person, revisions, snapshot_at

OTHER, WANTED = "another survey", "survey wanted"
NO_SURVEY = noted(
    "No survey yet. Import the file that your survey tool exported, or look around in a made-up survey first."
)
UNKNOWN = noted("There is no survey {key} here. It may be in another database: look in the newsroom list.")


def open_survey(page: str) -> Snapshot:
    """The survey chosen, as it is at this moment, with its name at the head of the page and another one to choose.

    Where there is none, or it is not said which, the page says so and ends.

    Args:
        page: what the page is called, in English.
    """
    known = revisions()
    if not known:
        show_head(spoken(page))
        show_no_survey()
        end_page()
    _take_wanted(known)
    key = stated_survey() or (next(iter(known)) if len(known) == 1 else "")
    if key not in known:
        show_head(spoken(page))
        if key:
            st.error(spoken(UNKNOWN, key=plain(key)))
        else:
            st.markdown(spoken("Which survey?"))
        _choose_survey(known, key)
        end_page()
    snapshot = _worked_with(page, known, key)
    survey = snapshot.survey
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", key="head"):
        show_head(survey.title, spoken(page))
        if len(known) > 1:
            _choose_survey(known, key)
    state_survey(key)
    use_todays_names(survey)
    show_lost(survey.time_zone, key)
    if survey.simulated:
        st.badge(spoken("SIMULATED: these readers and their answers are made up"), color="orange")
    show_republished(key)
    return snapshot


def _worked_with(page: str, known: dict[str, int], key: str) -> Snapshot:
    """The survey; where it can be read but not worked with, its page says why, offers the others, and ends."""
    try:
        return snapshot_at(key, known[key])
    except RequestError as fault:
        show_head(key, spoken(page))
        st.error(plain(str(fault)))
        _choose_survey(known, key)
        state_survey(key)
        end_page()


def show_head(title: str, page: str = "") -> None:
    """Shows the first heading of a page, which names the browser's tab too."""
    st.set_page_config(page_title=f"{title} · {page}" if page else title)
    st.title(plain(title), anchor=False)


def needs_answers(snapshot: Snapshot, *, with_choices: bool = True) -> None:
    """Ends the page where nothing has been answered yet, or nothing is asked that has choices where that is needed."""
    if snapshot.status.counted == 0 or (with_choices and not countable(snapshot.survey)):
        st.info(spoken("No answer that can be counted has been recorded for this survey yet."))
        end_page()


def show_no_survey() -> None:
    """Says that there is no survey, and shows the ways to one: an import, or the simulated survey to look around in."""
    st.info(spoken(NO_SURVEY))
    if not may_import(person()):
        return
    with st.container(horizontal=True):
        if st.button(spoken("Import a file"), type="primary", icon=":material/upload_file:"):
            st.switch_page(page_file("imports"))
        if st.button(spoken("Load the simulated survey")):
            add_demo()
            st.rerun()


def _choose_survey(known: dict[str, int], key: str) -> None:
    """Shows what else can be looked at. What is chosen there is not kept there: the head of the page says it."""
    titles = told_apart({one: row.survey.title for one, row in listing(known).items() if one != key})
    words = spoken("Another survey") if key in known else spoken("Choose a survey")
    st.selectbox(
        words, list(titles), index=None, format_func=titles.__getitem__, key=OTHER, placeholder=words,
        label_visibility="collapsed", width=240, on_change=_want,
    )  # fmt: skip


def _want() -> None:
    st.session_state[WANTED], st.session_state[OTHER] = st.session_state[OTHER], None


def _take_wanted(known: dict[str, int]) -> None:
    """Goes to the survey that was chosen with what it can take of the address; all else there begins afresh."""
    wanted, before = st.session_state.pop(WANTED, None), stated_survey()
    if wanted not in known or wanted == before:
        return
    old, new = (_survey_or_none(known, key) for key in (before, wanted))
    language = [pair for pair in said() if pair[0] == LANGUAGE.name]
    restate([*(fitting(said(), old, new) if old and new else (("survey", wanted),)), *language])


def _survey_or_none(known: dict[str, int], key: str | None) -> Survey | None:
    """The survey of that key; None where there is none, or none that can be worked with."""
    try:
        return snapshot_at(key, known[key]).survey if key in known else None
    except RequestError:
        return None
