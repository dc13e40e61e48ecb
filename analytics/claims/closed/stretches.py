"""How a text names a stretch of time, read against the periods of a trend: how long, since when, which was last.

Nothing here is a list of phrases of newspapers: each is put together from a unit, a number or a month, and what stands
before it, and is known only where the figure's own periods are that stretch.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from analytics.claims.closed.figure import Shown
from analytics.claims.closed.marks import KnownWord, known

DAY, MONTH = re.compile(r"\d{4}-\d\d-\d\d"), re.compile(r"\d{4}-\d\d")
DAYS_OF = {"day": 1, "week": 7, "month": 30.44}
NEAR_ENOUGH = 0.12
"""How far the days of a stretch may lie from those of a number of months or years that it is told as."""
MORE_DAYS = 2
"""How many days a week may lie beyond the edge of its month, or before it, and be its first or last for everybody."""
NO_MONTH_TWICE = 330
EARLY, LATE = 10, 20
SAID: dict[str, dict[str, Any]] = {
    "en": {
        "units": {"day": r"days?", "week": r"weeks?", "fortnight": r"fortnights?", "month": r"months?"},
        "long": (
            r"(?:(?:in|over|within|across|during|through|throughout|after|for|inside|on) )?(?:(?:the|these|those|all|"
            r"just|only|past|last|space|course|period|of|a|whole|entire) )*{number}[ -]{unit}(?:['’])?"
            r"(?: time| on| later| apart| period| of (?:the )?(?:survey|polling|asking))?(?! high| low| record)"
        ),
        "ago": r"(?:(?:it was|they were|just|only) )?{number} {unit} (?:ago|earlier|before)",
        "since": r"(?:ever )?(?:since|from|after)(?: the)?",
        "from": r"(?:from|between)(?: the)?", "until": r"(?:to|and|until|till|through)(?: the)?",
        "through": r"(?:in|over|during|through|throughout|across|all through|between)", "and": r"(?:and|to)",
        "parts": {
            "early": r"early|the (?:beginning|start) of|(?:beginning|start) of", "mid": r"mid[- ]?|the middle of|"
            r"middle of",
            "late": r"late|the end of|end of",
        },
        "in": r"(?:(?:in|by|at|as of) )?", "week of": r"(?:in |during )?the week (?:of|from|beginning|starting)(?: "
        r"the)?",
        "first": r"(?:in |at )?the (?:very )?(?:first|opening) {unit}(?: of (?:the )?(?:survey|polling|asking))?",
        "last": r"(?:in |at )?(?:the )?(?:very )?(?:last|final|latest|most recent|closing) {unit}"
                r"(?: of (?:the )?(?:survey|polling|asking))?",
        "first of": (r"(?:in |during )?(?:the )?first {unit} (?:of|in) {month}", r"(?:in )?{month}['’]s first {unit}"),
        "last of": (r"(?:in |during )?(?:the )?(?:last|final) {unit} (?:of|in) {month}",
                    r"(?:in )?{month}['’]s (?:last|final) {unit}"),
        "ordinals": ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"),
        "nth": r"(?:in |by )?(?:the )?{ordinal} {unit}",
        "numbers": ("one|a", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
                    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"),
    },
    "de": {
        "units": {"day": r"tag(?:e[ns]?)?", "week": r"wochen?", "fortnight": r"(?!)", "month": r"monat(?:e[ns]?)?"},
        "long": (
            r"(?:(?:in|binnen|innerhalb|über|nach|seit|während|im lauf(?:e)?|im verlauf|im zeitraum) )?(?:(?:von|"
            r"der|den|"
            r"diesen|dieser|die|nur|gerade|einmal|letzten|vergangenen|gut|ganzen|gesamten) )*{number} {unit}"
            r"(?: (?:hinweg|lang|später|umfrage))?"
        ),
        "ago": r"(?:noch )?vor {number} {unit}",
        "since": r"(?:seit|ab)(?: dem)?", "from": r"(?:von|zwischen|vom)(?: dem)?", "until": r"(?:bis|und)(?: zum| "
        r"dem)?",
        "through": r"(?:im|in|über|während)", "and": r"(?:und|bis)",
        "parts": {"early": r"anfang|beginn", "mid": r"mitte", "late": r"ende"},
        "in": r"(?:(?:im|bis) )?", "week of": r"(?:in )?(?:der|die) woche (?:vom|ab|ab dem)",
        "first": r"(?:in )?(?:der|die) (?:aller)?ersten? {unit}", "last": r"(?:in )?(?:der|die|den) "
        r"(?:aller)?(?:letzten?|"
        r"jüngsten?) {unit}",
        "first of": (r"(?:in )?(?:der |die |den )?ersten? (?:{month}{unit}|{unit} (?:des |im )?{month}s?)",),
        "last of": (r"(?:in )?(?:der |die |den )?letzten? (?:{month}{unit}|{unit} (?:des |im )?{month}s?)",),
        "ordinals": ("ersten?", "zweiten?", "dritten?", "vierten?", "fünften?", "sechsten?", "siebten?", "achten?",
                     "neunten?", "zehnten?"),
        "nth": r"(?:in )?(?:der|die|im) {ordinal} {unit}",
        "numbers": ("eine[mnr]?", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf",
                    "zwölf", "dreizehn", "vierzehn", "fünfzehn", "sechzehn", "siebzehn", "achtzehn", "neunzehn",
                    "zwanzig"),
    },
}  # fmt: skip
"""By language the parts that phrases of time are put together from."""


def stretches_of(shown: Shown) -> Iterator[KnownWord]:
    """Yields what knows the stretches of time of a trend by their many names; nothing where the figure is no trend."""
    every = shown.view.every or ""
    days = [_begins(period) for period in shown.periods]
    begins = [day for day in days if day is not None]
    if every not in DAYS_OF or len(begins) < 2 or len(begins) != len(days):
        return
    said = SAID[shown.language]
    yield from _lengths(shown, begins, said)
    yield from _named(shown, begins, said)
    unit = said["units"][every]
    first, last = shown.periods[0], shown.periods[-1]
    yield known("period", said["first"].format(unit=unit), value=first)
    yield known("period", said["last"].format(unit=unit), value=last)
    if every == "week":
        yield from _weeks_of_months(shown, begins, said)
    for place, ordinal in enumerate(said["ordinals"][: len(begins)]):
        yield known("period", said["nth"].format(ordinal=ordinal, unit=unit), value=shown.periods[place])


def _begins(period: str) -> date | None:
    if DAY.fullmatch(period):
        return date.fromisoformat(period)
    return date.fromisoformat(f"{period}-01") if MONTH.fullmatch(period) else None


def _ends(day: date, every: str) -> date:
    """Returns the last day of the period that begins on a day."""
    if every == "month":
        return day.replace(day=monthrange(day.year, day.month)[1])
    return day + timedelta(days=DAYS_OF[every] - 1)


def _lengths(shown: Shown, begins: list[date], said: dict[str, Any]) -> Iterator[KnownWord]:
    """Yields "in six weeks": as many as the figure has, or as lie between its first and its last."""
    every = shown.view.every or ""
    whole = (_ends(begins[-1], every) - begins[0]).days + 1
    between = (begins[-1] - begins[0]).days
    per = {"day": 1.0, "week": 7.0, "fortnight": 14.0, "month": 30.44}
    for name, unit in said["units"].items():
        for number, word in enumerate(said["numbers"], 1):
            told = number * per[name]
            exact = name == every and number in (len(begins), len(begins) - 1)
            near = name != every and any(abs(told - length) <= NEAR_ENOUGH * told for length in (whole, between))
            if exact or near:
                yield known("filler", said["long"].format(number=f"(?:{number}|{word})", unit=unit))
                yield known("period", said["ago"].format(number=f"(?:{number}|{word})", unit=unit),
                            value=shown.periods[0])  # fmt: skip


def _named(shown: Shown, begins: list[date], said: dict[str, Any]) -> Iterator[KnownWord]:
    """Yields "since late August", "between July and September" and "in mid-May", each where it can mean one period."""
    every = shown.view.every or ""
    names = dict(zip(shown.periods, (list(_called(day, every, shown, said)) for day in begins), strict=True))
    first, last = shown.periods[0], shown.periods[-1]
    months = [shown.words.MONTHS[day.month - 1] for day in begins]
    for period, called in names.items():
        others = {name for one, theirs in names.items() if one != period for name in theirs}
        own = [name for name in called if name not in others]
        if period == first:
            own.append(_month(months[0], begins[0].year))  # "since September" is since it began to be asked
        if period != last and own:
            yield known("span", *(rf"{said['since']} {name}" for name in own), value=(period, last))
        if period not in (first, last) and own:
            yield known("period", *(rf"{said['in']}{name}" for name in own), value=period)
        if period in (first, last):
            alone = [name for name in called if name not in others]
            if alone:
                yield known("period", *(rf"{said['in']}{name}" for name in alone), value=period)
    ends = [_month(months[-1], begins[-1].year), *names[last]]
    starts = [_month(months[0], begins[0].year), *names[first]]
    if months[0] != months[-1]:
        for one in starts:
            yield known("span", *(rf"{said['from']} {one} {said['until']} {other}" for other in ends),
                        value=(first, last))  # fmt: skip
        if len(dict.fromkeys(months)) <= 3:
            through = rf" {said['and']} ".join([_month(months[0], begins[0].year), _month(months[-1], begins[-1].year)])
            yield known("span", rf"{said['through']} {through}", value=(first, last))
    elif every != "month":
        yield known("filler", rf"{said['through']} {_month(months[0], begins[0].year)}")


def _weeks_of_months(shown: Shown, begins: list[date], said: dict[str, Any]) -> Iterator[KnownWord]:
    """Yields "the last week of March" where it can be one week: the month's by most of its days, and at its edge.

    A week with three days in one month and four in the other is called by either.
    """
    unit = said["units"]["week"]
    if (begins[-1] - begins[0]).days > NO_MONTH_TWICE:
        return
    for day, period in zip(begins, shown.periods, strict=True):
        middle, end = day + timedelta(days=3), _ends(day, "week")
        month = shown.words.MONTHS[middle.month - 1]
        before = (middle.replace(day=1) - day).days  # so many of its days lie in the month before
        behind = (end - _ends(middle, "month")).days
        for which, over in (("first of", before), ("last of", behind)):
            if -MORE_DAYS <= over <= MORE_DAYS:
                yield known("period", *(form.format(unit=unit, month=month) for form in said[which]), value=period)


def _called(day: date, every: str, shown: Shown, said: dict[str, Any]) -> Iterator[str]:
    """Yields how the period that begins on a day may be called by the part of the month that its days lie in."""
    if every == "month":
        return
    end = _ends(day, every)
    middle = day + (end - day) / 2
    first, last = shown.periods[0], shown.periods[-1]
    begun, ended = day.isoformat() == first, day.isoformat() == last
    for one in {day if begun else middle, end if ended else middle, middle}:
        month = _month(shown.words.MONTHS[one.month - 1], one.year)
        part = "early" if one.day <= EARLY else "late" if one.day > LATE else "mid"
        yield rf"(?:{said['parts'][part]}) ?{month}"
    if every == "week":
        month = shown.words.MONTHS[day.month - 1]
        told = rf"(?:0?{day.day}(?:\.|st|nd|rd|th)?\s+{month}|{month}\s+0?{day.day}(?:st|nd|rd|th)?(?!\d))"
        yield told
        yield rf"{said['week of']} {told}"


def _month(name: str, year: int) -> str:
    return rf"(?:des )?{name}(?: {year})?"
