"""A Citus cluster against one PostgreSQL, in turn: `CITUS_URL=... python -m tests.benchmarks.cluster`.

The one PostgreSQL is a database without the extension on the cluster's own coordinator: the same programs and settings.
Both take turns, and the best of the rounds counts, so that what else the machine does disturbs least. Prints a table in
Markdown; docs/SCALE.md holds one.
"""

from __future__ import annotations

import os
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import psycopg
from sqlalchemy import func, select
from sqlalchemy.engine import make_url

from analytics.imports.definition.survey import read_definition
from analytics.model import Chunk, Response, Survey, Wanted
from analytics.store.follow.survey_copy import read_survey_copy
from analytics.store.place.connections import Store, reading, writing
from analytics.store.read.status import read_glance
from analytics.store.record.imports import record_import
from analytics.store.record.live import record_responses
from analytics.store.tables.opening import open_store
from analytics.store.tables.schema import metadata, pending
from analytics.store.tables.surveys import survey_by_key
from analytics.store.tables.tally import fold, set_hot
from analytics.store.tend.verify import verify_store
from tests.benchmarks.batches import chunks
from tests.benchmarks.made_up import CHOICES, EIGHT_COLUMNS, write_definition
from tests.benchmarks.measure import clock
from tests.benchmarks.stores import NOW
from tests.cluster import Cluster

FRAMES = (Wanted("answer"), Wanted("answer", "day"))
WRITERS = 16
TURNS = 2


@dataclass(frozen=True)
class Sizes:
    """How much is measured: responses of the large survey, surveys in the list, answers of each writer, rounds."""

    rows: int = 10_000
    surveys: int = 1_000
    answers: int = 5
    rounds: int = 12


@dataclass(frozen=True)
class Line:
    """What was measured on both, as a number of something where more is better or of seconds where less is."""

    what: str
    unit: str
    single: float
    spread: float

    def __str__(self) -> str:
        cells = (self.what, *(f"{value:,.3g} {self.unit}" for value in (self.single, self.spread)))
        return f"| {' | '.join(cells)} | {self.spread / self.single:.2f} |"


def measure(cluster: Cluster, sizes: Sizes) -> Iterator[Line]:
    """Gives what each thing costs on one PostgreSQL and on the cluster; every tally is a recount after it."""
    with _single(cluster) as address, tempfile.TemporaryDirectory(prefix="cluster-") as name:
        write_definition(Path(name) / "survey.toml", EIGHT_COLUMNS)
        survey = read_definition(Path(name) / "survey.toml")
        stores = [open_store(one) for one in (address, cluster.new_database())]
        try:
            yield from _large(stores, survey, sizes)
            yield from _live(stores, survey, sizes)
            for store in stores:
                assert sum(len(found.wrong) for found in verify_store(store)) == 0
            yield from _many(stores, survey, sizes)
        finally:
            for store in stores:
                store.dispose()


def _large(stores: Sequence[Store], survey: Survey, sizes: Sizes) -> Iterator[Line]:
    """Measures one survey of many responses: its import and its first reading."""
    parts = list(chunks(EIGHT_COLUMNS, survey, sizes.rows))
    rates = [[_import_rate(store, name, survey, parts) for store in stores] for name in ("again", survey.key)]
    yield Line(f"import of {sizes.rows:,} responses", "a second", *map(max, zip(*rates, strict=True)))
    yield _milliseconds(
        "first reading of that survey", stores, lambda s: read_survey_copy(s, survey.key, FRAMES), sizes
    )
    copy = read_survey_copy(stores[0], survey.key, FRAMES)
    yield _milliseconds(
        "asking whether it changed", stores, lambda s: read_survey_copy(s, survey.key, FRAMES, copy), sizes
    )


def _import_rate(store: Store, key: str, survey: Survey, parts: Sequence[Chunk]) -> float:
    def record() -> None:
        record_import(store, replace(survey, key=key), parts, file="made up", now=NOW)

    return sum(part.read for part in parts) / clock(record)


def _live(stores: Sequence[Store], survey: Survey, sizes: Sizes) -> Iterator[Line]:
    """Measures answers that come one by one: alone, from many writers to one hot survey, and to a survey each."""
    numbers = iter(range(10**9))

    def send(store: Store) -> None:
        record_responses(store, survey.key, [_answer(f"one-{next(numbers)}")])

    yield _milliseconds("one answer recorded", stores, send, sizes)
    for store in stores:
        set_hot(store, survey.key, True)
    yield _milliseconds("one answer recorded, hot", stores, send, sizes)
    yield _rates(f"{WRITERS} writers to one hot survey", stores, [survey.key] * WRITERS, sizes)
    waiting = [_waiting(store) for store in stores]
    took = [clock(partial(_fold_all, store)) for store in stores]
    yield Line("folding", "changes a second", *(n / seconds for n, seconds in zip(waiting, took, strict=True)))
    keys = [f"apart-{writer}" for writer in range(WRITERS)]
    for store in stores:
        for key in keys:
            record_import(store, replace(survey, key=key), chunks(EIGHT_COLUMNS, survey, 10), file="few", now=NOW)
    yield _rates(f"{WRITERS} writers to a survey each, none hot", stores, keys, sizes)


def _rates(what: str, stores: Sequence[Store], keys: Sequence[str], sizes: Sizes) -> Line:
    rounds = [[_rate(store, keys, sizes.answers, f"{what}{n}") for store in stores] for n in range(TURNS)]
    return Line(what, "answers a second", *map(max, zip(*rounds, strict=True)))


def _many(stores: Sequence[Store], survey: Survey, sizes: Sizes) -> Iterator[Line]:
    """Measures the list of very many surveys."""
    few = replace(survey, key="many")
    for store in stores:
        record_import(store, few, chunks(EIGHT_COLUMNS, few, 20), file="few", now=NOW)
        _multiply(store, few.key, sizes.surveys)
    what = f"the newsroom's list of {sizes.surveys:,} surveys"
    yield _milliseconds(what, stores, lambda store: read_glance(store, 30), sizes)


def _multiply(store: Store, key: str, number: int) -> None:
    """Copies the survey of that key, which was made last, until there are so many of it."""
    with writing(store) as connection:
        survey_id = survey_by_key(connection, key)[0]
        for table in metadata.sorted_tables:
            if "survey_id" not in table.c or table is pending:
                continue
            names = ", ".join(f'"{column.name}"' for column in table.c if column.name != "survey_id")
            values = names.replace('"key"', '"key" || place') if table.name == "survey" else names
            connection.exec_driver_sql(
                f'INSERT INTO "{table.name}" (survey_id, {names}) SELECT place, {values} FROM "{table.name}", '
                f"generate_series({survey_id + 1}, {survey_id + number - 1}) AS place WHERE survey_id = {survey_id}"
            )
    with store.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE")


def _milliseconds(what: str, stores: Sequence[Store], work: Callable[[Store], object], sizes: Sizes) -> Line:
    """Returns the fastest of rounds that took turns."""
    for store in stores:
        work(store)
    rounds = [[clock(partial(work, store)) for store in stores] for _ in range(sizes.rounds)]
    return Line(what, "ms", *(1000 * min(each) for each in zip(*rounds, strict=True)))


def _rate(store: Store, keys: Sequence[str], answers: int, word: str) -> float:
    """Returns how many answers a second are acknowledged, one writer a key, each with a connection of its own."""
    begun = list[float]()
    together = threading.Barrier(len(keys), lambda: begun.append(time.perf_counter()))

    def write(writer: int) -> None:
        own = open_store(store.url.render_as_string(hide_password=False))
        record_responses(own, keys[writer], [_answer(f"{word}-{writer}-first")])
        together.wait()
        for number in range(answers):
            record_responses(own, keys[writer], [_answer(f"{word}-{writer}-{number}")])
        own.dispose()

    with ThreadPoolExecutor(len(keys)) as pool:
        list(pool.map(write, range(len(keys))))
    return len(keys) * answers / (time.perf_counter() - begun[0])


def _answer(key: str) -> Response:
    levels = {"age": "30-44", "sex": "sex 1", "region": "region 2", "school": "school 3", "channel": "channel 1"}
    return Response(key, {"answer": (CHOICES[len(key) % 4],)}, levels, responded_at=NOW, received_at=NOW)


def _waiting(store: Store) -> int:
    with reading(store) as connection:
        return connection.execute(select(func.count()).select_from(pending)).scalar_one()


def _fold_all(store: Store) -> None:
    while fold(store):
        pass


@contextmanager
def _single(cluster: Cluster) -> Iterator[str]:
    """Gives an empty database without the extension on the coordinator's server."""
    url, name = make_url(cluster.url), f"single_{os.getpid()}"
    with psycopg.connect(url.set(database="postgres").render_as_string(hide_password=False), autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}".encode())
        try:
            yield url.set(database=name).render_as_string(hide_password=False)
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


if __name__ == "__main__":
    if "CITUS_URL" not in os.environ:
        sys.exit("CITUS_URL names no coordinator: docs/SCALE.md says how to start a cluster on one machine")
    found = Cluster(os.environ["CITUS_URL"], shards=32)
    try:
        print("| what | one PostgreSQL | Citus | ratio |\n|---|---|---|---|")
        for line in measure(found, Sizes()):
            print(line, flush=True)
    finally:
        found.close()
