"""The analyst's table at a million responses: groups of dimensions, and one question by another, each held against its
goal in seconds."""

from __future__ import annotations

import argparse
import statistics
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import numpy as np

from analytics.estimates.groups.table import table
from analytics.estimates.snapshots import snapshot_of
from analytics.estimates.views.layout import BannerPart, Layout
from analytics.imports.answers.responses import read_responses
from analytics.imports.definition.survey import read_definition
from analytics.model.request import Request
from analytics.store.record.imports import record_import
from analytics.store.tables.opening import open_store
from tests.benchmarks.made_up import BANDS, CHOICES, DAYS, START, levels_of
from tests.benchmarks.measure import Finding, clock

KEY = "crosstabs"
DIMENSIONS = (("sex", 2), ("region", 10), ("school", 6), ("channel", 6))
QUESTIONS = ("first", "second", "third")
GOALS: tuple[tuple[str, tuple[str, ...], tuple[BannerPart, ...], float], ...] = (
    ("one question by a dimension", ("first",), (("age",),), 0.3),
    ("one question by two dimensions side by side", ("first",), (("age",), ("region",)), 0.3),
    ("one question by two dimensions nested, 50 groups, with letters", ("first",), (("age", "region"),), 0.3),
    ("one question by another", ("first",), (("second",),), 1.5),
)
"""By what is measured: the stubs, the banner, and the goal in seconds; each is read from the store anew."""


def measure(rows: int, rounds: int) -> list[Finding]:
    """Returns how long each table takes from the store to the last letter."""
    with tempfile.TemporaryDirectory(prefix="crosstabs-") as name:
        folder = Path(name)
        write_responses(folder / "responses.csv", rows)
        write_definition(folder / "survey.toml")
        survey, store = read_definition(folder / "survey.toml"), open_store(str(folder / "store.sqlite"))
        responses = read_responses(folder / "responses.csv", survey)
        record_import(store, survey, responses, file="responses.csv", now=datetime.now(UTC))
        found_in = snapshot_of(store, KEY, now=datetime.now(UTC))
        found = []
        for what, stubs, banner, goal in GOALS:
            made = partial(table, found_in, Request(), Layout(stubs, banner))
            found.append(_finding(f"{what}, {rows:,} responses", made, goal, rounds))
        store.dispose()
        return found


def _finding(what: str, made: Callable[[], object], goal: float, rounds: int) -> Finding:
    taken = [clock(made) for _ in range(rounds)]
    middle = statistics.median(taken)
    spread = f"{1000 * min(taken):,.0f} to {1000 * max(taken):,.0f} ms in {rounds} rounds"
    return Finding(
        f"table of {what}", f"{1000 * middle:,.0f} ms", f"the goal: {1000 * goal:,.0f} ms", middle / goal, spread,
        at_most=1.0,
        why="a question by another is counted over the raw rows: SQLite looks up two answers of each respondent",
    )  # fmt: skip


def write_responses(path: Path, rows: int, seed: int = 1) -> None:
    """Writes so many responses to three questions, of 3,600 profiles, as a file."""
    rng = np.random.default_rng(seed)
    seconds = np.sort(rng.integers(0, DAYS * 86_400, rows))
    columns = [
        np.datetime_as_string(START + seconds).tolist(),
        *(rng.choice(CHOICES, rows).tolist() for _ in QUESTIONS),
        rng.integers(BANDS[0], 90, rows).astype(str).tolist(),
        *(rng.choice(levels_of(key, count), rows).tolist() for key, count in DIMENSIONS),
    ]
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(",".join(["id", "at", *QUESTIONS, "age", *(key for key, _ in DIMENSIONS)]) + "\n")
        file.writelines(f"r{place},{','.join(cells)}\n" for place, cells in enumerate(zip(*columns, strict=True)))


def write_definition(path: Path) -> None:
    """Writes what the columns of such a file mean."""
    choices = ", ".join(f'"{choice}"' for choice in CHOICES)
    questions = "".join(
        f'[[question]]\nkey = "{key}"\ncolumn = "{key}"\ntext = "The {key}?"\nkind = "single"\nchoices = [{choices}]\n'
        for key in QUESTIONS
    )
    dimensions = "".join(
        f'[[dimension]]\nkey = "{key}"\ncolumn = "{key}"\nlabel = "{key.capitalize()}"\n'
        f"levels = {levels_of(key, count)}\n"
        for key, count in DIMENSIONS
    )
    text = (
        f'[survey]\nkey = "{KEY}"\ntitle = "Made up"\ntime_zone = "Europe/Berlin"\nsimulated = true\n'
        f'[columns]\nresponse = "id"\nresponded_at = "at"\n{questions}'
        f'[[dimension]]\nkey = "age"\ncolumn = "age"\nlabel = "Age"\nbands = {list(BANDS)}\n{dimensions}'
    )
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    chosen = parser.parse_args()
    for finding in measure(chosen.rows, chosen.rounds):
        print(finding, finding.verdict)
