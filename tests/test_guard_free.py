"""Headlines as newspapers write them: green where they hold, and never once a fact in them is changed."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.test_guard import FIGURES, GERMAN, verdict

HOLD = [
    ("topline", "Ferry ahead: 58% of readers want it, 32% don't"),
    ("topline", "Nearly six in 10 readers would have the town pay for the night ferry"),
    ("topline", "Readers back the night ferry, 58% to 32%"),
    ("topline", "A 26-point lead among readers for the night ferry"),
    ("topline", "Night ferry in summer? 58 percent of readers say yes"),
    ("topline", "Supporters of the night ferry outnumber opponents among our readers, 58% to 32%"),
    ("topline", "Only a minority of readers oppose the night ferry"),
    ("topline", "One in ten readers is undecided on the night ferry"),
    ("halls", "Museum or library? Too close to call among readers: 31% to 29%"),
    ("halls", "Readers rank a library above a hotel for the town hall, 29% to 22%"),
    ("by sex", "Museum is the top pick of women at 40%"),
    ("by sex", "Women lean toward a museum, men toward a library"),
    ("by sex", "15 points separate women and men on the museum"),
    ("by age", "12 points separate readers under 30 and those 60 and older on the ferry"),
    ("trend", "Support for the ferry up 10 points since March"),
    ("trend", "Objections to the ferry ebb: 32% of readers say no in May, after 40% in March"),
    ("trend", "58% of readers said yes to the ferry in May, up from 48% in March"),
    ("trust", "One in eight readers has complete trust in the mayor"),
]
GERMAN_HOLD = [
    "Ja-Lager liegt bei der Nachtfähre vorn: 58 Prozent der Leser, 32 Prozent sagen Nein",
    "Nachtfähre: 58 zu 32 Prozent unter unseren Lesern",
    "Eine Mehrheit der Leser will, dass die Stadt im Sommer die Nachtfähre bezahlt",
    "26 Punkte trennen Ja und Nein zur Nachtfähre unter den Lesern",
    "Knapp sechs von zehn Lesern sprechen sich für die Nachtfähre aus",
]
TURNED = [
    ("ahead", "behind"), ("want", "reject"), ("yes", "no"), ("no", "yes"), ("back", "oppose"), ("lead", "deficit"),
    ("Supporters", "Opponents"), ("opponents", "supporters"), ("minority", "majority"), ("oppose", "support"),
    ("women", "men"), ("Women", "Men"), ("museum", "hotel"), ("Museum", "Hotel"), ("library", "museum"), ("up", "down"),
    ("ebb", "grow"), ("March", "April"), ("May", "April"), ("under 30", "aged 30 to 59"), ("complete", "no"),
    ("readers", "voters"), ("readers", "Americans"), ("undecided", "opposed"), ("Nearly", "Just over"),
    ("Ja", "Nein"), ("Mehrheit", "Minderheit"), ("Lesern", "Wählern"), ("Leser", "Deutschen"), ("für", "gegen"),
    ("Knapp", "Gut"), ("will", "verhindert"),
]  # fmt: skip
"""One fact of a headline turned round: its side, group, time, direction, or who it is said of."""


def test_headlines_of_newspapers_are_green_where_the_figure_bears_them_out() -> None:
    said = {text: verdict(text, FIGURES[figure]) for figure, text in HOLD}
    said |= {text: verdict(text, GERMAN, "de") for text in GERMAN_HOLD}

    assert {text: found for text, found in said.items() if found != "holds"} == {}


def _other_numbers(text: str) -> Iterator[str]:
    for match in re.finditer(r"\d+", text):
        for by in (-20, -7, -3, -2, -1, 1, 2, 3, 7, 20):
            number = int(match[0]) + by
            if number > 0:
                yield f"{text[: match.start()]}{number}{text[match.end() :]}"


def test_no_headline_is_green_after_one_of_its_numbers_is_changed() -> None:
    green = []
    for figure, text in [*HOLD, *(("german", text) for text in GERMAN_HOLD)]:
        view, language = (GERMAN, "de") if figure == "german" else (FIGURES[figure], "en")
        if not re.search(r"six in 10|\b(?:30|60)\b", text):
            green += [one for one in _other_numbers(text) if verdict(one, view, language) == "holds"]

    assert green == []


def test_no_headline_is_green_after_one_of_its_facts_is_turned_round() -> None:
    green = []
    for figure, text in [*HOLD, *(("german", text) for text in GERMAN_HOLD)]:
        view, language = (GERMAN, "de") if figure == "german" else (FIGURES[figure], "en")
        for word, other in TURNED:
            changed = re.sub(rf"(?<!\w){word}(?!\w)", other, text, count=1)
            if changed != text and verdict(changed, view, language) == "holds":
                green.append(changed)

    assert green == []


@pytest.mark.parametrize(
    ("figure", "text"),
    [
        ("topline", "For the birds' sake: 58% of readers for the ferry"),
        ("topline", "Thanks to cheap fuel: 58% of readers for the ferry"),
        ("topline", "58% of readers say the town pays for the ferry"),
        ("topline", "58% of readers support the town"),
        ("topline", "58% of readers go to the ferry in summer"),
        ("topline", "58% of readers want to run"),
        ("topline", "The town wants the ferry, 58% to 32%"),
        ("topline", "The ferry is running, 58% of readers say"),
        ("topline", "Town pays for night ferry: 58% of readers are for it"),
        ("topline", "58% of readers would pay more for the ferry"),
        ("topline", "58% of readers would pay for the ferry themselves"),
        ("topline", "A narrow lead for the night ferry, 58% to 32%"),
        ("topline", "Yes trails no: 58% of readers for the ferry"),
        ("topline", "Still 58% of readers for the ferry"),
        ("halls", "31% of readers go to a museum"),
        ("halls", "A museum and a library, 31% of readers say"),
        ("by sex", "15 points separate women and men on the hotel"),
        ("trend", "Support rises from 48% to 58% from May to March"),
        ("trend", "Support for the ferry holds steady from March to May"),
        ("trend", "Opposition to the ferry slips to 32% from 40% in May"),
        ("topline", "No to the ferry: 58% of readers agree"),
        ("trust", "Mayor trusts 34% of readers"),
        ("trust", "18% of readers fully trust the mayor"),
    ],
)
def test_known_words_that_say_what_was_not_asked_are_never_green(figure: str, text: str) -> None:
    assert verdict(text, FIGURES[figure]) != "holds"
