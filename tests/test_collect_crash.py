"""The endpoint killed under load: every answer that was acknowledged is there, once, and the tally is a recount."""

from __future__ import annotations

import random
import threading
from http.client import HTTPException
from pathlib import Path

import pytest

from analytics.collect.application import ASK
from analytics.store.read.status import read_status
from analytics.store.tend.verify import verify_store
from tests.made.collecting import answer_of, ask, lay_out, send
from tests.patience import wait_until
from tests.started import started
from tests.surveys import opened, table
from tests.test_browser import free_port

CLIENTS = 4


class Readers:
    """Readers who answer one after the other, and send an answer again until it is acknowledged."""

    def __init__(self, port: int) -> None:
        self.port, self.done = port, threading.Event()
        self.acknowledged: list[str] = []
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
            status = send(self.port, words).status
        except (OSError, HTTPException):  # it was killed, and is not back yet
            return False
        assert status in (201, 503)
        return status == 201


def keep_killing(path: Path, kills: int) -> Readers:
    """Has readers answer while their endpoint is killed so many times, each time at a moment by chance."""
    port, chance = free_port(), random.Random(kills)
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


def run_killing(path: Path, kills: int) -> None:
    """Kills the endpoint so many times and holds what is in the store against what was acknowledged."""
    with opened(path) as store:
        lay_out(store)

    readers = keep_killing(path, kills)

    with opened(path) as store:
        assert sum(len(found.wrong) for found in verify_store(store)) == 0
        shares = table(store, "move", key="bridge").query("statistic == 'share'")
        found = dict(zip(shares["choice"], shares["count"], strict=True))
        assert found == {choice: readers.acknowledged.count(choice) for choice in ("Yes", "No", "Unsure")}
        status = read_status(store, "bridge")
        assert (status.counted, status.superseded) == (len(readers.acknowledged), 0)
    assert readers.again > 0


def test_what_was_acknowledged_before_a_kill_is_counted_once(tmp_path: Path) -> None:
    run_killing(tmp_path / "store.sqlite", kills=2)


@pytest.mark.soak
def test_what_was_acknowledged_before_fifty_kills_is_counted_once(tmp_path: Path) -> None:
    run_killing(tmp_path / "store.sqlite", kills=50)
