"""Why a number is not shown is said in the language of its figure, whatever is being spoken around it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import get_args, get_type_hints

import pytest

from analytics.estimates.views.rows import EstimateRow
from analytics.figures.drawing.style import read_style
from analytics.language.said import speaking
from analytics.model.reasons import Cut, Reason
from analytics.words.reasons import FLAG_WORDS, cut_words, flag_words, reason_words
from tests.test_figures_examples import STYLE_FILE

STYLES = {language: read_style(STYLE_FILE, language) for language in ("en", "de")}
ENGLISH = re.compile(r"\b(?:the|than|answers?|answered|fewer|nobody|that|share|of|not|are|table|everybody)\b")
GERMAN = re.compile(r"\b(?:der|die|das|als|weniger|niemand|haben|nicht|sind|Antworten|Anteil|eine?[mnr]?|und)\b")
KINDS = [kind for kind in get_args(get_type_hints(Reason)["kind"]) if kind != "fault"]
REASONS = [
    reason
    for kind in KINDS
    for reason in (
        Reason(kind, 30), Reason(kind, 30, of="60+"), Reason(kind, 30, rest=True), Reason(kind, 30, counted="comments"),
        Reason(kind, 30, cuts=(Cut("wording"), Cut("options", "wave"))),
    )
]  # fmt: skip
ROW = EstimateRow("share", "1", "Yes", (), None, 40, 40.0, 0.5, 0.34, 0.66, None, "wide")


@pytest.mark.parametrize("around", ["en", "de"])
@pytest.mark.parametrize("reason", REASONS, ids=str)
def test_every_reason_is_in_the_language_of_its_figure_alone(reason: Reason, around: str) -> None:
    with speaking(around):
        said = {language: reason_words(reason, style) for language, style in STYLES.items()}

    assert said["en"] != said["de"]
    assert not GERMAN.search(said["en"]), said["en"]
    assert not ENGLISH.search(said["de"]), said["de"]


@pytest.mark.parametrize("around", ["en", "de"])
@pytest.mark.parametrize("flag", FLAG_WORDS)
def test_every_reserve_is_in_the_language_of_its_figure_alone(flag: str, around: str) -> None:
    row = replace(ROW, flag=flag)
    with speaking(around):
        said = {language: flag_words(row, style) for language, style in STYLES.items()}

    assert said["en"] != said["de"]
    assert not GERMAN.search(said["en"]), said["en"]
    assert not ENGLISH.search(said["de"]), said["de"]


def test_no_cut_is_left_in_another_language() -> None:
    cuts = (Cut("wording"), Cut("options", "inside"), Cut("placement", "before"), Cut("wordings", "wave"))
    with speaking("de"):
        assert not ENGLISH.search(cut_words(cuts))
