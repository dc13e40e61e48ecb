"""Hours, days, weeks and months in the newsroom's own zone, on the days when the clocks change too."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.periods import (
    EPOCH,
    all_periods,
    day_numbers,
    day_start,
    hour_starts,
    period_end,
    period_label,
    period_of_days,
)
from tests.surveys import SAME

ZONES = (
    "Europe/Berlin", "America/New_York", "America/Santiago", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia",
    "Africa/Casablanca", "Pacific/Chatham", "America/Havana", "Asia/Tehran", "Asia/Kolkata", "Pacific/Auckland", "UTC",
)  # fmt: skip
FIRST, LAST = 946_684_800, 2_145_916_800  # 2000 to 2037
CHANGES = {  # zone: the day of 23 hours and the day of 25
    "Europe/Berlin": (date(2025, 3, 30), date(2025, 10, 26)),
    "America/New_York": (date(2025, 3, 9), date(2025, 11, 2)),
    "America/Santiago": (date(2024, 9, 8), date(2024, 4, 6)),
    "America/Havana": (date(2025, 3, 9), date(2025, 11, 2)),
    "Africa/Casablanca": (date(2025, 4, 6), date(2025, 2, 23)),
}


def hours_of(day: date, zone: str) -> list[int]:
    """Returns the hours of a local day."""
    first, following = (int(day_start(d, zone).timestamp()) for d in (day, day + timedelta(days=1)))
    return all_periods(first, following - 3600, "hour", zone).tolist()


moments = st.tuples(st.sampled_from(ZONES), st.lists(st.integers(FIRST, LAST), min_size=1, max_size=50))


@settings(SAME, max_examples=300)
@given(moments=moments)
def test_days_are_those_of_the_calendar_of_the_zone(moments: tuple[str, list[int]]) -> None:
    zone, seconds = moments

    days = day_numbers(np.array(seconds), zone)

    expected = [(datetime.fromtimestamp(second, ZoneInfo(zone)).date() - EPOCH).days for second in seconds]
    assert days.tolist() == expected


@settings(SAME, max_examples=300)
@given(moments=moments)
def test_every_moment_lies_in_its_hour_and_every_hour_in_one_day(moments: tuple[str, list[int]]) -> None:
    zone, seconds = moments

    hours = hour_starts(np.array(seconds), zone)

    assert ((hours <= seconds) & (np.array(seconds) < hours + 3600 + 1800)).all()  # half an hour more: Lord Howe
    assert day_numbers(hours, zone).tolist() == day_numbers(np.array(seconds), zone).tolist()


@pytest.mark.parametrize("year", [2003, 2016, 2025, 2036])
@pytest.mark.parametrize("zone", ZONES)
def test_through_a_whole_year_hours_add_up_to_days_and_days_to_all(zone: str, year: int) -> None:
    first, last = (int(datetime(y, 1, 1, tzinfo=UTC).timestamp()) for y in (year, year + 1))
    seconds = np.arange(first, last, 1200)

    hours, per_hour = np.unique(hour_starts(seconds, zone), return_counts=True)
    days, per_day = np.unique(day_numbers(seconds, zone), return_counts=True)

    of_hours, place = np.unique(day_numbers(hours, zone), return_inverse=True)
    assert of_hours.tolist() == days.tolist()
    assert np.bincount(place, weights=per_hour).tolist() == per_day.tolist()
    assert per_day.sum() == len(seconds)


@pytest.mark.parametrize("zone", CHANGES)
def test_the_day_in_spring_has_23_hours_and_the_one_in_autumn_25(zone: str) -> None:
    spring, autumn = CHANGES[zone]

    assert len(hours_of(spring, zone)) == 23
    assert len(hours_of(autumn, zone)) == 25
    assert len(hours_of(spring + timedelta(days=3), zone)) == 24


@pytest.mark.parametrize("zone", CHANGES)
def test_an_hour_that_comes_twice_is_two_hours_with_labels_of_their_own(zone: str) -> None:
    labels = [period_label(hour, "hour", zone) for hour in hours_of(CHANGES[zone][1], zone)]

    walls = [label[:16] for label in labels]
    assert len(set(labels)) == 25
    assert len(set(walls)) == 24


def test_the_repeated_hour_in_berlin_bears_both_offsets() -> None:
    labels = [period_label(hour, "hour", "Europe/Berlin") for hour in hours_of(date(2025, 10, 26), "Europe/Berlin")]

    assert labels[2:4] == ["2025-10-26T02:00+02:00", "2025-10-26T02:00+01:00"]


@settings(SAME, max_examples=200)
@given(
    zone=st.sampled_from(ZONES),
    second=st.integers(FIRST, LAST),
    every=st.sampled_from(["hour", "day", "week", "month"]),
)
def test_every_moment_lies_between_the_start_and_the_end_of_its_period(zone: str, second: int, every: Any) -> None:
    one = np.array([second])
    period = hour_starts(one, zone) if every == "hour" else period_of_days(day_numbers(one, zone), every)

    start = period[0] if every == "hour" else day_start(EPOCH + timedelta(days=int(period[0])), zone).timestamp()
    assert start <= second
    assert second < period_end(int(period[0]), every, zone).timestamp() + 1800 * (every == "hour")


@settings(SAME, max_examples=200)
@given(
    zone=st.sampled_from(ZONES),
    second=st.integers(FIRST, LAST),
    later=st.lists(st.integers(0, 60 * 86_400), min_size=1, max_size=30),
    every=st.sampled_from(["hour", "day", "week", "month"]),
)
def test_every_period_that_holds_a_moment_is_among_all_periods(
    zone: str, second: int, later: list[int], every: Any
) -> None:
    seconds = second + np.array(sorted(later))
    held = hour_starts(seconds, zone) if every == "hour" else period_of_days(day_numbers(seconds, zone), every)

    periods = all_periods(int(held[0]), int(held[-1]), every, zone)

    assert set(held.tolist()) <= set(periods.tolist())
    assert (np.diff(periods) > 0).all()
    assert (periods[0], periods[-1]) == (held[0], held[-1])


def test_weeks_start_on_mondays_and_months_on_their_first_day() -> None:
    days = np.arange((date(1999, 12, 1) - EPOCH).days, (date(2038, 1, 1) - EPOCH).days)

    weeks, months = (
        [EPOCH + timedelta(days=int(n)) for n in period_of_days(days, every)] for every in ("week", "month")
    )

    dates = [EPOCH + timedelta(days=int(n)) for n in days]
    assert weeks == [day - timedelta(days=day.weekday()) for day in dates]
    assert months == [day.replace(day=1) for day in dates]


def test_labels_are_iso_days_the_monday_of_a_week_and_a_month() -> None:
    day = (date(2025, 5, 21) - EPOCH).days

    week, month = (int(period_of_days(np.array([day]), every)[0]) for every in ("week", "month"))

    assert period_label(day, "day", "UTC") == "2025-05-21"
    assert period_label(week, "week", "UTC") == "2025-05-19"
    assert period_label(month, "month", "UTC") == "2025-05"


def test_a_month_ends_where_the_next_begins_in_december_too() -> None:
    december = (date(2024, 12, 1) - EPOCH).days

    assert period_end(december, "month", "Asia/Tokyo") == datetime(2024, 12, 31, 15, tzinfo=UTC)
    assert period_end(december, "day", "Asia/Tokyo") == datetime(2024, 12, 1, 15, tzinfo=UTC)


def test_a_day_without_a_midnight_starts_when_its_first_hour_does() -> None:
    assert day_start(date(2024, 9, 8), "America/Santiago") == datetime(2024, 9, 8, 4, tzinfo=UTC)
    assert day_start(date(2011, 12, 30), "Pacific/Apia") == day_start(date(2011, 12, 31), "Pacific/Apia")


def test_the_clock_of_the_machine_does_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    seconds, found = np.arange(1_743_200_000, 1_743_400_000, 1800), []
    for zone in ("UTC", "Pacific/Apia", "America/New_York"):
        monkeypatch.setenv("TZ", zone)
        time.tzset()

        hours = hour_starts(seconds, "Europe/Berlin").tolist()
        label = period_label(hours[0], "hour", "Europe/Berlin")
        found.append((hours, label, day_start(date(2025, 3, 30), "Europe/Berlin")))

    monkeypatch.undo()
    time.tzset()
    assert found[0] == found[1] == found[2]
