"""The frame around every page: the store is found and ready, or a sentence says why not."""

from __future__ import annotations

import logging
import secrets
from pathlib import Path

import streamlit as st

from analytics.errors import StoreError, SurveyError
from analytics.pages.left import watch_left_sessions
from analytics.pages.lost import fault_words, wait_for_store
from analytics.pages.plain import plain
from analytics.pages.sources import DEFAULT_DATABASE, database_address, was_read

PAGES = Path(__file__).resolve().parent
log = logging.getLogger(__name__)


def run() -> None:
    """Shows the page that the address names."""
    watch_left_sessions()
    newsroom = st.Page(PAGES / "newsroom.py", title="Newsroom", default=True)
    survey = st.Page(PAGES / "survey.py", title="Survey", url_path="survey")
    crosstabs = st.Page(PAGES / "crosstabs.py", title="Crosstabs", url_path="crosstabs")
    segments = st.Page(PAGES / "segments.py", title="Segments", url_path="segments")
    compare = st.Page(PAGES / "compare.py", title="Compare", url_path="compare")
    comments = st.Page(PAGES / "comments.py", title="Comments", url_path="comments")
    responses = st.Page(PAGES / "responses.py", title="Responses", url_path="responses")
    published = st.Page(PAGES / "published.py", title="Published", url_path="published")
    imports = st.Page(PAGES / "imports.py", title="Import", url_path="import")
    pages = [newsroom, survey, crosstabs, segments, compare, comments, responses, published, imports]
    page = st.navigation(pages, position="top")
    try:
        if database_address() == str(DEFAULT_DATABASE) and not DEFAULT_DATABASE.exists() and not was_read():
            from analytics.pages.first_start import make_demo  # what imports files takes a third of a second to load

            make_demo(DEFAULT_DATABASE)
        page.run()
    except StoreError as error:
        st.error(plain(fault_words(error)))
        st.caption("The page shows itself as soon as the store answers.")
        wait_for_store()
    except SurveyError as error:
        st.error(plain(str(error)))
    except Exception:
        # What went wrong may hold addresses or answers: it goes to the log, the page gets a number to ask about.
        incident = secrets.token_hex(4)
        log.exception("incident %s", incident)
        st.error(f"Something went wrong on this page. It is in the log as incident {incident}; reload to try again.")
