"""Views from the tally against DuckDB over the raw columns, both warm in memory."""

from __future__ import annotations

import argparse
import statistics
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path

import duckdb

from analytics.importers.definition import read_definition
from analytics.importers.responses import read_responses
from analytics.model import Grain, Status, Survey, Wanted
from analytics.store.database import open_store
from analytics.store.read import read_cells, read_status
from analytics.store.record import record_import
from analytics.views.choose import Read
from analytics.views.crosstab import crosstab
from analytics.views.selection import Every, Selection
from analytics.views.trend import trend
from analytics.views.view import View
from tests.benchmarks.made_up import BANDS, CHOICES, EIGHT_COLUMNS, levels_of, write_definition, write_responses
from tests.benchmarks.measure import Finding, clock, in_turn

KEPT = tuple(levels_of("channel", 6)[:3])
NOW = datetime(2025, 12, 1, tzinfo=UTC)
GOALS = {None: 5.0, "day": 1.0, "hour": None}
THREADS = 2


@dataclass(frozen=True)
class Asked:
    """A survey in the store as a page has it: its cells are read once and then kept."""

    survey: Survey
    status: Status
    read: Read


def measure(rows: int, rounds: int) -> list[Finding]:
    """Returns how fast views are with a filter and a grouping, without time, by day and by hour, and cold reads."""
    with tempfile.TemporaryDirectory(prefix="views-") as name, duckdb.connect() as columns:
        folder = Path(name)
        write_responses(folder / "responses.csv", EIGHT_COLUMNS, rows)
        write_definition(folder / "survey.toml", EIGHT_COLUMNS)
        _load_columns(columns, folder / "responses.csv")
        survey = read_definition(folder / "survey.toml")
        store = open_store(str(folder / "store.sqlite"))
        record_import(store, survey, read_responses(folder / "responses.csv", survey), file="responses.csv", now=NOW)
        cold = partial(read_cells, store, survey.key)
        asked = Asked(survey, read_status(store, survey.key), cache(cold))
        found = [_measured(asked, columns, rows, every, rounds) for every in GOALS]
        return [*found, _cold_reads(cold, rows, rounds)]


def _load_columns(columns: duckdb.DuckDBPyConnection, file: Path) -> None:
    """Makes the raw columns as kind to DuckDB as can be: answers and levels as enumerations, ages already banded."""
    columns.execute(f"SET threads = {THREADS}")
    columns.execute(f"CREATE TYPE answers AS ENUM {CHOICES}")
    for name, count in EIGHT_COLUMNS.levels:
        columns.execute(f"CREATE TYPE {name}_levels AS ENUM {tuple(levels_of(name, count))}")
    levels = ", ".join(f"{name}::{name}_levels AS {name}" for name, _ in EIGHT_COLUMNS.levels)
    band = " + ".join(f"(age >= {bound})::UTINYINT" for bound in BANDS)
    columns.execute(
        f'CREATE TABLE responses AS SELECT "at"::TIMESTAMP AS moment, answer::answers AS answer, '
        f"({band})::UTINYINT AS band, {levels} FROM read_csv(?) ORDER BY moment",
        [str(file)],
    )


def _measured(asked: Asked, columns: duckdb.DuckDBPyConnection, rows: int, every: Every | None, rounds: int) -> Finding:
    query, view = _query(every), _view(asked, every)
    _check_same(columns.execute(query).fetchall(), view())
    pair = in_turn(rounds, lambda: clock(lambda: columns.execute(query).fetchall()), lambda: clock(view))
    grain = f"by {every}" if every else "without time"
    cells = len(asked.read(Wanted("answer", every if every == "day" or every == "hour" else "whole")).answers)
    return Finding(
        f"filter and grouping {grain}, {rows:,} responses", f"{1000 * pair.other:.2f} ms",
        f"DuckDB, {THREADS} threads: {1000 * pair.one:.2f} ms", pair.ratio,
        pair.spread, at_least=GOALS[every],
        why="so few responses leave DuckDB little to read, while what a view does around its sums stays the same: "
        "standard errors, intervals and the frame of estimates, which DuckDB does not give",
        details=(f"{cells:,} cells; the view brings standard errors, intervals and labels, DuckDB only counts",),
    )  # fmt: skip


def _query(every: Every | None) -> str:
    period = f"date_trunc('{every}', moment), " if every else ""
    kept = ", ".join(f"'{level}'" for level in KEPT)
    keys = ", ".join(str(place) for place in range(1, 4 if every else 3))
    return f"SELECT {period}band, answer, count(*) FROM responses WHERE channel IN ({kept}) GROUP BY {keys}"


def _view(asked: Asked, every: Every | None) -> Callable[[], View]:
    selection = Selection(where=(("channel", KEPT),), min_base=1)
    if every is None:
        return lambda: crosstab(asked.survey, asked.status, asked.read, "answer", ("age",), selection)
    return lambda: trend(
        asked.survey, asked.status, asked.read, "answer", selection, every=every, now=NOW, by=("age",)
    )  # fmt: skip


def _check_same(counted: list[tuple[object, ...]], view: View) -> None:
    theirs = sorted(int(str(row[-1])) for row in counted)
    ours = sorted(int(count) for count in view.estimates["count"] if count > 0)
    assert ours == theirs, "both have to count the same, or their times say nothing"


def _cold_reads(cold: Read, rows: int, rounds: int) -> Finding:
    grains: tuple[Grain, ...] = ("whole", "day", "hour")
    seconds = [
        statistics.median(clock(partial(cold, Wanted("answer", grain))) for _ in range(max(1, rounds // 5)))
        for grain in grains
    ]
    said = ", ".join(f"{grain} {1000 * taken:,.0f} ms" for grain, taken in zip(grains, seconds, strict=True))
    return Finding(f"first read of the cells from SQLite, {rows:,} responses", said)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=25)
    chosen = parser.parse_args()
    for finding in measure(chosen.rows, chosen.rounds):
        print(finding, finding.verdict)
