"""Headlines in the manners of ten newspapers: true ones are approved, and none is once something in it is changed."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from analytics.claims.claim import check_claim
from analytics.estimates.views.view import View
from tests.conftest import ROOT
from tests.guard_cases import APPROVED, REFUSED, STYLES, TITLE, view_of

TOLD = json.loads((ROOT / "tests" / "reference" / "headlines_in_manners.json").read_text(encoding="utf-8"))
SURVEYS = {one["survey"]: one for one in TOLD["surveys"]}
HEADLINES: list[dict[str, Any]] = TOLD["headlines"]
LEAST_APPROVED, MOST_REFUSED = 0.85, 0.05
OFF = (-9, -4, 4, 9)
OTHERWISE: dict[str, list[list[str]]] = TOLD["otherwise"]
"""By language, words and what makes something else of the claim: side, answer, group, direction, part, people."""
AGE_BEFORE = re.compile(r"(?:over|under|über|unter|aged|to|bis)[ -]$")
AGE_BEHIND, OF_A_SHARE = re.compile(r"0?-?(?:s\b|Jähr|-day| to 29)"), re.compile(r"\s*(?:%|P|p)")
STILL_TRUE = frozenset({
    "Higher taxes against free travel? No thanks, say 57%",  # what is only asked claims nothing
    "Markthalle vor Sportzentrum: So stimmten die Leser über das Depot ab",
    "Readers in the city centre are split over higher taxes against free transport",  # claims no more than before
})  # fmt: skip


@cache
def figure(survey: str, name: str, language: str) -> View:
    return view_of(SURVEYS[survey], name, language)


def said(one: dict[str, Any], text: str) -> str:
    view = figure(one["survey"], one["figure"], one["language"])
    return check_claim(text, view, TITLE, STYLES[one["language"]]).verdict


def changed(text: str, language: str) -> Iterator[str]:
    """Yields the headline with one thing in it changed."""
    for match in re.finditer(r"(?<![\d-])\d+(?![\d-]|\.? ?(?:Mai|von))", text):
        before, behind = text[: match.start()], text[match.end() :]
        is_age = AGE_BEHIND.match(behind) or (AGE_BEFORE.search(before) and not OF_A_SHARE.match(behind))
        yield from (f"{before}{int(match[0]) + by}{behind}" for by in OFF if int(match[0]) + by > 0 and not is_age)
    for old, new in OTHERWISE[language]:
        for match in re.finditer(rf"(?<!\w){re.escape(old)}(?!\w)", text):
            yield f"{text[: match.start()]}{new}{text[match.end() :]}"


def test_most_true_headlines_are_approved_and_hardly_one_refused() -> None:
    found = Counter(said(one, one["text"]) for one in HEADLINES)

    assert found[APPROVED] / len(HEADLINES) >= LEAST_APPROVED
    assert found[REFUSED] / len(HEADLINES) <= MOST_REFUSED


@pytest.mark.parametrize("one", HEADLINES, ids=lambda one: one["text"])
def test_no_headline_is_approved_once_a_number_an_answer_a_group_a_direction_or_its_people_are_changed(
    one: dict[str, Any],
) -> None:
    if said(one, one["text"]) != APPROVED:
        return
    wrong = {text for text in changed(one["text"], one["language"]) if said(one, text) == APPROVED}

    assert wrong <= STILL_TRUE


@pytest.mark.parametrize(
    ("survey", "language", "text"),
    [
        ("fireworks", "en", "35% oppose private fireworks"), ("fireworks", "de", "35 Prozent sind gegen Feuerwerk"),
        ("fireworks", "en", "Young people back a ban on fireworks"), ("fireworks", "en", "The town bans fireworks"),
        ("tickets", "en", "Readers say no to higher taxes against free transport"),
        ("police", "en", "Readers give the police 3.5 out of 10 for trust"),
        ("police", "en", "Readers give the police 3.5 out of 5 for distrust"),
    ],
)  # fmt: skip
def test_who_is_against_a_thing_is_for_its_ban_and_nothing_like_it_is_approved(
    survey: str, language: str, text: str
) -> None:
    assert said({"survey": survey, "figure": "topline", "language": language}, text) != APPROVED


@pytest.mark.parametrize(
    ("survey", "language", "text"),
    [
        ("fireworks", "en", "The ban on fireworks"), ("fireworks", "en", "What readers think about banning fireworks"),
        ("depot", "de", "Die Zukunft des Straßenbahndepots"), ("depot", "de", "Was unsere Leser über das Depot denken"),
    ],
)  # fmt: skip
def test_a_text_that_only_names_what_was_asked_needs_nobody_to_answer_for_it(
    survey: str, language: str, text: str
) -> None:
    assert said({"survey": survey, "figure": "topline", "language": language}, text) == APPROVED
