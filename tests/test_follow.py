"""What pages keep of a survey equals a fresh reading at that revision, whoever writes meanwhile, and has a bound."""

from __future__ import annotations

import threading
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from sqlalchemy import event, select, update

from analytics.errors import StoreError
from analytics.model import Cells, Status, Wanted
from analytics.pages.ground.shelf import Shelf
from analytics.store.follow.survey_copy import SurveyCopy, read_cells, read_survey_copy
from analytics.store.place.connections import Store, reading, writing
from analytics.store.read.status import read_revisions, read_status
from analytics.store.tables.schema import survey, tally
from analytics.store.tables.sums import SUMS
from analytics.store.tables.surveys import survey_by_key
from analytics.store.tables.tally import add_to_tally
from tests.patience import wait_until
from tests.surveys import NOW, RIVER, Reader, cells_by_name, opened, people, readers, record

MOVE, MOVE_BY_DAY, MOVE_BY_HOUR = (Wanted("move", grain) for grain in ("whole", "day", "hour"))
MOST_WRITES = 400
"""After so many answers a careless reader has met two moments in one look, or the harness is no good."""
MOVE_BY_NEEDS = Wanted("move", "whole", ("needs",))
EVERY_FRAME = (MOVE, MOVE_BY_DAY, MOVE_BY_HOUR, Wanted("needs", "day"), MOVE_BY_NEEDS)


def assert_same(now: SurveyCopy, fresh: SurveyCopy) -> None:
    assert now.status == fresh.status
    for wanted, cells in now.cells.items():
        theirs = cells_by_name(fresh.cells[wanted])
        ours = cells_by_name(cells)
        assert ours.keys() == theirs.keys()
        assert all(np.allclose(ours[cell], theirs[cell], rtol=1e-12, atol=0) for cell in ours), wanted


@settings(deadline=None, max_examples=6)
@given(before=readers(1, dated=True), after=readers(1, dated=True))
def test_a_survey_brought_up_to_date_is_as_one_read_anew(before: list[Reader], after: list[Reader]) -> None:
    with opened() as store:
        record(store, RIVER, before)
        earlier = read_survey_copy(store, "river", EVERY_FRAME)
        record(store, RIVER, [replace(reader, key=f"later {reader.key}") for reader in after])

        now = read_survey_copy(store, "river", EVERY_FRAME, earlier)

        assert_same(now, read_survey_copy(store, "river", EVERY_FRAME))
        assert now.status.counted == len(before) + len(after)


def test_on_both_databases_the_same(address: str) -> None:
    with opened(address) as store:
        record(store, RIVER, people(0, 30))
        earlier = read_survey_copy(store, "river", EVERY_FRAME)
        record(store, RIVER, people(30, 30))

        now = read_survey_copy(store, "river", EVERY_FRAME, earlier)

        assert_same(now, read_survey_copy(store, "river", EVERY_FRAME))


def test_only_cells_that_changed_are_read_and_what_did_not_is_shared_not_copied(tmp_path: Path) -> None:
    with opened(tmp_path / "store.sqlite") as store:
        record(store, RIVER, [replace(one, at=NOW - timedelta(days=n)) for n, one in enumerate(people(0, 240))])
        earlier = read_survey_copy(store, "river", [MOVE_BY_DAY])
        record(store, RIVER, [replace(one, at=NOW) for one in people(240, 1)])
        fetched = rows_fetched(store)

        now = read_survey_copy(store, "river", [MOVE_BY_DAY], earlier)

        assert sum(fetched) < len(earlier.cells[MOVE_BY_DAY].answers) / 2
        before, after = earlier.cells[MOVE_BY_DAY].answers, now.cells[MOVE_BY_DAY].answers
        assert [shares(before, after, column) for column in ("period", "profile", "choice", "n")] == [True] * 3 + [
            False
        ]
        assert before["n"].sum() == 240
        assert after["n"].sum() == 241


def test_cells_that_fall_to_zero_are_seen_to_fall(tmp_path: Path) -> None:
    with opened(tmp_path / "store.sqlite") as store:
        record(store, RIVER, people(0, 1))
        earlier = read_survey_copy(store, "river", [MOVE])
        take_away(store)

        now = read_survey_copy(store, "river", [MOVE], earlier)

        assert now.cells[MOVE].answers["n"].tolist() == [0]
        assert now.status.counted == 0
        assert earlier.cells[MOVE].answers["n"].tolist() == [1]


def test_what_is_kept_cannot_be_changed(tmp_path: Path) -> None:
    with opened(tmp_path / "store.sqlite") as store:
        record(store, RIVER, people(0, 9))
        cells = read_survey_copy(store, "river", [MOVE]).cells[MOVE]

        with pytest.raises(ValueError, match="read-only"):
            cells.answers["n"].to_numpy()[0] = 5


def test_known_bad_twin_frames_of_different_moments_disagree_and_those_of_one_never_do(address: str) -> None:
    def agree(cells: Sequence[Cells], status: Status) -> bool:
        return {int(one.answers["n"].sum()) for one in cells} == {status.counted}

    with opened(address) as store:
        record(store, RIVER, people(0, 10))
        earlier, kept, twins = read_survey_copy(store, "river", [MOVE]), [], []

        def write() -> None:
            for n in range(MOST_WRITES):
                record(store, RIVER, people(10 + n, 1))
                if n >= 40 and not all(twins):
                    return

        writing = threading.Thread(target=write)
        writing.start()
        while writing.is_alive():
            earlier = read_survey_copy(store, "river", [MOVE, MOVE_BY_DAY, MOVE_BY_HOUR], earlier)
            kept.append(agree(list(earlier.cells.values()), earlier.status))
            status = read_status(store, "river")
            twins.append(agree([read_cells(store, "river", one) for one in (MOVE, MOVE_BY_DAY, MOVE_BY_HOUR)], status))

        assert all(kept)
        assert not all(twins)
        assert_same(
            read_survey_copy(store, "river", (), earlier), read_survey_copy(store, "river", list(earlier.cells))
        )


# The shelf that sessions share


def shelf_over(store: Store, **settings: int) -> Shelf:
    return Shelf(partial(read_survey_copy, store), **settings)


def test_sessions_share_one_copy_and_see_every_answer_that_was_in_before_they_asked(address: str) -> None:
    with opened(address) as store:
        record(store, RIVER, people(0, 10))
        shelf, faults = shelf_over(store), []

        def session() -> None:
            for _ in range(15):
                known = read_revisions(store)["river"]
                copy = shelf.at("river", known)
                copy = copy if MOVE in copy.cells else shelf.with_cells("river", MOVE)
                if copy.cells[MOVE].answers["n"].sum() != copy.status.counted:
                    faults.append(copy)

        sessions = [threading.Thread(target=session) for _ in range(8)]
        for one in sessions:
            one.start()
        for n in range(20):
            record(store, RIVER, people(10 + n, 1))
        for one in sessions:
            one.join()

        assert not faults
        last = read_revisions(store)["river"]
        assert wait_until(lambda: shelf.at("river", last).status.counted == 30)
        assert shelf.at("river", last) is shelf.at("river", last)


def test_the_frames_used_longest_ago_are_dropped_when_memory_has_reached_its_bound(tmp_path: Path) -> None:
    with opened(tmp_path / "store.sqlite") as store:
        for name in "abc":
            record(store, replace(RIVER, key=name), people(0, 60))
        size = read_survey_copy(store, "a", [MOVE_BY_HOUR]).nbytes
        shelf = shelf_over(store, most_bytes=int(2.5 * size))

        for name in "abac":
            shelf.with_cells(name, MOVE_BY_HOUR)

        assert sorted(shelf.surveys) == ["a", "c"]
        assert sum(copy.nbytes for copy in shelf.surveys.values()) <= 2.5 * size
        assert shelf.with_cells("b", MOVE_BY_HOUR).cells[MOVE_BY_HOUR].answers["n"].sum() == 60


def test_a_kept_survey_is_weighed_once_however_many_are_kept_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    weighed, plain = list[int](), pd.DataFrame.memory_usage
    monkeypatch.setattr(
        pd.DataFrame, "memory_usage", lambda frame, *a, **k: weighed.append(id(frame)) or plain(frame, *a, **k)
    )
    with opened(tmp_path / "store.sqlite") as store:
        for n in range(12):
            record(store, replace(RIVER, key=f"river-{n}"), people(0, 5))
        shelf = shelf_over(store)

        for n in range(12):
            shelf.with_cells(f"river-{n}", MOVE)

        assert len(shelf.surveys) == 12
        assert len(weighed) == 2 * 12  # its answers and its profiles, once each


def test_cells_that_will_be_asked_for_are_read_together_with_their_survey(tmp_path: Path) -> None:
    with opened(tmp_path / "store.sqlite") as store:
        record(store, RIVER, people(0, 10))
        read, asked = partial(read_survey_copy, store), list[str]()

        def counted(key: str, wanted: Collection[Wanted], earlier: SurveyCopy | None) -> SurveyCopy:
            asked.append(key)
            return read(key, wanted, earlier)

        shelf = Shelf(counted)
        copy = shelf.at("river", 1, [MOVE_BY_DAY])

        assert copy.cells[MOVE_BY_DAY].answers["n"].sum() == 10
        assert shelf.with_cells("river", MOVE_BY_DAY) is copy
        assert asked == ["river"]


def test_a_survey_that_cannot_be_read_is_given_as_it_was_and_the_fault_is_known(tmp_path: Path) -> None:
    with opened(tmp_path / "store.sqlite") as store:
        record(store, RIVER, people(0, 10))
        shelf = shelf_over(store)
        before = shelf.with_cells("river", MOVE)
        shelf.read = refuse

        assert wait_until(lambda: shelf.at("river", before.status.revision + 1) is before and "river" in shelf.faults)


def refuse(key: str, wanted: object, copy: SurveyCopy | None) -> SurveyCopy:  # noqa: ARG001 (what a shelf hands over)
    raise StoreError("not now")


def rows_fetched(store: Store) -> list[int]:
    """Returns a list that grows by the number of rows that each further reading of the tally would give."""
    fetched: list[int] = []

    def count(*given: Any) -> None:
        statement, parameters = given[2:4]
        if "tally.period" in statement and "count(*)" not in statement:
            with store.connect() as other:
                asked = other.exec_driver_sql(f"SELECT count(*) FROM ({statement})", parameters)
                fetched.append(asked.scalar_one())

    event.listen(store, "after_cursor_execute", count)
    return fetched


def shares(before: pd.DataFrame, after: pd.DataFrame, column: str) -> bool:
    return bool(before[column].to_numpy().base is after[column].to_numpy().base) or (
        before[column].to_numpy().ctypes.data == after[column].to_numpy().ctypes.data
    )


def take_away(store: Store) -> None:
    """Takes every response out of the tally, as erasing does."""
    with reading(store) as connection:
        survey_id, *_ = survey_by_key(connection, "river")
        cells = pd.DataFrame(connection.execute(select(tally).where(tally.c.survey_id == survey_id)).mappings().all())
    for name in cells.columns.intersection(SUMS):
        cells[name] = -cells[name]
    with writing(store) as connection:
        connection.execute(update(survey).values(revision=survey.c.revision + 1))
        add_to_tally(connection, survey_id, cells.drop(columns=["survey_id", "revision"]), 10**6)
