"""How the store is, on the page and on the command line: what waits, what is unfinished, what a recount found."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import update
from streamlit.testing.v1 import AppTest

from analytics.errors import StoreError
from analytics.estimates.health import alarms
from analytics.pages.ground.sources import store as shared_store
from analytics.store.place import sqlite
from analytics.store.place.connections import Store, reading, writing
from analytics.store.record.live import record_responses
from analytics.store.tables import schema
from analytics.store.tables.rows import keep_note, read_note
from analytics.store.tables.tally import FOLDED_AT, fold, set_hot
from analytics.store.tend.health import LATE_SECONDS, Verified, note_verified, read_health
from analytics.store.tend.verify import heal_store, verify_store
from tests.conftest import ROOT
from tests.pages_fixture import definition, import_survey, readers
from tests.patience import PAGE_SECONDS
from tests.surveys import NOW, RIVER, TWELVE, command, opened, record, rows
from tests.test_live import answer
from tests.test_pages import is_whole, words


@pytest.fixture
def import_page(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str | Path], AppTest]]:
    """Gives a function that opens the page of imports over a database."""
    addresses = []

    def show(address: str | Path) -> AppTest:
        addresses.append(str(address))
        monkeypatch.setenv("DATABASE_URL", str(address))
        app = AppTest.from_file(str(ROOT / "analytics/pages/start.py"), default_timeout=PAGE_SECONDS)
        app.run().switch_page("imports.py").run()  # which page it is its path alone does not say
        assert is_whole(app)
        return app

    yield show
    for address in addresses:
        with suppress(StoreError):
            shared_store(address).dispose()
    shared_store.clear()


def let_wait(store: Store, seconds: int) -> None:
    """Makes what waits of a hot survey wait for so long already, by the server's clock."""
    with writing(store) as connection:
        folded_at = read_note(connection, FOLDED_AT)
        assert folded_at is not None
        keep_note(connection, FOLDED_AT, str(int(folded_at) - seconds))


def spoil(store: Store) -> None:
    with writing(store) as connection:
        connection.execute(update(schema.tally).values(n=schema.tally.c.n + 1))


# What is known


def test_what_waits_is_counted_with_how_long_at_most_and_is_late_after_a_minute(server_address: str) -> None:
    with opened(server_address) as store:
        record(store, RIVER, TWELVE)
        set_hot(store, "river", True)
        quiet = read_health(store)
        record_responses(store, "river", [answer("a")])
        fresh = read_health(store)
        let_wait(store, LATE_SECONDS + 15)
        late = read_health(store)
        fold(store)
        folded = read_health(store)

    assert quiet.database.startswith("PostgreSQL ")
    assert [health.waiting for health in (quiet, fresh, late, folded)] == [{}, {"river": 14}, {"river": 14}, {}]
    assert [health.is_late for health in (quiet, fresh, late, folded)] == [False, False, True, False]
    assert fresh.waiting_seconds is not None
    assert fresh.waiting_seconds < LATE_SECONDS
    assert late.waiting_seconds is not None
    assert late.waiting_seconds >= LATE_SECONDS + 15
    assert [len(alarms(health)) for health in (quiet, fresh, late, folded)] == [0, 0, 1, 0]


def test_a_folding_that_leaves_something_behind_does_not_end_the_wait(
    server_address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(server_address) as store:
        record(store, RIVER, TWELVE)
        set_hot(store, "river", True)
        record_responses(store, "river", [answer("a")])
        let_wait(store, LATE_SECONDS + 15)

        with monkeypatch.context() as patched:
            patched.setattr("analytics.store.tables.tally.AT_ONCE", 7)
            fold(store)
        partly = read_health(store)

    assert partly.waiting == {"river": 7}
    assert partly.is_late


def test_what_waits_though_nobody_ever_folded_is_late(server_address: str) -> None:
    with opened(server_address) as store:
        record(store, RIVER, TWELVE)
        set_hot(store, "river", True)
        record_responses(store, "river", [answer("a")])
        with writing(store) as connection:
            connection.execute(schema.about.delete().where(schema.about.c.name == FOLDED_AT))

        health = read_health(store)

    assert health.waiting_seconds is None
    assert "for how long is not known" in alarms(health)[0]


def test_the_last_recount_is_kept_and_what_it_healed_is_no_alarm(address: str) -> None:
    with opened(address) as store:
        record(store, RIVER, TWELVE)
        never = read_health(store).verified
        found = []
        for heal in (False, True):
            spoil(store)
            note_verified(store, (heal_store if heal else verify_store)(store), healed=heal, now=NOW)
            found.append(read_health(store))

    wrong, healed = (health.verified for health in found)
    assert never is None
    assert wrong is not None
    assert wrong == Verified(NOW, 12, wrong.wrong, 0)
    assert wrong.wrong > 0
    assert healed == Verified(NOW, 12, wrong.wrong, wrong.wrong)
    assert "run `python -m analytics verify --heal`" in alarms(found[0])[0]
    assert alarms(found[1]) == []


# On the command line


def test_the_commands_say_what_waits_and_since_when(server_address: str) -> None:
    with opened(server_address) as store:
        record(store, RIVER, TWELVE)
        set_hot(store, "river", True)
        record_responses(store, "river", [answer("a")])

        (listed,) = rows("surveys", "--db", server_address)
        calm = command("surveys", "--db", server_address).stderr
        let_wait(store, LATE_SECONDS + 15)
        late = [command(name, "--db", server_address).stderr for name in ("surveys", "verify")]

    assert listed["waiting"] == 14
    assert "14 changes of 1 hot survey wait to be folded in, for up to" in calm
    assert "longer than 60" not in calm
    assert all("longer than 60: keep `python -m analytics fold --every 1` running" in said for said in late)


def test_verify_keeps_what_it_found(tmp_path: Path) -> None:
    with opened(tmp_path / "store.sqlite") as store:
        record(store, RIVER, TWELVE)

        assert command("verify", "--db", tmp_path / "store.sqlite").exit_code == 0

        verified = read_health(store).verified
    assert verified is not None
    assert (verified.responses, verified.wrong) == (12, 0)
    assert (datetime.now(UTC) - verified.at).total_seconds() < 60


# On the page


def test_the_foot_of_the_imports_says_what_there_is_to_see_to(
    import_page: Callable[[str | Path], AppTest], server_address: str, tmp_path: Path
) -> None:
    import_survey(tmp_path / "files", definition(), readers(40), address=server_address)
    with opened(server_address) as store:
        set_hot(store, "phones", True)
        well = words(import_page(server_address))
        with writing(store) as connection:
            connection.execute(
                schema.pending.insert().values(
                    survey_id=1, grain=0, question_no=0, period=0, profile_no=1, choice_no=-2, n=1, w=1, w2=1,
                    fingerprint=1,
                )
            )  # fmt: skip
        let_wait(store, LATE_SECONDS + 15)
        spoil(store)
        note_verified(store, verify_store(store), healed=False, now=NOW)
        ill = words(import_page(server_address))

    assert "The store: all well" in well
    assert "The responses are in PostgreSQL" in well
    assert "Nothing waits to be folded in." in well
    assert "No recount yet" in well
    assert "The store last answered" in well
    assert "The store: 2 things to see to" in ill
    assert "1 change of 1 hot survey waits to be folded in" in ill
    assert "wrong: run python -m analytics verify --heal" in ill.replace("`", "")


def test_a_file_whose_sqlite_can_be_damaged_is_named_when_the_pages_start_and_at_their_foot(
    import_page: Callable[[str | Path], AppTest], tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    import_survey(tmp_path / "opinions.sqlite", definition(), readers(40))
    monkeypatch.setattr(sqlite, "can_be_damaged", lambda: True)
    with caplog.at_level(logging.WARNING):
        warned = words(import_page(tmp_path / "opinions.sqlite"))
    monkeypatch.setattr(sqlite, "can_be_damaged", lambda: False)
    silent = words(import_page(tmp_path / "opinions.sqlite"))

    bug = f"SQLite {sqlite3.sqlite_version} can damage a database when one process writes"
    assert bug in caplog.text
    assert bug in warned
    assert "The store: 1 thing to know" in warned
    assert "The store: all well" in silent
    assert "can damage" not in silent


def test_an_unfinished_import_is_something_to_see_to(
    import_page: Callable[[str | Path], AppTest], tmp_path: Path
) -> None:
    import_survey(tmp_path / "opinions.sqlite", definition(), readers(40))
    with opened(tmp_path / "opinions.sqlite") as store:
        with writing(store) as connection:
            connection.execute(update(schema.import_log).values(finished_at=None))
        with reading(store) as connection:
            assert read_note(connection, FOLDED_AT) is None

    shown = words(import_page(tmp_path / "opinions.sqlite"))

    assert "The store: 1 thing to see to" in shown
    assert "phones: the import of phones.csv" in shown
