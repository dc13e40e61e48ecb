"""The guard is green only where every word was understood, and every claim holds."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.claims.claim import check_claim, unread_words
from analytics.estimates.views.view import Lead, View
from analytics.figures.drawing.style import read_style
from analytics.model import Article, Choice, Dimension, Level, Net, Question, Section
from tests.guard_cases import Judged, score
from tests.surveys import SAME
from tests.test_figures_examples import STYLE_FILE, survey, view_of

STYLES = {language: read_style(STYLE_FILE, language) for language in ("en", "de")}
FERRY = Question(
    "ferry", "Should the town pay for running the night ferry in summer?", "single",
    choices=(Choice("y", "Yes"), Choice("n", "No"), Choice("d", "Don't know")),
)  # fmt: skip
FAEHRE = replace(
    FERRY, text="Soll die Stadt im Sommer die Nachtfähre bezahlen?",
    choices=(Choice("y", "Ja"), Choice("n", "Nein"), Choice("d", "Weiß nicht")),
)  # fmt: skip
HALL = Question(
    "hall", "What should the old town hall become?", "single",
    choices=(Choice("m", "A museum"), Choice("l", "A library"), Choice("h", "A hotel"),
             Choice("s", "Leave it as it is")),
)  # fmt: skip
MAYOR = Question(
    "mayor", "How much do you trust the mayor? (1 not at all, 5 completely)", "scale",
    choices=(Choice("1", "1 (not at all)", 1), *(Choice(str(n), str(n), n) for n in (2, 3, 4)),
             Choice("5", "5 (completely)", 5)),
    nets=(Net("up", "Trusting", ("4", "5")), Net("down", "Distrusting", ("1", "2")),
          Net("net", "Net", ("4", "5"), ("1", "2"))),
)  # fmt: skip
SEX = Dimension("sex", "Sex", "sex", (Level("F", "Women"), Level("M", "Men")))
AGE = Dimension("age", "Age", "age", (Level("18-29", "18-29"), Level("30-59", "30-59"), Level("60+", "60+")))
MAY = {"opens": date(2025, 5, 1), "closes": date(2025, 5, 31)}


def asked(question: Question, **changes: object) -> object:
    return survey(question, dimensions=(AGE, SEX), **MAY, **changes)


def told(view: View) -> View:
    """Returns a topline of a closed survey, its lead known."""
    rows = view.estimates[view.estimates["statistic"] == "share"].sort_values("share", ascending=False)
    first, second = (rows.iloc[place] for place in (0, 1))
    leader, runner_up = (view.question.choice(str(one["choice"])) for one in (first, second))
    lead = Lead(first["low"] > second["high"], True, first["low"] > 0.5, leader, runner_up, 0.1, 0.0, 0.2)
    return replace(view, lead=lead)


TOPLINE = told(view_of({((), None): [580, 320, 100]}, FERRY, of=asked(FERRY)))
GERMAN = told(view_of({((), None): [580, 320, 100]}, FAEHRE, of=asked(FAEHRE)))
HALLS = told(view_of({((), None): [310, 290, 220, 180]}, HALL, of=asked(HALL)))
BY_SEX = view_of(
    {(("F",), None): [400, 200, 250, 150], (("M",), None): [250, 400, 200, 150]}, HALL, by=("sex",), of=asked(HALL)
)
BY_AGE = view_of(
    {(("18-29",), None): [300, 150, 50], (("30-59",), None): [260, 190, 50], (("60+",), None): [240, 210, 50]}, FERRY,
    by=("age",), of=asked(FERRY),
)  # fmt: skip
TREND = view_of(
    {((), "2025-03"): [480, 400, 120], ((), "2025-04"): [530, 360, 110], ((), "2025-05"): [580, 320, 100]}, FERRY,
    every="month", of=asked(FERRY),
)  # fmt: skip
TRUST = view_of({((), None): [180, 220, 260, 220, 120]}, MAYOR, of=asked(MAYOR), lead=None)
FIGURES = {
    "topline": TOPLINE, "halls": HALLS, "by sex": BY_SEX, "by age": BY_AGE, "trend": TREND, "trust": TRUST,
}  # fmt: skip


def verdict(text: str, view: View, language: str = "en") -> str:
    return check_claim(text, view, "A title that holds", STYLES[language]).verdict


@pytest.mark.parametrize(
    ("figure", "text"),
    [
        ("topline", "58% of readers want the night ferry"),
        ("topline", "Night ferry: 58 percent for, 32 against, 10 undecided"),
        ("topline", "Most readers who answered want the town to pay for the ferry"),
        ("topline", "In May, 58% of 1,000 readers said yes"),
        ("topline", "Yes leads: 58 percent for the night ferry"),
        ("topline", "32% of readers say no to the night ferry"),
        ("topline", "Fewer than four in ten are against the ferry"),
        ("topline", "58% want the ferry, 32% do not"),
        ("halls", "31% of readers want a museum, 29% a library"),
        ("halls", "Museum or library? Readers are split"),
        ("halls", "Nearly a third want a museum"),
        ("halls", "18% would leave the town hall as it is"),
        ("halls", "More readers want a museum than a hotel"),
        ("by sex", "40% of women want a museum, 25% of men"),
        ("by sex", "Women favor the museum, men the library"),
        ("by sex", "Men want a library more often than women do"),
        ("by sex", "Among men, 40 percent want a library"),
        ("by age", "Readers under 30 back the ferry more often than those over 60"),
        ("by age", "60% of the youngest readers want the ferry, 48% of those 60 and older"),
        ("trend", "Support for the ferry rises from 48 to 58 percent"),
        ("trend", "Opposition fell by 8 points since March"),
        ("trend", "More readers back the ferry in May than in March"),
        ("trend", "In March 40 percent were against the ferry"),
        ("trust", "34% of readers trust the mayor, 40% do not"),
        ("trust", "18 percent do not trust the mayor at all"),
    ],
)
def test_a_headline_that_the_figure_bears_out_is_green(figure: str, text: str) -> None:
    assert verdict(text, FIGURES[figure]) == "holds"


@pytest.mark.parametrize(
    ("figure", "text"),
    [
        *[("topline", text) for text in (
            "Support for the ferry has doubled", "Women love the ferry", "The ferry is beloved",
            "Young readers abandon the ferry", "Americans want the ferry", "58% of voters want the ferry",
            "The public wants the ferry", "58% of the town want the ferry", "Seven in ten want the ferry",
            "58% of readers want no ferry", "All readers want the ferry", "Nobody wants the ferry",
            "Readers pay for the ferry", "Readers in the town pay for the ferry", "The town pays for the ferry",
            "The town is running the night ferry", "58% of readers run the night ferry", "32% want the ferry",
            "58% of readers answered", "Support is up", "Record support for the ferry", "590 readers want the ferry",
            "1,000 readers want the ferry", "58% of 900 readers want the ferry", "In April, 58% want the ferry",
            "58% want the ferry because it is late",
            "More readers want the ferry", "58% more readers want the ferry", "At least 58% want the ferry",
            "Readers are split over the ferry", "Overwhelming majority for the ferry", "58% of women want the ferry",
            "58% of readers want the ferry dropped", "Tonight: 58% want the ferry", "Readers demand a night ferry",
            "A landslide for the ferry", "Readers have had it: 58% want the ferry", "Night ferry for 58 percent",
            "Ferry wins by 58 points", "58% want the ferry, the town says",
        )],
        *[("halls", text) for text in (
            "Readers want a museum", "Most readers want a museum", "Museum wins", "The library leads",
            "31% of readers want a library", "31% do not want a museum", "70% want a museum or a library",
            "A hotel is the least wanted", "Women want a museum", "More readers want a museum than a library",
        )],
        *[("by sex", text) for text in (
            "40% want a museum", "Women want a museum, men do not", "More men than women want a museum",
            "40% of men want a museum", "Women under 30 want a museum", "Most women want a museum",
            "Mothers want a museum", "Women are twice as likely as men to want a museum",
        )],
        *[("by age", text) for text in (
            "Most readers over 60 want the ferry", "Readers over 60 want the ferry more often than readers under 30",
            "60% of readers want the ferry", "60% of readers under 60 want the ferry", "Women under 30 want the ferry",
        )],
        *[("trend", text) for text in (
            "Support has doubled since March", "Support falls from 58 to 48 percent", "Support rose by 58 percent",
            "Support rose to 53 percent", "Support has grown since April", "58% want the ferry",
            "In February 48 percent were for the ferry", "Support surges", "Opposition grows to 40 percent",
            "Support rose from 48 to 58 percent in April",
        )],
        *[("trust", text) for text in (
            "40% trust the mayor, 34% do not", "Readers trust the mayor", "34% trust the mayor completely",
            "Most readers distrust the mayor", "Trust in the mayor collapses", "12% of readers trust the mayor",
            "The town trusts the mayor", "More readers trust the mayor than distrust him",
            "34% of the town trust the mayor", "More readers distrust the mayor than trust him",
        )],
    ],
)  # fmt: skip
def test_a_headline_that_the_figure_does_not_bear_out_is_never_green(figure: str, text: str) -> None:
    assert verdict(text, FIGURES[figure]) in ("does not hold", "not checked")


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("58 Prozent der Leser wollen die Nachtfähre", True),
        ("Nachtfähre: 58 Prozent dafür, 32 dagegen", True),
        ("Mehrheit der Teilnehmer will die Nachtfähre", True),
        ("Die meisten Leser, die geantwortet haben, sind für die Fähre", True),
        ("32 Prozent der Leser lehnen die Nachtfähre ab", True),
        ("58 Prozent der Leser wollen keine Nachtfähre", False),
        ("58 Prozent der Deutschen für die Nachtfähre", False),
        ("Sieben von zehn wollen die Nachtfähre", False),
        ("Alle Leser wollen die Nachtfähre", False),
        ("Die Stadt bezahlt die Nachtfähre", False),
        ("Leser bezahlen die Nachtfähre", False),
        ("Zustimmung hat sich verdoppelt", False),
        ("Frauen lieben die Nachtfähre", False),
        ("Immer mehr Leser für die Nachtfähre", False),
    ],
)
def test_german_headlines_are_green_where_they_hold_and_never_else(text: str, holds: bool) -> None:
    assert (verdict(text, GERMAN, "de") == "holds") is holds


@SAME
@given(
    st.sampled_from(["58% of readers want the ferry", "Most readers want the ferry"]),
    st.text("bcdfghjk", min_size=4),
)
def test_a_word_that_nobody_knows_keeps_a_headline_from_being_green(text: str, word: str) -> None:
    assert verdict(text, TOPLINE) == "holds"
    assert verdict(f"{text} {word}", TOPLINE) != "holds"
    assert verdict(f"{word} {text}", TOPLINE) != "holds"


def test_made_up_answers_are_not_green_unless_the_headline_says_so() -> None:
    made_up = replace(TOPLINE, survey=replace(TOPLINE.survey, simulated=True))

    assert verdict("58% of readers want the ferry", made_up) == "does not hold"
    assert verdict("Simulated: 58% of readers want the ferry", made_up) == "holds"
    assert verdict("Simulated: 58% of readers want the ferry", TOPLINE) == "not checked"


def test_a_majority_is_not_green_while_answers_come_in_and_it_may_still_turn() -> None:
    lead = TOPLINE.lead
    assert lead is not None
    running = replace(TOPLINE, lead=replace(lead, closed=False, majority=False, leads=False))

    assert verdict("Most readers want the ferry", running) == "does not hold"
    assert verdict("58% of readers want the ferry", running) == "holds"


def test_the_score_counts_what_was_said_of_true_and_false_headlines() -> None:
    judged = [
        Judged("a", "f", True, "holds", ()),
        Judged("b", "f", False, "holds", ()),
        Judged("c", "f", True, "not checked", ()),
    ]

    found = score(judged)

    assert (found["true holds"], found["false holds"], found["true not checked"]) == (1, 1, 1)
    assert sum(found.values()) == 3


def test_an_average_is_read_with_all_its_digits_and_its_points_are_no_distance() -> None:
    view = view_of({((), None): [100, 150, 250, 300, 200]}, MAYOR, of=asked(MAYOR))
    mean = view.estimates.iloc[[0]].assign(statistic="mean", choice=None, choice_label="Mean", share=None, value=3.35)
    view = replace(view, estimates=pd.concat([view.estimates, mean], ignore_index=True))

    right, wrong = (
        check_claim(f"Readers give the mayor an average of {number} points", view, "", STYLES["en"])
        for number in ("3.35", "3.85")
    )

    assert "number" not in [one.kind for one in right.findings]
    assert [one.found for one in wrong.findings if one.kind == "number"] == ["average of 3.85"]


def test_a_population_that_begins_the_name_of_something_else_is_none() -> None:
    question = replace(MAYOR, text="How much do you trust the city council?")
    view = view_of({((), None): [100, 150, 250, 300, 200]}, question, of=asked(question))

    names = check_claim("50% of readers trust the city council", view, "", STYLES["en"])
    people = check_claim("50% of the city trust the council", view, "", STYLES["en"])

    assert "people" not in [one.kind for one in names.findings]
    assert "people" in [one.kind for one in people.findings]


ITALIAN = Question(
    "rate", "How much do you like the cuisine of Italy?", "single",
    choices=(*(Choice(f"{at}", "5 love it" if at == 5 else f"{at}", at) for at in range(1, 6)), Choice("na", "N/A")),
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "language", "said"),
    [
        ("More than eight in ten give it 4 or 5", "en", "not checked"),
        ("83% give it 4 or 5", "en", "not checked"),
        ("83% give it 4 to 5", "en", "not checked"),
        ("94% give it 3 to 5", "en", "not checked"),
        ("83% of readers like Italian cuisine", "en", "not checked"),
        ("Mehr als acht von zehn geben 4 oder 5", "de", "not checked"),
        ("83 Prozent geben 4 oder 5", "de", "not checked"),
        ("Nine in ten give it 4 or 5", "en", "not checked"),
        ("35% give it 4 or 5", "en", "not checked"),
        ("48 Prozent geben 4 oder 5", "de", "not checked"),
    ],
)
def test_steps_of_a_scale_that_are_named_together_are_counted_together(text: str, language: str, said: str) -> None:
    view = view_of({((), None): [4, 4, 110, 350, 480, 52]}, ITALIAN, of=asked(ITALIAN))

    found = check_claim(text, view, "", STYLES[language])

    assert found.verdict == said
    assert all("83" in one.reason for one in found.findings)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Only 10% of readers back Hansen's night ferry", "en"),
        ("10% back Trump's night ferry", "en"),
        ("32% back the mayor’s night ferry", "en"),
        ("10% back the splendid night ferry", "en"),
        ("10 Prozent der Leser sind für die famose Nachtfähre", "de"),
    ],
)
def test_a_word_that_nobody_knows_hides_no_share_that_is_given_to_the_wrong_answer(text: str, language: str) -> None:
    view = TOPLINE if language == "en" else GERMAN

    found = check_claim(text, view, "A title that holds", STYLES[language])

    assert found.verdict != "holds"
    assert {one.kind for one in (*found.findings, *found.against)} == {"number"}


@pytest.mark.parametrize(
    "text",
    [
        "58% back Trump's night ferry",
        "32% refuse to back the night ferry",
        "32% back an abolition of the night ferry",
        "10% hesitate to back the night ferry",
        "10% back neither the night ferry nor its foes",
    ],
)
def test_a_word_that_may_turn_an_answer_round_refuses_nothing(text: str) -> None:
    found = check_claim(text, TOPLINE, "A title that holds", STYLES["en"])

    assert (found.verdict, found.findings, found.against) == ("not checked", (), ())


DROP = view_of(
    {((), "2025-05-20"): [310, 600, 90], ((), "2025-05-21"): [300, 620, 80], ((), "2025-05-22"): [520, 410, 70],
     ((), "2025-05-23"): [290, 630, 80]},
    FERRY, every="day", of=asked(FERRY),
)  # fmt: skip
TROPFEN = view_of(
    {((), "2025-05-21"): [300, 620, 80], ((), "2025-05-22"): [520, 410, 70], ((), "2025-05-23"): [290, 630, 80]},
    FAEHRE, every="day", of=asked(FAEHRE),
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("No to the night ferry fell from 62% on 21 May to 41% on 22 May", "holds"),
        ("No to the night ferry dropped on 22 May", "holds"),
        ("No to the night ferry rose on May 23", "holds"),
        ("No to the night ferry fell from 62% on 20 May to 41% on 22 May", "not checked"),
        ("No to the night ferry fell after 22 May", "not checked"),
        ("No to the night ferry rose by 22 May", "not checked"),
        ("No to the night ferry fell by 22 May", "not checked"),
        ("No to the night ferry rose on 22 May", "not checked"),
        ("No to the night ferry rose from 60% on 20 May to 62% on 21 May", "not checked"),
        ("No to the night ferry fell from 63% on 21 May to 41% on 22 May", "not checked"),
        ("No to the night ferry fell from 62% on 21 May to 47% on 22 May", "does not hold"),
    ],
)
def test_a_change_between_days_that_are_named_is_held_against_those_days(text: str, said: str) -> None:
    assert verdict(text, DROP) == said


def test_a_change_between_days_that_are_named_is_read_in_german_too() -> None:
    text = "Nachtfähre: Das Nein fiel von 62 Prozent am 21. Mai auf 41 Prozent am 22. Mai"

    assert verdict(text, TROPFEN, "de") == "holds"
    assert verdict("Nachtfähre: Das Nein stieg nach dem 22. Mai", TROPFEN, "de") != "holds"


@pytest.mark.parametrize(
    "text", ["Yes falls with age: 60% of readers aged 18-29, 48% of those 60+", "Support falls with age among readers"]
)
def test_a_rise_from_group_to_group_is_no_change_over_time(text: str) -> None:
    assert verdict(text, BY_AGE) != "does not hold"
    assert verdict(text.replace(" with age", ""), BY_AGE) == "does not hold"


@pytest.mark.parametrize(
    ("figure", "text"),
    [
        ("topline", "Bar chart: 58% of readers want the night ferry"),
        ("topline", "The bar chart shows that 58% of readers want the night ferry"),
        ("topline", "58% of readers in this article want the night ferry"),
        ("by age", "Night ferry by age: 60% of readers under 30 say yes"),
    ],
)
def test_what_the_figure_is_and_by_what_it_is_split_are_known_words(figure: str, text: str) -> None:
    assert verdict(text, FIGURES[figure]) == "holds"
    assert verdict(re.sub(r"58%|60%", "47%", text), FIGURES[figure]) != "holds"


def test_a_without_of_the_question_turns_no_answer_round() -> None:
    question = replace(FERRY, text="Should the town pay for the night ferry without regional subsidies?")
    view = told(view_of({((), None): [580, 320, 100]}, question, of=asked(question)))

    assert verdict("32% of readers say no to the night ferry without regional subsidies", view) == "holds"
    assert verdict("58% of readers say no to the night ferry without regional subsidies", view) == "does not hold"


PROFIT = Question(
    "profit", "Would you sell your data?", "single",
    choices=(Choice("n", "No"), Choice("p", "Yes if I get part of the profit"), Choice("y", "Yes")),
)  # fmt: skip
WITHDRAW = Question(
    "withdraw", "Do you support a withdrawal of the troops?", "single",
    choices=(Choice("s", "Support"), Choice("n", "Not support"), Choice("d", "Difficult to answer")),
)  # fmt: skip
NEXT = Question(
    "next", "What should happen next?", "single",
    choices=(Choice("w", "Send more weapons to the front"), Choice("s", "Tighten sanctions on trade"),
             Choice("c", "Ban cars except for residents")),
)  # fmt: skip


@pytest.mark.parametrize(
    ("question", "counts", "text", "verdict"),
    [
        (PROFIT, [472, 460, 68], "47% say No", "holds"),
        (PROFIT, [472, 460, 68], "47% of readers who answered say no", "holds"),
        (PROFIT, [472, 460, 68], "46% say no", "does not hold"),
        (PROFIT, [472, 460, 68], "46% say yes", "not checked"),
        (PROFIT, [472, 460, 68], "47% say no, 46% yes for a share of the profit", "not checked"),
        (PROFIT, [472, 460, 68], "Nearly half say yes if they get part of the profit", "not checked"),
        (WITHDRAW, [430, 380, 190], "43% support a withdrawal, 38% do not", "holds"),
        (WITHDRAW, [430, 380, 190], "38% are against a withdrawal", "holds"),
        (WITHDRAW, [430, 380, 190], "43% are against a withdrawal", "does not hold"),
        (WITHDRAW, [430, 380, 190], "38% support a withdrawal, 43% do not", "does not hold"),
        (NEXT, [450, 300, 250], "45% want to send more weapons", "holds"),
        (NEXT, [450, 300, 250], "30% are for tightening sanctions", "holds"),
        (NEXT, [450, 300, 250], "30% want to send more weapons", "does not hold"),
        (NEXT, [450, 300, 250], "45% want to send fewer weapons", "not checked"),
        (NEXT, [450, 300, 250], "25% want to ban cars", "not checked"),
    ],
)  # fmt: skip
def test_answers_are_known_by_their_first_words_where_those_alone_are_no_other_answer(
    question: Question, counts: list[int], text: str, verdict: str
) -> None:
    view = told(view_of({((), None): counts}, question, of=asked(question)))

    found = check_claim(text, view, "", STYLES["en"])

    assert found.verdict == verdict
    assert not [one.instead for one in found.findings if one.instead == "7%"]  # never the share of the short "Yes"


def test_what_was_not_understood_is_said_by_where_it_stands_and_the_numbers_are_judged_all_the_same() -> None:
    other = Question("trust", "Do you trust the harbour?", "single", choices=(Choice("y", "Yes"), Choice("n", "No")))
    article = Article("Kyiv offers talks", sections=(Section("The mayor", ("She spoke of tariffs.",)),))
    base = asked(FERRY)
    survey_ = replace(base, questions=(FERRY, other), article=article)
    view = told(view_of({((), None): [700, 200, 100]}, FERRY, of=survey_))

    def said(text: str) -> str:
        return unread_words(check_claim(text, view, "", STYLES["en"]))

    assert "From the article: “Kyiv”" in said("70% say yes to the ferry for Kyiv")
    assert "From the article: “tariffs”" in said("70% say yes to tariffs")
    assert "From another question: “harbour”" in said("70% say yes to the harbour")
    assert "not understood: “zeppelin”" in said("70% say yes to the zeppelin")
    assert "The numbers are right" in said("70% say yes to the harbour")
    assert "The numbers are right" not in said("60% say yes to the harbour")
    assert "Whose share 70% is" in said("70% for Kyiv") or "Kyiv" in said("70% for Kyiv")
    assert check_claim("70% say yes to Kyiv", view, "", STYLES["en"]).verdict == "not checked"


FROM_MARLOW = {"sample": "probability", "population": "Adult residents of Marlow"}
OF_RESIDENTS = replace(TOPLINE, survey=replace(TOPLINE.survey, **FROM_MARLOW))  # type: ignore[arg-type]
YOUNG_RESIDENTS = replace(BY_AGE, survey=replace(BY_AGE.survey, **FROM_MARLOW))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("58% of Marlow adults want the night ferry", True),
        ("Most residents of Marlow want the night ferry", True),
        ("58% of residents want the night ferry", True),
        ("58% of readers want the night ferry", False),
        ("58% of voters want the night ferry", False),
        ("58% of Marlow voters want the night ferry", False),
        ("58% of residents of Camden want the night ferry", False),
        ("58% of citizens want the night ferry", False),
    ],
)
def test_of_a_sample_those_are_spoken_of_who_were_drawn_and_nobody_else(text: str, holds: bool) -> None:
    assert (verdict(text, OF_RESIDENTS) == "holds") is holds
    assert verdict(text, TOPLINE) != "holds" or "readers" in text
    renting = replace(OF_RESIDENTS, survey=replace(OF_RESIDENTS.survey, population="Adult men who rent in Marlow"))
    assert verdict(text, renting) != "holds"


def test_readers_of_an_age_are_nobody_where_residents_were_asked() -> None:
    assert verdict("60% of residents under 30 want the night ferry", YOUNG_RESIDENTS) == "holds"
    assert verdict("60% of readers under 30 want the night ferry", YOUNG_RESIDENTS) != "holds"


def months(*shares: tuple[int, int, int]) -> View:
    cells = {((), f"2025-{place:02}"): list(each) for place, each in enumerate(shares, 3)}
    return view_of(cells, FERRY, every="month", of=asked(FERRY))


def test_a_change_is_clear_by_its_test_among_as_many_as_the_figure_has() -> None:
    fallen = "Support for the night ferry slips to 48% from 53%"
    march, later = (530, 350, 120), (480, 400, 120)

    assert verdict(fallen, months(march, later)) == "holds"
    assert verdict("Support for the night ferry rises to 48% from 53%", months(march, later)) != "holds"
    assert verdict(fallen.replace("53%", "50%"), months((500, 380, 120), later)) == "does not hold"
    # clear were these two months the only ones, and not among all that the figure has: neither right nor wrong
    assert verdict(fallen, months(march, (520, 360, 120), (500, 380, 120), later)) == "not checked"
    assert verdict("Support for the night ferry unchanged since March", months(march, later)) == "not checked"
    assert verdict("Support for the night ferry unchanged since March", months((500, 380, 120), later)) == "holds"


WHOM = Question(
    "whom", "If there were an election for mayor today, whom would you vote for?", "single",
    choices=(Choice("h", "Anna Holm"), Choice("r", "Ben Ruiz"), Choice("o", "Somebody else")),
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "close", "clear"),
    [
        ("Holm leads", False, True),
        ("Holm wins", False, True),
        ("Holm leads Ruiz among readers", False, True),
        ("Holm and Ruiz in a dead heat among readers", True, False),
        ("Ruiz leads Holm", False, False),
    ],
)
def test_a_closed_poll_has_a_winner_only_where_one_is_clearly_ahead(text: str, close: bool, clear: bool) -> None:
    for counts, holds in (([440, 420, 140], close), ([500, 380, 120], clear)):
        view = told(view_of({((), None): counts}, WHOM, of=asked(WHOM)))
        assert view.lead is not None
        view = replace(view, lead=replace(view.lead, leads=True, closed=True))  # nobody can answer any more
        assert (verdict(text, view) == "holds") is holds


WORST = Question(
    "worst", "Which of these is the biggest problem of the town today?", "single",
    choices=(Choice("r", "Rents"), Choice("c", "Crime"), Choice("t", "Traffic")),
)  # fmt: skip
ROUTE = Question(
    "route", "How do you get to the harbour?", "single",
    choices=(Choice("c", "Car"), Choice("k", "Bicycle"), Choice("b", "Bus"), Choice("w", "On foot")),
)  # fmt: skip
TOLL = Question(
    "toll", "The town plans a toll on the harbour bridge for repairs. Do you favour or oppose such a toll?", "single",
    choices=(Choice("f", "Favour"), Choice("o", "Oppose"), Choice("u", "Unsure")),
)  # fmt: skip
WORK = Question(
    "work", "Do you approve or disapprove of the work of Mayor Hansen?", "single",
    choices=(Choice("y", "Approve"), Choice("n", "Disapprove")),
)  # fmt: skip
FREE = replace(FERRY, text="Should the town centre become car-free?")
PROBLEMS = {((), "2025-04"): [300, 500, 200], ((), "2025-05"): [380, 420, 200]}


@pytest.mark.parametrize(
    ("question", "counts", "text", "holds"),
    [
        (WORST, [330, 470, 200], "33% call rents the town's biggest problem", True),
        (WORST, [330, 470, 200], "Crime worries readers more than rents", True),
        (WORST, [330, 470, 200], "33% call rents the country's biggest problem", False),
        (WORST, [330, 470, 200], "47% of readers want crime", False),
        (WORST, [330, 470, 200], "Crime most popular", False),
        (ROUTE, [560, 250, 120, 70], "Most readers come to the harbour by car", True),
        (ROUTE, [560, 250, 120, 70], "25% of readers cycle, 12% take the bus", True),
        (ROUTE, [560, 250, 120, 70], "More readers cycle than walk", True),
        (ROUTE, [560, 250, 120, 70], "12% of readers come by bus only", False),
        (ROUTE, [560, 250, 120, 70], "56% of readers want the car", False),
        (ROUTE, [560, 250, 120, 70], "56% of readers are for cars", False),
        (ROUTE, [560, 250, 120, 70], "56% of readers would drive", False),
        (TOLL, [360, 570, 70], "57% of readers oppose the toll", True),
        (TOLL, [360, 570, 70], "57% of readers oppose the bridge", False),
        (TOLL, [360, 570, 70], "57% of readers oppose repairs", False),
        (TOLL, [360, 570, 70], "36% of readers would pay a toll", False),
        (WORK, [400, 600], "60% of readers disapprove of Mayor Hansen", True),
        (WORK, [400, 600], "Most readers critical of Mayor Hansen", True),
        (WORK, [400, 600], "Mayor Hansen critical of most readers", False),
        (WORK, [400, 600], "Mayor Hansen disapproves of 60% of readers", False),
        (FREE, [580, 320, 100], "58% of readers want a car-free town centre", True),
        (FREE, [580, 320, 100], "58% of readers want cars in the town centre", False),
        (FERRY, [184, 176, 40], "Nearly half of readers want the night ferry", True),
        (FERRY, [168, 192, 40], "Nearly half of readers want the night ferry", False),
    ],
)
def test_what_was_asked_decides_what_its_answers_may_be_said_to_be(
    question: Question, counts: list[int], text: str, holds: bool
) -> None:
    view = told(view_of({((), None): counts}, question, of=asked(question)))

    assert (verdict(text, view) == "holds") is holds


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("Concern over crime falls to 42% from 50%", True),
        ("Fewer readers name crime in May than in April", True),
        ("Crime falls to 42% from 50%", False),
        ("Crime falls by 8 points", False),
        ("Crime fell from 50% to 42% between April 2025 and May 2025", True),  # the product's own title
    ],
)
def test_a_problem_that_fewer_people_name_has_not_grown_smaller(text: str, holds: bool) -> None:
    view = view_of(PROBLEMS, WORST, every="month", of=asked(WORST))

    assert (verdict(text, view) == "holds") is holds


def test_a_place_that_the_question_names_is_no_group_by_its_name_alone() -> None:
    home = Dimension("home", "Home", "home", (Level("c", "Town centre"), Level("v", "Villages")))
    of = replace(asked(FREE), dimensions=(home,))  # type: ignore[type-var]
    cells = {(("c",), None): [480, 420, 100], (("v",), None): [580, 320, 100]}
    view = view_of(cells, FREE, by=("home",), of=of)

    assert verdict("48% of readers in the town centre want it car-free", view) == "holds"
    assert verdict("48% of readers want a car-free town centre", view) != "holds"


@pytest.mark.parametrize(("youngest", "holds"), [(400, True), (275, False)])
def test_most_popular_among_a_group_means_more_than_in_any_other(youngest: int, holds: bool) -> None:
    cells = {
        (("18-29",), None): [youngest, 450 - youngest, 50], (("30-59",), None): [260, 190, 50],
        (("60+",), None): [240, 210, 50],
    }  # fmt: skip
    view = view_of(cells, FERRY, by=("age",), of=asked(FERRY))

    assert (verdict("The night ferry is most popular among readers under 30", view) == "holds") is holds


def test_a_german_ueber_before_a_number_in_words_is_more_than_it() -> None:
    assert verdict("Zehn Prozent der Leser sind bei der Nachtfähre unentschieden", GERMAN, "de") == "holds"
    assert verdict("Über zehn Prozent der Leser sind bei der Nachtfähre unentschieden", GERMAN, "de") != "holds"
