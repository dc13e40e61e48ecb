"""How a language writes numbers and dates: as Unicode's locale data have it, where the house has not settled it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cache
from typing import Any

from babel import Locale, UnknownLocaleError

from analytics.language.catalogues import languages

LANGUAGES = ("en", "de")
"""The languages that come with this program, for which the house style says how numbers and dates are written."""
LANGUAGE_NAMES = {"en": ("en", "english"), "de": ("de", "german", "deutsch")}
REGIONS = {"en": "en_GB"}
"""Whose locale data stand for a language, where it has several: days before months, as the house writes them."""
NUMBERS = ("thousands", "decimal", "minus", "percent", "dash")
MONTHS = ("months", "short_months")
DASH = "–"
TABLES = {
    **{f"numbers.{language}": NUMBERS for language in LANGUAGES},
    **{f"dates.{language}": (*MONTHS, "day") for language in LANGUAGES},
}
"""The tables of the house style that settle it, with their keys."""


@dataclass(frozen=True)
class Notation:
    """The signs of numbers and the parts of dates in one of the languages.

    `percent` stands behind a share, `dash` where a number is not shown. `day` is how a date is written, such as
    "{day} {month} {year}".
    """

    language: str
    thousands: str
    decimal: str
    minus: str
    percent: str
    dash: str
    months: tuple[str, ...]
    short_months: tuple[str, ...]
    day: str


PLAIN = Notation(
    "en", ",", ".", "-", "%", "-",
    ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
     "December"),
    ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    "{day} {month} {year}",
)  # fmt: skip
"""How errors and rows for machines write, where no house style is at hand."""


@cache
def usual_notation(language: str) -> Notation:
    """The notation of a language by Unicode's locale data, for where no house style is at hand.

    Example:
        >>> french = usual_notation("fr")
        >>> french.months[4], french.day, in_signs("1,234.5", french).encode("ascii", "replace")
        ('mai', '{day} {month} {year}', b'1?234,5')
        >>> usual_notation("de").day, usual_notation("en").percent
        ('{day}. {month} {year}', '%')
    """
    locale = Locale.parse(REGIONS.get(language, language))
    signs = locale.number_symbols.get("latn", locale.number_symbols)
    percent = re.sub(r"[#0,.\u200e\u200f\u061c]", "", locale.percent_formats[None].pattern)
    months = locale.months["format"]
    return Notation(
        language, signs["group"], signs["decimal"], "−", percent, DASH,
        tuple(months["wide"][at] for at in range(1, 13)), tuple(months["abbreviated"][at] for at in range(1, 13)),
        _day_pattern(locale.date_formats["long"].pattern),
    )  # fmt: skip


def _day_pattern(pattern: str) -> str:
    """A pattern of Unicode's for dates with the places of ours; the usual order where it has more than we write."""
    places = {"d": "{day}", "MMMM": "{month}", "y": "{year}"}
    parts = re.split(r"('[^']*'|[A-Za-z]+)", pattern)
    ours = "".join(places.get(part, part.strip("'")) for part in parts)
    return ours if _is_day(ours) else "{day} {month} {year}"


def language_of(survey_language: str | None) -> str:
    """Returns the language that a survey's files speak where nobody asks for another: its own, if it is one of ours.

    Example:
        >>> language_of("German"), language_of("de-AT"), language_of("Suomi"), language_of(None)
        ('de', 'de', 'en', 'en')
    """
    word = re.split(r"[^a-z]", (survey_language or "").lower())[0]
    named = next((language for language, names in LANGUAGE_NAMES.items() if word in names), "")
    return named or (word if word in languages() else "en")


GERMAN_WORDS = (
    "der die das den dem des und oder ist sind war nicht ein eine einen einem einer für von mit zu zur zum im auf soll",
    "sollen sollte sollten wie welche welcher welches haben hat wird werden sie ihr ihre ihrer über weiß nein ja",
)
ENGLISH_WORDS = (
    "the and or is are was not of to for with you your do does did should would how what which who in on from have",
    "has had will be been don't know yes no",
)
LITTLE_WORDS = {
    language: frozenset(" ".join(words).split()) for language, words in (("de", GERMAN_WORDS), ("en", ENGLISH_WORDS))
}
"""Words that nearly every text of a language has, and few texts of another."""
FEWEST, SURELY = 3, 3
"""So many of them have to stand in a text, and so many times as many as of any other language's."""


def language_in(texts: Iterable[str]) -> str | None:
    """Returns in which of our languages the texts are written, None where that is not sure.

    Example:
        >>> language_in(["Soll die Stadt das Bad im Winter offen halten?", "Ja", "Nein"])
        'de'
        >>> language_in(["Il sindaco deve restare?", "No"]), language_in(["Should the pool stay open in winter?"])
        (None, 'en')
    """
    words = re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)?", " ".join(texts).lower())
    counts = {language: sum(word in little for word in words) for language, little in LITTLE_WORDS.items()}
    best = max(counts, key=counts.__getitem__)
    others = max(count for language, count in counts.items() if language != best)
    return best if counts[best] >= max(FEWEST, SURELY * others) else None


def known_language(word: str) -> str:
    """The code of a language that Unicode knows, by its code or its English name; empty where it knows none.

    Example:
        >>> known_language("de-AT"), known_language("French"), known_language("Deutsch"), known_language("tlh-x")
        ('de', 'fr', 'de', '')
    """
    first = re.split(r"[^a-z]", word.strip().lower())[0]
    named = next((language for language, names in LANGUAGE_NAMES.items() if first in names), "")
    english = Locale.parse("en").languages
    code = named or next((code for code, name in english.items() if name.lower() == word.strip().lower()), first)
    try:
        return Locale.parse(code).language if code else ""
    except (UnknownLocaleError, ValueError):
        return ""


def is_right_to_left(language: str) -> bool:
    """Whether the language is written from right to left.

    Example:
        >>> is_right_to_left("ar"), is_right_to_left("de")
        (True, False)
    """
    return Locale.parse(language).text_direction == "rtl"


def own_name(language: str) -> str:
    """What a language calls itself.

    Example:
        >>> own_name("de"), own_name("en")
        ('Deutsch', 'English')
    """
    name = Locale.parse(language).display_name or language
    return name[:1].upper() + name[1:]


def in_signs(number: str, style: Notation) -> str:
    """A number as Python writes it, with the signs of that notation."""
    return number.translate({ord(","): style.thousands, ord("."): style.decimal, ord("-"): style.minus})


def notation_checks(tables: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str, bool, str]]:
    """Yields each key of TABLES: its table, its name, whether its value is good, and what is expected."""
    for language in LANGUAGES:
        numbers, dates = f"numbers.{language}", f"dates.{language}"
        yield from ((numbers, key, isinstance(tables[numbers][key], str), "text") for key in NUMBERS)
        yield from ((dates, key, _are_months(tables[dates][key]), "the names of twelve months") for key in MONTHS)
        yield dates, "day", _is_day(tables[dates]["day"]), 'such as "{day} {month} {year}"'


def notation_in(tables: Mapping[str, Mapping[str, Any]], language: str) -> dict[str, Any]:
    """Returns the fields of that language's Notation from tables that were checked.

    A language that has none writes by its locale data.
    """
    if f"numbers.{language}" not in tables:
        return vars(usual_notation(language))
    numbers, dates = tables[f"numbers.{language}"], tables[f"dates.{language}"]
    return {**numbers, **{key: tuple(dates[key]) for key in MONTHS}, "day": dates["day"], "language": language}


def notation_words(style: Notation) -> dict[str, Any]:
    """The notation as JSON can say it; a house style is more than its notation.

    Example:
        >>> notation_of(notation_words(PLAIN)) == PLAIN
        True
    """
    return {field.name: getattr(style, field.name) for field in fields(Notation)}


def notation_of(words: Mapping[str, Any]) -> Notation:
    """The notation that these words say."""
    parts: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in words.items()}
    return Notation(**parts)


def _is_day(value: object) -> bool:
    return isinstance(value, str) and "{day}" in value and "{month}" in value and value.endswith("{year}")


def _are_months(value: object) -> bool:
    return isinstance(value, list) and len(value) == 12 and all(isinstance(name, str) and name for name in value)
