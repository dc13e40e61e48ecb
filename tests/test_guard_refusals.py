"""What is refused was understood whole: of one answer, of the steps that are named, or of an average, and no other."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from analytics.estimates.views.view import View
from analytics.model import Choice, Question
from tests.test_figures_examples import view_of
from tests.test_guard import GERMAN, HALLS, TOPLINE, asked, verdict

BUSES = Question(
    "buses", "How reliable are the buses in your town, from 0 (not at all) to 10 (completely)?", "scale",
    choices=tuple(Choice(str(step), str(step), step) for step in range(11)),
)  # fmt: skip
ROADS = Question(
    "roads", "Die Innenstadt sollte samstags für Autos gesperrt sein.", "scale",
    choices=(Choice("a", "Stimme voll und ganz zu", 5), Choice("b", "Stimme eher zu", 4), Choice("c", "Teils/teils", 3),
             Choice("d", "Stimme eher nicht zu", 2), Choice("e", "Stimme überhaupt nicht zu", 1)),
)  # fmt: skip


def with_means(view: View, means: dict[str, float]) -> View:
    row = view.estimates.iloc[[0]]
    rows = [
        row.assign(statistic="mean", choice=None, choice_label="Mean", share=None, value=mean, low=mean - 0.2,
                   high=mean + 0.2, period=period)
        for period, mean in means.items()
    ]  # fmt: skip
    return replace(view, estimates=pd.concat([view.estimates, *rows], ignore_index=True))


WORSE = with_means(
    view_of(
        {((), "2025-04"): [40, 40, 50, 60, 80, 110, 140, 190, 150, 90, 50],
         ((), "2025-05"): [70, 70, 90, 110, 120, 140, 120, 110, 90, 50, 30]},
        BUSES, every="month", of=asked(BUSES),
    ),
    {"2025-04": 6.1, "2025-05": 4.9},
)  # fmt: skip
AGAINST = view_of(
    {((), "2025-04"): [280, 250, 140, 180, 150], ((), "2025-05"): [200, 200, 140, 220, 240]}, ROADS, every="month",
    of=asked(ROADS),
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "view", "language"),
    [
        ("High marks drying up: share at 8 or above drops to 17% from 29%", WORSE, "en"),
        ("Trust in the timetable? Reliability ratings are eroding, monthly averages suggest", WORSE, "en"),
        ("46 percent now score the bus under 5, compared with 27% at the outset", WORSE, "en"),
        ("Punctuality marks slide: the buses are sinking in our readers' esteem", WORSE, "en"),
        ("Gegner der Sperrung legen zu, von einem Drittel auf 46 Prozent", AGAINST, "de"),
        ("Zustimmung bröckelt: 53 Prozent zu Beginn, 40 am Ende", AGAINST, "de"),
        ("Bricks or books: between them, a museum and a library take more than half", HALLS, "en"),
        ("58% of readers are smitten with it, the pundits say", TOPLINE, "en"),
        ("Rund ein Drittel murrt über die Fähre", GERMAN, "de"),
    ],
)
def test_nothing_true_is_refused_for_a_measure_that_was_guessed(text: str, view: View, language: str) -> None:
    assert verdict(text, view, language) != "does not hold"


@pytest.mark.parametrize(
    ("text", "view", "language"),
    [
        ("Bus score sinks from 6.1 to 4.9", WORSE, "en"),
        ("The share of bus readers at 8 or above drops from 29% to 17%", WORSE, "en"),
        ("Gegner der Sperrung legen zu, von einem Drittel auf 46 Prozent", AGAINST, "de"),
        ("A museum and a library together take 60% of readers", HALLS, "en"),
        ("Weder Befürworter noch Gegner der Sperrung erreichen im Mai die Hälfte", AGAINST, "de"),
    ],
)
def test_ends_of_a_change_sums_and_halves_of_a_scale_are_approved_where_they_hold(
    text: str, view: View, language: str
) -> None:
    assert verdict(text, view, language) == "holds"


@pytest.mark.parametrize(
    ("text", "view", "language"),
    [
        ("Bus score sinks from 6.1 to 5.2", WORSE, "en"),
        ("Bus score rises from 6.1 to 4.9", WORSE, "en"),
        ("Bus score rises from 4.9 to 6.1", WORSE, "en"),
        ("The share of bus readers at 8 or above rises from 29% to 17%", WORSE, "en"),
        ("The share of bus readers at 7 or above drops from 29% to 17%", WORSE, "en"),
        ("The share of bus readers at 8 or above drops from 17% to 29%", WORSE, "en"),
        ("Gegner der Sperrung legen zu, von einem Viertel auf 46 Prozent", AGAINST, "de"),
        ("Befürworter der Sperrung legen zu, von einem Drittel auf 46 Prozent", AGAINST, "de"),
        ("A museum and a hotel together take 60% of readers", HALLS, "en"),
        ("A museum and a library together take 58% of readers", HALLS, "en"),
        ("Weder Befürworter noch Gegner der Sperrung erreichen im April die Hälfte", AGAINST, "de"),
        ("Both women and men give the buses an average of 6.1 each", WORSE, "en"),
    ],
)
def test_they_are_never_approved_where_they_do_not(text: str, view: View, language: str) -> None:
    assert verdict(text, view, language) != "holds"
