"""What people called things stands in our words as they wrote it, whatever words it holds, in every language."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import product

import pytest

from analytics.figures.drawing.style import read_style
from analytics.language.notation import LANGUAGES
from analytics.language.text import columns
from analytics.store.place.connections import Store
from analytics.words.titles import LONGEST_FILTERS
from tests.chosen import few_of
from tests.made.figures import KINDS, desk, exported, fill, words_of
from tests.surveys import opened
from tests.test_figures_examples import STYLE_FILE

HOSTILE = (
    "Paid by card", "Without", "with and without", "no", "Wave Institute", "Readers of “Us”", "All", "Base", "{name}",
    "{0} and {", "100 % of it", "%s or %d", "by", "and", "or", "oder und nach", "nach Alter", "ohne Bart", "Ohne",
    "Bands show", "Hollow bars", "the table has", "nobody answered", "answered alike", "Most of all",
    "Raked without trust", "Raked", "First half", "Our readers", "Keine Angabe", "Not weighted", "readers", "Wave 2",
    "After all", "Base weights", "Dotted lines mark: it", "Too few", "Readers first", "Without Age by Sex", "from",
    "Post-stratified", "fewer than 30 answered", "until by and by", "to 50 %", "wave", "Several", "Mean", "{count}",
    "Gewichtet", "Yes by no", "not shown", "leave of absence worth", "in by 3", "Data", "Answer", "und", "answers",
)  # fmt: skip
"""Names that hold our own words, in both languages, and signs that mean something to a program."""
PLAIN = re.compile(r"\bX[a-z]{2}q\b")
FILTERS = re.compile(r"\((X[a-z]{2}q: [^()]*)\)$")
"""What a title says at its end of whom it is about."""
SELECTION = {"de": "in dieser Auswahl", "en": "in this selection"}
"""What it says there of filters that are too long for it."""


def plain_name(place: int) -> str:
    """Returns a word that is part of no sentence of ours."""
    return f"X{chr(97 + place // 26)}{chr(97 + place % 26)}q"


def naming(names: Callable[[int], str]) -> Callable[[str], str]:
    """Returns what gives each thing its own name, the next one when it first is named."""
    known: dict[str, str] = {}

    def name(thing: str) -> str:
        return known.setdefault(thing, names(len(known)))

    return name


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with opened() as kept:
        fill(kept)
        yield kept


def told(store: Store, kind: str, language: str, names: Callable[[int], str]) -> list[str]:
    """Returns every text of a figure, without what tells names apart from our words: quotation marks, and the number
    behind a column of a table that is called as one of ours."""
    made = KINDS[kind](desk(store, naming(names)))
    texts = words_of(exported(made, read_style(STYLE_FILE, language)))
    return [re.sub(r"[“”„]| \((?:group|Gruppe) \d\)$", "", text) for text in texts]


@pytest.fixture(scope="module")
def plainly(store: Store) -> Callable[[str, str], list[str]]:
    """Gives what tells every text of a figure whose names are plain words."""
    return cache(lambda kind, language: told(store, kind, language, plain_name))


def in_turn(case: tuple[str, str, int]) -> bool:
    """Whether it is that language's turn: each name stands at each place of a kind in one language or the other."""
    kind, language, shift = case
    return (list(KINDS).index(kind) + shift // 18 + list(LANGUAGES).index(language)) % 2 == 0


@pytest.mark.parametrize(("kind", "language", "shift"), few_of(product(KINDS, LANGUAGES, range(0, 54, 18)), in_turn))
def test_words_are_the_same_around_any_name_and_the_name_is_as_people_wrote_it(
    store: Store, plainly: Callable[[str, str], list[str]], kind: str, language: str, shift: int
) -> None:
    first = list(KINDS).index(kind)  # so that all names come to every place of some kind

    def hostile(place: int) -> str:
        return HOSTILE[(place * 7 + shift + first) % len(HOSTILE)]

    numbers = {plain_name(place): place for place in range(26 * 26)}
    plain = plainly(kind, language)

    def with_names(text: str) -> str:
        return PLAIN.sub(lambda found: hostile(numbers[found[0]]), text)

    def filters(found: re.Match[str]) -> str:
        return found[0] if columns(with_names(found[1])) <= LONGEST_FILTERS else f"({SELECTION[language]})"

    expected = [re.sub("[“”]", "", with_names(FILTERS.sub(filters, text))) for text in plain]

    assert told(store, kind, language, hostile) == expected


@pytest.mark.parametrize("kind", KINDS)
def test_a_figure_of_each_kind_says_names_that_people_gave(plainly: Callable[[str, str], list[str]], kind: str) -> None:
    assert len({name for text in plainly(kind, "en") for name in PLAIN.findall(text)}) > 8
