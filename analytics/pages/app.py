"""The frame around every page: the store is found and ready, or a sentence says why not."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from analytics.errors import StoreError, SurveyError
from analytics.pages.first_start import make_demo
from analytics.pages.sources import DEFAULT_DATABASE, database_address

PAGES = Path(__file__).resolve().parent


def run() -> None:
    """Shows the page that the address names."""
    st.set_page_config(page_title="Reader opinion", layout="wide", initial_sidebar_state="auto")
    newsroom = st.Page(PAGES / "newsroom.py", title="Newsroom", default=True)
    survey = st.Page(PAGES / "survey.py", title="Survey", url_path="survey")
    page = st.navigation([newsroom, survey], position="top")
    try:
        if database_address() == str(DEFAULT_DATABASE) and not DEFAULT_DATABASE.exists():
            make_demo(DEFAULT_DATABASE)
        page.run()
    except StoreError as error:
        st.error(f"The store of responses cannot be used right now. {_plain(error)}")
        st.caption("The page tries again by itself when it is reloaded; nothing recorded has been lost.")
    except SurveyError as error:
        st.error(_plain(error))


def _plain(error: SurveyError) -> str:
    from analytics.pages.plain import plain

    return plain(str(error))
