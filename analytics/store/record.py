"""Records responses: raw rows and their tally change in one transaction, or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice

import numpy as np
from sqlalchemy import Connection, Engine, case, select, update

from analytics.errors import Fault
from analytics.model import NO_TIME, Batch, Chunk, ImportReport, Survey
from analytics.store.database import reading, writing
from analytics.store.erasing import without_erased
from analytics.store.import_log import (
    Recording,
    close_import,
    keep_aside,
    last_finished,
    note_progress,
    open_import,
    release_recorded,
)
from analytics.store.lookup import survey_row
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
Tell = Callable[[tuple[Fault, ...]], None]

WHOLE_ROWS = 50_000
"""A file of up to so many rows is recorded whole or not at all."""


def record_import(
    engine: Engine,
    definition: Survey,
    chunks: Iterable[Chunk],
    *,
    file: str,
    now: datetime,
    content: str = "",
    progress: Progress | None = None,
    tell: Tell | None = None,
    whole_rows: int = WHOLE_ROWS,
) -> ImportReport:
    """Records a file's chunks and returns what became of every row.

    A file of up to `whole_rows` rows is recorded whole or not at all. A larger one is recorded chunk by chunk, each
    whole in its own transaction, and the import stays marked as unfinished until the last of them; to record the same
    file again finishes it.

    Args:
        file: the file's name, for reports.
        now: the moment of the import, aware.
        content: a hash of the whole file, by which it is recognised when it comes again; "" where there is none.
        progress: called after each transaction with the report so far.
        tell: called after each transaction with its faults, all of them, of which the report keeps only the first.

    Raises:
        DefinitionError: the definition would alter what already recorded answers mean.
    """
    total, stretches = ImportReport(definition.key), iter(chunks)
    ahead = [*islice(stretches, 2)]  # a file that cannot be read raises here, before anything is written
    recording: Recording | None = None
    while recording is None or ahead:
        with writing(engine) as connection:
            if recording is None:
                recording, begun = begin_import(connection, definition, file, content, now)
                total += begun
            parts = _record_together(connection, recording, ahead, stretches, whole_rows - total.read)
            total = sum(parts, total)
            note_progress(connection, recording, total)
            if not ahead:
                close_import(connection, recording, now)
        if tell:
            tell(tuple(fault for part in parts for fault in part.faults))
        if progress:
            progress(total)
        ahead += islice(stretches, 1)
    return total


def begin_import(
    connection: Connection, definition: Survey, file: str, content: str, now: datetime
) -> tuple[Recording, ImportReport]:
    """Returns the import of a file that begins here, and the report that says when the same file came before."""
    survey_id = save_survey(connection, definition)
    before = last_finished(connection, survey_id, content) if content else None
    import_no = open_import(connection, survey_id, file, content, now)
    known = () if before is None else ((file, before),)
    return Recording(survey_id, import_no, definition, file), ImportReport(definition.key, known_files=known)


def _record_together(
    connection: Connection, recording: Recording, ahead: list[Chunk], stretches: Iterator[Chunk], left: int
) -> list[ImportReport]:
    """Records what belongs in one transaction, taking it out of `ahead`, which holds at most the next two chunks.

    That is one chunk, and as many more as there are where all of them together have at most `left` rows. The look ahead
    tells a small file from a large one before the first row is written, and keeps the file from being read while other
    writers wait.
    """
    parts: list[ImportReport] = []
    while ahead and (not parts or ahead[0].read <= left):
        ahead += islice(stretches, 2 - len(ahead))
        parts.append(record_chunk(connection, recording, ahead.pop(0)))
        left -= parts[-1].read
    return parts


def record_chunk(connection: Connection, recording: Recording, chunk: Chunk) -> ImportReport:
    """Records a stretch of the file that is imported and returns what became of its rows."""
    survey_id, import_no, definition = recording.survey_id, recording.import_no, recording.definition
    chunk = without_erased(connection, survey_id, chunk, recording.file)
    batch = chunk.batch
    revision, first_no = raise_revision(connection, survey_id, len(batch.responses))  # locks first: see pending.py
    numbers = numbers_for(connection, survey_id, batch)
    profile_no = profile_numbers(connection, survey_id, batch, numbers)
    stored = insert_responses(connection, survey_id, import_no, batch, profile_no, first_no)
    duplicate, changed = _compare_with_stored(connection, survey_id, batch, ~stored, recording.file)
    answers = answer_rows(batch, numbers, stored)
    insert_answers(connection, survey_id, answers, first_no)
    insert_comments(connection, survey_id, batch, numbers, first_no, stored)
    counted = Counted(
        profile_no[stored], seconds(batch)[stored], batch.responses["weight"].to_numpy()[stored],
        batch.responses["content"].to_numpy()[stored],
        answers.assign(row=(np.cumsum(stored) - 1)[answers["row"]]), multiple_numbers(definition, numbers),
    )  # fmt: skip
    add_to_tally(connection, survey_id, tally_of(counted, definition.time_zone), revision)
    note_times(connection, survey_id, counted.responded_at)
    keep_aside(connection, survey_id, import_no, chunk)
    release_recorded(connection, survey_id, import_no, batch)
    faults = tuple(sorted((*chunk.faults, *changed), key=lambda fault: fault.line or 0))
    return ImportReport(
        definition.key,
        read=chunk.read,
        stored=int(stored.sum()),
        duplicate=duplicate,
        quarantined=len(chunk.quarantined),
        rejected=chunk.rejected + len(changed),
        faults=faults,
        fault_count=len(faults),
        replaced=chunk.replaced,
        left_out=chunk.left_out,
    )


def numbers_for(connection: Connection, survey_id: int, batch: Batch) -> Numbers:
    """Returns the survey's numbers, those of values that the batch brings up for the first time among them."""
    numbers = read_numbers(connection, survey_id)
    brought: dict[str, Iterable[str]] = {f"choice/{key}": answers.values for key, answers in batch.answers.items()}
    brought |= {f"level/{key}": batch.levels[key].cat.categories for key in batch.levels.columns}
    fresh = {scope: values for scope, values in brought.items() if not numbers.get(scope, {}).keys() >= {*values}}
    for scope, values in fresh.items():
        number_values(connection, survey_id, scope, values)
    return read_numbers(connection, survey_id) if fresh else numbers


def raise_revision(connection: Connection, survey_id: int, rows: int, *, by: int = 1) -> tuple[int, int]:
    """Returns the survey's new revision and the first of so many response numbers; other writers wait from here on."""
    ours = survey.c.survey_id == survey_id
    connection.execute(
        update(survey).where(ours).values(revision=survey.c.revision + by, next_response=survey.c.next_response + rows)
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
    stored = _recorded(connection, survey_id, rows["key"].tolist())
    changed = tuple(
        Fault(file, int(line), "", f"response '{key.split(':', 1)[1]}' with other content than the one stored under "
              "that id", "one row a response: correct the file, or give the second response its own id")
        for key, content, line in zip(rows["key"], rows["content"], rows["line"], strict=True)
        if (key, content) not in stored
    )  # fmt: skip
    return int(refused.sum()) - len(changed), changed


def recorded_of(engine: Engine, survey_key: str, keys: Sequence[str]) -> set[tuple[str, int]]:
    """Returns, of the responses of these keys that are recorded, the key and the content of every version."""
    with reading(engine) as connection:
        row = survey_row(connection, survey_key)
        return set() if row is None else _recorded(connection, row.survey_id, keys)


def _recorded(connection: Connection, survey_id: int, keys: Sequence[str]) -> set[tuple[str, int]]:
    stored: set[tuple[str, int]] = set()  # of a response that was changed later every version is known
    for start in range(0, len(keys), 500):
        some = keys[start : start + 500]
        query = select(response.c.key, response.c.content)
        found = connection.execute(query.where(response.c.survey_id == survey_id, response.c.key.in_(some)))
        stored.update((row.key, row.content) for row in found)
    return stored


def note_times(connection: Connection, survey_id: int, responded_at: np.ndarray) -> None:
    """Widens the survey's first and last time by these (UTC seconds, NO_TIME where there is none)."""
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
