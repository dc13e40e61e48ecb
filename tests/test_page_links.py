"""The links between pages lead to the same readers, counted in the same way: read back by the one grammar."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs, parse_qsl

import pytest
from streamlit.testing.v1 import AppTest

from analytics.demo import DEMO_KEY
from analytics.model import Segment, Survey
from analytics.model.address import read
from analytics.model.request import Request
from analytics.store.tables.opening import open_store
from analytics.store.tables.segments import save_segment
from analytics.store.tables.surveys import read_survey
from tests.made.sheets import frames
from tests.pages_fixture import NOW, definition, import_survey, links_of, page_at, pages_over, readers

Opener = Callable[..., AppTest]
JUNE_1 = datetime(2025, 5, 31, 22, tzinfo=UTC)
JUNE_2 = datetime(2025, 6, 1, 22, tzinfo=UTC)
TEN, NOON = datetime(2025, 6, 1, 8, tzinfo=UTC), datetime(2025, 6, 1, 10, tzinfo=UTC)
COUNTED_OTHERWISE = {"interval": "wilson", "variance": "fixed", "base": "all", "min_base": "40"}
OTHERWISE = Request(survey="phones", interval="wilson", variance="fixed", base="all", min_base=40)
SECOND = """
[[question]]
key = "why"
column = "gender"
text = "For whom should they?"
kind = "single"
choices = [{value = "f", label = "For girls"}, {value = "m", label = "For boys"}]
"""
CELL = ["ban", "share", "y", "gender", "f"]


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A survey by the clock of Berlin, with readers on three days."""
    path = tmp_path / "opinions.sqlite"
    rows = [row for place in range(3) for row in readers(240, first=1 + 240 * place, day=f"2025-06-0{place + 1}")]
    import_survey(path, definition(more=SECOND), rows)
    return path


@pytest.fixture
def page(database: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Opener]:
    with pages_over(database, monkeypatch):
        yield lambda name, **address: page_at(name, {"survey": "phones"} | address).run()


@pytest.fixture
def survey(database: Path) -> Survey:
    engine = open_store(str(database))
    found = read_survey(engine, "phones")
    engine.dispose()
    return found


def keep(database: Path, segment: Segment) -> None:
    engine = open_store(str(database))
    save_segment(engine, "phones", segment, now=NOW)
    engine.dispose()


def requests(app: AppTest, survey: Survey, *labels: str) -> list[Request]:
    """What each link with one of these labels asks for."""
    assert not app.exception
    links = [link for link in links_of(app) if link.label in labels]
    return [read(parse_qsl(link.query_string, keep_blank_values=True), survey) for link in links]


@pytest.mark.parametrize(
    ("since", "until", "moments"),
    [
        ("2025-06-01", "2025-06-02", (JUNE_1, JUNE_2)),
        ("2025-06-01T10:00", "2025-06-01T12:00", (TEN, NOON)),
        ("2025-06-01T10:00+02:00", "2025-06-01T12:00+02:00", (TEN, NOON)),
    ],
    ids=["days", "hours of version 1", "hours"],
)
def test_an_opened_cell_leads_to_its_own_readers(
    page: Opener, survey: Survey, since: str, until: str, moments: tuple[datetime, datetime]
) -> None:
    app = page("crosstabs", cell=CELL, since=since, until=until, **{"where.age": ["18-29", "60+"]})

    group = Request(  # the first question is what every page shows by itself, so no link names it
        survey="phones", where=(("age", ("18-29", "60+")), ("gender", ("f",))),
        since=moments[0], until=moments[1],
    )  # fmt: skip
    givers = replace(group, where=(*group.where, ("ban", ("y",))))
    assert requests(app, survey, "Look at this group") == [group]
    assert requests(app, survey, "See their responses") == [givers]
    assert requests(app, survey, "Read their comments") == []  # nothing in this survey asks for any


@pytest.mark.parametrize("weighting", ["raked", "heavy"])
def test_a_weighting_that_the_survey_has_not_is_said_not_to_be_there(page: Opener, weighting: str) -> None:
    said = [one.value for one in page("survey", weighting=weighting).warning]

    assert any("The link asks for" in one and f"Weighting: {weighting}" in one.replace("\\", "") for one in said)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"since": "2099-01-01"}, "answers from 1 January 2099 on. The last one came on 3 June 2025"),
        ({"until": "2020-01-01"}, "answers before 1 January 2020. The first one came on 1 June 2025"),
    ],
)
def test_a_link_to_a_time_without_answers_says_which_day_is_shown(
    page: Opener, asked: dict[str, str], told: str
) -> None:
    app = page("survey", **asked)

    shown = " ".join(str(one.value) for one in app.warning).replace("\xa0", " ")
    assert told in shown


def test_the_demo_is_one_click_away_beside_surveys_of_ones_own(page: Opener) -> None:
    app = page("imports")
    (load,) = [one for one in app.main.button if one.label == "Load the simulated survey"]

    load.click().run()

    assert not page("survey", survey=DEMO_KEY).error
    assert "Load the simulated survey" not in [one.label for one in page("imports").main.button]


def test_nothing_is_said_of_a_link_that_asks_for_what_there_is(page: Opener) -> None:
    app = page("survey", question="ban", since="2025-06-01", weighting="none", **{"where.age": "18-29"})

    assert not [one.value for one in app.warning if "The link asks" in one.value]


def test_an_opened_cell_leads_to_numbers_counted_in_the_same_way(page: Opener, survey: Survey) -> None:
    app = page("crosstabs", cell=CELL, **COUNTED_OTHERWISE)

    assert requests(app, survey, "Look at this group") == [replace(OTHERWISE, where=(("gender", ("f",)),))]


def test_the_link_of_a_segments_cell_keeps_whom_both_filters_keep(page: Opener, database: Path, survey: Survey) -> None:
    keep(database, Segment("adult", "Adult", readers=Request(where=(("age", ("30-59", "60+")),), since=TEN)))

    app = page(
        "crosstabs", segment="adult", banner="none", cell=["ban", "share", "y", "segment", "adult"], until="2025-06-02",
        **{"where.age": ["18-29", "30-59"]},
    )  # fmt: skip

    assert requests(app, survey, "Look at this group") == [
        Request(survey="phones", where=(("age", ("30-59",)),), since=TEN, until=JUNE_2)
    ]


def test_a_segments_links_keep_its_hours_and_how_it_is_counted(page: Opener, database: Path, survey: Survey) -> None:
    keep(database, Segment("lunch", "Lunch", readers=Request(where=(("gender", ("m",)),), since=TEN, until=NOON)))

    app = page("segments", **COUNTED_OTHERWISE)

    asked = replace(OTHERWISE, where=(("gender", ("m",)),), since=TEN, until=NOON)
    assert requests(app, survey, "What they say", "In a table") == [asked, asked]


def test_readers_kept_as_a_segment_take_their_hours_and_their_counting_along(page: Opener, survey: Survey) -> None:
    filters = {"since": "2025-06-01T10:00", "until": "2025-06-01T12:00", "gender": "m"}

    app = page("survey", **filters, **COUNTED_OTHERWISE)

    asked = replace(OTHERWISE, where=(("gender", ("m",)),), since=TEN, until=NOON)
    assert requests(app, survey, "Keep these readers as a segment") == [asked]


def test_segments_side_by_side_are_counted_as_the_address_says(page: Opener, database: Path) -> None:
    for key, value in (("women", "f"), ("men", "m")):
        keep(database, Segment(key, key.title(), readers=Request(where=(("gender", (value,)),))))

    usual = page("segments", segment=["women", "men"])
    large = page("segments", segment=["women", "men"], min_base="1000")

    numbers, withheld = (str([frame.to_dict() for frame in frames(app)]) for app in (usual, large))
    assert "fewer than 1,000" not in numbers
    assert "fewer than 1,000" in withheld


@pytest.mark.parametrize("name", ["survey", "crosstabs", "segments"])
def test_an_address_of_version_1_is_changed_to_todays(page: Opener, name: str) -> None:
    app = page(name, age=["18-29", "60+"], since="2025-06-01T10:00", utm_source="mail")

    assert not app.exception
    assert app.query_params["where.age"] == ["18-29", "60+"]
    assert (app.query_params["since"], app.query_params["utm_source"]) == ("2025-06-01T10:00+02:00", "mail")
    assert "age" not in app.query_params


LEADING: list[tuple[str, dict[str, str | list[str]]]] = [
    ("crosstabs", {"cell": CELL}),
    ("crosstabs", {"cell": CELL, "where.age": ["60+", "18-29"], "where.ban": "y", "since": "2025-06-02"}),
    ("crosstabs", {"cell": ["ban", "share", "y", "segment", "men"], "segment": "men", **COUNTED_OTHERWISE}),
    ("segments", {"question": "ban"}),
    ("survey", {"where.gender": "m", "by": "gender"}),
    ("comments", {"where.gender": "m", "question": "ban", "part": "themes"}),
]


def test_no_link_is_changed_by_the_page_that_it_leads_to(page: Opener, database: Path) -> None:
    """What a page changes in its address is another step of history: the first Back after the link would do nothing."""
    keep(database, Segment("men", "Men", readers=Request(where=(("gender", ("m",)),))))
    kinds: dict[object, tuple[str, str, dict[str, list[str]]]] = {}
    for name, address in LEADING:
        links = [link.proto for link in page(name, **address).get("page_link")]
        links = [link for link in links if link.label not in ("Newsroom", "Import")]
        assert links
        # Links to one page that state as much of it differ by the answers and groups that they name, and by the page
        # that they stand on: one of each is opened.
        for link in links:
            asked = parse_qs(link.query_string, keep_blank_values=True)
            kinds[(link.page, *asked, *map(len, asked.values()))] = (link.label, link.page, asked)

    for label, target, asked in kinds.values():
        arrived = page_at(target or "newsroom", asked).run()
        assert not arrived.exception
        assert {name: [*values] for name, values in _address(arrived).items()} == asked, label


def _address(app: AppTest) -> dict[str, list[str]]:
    return {name: [values] if isinstance(values, str) else values for name, values in app.query_params.items()}


HOSTILE: list[tuple[str, dict[str, str | list[str]]]] = [
    ("survey", {"survey": "\0"}),
    ("survey", {"survey": "../../etc/passwd"}),
    ("survey", {"by": ["gender", "age", "ban", "why", "gender.age.ban.why"]}),
    ("survey", {"since": "0001-01-01", "until": "9999-12-31"}),
    ("survey", {"since": "2025-13-45T99:99", "until": "NaN"}),
    ("survey", {"since": "2025-05-22T10:00:00.000000001+99:99"}),
    ("survey", {"min_base": "1e309", "window": "999999999999", "every": "second"}),
    ("survey", {"min_base": "\u0661\u0660", "weights": ["none", "raked"], "interval": "x"}),
    ("survey", {"age": "a,b,,," * 500, "gender": "<script>alert(1)</script>"}),
    ("survey", {"lang.page": "../../x", "unasked": "true", "standing": "all"}),
    ("survey", {"every": "hour", "since": "1900-01-01", "until": "2200-01-01"}),
    ("crosstabs", {"by": "ban.ban.ban", "level": "5e-324", "letters": "yes"}),
    ("crosstabs", {"stub": ["ban"] * 60, "by": ["gender"] * 60}),
    ("compare", {"with": "\0", "map": "a=b=c"}),
    ("compare", {"with": "phones", "wave": "9" * 5_000}),
    ("comments", {"search": "((((((a+)+)+)+" + "a" * 3_000}),
    ("comments", {"search": '""" AND NEAR(%%%', "page": "9" * 40}),
    ("responses", {"response": "';DROP TABLE response", "page": "1e9", "sort": "__class__"}),
    ("segments", {"segment": "' OR 1=1--", "left": "a", "right": "a"}),
    ("published", {"figure": "../../../etc/passwd", "id": "-1"}),
    ("storms", {"storm": "9" * 40}),
    ("people", {"email": "\r\nSet-Cookie: a=b"}),
    ("imports", {"draft": "../../etc/passwd", "step": "-1"}),
    ("ask", {"question": "\u202e\u2066", "survey": "phones" * 900}),
]


@pytest.mark.parametrize(("name", "address"), HOSTILE)
def test_no_hostile_link_costs_more_than_ten_seconds_or_is_an_incident(
    page: Opener, name: str, address: dict[str, str | list[str]]
) -> None:
    began = time.process_time()

    shown = page(name, **address)

    assert time.process_time() - began < 10
    assert not shown.exception
    assert [one.value for one in shown.error if "incident" in one.value.lower()] == []
