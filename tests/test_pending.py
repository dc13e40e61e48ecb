"""Many writers of one question on PostgreSQL: none is lost or waits for long, and readers are exact at every moment."""

from __future__ import annotations

import inspect
import itertools
import os
import re
import signal
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sqlalchemy import Connection, event, func, select, update

from analytics.errors import RequestError, StoreError
from analytics.estimates.views.layout import Layout
from analytics.model import Receipt, Wanted
from analytics.model.request import Request
from analytics.pages.ground import sources
from analytics.store.follow.survey_copy import read_cells, read_survey_copy
from analytics.store.place.connections import Store, reading, writing
from analytics.store.read.status import read_glance, read_status
from analytics.store.record.live import record_responses
from analytics.store.tables import schema, tally
from analytics.store.tables.opening import open_store
from analytics.store.tables.sums import KEY, SUMS
from analytics.store.tables.surveys import raise_revision, save_survey
from analytics.store.tables.tally import add_to_tally, fold, set_hot, tally_now
from analytics.store.tend.keeping import erase_responses, restore_responses, screen_responses
from analytics.store.tend.verify import heal_store, verify_store
from tests.conftest import ROOT
from tests.loaded import ran
from tests.surveys import NOW, RIVER, TWELVE, opened, record
from tests.test_follow import assert_same
from tests.test_live import WITH_TEXT, answer, moves, rows_in

WRITERS = 16


@pytest.fixture
def hot(server_address: str) -> Iterator[Store]:
    """Gives a store on PostgreSQL whose survey is hot."""
    with opened(server_address) as store:
        with writing(store) as connection:
            save_survey(connection, WITH_TEXT)
        set_hot(store, "river", True)
        yield store


def test_what_waits_counts_at_once_and_the_folder_alone_raises_the_revision(hot: Store) -> None:
    before = read_status(hot, "river")
    record_responses(hot, "river", [answer("a"), answer("b", "No")])
    waiting = read_status(hot, "river")

    folded = fold(hot)

    after = read_status(hot, "river")
    assert folded > 0
    assert rows_in(hot, "pending") == 0
    assert (before.counted, waiting.counted, after.counted) == (0, 2, 2)
    assert (waiting.revision, after.revision) == (before.revision, before.revision + 1)
    assert waiting.first_at == after.first_at == answer("a").responded_at
    assert moves(hot) == {"Yes": 1, "No": 1}


def test_a_page_that_follows_reads_what_waits_and_what_was_folded_alike(hot: Store) -> None:
    record_responses(hot, "river", [answer("a"), answer("b", "No")])
    waiting = [read_cells(hot, "river", Wanted("needs", grain)).answers for grain in ("whole", "day", "hour")]  # type: ignore[arg-type]
    glance = read_glance(hot, 30).cells

    fold(hot)

    folded = [read_cells(hot, "river", Wanted("needs", grain)).answers for grain in ("whole", "day", "hour")]  # type: ignore[arg-type]
    assert all(one.equals(other) for one, other in zip(waiting, folded, strict=True))
    order = ["choice", "period"]
    assert glance.sort_values(order, ignore_index=True).equals(
        read_glance(hot, 30).cells.sort_values(order, ignore_index=True)
    )


def test_a_page_that_read_while_answers_waited_is_right_once_they_are_folded(hot: Store) -> None:
    wanted = [Wanted("move", grain) for grain in ("whole", "day", "hour")]  # type: ignore[arg-type]
    record_responses(hot, "river", [answer("a"), answer("b")])
    earlier = read_survey_copy(hot, "river", wanted)
    record_responses(hot, "river", [answer("a", "No", version=2)])  # what waited of the first version is taken back
    erase_responses(hot, "river", ["b"], now=NOW)

    fold(hot)

    now = read_survey_copy(hot, "river", wanted, earlier)
    assert_same(now, read_survey_copy(hot, "river", wanted))
    assert [cells.answers.query("n > 0")["n"].tolist() for cells in now.cells.values()] == [[1]] * 3
    with reading(hot) as connection:
        empty = select(schema.tally.c.w, schema.tally.c.w2).where(schema.tally.c.n == 0)
        assert {tuple(row) for row in connection.execute(empty)} == {(0.0, 0.0)}


def test_a_table_of_a_hot_survey_is_of_the_moment_of_its_page_though_the_revision_stays(
    hot: Store, server_address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", server_address)

    def shown(*questions: str) -> tuple[int, list[int]]:
        """Returns how many readers the page says there are, and the bases of a table of these questions."""
        of, request = sources.snapshot_at("river", 1), Request(weights="none")
        told = [sources.table_of(of, request, Layout((key,))) for key in questions]
        return of.status.counted, [view.base_n for one in told for view in one.toplines]

    record_responses(hot, "river", [answer("a")])
    first = shown("move")
    record_responses(hot, "river", [answer("b")])
    still = shown("move")
    with pytest.raises(StoreError, match="came in while it was read"):  # where no page's run could begin anew
        shown("needs")  # cells that no page had asked for: all of them are read anew
    anew = shown("move", "needs")

    assert first == still == (1, [1])
    assert anew == (2, [2, 2])
    sources.store(server_address).dispose()


def test_whatever_happens_to_a_hot_survey_its_state_is_never_one_that_was_seen_before(hot: Store) -> None:
    seen = [read_status(hot, "river")]
    for happens in (
        lambda: record_responses(hot, "river", [answer("a", version=2), answer("b")]),
        lambda: record_responses(hot, "river", [answer("b", "No", version=2)]),
        lambda: record_responses(hot, "river", [answer("a", "No")]),  # a version that comes late
        lambda: screen_responses(hot, "river", ["a"], rule="a robot", now=NOW),
        lambda: record_responses(hot, "river", [answer("a", "No", version=3)]),
        lambda: restore_responses(hot, "river", ["a"], now=NOW),
        lambda: erase_responses(hot, "river", ["b"], now=NOW),
        lambda: record_responses(hot, "river", [answer("c")]),
        lambda: fold(hot),
    ):
        happens()
        seen.append(read_status(hot, "river"))

    assert len(set(seen)) == len(seen)


@pytest.mark.parametrize("folding", [False, True], ids=["unfolded", "folded"])
def test_changed_screened_restored_and_erased_move_what_waits(hot: Store, folding: bool) -> None:
    def done(_: object) -> None:
        if folding:
            fold(hot)
        assert sum(len(found.wrong) for found in verify_store(hot)) == 0

    done(record_responses(hot, "river", [answer("a"), answer("b"), answer("c"), answer("d")]))
    done(record_responses(hot, "river", [answer("a", "No", version=2)]))
    done(screen_responses(hot, "river", ["a", "b", "c"], rule="a robot", now=NOW))
    done(restore_responses(hot, "river", ["a", "b"], now=NOW))
    done(erase_responses(hot, "river", ["b"], now=NOW))
    fold(hot)

    assert moves(hot) == {"Yes": 1, "No": 1}
    assert record_responses(hot, "river", [answer("b"), answer("a")]) == Receipt(duplicate=1, erased=1)


def test_a_survey_that_is_not_hot_any_more_has_nothing_waiting(hot: Store) -> None:
    record_responses(hot, "river", [answer("a")])

    set_hot(hot, "river", False)
    record_responses(hot, "river", [answer("a", "No", version=2)])

    assert rows_in(hot, "pending") == 0
    assert moves(hot) == {"No": 1}


def test_healing_knows_what_still_waits(hot: Store) -> None:
    record_responses(hot, "river", [answer("a"), answer("b", "No")])
    fold(hot)
    record_responses(hot, "river", [answer("c"), answer("b", "Yes", version=2)])
    with writing(hot) as connection:
        connection.execute(update(schema.tally).where(schema.tally.c.grain == schema.WHOLE).values(n=40, fingerprint=5))

    healed = heal_store(hot)

    assert len(healed[0].wrong) > 0
    assert moves(hot) == {"Yes": 3}
    fold(hot)
    assert moves(hot) == {"Yes": 3}


def test_a_file_may_be_imported_while_answers_come_in(hot: Store) -> None:
    record_responses(hot, "river", [answer("a")])
    record(hot, WITH_TEXT, TWELVE)
    fold(hot)

    assert read_status(hot, "river").counted == 13
    assert sum(len(found.wrong) for found in verify_store(hot)) == 0


def test_sqlite_has_no_hot_surveys(tmp_path: Path) -> None:
    with opened(tmp_path / "store.sqlite") as store:
        record(store, RIVER, TWELVE)

        with pytest.raises(RequestError, match="SQLite has one writer at a time"):
            set_hot(store, "river", True)
        assert fold(store) == 0


# Sixteen at once


def differences(connection: Connection) -> int:
    """Returns how far what readers are told is from the responses of the same moment."""
    now = tally_now(connection).c
    told = select(func.sum(now.n)).where(now.grain == schema.WHOLE, now.question_no == schema.EVERYONE)
    there = select(func.count()).where(schema.response.c.standing == schema.COUNTED)
    return int(connection.execute(told).scalar() or 0) - int(connection.execute(there).scalar_one())


def test_sixteen_writers_of_one_hot_question_lose_nothing_and_readers_are_exact(
    hot: Store, server_address: str, record_property: pytest.RecordProperty
) -> None:
    stop, seen = threading.Event(), list[int]()

    def write(writer: int) -> tuple[int, list[float]]:
        store, times, stored = open_store(server_address), list[float](), 0
        for n in range(12):
            batch = [answer(f"{writer}-{n}", "Yes" if n % 10 else "No"), answer(f"shared-{n}")]
            begun = time.perf_counter()
            stored += record_responses(store, "river", batch if writer % 2 else batch[::-1]).stored
            times.append(time.perf_counter() - begun)
        store.dispose()
        return stored, times

    def read() -> None:
        store = open_store(server_address, read_only=True)
        while not stop.is_set():
            with reading(store) as connection:
                seen.append(differences(connection))
        store.dispose()

    def keep_folding() -> None:
        store = open_store(server_address)
        while not stop.is_set():
            fold(store)
        store.dispose()

    with ThreadPoolExecutor(WRITERS + 2) as pool:
        others = [pool.submit(read), pool.submit(keep_folding)]
        try:
            written = [future.result() for future in [pool.submit(write, writer) for writer in range(WRITERS)]]
        finally:
            stop.set()
        for other in others:
            other.result()

    p99 = float(np.quantile([second for _, times in written for second in times], 0.99))
    record_property("p99_seconds", p99)
    assert sum(stored for stored, _ in written) == WRITERS * 12 + 12
    assert read_status(hot, "river").counted == WRITERS * 12 + 12
    assert set(seen) == {0}
    assert len(seen) >= 10
    assert deadlocks(hot) == 0
    fold(hot)
    assert sum(len(found.wrong) for found in verify_store(hot)) == 0


def deadlocks(store: Store) -> int:
    """Returns how many deadlocks the server has counted in this database."""
    with reading(store) as connection:
        connection.exec_driver_sql("SELECT pg_stat_clear_snapshot()")
        found: int = connection.exec_driver_sql(
            "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"
        ).scalar_one()
        return found


# The folder


def fold_by_watermark(store: Store, last: int) -> int:
    """Folds in the known bad way: what has a higher number than the last that was seen. Returns that number."""
    with writing(store) as connection:
        rows = connection.execute(select(schema.pending).where(schema.pending.c.pending_no > last)).all()
        revision, _ = raise_revision(connection, 1, 0)
        cells = pd.DataFrame([[getattr(row, name) for name in [*KEY, *SUMS]] for row in rows], columns=[*KEY, *SUMS])
        add_to_tally(connection, 1, cells.groupby(KEY, as_index=False)[SUMS].sum(), revision)
        return max((row.pending_no for row in rows), default=last)


def with_a_slow_writer(store: Store, fold_once: object) -> int:
    """Folds while a writer that began early has not ended, folds again once it has; returns how many then count."""
    assert callable(fold_once)
    slow = store.connect()
    transaction = slow.begin()
    values = {**dict.fromkeys([*KEY], 0), "choice_no": -2, "n": 1, "w": 1.0, "w2": 1.0, "fingerprint": 7}
    slow.execute(schema.pending.insert().values(survey_id=1, **values))
    with writing(store) as connection:
        connection.execute(schema.pending.insert().values(survey_id=1, **values))

    fold_once()
    transaction.commit()
    slow.close()
    fold_once()

    with reading(store) as connection:
        return int(connection.execute(select(func.sum(schema.tally.c.n))).scalar_one())


def test_what_a_slow_writer_commits_late_is_folded_too(hot: Store) -> None:
    assert with_a_slow_writer(hot, lambda: fold(hot)) == 2


def test_a_folder_with_a_watermark_loses_what_a_slow_writer_commits_late(hot: Store) -> None:
    last = 0

    def fold_once() -> None:
        nonlocal last
        last = fold_by_watermark(hot, last)

    assert with_a_slow_writer(hot, fold_once) == 1, "the harness does not find what a watermark loses"


BY_NUMBER = re.compile(r"\.c\.(?:\w+_no|\w+_at|revision)\s*>\s+(?!0\b)\S")

SAFE = {
    "looks.py": "the lines of one log, which are numbered under its lock",
    "passkeys.py": "the time until which a link for enrolment holds",
    "sessions.py": "the times until which a session holds",
    "sums.py": "blocks within one snapshot",
    "survey_copy.py": "revisions and profiles are numbered under the lock of the survey, so that they commit in order",
    "surveys.py": "the first and last time, not what was read so far",
}


def test_nothing_is_read_by_what_has_a_higher_number_than_before() -> None:
    found = {
        path.name
        for path in (ROOT / "analytics" / "store").rglob("*.py")
        if BY_NUMBER.search(path.read_text(encoding="utf-8"))
    }

    assert found == SAFE.keys()
    assert BY_NUMBER.search(inspect.getsource(fold_by_watermark))


def test_two_folders_at_once_are_one(hot: Store, server_address: str) -> None:
    record_responses(hot, "river", [answer(f"r{n}") for n in range(20)])
    with writing(hot) as connection:
        connection.execute(select(func.pg_advisory_xact_lock(tally.FOLDER_LOCK)))
        with opened(server_address) as other:
            assert fold(other) == 0

    assert fold(hot) > 0


def test_no_more_than_a_batch_is_folded_in_one_transaction(hot: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tally, "AT_ONCE", 7)
    record_responses(hot, "river", [answer("a"), answer("b", "No")])
    waiting = rows_in(hot, "pending")

    folded = [*iter(lambda: fold(hot), 0)]

    assert sum(folded) == waiting
    assert max(folded) == 7
    assert moves(hot) == {"Yes": 1, "No": 1}


def fold_until_killed(address: str, fatal: int) -> None:
    """Folds, and is killed by the system after the statement of that number, or with a commit."""
    store, steps = open_store(address), itertools.count(1)

    def step(*_: object) -> None:
        if next(steps) == fatal:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(store, "after_cursor_execute", step)
    event.listen(store, "commit", step)
    fold(store)
    store.dispose()


def fold_killed_everywhere(address: str) -> None:
    """Kills a folder at each of its steps in turn until one lives to the end; the tally is a recount after each."""
    kills = 0
    for fatal in itertools.count(1):
        if (child := os.fork()) == 0:
            fold_until_killed(address, fatal)
            os._exit(0)
        killed = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0
        with opened(address) as store:
            assert sum(len(found.wrong) for found in verify_store(store)) == 0
            assert read_status(store, "river").counted == 9
        if not killed:
            break
        kills += 1
    assert kills >= 6, kills


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the harness needs fork")
def test_a_folder_killed_at_any_statement_loses_nothing_and_counts_nothing_twice(
    hot: Store, server_address: str
) -> None:
    record_responses(hot, "river", [answer(f"r{n}", "Yes" if n % 3 else "No") for n in range(9)])
    program = f"from tests.test_pending import fold_killed_everywhere as run; run({server_address!r})"

    ran("-c", program, cwd=ROOT, check=True, capture=False)

    assert rows_in(hot, "pending") == 0
    assert moves(hot) == {"Yes": 6, "No": 3}
