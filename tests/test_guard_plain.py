"""Plain headlines of leads, ages, marks, weeks and verbs in two parts: each is read, and none of its twins is green."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from analytics.claims.claim import check_claim
from analytics.estimates.views.view import View
from analytics.model import Choice, Dimension, Level, Question
from tests.guard_cases import APPROVED, TITLE
from tests.test_figures_examples import survey, view_of
from tests.test_guard import MAY, STYLES, asked, told
from tests.test_guard_twins import RATING

ARCHIVE = Question(
    "archive", "Should the town archive open on Sundays?", "single",
    choices=(Choice("y", "Yes"), Choice("n", "No"), Choice("d", "Not sure")),
)  # fmt: skip
FEE = Question(
    "fee", "Sollte die Marktgebühr abgeschafft werden?", "single",
    choices=(Choice("y", "Ja"), Choice("n", "Nein"), Choice("d", "Weiß nicht")),
)  # fmt: skip
SHORE = Question(
    "shore", "Wie stehen Sie zu der Aussage: Das Ufer sollte samstags für Autos gesperrt sein?", "scale",
    choices=(Choice("a", "Stimme voll und ganz zu", 4), Choice("b", "Stimme eher zu", 3),
             Choice("c", "Stimme eher nicht zu", 2), Choice("e", "Stimme überhaupt nicht zu", 1),
             Choice("d", "Weiß nicht")),
)  # fmt: skip
AGE = Dimension("age", "Age", "age", (Level("u", "Under 30"), Level("m", "30-39"), Level("o", "70+")))
ALTER = Dimension("age", "Alter", "age", (Level("u", "16-29"), Level("o", "60-74")))
WEEKS = ("2025-02-24", "2025-03-03", "2025-03-10", "2025-03-17", "2025-03-24")
COUNTS = {"u": [400, 90, 10], "m": [300, 160, 40], "o": [195, 249, 56]}


def by_age(question: Question, dimension: Dimension, cells: dict[str, list[int]]) -> View:
    groups = {((name,), None): counts for name, counts in cells.items()}
    return view_of(groups, question, by=("age",), of=survey(question, dimensions=(dimension,), **MAY))


def by_week(question: Question, steps: list[list[int]]) -> View:
    cells = {((), week): counts for week, counts in zip(WEEKS, steps, strict=True)}
    return view_of(cells, question, every="week", of=asked(question))


FIGURES = {
    "en": {
        "archive": told(view_of({((), None): [571, 308, 121]}, ARCHIVE, of=asked(ARCHIVE))),
        "archive by age": by_age(ARCHIVE, AGE, COUNTS),
        "bus": view_of({((), None): [20, 30, 40, 50, 80, 180, 240, 150, 120, 60, 30]}, RATING, of=asked(RATING)),
    },
    "de": {
        "fee": told(view_of({((), None): [663, 227, 110]}, FEE, of=asked(FEE))),
        "fee by age": by_age(FEE, ALTER, {"u": [250, 200, 50], "o": [346, 110, 44]}),
        "fee by week": by_week(FEE, [[330, 120, 50], [335, 115, 50], [333, 117, 50], [332, 118, 50],
                                        [321, 129, 50]]),
        "shore": told(view_of({((), None): [386, 524, 268, 500, 322]}, SHORE, of=asked(SHORE))),
    },
}  # fmt: skip


@pytest.mark.parametrize(
    ("language", "name", "true", "twins"),
    [
        ("en", "archive", "On Sunday opening of the archive, yes leads no by 26 points",
         ("On Sunday opening of the archive, yes leads no by 24 points",
          "On Sunday opening of the archive, no leads yes by 26 points",
          "On Sunday opening of the archive, yes trails no by 26 points")),
        ("en", "archive", "Opponents of Sunday opening trail supporters by 26 points",
         ("Supporters of Sunday opening trail opponents by 26 points",
          "Opponents of Sunday opening trail supporters by 29 points")),
        ("de", "fee", "Marktgebühr abschaffen: Ja-Stimmen liegen 44 Punkte vor den Nein-Stimmen",
         ("Marktgebühr abschaffen: Nein-Stimmen liegen 44 Punkte vor den Ja-Stimmen",
          "Marktgebühr abschaffen: Ja-Stimmen liegen 40 Punkte vor den Nein-Stimmen",
          "Marktgebühr abschaffen: Ja-Stimmen liegen 44 Punkte hinter den Nein-Stimmen",
          "Marktgebühr: Ja-Stimmen liegen 44 Punkte vor den Nein-Stimmen")),
        ("en", "archive by age", "Half of readers aged 70 and over would keep the archive shut on Sundays",
         ("Half of readers aged 70 and over would keep the archive open on Sundays",
          "Half of readers aged 70 and over would not keep the archive shut on Sundays",
          "Half of readers aged 70 and over do not want the archive shut on Sundays",
          "Half of readers aged 70 and over would keep the archive from shutting on Sundays",
          "Half of readers under 30 would keep the archive shut on Sundays")),
        ("en", "archive by age", "60% of readers in their thirties want the archive open on Sundays",
         ("60% of readers in their forties want the archive open on Sundays",
          "60% of readers in their thirties want the archive shut on Sundays")),
        ("de", "fee by age", "69 Prozent der 60- bis 74-jährigen Leser wollen keine Marktgebühr mehr",
         ("69 Prozent der 16- bis 29-jährigen Leser wollen keine Marktgebühr mehr",
          "69 Prozent der 60- bis 74-jährigen Leser wollen die Marktgebühr behalten",
          "66 Prozent der 60- bis 74-jährigen Leser wollen keine Marktgebühr mehr")),
        ("de", "fee by age", "69 Prozent der 60 bis 74 Jahre alten Leser sind für die Abschaffung der Marktgebühr",
         ("69 Prozent der 60 bis 69 Jahre alten Leser sind für die Abschaffung der Marktgebühr",)),
        ("en", "bus", "36 percent of readers give the bus at least 7 out of 10",
         ("36 percent of readers give the bus at least 8 out of 10",
          "At least 7 out of 10 readers are satisfied with the bus")),
        ("de", "fee by week", "Meinung der Leser zur Marktgebühr kaum verändert",
         ("Meinung der Leser zur Marktgebühr deutlich verändert", "Zustimmung zur Marktgebühr kaum verändert")),
        ("de", "fee by week", "In der letzten Märzwoche stimmten 64 Prozent für die Abschaffung der Marktgebühr",
         ("In der letzten Märzwoche stimmten 64 Prozent gegen die Abschaffung der Marktgebühr",
          "In der ersten Märzwoche stimmten 64 Prozent für die Abschaffung der Marktgebühr",
          "In der letzten Februarwoche stimmten 64 Prozent für die Abschaffung der Marktgebühr",
          "In der letzten Aprilwoche stimmten 64 Prozent für die Abschaffung der Marktgebühr")),
        ("de", "fee", "Nicht einmal jeder vierte Leser hält an der Marktgebühr fest",
         ("Nicht einmal jeder fünfte Leser hält an der Marktgebühr fest",
          "66 Prozent der Leser halten an der Marktgebühr fest",
          "23 Prozent der Leser halten nicht an der Marktgebühr fest")),
        ("de", "fee", "Mehrheit der Leser hat genug von der Marktgebühr",
         ("Mehrheit der Leser hat nicht genug von der Marktgebühr",
          "Mehrheit der Leser hat genug von der Abschaffung der Marktgebühr")),
        ("de", "shore", "Jeder vierte Leser lehnt die Sperrung ganz und gar ab",
         ("Jeder vierte Leser stimmt der Sperrung ganz und gar zu",
          "Jeder dritte Leser lehnt die Sperrung ganz und gar ab",
          "25 Prozent der Leser stimmen der Sperrung nicht voll und ganz zu")),
        ("de", "shore", "38 Prozent der Leser stimmen der Sperrung nicht zu",
         ("46 Prozent der Leser stimmen der Sperrung nicht zu", "38 Prozent der Leser stimmen der Sperrung zu",
          "46 Prozent der Leser stimmen der Sperrung eher zu")),
        ("de", "shore", "Sperrung am Samstag spaltet die Leser: 46 Prozent dafür, 38 dagegen",
         ("Sperrung am Samstag spaltet die Leser: 46 Prozent dafür, 44 dagegen",
          "Kopf an Kopf bei der Sperrung am Samstag: 46 Prozent dafür, 38 dagegen")),
    ],
)  # fmt: skip
def test_a_plain_headline_is_read_and_none_of_its_twins(
    language: str, name: str, true: str, twins: tuple[str, ...]
) -> None:
    view = FIGURES[language][name]

    assert check_claim(true, view, TITLE, STYLES[language]).verdict == APPROVED
    assert [one for one in twins if check_claim(one, view, TITLE, STYLES[language]).verdict == APPROVED] == []


def test_middling_marks_are_those_near_the_middle_of_the_scale() -> None:
    view = FIGURES["en"]["bus"]

    def said(mean: float, text: str) -> str:
        row = view.estimates.iloc[[0]].assign(
            statistic="mean", choice=None, choice_label="Mean", share=None, value=mean, low=mean - 0.1, high=mean + 0.1
        )
        told_too = replace(view, estimates=pd.concat([view.estimates, row], ignore_index=True))
        return check_claim(text, told_too, TITLE, STYLES["en"]).verdict

    assert said(5.8, "Middling marks for the bus: 5.8 out of 10") == APPROVED
    assert said(7.4, "Middling marks for the bus: 7.4 out of 10") != APPROVED
    assert said(5.8, "Middling marks for the bus: 6.8 out of 10") != APPROVED
