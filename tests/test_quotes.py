"""The quote desk: every side is heard, nobody without consent, and an editor can swap."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analytics.comments.themes import FoundThemes, Theme
from analytics.estimates.readers.quotes import Quote, consents_of, pick_quotes
from analytics.estimates.readers.themes import ThemeReport, theme_report
from analytics.language.notation import PLAIN
from analytics.model import Choice
from analytics.words.quotes import attribution, quote_words, typical_words
from tests.surveys import MOVE, RIVER

WORDS = "The bridge is what we talk about number {} and nothing else matters much"


@pytest.fixture
def report() -> ThemeReport:
    """Gives thirty comments: ten readers said Yes, ten No, ten Unsure; every other one consents; two themes."""
    texts = [WORDS.format(place) for place in range(30)]
    texts[1], texts[3] = "No", "Call me on 206-555-0134 about the bridge and the river, please do"
    comments = pd.DataFrame(
        {"response_no": range(30), "question": "", "profile_no": [1, 1, 2] * 10, "text": texts, "weight": 1.0,
         "consent": ["yes", "no"] * 15, "responded_at": pd.DatetimeIndex(["2025-05-28T12:00:00"] * 30, tz="UTC")}
    )  # fmt: skip
    near = np.linspace(0.9, 0.1, 30)
    found = FoundThemes(
        (Theme("A", ("bridge",)), Theme("B", ("river",))),
        np.array([0, 0, 0, 1, -1] * 6),
        near,
        near,
        np.arange(30),
        np.zeros(30, dtype=bool),
        np.zeros(30, dtype=bool),
    )
    return theme_report(RIVER, comments, found, 30)


def picked(report: ThemeReport, **options: object) -> list[Quote]:
    choices = pd.DataFrame({"response_no": range(30), "value": ["Yes"] * 10 + ["No"] * 10 + ["Unsure"] * 10})
    usual: dict[str, object] = {"each": 2, "consents": {"yes"}, "groups": {1: "18-29", 2: "60+"}}
    return pick_quotes(report, MOVE, choices, **(usual | options))  # type: ignore[arg-type]


def test_every_answer_is_heard_as_often_in_the_order_of_the_choices(report: ThemeReport) -> None:
    assert [quote.choice.value for quote in picked(report)] == ["Yes", "Yes", "No", "No", "Unsure", "Unsure"]


def test_nobody_is_quoted_without_consent_unless_that_is_said(report: ThemeReport) -> None:
    assert all(quote.response_no % 2 == 0 for quote in picked(report, each=5))
    assert picked(report, consents=()) == []
    assert any(quote.response_no % 2 for quote in picked(report, each=5, consents=None))


def test_nobody_is_quoted_with_a_text_that_many_sent(report: ThemeReport) -> None:
    sent = report.comments.assign(campaign=report.comments["response_no"] < 10)

    quotes = picked(replace(report, comments=sent), each=5)

    assert {quote.choice.value for quote in quotes} == {"No", "Unsure"}


def test_two_quotes_of_one_answer_are_of_different_themes_and_groups(report: ThemeReport) -> None:
    one, other, *_ = picked(report)
    rows = report.comments.set_index("response_no")

    assert rows["theme"][one.response_no] != rows["theme"][other.response_no]
    assert rows["profile_no"][one.response_no] != rows["profile_no"][other.response_no]


def test_what_is_too_short_or_holds_contact_data_is_not_picked(report: ThemeReport) -> None:
    numbers = {quote.response_no for quote in picked(report, each=10, consents=None)}

    assert not numbers & {1, 3}
    assert len(numbers) == 28


def test_a_quote_put_aside_makes_room_for_the_next_one(report: ThemeReport) -> None:
    first = picked(report)[0]

    again = picked(report, passed=[first.response_no])

    assert first.response_no not in {quote.response_no for quote in again}
    assert len(again) == 6


def test_what_is_copied_has_the_words_and_whose_they_are(report: ThemeReport) -> None:
    quote = picked(report)[0]
    made_up = replace(report.survey, simulated=True)

    assert quote_words(quote, report.survey, PLAIN) == f"“{quote.text}”\nA reader who answered “Yes”, 28 May 2025"
    assert attribution(quote, made_up, PLAIN) == "SIMULATED: A reader who answered “Yes”, 28 May 2025"


@pytest.mark.parametrize(
    ("same", "words"),
    [(1, "Fewer than 1 in 20"), (6, "About 1 in 10"), (30, "About 3 in 10"), (97, "About 9 in 10")],
)
def test_how_typical_a_view_is_is_said_in_whole_tenths(same: int, words: str) -> None:
    quote = Quote(1, "Too loud.", Choice("n", "No"), None, same / 100)

    assert typical_words(quote) == f"{words} comments of those who said “No” are about the same."


def test_nobody_is_called_alone_whose_words_others_wrote_too() -> None:
    quote = Quote(1, "Too loud.", Choice("n", "No"), None, None)

    assert typical_words(quote) == "In no theme, and nobody else who said “No” wrote nearly these words."
    assert typical_words(replace(quote, same=21)) == "21 of those who said “No” wrote nearly these words."


def test_a_quote_counts_all_who_wrote_nearly_the_same_for_that_answer(report: ThemeReport) -> None:
    copied = report.comments.assign(copy_of=report.comments["copy_of"].where(report.comments["theme"] >= 0, 0))

    found = picked(replace(report, comments=copied), each=10, consents=None)

    assert {quote.choice.value: max(one.same for one in found if one.choice == quote.choice) for quote in found} == {
        "Yes": 3, "No": 2, "Unsure": 2,
    }  # fmt: skip


def test_a_quote_knows_which_part_of_its_side_speaks_of_the_same(report: ThemeReport) -> None:
    themes = report.comments.set_index("response_no")["theme"]  # of ten on each side six, two, and two in none

    found = {themes[quote.response_no]: quote.alike for quote in picked(report, each=5, consents=None)}

    assert found == {0: 0.6, 1: 0.2, -1: None}


def test_answers_to_the_question_for_consent_are_listed_by_how_frequent_they_are(report: ThemeReport) -> None:
    comments = report.comments.assign(consent=["yes"] * 20 + ["no"] * 8 + [None, ""])

    assert consents_of(comments) == ["yes", "no"]
