"""The fields in which somebody types what a survey's texts are called in another language."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from analytics.language.catalogues import languages
from analytics.language.said import spoken
from analytics.model import Survey
from analytics.model.edits import LABELS
from analytics.model.labels import labels_in, texts_of
from analytics.pages.ground.plain import plain
from analytics.words.names import own_language

NOTHING: Mapping[str, str] = {}


def other_languages(survey: Survey) -> list[str]:
    """Returns the languages that pages and files speak, but for the survey's own."""
    own = own_language(survey)
    return [language for language in languages() if language != own]


def fold_of_labels(key: str, language: str) -> str:
    """Returns the name under which the form of a survey keeps whether its fields for that language are open."""
    return f"open {key} in {language}"


def type_labels(survey: Survey, language: str, key: str, typed_before: Mapping[str, str] = NOTHING) -> dict[str, str]:
    """Shows a field for each text, and returns what was typed by the place of the text.

    Texts that are the same and are called the same share one field: a "Yes" is typed once.

    Args:
        typed_before: what was typed in fields that were folded away since, by the place of the text.
    """
    st.caption(spoken("What stays empty keeps its own words. The method always quotes the question as it was asked."))
    labels, fields = labels_in(survey, language), dict[tuple[str, str], list[str]]()
    for place, text in texts_of(survey).items():
        if any(map(str.isalpha, text)):
            fields.setdefault((text, labels.get(place, "")), []).append(place)
    found: dict[str, str] = {}
    for (text, label), places in fields.items():
        field = f"{key} {LABELS}/{language}/{places[0]}"
        st.session_state.setdefault(field, typed_before.get(places[0], label))
        typed = st.text_input(plain(text), key=field)
        found |= dict.fromkeys(places, (typed or "").strip())
    return found
