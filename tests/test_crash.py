"""Writers that are killed and servers that crash: what was acknowledged is there, once, and the tally is a recount."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from sqlalchemy import select

from analytics.errors import StoreError
from analytics.model import Response
from analytics.store.place.connections import Store, reading, writing
from analytics.store.record.live import _judged, _moved, _place, batch_of, record_responses
from analytics.store.record.raw_rows import seconds
from analytics.store.tables import schema
from analytics.store.tables.opening import open_store
from analytics.store.tables.surveys import note_times, save_survey, survey_by_key
from analytics.store.tables.tally import change_tally, set_hot
from analytics.store.tend.verify import verify_store
from tests.conftest import ROOT
from tests.loaded import python, ran
from tests.patience import wait_until
from tests.postgres import Server
from tests.surveys import opened
from tests.test_live import WITH_TEXT, answer

WRITERS = 4
KEYS = 400
RESENT = 0.15
GAP_SECONDS = 0.03
"""How long the known bad way rests between its two transactions: longer than each of them takes."""
ROUNDS = 9

Record = Callable[[Store, str, Sequence[Response]], object]

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="the harness needs fork"),
    pytest.mark.timeout(900),  # the kills wait for the writers, which a busy machine keeps waiting too
]


def record_in_two_transactions(store: Store, key: str, responses: Sequence[Response]) -> None:
    """Records in the known bad way: first the rows, then, in a transaction of its own, their tally.

    It rests in between, as it would on a machine that has other things to do: most kills fall there.
    """
    with reading(store) as connection:
        survey_id, definition, _ = survey_by_key(connection, key)
    batch = batch_of(definition, responses)
    with writing(store) as connection:
        place = _place(connection, survey_id, definition, batch, hot=False)
        verdict = _judged(connection, place)
        cells = _moved(connection, place, verdict)
        note_times(connection, survey_id, seconds(batch)[verdict.counts])
    threading.Event().wait(GAP_SECONDS)
    with writing(store) as connection:
        change_tally(connection, survey_id, cells, place.revision)


def write_until_killed(address: str, told: Path, seed: int, record: Record) -> None:
    """Sends answers, new ones and some again, and notes the keys of each batch once it is acknowledged.

    A writer that the harness leaves behind ends of itself.
    """
    chance, harness = random.Random(seed), os.getppid()
    store, notes = open_store(address), os.open(told, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    while os.getppid() == harness:
        keys = [
            f"{chance.randrange(KEYS)}" if chance.random() < RESENT else f"{seed}-{chance.random()}" for _ in range(3)
        ]
        batch = [answer(key, "Yes" if len(key) % 2 else "No") for key in dict.fromkeys(keys)]
        try:
            record(store, "river", batch)
        except StoreError:  # the server is gone
            return
        os.write(notes, "".join(f"{one.key}\n" for one in batch).encode())


def seconds_until(true: Callable[[], bool]) -> float:
    """Returns how long it took, however busy the machine is; raises where it does not come true."""
    begun = time.monotonic()
    if not wait_until(true, looks=6_000, rest_seconds=0.01):
        raise TimeoutError("the writers acknowledge nothing any more")
    return time.monotonic() - begun


def has_grown(notes: Path) -> Callable[[], bool]:
    """Returns what tells whether something was noted since now."""
    before = notes.stat().st_size
    return lambda: notes.stat().st_size > before


def keep_killing(address: str, told: str, kills: int, name: str) -> None:
    """Keeps four writers at work and kills one of them after every acknowledgement or two, so many times in all.

    Each dies at a moment by chance of its work: the pause before is a part of what the last acknowledgement took.
    """
    chance, pause, children, notes, took = random.Random(kills), threading.Event(), list[int](), Path(told), 0.0
    notes.touch()
    for number in range(kills + WRITERS):
        if (child := os.fork()) == 0:
            write_until_killed(address, notes, number, globals()[name])
            os._exit(0)
        children.append(child)
        if len(children) > WRITERS:
            for _ in range(chance.randint(0, 2)):
                took = seconds_until(has_grown(notes))
            pause.wait(chance.uniform(0, took))
            killed = children.pop(chance.randrange(len(children)))
            os.kill(killed, signal.SIGKILL)
            os.waitpid(killed, 0)
    for child in children:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def run_killing(address: str, told: Path, kills: int, record: Record) -> None:
    """Runs the harness in a process of its own, which can be forked from."""
    call = f"keep_killing({address!r}, {str(told)!r}, {kills}, {record.__name__!r})"
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1"}
    ran("-c", f"from tests.test_crash import *; {call}", cwd=ROOT, check=True, capture=False, env=environment)


def prepare(address: str, *, hot: bool = False) -> None:
    """Makes the store and its survey."""
    with opened(address) as store:
        with writing(store) as connection:
            save_survey(connection, WITH_TEXT)
        if hot:
            set_hot(store, "river", True)


def acknowledged(told: Path) -> set[str]:
    """Returns the keys of the responses that were acknowledged."""
    return set(told.read_text(encoding="utf-8").splitlines()) if told.exists() else set()


def faults(address: str, told: Path) -> list[str]:
    """Returns what is wrong: acknowledged and missing, there twice, a cell that differs from a recount."""
    kept = acknowledged(told)
    with opened(address) as store:
        with reading(store) as connection:
            there = Counter(connection.execute(select(schema.response.c.key)).scalars())
        wrong = sum(len(found.wrong) for found in verify_store(store))
    missing = [f"{key} is missing" for key in kept if there[f"id:{key}"] == 0]
    twice = [f"{key} is there {count} times" for key, count in there.items() if count > 1]
    if "://" not in address:
        with sqlite3.connect(address) as database:
            twice += [text for (text,) in database.execute("PRAGMA integrity_check") if text != "ok"]
        database.close()
    assert len(kept) > WRITERS
    return missing + twice + ([f"{wrong} cells differ from a recount"] if wrong else [])


@pytest.mark.parametrize("kills", [pytest.param(10, id="10"), pytest.param(500, id="500", marks=pytest.mark.soak)])
def test_writers_killed_over_and_over_lose_nothing_acknowledged_and_count_nothing_twice(
    address: str, tmp_path: Path, kills: int
) -> None:
    prepare(address)

    run_killing(address, tmp_path / "told", kills, record_responses)

    assert faults(address, tmp_path / "told") == []


def test_writers_of_a_hot_survey_killed_over_and_over_lose_nothing(server_address: str, tmp_path: Path) -> None:
    prepare(server_address, hot=True)

    run_killing(server_address, tmp_path / "told", 8, record_responses)

    assert faults(server_address, tmp_path / "told") == []


def test_rows_and_tally_in_two_transactions_do_not_survive_the_same_kills(address: str, tmp_path: Path) -> None:
    prepare(address)

    found: list[str] = []
    for _ in range(ROUNDS):  # one is enough nearly always
        run_killing(address, tmp_path / "told", 7, record_in_two_transactions)
        found = faults(address, tmp_path / "told")
        if any("differ from a recount" in fault for fault in found):
            break

    assert any("differ from a recount" in fault for fault in found)


# A server that crashes


def write_while_it_crashes(address: str, told: str, crashes: int, command: int, answer_back: int) -> None:
    """Keeps four writers at work and asks, over a pipe, for so many crashes; all writers begin anew after each."""
    for number in range(crashes):
        children = []
        for writer in range(WRITERS):
            if (child := os.fork()) == 0:
                write_until_killed(address, Path(told), number * WRITERS + writer, record_responses)
                os._exit(0)
            children.append(child)
        enough = (number + 1) * WRITERS * 3
        seconds_until(lambda enough=enough: len(acknowledged(Path(told))) >= enough)
        os.write(command, b"crash")
        assert os.read(answer_back, 10) == b"back"
        for child in children:
            os.waitpid(child, 0)


@pytest.mark.parametrize("crashes", [pytest.param(2, id="2"), pytest.param(25, id="25", marks=pytest.mark.soak)])
@pytest.mark.parametrize("hot", [False, True], ids=["in the tally", "pending"])
def test_a_server_that_crashes_over_and_over_keeps_what_was_acknowledged(
    postgres: Server, postgres_address: str, tmp_path: Path, hot: bool, crashes: int
) -> None:
    prepare(postgres_address, hot=hot)
    (ours, command), (answer_back, back) = os.pipe(), os.pipe()
    call = (
        f"write_while_it_crashes({postgres_address!r}, {str(tmp_path / 'told')!r}, {crashes}, {command}, {answer_back})"
    )

    harness = python("-c", f"from tests.test_crash import *; {call}", cwd=ROOT, pass_fds=(command, answer_back))
    try:
        os.close(command)
        while os.read(ours, 5):
            postgres.stop()
            postgres.start()
            os.write(back, b"back")
        assert harness.wait() == 0
    finally:
        harness.kill()
        harness.wait()
        for end in (ours, answer_back, back):
            os.close(end)

    assert faults(postgres_address, tmp_path / "told") == []
