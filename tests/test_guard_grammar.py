"""Headlines of a grammar, written from a figure's own numbers: no false one is approved, whatever word is put in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.claims.claim import check_claim
from analytics.estimates.views.view import View
from tests.guard_cases import APPROVED, REFUSED, TITLE
from tests.test_figures_examples import view_of
from tests.test_guard import FAEHRE, FERRY, STYLES, asked, told

COUNTS = ((580, 320, 100), (330, 570, 100), (410, 290, 300), (720, 180, 100), (150, 780, 70))
BY_SEX = (((640, 300, 60), (410, 520, 70)), ((280, 660, 60), (510, 420, 70)))
BY_MONTH = (((380, 520, 100), (570, 330, 100)), ((610, 290, 100), (420, 480, 100)))
STRANGE = {
    "en": ("zebra", "mortgage", "swiftly-vetoed", "Brussels", "pancakes", "illegally", "grudgingly", "neighbours"),
    "de": ("Zebra", "Hypothek", "blitzschnell", "Brüssel", "Pfannkuchen", "illegal", "zähneknirschend", "Nachbarn"),
}
"""Words that no figure has and no list knows."""
PEOPLE = {
    "en": ("Americans", "voters", "residents", "the public", "locals", "taxpayers", "people in the town"),
    "de": ("Deutsche", "Wähler", "Einwohner", "Bürger", "die Öffentlichkeit", "Steuerzahler", "Menschen in der Stadt"),
}
"""Populations that nobody asked."""
CAUSES = {
    "en": (" because of the budget", " thanks to the mayor", " after the scandal", " as prices soar", ", experts warn"),
    "de": (" wegen des Haushalts", " dank der Bürgermeisterin", " nach dem Skandal", ", weil alles teurer wird"),
}
WHO = {
    "en": ("readers", "our readers", "respondents", "those who answered"),
    "de": ("der Leser", "unserer Leser", "der Befragten", "der Teilnehmer"),
}
SIDES = {
    "en": (("want", "back", "are in favour of", "support"), ("oppose", "reject", "are against", "say no to")),
    "de": (("sind für", "stimmen für", "befürworten"), ("sind gegen", "stimmen gegen", "verneinen")),
}
THING = {"en": "the night ferry", "de": "die Nachtfähre"}
SHARE = {"en": ("{}%", "{} percent", "{} per cent", "{}pc"), "de": ("{} %", "{} Prozent")}
GROUPS = {"en": ("women", "men"), "de": ("Frauen", "Männer")}
MOVES = {
    "en": (("rises", "climbs", "grows", "increases"), ("falls", "sinks", "shrinks", "drops")),
    "de": (("steigt", "wächst", "klettert"), ("sinkt", "fällt", "schrumpft")),
}


@dataclass(frozen=True)
class Slots:
    """What a headline says: its share, side, people or group, and how it is put."""

    language: str
    share: int
    side: int
    who: str
    form: str
    verb: int

    def text(self) -> str:
        share = self.form.format(self.share)
        verbs = SIDES[self.language][self.side]
        verb = verbs[self.verb % len(verbs)]
        of = " of" if self.language == "en" else ""
        return f"{share}{of} {self.who} {verb} {THING[self.language]}"


@cache
def figure(language: str, kind: str, place: int) -> View:
    question = FERRY if language == "en" else FAEHRE
    if kind == "topline":
        return told(view_of({((), None): list(COUNTS[place])}, question, of=asked(question)))
    if kind == "sex":
        women, men = BY_SEX[place]
        cells = {(("F",), None): list(women), (("M",), None): list(men)}
        return view_of(cells, question, by=("sex",), of=asked(question))
    first, last = BY_MONTH[place]
    cells = {((), "2025-04"): list(first), ((), "2025-05"): list(last)}
    return view_of(cells, question, every="month", of=asked(question))


def said(text: str, view: View, language: str) -> str:
    return check_claim(text, view, TITLE, STYLES[language]).verdict


def shares(counts: tuple[int, ...]) -> list[int]:
    return [round(100 * count / sum(counts)) for count in counts]


def with_word(text: str, word: str, place: int) -> str:
    """Returns the text with a word put in at a place between two of its own, or at an end."""
    words = text.split(" ")
    at = place % (len(words) + 1)
    return " ".join([*words[:at], word, *words[at:]])


languages = st.sampled_from(("en", "de"))
numbers = st.integers(0, 1000)


@given(languages, languages, st.sampled_from(range(len(COUNTS))), st.sampled_from((0, 1)), numbers, numbers, numbers)
@settings(max_examples=25, deadline=None)
def test_of_a_share_none_is_approved_whose_number_side_people_or_words_are_false(
    language: str, asked_in: str, place: int, side: int, one: int, other: int, more: int
) -> None:
    view = figure(asked_in, "topline", place)  # the survey need not be in the headline's language
    mine, theirs = shares(COUNTS[place])[side], shares(COUNTS[place])[1 - side]
    who, forms = WHO[language][one % len(WHO[language])], SHARE[language]
    true = Slots(language, mine, side, who, forms[other % len(forms)], more)
    off = (-20, -9, -5, 4, 7, 15)[one % 6]
    cause = CAUSES[language][more % len(CAUSES[language])]
    people = PEOPLE[language][other % len(PEOPLE[language])]
    strange = STRANGE[language][one % len(STRANGE[language])]
    false = [
        Slots(language, mine + off, side, who, true.form, more).text(),
        Slots(language, theirs, side, who, true.form, more).text(),
        Slots(language, mine, 1 - side, who, true.form, more).text(),
        Slots(language, mine, side, people, true.form, more).text(),
        true.text() + cause,
        with_word(true.text(), strange, more),
        f"{strange}: {true.text()}",
    ]

    assert said(true.text(), view, language) != REFUSED
    assert [text for text in false if said(text, view, language) == APPROVED] == []


@given(languages, st.sampled_from((0, 1)), st.sampled_from((0, 1)), st.sampled_from((0, 1)), numbers, numbers)
@settings(max_examples=20, deadline=None)
def test_of_a_groups_share_none_is_approved_that_is_the_other_groups(
    language: str, place: int, group: int, side: int, one: int, other: int
) -> None:
    view = figure(language, "sex", place)
    mine, theirs = (shares(BY_SEX[place][at])[side] for at in (group, 1 - group))
    forms, strange = SHARE[language], STRANGE[language][one % len(STRANGE[language])]
    name, another = GROUPS[language][group], GROUPS[language][1 - group]
    if language == "de":
        name, another = f"der {name}", f"der {another}"
    true = Slots(language, mine, side, name, forms[other % len(forms)], one)
    false = [
        Slots(language, theirs, side, name, true.form, one).text(),
        Slots(language, mine, side, another, true.form, one).text(),
        Slots(language, mine, 1 - side, name, true.form, one).text(),
        with_word(true.text(), strange, other),
        true.text() + CAUSES[language][other % len(CAUSES[language])],
    ]

    assert said(true.text(), view, language) != REFUSED
    assert [text for text in false if said(text, view, language) == APPROVED] == []


@given(languages, st.sampled_from((0, 1)), st.sampled_from((0, 1)), numbers, numbers)
@settings(max_examples=20, deadline=None)
def test_of_a_change_none_is_approved_that_goes_the_other_way_or_by_other_numbers(
    language: str, place: int, side: int, one: int, other: int
) -> None:
    view = figure(language, "trend", place)
    first, last = (shares(BY_MONTH[place][at])[side] for at in (0, 1))
    way = 0 if last > first else 1
    strange = STRANGE[language][one % len(STRANGE[language])]

    def text(towards: int, begins: int, ends: int, of: int) -> str:
        verbs = MOVES[language][towards]
        verb = verbs[one % len(verbs)]
        if language == "en":
            return f"{('Support for', 'Opposition to')[of]} the night ferry {verb} from {begins} to {ends} percent"
        return f"{('Zustimmung zur', 'Ablehnung der')[of]} Nachtfähre {verb} von {begins} auf {ends} Prozent"

    true = text(way, first, last, side)
    false = [
        text(1 - way, first, last, side),
        text(way, last, first, side),
        text(way, first, last + (6 if way == 0 else -6), side),
        text(way, first, last, 1 - side),
        with_word(true, strange, other),
        true + CAUSES[language][other % len(CAUSES[language])],
    ]

    assert said(true, view, language) != REFUSED
    assert said(with_word(true, strange, other), view, language) != REFUSED
    assert [text for text in false if said(text, view, language) == APPROVED] == []
