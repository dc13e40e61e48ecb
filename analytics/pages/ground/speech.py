"""In which language a page speaks: the one chosen or named in its address, else the browser's, else the house's."""

from __future__ import annotations

from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from analytics.language.catalogues import first_spoken, languages
from analytics.language.notation import is_right_to_left
from analytics.model.address import LANGUAGE
from analytics.pages.ground.runs import of_run

CHOSEN = "language chosen"
"""What was chosen on any page of this session: a link within the dashboard does not say it again."""

_SCRIPT = """
export default function ({ data }) {
  document.documentElement.lang = data.language;
  const id = "text-direction";
  let style = document.getElementById(id);
  if (!style) {
    style = document.createElement("style");
    style.id = id;
    document.head.append(style);
  }
  style.textContent = data.rightToLeft ? data.rule : "";
}
"""
_TEXTS = (
    '[data-testid="stMarkdownContainer"], [data-testid="stWidgetLabel"], [data-testid="stMetric"], '
    '[data-testid="stCaptionContainer"], [data-testid="stAlert"], input, textarea, [data-baseweb="select"]'
)
RULE = f"{_TEXTS} {{ direction: rtl; text-align: start; }}"
"""The direction of texts alone: nothing on the page changes its place."""


def page_language(of_house: str) -> str:
    """The language of the page that is being shown; the house's where nobody asks for another that we speak."""
    if not is_page():
        return of_house
    asked = (st.session_state.get(LANGUAGE.name), st.session_state.get(CHOSEN))
    return next((one for one in asked if one in languages()), "") or browser_language(of_house)


def browser_language(of_house: str) -> str:
    """The first of the browser's languages that we speak, the house's where there is none."""
    return of_run(_asked_by_browser) or of_house


def _asked_by_browser() -> str | None:
    accepted = (st.context.headers.get("Accept-Language") or "").split(",")
    return first_spoken([st.context.locale or "", *accepted])


def is_page() -> bool:
    """Whether this is the run of a page: tests, and threads of our own, have none."""
    return get_script_run_ctx(suppress_warning=True) is not None


def show_language(language: str) -> None:
    """Has the browser know the language of the page, to read it aloud, and the direction of its texts."""
    told = {"language": language, "rightToLeft": is_right_to_left(language), "rule": RULE}
    _teller()(key="page language", data=told)


@st.cache_resource(show_spinner=False)
def _teller() -> Any:
    return st.components.v2.component("page_language", js=_SCRIPT)
