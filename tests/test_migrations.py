"""An older store opens as today's: nothing lost, the tally a recount, and no state between the two."""

from __future__ import annotations

import contextlib
import itertools
import os
import signal
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Engine, create_engine, event, inspect, select, text

from analytics.errors import StoreError
from analytics.model import Response, Source, Wanted
from analytics.model.access import EVERYBODY
from analytics.model.crowds import Crowd, OpenCrowd
from analytics.model.request import Request
from analytics.model.responses import Circumstances
from analytics.model.watched import Watch
from analytics.store.follow.survey_copy import read_cells
from analytics.store.people.accounts import read_accounts
from analytics.store.people.looks import read_looks
from analytics.store.people.spent import spend
from analytics.store.place.connections import Store, reading, writing
from analytics.store.read.comments import count_comments
from analytics.store.read.doubts import read_doubts
from analytics.store.read.status import read_status
from analytics.store.record.live import record_responses
from analytics.store.tables import migrations, schema
from analytics.store.tables.banners import read_banners
from analytics.store.tables.editions import KeptEdition, KeptPattern, keep_edition, keep_pattern, read_editions
from analytics.store.tables.fieldwork import read_fieldwork
from analytics.store.tables.figures import Registered, read_figure, read_figures
from analytics.store.tables.opening import open_store
from analytics.store.tables.segments import read_segments
from analytics.store.tables.surveys import read_survey, save_survey
from analytics.store.tables.watches import KeptWatch, keep_watch, read_watches
from analytics.store.tend.distributing import distribute
from analytics.store.tend.hiding import read_hidden
from analytics.store.tend.keeping import read_audit, verify_responses
from analytics.store.tend.removing import read_removed
from analytics.store.tend.storms import decide_on_storm, read_open_crowds, read_storms
from analytics.store.tend.verify import verify_store
from tests.cluster import Cluster
from tests.conftest import ROOT, SERVERS
from tests.loaded import ran
from tests.postgres import Server
from tests.surveys import NOW, RIVER, TWELVE, Reader, opened, record

REFERENCE = ROOT / "tests" / "reference"

VERSION_1 = {"response": 75, "comment": 6, "quarantine": 1, "import": 2, "survey": 2, "tally": 342}
"""How many rows the store of version 1 has: 60 readers of one survey, 15 of another."""


@pytest.fixture(params=["sqlite", *SERVERS])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Gives the address of an empty database, of each kind in turn; on a cluster nothing is spread in it yet."""
    if request.param == "citus":
        cluster: Cluster = request.getfixturevalue("citus")
        with cluster.bare_database() as bare:
            yield bare
    else:
        in_file = request.param == "sqlite"
        yield str(tmp_path / "store.sqlite") if in_file else request.getfixturevalue("bare_postgres_address")


@pytest.fixture
def old(address: str) -> str:
    """Gives the address of the store that version 1 of the program wrote, on each kind of database in turn."""
    return store_of_version(1, address)


@pytest.fixture
def second(address: str) -> str:
    """Gives the address of one that version 2 wrote, with five registered figures and a poll added since."""
    return store_of_version(2, address)


@pytest.fixture
def third(address: str) -> str:
    """Gives the address of one that version 3 wrote, with a segment, two comments and an erased reader."""
    return store_of_version(3, address)


@pytest.fixture
def fourth(address: str) -> str:
    """Gives the address of one that version 4 wrote, with a banner, a picture, a hidden comment, a removed survey."""
    return store_of_version(4, address)


@pytest.fixture
def fifth(address: str) -> str:
    """Gives the address of one that version 5 wrote, with a survey that is asked, and somebody who is admitted."""
    return store_of_version(5, address)


@pytest.fixture
def sixth(address: str) -> str:
    """Gives the address of one that version 6 wrote, with an answer that waits and a tally by hour."""
    return store_of_version(6, address)


@pytest.fixture
def seventh(address: str) -> str:
    """Gives the address of one that version 7 wrote, which is of version 6 without its tally by hour."""
    return store_of_version(7, address)


@pytest.fixture
def eighth(address: str) -> str:
    """Gives the address of one that version 8 wrote, which is of version 7 with an edition."""
    return store_of_version(8, address)


@pytest.fixture
def ninth(address: str) -> str:
    """Gives the address of one that version 9 wrote, which is of version 8 with a crowd that is watched."""
    return store_of_version(9, address)


@pytest.fixture
def tenth(address: str) -> str:
    """Gives the address of one that version 10 wrote, which is of version 9 with a number that is watched."""
    return store_of_version(10, address)


@pytest.fixture
def eleventh(address: str) -> str:
    """Gives the address of one that version 11 wrote, which is of version 10 with a response that is doubted."""
    return store_of_version(11, address)


@pytest.fixture
def twelfth(address: str) -> str:
    """Gives the address of one that version 12 wrote, which is of version 11 with a decision and two open crowds."""
    return store_of_version(12, address)


@pytest.fixture(params=[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
def older(request: pytest.FixtureRequest, address: str) -> str:
    """Gives the address of a store of each older version in turn."""
    return store_of_version(request.param, address)


def store_of_version(version: int, address: str) -> str:
    kind = kind_of(address)
    rows = ["store_version_1_rows"] if version == 1 else []
    return written(address, f"store_version_{version}_{kind}", *rows)


def kind_of(address: str) -> str:
    return "postgresql" if "://" in address else "sqlite"


def written(address: str, *names: str) -> str:
    """Writes these files into the empty database, and returns its address."""
    parts = [(REFERENCE / f"{name}.sql").read_text(encoding="utf-8") for name in names]
    if kind_of(address) == "postgresql":
        with psycopg.connect(address) as server:
            server.execute("".join(parts).encode())
        return address
    database = sqlite3.connect(address)
    whole = parts[0].startswith("BEGIN")  # a disk takes its time for each transaction
    database.executescript("\n".join(parts if whole else ["BEGIN;", *parts, "COMMIT;"]))
    database.close()
    return address


def shape(address: str) -> dict[str, object]:
    """Returns the columns, keys and indexes of every table."""
    engine = create_engine(address.replace("://", "+psycopg://") if "://" in address else f"sqlite:///{address}")
    with engine.connect() as connection:
        look = inspect(connection)
        columns, keys, indexes, unique = (
            {name: of for (_, name), of in every().items()}
            for every in (
                look.get_multi_columns, look.get_multi_pk_constraint, look.get_multi_indexes,
                look.get_multi_unique_constraints,
            )
        )  # fmt: skip
        found = {
            name: (
                sorted((str(c["name"]), str(c["type"]), c["nullable"]) for c in of),
                keys[name]["constrained_columns"],
                sorted(str(index["name"]) for index in indexes[name]),
                unique[name],
            )
            for name, of in columns.items()
        }
    engine.dispose()
    return found


def state(store: Store) -> dict[str, list[str]]:
    """Returns every row of every table, by the columns that version 1 knew too."""
    added = {column for columns in migrations.ADDED.values() for column in columns}
    with reading(store) as connection:
        return {
            table.name: sorted(
                repr(tuple(row)) for row in connection.execute(select(*(c for c in table.c if c not in added)))
            )
            for table in schema.metadata.sorted_tables
            if table is not schema.about
        }


def test_a_store_of_version_1_opens_with_all_its_rows_and_a_tally_that_is_a_recount(old: str) -> None:
    with opened(old) as store:
        found = verify_store(store)
        everything = state(store)

    assert [(one.survey, one.responses, len(one.wrong)) for one in found] == [("river", 60, 0), ("bridge", 15, 0)]
    assert {name: len(everything[name]) for name in VERSION_1} == VERSION_1
    assert any("Zoë says: naïve." in row for row in everything["comment"])
    assert any("The ferry's gone; bring it back." in row for row in everything["comment"])


def test_figures_of_version_2_say_what_they_are_of_in_todays_grammar_under_their_ids(second: str) -> None:
    with opened(second) as store:
        found = {figure.figure_id: dict(figure.query) | {"filters": filters(figure)} for figure in read_figures(store)}
        settled = read_figure(store, "f-aaaaaaaaaaa3")

    assert found["f-aaaaaaaaaaa2"]["filters"] == {
        "where.age": ["18-29", "60+"], "where.by": ["bike"], "where.move": ["Yes"],
    }  # fmt: skip
    assert found["f-aaaaaaaaaaa2"]["since"] == "2025-10-26T02:00+02:00"
    assert (found["f-aaaaaaaaaaa2"]["until"], found["f-aaaaaaaaaaa2"]["standing"]) == ("2025-11-01", "first")
    assert found["f-aaaaaaaaaaa6"]["filters"] == {"where.gone": ["x"]}
    assert [found["f-aaaaaaaaaaa6"][name] for name in ("by", "line", "window")] == ["age", "=Yes", "3"]
    assert settled is not None
    assert settled.settled is not None
    assert settled.settled.note == "Corrected"


def test_a_poll_known_by_its_place_is_named_by_the_shares_that_the_figure_shows(second: str) -> None:
    with opened(second) as store:
        (places,) = [[poll.source for poll in read_survey(store, "river").benchmarks]]
        polls = {figure.figure_id: dict(figure.query).get("poll") for figure in read_figures(store)}

    assert places[0] == "Old House"  # where the other poll stood when the figure left
    assert polls["f-aaaaaaaaaaa3"] == "2025-05-01/2025-05-03 Wave Institute"
    assert polls["f-aaaaaaaaaaa4"] == "0"  # no poll has these shares
    assert polls["f-aaaaaaaaaaa5"] == "0"  # none of its numbers was shown


def test_a_store_of_version_3_opens_with_what_was_kept_in_it_and_nothing_removed(third: str) -> None:
    with opened(third) as store:
        assert [one.key for one in read_segments(store, "river")] == ["young"]
        assert count_comments(store, "river", Request(), [""], search="bridge", person=EVERYBODY) == 2
        assert [(one.action, one.responses, one.by, one.before) for one in read_audit(store, "river")] == [
            ("erased", 1, None, None)
        ]
        assert record_responses(store, "river", [Response("302", {"move": ("No",)})]).erased == 1
        assert read_removed(store) == ()
        assert {one.survey: len(one.wrong) for one in verify_store(store)} == {"river": 0, "bridge": 0}


def test_a_store_of_version_4_opens_with_what_was_kept_in_it_and_nobody_admitted(fourth: str) -> None:
    with opened(fourth) as store:
        assert [one.name for one in read_banners(store, "river")] == ["By age"]
        assert [one.hidden_by for one in read_hidden(store, "river", person=EVERYBODY)] == ["Ada"]
        assert [one.key for one in read_removed(store)] == ["bridge"]
        assert read_accounts(store) == ()
        assert read_looks(store) == ()
        assert {one.survey: len(one.wrong) for one in verify_store(store)} == {"river": 0, "bridge": 0}


def test_a_store_of_version_5_opens_with_who_is_admitted_and_takes_answers_that_wait(fifth: str) -> None:
    how = Circumstances(placement="foot", unverified="old")
    with opened(fifth) as store:
        assert [one.person.address for one in read_accounts(store)] == ["ada@paper.example"]
        asked = read_fieldwork(store, "river")
        assert asked is not None
        assert asked.hosts == ("https://paper.example",)
        before = read_status(store, "river")
        record_responses(store, "river", [Response("late", {"move": ("Yes",)}, circumstances=how, received_at=NOW)])
        after = read_status(store, "river")
        assert (after.counted - before.counted, before.unverified, after.unverified) == (0, 0, 1)
        assert {one.survey: len(one.wrong) for one in verify_store(store)} == {"river": 0, "bridge": 0}


def test_a_store_of_version_6_says_by_hour_from_its_responses_what_its_tally_said(sixth: str) -> None:
    engine = create_engine(sixth.replace("://", "+psycopg://") if "://" in sixth else f"sqlite:///{sixth}")
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT period, n FROM tally WHERE survey_id = 1 AND grain = 2 AND n > 0"))
        before = sorted(tuple(row) for row in rows)
    engine.dispose()

    with opened(sixth) as store:
        questions = [one.key for one in read_survey(store, "river").questions if one.kind != "text"]
        cells = [read_cells(store, "river", Wanted(key, "hour")).answers for key in questions]
        with reading(store) as connection:
            grains = set(connection.execute(select(schema.tally.c.grain)).scalars())

    assert grains == {schema.WHOLE, schema.DAY, schema.GLANCE}
    assert len(before) > 10
    assert sorted(pair for one in cells for pair in zip(one["period"], one["n"], strict=True)) == before


def test_a_store_of_version_7_opens_without_editions_and_keeps_them_from_then_on(seventh: str) -> None:
    new = KeptEdition(1, NOW, 12, 60, "day", b"sums")
    with opened(seventh) as store:
        before = read_editions(store, "river")
        assert keep_edition(store, "river", new)
        assert keep_pattern(store, "river", "move", KeptPattern(1, b"hidden")) == KeptPattern(1, b"hidden")
        assert (before, read_editions(store, "river")) == ((), (new,))
        assert {one.survey: len(one.wrong) for one in verify_store(store)} == {"river": 0, "bridge": 0}


def test_a_store_of_version_8_opens_with_its_edition_and_takes_what_is_decided_on_a_crowd(eighth: str) -> None:
    crowd = Crowd("", "", 0, 2**40)
    with opened(eighth) as store:
        before = read_status(store, "river")
        assert [one.number for one in read_editions(store, "river")] == [1]
        assert read_storms(store, "river") == ()
        aside = decide_on_storm(store, "river", crowd, "aside", name="All of them", answers=9, by="Ada", now=NOW)
        after = read_status(store, "river")
        assert (aside > 0, before.counted - after.counted, after.screened - before.screened) == (True, aside, aside)
        assert [one.name for one in read_storms(store, "river")] == ["All of them"]
        assert {one.survey: len(one.wrong) for one in verify_store(store)} == {"river": 0, "bridge": 0}


def test_a_store_of_version_9_opens_with_its_crowd_and_watches_numbers_from_then_on(ninth: str) -> None:
    address = (("survey", "river"), ("question", "move"))
    watch = Watch("river", "w-one", address, "share", "Yes", 3, "hour", "Ada", ("a@b.example",), "en", NOW, "Ada")
    with opened(ninth) as store:
        assert [one.name for one in read_storms(store, "river")] == ["The forum"]
        assert read_watches(store) == ()
        keep_watch(store, KeptWatch(watch))
        assert read_watches(store) == (KeptWatch(watch),)
        assert {one.survey: len(one.wrong) for one in verify_store(store)} == {"river": 0, "bridge": 0}


def test_a_store_of_version_10_opens_with_its_watch_and_keeps_what_is_doubted_from_then_on(tenth: str) -> None:
    how = Circumstances(unverified="spent", account=7)
    late = Response("late", {"move": ("Yes",)}, {}, {}, NOW, NOW, circumstances=how)
    with opened(tenth) as store:
        assert [one.watch.watch_id for one in read_watches(store)] == ["w-one"]
        assert list(read_doubts(store, "river")["reason"]) == []
        record_responses(store, "river", [late])
        verify_responses(store, "river", ["late"], now=NOW)
        assert list(read_doubts(store, "river")["reason"]) == ["spent"]
        assert {one.survey: len(one.wrong) for one in verify_store(store)} == {"river": 0, "bridge": 0}


def test_a_store_of_version_11_opens_with_its_doubt_and_spends_what_signs_in_from_then_on(eleventh: str) -> None:
    with opened(eleventh) as store:
        assert list(read_doubts(store, "river")["reason"]) == ["fast"]
        assert spend(store, "a challenge", now=NOW)
        assert not spend(store, "a challenge", now=NOW)
        assert {one.survey: len(one.wrong) for one in verify_store(store)} == {"river": 0, "bridge": 0}


def test_a_store_of_version_12_opens_with_its_open_crowds_apart_from_what_was_decided(twelfth: str) -> None:
    since, hour, day = 1748700000, 3600, 86400
    with opened(twelfth) as store:
        decided = {one.name: (one.decision, one.crowd) for one in read_storms(store, "river")}
        assert decided == {
            "The forum": ("watched", Crowd("referrer", "forum.example", since, since + hour)),
            "The links": ("kept", Crowd("referrer", "links.example", since, since + day, 2)),
        }
        assert read_open_crowds(store, "river") == (
            OpenCrowd(Crowd("channel", "Search", since, since + day, 3), 41, 7, 34),
            OpenCrowd(Crowd("", "", since, since + hour), 25, 0, 25),
        )
        assert {one.survey: len(one.wrong) for one in verify_store(store)} == {"river": 0, "bridge": 0}


def filters(figure: Registered) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in figure.query:
        if name.startswith("where."):
            found.setdefault(name, []).append(value)
    return found


@pytest.fixture
def new(address: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Gives the address of an empty database of the same kind as the old store's."""
    return another(address, request, tmp_path, 0)


def test_an_upgraded_store_has_the_tables_of_a_new_one(older: str, new: str) -> None:
    with opened(older), opened(new):
        pass

    assert shape(older) == shape(new)


def test_an_upgraded_store_goes_on_recording(older: str, request: pytest.FixtureRequest) -> None:
    with opened(older) as store:
        if is_cluster(request):
            assert distribute(store) > 0
        before = read_status(store, "river").counted
        asked = [Reader("id:0", {"move": ("Yes",)}), Reader("id:new", {"move": ("Yes",)})]
        again = record(store, read_survey(store, "river"), asked)

        assert again.stored + again.rejected + again.duplicate == 2
        assert read_status(store, "river").counted == before + 1
        assert sum(len(one.wrong) for one in verify_store(store)) == 0


def upgrade_until_killed(address: str, fatal: int) -> None:
    """Opens the store, and is killed by the system before the statement or commit of that number."""
    steps = itertools.count(1)

    def step(*_: object) -> None:
        if next(steps) == fatal:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "before_cursor_execute", step)
    event.listen(Engine, "commit", step)
    open_store(address).dispose()


def told_by(address: str) -> str:
    """Returns all that the database says of its own shape, its version, what every figure is of, and of each storm."""
    if kind_of(address) == "sqlite":
        with contextlib.closing(sqlite3.connect(address)) as database:
            tables = database.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()
            asked = [query for table, query in OF_CONTENT.items() if table in dict(tables)]
            return repr((tables, *(database.execute(question).fetchall() for question in asked)))
    with psycopg.connect(address) as server:
        columns = server.execute(
            "SELECT table_name, column_name, data_type, is_nullable, column_default "
            "FROM information_schema.columns WHERE table_schema = current_schema() ORDER BY 1, 2"
        ).fetchall()
        indexes = server.execute(
            "SELECT indexdef FROM pg_indexes WHERE schemaname = current_schema() ORDER BY 1"
        ).fetchall()
        keys = server.execute(
            "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint "
            "WHERE connamespace = current_schema()::regnamespace ORDER BY conrelid::regclass::text, 1"
        ).fetchall()
        asked = [query for table, query in OF_CONTENT.items() if any(table == there for there, *_ in columns)]
        return repr((columns, indexes, keys, *(server.execute(question).fetchall() for question in asked)))


OF_CONTENT = {
    "about": "SELECT * FROM about ORDER BY 1, 2", "figure": "SELECT figure_id, query FROM figure ORDER BY 1",
    "storm": "SELECT name, source_of FROM storm ORDER BY 1",
}  # fmt: skip


def upgrade_killed(address: str, told: str, every: int) -> None:
    """Kills a child at each so many steps until one lives to the end; notes what each of them left."""
    for fatal in itertools.count(1, every):
        if (child := os.fork()) == 0:
            upgrade_until_killed(address, fatal)
            os._exit(0)
        survived = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        with Path(told).open("a", encoding="utf-8") as notes:
            notes.write(f"{told_by(address)!r}\n")
        if survived:
            return


FEW, SOME, ALL = 17, 5, 1
OLDER = {1: (SOME, 4), 7: (FEW, 1), 12: (ALL, 1)}
"""By version, at which of its statements an upgrade is killed, and how often at least.

The step to today's version, the one whose code still changes, is killed at every statement. The way from the first
version, which takes every step that there is, is killed at some, and one that begins in between at a few. Each version
at every one of its statements is for the soak.
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the harness needs fork")
@pytest.mark.parametrize("older", [OLDER, pytest.param(dict.fromkeys(range(1, 13), (ALL, 4)), marks=pytest.mark.soak)])
def test_an_upgrade_killed_at_any_step_leaves_the_old_store_or_the_new_one(
    older: dict[int, tuple[int, int]], address: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    stores = {version: store_of_version(version, another(address, request, tmp_path, version)) for version in older}
    before = {version: repr(told_by(store)) for version, store in stores.items()}
    asked = [(store, str(tmp_path / f"told {version}"), older[version][0]) for version, store in stores.items()]
    program = f"from tests.test_migrations import upgrade_killed as run; [run(*asked) for asked in {asked!r}]"

    ran("-c", program, cwd=ROOT, check=True, capture=False)

    for version, (old, told, _) in zip(stores, asked, strict=True):
        states = Path(told).read_text(encoding="utf-8").splitlines()
        whole = repr(told_by(old))
        assert before[version] != whole
        assert set(states) == {before[version], whole}
        assert sorted(states, key=whole.__eq__) == states  # once new, it stays new
        assert states.count(before[version]) >= older[version][1]
        with opened(old) as store:
            if version == 1:
                assert {name: len(rows) for name, rows in state(store).items() if name in VERSION_1} == VERSION_1
            assert sum(len(one.wrong) for one in verify_store(store)) == 0


def another(address: str, request: pytest.FixtureRequest, folder: Path, version: int) -> str:
    """Returns the address of one more empty database of the same kind."""
    if kind_of(address) == "sqlite":
        return str(folder / f"version {version}.sqlite")
    if is_cluster(request):
        bare = request.getfixturevalue("citus").bare_database()
        request.addfinalizer(lambda: bare.__exit__(None, None, None))
        return str(bare.__enter__())
    server: Server = request.getfixturevalue("postgres")
    fresh = server.new_database()
    request.addfinalizer(lambda: server.drop_database(fresh))
    return fresh


def is_cluster(request: pytest.FixtureRequest) -> bool:
    return bool(request.node.callspec.params["address"] == "citus")


def test_a_store_that_is_only_read_refuses_to_be_changed(address: str) -> None:
    with opened(address) as store:
        record(store, RIVER, TWELVE)

    reader = open_store(address, read_only=True)

    assert read_status(reader, "river").counted == 12
    with pytest.raises(StoreError, match=r"readonly|read-only"):
        record(reader, RIVER, TWELVE)
    reader.dispose()


def test_a_store_that_is_only_read_must_be_there_and_of_today(old: str, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="has schema version 1, reading needs version 13: run"):
        open_store(old, read_only=True)
    with pytest.raises(StoreError, match="unable to open"):
        open_store(str(tmp_path / "none.sqlite"), read_only=True)
    assert not (tmp_path / "none.sqlite").exists()


def test_an_older_store_gets_the_least_minimum_base_and_loses_passwords_of_sources(tmp_path: Path) -> None:
    source = Source("answers", "id", "postgresql://me:mine@warehouse.example/x")
    with opened(tmp_path / "store.sqlite") as engine, writing(engine) as connection:
        save_survey(connection, replace(RIVER, min_base=2, source=source, columns=replace(RIVER.columns, weight=None)))
        connection.execute(text("UPDATE about SET value = '3' WHERE name = 'schema_version'"))

    with opened(tmp_path / "store.sqlite") as engine:
        found = read_survey(engine, "river")

    assert found.min_base == 5
    assert found.source == Source("answers", "id", None, "SOURCE_URL")
    assert b"mine" not in b"".join(path.read_bytes() for path in tmp_path.iterdir())
