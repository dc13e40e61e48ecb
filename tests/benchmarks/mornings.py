"""The digest of many surveys: everything looked at, weighed, scanned for storms and written, without its picture."""

from __future__ import annotations

import argparse
import tempfile
from functools import partial
from pathlib import Path

from analytics.figures.drawing.style import read_style, style_file
from analytics.model import EVERYBODY
from analytics.store.place.connections import Store
from analytics.store.tables.opening import opened_store
from analytics.watches.digest import morning
from analytics.watches.writing import digest_letter
from tests.benchmarks.measure import Finding, clock
from tests.made.mornings import MORNING, MOVED, STORM, ZONE, record_morning

GOAL_SECONDS = 10.0


def measure(surveys: int, a_day: int) -> list[Finding]:
    """Returns how long the digest of so many surveys takes, each with so many answers a day for 14 days."""
    with tempfile.TemporaryDirectory(prefix="mornings-") as name, opened_store(f"{name}/store.sqlite") as store:
        record_morning(store, Path(name), [MOVED, STORM, *["quiet"] * (surveys - 2)], a_day=a_day)
        seconds = clock(partial(_write, store))
    return [
        Finding(
            f"digest of {surveys} surveys, {14 * a_day:,} answers each", f"{seconds:.1f} s", "10 s",
            seconds / GOAL_SECONDS, at_most=1.0,
        )
    ]  # fmt: skip


def _write(store: Store) -> None:
    found = morning(store, EVERYBODY, now=MORNING, language="en")
    digest_letter(store, found, read_style(style_file(), "en"), ZONE, picture=False)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--surveys", type=int, default=50)
    parser.add_argument("--a-day", type=int, default=150)
    asked = parser.parse_args()
    for finding in measure(asked.surveys, asked.a_day):
        print(finding, finding.verdict)
