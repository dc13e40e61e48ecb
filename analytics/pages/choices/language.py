"""The choice of the language in which the pages speak."""

from __future__ import annotations

import streamlit as st

from analytics.language.catalogues import languages
from analytics.language.notation import own_name
from analytics.language.said import spoken
from analytics.model.address import LANGUAGE
from analytics.pages.choices.address import state_option, stated_option
from analytics.pages.choices.controls import chosen_one, start_one
from analytics.pages.ground.speech import CHOSEN, browser_language, show_language


def choose_language(of_house: str) -> None:
    """Shows the languages; the one chosen holds for every page, and stands in the address where it is not usual."""
    usual = browser_language(of_house)
    named = next(iter(stated_option(LANGUAGE)), None) or st.session_state.get(CHOSEN)
    start_one(LANGUAGE.name, named, languages(), usual)
    with st.container(horizontal=True, horizontal_alignment="right"):
        st.selectbox(
            spoken("Language"), languages(), format_func=own_name, key=LANGUAGE.name, label_visibility="collapsed",
            width=130,
        )  # fmt: skip
    value = chosen_one(LANGUAGE.name, usual)
    if named or value != usual:
        st.session_state[CHOSEN] = value
    state_option(LANGUAGE, [] if value == usual else [value])
    show_language(value)
