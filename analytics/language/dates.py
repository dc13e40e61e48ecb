"""Dates and times as the house writes them."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import get_timezone_name

from analytics.language.notation import Notation


def day_words(day: date, style: Notation, *, with_year: bool = True, short: bool = False) -> str:
    """Returns a date in words, such as "18 May 2025"."""
    month = (style.short_months if short else style.months)[day.month - 1]
    written = style.day if with_year else style.day.removesuffix("{year}").rstrip(" ,")
    return written.format(day=day.day, month=month, year=day.year)


def span_words(first: date, last: date, style: Notation, *, with_year: bool = True) -> str:
    """Returns the days from the first to the last in words, naming month and year once where they are the same."""
    if first == last:
        return day_words(last, style, with_year=with_year)
    apart = first.year != last.year
    if not apart and first.month == last.month:
        dot = "." if "{day}." in style.day else ""  # an ordinal, as in German
        days = f"{first.day}{dot}–{last.day}"
        written = style.day if with_year else style.day.removesuffix("{year}").rstrip(" ,")
        return written.format(day=days, month=style.months[last.month - 1], year=last.year)
    ends = day_words(first, style, with_year=apart), day_words(last, style, with_year=with_year or apart)
    return " – ".join(ends)


def month_words(day: date, style: Notation) -> str:
    """Returns the month of a day in words, such as "May 2025"."""
    return f"{style.months[day.month - 1]} {day.year}"


def clock_words(moment: datetime) -> str:
    """Returns the time of day, such as "16:05"."""
    return f"{moment:%H:%M}"


@lru_cache(maxsize=256)
def zone_words(zone: str, language: str) -> str:
    """Returns what people call the clock of a time zone.

    Example:
        >>> zone_words("America/New_York", "en"), zone_words("Europe/Berlin", "de"), zone_words("UTC", "de")
        ('Eastern Time', 'Mitteleuropäische Zeit', 'UTC')
    """
    return "UTC" if zone in ("UTC", "Etc/UTC") else str(get_timezone_name(ZoneInfo(zone), locale=language))
