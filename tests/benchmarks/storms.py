"""The page of storms over many answers: how long its first showing takes, with the scan, and each one after."""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import numpy as np
from streamlit.testing.v1 import AppTest

from analytics.estimates.storms import storm_report
from analytics.imports.definition.survey import read_definition
from analytics.imports.record import record_files
from analytics.store.tables.opening import opened_store
from tests.benchmarks.made_up import DAYS, EIGHT_COLUMNS, START, write_definition, write_responses
from tests.benchmarks.measure import Finding
from tests.pages_fixture import page_at

GOAL_SECONDS, SCAN_SECONDS = 1.0, 900.0
CROWD_SHARE, CROWD_SECONDS = 0.01, 3 * 3600
SHOWN = 5


def measure(answers: int) -> list[Finding]:
    """Returns how long the scan of so many answers takes, and the page once they are scanned; all of one processor."""
    with tempfile.TemporaryDirectory(prefix="storms-") as name:
        database = f"{name}/store.sqlite"
        _record(Path(name), database, answers)
        os.environ["DATABASE_URL"] = database
        with opened_store(database) as store:
            now = datetime.now(UTC)
            scan = _processor(partial(storm_report, store, EIGHT_COLUMNS.key, now=now))
        first, app = _showing()
        later = [_processor(app.run) for _ in range(SHOWN)]
        assert any("more than usual" in one.value or "responses from" in one.value for one in app.markdown)
    again = float(np.median(later))
    what = f"storms of {answers:,} answers"
    return [
        Finding(f"{what}: the scan, with all that the page says", f"{scan:.1f} s"),
        Finding(f"{what}: the page for the first time", f"{first:.1f} s"),
        Finding(
            f"{what}: the page after the first time", f"{again:.2f} s", "1 s", again / GOAL_SECONDS,
            f"{min(later):.2f} to {max(later):.2f} s", at_most=1.0,
        ),
    ]  # fmt: skip


def _showing() -> tuple[float, AppTest]:
    """How long the page takes until it shows the storms, and the page."""
    started, until = time.process_time(), time.monotonic() + SCAN_SECONDS
    app = page_at("storms", {"survey": EIGHT_COLUMNS.key}).run(timeout=SCAN_SECONDS)
    while any("are being scanned" in str(one.value) for one in app.info) and time.monotonic() < until:
        app.run(timeout=SCAN_SECONDS)
    assert not app.exception
    return time.process_time() - started, app


def _processor(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def _record(folder: Path, database: str, answers: int) -> None:
    """Records the answers, a hundredth of them a crowd from one channel within three hours."""
    write_definition(folder / "survey.toml", EIGHT_COLUMNS)
    file = folder / "responses.csv"
    crowd = round(CROWD_SHARE * answers)
    write_responses(file, EIGHT_COLUMNS, answers - crowd)
    rows = file.read_text(encoding="utf-8").splitlines()[1 : crowd + 1]
    at = START + DAYS // 2 * 86_400 + np.sort(np.random.default_rng(2).integers(0, CROWD_SECONDS, crowd))
    channel = rows[0].split(",")[-1]
    with file.open("a", encoding="utf-8") as opened:
        for place, (row, moment) in enumerate(zip(rows, np.datetime_as_string(at), strict=True)):
            opened.write(",".join([f"c{place}", str(moment), *row.split(",")[2:-1], channel]) + "\n")
    with opened_store(database) as store:
        record_files(store, read_definition(folder / "survey.toml"), [file], now=datetime.now(UTC))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--answers", type=int, default=1_000_000)
    for finding in measure(parser.parse_args().answers):
        print(f"{finding.what}: {finding.ours}, {finding.verdict}")
