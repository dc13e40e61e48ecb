"""The first page of single responses, in every order and under a filter, each held against its goal in seconds."""

from __future__ import annotations

import argparse
import statistics
import tempfile
from pathlib import Path

import streamlit as st

from tests.benchmarks.made_up import EIGHT_COLUMNS
from tests.benchmarks.measure import Finding, clock
from tests.benchmarks.servers import page_over
from tests.benchmarks.stores import made
from tests.made.sheets import frames

GOAL_SECONDS = 0.3
WAYS: dict[str, dict[str, str]] = {
    "newest first": {},
    "oldest first": {"sort": "oldest"},
    "by a dimension": {"sort": "region"},
    "newest first, of one group in twelve": {"sex": "sex 1", "channel": "channel 2"},
}
PAGE = "responses.py"


def measure(rows: int, rounds: int) -> list[Finding]:
    """Returns how long the page takes that a fresh session opens: nothing of it was asked for before."""
    with tempfile.TemporaryDirectory(prefix="responses-") as name, made(Path(name), EIGHT_COLUMNS, rows) as one:
        address, survey = str(one.store.url.database), one.survey.key
        _opened(address, survey, {})  # loads the program
        taken = {what: [_opened(address, survey, way) for _ in range(rounds)] for what, way in WAYS.items()}
    return [_finding(what, seconds, rows) for what, seconds in taken.items()]


def _opened(address: str, survey: str, way: dict[str, str]) -> float:
    with page_over(address) as page:
        page.query_params["survey"] = survey
        for key, value in way.items():
            page.query_params[key] = value
        page.switch_page(PAGE)
        seconds = clock(page.run)
        assert not page.exception
        assert not page.error
        assert frames(page), "a page without responses says nothing about their time"
    st.cache_resource.clear()
    return seconds


def _finding(what: str, taken: list[float], rows: int) -> Finding:
    middle = statistics.median(taken)
    spread = f"{1000 * min(taken):,.0f} to {1000 * max(taken):,.0f} ms in {len(taken)} rounds"
    return Finding(
        f"first page of {rows:,} single responses, {what}", f"{1000 * middle:,.0f} ms",
        f"the goal: {1000 * GOAL_SECONDS:,.0f} ms", middle / GOAL_SECONDS, spread, at_most=1.0,
        why="the responses that a filter keeps are counted and sorted over all of their rows",
    )  # fmt: skip


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    chosen = parser.parse_args()
    for finding in measure(chosen.rows, chosen.rounds):
        print(finding, finding.verdict)
