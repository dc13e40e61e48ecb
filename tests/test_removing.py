"""A removed survey is nowhere, comes back as it was, and goes for good when it is due, whoever is killed meanwhile."""

from __future__ import annotations

import itertools
import os
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, event, func, select, update

from analytics.errors import RequestError
from analytics.estimates.snapshots import snapshot_of
from analytics.model import Picture, Quarantined, Response, Segment
from analytics.model.access import EVERYBODY
from analytics.model.crowds import Crowd, OpenCrowd
from analytics.model.request import Request
from analytics.model.responses import Circumstances
from analytics.model.watched import Watch
from analytics.published.review import review
from analytics.store.people.accounts import set_desks
from analytics.store.place.connections import Store, reading, writing
from analytics.store.read.comments import list_comments
from analytics.store.read.status import read_glance, read_listing, read_revisions, read_status
from analytics.store.record.circumstances import day_salt
from analytics.store.record.doubts import add_doubts
from analytics.store.record.imports import read_unfinished, record_import
from analytics.store.record.live import record_responses
from analytics.store.tables import schema
from analytics.store.tables.banners import KeptBanner, keep_banner, read_banners
from analytics.store.tables.editions import KeptEdition, KeptPattern, keep_edition, keep_pattern
from analytics.store.tables.figures import Leaving, Settled, read_figures, register_figure, settle_figure
from analytics.store.tables.opening import open_store, opened_store
from analytics.store.tables.pictures import put_picture
from analytics.store.tables.segments import save_segment
from analytics.store.tables.surveys import find_survey, read_survey, read_surveys
from analytics.store.tables.watches import KeptWatch, keep_watch
from analytics.store.tend import removing
from analytics.store.tend.hiding import hide_comment
from analytics.store.tend.keeping import erase_responses, read_audit
from analytics.store.tend.removing import OUTLIVE, bring_back, purge_due, read_removed, remove_survey
from analytics.store.tend.storms import decide_on_storm, keep_open_crowds
from analytics.store.tend.tombstones import erase_again, tombstones_of
from analytics.store.tend.verify import verify_store
from tests.conftest import ROOT
from tests.loaded import ran
from tests.surveys import NOW, RIVER, TWELVE, Reader, chunk_of, opened, record

BRIDGE = replace(RIVER, key="bridge", title="The bridge")
LATER = NOW + timedelta(days=31)
PNG = b"\x89PNG\r\n\x1a\n, and what it shows"


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    """Gives a store with two surveys, of which `river` has something in every table."""
    with opened(address) as engine:
        lay_out(engine)
        yield engine


def lay_out(engine: Store) -> None:
    record(engine, BRIDGE, TWELVE)
    aside = Quarantined("id:aside", 14, ("14", "Mabye"), ("move: found 'Mabye', expected a choice",))
    chunk = replace(chunk_of(RIVER, TWELVE), quarantined=(aside,), read=13)
    record_import(engine, RIVER, [chunk], file="river.csv", content="abc", now=NOW)
    answer = Response("13", {"move": ("Yes",)}, {"age": "60+"}, {"": "A bridge, please."})
    record_responses(engine, "river", [replace(answer, circumstances=Circumstances(placement="below"))])
    with writing(engine) as connection:
        add_doubts(connection, id_of(engine, "river"), [(5, "fast")])
    day_salt(engine, "river", now=NOW)
    erase_responses(engine, "river", ["0"], now=NOW)
    keep_banner(engine, "river", KeptBanner("By age", "groups=age", NOW))
    put_picture(engine, "river", Picture("image/png", PNG, "The river", "Our own"), now=NOW)
    save_segment(engine, "river", Segment("old", "The old", "", Request(where=(("age", ("60+",)),))), now=NOW)
    comments = list_comments(engine, "river", Request(), [""], texts=True, person=EVERYBODY)
    hide_comment(engine, "river", int(comments["response_no"].iloc[0]), "", by="Ada", now=NOW)
    set_desks(engine, "river", ["city"], by="", now=NOW)
    keep_edition(engine, "river", KeptEdition(1, NOW, 99, 12, "day", b"sums"))
    keep_pattern(engine, "river", "move", KeptPattern(1, b"cells"))
    crowd = Crowd("referrer", "forum.example", int(NOW.timestamp()), int(NOW.timestamp()) + 600)
    decide_on_storm(engine, "river", crowd, "watch", name="A crowd", answers=3, by="Ada", now=NOW)
    keep_open_crowds(engine, "river", (OpenCrowd(crowd, 3, 0, 3),), now=NOW)
    address = (("survey", "river"), ("question", "move"))
    watch = Watch("river", "w-one", address, "share", "Yes", 3, "hour", "Ada", ("a@b.example",), "en", NOW, "Ada")
    keep_watch(engine, KeptWatch(watch))
    leaving = Leaving("river", "f-one", (("view", "topline"), ("survey", "river")), 1, {"title": "Yes"}, [])
    register_figure(engine, leaving, name="one.png", sha256="00", now=NOW)


def rows_of(engine: Store, survey_id: int) -> dict[str, int]:
    """Returns how many rows of the survey each table has."""
    with reading(engine) as connection:
        return {
            table.name: connection.execute(
                select(func.count()).select_from(table).where(table.c.survey_id == survey_id)
            ).scalar_one()
            for table in schema.metadata.sorted_tables
            if "survey_id" in table.c
        }


def id_of(engine: Store, key: str) -> int:
    with reading(engine) as connection:
        query = select(schema.survey.c.survey_id).where(schema.survey.c.key == key)
        return int(connection.execute(query).scalar_one())


def test_a_removed_survey_is_in_no_list_and_under_no_key(store: Store) -> None:
    remove_survey(store, "river", by="Ada", now=NOW)

    assert [one.key for one in read_surveys(store)] == ["bridge"]
    assert [one.key for one in read_glance(store, 7).surveys] == ["bridge"]
    assert read_listing(store, ["river"]) == []
    assert list(read_revisions(store)) == ["bridge"]
    assert read_unfinished(store) == {}
    assert find_survey(store, "river") is None
    for read in (read_survey, read_status, read_banners):
        with pytest.raises(RequestError, match="survey 'river' was removed on 1 June 2025: bring it back"):
            read(store, "river")
    with pytest.raises(RequestError, match=r"there is: bridge$"):
        read_survey(store, "brigde")


def test_nobody_writes_to_a_removed_survey(store: Store) -> None:
    remove_survey(store, "river", by="Ada", now=NOW)

    with pytest.raises(RequestError, match="was removed on"):
        record(store, RIVER, TWELVE)
    with pytest.raises(RequestError, match="was removed on"):
        record_responses(store, "river", [Response("99", {"move": ("Yes",)})])
    with pytest.raises(RequestError, match="was removed on"):
        remove_survey(store, "river", by="Bob", now=NOW)


def test_the_list_of_removed_surveys_says_by_whom_and_until_when(store: Store) -> None:
    remove_survey(store, "bridge", by="Bob", now=NOW - timedelta(days=1))
    remove_survey(store, "river", by="Ada", now=NOW)

    told = [(one.key, one.title, one.removed_by, one.purge_at - one.removed_at) for one in read_removed(store)]

    month = timedelta(days=30)
    assert told == [("river", "The river", "Ada", month), ("bridge", "The bridge", "Bob", month)]


def test_a_survey_brought_back_is_as_it_was(store: Store) -> None:
    before, status = rows_of(store, id_of(store, "river")), read_status(store, "river")
    remove_survey(store, "river", by="Ada", now=NOW)

    bring_back(store, "river", by="Bob", now=NOW + timedelta(days=29))

    after = rows_of(store, id_of(store, "river"))
    assert after == before | {"audit": before["audit"] + 2}
    assert replace(read_status(store, "river"), revision=0) == replace(status, revision=0)
    assert read_status(store, "river").revision > status.revision  # whoever keeps a copy reads it anew
    assert read_removed(store) == ()
    assert [(one.action, one.by, one.responses) for one in read_audit(store, "river")][-2:] == [
        ("removed", "Ada", 12), ("brought back", "Bob", 12),
    ]  # fmt: skip
    with pytest.raises(RequestError, match="was not removed"):
        bring_back(store, "river", by="Bob", now=NOW)


def test_what_is_due_goes_from_every_table_but_those_that_outlive_it(store: Store) -> None:
    number, bridge = id_of(store, "river"), rows_of(store, id_of(store, "bridge"))
    full = rows_of(store, number)
    remove_survey(store, "river", by="Ada", now=NOW)
    assert purge_due(store, now=NOW + timedelta(days=29)) == ()

    assert purge_due(store, now=LATER) == ("river",)

    after = rows_of(store, number)
    names = {table.name for table in OUTLIVE}
    assert all(full[name] > 0 for name in full if name != "pending")  # else nothing is shown here
    assert {name for name, count in after.items() if count} == names - {"about"}
    assert rows_of(store, id_of(store, "bridge")) == bridge
    assert [len(one.wrong) for one in verify_store(store)] == [0]
    assert purge_due(store, now=LATER) == ()
    with pytest.raises(RequestError, match="cannot be brought back"):
        bring_back(store, "river", by="Ada", now=LATER)


def test_a_survey_gone_for_good_keeps_its_audit_and_its_published_figures(store: Store) -> None:
    remove_survey(store, "river", by="Ada", now=NOW)
    purge_due(store, now=LATER)

    assert [(one.action, one.responses) for one in read_audit(store, "river")][-2:] == [("removed", 12), ("purged", 12)]
    assert all(one.before is None for one in read_audit(store, "river"))
    (figure,) = read_figures(store)
    assert (figure.survey, figure.removed) == ("river", True)
    assert review(figure, lambda key: snapshot_of(store, key, now=LATER)).standing.verdict == "survey removed"
    settle_figure(store, "river", "f-one", Settled(LATER, 1, "Taken down", []))
    (figure,) = read_figures(store)
    assert review(figure, lambda key: snapshot_of(store, key, now=LATER)).standing.verdict == "seen to"


def test_an_erased_reader_stays_erased_when_a_survey_that_is_gone_is_imported_again(store: Store) -> None:
    number = id_of(store, "river")
    remove_survey(store, "river", by="Ada", now=NOW)
    purge_due(store, now=LATER)

    again = record(store, replace(RIVER, title="The river, once more"), TWELVE)

    assert (again.stored, again.rejected) == (11, 1)
    assert read_survey(store, "river").title == "The river, once more"
    assert id_of(store, "river") == number
    assert {one.survey: len(one.wrong) for one in verify_store(store)} == {"bridge": 0, "river": 0}


def test_a_reader_of_a_removed_survey_can_still_be_erased(store: Store) -> None:
    remove_survey(store, "river", by="Ada", now=NOW)

    assert erase_responses(store, "river", ["1"], now=NOW).responses == 1
    assert erase_again(store, tombstones_of(store), now=NOW)[0].unknown == 0

    bring_back(store, "river", by="Ada", now=NOW)
    assert read_status(store, "river").counted == 11
    assert sum(len(one.wrong) for one in verify_store(store)) == 0


def test_a_survey_is_not_purged_while_somebody_may_still_be_writing_to_it(store: Store) -> None:
    remove_survey(store, "river", by="Ada", now=NOW, days=0)

    assert purge_due(store, now=NOW + timedelta(seconds=59)) == ()
    assert purge_due(store, now=NOW + timedelta(seconds=60)) == ("river",)


def test_an_import_that_is_under_way_cannot_go_on_once_its_survey_is_purged(store: Store) -> None:
    def chunks() -> Iterator[object]:
        yield chunk_of(RIVER, [Reader("id:a", {"move": ("Yes",)})])
        yield chunk_of(RIVER, [Reader("id:b", {"move": ("Yes",)})])
        remove_survey(store, "river", by="Ada", now=NOW)
        purge_due(store, now=LATER)
        yield chunk_of(RIVER, [Reader("id:c", {"move": ("Yes",)})])

    with pytest.raises(RequestError, match="gone for good"):
        record_import(store, RIVER, chunks(), file="river.csv", now=NOW, whole_rows=1)  # type: ignore[arg-type]

    assert rows_of(store, id_of(store, "river"))["response"] == 0


def many(engine: Store, count: int) -> None:
    """Has the survey `river` gain so many readers."""
    record(engine, RIVER, [Reader(f"id:more {n}", {"move": ("No",)}, {"age": "60+"}) for n in range(count)])


def test_several_that_purge_at_once_delete_each_survey_once(address: str) -> None:
    with opened(address) as store:
        lay_out(store)
        many(store, 300)
        for key in ("river", "bridge"):
            remove_survey(store, key, by="Ada", now=NOW)

    def purge(_: int) -> tuple[str, ...]:
        with opened_store(address) as own:
            return purge_due(own, now=LATER)

    with ThreadPoolExecutor(4) as pool:
        gone = [key for keys in pool.map(purge, range(4)) for key in keys]

    assert sorted(gone) == ["bridge", "river"]
    with opened_store(address) as store:
        assert [one.action for one in read_audit(store, "river")].count("purged") == 1


def purge_until_killed(address: str, fatal: int, now: datetime) -> None:
    """Purges what is due, and is killed by the system before the statement or commit of that number."""
    steps = itertools.count(1)

    def step(*_: object) -> None:
        if next(steps) == fatal:
            os.kill(os.getpid(), signal.SIGKILL)

    engine = open_store(address)
    event.listen(Engine, "before_cursor_execute", step)
    event.listen(Engine, "commit", step)
    purge_due(engine, now=now)


def purge_killed_everywhere(address: str, at_once: int) -> None:
    """Kills a child at step after step, each going on from where the last one was; each leaves a whole store."""
    removing.AT_ONCE = at_once
    deaths = 0
    for fatal in itertools.count(4, 2):
        if (child := os.fork()) == 0:
            purge_until_killed(address, fatal, LATER)
            os._exit(0)
        if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0:
            break
        deaths += 1
        with opened_store(address) as store:
            assert {one.survey: len(one.wrong) for one in verify_store(store)}["bridge"] == 0
    assert deaths >= 10, deaths


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the harness needs fork")
def test_a_purge_killed_at_any_step_is_ended_by_those_that_follow(address: str) -> None:
    with opened(address) as store:
        lay_out(store)
        remove_survey(store, "river", by="Ada", now=NOW)
        number, bridge = id_of(store, "river"), rows_of(store, id_of(store, "bridge"))
    program = f"from tests.test_removing import purge_killed_everywhere as run; run({address!r}, 20)"

    ran("-c", program, cwd=ROOT, check=True, capture=False)

    with opened(address) as store:
        left = {name for name, count in rows_of(store, number).items() if count}
        assert left == {table.name for table in OUTLIVE} - {"about"}
        assert rows_of(store, id_of(store, "bridge")) == bridge
        assert [one.action for one in read_audit(store, "river")].count("purged") == 1
        with reading(store) as connection:
            ended = select(schema.survey.c.purged_at).where(schema.survey.c.survey_id == number)
            assert connection.execute(ended).scalar() is not None


def test_a_survey_being_purged_can_neither_be_brought_back_nor_recorded(store: Store) -> None:
    remove_survey(store, "river", by="Ada", now=NOW)
    with writing(store) as connection:
        ours = schema.survey.c.key == "river"
        connection.execute(update(schema.survey).where(ours).values(purging_at=1, definition=""))

    assert read_removed(store) == ()
    with pytest.raises(RequestError, match="being purged"):
        bring_back(store, "river", by="Ada", now=NOW)
    with pytest.raises(RequestError, match="being purged"):
        record(store, RIVER, TWELVE)
    assert {one.survey for one in verify_store(store)} == {"bridge"}


def test_nothing_of_a_purged_survey_is_left_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    with opened(str(path)) as store:
        lay_out(store)
        remove_survey(store, "river", by="Ada", now=NOW)
        purge_due(store, now=LATER)

    left = path.read_bytes()
    assert b"A bridge, please." not in left
    assert b"Mabye" not in left
    assert PNG not in left
