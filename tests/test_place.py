"""Where a SQLite file may lie, and that its writers wait for each other where its library is known to do damage."""

from __future__ import annotations

import fcntl
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from analytics.errors import StoreError
from analytics.store.place import connections, sqlite
from analytics.store.place.connections import writing
from analytics.store.place.sqlite import can_be_damaged, only_writer, refuse_network
from analytics.store.tables.opening import open_store
from tests.surveys import RIVER, TWELVE, command, opened, record

MOUNTS = """
/dev/vda / ext4 rw 0 0
server:/x /home/news nfs4 rw 0 0
/dev/vdb /home/news/fast xfs rw 0 0
//server/y /mnt/a\\040b cifs rw 0 0
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [("/home/news/store.sqlite", "nfs4"), ("/home/news/fast/store.sqlite", None), ("/home/newsroom.sqlite", None),
     ("/mnt/a b/store.sqlite", "cifs")],
)  # fmt: skip
def test_a_database_on_a_network_file_system_is_refused(path: str, kind: str | None) -> None:
    if kind is None:
        refuse_network(Path(path), MOUNTS)
        return
    with pytest.raises(StoreError, match=rf"network file system \({kind}\).*use PostgreSQL"):
        refuse_network(Path(path), MOUNTS)


def holder(lock: Path) -> bool:
    """Returns whether somebody holds the lock."""
    file = os.open(lock, os.O_RDWR | os.O_CREAT)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(file)
    return False


@pytest.mark.skipif(not can_be_damaged(), reason="this SQLite does no damage")
def test_who_writes_holds_the_lock_until_the_end_of_the_commit_and_others_wait_only_so_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "WAIT_SECONDS", 0.05)
    lock = tmp_path / "store.sqlite-writer"
    with opened(tmp_path / "store.sqlite") as store:
        record(store, RIVER, TWELVE)
        before = holder(lock)
        with writing(store):
            during = holder(lock)
            with pytest.raises(StoreError, match="another process has been writing for too long"), writing(store):
                pass
        after = holder(lock)

    assert (before, during, after) == (False, True, False)


def test_verify_says_which_sqlite_does_damage_and_one_that_does_none_needs_no_lock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(tmp_path / "store.sqlite") as store:
        record(store, RIVER, TWELVE)
    monkeypatch.setattr(sqlite, "can_be_damaged", lambda: True)
    warned = command("verify", "--db", tmp_path / "store.sqlite")

    monkeypatch.setattr(sqlite, "can_be_damaged", lambda: False)
    silent = command("verify", "--db", tmp_path / "store.sqlite")
    with only_writer(str(tmp_path / "other.sqlite")):
        pass

    assert f"SQLite {sqlite3.sqlite_version} can damage a database" in warned.stderr
    assert silent.stderr == ""
    assert not (tmp_path / "other.sqlite-writer").exists()


@pytest.mark.parametrize("address", [
    "postgresql://u@h:WORD/x", "postgresql://u:WORD@[::1/x", "postgresql:/u:WORD@h/x", "postgresql//u:WORD@h/x",
    "file:/tmp/WORD.sqlite?mode=rwc", "sqlite:WORD.sqlite", "nothing://u:WORD@h/x",
])  # fmt: skip
def test_a_mistyped_address_is_no_file_and_its_password_is_not_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.chdir(tmp_path)

    with pytest.raises(StoreError, match="the database address") as fault:
        open_store(address)

    assert "WORD" not in str(fault.value)
    assert not list(tmp_path.iterdir())


HELD = [("surveys",), ("topline", "river", "move"), ("verify",), ("erase", "river", "--response", "1"),
        ("screen", "river", "--response", "1", "--rule", "robots"), ("tend",), ("audit",), ("backup", "copy.sqlite"),
        ("close", "river")]  # fmt: skip


def test_whoever_waits_for_what_another_session_holds_is_told_so_in_time(
    server_address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(server_address) as store:
        record(store, RIVER, TWELVE)
    monkeypatch.setattr(connections, "BUSY_TIMEOUT_MS", 300)

    with psycopg.connect(server_address) as holder:
        holder.execute("LOCK TABLE survey, about IN ACCESS EXCLUSIVE MODE")
        told = {words: command(*words, "--db", server_address) for words in HELD}

    assert {words: result.exit_code for words, result in told.items()} == dict.fromkeys(HELD, 1)
    for words, result in told.items():
        assert "somebody else holds what this needs" in result.output, words
    assert command("verify", "--db", server_address).exit_code == 0


@pytest.mark.parametrize("words", [words for words in HELD if words[0] in {"erase", "screen", "close"}])
def test_whoever_waits_for_the_one_who_writes_to_a_file_is_told_so_in_time(
    words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "store.sqlite"
    with opened(file) as store:
        record(store, RIVER, TWELVE)
    monkeypatch.setattr(connections, "BUSY_TIMEOUT_MS", 300)

    with closing(sqlite3.connect(file, isolation_level=None)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        told = command(*words, "--db", file)

    assert told.exit_code == 1
    assert f"somebody else holds what this needs in the database sqlite:///{file}" in told.output
