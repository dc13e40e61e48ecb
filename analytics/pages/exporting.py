"""The export menu under a figure: one file made on click, or a place in the basket."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

import streamlit as st

from analytics.estimates.view import View
from analytics.exports.export import export_of
from analytics.exports.formats import FORMATS, PLATE_ENDINGS, draws, file_of
from analytics.exports.names import file_name
from analytics.exports.plate import Draft, Exported, plate_of
from analytics.figures.plotly_adapter import RawFigure, picture_config
from analytics.figures.poster import estimated, poster
from analytics.figures.press import browser_path
from analytics.language.notation import language_of
from analytics.model import Survey
from analytics.pages.basket import basket, put_into_basket
from analytics.pages.download import show_download, show_receipt
from analytics.pages.guard import show_guard
from analytics.pages.sources import house_style

LANGUAGE_WORDS = {"en": "English", "de": "Deutsch"}
SIZE_WORDS = {
    "figure": "As on the page", "landscape": "1200 × 675", "square": "1080 × 1080", "story": "1080 × 1920",
}  # fmt: skip
SCALE = 2
HEAT = "Heat table"
"""How the page names a crosstab drawn as a table of shares."""
WITHOUT_BROWSER = (
    "This machine has no browser to draw pictures with, so PNG, SVG and PDF cannot be made here. Install Chromium or "
    "Chrome on it, or name one in the environment variable BROWSER_PATH. Until then your own browser can draw the "
    "picture: point at the figure below and press the camera."
)


def show_export(view: View, key: str, line: str | None = None, drawn: Sequence[str] = ()) -> None:
    """Shows the menu by which a figure leaves the building; `drawn` names the ways in which the page draws it."""

    def made(language: str, way: str) -> Exported:
        return export_of(view, house_style(language), line=line, heat=way == HEAT)

    _show_menu(view.survey, made, key, list(FORMATS), drawn if HEAT in drawn else ())


def show_plate_export(draft: Draft, key: str) -> None:
    """Shows the menu by which a figure leaves that no single view makes."""

    def made(language: str, _way: str) -> Exported:
        return plate_of(draft, house_style(language))

    _show_menu(draft.views[0].survey, made, key, PLATE_ENDINGS)


def _show_menu(
    survey: Survey,
    made: Callable[[str, str], Exported],
    key: str,
    endings: Sequence[str],
    ways: Sequence[str] = (),
) -> None:
    """Shows the menu for what `made` gives in a language, drawn in one of the ways where there are several."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        ending = st.selectbox("Format", endings, format_func=lambda one: FORMATS[one].name, key=f"{key} format")
        form, size, way = FORMATS[ending], "figure", ""
        if form.sizes:
            size = st.selectbox("Size", list(SIZE_WORDS), format_func=SIZE_WORDS.__getitem__, key=f"{key} size")
        if ways and form.needs_browser:
            way = st.selectbox("Drawn as", list(ways), key=f"{key} drawn")
        language = st.selectbox(
            "Language", languages_of(survey), format_func=LANGUAGE_WORDS.__getitem__, key=f"{key} language"
        )
        export = made(language, way)
        drawable = not draws(export, ending) or browser_path() is not None
        show_download(
            lambda: file_of(export, ending, size=size, scale=SCALE), f"{export.about} {export.figure_id}", ending,
            form.mime, key, exports=[export], disabled=not drawable,
        )  # fmt: skip
        kept = export.figure_id in {one.figure_id for one in basket()}
        if st.button("Add to basket", key=f"{key} basket", icon=":material/add_shopping_cart:", disabled=kept):
            put_into_basket(export)
            st.rerun()  # the basket may stand outside the part of the page that is drawn anew
    show_receipt(key)
    if not drawable:
        _show_own_camera(export, key, size)
    show_guard(export, key)
    st.caption("Figure and link, for whoever wants to see it again:")
    st.code(export.link, language=None, wrap_lines=True)


def languages_of(survey: Survey) -> list[str]:
    """Returns the languages on offer, the survey's own first."""
    own = language_of(survey.language)
    return [own, *(language for language in LANGUAGE_WORDS if language != own)]


def _show_own_camera(export: Exported, key: str, size: str) -> None:
    st.warning(WITHOUT_BROWSER)
    width, height = next((w, h) for name, w, h in export.style.pictures if name == size)
    made = poster(export.figure, export.credit, export.style, width=width, height=height, measure=estimated)
    name = file_name(f"{export.survey.key} {export.figure_id}", "png", datetime.now(UTC), secrets.token_hex(4))
    config = picture_config(name.removesuffix(".png"), made.width, made.height, made.zoom)
    st.plotly_chart(RawFigure(made.spec), theme=None, key=f"{key} camera", config=config, alt=export.figure.alt)
