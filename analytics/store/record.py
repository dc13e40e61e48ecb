"""Records responses: raw rows and their tally change in one transaction, or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from itertools import chain

import numpy as np
from sqlalchemy import Connection, Engine, case, select, update

from analytics.errors import Fault
from analytics.model import NO_TIME, Batch, Chunk, ImportReport, Survey
from analytics.store.database import writing
from analytics.store.import_log import close_import, keep_aside, note_progress, open_import, release_recorded
from analytics.store.raw_rows import (
    answer_rows,
    insert_answers,
    insert_comments,
    insert_responses,
    multiple_numbers,
    profile_numbers,
    seconds,
)
from analytics.store.schema import response, survey
from analytics.store.surveys import Numbers, number_values, read_numbers, save_survey
from analytics.store.tally import Counted, tally_of
from analytics.store.tally_table import add_to_tally

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
    report, stretches = ImportReport(definition.key), iter(chunks)
    first = next(stretches, None)  # a file that cannot be read raises here, before anything is written
    with writing(engine) as connection:
        survey_id = save_survey(connection, definition)
        import_no = open_import(connection, survey_id, file, now)
    for chunk in () if first is None else chain((first,), stretches):
        with writing(engine) as connection:
            report += _record_chunk(connection, survey_id, import_no, definition, chunk, file)
            note_progress(connection, survey_id, import_no, report)
        if progress:
            progress(report)
    with writing(engine) as connection:
        close_import(connection, survey_id, import_no, now)
    return report


def rehearse_import(
    engine: Engine, definition: Survey, chunks: Iterable[Chunk], *, file: str, now: datetime
) -> ImportReport:
    """Returns what `record_import` would report, and leaves the store as it was."""
    report = ImportReport(definition.key)
    with writing(engine) as connection:
        survey_id = save_survey(connection, definition)
        import_no = open_import(connection, survey_id, file, now)
        for chunk in chunks:
            report += _record_chunk(connection, survey_id, import_no, definition, chunk, file)
        connection.rollback()
    return report


def _record_chunk(
    connection: Connection, survey_id: int, import_no: int, definition: Survey, chunk: Chunk, file: str
) -> ImportReport:
    batch, numbers = chunk.batch, _numbers_for(connection, survey_id, chunk.batch)
    revision, first_no = _raise_revision(connection, survey_id, len(batch.responses))
    profile_no = profile_numbers(connection, survey_id, batch, numbers)
    stored = insert_responses(connection, survey_id, import_no, batch, profile_no, first_no)
    duplicate, changed = _compare_with_stored(connection, survey_id, batch, ~stored, file)
    answers = answer_rows(batch, numbers, stored)
    insert_answers(connection, survey_id, answers, first_no)
    insert_comments(connection, survey_id, batch, numbers, first_no, stored)
    counted = Counted(
        profile_no[stored], seconds(batch)[stored], batch.responses["weight"].to_numpy()[stored],
        batch.responses["content"].to_numpy()[stored],
        answers.assign(row=(np.cumsum(stored) - 1)[answers["row"]]), multiple_numbers(definition, numbers),
    )  # fmt: skip
    add_to_tally(connection, survey_id, tally_of(counted, definition.time_zone), revision)
    _note_times(connection, survey_id, counted.responded_at)
    keep_aside(connection, survey_id, import_no, chunk)
    release_recorded(connection, survey_id, import_no, batch)
    return ImportReport(
        definition.key,
        read=chunk.read,
        stored=int(stored.sum()),
        duplicate=duplicate,
        quarantined=len(chunk.quarantined),
        rejected=chunk.rejected + len(changed),
        faults=tuple(sorted((*chunk.faults, *changed), key=lambda fault: fault.line or 0)),
    )


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
