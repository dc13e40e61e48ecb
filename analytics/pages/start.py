"""How a page begins: while a fresh server loads what counts the answers, the browser fetches what draws them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import streamlit as st

PAGES = "analytics.pages.app"
DRAWN_BY = "PlotlyChart.*.js"
"""The part of Streamlit's pages that holds Plotly: with 5 MB half of all there is to fetch."""

_SCRIPT = """
export default function ({ data }) {
  const page = document.querySelector('script[type=module][src*="/static/js/"]');
  if (page) import(new URL(data.drawing, page.src).href).catch(() => {});
}
"""


def run() -> None:
    """Shows the page that the address names."""
    st.set_page_config(page_title="Reader opinion", layout="wide", initial_sidebar_state="auto")
    above = st.empty()  # also without anything in it: nothing below changes its place
    if PAGES not in sys.modules:
        with above:
            fetch_drawing()
    from analytics.pages import app  # numbers and databases take more than a second to load

    app.run()


def fetch_drawing() -> None:
    """Has the browser fetch what draws figures before the first of them comes; it would wait for it otherwise."""
    drawing = next((Path(st.__file__).parent / "static" / "static" / "js").glob(DRAWN_BY), None)
    if drawing is not None:
        _fetcher()(key="fetch drawing", data={"drawing": drawing.name})


@st.cache_resource(show_spinner=False)
def _fetcher() -> Any:
    return st.components.v2.component("fetch_drawing", js=_SCRIPT)


if __name__ == "__main__":  # Streamlit runs a page as a script
    run()
