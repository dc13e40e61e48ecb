"""Files of responses recorded in the store, here or in a process of its own, with a CSV file of every row rejected.

That process is for pages: their server goes on answering whatever a file does, and keeps the report.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from functools import partial
from hashlib import blake2b, file_digest
from itertools import chain
from pathlib import Path
from typing import Any, TextIO

from analytics.errors import Fault, FileError, refuse_unreadable
from analytics.imports.answers.columns import known_as
from analytics.imports.answers.respondents import DIGEST_BYTES
from analytics.imports.answers.responses import read_responses
from analytics.imports.outcome import refuse_empty, refuse_lost
from analytics.imports.reading.sandbox import in_child
from analytics.language.said import spoken
from analytics.model import Chunk, ImportReport, Survey
from analytics.model.access import ANY_IMPORTER, Importer
from analytics.store.people.looks import note_look
from analytics.store.place.connections import Store
from analytics.store.place.private import opened_private
from analytics.store.record.imports import ImportProgress, Tell, record_import
from analytics.store.tables.opening import open_store
from analytics.store.tables.survey_text import survey_from_text, survey_text
from analytics.store.tables.surveys import find_survey

IMPORT_SECONDS = 600
_HEADER = ("file", "line", "place", "found", "expected")


def record_files(
    store: Store,
    survey: Survey,
    files: Iterable[Path],
    *,
    now: datetime,
    progress: ImportProgress | None = None,
    tell: Tell | None = None,
    accept_lost: bool = True,
    accept_empty: bool = True,
    importer: Importer = ANY_IMPORTER,
) -> ImportReport:
    """Records the files of one survey and returns what became of every row of them all.

    Args:
        now: the moment of the import, aware.
        progress: called as it goes with the report so far.
        tell: called as it goes with the faults of which the report keeps only the first.
        accept_lost: whether a file is recorded although more than one row in twenty of its first stretch is lost.
        accept_empty: whether a survey that is not known yet is recorded although its file has no row.
        importer: whose import it is.

    Raises:
        FileError: a file cannot be read, has no row, or loses too many; those before it are recorded.
        DefinitionError: the definition would alter what already recorded answers mean.
    """
    known = find_survey(store, survey.key)
    survey = known_as(survey, known)
    total = ImportReport(survey.key)
    if known is not None and known.min_base != survey.min_base:
        change = f"min_base={known.min_base} min_base={survey.min_base}"
        note_look(store, importer.by, "threshold changed", survey=survey.key, request=change, now=now)
    for name, content, chunks in opened(files, survey):
        before = total
        if not accept_empty and known is None:
            chunks = _filled(chunks, name)
        if not accept_lost:
            chunks = _looked_at(chunks, name, tell)

        def so_far(report: ImportReport, before: ImportReport = before) -> None:
            if progress is not None:
                progress(before + report)

        total += record_import(
            store, survey, chunks, file=name, content=content, now=now, progress=so_far, tell=tell, importer=importer
        )  # fmt: skip
        note_look(store, importer.by, "imported", survey=survey.key, request=f"file={name}", now=now)
    return total


def _filled(chunks: Iterable[Chunk], file: str) -> Iterable[Chunk]:
    """Returns the same chunks, refusing the file where none of them has a row."""
    stretches = iter(chunks)
    first = next(stretches, None)
    if first is None or not first.read:
        refuse_empty(file)
    return chain([first] if first is not None else (), stretches)


def _looked_at(chunks: Iterable[Chunk], file: str, tell: Tell | None) -> Iterable[Chunk]:
    """Returns the same chunks, refusing them all where too many rows of the first are lost."""
    stretches = iter(chunks)
    first = next(stretches, None)
    if first is None:
        return ()
    refuse_lost(first, file, tell)
    return chain([first], stretches)


def opened(files: Iterable[Path], survey: Survey) -> Iterator[tuple[str, str, Iterable[Chunk]]]:
    """Yields the name of each file, a hash of all of it, and its responses, still to be read."""
    for path in files:
        refuse_unreadable(path)
        yield path.name, _file_content(path), read_responses(path, survey)


def record_apart(
    address: str,
    survey: Survey,
    files: Sequence[Path],
    *,
    now: datetime,
    progress: ImportProgress | None = None,
    fault_file: Path | None = None,
    accept_lost: bool = True,
    accept_empty: bool = True,
    importer: Importer = ANY_IMPORTER,
) -> ImportReport:
    """Records the files in a process of its own and returns what became of their rows.

    To raise an exception in `progress` cancels the import: what was recorded stays, and is marked
    as unfinished.

    Args:
        address: the store's, as `open_store` takes it.
        now: the moment of the import, aware.
        progress: called as it goes with the report so far, which has no faults yet.
        fault_file: where every row kept aside or rejected is written, with its line and the reason.
        accept_lost: whether a file is recorded although more than one row in twenty of its first stretch is lost.
        accept_empty: whether a survey that is not known yet is recorded although its file has no row.
        importer: whose import it is.

    Raises:
        SurveyError: as `record_files`, or one sentence where a file brings its reader down.
    """

    def so_far(words: dict[str, Any]) -> None:
        if progress is not None:
            progress(report_of(words))

    words = (*task_words(address, survey, files, now, fault_file), accept_lost, accept_empty, importer_words(importer))
    return report_of(in_child(_record, *words, seconds=IMPORT_SECONDS, progress=so_far))


def _record(
    address: str,
    survey: str,
    files: list[str],
    now: str,
    fault_file: str | None,
    accept_lost: bool,
    accept_empty: bool,
    importer: list[Any],
    progress: Callable[[dict[str, Any]], None],
) -> dict[str, Any]:
    def so_far(report: ImportReport) -> None:
        progress(report_words(report, faults=False))

    definition, at = survey_from_text(survey), datetime.fromisoformat(now)
    with faults_written(None if fault_file is None else Path(fault_file)) as tell:
        report = record_files(
            open_store(address),
            definition,
            map(Path, files),
            now=at,
            progress=so_far,
            tell=tell,
            accept_lost=accept_lost,
            accept_empty=accept_empty,
            importer=importer_of(importer),
        )
    return report_words(report)


def task_words(
    address: str, survey: Survey, files: Sequence[Path], now: datetime, fault_file: Path | None
) -> tuple[Any, ...]:
    """Returns what a process of its own has to be told of an import, as JSON can say it."""
    written = None if fault_file is None else str(fault_file)
    return address, survey_text(survey), list(map(str, files)), now.isoformat(), written


def importer_words(importer: Importer) -> list[Any]:
    """Returns whose import it is as JSON can say it.

    Example:
        >>> ann = Importer("ann", frozenset({"city"}))
        >>> importer_of(importer_words(ann)) == ann
        True
    """
    return [importer.by, None if importer.own is None else sorted(importer.own), sorted(importer.chosen)]


def importer_of(words: list[Any]) -> Importer:
    """Returns whose import these words say it is."""
    by, own, chosen = words
    return Importer(by, None if own is None else frozenset(own), frozenset(chosen))


def report_words(report: ImportReport, *, faults: bool = True) -> dict[str, Any]:
    """Returns the report as JSON can say it.

    Example:
        >>> report_of(report_words(ImportReport("river", 2, 1, 1))) == ImportReport("river", 2, 1, 1)
        True
    """
    known = [(file, at.isoformat()) for file, at in report.known_files]
    words = {name: value for name, value in vars(report).items() if name not in ("faults", "known_files")}
    return words | {"faults": [asdict(fault) for fault in report.faults] if faults else [], "known_files": known}


def report_of(words: dict[str, Any]) -> ImportReport:
    """Returns the report that these words say."""
    faults = tuple(Fault(**fault) for fault in words["faults"])
    known = tuple((file, datetime.fromisoformat(at).astimezone(UTC)) for file, at in words["known_files"])
    return ImportReport(**words | {"faults": faults, "known_files": known})


@contextmanager
def faults_written(path: Path | None) -> Iterator[Tell | None]:
    """Gives what writes faults to the file as they come, None where no file is wanted.

    Raises:
        FileError: the file cannot be written.
    """
    if path is None:
        yield None
        return
    with _refusing(path):
        file = open(path, "w", encoding="utf-8", newline="", opener=opened_private)  # noqa: SIM115
    with file:
        _write(file, path, [_HEADER])
        yield lambda faults: _write(file, path, map(_fault_cells, faults))


def _write(file: TextIO, path: Path, rows: Iterable[tuple[str, ...]]) -> None:
    """Writes the rows, and sees to it that they are on the disk."""
    with _refusing(path):
        csv.writer(file).writerows(rows)
        file.flush()


@contextmanager
def _refusing(path: Path) -> Iterator[None]:
    """Turns what the operating system has against writing the file into a FileError."""
    try:
        yield
    except OSError as error:
        raise FileError(
            spoken(
                "{path}: found {reason}, expected a file that can be written: name another",
                path=path,
                reason=error.strerror,
            )
        ) from None


def _fault_cells(fault: Fault) -> tuple[str, ...]:
    """Returns a fault as the cells of a row; none of them is a formula to a spreadsheet.

    Example:
        >>> _fault_cells(Fault("readers.csv", 7, "=1+1", "'x'", "a number"))
        ('readers.csv', '7', "'=1+1", "'x'", 'a number')
    """
    cells = (fault.file, "" if fault.line is None else str(fault.line), fault.place, fault.found, fault.expected)
    return tuple(f"'{cell}" if cell[:1] in "=+-@|%\t\r\n＝＋－＠" and cell else cell for cell in cells)  # noqa: RUF001


def _file_content(path: Path) -> str:
    """Returns a hash of all of a file, by which it is recognised when it comes again.

    Raises:
        FileError: it cannot be read.
    """
    try:
        with path.open("rb") as file:
            return file_digest(file, partial(blake2b, digest_size=DIGEST_BYTES)).hexdigest()
    except (OSError, ValueError) as error:
        fault = Fault(
            path.name, None, "", getattr(error, "strerror", None) or str(error), spoken("a file that can be read")
        )
        raise FileError(spoken("{fault}: check the path {path}", fault=fault, path=path)) from None
