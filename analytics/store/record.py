"""Records responses: raw rows and their tally change in one transaction, or not at all."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Table,
    bindparam,
    case,
    delete,
    func,
    insert,
    literal_column,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from analytics.errors import Fault
from analytics.model import ANSWERED, MISSING, NO_TIME, Batch, Chunk, ImportReport, Survey
from analytics.store.bulk import execute_rows, insert_columns
from analytics.store.database import writing
from analytics.store.schema import (
    COMMENT,
    COUNTED,
    answer,
    comment,
    import_log,
    profile,
    quarantine,
    response,
    survey,
    tally,
)
from analytics.store.surveys import Numbers, number_values, read_numbers, save_survey
from analytics.store.tally import KEY, SUMS, Counted, tally_of

Progress = Callable[[ImportReport], None]


def record_import(
    engine: Engine,
    definition: Survey,
    chunks: Iterable[Chunk],
    *,
    file: str,
    now: datetime,
    progress: Progress | None = None,
) -> ImportReport:
    """Records a file's chunks, each whole in its own transaction, and returns what became of every row.

    Args:
        file: the file's name, for reports.
        now: the moment of the import, aware.
        progress: called after each chunk with the report so far.

    Raises:
        DefinitionError: the definition would alter what already recorded answers mean.
    """
    with writing(engine) as connection:
        survey_id = save_survey(connection, definition)
        import_no = _open_import(connection, survey_id, file, now)
    report = ImportReport(definition.key)
    for chunk in chunks:
        with writing(engine) as connection:
            report += _record_chunk(connection, survey_id, import_no, definition, chunk, file)
            _note_progress(connection, survey_id, import_no, report)
        if progress:
            progress(report)
    with writing(engine) as connection:
        _close_import(connection, survey_id, import_no, now)
    return report


def rehearse_import(
    engine: Engine, definition: Survey, chunks: Iterable[Chunk], *, file: str, now: datetime
) -> ImportReport:
    """Returns what `record_import` would report, and leaves the store as it was."""
    report = ImportReport(definition.key)
    with writing(engine) as connection:
        survey_id = save_survey(connection, definition)
        import_no = _open_import(connection, survey_id, file, now)
        for chunk in chunks:
            report += _record_chunk(connection, survey_id, import_no, definition, chunk, file)
        connection.rollback()
    return report


def _record_chunk(
    connection: Connection, survey_id: int, import_no: int, definition: Survey, chunk: Chunk, file: str
) -> ImportReport:
    batch, numbers = chunk.batch, _numbers_for(connection, survey_id, chunk.batch)
    revision, first_no = _raise_revision(connection, survey_id, len(batch.responses))
    profile_no = _profile_numbers(connection, survey_id, batch, numbers)
    stored = _insert_responses(connection, survey_id, import_no, batch, profile_no, first_no)
    duplicate, changed = _compare_with_stored(connection, survey_id, batch, ~stored, file)
    answers = _answer_rows(batch, numbers, stored)
    _insert_answers(connection, survey_id, batch, answers, numbers, first_no, stored)
    counted = Counted(
        profile_no[stored], _seconds(batch)[stored], batch.responses["weight"].to_numpy()[stored],
        answers.assign(row=(np.cumsum(stored) - 1)[answers["row"]]), _multiple_numbers(definition, numbers),
    )  # fmt: skip
    add_to_tally(connection, survey_id, tally_of(counted, definition.time_zone), revision)
    _note_times(connection, survey_id, counted.responded_at)
    _keep_aside(connection, survey_id, import_no, chunk)
    _release_recorded(connection, survey_id, import_no, batch)
    return ImportReport(
        definition.key,
        read=chunk.read,
        stored=int(stored.sum()),
        duplicate=duplicate,
        quarantined=len(chunk.quarantined),
        rejected=chunk.rejected + len(changed),
        faults=(*chunk.faults, *changed),
    )


def add_to_tally(connection: Connection, survey_id: int, cells: pd.DataFrame, revision: int) -> None:
    """Adds the cells (columns KEY and SUMS; sums may be negative) to the survey's tally."""
    fresh = _inserting(connection, tally)
    zero: ColumnElement[Any] = literal_column("0")
    emptied = tally.c.n + fresh.excluded.n == zero  # what is left of float sums when nobody is left must be exactly 0
    statement = fresh.on_conflict_do_update(
        index_elements=["survey_id", *KEY],
        set_={
            "n": tally.c.n + fresh.excluded.n,
            "w": case((emptied, zero), else_=tally.c.w + fresh.excluded.w),
            "w2": case((emptied, zero), else_=tally.c.w2 + fresh.excluded.w2),
            "revision": fresh.excluded.revision,
        },
    )
    columns = {name: cells[name].tolist() for name in [*KEY, *SUMS]}
    insert_columns(connection, statement, {"survey_id": survey_id, "revision": revision}, columns)


def _inserting(connection: Connection, table: Table) -> Any:
    return (postgresql if connection.dialect.name == "postgresql" else sqlite).insert(table)


def _numbers_for(connection: Connection, survey_id: int, batch: Batch) -> Numbers:
    for key, answers in batch.answers.items():
        number_values(connection, survey_id, f"choice/{key}", answers.values)
    for key in batch.levels.columns:
        number_values(connection, survey_id, f"level/{key}", batch.levels[key].cat.categories)
    return read_numbers(connection, survey_id)


def _raise_revision(connection: Connection, survey_id: int, rows: int) -> tuple[int, int]:
    ours = survey.c.survey_id == survey_id
    connection.execute(
        update(survey).where(ours).values(revision=survey.c.revision + 1, next_response=survey.c.next_response + rows)
    )
    revision, following = connection.execute(select(survey.c.revision, survey.c.next_response).where(ours)).one()
    return revision, following - rows


def _profile_numbers(connection: Connection, survey_id: int, batch: Batch, numbers: Numbers) -> np.ndarray:
    keys = sorted(numbers.get("dimension", {}), key=numbers.get("dimension", {}).__getitem__)
    if not keys:
        levels = np.zeros((len(batch.responses), 0), dtype=np.int64)
    else:
        levels = np.column_stack([_level_numbers(batch.levels[key], numbers[f"level/{key}"]) for key in keys])
    distinct, place = _distinct_rows(levels)
    texts = [json.dumps(row, separators=(",", ":")) for row in distinct.tolist()]
    ours = profile.c.survey_id == survey_id
    known = {row.levels: row.profile_no for row in connection.execute(select(profile).where(ours))}
    fresh = [text for text in texts if text not in known]
    known.update(zip(fresh, range(max(known.values(), default=0) + 1, 2**31), strict=False))
    columns = {"profile_no": [known[text] for text in fresh], "levels": fresh}
    insert_columns(connection, insert(profile), {"survey_id": survey_id}, columns)
    return np.array([known[text] for text in texts], dtype=np.int64)[place]


def _level_numbers(levels: pd.Series, numbers: dict[str, int]) -> np.ndarray:
    by_code = np.array([*(numbers.get(value, MISSING) for value in levels.cat.categories), MISSING], dtype=np.int64)
    return by_code[levels.cat.codes.to_numpy()]


def _distinct_rows(levels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    if levels.shape[1] == 0:
        return np.zeros((min(len(levels), 1), 0), dtype=np.int64), np.zeros(len(levels), dtype=np.int64)
    packed = np.zeros(len(levels), dtype=np.int64)
    for column in levels.T:  # packed column by column, each time renumbered, so that no number of dimensions overflows
        _, codes = np.unique(column, return_inverse=True)
        _, packed = np.unique(packed * (codes.max(initial=0) + 1) + codes, return_inverse=True)
    _, first = np.unique(packed, return_index=True)
    return levels[first], packed


def _insert_responses(
    connection: Connection, survey_id: int, import_no: int, batch: Batch, profile_no: np.ndarray, first_no: int
) -> np.ndarray:
    """Inserts the responses whose key is new and returns, for each of the batch, whether it was."""
    frame, count = batch.responses, len(batch.responses)
    fixed = {"survey_id": survey_id, "standing": COUNTED, "version": 1, "import_no": import_no}
    columns = {
        "response_no": range(first_no, first_no + count),
        "key": frame["key"].tolist(),
        "content": frame["content"].tolist(),
        "profile_no": profile_no.tolist(),
        "responded_at": [None if second == NO_TIME else second for second in _seconds(batch).tolist()],
        "weight": frame["weight"].tolist(),
        **{name: _or_none(frame[name]) for name in ("respondent", "consent") if (frame[name] != "").any()},
    }
    statement = _inserting(connection, response).on_conflict_do_nothing()
    if insert_columns(connection, statement, fixed, columns) == count:
        return np.ones(count, dtype=bool)
    inserted = connection.execute(
        select(response.c.response_no).where(response.c.survey_id == survey_id, response.c.response_no >= first_no)
    ).scalars()
    stored = np.zeros(count, dtype=bool)
    stored[np.fromiter(inserted, dtype=np.int64) - first_no] = True
    return stored


def _compare_with_stored(
    connection: Connection, survey_id: int, batch: Batch, refused: np.ndarray, file: str
) -> tuple[int, tuple[Fault, ...]]:
    """Returns how many refused rows are already stored as they are, and a fault for each that differs."""
    if not refused.any():
        return 0, ()
    rows = batch.responses[refused]
    stored: dict[str, int] = {}
    for start in range(0, len(rows), 500):
        keys = rows["key"].iloc[start : start + 500].tolist()
        found = connection.execute(
            select(response.c.key, response.c.content).where(
                response.c.survey_id == survey_id, response.c.key.in_(keys)
            )
        )
        stored.update({row.key: row.content for row in found})
    changed = tuple(
        Fault(file, int(line), "", f"response '{key.split(':', 1)[1]}' with other content than the one stored under "
              "that id", "one row a response: correct the file, or give the second response its own id")
        for key, content, line in zip(rows["key"], rows["content"], rows["line"], strict=True)
        if stored[key] != content
    )  # fmt: skip
    return int(refused.sum()) - len(changed), changed


def _answer_rows(batch: Batch, numbers: Numbers, stored: np.ndarray) -> pd.DataFrame:
    """Returns the answers of the stored responses: `row` (a place in the batch), `question_no` and `choice_no`."""
    parts = [pd.DataFrame({"row": [], "question_no": [], "choice_no": []}, dtype=np.int64)]
    for key, answers in batch.answers.items():
        by_place = np.array([numbers[f"choice/{key}"][value] for value in answers.values], dtype=np.int64)
        ticked = np.zeros(len(answers.status), dtype=bool)
        ticked[answers.row] = True
        ticked_none = np.flatnonzero((answers.status == 1) & ~ticked)
        blank = np.flatnonzero(answers.status == 0)
        row = np.concatenate([answers.row, ticked_none, blank]).astype(np.int64)
        choice = np.concatenate(
            [by_place[answers.choice], np.full(len(ticked_none), ANSWERED), np.full(len(blank), MISSING)]
        )
        parts.append(pd.DataFrame({"row": row, "question_no": numbers["question"][key], "choice_no": choice}))
    rows = pd.concat(parts, ignore_index=True)
    return rows if stored.all() else rows[stored[rows["row"].to_numpy()]]


def _insert_answers(
    connection: Connection, survey_id: int, batch: Batch, answers: pd.DataFrame, numbers: Numbers, first_no: int,
    stored: np.ndarray,
) -> None:  # fmt: skip
    order = np.lexsort([answers[name].to_numpy() for name in ("choice_no", "question_no", "row")])
    columns = {
        "response_no": (answers["row"].to_numpy()[order] + first_no).tolist(),
        "question_no": answers["question_no"].to_numpy()[order].tolist(),
        "choice_no": answers["choice_no"].to_numpy()[order].tolist(),
    }
    insert_columns(connection, insert(answer), {"survey_id": survey_id}, columns)
    texts = batch.texts[stored[batch.texts["row"].to_numpy(dtype=np.int64)]]
    columns = {
        "response_no": (texts["row"].to_numpy(dtype=np.int64) + first_no).tolist(),
        "question_no": [numbers["question"][key] if key else COMMENT for key in texts["question"]],
        "text": texts["text"].tolist(),
    }
    insert_columns(connection, insert(comment), {"survey_id": survey_id}, columns)


def _multiple_numbers(definition: Survey, numbers: Numbers) -> frozenset[int]:
    return frozenset(numbers["question"][q.key] for q in definition.questions if q.kind == "multiple")


def _seconds(batch: Batch) -> np.ndarray:
    moments = batch.responses["responded_at"].dt.tz_convert(None)
    seconds = moments.to_numpy().astype("datetime64[s]").astype(np.int64)
    return np.where(moments.isna().to_numpy(), NO_TIME, seconds)


def _or_none(texts: pd.Series) -> list[str | None]:
    return [text or None for text in texts.tolist()]


def _note_times(connection: Connection, survey_id: int, responded_at: np.ndarray) -> None:
    timed = responded_at[responded_at != NO_TIME]
    if not len(timed):
        return
    first, last = int(timed.min()), int(timed.max())
    connection.execute(
        update(survey)
        .where(survey.c.survey_id == survey_id)
        .values(
            first_at=case((survey.c.first_at < first, survey.c.first_at), else_=first),
            last_at=case((survey.c.last_at > last, survey.c.last_at), else_=last),
        )
    )


def _keep_aside(connection: Connection, survey_id: int, import_no: int, chunk: Chunk) -> None:
    # What an earlier import kept of the same responses goes; two rows of one file under one id both stay.
    _release(connection, survey_id, [row.key for row in chunk.quarantined], before=import_no)
    columns = {
        "key": [row.key for row in chunk.quarantined],
        "line": [row.line for row in chunk.quarantined],
        "cells": [json.dumps(row.cells, ensure_ascii=False) for row in chunk.quarantined],
        "reasons": [json.dumps(row.reasons, ensure_ascii=False) for row in chunk.quarantined],
    }
    insert_columns(connection, insert(quarantine), {"survey_id": survey_id, "import_no": import_no}, columns)


def _release_recorded(connection: Connection, survey_id: int, import_no: int, batch: Batch) -> None:
    """Takes out of quarantine what has been recorded since the definition was mended."""
    held = set(connection.execute(select(quarantine.c.key).where(quarantine.c.survey_id == survey_id)).scalars())
    if held:
        _release(connection, survey_id, held.intersection(batch.responses["key"].tolist()), before=import_no)


def _release(connection: Connection, survey_id: int, keys: Iterable[str], *, before: int) -> None:
    statement = delete(quarantine).where(
        quarantine.c.survey_id == bindparam("survey"),
        quarantine.c.import_no < bindparam("before"),
        quarantine.c.key == bindparam("released"),
    )
    rows = [(survey_id, before, key) for key in keys]
    execute_rows(connection, statement, ["survey", "before", "released"], rows)


def _open_import(connection: Connection, survey_id: int, file: str, now: datetime) -> int:
    latest = select(func.max(import_log.c.import_no)).where(import_log.c.survey_id == survey_id)
    import_no: int = (connection.execute(latest).scalar() or 0) + 1
    connection.execute(
        insert(import_log).values(
            survey_id=survey_id, import_no=import_no, file=file, started_at=int(now.timestamp()),
            read=0, stored=0, duplicate=0, quarantined=0, rejected=0,
        )
    )  # fmt: skip
    return import_no


def _note_progress(connection: Connection, survey_id: int, import_no: int, report: ImportReport) -> None:
    connection.execute(
        update(import_log)
        .where(import_log.c.survey_id == survey_id, import_log.c.import_no == import_no)
        .values(
            read=report.read, stored=report.stored, duplicate=report.duplicate, quarantined=report.quarantined,
            rejected=report.rejected,
        )
    )  # fmt: skip


def _close_import(connection: Connection, survey_id: int, import_no: int, now: datetime) -> None:
    connection.execute(
        update(import_log)
        .where(import_log.c.survey_id == survey_id, import_log.c.import_no == import_no)
        .values(finished_at=int(now.timestamp()))
    )
