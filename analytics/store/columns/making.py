"""Makes a survey's columns, brings them up to date, and takes out of them what was erased."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, BinaryIO

import numpy as np
from sqlalchemy import BigInteger, Connection, Engine, cast, func, select

from analytics.model import ANSWERED, NO_TIME, Survey
from analytics.store.columns.files import ColumnFolder, ColumnsError, Manifest, SegmentFile, folder_of
from analytics.store.columns.libraries import arrow, parquet
from analytics.store.columns.raw import (
    RowShape,
    blocks,
    by_respondent,
    highest,
    questions_of,
)
from analytics.store.columns.scan import (
    ANEW,
    GOOD,
    LEAST,
    TAIL,
    ColumnReading,
    answers,
    column_faults,
    counted,
    held_against,
    manifest_of,
    proved_files,
    reading_of,
    shape_of,
    unlike,
)
from analytics.store.place.connections import reading
from analytics.store.tables.rows import query_frame
from analytics.store.tables.schema import WHOLE, response, survey
from analytics.store.tables.surveys import CodeNumbers, survey_by_key
from analytics.store.tables.tally import tally_now

SEGMENT_ROWS = 1_000_000
ROW_GROUP = 131_072
SETTLING = 20_000
"""Where many write to a survey at once, some of so many newest responses may still be on their way: they wait."""
ERASING_SECONDS = 60.0
"""How long an erasure waits for somebody else who is writing columns."""

ColumnProgress = Callable[[int, int], None]
"""Is told of how many responses have been read, and of how many there are."""


def make_columns(engine: Engine, key: str, progress: ColumnProgress | None = None, *, least: int = LEAST) -> bool:
    """Makes the survey's columns or brings them up to date; returns whether they are up to date now.

    They are not where somebody else is at it, where there are to be none, or where the survey is small.

    Raises:
        RequestError: there is no such survey.
        ColumnsError: they cannot be written, or do not say what the store says. Nothing is left of them.
    """
    with reading(engine) as connection:
        survey_id, *_ = survey_by_key(connection, key)
    folder = folder_of(engine, survey_id)
    if folder is None:
        return False
    with reading(engine) as connection:
        if counted(connection, survey_id)[0] < least:
            return False
    with folder.alone() as mine:
        if not mine:
            return False
        try:
            with reading(engine) as connection:
                _renew(connection, folder, survey_by_key(connection, key), progress)
        except column_faults() as fault:
            folder.tidy(_kept(folder))
            raise ColumnsError(f"the columns of '{key}' cannot be made: {fault}") from fault
    return True


def _renew(
    connection: Connection, folder: ColumnFolder, found: tuple[int, Survey, CodeNumbers],
    progress: ColumnProgress | None,
) -> None:  # fmt: skip
    survey_id, definition, numbers = found
    before = _before(connection, survey_id, definition, numbers, folder)
    manifest = _made(connection, survey_id, definition, numbers, folder, before, progress)
    if manifest == before:
        folder.tidy(manifest)  # a writer killed just after its swap leaves files, and nothing may ever be written again
        return
    prove_columns(connection, survey_id, numbers, folder, manifest)
    folder.swap(manifest)


def _kept(folder: ColumnFolder) -> Manifest | None:
    try:
        return folder.manifest()
    except ColumnsError:
        return None


def lacks_files(folder: ColumnFolder) -> bool:
    """Returns whether there are no files that can be read, as far as is known, so that only the store can answer."""
    try:
        return folder.manifest() is None or bool(reading_of(folder).fault)
    except ColumnsError:
        return True


def columns_are_old(connection: Connection, survey_id: int) -> bool:
    """Returns whether the survey's columns are missing, cannot be used, or have fallen far behind."""
    folder = folder_of(connection.engine, survey_id)
    if folder is None or counted(connection, survey_id)[0] < LEAST:
        return False
    known = reading_of(folder)
    if known.manifest is None or lacks_files(folder):
        return True
    return highest(connection, survey_id) - known.manifest.last > TAIL


def erase_from_columns(engine: Engine, survey_id: int, response_nos: Iterable[int]) -> bool:
    """Takes erased responses out of the survey's columns and returns whether nothing of them is left there.

    The files that had one of them are made anew from the store, where they are gone already. Where that cannot be, all
    columns of the survey go.
    """
    folder, gone = folder_of(engine, survey_id), np.array(sorted(response_nos), dtype=np.int64)
    if folder is None or not folder.path.exists():
        return True
    try:
        with folder.alone(ERASING_SECONDS) as mine:
            if not mine:
                return False
            try:
                _rewrite(engine, survey_id, folder, gone)
            except column_faults():
                folder.clear()
    except ColumnsError:
        return False
    finally:
        with reading_of(folder).lock:
            reading_of(folder).forget()
    return True


def drop_columns(engine: Engine, survey_id: int) -> bool:
    """Takes all columns of the survey away and returns whether nothing of them is left."""
    folder = folder_of(engine, survey_id)
    if folder is None or not folder.path.exists():
        return True
    try:
        with folder.alone(ERASING_SECONDS):
            folder.clear()
    except ColumnsError:
        return False
    return True


def _rewrite(engine: Engine, survey_id: int, folder: ColumnFolder, gone: np.ndarray) -> None:
    manifest = folder.manifest()
    if manifest is None:
        folder.tidy(None)
        return
    segments: list[SegmentFile] = []
    with reading(engine) as connection:
        for one in manifest.segments:
            if ((gone >= one.first) & (gone <= one.last)).any():
                tables = blocks(connection, survey_id, one.first - 1, shape_of(manifest), one.last)
                segments += _written(folder, tables)
            else:
                segments.append(one)
    witnesses = {number: digest for number, digest in manifest.witnesses.items() if number not in gone}
    folder.swap(replace(manifest, segments=tuple(segments), witnesses=witnesses))


def _before(
    connection: Connection, survey_id: int, definition: Survey, numbers: CodeNumbers, folder: ColumnFolder
) -> Manifest | None:
    """Returns the manifest to go on from, None where everything is to be made anew."""
    try:
        manifest = proved_files(ColumnReading(folder))
        if manifest is None or unlike(connection, survey_id, definition, numbers, manifest):
            return None
        scan = held_against(connection, survey_id, manifest, ColumnReading(folder))
        return None if scan is None or len(scan.changed) > ANEW else manifest
    except column_faults():
        return None


def _made(
    connection: Connection, survey_id: int, definition: Survey, numbers: CodeNumbers, folder: ColumnFolder,
    before: Manifest | None, progress: ColumnProgress | None,
) -> Manifest:  # fmt: skip
    """Returns the manifest of all responses but the newest few, their files written."""
    last, upto = _reach(connection, survey_id)
    if before is not None and last - before.last <= TAIL:
        return before
    salt = secrets.token_hex(16) if by_respondent(definition) else ""
    shape = shape_of(before) if before else RowShape(questions_of(definition, numbers), salt)
    kept = list(before.segments) if before else []
    started: list[tuple[Any, SegmentFile]] = []
    if kept and kept[-1].rows < SEGMENT_ROWS:  # a file that is not full is written anew with what comes after it
        short = kept.pop()
        started = [(parquet().read_table(folder.path / short.name), short)]
    start = before.last if before else 0
    tables = _with_progress(blocks(connection, survey_id, start, shape, upto), progress, last)
    segments = [*kept, *_written(folder, tables, started)]
    return manifest_of(connection, survey_id, definition, numbers, shape, segments)


def _reach(connection: Connection, survey_id: int) -> tuple[int, int]:
    """Returns the highest number of a response, and up to which number all are there that ever will be."""
    last = highest(connection, survey_id)
    hot = connection.execute(select(survey.c.hot).where(survey.c.survey_id == survey_id)).scalar()
    return last, last - SETTLING if hot else last


def _with_progress(tables: Iterator[Any], progress: ColumnProgress | None, last: int) -> Iterator[Any]:
    for table in tables:
        yield table
        if progress and len(table):
            progress(int(table["no"][-1].as_py()), last)


def _written(
    folder: ColumnFolder, tables: Iterable[Any], started: Sequence[tuple[Any, SegmentFile]] = ()
) -> list[SegmentFile]:
    """Writes the tables into files of about SEGMENT_ROWS responses each.

    Args:
        started: what was in a file before that is written anew, to begin with.
    """
    found: list[SegmentFile] = []
    waiting = [(table, one.marks, one.weights) for table, one in started]
    for table in tables:
        if len(table):
            weights = float(table["weight"].to_numpy().sum())
            waiting.append((table.drop_columns(["mark"]), int(table["mark"].to_numpy().sum()), weights))
        if sum(len(one) for one, *_ in waiting) >= SEGMENT_ROWS:
            found.append(_segment(folder, waiting))
            waiting = []
    return [*found, _segment(folder, waiting)] if waiting else found


def _segment(folder: ColumnFolder, waiting: Sequence[tuple[Any, int, float]]) -> SegmentFile:
    table = arrow().concat_tables([one for one, *_ in waiting])
    plain = {"no", "second"}
    several = [name for name in table.column_names if name not in plain]

    def write(file: BinaryIO) -> None:
        parquet().write_table(
            table, file, compression="zstd", row_group_size=ROW_GROUP, use_dictionary=several,
            column_encoding=dict.fromkeys(plain, "DELTA_BINARY_PACKED"), write_page_checksum=True,
        )  # fmt: skip

    name, size, digest = folder.write(write)
    numbers = table["no"]
    return SegmentFile(
        name, int(numbers[0].as_py()), int(numbers[-1].as_py()), len(table), sum(one[1] for one in waiting),
        sum(one[2] for one in waiting), size, digest,
    )  # fmt: skip


def prove_columns(
    connection: Connection, survey_id: int, numbers: CodeNumbers, folder: ColumnFolder, manifest: Manifest
) -> None:
    """Holds the files against the tally: the responses, and for each question how many of each profile chose what.

    Raises:
        ColumnsError: they differ.
    """
    scan = held_against(connection, survey_id, manifest, ColumnReading(folder))
    if scan is None:
        raise ColumnsError(f"the columns of '{manifest.survey}' have other responses than the tally")
    seconds = select(func.coalesce(func.sum(response.c.responded_at), 0)).where(response.c.survey_id == survey_id)
    found = scan.ask(f"SELECT coalesce(sum(second), 0)::BIGINT AS seconds FROM responses WHERE second <> {NO_TIME}")
    if int(found["seconds"][0]) != int(connection.execute(seconds).scalar_one()):
        raise ColumnsError(f"the columns of '{manifest.survey}' have other times than the responses")
    keys = {number: key for key, number in numbers.get("question", {}).items()}
    for question_no, several in manifest.questions.items():
        width = max(numbers.get(f"choice/{keys[question_no]}", {}).values(), default=0) - ANSWERED + 1
        found = scan.ask(
            f"SELECT profile::BIGINT * {width} + choice - {ANSWERED} AS cell, count(*) AS n FROM ("
            f"SELECT profile, {answers(question_no, several)} AS choice FROM responses WHERE {GOOD}"
            f") WHERE choice IS NOT NULL GROUP BY cell ORDER BY cell"
        )
        now = tally_now(connection, survey_id).c
        cell = cast(now.profile_no, BigInteger) * width + now.choice_no - ANSWERED
        query = select(cell, now.n).where(
            now.survey_id == survey_id, now.grain == WHOLE, now.question_no == question_no, now.n > 0
        )
        tallied = query_frame(connection, query, ["cell", "n"]).sort_values("cell")
        if not all(np.array_equal(found[name], tallied[name].to_numpy()) for name in ("cell", "n")):
            raise ColumnsError(f"the columns of '{manifest.survey}' have other answers to '{keys[question_no]}'")
