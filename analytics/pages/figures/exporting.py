"""The export menu under a figure: one file made on click, or a place in the basket."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import streamlit as st

from analytics.exports.export import Export, export_of
from analytics.exports.formats import FORMATS, draws, endings_of, file_of
from analytics.exports.names import file_name
from analytics.figures.plotly_adapter import RawFigure, picture_config
from analytics.figures.poster import estimated, poster
from analytics.figures.press import browser_path
from analytics.kinds.kind import Made
from analytics.kinds.table import kind
from analytics.language.notation import language_of
from analytics.language.said import listed, spoken
from analytics.model import Survey
from analytics.model.finish import Finish
from analytics.pages.figures.download import basket, put_into_basket, show_download, show_receipt
from analytics.pages.ground.plain import plain
from analytics.pages.ground.sources import house_style

if TYPE_CHECKING:
    from analytics.claims.claim import Checked

LANGUAGE_WORDS = {"en": "English", "de": "Deutsch"}
SIZE_WORDS = {
    "figure": "As on the page", "landscape": "1200 × 675", "square": "1080 × 1080", "story": "1080 × 1920",
}  # fmt: skip
SCALE = 2
WAYS = {"": "Bars", "heat": "Heat table"}
"""How the page names the ways in which a figure can be drawn."""
WITHOUT_BROWSER = (
    "This machine has no browser to draw pictures with, so PNG, SVG and PDF cannot be made here. Install Chromium or "
    "Chrome on it, or name one in the environment variable BROWSER_PATH. Until then your own browser can draw the "
    "picture: point at the figure below and press the camera."
)


def show_export(made: Made, key: str) -> None:
    """Shows the menu by which a figure leaves the building."""
    survey, ways = made.survey, kind(made.request.kind).ways
    with st.container(horizontal=True, vertical_alignment="bottom"):
        ending = st.selectbox(
            "Format", endings_of(made), format_func=lambda one: FORMATS[one].name, key=f"{key} format"
        )
        form, size, way = FORMATS[ending], "figure", ""
        if form.sizes:
            size = st.selectbox("Size", list(SIZE_WORDS), format_func=SIZE_WORDS.__getitem__, key=f"{key} size")
        if ways and form.needs_browser:
            way = st.selectbox("Drawn as", ["", *ways], format_func=WAYS.__getitem__, key=f"{key} drawn")
        language = st.selectbox(
            "Language", languages_of(survey), format_func=LANGUAGE_WORDS.__getitem__, key=f"{key} language"
        )
        finish = Finish(chart=way, language=language, size=size)
        export = export_of(made, house_style(language), finish)
        drawable = not draws(export, ending) or browser_path() is not None
        show_download(
            lambda: file_of(export, ending, scale=SCALE), f"{export.about} {export.figure_id}", ending,
            form.mime, key, exports=[export], disabled=not drawable,
        )  # fmt: skip
        kept = export.figure_id in {one.figure_id for one in basket()}
        if st.button("Add to basket", key=f"{key} basket", icon=":material/add_shopping_cart:", disabled=kept):
            put_into_basket(replace(export, finish=replace(finish, size="figure")))
            st.rerun()  # the basket may stand outside the part of the page that is drawn anew
    show_receipt(key)
    if not drawable:
        _show_own_camera(export, key)
    show_guard(export, key)
    st.caption("Figure and link, for whoever wants to see it again:")
    st.code(export.own_link, language=None, wrap_lines=True)


def languages_of(survey: Survey) -> list[str]:
    """Returns the languages on offer, the survey's own first."""
    own = language_of(survey.language)
    return [own, *(language for language in LANGUAGE_WORDS if language != own)]


def _show_own_camera(export: Export, key: str) -> None:
    st.warning(WITHOUT_BROWSER)
    width, height = next((w, h) for name, w, h in export.style.pictures if name == export.finish.size)
    made = poster(export.figure, export.credit, export.style, width=width, height=height, measure=estimated)
    name = file_name(f"{export.survey.key} {export.figure_id}", "png", datetime.now(UTC), secrets.token_hex(4))
    config = picture_config(name.removesuffix(".png"), made.width, made.height, made.zoom)
    st.plotly_chart(RawFigure(made.spec), theme=None, key=f"{key} camera", config=config, alt=export.figure.alt)


def show_guard(export: Export, key: str) -> None:
    """Shows where to type or paste a headline, and what in it the figure does not bear out."""
    from analytics.claims.claim import check_claim  # two languages' words take long to load, and few ever need them

    text = st.text_area(
        "Check a headline or caption against this figure", key=f"{key} claim", height=68,
        placeholder="Type or paste it, then press Ctrl + Enter",
    )  # fmt: skip
    checked = check_claim(text, export.claimed, export.figure.title, export.style)
    if checked.verdict == "nothing to check":
        return
    if checked.verdict == "holds":
        st.success(spoken("Every claim in it was understood, and this figure bears it out."))
        return
    if checked.verdict == "not checked":
        st.info(spoken("Not checked, as these words were not understood: {words}", words=not_understood(checked)))
        return
    st.warning(f"{len(checked.findings)} thing{'s' * (len(checked.findings) != 1)} in it this figure does not bear out")
    for line in _lines(checked):
        st.markdown(line)
    st.caption("Wording that holds:")
    st.code(checked.wording, language=None, wrap_lines=True)


def not_understood(checked: Checked) -> str:
    """Returns the words of the text that were not understood, as a list."""
    return listed([f"*{plain(one.found)}*" for one in checked.unread])


def _lines(checked: Checked) -> list[str]:
    return [
        "- "
        + (f"**{plain(one.found)}**: " if one.found else "")
        + plain(one.reason)
        + (f". Instead: *{plain(one.instead)}*" if one.instead else "")
        for one in checked.findings
    ]
