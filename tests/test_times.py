"""Time stamps: as the file writes them, in the survey's zone, to UTC; what is no time is a fault and never a guess."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.errors import DefinitionError
from analytics.imports.answers.times import expected_time, responded_at, to_utc, uniform_iso

ZONES = [
    "UTC", "Europe/Berlin", "Europe/Dublin", "America/New_York", "America/Santiago", "America/Caracas",
    "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia", "Africa/Casablanca", "Asia/Tehran", "Asia/Pyongyang",
    "America/Nuuk", "Europe/Moscow",
]  # fmt: skip
MOMENTS = st.datetimes(datetime(1975, 1, 1), datetime(2037, 12, 31)).map(lambda at: at.replace(microsecond=0))


def read(*cells: str, zone: str = "UTC", pattern: str | None = None) -> list[str]:
    times, faults = responded_at(list(cells), zone=zone, pattern=pattern, place="at")
    assert faults == []
    return times.astype(str).tolist()


def faults(*cells: str, zone: str = "UTC", pattern: str | None = None) -> list[tuple[int, str, str]]:
    return [
        (one.row, str(one.found), str(one.expected))
        for one in responded_at(list(cells), zone=zone, pattern=pattern, place="at")[1]
    ]


def skipped_or_utc(local: datetime, zone: str) -> datetime | None:
    """Works out by the standard library what `to_utc` should say."""
    utc = local.replace(tzinfo=ZoneInfo(zone), fold=0).astimezone(UTC)
    back = utc.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    return utc.replace(tzinfo=None) if back == local else None


def test_a_time_without_an_offset_is_the_zones_own() -> None:
    assert read("2025-05-18T12:00:00", "2025-01-18T12:00:00", zone="Europe/Berlin") == [
        "2025-05-18T10:00:00",
        "2025-01-18T11:00:00",
    ]


def test_a_date_alone_is_its_midnight() -> None:
    assert read("2023-02-03", zone="America/New_York") == ["2023-02-03T05:00:00"]


def test_a_time_may_have_a_blank_a_fraction_an_offset_or_no_seconds() -> None:
    cells = (
        "2023-02-03 09:12:52", "2023-02-03T09:12", "2023-02-03T09:12:52.999", "2023-02-03T09:12:52.123456789",
        "2023-02-03T09:12:52Z", "2023-02-03T09:12:52.5+05:45", "2023-02-03 09:12:52 -0300", "2023-02-03T09:12+01",
        " 2023-02-03T09:12:52 ",
    )  # fmt: skip

    assert read(*cells) == [
        "2023-02-03T09:12:52", "2023-02-03T09:12:00", "2023-02-03T09:12:52", "2023-02-03T09:12:52",
        "2023-02-03T09:12:52", "2023-02-03T03:27:52", "2023-02-03T12:12:52", "2023-02-03T08:12:00",
        "2023-02-03T09:12:52",
    ]  # fmt: skip


def test_a_blank_cell_is_no_time_and_no_fault() -> None:
    assert read("", "  ", "2023-02-03T09:12:52") == ["NaT", "NaT", "2023-02-03T09:12:52"]


@pytest.mark.parametrize(
    "cell",
    [
        "2023", "2023-02", "20230203", "2023-2-3", "03.02.2023", "2/3/2023", "2023-02-30", "2023-13-01", "2023-00-10",
        "2023-02-03T24:00:00", "2023-02-03T23:60:00", "2023-02-03T23:59:60", "2023-02-03T10", "2023-02-03T10:00:00,5",
        "2023-02-03t10:00:00", "2023-02-03T10:00:00 CET", "2023-02-03T10:00:00+25:00", "1675415572", "today",
        "2023-W05-5", "0001-01-01", "9999-12-31T23:59:59", "2023-02-29T10:00:00", "2023-02-03T10:00:0\u0661",
    ],
)  # fmt: skip
def test_what_is_no_time_is_a_fault(cell: str) -> None:
    expected = "a time such as 2023-02-13T09:12:52 or a date such as 2023-02-13"

    assert faults("2023-02-03T09:12:52", cell) == [(1, repr(cell), expected)]


def test_cells_whose_lengths_make_up_for_each_other_are_not_taken_for_times() -> None:
    assert [row for row, _, _ in faults("2023-02-03T09:12:5", "22023-02-03T09:12:52")] == [0, 1]


def test_every_bad_time_is_reported_in_the_order_of_the_rows() -> None:
    found = faults("no", "2025-03-30T02:30:00", "", "never", zone="Europe/Berlin")

    assert [(row, cell) for row, cell, _ in found] == [(0, "'no'"), (1, "'2025-03-30T02:30:00'"), (3, "'never'")]


@pytest.mark.parametrize(
    ("zone", "skipped", "last", "first", "skip_hours"),
    [
        ("Europe/Berlin", "2025-03-30T02:00:00", "2025-03-30T01:59:59", "2025-03-30T03:00:00", 1),
        ("America/Santiago", "2024-09-08T00:00:00", "2024-09-07T23:59:59", "2024-09-08T01:00:00", 1),
        ("Australia/Lord_Howe", "2024-10-06T02:29:59", "2024-10-06T01:59:59", "2024-10-06T02:30:00", 0.5),
        ("Pacific/Apia", "2011-12-30T12:00:00", "2011-12-29T23:59:59", "2011-12-31T00:00:00", 24),
    ],
)
def test_a_time_that_the_zone_skips_is_a_fault(
    zone: str, skipped: str, last: str, first: str, skip_hours: float
) -> None:
    before, after = (datetime.fromisoformat(at) for at in read(last, first, zone=zone))

    assert after - before == timedelta(seconds=1)
    assert datetime.fromisoformat(first) - datetime.fromisoformat(last) == timedelta(hours=skip_hours, seconds=1)
    assert faults(skipped, zone=zone) == [(0, repr(skipped), f"a time that exists in {zone}")]


def test_midnight_of_a_date_whose_midnight_is_skipped_is_a_fault() -> None:
    assert faults("2024-09-08", zone="America/Santiago") == [
        (0, "'2024-09-08'", "a time that exists in America/Santiago")
    ]


@pytest.mark.parametrize(
    ("zone", "repeated", "utc"),
    [
        ("Europe/Berlin", "2025-10-26T02:30:00", "2025-10-26T00:30:00"),
        ("Europe/Dublin", "2025-10-26T01:30:00", "2025-10-26T00:30:00"),
        ("Africa/Casablanca", "2024-03-10T02:30:00", "2024-03-10T01:30:00"),
        ("Australia/Lord_Howe", "2024-04-07T01:45:00", "2024-04-06T14:45:00"),
    ],
)
def test_of_a_repeated_hour_the_first_is_meant(zone: str, repeated: str, utc: str) -> None:
    assert read(repeated, zone=zone) == [utc]


@settings(max_examples=100, deadline=None)
@given(st.lists(MOMENTS, min_size=1, max_size=5), st.sampled_from(ZONES))
def test_times_become_utc_by_the_rules_of_any_zone(moments: list[datetime], zone: str) -> None:
    times = to_utc(np.array(moments, dtype="datetime64[s]"), zone)

    assert times.tolist() == [skipped_or_utc(at, zone) for at in moments]


@pytest.mark.parametrize("zone", ZONES)
def test_every_half_hour_of_a_year_becomes_utc_by_the_rules_of_the_zone(zone: str) -> None:
    local = np.arange("2011-01-01", "2012-01-01", 1800, dtype="datetime64[s]")

    times = to_utc(local, zone)

    assert times.tolist() == [skipped_or_utc(at, zone) for at in local.tolist()]


PARTS = st.tuples(
    *(st.integers(0, last) for last in (13, 32, 24, 60, 60)), st.integers(1899, 2200), st.sampled_from("T ")
)


@settings(max_examples=100, deadline=None)
@given(st.lists(PARTS, max_size=4))
def test_the_quick_way_to_read_times_agrees_with_the_thorough_one(parts: list[tuple[int, ...]]) -> None:
    cells = [f"{year}-{a:02}-{b:02}{mark}{c:02}:{d:02}:{e:02}" for a, b, c, d, e, year, mark in parts]

    quick = uniform_iso(cells)

    thorough, bad = responded_at([*cells, ""], zone="UTC", pattern=None, place="at")
    assert (quick is None) == (bool(bad) or not cells)
    if quick is not None:
        assert quick.tolist() == thorough[:-1].tolist()


@settings(max_examples=60, deadline=None)
@given(MOMENTS, st.sampled_from(["%m/%d/%y %H:%M", "%d.%m.%Y %H:%M:%S", "%Y/%m/%d %I:%M:%S %p", "%d %b %Y", "%Y%m%d"]))
def test_any_time_written_by_a_pattern_is_read_by_it(at: datetime, pattern: str) -> None:
    cell = at.strftime(pattern)

    assert read(cell, pattern=pattern) == [datetime.strptime(cell, pattern).isoformat()]


def test_a_pattern_reads_days_and_months_without_their_zeros() -> None:
    assert read("5/10/18 4:06", zone="America/New_York", pattern="%m/%d/%y %H:%M") == ["2018-05-10T08:06:00"]


def test_a_pattern_with_an_offset_is_not_read_in_the_zone() -> None:
    assert read("13.02.2023 09:12 +0300", zone="Europe/Berlin", pattern="%d.%m.%Y %H:%M %z") == ["2023-02-13T06:12:00"]


@pytest.mark.parametrize(
    "cell", ["13/40/18 4:06", "2018-05-10T04:06:00", "5/10/18", "5/10/18 4:06 PM", "5/10/2018 4:06"]
)
def test_a_cell_that_does_not_fit_the_pattern_is_a_fault_that_says_in_words_what_would(cell: str) -> None:
    assert faults(cell, "", pattern="%m/%d/%y %H:%M") == [
        (0, repr(cell), "a time written month/day/year in two digits hour:minute, such as 02/13/23 09:12")
    ]


def test_a_pattern_that_nobody_understands_is_the_definitions_fault() -> None:
    with pytest.raises(DefinitionError, match=r"responded_at_format: found '%Q' .*, expected directives such as"):
        read("2023", pattern="%Q")


def test_the_words_for_a_pattern_leave_its_own_letters_alone() -> None:
    assert str(expected_time("%Y-%m-%dT%H:%M:%SZ")) == (
        "a time written year-month-dayThour:minute:secondZ, such as 2023-02-13T09:12:52Z"
    )
