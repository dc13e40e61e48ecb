"""The topline of a survey in one bar of a list: text of the page, in its font, as much of it as fits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import streamlit as st

from analytics.figures.glance import StripPart

HERE = Path(__file__).resolve().parent


def show_strip(parts: Sequence[StripPart], words: str, key: str) -> None:
    """Shows the parts side by side; `words` say them to those who cannot see them."""
    _drawn()(key=key, data={"parts": [asdict(part) for part in parts], "words": words})


@st.cache_resource(show_spinner=False)
def _drawn() -> Any:
    script, looks = ((HERE / f"strip.{ending}").read_text(encoding="utf-8") for ending in ("js", "css"))
    html = '<div class="strip" role="img"></div><div class="below" aria-hidden="true"></div>'
    return st.components.v2.component("strip", html=html, css=looks, js=script)
