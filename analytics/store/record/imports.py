"""Records files: raw rows and their tally change in one transaction, or not at all.

A log says what each import did and which file it read; rows that could not be understood are kept aside.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, Connection, Engine, and_, func, insert, select, update

from analytics.errors import DeniedError, Fault
from analytics.language.said import spoken
from analytics.model import Batch, Chunk, ImportReport, Survey, Unfinished
from analytics.model.access import ANY_IMPORTER, Importer
from analytics.store.people.allowed import desks_of, give_desks
from analytics.store.people.looks import note_look_within
from analytics.store.place.connections import reading, writing
from analytics.store.record.aside import keep_aside, release_recorded
from analytics.store.record.circumstances import insert_referrers
from analytics.store.record.doubts import insert_doubts
from analytics.store.record.erased import without_erased
from analytics.store.record.raw_rows import (
    answer_rows,
    counted_of,
    insert_answers,
    insert_comments,
    insert_responses,
    profile_numbers,
)
from analytics.store.record.standing import recorded
from analytics.store.record.vast import without_vast
from analytics.store.tables.schema import import_file, import_log, survey
from analytics.store.tables.sums import tally_of
from analytics.store.tables.surveys import (
    THERE,
    multiple_numbers,
    note_times,
    numbers_for,
    raise_revision,
    save_survey,
    survey_row,
)
from analytics.store.tables.tally import add_to_tally

ImportProgress = Callable[[ImportReport], None]
Tell = Callable[[tuple[Fault, ...]], None]

WHOLE_ROWS = 50_000
"""A file of up to so many rows is recorded whole or not at all."""


@dataclass(frozen=True)
class Recording:
    """An import at work: its place in the tables, and what it records."""

    survey_id: int
    import_no: int
    definition: Survey
    file: str
    began_at: datetime


def record_import(
    engine: Engine,
    definition: Survey,
    chunks: Iterable[Chunk],
    *,
    file: str,
    now: datetime,
    content: str = "",
    progress: ImportProgress | None = None,
    tell: Tell | None = None,
    whole_rows: int = WHOLE_ROWS,
    importer: Importer = ANY_IMPORTER,
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
        importer: whose import it is.

    Raises:
        DeniedError: the survey belongs to other desks than the importer's.
        DefinitionError: the definition would alter what already recorded answers mean.
    """
    total, stretches = ImportReport(definition.key), iter(chunks)
    ahead = [*islice(stretches, 2)]  # a file that cannot be read raises here, before anything is written
    recording: Recording | None = None
    while recording is None or ahead:
        with writing(engine) as connection:
            if recording is None:
                recording, begun = begin_import(connection, definition, file, content, now, importer)
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
    connection: Connection,
    definition: Survey,
    file: str,
    content: str,
    now: datetime,
    importer: Importer = ANY_IMPORTER,
) -> tuple[Recording, ImportReport]:
    """Returns the import of a file that begins here, and the report that says when the same file came before.

    A survey that is new belongs to the importer's desks from its first moment.

    Raises:
        DeniedError: the survey belongs to other desks than the importer's.
    """
    stood = survey_row(connection, definition.key) is not None
    survey_id = save_survey(connection, definition)
    if not importer.may_add_to(desks_of(connection, survey_id)):
        raise DeniedError
    if not stood and importer.desks:
        given = give_desks(connection, survey_id, importer.desks)
        note_look_within(
            connection, importer.by, "desks set", survey=definition.key, request=", ".join(given), now=now
        )  # fmt: skip
    before = last_finished(connection, survey_id, content) if content else None
    import_no = open_import(connection, survey_id, file, content, now)
    known = () if before is None else ((file, before),)
    return Recording(survey_id, import_no, definition, file, now), ImportReport(definition.key, known_files=known)


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
    # Locked first: who is being erased is known only once whoever erases is at their end.
    revision, first_no = raise_revision(connection, survey_id, len(chunk.batch.responses))
    chunk = without_erased(connection, survey_id, chunk, recording.file)
    chunk = without_vast(connection, survey_id, definition, chunk, recording.file)
    batch = chunk.batch
    numbers = numbers_for(connection, survey_id, batch)
    profile_no = profile_numbers(connection, survey_id, batch, numbers)
    stored = insert_responses(connection, survey_id, import_no, batch, profile_no, first_no)
    duplicate, changed = _compare_with_stored(connection, survey_id, batch, ~stored, recording.file)
    answers = answer_rows(batch, numbers, stored)
    insert_answers(connection, survey_id, answers, first_no)
    insert_comments(connection, survey_id, batch, numbers, first_no, stored)
    insert_referrers(connection, survey_id, batch.responses, first_no, stored, now=recording.began_at)
    insert_doubts(connection, survey_id, definition, batch, first_no, stored)
    counted = counted_of(batch, profile_no, answers, stored, multiple_numbers(definition, numbers))
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


def _compare_with_stored(
    connection: Connection, survey_id: int, batch: Batch, refused: np.ndarray, file: str
) -> tuple[int, tuple[Fault, ...]]:
    """Returns how many refused rows are already stored as they are, and a fault for each that differs."""
    if not refused.any():
        return 0, ()
    rows = batch.responses[refused]
    stored = _contents(connection, survey_id, rows["key"].tolist())
    changed = tuple(
        Fault(
            file, int(line), "",
            spoken("response '{key}' with other content than the one stored under that id", key=key.split(":", 1)[1]),
            spoken("one row a response: correct the file, or give the second response its own id"),
        )
        for key, content, line in zip(rows["key"], rows["content"], rows["line"], strict=True)
        if (key, content) not in stored
    )  # fmt: skip
    return int(refused.sum()) - len(changed), changed


def recorded_of(engine: Engine, survey_key: str, keys: Sequence[str]) -> set[tuple[str, int]]:
    """Returns, of the responses of these keys that are recorded, the key and the content of every version."""
    with reading(engine) as connection:
        row = survey_row(connection, survey_key)
        return set() if row is None else _contents(connection, row.survey_id, keys)


def _contents(connection: Connection, survey_id: int, keys: Sequence[str]) -> set[tuple[str, int]]:
    return {(row.key, row.content) for row in recorded(connection, survey_id, keys)}


def read_unfinished(engine: Engine) -> dict[str, tuple[Unfinished, ...]]:
    """Returns, by survey, the imports that have not come to their end and were not made good by a later one.

    A later import makes good for an earlier one where it finished and read the same file, by content or by name.
    """
    columns = (survey.c.key, import_log, import_file.c.content)
    joined = import_log.join(survey, survey.c.survey_id == import_log.c.survey_id).outerjoin(import_file, _of_import)
    cut = select(import_log.c.survey_id).where(import_log.c.finished_at.is_(None))
    query = select(*columns).select_from(joined).where(THERE, import_log.c.survey_id.in_(cut))
    query = query.order_by(import_log.c.import_no)
    with reading(engine) as connection:
        rows = connection.execute(query).all()
    found: dict[str, tuple[Unfinished, ...]] = {}
    for row in rows:
        if row.finished_at is None and not any(_makes_good(later, row) for later in rows):
            one = Unfinished(row.file, datetime.fromtimestamp(row.started_at, UTC), row.read)
            found[row.key] = (*found.get(row.key, ()), one)
    return found


def _makes_good(later: Any, cut: Any) -> bool:
    same_file = later.file == cut.file or (later.content is not None and later.content == cut.content)
    return (
        later.survey_id == cut.survey_id
        and later.import_no > cut.import_no
        and same_file
        and later.finished_at is not None
    )


_of_import = and_(import_file.c.survey_id == import_log.c.survey_id, import_file.c.import_no == import_log.c.import_no)


def open_import(connection: Connection, survey_id: int, file: str, content: str, now: datetime) -> int:
    latest = select(func.max(import_log.c.import_no)).where(import_log.c.survey_id == survey_id)
    import_no: int = (connection.execute(latest).scalar() or 0) + 1
    connection.execute(
        insert(import_log).values(
            survey_id=survey_id, import_no=import_no, file=file, started_at=int(now.timestamp()),
            read=0, stored=0, duplicate=0, quarantined=0, rejected=0,
        )
    )  # fmt: skip
    if content:
        connection.execute(insert(import_file).values(survey_id=survey_id, import_no=import_no, content=content))
    return import_no


def note_progress(connection: Connection, recording: Recording, report: ImportReport) -> None:
    connection.execute(
        update(import_log)
        .where(_is(recording))
        .values(
            read=report.read, stored=report.stored, duplicate=report.duplicate, quarantined=report.quarantined,
            rejected=report.rejected,
        )
    )  # fmt: skip


def close_import(connection: Connection, recording: Recording, now: datetime) -> None:
    connection.execute(update(import_log).where(_is(recording)).values(finished_at=int(now.timestamp())))


def _is(recording: Recording) -> ColumnElement[bool]:
    return and_(import_log.c.survey_id == recording.survey_id, import_log.c.import_no == recording.import_no)


def last_finished(connection: Connection, survey_id: int, content: str) -> datetime | None:
    """Returns when a file of the same content was last imported to its end, None where it never was."""
    latest = (
        select(func.max(import_log.c.finished_at))
        .join_from(import_log, import_file, _of_import)
        .where(import_log.c.survey_id == survey_id, import_file.c.content == content)
    )
    second = connection.execute(latest).scalar()
    return None if second is None else datetime.fromtimestamp(second, UTC)
