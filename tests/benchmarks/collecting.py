"""How many answers the endpoint makes sure of in a second, and how long one takes, generator and endpoint together."""

from __future__ import annotations

import json
import os
import re
import selectors
import socket
import subprocess
import sys
import tempfile
import time
import uuid
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

from analytics.collect.application import ANSWERS
from analytics.collect.asked import FORM_KEYS
from analytics.collect.rendered import rendered, signed
from analytics.store.people.keys import signing_keys
from analytics.store.read.status import read_status
from analytics.store.tables.tally import set_hot
from tests.benchmarks.measure import ROOT, Finding, environment
from tests.made.collecting import ASKED, lay_out
from tests.ports import free_port
from tests.postgres import server
from tests.surveys import opened

CONNECTIONS = 200
GOAL_A_SECOND, GOAL_A_SECOND_HOT, GOAL_MS, GOAL_STEADY_MS, GOAL_CROWD_SECONDS = 1_500, 1_000, 30, 250, 60
STEADY_SECONDS = 10
AGAIN_SECONDS = 1.0
"""After so long a reader's form tries again where too many answers wait."""
LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)


@dataclass
class Said:
    """What readers met: how long each waited for the thanks, and how often somebody was asked to try again."""

    seconds: list[float] = field(default_factory=list)
    again: int = 0

    def ms(self, percent: float) -> float:
        """The time within which so many in a hundred were thanked."""
        return 1_000 * float(np.percentile(self.seconds, percent))


def request_of(number: int, key: bytes) -> bytes:
    """Returns the request of a reader, each with an answer, a form and a network of its own."""
    form = rendered(ASKED.key, now=datetime.now(UTC) - timedelta(seconds=20))
    words = {
        "survey": ASKED.key, "id": uuid.uuid4().hex, "form": signed(form, key),
        "answers": {"move": ("Yes", "No", "Unsure")[number % 3]},
        "groups": {"age": ("18-29", "30-59", "60+")[number % 3], "sex": "FM"[number % 2]},
    }  # fmt: skip
    body = json.dumps(words).encode()
    own = f"{11 + (number >> 16)}.{number >> 8 & 255}.{number & 255}.7"
    head = (
        f"POST {ANSWERS} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nX-Forwarded-For: {own}\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


@dataclass
class Way:
    """One connection, over which one reader after the other answers."""

    wire: socket.socket
    number: int = -1
    """The place of the request that is under way, -1 where there is none."""
    offered: float = 0.0
    said: bytes = b""


def crowd(port: int, requests: Sequence[bytes], rate: float = 0) -> tuple[Said, float]:
    """Has a reader send each of the requests; returns what they met and how long it took until the last was thanked.

    The requests are made beforehand and what comes back is hardly looked at: the generator shares the processor with
    what it measures. An answer's time begins when it was due, also where no connection was free.

    Args:
        rate: how many come in a second; 0 where each comes as soon as a connection is free.
    """
    said, begun = Said(), time.monotonic()
    following, thanked = 0, 0
    again: deque[tuple[float, int, float]] = deque()
    with selectors.DefaultSelector() as poll, ExitStack() as closing:
        free: list[Way] = []
        for _ in range(min(CONNECTIONS, len(requests))):
            wire = closing.enter_context(socket.create_connection(("127.0.0.1", port)))
            wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            free.append(Way(wire))
            poll.register(wire, selectors.EVENT_READ, free[-1])
        while thanked < len(requests):
            now = time.monotonic()
            while free:
                due = begun + following / rate if rate else now
                if again and again[0][0] <= now:
                    _, number, offered = again.popleft()
                elif following < len(requests) and due <= now:
                    number, offered, following = following, due, following + 1
                else:
                    break
                way = free.pop()
                way.number, way.offered = number, offered
                way.wire.sendall(requests[number])
            waits = [again[0][0] - now] if again and free else []
            if rate and free and following < len(requests):
                waits.append(begun + following / rate - now)
            for key, _ in poll.select(max(0.0, min(waits)) if waits else None):
                way = key.data
                way.said += way.wire.recv(65_536)
                if (status := status_of(way.said)) is None:
                    continue
                if status == b"201":
                    said.seconds.append(time.monotonic() - way.offered)
                    thanked += 1
                else:
                    said.again += 1
                    again.append((time.monotonic() + AGAIN_SECONDS, way.number, way.offered))
                way.number, way.said = -1, b""
                free.append(way)
    return said, time.monotonic() - begun


def status_of(said: bytes) -> bytes | None:
    """The status of an answer that came in whole, None of one whose rest is under way.

    Raises:
        ConnectionError: the connection was ended.
    """
    if not said:
        raise ConnectionError("the endpoint ended a connection")
    head, found, body = said.partition(b"\r\n\r\n")
    length = LENGTH.search(head)
    return said[9:12] if found and length is not None and len(body) >= int(length[1]) else None


@dataclass(frozen=True)
class Served:
    """An endpoint: its port, the key of its forms, and its process."""

    port: int
    key: bytes
    process: int

    def requests(self, readers: range) -> list[bytes]:
        """The requests of these readers."""
        return [request_of(number, self.key) for number in readers]

    def cpu_seconds(self) -> float:
        """So long its process has worked by now."""
        ticks = Path(f"/proc/{self.process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        return (int(ticks[11]) + int(ticks[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def serving(address: str, *, hot: bool) -> Iterator[Served]:
    """Gives an endpoint, a process of its own that writes to that database."""
    port = free_port()
    with opened(address) as store:
        lay_out(store)
        if hot:
            set_hot(store, ASKED.key, True)
        key = signing_keys(store, FORM_KEYS, now=datetime.now(UTC)).current
    command = [sys.executable, "-m", "analytics", "collect", "--port", str(port), "--db", address]
    process = subprocess.Popen(command, cwd=ROOT, env=environment(), stderr=subprocess.DEVNULL)
    try:
        _wait_until_up(port, key)
        yield Served(port, key, process.pid)
    finally:
        process.terminate()
        process.wait()


def _wait_until_up(port: int, key: bytes) -> None:
    while True:
        try:
            crowd(port, [request_of(0, key)])
            return
        except OSError:
            time.sleep(0.1)


def measure(readers: int) -> list[Finding]:
    """Returns the lines of the report; so many readers come at once, as many as Junior Eurovision lost in 2014."""
    with tempfile.TemporaryDirectory() as folder:
        found = _measured(str(Path(folder) / "store.sqlite"), readers, "SQLite", GOAL_A_SECOND, hot=False)
    with server(fsync="on", full_page_writes="on") as postgres:
        address = postgres.new_database()
        return [*found, *_measured(address, readers, "PostgreSQL, hot", GOAL_A_SECOND_HOT, hot=True)]


def _measured(address: str, readers: int, where: str, goal: int, *, hot: bool) -> list[Finding]:
    with serving(address, hot=hot) as served:
        quiet, _ = crowd(served.port, served.requests(range(1, 501)), rate=50)
        first = 501 + goal * STEADY_SECONDS
        steady, _ = crowd(served.port, served.requests(range(501, first)), rate=goal)
        requests = served.requests(range(first, first + readers))
        before, own_before = served.cpu_seconds(), time.process_time()
        met, seconds = crowd(served.port, requests)
        ours, own = served.cpu_seconds() - before, time.process_time() - own_before
        with opened(address) as store:
            status = read_status(store, ASKED.key)
    assert (status.counted, status.unverified) == (first + readers, 0), "an answer is missing, twice, or waits"
    rate = readers / seconds
    return [
        Finding(
            f"answers taken from the article a second, each on disk before the thanks ({where})", f"{rate:,.0f}",
            f"the goal: {goal:,}", ratio=rate / goal, at_least=1,
            spread=f"99 in 100 within {met.ms(99):.0f} ms, {CONNECTIONS} connections",
            details=(
                f"on the processor {1_000 * ours / readers:.2f} ms an answer in the endpoint's process and "
                f"{1_000 * own / readers:.2f} ms in the generator, by the clock {1_000 * seconds / readers:.2f} ms",
            ),
        ),
        Finding(
            f"one answer while {goal:,} a second come in, 99 in 100 ({where})", f"{steady.ms(99):.0f} ms",
            f"the goal: {GOAL_STEADY_MS} ms", ratio=steady.ms(99) / GOAL_STEADY_MS, at_most=1,
            spread=f"half within {steady.ms(50):.0f} ms, for {STEADY_SECONDS} s",
        ),
        Finding(
            f"{readers:,} answers at once, until the last was thanked for ({where})", f"{seconds:.1f} s",
            f"the goal: {GOAL_CROWD_SECONDS} s", ratio=seconds / GOAL_CROWD_SECONDS, at_most=1,
            spread=f"{met.again:,} asked to try again",
        ),
        Finding(
            f"one answer while 50 a second come in ({where})", f"{quiet.ms(50):.0f} ms", f"the goal: {GOAL_MS} ms",
            ratio=quiet.ms(50) / GOAL_MS, at_most=1, spread=f"99 in 100 within {quiet.ms(99):.0f} ms",
        ),
    ]  # fmt: skip
