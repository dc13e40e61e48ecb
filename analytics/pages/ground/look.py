"""The one place of our own styles: focus, contrast, print, keys in figures, a way past the controls to results."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import streamlit as st

from analytics.language.said import spoken

HERE = Path(__file__).resolve().parent
RESULTS = ".our-chart, .st-key-the-table, .st-key-the-rows, .st-key-results, table, h2"
"""What counts as results of a page: the first of these."""
WIDE_PX = 1200
"""In a window narrower than that the sidebar is folded at first."""

SHEET_PX = 690
"""Across a sheet of A4 between its margins, which is narrower than one of US Letter."""


def show_look() -> None:
    """Gives the page our styles."""
    icons = {
        "keyboard_double_arrow_left": spoken("Close the sidebar"),
        "keyboard_double_arrow_right": spoken("Open the sidebar"),
        "other": spoken("More"),
    }
    marks = spoken("Marks of the figure: arrow keys go over them, Enter picks one")
    data = {
        "skip": spoken("Skip to the results"), "results": RESULTS,
        "icons": icons, "marks": marks, "wide": WIDE_PX, "sheet": SHEET_PX,
    }  # fmt: skip
    _styles()(key="look", data=data)


@st.cache_resource(show_spinner=False)
def _styles() -> Any:
    marks, script, looks = ((HERE / file).read_text(encoding="utf-8") for file in ("marks.js", "look.js", "look.css"))
    own = f"{marks}\n{script}"
    return st.components.v2.component("look", html="<i hidden></i>", css=looks, js=own, isolate_styles=False)
