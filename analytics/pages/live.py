"""Surveys that readers answer: how often their page looks, and the demo's article as readers see it."""

from __future__ import annotations

import logging
import threading
from datetime import UTC, datetime
from functools import partial
from zoneinfo import ZoneInfo

import streamlit as st

from analytics.demo import DEMO_KEY, LIVE_KEY, ask_live, imitate_crowd
from analytics.errors import RequestError, StoreError
from analytics.language.said import spoken
from analytics.model import Fieldwork, Survey
from analytics.model.access import may_edit
from analytics.pages.choices.address import page_file
from analytics.pages.ground.lost import LOOK_EVERY_SECONDS
from analytics.pages.ground.sources import change, person, revisions
from analytics.store.place.connections import Store
from analytics.store.tend.keeping import erase_every_response

LIVE_EVERY_SECONDS = 1
"""How often a page looks for new answers while readers answer: an answer is seen within two seconds."""
ARTICLE = f"/read/{DEMO_KEY}"

log = logging.getLogger(__name__)


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
    if survey.key == LIVE_KEY and may_edit(person()):
        _show_crowd()
    if survey.key == DEMO_KEY:
        label = spoken("See its answers come in")
        st.page_link(page_file("survey"), label=label, query_params={"survey": LIVE_KEY})


def _show_crowd() -> None:
    """Offers a crowd of made-up readers, and to empty the survey again. All of it is SIMULATED."""
    with st.container(horizontal=True):
        st.button(
            spoken("Imitate a crowd"), on_click=_begin_crowd, disabled=_crowd.is_on(), key="crowd",
            help=spoken("200 made-up readers a second answer for a minute. SIMULATED."),
        )  # fmt: skip
        st.button(spoken("Empty it"), on_click=_empty, key="empty", help=spoken("Erases all answers of this survey."))
    if _crowd.is_on():
        st.caption(spoken("A made-up crowd is answering. SIMULATED."))


class _Crowd:
    """The one crowd that this process may have at work."""

    def __init__(self) -> None:
        self.stop, self.thread = threading.Event(), threading.Thread()

    def is_on(self) -> bool:
        """Whether it is at work."""
        return self.thread.is_alive()

    def begin(self, store: Store) -> None:
        """Lets it answer, unless it does already."""
        if not self.is_on():
            self.stop = threading.Event()
            self.thread = threading.Thread(target=self._answer, args=(store, self.stop), name="crowd", daemon=True)
            self.thread.start()

    def end(self) -> None:
        """Returns once it is no longer at work."""
        self.stop.set()
        if self.is_on():
            self.thread.join()

    def _answer(self, store: Store, stop: threading.Event) -> None:
        try:
            imitate_crowd(store, stop=stop)
        except (RequestError, StoreError) as error:  # the survey was closed or removed, or the store rests
            log.warning("the crowd went home: %s", error)


_crowd = _Crowd()


def _begin_crowd() -> None:
    change(_crowd.begin, may_edit, key=LIVE_KEY)


def _empty() -> None:
    _crowd.end()
    change(partial(erase_every_response, survey_key=LIVE_KEY, now=datetime.now(UTC)), may_edit, key=LIVE_KEY)


def _ask(time_zone: str) -> None:
    change(partial(ask_live, today=datetime.now(ZoneInfo(time_zone)).date()), may_edit, key=LIVE_KEY)
