"""Runs the measurements, or some of them, and writes docs/PERFORMANCE.md: `python -m tests.benchmarks.run`.

What each part found is kept in docs/performance/, so that parts may be measured at different times.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from tests.benchmarks import (
    against_pandas,
    against_r,
    cold_start,
    collecting,
    columns,
    crosstabs,
    exports,
    growth,
    imports,
    newsroom,
    people,
    redraw,
    responses,
    sessions,
)
from tests.benchmarks.measure import ROOT, Finding, Point
from tests.benchmarks.page import report
from tests.benchmarks.plots import write_plots

PAGE = ROOT / "docs" / "PERFORMANCE.md"
KEPT = ROOT / "docs" / "performance"
PACKAGES = ("streamlit", "plotly", "pandas", "numpy", "SQLAlchemy", "psycopg", "duckdb")

Found = tuple[Sequence[Finding], Sequence[Point]]


def parts(rows: int) -> dict[str, Callable[[], Found]]:
    """Returns how to measure each part, with surveys of up to so many responses."""
    sizes = [size for size in (10_000, 100_000, 1_000_000, 10_000_000) if size <= rows] or [rows]
    return {
        "growth": lambda: growth.measure_many(sizes, 15),
        "growth-few": lambda: growth.measure_few(sizes, 15),
        "growth-server": lambda: growth.measure_server(sizes, 15),
        "pandas": lambda: (against_pandas.measure(min(rows, 1_000_000), 9), ()),
        "r": lambda: (against_r.measure(min(rows, 1_000_000), 15), ()),
        "crosstabs": lambda: (crosstabs.measure(min(rows, 1_000_000), 5), ()),
        "columns": lambda: (columns.measure(min(rows, 1_000_000), 5), ()),
        "vast": lambda: columns.measure_vast(rows, 3),
        "imports": lambda: (imports.measure(min(rows, 1_000_000), 3), ()),
        "collecting": lambda: (collecting.measure(min(rows, 37_000)), ()),
        "redraw": lambda: (redraw.measure(21), ()),
        "live": lambda: (redraw.measure_live(5), ()),
        "start": lambda: (cold_start.measure(5), ()),
        "responses": lambda: (responses.measure(min(rows, 1_000_000), 3), ()),
        "newsroom": lambda: (newsroom.measure((100, 1_000, 10_000) if rows >= 10_000 else (5,), 3), ()),
        "exports": lambda: (exports.measure(3), ()),
        "sessions": lambda: sessions.measure((1, 10, 50) if rows >= 10_000 else (1, 2), min(rows, 1_000_000)),
        "people": lambda: (people.measure(min(rows, 1_000_000), 120), ()),
        "memory": lambda: (people.measure_memory(min(rows, 1_000_000)), ()),
    }


def measure(names: Sequence[str], rows: int, kept: Path) -> None:
    """Measures the parts named and keeps what was found, each in a file of its own.

    Each in a process of its own too: what one part left in memory would count as that of the programs of the next.
    """
    kept.mkdir(exist_ok=True)
    for name in names:
        process = get_context("spawn").Process(target=_measure_part, args=(name, rows, kept))
        process.start()
        process.join()
        if process.exitcode:
            sys.exit(f"{name} was not measured: see above")


def _measure_part(name: str, rows: int, kept: Path) -> None:
    started, load = datetime.now(UTC), os.getloadavg()[0]
    findings, points = parts(rows)[name]()
    found = {
        "at": started.isoformat(timespec="minutes"),
        "load": load,
        "machine": machine(),
        "findings": [asdict(one) for one in findings],
        "points": [asdict(one) for one in points],
    }
    (kept / f"{name}.json").write_text(json.dumps(found, indent=1), encoding="utf-8")
    print(f"{name}: {(datetime.now(UTC) - started).total_seconds():.0f} s", file=sys.stderr)


def write(kept: Path, page: Path) -> None:
    """Writes the page and its plots from what is kept."""
    found: dict[str, dict[str, Any]] = {
        name: json.loads((kept / f"{name}.json").read_text(encoding="utf-8"))
        for name in parts(1)
        if (kept / f"{name}.json").exists()
    }
    points = [Point(**point) for part in found.values() for point in part["points"]]
    plots = write_plots(points, kept)
    page.write_text(report(found, points, [str(plot.relative_to(page.parent)) for plot in plots]), encoding="utf-8")


def machine() -> str:
    """Returns what the measurements ran on."""
    used = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return (
        f"{os.cpu_count()} processor cores ({_processor()}), {platform.system()}, Python {platform.python_version()}, "
        f"SQLite {sqlite3.sqlite_version}, {used}"
    )


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or "unknown"
    return next((line.partition(": ")[2] for line in lines if line.startswith("model name")), platform.machine())


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", help=f"any of {', '.join(parts(1))}; all of them if left out")
    parser.add_argument("--rows", type=int, default=10_000_000, help="responses of the largest survey")
    parser.add_argument("--try", dest="tried", action="store_true", help="keep nothing, print the page")
    chosen = parser.parse_args()
    if chosen.tried:
        with tempfile.TemporaryDirectory(prefix="performance-") as folder:
            measure(chosen.parts or list(parts(1)), chosen.rows, Path(folder))
            write(Path(folder), Path(folder) / "page.md")
            print((Path(folder) / "page.md").read_text(encoding="utf-8"))
    else:
        measure(chosen.parts or list(parts(1)), chosen.rows, KEPT)
        write(KEPT, PAGE)
