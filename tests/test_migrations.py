"""An older store opens as today's: nothing lost, the tally a recount, and no state between the two."""

from __future__ import annotations

import itertools
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Engine, create_engine, event, inspect, select, text

from analytics.errors import StoreError
from analytics.model import Response, Source
from analytics.model.request import Request
from analytics.store.people.accounts import read_accounts
from analytics.store.people.looks import read_looks
from analytics.store.place.connections import Store, reading, writing
from analytics.store.read.comments import count_comments
from analytics.store.read.status import read_status
from analytics.store.record.live import record_responses
from analytics.store.tables import migrations, schema
from analytics.store.tables.banners import read_banners
from analytics.store.tables.figures import Registered, read_figure, read_figures
from analytics.store.tables.opening import open_store
from analytics.store.tables.segments import read_segments
from analytics.store.tables.surveys import read_survey, save_survey
from analytics.store.tend.hiding import read_hidden
from analytics.store.tend.keeping import read_audit
from analytics.store.tend.removing import read_removed
from analytics.store.tend.verify import verify_store
from tests.conftest import ROOT
from tests.postgres import Server
from tests.surveys import RIVER, TWELVE, Reader, opened, record

REFERENCE = ROOT / "tests" / "reference"

VERSION_1 = {"response": 75, "comment": 6, "quarantine": 1, "import": 2, "survey": 2, "tally": 527}
"""How many rows the store of version 1 has: 60 readers of one survey, 15 of another."""


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


@pytest.fixture(params=[1, 2, 3, 4])
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


def version_and_figures(address: str) -> list[str]:
    """Returns the version that the database says it has, and what every registered figure is of."""
    engine = create_engine(address.replace("://", "+psycopg://") if "://" in address else f"sqlite:///{address}")
    with engine.connect() as connection:
        found = [*connection.execute(select(schema.about.c.value)).scalars()]
        if inspect(connection).has_table("figure"):
            found += sorted(connection.execute(select(schema.figure.c.query)).scalars())
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
        assert count_comments(store, "river", Request(), [""], search="bridge") == 2
        assert [(one.action, one.responses, one.by, one.before) for one in read_audit(store, "river")] == [
            ("erased", 1, None, None)
        ]
        assert record_responses(store, "river", [Response("302", {"move": ("No",)})]).erased == 1
        assert read_removed(store) == ()
        assert {one.survey: len(one.wrong) for one in verify_store(store)} == {"river": 0, "bridge": 0}


def test_a_store_of_version_4_opens_with_what_was_kept_in_it_and_nobody_admitted(fourth: str) -> None:
    with opened(fourth) as store:
        assert [one.name for one in read_banners(store, "river")] == ["By age"]
        assert [one.hidden_by for one in read_hidden(store, "river")] == ["Ada"]
        assert [one.key for one in read_removed(store)] == ["bridge"]
        assert read_accounts(store) == ()
        assert read_looks(store) == ()
        assert {one.survey: len(one.wrong) for one in verify_store(store)} == {"river": 0, "bridge": 0}


def filters(figure: Registered) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in figure.query:
        if name.startswith("where."):
            found.setdefault(name, []).append(value)
    return found


@pytest.fixture
def new(address: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Gives the address of an empty database of the same kind as the old store's."""
    if "://" not in address:
        yield str(tmp_path / "new.sqlite")
        return
    server: Server = request.getfixturevalue("postgres")
    address = server.new_database()
    yield address
    server.drop_database(address)


def test_an_upgraded_store_has_the_tables_of_a_new_one(older: str, new: str) -> None:
    with opened(older), opened(new):
        pass

    assert shape(older) == shape(new)


def test_an_upgraded_store_goes_on_recording(older: str) -> None:
    with opened(older) as store:
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


def upgrade_killed_everywhere(address: str, told: str) -> None:
    """Kills a child at each step in turn until one lives to the end; notes the version that each of them left."""
    for fatal in itertools.count(1):
        if (child := os.fork()) == 0:
            upgrade_until_killed(address, fatal)
            os._exit(0)
        survived = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        with Path(told).open("a", encoding="utf-8") as notes:
            notes.write(f"{(shape(address), version_and_figures(address))!r}\n")
        if survived:
            return


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the harness needs fork")
@pytest.mark.parametrize(("version", "steps"), [(1, 20), (2, 8), (3, 10), (4, 10)])
def test_an_upgrade_killed_at_any_step_leaves_the_old_store_or_the_new_one(
    address: str, tmp_path: Path, version: int, steps: int
) -> None:
    old = store_of_version(version, address)
    before, told = repr((shape(old), version_and_figures(old))), tmp_path / "told"
    program = f"from tests.test_migrations import upgrade_killed_everywhere as run; run({old!r}, {str(told)!r})"

    subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True)

    states = told.read_text(encoding="utf-8").splitlines()
    whole = repr((shape(old), version_and_figures(old)))
    assert set(states) == {before, whole}
    assert sorted(states, key=whole.__eq__) == states  # once new, it stays new
    assert states.count(before) >= steps
    with opened(old) as store:
        if version == 1:
            assert {name: len(rows) for name, rows in state(store).items() if name in VERSION_1} == VERSION_1
        assert sum(len(one.wrong) for one in verify_store(store)) == 0


def test_a_store_that_is_only_read_refuses_to_be_changed(address: str) -> None:
    with opened(address) as store:
        record(store, RIVER, TWELVE)

    reader = open_store(address, read_only=True)

    assert read_status(reader, "river").counted == 12
    with pytest.raises(StoreError, match=r"readonly|read-only"):
        record(reader, RIVER, TWELVE)
    reader.dispose()


def test_a_store_that_is_only_read_must_be_there_and_of_today(old: str, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="has schema version 1, reading needs version 5: run"):
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
