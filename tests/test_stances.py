"""Colours by words: for, against and don't know look alike in every question, whatever the language or the order."""

from __future__ import annotations

import pytest

from analytics.figures.drawing.colours import choice_colours, ramp
from analytics.model import Choice, Question
from tests.test_figures_examples import house_style

STYLE = house_style()
ANSWERS = {
    "en": ("Yes", "No", "Don’t know"), "de": ("Ja", "Nein", "Weiß nicht"), "es": ("Sí", "No", "No sabe"),
    "fr": ("D'accord", "Pas d'accord", "Ne sait pas"), "it": ("Favorevole", "Contrario", "Non so"),
    "nl": ("Eens", "Oneens", "Weet niet"), "pl": ("Tak", "Nie", "Trudno powiedzieć"),
    "pt": ("Concordo", "Discordo", "Não sei"), "ru": ("Поддерживаю", "Не поддерживаю", "Затрудняюсь ответить"),
}  # fmt: skip


def colours(*labels: str) -> list[str]:
    """Returns the colours of choices that nothing but their words says anything about."""
    question = Question("q", "?", "single", "q", tuple(Choice(str(at), label) for at, label in enumerate(labels)))
    found = choice_colours(question, STYLE, "light")
    return [found[choice.value] for choice in question.choices]


@pytest.mark.parametrize("language", ANSWERS)
def test_for_against_and_unsure_have_their_colours_in_every_language(language: str) -> None:
    palette = STYLE.palette("light")

    assert colours(*ANSWERS[language]) == [palette.plus[1], palette.minus[1], palette.neutral[0]]
    assert colours(*ANSWERS[language][::-1]) == [palette.neutral[0], palette.minus[1], palette.plus[1]]


def test_degrees_are_steps_of_their_side_wherever_they_stand() -> None:
    palette = STYLE.palette("light")

    found = colours("Somewhat agree", "Strongly disagree", "Strongly agree", "Somewhat disagree")

    assert found == [palette.plus[2], palette.minus[0], palette.plus[0], palette.minus[2]]


def test_words_without_two_sides_and_answers_beside_them_keep_colours_of_their_own() -> None:
    palette = STYLE.palette("light")

    assert colours("Yes", "Sometimes", "On Sundays") == list(palette.qualitative[:3])
    assert colours("Nie", "Selten", "Oft") == list(palette.qualitative[:3])  # never, and no "no"
    assert colours("Yes", "No", "On Sundays")[2] in palette.qualitative
    assert len(set(colours("Yes", "No", "On Sundays", "Unsure"))) == 4


@pytest.mark.parametrize("labels", [
    ("Very hard", "Rather hard", "Rather easy", "Very easy"),
    ("Sehr schwer", "Eher schwer", "Eher leicht", "Gar nicht schwer"),
    ("Very masculine", "Somewhat masculine", "Not very masculine", "Not at all masculine", "No answer"),
])  # fmt: skip
def test_answers_that_hold_degrees_of_no_side_are_steps_of_one_ramp(labels: tuple[str, ...]) -> None:
    palette = STYLE.palette("light")

    steps = ramp(palette.ordered, 4)[::-1]

    assert colours(*labels) == [*steps, palette.neutral[0]][: len(labels)]
