"""Hours, days, weeks and months as the survey's own zone has them, on the day the clocks change too.

An hour is named by the second at which it starts (UTC, since 1970), a day by its number since 1970-01-01, a week by its
Monday's number, a month by its first day's number.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

Length = Literal["hour", "day", "week", "month"]
EPOCH = date(1970, 1, 1)


def hour_starts(seconds: np.ndarray, zone: str) -> np.ndarray:
    """Returns, for UTC seconds since 1970, the second at which the local hour of each starts.

    An hour that the clocks repeat is two hours, as it is two on the clock.

    Example:
        >>> hour_starts(np.array([1746000125]), "Asia/Kathmandu").tolist()
        [1745997300]
    """
    return seconds - _local_seconds(seconds, zone) % 3600


def day_numbers(seconds: np.ndarray, zone: str) -> np.ndarray:
    """Returns, for UTC seconds since 1970, the number of the local day of each since 1970-01-01.

    Example:
        >>> day_numbers(np.array([1746059400]), "Europe/Berlin").tolist()
        [20209]
    """
    return _local_seconds(seconds, zone) // 86400


def period_of_days(days: np.ndarray, every: Length) -> np.ndarray:
    """Returns the number of the first day of the day, week (from Monday) or month that holds each day.

    Example:
        >>> period_of_days(np.array([20209]), "week").tolist(), period_of_days(np.array([20209]), "month").tolist()
        ([20206], [20209])
    """
    if every == "week":
        return days - (days + 3) % 7
    if every == "month":
        return days.astype("datetime64[D]").astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    return days


def all_periods(first: int, last: int, every: Length, zone: str) -> np.ndarray:
    """Returns every period from `first` to `last`, the empty ones too, in order.

    Example:
        >>> all_periods(20206, 20220, "week", "UTC").tolist()
        [20206, 20213, 20220]
    """
    if every == "hour":  # half hours, because some zones shift their clocks by one
        return np.unique(hour_starts(np.arange(first, last + 1, 1800, dtype=np.int64), zone))
    return np.unique(period_of_days(np.arange(first, last + 1, dtype=np.int64), every))


def period_label(period: int, every: Length, zone: str) -> str:
    """Returns the period as text: "2025-05-19T14:00+02:00", "2025-05-19" (a day, or a week's Monday) or "2025-05".

    Example:
        >>> period_label(20227, "day", "UTC"), period_label(20227, "month", "UTC")
        ('2025-05-19', '2025-05')
    """
    if every == "hour":
        return datetime.fromtimestamp(period, ZoneInfo(zone)).isoformat(timespec="minutes")
    day = EPOCH + timedelta(days=int(period))
    return day.isoformat()[:7] if every == "month" else day.isoformat()


def period_end(period: int, every: Length, zone: str) -> datetime:
    """Returns the moment at which the period is over, aware, in UTC.

    Example:
        >>> period_end(20227, "week", "Europe/Berlin").isoformat()
        '2025-05-25T22:00:00+00:00'
    """
    if every == "hour":
        return datetime.fromtimestamp(period + 3600, UTC)
    day = EPOCH + timedelta(days=int(period))
    if every == "month":
        following = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    else:
        following = day + timedelta(days=7 if every == "week" else 1)
    return day_start(following, zone)


def period_ends(label: str, every: Length, zone: str) -> tuple[datetime, datetime]:
    """Returns the moments at which the period of that text starts and is over, aware, in UTC.

    Example:
        >>> [end.isoformat() for end in period_ends("2025-05", "month", "UTC")]
        ['2025-05-01T00:00:00+00:00', '2025-06-01T00:00:00+00:00']
    """
    if every == "hour":
        start = datetime.fromisoformat(label).astimezone(UTC)
        return start, start + timedelta(hours=1)
    first = date.fromisoformat(f"{label}-01" if every == "month" else label)
    return day_start(first, zone), period_end((first - EPOCH).days, every, zone)


def day_start(day: date, zone: str) -> datetime:
    """Returns the moment at which a local day starts, aware, in UTC, also where its midnight does not exist.

    Example:
        >>> day_start(date(2024, 9, 8), "America/Santiago").isoformat()
        '2024-09-08T04:00:00+00:00'
    """
    return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)).astimezone(UTC)


def _local_seconds(seconds: np.ndarray, zone: str) -> np.ndarray:
    moments = pd.DatetimeIndex(np.asarray(seconds, dtype=np.int64).astype("datetime64[s]"), tz="UTC")
    local: np.ndarray = moments.tz_convert(zone).tz_localize(None).to_numpy().astype("datetime64[s]").astype(np.int64)
    return local
