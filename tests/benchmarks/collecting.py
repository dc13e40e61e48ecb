"""How many answers the endpoint makes sure of in a second, and how long one takes, generator and endpoint together."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
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


async def answer(
    port: int, key: bytes, numbers: Iterator[int], rate: float, begun: float, said: Said, first: int
) -> None:
    """Has one reader after the other answer over one connection, at that rate over all connections; 0 for no pause."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for number in numbers:
        await asyncio.sleep(max(0.0, begun + (number - first) / rate - time.monotonic()) if rate else 0)
        request, offered = request_of(number, key), time.monotonic()
        while True:
            writer.write(request)
            head = (await reader.readuntil(b"\r\n\r\n")).lower()
            await reader.readexactly(int(head.split(b"content-length: ")[1].split(b"\r\n")[0]))
            if head.split()[1] == b"201":
                break
            said.again += 1
            await asyncio.sleep(AGAIN_SECONDS)
        said.seconds.append(time.monotonic() - offered)
    writer.close()


async def crowd(port: int, key: bytes, readers: range, rate: float = 0) -> tuple[Said, float]:
    """Has these readers answer; returns what they met and how many seconds it took until the last was thanked."""
    said, begun = Said(), time.monotonic()
    numbers = iter(readers)
    ways = range(min(CONNECTIONS, len(readers)))
    await asyncio.gather(*(answer(port, key, numbers, rate, begun, said, readers.start) for _ in ways))
    return said, time.monotonic() - begun


@contextmanager
def serving(address: str, *, hot: bool) -> Iterator[tuple[int, bytes]]:
    """Gives the port of an endpoint, a process of its own that writes to that database, and the key of its forms."""
    port = free_port()
    with opened(address) as store:
        lay_out(store)
        if hot:
            set_hot(store, ASKED.key, True)
        key = signing_keys(store, FORM_KEYS, now=datetime.now(UTC)).current
    command = [sys.executable, "-m", "analytics", "collect", "--port", str(port), "--db", address]
    process = subprocess.Popen(command, cwd=ROOT, env=environment(), stderr=subprocess.DEVNULL)
    try:
        asyncio.run(_until_up(port, key))
        yield port, key
    finally:
        process.terminate()
        process.wait()


async def _until_up(port: int, key: bytes) -> None:
    while True:
        try:
            await crowd(port, key, range(1))
            return
        except OSError:
            await asyncio.sleep(0.1)


def measure(readers: int) -> list[Finding]:
    """Returns the lines of the report; so many readers come at once, as many as Junior Eurovision lost in 2014."""
    with tempfile.TemporaryDirectory() as folder:
        found = _measured(str(Path(folder) / "store.sqlite"), readers, "SQLite", GOAL_A_SECOND, hot=False)
    with server(fsync="on", full_page_writes="on") as postgres:
        address = postgres.new_database()
        return [*found, *_measured(address, readers, "PostgreSQL, hot", GOAL_A_SECOND_HOT, hot=True)]


def _measured(address: str, readers: int, where: str, goal: int, *, hot: bool) -> list[Finding]:
    with serving(address, hot=hot) as (port, key):
        quiet, _ = asyncio.run(crowd(port, key, range(1, 501), rate=50))
        steady, _ = asyncio.run(crowd(port, key, range(501, 501 + goal * STEADY_SECONDS), rate=goal))
        first = 501 + goal * STEADY_SECONDS
        met, seconds = asyncio.run(crowd(port, key, range(first, first + readers)))
        with opened(address) as store:
            status = read_status(store, ASKED.key)
    assert (status.counted, status.unverified) == (first + readers, 0), "an answer is missing, twice, or waits"
    rate = readers / seconds
    return [
        Finding(
            f"answers taken from the article a second, each on disk before the thanks ({where})", f"{rate:,.0f}",
            f"the goal: {goal:,}", ratio=rate / goal, at_least=1,
            spread=f"99 in 100 within {met.ms(99):.0f} ms, {CONNECTIONS} connections",
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
