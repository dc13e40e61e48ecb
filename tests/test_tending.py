"""The commands that tend the store: hot and fold, move, backup."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import event, select, update

from analytics.errors import StoreError
from analytics.model.crowds import Crowd
from analytics.model.packed import packed
from analytics.store.place.connections import Store, reading, writing
from analytics.store.record.live import record_responses
from analytics.store.tables import editions, schema
from analytics.store.tables.editions import (
    KeptEdition,
    KeptPattern,
    keep_edition,
    keep_pattern,
    read_editions,
    read_last_number,
    read_patterns,
)
from analytics.store.tables.tally import set_hot
from analytics.store.tend import moving
from analytics.store.tend.keeping import erase_responses, screen_responses
from analytics.store.tend.moving import move_store
from analytics.store.tend.removing import purge_due, remove_survey
from analytics.store.tend.storms import decide_on_storm
from tests.surveys import NOW, RIVER, TWELVE, command, opened, record
from tests.test_live import answer, copies, moves


def test_a_survey_is_made_hot_folded_and_made_like_any_other_again(server_address: str) -> None:
    with opened(server_address) as store:
        record(store, RIVER, TWELVE)
        hot = command("hot", "river", "--db", server_address)
        record_responses(store, "river", [answer("a")])

        folded = [command("fold", "--db", server_address).stdout for _ in range(2)]
        cold = command("hot", "river", "--off", "--db", server_address)

        assert hot.stdout == "river: hot: keep `fold --every 1` running\n"
        assert folded == ["14 changes folded in\n", ""]
        assert cold.stdout == "river: not hot any more, nothing waits\n"
        assert moves(store) == {"Yes": 6, "No": 5, "Unsure": 2}


def test_a_survey_on_sqlite_is_not_made_hot(tmp_path: Path) -> None:
    with opened(tmp_path / "store.sqlite") as store:
        record(store, RIVER, TWELVE)

    refused = command("hot", "river", "--db", tmp_path / "store.sqlite")

    assert refused.exit_code == 2
    assert "only a survey on PostgreSQL can be hot" in refused.output


def contents(store: Store) -> dict[str, list[Any]]:
    """Returns every row of every table."""
    with reading(store) as connection:
        return {
            table.name: sorted(map(tuple, connection.execute(select(table))), key=repr)
            for table in schema.metadata.sorted_tables
        }


def fill(store: Store) -> None:
    """Records a little of everything: a file, versions, a screened and an erased response, a comment, an audit."""
    record(store, RIVER, TWELVE)
    record_responses(store, "river", [answer("a", texts={"": "Zoë: 100 %"}), answer("b"), answer("c")])
    record_responses(store, "river", [answer("a", "No", version=2)])
    screen_responses(store, "river", ["b"], rule="a robot", now=NOW)
    erase_responses(store, "river", ["c"], now=NOW)
    keep_edition(store, "river", KeptEdition(1, NOW, 5, 13, "day", b"sums"))
    keep_pattern(store, "river", "move", KeptPattern(1, b"hidden"))
    decide_on_storm(store, "river", Crowd("", "", 0, 1), "kept", name="A forum", answers=20, by="ada", now=NOW)


@pytest.mark.parametrize("block", [1, 7, 10_000])
def test_a_store_moves_to_postgresql_and_back_with_every_row(
    server_address: str, tmp_path: Path, block: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(moving, "BLOCK", block)
    first, last = tmp_path / "first.sqlite", tmp_path / "last.sqlite"
    with opened(first) as store, opened(server_address) as server, opened(last) as again:
        fill(store)

        copied = move_store(store, server)
        set_hot(server, "river", True)
        record_responses(server, "river", [answer("new")])
        move_store(server, again)

        assert copied["response"] == 15
        assert contents(server)["erased"] == contents(store)["erased"]
        assert moves(again) == moves(server) == {"Yes": 6, "No": 6, "Unsure": 2}
        assert record_responses(again, "river", [answer("c"), answer("a")]).erased == 1


def test_the_command_moves_a_file_into_postgresql_and_says_how_much(server_address: str, tmp_path: Path) -> None:
    with opened(tmp_path / "store.sqlite") as store, opened(server_address) as server:
        fill(store)

        moved = command("move", "--db", tmp_path / "store.sqlite", "--to", server_address)
        again = command("move", "--db", tmp_path / "store.sqlite", "--to", server_address)

        assert moved.exit_code == 0
        assert "copied and found equal, row by row and by recount" in moved.stdout
        assert contents(server) == contents(store)
        assert again.exit_code == 1
        assert "has surveys already: name an empty one" in again.output


@pytest.mark.parametrize("lost", ["a row", "a figure"])
def test_what_does_not_arrive_as_it_was_sent_leaves_the_other_database_empty(tmp_path: Path, lost: str) -> None:
    with opened(tmp_path / "store.sqlite") as store, opened(tmp_path / "other.sqlite") as other:
        fill(store)

        def lose(_connection: Any, cursor: Any, statement: str, *_: object) -> None:
            if statement.startswith("INSERT INTO answer") or statement.startswith("INSERT INTO response"):
                change = "weight = weight + 1e-9" if lost == "a figure" else "weight = weight"
                cursor.execute(f"UPDATE response SET {change} WHERE response_no = 3")
                if lost == "a row":
                    cursor.execute("DELETE FROM answer WHERE response_no = 3")

        event.listen(other, "after_cursor_execute", lose)
        with pytest.raises(StoreError, match=r"rows were sent and .* arrived, or others than were sent"):
            move_store(store, other)

        assert contents(other)["survey"] == contents(other)["response"] == []


def test_a_store_whose_tally_is_wrong_is_not_moved(tmp_path: Path) -> None:
    with opened(tmp_path / "store.sqlite") as store, opened(tmp_path / "other.sqlite") as other:
        fill(store)
        with writing(store) as connection:
            connection.execute(update(schema.tally).values(n=schema.tally.c.n + 1))

        with pytest.raises(StoreError, match="differ from a recount: run verify --heal"):
            move_store(store, other)

        assert contents(other)["survey"] == []


def test_a_backup_under_load_is_a_store_of_its_own_and_what_was_erased_stays_erased(tmp_path: Path) -> None:
    with opened(tmp_path / "store.sqlite") as store:
        fill(store)
        folder = tmp_path / "kept"
        folder.mkdir()

        with writing(store) as writer:
            writer.execute(update(schema.survey).values(revision=99))
            saved = command("backup", folder / "kept.sqlite", "--db", tmp_path / "store.sqlite")
        again = command("backup", folder / "kept.sqlite", "--db", tmp_path / "store.sqlite")

        assert saved.exit_code == 0
        assert again.exit_code == 1
        assert "is there already: name a new file" in again.output
        assert copies(folder, "id:c") == {"id:c": 0}
        with opened(folder / "kept.sqlite") as kept:
            assert moves(kept) == moves(store)
            assert record_responses(kept, "river", [answer("c")]).erased == 1


@pytest.mark.parametrize("name", ["a" * 300, os.fsdecode(b"\xff\xfe"), "no folder/kept.sqlite"])
def test_a_backup_under_a_name_no_file_can_have_is_a_sentence_and_leaves_nothing(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    folder.mkdir()
    with opened(tmp_path / "store.sqlite") as store:
        fill(store)

    saved = command("backup", folder / name, "--db", tmp_path / "store.sqlite")

    assert saved.exit_code == 1
    assert "the store could not be saved to" in saved.output
    assert list(folder.iterdir()) == []


OF_NO_SURVEY = {
    "about", "account", "session", "signing_key", "passkey", "enrolment", "spent", "look", "subscription",
    "sending",
}  # fmt: skip
"""Tables of the store itself and of who looks at it: few rows, kept whole on every machine."""


def test_a_store_is_spread_by_its_surveys_with_what_has_none_on_every_machine(postgres_address: str) -> None:
    spread = """
        CREATE TABLE spread (call text, name text, by text);
        CREATE TABLE pg_dist_partition (logicalrelid regclass);
        CREATE FUNCTION create_reference_table(name text) RETURNS void
          LANGUAGE sql AS $$ INSERT INTO spread VALUES ('reference', name, NULL) $$;
        CREATE FUNCTION create_distributed_table(name text, by text) RETURNS void
          LANGUAGE sql AS $$ INSERT INTO spread VALUES ('distributed', name, by) $$;
    """  # stands in for a cluster: what is asked of it, not what it does
    with opened(postgres_address) as store:
        record(store, RIVER, TWELVE)
        without = command("distribute", "--run", "--db", postgres_address)
        with psycopg.connect(postgres_address) as server:
            server.execute(spread.encode())

        done = command("distribute", "--run", "--db", postgres_address)
        printed = command("distribute", "--db", postgres_address).stdout.splitlines()

        with psycopg.connect(postgres_address) as server:
            calls = server.execute("SELECT call, name, by FROM spread").fetchall()
    assert without.exit_code == 1
    assert "has no Citus: install it" in without.output
    assert done.stdout == f"{len(schema.metadata.tables) + 1} tables are spread\n"
    assert {name for call, name, _ in calls if call == "reference"} == OF_NO_SURVEY
    assert {by for call, _, by in calls if call == "distributed"} == {"survey_id"}
    assert {name for _, name, _ in calls} == {*schema.metadata.tables, "comment_words"}
    assert printed[0] == "CREATE EXTENSION IF NOT EXISTS citus;"
    assert "SELECT create_distributed_table('answer', 'survey_id');" in printed


def test_every_key_of_what_is_spread_begins_with_the_survey() -> None:
    for table in schema.metadata.sorted_tables:
        if table.name in {*OF_NO_SURVEY, "survey"}:
            continue
        unique = [list(index.columns) for index in table.indexes if index.unique]
        for columns in [list(table.primary_key), *unique]:
            assert columns[0].name == "survey_id", table.name


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    address = tmp_path / "store.sqlite" if request.param == "sqlite" else request.getfixturevalue("postgres_address")
    with opened(address) as found:
        record(found, RIVER, TWELVE)
        yield found


def test_of_two_that_make_one_edition_the_first_wins_and_nothing_is_kept_for_one_that_is_over(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    x, y, z = (packed({"of": name}, {}) for name in "xyz")
    first, other, second = (
        KeptEdition(number, NOW, 3, 12, None, what) for number, what in ((1, b"a"), (1, b"b"), (2, b"c"))
    )

    assert [keep_edition(store, "river", one) for one in (first, other)] == [True, False]
    with monkeypatch.context() as raced:
        raced.setattr(editions, "_last", lambda *_: 0)  # as read before the other process was done
        assert not keep_edition(store, "river", other)
    assert keep_pattern(store, "river", "move", KeptPattern(1, x)) == KeptPattern(1, x)
    assert keep_pattern(store, "river", "move", KeptPattern(1, y)) == KeptPattern(1, x)
    assert keep_edition(store, "river", second)
    assert keep_pattern(store, "river", "move", KeptPattern(1, z)) is None
    assert read_editions(store, "river") == (replace(first, content=None), second)
    assert read_last_number(store, "river") == (2, True)
    assert keep_pattern(store, "river", "move", KeptPattern(2, z)) == KeptPattern(2, z)
    assert read_patterns(store, "river") == {"move": KeptPattern(2, z)}


def test_the_sums_of_an_edition_go_when_a_response_is_erased_and_all_of_it_with_the_survey(store: Store) -> None:
    keep_edition(store, "river", KeptEdition(1, NOW, 3, 12, None, b"sums"))
    keep_pattern(store, "river", "move", KeptPattern(1, b"hidden"))

    erase_responses(store, "river", [TWELVE[0].key], now=NOW)
    assert read_last_number(store, "river") == (1, False)
    assert [*read_patterns(store, "river")] == ["move"]

    remove_survey(store, "river", by="ada", now=NOW, days=0)
    purge_due(store, now=NOW + timedelta(hours=1))
    left = contents(store)
    assert (left["edition"], left["edition_pattern"]) == ([], [])
