"""An older store opens as today's: nothing lost, the tally a recount, and no state between the two."""

from __future__ import annotations

import itertools
import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import Engine, event, select

from analytics.errors import StoreError
from analytics.store import migrations, schema
from analytics.store.database import Store, open_store, reading
from analytics.store.read import read_status
from analytics.store.verify import verify_store
from tests.conftest import ROOT
from tests.surveys import RIVER, TWELVE, Reader, opened, record

REFERENCE = ROOT / "tests" / "reference"


def store_of_version_1(path: Path) -> Path:
    """Makes the store that version 1 of the program wrote: 60 readers of one survey, 15 of another."""
    database = sqlite3.connect(path)
    for part in ("sqlite", "rows"):  # in one transaction: a disk takes its time for each
        script = (REFERENCE / f"store_version_1_{part}.sql").read_text(encoding="utf-8")
        database.executescript(f"BEGIN;\n{script}\nCOMMIT;")
    database.close()
    return path


def tables_of(path: Path) -> dict[str, str]:
    """Returns the statement behind every table and index."""
    with sqlite3.connect(path) as database:
        return dict(database.execute("SELECT name, sql FROM sqlite_master WHERE sql NOT NULL"))


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


def test_a_store_of_version_1_opens_with_all_its_rows_and_a_tally_that_is_a_recount(tmp_path: Path) -> None:
    before = sqlite3.connect(store_of_version_1(tmp_path / "old.sqlite"))
    rows = {name: before.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in ("response", "tally")}
    before.close()

    with opened(tmp_path / "old.sqlite") as store:
        found = verify_store(store)
        everything = state(store)

    assert [(one.survey, one.responses, len(one.wrong)) for one in found] == [("river", 60, 0), ("bridge", 15, 0)]
    assert {name: len(everything[name]) for name in rows} == rows
    assert len(everything["quarantine"]) == 1
    assert any("Zoë says: naïve." in row for row in everything["comment"])


def test_an_upgraded_store_has_the_tables_of_a_new_one(tmp_path: Path) -> None:
    with opened(store_of_version_1(tmp_path / "old.sqlite")), opened(tmp_path / "new.sqlite"):
        pass

    old, new = (tables_of(tmp_path / name) for name in ("old.sqlite", "new.sqlite"))

    assert old.keys() == new.keys()
    for name in schema.metadata.tables:
        columns = [
            sorted(
                sqlite3.connect(tmp_path / file).execute(
                    f"SELECT name, type, \"notnull\", pk FROM pragma_table_info('{name}')"
                )
            )
            for file in ("old.sqlite", "new.sqlite")
        ]
        assert columns[0] == columns[1], name


def test_an_upgraded_store_goes_on_recording(tmp_path: Path) -> None:
    with opened(store_of_version_1(tmp_path / "old.sqlite")) as store:
        again = record(store, RIVER, [Reader("id:0", {"move": ("Yes",)}), Reader("id:new", {"move": ("Yes",)})])

        assert (again.stored, again.rejected) == (1, 1)
        assert read_status(store, "river").counted == 61
        assert sum(len(one.wrong) for one in verify_store(store)) == 0


def upgrade_until_killed(path: Path, fatal: int) -> None:
    """Opens the store, and is killed by the system before the statement or commit of that number."""
    steps = itertools.count(1)

    def step(*_: object) -> None:
        if next(steps) == fatal:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "before_cursor_execute", step)
    event.listen(Engine, "commit", step)
    open_store(str(path)).dispose()


def upgrade_killed_everywhere(folder: str) -> None:
    """Kills a child at each step in turn, each over a database of its own, until one lives to the end."""
    for fatal in itertools.count(1):
        path = store_of_version_1(Path(folder, f"{fatal}.sqlite"))
        if (child := os.fork()) == 0:
            upgrade_until_killed(path, fatal)
            os._exit(0)
        if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0:
            return


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the harness needs fork")
def test_an_upgrade_killed_at_any_step_leaves_the_old_store_or_the_new_one(tmp_path: Path) -> None:
    program = f"from tests.test_migrations import upgrade_killed_everywhere as run; run({str(tmp_path)!r})"
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True)
    *killed, whole = sorted(tmp_path.glob("*.sqlite"), key=lambda path: int(path.stem))
    old, new = tables_of(store_of_version_1(tmp_path / "old")), tables_of(whole)
    with opened(whole) as store:
        expected = state(store)

    for path in killed:
        version = "2" if (tables := tables_of(path)) == new else "1"
        assert tables in (old, new), path.name
        with sqlite3.connect(path) as database:
            assert database.execute("SELECT value FROM about WHERE name = 'schema_version'").fetchone() == (version,)
        with opened(path) as store:
            assert state(store) == expected
            assert sum(len(one.wrong) for one in verify_store(store)) == 0
    assert len(killed) >= 20


def test_a_store_that_is_only_read_refuses_to_be_changed(tmp_path: Path) -> None:
    with opened(tmp_path / "store.sqlite") as store:
        record(store, RIVER, TWELVE)

    reader = open_store(str(tmp_path / "store.sqlite"), read_only=True)

    assert read_status(reader, "river").counted == 12
    with pytest.raises(StoreError, match="readonly"):
        record(reader, RIVER, TWELVE)
    reader.dispose()


def test_a_store_that_is_only_read_must_be_there_and_of_today(tmp_path: Path) -> None:
    store_of_version_1(tmp_path / "old.sqlite")

    with pytest.raises(StoreError, match="has schema version 1, reading needs version 2: run"):
        open_store(str(tmp_path / "old.sqlite"), read_only=True)
    with pytest.raises(StoreError, match="unable to open"):
        open_store(str(tmp_path / "none.sqlite"), read_only=True)
    assert not (tmp_path / "none.sqlite").exists()
