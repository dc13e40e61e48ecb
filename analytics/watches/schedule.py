"""Schedules such as "weekdays 07:30", by the clock of a named time zone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from analytics.errors import RequestError
from analytics.language.said import noted, spoken

WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DAYS = {"daily": frozenset(range(7)), "weekdays": frozenset(range(5))}
MONTHLY = "monthly"
DAY_WORDS = {
    "weekdays": noted("Monday to Friday"), "daily": noted("Every day"), "mondays": noted("Mondays"),
    MONTHLY: noted("First day of the month"),
}  # fmt: skip
"""What the days are called that the page offers."""
LONGEST = 32
"""So many days lie at most between two of one schedule: the first of a month and the first of the next, and one."""


@dataclass(frozen=True)
class Schedule:
    """When something goes out: on these days of the week (Monday is 0), or on the first of the month, at this time."""

    days: frozenset[int]
    at: time
    zone: ZoneInfo

    def falls_on(self, day: date) -> bool:
        """Whether that day is one of the schedule's; no days of the week mean the first of the month."""
        return day.weekday() in self.days if self.days else day.day == 1

    def last(self, now: datetime) -> datetime | None:
        """The last moment of the schedule that has come (UTC); None where none came within the longest stretch.

        A time that the clock skips on the day on which it is set forward comes as much later; one that comes twice
        counts when it comes first.
        """
        today = now.astimezone(self.zone).date()
        for back in range(LONGEST + 1):
            day = today - timedelta(days=back)
            if self.falls_on(day) and (moment := self._moment(day)) <= now:
                return moment
        return None

    def next(self, now: datetime) -> datetime:
        """The first moment of the schedule after now (UTC)."""
        today = now.astimezone(self.zone).date()
        days = (today + timedelta(days=ahead) for ahead in range(LONGEST + 1))
        return next(moment for day in days if self.falls_on(day) and (moment := self._moment(day)) > now)

    def _moment(self, day: date) -> datetime:
        return datetime.combine(day, self.at, self.zone).astimezone(UTC)


def read_schedule(text: str, time_zone: str) -> Schedule:
    """The schedule that is written so: the days, then the time of day.

    Args:
        text: "daily", "weekdays", "monthly" (on the first) or days of the week with commas between them; then HH:MM.
        time_zone: the name of the zone, such as "Europe/Berlin".

    Raises:
        RequestError: it is none, or there is no such zone.

    Example:
        >>> monday = datetime(2026, 11, 30, 8, tzinfo=UTC)
        >>> read_schedule("weekdays 07:30", "Europe/Berlin").last(monday).isoformat()
        '2026-11-30T06:30:00+00:00'
    """
    found = re.fullmatch(r"\s*([a-z, ]+?)\s+([01]?\d|2[0-3]):([0-5]\d)\s*", text.casefold())
    days = None if found is None else _days(found[1])
    if found is None or days is None:
        raise RequestError(
            spoken("found the schedule {text!r}, expected days and a time, such as weekdays 07:30", text=text)
        )
    return Schedule(days, time(int(found[2]), int(found[3])), _zone(time_zone))


def schedule_text(text: str) -> str:
    """The schedule as it is kept: in small letters, with one space."""
    return " ".join(text.casefold().split())


def schedule_words(text: str) -> str:
    """The schedule as people read it; days that the page does not offer are left as somebody wrote them.

    Example:
        >>> schedule_words("weekdays 07:30"), schedule_words("tuesday, friday 07:30")
        ('Monday to Friday, 07:30', 'tuesday, friday 07:30')
    """
    days, _, at = text.rpartition(" ")
    return spoken("{days}, {time}", days=spoken(DAY_WORDS[days]), time=at) if days in DAY_WORDS else text


def _days(words: str) -> frozenset[int] | None:
    if words == MONTHLY:
        return frozenset()
    if words in DAYS:
        return DAYS[words]
    names = [one.strip().removesuffix("s") for one in words.split(",")]
    if not all(names) or any(name not in WEEK for name in names):
        return None
    return frozenset(WEEK.index(name) for name in names)


def _zone(name: str) -> ZoneInfo:
    try:
        if not re.fullmatch(r"[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)*", name) or name.startswith("posix"):
            raise ValueError(name)
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as fault:
        raise RequestError(
            spoken("found the time zone {zone!r}, expected a name such as Europe/Berlin", zone=name)
        ) from fault
