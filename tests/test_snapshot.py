"""A snapshot is of one moment, a request of the instants it names, a segment of the readers it was kept with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import insert, select

from analytics.errors import RequestError, StoreError
from analytics.estimates.time.trend import trend
from analytics.estimates.whole.gaps import survey_gaps
from analytics.estimates.whole.topline import topline
from analytics.model import EVERYBODY, Person, Segment, Snapshot, Wanted
from analytics.model.access import may_see_responses
from analytics.model.request import Request
from analytics.pages.ground import sources
from analytics.store.place.connections import Store, writing
from analytics.store.tables import schema
from analytics.store.tables.segments import read_segments, save_segment
from tests.pages_fixture import pages_over
from tests.surveys import BERLIN, NOW, RIVER, TWELVE, Reader, opened, people, record, snapshot

MOVE = Request(question="move", weights="none")
NEW_YORK = ZoneInfo("America/New_York")


@pytest.fixture
def growing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """Gives a store that the pages read while more answers come in."""
    path = tmp_path / "opinions.sqlite"
    with opened(path) as store:
        record(store, RIVER, people(0, 60))
        with pages_over(path, monkeypatch):
            yield store


def newest() -> Snapshot:
    """Returns the survey as the store has it now: what was read a moment ago is shared for as long as that took."""
    revision = sources.revisions()["river"]
    while (found := sources.snapshot_at("river", revision)).status.revision < revision:
        pass
    return found


def more(store: Store, first: int) -> None:
    record(store, RIVER, [Reader(f"id:more {first}", {"move": ("Yes",)})])


def test_a_page_never_keeps_newer_cells_under_an_older_revision(growing: Store) -> None:
    first = newest()
    more(growing, 1)
    second = newest()  # as a fragment or the register does during one run of a page
    new = second.read(Wanted("move"))

    assert new.revision == second.status.revision > first.status.revision
    with pytest.raises(StoreError, match="came in while it was read"):  # a page's run would begin anew
        first.read(Wanted("move"))


def test_what_a_page_has_read_stays_of_its_moment_while_answers_come_in(growing: Store) -> None:
    first = newest()
    sources.once(first, "topline", MOVE, work=lambda: topline(first, MOVE))
    read = newest()
    before = topline(read, MOVE).base_n
    more(growing, 1)
    second = newest()

    kept = sources.once(second, "topline", MOVE, work=lambda: topline(second, MOVE))

    assert (topline(read, MOVE).base_n, kept.base_n) == (before, before + 1)
    assert kept.status.revision == second.status.revision


def test_another_survey_is_of_the_same_moment_and_the_survey_itself_is_itself(growing: Store) -> None:
    record(growing, replace(RIVER, key="brook", title="Brook"), people(0, 30))
    page = newest()
    command = snapshot(growing)

    for one in (page, command):
        assert one.other("river") is one
        assert one.other("brook").survey.title == "Brook"
        with pytest.raises(RequestError, match="lake"):
            one.other("lake")
    assert command.other("brook").now == command.now


def test_a_snapshot_of_cells_alone_is_enough_for_an_estimate_and_says_what_it_lacks() -> None:
    with opened() as store:
        record(store, RIVER, TWELVE)
        whole = snapshot(store)
        bare = Snapshot(whole.survey, whole.status, whole.read, NOW)

        assert topline(bare, MOVE).estimates.equals(topline(whole, MOVE).estimates)
        assert bare.segments() == ()
        with pytest.raises(RequestError, match="survey 'brook' cannot be read from here"):
            bare.other("brook")


def test_a_request_is_of_moments_however_their_clock_was_written() -> None:
    noon = datetime(2025, 5, 20, 12, tzinfo=UTC)
    one, other = (Request(since=noon.astimezone(zone), until=noon + timedelta(days=1)) for zone in (BERLIN, NEW_YORK))

    assert one == other
    assert hash(one) == hash(other)
    assert one.since is not None
    assert one.since.tzinfo is UTC


def test_the_two_hours_that_a_clock_shows_twice_are_two_requests() -> None:
    first, second = (Request(since=datetime(2025, 10, 26, 2, tzinfo=BERLIN, fold=fold)) for fold in (0, 1))

    assert first != second


def test_a_trend_without_periods_is_refused_with_what_to_choose() -> None:
    with opened() as store:
        record(store, RIVER, TWELVE)

        with pytest.raises(RequestError, match="choose hours, days, weeks, months or waves"):
            trend(snapshot(store), MOVE)


def test_the_same_readers_are_not_two_samples_whatever_else_is_asked_of_them() -> None:
    with opened() as store:
        record(store, RIVER, TWELVE)
        one = snapshot(store)

        with pytest.raises(RequestError, match="both sides are the same readers"):
            survey_gaps((one, MOVE), (one, replace(MOVE, question="trust")), {"Yes": "5"})


def test_segments_that_were_kept_before_are_read_as_they_were() -> None:
    kept = (
        '{"key": "late", "name": "Late", "description": "", "where": [["age", ["60+", "18-29"]]], '
        '"since": "2025-05-01T00:00:00+02:00", "until": null, "standing": "first"}'
    )
    with opened() as store:
        record(store, RIVER, TWELVE)
        with writing(store) as connection:
            survey_id = connection.execute(select(schema.survey.c.survey_id)).scalar()
            row = {"survey_id": survey_id, "key": "late", "definition": kept, "changed_at": 0}
            connection.execute(insert(schema.segment).values(row))

        readers = Request(
            where=(("age", ("60+", "18-29")),), since=datetime(2025, 5, 1, tzinfo=BERLIN), standing="first"
        )
        found = Segment("late", "Late", "", readers)
        assert read_segments(store, "river") == (found,)
        assert save_segment(store, "river", replace(found, name="Later"), now=NOW) == found
        assert read_segments(store, "river") == (replace(found, name="Later"),)


def test_single_responses_are_open_to_whoever_has_the_role() -> None:
    analyst, editor = (Person("ann@example.org", frozenset({role})) for role in ("analyst", "editor"))  # type: ignore[arg-type]

    assert [may_see_responses(one) for one in (EVERYBODY, analyst, editor)] == [True, True, False]
