"""The periods of a trend as stops along a time axis, with a blank where one is missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from analytics.errors import RequestError
from analytics.figures.rows import level_label
from analytics.figures.style import Style
from analytics.language.dates import day_words
from analytics.language.said import spoken
from analytics.model import Survey
from analytics.model.request import Every


@dataclass(frozen=True)
class Stop:
    """A period and where it stands: `start` and `end` by the clock of the survey's zone, None for a wave.

    `period` is None for the blank that stands where periods are missing. `x` is the middle of the period.
    """

    period: str | None
    x: str | float
    start: datetime | None = None
    end: datetime | None = None


def stops_of(periods: list[str], every: Every) -> list[Stop]:
    """Returns the stops of these periods, and a blank one wherever the next does not follow at once.

    Example:
        >>> [stop.x for stop in stops_of(["2025-05-18", "2025-05-20"], "day")]
        ['2025-05-18T12:00:00', '2025-05-19T12:00:00', '2025-05-20T12:00:00']
    """
    if every == "wave":
        return [Stop(period, float(place)) for place, period in enumerate(periods)]
    found: list[Stop] = []
    for period in sorted(periods, key=lambda period: _instant(period, every)):
        start, end = span_of(period, every)
        before = found[-1].end if found else None
        if before is not None and start - before >= timedelta(hours=2 if every == "hour" else 12):
            found.append(Stop(None, _middle(before, start), before, start))
        found.append(Stop(period, _middle(start, end), start, end))
    return found


def span_of(period: str, every: Every) -> tuple[datetime, datetime]:
    """Returns when a period starts and ends by the local clock, without a zone.

    Raises:
        RequestError: the text is no period of that length.

    Example:
        >>> span_of("2025-02", "month")[1].isoformat()
        '2025-03-01T00:00:00'
    """
    try:
        start = datetime.fromisoformat(f"{period}-01" if every == "month" else period).replace(tzinfo=None)
    except ValueError as fault:
        raise RequestError(f"found the period {period!r}, expected a {every} such as 2025-05-19") from fault
    if every == "month":
        return start, (start + timedelta(days=32)).replace(day=1)
    return start, start + {"hour": timedelta(hours=1), "week": timedelta(days=7)}.get(every, timedelta(days=1))


def tick_words(stop: Stop, every: Every, survey: Survey, style: Style) -> list[str]:
    """Returns what stands under a stop, line by line."""
    if stop.start is None:
        return [level_label(survey, "wave", stop.period or "")]
    if every == "month":
        return [style.short_months[stop.start.month - 1], str(stop.start.year)]
    day = day_words(stop.start.date(), style, with_year=False, short=True)
    return [f"{stop.start:%H:%M}", day] if every == "hour" else [day]


def period_words(stop: Stop, every: Every, survey: Survey, style: Style, *, with_year: bool = False) -> str:
    """Returns a period in the words of a sentence."""
    if stop.start is None:
        label = level_label(survey, "wave", stop.period or "")
        return label if "wave" in label.lower() else spoken("wave {label}", label=label)
    if every == "month":
        return f"{style.months[stop.start.month - 1]} {stop.start.year}"
    day = day_words(stop.start.date(), style, with_year=with_year)
    if every == "hour":
        return spoken("{time} on {day}", time=f"{stop.start:%H:%M}", day=day)
    return spoken("the week of {day}", day=day) if every == "week" else day


def different_years(stops: list[Stop]) -> bool:
    """Whether the year has to be said to tell these stops apart."""
    years: set[int] = {_day(stop).year for stop in stops if stop.start is not None}
    return len(years) > 1


def _instant(period: str, every: Every) -> tuple[float, str]:
    # An hour that the clocks repeat has two names that only their offsets put in order.
    return (datetime.fromisoformat(period).timestamp() if every == "hour" else 0.0), period


def _day(stop: Stop) -> date:
    return stop.start.date() if stop.start else date.min


def _middle(start: datetime, end: datetime) -> str:
    return (start + (end - start) / 2).replace(microsecond=0).isoformat()
