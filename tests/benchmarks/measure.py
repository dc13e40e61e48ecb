"""What every measurement shares: runs in turn, their medians, and what was found as a line of a table."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
KIB_IN_MIB = 1024
MAXRSS_IN_A_MIB = KIB_IN_MIB * (KIB_IN_MIB if sys.platform == "darwin" else 1)


@dataclass(frozen=True)
class Run:
    """One run of a program: by the clock, on the processor, and the most memory it held."""

    seconds: float
    cpu_seconds: float
    peak_mib: float


@dataclass(frozen=True)
class Pair:
    """The medians of two contenders that ran in turn, and between what the ratio of single rounds lay."""

    one: float
    other: float
    spread: str

    @property
    def ratio(self) -> float:
        return self.one / self.other


@dataclass(frozen=True)
class Finding:
    """One line of the report.

    `ratio` is what the goal speaks of, None where only times are reported. `at_most` and `at_least` hold the goal,
    neither of them where there is none. `why` says where the time goes, for a goal that is missed.
    """

    what: str
    ours: str
    against: str = ""
    ratio: float | None = None
    spread: str = ""
    at_most: float | None = None
    at_least: float | None = None
    why: str = ""
    details: tuple[str, ...] = field(default=())

    @property
    def verdict(self) -> str:
        """Returns "met", by how much it was missed, or "reported" where there is no goal.

        Example:
            >>> [Finding("import", "9 s", ratio=ratio, at_most=5).verdict for ratio in (4.5, 6)]
            ['met', 'missed by 20 %']
        """
        if self.ratio is None or (self.at_most is None and self.at_least is None):
            return "reported"
        short = self.ratio / self.at_most if self.at_most is not None else (self.at_least or 0) / self.ratio
        return "met" if short <= 1 else f"missed by {100 * (short - 1):.0f} %"


@dataclass(frozen=True)
class Point:
    """What one thing costs at one size, for the plots."""

    what: str
    rows: int
    profiles: int
    database: str
    seconds: float


def in_turn(rounds: int, one: Callable[[], float], other: Callable[[], float]) -> Pair:
    """Returns the medians of two measurements that run A B A B, after one round of each that does not count."""
    one(), other()
    found = [(one(), other()) for _ in range(rounds)]
    ratios = [first / second for first, second in found]
    return Pair(
        statistics.median(first for first, _ in found), statistics.median(second for _, second in found),
        f"{min(ratios):.2f} to {max(ratios):.2f} in {rounds} rounds",
    )  # fmt: skip


def clock(work: Callable[[], object]) -> float:
    """Returns how many seconds the work took."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def run_program(command: Sequence[str], **more: str) -> Run:
    """Runs a program from the repository's root to its end and returns what it took.

    Raises:
        RuntimeError: it failed; the text is what it said.
    """
    started = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment(**more), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )  # fmt: skip
    with process:
        said = process.stderr.read() if process.stderr else b""
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} failed: {said.decode()[-2000:]}")
    seconds = time.perf_counter() - started
    return Run(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / MAXRSS_IN_A_MIB)


def environment(**more: str) -> Mapping[str, str]:
    """Returns the variables of a program's environment: Python keeps its compiled modules, as it usually does."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {name: value for name, value in kept.items() if name != "DATABASE_URL"} | more
