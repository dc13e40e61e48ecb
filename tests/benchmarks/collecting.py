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
from pathlib import Path

import numpy as np

from analytics.collect.application import ANSWERS
from analytics.store.read.status import read_status
from tests.benchmarks.measure import ROOT, Finding, environment
from tests.made.collecting import ASKED, lay_out
from tests.surveys import opened
from tests.test_browser import free_port

CONNECTIONS = 200
GOAL_A_SECOND, GOAL_MS, GOAL_CROWD_SECONDS = 1_500, 30, 60
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


def request_of(number: int) -> bytes:
    """Returns the request of a reader, each with an answer of its own."""
    words = {
        "survey": ASKED.key, "id": uuid.uuid4().hex, "answers": {"move": ("Yes", "No", "Unsure")[number % 3]},
        "groups": {"age": ("18-29", "30-59", "60+")[number % 3], "sex": "FM"[number % 2]},
    }  # fmt: skip
    body = json.dumps(words).encode()
    head = (
        f"POST {ANSWERS} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


async def answer(port: int, numbers: Iterator[int], rate: float, begun: float, said: Said) -> None:
    """Has one reader after the other answer over one connection, at that rate over all connections; 0 for no pause."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for number in numbers:
        await asyncio.sleep(max(0.0, begun + number / rate - time.monotonic()) if rate else 0)
        request, offered = request_of(number), time.monotonic()
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


async def crowd(port: int, readers: int, rate: float = 0) -> tuple[Said, float]:
    """Has so many readers answer; returns what they met and how many seconds it took until the last was thanked."""
    said, numbers, begun = Said(), iter(range(readers)), time.monotonic()
    await asyncio.gather(*(answer(port, numbers, rate, begun, said) for _ in range(min(CONNECTIONS, readers))))
    return said, time.monotonic() - begun


@contextmanager
def serving() -> Iterator[tuple[int, Path]]:
    """Gives the port of an endpoint, a process of its own, and the file that it writes to."""
    with tempfile.TemporaryDirectory() as folder:
        path, port = Path(folder) / "store.sqlite", free_port()
        with opened(path) as store:
            lay_out(store)
        command = [sys.executable, "-m", "analytics", "collect", "--port", str(port), "--db", str(path)]
        process = subprocess.Popen(command, cwd=ROOT, env=environment(), stderr=subprocess.DEVNULL)
        try:
            asyncio.run(_until_up(port))
            yield port, path
        finally:
            process.terminate()
            process.wait()


async def _until_up(port: int) -> None:
    while True:
        try:
            await crowd(port, 1)
            return
        except OSError:
            await asyncio.sleep(0.1)


def measure(readers: int) -> list[Finding]:
    """Returns the lines of the report; so many readers come at once, as many as Junior Eurovision lost in 2014."""
    with serving() as (port, path):
        quiet, _ = asyncio.run(crowd(port, 500, rate=50))
        met, seconds = asyncio.run(crowd(port, readers))
        with opened(path) as store:
            counted = read_status(store, ASKED.key).counted
    assert counted == readers + 501, "an acknowledged answer is missing, or counted twice"
    rate = readers / seconds
    return [
        Finding(
            "answers taken from the article a second, each on disk before the thanks", f"{rate:,.0f}",
            f"the goal: {GOAL_A_SECOND:,}", ratio=rate / GOAL_A_SECOND, at_least=1,
            spread=f"99 in 100 within {met.ms(99):.0f} ms, {CONNECTIONS} connections",
        ),
        Finding(
            f"{readers:,} answers at once, until the last was thanked for", f"{seconds:.1f} s",
            f"the goal: {GOAL_CROWD_SECONDS} s", ratio=seconds / GOAL_CROWD_SECONDS, at_most=1,
            spread=f"{met.again:,} asked to try again",
        ),
        Finding(
            "one answer while 50 a second come in", f"{quiet.ms(50):.0f} ms", f"the goal: {GOAL_MS} ms",
            ratio=quiet.ms(50) / GOAL_MS, at_most=1, spread=f"99 in 100 within {quiet.ms(99):.0f} ms",
        ),
    ]  # fmt: skip
