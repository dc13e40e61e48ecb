"""The drill: a backup made while answers come in is restored, is whole, and forgets again who was erased since."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import select

from analytics.errors import FileError
from analytics.model import Receipt
from analytics.store.place.connections import Store, reading, writing
from analytics.store.record.live import record_responses
from analytics.store.tables import schema
from analytics.store.tables.surveys import save_survey
from analytics.store.tend.keeping import erase_responses, read_audit
from analytics.store.tend.tombstones import append_tombstones, erase_again, read_tombstones, tombstones_of
from tests.postgres import Server
from tests.surveys import NOW, RIVER, TWELVE, command, opened, record
from tests.test_live import WITH_TEXT, answer, copies, moves


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "erasures.log"


def filled(store: Store) -> None:
    """Records four readers with what they wrote."""
    with writing(store) as connection:
        save_survey(connection, WITH_TEXT)
    record_responses(store, "river", [answer(key, texts={"": f"word-{key}"}) for key in ("a", "b", "c", "d")])


def keys_in(store: Store) -> set[str]:
    with reading(store) as connection:
        return set(connection.execute(select(schema.response.c.key)).scalars())


@contextmanager
def coming_in(store: Store) -> Iterator[list[str]]:
    """Has answers come in all the while; gives the keys of those that are acknowledged."""
    told, stop, begun = list[str](), threading.Event(), threading.Event()

    def send() -> None:
        while not stop.is_set():
            record_responses(store, "river", [answer(f"live-{len(told)}", "No")])
            told.append(f"id:live-{len(told)}")
            begun.set()

    writer = threading.Thread(target=send)
    writer.start()
    try:
        assert begun.wait(60)
        yield told
    finally:
        stop.set()
        writer.join()


def saved(address: str, folder: Path, server: Server | None) -> None:
    """Makes a backup in the folder as the documents say."""
    if server is None:
        assert command("backup", folder / "kept.sqlite", "--db", address).exit_code == 0
        return
    program = server.programs / "pg_dump"
    subprocess.run([program, "--format=custom", "-f", folder / "kept", address], check=True)


def restored(folder: Path, server: Server | None) -> str:
    """Returns the address of the restored backup."""
    if server is None:
        return str(folder / "kept.sqlite")
    address = server.new_database()
    program = server.programs / "pg_restore"
    subprocess.run([program, "--no-owner", "-d", address, folder / "kept"], check=True)
    return address


@pytest.mark.parametrize("address", ["sqlite", "postgresql"], indirect=True)  # a cluster is saved machine by machine
def test_a_backup_made_under_load_is_whole_when_restored_and_who_was_erased_since_stays_erased(
    address: str, tmp_path: Path, log: Path, request: pytest.FixtureRequest
) -> None:
    server = request.getfixturevalue("postgres") if "://" in address else None
    folder = tmp_path / "backups"
    folder.mkdir()
    with opened(address) as store:
        filled(store)
        erase_responses(store, "river", ["d"], now=NOW)
        with coming_in(store) as told:
            before = len(told)
            saved(address, folder, server)
        record_responses(store, "river", [answer("late")])
    for key in ("b", "late"):
        assert command("erase", "river", "--response", key, "--log", log, "--db", address).exit_code == 0

    old = restored(folder, server)
    with opened(old) as store:
        came_back = keys_in(store)
        assert sum(moves(store).values()) == len(came_back)
    source = ("--log", log) if server is None else ("--store", address)  # the other way round is the same below
    replayed, again = (command("erase-again", *source, "--db", old) for _ in range(2))
    assert (replayed.exit_code, again.exit_code) == (0, 0), replayed.output

    with opened(old) as store:
        assert {f"id:live-{n}" for n in range(before)} <= came_back
        assert "id:b" in came_back
        assert keys_in(store) == came_back - {"id:b"}
        assert sum(moves(store).values()) == len(came_back) - 1
        back = [answer(key) for key in ("b", "late", "d")]
        assert record_responses(store, "river", back) == Receipt(erased=3)
        assert [one.action for one in read_audit(store, "river")] == ["erased", "erased"]
    assert replayed.stdout.startswith("river: 1 responses and 0 rows kept aside are erased again, 1 more will be")
    assert again.stdout.startswith("river: 0 responses and 0 rows kept aside are erased again, 0 more will be")
    if server is None:
        with closing(sqlite3.connect(old)) as file:
            assert file.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert copies(folder, "id:b", "word-b") == {"id:b": 0, "word-b": 0}
    else:
        server.drop_database(old)


def test_a_backup_older_than_the_first_erasure_learns_to_refuse_what_it_never_had(tmp_path: Path, log: Path) -> None:
    with opened(tmp_path / "store.sqlite") as store:
        filled(store)
        saved(str(tmp_path / "store.sqlite"), tmp_path, None)
        record_responses(store, "river", [answer("late")])
        erase_responses(store, "river", ["late"], now=NOW, tell=lambda stones: append_tombstones(log, stones, NOW))

    with opened(tmp_path / "kept.sqlite") as old:
        (done,) = erase_again(old, read_tombstones(log), now=NOW)

        assert (done.responses, done.refused, done.unknown) == (0, 1, 0)
        assert record_responses(old, "river", [answer("late")]).erased == 1


def test_what_cannot_be_told_from_a_hash_is_said_and_erased_once_it_is_there(tmp_path: Path, log: Path) -> None:
    with opened(tmp_path / "store.sqlite") as store, opened(tmp_path / "other.sqlite") as other:
        for one in (store, other):
            filled(one)
            record_responses(one, "river", [answer("late")])
        erase_responses(store, "river", ["late"], now=NOW, tell=lambda stones: append_tombstones(log, stones, NOW))
        erase_responses(other, "river", ["a", "late"], now=NOW)
        with writing(
            other
        ) as connection:  # as if it had never come: under a salt of its own nothing tells that it may not
            connection.execute(schema.erased.delete())
        missing = command("erase-again", "--log", log, "--db", tmp_path / "other.sqlite")
        record_responses(other, "river", [answer("late")])

        done = command("erase-again", "--log", log, "--db", tmp_path / "other.sqlite")

        assert "river: 1 are not known here: once they have been imported again, run this again" in missing.stderr
        assert done.stdout.startswith("river: 1 responses")
        assert keys_in(other) == {"id:b", "id:c", "id:d"}
        assert erase_again(other, [*tombstones_of(store)], now=NOW)[0].unknown == 1
    (elsewhere,) = erase_again_in_an_empty_store(log)
    assert (elsewhere.survey, elsewhere.unknown) == ("river", 1)


def erase_again_in_an_empty_store(log: Path) -> list[object]:
    with opened() as empty:
        return [*erase_again(empty, read_tombstones(log), now=NOW)]


def test_nothing_is_erased_where_the_log_cannot_be_written(tmp_path: Path) -> None:
    with opened(tmp_path / "store.sqlite") as store:
        filled(store)

        refused = command(
            "erase", "river", "--response", "a", "--log", tmp_path / "no" / "log", "--db", tmp_path / "store.sqlite"
        )

        assert refused.exit_code == 1
        assert "cannot be written (No such file or directory): nothing was erased" in refused.output
        assert "id:a" in keys_in(store)


def test_a_log_that_is_another_file_is_not_written_to_and_nothing_is_erased(tmp_path: Path) -> None:
    db = tmp_path / "store.sqlite"
    with opened(db) as store:
        record(store, RIVER, TWELVE)
    (tmp_path / "other.csv").write_text("id,move\n", encoding="utf-8")

    for other in (db, tmp_path / "other.csv"):
        said = command("erase", "river", "--response", "1", "--log", other, "--db", db)

        assert (said.exit_code, "is no log of erasures" in said.output) == (1, True)
    assert (tmp_path / "other.csv").read_text(encoding="utf-8") == "id,move\n"
    assert command("erase", "river", "--response", "1", "--db", db).exit_code == 0


def test_the_log_names_no_response_and_a_line_that_was_cut_off_is_told(tmp_path: Path, log: Path) -> None:
    with opened(tmp_path / "store.sqlite") as store:
        filled(store)
        for key in ("a", "b"):
            erase_responses(store, "river", [key], now=NOW, tell=lambda stones: append_tombstones(log, stones, NOW))
            with log.open("a", encoding="utf-8") as file:
                file.write('{"at": "2025')  # a machine that went down in the middle of a third erasure

    lines = log.read_text(encoding="utf-8").splitlines()
    assert [json.loads(lines[place])["survey"] for place in (0, 2)] == ["river", "river"]
    assert "id:a" not in log.read_text(encoding="utf-8")
    with pytest.raises(FileError, match=r"line 2, 4: found no tombstone.*take the line out"):
        read_tombstones(log)


def test_erase_again_has_to_be_told_from_where(tmp_path: Path) -> None:
    asked = command("erase-again", "--db", tmp_path / "store.sqlite")

    assert asked.exit_code == 2
    assert "no --log and no --store" in asked.output


@pytest.mark.parametrize(("first", "again"), [("late", "la\u200bte"), ("la\u200bte", "late"), ("\ufefflate", "late")])
def test_an_erased_answer_does_not_come_back_with_a_sign_that_nobody_sees(
    first: str, again: str, tmp_path: Path
) -> None:
    with opened(tmp_path / "store.sqlite") as store:
        filled(store)
        assert record_responses(store, "river", [answer(first)]).stored == 1

        erase_responses(store, "river", [first], now=NOW)

        assert record_responses(store, "river", [answer(again)]) == Receipt(erased=1)
