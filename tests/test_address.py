"""One grammar: what an address says of a request is read back as the same request, in every zone and for ever."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import get_args
from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.errors import RequestError
from analytics.model import Choice, Dimension, Question, Survey
from analytics.model.address import (
    V1_WORDS,
    WHERE,
    Option,
    figure_id,
    modern,
    moment_at,
    moment_words,
    read,
    read_leniently,
    write,
)
from analytics.model.request import BaseChoice, Every, Interval, Request, Standing, Variance, WeightsChoice
from tests.surveys import SAME

HARD_KEYS = ("by", "view", "age", "where", "line", "min_base", "poll", "AGE", "a-b_2")
"""Keys of a survey: some are words of an address too."""
SURVEY = Survey(
    "phones", "Phones", "Europe/Berlin",
    (Question("ban", "Ban?", "single", choices=(Choice("y", "Yes"), Choice("n", "No"))),),
    tuple(Dimension(key, key, key) for key in HARD_KEYS),
)  # fmt: skip
OPTIONS = (
    Option("check", always="counted"), Option("answer"), Option("line", mark="="), Option("groups", several=True),
    Option("with", values=("others", "public")), Option("new.word"),
)  # fmt: skip
ZONES = ("Europe/Berlin", "UTC", "Asia/Kathmandu", "America/Santiago", "America/Havana", "Australia/Lord_Howe")

texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
moments = st.datetimes(datetime(1975, 1, 1), datetime(2060, 1, 1)).map(
    lambda at: at.replace(minute=0, second=0, microsecond=0, tzinfo=UTC)
)


@st.composite
def requests(draw: st.DrawFn, options: tuple[Option, ...] = OPTIONS) -> Request:
    """A request with anything that a survey's readers may be asked, its options in the order declared."""
    keys = draw(st.lists(st.sampled_from([*HARD_KEYS, "ban"]), unique=True, max_size=4))
    chosen: list[tuple[str, str]] = []
    for option in options:
        if option.always is None:
            values = st.sampled_from(option.values) if option.values else texts
            chosen += [(option.name, one) for one in draw(st.lists(values, max_size=3 if option.several else 1))]
    return Request(
        "dial", "phones", draw(st.sampled_from(["ban", ""])),
        tuple((key, tuple(draw(st.lists(texts, min_size=1, max_size=3)))) for key in keys),
        draw(st.none() | moments), draw(st.none() | moments),
        draw(st.none() | st.sampled_from(get_args(WeightsChoice))), draw(st.sampled_from(get_args(Interval))),
        draw(st.sampled_from(get_args(Variance))), draw(st.sampled_from(get_args(BaseChoice))),
        draw(st.none() | st.integers(1, 10**6)), draw(st.sampled_from(get_args(Standing))),
        tuple(draw(st.lists(st.sampled_from(HARD_KEYS), unique=True, max_size=2))),
        draw(st.none() | st.sampled_from(get_args(Every))), draw(st.integers(1, 40)), tuple(chosen),
    )  # fmt: skip


@SAME
@given(requests(), st.sampled_from(ZONES))
def test_what_is_written_is_read_back_as_the_same_request(request: Request, zone: str) -> None:
    survey = replace(SURVEY, time_zone=zone)
    link = f"https://paper.example/survey?{urlencode([*write(request, survey, OPTIONS), ('figure', 'f-abc')])}"

    found = read(parse_qsl(link.partition("?")[2], keep_blank_values=True), survey, OPTIONS)

    assert found == request
    assert modern(write(request, survey, OPTIONS), zone) == write(request, survey, OPTIONS)


@pytest.mark.parametrize(
    ("pairs", "key"),
    [
        ((("age", "x"),), "age"),
        ((("by~", "x"),), "by"),
        ((("min_base~", "x"),), "min_base"),
        ((("where", "x"),), "where"),
        ((("where.by", "x"),), "by"),
    ],
)
def test_a_filter_of_either_version_is_a_filter(pairs: tuple[tuple[str, str], ...], key: str) -> None:
    assert read(pairs, SURVEY).where == ((key, ("x",)),)


def test_a_word_that_is_added_changes_no_address_and_no_id() -> None:
    pairs = (("survey", "phones"), ("view", "dial"), ("where.age", "x"), ("answer", "y"), ("by~", "z"), ("AGE", "q"))
    before, later = OPTIONS[:-1], (*OPTIONS, Option("look.wide"))

    assert read(pairs, SURVEY, before) == read(pairs, SURVEY, later)
    one = read(pairs, SURVEY, before)
    assert figure_id(write(one, SURVEY, before), 1) == figure_id(write(one, SURVEY, later), 1)


def test_the_words_of_version_1_are_closed() -> None:
    words = hashlib.sha256(" ".join(sorted(V1_WORDS)).encode()).hexdigest()

    assert words == "10decd81619f1942622042adb86ea097d4218c709b6df114b847a57d42e8b79f"
    assert not any("." in word for word in V1_WORDS)


def test_the_doubled_hour_is_two_hours() -> None:
    first, second = datetime(2025, 10, 26, 0, tzinfo=UTC), datetime(2025, 10, 26, 1, tzinfo=UTC)
    told = [moment_words(at, "Europe/Berlin") for at in (first, second)]

    assert told == ["2025-10-26T02:00+02:00", "2025-10-26T02:00+01:00"]
    assert [moment_at(text, "Europe/Berlin") for text in told] == [first, second]


def test_hours_of_version_1_are_by_the_surveys_clock() -> None:
    assert moment_at("2025-10-26T02:00", "Europe/Berlin") == datetime(2025, 10, 26, 0, tzinfo=UTC)
    assert moment_at("2025-06-01T10:00", "Asia/Kathmandu") == datetime(2025, 6, 1, 4, 15, tzinfo=UTC)


@SAME
@given(st.sampled_from(ZONES), st.integers(0, 24 * 400))
def test_every_hour_of_every_zone_comes_back(zone: str, hour: int) -> None:
    at = datetime(2024, 12, 1, tzinfo=UTC) + timedelta(hours=hour)

    assert moment_at(moment_words(at, zone), zone) == at


def test_all_faults_of_an_address_are_said_at_once() -> None:
    pairs = (
        ("where.iq", "3"), ("interval", "exact"), ("min_base", "²"), ("window", "0"), ("since", "yesterday"),
        ("with", "nobody"), ("line", "y"), ("until", "0001-01-01"), ("every", "year"),
    )  # fmt: skip

    with pytest.raises(RequestError) as fault:
        read(pairs, SURVEY, OPTIONS)

    for words in (
        "its filter on 'iq' is none of the survey any more", "'interval' is 'exact', expected one of logit, wilson",
        "'min_base' is '²'", "'window' is '0'", "'since' is 'yesterday'", "'with' is 'nobody'", "'line' is 'y'",
        "'until' is '0001-01-01'", "'every' is 'year'",
    ):  # fmt: skip
        assert words in str(fault.value)


def test_a_page_reads_what_is_left_of_an_address() -> None:
    pairs = (("interval", "exact"), ("utm_source", "mail"), ("min_base", "40"), ("where.age", "x"))

    assert read_leniently(pairs, SURVEY, OPTIONS) == Request(where=(("age", ("x",)),), min_base=40)


def test_the_order_of_filters_changes_no_id() -> None:
    one = Request(where=(("age", ("b", "a")), ("by", ("c",))))
    other = Request(where=(("by", ("c",)), ("age", ("a", "b"))))

    ids = {figure_id(write(request, SURVEY), 3) for request in (one, other)}
    assert len(ids) == 1
    assert figure_id(write(one, SURVEY), 4) not in ids


def test_a_filter_is_marked() -> None:
    names = [name for name, _ in write(Request(where=(("by", ("x",)),)), SURVEY)]

    assert names == ["view", f"{WHERE}by"]
