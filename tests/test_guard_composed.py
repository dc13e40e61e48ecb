"""Headlines put together of counts, all others, things to be ended, places and runs: none of their twins holds."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from analytics.claims.claim import check_claim
from analytics.estimates.views.view import View
from analytics.model import Choice, Dimension, Level, Net, Question
from tests.guard_cases import APPROVED, REFUSED, TITLE
from tests.test_figures_examples import survey, view_of
from tests.test_guard import FAEHRE, FERRY, HALL, MAY, STYLES, asked, told

CLOCK = Question(
    "clock", "Should the clock change be kept or abolished?", "single",
    choices=(Choice("k", "Keep it"), Choice("a", "Abolish it"), Choice("m", "I don't mind")),
)  # fmt: skip
UHREN = Question(
    "clock", "Soll die Zeitumstellung beibehalten oder abgeschafft werden?", "single",
    choices=(Choice("k", "Beibehalten"), Choice("a", "Abschaffen"), Choice("m", "Ist mir egal")),
)  # fmt: skip
PHONES = Question(
    "phones", "Should mobile phones be banned in primary schools?", "single",
    choices=(Choice("y", "Yes"), Choice("n", "No"), Choice("d", "Not sure")),
)  # fmt: skip
HANDYS = Question(
    "phones", "Sollen Handys an Grundschulen verboten werden?", "single",
    choices=(Choice("y", "Ja"), Choice("n", "Nein"), Choice("d", "Weiß nicht")),
)  # fmt: skip
NEWS = Question(
    "news", "Where do you mostly get your news?", "single",
    choices=(Choice("w", "Newspaper websites"), Choice("t", "Television"), Choice("r", "Radio")),
)  # fmt: skip
NACHRICHTEN = Question(
    "news", "Woher beziehen Sie vor allem Ihre Nachrichten?", "single",
    choices=(Choice("w", "Zeitungswebsites"), Choice("t", "Fernsehen"), Choice("r", "Radio")),
)  # fmt: skip
SAFE = ("How safe do you feel in the city centre at night?", ("Very safe", "Fairly safe", "So so", "Rather unsafe",
        "Very unsafe"), ("Safe", "Unsafe"))  # fmt: skip
SICHER = ("Wie sicher fühlen Sie sich nachts in der Innenstadt?", ("Sehr sicher", "Eher sicher", "Teils, teils",
          "Eher unsicher", "Sehr unsicher"), ("Sicher", "Unsicher"))  # fmt: skip
MOVE = Question(
    "move", "Soll der Wochenmarkt auf den Bahnhofsvorplatz umziehen?", "single",
    choices=(Choice("y", "Ja"), Choice("n", "Nein"), Choice("d", "Weiß nicht")),
)  # fmt: skip
BUS = ("How do you rate the buses?", ("Very good", "Good", "Fair", "Poor", "Very poor"), ("Good or very good", "Poor"))
BUSSE = ("Wie bewerten Sie die Busse?", ("Sehr gut", "Gut", "Mittelmäßig", "Schlecht", "Sehr schlecht"),
         ("Gut oder sehr gut", "Schlecht"))  # fmt: skip
AGE = {
    "en": Dimension("age", "Age", "age", (Level("y", "Under 30"), Level("m", "30-59"), Level("o", "60 and over"))),
    "de": Dimension("age", "Alter", "age", (Level("y", "16-29"), Level("m", "30-59"), Level("o", "60+"))),
}
MONTHS = ("2025-02", "2025-03", "2025-04", "2025-05")


def rated(text: str, labels: tuple[str, ...], nets: tuple[str, str]) -> Question:
    choices = tuple(Choice(str(5 - at), label, 5 - at) for at, label in enumerate(labels))
    sides = (
        Net("top", nets[0], ("5", "4")),
        Net("low", nets[1], ("2", "1")),
        Net("net", "Net", ("5", "4"), ("2", "1")),
    )
    return Question("bus", text, "scale", choices=choices, nets=sides)


def by_age(question: Question, language: str, counts: tuple[list[int], ...]) -> View:
    cells = {((level,), None): each for level, each in zip("ymo", counts, strict=True)}
    return view_of(cells, question, by=("age",), of=survey(question, dimensions=(AGE[language],), **MAY))


def monthly(question: Question, counts: tuple[list[int], ...]) -> View:
    cells = {((), month): each for month, each in zip(MONTHS, counts, strict=True)}
    return view_of(cells, question, every="month", of=asked(question))


def with_means(view: View) -> View:
    """Returns a figure of groups of a scale with the average of each."""
    shares = view.estimates[view.estimates["statistic"] == "share"]
    scores = shares["choice"].astype(float)
    found = []
    for _, cell in shares.assign(score=scores).groupby("age", sort=False):
        mean = float((cell["share"].astype(float) * cell["score"]).sum())
        spread = float((cell["share"].astype(float) * (cell["score"] - mean) ** 2).sum())
        error = (spread / float(cell["base_n"].iloc[0])) ** 0.5
        row = cell.iloc[[0]].drop(columns="score")
        found.append(row.assign(statistic="mean", choice=None, choice_label="Mean", share=None, value=mean, se=error,
                                low=mean - 1.96 * error, high=mean + 1.96 * error))  # fmt: skip
    return replace(view, estimates=pd.concat([view.estimates, *found], ignore_index=True))


def figures(language: str) -> dict[str, View]:
    ferry, clock, bus = (FERRY, CLOCK, BUS) if language == "en" else (FAEHRE, UHREN, BUSSE)
    phones, news, safe = (PHONES, NEWS, SAFE) if language == "en" else (HANDYS, NACHRICHTEN, SICHER)
    rising = ([360, 540, 100], [420, 480, 100], [480, 420, 100], [560, 340, 100])
    ages = ([560, 200, 240], [600, 300, 100], [430, 470, 100])
    marks = ([200, 450, 200, 100, 50], [140, 360, 240, 160, 100], [80, 270, 270, 230, 150])
    return {
        "ferry": told(view_of({((), None): [580, 320, 100]}, ferry, of=asked(ferry))),
        "ferry by age": by_age(ferry, language, ages), "ferry by month": monthly(ferry, rising),
        "clock": told(view_of({((), None): [220, 670, 110]}, clock, of=asked(clock))),
        "clock by month": monthly(clock, tuple([360 - 40 * at, 540 + 40 * at, 100] for at in range(4))),
        "clock by age": by_age(clock, language, ([150, 750, 100], [220, 680, 100], [300, 580, 120])),
        "bus by age": with_means(by_age(rated(*bus), language, marks)),
        "phones": told(view_of({((), None): [720, 190, 90]}, phones, of=asked(phones))),
        "news": told(view_of({((), None): [500, 350, 150]}, news, of=asked(news))),
        "news by month": monthly(news, tuple([330 + 50 * at, 450 - 70 * at, 220 + 20 * at] for at in range(4))),
        "safe by age": with_means(by_age(rated(*safe), language, marks)),
        "move": told(view_of({((), None): [360, 510, 130]}, MOVE, of=asked(MOVE))),
        "halls": told(view_of({((), None): [400, 300, 200, 100]}, HALL, of=asked(HALL))),
    }  # fmt: skip


FIGURES = {language: figures(language) for language in ("en", "de")}
CASES = (
    ("en", "ferry", "580 readers back the night ferry, 320 are against",
     ("1,000 readers back the night ferry", "620 readers back the night ferry", "580 voters back the night ferry",
      "580 readers back the night ferry, 420 are against", "320 readers back the night ferry")),
    ("de", "ferry", "Fast 600 Leser sind für die Nachtfähre, 320 dagegen",
     ("1000 Leser sind für die Nachtfähre", "Fast 800 Leser sind für die Nachtfähre",
      "Fast 600 Leser sind gegen die Nachtfähre", "Weg mit der Nachtfähre: Das wollen 58 Prozent der Leser",
      "Weg mit der Nachtfähre: 58 Prozent der Leser")),
    ("en", "ferry", "Readers split over the night ferry? No: 58% are in favour",
     ("Readers split over the night ferry? No: 32% are in favour", "Is the ferry popular? No: 58% are in favour",
      "Down with the night ferry, say 58% of readers")),
    ("en", "ferry by age", "24% of readers under 30 are undecided on the night ferry - more than in any other age "
     "group",
     ("47% of over-60s are against the night ferry - less than in any other age group",
      "10% of over-60s are undecided on the night ferry - more than in any other age group",
      "60% of 30- to 59-year-olds back the night ferry - more than in any other age group")),
    ("de", "ferry by age", "47 Prozent der über 60-Jährigen sind gegen die Nachtfähre – mehr als in jeder anderen "
     "Altersgruppe",
     ("47 Prozent der über 60-Jährigen sind gegen die Nachtfähre – weniger als in jeder anderen Altersgruppe",
      "60 Prozent der 30- bis 59-Jährigen sind für die Nachtfähre – mehr als in jeder anderen Altersgruppe")),
    ("en", "ferry by month", "Support for the night ferry rises for the third month running",
     ("Support for the night ferry rises for the second month running",
      "Support for the night ferry rises for the fourth month running",
      "Opposition to the night ferry rises for the third month running")),
    ("de", "ferry by month", "Zustimmung zur Nachtfähre zum dritten Mal in Folge gestiegen",
     ("Zustimmung zur Nachtfähre zum zweiten Mal in Folge gestiegen",
      "Zustimmung zur Nachtfähre zum dritten Mal in Folge gesunken")),
    ("en", "ferry by month", "Opponents of the night ferry have lost their majority since February",
     ("Supporters of the night ferry have lost their majority since February",
      "Opponents of the night ferry have won a majority since February")),
    ("en", "clock", "Clock change: 67% against, 22% in favour",
     ("Clock change: 67% in favour, 22% against", "Clock change: 67% say yes", "Support for the clock change at 67%",
      "Abolish the clock change? 67% are against", "Keep the clock change? 67% are in favour",
      "67% are against abolishing the clock change", "Clock change: 22% against, abolish it, say 67%",
      "Most readers do not oppose the clock change")),
    ("de", "clock", "67 Prozent der Leser sind gegen die Zeitumstellung",
     ("22 Prozent der Leser sind gegen die Zeitumstellung", "67 Prozent der Leser sind für die Zeitumstellung",
      "67 Prozent der Leser sind gegen die Abschaffung der Zeitumstellung",
      "67 Prozent der Leser halten an der Zeitumstellung fest", "Zeitumstellung behalten: 67 Prozent dafür")),
    ("de", "clock", "Zwei Drittel der Leser für das Ende der Zeitumstellung",
     ("Zwei Drittel der Leser gegen das Ende der Zeitumstellung", "Zwei Drittel der Leser für die Zeitumstellung")),
    ("en", "clock by month", "Opposition to the clock change grows from 54% to 66%",
     ("Support for the clock change grows from 54% to 66%", "Opposition to the clock change falls from 66% to 54%")),
    ("en", "clock by age", "Readers under 30 are keener to end the clock change than over-60s",
     ("Readers under 30 are keener on the clock change than over-60s",
      "Over-60s are keener to end the clock change than readers under 30")),
    ("en", "bus by age", "Over-60s rate the buses worse than readers under 30",
     ("Over-60s rate the buses better than readers under 30", "Over-60s rate the trains worse than readers under 30")),
    ("de", "bus by age", "Über 60-Jährige bewerten die Busse schlechter als 16- bis 29-Jährige",
     ("Über 60-Jährige bewerten die Busse besser als 16- bis 29-Jährige",
      "Über 60-Jährige bewerten die Züge schlechter als 16- bis 29-Jährige")),
    ("de", "bus by age", "65 Prozent der 16- bis 29-Jährigen finden die Busse gut oder sehr gut, aber nur 35 Prozent "
     "der über 60-Jährigen",
     ("35 Prozent der 16- bis 29-Jährigen finden die Busse gut oder sehr gut, aber nur 65 Prozent der "
      "über 60-Jährigen",)),
    ("en", "halls", "Museum or library? Readers prefer a museum, by 40 to 30",
     ("Museum or library? Readers prefer a library, by 40 to 30",
      "Museum or hotel? Readers prefer a museum, by 40 to 30",
      "A hotel is only the second choice for the town hall")),
    ("en", "halls", "A hotel is only the third choice for the old town hall",
     ("A hotel is the second choice for the old town hall", "Hardly anyone wants a hotel in the old town hall")),
    ("en", "phones", "Only 19% would allow phones in primary schools",
     ("Readers want phones in primary schools", "Readers want mobile phones", "Support for phones at 72%",
      "72% would allow phones in primary schools", "19% would allow phones, 72% in favour",
      "Phones in schools: 72% yes")),
    ("de", "phones", "72 Prozent für Handyverbot an Grundschulen",
     ("Leser wollen Handys an Grundschulen", "Ja zu Handys an Grundschulen", "Mehrheit für Handys an Grundschulen",
      "72 Prozent für Handys an Grundschulen", "72 Prozent würden Handys an Grundschulen erlauben")),
    ("en", "news", "More readers turn to television than to radio for their news",
     ("More readers turn to radio than to television for their news", "Television is the main source of news",
      "Readers get their news from television", "Half of readers rely on television for their news")),
    ("de", "news", "35 Prozent informieren sich vor allem im Fernsehen",
     ("15 Prozent informieren sich vor allem im Fernsehen", "Leser beziehen ihre Nachrichten aus dem Fernsehen")),
    ("de", "news by month", "Fernsehen verliert", ("Zeitungswebsites verlieren", "Radio verliert")),
    ("en", "safe by age", "Readers under 30 feel safer than over-60s in the city centre at night",
     ("Over-60s feel safer than readers under 30 in the city centre at night",
      "Readers under 30 feel less safe than over-60s in the city centre at night")),
    ("de", "safe by age", "Über 60-Jährige fühlen sich nachts unsicherer als 16- bis 29-Jährige",
     ("16- bis 29-Jährige fühlen sich nachts unsicherer als über 60-Jährige",
      "Über 60-Jährige fühlen sich nachts sicherer als 16- bis 29-Jährige")),
    ("de", "move", "Umzug des Wochenmarkts: 51 Prozent dagegen, 36 Prozent dafür",
     ("Umzug des Wochenmarkts: 51 Prozent dafür, 36 Prozent dagegen", "Leser wollen den Umzug des Wochenmarkts",
      "Umzug des Wochenmarkts: Bürger dagegen")),
    ("en", "halls", "More readers want a museum than any other option",
     ("More readers want a library than any other option", "Fewer readers want a museum than any other option")),
)  # fmt: skip


@pytest.mark.parametrize(("language", "name", "true", "twins"), CASES, ids=[true for _, _, true, _ in CASES])
def test_a_headline_put_together_holds_and_none_of_its_twins(
    language: str, name: str, true: str, twins: tuple[str, ...]
) -> None:
    view = FIGURES[language][name]

    assert check_claim(true, view, TITLE, STYLES[language]).verdict == APPROVED
    assert [one for one in twins if check_claim(one, view, TITLE, STYLES[language]).verdict == APPROVED] == []


def test_people_are_not_counted_where_answers_are_weighted() -> None:
    view = FIGURES["en"]["ferry"]
    frame = view.estimates.assign(effective_n=700.0)

    said = check_claim("580 readers back the night ferry", replace(view, estimates=frame), TITLE, STYLES["en"])

    assert said.verdict not in (APPROVED, REFUSED)


@pytest.mark.parametrize("text", ["A large majority wants the clock change abolished", "Hardly anyone is undecided"])
def test_what_is_a_matter_of_taste_is_not_refused(text: str) -> None:
    assert check_claim(text, FIGURES["en"]["clock"], TITLE, STYLES["en"]).verdict != REFUSED
