"""Words made of the survey's own, statements in the first person and shares of several groups: read, and no twin is."""

from __future__ import annotations

import pytest

from analytics.claims.claim import check_claim
from analytics.estimates.views.view import View
from analytics.model import Choice, Question
from tests.guard_cases import APPROVED, TITLE
from tests.test_figures_examples import view_of
from tests.test_guard import STYLES, asked, told

SOURCE = Question(
    "source", "Where do you mainly buy bread from the region?", "single",
    choices=(Choice("m", "Weekly market"), Choice("b", "Independent bakery"), Choice("s", "Supermarket or discounter"),
             Choice("o", "Elsewhere")),
)  # fmt: skip
GRAIN = Question(
    "grain", '"I am glad to pay more for flour from the region." Do you agree or disagree?', "single",
    choices=(Choice("a", "Agree"), Choice("d", "Disagree"), Choice("u", "No opinion")),
)  # fmt: skip
MEHL = Question(
    "mehl", "„Für Mehl aus der Region zahle ich gern mehr.“ Stimmen Sie dem zu oder nicht?", "single",
    choices=(Choice("a", "Stimme zu"), Choice("d", "Stimme nicht zu"), Choice("u", "Keine Meinung")),
)  # fmt: skip
BAN = Question(
    "ban", "Do you support or oppose a complete ban on leaf blowers in the town's gardens?", "single",
    choices=(Choice("y", "Support"), Choice("n", "Oppose"), Choice("d", "Undecided")),
)  # fmt: skip
SPEED = Question(
    "speed", "Soll auf Autobahnen generell Tempo 130 gelten?", "single",
    choices=(Choice("y", "Ja"), Choice("n", "Nein"), Choice("d", "Weiß nicht")),
)  # fmt: skip
MONTHS = ("2025-03", "2025-04", "2025-05")
FIGURES: dict[str, tuple[str, View]] = {
    "source": ("en", told(view_of({((), None): [420, 310, 180, 90]}, SOURCE, of=asked(SOURCE)))),
    "grain": ("en", told(view_of({((), None): [640, 260, 100]}, GRAIN, of=asked(GRAIN)))),
    "mehl": ("de", told(view_of({((), None): [640, 260, 100]}, MEHL, of=asked(MEHL)))),
    "mehl by month": ("de", view_of({((), month): [900 - no, no, 100] for month, no in zip(
        MONTHS, (200, 260, 330), strict=True)}, MEHL, every="month", of=asked(MEHL))),
    "ban": ("en", told(view_of({((), None): [480, 380, 140]}, BAN, of=asked(BAN)))),
    "speed": ("de", told(view_of({((), None): [480, 380, 140]}, SPEED, of=asked(SPEED)))),
    "ban by sex": ("en", view_of({(("F",), None): [590, 310, 100], (("M",), None): [594, 300, 106]}, BAN, by=("sex",),
                                 of=asked(BAN))),
    "ban by age": ("en", view_of({(("18-29",), None): [150, 275, 75], (("30-59",), None): [240, 200, 60],
                                  (("60+",), None): [290, 150, 60]}, BAN, by=("age",), of=asked(BAN))),
}  # fmt: skip


@pytest.mark.parametrize(
    ("figure", "true", "twins"),
    [
        ("source", "Regional bread: 42% of readers mainly buy it at the market",
         ("Regional bread: 31% of readers mainly buy it at the market",
          "Regional bread: 42% of readers mainly buy it at a discounter",
          "Regional bread: 42% of bakers mainly buy it at the market",
          "42% of those who buy at the market are women")),
        ("grain", "Two readers in three are glad to pay more for regional flour",
         ("Two readers in three are not glad to pay more for regional flour",
          "Two readers in three are glad to pay less for regional flour", "Two readers in three pay more for flour",
          "One reader in three is glad to pay more for regional flour",
          "Two farmers in three are glad to pay more for regional flour")),
        ("mehl", "Zwei von drei Lesern zahlen gern mehr für regionales Mehl",
         ("Zwei von drei Lesern zahlen nicht gern mehr für regionales Mehl",
          "Zwei von drei Lesern zahlen gern weniger für regionales Mehl",
          "Zwei von drei Lesern zahlen mehr für regionales Mehl",
          "Zwei von drei Bäckern zahlen gern mehr für regionales Mehl",
          "Zwei von drei Lesern zahlen gern mehr für überregionales Mehl")),
        ("mehl by month", "Jeder Dritte zahlt nicht gern mehr für Regionales – im März war es jeder Fünfte",
         ("Jeder Fünfte zahlt nicht gern mehr für Regionales – im März war es jeder Dritte",
          "Jeder Dritte zahlt gern mehr für Regionales – im März war es jeder Fünfte",
          "Jeder Dritte zahlt nicht gern mehr für Regionales – im April war es jeder Fünfte")),
        ("ban", "Leaf blowers: more readers for a ban than against, 48% to 38%",
         ("Leaf blowers: more readers for a ban than against, 38% to 48%",
          "Leaf blowers: more readers against a ban than for it, 48% to 38%",
          "Leaf blowers: fewer readers for a ban than against, 48% to 38%")),
        ("ban by age", "Under-30s reject leaf blower ban: 55% oppose it, 30% support it",
         ("Under-30s reject leaf blower ban: 30% oppose it, 55% support it",
          "Over-60s reject leaf blower ban: 55% oppose it, 30% support it",
          "Under-30s back leaf blower ban: 55% oppose it, 30% support it")),
        ("speed", "Tempo 130? Ja, sagen 48 Prozent der Leser",
         ("Tempo 133? Ja, sagen 48 Prozent der Leser", "Tempo 130? Ja, sagen 38 Prozent der Leser")),
        ("ban by sex", "Leaf blowers: 59% of women and men support a ban",
         ("Leaf blowers: 31% of women and men support a ban", "Leaf blowers: 59% of women and men oppose a ban",
          "Half of those who support a leaf blower ban are women", "Half of the supporters are men")),
    ],
)  # fmt: skip
def test_a_headline_in_words_made_of_the_surveys_own_is_read_and_none_of_its_twins(
    figure: str, true: str, twins: tuple[str, ...]
) -> None:
    language, view = FIGURES[figure]

    assert check_claim(true, view, TITLE, STYLES[language]).verdict == APPROVED
    assert [one for one in twins if check_claim(one, view, TITLE, STYLES[language]).verdict == APPROVED] == []


def test_an_answer_that_ends_a_thing_is_not_named_by_the_thing_and_a_place_not_by_its_people() -> None:
    square = Question("square", "What should happen to the square in Berlin?", "single", choices=(
        Choice("c", "Cut short-stay parking"), Choice("t", "Plant trees"), Choice("n", "Nothing")))  # fmt: skip
    platz = Question("platz", "Soll Berlin den Platz umbauen?", "single", choices=MEHL.choices)
    counts = {((), None): [520, 300, 180]}
    figures = {
        "en": told(view_of(counts, square, of=asked(square))),
        "de": told(view_of(counts, platz, of=asked(platz))),
    }

    def said(language: str, text: str) -> str:
        return check_claim(text, figures[language], TITLE, STYLES[language]).verdict

    assert said("en", "52% of readers want to cut short-stay parking on the square") == APPROVED
    assert said("en", "52% of readers want short-stay parking on the square") != APPROVED
    assert said("en", "52% of readers want parking on the square") != APPROVED
    assert said("de", "52 Prozent der Berliner sind für den Umbau des Platzes") != APPROVED
    assert said("de", "52 Prozent der Leser sind für den Umbau des Platzes") == APPROVED
