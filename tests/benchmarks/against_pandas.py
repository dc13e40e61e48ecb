"""Views with a filter and a grouping against pandas over the raw rows, held in memory as categories."""

from __future__ import annotations

import argparse
import tempfile
from functools import partial
from pathlib import Path

import pandas as pd

from analytics.model import Snapshot
from analytics.model.request import Every
from tests.benchmarks.made_up import EIGHT_COLUMNS
from tests.benchmarks.measure import Finding, clock, in_turn
from tests.benchmarks.stores import made
from tests.benchmarks.tally_views import GOALS, KEPT, asked_of, check_same, view_of

FLOORS = {"day": "D", "hour": "h"}


def measure(rows: int, rounds: int) -> list[Finding]:
    """Returns how fast views are where both have the responses in memory: pandas row by row, here as cells."""
    with tempfile.TemporaryDirectory(prefix="pandas-") as name, made(Path(name), EIGHT_COLUMNS, rows) as one:
        raw = one.columns.execute("SELECT * FROM responses").df()
        asked = asked_of(one)
        return [_measured(asked, raw, every, rows, rounds) for every in GOALS]


def _measured(asked: Snapshot, raw: pd.DataFrame, every: Every | None, rows: int, rounds: int) -> Finding:
    view, count = view_of(asked, every), partial(_count, raw, every)
    check_same(count().tolist(), view())
    pair = in_turn(rounds, partial(clock, count), partial(clock, view))
    return Finding(
        f"filter and grouping {f'by {every}' if every else 'without time'}, {rows:,} responses, against pandas",
        f"{1000 * pair.other:.2f} ms", f"pandas over the raw rows: {1000 * pair.one:.2f} ms", pair.ratio, pair.spread,
        details=(f"pandas holds {raw.memory_usage(deep=True).sum() / 2**20:,.0f} MiB, and counts only",),
    )  # fmt: skip


def _count(raw: pd.DataFrame, every: Every | None) -> pd.Series[int]:
    kept = raw[raw["channel"].isin(KEPT)]
    by: list[object] = ["band", "answer"]
    if every is not None:
        by = [kept["moment"].dt.floor(FLOORS[every]), *by]
    return kept.groupby(by, observed=True).size()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    for finding in measure(parser.parse_args().rows, 9):
        print(finding, finding.verdict)
