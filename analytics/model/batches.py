"""What one stretch of a file holds once every cell has been understood, and what became of its rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from analytics.errors import Fault

if TYPE_CHECKING:  # what reads files of strangers, in a process of its own each time, needs neither
    import numpy as np
    import pandas as pd


@dataclass(frozen=True)
class Answers:
    """The answers of one batch to one question that has choices.

    `status` holds, for each response, 1 where it gave at least one answer, 0 where it was asked and gave none, -1
    where it was not asked. `row` and `choice` pair a response's place in the batch with a place in `values`: once
    for a single answer, as often as was ticked for a multiple one.
    """

    values: tuple[str, ...]
    status: np.ndarray
    row: np.ndarray
    choice: np.ndarray


@dataclass(frozen=True)
class Batch:
    """Responses that were understood whole, ready to be recorded.

    `responses` has one row a response, index 0 to n-1, with the columns `key` (text: its own id, or a hash),
    `content` (int64: a hash of all its cells), `line` (int64), `responded_at` (datetime64[s], UTC, NaT where there is
    none), `weight` (float, 1.0 where there is no weight column), `respondent` and `consent` (text, "" where none).
    `levels` has the same rows and a categorical column for each dimension; a missing level is a missing value.
    `answers` is by question key. `texts` has the columns `row` (a place in `responses`), `question` (the key of a
    text question, "" for the comment column) and `text`.
    """

    responses: pd.DataFrame
    levels: pd.DataFrame
    answers: dict[str, Answers]
    texts: pd.DataFrame


@dataclass(frozen=True)
class Quarantined:
    """A row that could be read but not understood: kept aside whole, not counted, until the definition knows it.

    `cells` holds the row as it stood in the file; `reasons` what was wrong with it, a sentence each. `respondent` is
    who gave it, by the survey's column for that: blank where there is none.
    """

    key: str
    line: int
    cells: tuple[str, ...]
    reasons: tuple[str, ...]
    respondent: str = ""


@dataclass(frozen=True)
class Chunk:
    """One stretch of a file: `read` rows, of which `batch` holds those understood.

    `rejected` counts rows that are no rows of this table, such as ones with too many cells; `left_out` those of them
    that are no reader's: previews and unfinished ones by their tool's own mark, totals and notes. `faults` says what
    was wrong with every quarantined and rejected row, in the order of the file. `replaced` counts the characters that
    no database can hold, such as NUL, in whose place U+FFFD stands.
    """

    read: int
    batch: Batch
    quarantined: tuple[Quarantined, ...] = ()
    rejected: int = 0
    faults: tuple[Fault, ...] = ()
    replaced: int = 0
    left_out: int = 0


FAULTS_KEPT = 10_000
"""How many faults a report holds: a file of two gigabytes may have one in every row."""


@dataclass(frozen=True)
class ImportReport:
    """What became of a file's rows: `read` is always `stored + duplicate + quarantined + rejected`.

    `faults` are the first FAULTS_KEPT of `fault_count`. `replaced` is as in a chunk. `known_files` pairs each file that
    had been imported before, byte for byte, with the moment at which it last was. `left_out` is as in a chunk: of the
    rejected, those that are nobody's answers.
    """

    survey: str
    read: int = 0
    stored: int = 0
    duplicate: int = 0
    quarantined: int = 0
    rejected: int = 0
    faults: tuple[Fault, ...] = ()
    fault_count: int = 0
    replaced: int = 0
    known_files: tuple[tuple[str, datetime], ...] = ()
    left_out: int = 0

    def __add__(self, other: ImportReport) -> ImportReport:
        return ImportReport(
            self.survey,
            self.read + other.read,
            self.stored + other.stored,
            self.duplicate + other.duplicate,
            self.quarantined + other.quarantined,
            self.rejected + other.rejected,
            (self.faults + other.faults)[:FAULTS_KEPT],
            self.fault_count + other.fault_count,
            self.replaced + other.replaced,
            self.known_files + other.known_files,
            self.left_out + other.left_out,
        )


@dataclass(frozen=True)
class Unfinished:
    """An import that has not come to its end: it is under way, or was cut off. `read` rows of its file are in."""

    file: str
    started_at: datetime
    read: int
