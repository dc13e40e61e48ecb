"""When something goes out: days and a time by the clock of a named zone, the clocks set back and forward."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.errors import RequestError
from analytics.watches.schedule import read_schedule
from tests.surveys import SAME

BERLIN = ZoneInfo("Europe/Berlin")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN).astimezone(UTC)


@pytest.mark.parametrize(
    ("schedule", "now", "last"),
    [
        ("weekdays 07:30", "2026-11-30T07:30", "2026-11-30T07:30"),
        ("weekdays 07:30", "2026-11-30T07:29", "2026-11-27T07:30"),
        ("Weekdays  7:30", "2026-11-29T12:00", "2026-11-27T07:30"),
        ("daily 07:30", "2026-11-29T12:00", "2026-11-29T07:30"),
        ("monday, thursday 18:00", "2026-11-29T12:00", "2026-11-26T18:00"),
        ("mondays 18:00", "2026-11-29T12:00", "2026-11-23T18:00"),
        ("monthly 06:00", "2026-11-29T12:00", "2026-11-01T06:00"),
        ("monthly 06:00", "2026-12-31T12:00", "2026-12-01T06:00"),
    ],
)
def test_the_last_moment_is_that_of_the_days_and_the_time(schedule: str, now: str, last: str) -> None:
    assert read_schedule(schedule, "Europe/Berlin").last(at(now)) == at(last)


def test_half_past_seven_stays_half_past_seven_when_clocks_are_set() -> None:
    schedule = read_schedule("daily 07:30", "Europe/Berlin")

    before, after = (schedule.last(at(f"2026-03-{day}T12:00")) for day in (28, 29))

    assert before is not None
    assert after is not None
    assert after - before == timedelta(hours=23)


def test_a_time_that_the_clock_skips_comes_once_and_as_much_later() -> None:
    schedule = read_schedule("daily 02:30", "Europe/Berlin")

    last = schedule.last(datetime(2026, 3, 29, 12, tzinfo=UTC))

    assert last == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert last.astimezone(BERLIN).hour == 3


def test_a_time_that_comes_twice_counts_when_it_comes_first() -> None:
    schedule = read_schedule("daily 02:30", "Europe/Berlin")
    moments = [datetime(2026, 10, 25, 0, 0, tzinfo=UTC) + timedelta(minutes=minutes) for minutes in range(0, 240, 5)]

    found = {schedule.last(moment) for moment in moments}

    assert found == {datetime(2026, 10, 24, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)}


@SAME
@given(
    st.datetimes(datetime(2025, 1, 1), datetime(2027, 1, 1)),
    st.sampled_from(["daily", "weekdays", "monthly", "sunday", "monday,friday"]),
    st.sampled_from(["00:00", "02:30", "23:59"]),
    st.sampled_from(["Europe/Berlin", "America/Santiago", "Australia/Lord_Howe", "UTC"]),
)
def test_what_comes_next_is_the_last_one_then_and_none_lies_between(
    moment: datetime, days: str, time: str, zone: str
) -> None:
    schedule, now = read_schedule(f"{days} {time}", zone), moment.replace(tzinfo=UTC)

    coming = schedule.next(now)

    assert coming > now
    assert schedule.last(coming) == coming
    assert schedule.last(coming - timedelta(seconds=1)) == schedule.last(now)


@pytest.mark.parametrize(
    ("schedule", "zone", "found"),
    [
        ("07:30", "UTC", "'07:30'"),
        ("weekdays 24:00", "UTC", "24:00"),
        ("someday 07:30", "UTC", "someday"),
        ("monday,, 07:30", "UTC", "monday"),
        ("daily 07:30", "Europe/Atlantis", "'Europe/Atlantis'"),
        ("daily 07:30", "../etc/passwd", "expected a name such as Europe/Berlin"),
    ],
)
def test_what_is_no_schedule_is_refused_with_what_was_expected(schedule: str, zone: str, found: str) -> None:
    with pytest.raises(RequestError, match="expected") as refused:
        read_schedule(schedule, zone)

    assert found in str(refused.value)
