"""Views from the tally against DuckDB over the raw columns, both warm in memory."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

import duckdb

from analytics.estimates.groups.table import crosstab
from analytics.estimates.time.trend import trend
from analytics.estimates.views.view import View
from analytics.model import Snapshot, Wanted
from analytics.model.request import Every, Request
from analytics.store.follow.survey_copy import read_survey_copy
from tests.benchmarks.made_up import levels_of
from tests.benchmarks.measure import Finding, clock, in_turn
from tests.benchmarks.stores import THREADS, Made

KEPT = tuple(levels_of("channel", 6)[:3])
NOW = datetime(2025, 12, 1, tzinfo=UTC)
GOALS = {None: 5.0, "day": 1.0, "hour": None}
GOALS_FROM = 10_000_000
"""A goal is one for so many responses; of fewer the ratio is reported."""


def measure(made: Made, rows: int, rounds: int) -> list[Finding]:
    """Returns how fast views are with a filter and a grouping, without time, by day and by hour."""
    asked = asked_of(made)
    return [_measured(asked, made.columns, rows, every, rounds) for every in GOALS]


def asked_of(made: Made) -> Snapshot:
    """Returns the survey with the cells of every grain, read."""
    held = read_survey_copy(
        made.store, made.survey.key, [Wanted("answer", grain) for grain in ("whole", "day", "hour")]
    )
    return Snapshot(held.survey, held.status, held.cells.__getitem__, NOW)


def _measured(
    asked: Snapshot, columns: duckdb.DuckDBPyConnection, rows: int, every: Every | None, rounds: int
) -> Finding:
    query, view = _query(every), view_of(asked, every)
    check_same([int(str(row[-1])) for row in columns.execute(query).fetchall()], view())
    pair = in_turn(rounds, lambda: clock(lambda: columns.execute(query).fetchall()), lambda: clock(view))
    grain = f"by {every}" if every else "without time"
    cells = len(asked.read(Wanted("answer", every if every == "day" or every == "hour" else "whole")).answers)
    return Finding(
        f"filter and grouping {grain}, {rows:,} responses", f"{1000 * pair.other:.2f} ms",
        f"DuckDB, {THREADS} threads: {1000 * pair.one:.2f} ms", pair.ratio,
        pair.spread, at_least=GOALS[every] if rows >= GOALS_FROM else None,
        why="what a view does around its sums stays the same however many responses there are; DuckDB gives no "
        "standard errors, no intervals and no frame of estimates",
        details=(f"{cells:,} cells; the view brings standard errors, intervals and labels, DuckDB only counts",),
    )  # fmt: skip


def _query(every: Every | None) -> str:
    period = f"date_trunc('{every}', moment), " if every else ""
    kept = ", ".join(f"'{level}'" for level in KEPT)
    keys = ", ".join(str(place) for place in range(1, 4 if every else 3))
    return f"SELECT {period}band, answer, count(*) FROM responses WHERE channel IN ({kept}) GROUP BY {keys}"


def view_of(asked: Snapshot, every: Every | None) -> Callable[[], View]:
    """Returns what makes the view: one question by age, of a few channels, whole or in periods."""
    request = Request(question="answer", where=(("channel", KEPT),), weights="none", by=("age",))
    if every is None:
        return lambda: crosstab(asked, request)
    return lambda: trend(asked, replace(request, every=every))


def check_same(counted: Sequence[int], view: View) -> None:
    """Returns nothing where the view has the counts that the other contender found."""
    ours = sorted(int(count) for count in view.estimates["count"] if count > 0)
    assert ours == sorted(count for count in counted if count > 0), "both have to count the same"
