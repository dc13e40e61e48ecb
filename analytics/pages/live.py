"""Surveys that readers answer: how often their page looks, and the demo's article as readers see it."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

import streamlit as st

from analytics.demo import DEMO_KEY, LIVE_KEY, ask_live
from analytics.language.said import spoken
from analytics.model import Fieldwork, Survey
from analytics.model.access import may_edit
from analytics.pages.choices.address import page_file
from analytics.pages.ground.lost import LOOK_EVERY_SECONDS
from analytics.pages.ground.sources import change, person, revisions

LIVE_EVERY_SECONDS = 1
"""How often a page looks for new answers while readers answer: an answer is seen within two seconds."""
ARTICLE = f"/read/{DEMO_KEY}"


def look_every(survey: Survey, fieldwork: Fieldwork | None) -> int:
    """How many seconds lie between two looks for new answers."""
    return LOOK_EVERY_SECONDS if fieldwork is None or survey.closed_at is not None else LIVE_EVERY_SECONDS


def show_demo_article(survey: Survey) -> None:
    """Offers the demo's article as readers see it, where this is the demo."""
    if survey.key not in (DEMO_KEY, LIVE_KEY) or not survey.simulated:
        return
    if LIVE_KEY not in revisions():
        if not may_edit(person()):
            return
        st.button(spoken("Try it as a reader"), on_click=_ask, args=(survey.time_zone,), help=spoken(
            "Makes a second survey, “the demo, live”, and shows the article with its questions as readers see them. "
            "Answers are SIMULATED."
        ))  # fmt: skip
        return
    st.link_button(spoken("Read the article as a reader"), ARTICLE)
    if survey.key == DEMO_KEY:
        label = spoken("See its answers come in")
        st.page_link(page_file("survey"), label=label, query_params={"survey": LIVE_KEY})


def _ask(time_zone: str) -> None:
    change(partial(ask_live, today=datetime.now(ZoneInfo(time_zone)).date()), may_edit)
