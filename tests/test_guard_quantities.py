"""The guard reads quantities in any dress, strong answers, averages compared, and what a question would end."""

from __future__ import annotations

import pytest

from analytics.claims.claim import check_claim
from analytics.estimates.views.view import View
from analytics.model import Choice, Question
from tests.guard_cases import APPROVED, TITLE
from tests.test_figures_examples import view_of
from tests.test_guard import HALLS, STYLES, asked, told

WEEKS = ("2025-05-05", "2025-05-12", "2025-05-19", "2025-05-26")
BAN = Question(
    "ban", "Should the council ban cars from the high street?", "single",
    choices=(Choice("y", "Yes"), Choice("n", "No"), Choice("d", "Don't know")),
)  # fmt: skip
KEEP = Question("keep", "Should the town keep the old fountain?", "single", choices=BAN.choices)
VERBOT = Question(
    "verbot", "Soll die Stadt Autos in der Innenstadt verbieten?", "single",
    choices=(Choice("y", "Ja"), Choice("n", "Nein"), Choice("d", "Weiß nicht")),
)  # fmt: skip
WEEK = Question(
    "week", "Do you agree or disagree: A four-day week should become the norm", "single",
    choices=tuple(Choice(str(at), label) for at, label in enumerate(
        ("Strongly agree", "Agree", "Neither agree nor disagree", "Disagree", "Strongly disagree"))),
)  # fmt: skip
OF_ALL = {((), None): [580, 320, 100]}
BY_SEX = {(("F",), None): [600, 300, 100], (("M",), None): [380, 520, 100]}
BY_WEEK = {((), week): [yes, 900 - yes, 100] for week, yes in zip(WEEKS, (330, 420, 510, 600), strict=True)}
FIGURES: dict[str, View] = {
    "ban": told(view_of(OF_ALL, BAN, of=asked(BAN))),
    "keep": told(view_of(OF_ALL, KEEP, of=asked(KEEP))),
    "verbot": told(view_of(OF_ALL, VERBOT, of=asked(VERBOT))),
    "ban by sex": view_of(BY_SEX, BAN, by=("sex",), of=asked(BAN)),
    "verbot by sex": view_of(BY_SEX, VERBOT, by=("sex",), of=asked(VERBOT)),
    "ban by week": view_of(BY_WEEK, BAN, every="week", of=asked(BAN)),
    "week": told(view_of({((), None): [250, 270, 150, 200, 130]}, WEEK, of=asked(WEEK))),
    "halls": HALLS,
}
HOLD = [
    ("ban", "Most readers want a high street without cars"),
    ("ban", "32% of readers want to keep cars in the high street"),
    ("ban", "58% of readers want cars off the high street"), ("keep", "58% of readers want to keep the old fountain"),
    ("ban by sex", "Men are more sceptical of the car ban than women"),
    ("ban by week", "More readers back the car ban than four weeks ago"),
    ("ban by week", "Support for the car ban rose every week"),
    ("ban by week", "Support for the car ban up 27 points to 60%"),
    ("week", "A quarter of readers strongly support the four-day week"),
    ("week", "13% strongly reject the four-day week"),
    ("halls", "60% want a museum or a library"), ("halls", "Six in ten readers want either a museum or a library"),
    ("verbot by sex", "Männer sind skeptischer als Frauen beim Autoverbot"),
    ("verbot by sex", "Bei den Frauen überwiegt die Zustimmung zum Autoverbot, bei den Männern die Ablehnung"),
]  # fmt: skip
NEVER = [
    ("ban", "Most readers want to keep cars in the high street"),
    ("ban", "58% of readers want to keep cars in the high street"),
    ("ban", "32% of readers want a high street without cars"), ("ban", "32% want cars off the high street"),
    ("ban", "58% call for an end to the car ban"),
    ("ban", "32% of readers want to keep the car ban"),
    ("keep", "32% of readers want to keep the old fountain"),
    ("keep", "58% of readers want to scrap the old fountain"),
    ("ban by sex", "Women are more sceptical of the car ban than men"),
    ("ban by sex", "Women are most critical of the car ban"),
    ("ban by sex", "Women more opposed to the car ban than men"),
    ("ban by sex", "Women are twice as opposed to the car ban as men"),
    ("ban by week", "More readers back the car ban than a year ago"),
    ("ban by week", "Opposition to the car ban rose every week"),
    ("ban by week", "Support for the car ban up 27 points to 70%"),
    ("ban by week", "In every week a majority backed the car ban"),
    ("week", "13% strongly support the four-day week"),
    ("week", "A third of readers strongly reject the four-day week"),
    ("halls", "70% want a museum or a library"), ("halls", "Museum and hotel share first place"),
    ("verbot by sex", "Frauen sind skeptischer als Männer beim Autoverbot"),
    ("verbot by sex", "Bei den Männern überwiegt die Zustimmung zum Autoverbot, bei den Frauen die Ablehnung"),
]  # fmt: skip


def _said(figure: str, text: str) -> str:
    return check_claim(text, FIGURES[figure], TITLE, STYLES["de" if figure.startswith("verbot") else "en"]).verdict


@pytest.mark.parametrize(("figure", "text"), HOLD)
def test_a_headline_that_holds_in_any_dress_is_approved(figure: str, text: str) -> None:
    assert _said(figure, text) == APPROVED


@pytest.mark.parametrize(("figure", "text"), NEVER)
def test_its_twin_of_another_side_group_time_or_number_is_not(figure: str, text: str) -> None:
    assert _said(figure, text) != APPROVED
