"""What views cost as surveys grow: ten thousand to ten million responses, few and many profiles, on both databases."""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

from analytics.estimates.groups.table import crosstab
from analytics.estimates.time.trend import trend
from analytics.estimates.whole.topline import topline
from analytics.model import Snapshot, Wanted
from analytics.model.request import Request
from analytics.store.columns.making import make_columns
from analytics.store.follow.survey_copy import SurveyCopy, read_survey_copy
from tests.benchmarks import tally_views
from tests.benchmarks.made_up import EIGHT_COLUMNS, FIVE_COLUMNS, Shape
from tests.benchmarks.measure import Finding, Point, clock
from tests.benchmarks.stores import NOW, Made, made
from tests.postgres import server

FRAMES = (Wanted("answer"), Wanted("answer", "day"))
COMPARED = 1_000_000
"""From so many responses on the views are held against DuckDB."""
MOST_ON_A_SERVER = 1_000_000
FILTERED = Request(question="answer", where=(("sex", ("sex 1",)),), weights="none")
RAKED = Request(question="answer", where=(("sex", ("sex 1",)),), weights="raked")


def measure_many(sizes: Sequence[int], rounds: int) -> tuple[list[Finding], list[Point]]:
    """Returns how the views of the largest surveys of many profiles compare, and what each costs at every size."""
    findings: list[Finding] = []
    points: list[Point] = []
    for rows in sizes:
        with _filled(EIGHT_COLUMNS, rows) as one:
            points += _costs(one, EIGHT_COLUMNS, rows, "SQLite", rounds)
            if rows >= min(COMPARED, max(sizes)):
                findings += tally_views.measure(one, rows, rounds)
    return [*findings, *_goals(points)], points


def measure_few(sizes: Sequence[int], rounds: int) -> tuple[list[Finding], list[Point]]:
    """Returns what views of surveys of few profiles cost at every size."""
    points: list[Point] = []
    for rows in sizes:
        with _filled(FIVE_COLUMNS, rows) as one:
            points += _costs(one, FIVE_COLUMNS, rows, "SQLite", rounds)
    return [], points


def measure_server(sizes: Sequence[int], rounds: int) -> tuple[list[Finding], list[Point]]:
    """Returns the same of few and of many profiles on a PostgreSQL of its own, up to a million responses."""
    points: list[Point] = []
    with _on_a_server() as address, tempfile.TemporaryDirectory(prefix="growth-") as name:
        for shape in (FIVE_COLUMNS, EIGHT_COLUMNS):
            for rows in (size for size in sizes if size <= MOST_ON_A_SERVER):
                with made(Path(name), shape, rows, address()) as one:
                    points += _costs(one, shape, rows, "PostgreSQL", rounds)
    return [], points


@contextmanager
def _filled(shape: Shape, rows: int) -> Iterator[Made]:
    with tempfile.TemporaryDirectory(prefix="growth-") as name, made(Path(name), shape, rows) as one:
        make_columns(one.store, one.survey.key)
        yield one


@contextmanager
def _on_a_server() -> Iterator[Callable[[], str]]:
    with server() as running:
        yield running.new_database


def _costs(one: Made, shape: Shape, rows: int, database: str, rounds: int) -> list[Point]:
    copy = read_survey_copy(one.store, one.survey.key, [*FRAMES, Wanted("answer", "hour")])
    works: dict[str, Callable[[], object]] = {
        "first view": partial(_first_view, one),
        "filter and grouping": partial(_group, copy, FILTERED),
        "the same raked": partial(_group, copy, RAKED),
        "the same by day": partial(_trend, copy, "day"),
        "the same by hour": partial(_trend, copy, "hour"),
        "new answer": partial(read_survey_copy, one.store, one.survey.key, FRAMES, copy),
    }
    few = max(1, rounds // 5)
    return [
        Point(what, rows, shape.profiles, database, _median(work, few if what == "first view" else rounds))
        for what, work in works.items()
    ]


def _median(work: Callable[[], object], rounds: int) -> float:
    work()
    return statistics.median(clock(work) for _ in range(rounds))


def _first_view(one: Made) -> None:
    """Does what a page does that nobody has opened before: reads the cells and sums up its three figures."""
    held = read_survey_copy(one.store, one.survey.key, FRAMES)
    topline(_of(held), Request(question="answer"))
    crosstab(_of(held), Request(question="answer", by=("age",)))
    trend(_of(held), Request(question="answer", every="day"))


def _of(held: SurveyCopy) -> Snapshot:
    return Snapshot(held.survey, held.status, held.cells.__getitem__, NOW)


def _group(held: SurveyCopy, request: Request) -> None:
    crosstab(_of(held), replace(request, by=("age",)))


def _trend(held: SurveyCopy, every: str) -> None:
    trend(_of(held), replace(FILTERED, by=("age",), every=every))  # type: ignore[arg-type]


def _goals(points: Sequence[Point]) -> list[Finding]:
    """Returns the goals that speak of how costs grow, and of the largest survey."""
    most, many = max(point.rows for point in points), EIGHT_COLUMNS.profiles
    cost = {
        (point.what, point.rows): point.seconds
        for point in points
        if (point.profiles, point.database) == (many, "SQLite")
    }
    tenth = max((rows for _, rows in cost if rows < most), default=most)
    grouped = [1000 * cost["filter and grouping", rows] for rows in (most, tenth)]
    first = cost["first view", most]
    return [
        Finding(
            f"filter and grouping without time, {most:,} responses against {tenth:,}", f"{grouped[0]:.2f} ms",
            f"{grouped[1]:.2f} ms", grouped[0] / grouped[1], at_most=1.3,
            why="the cells are as many as the profiles and choices, but those of fewer responses are not all there",
        ),
        Finding(
            f"first view of a survey of {most:,} responses, in seconds", f"{first:.2f} s", "the clock", first,
            at_most=2,
            why="most of it is reading the cells by day from the database, row by row",
        ),
    ]  # fmt: skip
