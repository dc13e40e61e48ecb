"""Iterable[Path] recorded in the store, one after the other, or looked at as if they were."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from analytics.importers.columns import known_as
from analytics.importers.keys import file_content
from analytics.importers.responses import read_responses
from analytics.importers.tables import refuse_unreadable
from analytics.model import Chunk, ImportReport, Survey
from analytics.store.place.connections import Store
from analytics.store.record.imports import Progress, Tell, record_import
from analytics.store.record.rehearsal import rehearse_imports
from analytics.store.tables.surveys import find_survey


def record_files(
    store: Store,
    survey: Survey,
    files: Iterable[Path],
    *,
    now: datetime,
    progress: Progress | None = None,
    tell: Tell | None = None,
) -> ImportReport:
    """Records the files of one survey and returns what became of every row of them all.

    Args:
        now: the moment of the import, aware.
        progress: called as it goes with the report so far.
        tell: called as it goes with the faults of which the report keeps only the first.

    Raises:
        FileError: a file cannot be read; those before it are recorded.
        DefinitionError: the definition would alter what already recorded answers mean.
    """
    survey = known_as(survey, find_survey(store, survey.key))
    total = ImportReport(survey.key)
    for name, content, chunks in _opened(files, survey):
        before = total

        def so_far(report: ImportReport, before: ImportReport = before) -> None:
            if progress is not None:
                progress(before + report)

        total += record_import(
            store, survey, chunks, file=name, content=content, now=now, progress=so_far, tell=tell
        )  # fmt: skip
    return total


def rehearse_files(
    store: Store, survey: Survey, files: Iterable[Path], *, now: datetime, tell: Tell | None = None
) -> ImportReport:
    """Returns what `record_files` would report, and leaves the store as it was."""
    survey = known_as(survey, find_survey(store, survey.key))
    return rehearse_imports(store, survey, _opened(files, survey), now=now, tell=tell)


def _opened(files: Iterable[Path], survey: Survey) -> Iterator[tuple[str, str, Iterable[Chunk]]]:
    for path in files:
        refuse_unreadable(path)
        yield path.name, file_content(path), read_responses(path, survey)
