"""How a language writes numbers and dates, as the house has settled it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

LANGUAGES = ("en", "de")
"""The languages in which figures and files speak; the house style says how each writes numbers and dates."""
LANGUAGE_NAMES = {"en": ("en", "english"), "de": ("de", "german", "deutsch")}
NUMBERS = ("thousands", "decimal", "minus", "percent", "dash")
MONTHS = ("months", "short_months")
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


def language_of(survey_language: str | None) -> str:
    """Returns the language that a survey's files speak where nobody asks for another: its own, if it is one of ours.

    Example:
        >>> language_of("German"), language_of("de-AT"), language_of("Suomi"), language_of(None)
        ('de', 'de', 'en', 'en')
    """
    word = re.split(r"[^a-z]", (survey_language or "").lower())[0]
    return next((language for language, names in LANGUAGE_NAMES.items() if word in names), "en")


def notation_checks(tables: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str, bool, str]]:
    """Yields each key of TABLES: its table, its name, whether its value is good, and what is expected."""
    for language in LANGUAGES:
        numbers, dates = f"numbers.{language}", f"dates.{language}"
        yield from ((numbers, key, isinstance(tables[numbers][key], str), "text") for key in NUMBERS)
        yield from ((dates, key, _are_months(tables[dates][key]), "the names of twelve months") for key in MONTHS)
        yield dates, "day", _is_day(tables[dates]["day"]), 'such as "{day} {month} {year}"'


def notation_in(tables: Mapping[str, Mapping[str, Any]], language: str) -> dict[str, Any]:
    """Returns the fields of that language's Notation from tables that were checked."""
    numbers, dates = tables[f"numbers.{language}"], tables[f"dates.{language}"]
    return {**numbers, **{key: tuple(dates[key]) for key in MONTHS}, "day": dates["day"], "language": language}


def _is_day(value: object) -> bool:
    return isinstance(value, str) and "{day}" in value and "{month}" in value and value.endswith("{year}")


def _are_months(value: object) -> bool:
    return isinstance(value, list) and len(value) == 12 and all(isinstance(name, str) and name for name in value)
