"""The endpoint killed under load: every answer that was acknowledged is there, once, and the tally is a recount."""

from __future__ import annotations

import random
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPException
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from analytics.collect import asked
from analytics.collect.application import ASK
from analytics.collect.recorder import Complaints
from analytics.errors import StoreError
from analytics.store.read.status import read_status
from analytics.store.tables.opening import open_store
from analytics.store.tables.tally import set_hot
from analytics.store.tend.verify import verify_store
from tests.benchmarks.collecting import measure
from tests.fault_proxy import Proxy, proxy_to
from tests.made.collecting import answer_of, ask, endpoint, know_key, lay_out, send
from tests.patience import wait_until
from tests.ports import free_port
from tests.postgres import Server, server
from tests.started import started
from tests.surveys import opened, table

CLIENTS = 4


class Readers:
    """Readers who answer one after the other, and send an answer again until it is acknowledged."""

    def __init__(self, port: int) -> None:
        self.port, self.done = port, threading.Event()
        self.acknowledged: list[str] = []
        self.networks = count()
        self.again = 0
        self.threads = [threading.Thread(target=self.answer, args=(number,)) for number in range(CLIENTS)]

    def answer(self, client: int) -> None:
        """Answers until it is enough; the last answer is sent to its end."""
        number = 0
        while not self.done.is_set():
            number += 1
            move = ("Yes", "No", "Unsure")[number % 3]
            while not self.is_acknowledged(answer_of(f"{client}-{number}", move)):
                self.again += 1
                self.done.wait(0.02)
            self.acknowledged.append(move)

    def is_acknowledged(self, words: dict[str, object]) -> bool:
        """Whether the endpoint said that it has the answer."""
        try:
            network = next(self.networks)  # each is the first of its own, and asked to prove nothing
            away = f"{11 + (network >> 16)}.{network >> 8 & 255}.{network & 255}.7"
            status = send(self.port, words, X_Forwarded_For=away).status
        except (OSError, HTTPException):  # it was killed, and is not back yet
            return False
        assert status in (201, 503), status
        return status == 201


def keep_killing(path: Path, kills: int) -> Readers:
    """Has readers answer while their endpoint is killed so many times, each time at a moment by chance."""
    port, chance = free_port(), random.Random(kills)
    with opened(path) as store:
        know_key(store, port)
    readers = Readers(port)
    for number in range(kills + 1):
        with started("collect", "--port", port, "--db", path):
            assert wait_until(lambda: is_up(port))
            if number == 0:
                for thread in readers.threads:
                    thread.start()
            before = len(readers.acknowledged)
            assert wait_until(lambda: len(readers.acknowledged) >= before + chance.randint(20, 60))  # noqa: B023
            if number == kills:
                readers.done.set()
                for thread in readers.threads:
                    thread.join()
    return readers


def is_up(port: int) -> bool:
    """Whether the endpoint answers."""
    try:
        return ask(port, "GET", f"{ASK}/bridge").status == 200
    except (OSError, HTTPException):
        return False


def hold_against(address: Path | str, readers: Readers) -> None:
    """Holds what is in the store against what was acknowledged: all of it once, and the tally a recount."""
    with opened(address) as store:
        assert sum(len(found.wrong) for found in verify_store(store)) == 0
        shares = table(store, "move", key="bridge").query("statistic == 'share'")
        found = dict(zip(shares["choice"], shares["count"], strict=True))
        assert found == {choice: readers.acknowledged.count(choice) for choice in ("Yes", "No", "Unsure")}
        status = read_status(store, "bridge")
        assert (status.counted, status.superseded) == (len(readers.acknowledged), 0)


def run_killing(path: Path, kills: int) -> None:
    """Kills the endpoint so many times and holds what is in the store against what was acknowledged."""
    with opened(path) as store:
        lay_out(store)

    readers = keep_killing(path, kills)

    hold_against(path, readers)
    assert readers.again > 0


def test_what_was_acknowledged_before_a_kill_is_counted_once(tmp_path: Path) -> None:
    run_killing(tmp_path / "store.sqlite", kills=2)


@pytest.mark.soak
def test_what_was_acknowledged_before_fifty_kills_is_counted_once(tmp_path: Path) -> None:
    run_killing(tmp_path / "store.sqlite", kills=50)


def run_database_killing(kills: int, answers: int, **settings: str) -> None:
    """Crashes the database so many times, and cuts its network as often, while readers answer.

    Nobody reads what the endpoint says of it: as where a log is full, or whoever collects it has gone away.
    """
    chance = random.Random(kills)
    with server(**settings) as database, proxy_to(database.port) as network:
        address = database.new_database()
        with opened(address) as store:
            lay_out(store)
            set_hot(store, "bridge", True)
        port = free_port()
        with opened(address) as store:
            know_key(store, port)
        readers = Readers(port)
        with started("collect", "--port", port, "--db", address.replace(f":{database.port}/", f":{network.port}/")):
            assert wait_until(lambda: is_up(port))
            for thread in readers.threads:
                thread.start()
            for _ in range(kills):
                before = len(readers.acknowledged)
                assert wait_until(lambda: len(readers.acknowledged) >= before + chance.randint(1, answers))  # noqa: B023
                database.stop()
                database.start()
                assert goes_on(readers)
                network.become("reset")
                readers.done.wait(chance.random() / 5)
                network.become("none")
                assert goes_on(readers)
            readers.done.set()
            for thread in readers.threads:
                thread.join()

        hold_against(address, readers)


def goes_on(readers: Readers) -> bool:
    """Whether answers are acknowledged again before long."""
    before = len(readers.acknowledged)
    return wait_until(lambda: len(readers.acknowledged) > before)


def test_what_was_acknowledged_before_a_crash_of_the_database_is_counted_once() -> None:
    run_database_killing(kills=1, answers=60)


@pytest.mark.soak
def test_what_was_acknowledged_before_ten_crashes_of_the_database_is_counted_once() -> None:
    run_database_killing(kills=10, answers=60, fsync="on")


@contextmanager
def asked_behind(postgres: Server, address: str, **settled: Any) -> Iterator[tuple[int, Proxy]]:
    """Gives the port of an endpoint whose database is behind a network that fails, and that network."""
    with proxy_to(postgres.port) as network:
        store = open_store(address.replace(f":{postgres.port}/", f":{network.port}/"), for_answers=True)
        lay_out(store)
        with endpoint(store, **settled) as port:
            assert wait_until(lambda: send(port, answer_of("1")).status == 201, looks=20)
            yield port, network
        store.dispose()


def test_a_database_that_fell_silent_is_not_waited_for_and_found_again(postgres: Server, postgres_address: str) -> None:
    with asked_behind(postgres, postgres_address, seconds=1.0) as (port, network):
        network.become("black hole")
        silent = send(port, answer_of("2"))
        network.become("none")  # what was swallowed never comes: as after a failover behind a balancer
        found = wait_until(lambda: send(port, answer_of("2")).status == 201, looks=20)

    assert (silent.status, found) == (503, True)


def test_a_form_is_shown_as_it_was_while_the_database_is_silent(
    postgres: Server, postgres_address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asked, "FRESH_SECONDS", 0.0)
    monkeypatch.setattr(asked, "LOOK_SECONDS", 0.3)
    with asked_behind(postgres, postgres_address, seconds=1.0) as (port, network):
        network.become("black hole")
        shown = ask(port, "GET", f"{ASK}/bridge")

    assert (shown.status, '<input type="radio" name="question.move"' in shown.text) == (200, True)


def test_a_balancer_that_refuses_our_limits_is_named_with_what_to_set() -> None:
    said = b"SFATAL\0C08P01\0Munsupported startup parameter: options\0\0"
    refusal = b"E" + (len(said) + 4).to_bytes(4) + said
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def refuse() -> None:
            client, _ = listener.accept()
            with client:
                client.recv(4_096)
                client.sendall(refusal)

        balancer = threading.Thread(target=refuse)
        balancer.start()
        address = f"postgresql://me@127.0.0.1:{listener.getsockname()[1]}/answers?sslmode=disable"
        with pytest.raises(StoreError, match="add `ignore_startup_parameters = options`"):
            open_store(address, for_answers=True)
        balancer.join()


def test_the_log_says_what_is_wrong_once_and_then_how_often(caplog: pytest.LogCaptureFixture) -> None:
    now = [0.0]
    complaints = Complaints(lambda: now[0])

    for second in range(25):
        now[0] = float(second)
        for _ in range(400):
            complaints.add("not acknowledged: %s", "gone")

    assert [record.getMessage() for record in caplog.records] == [
        "not acknowledged: gone", "not acknowledged: gone (4000 times)", "not acknowledged: gone (4000 times)",
    ]  # fmt: skip


@pytest.mark.soak
def test_thirty_seven_thousand_answers_at_once_are_all_in_within_a_minute() -> None:
    """The rate is what the generator can offer over 200 connections; clients try again where they are asked to."""
    missed = [one for one in measure(37_000) if "at once" in one.what and (one.ratio or 0) > 1]

    assert not missed
