"""Runs every measurement and writes docs/PERFORMANCE.md: `python -m tests.benchmarks.run`."""

from __future__ import annotations

import argparse
import os
import platform
import sqlite3
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from tests.benchmarks import against_r, cold_start, imports, newsroom, redraw, tally_views
from tests.benchmarks.measure import ROOT, Finding

PAGE = ROOT / "docs" / "PERFORMANCE.md"
PACKAGES = ("streamlit", "plotly", "pandas", "numpy", "SQLAlchemy", "duckdb")


def report(findings: list[Finding], *, rows: int, now: datetime) -> str:
    """Returns the page that says what was found, ratios first."""
    lines = ["| what | ratio | goal | verdict | here | against | single rounds |", "|---|---|---|---|---|---|---|"]
    for one in findings:
        goal = f"at most {one.at_most:g}" if one.at_most else f"at least {one.at_least:g}" if one.at_least else "-"
        ratio = "-" if one.ratio is None else f"{one.ratio:.2f}"
        cells = (one.what, ratio, goal, one.verdict, one.ours, one.against or "-", one.spread or "-")
        lines.append(f"| {' | '.join(cells)} |")
    missed = [
        f"- {one.what}: {one.verdict}. {one.why[:1].upper()}{one.why[1:]}."
        for one in findings
        if "missed" in one.verdict
    ]
    details = [f"- {one.what}: {'; '.join(one.details)}." for one in findings if one.details]
    used = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return "\n".join(
        [
            "# How fast it is",
            "",
            "Written by `python -m tests.benchmarks.run`, which anyone can run; `--rows` makes it smaller. Each ratio",
            "is that of the medians of two contenders that ran in turn in one run: at most means times slower, at",
            "least means times faster. Times are those of one machine and say little elsewhere.",
            "",
            f"{now:%-d %B %Y}, {rows:,} rows, {os.cpu_count()} processor cores, {platform.system()}, Python "
            f"{platform.python_version()}, SQLite {sqlite3.sqlite_version}, {used}.",
            "",
            *lines,
            "",
            *(["## What was missed, and why", "", *missed, ""] if missed else []),
            "## Beside the ratios",
            "",
            *details,
            "",
        ]
    )


def measure(rows: int) -> list[Finding]:
    """Returns the findings of every measurement."""
    return [
        *imports.measure(rows, 3),
        *tally_views.measure(rows, 15),
        *cold_start.measure(5),
        *redraw.measure(15),
        *newsroom.measure(1000, 3),
        *against_r.measure(rows, 15),
    ]


def write(rows: int, page: Path) -> None:
    """Measures and writes the page."""
    page.write_text(report(measure(rows), rows=rows, now=datetime.now(UTC)), encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    write(parser.parse_args().rows, PAGE)
