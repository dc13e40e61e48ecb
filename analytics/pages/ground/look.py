"""The one place of our own styles: focus, contrast, print, and a way past the controls to the results."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import streamlit as st

from analytics.language.said import spoken

HERE = Path(__file__).resolve().parent
RESULTS = "[data-testid=stPlotlyChart], .st-key-the-table, .st-key-the-rows, .st-key-results, table, h2"
"""What counts as results of a page: the first of these."""


def show_look() -> None:
    """Gives the page our styles."""
    icons = {
        "keyboard_double_arrow_left": spoken("Close the sidebar"),
        "keyboard_double_arrow_right": spoken("Open the sidebar"),
        "other": spoken("More"),
    }
    _styles()(key="look", data={"skip": spoken("Skip to the results"), "results": RESULTS, "icons": icons})


@st.cache_resource(show_spinner=False)
def _styles() -> Any:
    script, looks = ((HERE / f"look.{ending}").read_text(encoding="utf-8") for ending in ("js", "css"))
    return st.components.v2.component("look", html="<i hidden></i>", css=looks, js=script, isolate_styles=False)
