"""Kinds of headlines: what each of them claims is read, and nothing false of the same kind is ever approved."""

from __future__ import annotations

from dataclasses import replace

import pytest

from analytics.claims.claim import check_claim
from analytics.claims.closed import english
from analytics.claims.closed.figure import Shown, ages
from analytics.estimates.views.view import View
from analytics.model import Choice, Dimension, Level, Question
from tests.test_figures_examples import survey, view_of
from tests.test_guard import MAY, STYLES, told

HOLDS, REFUSED = "holds", "does not hold"
CASH = Question(
    "cash", "Should the pool lock valuables away at night?", "single",
    choices=(Choice("y", "Yes"), Choice("n", "No"), Choice("d", "Not sure")),
)  # fmt: skip
TAXIS = Question(
    "taxis", "Should the town cap taxi fares?", "single",
    choices=(Choice("a", "Yes, on every route"), Choice("w", "Yes, but only at weekends"), Choice("n", "No"),
             Choice("d", "Don't know")),
)  # fmt: skip
ROADS = Question(
    "roads", "Sind Sie für oder gegen Tempo 80 auf Landstraßen?", "single",
    choices=(Choice("y", "Dafür"), Choice("n", "Dagegen"), Choice("d", "Weiß nicht")),
)  # fmt: skip
STATE = Question(
    "state", "Wie zufrieden sind Sie mit der Arbeit der Landesregierung?", "scale",
    choices=(Choice("4", "Sehr zufrieden", 4), Choice("3", "Eher zufrieden", 3), Choice("2", "Eher unzufrieden", 2),
             Choice("1", "Sehr unzufrieden", 1), Choice("d", "Weiß nicht")),
)  # fmt: skip
BUSES = replace(
    STATE, text="How satisfied are you with the buses?",
    choices=(Choice("4", "Very satisfied", 4), Choice("3", "Fairly satisfied", 3),
             Choice("2", "Fairly dissatisfied", 2), Choice("1", "Very dissatisfied", 1), Choice("d", "Don't know")),
)  # fmt: skip
AGE = Dimension("age", "Age", "age", (Level("u", "Under 30"), Level("m", "30 to 59"), Level("o", "60 and over")))
ALTER = Dimension("age", "Alter", "age", (Level("u", "unter 30"), Level("m", "30 bis 59"), Level("o", "ab 60")))
SEX = Dimension("sex", "Sex", "sex", (Level("w", "Woman"), Level("m", "Man")))
GESCHLECHT = Dimension("sex", "Geschlecht", "sex", (Level("w", "Frau"), Level("m", "Mann")))
PLACE = Dimension("place", "Place", "place", (Level("c", "Harbour"), Level("v", "Surrounding hamlets")))


def figure(question: Question, cells: dict[str | None, list[int]], by: Dimension | None = None) -> View:
    """Returns a figure of a closed survey: everyone's, or that of the groups of a dimension."""
    groups = {(((name,) if by and name else ()), None): counts for name, counts in cells.items()}
    of = survey(question, dimensions=(by,) if by else (), **MAY)
    view = view_of(groups, question, by=(by.key,), of=of) if by else view_of(groups, question, of=of)
    return view if by else told(view)


FIGURES = {
    "cash": figure(CASH, {None: [640, 300, 60]}),
    "cash by sex": figure(CASH, {"w": [330, 150, 20], "m": [320, 160, 20]}, SEX),
    "cash by age": figure(CASH, {"u": [150, 330, 20], "m": [250, 220, 30], "o": [360, 110, 30]}, AGE),
    "taxis": figure(TAXIS, {None: [400, 250, 280, 70]}),
    "taxis by place": figure(TAXIS, {"c": [230, 120, 110, 40], "v": [150, 120, 200, 30]}, PLACE),
    "taxis by month": view_of(
        {((), "2025-03"): [300, 250, 400, 50], ((), "2025-04"): [370, 250, 330, 50],
         ((), "2025-05"): [450, 250, 250, 50]}, TAXIS, every="month", of=survey(TAXIS, **MAY),
    ),
    "roads": figure(ROADS, {None: [490, 460, 50]}),
    "roads by sex": figure(ROADS, {"w": [300, 170, 30], "m": [190, 290, 20]}, GESCHLECHT),
    "roads by age": figure(ROADS, {"u": [330, 150, 20], "m": [250, 220, 30], "o": [160, 310, 30]}, ALTER),
    "state": figure(STATE, {None: [80, 300, 360, 220, 40]}),
    "buses": figure(BUSES, {None: [250, 400, 200, 100, 50]}),
}  # fmt: skip


def said(name: str, text: str) -> str:
    language = "de" if name.split()[0] in ("roads", "state") else "en"
    return check_claim(text, FIGURES[name], "A title that holds", STYLES[language]).verdict


@pytest.mark.parametrize(
    ("name", "true", "false"),
    [
        # a noun of the question's verb is no change
        ("cash", "Only 6% of respondents are unsure about a lock-up at night", "Only 6% of respondents back a lock-up"),
        # groups by the words of a language, whatever the survey calls them
        ("cash by sex", "66% of women who answered back locking valuables away",
         "66% of men who answered back locking valuables away"),
        ("cash by sex", "Women and men who answered both back locking valuables away",
         "Women and men who answered both oppose locking valuables away"),
        ("roads by sex", "60 Prozent der befragten Frauen für Tempo 80, aber nur 38 Prozent der befragten Männer",
         "60 Prozent der befragten Männer für Tempo 80, aber nur 38 Prozent der befragten Frauen"),
        ("roads by sex", "Befragte Männer mehrheitlich gegen Tempo 80", "Befragte Frauen mehrheitlich gegen Tempo 80"),
        ("cash by age", "Three in ten under-30s who answered back locking valuables away",
         "Three in ten over-60s who answered back locking valuables away"),
        ("roads by age", "66 Prozent der unter 30-jährigen Befragten sind für Tempo 80",
         "66 Prozent der Befragten ab 60 sind für Tempo 80"),
        ("roads by age", "Bei den 30- bis 59-jährigen Befragten sind 50 Prozent für Tempo 80",
         "Bei den 30- bis 59-jährigen Befragten sind 66 Prozent für Tempo 80"),
        ("taxis by place", "40% of respondents from the hamlets say no to capped taxi fares",
         "22% of respondents from the hamlets say no to capped taxi fares"),
        # from group to group
        ("cash by age", "Support among respondents rises from 30% of under-30s to 72% of those 60 and over",
         "Support among respondents falls from 30% of under-30s to 72% of those 60 and over"),
        ("cash by age", "Opposition among respondents falls from 66% of under-30s to 22% of those 60 and over",
         "Opposition among respondents falls from 66% of under-30s to 30% of those 60 and over"),
        ("cash by age", "The older the respondents, the more often they back locking valuables away",
         "The older the respondents, the less often they back locking valuables away"),
        ("roads by age", "Je älter die Befragten, desto häufiger sind sie gegen Tempo 80",
         "Je älter die Befragten, desto seltener sind sie gegen Tempo 80"),
        # what chance brings
        ("cash by sex",
         "66 percent of women and 64 percent of men who responded back a lock-up; the gap is within chance",
         "66 percent of women and 60 percent of men who responded back a lock-up; the gap is within chance"),
        ("roads by sex", "Befragte Frauen und Männer unterscheiden sich bei Tempo 80",
         "60 Prozent der Frauen, 38 Prozent der Männer für Tempo 80: Der Abstand liegt im Rahmen des Zufalls"),
        ("cash by age", "Respondents under 30 and those 60 and over differ on locking valuables away",
         "Locking valuables away: the gap of the under-30s and those 60 and over who answered is within chance"),
        # counts
        ("cash", "640 of the 1,000 who answered back locking valuables away",
         "641 of the 1,000 who answered back locking valuables away"),
        ("roads", "490 von 1000 Befragten sind für Tempo 80", "495 von 1000 Befragten sind für Tempo 80"),
        # several answers that say yes, and degrees of one feeling
        ("taxis", "40 percent of respondents want taxi fares capped on every route, 28 percent want no cap",
         "28 percent of respondents want taxi fares capped on every route, 40 percent want no cap"),
        ("taxis", "A quarter of respondents would cap taxi fares only at weekends",
         "A quarter of respondents would cap taxi fares on every route"),
        ("taxis", "Just 7% of respondents do not know whether taxi fares should be capped",
         "Just 7% of respondents say no to a cap on taxi fares"),
        ("state", "58 Prozent der Befragten sind mit der Landesregierung unzufrieden",
         "58 Prozent der Befragten sind mit der Landesregierung zufrieden"),
        ("state", "Knapp vier von zehn Befragten sind mit der Landesregierung zufrieden",
         "Knapp sechs von zehn Befragten sind mit der Landesregierung zufrieden"),
        ("buses", "65 percent of respondents are satisfied with the buses",
         "65 percent of respondents are dissatisfied with the buses"),
        ("buses", "A majority of respondents are satisfied with the buses",
         "A majority of respondents are dissatisfied with the buses"),
        # each time
        ("taxis by month", "Fewer and fewer respondents reject a cap on taxi fares",
         "More and more respondents reject a cap on taxi fares"),
        # what has no majority, shouts, numbers of the question
        ("taxis", "No single answer wins a majority among respondents, but a cap on every route comes out on top",
         "No single answer wins a majority among respondents, but a cap only at weekends comes out on top"),
        ("roads", "TEMPO 80! 49 Prozent der Leser, die abstimmten, sind dafür",
         "TEMPO 80! 80 Prozent der Leser, die abstimmten, sind dafür"),
        ("roads", "Nur jeder zwanzigste Befragte ist bei Tempo 80 unentschieden",
         "Nur jeder zehnte Befragte ist bei Tempo 80 unentschieden"),
        ("cash", "Just under two thirds of the 1,000 readers who answered back locking valuables away",
         "Just under two thirds of the 2,000 readers who answered back locking valuables away"),
    ],
)  # fmt: skip
def test_a_kind_of_claim_is_read_and_the_same_of_something_else_is_not_approved(
    name: str, true: str, false: str
) -> None:
    assert (said(name, true), said(name, false) == HOLDS) == (HOLDS, False)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("cash", "SHUT 'EM UP! Six in ten readers who answered want valuables out of sight"),
        ("taxis", "Well over six in ten readers who answered want some sort of ceiling on fares"),  # both sorts of yes
        ("taxis by place", "Respondents at the quay back a cap more often than those in the hamlets: 46 against 30%"),
        ("taxis", "No single answer gets anywhere near a majority of respondents"),
        ("roads by age", "In keiner der Altersgruppen haben die Befragten ein Mehrheitsgefühl gegen Tempo 80"),
        ("state", "ZORN! Mehr als die Hälfte der Leser, die antworteten, ist unzufrieden mit der Regierung"),
        ("roads by sex", "ER RAST, SIE BREMST: Befragte Männer mehrheitlich gegen Tempo 80, befragte Frauen dafür"),
        ("cash by age", "Backing plummets, from 72% of respondents of 60 and over to 30% of the youngest"),
    ],
)
def test_where_a_word_was_not_understood_what_may_be_true_is_not_refused(name: str, text: str) -> None:
    assert said(name, text) != REFUSED


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("cash by sex", "66% of respondents back locking valuables away"),  # whose share is that of women
        ("cash by sex", "Women who answered back a lock-up more often than men"),
        ("cash by sex", "Mothers who answered back a lock-up"), ("taxis by place", "The hamlets' people want no cap"),
        ("taxis", "65 percent of respondents want a cap on every route"), ("taxis", "Four in ten respondents say no"),
        ("taxis", "Most respondents want taxi fares capped on every route"),
        ("taxis", "40 percent of voters want taxi fares capped on every route"),
        ("roads", "Deutsche mehrheitlich für Tempo 80"), ("roads", "DEUTSCHE WOLLEN TEMPO 80!"),
        ("roads", "Mehrheit der Befragten für Tempo 80"), ("roads", "Die Mehrheit ist dafür! Befragte für Tempo 80"),
        ("roads by age", "Mit dem Alter wächst unter den Befragten die Zustimmung zu Tempo 80"),
        ("state", "Wähler mehrheitlich unzufrieden mit der Landesregierung"),
        ("state", "58 Prozent der Befragten sind mit der Landesregierung sehr unzufrieden"),
        ("state", "36 Prozent der Befragten sind mit der Landesregierung unzufrieden"),
        ("cash by age", "Support doubles from under-30s to those 60 and over"),
        ("cash by age", "Support among respondents rises from 72% of those 60 and over to 30% of under-30s"),
        ("taxis by month", "More and more respondents do not know whether taxi fares should be capped"),
        ("cash", "64 of the 100 who answered back locking valuables away"),
        ("cash", "About 640 of the 1,000 who answered oppose locking valuables away"),
    ],
)  # fmt: skip
def test_nothing_like_it_is_approved(name: str, text: str) -> None:
    assert said(name, text) != HOLDS


@pytest.mark.parametrize(
    ("label", "between"),
    [
        ("Under 35", (0, 34)), ("unter 30", (0, 29)), ("30 bis 44", (30, 44)), ("18 to 29", (18, 29)),
        ("ab 60", (60, None)), ("60 plus", (60, None)), ("60 or older", (60, None)), ("60 and over", (60, None)),
        ("aged 16-24", (16, 24)), ("Undecided 30", None), ("Over the moon", None),
    ],
)  # fmt: skip
def test_ages_are_known_as_a_survey_calls_them(label: str, between: tuple[int, int | None] | None) -> None:
    assert ages(label) == between


def test_degrees_of_a_feeling_are_counted_together_only_where_all_of_them_are_shown() -> None:
    shown = Shown(FIGURES["buses"], english)
    row = shown.row(shown.sides[1], (), None)

    assert row is not None
    assert (round(row.value or 0, 3), round(row.low or 0, 3), round(row.high or 0, 3)) == (0.65, 0.62, 0.68)
    assert shown.rivals(row) == [shown.row(shown.sides[-1], (), None)]
