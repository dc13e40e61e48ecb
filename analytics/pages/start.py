"""How a page begins: its frame is there while a fresh server loads what counts the answers."""

from __future__ import annotations

import streamlit as st


def run() -> None:
    """Shows the page that the address names."""
    st.set_page_config(page_title="Reader opinion", layout="wide", initial_sidebar_state="auto")
    from analytics.pages import app  # numbers and databases take more than a second to load

    app.run()


if __name__ == "__main__":  # Streamlit runs a page as a script
    run()
