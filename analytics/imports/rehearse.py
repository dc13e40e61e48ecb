"""What an import would do, the store left as it was: a dry run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from analytics.imports.answers.columns import known_as
from analytics.imports.reading.sandbox import in_child
from analytics.imports.record import IMPORT_SECONDS, faults_written, opened, report_of, report_words, task_words
from analytics.model import ImportReport, Survey
from analytics.store.place.connections import Store
from analytics.store.record.imports import ImportProgress, Tell
from analytics.store.record.rehearsal import rehearse_imports
from analytics.store.tables.opening import open_rehearsal
from analytics.store.tables.survey_text import survey_from_text
from analytics.store.tables.surveys import find_survey


def rehearse_files(
    store: Store,
    survey: Survey,
    files: Iterable[Path],
    *,
    now: datetime,
    tell: Tell | None = None,
    progress: ImportProgress | None = None,
) -> ImportReport:
    """Returns what `record_files` would report, and leaves the store as it was."""
    survey = known_as(survey, find_survey(store, survey.key))
    return rehearse_imports(store, survey, opened(files, survey), now=now, tell=tell, progress=progress)


def rehearse_apart(
    address: str,
    survey: Survey,
    files: Sequence[Path],
    *,
    now: datetime,
    progress: ImportProgress | None = None,
    fault_file: Path | None = None,
) -> ImportReport:
    """Returns what `record_apart` would report, looked at in a process of its own; its Args and Raises are those."""

    def so_far(words: dict[str, Any]) -> None:
        if progress is not None:
            progress(report_of(words))

    words = task_words(address, survey, files, now, fault_file)
    return report_of(in_child(_rehearse, *words, seconds=IMPORT_SECONDS, progress=so_far))


def _rehearse(
    address: str,
    survey: str,
    files: list[str],
    now: str,
    fault_file: str | None,
    progress: Callable[[dict[str, Any]], None],
) -> dict[str, Any]:
    def so_far(report: ImportReport) -> None:
        progress(report_words(report, faults=False))

    definition, at = survey_from_text(survey), datetime.fromisoformat(now)
    with faults_written(None if fault_file is None else Path(fault_file)) as tell:
        store = open_rehearsal(address)
        report = rehearse_files(store, definition, map(Path, files), now=at, tell=tell, progress=so_far)
    return report_words(report)
