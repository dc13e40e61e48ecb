"""How a page begins: its frame is there while a fresh server loads what counts the answers."""

from __future__ import annotations

import logging
import threading

import streamlit as st
from streamlit.string_util import is_emoji

from analytics.pages.ground.garbage import keep_for_good

log = logging.getLogger(__name__)


def run() -> None:
    """Shows the page that the address names."""
    st.set_page_config(page_title="Reader opinion", layout="wide", initial_sidebar_state="auto")
    from analytics.pages import app  # numbers and databases take more than a second to load

    app.run()


def load_early() -> threading.Thread:
    """Loads in the background what the first page needs: its visitor's browser loads its own part meanwhile."""
    thread = threading.Thread(target=_load, name="early", daemon=True)
    thread.start()
    return thread


def _load() -> None:
    try:
        is_emoji("🙂")  # Streamlit loads all there are, to look through them at the first icon
        from analytics.pages import app, newsroom, survey  # noqa: F401
    except Exception:  # the page that needs it says what is wrong
        log.exception("what the first page needs was not loaded early")
    keep_for_good()


if __name__ == "__main__":  # Streamlit runs a page as a script
    run()
