"""Time stamps as files write them: which pattern reads every cell of a column."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from analytics.importers.times import ZONES, responded_at

WORDS_TRIED = 400
CLOCKS = ("%I:%M:%S %p", "%H:%M:%S", "%I:%M %p", "%H:%M", "")
DATES = ("%m/%d/%Y", "%d/%m/%Y", "%m/%d/%y", "%d/%m/%y", "%d.%m.%Y", "%d.%m.%y", "%Y/%m/%d", "%Y-%m-%d", "%m-%d-%Y",
         "%d-%m-%Y", "%d %b %Y", "%b %d, %Y", "%B %d, %Y")  # fmt: skip
WHOLE = ("%a %b %d %H:%M:%S %Z %Y", "%a %b %d %H:%M:%S %Y", "%a, %d %b %Y %H:%M:%S %Z", "%a, %d %b %Y %H:%M:%S %z")
SHAPE = re.compile(r"\d")
ZONE = re.compile(r"\b(?!AM\b|PM\b)(?:(?:GMT|UTC)[+-]\d{1,2}(?::?\d{2})?|[A-Z]{2,5})\b")


@dataclass(frozen=True)
class TimeFound:
    """How a column's times are written: None for ISO 8601; `doubtful` where day and month may change places."""

    pattern: str | None
    zone: str | None = None
    doubtful: bool = False


def time_found(words: Iterable[str], known: str | None = None) -> TimeFound | None:
    """Returns how the words are written as times, None where they are none.

    Args:
        known: the pattern that the tool is known to write, tried first.

    Example:
        >>> time_found(["03/01/2024 09:02:10 AM", "03/13/2024 12:01:03 PM"])
        TimeFound(pattern='%m/%d/%Y %I:%M:%S %p', zone=None, doubtful=False)
        >>> time_found(["13.02.2023 09:12"]).pattern, time_found(["2023", "2024"]) is None
        ('%d.%m.%Y %H:%M', True)
    """
    sample = list(islice(words, WORDS_TRIED))
    if not sample or not all(len(word) >= 6 and SHAPE.search(word) and not word.isdecimal() for word in sample):
        return None
    zone = zone_of(sample)
    if reads(sample, None):
        return TimeFound(None, zone)
    found = [pattern for pattern in (known, *patterns(sample)) if pattern is not None and reads(sample, pattern)]
    if not found:
        return None
    return TimeFound(found[0], zone, doubtful=found[0] != known and swapped(found[0]) in found)


def patterns(sample: list[str]) -> list[str]:
    """Returns the patterns to try, with a zone at the end where the words have one."""
    zoned = " %Z" if ZONE.search(sample[0]) else ""
    return [*WHOLE, *(f"{date} {clock}".strip() + zoned for date in DATES for clock in CLOCKS)]


def swapped(pattern: str) -> str:
    """Returns the pattern with day and month the other way round.

    Example:
        >>> swapped("%m/%d/%Y %H:%M")
        '%d/%m/%Y %H:%M'
    """
    return pattern.replace("%m", "\0").replace("%d", "%m").replace("\0", "%d")


def reads(words: list[str], pattern: str | None) -> bool:
    """Returns whether the pattern reads every one of the words, the first alone tried first."""
    return all(not responded_at(some, zone="UTC", pattern=pattern, place="")[1] for some in (words[:1], words) if some)


def zone_of(sample: list[str]) -> str | None:
    """Returns the zone that the words themselves name, as the IANA database knows it."""
    found = ZONE.search(sample[0])
    return ZONES.get(found[0], ("", None))[1] if found else None
