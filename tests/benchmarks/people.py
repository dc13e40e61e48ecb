"""People at work in the pages over websockets, with time to think between two clicks, on one process and on several.

Runs alone, for as long as asked: `python -m tests.benchmarks.people --people 50 --seconds 600 --processes 1 2`. What
memory processes hold that have many large surveys open is a part of all: `python -m tests.benchmarks.run memory`.
"""

from __future__ import annotations

import argparse
import random
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path
from urllib.parse import urlencode

from analytics.model import Survey
from analytics.store.columns.making import make_columns
from tests.benchmarks.made_up import EIGHT_COLUMNS, Shape
from tests.benchmarks.measure import ROOT, Finding, clock, environment
from tests.benchmarks.sessions import Session, selections, session
from tests.benchmarks.stores import Made, made
from tests.ports import free_port

PATIENCE_SECONDS = 300
THINK_SECONDS = 5.0
MEDIAN_MS, LATE_MS, LONGEST_MS = 150, 500, 2_000
FILTERS = (["sex 1"], [], ["sex 2"], ["sex 1", "sex 2"])
SURVEYS = 10


@dataclass(frozen=True)
class Pages:
    """Running pages: their address, and their processes."""

    address: str
    processes: tuple[int, ...]

    def held(self) -> tuple[float, float]:
        """How many MiB all processes hold: as each counts it, and with what they share counted once."""
        rolled = [Path(f"/proc/{one}/smaps_rollup").read_text(encoding="utf-8") for one in self.processes]
        counts = [{line.split(":")[0]: line.split()[1] for line in one.splitlines()[1:]} for one in rolled]
        resident, shared_once = (sum(int(one[name]) for one in counts) / 1024 for name in ("Rss", "Pss"))
        return resident, shared_once

    def cookies(self) -> list[str]:
        """For each process what keeps a browser with it; empty where there is one alone."""
        found: set[str] = set()
        for _ in range(200):
            if len(found) == len(self.processes):
                break
            with urllib.request.urlopen(self.address, timeout=PATIENCE_SECONDS) as answer:
                every = answer.headers.get_all("Set-Cookie") or []
            found |= {one.partition(";")[0] for one in every if one.startswith("opinion_process=")}
        return sorted(found)


@contextmanager
def pages(database: str, processes: int) -> Iterator[Pages]:
    """Gives the pages as `serve` starts them.

    Raises:
        RuntimeError: they did not start, or there are fewer processes than asked for.
    """
    port = free_port()
    words = ["serve", "--processes", str(processes), "--port", str(port), "--db", database]
    command = [sys.executable, "-m", "analytics", *words]
    quiet = subprocess.DEVNULL
    serving = subprocess.Popen(command, cwd=ROOT, env=environment(), stdout=quiet, stderr=quiet)
    try:
        _wait_until_ready(serving, f"http://127.0.0.1:{port}")
        started = Path(f"/proc/{serving.pid}/task/{serving.pid}/children").read_text(encoding="utf-8").split()
        ours = [int(one) for one in started if b"streamlit" in Path(f"/proc/{one}/cmdline").read_bytes()]
        if len(ours) != processes:
            raise RuntimeError(f"found {len(ours)} processes of pages, expected {processes}: is Caddy on this machine?")
        yield Pages(f"http://127.0.0.1:{port}", tuple(ours))
    finally:
        serving.terminate()
        serving.wait()


def _wait_until_ready(serving: subprocess.Popen[bytes], address: str) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end and serving.poll() is None:
        with suppress(OSError), urllib.request.urlopen(f"{address}/health/ready", timeout=PATIENCE_SECONDS):
            return
        time.sleep(0.1)
    raise RuntimeError("the pages did not start")


@dataclass
class Person:
    """Somebody at work: how long each of their pages took, and what went wrong in them."""

    session: Session
    seconds: list[float]
    faults: list[str]

    def work(self, until: float, think_seconds: float, seed: int) -> None:
        """Thinks and clicks until then; nobody thinks for the same time twice."""
        rng = random.Random(seed)
        time.sleep(rng.uniform(0, think_seconds))
        while time.monotonic() < until:
            self.session.chosen = rng.choice([one for one in FILTERS if one != self.session.chosen])
            try:
                self.seconds.append(clock(self.session.draw))
            except Exception as fault:
                self.faults.append(f"{type(fault).__name__}: {fault}")
                return
            self.faults += self.session.exceptions
            time.sleep(min(rng.uniform(0.5 * think_seconds, 1.5 * think_seconds), max(until - time.monotonic(), 0)))


def crowd(one: Made, processes: int, people: int, seconds: float, think_seconds: float, rows: int) -> Finding:
    """Returns how long people waited for their pages, how many failed, and what memory the processes held."""
    with pages(str(one.store.url.database), processes) as running, ExitStack() as wires:
        asked = selections(one.survey)
        with session(running.address, one.survey.key) as first:
            first.draw()
        places = [f"{one.survey.key}&{asked[place % len(asked)]}" for place in range(people)]
        working = [Person(wires.enter_context(session(running.address, place)), [], []) for place in places]
        with ThreadPoolExecutor(people) as pool:
            list(pool.map(lambda person: person.session.draw(), working))
            before, until = running.held(), time.monotonic() + seconds
            list(pool.map(lambda each: each[1].work(until, think_seconds, each[0]), enumerate(working)))
            after = running.held()
    took = sorted(each for person in working for each in person.seconds)
    faults = [fault for person in working for fault in person.faults]
    median, late, longest = (1000 * took[int(part * (len(took) - 1))] for part in (0.5, 0.95, 1.0))
    return Finding(
        f"{people} people, {think_seconds:g} s to think between clicks, {processes} processes, {seconds:.0f} s, "
        f"{rows:,} responses",
        f"{median:.0f} ms, one in twenty over {late:.0f} ms, the longest {longest:.0f} ms",
        f"the goal: {MEDIAN_MS}, {LATE_MS} and {LONGEST_MS} ms",
        max(median / MEDIAN_MS, late / LATE_MS, longest / LONGEST_MS), at_most=1,
        why="every page is a run of Python, and those of one process share a processor",
        details=(
            f"{len(took)} pages, {len(faults)} exceptions{''.join(f' ({one})' for one in sorted(set(faults))[:3])}",
            f"all processes hold {before[0]:.0f} MiB at the start and {after[0]:.0f} MiB at the end; what they share "
            f"counted once, {before[1]:.0f} and {after[1]:.0f} MiB",
        ),
    )  # fmt: skip


def measure(rows: int, seconds: float) -> list[Finding]:
    """Returns how long fifty people who think between two clicks wait, and ten who never rest."""
    with tempfile.TemporaryDirectory(prefix="people-") as name, made(Path(name), EIGHT_COLUMNS, rows) as one:
        make_columns(one.store, one.survey.key, least=0)
        numbers = (1, 2) if shutil.which("caddy") else (1,)
        found = [crowd(one, processes, 50, seconds, THINK_SECONDS, rows) for processes in numbers]
        return [*found, crowd(one, numbers[-1], 10, seconds / 2, 0.0, rows)]


def measure_memory(rows: int, surveys: int = SURVEYS, numbers: Sequence[int] = (1, 2)) -> list[Finding]:
    """Returns what memory one process and two hold with so many surveys open, by sums and by single responses."""
    findings = []
    with tempfile.TemporaryDirectory(prefix="memory-") as name, made(Path(name), EIGHT_COLUMNS, rows) as one:
        database = str(one.store.url.database)
        found = [one.survey, *_more(Path(name), database, surveys - 1, rows)]
        for survey in found:
            make_columns(one.store, survey.key, least=0)
        for processes in numbers:
            with pages(database, processes) as running:
                empty = running.held()
                for cookie, survey in product(running.cookies() or [""], found):
                    with session(running.address, survey.key, cookie) as open_page:
                        open_page.draw()
                    with session(running.address, f"{survey.key}&{_crossed(survey)}", cookie) as open_page:
                        open_page.draw()
                        assert open_page.figures, "a page without figures holds nothing of the survey"
                full = running.held()
            findings.append(
                Finding(
                    f"memory of {processes} processes with {surveys} surveys of {rows:,} responses open",
                    f"{full[1]:.0f} MiB", details=(
                        f"as each counts it {full[0]:.0f} MiB; before a page was opened {empty[0]:.0f} MiB, what they "
                        f"share counted once {empty[1]:.0f} MiB",
                    ),
                )
            )  # fmt: skip
    return findings


def _crossed(survey: Survey) -> str:
    """What of an address asks for the readers who gave the first answer: single responses say who they are."""
    question = survey.questions[-1]
    return urlencode({f"where.{question.key}": question.choices[0].value})


def _more(folder: Path, database: str, count: int, rows: int) -> list[Survey]:
    """Returns further surveys of as many responses, recorded in the same store."""
    found = []
    for number in range(1, count + 1):
        shape: Shape = replace(EIGHT_COLUMNS, key=f"{EIGHT_COLUMNS.key}-{number}")
        with made(folder, shape, rows, f"sqlite:///{database}") as another:
            found.append(another.survey)
    return found


def main() -> None:
    """Lets people work as the command line says, and prints what they had to wait."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--think", type=float, default=THINK_SECONDS, help="seconds between two clicks; 0: no rest")
    parser.add_argument("--processes", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--rows", type=int, default=1_000_000)
    chosen = parser.parse_args()
    if shutil.which("caddy") is None and max(chosen.processes) > 1:
        sys.exit("Caddy is not on this machine: name --processes 1")
    with tempfile.TemporaryDirectory(prefix="people-") as name, made(Path(name), EIGHT_COLUMNS, chosen.rows) as one:
        make_columns(one.store, one.survey.key, least=0)
        for processes in chosen.processes:
            found = crowd(one, processes, chosen.people, chosen.seconds, chosen.think, chosen.rows)
            print(f"{found.what}: {found.ours} ({found.verdict})", *found.details, sep="\n  ", flush=True)


if __name__ == "__main__":
    main()
