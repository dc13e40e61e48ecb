"""What needs single responses, answered from columns: against the store alone, and against DuckDB's own bare count.

All in processor time: other programs on the machine then hardly count, and neither do more threads.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import duckdb
from sqlalchemy import update

from analytics.imports.answers.responses import read_responses
from analytics.imports.definition.survey import read_definition
from analytics.model import Wanted
from analytics.model.access import EVERYBODY
from analytics.model.request import Request
from analytics.store.columns.files import OFF, PLACE, folder_of
from analytics.store.columns.making import make_columns
from analytics.store.follow.survey_copy import read_survey_copy
from analytics.store.place.connections import Store, writing
from analytics.store.read.responses import count_responses
from analytics.store.record.imports import record_import
from analytics.store.tables.opening import open_store
from analytics.store.tables.schema import survey
from tests.benchmarks.crosstabs import KEY, write_definition, write_responses
from tests.benchmarks.made_up import EIGHT_COLUMNS
from tests.benchmarks.measure import Finding, Point
from tests.benchmarks.stores import made

THREADS = 2
SMALLER = (10_000, 100_000, 1_000_000)
MOST_MS = 500
YES = (("second", ("Yes",)),)
Asked = tuple[tuple[str, Wanted, str], ...]
ASKED: Asked = (
    (
        "one question by another", Wanted("first", "whole", ("second",), dimensions=()),
        "SELECT q1, q2, count(*) FROM read_parquet(?) WHERE standing = 0 GROUP BY ALL",
    ),
    (
        "a filter on an answer", Wanted("first", "whole", (), YES, dimensions=()),
        "SELECT q1, count(*) FROM read_parquet(?) WHERE standing = 0 AND q2 = 1 GROUP BY ALL",
    ),
    (
        "by hour, one question by another", Wanted("first", "hour", ("second",), dimensions=()),
        "SELECT second - second % 3600, q1, q2, count(*) FROM read_parquet(?) WHERE standing = 0 GROUP BY ALL",
    ),
    (
        "first answers only", Wanted("first", "whole", (), (), "first", ()),
        "SELECT q1, count(*) FROM read_parquet(?) WHERE standing = 0 GROUP BY ALL",
    ),
    (
        "screened answers put back", Wanted("first", "whole", (), (), "with screened", ()),
        "SELECT q1, count(*) FROM read_parquet(?) WHERE standing <= 1 GROUP BY ALL",
    ),
)  # fmt: skip
"""What is measured, the cells that it takes, and the bare count of the same.

Cells are those that a page's figures take: told apart by the groups that a figure names, here none.
"""
ASKED_OF_ONE: Asked = (
    (
        "a filter on an answer", Wanted("answer", "whole", (), (("answer", ("Yes",)),), dimensions=()),
        "SELECT q1, count(*) FROM read_parquet(?) WHERE standing = 0 AND q1 = 1 GROUP BY ALL",
    ),
    (
        "by hour", Wanted("answer", "hour", dimensions=()),
        "SELECT second - second % 3600, q1, count(*) FROM read_parquet(?) WHERE standing = 0 GROUP BY ALL",
    ),
    (
        "first answers only", Wanted("answer", "whole", (), (), "first", ()),
        "SELECT q1, count(*) FROM read_parquet(?) WHERE standing = 0 GROUP BY ALL",
    ),
    (
        "screened answers put back", Wanted("answer", "whole", (), (), "with screened", ()),
        "SELECT q1, count(*) FROM read_parquet(?) WHERE standing <= 1 GROUP BY ALL",
    ),
)  # fmt: skip
"""The same of a survey of one question."""


def measure(rows: int, rounds: int) -> list[Finding]:
    """Returns what columns cost to make and to ask, with surveys of so many responses."""
    with tempfile.TemporaryDirectory(prefix="columns-") as name:
        folder = Path(name)
        write_responses(folder / "responses.csv", rows)
        write_definition(folder / "survey.toml")
        definition, store = read_definition(folder / "survey.toml"), open_store(str(folder / "store.sqlite"))
        responses = read_responses(folder / "responses.csv", definition)
        record_import(store, definition, responses, file="responses.csv", now=datetime.now(UTC))
        found = measured(store, rows, rounds)
        store.dispose()
        return found


def measure_vast(rows: int, rounds: int) -> tuple[list[Finding], list[Point]]:
    """Returns the same of a survey of one question, recorded without a file, and without asking the store alone.

    What columns answer is asked of smaller surveys too: the points, in processor time.
    """
    points: list[Point] = []
    for size in (*(size for size in SMALLER if size < rows), rows):
        with tempfile.TemporaryDirectory(prefix="columns-") as name, made(Path(name), EIGHT_COLUMNS, size) as one:
            found, more = vast(one.store, size, rounds, one.survey.key, with_findings=size == rows)
            points += more
    return found, points


def vast(store: Store, rows: int, rounds: int, key: str, *, with_findings: bool) -> tuple[list[Finding], list[Point]]:
    """Returns the same of a store that is there."""
    found = measured(store, rows, rounds, key, ASKED_OF_ONE, with_store=False) if with_findings else []
    make_columns(store, key, least=0)
    base = read_survey_copy(store, key, [])
    return found, [
        Point(
            f"{what}, in columns", rows, EIGHT_COLUMNS.profiles, "SQLite",
            median(partial(read_survey_copy, store, key, [wanted], base), max(rounds, 5)),
        )
        for what, wanted, _ in ASKED_OF_ONE
    ]  # fmt: skip


def measured(
    store: Store, rows: int, rounds: int, key: str = KEY, questions: Asked = ASKED, *, with_store: bool = True
) -> list[Finding]:
    """Returns what the columns of a store that is there cost.

    Args:
        with_store: whether the store is asked without its columns too, which takes minutes where a survey is large.
    """
    seconds = processor(lambda: make_columns(store, key, least=0))
    folder = folder_of(store, 1)
    assert folder is not None
    files = sorted(str(file) for file in folder.path.glob("*.parquet"))
    size = sum(Path(file).stat().st_size for file in files)
    found = [Finding(f"columns of {rows:,} responses, made on first use", f"{seconds:.1f} s, {size / 1e6:.1f} MB")]
    base = read_survey_copy(store, key, [])
    with duckdb.connect(config={"threads": THREADS}) as bare:
        for what, wanted, query in questions:
            read = partial(read_survey_copy, store, key, [wanted], base)  # as a page that has drawn another figure
            count = partial(lambda asked: bare.execute(asked, [files]).fetchall(), query)
            ours, other = median(read, rounds), median(count, rounds)
            after = median(read, rounds, partial(write_something, store))
            beside = ""
            if with_store:
                with without_columns():
                    alone = median(read, 1)
                beside = f"the store alone: {1000 * alone:,.0f} ms; {alone / ours:.1f} times"
            found.append(
                Finding(
                    f"{what}, {rows:,} responses", f"{1000 * ours:,.0f} ms",
                    f"DuckDB's bare count: {1000 * other:,.0f} ms", ours / other, beside, at_most=1.5,
                    why="cells leave DuckDB as arrays, are held against the tally's sums and put into frames",
                    details=(
                        f"goal of {MOST_MS} ms at any size: {'met' if 1000 * ours <= MOST_MS else 'missed'}; "
                        f"where something was written since the last reading {1000 * after:,.0f} ms",
                    ),
                )
            )  # fmt: skip
    assert base.status.counted == rows
    if not with_store:
        return found
    kept = partial(count_responses, store, key, Request(where=YES), person=EVERYBODY)
    with without_columns():
        alone = median(kept, 1)
    ours = median(kept, rounds)
    found.append(
        Finding(
            f"how many responses gave an answer, {rows:,} responses", f"{1000 * ours:,.0f} ms",
            f"the store alone: {1000 * alone:,.0f} ms", ours / alone, at_most=1.0,
        )
    )  # fmt: skip
    return found


def processor(work: Callable[[], object]) -> float:
    """Returns how many seconds the work took on the processors, all threads together."""
    started = time.process_time()
    work()
    return time.process_time() - started


def median(work: Callable[[], object], rounds: int, before: Callable[[], object] = lambda: None) -> float:
    """Returns the middle one of several rounds, after one that does not count.

    Args:
        before: what happens before each round and does not count.
    """
    if rounds > 1:
        work()
    taken = []
    for _ in range(rounds):
        before()
        taken.append(processor(work))
    return statistics.median(taken)


def write_something(store: Store) -> None:
    """Writes to the store without changing what it says: whoever reads next has to look."""
    with writing(store) as connection:
        connection.execute(update(survey).values(revision=survey.c.revision))


@contextmanager
def without_columns() -> Iterator[None]:
    """Lets the store answer alone."""
    before = os.environ.get(PLACE)
    os.environ[PLACE] = OFF
    try:
        yield
    finally:
        del os.environ[PLACE]
        if before is not None:
            os.environ[PLACE] = before


def main(words: Sequence[str] | None = None) -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--store", help="a store that crosstabs.py filled, instead of a new one")
    chosen = parser.parse_args(words)
    if chosen.store:
        found = measured(open_store(chosen.store), chosen.rows, chosen.rounds)
    else:
        found = measure(chosen.rows, chosen.rounds)
    for finding in found:
        print(finding, finding.verdict)


if __name__ == "__main__":
    main()
