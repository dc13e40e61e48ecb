"""Whether a survey that was read from a store can be worked with: the one judgement for pages and commands.

A definition is judged when it is imported. A store may still hold what no reader of definitions lets in: it was written
by an older program, by hand, or where other time zones were known.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from analytics.errors import RequestError
from analytics.language.said import spoken
from analytics.limits import DIGITS, FIRST_YEAR, LAST_YEAR
from analytics.model import Survey

AT_ANY_TIME = frozenset({"closes"})
"""Dates of any year: a survey may stay open for ever."""
NO_VALUES = {str, bool, type(None)}
LONGEST_SHOWN = 40


def usable(survey: Survey) -> Survey:
    """Returns the survey.

    Raises:
        RequestError: it can be read but not worked with; the text says why, and what to do.
    """
    if fault := unusable_words(survey):
        raise RequestError(
            spoken(
                "survey '{survey}' cannot be worked with: {fault}; correct its definition and import it again, or "
                "remove it",
                survey=survey.key,
                fault=fault,
            )
        )
    return survey


def unusable_words(survey: Survey) -> str:
    """Returns what in the survey nothing can be worked out with, the first such thing; empty where there is none.

    Example:
        >>> unusable_words(Survey("river", "River", "Europe/Atlantis", ()))
        "its time zone 'Europe/Atlantis' is not known here"
        >>> unusable_words(Survey("river", "River", "UTC", (), opens=date(18, 5, 19)))
        'opens is 0018-05-19, expected a year from 1900 to 2200'
    """
    if not _is_zone(survey.time_zone):
        return spoken("its time zone '{zone}' is not known here", zone=_short(survey.time_zone))
    return next(_out_of_bounds(survey), "")


def clock_of(survey: Survey) -> ZoneInfo:
    """The survey's own clock; that of UTC where its time zone is not known here, so that it can still be listed."""
    return ZoneInfo(survey.time_zone if _is_zone(survey.time_zone) else "UTC")


@lru_cache(maxsize=1024)
def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # a name may be that of a folder, or of a file beside them
        return False
    return True


def _out_of_bounds(survey: Survey) -> Iterator[str]:
    """The numbers and dates in the survey's definition that are out of all bounds, each by the field it stands in.

    All fields are looked through, so that a new one is judged without a word here.
    """
    parts: list[tuple[str, object]] = [("", survey)]
    while parts:
        place, part = parts.pop()
        if type(part) is tuple:
            parts += [(place, one) for one in reversed(part) if type(one) not in NO_VALUES]
        elif is_dataclass(part):
            named = [(name, getattr(part, name)) for name in _fields(part.__class__)]
            parts += [one for one in reversed(named) if type(one[1]) not in NO_VALUES and one[1] != ()]
        elif fault := _fault(place, part):
            yield fault


@lru_cache(maxsize=64)
def _fields(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind) if field.name not in AT_ANY_TIME)


def _fault(place: str, part: object) -> str:
    if isinstance(part, int | float):
        if not abs(part) < 10**DIGITS:
            return spoken(
                "{place} is {number}, expected a number with at most {digits} digits before its point",
                place=place, number=_short(f"{part:g}"), digits=DIGITS,
            )  # fmt: skip
    elif isinstance(part, date):
        if not FIRST_YEAR <= part.year <= LAST_YEAR:
            return spoken(
                "{place} is {day}, expected a year from {first} to {last}",
                place=place, day=part.isoformat(), first=str(FIRST_YEAR), last=str(LAST_YEAR),
            )  # fmt: skip
        if isinstance(part, datetime) and part.tzinfo is None:
            return spoken("{place} is {day}, expected its offset from UTC too", place=place, day=part.isoformat())
    return ""


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]} …"
