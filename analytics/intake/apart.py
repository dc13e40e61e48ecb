"""Imports in a process of their own, for pages: their server goes on answering whatever a file does.

The parent keeps the report; nothing but words passes between the two.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from analytics.errors import Fault
from analytics.importers.sandbox import in_child
from analytics.intake.fault_file import faults_written
from analytics.intake.files import record_files, rehearse_files
from analytics.model import ImportReport, Survey
from analytics.store.record.imports import Progress
from analytics.store.tables.opening import open_rehearsal, open_store
from analytics.store.tables.surveys import survey_from_text, survey_text

IMPORT_SECONDS = 600


def import_apart(
    address: str,
    survey: Survey,
    files: Sequence[Path],
    *,
    now: datetime,
    dry_run: bool = False,
    progress: Progress | None = None,
    fault_file: Path | None = None,
) -> ImportReport:
    """Returns what became of the files' rows, recorded, or with `dry_run` looked at, in a process of its own.

    To raise an exception in `progress` cancels the import: what was recorded stays, and is marked as unfinished.

    Args:
        address: the store's, as `open_store` takes it.
        now: the moment of the import, aware.
        progress: called as it goes with the report so far, which has no faults yet.
        fault_file: where every row kept aside or rejected is written, with its line and the reason.

    Raises:
        SurveyError: as `record_files`, or one sentence where a file brings its reader down.
    """
    words = (address, survey_text(survey), list(map(str, files)), now.isoformat(), dry_run)
    written = None if fault_file is None else str(fault_file)

    def so_far(words: dict[str, Any]) -> None:
        if progress is not None:
            progress(report_of(words))

    return report_of(in_child(_import, *words, written, seconds=IMPORT_SECONDS, progress=so_far))


def _import(
    address: str,
    survey: str,
    files: list[str],
    now: str,
    dry_run: bool,
    fault_file: str | None,
    progress: Callable[[dict[str, Any]], None],
) -> dict[str, Any]:
    definition, at, paths = survey_from_text(survey), datetime.fromisoformat(now), list(map(Path, files))
    with faults_written(None if fault_file is None else Path(fault_file)) as tell:
        if dry_run:
            return as_words(rehearse_files(open_rehearsal(address), definition, paths, now=at, tell=tell))

        def so_far(report: ImportReport) -> None:
            progress(as_words(report, faults=False))

        return as_words(record_files(open_store(address), definition, paths, now=at, progress=so_far, tell=tell))


def as_words(report: ImportReport, *, faults: bool = True) -> dict[str, Any]:
    """Returns the report as JSON can say it.

    Example:
        >>> report_of(as_words(ImportReport("river", 2, 1, 1))) == ImportReport("river", 2, 1, 1)
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
