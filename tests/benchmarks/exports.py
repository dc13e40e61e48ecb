"""Files: the first picture with the start of its browser, further ones, a whole report and a whole deck."""

from __future__ import annotations

import argparse
import io
import statistics
import subprocess
import sys
import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from pypdf import PdfReader

from analytics.estimates.snapshots import snapshot_of
from analytics.exports.export import Export
from analytics.exports.formats import collection_of, file_of
from analytics.exports.report import survey_report
from analytics.figures.drawing.style import read_style
from analytics.model.finish import Finish
from analytics.model.request import Request
from analytics.store.tables.opening import open_store
from tests.benchmarks.measure import ROOT, Finding, clock
from tests.benchmarks.servers import make_demo

FIRST = """
import sys, time
from tests.benchmarks.exports import demo_exports
from analytics.exports.formats import file_of
one = demo_exports(sys.argv[1])[0]
start = time.perf_counter()
file_of(one, "png")
print(time.perf_counter() - start)
"""


def measure(rounds: int) -> list[Finding]:
    """Returns how long files take on their way out of the building."""
    with tempfile.TemporaryDirectory(prefix="exports-") as folder:
        database = Path(folder) / "demo.sqlite"
        make_demo(database)
        firsts = [float(_printed(FIRST, str(database))) for _ in range(rounds)]
        exports = demo_exports(str(database))
    sized = [replace(one, finish=Finish(size=size)) for one in exports for size in ("figure", "landscape")]
    further = [clock(partial(file_of, one, "png")) for one in sized]
    sizes = {ending: len(file_of(exports[0], ending)) for ending in ("html", "png", "svg", "pdf", "pptx", "xlsx")}
    report = clock(partial(collection_of, exports, "pdf"))
    pages = len(PdfReader(io.BytesIO(collection_of(exports, "pdf"))).pages)
    deck = clock(partial(collection_of, exports, "pptx"))
    seconds = statistics.median(firsts)
    usual = statistics.median(further[1:])
    return [
        _finding("first picture, its browser started", seconds, 3),
        _finding("each further picture", usual, 0.3),
        _finding(f"report of {pages} pages as PDF", report, 20),
        _finding(f"deck of {len(exports)} figures as PPTX", deck, 20),
        Finding("sizes of one topline's files", ", ".join(f"{end} {size:,} bytes" for end, size in sizes.items())),
    ]


def demo_exports(database: str) -> list[Export]:
    """Returns every figure of the demo's report."""
    snapshot = snapshot_of(open_store(database), "ceasefire-2025", now=datetime.now(UTC))
    return survey_report(snapshot, Request(), read_style(ROOT / "data" / "house_style.toml"))


def _finding(what: str, seconds: float, goal: float) -> Finding:
    told = f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.0f} ms"
    return Finding(
        what, told, f"the goal: {goal:g} s", seconds / goal, at_most=1,
        why="the browser draws one figure after the other",
    )  # fmt: skip


def _printed(program: str, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return done.stdout


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    for finding in measure(parser.parse_args().rounds):
        print(finding.what, "|", finding.ours, "|", finding.verdict)
