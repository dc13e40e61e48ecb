"""The store: what was acknowledged is kept and counted once, whatever comes between; the tally is always a recount."""

from __future__ import annotations

import itertools
import json
import os
import signal
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, event, func, insert, select, update

from analytics.errors import DefinitionError, FileError, StoreError
from analytics.imports.answers.responses import read_responses
from analytics.imports.definition.survey import read_definition
from analytics.model import (
    ANSWERED,
    MISSING,
    NO_TIME,
    Choice,
    Chunk,
    Dimension,
    Grain,
    ImportReport,
    Level,
    Quarantined,
    Question,
    Survey,
    Wanted,
)
from analytics.store.follow.survey_copy import read_cells
from analytics.store.place.connections import Store, reading, writing
from analytics.store.read.status import read_revisions, read_status
from analytics.store.record.imports import read_unfinished, record_import
from analytics.store.record.rehearsal import rehearse_imports
from analytics.store.tables import schema
from analytics.store.tables.opening import open_store
from analytics.store.tables.sums import KEY, SUMS, Counted, added, tally_of
from analytics.store.tables.survey_text import survey_from_text
from analytics.store.tables.surveys import read_survey, read_surveys, save_survey
from analytics.store.tables.tally import add_to_tally
from analytics.store.tend.keeping import erase_responses
from analytics.store.tend.verify import heal_store, verify_store
from tests.conftest import ROOT, SERVERS
from tests.loaded import ran
from tests.surveys import (
    AGE,
    BERLIN,
    MOVE,
    NEEDS,
    NOW,
    RIVER,
    SAME,
    SEX,
    TRUST,
    TWELVE,
    Reader,
    batch_of,
    cells_by_name,
    chunk_of,
    opened,
    people,
    readers,
    record,
    table,
    unweighted,
)

ZONES = (
    "Europe/Berlin", "America/New_York", "America/Santiago", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia",
    "Africa/Casablanca", "America/St_Johns", "Pacific/Chatham", "America/Havana", "Asia/Tehran", "Asia/Tokyo",
)  # fmt: skip

DEFINITION = """
[survey]
key = "river"
title = "The river"
time_zone = "Europe/Berlin"
min_base = 5
[columns]
{response}
[[question]]
key = "move"
text = "Should the library move?"
kind = "single"
choices = [{choices}]
[[dimension]]
key = "age"
{age}
"""


@pytest.fixture
def definition(tmp_path: Path) -> Callable[..., Survey]:
    """Returns a function that writes a definition and reads it: with ids of their own, two choices and age bands."""

    def write(response: str = 'response = "id"', choices: str = '"Yes", "No"', age: str = "bands = [18, 30]") -> Survey:
        path = tmp_path / "survey.toml"
        path.write_text(DEFINITION.format(response=response, choices=choices, age=age), encoding="utf-8")
        return replace(read_definition(path), min_base=1)  # of a few readers, numbers are shown

    return write


@pytest.fixture(params=["sqlite", *SERVERS])
def store(request: pytest.FixtureRequest) -> Iterable[Store]:
    """Gives an empty store, on each kind of database in turn."""
    servers = {"postgresql": "postgres_address", "citus": "citus_address"}
    address = "sqlite://" if request.param == "sqlite" else request.getfixturevalue(servers[request.param])
    with opened(address) as engine:
        yield engine


def import_lines(
    store: Store, survey: Survey, folder: Path, *lines: str, chunk_rows: int = 50_000, head: str = "id,move,age"
) -> ImportReport:
    """Records a file of these lines."""
    path = folder / "readers.csv"
    path.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
    return record_import(store, survey, read_responses(path, survey, chunk_rows=chunk_rows), file=path.name, now=NOW)


def counts(report: ImportReport) -> tuple[int, int, int, int]:
    """Returns what became of the rows, after checking that every row is accounted for."""
    became = (report.stored, report.duplicate, report.quarantined, report.rejected)
    assert report.read == sum(became)
    return became


def state(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """Returns what the store says, without the numbers that only say when and in which order it was told."""
    passing = {"revision", "import_no", "response_no", "next_response"}
    with reading(store) as connection:
        keys = {row.response_no: row.key for row in connection.execute(select(schema.response))}
        found = {
            table.name: [row._mapping for row in connection.execute(select(table))]
            for table in schema.metadata.sorted_tables
            if table.name not in {"import", "import_file"}
        }
    return {
        name: sorted(
            (keys.get(row.get("response_no"), ""), *(str(row[c]) for c in row if c not in passing)) for row in rows
        )
        for name, rows in found.items()
    }  # fmt: skip


def rows_in(store: Store, *tables: str) -> list[int]:
    """Returns how many rows each table has."""
    with reading(store) as connection:
        return [
            connection.execute(select(func.count()).select_from(schema.metadata.tables[name])).scalar_one()
            for name in tables
        ]


def rows_of_an_empty_store() -> list[int]:
    """Returns how many rows each table has before anything was recorded."""
    with opened() as empty:
        return rows_in(empty, *map(str, schema.metadata.tables))


def wrong_cells(store: Store) -> int:
    """Returns how many cells of the tally differ from a recount."""
    return sum(len(found.wrong) for found in verify_store(store))


# Raw rows and tally: one transaction


def test_a_chunk_that_breaks_half_way_leaves_neither_rows_nor_tally(store: Store) -> None:
    unwritable = Quarantined("id:x", 14, (b"no text",), ("q: no text",))  # type: ignore[arg-type]
    chunks = [chunk_of(RIVER, TWELVE, unwritable)]

    with pytest.raises(TypeError):
        record_import(store, RIVER, chunks, file="readers.csv", now=NOW)

    assert rows_in(store, *map(str, schema.metadata.tables)) == rows_of_an_empty_store()


def test_chunks_of_a_large_file_before_the_one_that_breaks_stay_whole(store: Store) -> None:
    unwritable = Quarantined("id:x", 14, (b"no text",), ("q: no text",))  # type: ignore[arg-type]
    chunks = [chunk_of(RIVER, TWELVE), chunk_of(RIVER, people(20, 7), unwritable)]

    with pytest.raises(TypeError):
        record_import(store, RIVER, chunks, file="readers.csv", now=NOW, whole_rows=18)

    assert read_status(store, "river").counted == 12
    assert rows_in(store, "response", "answer", "quarantine") == [12, 12, 0]
    assert [(one.file, one.read) for one in read_unfinished(store)["river"]] == [("readers.csv", 12)]
    assert wrong_cells(store) == 0


def test_a_small_file_that_breaks_in_its_last_chunk_leaves_nothing(store: Store) -> None:
    unwritable = Quarantined("id:x", 14, (b"no text",), ("q: no text",))  # type: ignore[arg-type]
    chunks = [chunk_of(RIVER, TWELVE), chunk_of(RIVER, people(20, 7)), chunk_of(RIVER, people(30, 7), unwritable)]

    with pytest.raises(TypeError):
        record_import(store, RIVER, chunks, file="readers.csv", now=NOW)

    assert rows_in(store, *map(str, schema.metadata.tables)) == rows_of_an_empty_store()


@pytest.mark.parametrize(("whole_rows", "kept"), [(15, 0), (14, 10)])
def test_a_file_that_cannot_be_read_to_its_end_leaves_nothing_where_it_is_small_and_whole_chunks_where_it_is_large(
    store: Store, whole_rows: int, kept: int
) -> None:
    def chunks() -> Iterable[Chunk]:
        yield from (chunk_of(RIVER, people(first, 5)) for first in (0, 5, 10))
        raise OSError("the disk is gone")

    with pytest.raises(OSError, match="the disk is gone"):
        record_import(store, RIVER, chunks(), file="readers.csv", now=NOW, whole_rows=whole_rows)

    assert rows_in(store, "response") == [kept]
    assert wrong_cells(store) == 0


def test_a_quote_that_is_never_closed_late_in_a_small_file_leaves_the_store_as_it_was(
    store: Store, tmp_path: Path, definition: Callable[..., Survey]
) -> None:
    import_lines(store, definition(), tmp_path, "1,Yes,20")
    before = state(store)

    with pytest.raises(FileError, match="line 9: found a quote that is never closed"):
        import_lines(store, definition(), tmp_path, *(f"{n},No,40" for n in range(2, 9)), '9,"No,40', chunk_rows=2)

    assert state(store) == before
    assert rows_in(store, "import") == [1]


def test_a_rehearsal_reports_the_same_and_leaves_everything_as_it_was(store: Store) -> None:
    record(store, RIVER, TWELVE)
    before = state(store)
    chunks = [chunk_of(RIVER, [*TWELVE[:3], *people(20, 4)]), chunk_of(RIVER, people(30, 2))]

    rehearsed = rehearse_imports(store, RIVER, [("readers.csv", "", chunks)], now=NOW)

    assert counts(rehearsed) == (6, 3, 0, 0)
    assert state(store) == before
    assert read_status(store, "river").counted == 12


def test_others_record_while_a_rehearsal_is_under_way_and_it_sees_what_they_recorded(store: Store) -> None:
    record(store, replace(RIVER, key="first"), TWELVE)  # whose rows are of no concern here
    record(store, RIVER, TWELVE)
    erase_responses(store, "river", ["2"], now=NOW)
    went_in = []

    def stretches() -> Iterator[Chunk]:
        yield chunk_of(RIVER, [*TWELVE[:3], *people(20, 4)])
        went_in.append(record(store, RIVER, people(30, 2)).stored)  # refused if it had to wait for the rehearsal's end
        yield chunk_of(RIVER, people(22, 10))

    rehearsed = rehearse_imports(store, RIVER, [("readers.csv", "", stretches())], now=NOW)

    assert went_in == [2]
    assert counts(rehearsed) == (10, 6, 0, 1)
    assert read_status(store, "river").counted == 13
    assert wrong_cells(store) == 0


def test_a_rehearsal_refuses_what_an_import_would_refuse(store: Store) -> None:
    record(store, RIVER, TWELVE)
    changed = replace(RIVER, questions=(replace(RIVER.questions[0], kind="multiple"), *RIVER.questions[1:]))

    with pytest.raises(DefinitionError, match="question 'move' was single and is now multiple"):
        rehearse_imports(store, changed, [("readers.csv", "", [chunk_of(RIVER, people(30, 2))])], now=NOW)


def test_of_a_survey_that_is_new_a_rehearsal_knows_no_response(store: Store) -> None:
    record(store, replace(RIVER, key="first"), TWELVE)

    rehearsed = rehearse_imports(store, RIVER, [("readers.csv", "", [chunk_of(RIVER, TWELVE)])], now=NOW)

    assert counts(rehearsed) == (12, 0, 0, 0)


def test_cells_that_fall_to_nothing_stay_with_sums_of_exactly_0(store: Store) -> None:
    record(store, RIVER, [replace(reader, weight=0.1 + reader.weight / 3) for reader in TWELVE])
    with reading(store) as connection:
        columns = [schema.tally.c[name] for name in [*KEY, *SUMS]]
        cells = pd.DataFrame(connection.execute(select(*columns)).all(), columns=[*KEY, *SUMS])

    with writing(store) as connection:
        less = {"n": -cells["n"], "w": -cells["w"] * (1 + 1e-15), "w2": -cells["w2"]}
        add_to_tally(connection, 1, cells.assign(**less, fingerprint=-cells["fingerprint"]), 9)

    with reading(store) as connection:
        after = connection.execute(select(schema.tally)).all()
    assert len(after) == len(cells)
    assert {(row.n, row.w, row.w2, row.fingerprint, row.revision) for row in after} == {(0, 0.0, 0.0, 0, 9)}


def test_no_cell_ever_falls_below_0(store: Store) -> None:
    record(store, RIVER, TWELVE)
    cells = pd.DataFrame([[0, 1, 0, 1, 1, -100, -100.0, -100.0, 0]], columns=[*KEY, *SUMS])

    with pytest.raises(StoreError, match="tally_never_negative"), writing(store) as connection:
        add_to_tally(connection, 1, cells, 2)

    assert wrong_cells(store) == 0


# Once and only once


def test_importing_the_same_file_again_stores_nothing_new(store: Store) -> None:
    record(store, RIVER, TWELVE)
    before = state(store)

    again = record(store, RIVER, TWELVE[:5], TWELVE[5:])

    assert counts(again) == (0, 12, 0, 0)
    assert state(store) == before


def test_identical_rows_without_an_id_count_once_each_within_a_file_and_not_again(
    store: Store, tmp_path: Path, definition: Callable[..., Survey]
) -> None:
    survey = definition(response="")
    twice, thrice = ["Yes,20"] * 2, ["Yes,20"] * 3

    first = import_lines(store, survey, tmp_path, *twice, "No,40", head="move,age")
    again = import_lines(store, survey, tmp_path, *twice, "No,40", head="move,age", chunk_rows=1)
    grown = import_lines(store, survey, tmp_path, "No,40", *thrice, head="move,age", chunk_rows=2)

    assert [counts(report) for report in (first, again, grown)] == [(3, 0, 0, 0), (0, 3, 0, 0), (1, 3, 0, 0)]
    assert table(store, "move")["count"].tolist() == [3, 1]


def test_another_content_under_a_known_id_is_rejected_with_its_line_and_not_counted(
    store: Store, tmp_path: Path, definition: Callable[..., Survey]
) -> None:
    survey = definition()

    first = import_lines(store, survey, tmp_path, "007,Yes,20", "8,No,40", "007,No,20", "8,No,40")
    later = import_lines(store, survey, tmp_path, "007,Yes,20", "8,Yes,40", "9,Yes,40")

    assert counts(first) == (2, 1, 0, 1)
    assert counts(later) == (1, 1, 0, 1)
    assert [(fault.line, fault.found) for fault in (*first.faults, *later.faults)] == [
        (4, "response '007' with other content than the one stored under that id"),
        (3, "response '8' with other content than the one stored under that id"),
    ]
    assert table(store, "move")["count"].tolist() == [2, 1]
    assert wrong_cells(store) == 0


def test_a_row_nobody_understands_is_kept_whole_and_counted_once_the_definition_knows_it(
    store: Store, tmp_path: Path, definition: Callable[..., Survey]
) -> None:
    lines = ("1,Yes,20", "2,Perhaps,40", "3,No,12")

    first = import_lines(store, definition(), tmp_path, *lines)
    with reading(store) as connection:
        held = connection.execute(select(schema.quarantine).order_by(schema.quarantine.c.key)).all()
    mended = definition(choices='"Yes", "No", "Perhaps"')
    second = import_lines(store, mended, tmp_path, *lines)

    assert counts(first) == (1, 0, 2, 0)
    assert [(row.key, row.line, json.loads(row.cells)) for row in held] == [
        ("id:2", 3, ["2", "Perhaps", "40"]), ("id:3", 4, ["3", "No", "12"]),
    ]  # fmt: skip
    assert "found 'Perhaps', expected one of 'Yes', 'No'" in json.loads(held[0].reasons)[0]
    assert counts(second) == (1, 1, 1, 0)
    assert read_status(store, "river").quarantined == 1
    assert table(store, "move")["count"].tolist() == [1, 0, 1]
    assert wrong_cells(store) == 0


def test_importing_unmended_rows_again_keeps_each_aside_once(
    store: Store, tmp_path: Path, definition: Callable[..., Survey]
) -> None:
    lines = ("1,Maybe,20", "1,Perhaps,20", "2,Yes,20")

    reports = [import_lines(store, definition(), tmp_path, *lines, chunk_rows=1) for _ in range(3)]

    assert [counts(report) for report in reports] == [(1, 0, 2, 0), (0, 1, 2, 0), (0, 1, 2, 0)]
    assert read_status(store, "river").quarantined == 2


@settings(SAME, max_examples=20)
@given(
    files=st.lists(
        st.lists(
            st.tuples(st.integers(1, 6), st.sampled_from(["Yes", "No", "Maybe", "", "Yes,20"])), min_size=0, max_size=8
        ),
        min_size=1,
        max_size=4,
    ),
    chunk_rows=st.integers(1, 5),
)
def test_every_row_of_every_file_is_accounted_for(
    files: list[list[tuple[int, str]]], chunk_rows: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("rows")
    (folder / "survey.toml").write_text(
        DEFINITION.format(response='response = "id"', choices='"Yes", "No"', age="bands = [18]"), encoding="utf-8"
    )
    survey, known = read_definition(folder / "survey.toml"), dict[int, str]()
    with opened() as store:
        for rows in files:
            expected = Counter[str]()
            for own_id, move in rows:
                if move == "Yes,20":
                    expected["rejected"] += 1
                elif move == "Maybe":
                    expected["quarantined"] += 1
                elif own_id not in known:
                    expected["stored"] += 1
                    known[own_id] = move
                else:
                    expected["duplicate" if known[own_id] == move else "rejected"] += 1

            report = import_lines(
                store, survey, folder, *(f"{n},{move},20" for n, move in rows), chunk_rows=chunk_rows
            )  # fmt: skip

            assert counts(report) == tuple(
                expected[name] for name in ("stored", "duplicate", "quarantined", "rejected")
            )
            assert report.read == len(rows)
            assert len(report.faults) == report.quarantined + report.rejected
        assert read_status(store, "river").counted == len(known)
        assert wrong_cells(store) == 0


@settings(SAME, max_examples=10)
@given(data=st.data(), crowd=readers(least=1, most=25, dated=True))
def test_the_tally_is_a_recount_after_imports_in_any_split_and_order_and_number(
    data: st.DataObject, crowd: list[Reader]
) -> None:
    files = data.draw(
        st.lists(st.lists(st.lists(st.sampled_from(crowd), max_size=8), min_size=1, max_size=3), max_size=4)
    )
    distinct = list({reader.key: reader for file in files for stretch in file for reader in stretch}.values())
    with opened() as store, opened() as once:
        record(once, RIVER, distinct)

        for file in [*files, []]:
            counts(record(store, RIVER, *file))

            assert wrong_cells(store) == 0
        assert read_status(store, "river").counted == len(distinct)
        for question in ("move", "needs"):
            wanted = Wanted(question, "hour")
            found, expected = (cells_by_name(read_cells(s, "river", wanted)) for s in (store, once))
            assert found.keys() == expected.keys()
            assert all(np.allclose(found[cell], expected[cell], rtol=1e-12) for cell in found)


# The recount


@pytest.mark.parametrize(
    "fault",
    [{"n": schema.tally.c.n + 1}, {"w": schema.tally.c.w * (1 + 1e-6)}, {"w2": schema.tally.c.w2 + 0.5}],
    ids=["one too many", "another weight", "another square"],
)
def test_verify_finds_the_one_cell_that_is_wrong(store: Store, fault: dict[str, Any]) -> None:
    record(store, RIVER, people(0, 30))
    one = (schema.tally.c.grain == schema.DAY, schema.tally.c.question_no == 1, schema.tally.c.choice_no == 2)
    with writing(store) as connection:
        cell = select(schema.tally.c.period, schema.tally.c.profile_no).where(*one).limit(1)
        period, number = connection.execute(cell).one()
        theirs = (schema.tally.c.period == period, schema.tally.c.profile_no == number)
        connection.execute(update(schema.tally).where(*one, *theirs).values(fault))

    found = verify_store(store)[0].wrong

    assert found[KEY].to_numpy().tolist() == [[schema.DAY, 1, period, number, 2]]


def test_verify_finds_a_row_in_the_wrong_cell_though_all_totals_agree(store: Store) -> None:
    record(store, RIVER, TWELVE)
    whole = (schema.tally.c.grain == schema.WHOLE, schema.tally.c.question_no == 1, schema.tally.c.profile_no == 1)
    with writing(store) as connection:
        for choice, change in ((1, -1), (2, 1)):
            connection.execute(
                update(schema.tally)
                .where(*whole, schema.tally.c.choice_no == choice)
                .values(n=schema.tally.c.n + change, w=schema.tally.c.w + change, w2=schema.tally.c.w2 + change)
            )

    assert len(verify_store(store)[0].wrong) == 2


def test_verify_finds_a_response_that_the_tally_has_not_seen(store: Store) -> None:
    record(store, RIVER, TWELVE)
    with writing(store) as connection:
        connection.execute(update(schema.response).where(schema.response.c.response_no == 3).values(standing=1))

    assert wrong_cells(store) > 0
    assert read_status(store, "river").screened == 1


def test_verify_finds_one_response_missing_and_another_too_many_though_every_count_is_right(store: Store) -> None:
    record(store, RIVER, [*TWELVE, Reader("id:twin", TWELVE[0].answers, TWELVE[0].levels, TWELVE[0].weight)])
    record(
        store, replace(RIVER, key="other"), [Reader("id:stray", TWELVE[0].answers, TWELVE[0].levels, TWELVE[0].weight)]
    )
    with writing(store) as connection:  # the twin gives its place to a response that nobody recorded here
        stray = connection.execute(
            select(schema.response.c.content).where(schema.response.c.key == "id:stray")
        ).scalar()
        twin = schema.response.c.key == "id:twin"
        connection.execute(update(schema.response).where(twin).values(key="id:stray", content=stray))

    (found, _) = verify_store(store)

    assert len(found.wrong) > 0
    assert (found.wrong["n_tally"] == found.wrong["n_recount"]).all()
    assert (found.wrong["w_tally"] == found.wrong["w_recount"]).all()


def test_verify_finds_two_responses_that_changed_places_though_every_count_and_sum_is_right(store: Store) -> None:
    record(store, RIVER, TWELVE)
    alike = [n for n, one in enumerate(TWELVE) if (one.levels["age"], one.weight) == ("60+", 2)]
    assert {TWELVE[n].answers["move"] for n in alike} == {("No",), ("Unsure",)}
    places = schema.answer.c.response_no.in_([n + 1 for n in alike])
    with writing(store) as connection:
        swapped = func.sum(schema.answer.c.choice_no).over() - schema.answer.c.choice_no
        given = select(schema.answer.c.response_no, swapped).where(places, schema.answer.c.question_no == 1)
        for response_no, choice_no in connection.execute(given).all():
            own = (schema.answer.c.response_no == response_no, schema.answer.c.question_no == 1)
            connection.execute(update(schema.answer).where(*own).values(choice_no=choice_no))

    wrong = verify_store(store)[0].wrong

    assert len(wrong) > 0
    assert all((wrong[f"{name}_tally"] == wrong[f"{name}_recount"]).all() for name in ("n", "w", "w2"))


def test_healing_sets_the_wrong_cells_right_and_touches_no_other(store: Store) -> None:
    record(store, RIVER, people(0, 30))
    record(store, replace(RIVER, key="other"), people(0, 5))
    before = tally_rows(store)
    one = (schema.tally.c.survey_id == 1, schema.tally.c.grain == schema.WHOLE, schema.tally.c.choice_no == 2)
    with writing(store) as connection:
        connection.execute(update(schema.tally).where(*one).values(n=7, w=0.0))
        connection.execute(
            delete(schema.tally).where(schema.tally.c.survey_id == 1, schema.tally.c.grain == schema.DAY)
        )
        invented = {**before[0]._mapping, "period": 77_777, "revision": 1}
        connection.execute(insert(schema.tally).values(invented))
    wrong = verify_store(store)[0].wrong

    healed = heal_store(store)

    pd.testing.assert_frame_equal(healed[0].wrong, wrong)
    assert wrong_cells(store) == 0
    after = tally_rows(store)
    assert [row.n for row in after if row.period == 77_777] == [0]
    assert [row[:-2] for row in after if row.period != 77_777] == [row[:-2] for row in before]
    touched = {row[:6] for row in after if row.revision == read_status(store, "river").revision and row.survey_id == 1}
    assert touched == {(1, *key) for key in wrong[KEY].itertuples(index=False, name=None)}
    assert read_status(store, "other").revision == 2


def tally_rows(store: Store) -> list[Any]:
    """Returns the rows of the tally by their key."""
    with reading(store) as connection:
        return list(connection.execute(select(schema.tally).order_by(*schema.tally.primary_key)))


def test_a_recount_is_the_same_however_many_blocks_it_takes(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    record(store, RIVER, people(0, 40))
    monkeypatch.setattr("analytics.store.tables.sums.BLOCK", 3)

    assert wrong_cells(store) == 0


@given(st.lists(st.tuples(*[st.integers(-3, 3)] * 5, st.integers(1, 9)), max_size=30))
def test_cells_are_added_as_a_grouping_adds_them(drawn: list[tuple[int, ...]]) -> None:
    keys = pd.DataFrame([row[:5] for row in drawn], columns=KEY, dtype=np.int64)
    cells = keys.assign(**{name: np.array([row[5] for row in drawn], dtype=np.int64) for name in SUMS})

    summed = added(cells[::2], cells[1::2])

    assert summed.to_numpy().tolist() == cells.groupby(KEY, as_index=False)[SUMS].sum().to_numpy().tolist()


def test_cells_of_more_places_than_there_are_whole_numbers_are_added_too() -> None:
    numbers = np.arange(6_600)  # to the fifth power more than 2^63
    cells = pd.DataFrame(dict.fromkeys(KEY, numbers) | dict.fromkeys(SUMS, numbers))

    summed = added(cells, cells[::-1])

    assert (summed[KEY] == cells[KEY]).all(axis=None)
    assert (summed[SUMS] == 2 * cells[SUMS]).all(axis=None)


def test_verify_passes_where_nothing_was_recorded(store: Store) -> None:
    record(store, RIVER)

    found = verify_store(store)

    assert [(one.survey, one.responses, one.cells, len(one.wrong)) for one in found] == [("river", 0, 0, 0)]


# What the store says of a survey


def test_the_revision_rises_with_every_chunk_and_every_new_definition(store: Store) -> None:
    seen = []
    for survey, stretches in [
        (RIVER, [TWELVE]), (RIVER, [people(20, 2), people(30, 2)]), (replace(RIVER, title="The river, again"), []),
    ]:  # fmt: skip
        record(store, survey, *stretches)
        seen.append(read_status(store, "river").revision)

    assert seen == [2, 4, 5]
    assert read_revisions(store) == {"river": 5}
    assert read_cells(store, "river", Wanted("move")).revision == 5


def test_cells_carry_the_revision_at_which_they_changed(store: Store) -> None:
    young, again, old = (
        Reader(f"id:{n}", {"move": ("Yes",)}, {"age": age}) for n, age in enumerate(["18-29", "18-29", "60+"])
    )
    record(store, RIVER, [young], [again], [old])

    with reading(store) as connection:
        whole = schema.tally.c.grain == schema.WHOLE
        found = connection.execute(select(schema.tally.c.profile_no, schema.tally.c.revision).where(whole)).all()

    assert {(row.profile_no, row.revision) for row in found} == {(1, 3), (2, 4)}


def test_the_status_knows_the_first_and_the_last_answer_and_those_without_a_time(store: Store) -> None:
    at = [datetime(2025, 5, 19, 16, tzinfo=BERLIN), datetime(2025, 5, 18, 23, 30, tzinfo=BERLIN), None, None]
    timed = [Reader(f"id:{n}", {"move": ("Yes",)}, at=moment) for n, moment in enumerate(at)]

    record(store, RIVER, timed[2:], timed[:1], timed[1:2])

    status = read_status(store, "river")
    assert (status.first_at, status.last_at) == (at[1], at[0])
    assert (status.counted, status.undated, status.screened, status.quarantined) == (4, 2, 0, 0)


def test_who_was_asked_and_gave_no_answer_and_who_was_not_asked_are_told_apart(store: Store) -> None:
    crowd = [Reader("id:1", {"move": ()}), Reader("id:2", {}), Reader("id:3", {"move": ("No",)})]

    record(store, RIVER, crowd)

    cells = read_cells(store, "river", Wanted("move"))
    assert cells.answers.set_index("choice")["n"].to_dict() == {MISSING: 1, 1: 1}
    assert cells.everyone["n"].tolist() == [3]


@pytest.mark.parametrize("grain", ["whole", "day", "hour"])
def test_one_question_by_others_is_a_recount_of_the_readers(store: Store, grain: Grain) -> None:
    answers = [("Yes", "1", ("Bank", "Boats")), ("Yes", "1", ("Bank",)), ("No", "?", ("Bank",)), ("No", "5", ())]
    record(
        store, RIVER,
        [
            Reader(f"id:{n}", {"move": (a,), "trust": (b,), "needs": c}, {"sex": "FM"[n % 2]}, 1.5, NOW)
            for n, (a, b, c) in enumerate(answers)
        ],
    )  # fmt: skip

    cells = read_cells(store, "river", Wanted("needs", grain, crossed=("move", "trust")))

    told = cells.answers.merge(cells.profiles, left_on="profile", right_index=True)
    found = {tuple(row) for row in told[["choice", "move", "trust", "sex", "n", "w"]].to_numpy().tolist()}
    assert found == {
        (0, 0, 0, 0, 1, 1.5), (1, 0, 0, 0, 1, 1.5), (ANSWERED, 0, 0, 0, 1, 1.5), (0, 0, 0, 1, 1, 1.5),
        (ANSWERED, 0, 0, 1, 1, 1.5), (0, 1, 5, 0, 1, 1.5), (ANSWERED, 1, 5, 0, 1, 1.5), (MISSING, 1, 4, 1, 1, 1.5),
    }  # fmt: skip
    assert (told["period"] == 0).all() == (grain == "whole")


def test_a_multiple_question_has_a_base_row_of_those_who_answered(store: Store) -> None:
    crowd = [
        Reader("id:1", {"needs": ("Bank", "Boats")}),
        Reader("id:2", {"needs": ("",)}),
        Reader("id:3", {"needs": ()}),
    ]

    record(store, RIVER, crowd)

    cells = read_cells(store, "river", Wanted("needs"))
    assert cells.answers.set_index("choice")["n"].to_dict() == {ANSWERED: 2, MISSING: 1, 0: 1, 1: 1}


# Definitions that change


LISTED = Dimension("sex", "Sex", "sex", (Level("F", "Women", ("F", "f")), Level("M", "Men", ("M",))))
WORDY = replace(
    MOVE,
    choices=(Choice("Yes", "Yes", None, ("Yes", "y")), Choice("No", "No", None, ("No",)), Choice("Unsure", "Unsure")),
)
BANDED = Dimension("years", "Years", "years", (Level("18-29", "18-29"), Level("30+", "30+")), bands=(18.0, 30.0))
BEFORE = replace(RIVER, questions=(WORDY, TRUST, NEEDS), dimensions=(AGE, LISTED, BANDED))


def with_question(question: Question) -> Survey:
    """Returns the survey with another first question."""
    return replace(BEFORE, questions=(question, *BEFORE.questions[1:]))


def with_sex(dimension: Dimension) -> Survey:
    """Returns the survey with another second dimension."""
    return replace(BEFORE, dimensions=(AGE, dimension, BANDED))


REFUSED = {
    "time_zone was 'Europe/Berlin' and is now 'Asia/Tokyo'": replace(BEFORE, time_zone="Asia/Tokyo"),
    "the weight column was 'w' and is now None": unweighted(BEFORE),
    "id was 'id', is now None": replace(BEFORE, columns=replace(BEFORE.columns, response=None)),
    "dimension 'region' was not known": replace(
        BEFORE, dimensions=(*BEFORE.dimensions, Dimension("region", "Region", "region", found=True))
    ),
    "dimension 'sex' is gone": replace(BEFORE, dimensions=(AGE, BANDED)),
    "question 'needs' is gone": replace(BEFORE, questions=BEFORE.questions[:2]),
    "question 'move' was single and is now scale": with_question(replace(WORDY, kind="scale")),
    "question 'move' no longer lists 'Unsure'": with_question(replace(WORDY, choices=WORDY.choices[:2])),
    "question 'move' had 'y' under 'Yes' and now has it under 'No'": with_question(
        replace(
            WORDY,
            choices=(WORDY.choices[2], Choice("Yes", "Yes"), Choice("No", "No", None, ("No", "y"))),
        )
    ),
    "question 'move' had 'y' under 'Yes' and now has it under 'y'": with_question(
        replace(WORDY, choices=(), found=True, nets=())
    ),
    "dimension 'sex' no longer lists 'M'": with_sex(replace(LISTED, levels=LISTED.levels[:1])),
    "dimension 'sex' had 'f' under 'F' and now has it under 'M'": with_sex(
        replace(LISTED, levels=(Level("F", "Women"), Level("M", "Men", ("M", "f"))))
    ),
    "dimension 'sex' had 'f' under 'F' and now has it under 'f'": with_sex(replace(LISTED, levels=(), found=True)),
    "the bands of dimension 'years' were (18.0, 30.0) and are now (18.0, 40.0)": replace(
        BEFORE, dimensions=(AGE, LISTED, replace(BANDED, bands=(18.0, 40.0)))
    ),
}


@pytest.mark.parametrize("sentence", REFUSED)
def test_a_definition_that_alters_what_was_recorded_is_refused(store: Store, sentence: str) -> None:
    record(store, BEFORE, TWELVE)
    before = state(store)

    with pytest.raises(DefinitionError) as refused:
        record(store, REFUSED[sentence], people(20, 2))

    assert sentence in str(refused.value)
    assert "give the survey another key" in str(refused.value)
    assert state(store) == before


def test_all_that_a_definition_would_alter_is_said_at_once(store: Store) -> None:
    record(store, BEFORE, TWELVE)

    with pytest.raises(DefinitionError) as refused:
        record(store, replace(unweighted(BEFORE), time_zone="Asia/Tokyo", dimensions=(AGE,)), [])

    assert len(str(refused.value).splitlines()) == 1 + 4


def test_before_anything_is_recorded_a_definition_may_change_in_every_way(store: Store) -> None:
    for changed in [BEFORE, *REFUSED.values(), RIVER]:
        record(store, changed)

    record(store, RIVER, TWELVE)

    assert read_survey(store, "river") == RIVER
    assert table(store, "move", ["age", "sex"]).query("choice == 'Yes'")["count"].sum() == 5
    assert wrong_cells(store) == 0


def test_labels_and_order_may_change_and_recorded_answers_keep_their_meaning(store: Store) -> None:
    record(store, BEFORE, TWELVE)
    before = table(store, "move", ["age"]).query("statistic == 'share'")
    turned = replace(
        BEFORE,
        title="Another title", min_base=2, dimensions=(LISTED, BANDED, replace(AGE, levels=AGE.levels[::-1])),
        questions=(
            NEEDS, replace(TRUST, choices=TRUST.choices[::-1]),
            replace(WORDY, choices=(*WORDY.choices[::-1], Choice("Later", "Later")), text="Another wording"),
            replace(MOVE, key="again"),
        ),
    )  # fmt: skip

    record(store, turned, [Reader("id:new", {"move": ("Later",)}, {"age": "60+"})])

    after = table(store, "move", ["age"]).query("statistic == 'share'")
    assert read_survey(store, "river") == turned
    assert after["choice"].unique().tolist() == ["Unsure", "No", "Yes", "Later"]
    assert after["age"].unique().tolist() == ["60+", "30-59", "18-29"]
    same = ["age", "choice", "count"]
    kept = after.query("choice != 'Later'")[same].sort_values(same[:2], ignore_index=True)
    pd.testing.assert_frame_equal(kept.dropna(), before[same].sort_values(same[:2], ignore_index=True).dropna())
    assert after.query("choice == 'Later' and age == '60+'")["count"].item() == 1
    assert wrong_cells(store) == 0


def test_choices_and_levels_found_in_files_keep_their_place(store: Store) -> None:
    found = replace(
        RIVER,
        questions=(Question("why", "Why?", "single", "why", found=True),),
        dimensions=(Dimension("channel", "Channel", "channel", found=True),),
    )

    one, two, three, four = (
        Reader(f"id:{why} {channel}", {"why": (why,)}, {"channel": channel})
        for why, channel in (("noise", "Mail"), ("cost", "App"), ("noise", "App"), ("air", "Mail"))
    )

    record(store, found, [one])
    record(store, found, [two], [three, four])

    known = read_survey(store, "river")
    assert [choice.value for choice in known.questions[0].choices] == ["noise", "cost", "air"]
    assert [level.value for level in known.dimensions[0].levels] == ["Mail", "App"]
    assert table(store, "why", ["channel"])["count"].tolist() == [1, 0, 1, 1, 1, 0]
    assert wrong_cells(store) == 0


def test_surveys_stand_in_the_order_of_their_first_import_and_know_nothing_of_each_other(store: Store) -> None:
    other = replace(RIVER, key="bridge", dimensions=(SEX,))
    record(store, RIVER, TWELVE)
    record(store, other, people(0, 3))
    record(store, RIVER, people(20, 2))

    assert [survey.key for survey in read_surveys(store)] == ["river", "bridge"]
    assert [read_status(store, key).counted for key in ("river", "bridge")] == [14, 3]
    assert wrong_cells(store) == 0


# Time


@pytest.mark.parametrize("zone", ZONES)
def test_hours_add_up_to_days_and_days_to_rows_over_both_changes_of_the_clocks(store: Store, zone: str) -> None:
    own, year = ZoneInfo(zone), range(1_451_606_400, 1_483_228_800, 3600)  # 2016
    offsets = [datetime.fromtimestamp(second, own).utcoffset() for second in year]
    changes = [second for second, (a, b) in zip(year, itertools.pairwise(offsets), strict=False) if a != b]
    around = [at + 37 * minutes * 60 for at in [*changes, year[500]] for minutes in range(-45, 46)]
    crowd = [
        Reader(f"id:{n}", {"move": ("Yes",)}, at=datetime.fromtimestamp(second, UTC)) for n, second in enumerate(around)
    ]
    by_day = Counter(datetime.fromtimestamp(second, own).toordinal() - 719_163 for second in around)

    record(store, replace(RIVER, time_zone=zone), crowd)

    hours, days, whole = (read_cells(store, "river", Wanted("move", g)).answers for g in ("hour", "day", "whole"))  # type: ignore[arg-type]
    assert wrong_cells(store) == 0
    assert dict(zip(days["period"], days["n"], strict=True)) == by_day
    named = [datetime.fromtimestamp(second, own).toordinal() - 719_163 for second in hours["period"]]
    assert hours.assign(day=named).groupby("day")["n"].sum().to_dict() == by_day
    assert whole["n"].tolist() == [len(around)]


def test_answers_without_a_time_lie_under_the_period_of_no_time(store: Store) -> None:
    record(store, RIVER, [Reader("id:1", {"move": ("Yes",)}), *people(2, 1)])

    for grain in ("day", "hour"):
        cells = read_cells(store, "river", Wanted("move", grain)).answers  # type: ignore[arg-type]
        assert cells[cells["period"] == NO_TIME]["n"].tolist() == [1]
        assert len(cells) == 2


# The database


def test_a_newer_database_is_refused_in_a_sentence_that_says_what_to_do(tmp_path: Path) -> None:
    with opened(tmp_path / "newer.sqlite") as store, writing(store) as connection:
        connection.execute(update(schema.about).values(value=str(schema.SCHEMA_VERSION + 1)))

    with pytest.raises(StoreError) as refused:
        open_store(str(tmp_path / "newer.sqlite"))

    known = schema.SCHEMA_VERSION
    assert f"schema version {known + 1}, this program knows versions up to {known}" in str(refused.value)
    assert "update the program" in str(refused.value)


@pytest.mark.parametrize(
    "address",
    ["{tmp}", "{tmp}/text.txt", "{tmp}/text.txt/below.sqlite", "/proc/no-such/place.sqlite", "",
     "nonsense://somewhere", "://", "postgresql://reader:hush@127.0.0.1:1/opinions"],
)  # fmt: skip
def test_a_database_that_cannot_be_had_is_a_sentence(tmp_path: Path, address: str) -> None:
    (tmp_path / "text.txt").write_text("no database\n" * 100, encoding="utf-8")

    with pytest.raises(StoreError, match=r"the database|the folder") as refused:
        open_store(address.format(tmp=tmp_path))

    assert "hush" not in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("name", ["what?.sqlite", "100%.sqlite", "a b#c.sqlite", "new/folder/x.sqlite"])
def test_a_path_is_taken_as_it_stands(tmp_path: Path, name: str) -> None:
    with opened(tmp_path / name) as store:
        record(store, RIVER, TWELVE)

    assert (tmp_path / name).is_file()
    with opened(f"sqlite:///{tmp_path / 'plain.sqlite'}") as store:
        record(store, RIVER, TWELVE)
    assert (tmp_path / "plain.sqlite").is_file()


def test_who_reads_sees_one_moment_and_waits_for_no_writer(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    with opened(path) as store:
        record(store, RIVER, TWELVE)
        with reading(store) as before, writing(store) as connection:
            seen = before.execute(select(func.sum(schema.tally.c.n))).scalar_one()
            connection.execute(update(schema.tally).values(n=schema.tally.c.n + 1))

            with opened(path) as other:
                assert read_status(other, "river").counted == 12
            assert before.execute(select(func.sum(schema.tally.c.n))).scalar_one() == seen


def test_who_writes_holds_the_lock_before_the_first_statement(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    with opened(path) as store:
        other = sqlite3.connect(path, timeout=0, isolation_level=None)

        with writing(store), pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")

        other.execute("BEGIN IMMEDIATE")
        other.close()


BATCHES = 12


def test_eight_writers_at_once_lose_nothing(address: str) -> None:
    def write(writer: int) -> ImportReport:
        return record(store, RIVER, *(people(writer * 1000 + batch * 10, 4) for batch in range(BATCHES)))

    with opened(address) as store:
        with ThreadPoolExecutor(8) as pool:
            reports = list(pool.map(write, range(8)))

        assert sum(report.stored for report in reports) == 8 * BATCHES * 4
        assert read_status(store, "river").counted == 8 * BATCHES * 4
        assert read_status(store, "river").revision == 1 + 8 * BATCHES
        assert wrong_cells(store) == 0


def test_eight_writers_of_the_same_rows_count_each_once(address: str) -> None:
    with opened(address) as store:
        with ThreadPoolExecutor(8) as pool:
            reports = list(pool.map(lambda _: record(store, RIVER, people(0, 20), people(10, 20)), range(8)))

        assert sum(report.stored for report in reports) == read_status(store, "river").counted == 30
        assert sum(report.duplicate for report in reports) == 8 * 40 - 30
        assert wrong_cells(store) == 0


# Killed in the middle


PLAIN = replace(RIVER, dimensions=(), questions=(MOVE,))
STRETCHES = [people(0, 20), people(20, 20), people(40, 20)]

Importer = Callable[[Store, Callable[..., None]], None]


def import_chunk_by_chunk(store: Store, step: Callable[..., None]) -> None:
    """Imports the way the product does with a large file."""
    chunks = [chunk_of(RIVER, stretch) for stretch in STRETCHES]
    record_import(store, RIVER, chunks, file="readers.csv", content="c0ffee", now=NOW, progress=step, whole_rows=20)


def import_whole(store: Store, step: Callable[..., None]) -> None:
    """Imports the way the product does with a small file."""
    chunks = [chunk_of(RIVER, stretch) for stretch in STRETCHES]
    record_import(store, RIVER, chunks, file="readers.csv", content="c0ffee", now=NOW, progress=step)


def import_in_two_transactions(store: Store, _step: Callable[..., None]) -> None:
    """Imports in the known bad way: first the rows, then, in a transaction of its own, their tally."""
    with writing(store) as connection:
        survey_id = save_survey(connection, PLAIN)
        connection.execute(insert(schema.profile).values(survey_id=survey_id, profile_no=1, levels="[]"))
    for first, stretch in zip(itertools.count(1, 100), STRETCHES, strict=False):
        batch, numbers = batch_of(PLAIN, stretch), range(first, first + len(stretch))
        seconds = [int(reader.at.timestamp()) for reader in stretch if reader.at]
        choices = (batch.answers["move"].choice + 1).tolist()
        with writing(store) as connection:
            connection.execute(
                insert(schema.response),
                [
                    {"survey_id": survey_id, "response_no": number, "key": reader.key, "content": 0, "profile_no": 1,
                     "responded_at": second, "weight": reader.weight, "standing": schema.COUNTED, "version": 1,
                     "import_no": 1}
                    for number, reader, second in zip(numbers, stretch, seconds, strict=True)
                ],
            )  # fmt: skip
            connection.execute(
                insert(schema.answer),
                [
                    {"survey_id": survey_id, "response_no": number, "question_no": 1, "choice_no": choice}
                    for number, choice in zip(numbers, choices, strict=True)
                ],
            )
        with writing(store) as connection:
            rows = {
                "row": np.arange(len(stretch)), "question_no": np.ones(len(stretch), dtype=np.int64),
                "choice_no": np.array(choices, dtype=np.int64),
            }  # fmt: skip
            counted = Counted(
                np.ones(len(stretch), dtype=np.int64), np.array(seconds), batch.responses["weight"].to_numpy(),
                np.zeros(len(stretch), dtype=np.int64), rows, frozenset(),
            )  # fmt: skip
            add_to_tally(connection, survey_id, tally_of(counted, PLAIN.time_zone), 1)


def import_until_killed(path: Path, importer: Importer, fatal: int) -> None:
    """Imports, and is killed by the system with the step of that number: a statement, a commit or a progress report."""
    store, steps = open_store(str(path)), itertools.count(1)

    def step(*_: object) -> None:
        if next(steps) == fatal:
            os.kill(os.getpid(), signal.SIGKILL)

    def acknowledge(report: ImportReport) -> None:
        path.with_suffix(".acknowledged").write_text(str(report.stored), encoding="utf-8")
        step()

    event.listen(store, "after_cursor_execute", step)
    event.listen(store, "commit", step)
    importer(store, acknowledge)


def kill_everywhere(folder: str, name: str, stride: int) -> None:
    """Kills a child at every `stride`-th step, each over its own database, until one lives, and at the last few."""
    lived = next(fatal for fatal in itertools.count(1, stride) if lives(folder, name, fatal))
    for fatal in range(lived - min(stride, 4) + 1, lived):
        lives(folder, name, fatal)


def lives(folder: str, name: str, fatal: int) -> bool:
    """Returns whether a child that is to be killed at that step has come to its end before."""
    if (child := os.fork()) == 0:
        import_until_killed(Path(folder, f"{fatal}.sqlite"), globals()[name], fatal)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def killed_databases(folder: Path, importer: Importer, stride: int) -> list[Path]:
    """Returns the databases that killed imports left behind, and last the one of the import that was not killed."""
    call = f"kill_everywhere({str(folder)!r}, {importer.__name__!r}, {stride})"
    program = f"from tests.test_store import kill_everywhere; {call}"
    ran("-c", program, cwd=ROOT, check=True, capture=False, env=os.environ | {"OPENBLAS_NUM_THREADS": "1"})
    return sorted(folder.glob("*.sqlite"), key=lambda path: int(path.stem))


def acknowledged(path: Path) -> int:
    """Returns how many responses the import had reported as stored before it was killed."""
    told = path.with_suffix(".acknowledged")
    return int(told.read_text(encoding="utf-8")) if told.exists() else 0


def finished_again(path: Path, importer: Importer, expected: dict[str, list[tuple[Any, ...]]]) -> int:
    """Returns how many responses a killed import left behind, after checking what it left and finishing it."""
    with opened(path) as store:
        stored = rows_in(store, "response")[0]
        assert stored >= acknowledged(path)
        assert wrong_cells(store) == 0
        unfinished = read_unfinished(store).get("river", ())
        assert [one.read for one in unfinished] == ([stored] if 0 < stored < 60 else [])
        importer(store, lambda report: counts(report))
        assert state(store) == expected
        assert wrong_cells(store) == 0
        assert read_unfinished(store) == {}
    return stored


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the harness needs fork")
@pytest.mark.parametrize(
    ("importer", "left", "stride"),
    [
        (import_chunk_by_chunk, {0, 20, 40, 60}, 8),
        (import_whole, {0, 60}, 9),
        pytest.param(import_chunk_by_chunk, {0, 20, 40, 60}, 1, marks=pytest.mark.soak),
        pytest.param(import_whole, {0, 60}, 1, marks=pytest.mark.soak),
    ],
)
def test_an_import_killed_at_any_step_keeps_what_it_acknowledged_and_can_be_finished(
    tmp_path: Path, importer: Importer, left: set[int], stride: int
) -> None:
    *killed, whole = killed_databases(tmp_path, importer, stride)
    with opened(whole) as store:
        expected = state(store)

    found = [finished_again(path, importer, expected) for path in killed]

    assert len(killed) >= 6
    assert set(found) == left
    assert {acknowledged(path) for path in killed} == left


def test_a_survey_is_read_as_it_was_stored_when_file_was_called_source_and_source_origin() -> None:
    stored = ROOT / "tests" / "reference" / "stored-survey-of-2026-11-28.json"

    survey = survey_from_text(stored.read_text(encoding="utf-8"))

    assert survey == read_definition(stored.with_suffix(".toml"))
    assert survey.file.leave_out == ("IPAddress",)
    assert survey.source is not None
    assert survey.source.table == "answers"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the harness needs fork")
def test_an_import_in_two_transactions_does_not_survive_the_same_kills(tmp_path: Path) -> None:
    *killed, whole = killed_databases(tmp_path, import_in_two_transactions, stride=3)
    wrong: Sequence[int] = []

    for path in killed:
        with opened(path) as store:
            wrong = [*wrong, wrong_cells(store)]

    with opened(whole) as store:
        assert wrong_cells(store) == 0
    assert any(wrong), "the harness does not find a tally that was left behind"
